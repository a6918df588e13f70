//! The first-order effect of a grouping on a target: the share of its variance that lies between the groups. What it takes
//! is summed up piece by piece of the runs, so that they need not be kept.

use crate::statistics::{Confidence, wilson};

use super::groups::Groups;
use super::summary::{Effect, Group};

/// The interval comes from leaving out one slice of the runs after the other.
const SLICES: usize = 20;
/// Student's t with 19 degrees of freedom: exceeded by 2.5% on each side.
const STUDENT: f64 = 2.093_024_054_408_263;
/// How often the runs are turned against each other to see what noise alone gives.
const ROTATIONS: usize = 99;

/// What is looked at in a piece of the runs. Of an outcome it is how each run ended, which counts 1 for its class; of a
/// measure there is one class, and a run counts what was measured, less a centre: sums of squares lose fewer digits there.
pub(super) struct Piece {
    /// The class of each run.
    pub classes: Vec<u32>,
    /// What each run counts.
    pub weights: Vec<f64>,
}

/// Count, sum and sum of squares of some values.
#[derive(Debug, Clone, Copy, Default)]
struct Moments {
    n: f64,
    sum: f64,
    squares: f64,
}

impl Moments {
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

/// Sums over the runs by group and class.
#[derive(Debug, Clone)]
struct Cells {
    classes: usize,
    n: Vec<f64>,
    sums: Vec<f64>,
    squares: Vec<f64>,
}

impl Cells {
    fn new(groups: usize, classes: usize) -> Self {
        Cells {
            classes,
            n: vec![0.0; groups],
            sums: vec![0.0; groups * classes],
            squares: vec![0.0; groups * classes],
        }
    }

    fn add(&mut self, group: usize, class: usize, weight: f64) {
        self.n[group] += 1.0;
        self.sums[group * self.classes + class] += weight;
        self.squares[group * self.classes + class] += weight * weight;
    }

    fn moments(&self, group: usize, class: usize) -> Moments {
        Moments {
            n: self.n[group],
            sum: self.sums[group * self.classes + class],
            squares: self.squares[group * self.classes + class],
        }
    }

    fn of_class(&self, class: usize) -> Vec<Moments> {
        (0..self.n.len()).map(|group| self.moments(group, class)).collect()
    }
}

/// All that an effect and its noise take.
struct Sums {
    classes: usize,
    slices: Vec<Cells>,
    /// By rotation, group and class: sums with what is looked at taken from another run.
    turned: Vec<Vec<f64>>,
}

impl Sums {
    pub fn new(groups: usize, classes: usize) -> Self {
        Sums {
            classes,
            slices: vec![Cells::new(groups, classes); SLICES],
            turned: vec![vec![0.0; groups * classes]; ROTATIONS],
        }
    }

    /// Takes in a piece of the runs and their groups.
    pub fn add(&mut self, piece: &Piece, groups: &[u8]) {
        let n = groups.len();
        let looked_at = || piece.classes.iter().zip(&piece.weights);
        for (run, (group, (class, weight))) in groups.iter().zip(looked_at()).enumerate() {
            self.slices[run * SLICES / n].add(usize::from(*group), *class as usize, *weight);
        }
        for (rotation, sums) in (1..).zip(&mut self.turned) {
            let by = (rotation * n / (ROTATIONS + 1)).max(1).min(n.saturating_sub(1));
            let (first, rest) = groups.split_at(n - by);
            for (groups, from) in [(first, by), (rest, 0)] {
                let others = piece.classes[from..].iter().zip(&piece.weights[from..]);
                for (group, (class, weight)) in groups.iter().zip(others) {
                    sums[usize::from(*group) * self.classes + *class as usize] += weight;
                }
            }
        }
    }

    /// The effect on a class.
    ///
    /// Its interval is the delete-a-group jackknife's, over slices of the runs by their order (P. S. Kott, "The
    /// delete-a-group jackknife", Journal of Official Statistics 17 (2001), 521-526). Its null distribution is that of the
    /// same runs with the target of each taken from another one so many runs on: runs are independent, so nothing but noise
    /// is left.
    pub fn effect(&self, class: usize) -> Effect {
        let slices: Vec<Vec<Moments>> = self.slices.iter().map(|cells| cells.of_class(class)).collect();
        let sum = |a: Vec<Moments>, b: &Vec<Moments>| -> Vec<Moments> {
            a.into_iter().zip(b).map(|(a, b)| a.plus(*b)).collect()
        };
        let none = vec![Moments::default(); slices[0].len()];
        let all = slices.iter().fold(none, sum);
        let Some(found) = share_between(&all) else {
            return Effect::default();
        };
        let without = |slice: &Vec<Moments>| {
            let rest: Vec<Moments> = all.iter().zip(slice).map(|(all, slice)| all.minus(*slice)).collect();
            share_between(&rest)
        };
        let replicates: Option<Vec<f64>> = slices.iter().map(without).collect();
        let half_width = replicates.map(|replicates| {
            let mean = replicates.iter().sum::<f64>() / SLICES as f64;
            let squares: f64 = replicates.iter().map(|found| (found - mean) * (found - mean)).sum();
            STUDENT * (squares * (SLICES - 1) as f64 / SLICES as f64).sqrt()
        });
        let own: Vec<f64> = all.iter().map(|group| group.sum).collect();
        let turned = self.turned.iter().filter_map(|sums| {
            let sums: Vec<f64> = sums.chunks(self.classes).map(|of_group| of_group[class]).collect();
            share_between_sums(&all, &sums)
        });
        let mut null: Vec<f64> = turned.collect();
        null.sort_unstable_by(f64::total_cmp);
        // By the formula of the null distribution, so that what is as great is not told from it by rounding.
        let as_found = share_between_sums(&all, &own).unwrap_or(found);
        let as_great = null.iter().filter(|noise| **noise >= as_found).count();
        Effect {
            first_order_effect: Some(found),
            effect_ci95: half_width.map(|half_width| [found - half_width, found + half_width]),
            null95: null.get(null.len() * 95 / 100).copied(),
            p_value: Some((as_great + 1) as f64 / (null.len() + 1) as f64),
        }
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

/// The same with other sums in the groups: the squares of all runs together are what they were.
fn share_between_sums(groups: &[Moments], sums: &[f64]) -> Option<f64> {
    let filled = || groups.iter().zip(sums).filter(|(group, _)| group.n > 0.0);
    let all = groups.iter().fold(Moments::default(), |sum, group| sum.plus(*group));
    let (n, k) = (all.n, filled().count() as f64);
    let total = all.squares - all.sum * all.sum / n;
    let between: f64 = filled().map(|(group, sum)| sum * sum / group.n).sum::<f64>() - all.sum * all.sum / n;
    (total > 0.0).then(|| 1.0 - (1.0 - between / total) * (n - 1.0) / (n - k))
}

/// How a target varies over groups that are told one by one.
struct Told {
    cells: Cells,
    ranges: Vec<Option<(f64, f64)>>,
}

impl Told {
    pub fn new(groups: usize, classes: usize) -> Self {
        Told {
            cells: Cells::new(groups, classes),
            ranges: vec![None; groups],
        }
    }

    /// Takes in a piece of the runs, their groups, and the values that these go by.
    pub fn add(&mut self, piece: &Piece, groups: &[u8], values: &[f64]) {
        let looked_at = piece.classes.iter().zip(&piece.weights);
        for ((group, value), (class, weight)) in groups.iter().zip(values).zip(looked_at) {
            let group = usize::from(*group);
            self.cells.add(group, *class as usize, *weight);
            let range = &mut self.ranges[group];
            let (least, greatest) = range.unwrap_or((*value, *value));
            *range = Some((
                std::cmp::min_by(least, *value, f64::total_cmp),
                std::cmp::max_by(greatest, *value, f64::total_cmp),
            ));
        }
    }

    /// What is told of a group: of a class, the share of the runs that end so; with a centre, the mean of what is measured.
    pub fn group(&self, group: usize, class: usize, centre: Option<f64>) -> Group {
        let moments = self.cells.moments(group, class);
        let (mean, simulation_ci95) = match centre {
            _ if moments.n == 0.0 => (None, None),
            None => {
                let interval = wilson(moments.sum as u64, moments.n as u64, Confidence::NinetyFive);
                (Some(moments.sum / moments.n), Some(interval.into()))
            }
            Some(centre) => {
                let (mean, interval) = mean_around(moments, centre);
                (Some(mean), Some(interval))
            }
        };
        let (from, to) = self.ranges[group].unzip();
        Group {
            from,
            to,
            n: moments.n as u64,
            mean,
            simulation_ci95,
        }
    }
}

fn mean_around(moments: Moments, centre: f64) -> (f64, [f64; 2]) {
    let n = moments.n;
    let off = moments.sum / n;
    let variance = (moments.squares / n - off * off) * n / if n > 1.0 { n - 1.0 } else { 1.0 };
    let error = if variance > 0.0 { (variance / n).sqrt() } else { 0.0 };
    let half_width = Confidence::NinetyFive.critical_value() * error;
    let mean = centre + off;
    (mean, [mean - half_width, mean + half_width])
}

/// A value that is watched beside the target: the groups that it puts runs into, and what they say.
pub(super) struct Watch {
    /// The groups that the effect is found with.
    parts: Groups,
    sums: Sums,
    /// The groups that are told.
    told_by: Groups,
    told: Told,
}

impl Watch {
    pub fn new(parts: Groups, told_by: Groups, classes: usize) -> Self {
        Watch {
            sums: Sums::new(parts.count(), classes),
            told: Told::new(told_by.count(), classes),
            parts,
            told_by,
        }
    }

    /// Takes in the values of a piece of the runs.
    pub fn add(&mut self, piece: &Piece, values: &[f64]) {
        self.sums.add(piece, &self.parts.of(values));
        self.told.add(piece, &self.told_by.of(values), values);
    }

    /// The effect on a class.
    pub fn effect(&self, class: usize) -> Effect {
        self.sums.effect(class)
    }

    /// What is told of a group: of a class, the share of the runs that end so; with a centre, the mean of what is measured.
    pub fn group(&self, group: usize, class: usize, centre: Option<f64>) -> Group {
        self.told.group(group, class, centre)
    }
}
