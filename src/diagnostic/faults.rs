//! Diagnostics as data, and the list that a pass collects them in.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use super::{Code, Span};

/// One fault of an input: what is wrong, where, and what may mend it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// The kind of fault.
    pub code: Code,
    /// What is wrong, in a sentence without a full stop.
    pub message: String,
    /// Where it is wrong.
    pub span: Span,
    /// What to say beneath the underlined text; may be empty.
    pub label: String,
    /// Other places that belong to it.
    pub context: Vec<(Span, String)>,
    /// What may mend it.
    pub help: Vec<String>,
}

impl Diagnostic {
    /// A diagnostic without context or help.
    pub fn new(code: Code, span: Span, message: impl Into<String>) -> Self {
        Diagnostic {
            code,
            message: message.into(),
            span,
            label: String::new(),
            context: Vec::new(),
            help: Vec::new(),
        }
    }

    /// Says something beneath the underlined text.
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    /// Shows another place.
    #[must_use]
    pub fn context(mut self, span: Span, label: impl Into<String>) -> Self {
        self.context.push((span, label.into()));
        self
    }

    /// Says what may mend it.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help.push(help.into());
        self
    }

    /// The names that it speaks of: what its words put in backticks, part by part.
    fn names(&self) -> impl Iterator<Item = &str> {
        std::iter::once(&self.message)
            .chain(&self.help)
            .flat_map(|text| text.split('`').skip(1).step_by(2))
            .flat_map(|quoted| quoted.split(|c: char| !c.is_alphanumeric() && c != '_'))
    }

    /// Proposes the known name that is nearest to what was written, if one is near.
    #[must_use]
    pub fn suggest<'a>(self, written: &str, known: impl IntoIterator<Item = &'a str>) -> Self {
        match nearest(written, known) {
            Some(name) => self.help(format!("did you mean `{name}`?")),
            None => self,
        }
    }
}

/// No name is longer than this; comparing longer texts would take as long as their product.
const LONGEST_NAME: usize = 100;

/// The known name nearest to what was written, by the letters to insert, delete, replace or swap: at most a third of its letters, and one,
/// may differ, and no more than four.
pub fn nearest<'a>(written: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    if written.len() > LONGEST_NAME {
        return None;
    }
    let allowed = (written.chars().count() / 3).clamp(1, 4);
    known
        .into_iter()
        // A letter has four bytes at the most.
        .filter(|name| name.len().abs_diff(written.len()) <= 4 * allowed)
        .map(|name| (strsim::osa_distance(written, name), name))
        .filter(|(distance, _)| *distance <= allowed)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, name)| name)
}

/// The known names that share words with what was written, or nearly: words are what stands between dots and underscores.
/// Those that share most come first; of these those in which all of it stands between dots, and then the shortest. So many at
/// the most.
pub fn similar<'a>(written: &str, known: impl IntoIterator<Item = &'a str>, most: usize) -> Vec<&'a str> {
    if written.len() > LONGEST_NAME {
        return Vec::new();
    }
    let asked = words(written);
    let mut found: Vec<(usize, bool, &str)> = known
        .into_iter()
        .map(|name| {
            let words = words(name);
            let shared = asked
                .iter()
                .filter(|word| words.iter().any(|other| is_alike(word, other)));
            (shared.count(), name.split('.').any(|part| part == written), name)
        })
        .filter(|(shared, ..)| *shared > 0)
        .collect();
    found.sort_by_key(|(shared, is_part, name)| (Reverse(*shared), Reverse(*is_part), name.len()));
    found.truncate(most);
    found.into_iter().map(|(.., name)| name).collect()
}

fn words(name: &str) -> Vec<String> {
    let words = name.split(['.', '_', ' ', '-']).filter(|word| word.len() > 1);
    words.map(str::to_lowercase).collect()
}

/// Whether two words differ by a few letters, or begin with the same five.
fn is_alike(one: &str, other: &str) -> bool {
    let same = one.chars().zip(other.chars()).take_while(|(a, b)| a == b).count();
    same >= 5 || nearest(one, [other]).is_some()
}

/// A number of things in words: `1 argument`, `no arguments`.
pub fn counted(number: usize, thing: &str) -> String {
    match number {
        0 => format!("no {thing}s"),
        1 => format!("1 {thing}"),
        _ => format!("{number} {thing}s"),
    }
}

/// The faults found so far. A fault that is found twice at the same place is kept once, and one that only follows from
/// what could not be read is not kept at all.
#[derive(Debug, Clone, Default)]
pub struct Faults {
    list: Vec<Diagnostic>,
    seen: BTreeSet<(Span, Code, String)>,
    /// The names in parts of a text that could not be read: they may be declared there.
    unread: BTreeSet<String>,
    /// Whether a whole file could not be read: then any name may be declared there.
    incomplete: bool,
}

impl Faults {
    /// Adds a fault.
    pub fn push(&mut self, fault: Diagnostic) {
        if self.follows(&fault) || !self.seen.insert((fault.span, fault.code, fault.message.clone())) {
            return;
        }
        self.list.push(fault);
    }

    /// Says that a part of a text with these names in it could not be read.
    pub fn leave_unread(&mut self, names: impl IntoIterator<Item = String>) {
        self.unread.extend(names);
    }

    /// Says that a whole file could not be read.
    pub fn leave_incomplete(&mut self) {
        self.incomplete = true;
    }

    /// Whether a fault may only follow from what could not be read.
    fn follows(&self, fault: &Diagnostic) -> bool {
        if self.unread.is_empty() && !self.incomplete {
            return false;
        }
        match fault.code {
            Code::Unused | Code::NoEffect => true,
            Code::MissingKey
            | Code::UnknownId
            | Code::MissingSource
            | Code::Timing
            | Code::NotSold
            | Code::Override => self.incomplete || fault.names().any(|name| self.unread.contains(name)),
            _ => false,
        }
    }

    /// Whether any of them is an error.
    pub fn has_errors(&self) -> bool {
        self.list.iter().any(|f| !f.code.is_warning())
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// All of them in the order of the text: by file, then by place.
    pub fn sorted(&self) -> Vec<&Diagnostic> {
        let mut all: Vec<_> = self.list.iter().collect();
        all.sort_by_key(|f| (f.span.file, f.span.start, f.code));
        all
    }
}
