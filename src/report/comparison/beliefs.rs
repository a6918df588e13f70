//! What is believed under each plan, before and after its claims.

use super::letter;
use crate::analysis::compare::{Belief, Comparison, Side};
use crate::report::columns::{Column, lines, prose};
use crate::report::format::percent;

/// Prior and posterior of every plan side by side; nothing where no plan has claims.
pub(super) fn beliefs(comparison: &Comparison, width: usize) -> String {
    let sides: Vec<&Side> = std::iter::once(&comparison.baseline)
        .chain(comparison.comparisons.iter().map(|one| &one.scenario))
        .collect();
    let mut outcomes: Vec<&Belief> = Vec::new();
    for belief in sides.iter().flat_map(|side| &side.beliefs) {
        let seen = sides.iter().flat_map(|side| &side.beliefs);
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
    let mut columns = vec![Column::left(
        "With what was said, %",
        outcomes.iter().map(|outcome| outcome.printed.clone()),
    )];
    for (index, side) in sides.iter().enumerate().filter(|(_, side)| !side.beliefs.is_empty()) {
        let cells = |share: fn(&Belief) -> f64| {
            let of = |outcome: &&Belief| {
                let belief = side.beliefs.iter().find(|belief| belief.name == outcome.name);
                belief.map_or(String::new(), |belief| percent(share(belief), 1))
            };
            outcomes.iter().map(of).collect::<Vec<_>>()
        };
        let letter = letter(index);
        columns.push(Column::right(&format!("{letter} prior"), cells(|belief| belief.prior)));
        columns.push(Column::right("post.", cells(|belief| belief.posterior)));
    }
    let note =
        "post.: the posterior, once the claims of each have weighed its runs. All that follows is before the claims.";
    format!("\n{}\n{}", lines(&columns, width), prose(note, width))
}
