//! The page that `report` writes: whole, self-contained, the same however it is made, and with the numbers of `run`.

use std::path::Path;
use std::process::{Command, Output};

use crate::shipped;

fn equipoise(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_equipoise"));
    command.current_dir(folder).args(arguments);
    command.output().expect("the command starts")
}

fn page(folder: &Path, file: &str, more: &[&str]) -> String {
    let arguments = [&["report", file, "--quiet", "--force"], more].concat();
    let output = equipoise(folder, &arguments);
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{arguments:?}: {errors}");
    std::fs::read_to_string(folder.join("report.html")).expect("the page is there")
}

fn folder_with(name: &str, text: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join(name), text).expect("written");
    folder
}

/// How often something stands in a text.
fn count(text: &str, what: &str) -> usize {
    text.matches(what).count()
}

/// Fails if a page depends on the number of threads, loads anything, has a picture without words, or a picture without a
/// table.
#[test]
fn a_page_is_whole_and_the_same_on_any_number_of_threads() {
    for (name, text) in shipped::ALL {
        let folder = folder_with(name, text);
        let one = page(folder.path(), name, &["--runs", "2000", "--threads", "1"]);
        let three = page(folder.path(), name, &["--runs", "2000", "--threads", "3"]);
        assert!(one == three, "{name} on three threads");
        for loader in [
            "<script", "<link", "<img", "<iframe", "@import", "url(", "src=\"", "fetch(",
        ] {
            assert!(!one.contains(loader), "{name}: {loader}");
        }
        let pictures = count(&one, "<svg ");
        assert!(pictures >= 6, "{name}: {pictures} pictures");
        for part in ["role=\"img\"", "<desc id=\"", "-title\">"] {
            assert!(count(&one, part) >= pictures, "{name}: {part}");
        }
        assert_eq!(count(&one, "<figure ") * 2, pictures, "{name}: one for each width");
        assert_eq!(count(&one, "<figure "), count(&one, "<summary>The numbers"), "{name}");
        for (open, close) in [
            ("<svg ", "</svg>"),
            ("<table", "</table>"),
            ("<section ", "</section>"),
            ("<g>", "</g>"),
        ] {
            assert_eq!(count(&one, open), count(&one, close), "{name}: {open}");
        }
        assert!(
            one.split(|c: char| !c.is_ascii_alphabetic())
                .all(|word| word != "NaN" && word != "inf"),
            "{name}: a coordinate is no number"
        );
    }
}

/// Fails if the column of an origin, of which one claim repeats another, has the head of a claim's own column.
#[test]
fn claims_and_origins_have_columns_of_their_own() {
    let folder = folder_with("polonez.toml", include_str!("../../scenarios/polonez.toml"));
    let page = page(folder.path(), "polonez.toml", &["--runs", "2000"]);
    let heads = page.split("<thead>").skip(1);
    let heads = heads.filter_map(|rest| rest.split("</thead>").next());
    let by_claim: Vec<&str> = heads.filter(|head| head.contains(">a</th>")).collect();
    assert!(by_claim.len() >= 2, "{} tables by claim", by_claim.len());
    for head in by_claim {
        let columns: Vec<&str> = head.split("</th>").filter_map(|cell| cell.rsplit('>').next()).collect();
        let ends = ["a", "b", "c", "e", "f", "c and d", ""];
        assert!(columns.ends_with(&ends), "{columns:?}");
    }
}

/// Fails if an id stands in a title or in a picture, where a reader looks for words.
#[test]
fn titles_and_pictures_have_words_and_no_ids() {
    for (name, text) in shipped::ALL {
        let folder = folder_with(name, text);
        let page = page(folder.path(), name, &["--runs", "2000"]);
        for [open, close] in [["<text ", "</text>"], ["<h3>", "</h3>"], ["<desc ", "</desc>"]] {
            let said = page.split(open).skip(1).filter_map(|rest| rest.split_once(close));
            let ids: Vec<&str> = said
                .map(|(words, _)| words)
                .filter(|words| words.contains('_'))
                .collect();
            assert!(ids.is_empty(), "{name}: {ids:?}");
        }
        if name == "polonez.toml" {
            assert!(page.contains("the draw “heeds its allies” (Polonez for Azerbaijan)"));
        }
    }
}

/// Fails if the flagship's page is heavier than can be mailed, with its variants or without. Few runs have few steps, and many
/// have smooth curves: between the two, at about 600, curves have the most corners and the page weighs most.
#[test]
fn the_flagship_is_light_at_any_number_of_runs() {
    let folder = folder_with("polonez.toml", include_str!("../../scenarios/polonez.toml"));
    let variants = ["armenia_silent", "strong_ally", "csto_veto"].map(|id| ["--variant", id]);
    for runs in ["600", "1000", "4000", "20000"] {
        for variants in [&[][..], &variants[..]] {
            let weight = page(
                folder.path(),
                "polonez.toml",
                &[&variants.concat()[..], &["--runs", runs]].concat(),
            )
            .len();
            assert!(
                weight < 400_000,
                "{runs} runs, {} variants: {weight} bytes",
                variants.len()
            );
        }
    }
}

/// Fails if the flagship's page says anything else than `run` does.
#[test]
fn the_flagship_has_the_numbers_of_run() {
    let text = include_str!("../../scenarios/polonez.toml");
    let folder = folder_with("polonez.toml", text);
    let page = page(folder.path(), "polonez.toml", &["--runs", "20000"]);
    let json = equipoise(
        folder.path(),
        &["run", "polonez.toml", "--runs", "20000", "--format", "json", "--quiet"],
    );
    let json: serde_json::Value = serde_json::from_slice(&json.stdout).expect("JSON");
    for fact in ["checksum", "sha256"] {
        let fact = json[fact].as_str().or(json["scenario"][fact].as_str()).expect("a text");
        assert!(page.contains(fact), "{fact}");
    }
    for outcome in json["outcomes"].as_array().expect("a list") {
        let share = outcome["probability"].as_f64().expect("a share") * 100.0;
        assert!(page.contains(&format!("<td>{share:.2}%</td>")), "{outcome}");
    }
    // Its numbers and their sources are in the appendix; the command makes it again.
    for part in [
        "sale.<wbr>signs",
        "pert [1 month, 2 months, 6 months]",
        "href=\"#source-sipri\"",
        "id=\"source-sipri\"",
        "equipoise report polonez.toml --seed 2016 --runs 20000 --output report.html",
        "equipoise trace polonez.toml --run",
    ] {
        assert!(page.contains(part), "{part}");
    }
}

/// Fails if a page that is there is lost, or half of one is left behind.
#[test]
fn a_page_is_replaced_only_by_force() {
    let (name, text) = shipped::ALL[2];
    let folder = folder_with(name, text);
    let here = folder.path();
    std::fs::write(here.join("mine.html"), "mine").expect("written");
    let arguments = ["report", name, "--runs", "100", "--output", "mine.html"];
    let output = equipoise(here, &arguments);
    assert_eq!(output.status.code(), Some(1));
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(
        said.contains("mine.html: exists already") && said.contains("--force"),
        "{said}"
    );
    assert_eq!(std::fs::read_to_string(here.join("mine.html")).expect("there"), "mine");
    // It is said before anything is played: so many runs would take days.
    let missing = equipoise(here, &["report", name, "--runs", "10000000000", "-o", "none/page.html"]);
    assert_eq!(missing.status.code(), Some(1));
    let said = String::from_utf8_lossy(&missing.stderr);
    assert!(said.contains("none/page.html: there is no such folder"), "{said}");
    assert!(
        equipoise(here, &[&arguments[..], &["--force"]].concat())
            .status
            .success()
    );
    assert!(
        std::fs::read_to_string(here.join("mine.html"))
            .expect("there")
            .starts_with("<!DOCTYPE html>")
    );
    assert_eq!(
        std::fs::read_dir(here).expect("a folder").count(),
        2,
        "nothing else is left"
    );
}

/// Fails if a page is written under a name that no browser opens, or nobody is told where it is.
#[test]
fn a_page_is_named_as_one() {
    let (name, text) = shipped::ALL[2];
    let folder = folder_with(name, text);
    let here = folder.path();
    for (target, words) in [("page.pdf", "print it to PDF"), ("page.csv", "ends in .html")] {
        let output = equipoise(here, &["report", name, "--runs", "10", "-o", target]);
        assert_eq!(output.status.code(), Some(2));
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(said.contains(words) && !here.join(target).exists(), "{said}");
    }
    let output = equipoise(here, &["report", name, "--runs", "100"]);
    assert_eq!(
        String::from_utf8_lossy(&output.stderr),
        "report.html is there: open it in a browser\n"
    );
}

/// Fails if a page of a changed scenario passes for one of the scenario as it is, or its commands leave the changes out.
#[test]
fn a_page_says_what_was_changed() {
    let folder = folder_with("polonez.toml", include_str!("../../scenarios/polonez.toml"));
    let changes = ["--variant", "csto_veto", "--set", "leverage={ beta = [3, 4] }"];
    let page = page(
        folder.path(),
        "polonez.toml",
        &[&changes[..], &["--runs", "500"]].concat(),
    );
    let set = "--set 'leverage={ beta = [3, 4] }'";
    assert!(page.contains(&format!("Changed for this page: <code>{set}</code>")));
    assert!(page.contains(&format!(", {set} · 500 runs, seed 2016")));
    for command in [
        format!("report polonez.toml --variant csto_veto {set}"),
        format!("trace polonez.toml {set}"),
    ] {
        assert!(page.contains(&format!("equipoise {command}")), "{command}");
    }
    // What is set is set in the variant too.
    assert!(page.contains("variant csto_veto with leverage={ beta = [3, 4] }"));
}

/// Fails if a page about a variant is one of the file as it stands, its commands play another scenario, or the variants that it
/// is compared with are compared with the file as it stands.
#[test]
fn a_page_can_be_about_a_variant() {
    let folder = folder_with("polonez.toml", include_str!("../../scenarios/polonez.toml"));
    let here = folder.path();
    let alone = page(here, "polonez.toml", &["--about", "csto_veto", "--runs", "500"]);
    let run = [
        "run",
        "polonez.toml",
        "--variant",
        "csto_veto",
        "--runs",
        "500",
        "--format",
        "json",
        "--quiet",
    ];
    let run = json(here, &run);
    let outcomes = run["outcomes"].as_array().expect("a list").iter();
    for outcome in outcomes.filter(|outcome| outcome["count"] != 0) {
        let share = outcome["probability"].as_f64().expect("a share") * 100.0;
        assert!(
            section(&alone, "outcomes").contains(&format!("<td>{share:.2}%</td>")),
            "{outcome}"
        );
    }
    assert!(!alone.contains("id=\"comparison\""));
    for part in [
        "<h1>Polonez for Azerbaijan: The CSTO binds its members</h1>",
        "Changed for this page: <code>--variant csto_veto</code>",
        "equipoise trace polonez.toml --variant csto_veto --run",
        "equipoise report polonez.toml --about csto_veto --seed 2016 --runs 500",
    ] {
        assert!(alone.contains(part), "{part}");
    }
    let two = ["--about", "csto_veto", "--variant", "armenia_silent", "--runs", "500"];
    let two = page(here, "polonez.toml", &two);
    let sides = section(&two, "comparison");
    assert!(sides.contains("The CSTO binds its members, <code>polonez.toml, variant csto_veto</code>"));
    assert!(sides.contains("Armenia raises no objection, <code>polonez.toml, variant armenia_silent</code>"));
    let unknown = equipoise(here, &["report", "polonez.toml", "--about", "csto_vet", "-o", "x.html"]);
    assert_eq!(unknown.status.code(), Some(2));
}

/// Fails if the comparison on a page leaves a side out, or has other numbers than `compare` gives, or a side adds
/// more to the page than it can bear.
#[test]
fn a_page_compares_as_compare_does() {
    let folder = folder_with("polonez.toml", include_str!("../../scenarios/polonez.toml"));
    let here = folder.path();
    let silent =
        "extends = \"polonez.toml\"\n[scenario]\ntitle = \"A quarrel of others\"\n[parameters]\nresolve = 0.1\n";
    std::fs::write(here.join("silent.toml"), silent).expect("written");
    let sides = ["silent.toml", "--variant", "csto_veto", "--runs", "4000"];
    let alone = page(here, "polonez.toml", &["--runs", "4000"]).len();
    let page = page(here, "polonez.toml", &sides);
    assert!(page.len() < alone + 2 * 20_000, "{} bytes, {alone} alone", page.len());
    for part in [
        "<section id=\"comparison\">",
        "The CSTO binds its members, <code>polonez.toml, variant csto_veto</code>",
        "A quarrel of others, <code>silent.toml</code>",
        "equipoise report polonez.toml silent.toml --variant csto_veto --seed 2016 --runs 4000",
    ] {
        assert!(page.contains(part), "{part}");
    }
    let compare = [
        &["compare", "polonez.toml"],
        &sides[..],
        &["--format", "json", "--quiet"],
    ]
    .concat();
    let json = equipoise(here, &compare);
    let json: serde_json::Value = serde_json::from_slice(&json.stdout).expect("JSON");
    let mut moved = 0;
    for compared in json["comparisons"].as_array().expect("a list") {
        for outcome in compared["outcomes"].as_array().expect("a list") {
            let points = |value: &serde_json::Value| value.as_f64().expect("a number") * 100.0;
            let [low, high] = [0, 1].map(|end| points(&outcome["difference_ci95"][end]));
            let difference = points(&outcome["difference"]);
            if difference != 0.0 {
                let cells = format!("<td>{difference:+.2}</td><td>{low:+.2}</td><td>{high:+.2}</td>");
                assert!(page.contains(&cells.replace('-', "−")), "{outcome}");
                moved += 1;
            }
        }
    }
    assert!(moved >= 6, "{moved} outcomes moved");
    let unknown = equipoise(
        here,
        &["report", "polonez.toml", "--variant", "csto_vet", "-o", "x.html"],
    );
    assert_eq!(unknown.status.code(), Some(2));
    assert!(!here.join("x.html").exists());
}

/// Fails if scenarios that share nothing, or never play to their end, break the comparison.
#[test]
fn a_page_compares_what_has_nothing_in_common() {
    let head = "[scenario]\ntitle = \"T\"\nstart = 2001-01-01\nhorizon = \"1 year\"\n";
    let folder = folder_with(
        "a.toml",
        &format!("{head}[parameters]\nlucky = {{ bernoulli = 0.5 }}\n[outcomes]\nwin = \"lucky\"\n"),
    );
    let b = format!(
        "{head}[events.x]\nafter = \"1 month\"\n[outcomes]\nother = \"count(x) == 1\"\n[measures]\nthree = 3\n"
    );
    let c =
        format!("{head}[variables]\nx = -1\n[events.fails]\nrate = \"x\"\n[outcomes]\nwin = \"count(fails) == 0\"\n");
    std::fs::write(folder.path().join("b.toml"), b).expect("written");
    std::fs::write(folder.path().join("c.toml"), c).expect("written");
    let text = page(folder.path(), "a.toml", &["b.toml", "c.toml", "a.toml", "--runs", "50"]);
    for part in [
        "other (only B)",
        "Only one of them measures three",
        "There is no run that is valid under both.",
        "The outcome and the measures are the same in every run.",
    ] {
        assert!(text.contains(part), "{part}");
    }
}

/// Fails if a scenario without outcomes' events, measures, series or any valid run breaks the page.
#[test]
fn a_page_of_almost_nothing_is_a_page() {
    let head = "[scenario]\ntitle = \"A < B & \\\"C\\\"\"\nstart = 2001-01-01\nhorizon = \"1 year\"\n";
    let cases = [
        "[parameters]\nlucky = { bernoulli = 0.5 }\n[outcomes]\nwin = \"lucky\"\n",
        "[variables]\nx = -1\n[events.fails]\nrate = \"x\"\n[outcomes]\nalways = \"count(fails) == 0\"\n",
        "[events.x]\nafter = \"1 month\"\n[measures]\nconstant = 3\nnever = \"ln(0)\"\n",
    ];
    for case in cases {
        let folder = folder_with("small.toml", &format!("{head}{case}"));
        let page = page(folder.path(), "small.toml", &["--runs", "50"]);
        assert!(page.contains("<h1>A &lt; B &amp; &quot;C&quot;</h1>"), "{case}");
        assert!(page.ends_with("</html>"), "{case}");
    }
}

/// What a command prints as JSON.
fn json(folder: &Path, arguments: &[&str]) -> serde_json::Value {
    let output = equipoise(folder, arguments);
    serde_json::from_slice(&output.stdout).expect("JSON")
}

/// The part of a page with an anchor.
fn section<'p>(page: &'p str, id: &str) -> &'p str {
    let start = page.find(&format!("<section id=\"{id}\">")).expect("the section");
    let length = page[start..].find("</section>").expect("its end");
    &page[start..start + length]
}

/// The cells of numbers in a row of a table, in order.
fn row(cells: &[String]) -> String {
    cells.iter().map(|cell| format!("<td>{cell}</td>")).collect()
}

/// Fails if the page has other posteriors, or other shares without a claim, than `run`.
#[test]
fn what_has_been_said_is_weighed_as_in_run() {
    let folder = folder_with("polonez.toml", include_str!("../../scenarios/polonez.toml"));
    let runs = ["--runs", "4000"];
    let page = page(folder.path(), "polonez.toml", &runs);
    let said = section(&page, "claims");
    let arguments = [&["run", "polonez.toml", "--format", "json", "--quiet"][..], &runs].concat();
    let run = json(folder.path(), &arguments);
    let in_percent =
        |share: &serde_json::Value, decimals: usize| format!("{:.decimals$}", share.as_f64().expect("a share") * 100.0);
    let percent = |share, decimals| in_percent(share, decimals) + "%";
    let outcomes = run["outcomes"].as_array().expect("a list");
    for (index, outcome) in outcomes.iter().enumerate() {
        let keys = ["probability", "posterior"].map(|key| &outcome[key]);
        let noise = ["simulation_ci95", "posterior_ci95"].map(|key| &outcome[key]);
        let shares = [keys[0], &noise[0][0], &noise[0][1], keys[1], &noise[1][0], &noise[1][1]];
        let cells = shares.map(|share| percent(share, 2));
        assert!(said.contains(&row(&cells)), "{cells:?}");
        let claims = run["claims"].as_array().expect("a list").iter();
        let heard = claims.filter(|claim| claim["heard"] == true);
        let without = heard.map(|claim| in_percent(&claim["outcomes"][index]["posterior_without"], 1));
        let cells: Vec<String> = [in_percent(&outcome["posterior"], 1)]
            .into_iter()
            .chain(without)
            .collect();
        assert!(said.contains(&row(&cells)), "{cells:?}");
    }
    // The headline says it of the outcome that is the likeliest both before and after: a sale.
    let sale = percent(&outcomes[1]["posterior"], 1);
    assert!(page.contains(&format!(
        "Once what has been said is weighed, that is <strong>{sale}</strong>"
    )));
}

/// Fails if a scenario in which nothing is said has a section of what was said, or words of it in the headline.
#[test]
fn nothing_is_weighed_where_nothing_is_said() {
    let folder = folder_with("iran.toml", include_str!("../../scenarios/s300_iran.toml"));
    let page = page(folder.path(), "iran.toml", &["--runs", "500"]);
    assert!(!page.contains("id=\"claims\"") && !page.contains("has been said is weighed"));
    assert!(page.contains("<section id=\"drivers\">"));
}

/// Fails if the page has other effects, or other shares by fifths, than `drivers`.
#[test]
fn what_drives_the_likeliest_outcome_is_what_drivers_says() {
    let folder = folder_with("polonez.toml", include_str!("../../scenarios/polonez.toml"));
    let runs = ["--runs", "4000"];
    let page = page(folder.path(), "polonez.toml", &runs);
    let told = section(&page, "drivers");
    let command = [
        "drivers",
        "polonez.toml",
        "--outcome",
        "sale_completed",
        "--format",
        "json",
        "--quiet",
    ];
    let drivers = json(folder.path(), &[&command[..], &runs].concat());
    let percent = |share: &serde_json::Value| {
        let text = format!("{:.2}%", share.as_f64().expect("a share") * 100.0);
        let text = if text == "-0.00%" { "0.00%" } else { &text };
        text.replace('-', "−")
    };
    let parameters = drivers["targets"][0]["parameters"].as_array().expect("a list");
    for parameter in parameters {
        let interval = &parameter["effect_ci95"];
        let sizes = [
            &parameter["first_order_effect"],
            &interval[0],
            &interval[1],
            &parameter["null95"],
        ];
        let name = parameter["name"].as_str().expect("a name");
        let cells = row(&sizes.map(percent));
        // What belongs to a deal has a name in words, and its address in small print.
        let heads = [
            format!("<th scope=\"row\">{name}</th>"),
            format!("<small>{name}</small></th>"),
        ];
        assert!(
            heads.iter().any(|head| told.contains(&format!("{head}{cells}"))),
            "{name}: {cells}"
        );
    }
    for fifth in parameters[0]["fifths"].as_array().expect("a list") {
        let interval = &fifth["simulation_ci95"];
        let shares = [&fifth["mean"], &interval[0], &interval[1]].map(percent);
        assert!(told.contains(&row(&shares)), "{shares:?}");
    }
}
