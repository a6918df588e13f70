//! What a report lists and draws of a scenario before any run: its numbers with their sources, and the events of its plot.

use equipoise::diagnostic::{Faults, Files};
use equipoise::model::{Figure, Written, changing, figures, plot};
use equipoise::scenario::{Document, Form, load_text};

use crate::play::core;

fn document(text: &str) -> Document {
    let (mut files, mut faults) = (Files::default(), Faults::default());
    let scenario = load_text("test.toml", text, &[], &mut files, &mut faults);
    scenario.expect("a scenario without faults").document
}

const SCENARIO: &str = r#"
    [scenario]
    title = "Numbers"
    start = 2001-01-01
    horizon = "2 years"
    [sources]
    register = { title = "A register" }
    paper = { title = "A paper" }
    [parameters]
    resolve = { pert = [0.5, 1.0, 2.0], note = "a judgement" }
    [systems]
    tank = { tiv = 1.5, source = "register" }
    [actors.north]
    source = "register"
    inventory = { tank = { value = 3, source = ["paper", "register"] } }
    [actors.south]
    note = "counted"
    inventory = { tank = 4 }
    [suppliers.north]
    sells = ["tank"]
    [suppliers.north.policy.wait]
    when = "deal.delays < 2 && supplier == north"
    chance = 0.25
    decision = "delay"
    for = "3 months"
    [deals.sale]
    supplier = "north"
    recipient = "south"
    system = "tank"
    quantity = 7
    note = "of the deal"
    signs = { chance = 0.6, within = "1 year", source = "paper" }
    [variables]
    mood = { states = ["wary", "calm"] }
    tension = 1
    [definitions]
    plain = "tension * resolve"
    scaled = "2 * tension"
    [events.calms]
    when = "mood == 'wary'"
    rate = "resolve"
    then = ["mood = 'calm'", "tension = tension / 1.5"]
    [events.noise]
    rate = 1
    repeats = true
    then = ["tension += 1"]
    [events.war]
    when = "mood == 'calm'"
    rate = 0.1
    [outcomes]
    sold = "sale.stage == 'delivered'"
    fought = "fired(war)"
    [series]
    scaled = { value = "scaled", every = "1 year" }
"#;

fn shown(figure: &Figure<'_>) -> (String, String, Vec<String>, Option<String>) {
    let written = match figure.written {
        Written::Rule(text) => text.to_owned(),
        Written::Amount(amount) => match &amount.form {
            Form::Number(number) => number.to_string(),
            Form::Text(text) => text.text.clone(),
            Form::Boolean(_) | Form::Distribution(_) => "drawn".to_owned(),
        },
    };
    let address = format!("{} {}", figure.owner, figure.key).trim_end().to_owned();
    let sources = figure.sources.iter().map(|id| (*id).to_owned()).collect();
    (address, written, sources, figure.note.map(str::to_owned))
}

/// Fails if a number is left out, one is listed that is none, or a source or a note is that of something further away.
#[test]
fn every_number_is_listed_with_the_nearest_source_and_note() {
    let document = document(SCENARIO);
    let listed: Vec<_> = figures(&document).iter().map(shown).collect();
    let row = |address: &str, written: &str, sources: &[&str], note: Option<&str>| {
        let sources = sources.iter().map(|id| (*id).to_owned()).collect();
        (address.to_owned(), written.to_owned(), sources, note.map(str::to_owned))
    };
    let expected = [
        row("scenario horizon", "2 years", &[], None),
        row("resolve", "drawn", &[], Some("a judgement")),
        row("tank.tiv", "1.5", &["register"], None),
        row("north.inventory.tank", "3", &["paper", "register"], None),
        row("south.inventory.tank", "4", &[], Some("counted")),
        row(
            "north.policy.wait when",
            "deal.delays < 2 && supplier == north",
            &[],
            None,
        ),
        row("north.policy.wait chance", "0.25", &[], None),
        row("north.policy.wait for", "3 months", &[], None),
        row("sale.quantity", "7", &[], Some("of the deal")),
        row("sale.signs chance", "0.6", &["paper"], Some("of the deal")),
        row("sale.signs within", "1 year", &["paper"], Some("of the deal")),
        row("tension", "1", &[], None),
        row("scaled", "2 * tension", &[], None),
        row("calms rate", "resolve", &[], None),
        row("calms then", "tension = tension / 1.5", &[], None),
        row("noise rate", "1", &[], None),
        row("noise then", "tension += 1", &[], None),
        row("war rate", "0.1", &[], None),
    ];
    for (found, wanted) in listed.iter().zip(&expected) {
        assert_eq!(found, wanted);
    }
    assert_eq!(listed.len(), expected.len());
}

/// Fails if the plot has an event that the endings do not hang on, or lacks one that opens the way to them.
#[test]
fn the_plot_is_what_the_endings_hang_on() {
    let core = core(SCENARIO);
    let address = |event: &usize| core.events[*event].about.address.clone();
    let found: Vec<String> = plot(&core).iter().map(address).collect();
    // The whole life of the deal; the war, which is an outcome; and what calms, as it opens the way to war. Noise only
    // changes a number.
    assert!(
        found
            .iter()
            .all(|id| id.starts_with("sale.") || id == "war" || id == "calms"),
        "{found:?}"
    );
    for id in ["sale.opens", "sale.decides", "sale.signs", "war", "calms"] {
        assert!(found.iter().any(|found| found == id), "{id} in {found:?}");
    }
    let behind: Vec<String> = changing(&core, &core.series[0].value).iter().map(address).collect();
    assert_eq!(behind, ["calms", "noise"]);
}
