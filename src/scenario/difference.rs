//! What differs between two scenarios, address by address, and the scenario with only some of the differences made.

use std::collections::BTreeSet;

use super::amount;
use super::merge::is_amount;
use super::overrides::is_in_one_namespace;
use super::tree::{Entry, Key, Node, Value};
use super::written::Written;

/// A place at which two scenarios differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    path: Vec<String>,
    /// The address, as an override spells it.
    pub address: String,
    /// What stands there in the first, as one line of TOML; none if nothing does.
    pub first: Option<String>,
    /// The same in the second.
    pub second: Option<String>,
    /// Whether it is only about names, notes and sources, and cannot change a run.
    pub only_words: bool,
}

impl Difference {
    /// The table of the scenario and its entry in which the place lies.
    pub fn entry(&self) -> &[String] {
        &self.path[..self.path.len().min(2)]
    }
}

/// Keys of words, which no run depends on.
const WORDS: [&str; 6] = ["name", "title", "because", "unit", "source", "note"];
/// What stands at the end of the address of a table whose entries are tried in another order.
const ORDER: &str = "(order)";
/// The tables of a scenario that say nothing of it: who it extends, and what else it could be.
const ASIDE: [&str; 2] = ["extends", "variants"];
/// What is the first scenario's to say of a comparison.
const OF_THE_COMPARISON: [&str; 3] = ["title", "seed", "runs"];

/// What differs in the second scenario, in the order of the first, and then of the second.
pub fn differences(first: &Written, second: &Written) -> Vec<Difference> {
    let mut found = Vec::new();
    if let (Value::Table(one), Value::Table(other)) = (&first.tree.value, &second.tree.value) {
        let aside = |entry: &&Entry| !ASIDE.contains(&entry.key.text.as_str());
        let (one, other): (Vec<&Entry>, Vec<&Entry>) =
            (one.iter().filter(aside).collect(), other.iter().filter(aside).collect());
        let mut walk = Walk {
            path: Vec::new(),
            found: &mut found,
        };
        walk.tables(&one, &other);
    }
    let (one, other) = (happenings(&first.tree), happenings(&second.tree));
    if is_reordered(&one, &other) {
        let shown = |keys: &[String]| Some(keys.join(", "));
        found.push(order_difference(vec!["events".to_owned()], shown(&one), shown(&other)));
    }
    found
}

/// Whether the order of the entries of a table matters.
fn is_ordered(path: &[String]) -> bool {
    let path: Vec<&str> = path.iter().map(String::as_str).collect();
    matches!(
        path[..],
        ["outcomes"] | ["suppliers", _, "policy"] | ["deals", _, "delivers"] | ["events", _, "branches"]
    )
}

/// Whether what both have stands in another order in the second.
fn is_reordered(one: &[String], other: &[String]) -> bool {
    let shared = one.iter().filter(|key| other.contains(key));
    shared.ne(other.iter().filter(|key| one.contains(key)))
}

fn order_difference(mut path: Vec<String>, first: Option<String>, second: Option<String>) -> Difference {
    path.push(ORDER.to_owned());
    Difference {
        address: format!("{} {ORDER}", address(&path[..path.len() - 1])),
        first,
        second,
        only_words: false,
        path,
    }
}

struct Walk<'a> {
    path: Vec<String>,
    found: &'a mut Vec<Difference>,
}

impl Walk<'_> {
    fn tables(&mut self, one: &[&Entry], other: &[&Entry]) {
        let find = |entries: &[&Entry], key: &str| entries.iter().position(|entry| entry.key.text == key);
        for entry in one {
            let matching = find(other, &entry.key.text).map(|index| &other[index].node);
            self.nodes(&entry.key.text, Some(&entry.node), matching);
        }
        for entry in other.iter().filter(|entry| find(one, &entry.key.text).is_none()) {
            self.nodes(&entry.key.text, None, Some(&entry.node));
        }
        let keys = |entries: &[&Entry]| -> Vec<String> { entries.iter().map(|entry| entry.key.text.clone()).collect() };
        let (one, other) = (keys(one), keys(other));
        if is_ordered(&self.path) && is_reordered(&one, &other) {
            let shown = |keys: &[String]| Some(keys.join(", "));
            self.found
                .push(order_difference(self.path.clone(), shown(&one), shown(&other)));
        }
    }

    fn nodes(&mut self, key: &str, one: Option<&Node>, other: Option<&Node>) {
        if self.path == ["scenario"] && OF_THE_COMPARISON.contains(&key) {
            return;
        }
        self.path.push(key.to_owned());
        match (one.map(|node| &node.value), other.map(|node| &node.value)) {
            (Some(Value::Table(one)), Some(Value::Table(other))) if !(is_number(&self.path, one, other)) => {
                self.tables(&one.iter().collect::<Vec<_>>(), &other.iter().collect::<Vec<_>>());
            }
            // Whole tables of the scenario are told entry by entry.
            (None, Some(Value::Table(entries))) if self.path.len() == 1 => {
                self.tables(&[], &entries.iter().collect::<Vec<_>>());
            }
            (Some(Value::Table(entries)), None) if self.path.len() == 1 => {
                self.tables(&entries.iter().collect::<Vec<_>>(), &[]);
            }
            (Some(first), Some(second)) if same(first, second) => {}
            (first, second) => {
                let only_words = is_of_words(&self.path)
                    || first
                        .zip(second)
                        .is_some_and(|(one, other)| same(&bare(one), &bare(other)));
                // A note beside a number that differs is not what is looked for.
                let shown = |value: &Value| text(&if only_words { value.clone() } else { bare(value) });
                let difference = Difference {
                    address: address(&self.path),
                    first: first.map(shown),
                    second: second.map(shown),
                    only_words,
                    path: self.path.clone(),
                };
                self.found.push(difference);
            }
        }
        self.path.pop();
    }
}

fn is_number(path: &[String], one: &[Entry], other: &[Entry]) -> bool {
    path.len() > 1 && (is_amount(one) || is_amount(other))
}

fn is_of_words(path: &[String]) -> bool {
    let last = path.last().map_or("", String::as_str);
    path[0] == "sources"
        || (path.len() > 1 && WORDS.contains(&last) && path.len() != 2)
        || (path[0] == "scenario" && WORDS.contains(&last))
}

/// The address of a path; the name of the table goes without saying where names are in one namespace.
fn address(path: &[String]) -> String {
    let unnamed = path.len() > 1 && is_in_one_namespace(&path[0]);
    // A supplier and its actor have one id.
    let paired = matches!(path[0].as_str(), "suppliers" | "actors");
    let is_clear = !paired
        || path
            .get(2)
            .is_some_and(|key| (path[0] == "suppliers") == matches!(key.as_str(), "policy" | "sells"));
    path[usize::from(unnamed && is_clear)..].join(".")
}

/// A number without its words; what has nothing else to say is its value alone.
fn bare(value: &Value) -> Value {
    let Value::Table(entries) = value else {
        return value.clone();
    };
    if !is_amount(entries) {
        return value.clone();
    }
    let said = |entry: &&Entry| amount::is_main_key(&entry.key.text) || entry.key.text == "truncate";
    let kept: Vec<Entry> = entries.iter().filter(said).cloned().collect();
    match &kept[..] {
        [only] if only.key.text == "value" => only.node.value.clone(),
        _ => Value::Table(kept),
    }
}

/// Whether two values are the same, wherever they are written.
fn same(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Integer(a), Value::Float(b)) | (Value::Float(b), Value::Integer(a)) => *a as f64 == *b,
        (Value::Float(a), Value::Float(b)) => a == b,
        (Value::Text(a), Value::Text(b)) => a == b,
        (Value::Integer(a), Value::Integer(b)) => a == b,
        (Value::Boolean(a), Value::Boolean(b)) => a == b,
        (Value::Date(a), Value::Date(b)) => a == b,
        (Value::Array(a), Value::Array(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(&a.value, &b.value))
        }
        (Value::Table(a), Value::Table(b)) => {
            let find = |entry: &Entry| b.iter().find(|other| other.key.text == entry.key.text);
            a.len() == b.len()
                && a.iter()
                    .all(|entry| find(entry).is_some_and(|other| same(&entry.node.value, &other.node.value)))
        }
        _ => false,
    }
}

/// A value as one line of TOML.
fn text(value: &Value) -> String {
    match value {
        Value::Text(text) => format!("{text:?}"),
        Value::Integer(whole) => whole.to_string(),
        Value::Float(number) => crate::expr::number(*number),
        Value::Boolean(boolean) => boolean.to_string(),
        Value::Date(date) => super::date::format(*date),
        Value::Array(items) => {
            let items: Vec<String> = items.iter().map(|item| text(&item.value)).collect();
            format!("[{}]", items.join(", "))
        }
        Value::Table(entries) => {
            let entries: Vec<String> = entries
                .iter()
                .map(|entry| format!("{} = {}", entry.key.text, text(&entry.node.value)))
                .collect();
            format!("{{ {} }}", entries.join(", "))
        }
        Value::Faulty => "?".to_owned(),
    }
}

impl Written {
    /// The first scenario with only these of its differences from the second made. All of them give the second, but for its
    /// words.
    #[must_use]
    pub fn with(&self, second: &Written, differences: &[&Difference]) -> Written {
        let chosen: BTreeSet<&[String]> = differences.iter().map(|difference| &difference.path[..]).collect();
        let mut mixed = self.clone();
        let mut path = Vec::new();
        mix(&mut mixed.tree, &second.tree, &chosen, &mut path);
        let (one, other) = (happenings(&self.tree), happenings(&second.tree));
        rank(
            &mut mixed.tree,
            &in_order(&["events".to_owned()], &chosen, &one, &other),
        );
        mixed
    }
}

fn mix(node: &mut Node, second: &Node, chosen: &BTreeSet<&[String]>, path: &mut Vec<String>) {
    let (Value::Table(entries), Value::Table(others)) = (&mut node.value, &second.value) else {
        return;
    };
    let before = entries.iter().map(|entry| entry.key.text.clone()).collect::<Vec<_>>();
    let after = others.iter().map(|entry| entry.key.text.clone()).collect::<Vec<_>>();
    let mut mixed: Vec<Entry> = Vec::new();
    for key in in_order(path, chosen, &before, &after) {
        let find = |entries: &[Entry]| entries.iter().find(|entry| entry.key.text == key).cloned();
        let (one, other) = (find(entries), find(others));
        path.push(key);
        let kept = match (one, other) {
            (one, other) if chosen.contains(&path[..]) => match (one, other) {
                (Some(one), Some(other)) => Some(Entry {
                    key: one.key,
                    node: other.node,
                }),
                (_, other) => other,
            },
            (Some(mut one), Some(other)) => {
                mix(&mut one.node, &other.node, chosen, path);
                Some(one)
            }
            (None, Some(other)) if path.len() == 1 && !ASIDE.contains(&path[0].as_str()) => {
                let mut empty = Entry {
                    node: Node {
                        span: other.node.span,
                        value: Value::Table(Vec::new()),
                    },
                    ..other.clone()
                };
                mix(&mut empty.node, &other.node, chosen, path);
                Some(empty).filter(|entry| matches!(&entry.node.value, Value::Table(entries) if !entries.is_empty()))
            }
            (Some(mut one), None) if path.len() == 1 => {
                let empty = Node {
                    span: one.node.span,
                    value: Value::Table(Vec::new()),
                };
                mix(&mut one.node, &empty, chosen, path);
                Some(one)
            }
            (one, _) => one,
        };
        path.pop();
        mixed.extend(kept);
    }
    *entries = mixed;
}

/// The keys of both lists in the order of the first, or, if that is chosen, of the second.
fn in_order(path: &[String], chosen: &BTreeSet<&[String]>, first: &[String], second: &[String]) -> Vec<String> {
    let of_order = [path, &[ORDER.to_owned()]].concat();
    if chosen.contains(&of_order[..]) {
        in_one_order(first, second)
    } else {
        in_one_order(second, first)
    }
}

/// The keys of both lists in one order: that of the second, where it says something; what only the first has comes before
/// what follows it there.
fn in_one_order(first: &[String], second: &[String]) -> Vec<String> {
    let mut order = second.to_vec();
    for (index, key) in first.iter().enumerate().rev() {
        if order.contains(key) {
            continue;
        }
        let next = first[index + 1..]
            .iter()
            .find_map(|next| order.iter().position(|known| known == next));
        order.insert(next.unwrap_or(order.len()), key.clone());
    }
    order
}

/// The tables in whose entries ties between events are broken by their order.
const IN_ORDER: [&str; 2] = ["deals", "events"];

fn keys_in_order(tree: &mut Node) -> Vec<(String, &mut Key)> {
    let Value::Table(top) = &mut tree.value else {
        return Vec::new();
    };
    let tables = top
        .iter_mut()
        .filter(|table| IN_ORDER.contains(&table.key.text.as_str()));
    tables
        .flat_map(|table| match &mut table.node.value {
            Value::Table(entries) => {
                let name = &table.key.text;
                entries
                    .iter_mut()
                    .map(|entry| (format!("{name}.{}", entry.key.text), &mut entry.key))
                    .collect()
            }
            _ => Vec::new(),
        })
        .collect()
}

/// The deals and events of a tree, in their order.
fn happenings(tree: &Node) -> Vec<String> {
    let mut copy = tree.clone();
    let mut keys = keys_in_order(&mut copy);
    keys.sort_by_key(|(_, key)| key.order);
    keys.into_iter().map(|(id, _)| id).collect()
}

/// Gives the deals and events of a tree this order.
fn rank(tree: &mut Node, order: &[String]) {
    for (id, key) in keys_in_order(tree) {
        let place = order.iter().position(|known| *known == id).unwrap_or(order.len());
        key.order = (0, u32::try_from(place).unwrap_or(u32::MAX));
    }
}
