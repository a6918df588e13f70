//! The paths that runs take: what happened in them, in order, as far as it tells how they end.

use std::collections::{BTreeMap, BTreeSet};

use crate::engine::{Block, Chronicle, Ending, Ring};

/// A path is told up to so many steps: later ones are left out.
pub const MOST_STEPS: usize = 24;

/// Of the runs that took a path to an outcome the numbers of so many are kept, the lowest.
pub const RUNS_KEPT: usize = 128;

/// An event that happened, in one way if it can turn out in several.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Step {
    /// The index of the event.
    pub event: u32,
    /// The index of the branch that it took, if it took one.
    pub branch: Option<u32>,
}

impl Step {
    /// An event, whichever way it turns out.
    pub fn event(event: u32) -> Self {
        Step { event, branch: None }
    }

    /// One of the ways in which an event can turn out.
    pub fn way(event: u32, branch: u32) -> Self {
        Step {
            event,
            branch: Some(branch),
        }
    }
}

impl From<&Ring> for Step {
    fn from(ring: &Ring) -> Self {
        Step {
            event: ring.event,
            branch: ring.branch,
        }
    }
}

/// How many runs took a path to one outcome.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct Group {
    runs: u64,
    /// The lowest numbers of runs among them, ascending.
    lowest: Vec<u64>,
}

/// A path with the runs that took it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Path<'a> {
    /// Its steps, in order.
    pub steps: &'a [Step],
    /// The outcome that it led to; one past the last means unresolved.
    pub outcome: usize,
    /// How many runs took it.
    pub runs: u64,
    /// The numbers of the first [`RUNS_KEPT`] of them, ascending.
    pub lowest: &'a [u64],
}

/// The paths that were taken, and how often.
///
/// A path has the steps that are new: a step is left out where the same event has happened in the same way before and
/// nothing new since. So a clash that comes back is told once, and a supplier that says again and again that it will wait
/// says so once, but says it anew after another objection. Its size grows with the number of paths that differ, not with
/// the number of runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paths {
    outcomes: usize,
    plot: BTreeSet<usize>,
    groups: BTreeMap<Vec<Step>, Vec<Group>>,
}

impl Paths {
    /// No paths, for so many outcomes, the unresolved among them. `plot` are the events that count as steps.
    pub fn new(outcomes: usize, plot: &BTreeSet<usize>) -> Self {
        Paths {
            outcomes,
            plot: plot.clone(),
            groups: BTreeMap::new(),
        }
    }

    /// Adds the runs of a block.
    pub fn add(&mut self, block: &Block, chronicle: &Chronicle) {
        let mut steps = Vec::new();
        for (place, run) in (block.first_run..).take(block.endings.len()).enumerate() {
            if block.endings[place] != Ending::Valid {
                continue;
            }
            self.path_of(chronicle.run(place), &mut steps);
            if !self.groups.contains_key(&steps) {
                self.groups.insert(steps.clone(), vec![Group::default(); self.outcomes]);
            }
            if let Some(groups) = self.groups.get_mut(&steps) {
                groups[block.outcomes[place] as usize].add(1, &[run]);
            }
        }
    }

    fn path_of(&self, rings: &[Ring], steps: &mut Vec<Step>) {
        steps.clear();
        for ring in rings.iter().filter(|ring| self.plot.contains(&(ring.event as usize))) {
            let step = Step::from(ring);
            let is_new = match ring.branch {
                None => !steps.contains(&step),
                // A choice counts anew if something new has happened since the event was last told.
                Some(_) => !steps.contains(&step) || steps.last().is_some_and(|last| last.event != ring.event),
            };
            if is_new {
                steps.push(step);
            }
            if steps.len() == MOST_STEPS {
                break;
            }
        }
    }

    /// Adds other runs.
    pub fn merge(&mut self, other: &Self) {
        for (steps, added) in &other.groups {
            match self.groups.get_mut(steps) {
                Some(groups) => groups
                    .iter_mut()
                    .zip(added)
                    .for_each(|(group, added)| group.add(added.runs, &added.lowest)),
                None => {
                    self.groups.insert(steps.clone(), added.clone());
                }
            }
        }
    }

    /// All paths that were taken, one for each outcome that it led to, in the order of their steps.
    pub fn all(&self) -> impl Iterator<Item = Path<'_>> {
        self.groups.iter().flat_map(|(steps, groups)| {
            let taken = groups.iter().enumerate().filter(|(_, group)| group.runs > 0);
            taken.map(|(outcome, group)| Path {
                steps,
                outcome,
                runs: group.runs,
                lowest: &group.lowest,
            })
        })
    }

    /// The path that most of the runs with an outcome took; of several, the first in the order of their steps.
    pub fn commonest(&self, outcome: usize) -> Option<Path<'_>> {
        let mut found: Option<Path<'_>> = None;
        for path in self.all().filter(|path| path.outcome == outcome) {
            if found.is_none_or(|best| path.runs > best.runs) {
                found = Some(path);
            }
        }
        found
    }
}

impl Group {
    fn add(&mut self, runs: u64, lowest: &[u64]) {
        self.runs += runs;
        let is_full = self.lowest.len() == RUNS_KEPT;
        if is_full
            && lowest
                .first()
                .zip(self.lowest.last())
                .is_none_or(|(new, last)| new > last)
        {
            return;
        }
        self.lowest.extend_from_slice(lowest);
        self.lowest.sort_unstable();
        self.lowest.truncate(RUNS_KEPT);
    }
}
