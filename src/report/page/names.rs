//! What things are called on the page, and the colours that stand for outcomes.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::style::COLOURS;
use crate::model::{Core, UNRESOLVED};
use crate::results::Summary;
use crate::results::history::Step;
use crate::scenario::Document;

/// Printed names.
pub(super) struct Names<'a> {
    core: &'a Core,
    /// The printed names of deals by their ids.
    deals: BTreeMap<&'a str, &'a str>,
    /// The colour of each outcome; those that have none share the grey of the unresolved one.
    colours: Vec<Option<usize>>,
}

impl<'a> Names<'a> {
    /// The names of a scenario.
    pub(super) fn new(document: &'a Document, core: &'a Core, summary: &Summary) -> Self {
        let deals = document.deals.iter().flat_map(|table| &table.entries);
        let named = deals.map(|(key, deal)| {
            let name = deal.name.as_ref().map_or(key.text.as_str(), |name| name.text.as_str());
            (key.text.as_str(), name)
        });
        Names {
            core,
            deals: named.collect(),
            colours: colours(
                summary
                    .outcomes
                    .iter()
                    .map(|outcome| outcome.count)
                    .take(core.outcomes.len()),
            ),
        }
    }

    /// An outcome; one past the last is the unresolved one.
    pub(super) fn outcome(&self, index: usize) -> &'a str {
        let outcome = self.core.outcomes.get(index);
        outcome.map_or(UNRESOLVED, |outcome| Core::printed(&outcome.about))
    }

    /// What marks the colour of an outcome in the classes of the style sheet: a digit, or `u`.
    pub(super) fn colour(&self, outcome: usize) -> String {
        let own = self.colours.get(outcome).copied().flatten();
        own.map_or("u".to_owned(), |colour| colour.to_string())
    }

    /// Whether an outcome has a colour that no other one has.
    pub(super) fn has_own_colour(&self, outcome: usize) -> bool {
        self.colours.get(outcome).is_none_or(Option::is_some)
    }

    /// An event.
    pub(super) fn event(&self, event: usize) -> &'a str {
        Core::printed(&self.core.events[event].about)
    }

    /// The deal that an event belongs to: id and printed name.
    pub(super) fn deal_of(&self, event: usize) -> Option<(&'a str, &'a str)> {
        let head = self.core.events[event].about.address.split('.').next()?;
        let (id, name) = self.deals.get_key_value(head)?;
        Some((*id, *name))
    }

    /// What has an address within a deal, such as the draw of a rule: in words, with the deal's name behind.
    pub(super) fn of_deal(&self, address: &str) -> String {
        let parts = address
            .split_once('.')
            .and_then(|(id, rest)| Some((self.deals.get(id)?, rest)));
        let Some((deal, rest)) = parts else {
            return address.to_owned();
        };
        let words = match rest.strip_prefix("policy.") {
            Some(rule) => format!("draw of {rule}"),
            None => rest.to_owned(),
        };
        format!("{words} ({deal})")
    }

    /// An event, where it is clear which deal is meant: without the deal's name.
    pub(super) fn event_of_deal(&self, event: usize) -> String {
        let name = self.event(event);
        let Some((_, deal)) = self.deal_of(event) else {
            return name.to_owned();
        };
        let before = name.strip_prefix(deal).and_then(|rest| rest.strip_prefix(": "));
        let after = name.strip_suffix(deal).and_then(|rest| rest.strip_suffix(": "));
        before
            .or(after)
            .filter(|rest| !rest.is_empty())
            .unwrap_or(name)
            .to_owned()
    }

    /// A step after another: the deal is named only where it is not the one before.
    pub(super) fn step(&self, step: Step, before: Option<usize>) -> String {
        let event = step.event as usize;
        let same = before.is_some_and(|before| self.deal_of(before) == self.deal_of(event));
        let mut name = if same {
            self.event_of_deal(event)
        } else {
            self.event(event).to_owned()
        };
        let branches = self.core.events[event].branches.all();
        if let Some(branch) = step.branch.and_then(|index| branches.get(index as usize)) {
            name = format!("{name}: {}", Core::printed_branch(branch));
        }
        name
    }

    /// The steps of a path in one line.
    pub(super) fn path(&self, steps: &[Step]) -> String {
        let names = steps.iter().enumerate().map(|(index, step)| {
            let before = index.checked_sub(1).map(|before| steps[before].event as usize);
            self.step(*step, before)
        });
        names.collect::<Vec<_>>().join(" › ")
    }
}

/// The colours of outcomes by their runs: in the order in which they are declared, or, where there are more of them than
/// colours, of the likeliest only.
fn colours(runs: impl Iterator<Item = u64>) -> Vec<Option<usize>> {
    let runs: Vec<u64> = runs.collect();
    if runs.len() <= COLOURS {
        return (0..runs.len()).map(Some).collect();
    }
    let mut order: Vec<usize> = (0..runs.len()).collect();
    order.sort_by_key(|outcome| Reverse(runs[*outcome]));
    let mut colours = vec![None; runs.len()];
    for (colour, outcome) in order.into_iter().take(COLOURS).enumerate() {
        colours[outcome] = Some(colour);
    }
    colours
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Fails if two outcomes have the same colour, or a likely one has none.
    #[test]
    fn no_two_outcomes_share_a_colour() {
        assert_eq!(colours([3, 0, 9].into_iter()), [Some(0), Some(1), Some(2)]);
        let many = colours((0..13).map(|outcome| if outcome == 7 { 100 } else { outcome }));
        assert_eq!(many.iter().flatten().count(), COLOURS);
        assert_eq!((many[7], many[12], many[0]), (Some(0), Some(1), None));
        let mut used: Vec<usize> = many.into_iter().flatten().collect();
        used.sort_unstable();
        assert!(used.into_iter().eq(0..COLOURS));
    }
}
