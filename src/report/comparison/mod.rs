//! What a comparison says, for a terminal: what differs in the files, and what it moves.

mod attribution;
mod beliefs;
mod measures;
mod outcomes;
mod series;

use super::columns::{Column, cut, lines, prose};
use super::format::{NOTHING, count, percent};
use crate::analysis::compare::{Compared, Comparison, Layout};
use crate::plan::Label;

/// So many changes are told.
pub(super) const MOST_CHANGES: usize = 20;

/// Lays out what a comparison says, in lines of `width` characters. `layouts`, which give the printed names, are those that
/// the comparisons were made with.
pub fn comparison(comparison: &Comparison, layouts: &[Layout], width: usize) -> String {
    let mut text = head(comparison, width);
    text.push_str(&given(comparison, width));
    text.push_str(&beliefs::beliefs(comparison, width));
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
    text + &beliefs::claims(comparison, width)
}

/// A for the baseline, then B, C and so on.
pub(super) fn letter(index: usize) -> String {
    match u8::try_from(index) {
        Ok(index) if index < 26 => char::from(b'A' + index).to_string(),
        _ => format!("No. {}", index + 1),
    }
}

fn heading(letter: &str, what: &str, width: usize) -> String {
    rule(&format!("{letter} against A: {what}"), width)
}

/// A heading in a line across the page.
fn rule(heading: &str, width: usize) -> String {
    let rule = cut(&format!("── {heading} "), width);
    let rest = width.saturating_sub(rule.chars().count());
    format!("{rule}{}", "─".repeat(rest))
}

/// The title of what is compared, without that of the baseline; none where there is nothing else in it.
pub(super) fn own_title<'t>(baseline: &str, title: &'t str) -> Option<&'t str> {
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
    let mut text = format!("{}\n{}\n\n", comparison.baseline.title, facts.join(" · "));
    for (index, side) in comparison.sides().enumerate() {
        let own = own_title(&comparison.baseline.title, &side.title).filter(|_| index > 0);
        let title = own.map_or(String::new(), |own| format!(" ({own})"));
        text.push_str(&cut(&format!("{}  {}{title}", letter(index), side.label), width));
        text.push('\n');
    }
    text
}

/// What is given, and how many runs of each that leaves; nothing where nothing is.
fn given(comparison: &Comparison, width: usize) -> String {
    let Some(given) = &comparison.baseline.given else {
        return String::new();
    };
    let kept = comparison.sides().enumerate().filter_map(|(index, side)| {
        let given = side.given.as_ref()?;
        let all = given.kept + given.set_aside;
        Some(format!(
            "{} of {} runs of {}",
            count(given.kept),
            count(all),
            letter(index)
        ))
    });
    let kept: Vec<String> = kept.collect();
    let text = format!(
        "Given {}: {}. A pair is a run that is kept in both.",
        given.conditions.join(" and "),
        kept.join(", ")
    );
    format!("\n{}", prose(&text, width))
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
        if !self.compared.identical && self.compared.pairs > 0 {
            let rest = [
                self.outcomes(),
                self.transitions(),
                self.measures(),
                self.times(),
                self.series(),
            ];
            sections.extend(rest.into_iter().filter(|section| !section.is_empty()));
            sections.extend(self.compared.attribution.as_ref().map(|found| self.attribution(found)));
        } else if self.has_moved_series() {
            sections.push(self.series());
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
                 follows is of the {} other pairs. `equipoise run` of each tells which failed first.",
                count(all),
                count(lost.baseline),
                count(lost.compared),
                self.letter,
                count(lost.both),
                count(self.compared.pairs)
            )));
        }
        if let Some(aside) = self.compared.set_aside {
            text.push_str(&self.prose(&format!(
                "The pairs are the {} runs in which what is given holds under both; it holds under A alone in {} others, under \
                 {} alone in {}.",
                count(self.compared.pairs),
                count(aside.compared),
                self.letter,
                count(aside.baseline),
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
        text + &self.unmatched_series()
    }

    fn identical(&self) -> String {
        let compared = self.compared;
        if compared.pairs == 0 {
            return self.prose(match self.compared.set_aside {
                Some(_) => "There is no run that is valid, and in which what is given holds, under both.",
                None => "There is no run that is valid under both.",
            });
        }
        if !compared.identical {
            let share = percent(compared.identical_runs as f64 / compared.pairs as f64, 1);
            return self.prose(&format!(
                "The same outcome and measures under both in {share} % of the runs."
            ));
        }
        let same = if compared.identical_stories == compared.pairs {
            "Identical in every run, to the last event."
        } else {
            "Identical in every run: the same outcome and the same measures, though not the same events."
        };
        let but = if self.has_moved_series() {
            " But the series differ."
        } else {
            ""
        };
        self.prose(&format!("{same}{but}"))
    }
}

pub(super) fn printed(label: &Label) -> &str {
    label.name.as_deref().unwrap_or(&label.id)
}

fn non_empty(mut columns: Vec<Column>) -> Vec<Column> {
    columns.retain(|column| !column.is_empty());
    columns
}
