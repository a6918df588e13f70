//! The file as written: raw tables with the place of every value. Base files, variants and
//! overrides are merged here.

mod amount;
mod claims;
pub mod date;
mod difference;
mod duration;
mod given;
mod load;
mod mend;
mod merge;
mod overrides;
mod quote;
mod read;
mod shape;
mod tables;
mod tree;
mod variants;
mod written;

pub use amount::{Amount, Distribution, Form, Kind, Repeats, SIDE_KEYS, distribution_names};
pub use claims::{BaseRate, Claim, Origin, Resolution};
pub use difference::{Difference, differences};
pub use duration::{Duration, NotADuration, UNIT_NAMES};
pub use given::{Given, givens};
pub use load::{Unreadable, load, load_text, load_written, load_written_text};
pub use overrides::Override;
pub use quote::quoted;
pub use read::{Day, Field, Flag, Keyed, Moment, OneOrMany, Text, Whole};
pub use shape::{CHANNELS, DECISIONS, Role, Shape, Table};
pub use tables::{
    Actor, Alliance, Balance, Batch, Branch, Deal, Definition, Document, Event, Header, Measure, Objection, Outcome,
    Parameter, Rule, Series, Source, SourceDate, Step, Supplier, System, Variable, Variant,
};
pub use tree::Key;
pub use written::{Scenario, Written};

/// What a scenario may hold, from its tables down.
pub fn shape() -> Shape {
    <Document as read::Read>::shape()
}
