//! Groups of runs, by what was drawn or by when something happened.

/// The group of each run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Grouping {
    /// How many groups there may be; some can be empty.
    pub groups: usize,
    /// The group of each run.
    pub of_run: Vec<u8>,
}

/// Parts of equal size, by the rank of a value. Runs with the same value are in one part, that of their middle.
pub(super) fn equal_parts(values: &[f64], parts: usize) -> Grouping {
    let mut order: Vec<u32> = (0..values.len() as u32).collect();
    order.sort_unstable_by(|a, b| values[*a as usize].total_cmp(&values[*b as usize]));
    let mut of_run = vec![0; values.len()];
    let mut first = 0;
    while first < order.len() {
        let value = values[order[first] as usize];
        let same = order[first..].iter().take_while(|run| values[**run as usize] == value);
        // What is no number is equal to nothing, and stands alone.
        let last = first + same.count().max(1);
        let part = parts * (first + last) / (2 * values.len());
        for run in &order[first..last] {
            of_run[*run as usize] = part as u8;
        }
        first = last;
    }
    Grouping { groups: parts, of_run }
}

/// The runs in which something happened in the earlier half of its times, those in which it happened later, and those in
/// which it never did.
pub(super) fn by_time(times: &[f64]) -> Grouping {
    let mut finite: Vec<f64> = times.iter().copied().filter(|time| time.is_finite()).collect();
    finite.sort_unstable_by(f64::total_cmp);
    let median = finite.get(finite.len().saturating_sub(1) / 2).copied();
    let group = |time: &f64| match median {
        Some(median) if *time <= median => 0,
        Some(_) if time.is_finite() => 1,
        _ => 2,
    };
    Grouping {
        groups: 3,
        of_run: times.iter().map(group).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Fails if equal values are told apart, or parts are not equal.
    #[test]
    fn equal_values_share_a_part() {
        let values = [0.3, 0.1, 0.5, 0.2, 0.4];
        assert_eq!(equal_parts(&values, 5).of_run, [2, 0, 4, 1, 3]);
        let coin = [1.0, 0.0, 1.0, 1.0];
        assert_eq!(equal_parts(&coin, 4).of_run, [2, 0, 2, 2]);
    }

    #[test]
    fn times_are_early_late_or_never() {
        let times = [3.0, f64::INFINITY, 1.0, 2.0, 4.0];
        assert_eq!(by_time(&times).of_run, [1, 2, 0, 0, 1]);
        assert_eq!(by_time(&[f64::INFINITY]).of_run, [2]);
    }
}
