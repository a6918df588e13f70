//! Lays one tree over another: tables are merged key by key, everything else is replaced.

use super::amount;
use super::tree::{Entry, Node, Value};

/// The base with what `over` says laid over it. A key that both have keeps the base's place in the order.
pub fn merge(base: Node, over: Node) -> Node {
    merge_below(base, over, 0)
}

/// Lays what `over` says over an entry of a table of the scenario.
pub fn merge_entry(base: &mut Node, over: Node) {
    let emptied = Node {
        span: over.span,
        value: Value::Boolean(false),
    };
    let known = std::mem::replace(base, emptied);
    *base = merge_below(known, over, 2);
}

fn merge_below(base: Node, over: Node, depth: u32) -> Node {
    match (base.value, over.value) {
        (Value::Table(known), Value::Table(new)) if depth < 2 || !(is_amount(&known) || is_amount(&new)) => Node {
            span: over.span,
            value: Value::Table(merge_entries(known, new, depth)),
        },
        (_, value) => Node { span: over.span, value },
    }
}

/// Whether a table is a number written long (`{ pert = [...], source = "..." }`). Such a table is one value: half of one
/// laid over half of another would be neither, and a source does not vouch for the number that replaces its own.
pub fn is_amount(entries: &[Entry]) -> bool {
    let keys = || entries.iter().map(|entry| entry.key.text.as_str());
    keys().any(amount::is_main_key) && keys().all(|key| amount::is_main_key(key) || amount::is_side_key(key))
}

fn merge_entries(mut base: Vec<Entry>, over: Vec<Entry>, depth: u32) -> Vec<Entry> {
    for entry in over {
        match base.iter_mut().find(|known| known.key.text == entry.key.text) {
            Some(known) => {
                let emptied = Node {
                    span: entry.node.span,
                    value: Value::Boolean(false),
                };
                let below = std::mem::replace(&mut known.node, emptied);
                known.node = merge_below(below, entry.node, depth + 1);
                known.key.span = entry.key.span;
            }
            None => base.push(entry),
        }
    }
    base
}
