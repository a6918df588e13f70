//! The regularised incomplete gamma functions P and Q, each accurate where it is small, and the Poisson probabilities.

use super::gamma::{deviance, ln_gamma_1p, stirling_error};
use super::logarithm::ln_1p_deficit;
use super::normal::INVERSE_SQRT_TAU;
use super::temme;
use super::{abs, exp, exp_m1, ln, ln_gamma, normal_sf, sqrt};

/// Enough for every shape and argument that is not left to Temme's expansion.
const MOST_TERMS: usize = 5000;

/// P(a, x) and Q(a, x) = 1 - P(a, x), for a shape a > 0 and x >= 0: the chances that a gamma value of that shape and
/// scale 1 is below and above x. Each is accurate to about 1e-13 of itself.
///
/// Temme's expansion for large shapes (see `temme`), the series below the mean (DLMF 8.7.1) and the continued
/// fraction above it (DLMF 8.9.2).
pub fn incomplete_gamma(a: f64, x: f64) -> (f64, f64) {
    if !(a > 0.0 && x >= 0.0) {
        return (f64::NAN, f64::NAN);
    }
    if x == 0.0 {
        return (0.0, 1.0);
    }
    if x.is_infinite() {
        return (1.0, 0.0);
    }
    let relative = (x - a) / a;
    if a >= 20.0 && relative > -0.65 && relative < 1.5 {
        return uniform_expansion(a, relative);
    }
    if x < 1.0 || x < a {
        let lower = poisson_mass(a, x) * series(a, x);
        if a < 0.5 && lower > 0.9 {
            let upper = small_shape_upper(a, x);
            return (1.0 - upper, upper);
        }
        return (lower, 1.0 - lower);
    }
    let upper = poisson_mass(a, x) * a * fraction(a, x);
    (1.0 - upper, upper)
}

fn uniform_expansion(a: f64, relative: f64) -> (f64, f64) {
    let half_square = ln_1p_deficit(relative);
    let size = sqrt(2.0 * half_square);
    let eta = if relative < 0.0 { -size } else { size };
    let correction = exp(-a * half_square) * INVERSE_SQRT_TAU / sqrt(a) * temme::correction(a, eta);
    let tail = normal_sf(size * sqrt(a));
    if eta < 0.0 {
        let lower = tail - correction;
        (lower, 1.0 - lower)
    } else {
        let upper = tail + correction;
        (1.0 - upper, upper)
    }
}

/// 1 + x / (a + 1) + x^2 / ((a + 1) (a + 2)) + ...
fn series(a: f64, x: f64) -> f64 {
    let mut term = 1.0;
    let mut total = 1.0;
    let mut denominator = a;
    for _ in 0..MOST_TERMS {
        denominator += 1.0;
        term *= x / denominator;
        total += term;
        if term < total * 1e-17 {
            break;
        }
    }
    total
}

/// 1 / (x + 1 - a - 1 (1 - a) / (x + 3 - a - 2 (2 - a) / ...)), by the recurrence of its convergents.
fn fraction(a: f64, x: f64) -> f64 {
    let mut partial = x + 1.0 - a;
    let (mut numerator_before, mut denominator_before) = (0.0, 1.0);
    let (mut numerator, mut denominator) = (1.0, partial);
    let mut value = numerator / denominator;
    for n in 1..MOST_TERMS {
        let n = n as f64;
        let coefficient = -n * (n - a);
        partial += 2.0;
        let next = (
            partial * numerator + coefficient * numerator_before,
            partial * denominator + coefficient * denominator_before,
        );
        // Scaled so that the convergents cannot overflow.
        let scale = 1.0 / next.1;
        (numerator_before, denominator_before) = (numerator * scale, denominator * scale);
        (numerator, denominator) = (next.0 * scale, 1.0);
        let change = abs(numerator - value);
        value = numerator;
        if change <= 1e-16 * abs(value) {
            break;
        }
    }
    value
}

/// Q(a, x) for a small shape and x below about 1, where P is nearly 1: Q = 1 - e^g - e^g (sum of the series), with
/// e^g = x^a / gamma(1 + a), both parts of the order of a.
fn small_shape_upper(a: f64, x: f64) -> f64 {
    let exponent = a * ln(x) - ln_gamma_1p(a);
    let mut power = 1.0;
    let mut total = 0.0;
    for n in 1..MOST_TERMS {
        let n = n as f64;
        power *= -x / n;
        let term = power / (a + n);
        total += term;
        if abs(term) <= 1e-17 * abs(total) {
            break;
        }
    }
    -exp_m1(exponent) - exp(exponent) * a * total
}

/// e^-m m^k / gamma(k + 1) for real k >= 0 and m >= 0: for an integer k, the probability of k under a Poisson
/// distribution of mean m. Accurate to about 1e-14 of itself (Loader's form for large k).
pub fn poisson_mass(k: f64, mean: f64) -> f64 {
    if mean == 0.0 {
        return if k == 0.0 { 1.0 } else { 0.0 };
    }
    if k < 10.0 {
        let ln_factorial = if k <= 1.0 { ln_gamma_1p(k) } else { ln_gamma(k + 1.0) };
        return exp(k * ln(mean) - mean - ln_factorial);
    }
    exp(-stirling_error(k) - deviance(k, mean, mean - k)) * INVERSE_SQRT_TAU / sqrt(k)
}

/// The density of a gamma value of shape a > 0 and scale 1 at x > 0.
pub fn gamma_density(a: f64, x: f64) -> f64 {
    poisson_mass(a, x) * a / x
}
