//! The scenarios that are shipped, and those that other tests play.

use std::fs;
use std::path::Path;

use equipoise::engine::{BatchPlayer, Block, Ending, Player, compile};
use equipoise::plan::{Plan, plan};

use crate::play::core;

const RUNS: usize = 2000;

fn scenarios() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    for folder in ["scenarios", "tests/integration/scenarios"] {
        for entry in fs::read_dir(root.join(folder)).expect("a folder of scenarios is read") {
            let path = entry.expect("an entry of a folder is read").path();
            let text = fs::read_to_string(&path).expect("a scenario is text");
            found.push((path.display().to_string(), text));
        }
    }
    found.sort();
    found
}

/// Fails if a row, a checksum or an ending of a run differs between the engines in a single bit.
pub fn same_rows(name: &str, plan: &Plan, seed: u64, first: u64, runs: usize) -> Block {
    let expected = Player::new(plan, seed).block(first, runs);
    let compiled = compile(plan);
    let found = BatchPlayer::new(&compiled, seed).block(first, runs);
    let bits = |column: &[f64]| column.iter().map(|value| value.to_bits()).collect::<Vec<_>>();
    assert_eq!(expected.endings, found.endings, "{name}: how runs ended");
    let differing = expected.checksums.iter().zip(&found.checksums).position(|(one, other)| one != other);
    assert_eq!(differing, None, "{name}: the first run whose checksum differs");
    for lane in (0..runs).filter(|lane| expected.endings[*lane] == Ending::Valid) {
        assert_eq!(expected.outcomes[lane], found.outcomes[lane], "{name}: the outcome of run {lane}");
        let column = |block: &Block| {
            let columns = block.measures.iter().chain(block.series.iter().flatten());
            bits(&columns.map(|column| column[lane]).collect::<Vec<_>>())
        };
        assert_eq!(column(&expected), column(&found), "{name}: what is measured of run {lane}");
        let counts = |block: &Block| block.counts.iter().map(|column| column[lane]).collect::<Vec<_>>();
        assert_eq!(counts(&expected), counts(&found), "{name}: what fired in run {lane}");
    }
    found
}

/// Fails if the engines play any run of a shipped scenario differently.
#[test]
fn shipped_scenarios_are_played_alike() {
    for (name, text) in scenarios() {
        let plan = plan(&core(&text));
        for (first, runs) in [(0, 512), (512, 512), (7_000_000, 300), (0, 1), (3, 17)] {
            same_rows(&name, &plan, 2016, first, runs);
        }
        same_rows(&name, &plan, 9, 0, RUNS.min(512));
    }
}
