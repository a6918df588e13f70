//! The schema for editors is made from the declarations that parse. `tests/schema.py` holds it against an editor's checker.

use std::fs;
use std::path::Path;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Fails if the language has changed since `schema/scenario.schema.json` was written; `UPDATE_SCHEMA=1` writes it.
#[test]
fn the_schema_is_current() {
    let path = root().join("schema/scenario.schema.json");
    let schema = format!("{:#}\n", equipoise::export::schema());
    if std::env::var_os("UPDATE_SCHEMA").is_some() {
        fs::write(&path, &schema).expect("the schema is written");
    }
    let committed = fs::read_to_string(&path).expect("the schema is read");
    assert!(
        committed == schema,
        "UPDATE_SCHEMA=1 cargo test --test integration writes what `equipoise schema` prints"
    );
}

/// Fails if an editor that opens a shipped scenario does not find the schema.
#[test]
fn shipped_scenarios_name_the_schema() {
    let mut seen = 0;
    for entry in fs::read_dir(root().join("scenarios")).expect("the shipped scenarios") {
        let path = entry.expect("an entry").path();
        if path.extension().is_none_or(|extension| extension != "toml") {
            continue;
        }
        let text = fs::read_to_string(&path).expect("a scenario");
        let named = text.lines().next().and_then(|line| line.strip_prefix("#:schema "));
        let named = named.unwrap_or_else(|| panic!("{} names no schema in its first line", path.display()));
        assert!(
            root().join("scenarios").join(named).is_file(),
            "{named} of {}",
            path.display()
        );
        seen += 1;
    }
    assert!(seen >= 5, "only {seen} shipped scenarios were found");
}
