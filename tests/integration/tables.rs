//! What a person reads: the tables of `compare`, `causes` and `drivers`, whole, for a scenario that has something of everything in it.
//!
//! `UPDATE_TABLES=1 cargo test --test integration` writes them anew; what changed is then to be read.

use std::path::Path;
use std::process::Command;

fn table(arguments: &[&str]) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/integration/tables");
    let output = Command::new(env!("CARGO_BIN_EXE_equipoise"))
        .current_dir(folder)
        .env_remove("COLUMNS")
        .args(arguments)
        .output()
        .expect("the command starts");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("text")
}

/// Fails if a word or a digit of a table changes.
#[test]
fn tables_are_as_they_were_read() {
    for (name, arguments) in [
        ("compare.txt", &["compare", "market.toml", "--attribute"][..]),
        ("causes.txt", &["causes", "market.toml", "--outcome", "sold"]),
        ("drivers.txt", &["drivers", "market.toml"]),
        ("drivers_sold.txt", &["drivers", "market.toml", "--outcome", "sold"]),
        (
            "drivers_sold_after.txt",
            &["drivers", "market.toml", "--measure", "sold_after"],
        ),
    ] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("tests/integration/tables")
            .join(name);
        let found = table(arguments);
        if std::env::var_os("UPDATE_TABLES").is_some() {
            std::fs::write(&path, &found).expect("a table is written");
        }
        let expected = std::fs::read_to_string(&path).unwrap_or_default();
        assert_eq!(found, expected, "{name}");
    }
}
