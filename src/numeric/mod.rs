//! Portable functions and exact sums.
//!
//! Everything here gives the same bits on every machine and at every optimisation level: only the IEEE 754 basic
//! operations (`+ - * /` and the square root), comparisons and integer operations are used, in a fixed order, and never
//! a fused multiply-add. The elementary functions but `pow` have no branches and no tables, so a loop over a slice becomes
//! vector code. A NaN that goes in comes out.

mod double_double;
mod exact_sum;
mod exponential;
mod gamma;
mod incomplete_beta;
mod incomplete_gamma;
mod logarithm;
mod normal;
mod order;
#[cfg(test)]
mod pinned;
mod power;
mod reciprocals;
mod temme;

pub use exact_sum::ExactSum;
pub use exponential::{exp, exp_m1, logistic};
pub use gamma::{ln_beta, ln_gamma};
pub use incomplete_beta::BetaFunction;
pub use incomplete_gamma::{gamma_density, incomplete_gamma, poisson_mass};
pub use logarithm::{ln, ln_1p, ln_of_normal};
pub use normal::{normal_cdf, normal_density, normal_sf};
pub use order::{abs, clamp, max, min, sqrt};
pub use power::pow;
