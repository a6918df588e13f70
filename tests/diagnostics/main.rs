//! Broken scenarios and the exact text that each must be answered with: one file a case, the scenario and the text
//! together.
//!
//! A case is `NAME.txt` beside this file:
//!
//! ```text
//! the scenario, called `scenario.toml` in what is printed
//! --- file other.toml ---
//! another file in the same folder, for `extends`
//! --- variant ID ---
//! --- set ADDRESS=VALUE ---
//! --- expected ---
//! the text
//! ```
//!
//! `UPDATE_DIAGNOSTICS=1 cargo test --test diagnostics` rewrites the expected texts; what changed is then to be read.

mod case;
mod robustness;

use std::path::{Path, PathBuf};

use case::Case;

/// Fewer would mean that cases are not found.
const FEWEST_CASES: usize = 36;

fn cases() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/diagnostics");
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder)
        .expect("the folder of this file")
        .map(|entry| entry.expect("an entry of the folder").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "txt"))
        .collect();
    paths.sort();
    paths
}

#[test]
fn every_broken_scenario_is_answered_with_its_text() {
    let update = std::env::var_os("UPDATE_DIAGNOSTICS").is_some();
    let paths = cases();
    assert!(paths.len() >= FEWEST_CASES, "only {} cases found", paths.len());
    let mut wrong = String::new();
    for path in &paths {
        let written = std::fs::read_to_string(path).expect("a case in UTF-8");
        let case = Case::read(&written);
        let found = case.answer();
        if found == case.expected {
            continue;
        }
        if update {
            std::fs::write(path, case.with_expected(&found)).expect("a case that can be written");
        } else {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            wrong.push_str(&format!("--- {name}\n{}\n", case::difference(case.expected, &found)));
        }
    }
    assert!(
        wrong.is_empty(),
        "- is expected, + is found:\n{wrong}\nIf all of it is as it should be, run UPDATE_DIAGNOSTICS=1 cargo test --test diagnostics"
    );
}
