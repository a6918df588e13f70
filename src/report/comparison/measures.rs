//! What is measured under both plans, times that may never come among it.

use super::super::columns::{Column, lines};
use super::super::format::{self, NOTHING, count, number, signed_number};
use super::outcomes::half_width;
use super::{Page, non_empty, printed};
use crate::analysis::compare::{BothMeans, MeasureComparison, Share, Times};
use crate::plan::Label;

impl Page<'_> {
    pub(super) fn measures(&self) -> String {
        let shown: Vec<(&Label, &MeasureComparison)> = self.labelled_measures().collect();
        if shown.is_empty() {
            return String::new();
        }
        let each = |text: &dyn Fn(&MeasureComparison) -> String| -> Vec<String> {
            shown.iter().map(|(_, measure)| text(measure)).collect()
        };
        let remark = |measure: &MeasureComparison| {
            if measure.identical_runs == self.compared.pairs {
                "same in every run".to_owned()
            } else if measure.means.mean_difference_ci95 == Some([0.0; 2]) {
                "same where both have it".to_owned()
            } else if measure.both > 1 && measure.means.within_noise {
                "within noise".to_owned()
            } else {
                String::new()
            }
        };
        let mut columns = vec![
            Column::left("Measure", shown.iter().map(|(label, _)| printed(label).to_owned())),
            Column::left(
                "unit",
                shown.iter().map(|(label, _)| label.unit.clone().unwrap_or_default()),
            ),
        ];
        columns.extend(self.mean_columns(shown.iter().map(|(_, measure)| &measure.means)));
        columns.extend([
            Column::right("Wasserstein", each(&|measure| number(measure.wasserstein))),
            Column::right("KS", each(&|measure| number(measure.kolmogorov_smirnov))),
            Column::left("", each(&remark)),
        ]);
        let mut text = lines(&non_empty(columns), self.width);
        let mut partly = shown
            .iter()
            .filter(|(_, measure)| measure.both < self.compared.pairs)
            .peekable();
        if partly.peek().is_some() {
            text.push_str(&self.prose("Means are of the runs in which there is a value under both."));
        }
        if partly.any(|(_, measure)| measure.times.is_some()) {
            text.push_str(&self.prose(
                "Wasserstein and KS compare the distributions as a whole: a time that never comes stands at the horizon.",
            ));
        }
        text
    }

    fn labelled_measures(&self) -> impl Iterator<Item = (&Label, &MeasureComparison)> {
        let labels = self.layout.measures.iter().map(|measure| &measure.label);
        labels.zip(&self.compared.measures)
    }

    /// The means under both, and their difference with its noise.
    pub(super) fn mean_columns<'m>(&self, means: impl Iterator<Item = &'m BothMeans> + Clone) -> Vec<Column> {
        let noise = |means: &BothMeans| match means.mean_difference_ci95 {
            Some([low, high]) => format!("± {}", number(Some((high - low) / 2.0))),
            None => NOTHING.to_owned(),
        };
        vec![
            Column::right("A", means.clone().map(|means| number(means.baseline_mean))),
            Column::right(&self.letter, means.clone().map(|means| number(means.compared_mean))),
            Column::right(
                &format!("{} − A", self.letter),
                means.clone().map(|means| signed_number(means.mean_difference)),
            ),
            Column::left("noise", means.map(noise)),
        ]
    }

    pub(super) fn times(&self) -> String {
        let shown: Vec<(&Label, &MeasureComparison, &Times)> = self
            .labelled_measures()
            .filter_map(|(label, measure)| Some((label, measure, measure.times.as_ref()?)))
            .collect();
        let Some((.., first)) = shown.first() else {
            return String::new();
        };
        let counts =
            |pick: fn(&MeasureComparison) -> u64| shown.iter().map(move |(_, measure, _)| count(pick(measure)));
        let mut columns = vec![
            Column::left(
                "Time that may never come",
                shown.iter().map(|(label, ..)| printed(label).to_owned()),
            ),
            Column::right("comes in both", counts(|measure| measure.both)),
            Column::right("A only", counts(|measure| measure.only_baseline)),
            Column::right(
                &format!("{} only", self.letter),
                counts(|measure| measure.only_compared),
            ),
            Column::right("neither", counts(|measure| measure.neither)),
        ];
        let comes: Vec<&Share> = shown.iter().map(|(_, _, times)| &times.comes).collect();
        let decimals = format::decimals(
            comes
                .iter()
                .map(|share| half_width(share))
                .max_by(f64::total_cmp)
                .unwrap_or(1.0),
        );
        columns.extend(self.share_columns(comes.iter().copied(), decimals));
        let mut text = lines(&columns, self.width);
        let mut columns = vec![Column::left(
            &format!("Mean up to {} years", number(Some(first.horizon))),
            shown.iter().map(|(label, ..)| printed(label).to_owned()),
        )];
        columns.extend(self.mean_columns(shown.iter().map(|(_, _, times)| &times.restricted)));
        text.push('\n');
        text.push_str(&lines(&columns, self.width));
        text
    }
}
