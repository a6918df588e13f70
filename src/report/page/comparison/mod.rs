//! The scenario of the page against others on the same runs: what each moves, and where the runs end instead.

mod picture;
mod tables;

use maud::{Markup, html};

use super::figure::{Figure, Size, Table, figure, scrolling};
use super::{Against, Context, Section};
use crate::analysis::compare::{Compared, Layout, OutcomeComparison, OutcomeSide, Share, Side};
use crate::plan::Label;
use crate::report::comparison::{letter, own_title, printed};
use crate::report::format::{self, count, percent, signed_percent};

/// One of the others.
struct Other<'a> {
    /// B, C and so on.
    letter: String,
    compared: &'a Compared,
    layout: &'a Layout,
    /// What it is called beside the baseline.
    name: &'a str,
}

/// An outcome that comes under any of the scenarios.
struct Row<'a> {
    name: String,
    /// As in the classes of the style sheet.
    colour: String,
    /// For each of the others that has it.
    sides: Vec<(&'a Other<'a>, &'a OutcomeComparison)>,
}

pub(super) fn section(context: &Context<'_>) -> Option<Section> {
    let against = context.material.against?;
    let others = others(&against);
    let body = html! {
        (introduction(&against, &others))
        @if let Some(figure) = outcomes(context, &others) { (figure) }
        @if let Some(table) = tables::beliefs(against.comparison) {
            h3 { "What is believed after the claims" }
            p.sub { "The share of the runs once the claims of each scenario have weighed them; in small print, before. All else here is \
                     before." }
            (scrolling("What is believed after the claims", &table.markup()))
        }
        @for other in &others { (one(other)) }
    };
    Some(Section {
        id: "comparison",
        title: "Comparison",
        body,
    })
}

fn others<'a>(against: &Against<'a>) -> Vec<Other<'a>> {
    let comparison = against.comparison;
    let pairs = comparison.comparisons.iter().zip(against.layouts);
    pairs
        .enumerate()
        .map(|(index, (compared, layout))| Other {
            letter: letter(index + 1),
            compared,
            layout,
            name: own_title(&comparison.baseline.title, &compared.scenario.title).unwrap_or(&compared.scenario.label),
        })
        .collect()
}

/// Which scenarios there are, and what moves most under each.
fn introduction(against: &Against<'_>, others: &[Other<'_>]) -> Markup {
    let comparison = against.comparison;
    let side =
        |letter: &str, name: &str, side: &Side| html! { dt { (letter) } dd { (name) ", " code { (side.label) } } };
    html! {
        p { "The same " (count(comparison.runs)) " runs under each: chance falls alike wherever it is asked the same, so that what differs \
            is owed to what was changed." @if comparison.partial { " Playing was stopped early." } }
        dl.facts.sides {
            (side("A", &comparison.baseline.title, &comparison.baseline))
            @for other in others { (side(&other.letter, other.name, &other.compared.scenario)) }
        }
        @for other in others { (most_moved(other)) }
        p.soft { "The sections after this one are of A." }
    }
}

/// The outcome whose share moves most, in a sentence.
fn most_moved(other: &Other<'_>) -> Markup {
    let size = |outcome: &OutcomeComparison| outcome.share.difference.unwrap_or(0.0).abs();
    let outcomes = other.layout.outcomes.iter().zip(&other.compared.outcomes);
    let told = outcomes.filter(|(_, outcome)| !outcome.share.within_noise);
    let most = told.max_by(|(_, a), (_, b)| size(a).total_cmp(&size(b)));
    let share = |side: &OutcomeSide| format!("{}%", percent(side.probability.unwrap_or(0.0), 1));
    html! {
        @if let Some((outcome, moved)) = most {
            @let difference = moved.share.difference.unwrap_or(0.0);
            p { "Under " (other.letter) " (" (other.name) ") most of all moves " strong { (printed(&outcome.label)) } ": from "
                (share(&moved.baseline)) " of the runs to " strong { (share(&moved.compared)) } " (" (signed_percent(difference, 1)) " points)." }
        } @else {
            p { "Under " (other.letter) " (" (other.name) ") no outcome moves by more than simulation noise." }
        }
    }
}

fn outcomes(context: &Context<'_>, others: &[Other<'_>]) -> Option<Markup> {
    let rows = rows(context, others);
    let widest = rows
        .iter()
        .flat_map(|row| &row.sides)
        .map(|(_, side)| half_width(&side.share));
    let decimals = format::decimals(widest.max_by(f64::total_cmp)?);
    let described = rows.iter().flat_map(|row| {
        row.sides.iter().map(|(other, side)| {
            let share = |side: &OutcomeSide| percent(side.probability.unwrap_or(0.0), decimals);
            let (a, b) = (share(&side.baseline), share(&side.compared));
            format!("{}: {a}% under A, {b}% under {}", row.name, other.letter)
        })
    });
    let most = title(&rows);
    let draw = |size: Size| picture::dumbbells(&rows, decimals, size);
    Some(figure(
        context,
        &Figure {
            id: "comparison-outcomes",
            title: &most,
            subtitle: "Share of runs: the ring is A, the dot the other scenario. The number is their difference in percentage points, \
                       with its 95% simulation noise on common runs; a line shows the noise where it is wider than the dot.",
            description: &described.collect::<Vec<_>>().join("; "),
            draw: &draw,
            legend: None,
            table: tables::outcomes(&rows),
        },
    ))
}

/// Which ending moves most of all, if any by more than noise.
fn title(rows: &[Row<'_>]) -> String {
    let sides = rows
        .iter()
        .flat_map(|row| row.sides.iter().map(move |side| (row, side)));
    let moved = sides.filter_map(|(row, (other, side))| {
        let by = side.share.difference.filter(|_| !side.share.within_noise)?;
        Some((by.abs(), row, other, side))
    });
    match moved.max_by(|(a, ..), (b, ..)| a.total_cmp(b)) {
        None => "No ending moves by more than simulation noise".to_owned(),
        Some((_, row, other, side)) => {
            let share = |side: &OutcomeSide| percent(side.probability.unwrap_or(0.0), 1);
            let (a, b) = (share(&side.baseline), share(&side.compared));
            let name = &row.name;
            format!("{name}: moves most, from {a}% under A to {b}% under {}", other.letter)
        }
    }
}

/// The outcomes that come in any pair: those of the baseline in their order, those of the others, unresolved runs.
fn rows<'a>(context: &Context<'_>, others: &'a [Other<'a>]) -> Vec<Row<'a>> {
    let mut labels: Vec<&Label> = Vec::new();
    for other in others {
        for outcome in &other.layout.outcomes {
            if labels.iter().all(|known| known.id != outcome.label.id) {
                labels.push(&outcome.label);
            }
        }
    }
    // Every layout ends with the unresolved runs, which are to stand below whatever a later one adds.
    let last = others.first().and_then(|other| other.layout.outcomes.last());
    labels.sort_by_key(|label| last.is_some_and(|last| last.label.id == label.id));
    let row = |label: &Label| Row {
        name: printed(label).to_owned(),
        colour: {
            let own = others.first().and_then(|other| {
                let mut places = other.layout.from_baseline.iter();
                places.position(|place| other.layout.outcomes[*place].label.id == label.id)
            });
            context.names.colour(own.unwrap_or(usize::MAX))
        },
        sides: {
            let side = |other: &'a Other<'a>| {
                let mut outcomes = other.compared.outcomes.iter();
                Some((other, outcomes.find(|outcome| outcome.name == label.id)?))
            };
            let sides = others.iter().filter_map(side);
            sides.filter(|(other, _)| other.compared.pairs > 0).collect()
        },
    };
    let comes = |row: &Row<'_>| {
        row.sides
            .iter()
            .any(|(_, side)| side.baseline.count + side.compared.count > 0)
    };
    labels.into_iter().map(row).filter(comes).collect()
}

/// Half the interval of a difference.
fn half_width(share: &Share) -> f64 {
    (share.difference_ci95[1] - share.difference_ci95[0]) / 2.0
}

/// What differs under one of the others, by tables.
fn one(other: &Other<'_>) -> Markup {
    let Other {
        letter, compared, name, ..
    } = other;
    let parts: [(&str, &str, Option<Table>); 3] = [
        ("What differs in the files", "", tables::changes(other)),
        (
            "Where the runs go",
            "Of the runs that end in one way under A: which share ends in which way under the other, the largest first.",
            tables::transitions(other),
        ),
        (
            "What is measured",
            "Means of the runs that have a value under both, and their difference; in small print, its 95% simulation noise.",
            tables::measures(other),
        ),
    ];
    html! {
        h3.apart { (letter) " against A: " (name) }
        (tables::remarks(other))
        @for (title, how, table) in &parts {
            @if let Some(table) = table {
                h4 { (title) }
                @if !how.is_empty() { p.sub { (how) } }
                (scrolling(&format!("{letter} against A: {title}"), &table.markup()))
            }
        }
        @if compared.pairs == 0 { p { "There is no run that is valid under both." } }
    }
}
