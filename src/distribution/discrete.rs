//! A choice between weighted alternatives.

/// Which alternative u falls on: the first whose cumulative weight, in order, exceeds u times the total. `None` if a
/// weight is negative or not a number, if their total is not finite, or if none is positive.
#[inline]
pub fn discrete(weights: &[f64], u: f64) -> Option<usize> {
    let mut total = 0.0;
    for &weight in weights {
        if !(weight >= 0.0) {
            return None;
        }
        total += weight;
    }
    if !(total > 0.0 && total < f64::INFINITY) {
        return None;
    }
    let threshold = u * total;
    let mut cumulative = 0.0;
    for (index, &weight) in weights.iter().enumerate() {
        cumulative += weight;
        if threshold < cumulative {
            return Some(index);
        }
    }
    // Only if the product rounded up to the total: what is left belongs to the last that can come up at all.
    weights.iter().rposition(|&weight| weight > 0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_follow_the_weights() {
        let weights = [1.0, 0.0, 3.0];
        assert_eq!(discrete(&weights, 0.24), Some(0));
        assert_eq!(discrete(&weights, 0.25), Some(2));
        assert_eq!(discrete(&weights, 1.0), Some(2));
        assert_eq!(discrete(&[2.0, 0.0], 1.0), Some(0));
    }

    #[test]
    fn impossible_weights_choose_nothing() {
        for weights in [
            &[][..],
            &[0.0, 0.0],
            &[1.0, -1.0],
            &[1.0, f64::NAN],
            &[f64::INFINITY, 1.0],
        ] {
            assert_eq!(discrete(weights, 0.5), None);
        }
    }
}
