//! The checked domain, and its lowering to the core: what comes out of here cannot be invalid.

mod amounts;
mod balance;
mod check;
mod claims;
mod clock;
mod context;
mod core;
mod deal;
mod deal_events;
mod events;
mod expand;
mod figures;
mod influence;
mod lowering;
mod namespace;
mod observed;
mod order;
mod resolution;
mod review;
mod steps;
mod timing;
mod unsourced;
mod variables;
mod words;

pub use check::check;
pub use claims::MAX_STATEMENTS;
pub use core::{
    About, Assign, BaseRate, Branch, Branches, Claim, Core, Definition, Draw, Event, Given, Measure, Origin, Outcome,
    Parameter, Quantity, Resolution, Series, Source, Timing, UNRESOLVED, Variable,
};
pub use expand::expand;
pub use figures::{Figure, Written, figures};
pub use influence::{changing, plot};
pub use steps::is_deal_step;
pub use unsourced::unsourced;
pub use words::words;
