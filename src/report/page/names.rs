//! What things are called on the page, and the colours that stand for outcomes.

use std::collections::BTreeMap;

use super::style::COLOURS;
use crate::model::{Core, UNRESOLVED};
use crate::results::history::Step;
use crate::scenario::Document;

/// Printed names.
pub(super) struct Names<'a> {
    core: &'a Core,
    /// The printed names of deals by their ids.
    deals: BTreeMap<&'a str, &'a str>,
}

impl<'a> Names<'a> {
    /// The names of a scenario.
    pub(super) fn new(document: &'a Document, core: &'a Core) -> Self {
        let deals = document.deals.iter().flat_map(|table| &table.entries);
        let named = deals.map(|(key, deal)| {
            let name = deal.name.as_ref().map_or(key.text.as_str(), |name| name.text.as_str());
            (key.text.as_str(), name)
        });
        Names {
            core,
            deals: named.collect(),
        }
    }

    /// An outcome; one past the last is the unresolved one.
    pub(super) fn outcome(&self, index: usize) -> &'a str {
        let outcome = self.core.outcomes.get(index);
        outcome.map_or(UNRESOLVED, |outcome| Core::printed(&outcome.about))
    }

    /// What marks the colour of an outcome in the classes of the style sheet: a digit, or `u`.
    pub(super) fn colour(&self, outcome: usize) -> String {
        match self.core.outcomes.get(outcome) {
            Some(_) => (outcome % COLOURS).to_string(),
            None => "u".to_owned(),
        }
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
