//! Claims that no run can be reconciled with.

use std::fmt;

use super::weights::Weigher;
use crate::plan::Claim;

/// Claims that no run can be reconciled with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contradiction {
    /// The ids of the claims: each by itself, or all of them together but not with any of them left out.
    pub claims: Vec<String>,
    /// Whether each contradicts the scenario by itself.
    pub each: bool,
}

impl Contradiction {
    /// Finds out which of the claims that are heard are to blame.
    pub(super) fn of(weigher: &Weigher<'_>, heard: &[bool], claims: &[Claim]) -> Self {
        let named = |indices: Vec<usize>| {
            indices
                .into_iter()
                .map(|claim| claims[claim].label.id.clone())
                .collect()
        };
        let impossible = |heard: &[bool]| !(weigher.totals(heard).all() > 0.0);
        let all: Vec<usize> = (0..heard.len()).filter(|claim| heard[*claim]).collect();
        let only = |claim: usize| -> Vec<bool> { (0..heard.len()).map(|other| other == claim).collect() };
        let alone: Vec<usize> = all.iter().copied().filter(|claim| impossible(&only(*claim))).collect();
        if !alone.is_empty() {
            return Contradiction {
                claims: named(alone),
                each: true,
            };
        }
        // Claims without which it stays impossible are not needed; what remains is.
        let mut needed = heard.to_vec();
        for claim in &all {
            needed[*claim] = false;
            if !impossible(&needed) {
                needed[*claim] = true;
            }
        }
        Contradiction {
            claims: named((0..needed.len()).filter(|claim| needed[*claim]).collect()),
            each: false,
        }
    }
}

impl fmt::Display for Contradiction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<String> = self.claims.iter().map(|claim| format!("`{claim}`")).collect();
        let listed = match names.as_slice() {
            [one] => one.clone(),
            [several @ .., last] => format!("{} and {last}", several.join(", ")),
            [] => "nothing".to_owned(),
        };
        match (names.len(), self.each) {
            (1, _) => write!(
                f,
                "the claim {listed} contradicts the scenario: it could be made in none of its runs"
            ),
            (_, true) => write!(
                f,
                "the claims {listed} contradict the scenario: each of them could be made in none of its runs"
            ),
            (_, false) => write!(
                f,
                "the claims {listed} contradict the scenario: together they could be made in none of its runs"
            ),
        }
    }
}

impl std::error::Error for Contradiction {}
