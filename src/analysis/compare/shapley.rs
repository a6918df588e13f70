//! Which of several edits moved what: Shapley values over all sets of them.
//!
//! The value of an edit is the mean, over all orders in which the edits can be made, of what the outcome moves as it is
//! made (L. S. Shapley, "A value for n-person games", 1953). With k edits it takes the 2^k plans of all sets, played on the
//! same runs; the values of all edits add up to the difference between all and none.

use crate::engine::{Block, Ending, JointFold};
use crate::numeric::min;
use crate::results::Moments;
use crate::statistics::Confidence;

use super::comparison::{Attribution, Difference, Edit};
use super::layout::Layout;

/// More would take too many plans.
pub const MOST_EDITS: usize = 8;

/// The sets of so many edits, as masks, in the order in which their plans are played: none first, all last.
pub fn subsets(edits: usize) -> std::ops::Range<usize> {
    0..1 << edits
}

/// The fold over the plans of all sets of edits.
#[derive(Debug, Clone)]
pub struct Shapley {
    /// How the plan of each set is lined up with that of none.
    layouts: Vec<Layout>,
    /// `places[set][outcome]`: the place of an outcome of the plan of a set in the last layout.
    places: Vec<Vec<usize>>,
    edits: usize,
    /// `weights[m]`: how many of the k! orders make a given edit just after a given m others.
    weights: Vec<i64>,
    runs: u64,
    /// `outcomes[edit][outcome]`: the sum of k! times what each run moves, and of its square.
    outcomes: Vec<Vec<(i128, i128)>>,
    /// `measures[edit][measure]`: what each run moves.
    measures: Vec<Vec<Moments>>,
}

impl Shapley {
    /// For the plans of all sets of edits, each lined up with that of none. The outcomes must be those of the last layout, of
    /// none and all.
    pub fn new(layouts: Vec<Layout>) -> Self {
        let edits = layouts.len().trailing_zeros() as usize;
        let all = &layouts[layouts.len() - 1];
        let factorial = |n: usize| (1..=n as i64).product::<i64>();
        let place = |layout: &Layout, index: &usize| {
            let id = &layout.outcomes[*index].label.id;
            let found = all.outcomes.iter().position(|outcome| outcome.label.id == *id);
            found.unwrap_or(all.outcomes.len() - 1)
        };
        let places = layouts.iter().enumerate().map(|(set, layout)| {
            let own = if set == 0 {
                &layout.from_baseline
            } else {
                &layout.from_compared
            };
            own.iter().map(|index| place(layout, index)).collect()
        });
        Shapley {
            places: places.collect(),
            edits,
            weights: (0..edits)
                .map(|others| factorial(others) * factorial(edits - 1 - others))
                .collect(),
            runs: 0,
            outcomes: vec![vec![(0, 0); all.outcomes.len()]; edits],
            measures: vec![vec![Moments::default(); all.measures.len()]; edits],
            layouts,
        }
    }

    fn all(&self) -> &Layout {
        &self.layouts[self.layouts.len() - 1]
    }

    fn add_outcomes(&mut self, blocks: &[Block], lanes: &[usize]) {
        for &lane in lanes {
            let placed = blocks.iter().zip(&self.places);
            let ends: Vec<usize> = placed
                .map(|(block, places)| places[block.outcomes[lane] as usize])
                .collect();
            if ends.iter().all(|end| *end == ends[0]) {
                continue;
            }
            for edit in 0..self.edits {
                let mut moved = vec![0_i64; self.outcomes[edit].len()];
                for without in subsets(self.edits).filter(|set| set >> edit & 1 == 0) {
                    let weight = self.weights[without.count_ones() as usize];
                    moved[ends[without | 1 << edit]] += weight;
                    moved[ends[without]] -= weight;
                }
                for (sums, moved) in self.outcomes[edit].iter_mut().zip(moved) {
                    sums.0 += i128::from(moved);
                    sums.1 += i128::from(moved) * i128::from(moved);
                }
            }
        }
    }

    fn add_measures(&mut self, blocks: &[Block], lanes: &[usize]) {
        let orders: i64 = (1..=self.edits as i64).product();
        for measure in 0..self.all().measures.len() {
            let id = &self.all().measures[measure].label.id;
            let horizon = self.all().measures[measure].horizon;
            // A set in which only some edits are made may lack the measure.
            let columns: Option<Vec<&Vec<f64>>> = blocks
                .iter()
                .zip(&self.layouts)
                .enumerate()
                .map(|(set, (block, layout))| {
                    let found = layout.measures.iter().find(|found| found.label.id == *id)?;
                    Some(&block.measures[if set == 0 { found.baseline } else { found.compared }])
                })
                .collect();
            let Some(columns) = columns else { continue };
            let value = |set: usize, lane: usize| match horizon {
                Some(horizon) => min(columns[set][lane], horizon),
                None => columns[set][lane],
            };
            let complete = |lane: &&usize| subsets(self.edits).all(|set| value(set, **lane).is_finite());
            let lanes: Vec<usize> = lanes.iter().filter(complete).copied().collect();
            for edit in 0..self.edits {
                let moved = |lane: &usize| {
                    let sets = subsets(self.edits).filter(|set| set >> edit & 1 == 0);
                    let steps = sets.map(|set| {
                        let weight = self.weights[set.count_ones() as usize] as f64;
                        weight * (value(set | 1 << edit, *lane) - value(set, *lane))
                    });
                    steps.sum::<f64>() / orders as f64
                };
                let moved: Vec<f64> = lanes.iter().map(moved).collect();
                self.measures[edit][measure].add_all(&moved);
            }
        }
    }
}

impl JointFold for Shapley {
    fn add(&mut self, blocks: &[Block]) {
        let placed = || blocks.iter().zip(&self.layouts);
        let counts = |(block, layout): (&Block, &Layout), lane: usize| {
            layout.given_in_compared.ending(block, lane) == Ending::Valid
        };
        let valid = |lane: &usize| placed().all(|of_set| counts(of_set, *lane));
        let lanes: Vec<usize> = (0..blocks[0].endings.len()).filter(valid).collect();
        self.runs += lanes.len() as u64;
        self.add_outcomes(blocks, &lanes);
        self.add_measures(blocks, &lanes);
    }

    fn merge(&mut self, other: Self) {
        self.runs += other.runs;
        for (sums, added) in self.outcomes.iter_mut().flatten().zip(other.outcomes.iter().flatten()) {
            sums.0 += added.0;
            sums.1 += added.1;
        }
        for (tally, added) in self.measures.iter_mut().flatten().zip(other.measures.iter().flatten()) {
            tally.merge(added);
        }
    }
}

/// What each edit moved. `addresses` has those of each edit.
pub fn attribution(addresses: Vec<Vec<String>>, shapley: &Shapley) -> Attribution {
    let all = shapley.all();
    let n = shapley.runs as f64;
    let orders: i64 = (1..=shapley.edits as i64).product();
    let around = |mean: f64, error: f64| {
        let half_width = Confidence::NinetyFive.critical_value() * error;
        [mean - half_width, mean + half_width]
    };
    let outcome = |(sum, squares): &(i128, i128)| {
        if shapley.runs == 0 {
            return (None, None);
        }
        let (scale, sum, squares) = (orders as f64, *sum as f64, *squares as f64);
        let mean = sum / n / scale;
        let variance = (squares / n / scale / scale - mean * mean) * n / if n > 1.0 { n - 1.0 } else { 1.0 };
        let error = if variance > 0.0 { (variance / n).sqrt() } else { 0.0 };
        (Some(mean), Some(around(mean, error)))
    };
    let measure = |tally: &Moments| {
        let interval = tally.mean().zip(tally.se()).map(|(mean, error)| around(mean, error));
        (tally.mean(), interval)
    };
    let said = |name: &str, (difference, difference_ci95): (Option<f64>, Option<[f64; 2]>)| Difference {
        name: name.to_owned(),
        difference,
        difference_ci95,
    };
    let edits = addresses.into_iter().enumerate().map(|(edit, addresses)| Edit {
        addresses,
        outcomes: all
            .outcomes
            .iter()
            .zip(&shapley.outcomes[edit])
            .map(|(label, sums)| said(&label.label.id, outcome(sums)))
            .collect(),
        measures: all
            .measures
            .iter()
            .zip(&shapley.measures[edit])
            .map(|(label, tally)| said(&label.label.id, measure(tally)))
            .collect(),
    });
    Attribution {
        runs: shapley.runs,
        plans: shapley.layouts.len() as u64,
        edits: edits.collect(),
    }
}
