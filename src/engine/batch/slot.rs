//! The state of a clock in 16 bytes: when it rings, and one slot whose sign says what it holds.
//!
//! Of a clock that goes by a rate, the slot is its rate while it runs, and what is left of its threshold, negated, while it
//! does not. Of one that goes by a time it is 0 while it runs and what is left of its delay, negated, while it is paused.
//! What is left may be 0: then the sign of the zero tells.

/// Nothing has been drawn for the next firing of a clock that goes by a rate.
pub const NOT_DRAWN: f64 = f64::NAN;
/// A clock that goes by a rate will not ring again.
pub const RATE_DONE: f64 = f64::NEG_INFINITY;
/// The condition of a clock that goes by a time does not hold.
pub const DISABLED: f64 = f64::NAN;
/// A clock that goes by a time runs, or has rung already.
pub const RUNNING: f64 = 0.0;
/// A clock that goes by a time will not ring again.
pub const TIMED_DONE: f64 = f64::INFINITY;
