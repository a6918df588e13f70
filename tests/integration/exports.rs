//! Files of rows: the same bytes at any number of threads, and whole or not there. `tests/exports.py` reads them back with
//! other people's programs.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;

use crate::shipped;

const ENDINGS: [&str; 4] = ["parquet", "csv", "json", "jsonl"];

fn equipoise(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_equipoise"))
        .current_dir(folder)
        .args(arguments)
        .output()
        .expect("the command starts")
}

fn folder_with_scenarios() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, text) in shipped::ALL {
        fs::write(folder.path().join(name), text).expect("written");
    }
    folder
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("a folder");
    let mut names: Vec<String> = entries
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

/// Fails if the number of threads shows in a file, or the summary beside it is not that of runs without a file.
#[test]
fn rows_are_the_same_at_any_number_of_threads() {
    let folder = folder_with_scenarios();
    let here = folder.path();
    for (name, _) in shipped::ALL {
        let plain = ["run", name, "--runs", "2000", "--quiet", "--format", "json"];
        let summary = equipoise(here, &plain).stdout;
        for ending in ENDINGS {
            let mut written = Vec::new();
            for threads in ["1", "2", "5"] {
                let target = format!("{threads}.{ending}");
                let out = ["--threads", threads, "--out", &target, "--force"];
                let output = equipoise(here, &[&plain[..], &out].concat());
                assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
                assert!(output.stdout == summary, "{name} to {target}");
                written.push(fs::read(here.join(target)).expect("the file"));
            }
            assert!(written.windows(2).all(|pair| pair[0] == pair[1]), "{name} as {ending}");
        }
    }
}

/// Fails if rows that are written in two slices are not those written at once, or a row is lost with `--precision`.
#[test]
fn rows_are_those_of_the_runs_asked_for() {
    let folder = folder_with_scenarios();
    let here = folder.path();
    let csv = |arguments: &[&str]| {
        let all = [
            &["run", "race.toml", "--quiet", "--out", "rows.csv", "--force"],
            arguments,
        ]
        .concat();
        let output = equipoise(here, &all);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        fs::read_to_string(here.join("rows.csv")).expect("the file")
    };
    let whole = csv(&["--runs", "3000"]);
    let first = csv(&["--runs", "1111"]);
    let rest = csv(&["--first-run", "1111", "--runs", "1889"]);
    let (header, rows) = rest.split_once('\n').expect("a header");
    assert!(first.starts_with(header));
    assert_eq!(whole, format!("{first}{rows}"));
    let precise = csv(&["--precision", "0.05"]);
    let runs = precise.lines().skip(1).enumerate();
    assert!(runs.clone().count() >= 1000);
    for (number, line) in runs {
        assert!(line.starts_with(&format!("{number},valid,")), "{line}");
    }
}

/// Fails if a file that is there is replaced without being asked to be, or anything is left of one that was refused.
#[test]
fn a_file_is_replaced_only_by_force() {
    let folder = folder_with_scenarios();
    let here = folder.path();
    let before = names(here);
    for ending in ENDINGS {
        let target = format!("rows.{ending}");
        fs::write(here.join(&target), "mine").expect("written");
        let arguments = ["run", "race.toml", "--runs", "10", "--quiet", "--out", &target];
        let refused = equipoise(here, &arguments);
        assert_eq!(refused.status.code(), Some(1));
        let said = String::from_utf8_lossy(&refused.stderr);
        assert_eq!(
            said,
            format!("error: {target}: exists already, and is left as it is\nhelp: --force replaces it\n")
        );
        assert!(refused.stdout.is_empty());
        assert_eq!(fs::read(here.join(&target)).expect("the file"), b"mine");
        let forced = equipoise(here, &[&arguments[..], &["--force"]].concat());
        assert!(forced.status.success());
        assert!(fs::read(here.join(&target)).expect("the file") != b"mine");
        fs::remove_file(here.join(&target)).expect("removed");
        assert_eq!(names(here), before);
    }
}

/// Fails if a file takes the place of a device or a pipe, which others count on.
#[test]
#[cfg(target_os = "linux")]
fn a_pipe_is_no_file_to_replace() {
    let folder = folder_with_scenarios();
    let here = folder.path();
    let made = Command::new("mkfifo").arg(here.join("rows.csv")).status();
    assert!(made.expect("mkfifo").success());
    let before = names(here);
    let arguments = [
        "run",
        "race.toml",
        "--runs",
        "10",
        "--quiet",
        "--out",
        "rows.csv",
        "--force",
    ];
    let refused = equipoise(here, &arguments);
    assert_eq!(refused.status.code(), Some(1));
    assert_eq!(
        String::from_utf8_lossy(&refused.stderr),
        "error: rows.csv: is no ordinary file, and is left as it is\n"
    );
    assert_eq!(names(here), before);
}

/// Fails if a disk that is full (here: a limit to the size of a file) is no clear error, or leaves anything behind.
#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_leaves_nothing() {
    let folder = folder_with_scenarios();
    let here = folder.path();
    let before = names(here);
    for ending in ENDINGS {
        // 64 blocks of 512 bytes or 1 KB; the signal that goes with the limit, 25, is ignored, so that writing fails.
        let script =
            format!("trap '' 25; ulimit -f 64; exec \"$0\" run race.toml --runs 20000 --quiet --out rows.{ending}");
        let output = Command::new("sh")
            .current_dir(here)
            .args(["-c", &script, env!("CARGO_BIN_EXE_equipoise")])
            .output()
            .expect("a shell");
        assert_eq!(output.status.code(), Some(1));
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(
            said.starts_with(&format!("error: rows.{ending}: cannot be written: File too large")),
            "{said}"
        );
        assert_eq!(names(here), before, "{ending}");
    }
}

/// Fails if an ending that names no format is found out only after the runs.
#[test]
fn an_unknown_format_is_bad_input() {
    let folder = folder_with_scenarios();
    let output = equipoise(folder.path(), &["run", "race.toml", "--out", "rows.xlsx"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains(".parquet, .csv, .json or .jsonl"));
}

/// A run that fails has a row that says so and no numbers.
#[test]
fn rows_of_failed_runs_hold_no_numbers() {
    let folder = tempfile::tempdir().expect("a folder");
    let here = folder.path();
    let scenario = "[scenario]\ntitle = \"T\"\nstart = 2020-01-01\nhorizon = \"1 year\"\n\
                    [parameters]\nrate = { uniform = [-1, 1] }\n\
                    [events.shot]\nrate = \"rate\"\n[outcomes]\nshot = \"fired(shot)\"\n[measures]\nrun = \"rate\"\n";
    fs::write(here.join("failing.toml"), scenario).expect("written");
    let output = equipoise(
        here,
        &["run", "failing.toml", "--runs", "100", "--quiet", "--out", "rows.csv"],
    );
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let written = fs::read_to_string(here.join("rows.csv")).expect("the file");
    let mut lines = written.lines();
    assert_eq!(lines.next(), Some("run,ending,outcome,measure.run,time_of.shot,weight"));
    let mut failed = 0;
    for (number, line) in lines.enumerate() {
        let fields: Vec<&str> = line.split(',').collect();
        match fields[1] {
            "failed" => {
                assert_eq!(line, format!("{number},failed,,,,0.0"));
                failed += 1;
            }
            _ => assert!(fields[3].parse::<f64>().expect("a number") >= 0.0, "{line}"),
        }
    }
    assert!((30..70).contains(&failed), "{failed} of 100 have a negative rate");
}

/// The fields of the rows that the command writes with these arguments, by column, and its summary.
fn rows_and_summary(folder: &Path, arguments: &[&str]) -> (Vec<BTreeMap<String, String>>, Value) {
    let out = ["--quiet", "--format", "json", "--out", "rows.csv", "--force"];
    let output = equipoise(folder, &[&["run"], arguments, &out].concat());
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let written = fs::read_to_string(folder.join("rows.csv")).expect("the file");
    let mut lines = written.lines();
    let names: Vec<&str> = lines.next().expect("a header").split(',').collect();
    let row = |line: &str| {
        let fields = line.split(',').map(str::to_owned);
        names.iter().map(|name| (*name).to_owned()).zip(fields).collect()
    };
    let summary = serde_json::from_slice(&output.stdout).expect("JSON");
    (lines.map(row).collect(), summary)
}

fn weight(row: &BTreeMap<String, String>) -> f64 {
    row["weight"].parse().expect("a number")
}

/// Fails if what the rows weigh is not what the posteriors are made of, whichever claims are heard and whatever is given.
#[test]
fn shares_of_the_weight_are_the_posteriors() {
    let folder = tempfile::tempdir().expect("a folder");
    let polonez = include_str!("../../scenarios/polonez.toml");
    fs::write(folder.path().join("polonez.toml"), polonez).expect("written");
    let given = "polonez_sale.stage != 'delivered' @ 2018-08-07";
    let selections: [&[&str]; 6] = [
        &[],
        &["--without-claim", "blocked"],
        &["--without-claim", "blocked", "--without-claim", "did_not_work"],
        &["--as-of", "2018-01-31"],
        &["--given", given],
        &["--given", given, "--as-of", "2018-01-31"],
    ];
    let mut posteriors = Vec::new();
    for selection in selections {
        let arguments = [&["polonez.toml", "--runs", "5000"], selection].concat();
        let (rows, summary) = rows_and_summary(folder.path(), &arguments);
        let all: f64 = rows.iter().map(weight).sum();
        for outcome in summary["outcomes"].as_array().expect("a list") {
            let came_to_it = rows.iter().filter(|row| outcome["name"] == row["outcome"].as_str());
            let share = came_to_it.map(weight).sum::<f64>() / all;
            let posterior = outcome["posterior"].as_f64().expect("a number");
            assert!((share - posterior).abs() <= 1e-9, "{selection:?}: {share} of {outcome}");
        }
        let counted = rows.iter().filter(|row| weight(row) > 0.0).count();
        if let Some(kept) = summary["given"]["kept"].as_u64() {
            assert_eq!(counted as u64, kept, "{selection:?}");
            assert!(counted < rows.len(), "{given} sets something aside");
        }
        posteriors.push(summary["outcomes"].to_string());
    }
    posteriors.sort();
    posteriors.dedup();
    assert!(posteriors.len() >= 4, "what is selected makes a difference");
}

/// A run weighs the chance that all is said, worked out by hand: a claim without an origin, 0.8 or 0.1, times an origin that
/// knows with the chance 0.5, 0.6 or 0.2, and else speaks with the chance 0.4. What it says again counts once. Fails if the
/// weight is another number, or a multiple of it.
#[test]
fn a_run_weighs_its_likelihood() {
    let folder = tempfile::tempdir().expect("a folder");
    let scenario = r#"
        scenario = { title = "Said", start = 2020-01-01, horizon = "1 year" }
        parameters = { rain = { bernoulli = 0.5 } }
        outcomes = { rain = "rain" }
        measures = { wet = "rain" }
        [origins.neighbour]
        reliability = 0.5
        [claims.clouds]
        says = "rain"
        on = 2020-02-01
        if_true = 0.8
        if_false = 0.1
        [claims.heard]
        says = "rain"
        on = 2020-02-02
        if_true = 0.6
        if_false = 0.2
        if_uninformed = 0.4
        origin = "neighbour"
        [claims.heard_again]
        says = "rain"
        on = 2020-02-03
        if_true = 0.9
        if_false = 0.3
        if_uninformed = 0.5
        origin = "neighbour"
        "#;
    fs::write(folder.path().join("said.toml"), scenario).expect("written");
    let clouds = [0.8, 0.1];
    let cases: [(&[&str], [f64; 2]); 6] = [
        (&[], [0.8 * 0.5, 0.1 * 0.3]),
        (&["--without-claim", "clouds"], [0.5, 0.3]),
        (&["--without-claim", "heard"], [0.8 * 0.7, 0.1 * 0.4]),
        (&["--as-of", "2020-02-01"], clouds),
        (&["--as-of", "2020-01-01"], [1.0, 1.0]),
        (&["--given", "rain", "--as-of", "2020-02-01"], [0.8, 0.0]),
    ];
    for (selection, [wet, dry]) in cases {
        let arguments = [&["said.toml", "--runs", "100"], selection].concat();
        let (rows, _) = rows_and_summary(folder.path(), &arguments);
        for row in rows {
            let expected = if row["outcome"] == "rain" { wet } else { dry };
            assert!((weight(&row) - expected).abs() < 1e-15, "{selection:?}: {row:?}");
        }
    }
}

/// Fails if runs weigh anything but 1 where nothing has been said.
#[test]
fn runs_weigh_1_where_nothing_is_said() {
    let folder = folder_with_scenarios();
    let (rows, _) = rows_and_summary(folder.path(), &["race.toml", "--runs", "1000"]);
    assert!(rows.iter().all(|row| row["ending"] == "valid" && weight(row) == 1.0));
}
