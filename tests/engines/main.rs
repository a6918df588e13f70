//! The engines give the same bits: on every shipped scenario, and on scenarios made at random.
#![expect(
    clippy::disallowed_methods,
    reason = "a test may measure with the standard library's functions: its verdict does not depend on their last bits"
)]
mod random;
mod rows;
mod scenario;
mod shipped;
