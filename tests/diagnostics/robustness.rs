//! Inputs that no writer would write: none may panic, hang or overflow a stack of the size that threads have.

use std::fmt::Write;
use std::path::Path;
use std::time::{Duration, Instant};

use equipoise::diagnostic::{Faults, Files, render};
use equipoise::engine::Player;
use equipoise::model;
use equipoise::plan::plan;
use equipoise::scenario::{Document, Override, load, load_text};

const HEADER: &str = "[scenario]\ntitle = \"T\"\nstart = 2017-10-09\nhorizon = \"3 years\"\n";

/// Far more than any of these takes, on a slow machine and in a debug build.
const PATIENCE: Duration = Duration::from_secs(30);

/// Loads, checks, prints, plans, and plays a run; tells the codes of what is found.
fn answer_to(text: &str, overrides: &[&str]) -> Vec<&'static str> {
    let started = Instant::now();
    let overrides: Vec<_> = overrides
        .iter()
        .map(|text| Override {
            text: (*text).to_owned(),
        })
        .collect();
    let (mut files, mut faults) = (Files::default(), Faults::default());
    let core = load_text("test.toml", text, &overrides, &mut files, &mut faults)
        .and_then(|scenario| model::check(&scenario, &files, &mut faults));
    assert_eq!(core.is_none(), faults.has_errors());
    assert_eq!(render(&faults, &files, false).is_empty(), faults.is_empty());
    if let Some(core) = &core {
        model::expand(core);
        let mut plan = plan(core);
        plan.limit = plan.limit.min(1000);
        Player::new(&plan, 1).block(0, 1);
    }
    assert!(started.elapsed() < PATIENCE, "this takes too long");
    faults.sorted().iter().map(|fault| fault.code.as_str()).collect()
}

fn answer(text: &str) -> Vec<&'static str> {
    answer_to(text, &[])
}

/// A scenario that measures an expression.
fn measuring(expression: &str) -> String {
    format!("{HEADER}[variables]\nx = 1\n[measures]\nm = '''{expression}'''\n")
}

fn listed(number: usize, item: impl Fn(usize) -> String, between: &str) -> String {
    (0..number).map(item).collect::<Vec<_>>().join(between)
}

#[test]
fn deep_nesting_is_refused_or_read() {
    for depth in [10, 60, 100, 10_000, 100_000] {
        let around = |open: &str, close: &str| format!("{}1{}", open.repeat(depth), close.repeat(depth));
        for value in [around("[", "]"), around("{value=", "}"), around("{a.b=[", "]}")] {
            answer(&format!("{HEADER}[parameters]\na = {value}\n"));
        }
        for expression in [
            around("(", ")"),
            around("-", ""),
            around("!", ""),
            around("abs(", ")"),
            around("x > 1 ? 1 : ", ""),
            around("1 in [", "]"),
            around("x.exists(o, ", ")"),
            around("", " + (x"),
        ] {
            answer(&measuring(&expression));
        }
        let path = vec!["a"; depth].join(".");
        answer(&format!("{HEADER}{path} = 1\n"));
        answer(&format!("{HEADER}[{path}]\nb = 1\n"));
        answer(&measuring(&path));
        answer_to(HEADER, &[&format!("{path}=1"), &format!("scenario.{path}=1")]);
    }
}

#[test]
fn a_long_sum_is_no_deep_recursion() {
    assert!(answer(&measuring(&vec!["x"; 1990].join(" + "))).is_empty());
    assert!(answer(&measuring(&vec!["x > 1"; 990].join(" || "))).is_empty());
    assert!(answer(&measuring(&format!("x in [{}]", listed(1900, |i| i.to_string(), ", ")))).is_empty());
    assert_eq!(answer(&measuring(&vec!["x"; 1_000_000].join(" + "))), ["E011"]);
}

#[test]
fn chains_of_definitions_have_an_end() {
    let chain = |length: usize, backwards: bool| {
        let mut lines: Vec<_> = (1..=length).map(|i| format!("d{i} = 'd{} + 1'", i - 1)).collect();
        if backwards {
            lines.reverse();
        }
        let lines = lines.join("\n");
        format!("{HEADER}[variables]\nx = 1\n[measures]\nm = 'd{length}'\n[definitions]\nd0 = 'x'\n{lines}\n")
    };
    for backwards in [false, true] {
        assert!(answer(&chain(150, backwards)).is_empty());
        let found = answer(&chain(10_000, backwards));
        assert!(
            !found.is_empty() && found.iter().all(|code| *code == "E008"),
            "{found:?}"
        );
    }
}

#[test]
fn a_chain_of_diamonds_is_fast() {
    for table in ["definitions", "parameters"] {
        let lines = listed(60, |i| format!("d{} = 'd{i} + d{i}'", i + 1), "\n");
        let first = if table == "parameters" {
            "{ uniform = [0, 1] }"
        } else {
            "'x'"
        };
        let text = format!(
            "{HEADER}[variables]\nx = 1\n[measures]\nm = 'd60'\n[events.e]\nrate = 'd60 > 1 ? 1 : 2'\nthen = ['x += 1']\n[{table}]\nd0 = {first}\n{lines}\n"
        );
        assert!(answer(&text).is_empty());
    }
}

#[test]
fn sets_in_sets_do_not_explode() {
    let mut nested = "x".to_owned();
    for _ in 0..50 {
        nested = format!("({nested} in [1, 2] ? 1 : 0)");
    }
    assert_eq!(answer(&measuring(&nested)), ["E012"]);
    for members in [10, 300, 10_000] {
        let mut text = format!("{HEADER}[systems.s]\n[alliances.g]\nmembers = [");
        let ids = listed(members, |i| format!("'a{i}'"), ", ");
        writeln!(text, "{ids}]").unwrap();
        for actor in 0..members {
            writeln!(text, "[actors.a{actor}]\ninventory = {{ s = 1 }}").unwrap();
        }
        text.push_str(
            "[measures]\none = 'g.members.exists(o, o.inventory.s > 1)'\n\
             four = 'g.members.exists(a, g.members.all(b, g.members.exists(c, g.members.exists(d, a == b || c == d || a.inventory.s > 1))))'\n",
        );
        answer(&text);
    }
}

#[test]
fn many_things_take_time_in_proportion() {
    let unknown = listed(3000, |i| format!("param_{i} = 'parameter_{}'", i * 7), "\n");
    answer(&format!("{HEADER}[parameters]\n{unknown}\n"));
    let events = listed(5000, |i| format!("[events.e{i}]\nrate = 1"), "\n");
    answer(&format!("{HEADER}[outcomes]\no = 'count(e1) > 1'\n{events}\n"));
    answer(&"{[= ,\"\n".repeat(10_000));
    answer(&format!("{HEADER}{}", "a = [1,\n".repeat(3000)));
    answer(&format!("{HEADER}{}", "[parameters\nb = 1\n".repeat(3000)));
    answer(&format!(
        "{HEADER}[measures]\n{}",
        listed(5000, |i| format!("m{i} = 'x +'"), "\n")
    ));
}

#[test]
fn numbers_and_days_at_their_ends() {
    for number in [
        "1e308",
        "-1e308",
        "1e400",
        "nan",
        "-inf",
        "9223372036854775807",
        "0xFFFFFFFFFFFFFFFF",
        "5e-324",
        "-0.0",
    ] {
        for key in ["rate", "chance", "after", "repeats", "when"] {
            answer(&format!(
                "{HEADER}[events.e]\nwithin = '1 year'\n{key} = {number}\n[measures]\nm = 'count(e)'\n"
            ));
        }
        answer(&format!(
            "{HEADER}[parameters]\np = {{ pert = [{number}, 1, {number}] }}\n[measures]\nm = 'p'\n"
        ));
        answer(&format!(
            "{HEADER}seed = {number}\nruns = {number}\nlimit = {number}\n[measures]\nm = 'now'\n"
        ));
    }
    for start in ["0001-01-01", "0000-01-01", "9999-12-31", "2017-02-29", "2016-02-29"] {
        for horizon in [
            "1 year",
            "1e6 years",
            "1e300 years",
            "1e400 years",
            "-3 years",
            "0 days",
            "1e-300 hours",
            "9999999999 months",
        ] {
            for every in ["1 day", "1e-9 hours", "1e300 years", "1e-320 years"] {
                answer(&format!(
                    "[scenario]\ntitle = 'T'\nstart = {start}\nhorizon = '{horizon}'\n[events.e]\non = 9999-12-31\n\
                     [series]\ns = {{ value = 'count(e) + date(\"0001-01-01\")', every = '{every}' }}\n"
                ));
            }
        }
    }
}

#[test]
fn strange_names() {
    for id in [
        "\"\"",
        "\"a.b\"",
        "\"a b\"",
        "\"\\\"\"",
        "\"é\"",
        "\"a..b\"",
        "\".\"",
        "\"now\"",
        "\"a\\u0000\"",
        "1",
        "-",
        "\"\u{202e}\"",
    ] {
        for table in ["parameters", "variables", "definitions", "outcomes", "measures"] {
            answer(&format!("{HEADER}[{table}]\n{id} = 1\n"));
        }
        for table in [
            "events",
            "actors",
            "systems",
            "alliances",
            "balances",
            "deals",
            "suppliers",
            "sources",
            "relations",
            "series",
        ] {
            answer(&format!(
                "{HEADER}[{table}.{id}]\nsupplier = '{}'\n[{table}.{id}.{id}]\n",
                id.replace('"', "")
            ));
        }
    }
}

#[test]
fn strange_overrides() {
    let scenario = measuring("x + 1");
    let long = "x".repeat(100_000);
    let long_address = format!("{long}=1");
    let long_value = format!("x={long}");
    for change in [
        "",
        "=",
        ".",
        "..=",
        "a..b=1",
        "x",
        "x=",
        "=x",
        " = ",
        "x==1",
        "x=1=2",
        "é=1",
        "x=é",
        "x='''",
        "x=\"",
        "x=\n",
        "x=1\ny=2",
        "x=\0",
        "x=[1",
        "x={",
        "x={}",
        "x=[[]]",
        "x=nan",
        "x=1979-05-27T07:32:00Z",
        "scenario=1",
        "scenario.start=1",
        "extends=a",
        "x.y.z=1",
        "\"x\"=1",
        "x=# nothing",
        "[x]=1",
        "measures.m=",
        &long_address,
        &long_value,
    ] {
        answer_to(&scenario, &[change]);
        answer_to("", &[change]);
        answer_to("[", &[change, change]);
    }
}

#[test]
fn strange_texts() {
    for text in [
        "",
        "\n",
        "\u{feff}",
        "\0",
        "\r",
        "\r\n\r",
        "[]",
        "[[]]",
        "=",
        "a",
        "a=",
        "\"",
        "'''",
        "#",
        "[scenario]",
        "scenario = 1",
        "scenario = []",
        "extends = 3",
        "extends = 'x'",
    ] {
        answer(text);
        answer(&format!("{HEADER}{text}"));
        answer(&format!("{HEADER}{text}").replace('\n', "\r\n"));
        answer(&format!("{HEADER}{text}").replace('\n', "\t\r"));
    }
    let whole = measuring("x + 1 == 'é' ? now : count(x)");
    for end in (0..whole.len()).filter(|end| whole.is_char_boundary(*end)) {
        answer(&whole[..end]);
        answer(&whole[end..]);
    }
}

/// Every key of every table, with a value of every kind.
#[test]
fn every_key_with_every_type() {
    let values = [
        "'text'",
        "''",
        "1",
        "0",
        "-1",
        "0.5",
        "true",
        "false",
        "2018-01-01",
        "07:32:00",
        "[]",
        "[1]",
        "['a', 'b']",
        "[[]]",
        "{}",
        "{ a = 1 }",
        "{ value = 1 }",
        "{ uniform = [0, 1] }",
        "{ bernoulli = 0.5 }",
        "{ discrete = { \"a\" = 1 } }",
        "'1 year'",
        "'now'",
        "'x'",
        "{ states = ['a'] }",
        "[{}]",
        "{ a = { a = { a = 1 } } }",
    ];
    let tables: [(&str, &[equipoise::scenario::Field]); 17] = [
        ("", Document::FIELDS),
        ("scenario", equipoise::scenario::Header::FIELDS),
        ("sources.s", equipoise::scenario::Source::FIELDS),
        ("systems.s", equipoise::scenario::System::FIELDS),
        ("actors.a", equipoise::scenario::Actor::FIELDS),
        ("actors.a.objects.o", equipoise::scenario::Objection::FIELDS),
        ("alliances.l", equipoise::scenario::Alliance::FIELDS),
        ("balances.b", equipoise::scenario::Balance::FIELDS),
        ("suppliers.a", equipoise::scenario::Supplier::FIELDS),
        ("suppliers.a.policy.r", equipoise::scenario::Rule::FIELDS),
        ("deals.d", equipoise::scenario::Deal::FIELDS),
        ("deals.d.signs", equipoise::scenario::Step::FIELDS),
        ("deals.d.delivers.b", equipoise::scenario::Batch::FIELDS),
        ("events.e", equipoise::scenario::Event::FIELDS),
        ("events.e.branches.b", equipoise::scenario::Branch::FIELDS),
        ("variables.v", equipoise::scenario::Variable::FIELDS),
        ("series.s", equipoise::scenario::Series::FIELDS),
    ];
    let rest = "[systems.w]\ncategory = 'c'\ntiv = 1\n[actors.z]\n[suppliers.z]\nsells = ['w']\n[deals.x]\nsupplier = 'z'\nrecipient = 'a'\n\
                system = 'w'\nquantity = 1\n[outcomes]\nall = 'x.stage == \"delivered\"'\n";
    for (table, fields) in tables {
        for field in fields {
            for value in values {
                let line = format!("{} = {value}\n", field.name);
                answer(&match table {
                    "" => format!("{line}{HEADER}{rest}"),
                    "scenario" => format!("{HEADER}{line}{rest}"),
                    _ => format!("{HEADER}{rest}[{table}]\n{line}"),
                });
                answer(&format!("[{table}]\n{line}"));
            }
        }
    }
}

/// What lies at a path, and how it is answered: a line of its own, or faults.
fn answer_to_file(path: &Path) -> Result<Vec<&'static str>, String> {
    let (mut files, mut faults) = (Files::default(), Faults::default());
    match load(path, &[], &mut files, &mut faults) {
        Ok(scenario) => {
            scenario.and_then(|scenario| model::check(&scenario, &files, &mut faults));
            render(&faults, &files, false);
            Ok(faults.sorted().iter().map(|fault| fault.code.as_str()).collect())
        }
        Err(unreadable) => Err(unreadable.to_string()),
    }
}

#[test]
fn what_is_no_text_is_answered_in_one_line() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    std::fs::write(at("latin.toml"), b"[scenario]\ntitle = \"\xe9\"").unwrap();
    std::fs::write(at("wide.toml"), b"\xff\xfe[\0s\0").unwrap();
    std::fs::write(at("results.parquet"), b"PAR1\0\xff").unwrap();
    let shown = |name: &str| at(name).display().to_string();
    assert_eq!(
        answer_to_file(folder.path()),
        Err(format!("{} is a folder, not a scenario file", folder.path().display()))
    );
    assert_eq!(
        answer_to_file(&at("none.toml")),
        Err(format!("there is no file {}", shown("none.toml")))
    );
    assert_eq!(
        answer_to_file(&at("latin.toml")),
        Err(format!(
            "{} is not a text in UTF-8: line 2 is in another encoding",
            shown("latin.toml")
        ))
    );
    assert_eq!(
        answer_to_file(&at("wide.toml")),
        Err(format!("{} is a text in UTF-16; save it in UTF-8", shown("wide.toml")))
    );
    assert_eq!(
        answer_to_file(&at("results.parquet")),
        Err(format!("{} is not a text, but binary data", shown("results.parquet")))
    );
    assert_eq!(
        answer_to_file(&at("latin")),
        Err(format!(
            "there is no file {}; did you mean {}?",
            shown("latin"),
            shown("latin.toml")
        ))
    );
    std::fs::write(at("extends.toml"), "extends = \"latin.toml\"").unwrap();
    assert_eq!(answer_to_file(&at("extends.toml")), Ok(vec!["E023"]));
}

#[cfg(unix)]
#[test]
fn a_circle_of_bases_is_found_by_any_path() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    std::fs::create_dir(at("sub")).unwrap();
    std::os::unix::fs::symlink(at("a.toml"), at("sub/link.toml")).unwrap();
    std::fs::write(at("a.toml"), "extends = \"sub/../sub/link.toml\"").unwrap();
    assert_eq!(answer_to_file(&at("a.toml")), Ok(vec!["E014"]));
    std::fs::write(at("b.toml"), "extends = \"sub/c.toml\"").unwrap();
    std::fs::write(at("sub/c.toml"), "extends = \"../sub/../b.toml\"").unwrap();
    assert_eq!(answer_to_file(&at("b.toml")), Ok(vec!["E014"]));
    // A long chain is not followed to the end of the stack.
    for step in 0..2000 {
        std::fs::write(
            at(&format!("s{step}.toml")),
            format!("extends = \"s{}.toml\"", step + 1),
        )
        .unwrap();
    }
    assert!(answer_to_file(&at("s0.toml")).is_ok_and(|codes| codes.contains(&"E023")));
}
