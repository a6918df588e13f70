//! The values of one measure under two plans, run by run.

use crate::numeric::min;
use crate::results::Moments;

/// Values of the same runs, and their differences.
#[derive(Debug, Clone, Default)]
pub struct Paired {
    /// Under the baseline.
    pub baseline: Moments,
    /// Under the other plan.
    pub compared: Moments,
    /// The second less the first.
    pub difference: Moments,
}

impl Paired {
    /// Takes in values of the same runs.
    pub fn add_all(&mut self, baseline: &[f64], compared: &[f64]) {
        let differences: Vec<f64> = baseline.iter().zip(compared).map(|(a, b)| b - a).collect();
        self.baseline.add_all(baseline);
        self.compared.add_all(compared);
        self.difference.add_all(&differences);
    }

    /// Takes in those of other runs.
    pub fn merge(&mut self, other: &Self) {
        self.baseline.merge(&other.baseline);
        self.compared.merge(&other.compared);
        self.difference.merge(&other.difference);
    }
}

/// The values of the pairs where both are finite.
pub fn both_finite(baseline: &[f64], compared: &[f64]) -> (Vec<f64>, Vec<f64>) {
    let pairs = baseline.iter().copied().zip(compared.iter().copied());
    pairs.filter(|(a, b)| a.is_finite() && b.is_finite()).unzip()
}

/// What is kept of one measure under two plans.
#[derive(Debug, Clone, Default)]
pub struct PairedMeasure {
    /// In how many pairs both have a finite value.
    pub both: u64,
    /// In how many only the baseline has one.
    pub only_baseline: u64,
    /// In how many only the other plan has one.
    pub only_compared: u64,
    /// In how many neither has one.
    pub neither: u64,
    /// In how many both have the same value, or neither any.
    pub same: u64,
    /// The values of the pairs where both have one.
    pub finite: Paired,
    /// Of a time that may never come: the lesser of it and the horizon, in all pairs.
    pub restricted: Option<Paired>,
    /// Values of the first runs under the baseline, to compare the distributions: those up to the horizon of times, of
    /// others the finite ones.
    pub baseline_values: Vec<f64>,
    /// The same under the other plan.
    pub compared_values: Vec<f64>,
}

impl PairedMeasure {
    /// Of a measure; with the horizon, if it is a time that may never come.
    pub fn new(horizon: Option<f64>) -> Self {
        PairedMeasure {
            restricted: horizon.map(|_| Paired::default()),
            ..PairedMeasure::default()
        }
    }

    /// Takes in the values of pairs; `keep` of them, from the first on, are kept one by one.
    pub fn add_all(&mut self, baseline: &[f64], compared: &[f64], horizon: Option<f64>, keep: usize) {
        for (a, b) in baseline.iter().zip(compared) {
            match (a.is_finite(), b.is_finite()) {
                (true, true) => self.both += 1,
                (true, false) => self.only_baseline += 1,
                (false, true) => self.only_compared += 1,
                (false, false) => self.neither += 1,
            }
            self.same += u64::from(is_same(*a, *b));
        }
        let (first, second) = both_finite(baseline, compared);
        self.finite.add_all(&first, &second);
        let (kept_first, kept_second) = (&baseline[..keep], &compared[..keep]);
        if let (Some(restricted), Some(horizon)) = (&mut self.restricted, horizon) {
            let within = |values: &[f64]| -> Vec<f64> { values.iter().map(|value| min(*value, horizon)).collect() };
            restricted.add_all(&within(baseline), &within(compared));
            self.baseline_values.extend(within(kept_first));
            self.compared_values.extend(within(kept_second));
        } else {
            let finite = |values: &[f64]| {
                values
                    .iter()
                    .copied()
                    .filter(|value| value.is_finite())
                    .collect::<Vec<_>>()
            };
            self.baseline_values.extend(finite(kept_first));
            self.compared_values.extend(finite(kept_second));
        }
    }

    /// Takes in those of other runs.
    pub fn merge(&mut self, other: Self) {
        self.both += other.both;
        self.only_baseline += other.only_baseline;
        self.only_compared += other.only_compared;
        self.neither += other.neither;
        self.same += other.same;
        self.finite.merge(&other.finite);
        if let (Some(restricted), Some(added)) = (&mut self.restricted, &other.restricted) {
            restricted.merge(added);
        }
        self.baseline_values.extend(other.baseline_values);
        self.compared_values.extend(other.compared_values);
    }
}

/// Whether two values are the same, or neither is one.
pub fn is_same(a: f64, b: f64) -> bool {
    a == b || !(a.is_finite() || b.is_finite())
}
