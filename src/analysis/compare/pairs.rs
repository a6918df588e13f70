//! The fold over runs that were played under several plans.

use crate::engine::{Block, Ending, JointFold};

use super::layout::Layout;
use super::paired::{Paired, PairedMeasure, both_finite, is_same};

/// Of so many runs the values are kept one by one, to compare distributions by. Noise is a thousandth then.
const KEPT: u64 = 1 << 20;

/// What is known of the runs of a baseline and of another plan, pair by pair.
#[derive(Debug, Clone)]
pub struct Pairs {
    layout: Layout,
    /// The run from which on no values are kept.
    kept_until: u64,
    /// How many runs are valid, and fulfil what is given, in both.
    pub valid: u64,
    /// How many are invalid under the baseline alone, under the other plan alone, and under both.
    pub lost: [u64; 3],
    /// Of those valid in both: in how many what is given does not hold, likewise.
    pub set_aside: [u64; 3],
    /// How many pairs have the same outcome and the same measures.
    pub same: u64,
    /// How many pairs are the same to the last event.
    pub same_story: u64,
    /// `transitions[i * n + j]`: how many pairs have outcome i of the layout under the baseline and j under the other plan.
    pub transitions: Vec<u64>,
    /// The measures of the layout.
    pub measures: Vec<PairedMeasure>,
    /// The series of the layout, at each of their dates: the values of the pairs where both have one.
    pub series: Vec<Vec<Paired>>,
}

impl Pairs {
    /// Of no runs; those that will come begin at `first_run`.
    pub fn new(layout: Layout, first_run: u64) -> Self {
        let outcomes = layout.outcomes.len();
        Pairs {
            kept_until: first_run.saturating_add(KEPT),
            valid: 0,
            lost: [0; 3],
            set_aside: [0; 3],
            same: 0,
            same_story: 0,
            transitions: vec![0; outcomes * outcomes],
            measures: layout
                .measures
                .iter()
                .map(|measure| PairedMeasure::new(measure.horizon))
                .collect(),
            series: layout
                .series
                .iter()
                .map(|series| vec![Paired::default(); series.points.len()])
                .collect(),
            layout,
        }
    }

    /// What is compared with what.
    pub fn layout(&self) -> &Layout {
        &self.layout
    }

    fn add(&mut self, baseline: &Block, compared: &Block) {
        let layout = &self.layout;
        let mut lanes = Vec::new();
        for lane in 0..baseline.endings.len() {
            let endings = [
                layout.given_in_baseline.ending(baseline, lane),
                layout.given_in_compared.ending(compared, lane),
            ];
            let invalid = endings.map(|ending| matches!(ending, Ending::Failed | Ending::Runaway));
            match (which(invalid), which(endings.map(|ending| ending != Ending::Valid))) {
                (Some(which), _) => self.lost[which] += 1,
                (None, Some(which)) => self.set_aside[which] += 1,
                (None, None) => lanes.push(lane),
            }
        }
        self.valid += lanes.len() as u64;
        let mut same: Vec<bool> = Vec::with_capacity(lanes.len());
        for &lane in &lanes {
            let from = layout.from_baseline[baseline.outcomes[lane] as usize];
            let to = layout.from_compared[compared.outcomes[lane] as usize];
            self.transitions[from * layout.outcomes.len() + to] += 1;
            self.same_story += u64::from(baseline.checksums[lane] == compared.checksums[lane]);
            same.push(from == to);
        }
        let is_kept = |lane: &&usize| baseline.first_run.saturating_add(**lane as u64) < self.kept_until;
        let keep = lanes.iter().take_while(is_kept).count();
        let column = |column: &[f64]| -> Vec<f64> { lanes.iter().map(|lane| column[*lane]).collect() };
        for (tally, measure) in self.measures.iter_mut().zip(&layout.measures) {
            let first = column(&baseline.measures[measure.baseline]);
            let second = column(&compared.measures[measure.compared]);
            tally.add_all(&first, &second, measure.horizon, keep);
            for (same, (a, b)) in same.iter_mut().zip(first.iter().zip(&second)) {
                *same &= is_same(*a, *b);
            }
        }
        for (points, series) in self.series.iter_mut().zip(&layout.series) {
            for (paired, point) in points.iter_mut().zip(&series.points) {
                let first = column(&baseline.series[series.baseline][point.baseline]);
                let second = column(&compared.series[series.compared][point.compared]);
                let (first, second) = both_finite(&first, &second);
                paired.add_all(&first, &second);
            }
        }
        self.same += same.iter().filter(|same| **same).count() as u64;
    }

    fn merge(&mut self, other: Self) {
        self.valid += other.valid;
        self.same += other.same;
        self.same_story += other.same_story;
        let left_out = self.lost.iter_mut().chain(&mut self.set_aside);
        for (count, added) in left_out.zip(other.lost.into_iter().chain(other.set_aside)) {
            *count += added;
        }
        for (count, added) in self.transitions.iter_mut().zip(other.transitions) {
            *count += added;
        }
        for (measure, added) in self.measures.iter_mut().zip(other.measures) {
            measure.merge(added);
        }
        for (paired, added) in self.series.iter_mut().flatten().zip(other.series.iter().flatten()) {
            paired.merge(added);
        }
    }
}

/// Of which plans something is so: 0 for the baseline alone, 1 for the other alone, 2 for both.
fn which(is_so: [bool; 2]) -> Option<usize> {
    match is_so {
        [false, false] => None,
        [true, false] => Some(0),
        [false, true] => Some(1),
        [true, true] => Some(2),
    }
}

/// The fold over a baseline, the first plan, and any number of others.
#[derive(Debug, Clone)]
pub struct Joint {
    /// The baseline with each of the others, in their order.
    pub pairs: Vec<Pairs>,
}

impl JointFold for Joint {
    fn add(&mut self, blocks: &[Block]) {
        if let [baseline, others @ ..] = blocks {
            for (pairs, compared) in self.pairs.iter_mut().zip(others) {
                pairs.add(baseline, compared);
            }
        }
    }

    fn merge(&mut self, other: Self) {
        for (pairs, added) in self.pairs.iter_mut().zip(other.pairs) {
            pairs.merge(added);
        }
    }
}
