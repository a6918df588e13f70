//! Holds the portable functions and the inverses against references of wider precision, and draws against the
//! distributions they are drawn from.
#![expect(
    clippy::disallowed_methods,
    reason = "a test may measure with the standard library's functions: its verdict does not depend on their last bits"
)]
#![allow(
    clippy::neg_cmp_op_on_partial_ord,
    reason = "a check is written so that NaN fails it"
)]

mod accuracy;
mod cases;
mod draws;
mod functions;
