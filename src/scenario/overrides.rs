//! `--set ADDRESS=VALUE`: puts another value in the place that an address names.

use crate::diagnostic::{Code, Diagnostic, Faults, Files, Span};

use super::tree::{Entry, Key, Node, Value, parse};

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

/// Overrides come after every file.
const LAYER: u32 = u32::MAX;

/// Puts the value in its place; faults point into the override, which becomes a text of its own.
pub fn apply(tree: &mut Node, change: &Override, files: &mut Files, faults: &mut Faults) {
    let Some((address, written)) = change.text.split_once('=') else {
        let file = files.add("--set", change.text.clone());
        let span = Span::new(file, 0..change.text.len());
        let help = "write --set ADDRESS=VALUE, for example --set leverage=0.5";
        faults.push(Diagnostic::new(Code::Override, span, "an override needs an address and a value").help(help));
        return;
    };
    let address = address.trim();
    let (file, value) = read_value(address, written.trim(), files, faults);
    let span = Span::new(file, 0..address.len());
    let segments: Vec<&str> = address.split('.').collect();
    if segments.iter().any(|segment| segment.is_empty()) {
        faults.push(Diagnostic::new(
            Code::Override,
            span,
            format!("`{address}` is no address"),
        ));
        return;
    }
    if let Some(fault) = place(tree, &segments, address, span, value) {
        faults.push(fault);
    }
}

/// The value as TOML, or else as a text: `--set leverage=0.5` and `--set leverage=resolve*2` both read as they look.
fn read_value(address: &str, written: &str, files: &mut Files, faults: &mut Faults) -> (u32, Node) {
    // The text of the override is laid out as the line of TOML it stands for, so that spans point into what is shown.
    let line = |value: &str| format!("{address} = {value}");
    let file = files.add("--set", line(written));
    let mut trial = Faults::default();
    let tree = parse(file, LAYER, files, &mut trial);
    if !trial.has_errors()
        && let Some(node) = innermost(tree)
    {
        return (file, node);
    }
    let quoted = written.replace('\\', "\\\\").replace('"', "\\\"");
    let file = files.add("--set", line(&format!("\"{quoted}\"")));
    let tree = parse(file, LAYER, files, faults);
    let span = Span::new(file, 0..address.len());
    let node = innermost(tree).unwrap_or(Node {
        span,
        value: Value::Text(written.to_owned()),
    });
    (file, node)
}

/// The value at the end of a dotted key.
fn innermost(mut node: Node) -> Option<Node> {
    let depth_limit = 64;
    for _ in 0..depth_limit {
        match node.value {
            // A dotted key makes tables that stand where the key stands; a table that was typed stands after it.
            Value::Table(mut entries) if entries.len() == 1 && is_dotted(&entries, node.span) => {
                node = entries.pop()?.node;
            }
            _ => return Some(node),
        }
    }
    None
}

fn is_dotted(entries: &[Entry], table: Span) -> bool {
    let key = entries[0].key.span;
    table.end <= table.start || (table.start <= key.start && table.end <= key.end) || table.start == 0
}

fn place(tree: &mut Node, segments: &[&str], address: &str, span: Span, value: Node) -> Option<Diagnostic> {
    let unknown = |known: Vec<String>, segment: &str| {
        let fault = Diagnostic::new(Code::Override, span, format!("nothing has the address `{address}`"));
        Some(fault.suggest(segment, known.iter().map(String::as_str)))
    };
    let Value::Table(top) = &mut tree.value else {
        return unknown(Vec::new(), address);
    };
    let first = segments[0];
    if let Some(table) = top.iter_mut().find(|entry| entry.key.text == first) {
        return match &segments[1..] {
            [] => Some(Diagnostic::new(
                Code::Override,
                span,
                format!("`{address}` is a whole table; name a value in it"),
            )),
            rest => descend(&mut table.node, rest, address, span, value),
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
        let held = (1..=segments.len())
            .rev()
            .any(|n| entries.iter().any(|entry| entry.key.text == segments[..n].join(".")));
        // A supplier and its actor have one id; what only suppliers have decides.
        let is_supplier = table.key.text == "suppliers";
        let for_supplier = matches!(segments.get(1), Some(&"policy" | &"sells"));
        let paired = matches!(table.key.text.as_str(), "suppliers" | "actors");
        if held && (!paired || is_supplier == for_supplier) {
            found = found.or(Some(index));
        }
    }
    match found {
        Some(index) => descend(&mut top[index].node, segments, address, span, value),
        None => unknown(known, first),
    }
}

/// Goes down the tree by the longest keys that fit: lowered scenarios have dotted ones.
fn descend(node: &mut Node, segments: &[&str], address: &str, span: Span, value: Node) -> Option<Diagnostic> {
    let Value::Table(entries) = &mut node.value else {
        let message = format!("`{address}` goes below {}", node.value.describe());
        return Some(Diagnostic::new(Code::Override, span, message));
    };
    for taken in (1..=segments.len()).rev() {
        let key = segments[..taken].join(".");
        if let Some(entry) = entries.iter_mut().find(|entry| entry.key.text == key) {
            if taken == segments.len() {
                entry.node = value;
                return None;
            }
            return descend(&mut entry.node, &segments[taken..], address, span, value);
        }
    }
    if let [key] = segments {
        // A key that is not there yet: whether the table has such a key is seen when the table is read.
        let key = Key {
            text: (*key).to_owned(),
            span,
            quoted: false,
            order: (LAYER, 0),
        };
        entries.push(Entry { key, node: value });
        return None;
    }
    let fault = Diagnostic::new(Code::Override, span, format!("nothing has the address `{address}`"));
    Some(fault.suggest(segments[0], entries.iter().map(|entry| entry.key.text.as_str())))
}
