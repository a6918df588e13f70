//! The first-order effect of a grouping on a target: the share of its variance that lies between the groups.

use crate::statistics::{Confidence, wilson};

use super::groups::Grouping;
use super::summary::Effect;

/// The interval comes from leaving out one slice of the runs after the other.
const SLICES: usize = 20;
/// Student's t with 19 degrees of freedom: exceeded by 2.5% on each side.
const STUDENT: f64 = 2.093_024_054_408_263;
/// How often the runs are turned against each other to see what noise alone gives.
const ROTATIONS: usize = 99;

/// The values of a target, one a run.
pub(super) struct Column {
    values: Vec<f64>,
    is_share: bool,
}

/// Count, sum and sum of squares of some values.
#[derive(Debug, Clone, Copy, Default)]
struct Moments {
    n: f64,
    sum: f64,
    squares: f64,
}

impl Moments {
    fn add(&mut self, value: f64) {
        self.n += 1.0;
        self.sum += value;
        self.squares += value * value;
    }

    fn plus(self, other: Self) -> Self {
        Moments {
            n: self.n + other.n,
            sum: self.sum + other.sum,
            squares: self.squares + other.squares,
        }
    }

    fn minus(self, other: Self) -> Self {
        Moments {
            n: self.n - other.n,
            sum: self.sum - other.sum,
            squares: self.squares - other.squares,
        }
    }
}

impl Column {
    /// Of finite values; `is_share` tells that each is 1 or 0, as an outcome has come or not.
    pub fn new(values: Vec<f64>, is_share: bool) -> Self {
        Column { values, is_share }
    }

    /// The mean; none without runs.
    pub fn mean(&self) -> Option<f64> {
        let n = self.values.len() as f64;
        (n > 0.0).then(|| self.values.iter().sum::<f64>() / n)
    }

    /// The mean within a group, its interval of simulation noise, and of how many runs it is.
    pub fn within(&self, grouping: &Grouping, group: usize) -> (Option<f64>, Option<[f64; 2]>, u64) {
        let mut moments = Moments::default();
        let centre = self.mean().unwrap_or(0.0);
        for (of, value) in grouping.of_run.iter().zip(&self.values) {
            if usize::from(*of) == group {
                moments.add(if self.is_share { *value } else { value - centre });
            }
        }
        let n = moments.n;
        if n == 0.0 {
            return (None, None, 0);
        }
        if self.is_share {
            let interval = wilson(moments.sum as u64, n as u64, Confidence::NinetyFive);
            return (Some(moments.sum / n), Some(interval.into()), n as u64);
        }
        let (mean, off) = (centre + moments.sum / n, moments.sum / n);
        let variance = (moments.squares / n - off * off) * n / if n > 1.0 { n - 1.0 } else { 1.0 };
        let error = if variance > 0.0 { (variance / n).sqrt() } else { 0.0 };
        let half_width = Confidence::NinetyFive.critical_value() * error;
        (Some(mean), Some([mean - half_width, mean + half_width]), n as u64)
    }
}

/// The share of the variance between groups, less what as many groups take of noise: 1 - (1 - η²)(n - 1)/(n - k), with η²
/// the ratio of sums of squares between groups to all and k the number of groups with runs. It is 0 on average where there
/// is no effect, and can fall a little below. None where there is no variance, or no two groups.
///
/// Source: T. L. Kelley, "An unbiased correlation ratio measure", Proceedings of the National Academy of Sciences 21 (1935),
/// 554-559.
fn share_between(groups: &[Moments]) -> Option<f64> {
    let filled = || groups.iter().filter(|group| group.n > 0.0);
    let all = filled().fold(Moments::default(), |sum, group| sum.plus(*group));
    let k = filled().count() as f64;
    let total = all.squares - all.sum * all.sum / all.n;
    if !(k > 1.0 && all.n > k && total > 1e-12 * all.squares) {
        return None;
    }
    let within: f64 = filled()
        .map(|group| group.squares - group.sum * group.sum / group.n)
        .sum();
    Some(1.0 - within / total * (all.n - 1.0) / (all.n - k))
}

/// The effect of a grouping on a target.
///
/// Its interval is the delete-a-group jackknife's, over slices of the runs by their order (P. S. Kott, "The delete-a-group
/// jackknife", Journal of Official Statistics 17 (2001), 521-526). Its null distribution is that of the same runs with the
/// target of each taken from another one so many runs on: runs are independent, so nothing but noise is left.
pub(super) fn effect(column: &Column, grouping: &Grouping) -> Effect {
    let n = column.values.len();
    let centre = column.mean().unwrap_or(0.0);
    // Sums of squares lose fewer digits around the mean.
    let values: Vec<f64> = column.values.iter().map(|value| value - centre).collect();
    let mut cells = vec![vec![Moments::default(); grouping.groups]; SLICES];
    for (run, (group, value)) in grouping.of_run.iter().zip(&values).enumerate() {
        cells[run * SLICES / n][usize::from(*group)].add(*value);
    }
    let sum = |a: &[Moments], b: &[Moments]| -> Vec<Moments> { a.iter().zip(b).map(|(a, b)| a.plus(*b)).collect() };
    let none = vec![Moments::default(); grouping.groups];
    let all = cells.iter().fold(none, |all, slice| sum(&all, slice));
    let Some(found) = share_between(&all) else {
        return Effect::default();
    };
    let without = |slice: &Vec<Moments>| {
        let rest: Vec<Moments> = all.iter().zip(slice).map(|(all, slice)| all.minus(*slice)).collect();
        share_between(&rest)
    };
    let replicates: Option<Vec<f64>> = cells.iter().map(without).collect();
    let half_width = replicates.map(|replicates| {
        let mean = replicates.iter().sum::<f64>() / SLICES as f64;
        let squares: f64 = replicates.iter().map(|found| (found - mean) * (found - mean)).sum();
        STUDENT * (squares * (SLICES - 1) as f64 / SLICES as f64).sqrt()
    });
    let mut null: Vec<f64> = (1..=ROTATIONS)
        .filter_map(|rotation| turned(&values, grouping, &all, rotation * n / (ROTATIONS + 1)))
        .collect();
    null.sort_unstable_by(f64::total_cmp);
    let as_great = null.iter().filter(|noise| **noise >= found).count();
    Effect {
        first_order_effect: Some(found),
        effect_ci95: half_width.map(|half_width| [found - half_width, found + half_width]),
        null95: null.get(null.len() * 95 / 100).copied(),
        p_value: Some((as_great + 1) as f64 / (null.len() + 1) as f64),
    }
}

/// The effect with the target of each run taken from another, so many runs on.
fn turned(values: &[f64], grouping: &Grouping, groups: &[Moments], by: usize) -> Option<f64> {
    let mut sums = vec![0.0; grouping.groups];
    let (front, back) = values.split_at(by);
    let (first, rest) = grouping.of_run.split_at(back.len());
    for (groups, values) in [(first, back), (rest, front)] {
        for (group, value) in groups.iter().zip(values) {
            sums[usize::from(*group)] += value;
        }
    }
    // Only sums within groups change: the squares of all runs together are what they were.
    let filled = || groups.iter().zip(&sums).filter(|(group, _)| group.n > 0.0);
    let (n, k) = (values.len() as f64, filled().count() as f64);
    let all = groups.iter().fold(Moments::default(), |sum, group| sum.plus(*group));
    let total = all.squares - all.sum * all.sum / n;
    let between: f64 = filled().map(|(group, sum)| sum * sum / group.n).sum::<f64>() - all.sum * all.sum / n;
    (total > 0.0).then(|| 1.0 - (1.0 - between / total) * (n - 1.0) / (n - k))
}
