//! `--given "EXPR @ DATE"`: what a run must fulfil to be looked at.

use crate::diagnostic::{Code, Diagnostic, Faults, Files, Span};

use super::date;
use super::read::{Day, Text};

/// What a run must fulfil, as the user typed it.
#[derive(Debug, Clone)]
pub struct Given {
    /// The condition.
    pub says: Text,
    /// The day on which it must hold; none for the horizon.
    pub at: Option<Day>,
}

/// What the text of a condition is called before a reader.
const NAME: &str = "--given";

/// Takes conditions apart at `@`; each becomes a text of its own, which faults point into.
pub fn givens(texts: &[String], files: &mut Files, faults: &mut Faults) -> Vec<Given> {
    texts.iter().filter_map(|text| given(text, files, faults)).collect()
}

fn given(text: &str, files: &mut Files, faults: &mut Faults) -> Option<Given> {
    let file = files.add(NAME, text);
    let (says, day) = match text.rfind('@') {
        Some(at) => (&text[..at], Some(at + 1..text.len())),
        None => (text, None),
    };
    let at = match day {
        Some(range) => {
            let written = &text[range.clone()];
            let span = Span::new(file, range);
            let Some(date) = date::parse(written.trim()) else {
                let fault = Diagnostic::new(Code::BadUnit, span, "behind `@` stands a date, like 2018-06-11");
                faults.push(fault);
                return None;
            };
            Some(Day { span, date })
        }
        None => None,
    };
    let trimmed = says.trim();
    if trimmed.is_empty() {
        let fault = Diagnostic::new(
            Code::ExpressionSyntax,
            Span::new(file, 0..text.len()),
            "a condition is missing",
        );
        faults.push(fault.help("for example --given \"stage == 'signed' @ 2018-02-07\""));
        return None;
    }
    let start = says.len() - says.trim_start().len();
    Some(Given {
        says: Text {
            span: Span::new(file, start..start + trimmed.len()),
            text: trimmed.to_owned(),
        },
        at,
    })
}
