//! Typical runs told as stories, one for each of the likeliest outcomes.
//!
//! A run is typical of its outcome where it came to it by the path that most such runs took, and is in the middle of
//! those that did: the days of its steps, its measures and how much happened beside them rank nearest to the middle, all in all
//! ([`most_central`]). Looked at are the first runs of that path, as many as are kept.

use maud::{Markup, html};

use super::figure::scrolling;
use super::outcomes::ranked;
use super::{Context, Section};
use crate::engine::{Trace, trace};
use crate::report::format::{count, percent};
use crate::report::svg::day_in_words;
use crate::report::telling::{End, Happening, Reasons, Telling};
use crate::results::history::{Path, most_central};
use crate::scenario::date;

/// How many stories are told.
const STORIES: usize = 3;
/// How much of what the end does not hang on is told between two steps; the rest is counted.
const MOST_ASIDE: usize = 4;

pub(super) fn section(context: &Context<'_>) -> Option<Section> {
    let material = context.material;
    let told: Vec<Markup> = ranked(context)
        .into_iter()
        .filter(|shown| shown.summary.count > 0)
        .take(STORIES)
        .filter_map(|shown| {
            let path = material.history.paths.commonest(shown.index)?;
            Some(story(context, &path, shown.summary.count))
        })
        .collect();
    if told.is_empty() {
        return None;
    }
    let body = html! {
        p.soft {
            "One run for each of the likeliest endings. Each came to its ending by the path that most such runs took, and is in \
             the middle of those that did: the days of its steps, its measures and how much else happened in it rank \
             nearest to the middle, all in all. No run stands for all others; these show what a run is."
        }
        @for story in told { (story) }
    };
    Some(Section {
        id: "stories",
        title: "Typical runs, told",
        body,
    })
}

/// Of the runs of a path that are kept, the one in the middle.
fn typical(context: &Context<'_>, path: &Path<'_>) -> Option<Trace> {
    let material = context.material;
    let mut traces: Vec<Trace> = path
        .lowest
        .iter()
        .map(|run| trace(material.plan, material.summary.seed, *run))
        .collect();
    let rows: Vec<Vec<f64>> = traces.iter().map(|trace| features(path, trace)).collect();
    Some(traces.swap_remove(most_central(&rows)?))
}

/// What a run is compared by: when the steps of its path first happened, what was measured, how much happened.
fn features(path: &Path<'_>, trace: &Trace) -> Vec<f64> {
    let first = |event: u32| {
        let firing = trace.firings.iter().find(|firing| firing.event == event as usize);
        firing.map_or(f64::INFINITY, |firing| firing.time)
    };
    let there = |value: &f64| if value.is_nan() { f64::INFINITY } else { *value };
    let mut features: Vec<f64> = path.steps.iter().map(|step| first(step.event)).collect();
    features.extend(trace.measures.iter().map(there));
    features.push(trace.firings.len() as f64);
    features
}

fn story(context: &Context<'_>, path: &Path<'_>, runs: u64) -> Markup {
    let Some(trace) = typical(context, path) else {
        return html! {};
    };
    let material = context.material;
    let telling = Telling::new(material.core, material.plan, &trace);
    let name = context.names.outcome(path.outcome);
    let share = percent(context.share(runs), 1);
    let of_these = percent(path.runs as f64 / runs as f64, 0);
    html! {
        article class={ "story k" (context.names.colour(path.outcome)) } {
            h3 { (name) }
            p.sub {
                (share) "% of the runs end so, " (of_these) "% of these by this path. Run " (count(trace.run)) "; to see more of it: "
                code { "equipoise trace " (material.scenario) " --run " (trace.run) " --seed " (material.summary.seed) }
            }
            ol {
                @for group in grouped(context, &telling.happenings) { (group) }
                (end(context, &telling.end))
            }
            @if !telling.world.is_empty() {
                details {
                    summary { "The world of this run" }
                    (scrolling("The world of this run", &html! {
                        table { tbody {
                            @for (name, value) in &telling.world { tr { th scope="row" { (name) } td.n { (value) } } }
                        } }
                    }))
                }
            }
        }
    }
}

/// What happened, step by step; what the end does not hang on stands between in small print.
fn grouped(context: &Context<'_>, happenings: &[Happening]) -> Vec<Markup> {
    let plot = context.material.plot;
    let is_step = |happening: &Happening| plot.is_empty() || plot.contains(&happening.event);
    happenings
        .chunk_by(|a, b| !is_step(a) && !is_step(b))
        .map(|group| match group {
            [happening] if is_step(happening) => html! {
                li {
                    time datetime=(happening.day) { (day(&happening.day)) }
                    div { (happening.what) @for reasons in &happening.reasons { (why(reasons)) } }
                }
            },
            aside => html! {
                li {
                    span {}
                    div { p.aside { "Meanwhile: " @for (place, happening) in told(aside).iter().enumerate() {
                        @if place > 0 { "; " }
                        (happening.what) " (" (day(&happening.day)) ")"
                    }
                    @let rest = aside.len() - told(aside).len();
                    @if rest > 0 { "; and " (rest) " more until " (day(&aside[aside.len() - 1].day)) }
                    "." } }
                }
            },
        })
        .collect()
}

/// What is told of what happened between two steps: its beginning, unless there is only one more.
fn told(aside: &[Happening]) -> &[Happening] {
    let most = if aside.len() == MOST_ASIDE + 1 {
        MOST_ASIDE + 1
    } else {
        MOST_ASIDE
    };
    &aside[..aside.len().min(most)]
}

fn why(reasons: &Reasons) -> Markup {
    let is_silent = reasons.because.is_none() && reasons.sources.is_empty();
    html! {
        @if !is_silent {
            span.why {
                @if let Some(because) = &reasons.because { (because) " " }
                @for (id, _) in &reasons.sources { a href={ "#source-" (id) } { "[" (id) "]" } " " }
            }
        }
    }
}

fn end(context: &Context<'_>, end: &End) -> Markup {
    match end {
        End::Broken(why) => html! { li { span {} div { (why) } } },
        End::Outcome {
            day: last,
            name,
            measures,
        } => {
            let core = context.material.core;
            let at_horizon = *last == date::format(date::day_at(core.start, core.horizon));
            html! {
                li {
                    time datetime=(last) { (day(last)) }
                    div {
                        strong { (name) }
                        @if at_horizon { span.why { "the end of the time that is played" } }
                        p.aside { @for (place, [name, value, unit]) in measures.iter().enumerate() {
                            @if place > 0 { "; " }
                            (name) ": " (value) @if !unit.is_empty() { " " (unit) }
                        } }
                    }
                }
            }
        }
    }
}

/// A day in words; what is no day stays as it is.
fn day(written: &str) -> String {
    date::parse(written).map_or(written.to_owned(), day_in_words)
}
