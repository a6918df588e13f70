//! A look over the whole once all is lowered: what is never used, and what can never be.

use crate::diagnostic::{Code, Diagnostic, Span};
use crate::expr::{BinaryOperator, Tree};

use super::lowering::Lowering;

impl<'a> Lowering<'a> {
    /// Looks the whole over: what is never used, and what can never be.
    pub(super) fn review(&mut self) {
        self.unused();
        self.unreachable_outcomes();
        if !self.faults.has_errors()
            && self
                .document
                .outcomes
                .as_ref()
                .is_none_or(|table| table.entries.is_empty())
            && self
                .document
                .measures
                .as_ref()
                .is_none_or(|table| table.entries.is_empty())
            && self
                .document
                .series
                .as_ref()
                .is_none_or(|table| table.entries.is_empty())
        {
            let span = self
                .document
                .scenario
                .as_ref()
                .map_or(Span::default(), |header| header.span);
            let fault = Diagnostic::new(
                Code::NoEffect,
                span,
                "nothing is observed: there are no outcomes, measures or series",
            );
            self.faults.push(fault);
        }
    }

    fn unused(&mut self) {
        let parameters = self
            .document
            .parameters
            .iter()
            .flat_map(|table| table.entries.iter().map(|(key, _)| ("parameter", key)));
        let definitions = self
            .document
            .definitions
            .iter()
            .flat_map(|table| table.entries.iter().map(|(key, _)| ("definition", key)));
        // What lowering prints has dotted addresses, and not all of it is read.
        for (kind, key) in parameters.chain(definitions).filter(|(_, key)| !key.text.contains('.')) {
            if !self.read.contains(&key.text) && !self.namespace.is_refused(&key.text) {
                let fault = Diagnostic::new(
                    Code::Unused,
                    key.span,
                    format!("nothing uses the {kind} `{}`", key.text),
                );
                self.faults.push(fault);
            }
        }
    }

    /// An outcome cannot be reached if an earlier one holds whenever it does, as far as can be seen without a run.
    fn unreachable_outcomes(&mut self) {
        let outcomes = self.core.outcomes.clone();
        for (index, outcome) in outcomes.iter().enumerate() {
            if outcome.when == Tree::Boolean(false) {
                let message = format!("the outcome `{}` never holds", outcome.about.address);
                self.faults
                    .push(Diagnostic::new(Code::UnreachableOutcome, outcome.about.span, message));
                continue;
            }
            let earlier = outcomes[..index].iter().find(|earlier| {
                earlier.when == Tree::Boolean(true)
                    || conjuncts(&earlier.when).iter().all(|part| implied(&outcome.when, part))
            });
            if let Some(earlier) = earlier {
                let message = format!("the outcome `{}` can never be reached", outcome.about.address);
                let why = format!("`{}` comes first and holds whenever it does", earlier.about.address);
                let fault = Diagnostic::new(Code::UnreachableOutcome, outcome.about.span, message)
                    .context(earlier.about.span, why);
                self.faults
                    .push(fault.help("outcomes are tried in order: put the narrower one first"));
            }
        }
    }
}

fn conjuncts(tree: &Tree) -> Vec<&Tree> {
    match tree {
        Tree::Binary(BinaryOperator::And, left, right) => [conjuncts(left), conjuncts(right)].concat(),
        other => vec![other],
    }
}

/// Whether a condition says a part for certain: as one of the things that it demands, or as one of the things that it
/// demands one of.
fn implied(condition: &Tree, part: &Tree) -> bool {
    if condition == part {
        return true;
    }
    match (condition, part) {
        (Tree::Binary(BinaryOperator::And, left, right), _) => implied(left, part) || implied(right, part),
        (Tree::Binary(BinaryOperator::Or, left, right), _) => implied(left, part) && implied(right, part),
        (_, Tree::Binary(BinaryOperator::Or, left, right)) => implied(condition, left) || implied(condition, right),
        _ => false,
    }
}
