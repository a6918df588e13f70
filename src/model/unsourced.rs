//! Finds the numbers of a scenario that give neither a source nor a note, themselves or by the table around them.

use crate::diagnostic::{Code, Diagnostic, Faults};
use crate::scenario::Document;

use super::figures::{Written, figures};

/// Warns of every number that gives neither a source nor a note.
pub fn unsourced(document: &Document, faults: &mut Faults) {
    // What helps is the same for all.
    let mut is_first = true;
    for figure in figures(document) {
        // When a story ends is where its author stops to look, and no measurement.
        let is_bare = figure.sources.is_empty() && figure.note.is_none() && figure.owner != "scenario";
        if let Written::Amount(amount) = figure.written
            && is_bare
        {
            let message = "this number gives neither a source nor a note";
            let help = "a judgement without a source says so in its note: { value = ..., note = \"judgement: ...\" }";
            let fault = Diagnostic::new(Code::Unsourced, amount.span, message);
            faults.push(if is_first { fault.help(help) } else { fault });
            is_first = false;
        }
    }
}
