//! Scenarios at random: small worlds in which every kind of clock, branch and change meets every other.

use std::fmt::Write;

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

/// An event as it will be written; `@3` in a text stands for the id of event 3.
#[derive(Debug, Clone)]
struct Event {
    timing: String,
    when: Option<String>,
    hold: Option<String>,
    repeats: Option<&'static str>,
    then: Vec<String>,
    branches: Vec<(String, Vec<String>)>,
    by_condition: bool,
    stop: bool,
}

/// A scenario, written out.
pub fn scenarios() -> impl Strategy<Value = String> {
    let limit = prop_oneof![4 => Just(1500), 1 => 1..40u32];
    (vec(event(), 2..7), limit, 0..3u32, expression(), simple_condition())
        .prop_map(|(events, limit, series, measure, outcome)| render(&events, limit, series, &measure, &outcome))
}

fn event() -> impl Strategy<Value = Event> {
    let branches = prop_oneof![
        5 => Just((Vec::new(), false)).boxed(),
        2 => vec((weight(), changes()), 1..5).prop_map(|branches| (branches, false)).boxed(),
        1 => vec((condition(), changes()), 1..4).prop_map(|branches| (branches, true)).boxed(),
    ];
    let repeats = prop_oneof![
        2 => Just(None),
        4 => Just(Some("true")),
        1 => select(vec!["2", "5"]).prop_map(Some),
    ];
    let often = |strategy: BoxedStrategy<String>, share: f64| option::weighted(share, strategy);
    (
        timing(),
        often(condition().boxed(), 0.6),
        often(condition().boxed(), 0.25),
        repeats,
        changes(),
        branches,
        prop::bool::weighted(0.04),
    )
        .prop_map(
            |(timing, when, hold, repeats, then, (branches, by_condition), stop)| Event {
                timing,
                when,
                hold,
                repeats,
                then,
                branches,
                by_condition,
                stop,
            },
        )
}

fn timing() -> impl Strategy<Value = String> {
    let texts = |texts: Vec<&'static str>| select(texts).prop_map(str::to_owned).boxed();
    prop_oneof![
        6 => rate().prop_map(|rate| format!("rate = \"{rate}\"")).boxed(),
        4 => texts(vec![
            "after = \"6 months\"",
            "after = \"3 months\"",
            "after = \"0.25 * b\"",
            "after = \"a - 1\"",
            "after = { uniform = [\"0 months\", \"8 months\"] }",
            "after = { exponential = [\"2 months\"] }",
            "after = { pert = [\"1 month\", \"0.2 + p\", \"3 years\"] }",
            "after = { gamma = [2, \"0.1 + 0.2 * p\"] }",
            "after = { weibull = [1.5, \"p / 4\"], truncate = [\"1 month\", \"2 years\"] }",
            "after = { poisson = [\"p\"] }",
        ]),
        1 => texts(vec!["on = 2001-07-01", "on = 2002-03-05", "on = 2001-01-01"]),
        2 => Just(String::new()).boxed(),
        1 => texts(vec!["chance = 0.6\nwithin = \"1 year\"", "chance = \"q ? 0.2 : 0.9\"\nwithin = \"6 months\""]),
    ]
}

fn rate() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => select(vec!["1.5", "0.8", "4", "p", "q ? 0 : 3", "150", "100 * p"]).prop_map(str::to_owned).boxed(),
        4 => expression().prop_map(|value| format!("abs({value})")).boxed(),
        2 => expression().prop_map(|value| format!("clamp({value}, 0, 20)")).boxed(),
        1 => expression().boxed(),
    ]
}

fn weight() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => select(vec!["1", "2", "0", "p", "logistic(a)", "1 + now"]).prop_map(str::to_owned).boxed(),
        3 => expression().prop_map(|value| format!("abs({value})")).boxed(),
        1 => expression().boxed(),
    ]
}

/// A number.
fn expression() -> BoxedStrategy<String> {
    let leaf = select(vec![
        "a",
        "b",
        "n",
        "p",
        "z",
        "0",
        "1",
        "2",
        "0.5",
        "3",
        "count(@0)",
        "count(@1)",
        "gap",
        "dice",
        "(s == 'x' ? 2 : 0.5)",
        "(f ? 1 : 0)",
        "(q ? a : b)",
        "min(5, time_of(@2))",
    ])
    .prop_map(str::to_owned);
    leaf.prop_recursive(3, 12, 3, |inner| {
        let pair = (inner.clone(), inner.clone());
        prop_oneof![
            (pair.clone(), select(vec!["+", "-", "*", "/", "%"]))
                .prop_map(|((x, y), sign)| format!("({x} {sign} {y})")),
            (pair.clone(), select(vec!["min", "max", "pow"])).prop_map(|((x, y), name)| format!("{name}({x}, {y})")),
            (inner.clone(), select(vec!["abs", "logistic", "sqrt", "ln", "exp", "-"]))
                .prop_map(|(x, name)| format!("{name}({x})")),
            (pair, timeless_condition()).prop_map(|((x, y), when)| format!("({when} ? {x} : {y})")),
            inner.prop_map(|x| format!("clamp({x}, -2, b)")),
        ]
    })
    .boxed()
}

/// What can stand in a rate as well.
const TIMELESS: [&str; 19] = [
    "f",
    "!f",
    "s == 'x'",
    "s != 'y'",
    "s in ['x', 'z']",
    "a < 3",
    "a >= 1",
    "b > 1",
    "n == 2",
    "q",
    "p < 1",
    "fired(@1)",
    "!fired(@0)",
    "count(@2) > 1",
    "count(@0) < 3",
    "time_of(@1) < 0.5",
    "z <= 0",
    "busy",
    "dice > 1",
];

const TIMELY: [&str; 4] = ["now < 0.5", "now >= 0.25", "now > p", "0.75 >= now"];

fn timeless_condition() -> BoxedStrategy<String> {
    select(TIMELESS.to_vec()).prop_map(str::to_owned).boxed()
}

fn simple_condition() -> BoxedStrategy<String> {
    select([TIMELESS.as_slice(), &TIMELY].concat())
        .prop_map(str::to_owned)
        .boxed()
}

fn condition() -> BoxedStrategy<String> {
    let compared = (
        expression_without_time(),
        expression_without_time(),
        select(vec!["<", "<=", ">", ">=", "=="]),
    )
        .prop_map(|(x, y, sign)| format!("{x} {sign} {y}"));
    let leaf = prop_oneof![5 => simple_condition(), 1 => compared.boxed()];
    leaf.prop_recursive(2, 4, 2, |inner| {
        prop_oneof![
            (inner.clone(), inner.clone()).prop_map(|(x, y)| format!("({x} && {y})")),
            (inner.clone(), inner.clone()).prop_map(|(x, y)| format!("({x} || {y})")),
            inner.prop_map(|x| format!("!({x})")),
        ]
    })
    .boxed()
}

fn expression_without_time() -> BoxedStrategy<String> {
    select(vec![
        "a",
        "b",
        "n",
        "z",
        "gap",
        "a * b",
        "n - a",
        "p + z",
        "count(@0)",
        "2",
        "dice",
    ])
    .prop_map(str::to_owned)
    .boxed()
}

fn changes() -> impl Strategy<Value = Vec<String>> {
    let change = prop_oneof![
        4 => select(vec![
            "f = true", "f = false", "f = !f", "s = 'x'", "s = 'y'", "s = 'z'", "a += 1", "a -= 1", "a = 0", "n = 2", "n = 0",
            "n += 1", "b *= 1.25", "b = max(1, b / 1.25)", "b = min(3, b * 1.2)", "z = -z", "z = now", "a = -a",
        ])
        .prop_map(str::to_owned)
        .boxed(),
        2 => (select(vec!["a", "b", "n", "z"]), expression()).prop_map(|(name, value)| format!("{name} = {value}")).boxed(),
        1 => simple_condition().prop_map(|value| format!("f = {value}")).boxed(),
    ];
    vec(change, 0..4)
}

const WORLD: &str = r#"
[parameters]
p    = { uniform = [0.2, 2] }
q    = { bernoulli = 0.6 }
dice = { discrete = { "1" = 1, "2" = "p", "6" = 2 } }
[variables]
a = { initial = 0, at_least = LEAST }
b = 1.0
n = "q ? 1 : 0"
z = 0
f = false
s = { states = ["x", "y", "z"] }
[definitions]
gap  = "a - 0.5 * n"
busy = "s in ['y', 'z'] && !f"
"#;

fn render(events: &[Event], limit: u32, series: u32, measure: &str, outcome: &str) -> String {
    let mut text =
        format!("[scenario]\ntitle = \"Random\"\nstart = 2001-01-01\nhorizon = \"2 years\"\nlimit = {limit}\n");
    text.push_str(&WORLD.replace("LEAST", if limit % 2 == 1 { "-1" } else { "-1e9" }));
    for (index, event) in events.iter().enumerate() {
        let _ = writeln!(text, "[events.@{index}]\n{}", event.timing);
        for (key, value) in [("when", &event.when), ("hold", &event.hold)] {
            if let Some(value) = value {
                let _ = writeln!(text, "{key} = \"{value}\"");
            }
        }
        if let Some(repeats) = event.repeats
            && !event.timing.starts_with("on")
        {
            let _ = writeln!(text, "repeats = {repeats}");
        }
        let _ = writeln!(text, "then = {:?}", event.then);
        if event.stop {
            text.push_str("stop = true\n");
        }
        let key = if event.by_condition { "when" } else { "weight" };
        for (branch, (measure, then)) in event.branches.iter().enumerate() {
            let _ = writeln!(
                text,
                "[events.@{index}.branches.b{branch}]\n{key} = \"{measure}\"\nthen = {then:?}"
            );
        }
    }
    let _ = writeln!(text, "[outcomes]\nfound = \"{outcome} && a < b\"\nother = \"s == 'x'\"");
    text.push_str("[measures]\na = \"a\"\nb = \"b\"\nz = \"z\"\nended = \"now\"\n");
    let _ = writeln!(text, "any = \"{measure}\"");
    if series > 0 {
        let value = if series == 1 { "a + b" } else { "a * now" };
        let _ = writeln!(text, "[series]\na = {{ value = \"{value}\", every = \"2 months\" }}");
        text.push_str("n = { value = \"n\", every = \"3 months\" }\n");
    }
    for digit in 0..10 {
        text = text.replace(&format!("@{digit}"), &format!("e{}", digit % events.len()));
    }
    text
}
