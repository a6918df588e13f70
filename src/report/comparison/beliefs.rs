//! What is believed under each plan, before and after its claims, and what each claim does.

use super::letter;
use crate::analysis::compare::{Belief, Comparison, Side};
use crate::report::columns::{Column, lines, prose};
use crate::report::evidence::{After, Told, effective, meanings};
use crate::report::format::percent;

/// Prior and posterior of every plan side by side; nothing where no plan has claims.
pub(super) fn beliefs(comparison: &Comparison, width: usize) -> String {
    let sides = with_claims(comparison);
    let mut outcomes: Vec<&Belief> = Vec::new();
    for belief in sides.iter().flat_map(|(_, side)| &side.beliefs) {
        let seen = sides.iter().flat_map(|(_, side)| &side.beliefs);
        let comes = seen
            .filter(|other| other.name == belief.name)
            .any(|other| other.prior > 0.0);
        if comes && outcomes.iter().all(|known| known.name != belief.name) {
            outcomes.push(belief);
        }
    }
    if outcomes.is_empty() {
        return String::new();
    }
    let names = |title: &str| Column::left(title, outcomes.iter().map(|outcome| outcome.printed.clone()));
    let cells = |side: &Side, cell: &dyn Fn(&Belief) -> String| {
        let of = |outcome: &&Belief| {
            let belief = side.beliefs.iter().find(|belief| belief.name == outcome.name);
            belief.map_or(String::new(), cell)
        };
        outcomes.iter().map(of).collect::<Vec<_>>()
    };
    let mut shares = vec![names("With what was said, %")];
    let mut runs = vec![names("Effective runs")];
    for (letter, side) in &sides {
        let prior = cells(side, &|belief| percent(belief.prior, 1));
        shares.push(Column::right(&format!("{letter} prior"), prior));
        shares.push(Column::right(
            "post.",
            cells(side, &|belief| percent(belief.posterior, 1)),
        ));
        let came = |belief: &Belief| match belief.prior > 0.0 {
            true => effective(Some(belief.effective_runs)),
            false => String::new(),
        };
        runs.push(Column::right(letter, cells(side, &came)));
    }
    let warnings: String = sides
        .iter()
        .map(|(letter, side)| told(side).few_runs(&format!("under {letter} "), width))
        .collect();
    let note = "post.: the posterior, once the claims of each have weighed its runs; what each claim does stands at the \
                end. Effective runs: how many runs without weights would leave the posterior as much noise. What follows \
                is before the claims.";
    format!(
        "\n{}\n{}\n{}{warnings}",
        lines(&shares, width),
        lines(&runs, width),
        prose(note, width)
    )
}

/// Under each plan that has any: its claims and what each does beside the others.
pub(super) fn claims(comparison: &Comparison, width: usize) -> String {
    let mut text = String::new();
    for (letter, side) in with_claims(comparison) {
        let told = told(side);
        let parts = [told.claims(width), told.effects(width)];
        text.push_str(&format!(
            "\n{}\n",
            super::rule(&format!("What was said, under {letter}"), width)
        ));
        for part in parts.into_iter().filter(|part| !part.is_empty()) {
            text.push('\n');
            text.push_str(&part);
        }
    }
    if !text.is_empty() {
        text.push('\n');
        text.push_str(&meanings(width));
    }
    text
}

/// The plans with claims, by their letters.
fn with_claims(comparison: &Comparison) -> Vec<(String, &Side)> {
    comparison
        .sides()
        .enumerate()
        .filter(|(_, side)| !side.beliefs.is_empty())
        .map(|(index, side)| (letter(index), side))
        .collect()
}

fn told(side: &Side) -> Told<'_> {
    Told {
        claims: &side.claims,
        origins: &side.origins,
        outcomes: side.beliefs.iter().map(after_claims).collect(),
    }
}

fn after_claims(belief: &Belief) -> After<'_> {
    After {
        name: &belief.printed,
        came: belief.prior > 0.0,
        posterior: Some(belief.posterior),
        effective_runs: Some(belief.effective_runs),
        carrying_runs: belief.carrying_runs,
    }
}
