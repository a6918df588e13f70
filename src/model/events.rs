//! Events of the core language: their clocks, their branches and what they change.

use crate::diagnostic::{Code, Diagnostic};
use crate::expr::{BinaryOperator, Origin, Tree, Type, parse_assignment};
use crate::scenario::{Branch as RawBranch, Event as RawEvent, Key, Text};

use super::amounts::shown;
use super::clock::Clock;
use super::core::{About, Assign, Branch, Branches, Event, Timing};
use super::lowering::{Context, Lowering, Symbol, Texts, Unit};
use super::timing::When;

impl Lowering<'_> {
    /// Lowers one event. One with a fault still takes its place, so that the others keep theirs.
    pub fn event(&mut self, key: &Key, raw: &RawEvent) -> Event {
        let texts = Texts {
            name: raw.name.as_ref(),
            because: raw.because.as_ref(),
            source: raw.source.as_ref(),
            note: raw.note.as_ref(),
            unit: None,
        };
        let about = self.about(&key.text, key.span, texts);
        let timed = self.timed(When::from(raw), &key.text, &Context::Plain);
        let then = self.assignments(raw.then.as_deref().unwrap_or(&[]));
        let branches = self.branches(&key.text, raw);
        let Some(timed) = timed else { return Event::never(about) };
        Event {
            about,
            when: timed.when,
            hold: timed.hold,
            timing: timed.timing,
            most: raw.repeats.map_or(Some(1), |repeats| repeats.most),
            then,
            branches,
            stop: raw.stop.is_some_and(|flag| flag.value),
        }
    }

    fn branches(&mut self, address: &str, raw: &RawEvent) -> Branches {
        let entries = raw.branches.as_ref().map_or(&[][..], |table| &table.entries);
        if entries.is_empty() {
            return Branches::None;
        }
        let weighted = entries.iter().any(|(_, branch)| branch.weight.is_some());
        let mut branches = Vec::new();
        let mut open_ended = false;
        for (key, branch) in entries {
            super::namespace::check_id(key, false, self.faults);
            if weighted && (branch.when.is_some() || branch.weight.is_none()) {
                let message = "either every branch has a `weight`, or they are told apart by `when`";
                self.faults.push(Diagnostic::new(Code::Timing, key.span, message));
            }
            if open_ended {
                let message = "this branch is never taken: the one before it has no `when` and always fits";
                self.faults.push(Diagnostic::new(Code::NoEffect, key.span, message));
            }
            open_ended = !weighted && branch.when.is_none();
            if let Some(branch) = self.branch(address, key, branch, weighted) {
                branches.push(branch);
            }
        }
        if weighted {
            let never = |branch: &Branch| self.core.constant(&branch.measure) == Some(0.0);
            if branches.len() == entries.len() && branches.iter().all(never) {
                let span = entries[0]
                    .1
                    .weight
                    .as_ref()
                    .map_or(entries[0].0.span, |weight| weight.span);
                let message = "no branch can be taken: at least one weight must be above 0";
                self.faults.push(Diagnostic::new(Code::OutOfRange, span, message));
            }
            Branches::Weighted(branches)
        } else {
            Branches::First(branches)
        }
    }

    fn branch(&mut self, address: &str, key: &Key, raw: &RawBranch, weighted: bool) -> Option<Branch> {
        let address = format!("{address}.branches.{}", key.text);
        let texts = Texts {
            name: raw.name.as_ref(),
            because: raw.because.as_ref(),
            source: raw.source.as_ref(),
            note: raw.note.as_ref(),
            unit: None,
        };
        let about = self.about(&address, key.span, texts);
        let then = self.assignments(raw.then.as_deref().unwrap_or(&[]));
        let measure = match (&raw.weight, &raw.when) {
            (Some(weight), _) => {
                let tree = self.number(
                    weight,
                    &format!("{address}.weight"),
                    Unit::Plain,
                    &Context::Plain,
                    Clock::Free,
                )?;
                if let Some(value) = self.core.constant(&tree)
                    && !(value >= 0.0)
                {
                    let message = format!("a weight is at least 0, here it is {}", shown(value));
                    self.faults
                        .push(Diagnostic::new(Code::OutOfRange, weight.span, message));
                    return None;
                }
                tree
            }
            (None, Some(when)) => self.condition(when, &Context::Plain, Clock::Free)?,
            (None, None) if weighted => return None,
            (None, None) => Tree::Boolean(true),
        };
        Some(Branch {
            about,
            id: key.text.clone(),
            measure,
            then,
        })
    }

    fn assignments(&mut self, texts: &[Text]) -> Vec<Assign> {
        texts.iter().filter_map(|text| self.assignment(text)).collect()
    }

    fn assignment(&mut self, text: &Text) -> Option<Assign> {
        let origin = Origin::of_literal(&text.text, text.span, self.files);
        let parsed = match parse_assignment(&text.text, &origin) {
            Ok(parsed) => parsed,
            Err(fault) => {
                self.faults.push(*fault);
                self.may_read(text);
                return None;
            }
        };
        let address = parsed
            .target
            .iter()
            .map(|segment| segment.text.as_str())
            .collect::<Vec<_>>()
            .join(".");
        let variable = match self.symbol(&address, Some(parsed.target_span)) {
            Some(Symbol::Variable(variable)) => variable,
            Some(Symbol::Faulty) => {
                self.may_read(text);
                return None;
            }
            Some(_) => {
                let message = format!("`{address}` is no variable, so it cannot be assigned");
                self.faults
                    .push(Diagnostic::new(Code::Assignment, parsed.target_span, message));
                return None;
            }
            None => {
                let variables = self
                    .symbols
                    .iter()
                    .filter(|(_, symbol)| matches!(symbol, Symbol::Variable(_)));
                let known: Vec<_> = variables.map(|(address, _)| address.as_str()).collect();
                let message = format!("there is no variable `{address}`");
                let fault = Diagnostic::new(Code::UnknownId, parsed.target_span, message).suggest(&address, known);
                self.faults.push(fault);
                // The right-hand side is looked at all the same.
                self.checked(&parsed.value, None, &Context::Plain);
                return None;
            }
        };
        let kind = self.core.variables[variable].kind.clone();
        if let Some(operator) = parsed.operator
            && kind != Type::Number
        {
            let message = format!("`{}=` changes a number, and `{address}` is {kind}", operator.symbol());
            self.faults
                .push(Diagnostic::new(Code::Assignment, parsed.target_span, message));
            return None;
        }
        let Some((value, _)) = self.checked(&parsed.value, Some(&kind), &Context::Plain) else {
            self.may_read(text);
            return None;
        };
        let value = match parsed.operator {
            Some(operator) => Tree::Binary(operator, Tree::variable(variable).into(), value.into()),
            None => value,
        };
        Some(Assign { variable, value })
    }
}

impl Event {
    /// An event that cannot happen: it stands for one with a fault.
    pub(super) fn never(about: About) -> Self {
        Event {
            about,
            when: Tree::Boolean(false),
            hold: Tree::Boolean(false),
            timing: Timing::AtOnce,
            most: Some(1),
            then: Vec::new(),
            branches: Branches::None,
            stop: false,
        }
    }
}

/// A variable gets a value that lowering knows to fit.
pub(super) fn set(variable: usize, value: Tree) -> Assign {
    Assign { variable, value }
}

/// A variable grows by a value.
pub(super) fn grow(variable: usize, by: Tree) -> Assign {
    set(
        variable,
        Tree::binary(BinaryOperator::Add, Tree::variable(variable), by),
    )
}
