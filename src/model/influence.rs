//! Which events an expression hangs on, and which of them tell how a run comes to its end.

use std::collections::BTreeSet;

use crate::expr::{Reference, Tree, Type};

use super::core::{Branches, Core, Event};

/// The events that change what an expression reads, or whose firings it counts, by index and ascending.
pub fn changing(core: &Core, tree: &Tree) -> BTreeSet<usize> {
    events_behind(core, &read_by(core, [tree]))
}

/// The plot: the events that decide how a run ends, by index and ascending.
///
/// They are those that change what the outcomes read; with an event of a deal, or another of those whose address has
/// several parts, all that share its first part; and those that open or shut one of these by a condition, true or false
/// or a state, that it reads.
pub fn plot(core: &Core) -> BTreeSet<usize> {
    let read = read_by(core, core.outcomes.iter().map(|outcome| &outcome.when));
    let mut plot = events_behind(core, &read);
    let heads: BTreeSet<&str> = plot.iter().filter_map(|event| head(core, *event)).collect();
    plot.extend((0..core.events.len()).filter(|event| head(core, *event).is_some_and(|head| heads.contains(head))));
    let conditions = plot.iter().flat_map(|event| conditions(&core.events[*event]));
    let gates: BTreeSet<Reference> = read_by(core, conditions)
        .into_iter()
        .filter(|reference| is_gate(core, *reference))
        .collect();
    plot.extend(events_behind(core, &gates));
    plot
}

/// The first part of an event's address, if it has several.
fn head(core: &Core, event: usize) -> Option<&str> {
    core.events[event].about.address.split_once('.').map(|(head, _)| head)
}

/// Everything that expressions read, through definitions too.
fn read_by<'a>(core: &'a Core, trees: impl IntoIterator<Item = &'a Tree>) -> BTreeSet<Reference> {
    let mut read = BTreeSet::new();
    let mut waiting: Vec<&Tree> = trees.into_iter().collect();
    while let Some(tree) = waiting.pop() {
        for reference in tree.references() {
            if read.insert(reference)
                && let Reference::Definition(index) = reference
            {
                waiting.push(&core.definitions[index].value);
            }
        }
    }
    read
}

fn conditions(event: &Event) -> Vec<&Tree> {
    let mut conditions = vec![&event.when, &event.hold];
    if let Branches::First(branches) = &event.branches {
        conditions.extend(branches.iter().map(|branch| &branch.measure));
    }
    conditions
}

fn is_gate(core: &Core, reference: Reference) -> bool {
    match reference {
        Reference::Variable(index) => !matches!(core.variables[index].kind, Type::Number),
        Reference::Count(_) | Reference::FirstTime(_) => true,
        Reference::Parameter(_) | Reference::Definition(_) => false,
    }
}

fn events_behind(core: &Core, read: &BTreeSet<Reference>) -> BTreeSet<usize> {
    let is_behind = |index: usize, event: &Event| {
        let assigned = event
            .then
            .iter()
            .chain(event.branches.all().iter().flat_map(|branch| &branch.then));
        let mut changed = assigned.map(|assign| Reference::Variable(assign.variable));
        read.contains(&Reference::Count(index))
            || read.contains(&Reference::FirstTime(index))
            || changed.any(|reference| read.contains(&reference))
    };
    let events = core.events.iter().enumerate();
    events
        .filter(|(index, event)| is_behind(*index, event))
        .map(|(index, _)| index)
        .collect()
}
