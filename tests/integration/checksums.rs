//! The shipped scenarios give the committed results: `checksums.txt` holds, for each, how many runs it plays, the checksum
//! over all of them, and how many ended each way. A change of any of these is a breaking change, for CHANGELOG.md.
//!
//! `UPDATE_CHECKSUMS=1 cargo test --test integration` writes the file anew.

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use equipoise::diagnostic::{Faults, Files, render};
use equipoise::model::{Core, check, expand, unsourced};
use equipoise::plan::{UNRESOLVED, plan};
use equipoise::scenario::load;

use crate::play::{core, results};

const COMMITTED: &str = include_str!("checksums.txt");

/// The shipped scenarios by name, with the file of each.
fn shipped() -> Vec<(String, PathBuf)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
    let entries = fs::read_dir(folder).expect("there are shipped scenarios");
    let paths = entries.map(|entry| entry.expect("an entry of a folder is read").path());
    let scenarios = paths.filter(|path| path.extension().is_some_and(|extension| extension == "toml"));
    let mut named: Vec<_> = scenarios
        .map(|path| (path.file_stem().expect("a name").to_string_lossy().into_owned(), path))
        .collect();
    named.sort();
    named
}

/// The core of a shipped scenario; one that tells a true story gives every number a source or a note.
fn shipped_core(path: &Path) -> Core {
    let (mut files, mut faults) = (Files::default(), Faults::default());
    let scenario = load(path, &[], &mut files, &mut faults).expect("a shipped scenario is there");
    let scenario = scenario.expect("a shipped scenario is read");
    if !path.ends_with("race.toml") {
        unsourced(&scenario.document, &mut faults);
    }
    let core = check(&scenario, &files, &mut faults);
    assert!(faults.is_empty(), "{}", render(&faults, &files, false));
    core.expect("a scenario without a fault has a core")
}

fn played(core: &Core) -> String {
    let plan = plan(core);
    let results = results(&plan, core.seed, 0..core.runs, 2);
    let mut line = format!("runs {} checksum {:016x}", core.runs, results.checksum());
    let names = plan.observed.outcomes.iter().map(|outcome| outcome.id.as_str());
    for (name, count) in names.chain([UNRESOLVED]).zip(results.outcomes()) {
        write!(line, " {name} {count}").expect("a text can be written to");
    }
    line
}

/// Fails if any bit of any of the runs that a shipped scenario plays by default differs from what is committed, or if a
/// shipped scenario has a fault or a warning, a number without source or note, or is not committed at all.
#[test]
fn shipped_scenarios_give_the_committed_results() {
    let mut found = String::new();
    for (name, path) in shipped() {
        let line = played(&shipped_core(&path));
        writeln!(found, "{name} {line}").expect("a text can be written to");
    }
    if std::env::var_os("UPDATE_CHECKSUMS").is_some() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/integration/checksums.txt");
        fs::write(path, &found).expect("the checksums are written");
        return;
    }
    assert_eq!(
        found, COMMITTED,
        "committed results changed: that breaks every kept result"
    );
}

/// Fails if what `expand` prints of a shipped scenario plays another story in any run.
#[test]
fn shipped_scenarios_expanded_give_the_committed_results() {
    for (name, path) in shipped() {
        let line = played(&core(&expand(&shipped_core(&path))));
        assert!(
            COMMITTED.contains(&format!("{name} {line}\n")),
            "{name}, expanded: {line}"
        );
    }
}
