//! The core, flattened for the engines.

mod build;
mod evidence;
mod observed;
mod program;

pub use build::{key_of, plan};
pub use evidence::{Claim, Given, ObservedClaims, Origin, Statement};
pub use observed::{Label, Observed, Series, UNRESOLVED};
pub use program::{
    Alarm, Change, Choice, Clock, ClockKind, Outcome, Plan, PlannedDelay, PlannedDraw, PlannedParameter,
    PlannedQuantity, PlannedVariable, SiteIndex, Way,
};
