//! The checked domain, and its lowering to the core: what comes out of here cannot be invalid.

mod amounts;
mod balance;
mod check;
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
mod review;
mod timing;
mod unsourced;
mod variables;

pub use check::check;
pub use core::{
    About, Assign, Branch, Branches, Core, Definition, Draw, Event, Measure, Outcome, Parameter, Quantity, Series,
    Source, Timing, UNRESOLVED, Variable,
};
pub use expand::expand;
pub use figures::{Figure, Written, figures};
pub use influence::{changing, plot};
pub use unsourced::unsourced;
