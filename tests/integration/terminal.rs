//! How the command behaves on a terminal, in a pipe and when it is interrupted.

use std::io::Read;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use crate::shipped;

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, text) in shipped::ALL {
        std::fs::write(folder.path().join(name), text).expect("written");
    }
    folder
}

fn command(here: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_equipoise"));
    command.current_dir(here).args(arguments);
    command
}

fn said(here: &Path, arguments: &[&str]) -> Output {
    command(here, arguments).output().expect("the command starts")
}

/// Fails if a file or a pipe gets colour unasked, or one who asks for it gets none.
#[test]
fn colour_is_for_terminals() {
    let folder = folder();
    let here = folder.path();
    let run = ["run", "race.toml", "--runs", "10", "--quiet"];
    let wrong = ["check", "race.toml", "--set", "nothing=1"];
    for (choice, coloured) in [("auto", false), ("never", false), ("always", true)] {
        let color = ["--color", choice];
        let results = said(here, &[&run[..], &color].concat()).stdout;
        assert_eq!(results.contains(&0x1b), coloured, "results, {choice}");
        let errors = said(here, &[&wrong[..], &color].concat()).stderr;
        assert_eq!(errors.contains(&0x1b), coloured, "errors, {choice}");
    }
}

/// Fails if what is wrong with a command line is coloured against `--color`, however that is written.
#[test]
fn mistakes_on_the_command_line_are_coloured_as_asked() {
    let folder = folder();
    let here = folder.path();
    for (color, coloured) in [
        (&["--color", "never"][..], false),
        (&["--color=never"], false),
        (&["--color", "always"], true),
        (&["--color=always"], true),
    ] {
        let wrong = ["run", "race.toml", "--runs", "many"];
        for arguments in [[&wrong[..], color].concat(), [color, &wrong[..]].concat()] {
            let output = said(here, &arguments);
            assert_eq!(output.status.code(), Some(2));
            assert_eq!(output.stderr.contains(&0x1b), coloured, "{arguments:?}");
        }
    }
}

/// Fails if a line of results is wider than a narrow terminal, or a column is lost there.
#[test]
fn tables_fit_a_narrow_terminal() {
    let folder = folder();
    let here = folder.path();
    for columns in [40, 60, 80] {
        let mut run = command(here, &["run", "deals.toml", "--runs", "100", "--quiet"]);
        let output = run
            .env("COLUMNS", columns.to_string())
            .output()
            .expect("the command starts");
        let text = String::from_utf8(output.stdout).expect("text");
        // The second line says how fast it was played.
        let wide = text.lines().skip(2).find(|line| line.chars().count() > columns);
        assert_eq!(wide, None, "{columns} columns");
        for header in ["share", "noise", "mean", "sd", "95 %", "times a run"] {
            assert!(text.contains(header), "{header} is lost at {columns} columns:\n{text}");
        }
    }
}

/// Fails if a number is refused in words that do not say what is wanted: a number below 0 is no unknown option.
#[test]
fn numbers_are_refused_in_words() {
    let folder = folder();
    let here = folder.path();
    for (option, number, words) in [
        ("--runs", "-5", "a whole number of at least 1"),
        ("--runs", "1,000", "like 20000 or 1e6"),
        ("--seed", "-1", "a seed is a whole number"),
        ("--threads", "0", "a whole number from 1 to 65535"),
        ("--first-run", "x", "runs are numbered 0, 1, 2"),
    ] {
        let output = said(here, &["run", "race.toml", option, number]);
        let errors = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2), "{errors}");
        assert!(errors.contains(words), "{errors}");
    }
    let output = said(
        here,
        &["run", "race.toml", "--runs", "1e2", "--quiet", "--format", "csv"],
    );
    assert!(String::from_utf8_lossy(&output.stdout).contains("run,,runs,,,100\n"));
}

/// Fails if a reader that goes away after a line makes the command fail or say anything.
#[test]
fn a_closed_pipe_is_no_failure() {
    let folder = folder();
    let here = folder.path();
    for arguments in [
        &["schema"][..],
        &["completions", "bash"],
        &["expand", "deals.toml"],
        &["explain"],
    ] {
        let mut child = command(here, arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the command starts");
        let mut out = child.stdout.take().expect("a pipe");
        let mut first = [0; 1];
        out.read_exact(&mut first).expect("something is written");
        drop(out);
        let ended = child.wait_with_output().expect("it ends");
        assert!(ended.status.success(), "{arguments:?}: {}", ended.status);
        assert!(
            ended.stderr.is_empty(),
            "{arguments:?}: {}",
            String::from_utf8_lossy(&ended.stderr)
        );
    }
}

/// Fails if an exit code is not the one that the documentation gives.
#[test]
fn exit_codes_are_those_documented() {
    let folder = folder();
    let here = folder.path();
    let cases: [(&[&str], i32); 8] = [
        (&["check", "race.toml"], 0),
        (&["explain", "e7"], 0),
        (&["explain", "E999"], 2),
        (&["check", "nowhere.toml"], 2),
        (&["check", "race.toml", "--set", "nothing=1"], 2),
        (&["run", "race.toml", "--no-such-option"], 2),
        (&["run", "race.toml", "--runs", "10", "--save", "no/such/folder.eqr"], 1),
        (&["init", "race.toml"], 1),
    ];
    for (arguments, code) in cases {
        let output = said(here, arguments);
        assert_eq!(output.status.code(), Some(code), "{arguments:?}");
        assert!(
            code == 0 || (output.stdout.is_empty() && !output.stderr.is_empty()),
            "{arguments:?}"
        );
    }
}

/// Fails if an interrupt loses the runs that were played, or a file of rows is not theirs.
#[test]
#[cfg(target_os = "linux")]
fn an_interrupted_run_keeps_what_it_has() {
    let folder = folder();
    let here = folder.path();
    let arguments = [
        "run",
        "race.toml",
        "--runs",
        "1000000000",
        "--format",
        "json",
        "--out",
        "rows.csv",
    ];
    let child = command(here, &arguments)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the command starts");
    std::thread::sleep(std::time::Duration::from_secs(1));
    let interrupted = Command::new("sh")
        .args(["-c", &format!("kill -INT {}", child.id())])
        .status();
    assert!(interrupted.expect("a shell").success());
    let output = child.wait_with_output().expect("it ends");
    assert_eq!(output.status.code(), Some(130));
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(json["partial"], true);
    let rows = std::fs::read_to_string(here.join("rows.csv")).expect("the rows");
    assert_eq!(json["runs"], rows.lines().count() - 1);
}

/// Fails if a second interrupt waits for the end, or leaves the file in the making behind. The first may have ended the run by
/// the time the second comes: then the rows are there under their name, and nothing else is.
#[test]
#[cfg(target_os = "linux")]
fn a_second_interrupt_leaves_no_half_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let here = folder.path();
    let (_, text) = shipped::ALL[0];
    std::fs::write(here.join("scenario.toml"), text).expect("written");
    for _ in 0..5 {
        let rows = ["--runs", "1000000000", "--out", "rows.csv", "--force", "--quiet"];
        let child = command(here, &[&["run", "scenario.toml"][..], &rows].concat())
            .stdout(Stdio::null())
            .spawn()
            .expect("the command starts");
        std::thread::sleep(std::time::Duration::from_millis(400));
        let twice = format!("kill -INT {0}; sleep 0.005; kill -INT {0} || true", child.id());
        let interrupted = Command::new("sh").args(["-c", &twice]).stderr(Stdio::null()).status();
        assert!(interrupted.expect("a shell").success());
        assert_eq!(child.wait_with_output().expect("it ends").status.code(), Some(130));
        let entries = std::fs::read_dir(here).expect("the folder");
        let names = entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned());
        let half: Vec<String> = names.filter(|name| name.ends_with(".part")).collect();
        assert!(half.is_empty(), "{half:?}");
    }
}

/// Fails if the scenario to start from has a fault, a warning, or a number without a source or a note.
#[test]
fn the_starter_is_clean() {
    let folder = tempfile::tempdir().expect("a folder");
    let here = folder.path();
    assert!(said(here, &["init"]).status.success());
    let checked = said(here, &["check", "scenario.toml", "--sources"]);
    assert!(
        checked.status.success() && checked.stderr.is_empty(),
        "{}",
        String::from_utf8_lossy(&checked.stderr)
    );
    let text = std::fs::read_to_string(here.join("scenario.toml")).expect("the starter");
    assert!(said(here, &["init", "grain.toml"]).status.success());
    let named = std::fs::read_to_string(here.join("grain.toml")).expect("the starter");
    assert_eq!(
        named,
        text.replace("equipoise check scenario.toml", "equipoise check grain.toml")
            .replace("equipoise run scenario.toml", "equipoise run grain.toml")
    );
    let schema = text.lines().next().and_then(|line| line.strip_prefix("#:schema "));
    assert!(here.join(schema.expect("a schema in the first line")).is_file());
}
