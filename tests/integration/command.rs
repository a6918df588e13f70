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

/// Fails if an expanded scenario cannot be scored from the folder in which it was expanded: its base rate stands in a table
/// beside the scenario, in another folder.
#[test]
fn what_expand_prints_finds_its_base_rate() {
    let folder = tempfile::tempdir().expect("a folder");
    let here = folder.path();
    std::fs::create_dir(here.join("scenarios")).expect("a folder");
    let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
    for name in ["polonez.toml", "contested_transfers.csv"] {
        std::fs::copy(shipped.join(name), here.join("scenarios").join(name)).expect("copied");
    }
    let expanded = equipoise(here, &["expand", "scenarios/polonez.toml"]).stdout;
    std::fs::write(here.join("expanded.toml"), expanded).expect("written");
    let rates = |file: &str| {
        let output = equipoise(here, &["score", file, "--runs", "200", "--format", "json"]).stdout;
        let json: serde_json::Value = serde_json::from_slice(&output).expect("JSON");
        json["forecasts"][0]["forecasts"].clone()
    };
    let beside = rates("scenarios/polonez.toml");
    assert!(beside.to_string().contains("base_rate"), "{beside}");
    assert_eq!(beside, rates("expanded.toml"));
}

/// Fails if `compare` and `report` tell a fault that only a variant has without naming the variant.
#[test]
fn a_fault_of_a_variant_is_told_with_its_name() {
    let folder = tempfile::tempdir().expect("a folder");
    let here = folder.path();
    let text = r#"
        [scenario]
        title = "A variant"
        start = 2026-01-01
        horizon = "1 year"
        [definitions]
        crop = 80
        [outcomes]
        good = "crop > 90"
        [variants.dry]
        set = { crop = "'none'" }
    "#;
    std::fs::write(here.join("grain.toml"), text).expect("written");
    for command in [
        &["compare", "grain.toml"][..],
        &["report", "grain.toml", "--variant", "dry"],
    ] {
        let output = Command::new(env!("CARGO_BIN_EXE_equipoise"))
            .current_dir(here)
            .args(command)
            .output()
            .expect("the command starts");
        let errors = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{errors}");
        assert!(errors.starts_with("grain.toml, variant dry:\n"), "{errors}");
    }
}

/// Fails if what `compare` and `drivers` print depends on the threads, if a file against itself is not told to be identical
/// in every run, or if a variant that is chosen with `run` is not the one that `compare` compares with.
#[test]
fn comparisons_print_the_same_on_any_number_of_threads() {
    let polonez = concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios/polonez.toml");
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let runs = ["--runs", "2000", "--quiet"];
    let on = |threads: &str, arguments: &[&str]| {
        equipoise(here, &[arguments, &runs, &["--threads", threads]].concat()).stdout
    };
    for arguments in [
        &[
            "compare",
            polonez,
            "--variant",
            "strong_ally",
            "--attribute",
            "--format",
            "json",
        ][..],
        &["compare", polonez, "--set", "leverage=0.5", "--format", "csv"],
        &["drivers", polonez, "--outcome", "blocked", "--format", "json"],
    ] {
        assert!(on("1", arguments) == on("2", arguments), "{arguments:?}");
    }
    let itself = String::from_utf8(on("2", &["compare", polonez, polonez])).expect("text");
    assert!(itself.contains("Identical in every run"), "{itself}");
    let json = |arguments: &[&str]| -> serde_json::Value {
        serde_json::from_slice(&on("2", &[arguments, &["--format", "json"]].concat())).expect("JSON")
    };
    let compared = json(&["compare", polonez]);
    let counts = |outcomes: &serde_json::Value, side: Option<&str>| -> Vec<u64> {
        let outcomes = outcomes.as_array().expect("outcomes");
        let count = |outcome: &serde_json::Value| side.map_or(outcome, |side| &outcome[side])["count"].as_u64();
        outcomes
            .iter()
            .map(|outcome| count(outcome).expect("a count"))
            .collect()
    };
    let comparisons = compared["comparisons"].as_array().expect("comparisons");
    assert_eq!(
        comparisons.len(),
        3,
        "a file alone is compared with each of its variants"
    );
    for (comparison, variant) in comparisons.iter().zip(["armenia_silent", "strong_ally", "csto_veto"]) {
        let played = json(&["run", polonez, "--variant", variant]);
        assert_eq!(
            comparison["scenario"]["sha256"], played["scenario"]["sha256"],
            "{variant}"
        );
        assert_eq!(
            counts(&comparison["outcomes"], Some("compared")),
            counts(&played["outcomes"], None),
            "{variant}"
        );
    }
}

/// Fails if what cannot be compared or looked at is not refused with exit code 2 and a line that says how to mend it.
#[test]
fn what_cannot_be_compared_is_refused() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    for (arguments, said) in [
        (
            &["compare", "scenarios/race.toml"][..],
            "name a second file, --variant or --set",
        ),
        (
            &["compare", "scenarios/polonez.toml", "--variant", "silent"],
            "its variants are armenia_silent",
        ),
        (
            &["compare", "scenarios/polonez.toml", "--set", "leverag=1"],
            "did you mean `leverage`?",
        ),
        (
            &[
                "compare",
                "scenarios/polonez.toml",
                "scenarios/race.toml",
                "--attribute",
            ],
            "edits",
        ),
        (
            &["drivers", "scenarios/race.toml", "--outcome", "talk"],
            "did you mean `talks`?",
        ),
    ] {
        let output = Command::new(env!("CARGO_BIN_EXE_equipoise"))
            .current_dir(here)
            .args(arguments)
            .output()
            .expect("the command starts");
        let errors = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {errors}");
        assert!(errors.contains(said), "{arguments:?}: {errors}");
    }
}
