//! The commands that ask more of the runs: what claims do, how good a forecast was, what an event had to do with it.

use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;

fn equipoise(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_equipoise"))
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .args(arguments)
        .output()
        .expect("the command starts")
}

fn json(arguments: &[&str]) -> Value {
    let output = equipoise(arguments);
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{arguments:?}: {errors}");
    serde_json::from_slice(&output.stdout).expect("JSON")
}

/// Runs what must be refused, and gives what it says.
fn refusal(arguments: &[&str], code: i32) -> String {
    let output = equipoise(arguments);
    assert_eq!(output.status.code(), Some(code), "{arguments:?}");
    assert!(
        output.stdout.is_empty(),
        "{arguments:?}: what is refused prints no results"
    );
    String::from_utf8_lossy(&output.stderr).into_owned()
}

const CLAIMS: &str = "tests/integration/scenarios/claims.toml";
const POLONEZ: &str = "scenarios/polonez.toml";

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap_or_else(|| panic!("{value} is a number"))
}

/// Fails if a scenario with claims lacks the keys that say what they do, or if one without has any.
#[test]
fn claims_add_keys_only_where_there_are_some() {
    let with = json(&["run", CLAIMS, "--format", "json"]);
    let outcome = &with["outcomes"][0];
    for key in ["probability", "posterior", "posterior_ci95", "effective_runs"] {
        assert!(!outcome[key].is_null(), "{key}");
    }
    let shares: f64 = with["outcomes"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|o| number(&o["posterior"]))
        .sum();
    assert!((shares - 1.0).abs() < 1e-12);
    let names = |list: &str| -> Vec<String> {
        let entries = with[list].as_array().expect("a list").iter();
        entries
            .map(|entry| entry["name"].as_str().expect("a name").to_owned())
            .collect()
    };
    assert_eq!(
        names("claims"),
        ["still_open", "will_win", "will_win_again", "not_lost"]
    );
    assert_eq!(names("origins"), ["insider", "paper"]);
    assert_eq!(with["claims"][2]["unheard"]["repeats"], "will_win");
    assert_eq!(with["claims"][1]["about"], "horizon");
    let without = json(&["run", "scenarios/race.toml", "--runs", "100", "--format", "json"]);
    for key in ["claims", "origins", "given"] {
        assert!(without.get(key).is_none(), "{key}");
    }
    assert!(without["outcomes"][0].get("posterior").is_none());
}

/// Fails if an option does not reach the claims: what is left out, said later, or given.
#[test]
fn options_say_what_is_heard() {
    let posterior = |arguments: &[&str]| {
        let found = json(&[&["run", CLAIMS, "--format", "json"], arguments].concat());
        number(&found["outcomes"][0]["posterior"])
    };
    let all = posterior(&[]);
    assert!(posterior(&["--without-claim", "not_lost"]) != all);
    assert_eq!(posterior(&["--without-claim", "will_win_again"]), all, "a repetition");
    assert_eq!(posterior(&["--as-of", "2018-08-01"]), all);
    assert!(posterior(&["--as-of", "2018-07-31"]) != all);
    let given = json(&[
        "run",
        CLAIMS,
        "--format",
        "json",
        "--given",
        "stage == 'open' @ 2018-03-01",
        "--given",
        "stage == 'won'",
    ]);
    let kept = &given["given"];
    assert_eq!(number(&kept["kept"]) + number(&kept["set_aside"]), 3000.0);
    assert_eq!(kept["conditions"][0], "stage == 'open' @ 2018-03-01");
    assert_eq!(given["outcomes"][0]["count"], kept["kept"], "those that were won");
    assert_eq!(given["measures"][0]["n"], kept["kept"]);
    assert!(
        number(&given["measures"][0]["min"]) > 143.0 / 365.25,
        "none was decided before March"
    );
    // What is given changes no run.
    assert_eq!(
        given["checksum"],
        json(&["run", CLAIMS, "--format", "json"])["checksum"]
    );
}

#[test]
fn what_cannot_be_is_refused() {
    let said = refusal(&["run", CLAIMS, "--without-claim", "will_wim"], 2);
    assert_eq!(said, "error: there is no claim `will_wim`; did you mean `will_win`?\n");
    let said = refusal(&["run", CLAIMS, "--given", "stage == 'won' @ February"], 2);
    assert!(said.contains("behind `@` stands a date"), "{said}");
    let said = refusal(&["run", CLAIMS, "--given", "stag == 'won'"], 2);
    assert!(said.contains("did you mean `stage`?"), "{said}");
    let hard = [
        "--set",
        "claims.not_lost.if_true=0",
        "--set",
        "claims.not_lost.if_false=0",
    ];
    let said = refusal(&[&["run", CLAIMS], &hard[..]].concat(), 1);
    assert!(said.contains("`not_lost` contradicts the scenario"), "{said}");
    // A comparison names the side, or both of them, and keeps no result back for the other.
    let said = refusal(
        &[&["compare", CLAIMS, "--quiet", "--runs", "500"], &hard[..]].concat(),
        1,
    );
    assert!(
        said.starts_with(&format!("error: {CLAIMS} with claims.not_lost.if_true=0, "))
            && said.contains(": the claim `not_lost` contradicts the scenario")
            && said.lines().count() == 1,
        "{said}"
    );
    let said = refusal(&["score", "scenarios/race.toml"], 2);
    assert!(said.contains("there is no [resolution]"), "{said}");
    let said = refusal(&["score", CLAIMS], 2);
    assert!(said.contains("cases.csv: cannot be read"), "{said}");
    let said = refusal(&["causes", POLONEZ, "--outcome", "blockd"], 2);
    assert!(said.contains("did you mean `blocked`?"), "{said}");
    let said = refusal(
        &[
            "causes",
            POLONEZ,
            "--outcome",
            "blocked",
            "--of",
            "polonez_sale.objections",
        ],
        2,
    );
    assert!(said.contains("polonez_sale.objections.armenia"), "{said}");
}

/// The flagship: where the objector could only protest, 6 of 6 sales went through, itself left out. Fails if the case is
/// counted, or if a score is not the one that its probabilities give.
#[test]
fn the_flagship_is_scored_beside_its_base_rate() {
    let found = json(&["score", POLONEZ, "--runs", "3000", "--format", "json"]);
    let scored = &found["forecasts"][0];
    assert_eq!(scored["outcome"], "sale_completed");
    assert_eq!(scored["authors_knew"], true);
    let forecasts = scored["forecasts"].as_array().expect("a list");
    let names: Vec<&str> = forecasts
        .iter()
        .map(|f| f["forecaster"].as_str().expect("a name"))
        .collect();
    assert_eq!(names, ["prior", "posterior", "uniform", "base_rate"]);
    let base_rate = &forecasts[3];
    assert_eq!(number(&base_rate["n"]), 6.0);
    let came = scored["outcomes"]
        .as_array()
        .expect("a list")
        .iter()
        .position(|id| id == "sale_completed");
    let came = came.expect("it is there");
    assert!((number(&base_rate["probabilities"][came]) - 6.5 / 9.0).abs() < 1e-12);
    for forecast in forecasts {
        let probabilities: Vec<f64> = forecast["probabilities"]
            .as_array()
            .expect("a list")
            .iter()
            .map(number)
            .collect();
        assert!((probabilities.iter().sum::<f64>() - 1.0).abs() < 1e-9);
        let off = |(index, p): (usize, &f64)| (p - f64::from(u8::from(index == came))).powi(2);
        let brier: f64 = probabilities.iter().enumerate().map(off).sum();
        assert!((number(&forecast["brier"]) - brier).abs() < 1e-12);
        assert!(
            forecast["ranked_probability"].is_null(),
            "these outcomes stand in no order"
        );
    }
    let others = [
        "--where",
        "objector_leverage=component_licence",
        "--case",
        "polonez-aze",
    ];
    let licence = json(&[&["score", POLONEZ, "--runs", "500", "--format", "json"], &others[..]].concat());
    let counted = &licence["forecasts"][0]["forecasts"][3];
    assert!(
        number(&counted["probabilities"][came]) < 0.1,
        "where it held a licence, all were blocked"
    );
}

/// Fails if a base rate of no case passes for one: its scores are those of the uniform forecast, and that is said.
#[test]
fn a_base_rate_of_no_case_is_said_to_be_none() {
    let output = equipoise(&[
        "score",
        POLONEZ,
        "--runs",
        "500",
        "--where",
        "objector_leverage=none_at_all",
    ]);
    let said = String::from_utf8_lossy(&output.stdout).replace('\n', " ");
    assert!(said.contains("No case is left to count"), "{said}");
    let output = equipoise(&["score", POLONEZ, "--runs", "500"]);
    let said = String::from_utf8_lossy(&output.stdout).replace('\n', " ");
    assert!(!said.contains("No case is left to count"), "{said}");
}

/// Of the flagship: where Armenia objected and the sale was blocked, how often it would have gone through.
#[test]
fn the_flagship_says_what_the_objection_did() {
    let objection = "polonez_sale.objections.armenia";
    let arguments = [
        "causes",
        POLONEZ,
        "--outcome",
        "blocked",
        "--of",
        objection,
        "--runs",
        "1000",
    ];
    let found = json(&[&arguments[..], &["--format", "json"]].concat());
    let cause = &found["causes"][0];
    assert_eq!(
        (&cause["event"], &cause["deal_step"]),
        (&Value::from(objection), &Value::from(false))
    );
    let counted = &cause["counterfactual"];
    assert_eq!(counted["necessity"]["share"], 1.0);
    let instead = counted["instead"].as_array().expect("a list");
    let share = |id: &str| {
        let ending = instead.iter().find(|ending| ending["outcome"] == id);
        number(&ending.expect("an outcome")["share"])
    };
    assert!(share("sale_completed") > 0.7 && share("fell_through") > 0.05 && share("blocked") == 0.0);
    let text = equipoise(&arguments).stdout;
    let text = String::from_utf8(text).expect("a text");
    for part in ["Counterfactual", "Intervened", "sale_completed", "± is simulation"] {
        assert!(text.contains(part), "{part} in\n{text}");
    }
    assert!(
        Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("scenarios/contested_transfers.csv")
            .exists()
    );
}

/// Fails if a comparison of scenarios with claims leaves out what is believed, or believes something else than `run` does.
#[test]
fn a_comparison_says_what_is_believed() {
    let found = json(&["compare", CLAIMS, "--set", "pace=2", "--format", "json"]);
    let run = json(&["run", CLAIMS, "--format", "json"]);
    let beliefs = found["baseline"]["beliefs"].as_array().expect("a list");
    for (belief, outcome) in beliefs.iter().zip(run["outcomes"].as_array().expect("a list")) {
        assert_eq!(belief["name"], outcome["name"]);
        for (here, there) in [
            ("prior", "probability"),
            ("posterior", "posterior"),
            ("effective_runs", "effective_runs"),
        ] {
            assert!((number(&belief[here]) - number(&outcome[there])).abs() < 1e-9, "{here}");
        }
    }
    let other = &found["comparisons"][0]["scenario"]["beliefs"];
    assert!(number(&other[0]["posterior"]) > number(&beliefs[0]["posterior"]));
    let text = equipoise(&["compare", CLAIMS, "--set", "pace=2"]).stdout;
    assert!(String::from_utf8(text).expect("a text").contains("With what was said"));
    let without = json(&[
        "compare",
        "scenarios/race.toml",
        "--set",
        "price=0",
        "--runs",
        "100",
        "--format",
        "json",
    ]);
    assert!(without["baseline"].get("beliefs").is_none());
}

/// Fails if a side of a comparison says something else of its claims than `run` does of the same scenario, in JSON, CSV or
/// words.
#[test]
fn a_comparison_says_what_each_claim_does() {
    let options = ["--without-claim", "not_lost", "--as-of", "2018-05-31"];
    let found = json(
        &[
            &["compare", CLAIMS, "--set", "pace=2", "--format", "json"],
            &options[..],
        ]
        .concat(),
    );
    let baseline = json(&[&["run", CLAIMS, "--format", "json"], &options[..]].concat());
    let faster = json(&[&["run", CLAIMS, "--set", "pace=2", "--format", "json"], &options[..]].concat());
    for (side, run) in [
        (&found["baseline"], &baseline),
        (&found["comparisons"][0]["scenario"], &faster),
    ] {
        assert_eq!(side["claims"], run["claims"]);
        assert_eq!(side["origins"], run["origins"]);
        assert!(!side["claims"][1]["outcomes"][0]["bayes_factor"].is_null());
    }
    let words = |format: &str| {
        let output = equipoise(
            &[
                &["compare", CLAIMS, "--set", "pace=2", "--format", format],
                &options[..],
            ]
            .concat(),
        );
        String::from_utf8(output.stdout).expect("a text")
    };
    let csv = words("csv");
    let factor = &baseline["claims"][1]["outcomes"][0];
    let row = format!(
        ",claim,will_win,baseline_bayes_factor_{},",
        factor["name"].as_str().expect("a name")
    );
    let line = csv
        .lines()
        .find(|line| line.contains(&row))
        .expect("a row of the factor");
    assert!(line.ends_with(&factor["bayes_factor"].to_string()), "{line}");
    let beliefs = csv.lines().filter(|line| line.contains(",belief,")).count();
    assert_eq!(
        beliefs,
        2 * 6 * found["baseline"]["beliefs"].as_array().expect("a list").len()
    );
    let table = words("table");
    for heading in [
        "Effective runs",
        "What was said, under A",
        "What was said, under B",
        "Bayes factor of",
        "Posterior (%) without",
        "left out",
        "said later",
    ] {
        assert!(table.contains(heading), "{heading}: {table}");
    }
}

/// Fails if too few effective runs are passed over in silence, or the column with them is missing.
#[test]
fn few_effective_runs_are_told_in_run_and_compare() {
    let told = |arguments: &[&str]| String::from_utf8(equipoise(arguments).stdout).expect("a text");
    let few = told(&["run", CLAIMS, "--runs", "500"]);
    assert!(few.contains("posterior  noise  effective"), "{few}");
    assert!(few.contains("Warning: the claims leave few runs"), "{few}");
    let few = told(&["compare", CLAIMS, "--set", "pace=2", "--runs", "500"]);
    assert!(few.contains("Warning: under A the claims leave few runs"), "{few}");
    assert!(few.contains("Warning: under B the claims leave few runs"), "{few}");
    let enough = told(&["compare", CLAIMS, "--set", "pace=2", "--runs", "40000"]);
    assert!(!enough.contains("Warning"), "{enough}");
}

/// A claim that nearly none of the runs can be made in: a few heavy ones carry the posterior. Fails if that is passed over in
/// the table or the JSON, or told where the runs weigh alike.
#[test]
fn few_heavy_runs_are_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("heavy.toml");
    let text = "[scenario]\ntitle = \"Heavy\"\nstart = 2001-01-01\nhorizon = \"1 year\"\n[parameters]\n\
                x = { uniform = [0, 1] }\ny = { bernoulli = 0.5 }\n[outcomes]\nyes = \"y\"\nno = true\n\
                [claims.rare]\non = 2001-02-01\nsays = \"x < 0.0002\"\nif_true = 0.9\nif_false = 0.00001\nnote = \"\"\n";
    std::fs::write(&file, text).expect("written");
    let file = file.to_str().expect("a path");
    let told = |arguments: &[&str]| String::from_utf8(equipoise(arguments).stdout).expect("a text");
    let words = |text: String| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let few = ["run", file, "--runs", "50000"];
    assert!(
        words(told(&few)).contains("a few heavy runs carry a posterior"),
        "{}",
        told(&few)
    );
    let compared = ["compare", file, "--set", "parameters.y=true", "--runs", "50000"];
    let compared = words(told(&compared));
    assert!(
        compared.contains("Warning: under A a few heavy runs carry a posterior"),
        "{compared}"
    );
    let carrying = |set: &str| {
        let found = json(&["run", file, "--runs", "50000", "--set", set, "--format", "json"]);
        found["outcomes"][0]["carrying_runs"].as_f64()
    };
    // About 10 runs in which the claim is true, half of them with each outcome, hold nearly all of the weight.
    assert!(carrying("claims.rare.if_true=0.9").is_some_and(|runs| runs > 1.0 && runs < 30.0));
    // As likely if it is false: all runs weigh alike, and half of 50,000 have the rarer outcome.
    let alike = carrying("claims.rare.if_false=0.9").expect("a number");
    assert!((24_000.0..=25_000.0).contains(&alike), "{alike}");
    // Nothing is estimated where every run ends so.
    assert_eq!(carrying("parameters.y=true"), None);
}

/// Fails if names are looked for where there are none, or what is the same in every run, or of no run, is told as driven.
#[test]
fn where_there_is_nothing_to_tell_that_is_said() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("plain.toml");
    let head = "[scenario]\ntitle = \"Plain\"\nstart = 2001-01-01\nhorizon = \"1 year\"\nruns = 2000\n[parameters]\n\
                x = { uniform = [0, 1] }\n";
    let write = |rest: &str| std::fs::write(&file, format!("{head}{rest}")).expect("written");
    let path = file.to_str().expect("a path");
    let told = |arguments: &[&str]| String::from_utf8(equipoise(arguments).stdout).expect("a text");
    write("[outcomes]\nyes = \"x > 0.5\"\n[measures]\nthree = \"3\"\n");
    let said = refusal(&["causes", path, "--outcome", "yes", "--of", "nope"], 2);
    assert_eq!(said, "error: there is no event `nope`; the scenario has no events\n");
    let said = told(&["drivers", path, "--measure", "three"]);
    assert!(
        said.ends_with("\n\nIt is the same in every run: nothing drives it.\n"),
        "{said}"
    );
    let said = told(&["drivers", path, "--outcome", "yes"]);
    assert!(!said.contains("\n\n\n") && said.contains("lowest fifth"), "{said}");
    write("[events.bad]\nrate = \"-1 - x\"\n[outcomes]\nyes = \"x > 0.5\"\n");
    for more in [&[][..], &["--outcome", "yes"]] {
        let said = told(&[&["drivers", path], more].concat());
        assert!(
            said.ends_with("No run was valid: there is nothing to be driven.\n"),
            "{said}"
        );
    }
}

/// Fails if the event that is the ending itself is told like another, or another like it.
#[test]
fn the_last_step_to_an_ending_is_marked() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("steps.toml");
    let text = "[scenario]\ntitle = \"Steps\"\nstart = 2001-01-01\nhorizon = \"1 year\"\nruns = 2000\n[parameters]\n\
                x = { uniform = [0, 1] }\n[events.talk]\nrate = 1\n[events.coup]\nwhen = \"fired(talk)\"\nrate = 2\n\
                [outcomes]\ncoup = \"fired(coup)\"\n";
    std::fs::write(&file, text).expect("written");
    let path = file.to_str().expect("a path");
    let found = json(&["causes", path, "--outcome", "coup", "--format", "json"]);
    let steps = found["causes"].as_array().expect("a list").iter();
    let steps: Vec<(&str, bool)> = steps
        .map(|cause| (cause["event"].as_str().expect("a name"), cause["last_step"] == true))
        .collect();
    assert!(
        steps.contains(&("talk", false)) && steps.contains(&("coup", true)),
        "{steps:?}"
    );
    let told = |arguments: &[&str]| String::from_utf8(equipoise(arguments).stdout).expect("a text");
    let said = told(&["causes", path, "--outcome", "coup"]);
    assert!(said.contains("\n* coup") && said.contains("\ntalk"), "{said}");
    let said = told(&["drivers", path, "--outcome", "coup"]);
    assert!(said.contains("\n* coup") && said.contains("\ntalk"), "{said}");
}

/// Fails if what is given is not asked of each side as `run` asks it, or a pair is not a run that is kept in both.
#[test]
fn what_is_given_is_asked_of_every_side() {
    let given = ["--given", "stage == 'open' @ 2018-03-01"];
    let compare = |rest: &[&str]| json(&[&["compare", CLAIMS, "--format", "json"], &given[..], rest].concat());
    let run = |rest: &[&str]| json(&[&["run", CLAIMS, "--format", "json"], &given[..], rest].concat());
    let found = compare(&["--set", "pace=2"]);
    let (baseline, faster) = (run(&[]), run(&["--set", "pace=2"]));
    let compared = &found["comparisons"][0];
    assert_eq!(found["baseline"]["given"], baseline["given"]);
    assert_eq!(compared["scenario"]["given"], faster["given"]);
    assert_eq!(found["baseline"]["claims"], baseline["claims"]);
    let aside = &compared["set_aside"];
    let count = |value: &Value| value.as_u64().expect("a count");
    let pairs = count(&compared["pairs"]);
    assert_eq!(pairs + count(&aside["compared"]), count(&baseline["given"]["kept"]));
    assert_eq!(pairs + count(&aside["baseline"]), count(&faster["given"]["kept"]));
    // A faster race that is still open in March was open in the slower one too.
    assert_eq!(count(&aside["baseline"]), 0);
    assert!(count(&aside["compared"]) > 0 && pairs > 0);
    let itself = compare(&[CLAIMS]);
    assert_eq!(itself["comparisons"][0]["pairs"], baseline["given"]["kept"]);
    for (outcome, alone) in itself["comparisons"][0]["outcomes"]
        .as_array()
        .expect("a list")
        .iter()
        .zip(baseline["outcomes"].as_array().expect("a list"))
    {
        assert_eq!(outcome["baseline"]["count"], alone["count"]);
    }
    let table = equipoise(&[&["compare", CLAIMS, "--set", "pace=2"], &given[..]].concat()).stdout;
    let table = String::from_utf8(table).expect("a text");
    assert!(table.contains("Given stage == 'open' @ 2018-03-01:"), "{table}");
    assert!(table.contains("runs in which what is given holds under"), "{table}");
}

/// Fails if a claim or a name that only some of the sides have is passed over in silence, or one that none has is no error.
#[test]
fn sides_that_lack_what_is_asked_of_are_named() {
    let said = refusal(
        &["compare", CLAIMS, "--set", "pace=2", "--without-claim", "will_wim"],
        2,
    );
    assert_eq!(said, "error: there is no claim `will_wim`; did you mean `will_win`?\n");
    let output = equipoise(&[
        "compare",
        CLAIMS,
        "scenarios/race.toml",
        "--runs",
        "2000",
        "--without-claim",
        "not_lost",
    ]);
    let said = String::from_utf8(output.stderr).expect("a text");
    assert!(output.status.success(), "{said}");
    assert_eq!(
        said,
        "note: there is no claim `not_lost` to leave out of scenarios/race.toml\n"
    );
    let said = refusal(
        &["compare", CLAIMS, "scenarios/race.toml", "--given", "stage == 'open'"],
        2,
    );
    assert!(said.contains("--given"), "{said}");
    assert!(
        said.contains("what --given says must mean something in each scenario; it does not in scenarios/race.toml"),
        "{said}"
    );
}

/// Fails if a format leaves series out, or the table says more of them than a few dates.
#[test]
fn a_comparison_tells_how_series_differ() {
    let arguments = [
        "compare",
        POLONEZ,
        "--variant",
        "armenia_silent",
        "--runs",
        "2000",
        "--format",
    ];
    let found = json(&[&arguments[..], &["json"]].concat());
    let series = &found["comparisons"][0]["series"][0];
    let points = series["points"].as_array().expect("a list");
    let run = json(&["run", POLONEZ, "--runs", "2000", "--format", "json"]);
    assert_eq!(
        points.len(),
        run["series"][0]["times"].as_array().expect("a list").len()
    );
    for (index, point) in points.iter().enumerate() {
        assert_eq!(point["date"], run["series"][0]["dates"][index]);
        assert_eq!(point["baseline_mean"], run["series"][0]["mean"][index]);
    }
    let words = |format: &str| {
        let output = equipoise(&[&arguments[..], &[format]].concat());
        String::from_utf8(output.stdout).expect("a text")
    };
    let csv = words("csv");
    assert!(csv.starts_with("compared,section,name,statistic,time,date,value\n"));
    let name = series["name"].as_str().expect("a name");
    let rows = csv
        .lines()
        .filter(|line| line.contains(&format!(",series,{name},mean_difference,")));
    assert_eq!(rows.count(), points.len());
    let table = words("table");
    let from = table.find("Over time, means").expect("a section");
    let told = table[from..].lines().take_while(|line| !line.is_empty()).count();
    // A heading, five dates of each of two series, and where the rest is.
    assert_eq!(told, 1 + 2 * 5 + 1, "{table}");
}

/// Fails if the CSV of what drives what lacks a number of the JSON, or has another.
#[test]
fn drivers_are_a_tidy_table_too() {
    let arguments = ["drivers", POLONEZ, "--outcome", "blocked", "--runs", "2000", "--format"];
    let found = json(&[&arguments[..], &["json"]].concat());
    let csv = equipoise(&[&arguments[..], &["csv"]].concat());
    let csv = String::from_utf8(csv.stdout).expect("a text");
    let lines: Vec<&str> = csv.lines().collect();
    assert_eq!(lines[0], "kind,target,section,name,group,statistic,value");
    assert!(lines.iter().all(|line| line.split(',').count() == 7));
    let target = &found["targets"][0];
    let parameters = target["parameters"].as_array().expect("a list");
    let clocks = target["clocks"].as_array().expect("a list");
    let fifths: usize = parameters
        .iter()
        .map(|parameter| parameter["fifths"].as_array().expect("a list").len())
        .sum();
    // A header, nine facts, two of the target; five of an effect, six of a group.
    let groups = fifths + 3 * clocks.len();
    assert_eq!(
        lines.len(),
        1 + 9 + 2 + 5 * (parameters.len() + clocks.len()) + 6 * groups
    );
    let first = &parameters[0];
    let name = first["name"].as_str().expect("a name");
    for row in [
        format!(
            "outcome,blocked,parameter,{name},,first_order_effect,{}",
            first["first_order_effect"]
        ),
        format!(
            "outcome,blocked,parameter,{name},fifth_1,mean,{}",
            first["fifths"][0]["mean"]
        ),
        format!("outcome,blocked,target,,,n,{}", target["n"]),
    ] {
        assert!(lines.contains(&row.as_str()), "{row}");
    }
}

/// Fails if a name that is not known is answered with more names than can be taken in, or with none that is meant.
#[test]
fn unknown_events_are_answered_with_a_few_names() {
    let asked = |of: &str| {
        let said = refusal(&["causes", POLONEZ, "--outcome", "blocked", "--of", of], 2);
        assert!(said.len() < 400, "{said}");
        said
    };
    assert!(asked("polonez_sale.objections.armenla").contains("did you mean `polonez_sale.objections.armenia`?"));
    assert!(asked("armenia").contains("polonez_sale.objections.armenia"));
    assert!(asked("armenia_objects").contains("objections.armenia"));
    let inside = asked("polonez_sale");
    assert!(inside.contains("in it are polonez_sale."), "{inside}");
    let nothing = asked("zzz");
    assert!(nothing.contains("there are ") && nothing.contains(" more"), "{nothing}");
}

/// Fails if a series that alone differs is hidden behind a story that does not.
#[test]
fn series_that_alone_differ_are_told() {
    let set = "series.open.value=\"stage == 'won' ? 1 : 0\"";
    let output = equipoise(&["compare", CLAIMS, "--set", set, "--quiet"]);
    let text = String::from_utf8(output.stdout).expect("a text");
    assert!(
        text.contains("Identical in every run, to the last event. But the series differ."),
        "{text}"
    );
    assert!(text.contains("Over time, means"), "{text}");
    let itself = String::from_utf8(equipoise(&["compare", CLAIMS, CLAIMS]).stdout).expect("a text");
    assert!(
        itself.contains("Identical in every run, to the last event.\n"),
        "{itself}"
    );
    assert!(!itself.contains("Over time"), "{itself}");
}
