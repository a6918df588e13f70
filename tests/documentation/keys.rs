//! The tables of keys in the reference are those of the declarations that read a scenario.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use equipoise::distribution::Family;
use equipoise::scenario::{Field, Role, Shape, Table, shape};

/// Every table of the language by its name in the code.
fn tables(shape: &Shape, found: &mut BTreeMap<&'static str, Table>) {
    match shape {
        Shape::List(entry) | Shape::Keyed(entry) => tables(entry, found),
        Shape::Table(table) if !found.contains_key(table.name) => {
            found.insert(table.name, *table);
            table.fields.iter().for_each(|field| tables(&field.shape(), found));
        }
        _ => {}
    }
}

fn value(shape: &Shape, role: Role) -> String {
    let unit = role.unit().map_or(String::new(), |unit| format!("; {unit}"));
    match shape {
        Shape::Any => "anything".to_owned(),
        Shape::Text if !role.choices().is_empty() => {
            let quoted: Vec<String> = role.choices().iter().map(|choice| format!("`\"{choice}\"`")).collect();
            quoted.join(", ")
        }
        Shape::Text => "text".to_owned(),
        Shape::Whole => "whole number".to_owned(),
        Shape::Flag => "`true` or `false`".to_owned(),
        Shape::Day => "date".to_owned(),
        Shape::Amount if role == Role::Condition => "condition".to_owned(),
        Shape::Amount if role == Role::Duration => "duration".to_owned(),
        Shape::Amount => format!("number{unit}"),
        Shape::Repeats => "`true`, or a whole number of at least 1".to_owned(),
        Shape::OneOrMany => "text, or a list of texts".to_owned(),
        Shape::SourceDate => "date, month (`\"2018-02\"`) or year".to_owned(),
        Shape::List(entry) => format!("list: {}", value(entry, role)),
        Shape::Keyed(entry) => format!("table by id: {}", value(entry, role)),
        Shape::Overlay => "table".to_owned(),
        Shape::Table(table) => table.what.to_owned(),
    }
}

fn row(field: &Field, table: &Table) -> String {
    let required = if field.required { " (must be there)" } else { "" };
    let short = if table.short == Some(field.name) {
        " It may stand alone in place of the table."
    } else {
        ""
    };
    let value = value(&field.shape(), field.role);
    format!(
        "| `{}` | {value} | {}{required}{short} |\n",
        field.name,
        field.meaning()
    )
}

fn keys(table: &Table) -> String {
    let rows: String = table.fields.iter().map(|field| row(field, table)).collect();
    format!("\n| key | value | meaning |\n|---|---|---|\n{rows}\n")
}

fn distributions() -> String {
    let named = Family::ALL
        .iter()
        .map(|family| (family.name(), format!("[{}]", family.parameters().join(", "))));
    let others = [
        ("bernoulli", "a chance: true or false".to_owned()),
        ("discrete", "{ \"value\" = weight, ... }".to_owned()),
    ];
    let rows: String = named
        .chain(others)
        .map(|(name, arguments)| format!("| `{name}` | {arguments} |\n"))
        .collect();
    format!("\n| distribution | arguments |\n|---|---|\n{rows}\n")
}

/// The text with each marked part replaced by what is declared, and the names of the tables that it shows.
fn filled(text: &str, tables: &BTreeMap<&'static str, Table>) -> (String, Vec<String>) {
    let (mut filled, mut shown, mut skipping) = (String::new(), Vec::new(), false);
    for line in text.lines() {
        let marker = line.strip_prefix("<!-- ").and_then(|rest| rest.strip_suffix(" -->"));
        if marker.is_some_and(|marker| marker.starts_with('/')) {
            skipping = false;
        }
        if !skipping {
            filled.push_str(line);
            filled.push('\n');
        }
        match marker {
            Some("distributions") => {
                filled.push_str(&distributions());
                skipping = true;
            }
            Some(marker) => {
                if let Some(name) = marker.strip_prefix("keys ") {
                    let table = tables.get(name).unwrap_or_else(|| panic!("no table is called {name}"));
                    filled.push_str(&keys(table));
                    shown.push(name.to_owned());
                    skipping = true;
                }
            }
            None => {}
        }
    }
    (filled, shown)
}

/// Fails if a key was added, changed or taken away and the reference does not say so; `UPDATE_DOCS=1` writes it.
#[test]
fn the_reference_shows_every_key() {
    let mut declared = BTreeMap::new();
    tables(&shape(), &mut declared);
    assert!(declared.len() >= 19, "the tables of the language are not found");
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/src/language.md");
    let text = fs::read_to_string(&path).expect("the reference");
    let (filled, shown) = filled(&text, &declared);
    if std::env::var_os("UPDATE_DOCS").is_some() {
        fs::write(&path, &filled).expect("the reference is written");
    } else {
        assert!(
            text == filled,
            "UPDATE_DOCS=1 cargo test --test documentation brings the reference up to date"
        );
    }
    for name in declared.keys() {
        assert!(
            shown.iter().any(|shown| shown == name),
            "the reference does not show the keys of {name}"
        );
    }
}
