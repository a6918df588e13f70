//! The plans of all sets of the changes between two scenarios.

use crate::diagnostic::{Faults, Files};
use crate::model::check;
use crate::plan::{Plan, plan};
use crate::scenario::{Difference, Given, Written, differences};

use super::shapley::{MOST_EDITS, subsets};

/// The changes between two scenarios, in so far as they can be made one without another, and the plans of all sets of them.
#[derive(Debug)]
pub struct Edits {
    /// The addresses of each edit.
    pub addresses: Vec<Vec<String>>,
    /// The plan of each set of edits, by its mask: none first, all last.
    pub plans: Vec<Plan>,
}

/// There are more edits than can be told apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TooManyEdits(pub usize);

impl std::fmt::Display for TooManyEdits {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            formatter,
            "the files differ by {} edits; of more than {MOST_EDITS} it cannot be told which moved what",
            self.0
        )
    }
}

impl std::error::Error for TooManyEdits {}

/// Finds the edits between two scenarios without errors and plans every set of them. Changes that make a faulty scenario
/// one without the other are one edit, and if there are more than [`MOST_EDITS`], so are those of one entry.
///
/// What is given is asked of the plans of all sets.
///
/// # Errors
/// If there are more edits all the same.
pub fn edits(first: &Written, second: &Written, given: &[Given], files: &Files) -> Result<Edits, TooManyEdits> {
    let all = differences(first, second);
    let mut groups: Vec<Vec<&Difference>> = all.iter().filter(|one| !one.only_words).map(|one| vec![one]).collect();
    if groups.len() > MOST_EDITS {
        groups = by_entry(groups);
    }
    if groups.len() > MOST_EDITS {
        return Err(TooManyEdits(groups.len()));
    }
    let sets = Sets {
        first,
        second,
        given,
        files,
    };
    loop {
        match sets.plans(&groups) {
            Ok(plans) => {
                let addresses = |group: &Vec<&Difference>| group.iter().map(|one| one.address.clone()).collect();
                return Ok(Edits {
                    addresses: groups.iter().map(addresses).collect(),
                    plans,
                });
            }
            Err(set) => groups = sets.joined(groups, set),
        }
    }
}

/// Joins the changes within one entry of a table of the scenario.
fn by_entry(groups: Vec<Vec<&Difference>>) -> Vec<Vec<&Difference>> {
    let mut joined: Vec<Vec<&Difference>> = Vec::new();
    for one in groups.into_iter().flatten() {
        match joined.iter_mut().find(|group| group[0].entry() == one.entry()) {
            Some(group) => group.push(one),
            None => joined.push(vec![one]),
        }
    }
    joined
}

struct Sets<'a> {
    first: &'a Written,
    second: &'a Written,
    given: &'a [Given],
    files: &'a Files,
}

impl Sets<'_> {
    /// The plans of all sets, or the smallest set that makes a faulty scenario.
    fn plans(&self, groups: &[Vec<&Difference>]) -> Result<Vec<Plan>, usize> {
        let mut sets: Vec<usize> = subsets(groups.len()).collect();
        sets.sort_by_key(|set| set.count_ones());
        let mut plans: Vec<(usize, Plan)> = Vec::new();
        for set in sets {
            plans.push((set, self.plan(groups, set).ok_or(set)?));
        }
        plans.sort_by_key(|(set, _)| *set);
        Ok(plans.into_iter().map(|(_, plan)| plan).collect())
    }

    fn plan(&self, groups: &[Vec<&Difference>], set: usize) -> Option<Plan> {
        let chosen: Vec<&Difference> = groups
            .iter()
            .enumerate()
            .filter(|(group, _)| set >> group & 1 == 1)
            .flat_map(|(_, group)| group.iter().copied())
            .collect();
        let mixed = self.first.with(self.second, &chosen);
        let mut faults = Faults::default();
        let mut scenario = mixed.scenario(&mut faults)?;
        scenario.given = self.given.to_vec();
        let core = check(&scenario, self.files, &mut faults)?;
        Some(plan(&core))
    }

    /// Joins an edit of a faulty set with the one whose company mends it.
    fn joined<'d>(&self, mut groups: Vec<Vec<&'d Difference>>, faulty: usize) -> Vec<Vec<&'d Difference>> {
        let all = groups.len();
        let holds = |set: usize, group: usize| set >> group & 1 == 1;
        let needed = (0..all).find(|group| !holds(faulty, *group) && self.plan(&groups, faulty | 1 << group).is_some());
        let needy =
            (0..all).find(|group| holds(faulty, *group) && self.plan(&groups, faulty & !(1 << group)).is_some());
        let Some((needed, needy)) = needed.zip(needy) else {
            // No one alone mends it: all of them together do.
            return vec![groups.concat()];
        };
        let (kept, moved) = (needed.min(needy), needed.max(needy));
        let group = groups.remove(moved);
        groups[kept].extend(group);
        groups
    }
}
