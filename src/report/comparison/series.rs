//! What is taken over time under both plans, on a few of its dates.

use super::super::columns::{Column, lines};
use super::super::format::NOTHING;
use super::{Page, non_empty, printed};
use crate::analysis::compare::{PointComparison, SeriesComparison};

impl Page<'_> {
    /// The first date of each series, the last, and those a quarter apart between them.
    pub(super) fn series(&self) -> String {
        let labels = self.layout.series.iter().map(|series| &series.label);
        let mut rows: Vec<(&str, &str, &PointComparison)> = Vec::new();
        for (label, series) in labels.zip(&self.compared.series) {
            let unit = label.unit.as_deref().unwrap_or_default();
            for (row, index) in quarters(series.points.len()).into_iter().enumerate() {
                // The name stands once.
                let (name, unit) = if row == 0 { (printed(label), unit) } else { ("", "") };
                rows.push((name, unit, &series.points[index]));
            }
        }
        if rows.is_empty() {
            return String::new();
        }
        let remark = |point: &PointComparison| {
            if point.both == 0 {
                NOTHING.to_owned()
            } else if is_same(point) {
                "same in every run".to_owned()
            } else if point.means.within_noise {
                "within noise".to_owned()
            } else {
                String::new()
            }
        };
        let mut columns = vec![
            Column::left("Over time, means", rows.iter().map(|(name, ..)| (*name).to_owned())),
            Column::left("unit", rows.iter().map(|(_, unit, _)| (*unit).to_owned())),
            Column::left("on", rows.iter().map(|(.., point)| point.date.clone())),
        ];
        columns.extend(self.mean_columns(rows.iter().map(|(.., point)| &point.means)));
        columns.push(Column::left("", rows.iter().map(|(.., point)| remark(point))));
        let mut text = lines(&non_empty(columns), self.width);
        let all: usize = self.compared.series.iter().map(|series| series.points.len()).sum();
        if all > rows.len() {
            text.push_str(&self.prose("--format json and csv have all dates."));
        }
        text
    }

    /// Whether a series is not the same in every run.
    pub(super) fn has_moved_series(&self) -> bool {
        let points = self.compared.series.iter().flat_map(|series| &series.points);
        points.into_iter().any(|point| !is_same(point))
    }

    /// Which series, or dates of them, are not compared.
    pub(super) fn unmatched_series(&self) -> String {
        let compared = self.compared;
        let mut text = String::new();
        if !compared.unmatched_series.is_empty() {
            let ids = compared.unmatched_series.join(", ");
            text.push_str(&self.prose(&format!("Only one of them has the series {ids}: not compared.")));
        }
        let unmatched = |series: &&SeriesComparison| series.dates_only_baseline + series.dates_only_compared > 0;
        for series in compared.series.iter().filter(unmatched) {
            text.push_str(&self.prose(&format!(
                "The series {} is compared on the {} dates that both have; A has {} others, {} has {}.",
                series.name,
                series.points.len(),
                series.dates_only_baseline,
                self.letter,
                series.dates_only_compared
            )));
        }
        text
    }
}

fn is_same(point: &PointComparison) -> bool {
    matches!(point.means.mean_difference_ci95, None | Some([0.0, 0.0]))
}

/// The indices of the first, the last, and those a quarter apart between them.
fn quarters(length: usize) -> Vec<usize> {
    let Some(last) = length.checked_sub(1) else {
        return Vec::new();
    };
    let mut indices: Vec<usize> = (0..=4).map(|quarter| (last * quarter + 2) / 4).collect();
    indices.dedup();
    indices
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quarters_are_told_once_each() {
        assert_eq!(quarters(0), [0_usize; 0]);
        assert_eq!(quarters(1), [0]);
        assert_eq!(quarters(3), [0, 1, 2]);
        assert_eq!(quarters(13), [0, 3, 6, 9, 12]);
    }
}
