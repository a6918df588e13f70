//! The command from end to end: what it prints is the same however the runs are cut.

use std::path::Path;
use std::process::{Command, Output};

use crate::shipped;

fn equipoise(folder: &Path, arguments: &[&str]) -> Output {
    let output = Command::new(env!("CARGO_BIN_EXE_equipoise"))
        .current_dir(folder)
        .args(arguments)
        .output()
        .expect("the command starts");
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{arguments:?}: {errors}");
    output
}

/// Fails if the JSON of slices that were saved and merged, in whatever order, is not that of all runs in one go, byte by
/// byte, or depends on the threads.
#[test]
fn slices_saved_and_merged_print_the_same() {
    let folder = tempfile::tempdir().expect("a folder");
    let here = folder.path();
    for (name, text) in shipped::ALL {
        std::fs::write(here.join(name), text).expect("written");
        let whole = [
            "run", name, "--runs", "3000", "--seed", "5", "--format", "json", "--quiet",
        ];
        let one = equipoise(here, &[&whole[..], &["--threads", "1"]].concat()).stdout;
        let two = equipoise(here, &[&whole[..], &["--threads", "2"]].concat()).stdout;
        assert!(one == two, "{name} on two threads");
        let cuts = ["0", "1", "700", "701", "2048", "3000"];
        let mut slices = Vec::new();
        for ends in cuts.windows(2) {
            let runs: u64 = ends[1].parse::<u64>().expect("a number") - ends[0].parse::<u64>().expect("a number");
            let (runs, slice) = (runs.to_string(), format!("{name}.{}.eqr", ends[0]));
            let arguments = [
                "run",
                name,
                "--quiet",
                "--seed",
                "5",
                "--first-run",
                ends[0],
                "--runs",
                &runs,
            ];
            equipoise(here, &[&arguments[..], &["--save", &slice]].concat());
            slices.insert(slices.len() / 2, slice);
        }
        let mut merge = vec!["merge", "--format", "json"];
        merge.extend(slices.iter().map(String::as_str));
        let merged = equipoise(here, &merge).stdout;
        assert!(one == merged, "{name} in slices");
    }
}

/// Fails if what `expand` prints is not a scenario that plays to the same checksum.
#[test]
fn what_expand_prints_runs() {
    let folder = tempfile::tempdir().expect("a folder");
    let here = folder.path();
    for (name, text) in shipped::ALL {
        std::fs::write(here.join(name), text).expect("written");
        let expanded = equipoise(here, &["expand", name]).stdout;
        std::fs::write(here.join("expanded.toml"), expanded).expect("written");
        let checksum = |file: &str| {
            let output = equipoise(here, &["run", file, "--runs", "1000", "--format", "json", "--quiet"]).stdout;
            let json: serde_json::Value = serde_json::from_slice(&output).expect("JSON");
            json["checksum"].clone()
        };
        assert_eq!(checksum(name), checksum("expanded.toml"), "{name}");
    }
}
