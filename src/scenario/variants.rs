//! `[variants.ID]`: the same scenario with something else in it.
//!
//! A variant first does without what `remove` names; then its tables are laid over those of the scenario, as a file is
//! over its base; then `set` puts values in the places of addresses.

use crate::diagnostic::{Code, Diagnostic, Faults, Files, Span};

use super::merge::merge;
use super::overrides::{Change, change_at, is_in_one_namespace};
use super::read::{Read, Reader};
use super::tables::{Document, Variant};
use super::tree::{Entry, Node, Value};

const TABLE: &str = "variants";
/// Events that a variant adds come after those of every file.
const LAYER: u32 = u32::MAX - 1;

/// Lays the variant that the user chose over the scenario.
pub fn apply_chosen(tree: &mut Node, id: &str, files: &mut Files, faults: &mut Faults) {
    let known = variants(tree);
    if let Some(variant) = known.iter().find(|entry| entry.key.text == id) {
        let variant = variant.node.clone();
        apply(tree, variant, faults);
        return;
    }
    let span = Span::new(files.add("--variant", id), 0..id.len());
    let mut fault = Diagnostic::new(Code::UnknownId, span, format!("there is no variant `{id}`"));
    if known.is_empty() {
        fault = fault.help("the scenario has none; one is written as a table, [variants.ID]");
    } else {
        let ids: Vec<&str> = known.iter().map(|entry| entry.key.text.as_str()).collect();
        fault = fault.suggest(id, ids.iter().copied());
        if fault.help.is_empty() {
            fault = fault.help(format!("its variants are {}", ids.join(", ")));
        }
    }
    faults.push(fault);
}

/// Sees that the variants that were not chosen fit the scenario too.
pub fn try_others(tree: &Node, chosen: Option<&str>, faults: &mut Faults) {
    let others = variants(tree)
        .iter()
        .filter(|entry| chosen != Some(entry.key.text.as_str()));
    // Where the scenario itself is faulty, what a variant makes of it says nothing of the variant.
    let mut own = faults.clone();
    let sound = Document::read(tree, &mut Reader { faults: &mut own }).is_some() && !own.has_errors();
    let mut without_variants = tree.clone();
    if let Value::Table(top) = &mut without_variants.value {
        top.retain(|entry| entry.key.text != TABLE);
    }
    for entry in others {
        let mut varied = without_variants.clone();
        apply(&mut varied, entry.node.clone(), faults);
        if sound {
            Document::read(&varied, &mut Reader { faults });
        }
    }
}

/// The entries of the table of variants.
pub fn variants(tree: &Node) -> &[Entry] {
    let Value::Table(top) = &tree.value else { return &[] };
    let found = top.iter().find(|entry| entry.key.text == TABLE);
    match found.map(|entry| &entry.node.value) {
        Some(Value::Table(entries)) => entries,
        _ => &[],
    }
}

fn apply(tree: &mut Node, variant: Node, faults: &mut Faults) {
    // What is no table, or has keys that no variant has, is reported where the table of variants is read.
    let Value::Table(parts) = variant.value else { return };
    let (mut title, mut set, mut removed, mut added) = (None, Vec::new(), Vec::new(), Vec::new());
    for part in parts {
        match (part.key.text.as_str(), part.node.value) {
            ("title", Value::Text(text)) => title = Some(text),
            ("set", Value::Table(entries)) => set = entries,
            ("remove", Value::Array(items)) => removed = items,
            (name, value @ Value::Table(_)) if is_table_of_scenario(name) => {
                let mut entry = Entry {
                    key: part.key,
                    node: Node {
                        span: part.node.span,
                        value,
                    },
                };
                rank(&mut entry);
                added.push(entry);
            }
            _ => {}
        }
    }
    let mut note = |fault: Option<Diagnostic>| fault.into_iter().for_each(|fault| faults.push(fault));
    for item in &removed {
        if let Value::Text(address) = &item.value {
            note(change_at(tree, address, item.span, Change::Remove));
        }
    }
    let scenario = Node {
        span: tree.span,
        value: Value::Boolean(false),
    };
    let over = Node {
        span: tree.span,
        value: Value::Table(added),
    };
    *tree = merge(std::mem::replace(tree, scenario), over);
    for entry in set {
        let address = &entry.key.text;
        let mut fault = change_at(tree, address, entry.key.span, Change::Lay(entry.node));
        if let (Some(fault), Some(taken)) = (&mut fault, removing(&removed, address)) {
            fault.help = vec![format!("its `remove` takes `{taken}` away")];
        }
        note(fault);
    }
    if let Some(title) = title {
        entitle(tree, &title);
    }
}

/// The address that took another one away, if one of those that are removed did.
fn removing<'r>(removed: &'r [Node], address: &str) -> Option<&'r str> {
    // What shares the one namespace may be named with its table or without.
    fn bare(address: &str) -> &str {
        match address.split_once('.') {
            Some((table, rest)) if is_in_one_namespace(table) => rest,
            _ => address,
        }
    }
    let addresses = removed.iter().filter_map(|item| match &item.value {
        Value::Text(taken) => Some(taken.as_str()),
        _ => None,
    });
    let takes = |taken: &&str| {
        let rest = bare(address).strip_prefix(bare(taken));
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    };
    addresses.into_iter().find(takes)
}

fn is_table_of_scenario(name: &str) -> bool {
    let has = |fields: &[super::Field]| fields.iter().any(|field| field.name == name);
    has(Variant::FIELDS) && has(Document::FIELDS)
}

/// Puts what a variant adds behind what the files have, where order counts.
fn rank(entry: &mut Entry) {
    entry.key.order.0 = LAYER;
    if let Value::Table(below) = &mut entry.node.value {
        below.iter_mut().for_each(rank);
    }
}

/// Adds the variant's title to that of the scenario.
fn entitle(tree: &mut Node, title: &str) {
    let Value::Table(top) = &mut tree.value else { return };
    let header = top.iter_mut().find(|entry| entry.key.text == "scenario");
    let Some(Value::Table(entries)) = header.map(|entry| &mut entry.node.value) else {
        return;
    };
    let found = entries.iter_mut().find(|entry| entry.key.text == "title");
    if let Some(Value::Text(text)) = found.map(|entry| &mut entry.node.value) {
        *text = format!("{text}: {title}");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Fails if a table is added to the scenario that a variant cannot add to.
    #[test]
    fn a_variant_can_add_to_every_table() {
        let known = Document::FIELDS.iter().map(|field| field.name);
        let missing: Vec<&str> = known
            .filter(|name| !matches!(*name, "extends" | TABLE) && !is_table_of_scenario(name))
            .collect();
        assert!(
            missing.is_empty(),
            "the table of variants, in tables.rs, lacks {missing:?}"
        );
    }
}
