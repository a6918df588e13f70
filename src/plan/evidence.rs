//! What a plan observes of claims: the statements that they make, and what each claim is worth.

use super::observed::Label;

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
