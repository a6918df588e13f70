//! Inputs that no writer would write: none may panic, hang or overflow a stack of the size that threads have.

use equipoise::diagnostic::{Faults, Files, render};
use equipoise::model;
use equipoise::plan::plan;
use equipoise::scenario::{Override, load_text};

const HEADER: &str = "[scenario]\ntitle = \"T\"\nstart = 2017-10-09\nhorizon = \"3 years\"\n";

/// Loads, checks, plans and prints; the codes of what is found, and how much text it makes.
fn answer(text: &str, overrides: &[&str]) -> (Vec<&'static str>, bool) {
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
    let printed = render(&faults, &files, false);
    assert_eq!(printed.is_empty(), faults.is_empty());
    if let Some(core) = &core {
        plan(core);
        model::expand(core);
    }
    let codes = faults.sorted().iter().map(|fault| fault.code.as_str()).collect();
    (codes, core.is_some())
}

fn with_measure(expression: &str) -> String {
    format!("{HEADER}[variables]\nx = 1\n[measures]\nm = '''{expression}'''\n")
}

#[test]
fn probe() {
    let n: usize = std::env::var("N").unwrap_or("1990".into()).parse().unwrap();
    let started = std::time::Instant::now();
    match std::env::var("WHAT").unwrap_or_default().as_str() {
        "sum" => println!("{:?}", answer(&with_measure(&vec!["x"; n].join(" + ")), &[]).0),
        "or" => println!("{:?}", answer(&with_measure(&vec!["x > 1"; n].join(" || ")), &[]).0),
        "eq" => println!(
            "{:?}",
            answer(
                &with_measure(&format!(
                    "x in [{}]",
                    (0..n).map(|i| i.to_string()).collect::<Vec<_>>().join(",")
                )),
                &[]
            )
            .0
        ),
        "chain" => {
            let mut text = format!("{HEADER}[variables]\nx = 1\n[measures]\nm = 'd{n}'\n[definitions]\nd0 = 'x'\n");
            for i in 1..=n {
                text += &format!("d{i} = 'd{} + d{0}'\n", i - 1);
            }
            println!("{:?}", answer(&text, &[]).0);
        }
        "balance" => {
            let mut text = format!(
                "{HEADER}[measures]\nm = 'b.share.one'\n[balances.b]\nsides = {{ one = ['a'], two = ['z'] }}\nweights = {{ c = 2 }}\n[actors.z]\n[actors.a]\n[actors.a.inventory]\n"
            );
            for i in 0..n {
                text += &format!("s{i} = 1\n");
            }
            for i in 0..n {
                text += &format!("[systems.s{i}]\ncategory='c'\ntiv=2\n");
            }
            println!("{:?}", answer(&text, &[]).0);
        }
        "members" => {
            let mut text = format!(
                "{HEADER}[measures]\nm = 'g.members.exists(o, o.inventory.s > 1) ? 1 : 0'\n[systems.s]\n[alliances.g]\nmembers = [{}]\n",
                (0..n).map(|i| format!("'a{i}'")).collect::<Vec<_>>().join(",")
            );
            for i in 0..n {
                text += &format!("[actors.a{i}]\ninventory = {{ s = 1 }}\n");
            }
            println!("{:?}", answer(&text, &[]).0);
        }
        "dotted" => println!(
            "{:?}",
            answer(&format!("{HEADER}{} = 1\n", vec!["a"; n].join(".")), &[]).0
        ),
        "array" => println!(
            "{:?}",
            answer(
                &format!("{HEADER}[parameters]\na = {}{}\n", "[".repeat(n), "]".repeat(n)),
                &[]
            )
            .0
        ),
        "inline" => println!(
            "{:?}",
            answer(
                &format!("{HEADER}[parameters]\na = {}1{}\n", "{value=".repeat(n), "}".repeat(n)),
                &[]
            )
            .0
        ),
        "headers" => println!(
            "{:?}",
            answer(&format!("{HEADER}[{}]\nx=1\n", vec!["a"; n].join(".")), &[]).0
        ),
        "dottedset" => println!("{:?}", answer(HEADER, &[&format!("{}=1", vec!["a"; n].join("."))]).0),
        "garbage" => println!("{:?}", answer(&"{[= ,\"\n".repeat(n), &[]).0.len()),
        "unknown" => {
            let mut text = format!("{HEADER}[parameters]\n");
            for i in 0..n {
                text += &format!("param_{i} = 'parameter_{}'\n", i * 7);
            }
            println!("{:?}", answer(&text, &[]).0.len());
        }
        "events" => {
            let mut text = format!("{HEADER}[outcomes]\no='count(e1) > 1'\n");
            for i in 0..n {
                text += &format!("[events.e{i}]\nrate = 1\n");
            }
            println!("{:?}", answer(&text, &[]).0.len());
        }
        "in" => {
            let mut e = "x".to_owned();
            for _ in 0..n {
                e = format!("({e} in [1, 2] ? 1 : 0)");
            }
            println!("{:?}", answer(&with_measure(&e), &[]).0);
        }
        _ => {}
    }
    println!("{:?}", started.elapsed());
}
