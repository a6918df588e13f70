//! The public JSON.

use equipoise::plan::plan;
use equipoise::results::{Identity, Summary};

use crate::play::{core, results};

const TEXT: &str = r#"
    [scenario]
    title = "What is \"printed\""
    start = 2017-10-09
    horizon = "6 months"
    [variables]
    x = 0.5
    [events.ticks]
    after = "2 months"
    repeats = true
    then = ["x *= 2"]
    [events.never]
    when = "x < 0"
    [outcomes]
    large = "x > 3"
    [measures]
    x = "x"
    never = "time_of(never)"
    [series]
    x = { value = "x", every = "3 months" }
"#;

fn printed() -> String {
    let plan = plan(&core(TEXT));
    let results = results(&plan, 7, 4..12, 1);
    let identity = Identity {
        title: "What is \"printed\"".to_owned(),
        sha256: "ab".repeat(32),
        seed: 7,
        first_run: 4,
        runs: 8,
        partial: false,
    };
    let mut written = Vec::new();
    equipoise::export::json(&Summary::new(&identity, &plan.observed, &results), &mut written).expect("written");
    String::from_utf8(written).expect("a text")
}

/// The keys of a JSON text, in its order, each with the depth of braces and brackets around it.
fn keys(json: &str) -> Vec<(usize, String)> {
    let (mut keys, mut depth, mut rest) = (Vec::new(), 0, json);
    while let Some(character) = rest.chars().next() {
        rest = &rest[character.len_utf8()..];
        match character {
            '{' | '[' => depth += 1,
            '}' | ']' => depth -= 1,
            '"' => {
                let mut end = 0;
                while !rest[end..].starts_with('"') {
                    end += if rest[end..].starts_with('\\') { 2 } else { 1 };
                }
                let (text, after) = rest.split_at(end);
                rest = &after[1..];
                if rest.trim_start().starts_with(':') {
                    keys.push((depth, text.to_owned()));
                }
            }
            _ => {}
        }
    }
    keys
}

/// Fails if a key of the format is renamed, added, left out or moved.
#[test]
fn the_keys_are_those_of_the_format() {
    let quantiles = |depth: usize| ["0.05", "0.25", "0.5", "0.75", "0.95"].map(|key| (depth, key));
    let mut expected = vec![
        (1, "format_version"),
        (1, "equipoise"),
        (1, "scenario"),
        (2, "title"),
        (2, "sha256"),
        (1, "seed"),
        (1, "first_run"),
        (1, "runs"),
        (1, "partial"),
        (1, "failed"),
        (1, "first_failed"),
        (1, "runaway"),
        (1, "checksum"),
        (1, "outcomes"),
    ];
    for _ in ["large", "unresolved"] {
        expected.extend([(3, "name"), (3, "count"), (3, "probability"), (3, "simulation_ci95")]);
    }
    expected.push((1, "measures"));
    for _ in ["x", "never"] {
        let keys = ["name", "n", "excluded", "mean", "sd", "se", "min", "max", "quantiles"];
        expected.extend(keys.map(|key| (3, key)));
        expected.extend(quantiles(4));
    }
    expected.push((1, "series"));
    expected.extend(["name", "times", "dates", "mean", "sd", "quantiles"].map(|key| (3, key)));
    expected.extend(quantiles(4));
    expected.push((1, "events"));
    for _ in ["ticks", "never"] {
        expected.extend([(3, "name"), (3, "runs_fired"), (3, "mean_count")]);
    }
    let found = keys(&printed());
    let found: Vec<(usize, &str)> = found.iter().map(|(depth, key)| (*depth, key.as_str())).collect();
    assert_eq!(found, expected);
}

/// Fails if a value is another than what can be worked out by hand: x is 0.5, doubled after 2, 4 and 6 months, the last at the
/// horizon.
#[test]
fn the_values_are_right() {
    let json: serde_json::Value = serde_json::from_str(&printed()).expect("JSON");
    let same = |pointer: &str, expected: serde_json::Value| {
        let found = json.pointer(pointer).unwrap_or_else(|| panic!("{pointer} is there"));
        assert_eq!(*found, expected, "{pointer}");
    };
    let value = |text: &str| serde_json::from_str::<serde_json::Value>(text).expect("JSON");
    same("/format_version", value("1"));
    same("/scenario/title", value(r#""What is \"printed\"""#));
    same("/first_run", value("4"));
    same("/runs", value("8"));
    same("/first_failed", value("null"));
    same("/outcomes/0/count", value("8"));
    same("/outcomes/0/probability", value("1"));
    same("/outcomes/1/name", value(r#""unresolved""#));
    same("/outcomes/1/count", value("0"));
    // Wilson's interval at 8 of 8: from n / (n + z²), with z = 1.959964, to 1.
    let low = json
        .pointer("/outcomes/0/simulation_ci95/0")
        .and_then(serde_json::Value::as_f64);
    assert!(low.is_some_and(|low| (low - 8.0 / (8.0 + 1.959_964_f64.powi(2))).abs() < 1e-6));
    same("/outcomes/0/simulation_ci95/1", value("1"));
    same("/measures/0/mean", value("4"));
    same("/measures/0/sd", value("0"));
    same(
        "/measures/0/quantiles",
        value(r#"{"0.05": 4, "0.25": 4, "0.5": 4, "0.75": 4, "0.95": 4}"#),
    );
    same("/measures/1/n", value("0"));
    same("/measures/1/excluded", value("8"));
    same("/measures/1/mean", value("null"));
    same("/measures/1/quantiles/0.5", value("null"));
    same("/series/0/times", value("[0, 0.25, 0.5]"));
    // 0.25 years are 91.3125 days, and 0.5 are 182.625.
    same(
        "/series/0/dates",
        value(r#"["2017-10-09", "2018-01-08", "2018-04-09"]"#),
    );
    same("/series/0/mean", value("[0.5, 1, 4]"));
    same("/series/0/quantiles/0.95", value("[0.5, 1, 4]"));
    same(
        "/events/0",
        value(r#"{"name": "ticks", "runs_fired": 8, "mean_count": 3}"#),
    );
    same(
        "/events/1",
        value(r#"{"name": "never", "runs_fired": 0, "mean_count": 0}"#),
    );
    let checksum = json
        .pointer("/checksum")
        .and_then(serde_json::Value::as_str)
        .unwrap_or("");
    assert!(checksum.len() == 16 && checksum.bytes().all(|byte| byte.is_ascii_hexdigit()));
}
