//! The tables of a comparison.

use std::cmp::Reverse;

use maud::{Markup, html};

use super::{Other, Row};
use crate::analysis::compare::{Belief, BothMeans, Comparison, OutcomeSide, Side};
use crate::report::comparison::{MOST_CHANGES, letter, printed};
use crate::report::format::{NOTHING, count, number, percent, signed_number, signed_percent};
use crate::report::page::figure::Table;

/// How many ways to end under the other are told of the runs that end in one way under the baseline.
const MOST_WAYS: usize = 6;

/// The numbers behind the picture of the outcomes.
pub(super) fn outcomes(rows: &[Row<'_>]) -> Table {
    let head = [
        "Outcome",
        "against A",
        "A",
        "other",
        "difference, points",
        "noise from",
        "to",
        "runs only under A",
        "only under other",
    ];
    let share = |side: &OutcomeSide| {
        side.probability
            .map_or(NOTHING.to_owned(), |share| format!("{}%", percent(share, 2)))
    };
    let lines = rows.iter().flat_map(|row| {
        row.sides.iter().map(|(other, side)| {
            let [low, high] = side.share.difference_ci95;
            let difference = side.share.difference;
            vec![
                row.name.clone(),
                other.letter.clone(),
                share(&side.baseline),
                share(&side.compared),
                difference.map_or(NOTHING.to_owned(), |share| signed_percent(share, 2)),
                signed_percent(low, 2),
                signed_percent(high, 2),
                count(side.share.only_baseline),
                count(side.share.only_compared),
            ]
        })
    });
    Table {
        head: head.map(str::to_owned).to_vec(),
        rows: lines.collect(),
        text_columns: 2,
    }
}

/// What differs in the files, but for what is only said of it; none if nothing does.
pub(super) fn changes(other: &Other<'_>) -> Option<Table> {
    let told = other.compared.changes.iter().filter(|change| !change.only_words);
    let shown = |value: &Option<String>| value.clone().unwrap_or(NOTHING.to_owned());
    let rows: Vec<Vec<String>> = told
        .take(MOST_CHANGES)
        .map(|change| vec![change.address.clone(), shown(&change.baseline), shown(&change.compared)])
        .collect();
    (!rows.is_empty()).then(|| Table {
        head: vec!["Address".to_owned(), "A".to_owned(), other.letter.clone()],
        rows,
        text_columns: 3,
    })
}

/// What is to be known before the tables of one of the others are read.
pub(super) fn remarks(other: &Other<'_>) -> Markup {
    let Other {
        letter,
        compared,
        layout,
        ..
    } = other;
    let lost = compared.lost;
    let differ = compared.changes.iter().filter(|change| !change.only_words).count();
    let declared = layout
        .outcomes
        .iter()
        .filter(|outcome| outcome.in_baseline != outcome.in_compared);
    let alone: Vec<String> = declared
        .map(|outcome| {
            let who = if outcome.in_baseline { "A" } else { letter };
            format!("{} (only {who})", printed(&outcome.label))
        })
        .collect();
    html! {
        p {
            @if compared.identical {
                "The outcome and the measures are the same in every run."
            } @else if compared.pairs > 0 {
                "The same outcome and measures under both in "
                (percent(compared.identical_runs as f64 / compared.pairs as f64, 1)) "% of the runs."
            }
            @if differ == 0 { " The files say the same, but for names, notes and sources, if for anything." }
            @if differ > MOST_CHANGES { " They differ in " (differ) " places, of which " (MOST_CHANGES) " are shown; "
                code { "equipoise compare --format json" } " names all." }
            @if lost.baseline + lost.compared + lost.both > 0 {
                " Left out: " (count(lost.baseline + lost.compared + lost.both)) " runs that failed or were cut under either."
            }
            @if !alone.is_empty() { " Not both declare these outcomes: " (alone.join(", ")) "." }
            @if !compared.unmatched_measures.is_empty() {
                " Only one of them measures " (compared.unmatched_measures.join(", ")) ", which is not compared."
            }
        }
    }
}

/// How the runs that end in one way under A end under the other; none where all is the same.
pub(super) fn transitions(other: &Other<'_>) -> Option<Table> {
    if other.compared.identical || other.compared.pairs == 0 {
        return None;
    }
    let counts = &other.compared.transitions.counts;
    let name = |index: usize| printed(&other.layout.outcomes[index].label).to_owned();
    let rows = counts.iter().enumerate().filter_map(|(from, row)| {
        let all: u64 = row.iter().sum();
        let share = |runs: u64| percent(runs as f64 / all as f64, 1);
        let mut ways: Vec<(usize, u64)> = row.iter().copied().enumerate().filter(|(_, runs)| *runs > 0).collect();
        ways.sort_by_key(|(_, runs)| Reverse(*runs));
        let rest = ways.split_off(ways.len().min(MOST_WAYS));
        let way = |(to, runs): &(usize, u64)| format!("{}% {}", share(*runs), name(*to));
        let mut lines: Vec<String> = ways.iter().map(way).collect();
        if !rest.is_empty() {
            let runs = rest.iter().map(|(_, runs)| runs).sum();
            lines.push(format!("{}% in {} other ways", share(runs), rest.len()));
        }
        (all > 0).then(|| vec![name(from), lines.join("\n"), count(all)])
    });
    let head = [
        "Ends under A in".to_owned(),
        format!("and under {} in", other.letter),
        "runs".to_owned(),
    ];
    Some(Table {
        head: head.to_vec(),
        rows: rows.collect(),
        text_columns: 2,
    })
}

/// The means of the measures under both; of a time that may never come, how often it does as well.
pub(super) fn measures(other: &Other<'_>) -> Option<Table> {
    let compared = other.compared;
    if compared.identical || compared.pairs == 0 || compared.measures.is_empty() {
        return None;
    }
    let mut rows = Vec::new();
    for (measure, layout) in compared.measures.iter().zip(&other.layout.measures) {
        let name = printed(&layout.label);
        let unit = layout.label.unit.as_deref();
        let with_unit = unit.map_or(name.to_owned(), |unit| format!("{name} ({unit})"));
        rows.push(means(with_unit, &measure.means));
        if let Some(times) = &measure.times {
            let [low, high] = times.comes.difference_ci95;
            let share = |runs: u64| format!("{}%", percent(runs as f64 / compared.pairs as f64, 1));
            rows.push(vec![
                format!("{name}: comes at all"),
                share(measure.both + measure.only_baseline),
                share(measure.both + measure.only_compared),
                times.comes.difference.map_or(NOTHING.to_owned(), |share| {
                    let [share, low, high] = [share, low, high].map(|share| signed_percent(share, 1));
                    format!("{share} points\n{low} to {high}")
                }),
            ]);
            let horizon = number(Some(times.horizon));
            rows.push(means(format!("{name}: mean up to {horizon} years"), &times.restricted));
        }
    }
    let head = ["Measure", "A", &other.letter, "difference"];
    Some(Table {
        head: head.map(str::to_owned).to_vec(),
        rows,
        text_columns: 1,
    })
}

fn means(name: String, means: &BothMeans) -> Vec<String> {
    let noise = match means.mean_difference_ci95 {
        Some([low, high]) => format!("\n± {}", number(Some((high - low) / 2.0))),
        None => String::new(),
    };
    vec![
        name,
        number(means.baseline_mean),
        number(means.compared_mean),
        signed_number(means.mean_difference) + &noise,
    ]
}

/// Posterior and, in small print, prior under each; none where no scenario has claims.
pub(super) fn beliefs(comparison: &Comparison) -> Option<Table> {
    let others = comparison.comparisons.iter().map(|one| &one.scenario);
    let sides: Vec<&Side> = std::iter::once(&comparison.baseline).chain(others).collect();
    let mut outcomes: Vec<&Belief> = Vec::new();
    for belief in sides.iter().flat_map(|side| &side.beliefs) {
        if outcomes.iter().all(|known| known.name != belief.name) {
            outcomes.push(belief);
        }
    }
    let of = |side: &Side, name: &str| side.beliefs.iter().find(|belief| belief.name == name).cloned();
    let cells = |outcome: &&Belief| {
        let share = |share: Option<f64>| share.map_or(NOTHING.to_owned(), |share| format!("{}%", percent(share, 1)));
        let both = sides.iter().map(|side| {
            let belief = of(side, &outcome.name);
            let (prior, posterior) = (belief.as_ref().map(|one| one.prior), belief.map(|one| one.posterior));
            format!("{}\n{}", share(posterior), share(prior))
        });
        std::iter::once(outcome.printed.clone()).chain(both).collect()
    };
    let heads = (0..sides.len()).map(letter);
    (!outcomes.is_empty()).then(|| Table {
        head: std::iter::once("Outcome".to_owned()).chain(heads).collect(),
        rows: outcomes.iter().map(cells).collect(),
        text_columns: 1,
    })
}
