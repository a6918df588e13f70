//! The page that `equipoise report` writes: self-contained, without scripts, readable on a phone, on paper and aloud.
//!
//! Every picture is drawn twice, for a wide and for a narrow page, of which the style sheet shows one; below it stands a
//! table with its numbers. A section is a file of its own; [`sections`] lists them in the order of the page.

mod appendix;
mod claims;
mod comparison;
mod drivers;
mod fans;
mod figure;
mod histograms;
mod incidence;
mod marks;
mod names;
mod outcomes;
mod reproduce;
mod stories;
mod style;
mod tree;
mod tree_picture;

use std::collections::BTreeSet;

use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::format::count;
use super::svg::fitted;
use crate::analysis::compare::{Comparison, Layout};
use crate::analysis::drivers::Drivers;
use crate::model::Core;
use crate::plan::Plan;
use crate::results::Summary;
use crate::results::history::History;
use crate::scenario::Document;
use names::Names;

pub use reproduce::command_line;

/// What a page is made of.
#[derive(Debug, Clone, Copy)]
pub struct Material<'a> {
    /// The scenario as written.
    pub document: &'a Document,
    /// The same, lowered.
    pub core: &'a Core,
    /// The same, as it was played.
    pub plan: &'a Plan,
    /// The events that paths are made of.
    pub plot: &'a BTreeSet<usize>,
    /// What its runs say.
    pub summary: &'a Summary,
    /// What happened in them.
    pub history: &'a History,
    /// What drives its likeliest outcome, if anything can.
    pub drivers: Option<&'a Drivers>,
    /// What it is compared with, if anything.
    pub against: Option<Against<'a>>,
    /// The command line that makes the page again.
    pub command: &'a str,
    /// The part of it that names the scenario and what is changed in it.
    pub scenario: &'a str,
    /// The part of it that says what is changed in the scenario; empty where nothing is.
    pub changes: &'a str,
}

/// What the scenario of a page is compared with.
#[derive(Debug, Clone, Copy)]
pub struct Against<'a> {
    /// The comparison, of which the scenario is the baseline.
    pub comparison: &'a Comparison,
    /// What it was made with, one for each of the others.
    pub layouts: &'a [Layout],
}

/// How much room a title has in the line below a picture.
const CREDIT: f64 = 560.0;

/// A part of the page.
struct Section {
    /// The anchor.
    id: &'static str,
    title: &'static str,
    body: Markup,
}

/// What the sections share.
struct Context<'a> {
    material: Material<'a>,
    names: Names<'a>,
}

impl<'a> Context<'a> {
    /// The line below every picture. A title that is as long as the page is wide is cut short.
    fn credit(&self) -> String {
        let summary = self.material.summary;
        let changes = match self.material.changes {
            "" => String::new(),
            changes => format!(", {changes}"),
        };
        format!(
            "{}{changes} · {} runs, seed {} · Equipoise {}",
            fitted(&summary.scenario.title, 12.0, CREDIT),
            count(summary.runs),
            summary.seed,
            summary.equipoise
        )
    }

    /// How many runs count.
    fn valid(&self) -> u64 {
        self.material.summary.valid()
    }

    /// A share of the runs that count.
    fn share(&self, runs: u64) -> f64 {
        if self.valid() == 0 {
            0.0
        } else {
            runs as f64 / self.valid() as f64
        }
    }
}

/// Writes the page.
pub fn page(material: &Material<'_>) -> String {
    let context = Context {
        material: *material,
        names: Names::new(material.document, material.core, material.summary),
    };
    let sections: Vec<Section> = sections(&context).into_iter().flatten().collect();
    let summary = material.summary;
    let markup = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta name="generator" content={ "equipoise " (summary.equipoise) };
                title { (summary.scenario.title) }
                style { (PreEscaped(style::CSS)) }
            }
            body {
                header {
                    p.kicker { "Equipoise scenario report" }
                    h1 { (summary.scenario.title) }
                    @if !material.changes.is_empty() { p { "Changed for this page: " code { (material.changes) } } }
                    (outcomes::headline(&context))
                    nav aria-label="Contents" {
                        ul { @for section in &sections { li { a href={ "#" (section.id) } { (section.title) } } } }
                    }
                }
                main {
                    @for section in &sections {
                        section id=(section.id) {
                            h2 { (section.title) }
                            (section.body)
                        }
                    }
                }
            }
        }
    };
    markup.into_string()
}

/// The sections in the order of the page; what a scenario has nothing for is left out.
fn sections(context: &Context<'_>) -> Vec<Option<Section>> {
    vec![
        comparison::section(context),
        outcomes::section(context),
        claims::section(context),
        tree::section(context),
        fans::section(context),
        histograms::section(context),
        incidence::section(context),
        drivers::section(context),
        stories::section(context),
        appendix::section(context),
        reproduce::section(context),
    ]
}
