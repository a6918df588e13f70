//! The scenarios that are measured, and their way through the stages before the one that a file measures.

use equipoise::diagnostic::{Faults, Files};
use equipoise::model::{self, Core};
use equipoise::plan::{self, Plan};
use equipoise::scenario::{Scenario, load_text};

/// The flagship, whose deals are lowered, and the race, which is in the core language.
pub const ALL: [(&str, &str); 2] = [
    ("polonez", include_str!("../../scenarios/polonez.toml")),
    ("race", include_str!("../../scenarios/race.toml")),
];

/// Reads a text.
pub fn read(text: &str) -> (Scenario, Files, Faults) {
    let (mut files, mut faults) = (Files::default(), Faults::default());
    let scenario = load_text("shipped.toml", text, &[], &mut files, &mut faults).expect("a scenario");
    (scenario, files, faults)
}

/// Reads and checks a text.
pub fn check(text: &str) -> (Core, Scenario) {
    let (scenario, files, mut faults) = read(text);
    let core = model::check(&scenario, &files, &mut faults).expect("a scenario without faults");
    (core, scenario)
}

/// Reads, checks and plans a text.
pub fn plan(text: &str) -> Plan {
    plan::plan(&check(text).0)
}
