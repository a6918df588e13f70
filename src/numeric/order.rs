//! Order, magnitude and root: what the standard library leaves open (signed zeros, NaN) is settled here.

/// The smaller of two numbers; -0 is below +0, and a NaN is passed on.
#[inline]
pub fn min(a: f64, b: f64) -> f64 {
    // Equal numbers differ in the sign of a zero at most.
    let tie = f64::from_bits(a.to_bits() | b.to_bits());
    let least = if a < b { a } else { b };
    let least = if a == b { tie } else { least };
    if a.is_nan() { a } else { least }
}

/// The larger of two numbers; -0 is below +0, and a NaN is passed on.
#[inline]
pub fn max(a: f64, b: f64) -> f64 {
    let tie = f64::from_bits(a.to_bits() & b.to_bits());
    let greatest = if a > b { a } else { b };
    let greatest = if a == b { tie } else { greatest };
    if a.is_nan() { a } else { greatest }
}

/// `x`, but not below `low` and not above `high`. Where the bounds cross, `high` wins. A NaN is passed on.
#[inline]
pub fn clamp(x: f64, low: f64, high: f64) -> f64 {
    min(max(x, low), high)
}

/// The absolute value.
#[inline]
pub fn abs(x: f64) -> f64 {
    x.abs()
}

/// The square root, correctly rounded as IEEE 754 asks.
#[inline]
pub fn sqrt(x: f64) -> f64 {
    x.sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zeros_are_ordered_and_nan_is_passed_on() {
        for (a, b) in [(0.0, -0.0), (-0.0, 0.0)] {
            assert_eq!(min(a, b).to_bits(), (-0.0_f64).to_bits());
            assert_eq!(max(a, b).to_bits(), 0.0_f64.to_bits());
        }
        for (a, b) in [(f64::NAN, 1.0), (1.0, f64::NAN)] {
            assert!(min(a, b).is_nan() && max(a, b).is_nan());
        }
        assert!(clamp(f64::NAN, 0.0, 1.0).is_nan());
        assert_eq!((min(-1.0, 2.0), max(-1.0, 2.0)), (-1.0, 2.0));
        assert_eq!(
            [
                clamp(-3.0, 0.0, 1.0),
                clamp(0.5, 0.0, 1.0),
                clamp(f64::INFINITY, 0.0, 1.0)
            ],
            [0.0, 0.5, 1.0]
        );
    }
}
