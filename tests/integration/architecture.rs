//! The folder tree is the architecture: a stage imports only stages before it, and leaves. Fails on the first `crate::`
//! path that points the other way, and on an engine that reaches for a file, the terminal or TOML.

use std::fs;
use std::path::{Path, PathBuf};

/// The stages, each after those that it may import.
const STAGES: [&str; 9] = [
    "scenario", "model", "plan", "engine", "results", "analysis", "export", "report", "cli",
];
/// What any stage may import, each with the leaves that it stands on itself.
const LEAVES: [(&str, &[&str]); 5] = [
    ("numeric", &[]),
    ("statistics", &["numeric"]),
    ("diagnostic", &[]),
    ("distribution", &["numeric"]),
    ("expr", &["diagnostic", "numeric"]),
];

fn source_files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder of the sources is read") {
        let path = entry.expect("an entry of a folder is read").path();
        if path.is_dir() {
            found.extend(source_files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
    found.sort();
    found
}

fn sources() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// The first part of every path from the crate's root in a text, with the number of its line.
fn imported(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.lines().enumerate().flat_map(|(number, line)| {
        let code = line.split("//").next().unwrap_or_default();
        let after = code.split("crate::").skip(1);
        after.map(move |rest| {
            let end = rest
                .find(|c: char| !c.is_ascii_lowercase() && c != '_')
                .unwrap_or(rest.len());
            (number + 1, &rest[..end])
        })
    })
}

fn may_import(module: &str, other: &str) -> bool {
    let stage = |name: &str| STAGES.iter().position(|stage| *stage == name);
    let leaf = LEAVES.iter().find(|(leaf, _)| *leaf == module);
    match (leaf, stage(module), stage(other)) {
        _ if module == other => true,
        (Some((_, below)), _, _) => below.contains(&other),
        (None, Some(this), Some(that)) => that < this,
        (None, Some(_), None) => LEAVES.iter().any(|(leaf, _)| *leaf == other),
        (None, None, _) => false,
    }
}

#[test]
fn a_stage_imports_only_stages_before_it_and_leaves() {
    let root = sources();
    let mut paths_seen = 0;
    let mut faults = Vec::new();
    for file in source_files(&root) {
        let inside = file.strip_prefix(&root).expect("a source file lies among the sources");
        let Some(module) = inside.iter().next().and_then(|first| first.to_str()) else {
            continue;
        };
        if inside.components().count() == 1 {
            // `lib.rs` and `main.rs` link the stages.
            continue;
        }
        let text = fs::read_to_string(&file).expect("a source file is text");
        for (line, other) in imported(&text) {
            paths_seen += 1;
            if !may_import(module, other) {
                faults.push(format!("src/{}:{line}: `{module}` imports `{other}`", inside.display()));
            }
        }
    }
    assert!(
        paths_seen > 100,
        "only {paths_seen} paths were found: this test reads the wrong files"
    );
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn every_folder_is_a_stage_or_a_leaf() {
    for entry in fs::read_dir(sources()).expect("the sources are read") {
        let path = entry.expect("an entry of a folder is read").path();
        let name = path
            .file_name()
            .and_then(|name| name.to_str())
            .expect("a name is text")
            .to_owned();
        let known = STAGES.contains(&name.as_str()) || LEAVES.iter().any(|(leaf, _)| *leaf == name);
        assert!(!path.is_dir() || known, "`src/{name}` has no place in the flow");
    }
}

#[test]
fn the_engine_knows_no_file_no_terminal_and_no_toml() {
    for file in source_files(&sources().join("engine")) {
        let text = fs::read_to_string(&file).expect("a source file is text");
        for banned in [
            "std::fs",
            "std::io",
            "println!",
            "eprintln!",
            "toml::",
            "anstream",
            "indicatif",
        ] {
            assert!(!text.contains(banned), "{} uses {banned}", file.display());
        }
    }
}

#[test]
fn a_path_that_points_back_is_seen() {
    assert_eq!(
        imported("use crate::plan::Plan; // crate::cli").collect::<Vec<_>>(),
        [(1, "plan")]
    );
    assert!(!may_import("model", "plan"));
    assert!(!may_import("numeric", "model"));
    assert!(may_import("plan", "model"));
    assert!(may_import("plan", "numeric"));
}
