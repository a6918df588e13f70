//! What is known of claims, as a file of saved results keeps it: every float by its bits.

use serde::{Deserialize, Serialize};

use super::file::SavedLabel;
use crate::plan::{Claim, Given, ObservedClaims, Origin, Statement};

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SavedClaims {
    statements: Vec<SavedStatement>,
    given: Vec<SavedGiven>,
    origins: Vec<SavedOrigin>,
    claims: Vec<SavedClaim>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct SavedStatement {
    time: u64,
    date: Option<String>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct SavedGiven {
    written: String,
    statement: usize,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct SavedOrigin {
    label: SavedLabel,
    reliability: u64,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct SavedClaim {
    label: SavedLabel,
    said: String,
    statement: usize,
    meaning: usize,
    if_true: u64,
    if_false: u64,
    if_uninformed: u64,
    origin: Option<usize>,
}

impl From<&ObservedClaims> for SavedClaims {
    fn from(observed: &ObservedClaims) -> Self {
        let statement = |statement: &Statement| SavedStatement {
            time: statement.time.to_bits(),
            date: statement.date.clone(),
        };
        let given = |given: &Given| SavedGiven {
            written: given.written.clone(),
            statement: given.statement,
        };
        let origin = |origin: &Origin| SavedOrigin {
            label: SavedLabel::from(&origin.label),
            reliability: origin.reliability.to_bits(),
        };
        let claim = |claim: &Claim| SavedClaim {
            label: SavedLabel::from(&claim.label),
            said: claim.said.clone(),
            statement: claim.statement,
            meaning: claim.meaning,
            if_true: claim.if_true.to_bits(),
            if_false: claim.if_false.to_bits(),
            if_uninformed: claim.if_uninformed.to_bits(),
            origin: claim.origin,
        };
        SavedClaims {
            statements: observed.statements.iter().map(statement).collect(),
            given: observed.given.iter().map(given).collect(),
            origins: observed.origins.iter().map(origin).collect(),
            claims: observed.claims.iter().map(claim).collect(),
        }
    }
}

impl From<SavedClaims> for ObservedClaims {
    fn from(saved: SavedClaims) -> Self {
        let statement = |statement: SavedStatement| Statement {
            time: f64::from_bits(statement.time),
            date: statement.date,
        };
        let given = |given: SavedGiven| Given {
            written: given.written,
            statement: given.statement,
        };
        let origin = |origin: SavedOrigin| Origin {
            label: origin.label.into(),
            reliability: f64::from_bits(origin.reliability),
        };
        let claim = |claim: SavedClaim| Claim {
            label: claim.label.into(),
            said: claim.said,
            statement: claim.statement,
            meaning: claim.meaning,
            if_true: f64::from_bits(claim.if_true),
            if_false: f64::from_bits(claim.if_false),
            if_uninformed: f64::from_bits(claim.if_uninformed),
            origin: claim.origin,
        };
        ObservedClaims {
            statements: saved.statements.into_iter().map(statement).collect(),
            given: saved.given.into_iter().map(given).collect(),
            origins: saved.origins.into_iter().map(origin).collect(),
            claims: saved.claims.into_iter().map(claim).collect(),
        }
    }
}

/// Whether the indices of what was read lead somewhere, and chances are chances.
pub(super) fn is_sound(observed: &ObservedClaims) -> bool {
    let statements = observed.statements.len();
    let chance = |chance: f64| (0.0..=1.0).contains(&chance);
    statements <= u64::BITS as usize
        && observed.given.iter().all(|given| given.statement < statements)
        && observed.origins.iter().all(|origin| chance(origin.reliability))
        && observed.claims.iter().all(|claim| {
            claim.statement < statements
                && claim.origin.is_none_or(|origin| origin < observed.origins.len())
                && [claim.if_true, claim.if_false, claim.if_uninformed]
                    .into_iter()
                    .all(chance)
        })
}
