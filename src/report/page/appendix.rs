//! Every number of the scenario, with its source and its note; and the sources.

use maud::{Markup, html};

use super::{Context, Section};
use crate::expr::number;
use crate::model::{Figure, Source, Written, figures};
use crate::scenario::{Amount, Form, Kind};

pub(super) fn section(context: &Context<'_>) -> Option<Section> {
    let figures = figures(context.material.document);
    let bare = figures.iter().filter(|figure| is_bare(figure)).count();
    let rows = rows(&figures);
    let body = html! {
        p.soft {
            "Every number that stands in the scenario, as it is written there: fixed, as an expression, or as a distribution that is \
             drawn from once a run. "
            @if bare > 0 { (bare) " of " (figures.len()) " give neither a source nor a note." }
        }
        table.given {
            thead { tr { th scope="col" { "Address" } th scope="col" { "Value" } th scope="col" { "Source and note" } } }
            @for group in rows.chunk_by(|a, b| a.figure.table == b.figure.table) {
                tbody {
                    tr.head { th colspan="3" scope="rowgroup" { (group[0].figure.table) } }
                    @for row in group {
                        tr {
                            th scope="row" { code { (address(row.owner)) } }
                            td { @for (place, value) in row.values.iter().enumerate() {
                                @if place > 0 { br; }
                                (value)
                            } }
                            td { (origin(row.figure)) }
                        }
                    }
                }
            }
        }
        @if !context.material.core.sources.is_empty() {
            h3 { "Sources" }
            ul { @for source in &context.material.core.sources { (cited(source)) } }
        }
    };
    Some(Section {
        id: "numbers",
        title: "The numbers that went in",
        body,
    })
}

fn is_bare(figure: &Figure<'_>) -> bool {
    figure.sources.is_empty() && figure.note.is_none()
}

/// Numbers of one thing that come from the same place.
struct Row<'f> {
    owner: &'f str,
    values: Vec<Markup>,
    figure: &'f Figure<'f>,
}

fn rows<'f>(figures: &'f [Figure<'f>]) -> Vec<Row<'f>> {
    let alike = |a: &Figure<'_>, b: &Figure<'_>| a.owner == b.owner && a.sources == b.sources && a.note == b.note;
    figures
        .chunk_by(alike)
        .map(|group| Row {
            owner: &group[0].owner,
            values: group.iter().map(value).collect(),
            figure: &group[0],
        })
        .collect()
}

/// An address that may break after its dots and underscores.
fn address(owner: &str) -> Markup {
    html! {
        @for part in owner.split_inclusive(['.', '_']) { (part) wbr; }
    }
}

fn value(figure: &Figure<'_>) -> Markup {
    let text = match figure.written {
        Written::Amount(amount) => written(amount),
        Written::Rule(text) => text.to_owned(),
    };
    html! {
        @if !figure.key.is_empty() { span.soft { (figure.key) " " } }
        (text)
    }
}

/// A number as the scenario has it.
fn written(amount: &Amount) -> String {
    match &amount.form {
        Form::Number(value) => number(*value),
        Form::Boolean(value) => value.to_string(),
        Form::Text(text) => text.text.clone(),
        Form::Distribution(distribution) => {
            let kind = match &distribution.kind {
                Kind::Family(family, _, arguments) => format!("{} {}", family.name(), list(arguments)),
                Kind::Bernoulli(chance) => format!("bernoulli {}", written(chance)),
                Kind::Discrete(weights) => {
                    let weights = weights
                        .iter()
                        .map(|(key, weight)| format!("{}: {}", key.text, written(weight)));
                    format!("discrete {}", weights.collect::<Vec<_>>().join(", "))
                }
            };
            match &distribution.truncate {
                Some((_, ends)) => format!("{kind}, cut to {}", list(ends)),
                None => kind,
            }
        }
    }
}

fn list(amounts: &[Amount]) -> String {
    let amounts: Vec<String> = amounts.iter().map(written).collect();
    format!("[{}]", amounts.join(", "))
}

fn origin(figure: &Figure<'_>) -> Markup {
    html! {
        @for id in &figure.sources { a href={ "#source-" (id) } { "[" (id) "]" } " " }
        @if let Some(note) = figure.note { (note) }
        @if is_bare(figure) { span.soft { "–" } }
    }
}

fn cited(source: &Source) -> Markup {
    let parts = [&source.author, &source.publisher, &source.title, &source.date];
    let parts: Vec<&str> = parts.into_iter().flatten().map(String::as_str).collect();
    html! {
        li id={ "source-" (source.id) } {
            code { "[" (source.id) "]" } " " (parts.join(", "))
            @if let Some(url) = &source.url {
                // What a scenario gives as an address is a link only where it is one.
                @if url.starts_with("https://") || url.starts_with("http://") { ", " a href=(url) rel="noreferrer" { (url) } }
                @else { ", " (url) }
            }
            @if let Some(note) = &source.note { span.soft { " – " (note) } }
        }
    }
}
