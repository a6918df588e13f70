//! Holds the portable functions and the inverses against references of wider precision, and draws against the
//! distributions they are drawn from.
#![expect(
    clippy::disallowed_methods,
    reason = "a test may measure with the standard library's functions: its verdict does not depend on their last bits"
)]
mod accuracy;
mod cases;
mod causes;
mod chain;
mod choices;
mod clocks;
mod comparison;
mod deals;
mod draws;
mod drivers;
mod evidence;
mod functions;
mod history;
mod law;
mod paradoxes;
mod play;
mod played;
mod populations;
mod preemption;
mod replay;
