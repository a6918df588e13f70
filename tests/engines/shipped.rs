//! The scenarios that are shipped, and those that other tests play.

use std::fs;
use std::path::Path;

use equipoise::plan::plan;

use crate::rows::{core, same_rows};

fn scenarios() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    for folder in ["scenarios", "tests/integration/scenarios"] {
        for entry in fs::read_dir(root.join(folder)).expect("a folder of scenarios is read") {
            let path = entry.expect("an entry of a folder is read").path();
            if path.extension().is_none_or(|extension| extension != "toml") {
                continue;
            }
            let text = fs::read_to_string(&path).expect("a scenario is text");
            found.push((path.display().to_string(), text));
        }
    }
    found.sort();
    found
}

/// Fails if the engines play any run of a shipped scenario differently.
#[test]
fn shipped_scenarios_are_played_alike() {
    for (name, text) in scenarios() {
        let plan = plan(&core(&text).unwrap_or_else(|faults| panic!("{name}: {faults}")));
        for (first, runs) in [(0, 512), (512, 512), (7_000_000, 300), (0, 1), (3, 17)] {
            same_rows(&plan, 2016, first, runs).unwrap_or_else(|difference| panic!("{name}: {difference}"));
        }
    }
}
