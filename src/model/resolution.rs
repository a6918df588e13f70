//! How it really ended, and which cases it may be compared with.

use crate::diagnostic::{Code, Diagnostic};
use crate::scenario::{BaseRate as RawBaseRate, Key, OneOrMany, Text, date};

use super::core::{BaseRate, Resolution, UNRESOLVED};
use super::lowering::{Lowering, Texts};

impl<'a> Lowering<'a> {
    pub(super) fn resolution(&mut self) {
        let Some(resolution) = &self.document.resolution else {
            return;
        };
        let texts = Texts {
            source: resolution.source.as_ref(),
            note: resolution.note.as_ref(),
            ..Texts::default()
        };
        let about = self.about("resolution", resolution.span, texts);
        let outcome = resolution.outcome.as_ref().and_then(|outcome| self.outcome(outcome));
        if let Some(on) = resolution.on {
            for (key, claim) in self.document.claims.iter().flat_map(|table| &table.entries) {
                let Some(said) = claim.on.filter(|said| said.date >= on.date) else {
                    continue;
                };
                let message = format!("`{}` was said when it was known how it ended", key.text);
                let fault = Diagnostic::new(Code::OutOfRange, said.span, message)
                    .context(on.span, "settled here")
                    .help(format!(
                        "a forecast uses what was said before {}",
                        date::format(on.date)
                    ));
                self.faults.push(fault);
            }
        }
        let base_rate = resolution.base_rate.as_ref().and_then(|raw| self.base_rate(raw));
        if let (Some(outcome), Some(on)) = (outcome, resolution.on) {
            self.core.resolution = Some(Resolution {
                about,
                outcome,
                on: on.date,
                ordered: resolution.ordered.is_some_and(|flag| flag.value),
                authors_knew: resolution.authors_knew.map(|flag| flag.value),
                base_rate,
            });
        }
    }

    /// The index of an outcome; one past the last for `unresolved`.
    fn outcome(&mut self, outcome: &Text) -> Option<usize> {
        let outcomes = &self.core.outcomes;
        if outcome.text == UNRESOLVED {
            return Some(outcomes.len());
        }
        let found = outcomes.iter().position(|known| known.about.address == outcome.text);
        let declared = self.document.outcomes.iter();
        let with_fault = declared.flat_map(|table| table.entries.iter().map(|(key, _)| key).chain(&table.faulty));
        let mut ids: Vec<&str> = with_fault.map(|key| key.text.as_str()).collect();
        if found.is_none() && !ids.contains(&outcome.text.as_str()) {
            ids.push(UNRESOLVED);
            let message = format!("there is no outcome `{}`", outcome.text);
            let mut fault = Diagnostic::new(Code::UnknownId, outcome.span, message).suggest(&outcome.text, ids.clone());
            if fault.help.is_empty() {
                fault = fault.help(format!("the outcomes are {}", ids.join(", ")));
            }
            self.faults.push(fault);
        }
        found
    }

    fn base_rate(&mut self, raw: &RawBaseRate) -> Option<BaseRate> {
        self.sources(raw.source.as_ref());
        let text =
            |text: &Option<Text>, otherwise: &str| text.as_ref().map_or(otherwise.to_owned(), |t| t.text.clone());
        let texts = |(key, many): &(Key, OneOrMany)| {
            let values = many.0.iter().map(|value| value.text.clone()).collect();
            (key.text.clone(), values)
        };
        let mut called = Vec::new();
        for entry in raw.outcomes.iter().flat_map(|table| &table.entries) {
            let id = Text {
                span: entry.0.span,
                text: entry.0.text.clone(),
            };
            if self.outcome(&id).is_some() {
                called.push(texts(entry));
            }
        }
        Some(BaseRate {
            table: raw.table.as_ref()?.text.clone(),
            case: raw.case.as_ref().map(|case| case.text.clone()),
            id_column: text(&raw.id_column, BaseRate::ID_COLUMN),
            outcome_column: text(&raw.outcome_column, BaseRate::OUTCOME_COLUMN),
            where_: raw.where_.iter().flat_map(|table| &table.entries).map(texts).collect(),
            called,
        })
    }
}
