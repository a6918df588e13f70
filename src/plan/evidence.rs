//! What a plan observes of claims: the statements that they make, and what each claim is worth.

use super::observed::{Label, label};
use crate::expr::Tree;
use crate::model::Core;
use crate::scenario::date;

/// The claims of a scenario and the statements that they make, in the order of the file.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ObservedClaims {
    /// Whatever is true or false of a run on a day, each once.
    pub statements: Vec<Statement>,
    /// The statements that a run must fulfil to be looked at.
    pub given: Vec<Given>,
    /// Whoever claims go back to.
    pub origins: Vec<Origin>,
    /// What has been said.
    pub claims: Vec<Claim>,
}

/// What is true or false of a run on a day.
#[derive(Debug, Clone, PartialEq)]
pub struct Statement {
    /// When it is judged, in years since the start.
    pub time: f64,
    /// The day, as `2018-02-01`; none for the horizon.
    pub date: Option<String>,
}

/// A statement that a run must fulfil to be looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Given {
    /// The condition as it was typed.
    pub written: String,
    /// The index of the statement.
    pub statement: usize,
}

/// Whoever claims go back to.
#[derive(Debug, Clone, PartialEq)]
pub struct Origin {
    /// What it is called.
    pub label: Label,
    /// The chance that it is informed, 0 to 1.
    pub reliability: f64,
}

/// Something that was said.
#[derive(Debug, Clone, PartialEq)]
pub struct Claim {
    /// What it is called.
    pub label: Label,
    /// When it was said, as `2018-02-01`.
    pub said: String,
    /// The index of the statement that it makes.
    pub statement: usize,
    /// Claims of one origin that say the same, on whichever day, have the same number here.
    pub meaning: usize,
    /// The chance that it is made if the statement is true, 0 to 1.
    pub if_true: f64,
    /// The chance that it is made if the statement is false, 0 to 1.
    pub if_false: f64,
    /// The chance that it is made, whatever the truth, if its origin is not informed.
    pub if_uninformed: f64,
    /// The index of its origin.
    pub origin: Option<usize>,
}

/// What claims and what is given say, each statement once, with the trees of the statements.
pub(super) fn evidence(core: &Core) -> (ObservedClaims, Vec<&Tree>) {
    let mut statements: Vec<(&Tree, Option<time::Date>)> = Vec::new();
    let mut index_of = |says, judged| {
        let found = statements.iter().position(|known| *known == (says, judged));
        found.unwrap_or_else(|| {
            statements.push((says, judged));
            statements.len() - 1
        })
    };
    let mut claims: Vec<Claim> = Vec::new();
    for (index, claim) in core.claims.iter().enumerate() {
        let origin = claim.origin.map(|origin| &core.origins[origin]);
        let middle = 0.5 * (claim.if_true + claim.if_false);
        let uninformed = claim
            .if_uninformed
            .or_else(|| origin.and_then(|origin| origin.if_uninformed));
        let repeated = core.claims[..index]
            .iter()
            .position(|other| claim.origin.is_some() && other.origin == claim.origin && other.says == claim.says);
        claims.push(Claim {
            label: label(&claim.about),
            said: date::format(claim.said),
            statement: index_of(&claim.says, claim.judged),
            meaning: repeated.map_or(index, |first| claims[first].meaning),
            if_true: claim.if_true,
            if_false: claim.if_false,
            if_uninformed: uninformed.unwrap_or(middle),
            origin: claim.origin,
        });
    }
    let given = core.given.iter().map(|given| Given {
        written: given.written.clone(),
        statement: index_of(&given.says, given.judged),
    });
    let given = given.collect();
    let origins = core.origins.iter().map(|origin| Origin {
        label: label(&origin.about),
        reliability: origin.reliability,
    });
    let judged = statements.iter().map(|(_, day)| Statement {
        time: day.map_or(core.horizon, |day| date::years_between(core.start, day)),
        date: day.map(date::format),
    });
    let evidence = ObservedClaims {
        statements: judged.collect(),
        given,
        origins: origins.collect(),
        claims,
    };
    (evidence, statements.into_iter().map(|(says, _)| says).collect())
}
