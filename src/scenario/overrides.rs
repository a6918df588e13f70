//! `--set ADDRESS=VALUE`: puts another value in the place that an address names.

use crate::diagnostic::{Code, Diagnostic, Faults, Files, Span};

use super::merge::merge_entry;
use super::quote::quoted;
use super::read::is_short;
use super::shape::Shape;
use super::tables::Document;
use super::tree::{Entry, Key, Node, Value, is_value, parse_line};

/// An override as the user typed it, `ADDRESS=VALUE`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Override {
    /// The whole of it.
    pub text: String,
}

/// The tables whose entries share one namespace, so that an address need not name them.
const NAMED: [&str; 9] = [
    "parameters",
    "variables",
    "definitions",
    "events",
    "deals",
    "actors",
    "suppliers",
    "systems",
    "balances",
];

/// Whether the entries of a table share the one namespace that expressions read.
pub fn is_in_one_namespace(table: &str) -> bool {
    NAMED.contains(&table)
}

/// Overrides come after every file.
const LAYER: u32 = u32::MAX;

/// Puts the value in its place; faults point into the override, which becomes a text of its own.
pub fn apply(tree: &mut Node, change: &Override, files: &mut Files, faults: &mut Faults) {
    let refused = |files: &mut Files, message: &str, help: &str| {
        let file = files.add(NAME, change.text.clone());
        let span = Span::new(file, 0..change.text.len());
        Diagnostic::new(Code::Override, span, message).help(help)
    };
    let Some((address, written)) = change.text.split_once('=') else {
        let help = "write --set ADDRESS=VALUE, for example --set leverage=0.5";
        faults.push(refused(files, "an override needs an address and a value", help));
        return;
    };
    let address = address.trim();
    let segments: Vec<&str> = address.split('.').collect();
    if segments.iter().any(|segment| segment.trim().is_empty()) {
        let message = if address.is_empty() {
            "there is no address before `=`".to_owned()
        } else {
            format!("`{address}` is no address")
        };
        let help = "an address is one name, or several with dots between them, like polonez_sale.price";
        faults.push(refused(files, &message, help));
        return;
    }
    let (file, value) = read_value(address, written.trim(), files, faults);
    let span = Span::new(file, 0..address.len());
    if let Some(fault) = change_at(tree, address, span, Change::Put(value)) {
        faults.push(fault);
    }
}

/// What is done at the place that an address names.
#[derive(Debug, Clone)]
pub enum Change {
    /// A value is put there, whatever was there before.
    Put(Node),
    /// The same, but that a table is laid over an entry of a table of the scenario, as a file is over its base.
    Lay(Node),
    /// What is there is taken away.
    Remove,
}

/// Makes a change at the place that an address names, which is written at `span`; tells why it cannot be made.
pub fn change_at(tree: &mut Node, address: &str, span: Span, change: Change) -> Option<Diagnostic> {
    let segments: Vec<&str> = address.split('.').collect();
    let place = Address {
        whole: address,
        parts: segments.len(),
        span,
    };
    place.change(tree, &segments, change)
}

/// What the text of an override is called before a reader.
const NAME: &str = "--set";

/// The value as TOML, or else as a text: `--set leverage=0.5` and `--set leverage=resolve*2` both read as they look.
///
/// The text of the override is laid out as the line of TOML it stands for, so that places are those in what is shown.
fn read_value(address: &str, written: &str, files: &mut Files, faults: &mut Faults) -> (u32, Node) {
    // What opens as a list, a table or a string of TOML is meant as one, though it may not be closed.
    let written = if is_value(written) || written.starts_with(['[', '{', '"']) {
        written.to_owned()
    } else {
        quoted(written)
    };
    let file = files.add(NAME, format!("{address} = {written}"));
    // The address need not be a key of TOML: a key of the same length stands for it.
    let padding = " ".repeat(address.len() - 1);
    let line = format!("k{padding} = {written}");
    let value = match parse_line(&line, file, LAYER, files, faults).value {
        Value::Table(mut entries) => entries.pop().map(|entry| entry.node),
        _ => None,
    };
    let missing = Node {
        span: Span::new(file, 0..0),
        value: Value::Faulty,
    };
    (file, value.unwrap_or(missing))
}

/// How many segments a key stands for, if they begin with it: as many as it has parts between dots.
fn fitting(key: &Key, segments: &[&str]) -> Option<usize> {
    let parts = key.text.split('.').count();
    let first = segments.get(..parts)?;
    key.text.split('.').eq(first.iter().copied()).then_some(parts)
}

/// Where in the tree a table stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Depth {
    /// At the top of the scenario: its keys are ids. Where they may stand for the value of one key, that key.
    Entries(Option<&'static str>),
    /// It is itself an entry of such a table, or deeper: its keys are those of the language.
    Below,
}

/// What an override is put at.
struct Address<'a> {
    whole: &'a str,
    parts: usize,
    span: Span,
}

impl Address<'_> {
    fn change(&self, tree: &mut Node, segments: &[&str], change: Change) -> Option<Diagnostic> {
        let Value::Table(top) = &mut tree.value else {
            return Some(self.fault("the scenario has no tables"));
        };
        let first = segments[0];
        if let Some(table) = top.iter_mut().find(|entry| entry.key.text == first) {
            return match &segments[1..] {
                [] => Some(self.fault(&format!("`{first}` is a whole table; name a value in it"))),
                // A new entry of a table would be a misspelt one.
                rest => {
                    let depth = if first == "scenario" {
                        Depth::Below
                    } else {
                        Depth::Entries(main_key(first))
                    };
                    self.descend(&mut table.node, rest, change, depth)
                }
            };
        }
        let mut known = Vec::new();
        let mut found = None;
        for (index, table) in top
            .iter()
            .enumerate()
            .filter(|(_, entry)| NAMED.contains(&entry.key.text.as_str()))
        {
            let Value::Table(entries) = &table.node.value else {
                continue;
            };
            known.extend(entries.iter().map(|entry| entry.key.text.clone()));
            let held = entries.iter().any(|entry| fitting(&entry.key, segments).is_some());
            // A supplier and its actor have one id; what only suppliers have decides.
            let is_supplier = table.key.text == "suppliers";
            let for_supplier = matches!(segments.get(1), Some(&"policy" | &"sells"));
            let paired = matches!(table.key.text.as_str(), "suppliers" | "actors");
            if held && (!paired || is_supplier == for_supplier) {
                found = found.or(Some(index));
            }
        }
        match found {
            Some(index) => {
                let depth = Depth::Entries(main_key(&top[index].key.text));
                self.descend(&mut top[index].node, segments, change, depth)
            }
            None => Some(self.not_in_the_shared_namespace(top, segments, &known)),
        }
    }

    /// What has this name may stand in a table of its own, whose name then begins the address.
    fn not_in_the_shared_namespace(&self, top: &[Entry], segments: &[&str], known: &[String]) -> Diagnostic {
        let holds = |table: &&Entry| match &table.node.value {
            Value::Table(entries) => entries.iter().any(|entry| fitting(&entry.key, segments).is_some()),
            _ => false,
        };
        match top.iter().find(holds) {
            Some(table) => self
                .fault(&format!("nothing has the address `{}`", self.whole))
                .help(format!("did you mean `{}.{}`?", table.key.text, self.whole)),
            None => self.unknown(segments[0], known.iter().map(String::as_str)),
        }
    }

    fn fault(&self, message: &str) -> Diagnostic {
        Diagnostic::new(Code::Override, self.span, message)
    }

    fn unknown<'n>(&self, segment: &str, known: impl IntoIterator<Item = &'n str>) -> Diagnostic {
        self.fault(&format!("nothing has the address `{}`", self.whole))
            .suggest(segment, known)
    }

    /// Goes down the tree by the longest keys that fit: lowered scenarios have dotted ones.
    fn descend(&self, node: &mut Node, segments: &[&str], change: Change, depth: Depth) -> Option<Diagnostic> {
        let Value::Table(entries) = &mut node.value else {
            let above: Vec<&str> = self.whole.split('.').take(self.parts - segments.len()).collect();
            let message = format!(
                "`{}` is {}, and has nothing below it",
                above.join("."),
                node.value.describe()
            );
            return Some(self.fault(&message));
        };
        let fitting = entries
            .iter()
            .enumerate()
            .filter_map(|(index, entry)| Some((fitting(&entry.key, segments)?, index)));
        if let Some((taken, index)) = fitting.max_by_key(|(taken, _)| *taken) {
            if taken < segments.len() {
                return self.descend(&mut entries[index].node, &segments[taken..], change, Depth::Below);
            }
            let known = &mut entries[index].node;
            if let Change::Put(value) | Change::Lay(value) = &change {
                if let Some(fault) = misfit(known, value) {
                    return Some(fault);
                }
                if let Depth::Entries(Some(main)) = depth
                    && put_short(known, main, value)
                {
                    return None;
                }
            }
            match change {
                Change::Put(value) => entries[index].node = value,
                Change::Lay(value) if depth == Depth::Below => entries[index].node = value,
                Change::Lay(value) => merge_entry(&mut entries[index].node, value),
                Change::Remove => {
                    entries.remove(index);
                }
            }
            return None;
        }
        if let ([key], Depth::Below, Change::Put(value) | Change::Lay(value)) = (segments, depth, &change) {
            // A key that is not there yet: whether the table has such a key is seen when the table is read.
            let key = Key {
                text: (*key).to_owned(),
                span: self.span,
                quoted: false,
                order: (LAYER, 0),
            };
            entries.push(Entry {
                key,
                node: value.clone(),
            });
            return None;
        }
        Some(self.unknown(segments[0], entries.iter().map(|entry| entry.key.text.as_str())))
    }
}

/// The key whose value may stand in place of an entry of a table of the scenario.
fn main_key(table: &str) -> Option<&'static str> {
    let document = Document::FIELDS.iter().find(|field| field.name == table)?;
    match document.shape() {
        Shape::Keyed(entry) => match *entry {
            Shape::Table(table) => table.short,
            _ => None,
        },
        _ => None,
    }
}

/// Puts a value that is no table in the place of its main key alone, where what is known is a table: a variable keeps its
/// states, its bound and its unit. Tells whether it did.
fn put_short(known: &mut Node, main: &str, value: &Node) -> bool {
    if matches!(value.value, Value::Table(_)) || is_short(known, main) {
        return false;
    }
    let Value::Table(entries) = &mut known.value else {
        return false;
    };
    match entries.iter_mut().find(|entry| entry.key.text == main) {
        Some(entry) => entry.node = value.clone(),
        None => entries.push(Entry {
            key: Key {
                text: main.to_owned(),
                span: value.span,
                quoted: false,
                order: (LAYER, 0),
            },
            node: value.clone(),
        }),
    }
    true
}

/// What is wrong with a value of another type than what it takes the place of: seen here, it is told where the user wrote
/// it, and not where the scenario reads it.
fn misfit(known: &Node, value: &Node) -> Option<Diagnostic> {
    let Value::Table(entries) = &known.value else {
        return None;
    };
    let draws_truth = entries.iter().any(|entry| entry.key.text == "bernoulli");
    let is_number = matches!(value.value, Value::Integer(_) | Value::Float(_));
    (draws_truth && is_number).then(|| {
        Diagnostic::new(Code::WrongType, value.span, "expected true or false, found a number")
            .help("write true or false, or { bernoulli = 0.3 } for a chance")
    })
}
