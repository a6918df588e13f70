//! What a comparison says, for a terminal: what differs in the files, and what it moves.

use super::columns::{Column, cut, lines, prose};
use super::format::{self, NOTHING, count, number, percent, signed_number, signed_percent};
use crate::analysis::compare::{
    Attribution, BothMeans, Compared, Comparison, Difference, Layout, MeasureComparison, Share, Times,
};
use crate::plan::Label;

/// A share of the runs below this is not worth a mention.
const LEAST_MENTIONED: f64 = 0.001;
/// So many changes are told.
const MOST_CHANGES: usize = 20;
/// So many outcomes or measures have their columns among what the edits moved.
const MOST_COLUMNS: usize = 4;

/// Lays out what a comparison says, in lines of `width` characters. `layouts`, which give the printed names, are those that
/// the comparisons were made with.
pub fn comparison(comparison: &Comparison, layouts: &[Layout], width: usize) -> String {
    let mut text = head(comparison, width);
    for (index, (compared, layout)) in comparison.comparisons.iter().zip(layouts).enumerate() {
        let page = Page {
            compared,
            layout,
            letter: letter(index + 1),
            width,
        };
        text.push('\n');
        if comparison.comparisons.len() > 1 {
            let side = &compared.scenario;
            let what = own_title(&comparison.baseline.title, &side.title).unwrap_or(&side.label);
            text.push_str(&format!("{}\n\n", heading(&page.letter, what, width)));
        }
        text.push_str(&page.text());
    }
    text
}

/// A for the baseline, then B, C and so on.
fn letter(index: usize) -> String {
    match u8::try_from(index) {
        Ok(index) if index < 26 => char::from(b'A' + index).to_string(),
        _ => format!("No. {}", index + 1),
    }
}

fn heading(letter: &str, what: &str, width: usize) -> String {
    let rule = cut(&format!("── {letter} against A: {what} "), width);
    let rest = width.saturating_sub(rule.chars().count());
    format!("{rule}{}", "─".repeat(rest))
}

/// The title of what is compared, without that of the baseline; none where there is nothing else in it.
fn own_title<'t>(baseline: &str, title: &'t str) -> Option<&'t str> {
    let rest = title.strip_prefix(baseline).unwrap_or(title);
    let own = rest.strip_prefix(": ").unwrap_or(rest);
    (!own.is_empty()).then_some(own)
}

fn head(comparison: &Comparison, width: usize) -> String {
    let mut facts = vec![
        format!("seed {}", comparison.seed),
        format!("the same {} runs of each", count(comparison.runs)),
    ];
    if comparison.first_run > 0 {
        facts.push(format!("from run {} on", comparison.first_run));
    }
    if comparison.partial {
        facts.push("stopped early".to_owned());
    }
    let sides = std::iter::once(&comparison.baseline).chain(comparison.comparisons.iter().map(|one| &one.scenario));
    let mut text = format!("{}\n{}\n\n", comparison.baseline.title, facts.join(" · "));
    for (index, side) in sides.enumerate() {
        let own = own_title(&comparison.baseline.title, &side.title).filter(|_| index > 0);
        let title = own.map_or(String::new(), |own| format!(" ({own})"));
        text.push_str(&cut(&format!("{}  {}{title}", letter(index), side.label), width));
        text.push('\n');
    }
    text
}

struct Page<'a> {
    compared: &'a Compared,
    layout: &'a Layout,
    letter: String,
    width: usize,
}

impl Page<'_> {
    fn text(&self) -> String {
        let sections = [self.changes(), self.lost(), self.identical()];
        let mut sections: Vec<String> = sections.into_iter().filter(|section| !section.is_empty()).collect();
        if !self.compared.identical {
            let rest = [self.outcomes(), self.transitions(), self.measures(), self.times()];
            sections.extend(rest.into_iter().filter(|section| !section.is_empty()));
            sections.extend(self.compared.attribution.as_ref().map(|found| self.attribution(found)));
        }
        sections.join("\n")
    }

    fn prose(&self, text: &str) -> String {
        prose(text, self.width)
    }

    fn changes(&self) -> String {
        let mut told: Vec<_> = self
            .compared
            .changes
            .iter()
            .filter(|change| !change.only_words)
            .collect();
        let words = self.compared.changes.len() - told.len();
        let all = told.len();
        told.truncate(MOST_CHANGES);
        if told.is_empty() {
            let but = match words {
                0 => "The scenarios say the same.",
                _ => "The scenarios say the same, but for names, notes and sources.",
            };
            return self.prose(but);
        }
        let shown = |value: &Option<String>| {
            value
                .as_deref()
                .map_or(NOTHING.to_owned(), |text| cut(text, self.width / 3))
        };
        let columns = [
            Column::left("What differs", told.iter().map(|change| change.address.clone())),
            Column::left("A", told.iter().map(|change| shown(&change.baseline))),
            Column::left(&self.letter, told.iter().map(|change| shown(&change.compared))),
        ];
        let mut text = lines(&columns, self.width);
        if all > told.len() {
            let more = format!("and {} more places; --format json names them all", all - told.len());
            text.push_str(&self.prose(&more));
        }
        if words > 0 {
            let what = if words == 1 {
                "name, note or source"
            } else {
                "names, notes and sources"
            };
            text.push_str(&self.prose(&format!("and {words} {what}")));
        }
        text
    }

    fn lost(&self) -> String {
        let lost = self.compared.lost;
        let all = lost.baseline + lost.compared + lost.both;
        let mut text = String::new();
        if all > 0 {
            text.push_str(&self.prose(&format!(
                "{} pairs were lost, as a run failed or was cut: {} under A only, {} under {} only, {} under both. What \
                 follows is of the {} other pairs.",
                count(all),
                count(lost.baseline),
                count(lost.compared),
                self.letter,
                count(lost.both),
                count(self.compared.pairs)
            )));
        }
        if !self.compared.same_outcomes {
            let alone = |in_baseline: bool| -> Vec<&str> {
                let declared = self
                    .layout
                    .outcomes
                    .iter()
                    .filter(|outcome| outcome.in_baseline != outcome.in_compared);
                let alone = declared.filter(|outcome| outcome.in_baseline == in_baseline);
                alone.map(|outcome| outcome.label.id.as_str()).collect()
            };
            let mut said = vec!["The scenarios declare different outcomes; these are those of either.".to_owned()];
            for (who, ids) in [("A", alone(true)), (self.letter.as_str(), alone(false))] {
                if !ids.is_empty() {
                    said.push(format!("Only {who} has {}.", ids.join(", ")));
                }
            }
            text.push_str(&self.prose(&said.join(" ")));
        }
        if !self.compared.unmatched_measures.is_empty() {
            let ids = self.compared.unmatched_measures.join(", ");
            text.push_str(&self.prose(&format!("Only one of them measures {ids}: not compared.")));
        }
        text
    }

    fn identical(&self) -> String {
        let compared = self.compared;
        if compared.pairs == 0 {
            return self.prose("There is no run that is valid under both.");
        }
        if !compared.identical {
            let share = percent(compared.identical_runs as f64 / compared.pairs as f64, 1);
            return self.prose(&format!(
                "The same outcome and measures under both in {share} % of the runs."
            ));
        }
        self.prose(if compared.identical_stories == compared.pairs {
            "Identical in every run, to the last event."
        } else {
            "Identical in every run: the same outcome and the same measures, though not the same events."
        })
    }

    fn outcomes(&self) -> String {
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
            text.push_str(&format!(
                "All outcomes together: total variation {}, Jensen-Shannon distance {}\n",
                number(Some(variation)),
                number(Some(distance))
            ));
        }
        text + &self.prose(&format!(
            "{} - A in percentage points, with its 95 % interval of simulation noise on common runs. Variance: that of the \
             difference, over what it would be on other runs; below 1, the common runs help.",
            self.letter
        ))
    }

    fn share_columns<'s>(&self, shares: impl Iterator<Item = &'s Share> + Clone, decimals: usize) -> Vec<Column> {
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
            Column::right(&format!("{} - A", self.letter), shares.clone().map(difference)),
            Column::left("95 %", shares.clone().map(interval)),
            Column::right("variance", shares.clone().map(|share| number(share.variance_ratio))),
            Column::left("", shares.map(remark)),
        ];
        non_empty(columns)
    }

    fn transitions(&self) -> String {
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
        lines(&columns, self.width.max(100))
    }

    fn measures(&self) -> String {
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
            } else if measure.means.within_noise {
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
        if shown.iter().any(|(_, measure)| measure.both < self.compared.pairs) {
            text.push_str(&self.prose("Means are of the runs in which there is a value under both."));
        }
        text
    }

    fn labelled_measures(&self) -> impl Iterator<Item = (&Label, &MeasureComparison)> {
        let labels = self.layout.measures.iter().map(|measure| &measure.label);
        labels.zip(&self.compared.measures)
    }

    fn mean_columns<'m>(&self, means: impl Iterator<Item = &'m BothMeans> + Clone) -> Vec<Column> {
        let noise = |means: &BothMeans| match means.mean_difference_ci95 {
            Some([low, high]) => format!("± {}", number(Some((high - low) / 2.0))),
            None => NOTHING.to_owned(),
        };
        vec![
            Column::right("A", means.clone().map(|means| number(means.baseline_mean))),
            Column::right(&self.letter, means.clone().map(|means| number(means.compared_mean))),
            Column::right(
                &format!("{} - A", self.letter),
                means.clone().map(|means| signed_number(means.mean_difference)),
            ),
            Column::left("noise", means.map(noise)),
        ]
    }

    fn times(&self) -> String {
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

    fn attribution(&self, attribution: &Attribution) -> String {
        let edits = &attribution.edits;
        if edits.is_empty() {
            return String::new();
        }
        let names = || edits.iter().map(|edit| edit.addresses.join(" and "));
        let mut text = String::new();
        let mut put = |title: &str,
                       labels: Vec<&Label>,
                       pick: &dyn Fn(usize, usize) -> Option<f64>,
                       shown: &dyn Fn(Option<f64>) -> String| {
            let total = |index: usize| -> f64 { (0..edits.len()).filter_map(|edit| pick(edit, index)).sum() };
            let size = |index: usize| -> f64 {
                let moved = (0..edits.len()).filter_map(|edit| pick(edit, index));
                moved.map(f64::abs).sum()
            };
            let mut order: Vec<usize> = (0..labels.len()).filter(|index| size(*index) > 0.0).collect();
            order.sort_by(|a, b| size(*b).total_cmp(&size(*a)));
            order.truncate(MOST_COLUMNS);
            if order.is_empty() {
                return;
            }
            let mut columns = vec![Column::left(title, names().chain(["together".to_owned()]))];
            columns.extend(order.into_iter().map(|index| {
                let cells = (0..edits.len()).map(|edit| shown(pick(edit, index)));
                Column::right(&labels[index].id, cells.chain([shown(Some(total(index)))]))
            }));
            if !text.is_empty() {
                text.push('\n');
            }
            text.push_str(&lines(&columns, self.width));
        };
        put(
            "Which edit moved what, points",
            self.layout.outcomes.iter().map(|outcome| &outcome.label).collect(),
            &|edit, index| moved_by(&edits[edit].outcomes, &self.layout.outcomes[index].label),
            &|share| share.map_or(NOTHING.to_owned(), |share| signed_percent(share, 1)),
        );
        put(
            "Which edit moved which mean",
            self.layout.measures.iter().map(|measure| &measure.label).collect(),
            &|edit, index| moved_by(&edits[edit].measures, &self.layout.measures[index].label),
            &signed_number,
        );
        text + &self.prose(&format!(
            "Shapley values: what an edit moves, averaged over all orders in which the edits can be made ({} plans on the \
             same runs).",
            attribution.plans
        ))
    }
}

fn moved_by(moved: &[Difference], label: &Label) -> Option<f64> {
    moved.iter().find(|moved| moved.name == label.id)?.difference
}

fn half_width(share: &Share) -> f64 {
    (share.difference_ci95[1] - share.difference_ci95[0]) / 2.0
}

fn printed(label: &Label) -> &str {
    label.name.as_deref().unwrap_or(&label.id)
}

fn non_empty(mut columns: Vec<Column>) -> Vec<Column> {
    columns.retain(|column| !column.is_empty());
    columns
}
