//! Groups of runs, by what was drawn or by when something happened.

/// Which group a run is in, by a value. The bounds are those of the values that the groups were made from; others fall
/// between them.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Groups {
    /// By parts: the greatest value of each that has any, ascending, with its number; and how many there may be.
    Parts(Vec<(f64, u8)>, usize),
    /// By the median of the times, if there is any: earlier, later, never.
    Times(Option<f64>),
}

/// Parts of equal size, by the rank of a value. Runs with the same value are in one part, that of their middle.
pub(super) fn equal_parts(values: &[f64], parts: usize) -> Groups {
    let mut sorted = values.to_vec();
    sorted.sort_unstable_by(f64::total_cmp);
    let mut bounds: Vec<(f64, u8)> = Vec::new();
    let mut first = 0;
    while first < sorted.len() {
        let value = sorted[first];
        let same = sorted[first..].iter().take_while(|other| **other == value);
        // What is no number is equal to nothing, and stands alone.
        let last = first + same.count().max(1);
        let part = (parts * (first + last) / (2 * values.len())) as u8;
        match bounds.last_mut() {
            Some((bound, known)) if *known == part => *bound = value,
            _ => bounds.push((value, part)),
        }
        first = last;
    }
    Groups::Parts(bounds, parts)
}

/// The runs in which something happened in the earlier half of its times, those in which it happened later, and those in
/// which it never did.
pub(super) fn by_time(times: &[f64]) -> Groups {
    let mut finite: Vec<f64> = times.iter().copied().filter(|time| time.is_finite()).collect();
    finite.sort_unstable_by(f64::total_cmp);
    Groups::Times(finite.get(finite.len().saturating_sub(1) / 2).copied())
}

impl Groups {
    /// How many groups there may be; some can be empty.
    pub fn count(&self) -> usize {
        match self {
            Groups::Parts(_, parts) => *parts,
            Groups::Times(_) => 3,
        }
    }

    /// The group of each value.
    pub fn of(&self, values: &[f64]) -> Vec<u8> {
        match self {
            Groups::Parts(bounds, _) => {
                let part = |value: &f64| {
                    // What is no number is below no bound: it goes into the last part.
                    let place = bounds.partition_point(|(bound, _)| !(bound >= value));
                    bounds[place.min(bounds.len() - 1)].1
                };
                values.iter().map(part).collect()
            }
            Groups::Times(median) => {
                let group = |time: &f64| match median {
                    Some(median) if time <= median => 0,
                    _ if time.is_finite() => 1,
                    _ => 2,
                };
                values.iter().map(group).collect()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Fails if equal values are told apart, or parts are not equal, or a value that was not seen is out of order.
    #[test]
    fn equal_values_share_a_part() {
        let values = [0.3, 0.1, 0.5, 0.2, 0.4];
        let fifths = equal_parts(&values, 5);
        assert_eq!(fifths.of(&values), [2, 0, 4, 1, 3]);
        assert_eq!(fifths.of(&[-1.0, 0.15, 0.45, 9.0, f64::NAN]), [0, 1, 4, 4, 4]);
        let coin = [1.0, 0.0, 1.0, 1.0];
        assert_eq!(equal_parts(&coin, 4).of(&coin), [2, 0, 2, 2]);
        assert!(equal_parts(&[], 5).of(&[]).is_empty());
    }

    #[test]
    fn times_are_early_late_or_never() {
        let times = [3.0, f64::INFINITY, 1.0, 2.0, 4.0];
        assert_eq!(by_time(&times).of(&times), [1, 2, 0, 0, 1]);
        // A clock that has not rung yet can ring: later than never is not early.
        assert_eq!(by_time(&[f64::INFINITY]).of(&[f64::INFINITY, 1.0]), [2, 1]);
    }
}
