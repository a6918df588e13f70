//! The names that a scenario declares: well-formed, not reserved, and each declared once.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Code, Diagnostic, Faults, Span};
use crate::expr::function_names;
use crate::scenario::{Document, Key};

/// The names that have a meaning only in a deal.
pub const CONTEXT_NAMES: [&str; 7] = [
    "deal",
    "system",
    "supplier",
    "recipient",
    "objectors",
    "shift",
    "share_after",
];
/// The other words that have a meaning of their own in expressions.
const WORDS: [&str; 5] = ["now", "true", "false", "in", "and"];

/// What an id that expressions can read names; the index counts in the table of its kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Named {
    /// `[actors.ID]`
    Actor(usize),
    /// `[systems.ID]`
    System(usize),
    /// `[alliances.ID]`
    Alliance(usize),
    /// `[balances.ID]`
    Balance(usize),
    /// `[deals.ID]`
    Deal(usize),
    /// `[parameters]`
    Parameter(usize),
    /// `[variables]`
    Variable(usize),
    /// `[definitions]`
    Definition(usize),
    /// `[events.ID]`
    Event(usize),
    /// Something that could not be read, which has been reported.
    Faulty,
}

impl Named {
    /// What kind of thing it is, for messages.
    pub fn kind(self) -> &'static str {
        match self {
            Named::Actor(_) => "actor",
            Named::System(_) => "system",
            Named::Alliance(_) => "alliance",
            Named::Balance(_) => "balance",
            Named::Deal(_) => "deal",
            Named::Parameter(_) => "parameter",
            Named::Variable(_) => "variable",
            Named::Definition(_) => "definition",
            Named::Event(_) => "event",
            Named::Faulty => "faulty declaration",
        }
    }
}

/// The one namespace that expressions read.
#[derive(Debug, Clone, Default)]
pub struct Namespace {
    names: BTreeMap<String, (Named, Span)>,
    /// Ids that are declared twice, or are none, which has been reported.
    refused: BTreeSet<String>,
}

impl Namespace {
    /// Collects the names of a document. Ids that cannot be are reported.
    pub fn collect(document: &Document, faults: &mut Faults) -> Self {
        let mut namespace = Namespace::default();
        macro_rules! add {
            ($table:ident, $kind:expr, $dotted:expr) => {
                for (index, (key, _)) in document.$table.iter().flat_map(|t| &t.entries).enumerate() {
                    namespace.add(key, $kind(index), $dotted, faults);
                }
                for key in document.$table.iter().flat_map(|t| &t.faulty) {
                    let faulty = (Named::Faulty, key.span);
                    namespace.names.entry(key.text.clone()).or_insert(faulty);
                }
            };
        }
        add!(systems, Named::System, false);
        add!(actors, Named::Actor, false);
        add!(alliances, Named::Alliance, false);
        add!(balances, Named::Balance, false);
        add!(deals, Named::Deal, false);
        add!(parameters, Named::Parameter, true);
        add!(variables, Named::Variable, true);
        add!(definitions, Named::Definition, true);
        add!(events, Named::Event, true);
        namespace
    }

    fn add(&mut self, key: &Key, named: Named, dotted: bool, faults: &mut Faults) {
        if !check_id(key, dotted, faults) {
            self.refused.insert(key.text.clone());
            return;
        }
        if let Some((other, span)) = self.names.get(&key.text) {
            self.refused.insert(key.text.clone());
            if *other == Named::Faulty {
                return;
            }
            let message = format!(
                "`{}` is both {} and {}",
                key.text,
                with_article(other.kind()),
                with_article(named.kind())
            );
            let fault = Diagnostic::new(Code::DuplicateId, key.span, message)
                .label("declared again here")
                .context(*span, "first declared here")
                .help("what an expression can read shares one namespace: give one of them another name");
            faults.push(fault);
            return;
        }
        self.names.insert(key.text.clone(), (named, key.span));
    }

    /// What an id names.
    pub fn get(&self, id: &str) -> Option<Named> {
        self.names.get(id).map(|(named, _)| *named)
    }

    /// Whether an id could not be declared, which has been reported.
    pub fn is_refused(&self, id: &str) -> bool {
        self.refused.contains(id)
    }

    /// Whether an id names an actor, or may: what is faulty has been reported.
    pub fn may_be_actor(&self, id: &str) -> bool {
        matches!(self.get(id), Some(Named::Actor(_) | Named::Faulty))
    }

    /// Whether an id names a system, or may: what is faulty has been reported.
    pub fn may_be_system(&self, id: &str) -> bool {
        matches!(self.get(id), Some(Named::System(_) | Named::Faulty))
    }

    /// All ids, for suggestions.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.names.keys().map(String::as_str)
    }
}

fn with_article(noun: &str) -> String {
    let article = if noun.starts_with(['a', 'e', 'i', 'o', 'u']) {
        "an"
    } else {
        "a"
    };
    format!("{article} {noun}")
}

/// Whether an id is snake_case and not reserved; a dotted one may be an address.
pub fn check_id(key: &Key, dotted: bool, faults: &mut Faults) -> bool {
    let well_formed = |part: &str| {
        part.starts_with(|c: char| c.is_ascii_lowercase())
            && part
                .chars()
                .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
    };
    let id = key.text.as_str();
    let parts_fit = if dotted {
        id.split('.').all(well_formed)
    } else {
        well_formed(id)
    };
    if !parts_fit {
        let fault = Diagnostic::new(
            Code::InvalidId,
            key.span,
            if id.is_empty() {
                "a name cannot be empty".to_owned()
            } else {
                format!("`{id}` is not a name in snake_case")
            },
        );
        // Letters that are not ASCII would be lost.
        let mended = if id.is_ascii() { snake_case(id) } else { String::new() };
        faults.push(if mended.is_empty() || !well_formed(&mended) {
            fault.help("a name begins with a small letter and has small letters, digits and underscores")
        } else {
            fault.help(format!("write `{mended}`, and put the printed name under `name`"))
        });
        return false;
    }
    if CONTEXT_NAMES.contains(&id) || WORDS.contains(&id) || function_names().any(|name| name == id) {
        let message = format!("`{id}` has a meaning of its own in expressions");
        faults.push(Diagnostic::new(Code::InvalidId, key.span, message).help("give it another name"));
        return false;
    }
    true
}

fn snake_case(id: &str) -> String {
    let mut text = String::new();
    for character in id.chars() {
        let plain = character.to_ascii_lowercase();
        if plain.is_ascii_lowercase() || plain.is_ascii_digit() {
            if character.is_ascii_uppercase() && text.ends_with(|c: char| c.is_ascii_lowercase()) {
                text.push('_');
            }
            text.push(plain);
        } else if !text.ends_with('_') && !text.is_empty() {
            text.push('_');
        }
    }
    text.trim_end_matches('_').to_owned()
}
