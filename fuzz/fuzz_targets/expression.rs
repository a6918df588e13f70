//! Any bytes as an expression: one that checks is printed as text that reads as the same expression.

#![no_main]

use equipoise::diagnostic::{Faults, Files, render};
use equipoise::expr::print;
use equipoise::model::{Core, check};
use equipoise::scenario::load_text;
use libfuzzer_sys::fuzz_target;

/// Something of each kind that an expression can name.
const AROUND: &str = r#"
[scenario]
title = "T"
start = 2017-10-09
horizon = "3 years"
[parameters]
p = { uniform = [0, 1] }
b = { bernoulli = 0.5 }
[systems.r]
category = "c"
tiv = 2
[actors.a]
inventory = { r = 3 }
[actors.z]
[alliances.g]
leader = "a"
members = ["a", "z"]
[balances.w]
sides = { one = ["a"], two = ["z"] }
weights = { c = 1 }
[relations.a]
z = 0.5
[variables]
x = 1
ready = false
mood = { states = ["wary", "calm"] }
[definitions]
d = "x + p"
[events.e]
rate = 1
"#;

fn checked(expression: &str) -> Option<Core> {
    let quoted: String = expression
        .chars()
        .map(|character| format!("\\U{:08X}", u32::from(character)))
        .collect();
    let text = format!("{AROUND}\n[measures]\nm = {{ value = \"{quoted}\" }}\n");
    let (mut files, mut faults) = (Files::default(), Faults::default());
    let core = load_text("fuzz.toml", &text, &[], &mut files, &mut faults)
        .and_then(|scenario| check(&scenario, &files, &mut faults));
    assert_eq!(core.is_none(), faults.has_errors());
    render(&faults, &files, false);
    core
}

fuzz_target!(|bytes: &[u8]| {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let Some(core) = checked(text) else { return };
    let printed = print(&core.measures[0].value, &core);
    // Sets are written out, and may then be longer than what is read again.
    if printed.len() > 4000 {
        return;
    }
    let again = checked(&printed).unwrap_or_else(|| panic!("cannot be read again: {printed}"));
    assert_eq!(print(&again.measures[0].value, &again), printed);
});
