//! Every code has a text, whose example gives that code and no other, and whose mend is fine.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

use equipoise::diagnostic::{EXPLANATIONS, PREAMBLE};

use crate::fences::{Block, blocks};

/// The codes as `src/diagnostic/code.rs` declares them.
fn declared() -> BTreeSet<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/diagnostic/code.rs");
    let source = fs::read_to_string(path).expect("the source of the codes");
    let quoted = source.split('"').skip(1).step_by(2);
    let is_code =
        |text: &&str| text.len() == 4 && text.starts_with(['E', 'W']) && text[1..].chars().all(|c| c.is_ascii_digit());
    quoted.filter(is_code).map(str::to_owned).collect()
}

/// Fails if a code has no text, or a text no code.
#[test]
fn every_code_is_explained() {
    let explained: BTreeSet<String> = EXPLANATIONS.iter().map(|(code, _)| (*code).to_owned()).collect();
    assert!(declared().len() >= 27, "the codes are not found");
    assert_eq!(
        declared(),
        explained,
        "left: declared; right: src/diagnostic/explanations"
    );
}

/// The codes that checking gives, and whether it ended well.
fn checked(scenario: &str, command: &str) -> (BTreeSet<String>, bool) {
    let folder = tempfile::tempdir().expect("a folder");
    let text = if scenario.contains("[scenario]") {
        scenario.to_owned()
    } else {
        format!("{PREAMBLE}{scenario}")
    };
    fs::write(folder.path().join("scenario.toml"), text).expect("written");
    let mut words = command.split_whitespace();
    assert_eq!(words.next(), Some("equipoise"), "{command}");
    let output = Command::new(env!("CARGO_BIN_EXE_equipoise"))
        .current_dir(folder.path())
        .args(words)
        .output()
        .expect("the command starts");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    let opened = said.lines().filter_map(|line| {
        let rest = line.strip_prefix("error[").or_else(|| line.strip_prefix("warning["))?;
        Some(rest.split(']').next()?.to_owned())
    });
    (opened.collect(), output.status.success())
}

/// Fails if an example gives another code than its own, or the mended one any at all.
#[test]
fn examples_give_their_code_and_mends_none() {
    let mut faults = String::new();
    for (code, text) in EXPLANATIONS {
        let blocks = blocks(text);
        let find = |language: &str, which: &str| -> Option<&Block> {
            let exact = format!("{language} {which}");
            let either = blocks.iter().find(|block| block.info == exact);
            either.or_else(|| blocks.iter().find(|block| block.info == language))
        };
        for which in ["wrong", "mended"] {
            let scenario = find("toml", which).unwrap_or_else(|| panic!("{code} has no {which} example"));
            let command = find("sh", which).map_or("equipoise check scenario.toml", |block| block.text.trim());
            let (codes, fine) = checked(&scenario.text, command);
            let expected = match which {
                "wrong" => BTreeSet::from([code.to_owned()]),
                _ => BTreeSet::new(),
            };
            if codes != expected || fine != (which == "mended" || code.starts_with('W')) {
                faults.push_str(&format!("{code}, {which}: {codes:?}, ends well: {fine}\n"));
            }
        }
    }
    assert!(faults.is_empty(), "{faults}");
}
