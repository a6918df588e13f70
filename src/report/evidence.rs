//! What claims do to a forecast, for a terminal.

use super::columns::{Column, lines, prose};
use super::format::{NOTHING, count, number, percent};
use super::table::printed;
use crate::analysis::evidence::{FEW_CARRYING, FEW_RUNS};
use crate::plan::{Observed, UNRESOLVED};
use crate::results::{ClaimSummary, Effect, OriginSummary, OutcomeSummary, Summary, Unheard, origins_with_several};

/// What is given, and how many runs that leaves.
pub(super) fn given(summary: &Summary, width: usize) -> String {
    let Some(given) = &summary.given else {
        return String::new();
    };
    let all = given.kept + given.set_aside;
    let text = format!(
        "Given {}: {} of {} runs. Everything here is of these.",
        given.conditions.join(" and "),
        count(given.kept),
        count(all)
    );
    prose(&text, width)
}

/// What is shown of the claims of a run, or of one side of a comparison.
pub(super) struct Told<'a> {
    /// The claims, in the order declared.
    pub claims: &'a [ClaimSummary],
    /// Their origins.
    pub origins: &'a [OriginSummary],
    /// The outcomes, and the unresolved runs as the last.
    pub outcomes: Vec<After<'a>>,
}

/// What is believed of an outcome once the claims have been heard.
pub(super) struct After<'a> {
    /// Its printed name.
    pub name: &'a str,
    /// Whether any run came to it.
    pub came: bool,
    /// The share of the weight of the runs, 0 to 1.
    pub posterior: Option<f64>,
    /// How many runs without weights would have as much noise.
    pub effective_runs: Option<f64>,
    /// By how many runs it is carried.
    pub carrying_runs: Option<f64>,
}

/// The claims, what each does beside the others, and whether what is left of the runs is enough.
pub(super) fn evidence(summary: &Summary, observed: &Observed, width: usize) -> String {
    if summary.claims.is_empty() {
        return String::new();
    }
    let names = observed.outcomes.iter().map(printed).chain([UNRESOLVED]);
    let after = |(name, outcome): (_, &OutcomeSummary)| After {
        name,
        came: outcome.count > 0,
        posterior: outcome.posterior,
        effective_runs: outcome.effective_runs,
        carrying_runs: outcome.carrying_runs,
    };
    let told = Told {
        claims: &summary.claims,
        origins: &summary.origins,
        outcomes: names.zip(&summary.outcomes).map(after).collect(),
    };
    [
        told.claims(width),
        meanings(width),
        told.effects(width),
        told.few_runs("", width),
    ]
    .into_iter()
    .filter(|part| !part.is_empty())
    .collect::<Vec<_>>()
    .join("\n")
}

/// What the columns of the claims mean.
pub(super) fn meanings(width: usize) -> String {
    let note = "ratio: how many times likelier the claim is made if it is true than if it is false. prior and posterior: in what percentage of the runs it is true.";
    prose(note, width)
}

/// The letter that a claim goes by in the tables: a, b, ... and then a1, b1, ...
fn letter(index: usize) -> String {
    let letter = char::from(b'a' + (index % 26) as u8);
    match index / 26 {
        0 => letter.to_string(),
        round => format!("{letter}{round}"),
    }
}

fn share(share: Option<f64>) -> String {
    share.map_or(NOTHING.to_owned(), |share| percent(share, 1))
}

impl Told<'_> {
    /// The claims: what each says of itself, and in how many of the runs it is true.
    pub(super) fn claims(&self, width: usize) -> String {
        let all = self.claims;
        let name = |(index, claim): (usize, &ClaimSummary)| format!("{} {}", letter(index), claim.printed);
        let about = |claim: &ClaimSummary| {
            if claim.about == claim.said {
                String::new()
            } else {
                claim.about.clone()
            }
        };
        let said = |claim: &ClaimSummary| match &claim.unheard {
            None => String::new(),
            Some(Unheard::LeftOut) => "left out".to_owned(),
            Some(Unheard::SaidLater) => "said later".to_owned(),
            Some(Unheard::Repeats(other)) => match all.iter().position(|claim| claim.name == *other) {
                Some(index) => format!("repeats {}", letter(index)),
                None => "repeated".to_owned(),
            },
        };
        let mut columns = vec![
            Column::left("Claim", all.iter().enumerate().map(name)),
            Column::left("said", all.iter().map(|claim| claim.said.clone())),
            Column::left("about", all.iter().map(about)),
            Column::left(
                "origin",
                all.iter().map(|claim| claim.origin.clone().unwrap_or_default()),
            ),
            Column::right("ratio", all.iter().map(|claim| number(claim.likelihood_ratio))),
            Column::right("prior %", all.iter().map(|claim| share(claim.prior))),
            Column::right("posterior %", all.iter().map(|claim| share(claim.posterior))),
            Column::left("not heard", all.iter().map(said)),
        ];
        columns.retain(|column| !column.is_empty());
        lines(&columns, width)
    }

    /// What each claim, and those of each origin, do to each outcome.
    pub(super) fn effects(&self, width: usize) -> String {
        let heard = self.claims.iter().enumerate().filter(|(_, claim)| claim.heard);
        let mut voices: Vec<(String, &[Effect])> = heard
            .map(|(index, claim)| (letter(index), claim.outcomes.as_slice()))
            .collect();
        let several = origins_with_several(self.claims, self.origins);
        voices.extend(several.map(|origin| (origin.name.clone(), origin.outcomes.as_slice())));
        let unresolved = self.outcomes.len().saturating_sub(1);
        let shown: Vec<(usize, &After<'_>)> = self
            .outcomes
            .iter()
            .enumerate()
            .filter(|(index, outcome)| *index != unresolved || outcome.came)
            .collect();
        if voices.is_empty() || shown.is_empty() {
            return String::new();
        }
        let table = |title: &str, first: Option<Column>, cell: &dyn Fn(&Effect) -> String| {
            let mut columns = vec![Column::left(
                title,
                shown.iter().map(|(_, outcome)| outcome.name.to_owned()),
            )];
            columns.extend(first);
            for (voice, effects) in &voices {
                let cells = shown
                    .iter()
                    .map(|(index, _)| effects.get(*index).map_or(String::new(), cell));
                columns.push(Column::right(voice, cells));
            }
            lines(&columns, width)
        };
        let all = Column::right("none", shown.iter().map(|(_, outcome)| share(outcome.posterior)));
        let factors = table("Bayes factor of", None, &|effect| number(effect.bayes_factor));
        let without = table("Posterior (%) without", Some(all), &|effect| {
            share(effect.posterior_without)
        });
        format!("{factors}\n{without}")
    }

    /// A warning where the claims leave too few runs; `place` says where, if not in the only scenario.
    pub(super) fn few_runs(&self, place: &str, width: usize) -> String {
        let below = |limit: f64, runs: fn(&After<'_>) -> Option<f64>| -> Vec<String> {
            let came = self.outcomes.iter().filter(|outcome| outcome.came);
            let few = came.filter_map(|outcome| {
                let runs = runs(outcome).filter(|runs| *runs < limit)?;
                Some(format!("{} ({})", outcome.name, effective(Some(runs))))
            });
            few.collect()
        };
        let few = below(FEW_RUNS, |outcome| outcome.effective_runs);
        let heavy = below(FEW_CARRYING, |outcome| outcome.carrying_runs);
        let mut text = String::new();
        if !few.is_empty() {
            text.push_str(&format!(
                "Warning: {place}the claims leave few runs to judge by. Effective runs below 1,000: {}. ",
                few.join(", ")
            ));
        }
        if !heavy.is_empty() {
            text.push_str(&format!(
                "Warning: {place}a few heavy runs carry a posterior, whose noise may be greater than its ± says. Runs that carry \
                 it, below 30: {}. ",
                heavy.join(", ")
            ));
        }
        if text.is_empty() {
            return text;
        }
        prose(&format!("{text}Play more runs."), width)
    }
}

/// A number of effective runs, whole.
pub(super) fn effective(runs: Option<f64>) -> String {
    runs.map_or(NOTHING.to_owned(), |runs| count(runs.round() as u64))
}
