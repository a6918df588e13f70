//! What claims do to a forecast, for a terminal.

use super::columns::{Column, lines, prose};
use super::format::{NOTHING, count, number, percent};
use super::table::printed;
use crate::analysis::evidence::FEW_RUNS;
use crate::plan::{Observed, UNRESOLVED};
use crate::results::{ClaimSummary, Effect, OutcomeSummary, Summary, Unheard};

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

/// The claims, what each does beside the others, and whether what is left of the runs is enough.
pub(super) fn evidence(summary: &Summary, observed: &Observed, width: usize) -> String {
    if summary.claims.is_empty() {
        return String::new();
    }
    let parts = [
        claims(summary, observed, width),
        effects(summary, observed, width),
        few_runs(summary, observed, width),
    ];
    parts
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join("\n")
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

fn claims(summary: &Summary, observed: &Observed, width: usize) -> String {
    let all = &summary.claims;
    let evidence = &observed.evidence;
    let name = |index: usize| format!("{} {}", letter(index), printed(&evidence.claims[index].label));
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
        Column::left("Claim", (0..all.len()).map(name)),
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
    let note = "ratio: how many times likelier the claim is made if it is true than if it is false. prior and posterior: in what percentage of the runs it is true.";
    format!("{}\n{}", lines(&columns, width), prose(note, width))
}

/// What each claim, and those of each origin, do to each outcome.
fn effects(summary: &Summary, observed: &Observed, width: usize) -> String {
    let heard = summary.claims.iter().enumerate().filter(|(_, claim)| claim.heard);
    let mut voices: Vec<(String, &[Effect])> = heard
        .map(|(index, claim)| (letter(index), claim.outcomes.as_slice()))
        .collect();
    let several = summary.origins_with_several();
    voices.extend(several.map(|origin| (origin.name.clone(), origin.outcomes.as_slice())));
    let names = observed.outcomes.iter().map(printed).chain([UNRESOLVED]);
    let shown: Vec<(usize, &str, &OutcomeSummary)> = names
        .zip(&summary.outcomes)
        .enumerate()
        .map(|(index, (name, outcome))| (index, name, outcome))
        .filter(|(_, _, outcome)| outcome.name != UNRESOLVED || outcome.count > 0)
        .collect();
    if voices.is_empty() || shown.is_empty() {
        return String::new();
    }
    let table = |title: &str, first: Option<Column>, cell: &dyn Fn(&Effect) -> String| {
        let mut columns = vec![Column::left(title, shown.iter().map(|(_, name, _)| (*name).to_owned()))];
        columns.extend(first);
        for (voice, effects) in &voices {
            let cells = shown
                .iter()
                .map(|(index, ..)| effects.get(*index).map_or(String::new(), cell));
            columns.push(Column::right(voice, cells));
        }
        lines(&columns, width)
    };
    let all = Column::right("none", shown.iter().map(|(.., outcome)| share(outcome.posterior)));
    let factors = table("Bayes factor of", None, &|effect| number(effect.bayes_factor));
    let without = table("Posterior (%) without", Some(all), &|effect| {
        share(effect.posterior_without)
    });
    format!("{factors}\n{without}")
}

fn few_runs(summary: &Summary, observed: &Observed, width: usize) -> String {
    let names = observed.outcomes.iter().map(printed).chain([UNRESOLVED]);
    let few: Vec<String> = names
        .zip(&summary.outcomes)
        .filter(|(_, outcome)| outcome.count > 0 && outcome.effective_runs.is_some_and(|runs| runs < FEW_RUNS))
        .filter_map(|(name, outcome)| Some(format!("{name} ({})", number(Some(outcome.effective_runs?.round())))))
        .collect();
    if few.is_empty() {
        return String::new();
    }
    let text = format!(
        "Warning: the claims leave few runs to judge by. Effective runs below 1,000: {}. Play more runs.",
        few.join(", ")
    );
    prose(&text, width)
}
