//! What is observed of a run: outcomes, measures, series.

use crate::diagnostic::{Code, Diagnostic};
use crate::expr::{Tree, Type};
use crate::scenario::{Amount, Form};

use super::clock::Clock;
use super::core::{Measure, Outcome, Series, UNRESOLVED};
use super::lowering::{Context, Lowering, Texts, Unit};
use super::namespace::check_id;
use super::order::in_order;

/// The longest series: more points than anybody plots.
const MAX_POINTS: f64 = 10_000.0;

impl<'a> Lowering<'a> {
    pub(super) fn outcomes(&mut self) {
        let entries = self.document.outcomes.as_ref().map_or(&[][..], |table| &table.entries);
        for (key, outcome) in in_order(entries, |outcome| outcome.before.as_ref(), "outcome", self.faults) {
            check_id(key, false, self.faults);
            if key.text == UNRESOLVED {
                let message = "`unresolved` is what a run is called that matches no outcome";
                self.faults
                    .push(Diagnostic::new(Code::InvalidId, key.span, message).help("give it another name"));
            }
            let texts = Texts {
                name: outcome.name.as_ref(),
                source: outcome.source.as_ref(),
                note: outcome.note.as_ref(),
                ..Texts::default()
            };
            let about = self.about(&key.text, key.span, texts);
            let Some(when) = &outcome.when else { continue };
            if let Some(when) = self.condition(when, &Context::Plain, Clock::Free) {
                self.core.outcomes.push(Outcome { about, when });
            }
        }
    }

    pub(super) fn measures(&mut self) {
        for (key, measure) in self.document.measures.iter().flat_map(|table| &table.entries) {
            check_id(key, false, self.faults);
            let texts = Texts {
                name: measure.name.as_ref(),
                unit: measure.unit.as_ref(),
                source: measure.source.as_ref(),
                note: measure.note.as_ref(),
                because: None,
            };
            let about = self.about(&key.text, key.span, texts);
            let Some(amount) = &measure.value else { continue };
            if let Some(value) = self.observed(amount) {
                self.core.measures.push(Measure { about, value });
            }
        }
    }

    pub(super) fn series(&mut self) {
        for (key, series) in self.document.series.iter().flat_map(|table| &table.entries) {
            check_id(key, false, self.faults);
            let texts = Texts {
                name: series.name.as_ref(),
                unit: series.unit.as_ref(),
                source: series.source.as_ref(),
                note: series.note.as_ref(),
                because: None,
            };
            let about = self.about(&key.text, key.span, texts);
            let value = series.value.as_ref().and_then(|amount| self.observed(amount));
            let Some(amount) = &series.every else { continue };
            let Some(every) = self.fixed_duration(amount) else {
                continue;
            };
            if self.core.horizon.is_finite() && self.core.horizon / every.years() > MAX_POINTS {
                let message = format!("this series would have more than {MAX_POINTS} points");
                self.faults
                    .push(Diagnostic::new(Code::OutOfRange, amount.span, message));
                continue;
            }
            if let Some(value) = value {
                self.core.series.push(Series { about, value, every });
            }
        }
    }

    /// A number that is observed; true and false count as 1 and 0.
    fn observed(&mut self, amount: &Amount) -> Option<Tree> {
        if let Form::Distribution(distribution) = &amount.form {
            let message = "what is observed is an expression, not a draw";
            self.faults
                .push(Diagnostic::new(Code::WrongType, distribution.name_span, message));
            return None;
        }
        let (tree, kind) = self.value(amount, Unit::Plain, &Context::Plain)?;
        match kind {
            Type::Number => Some(tree),
            Type::Boolean => Some(Tree::conditional(tree, Tree::Number(1.0), Tree::Number(0.0))),
            Type::State(_) => {
                let fault = Diagnostic::new(
                    Code::ExpressionType,
                    amount.span,
                    "a state is no number and cannot be averaged",
                );
                self.faults
                    .push(fault.help("compare it with one of the states: that is true or false, 1 or 0"));
                None
            }
        }
    }
}
