//! A yes or no.

/// True with probability p: where u is below it. Never for p <= 0 (or NaN), always for p >= 1.
#[inline]
pub fn bernoulli(p: f64, u: f64) -> bool {
    u < p
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ends_are_certain() {
        let (least, most) = (2.0_f64.recip() * f64::EPSILON, 1.0 - f64::EPSILON / 2.0);
        assert!(!bernoulli(0.0, least) && !bernoulli(f64::NAN, least));
        assert!(bernoulli(1.0, most));
        assert!(bernoulli(0.3, 0.25) && !bernoulli(0.3, 0.3));
    }
}
