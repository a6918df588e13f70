//! How runs end under both plans, and where those that end one way under the one end under the other.

use super::super::columns::{Column, lines, lines_with_list};
use super::super::format::{self, NOTHING, count, number, percent, signed_percent};
use super::{Page, non_empty, printed};
use crate::analysis::compare::Share;

/// A share of the runs below this is not worth a mention.
const LEAST_MENTIONED: f64 = 0.001;

impl Page<'_> {
    pub(super) fn outcomes(&self) -> String {
        let compared = self.compared;
        let shown: Vec<_> = self
            .layout
            .outcomes
            .iter()
            .zip(&compared.outcomes)
            .filter(|(_, outcome)| outcome.baseline.count + outcome.compared.count > 0)
            .collect();
        let widest = shown.iter().map(|(_, outcome)| half_width(&outcome.share));
        let decimals = format::decimals(widest.max_by(f64::total_cmp).unwrap_or(1.0));
        let share = |probability: Option<f64>| probability.map_or(NOTHING.to_owned(), |share| percent(share, decimals));
        let mut columns = vec![
            Column::left(
                "Outcome, %",
                shown.iter().map(|(outcome, _)| printed(&outcome.label).to_owned()),
            ),
            Column::right(
                "A",
                shown.iter().map(|(_, outcome)| share(outcome.baseline.probability)),
            ),
            Column::right(
                &self.letter,
                shown.iter().map(|(_, outcome)| share(outcome.compared.probability)),
            ),
        ];
        columns.extend(self.share_columns(shown.iter().map(|(_, outcome)| &outcome.share), decimals));
        let mut text = lines(&columns, self.width);
        if let (Some(variation), Some(distance)) = (compared.total_variation, compared.jensen_shannon) {
            text.push_str(&self.prose(&format!(
                "All outcomes together: total variation {}, Jensen-Shannon distance {}",
                number(Some(variation)),
                number(Some(distance))
            )));
        }
        text + &self.prose(&format!(
            "{} − A in percentage points, with its 95 % interval of simulation noise on common runs. Variance: that of the \
             difference, over what it would be on other runs; below 1, the common runs help.",
            self.letter
        ))
    }

    pub(super) fn share_columns<'s>(
        &self,
        shares: impl Iterator<Item = &'s Share> + Clone,
        decimals: usize,
    ) -> Vec<Column> {
        let difference = |share: &Share| match share.difference {
            Some(difference) => signed_percent(difference, decimals),
            None => NOTHING.to_owned(),
        };
        let interval = |share: &Share| {
            let [low, high] = share.difference_ci95;
            format!(
                "{} to {}",
                signed_percent(low, decimals),
                signed_percent(high, decimals)
            )
        };
        let remark = |share: &Share| {
            if share.only_baseline + share.only_compared == 0 {
                "same in every run".to_owned()
            } else if share.within_noise {
                "within noise".to_owned()
            } else {
                String::new()
            }
        };
        let columns = vec![
            Column::right(&format!("{} − A", self.letter), shares.clone().map(difference)),
            Column::left("95 %", shares.clone().map(interval)),
            Column::right("variance", shares.clone().map(|share| number(share.variance_ratio))),
            Column::left("", shares.map(remark)),
        ];
        non_empty(columns)
    }

    pub(super) fn transitions(&self) -> String {
        let transitions = &self.compared.transitions;
        let ids = &transitions.outcomes;
        let (mut from, mut runs, mut stay, mut go) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        for (index, counts) in transitions.counts.iter().enumerate() {
            let all: u64 = counts.iter().sum();
            if all == 0 {
                continue;
            }
            let share = |count: u64| count as f64 / all as f64;
            let mut others: Vec<(usize, u64)> = counts.iter().copied().enumerate().collect();
            others.retain(|(to, count)| *to != index && *count > 0);
            others.sort_by_key(|(to, count)| (std::cmp::Reverse(*count), *to));
            let (told, rest): (Vec<_>, Vec<_>) = others
                .into_iter()
                .partition(|(_, count)| share(*count) >= LEAST_MENTIONED);
            let mut ends: Vec<String> = told
                .into_iter()
                .map(|(to, count)| format!("{} {} %", ids[to], percent(share(count), 1)))
                .collect();
            let rest: u64 = rest.iter().map(|(_, count)| count).sum();
            if rest > 0 {
                ends.push(format!("others {} %", percent(share(rest), 1)));
            }
            from.push(ids[index].clone());
            runs.push(count(all));
            stay.push(format!("{} %", percent(share(counts[index]), 1)));
            go.push(ends.join(", "));
        }
        let columns = [
            Column::left("End under A in", from),
            Column::right("runs", runs),
            Column::right(&format!("in {} too", self.letter), stay),
            Column::left(&format!("else in {} in", self.letter), go),
        ];
        lines_with_list(&columns, self.width)
    }
}

/// Half the interval of a difference.
pub(super) fn half_width(share: &Share) -> f64 {
    (share.difference_ci95[1] - share.difference_ci95[0]) / 2.0
}
