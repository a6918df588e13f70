//! How the runs ended: the headline, and a bar for each outcome.

use maud::{Markup, html};

use super::figure::{Figure, Size, Table, figure};
use super::{Context, Section, claims};
use crate::report::format::{self, count, noise, percent};
use crate::report::svg::{Element, Picture, Scale, Ticks, fitted, width, wrapped};
use crate::results::OutcomeSummary;

/// An outcome that is shown.
pub(super) struct Shown<'a> {
    /// Its index; one past the last is the unresolved one.
    pub index: usize,
    /// What is known of it.
    pub summary: &'a OutcomeSummary,
}

impl Shown<'_> {
    pub(super) fn share(&self) -> f64 {
        self.summary.probability.unwrap_or(0.0)
    }

    fn half_width(&self) -> f64 {
        (self.summary.simulation_ci95[1] - self.summary.simulation_ci95[0]) / 2.0
    }
}

/// The outcomes from the likeliest down, the unresolved runs last and only where there are some.
pub(super) fn ranked<'a>(context: &Context<'a>) -> Vec<Shown<'a>> {
    let summary = context.material.summary;
    let declared = summary.outcomes.len() - 1;
    let all = summary.outcomes.iter().enumerate();
    let mut shown: Vec<Shown<'_>> = all
        .map(|(index, summary)| Shown { index, summary })
        .filter(|shown| shown.index < declared || shown.summary.count > 0)
        .collect();
    shown.sort_by_key(|shown| (shown.index == declared, std::cmp::Reverse(shown.summary.count)));
    shown
}

/// A share and its noise as a reader wants them: `47.7 %` and `0.3`.
fn in_words(shown: &Shown<'_>, decimals: usize) -> (String, String) {
    let own = format::decimals(shown.half_width());
    let text = percent(shown.share(), decimals);
    let decimals = if text.starts_with(['<', '>']) { own } else { decimals };
    (
        format!("{}%", percent(shown.share(), decimals)),
        noise(shown.half_width(), decimals),
    )
}

fn decimals(ranked: &[Shown<'_>]) -> usize {
    let widest = ranked.iter().map(Shown::half_width).max_by(f64::total_cmp);
    format::decimals(widest.unwrap_or(1.0))
}

/// The answer in a sentence or two.
pub(super) fn headline(context: &Context<'_>) -> Markup {
    let ranked = ranked(context);
    let decimals = decimals(&ranked);
    let summary = context.material.summary;
    let declared: Vec<&Shown<'_>> = ranked.iter().filter(|shown| shown.summary.count > 0).collect();
    let core = context.material.core;
    let last = crate::scenario::date::day_at(core.start, core.horizon);
    let words = crate::report::svg::day_in_words;
    html! {
        p.headline {
            @match declared.split_first() {
                None => { "No run could be played to its end." }
                Some((first, rest)) => {
                    @let (share, noise) = in_words(first, decimals);
                    "The likeliest ending: " strong { (context.names.outcome(first.index)) }
                    ", in " strong { (share) } " of the runs (±\u{a0}" (noise) " simulation noise)"
                    @for (place, other) in rest.iter().take(2).enumerate() {
                        @let (share, _) = in_words(other, decimals);
                        @if place == 0 { "; then " } @else { " and " }
                        (context.names.outcome(other.index)) " (" (share) ")"
                    }
                    "."
                    (claims::headline(context))
                }
            }
        }
        p.soft {
            (count(summary.runs)) " runs of the time from " (words(core.start)) " to " (words(last)) ", seed " (summary.seed)
            @if summary.partial { ", stopped early" }
            ". Shares count runs; they say what this scenario implies, not whether it is right."
        }
    }
}

/// The colours of the outcomes, where a picture does not name them.
pub(super) fn legend(context: &Context<'_>) -> Markup {
    let (apart, grey): (Vec<_>, Vec<_>) = ranked(context)
        .into_iter()
        .partition(|shown| context.names.has_own_colour(shown.index));
    html! {
        ul.legend aria-label="How the runs end" {
            @if !grey.is_empty() { li { span.chip.cu {} (grey.len()) " rarer ways to end" } }
            @for shown in apart {
                li { span class={ "chip c" (context.names.colour(shown.index)) } {} (context.names.outcome(shown.index)) }
            }
        }
    }
}

pub(super) fn section(context: &Context<'_>) -> Option<Section> {
    let ranked = ranked(context);
    let decimals = decimals(&ranked);
    let draw = |size: Size| bars(context, &ranked, decimals, size);
    let description = ranked
        .iter()
        .map(|shown| {
            format!(
                "{}: {}",
                context.names.outcome(shown.index),
                in_words(shown, decimals).0
            )
        })
        .collect::<Vec<_>>()
        .join("; ");
    let likeliest = ranked.first().filter(|shown| shown.summary.count > 0);
    let title = likeliest.map_or("How often it ends each way".to_owned(), |shown| {
        let (share, _) = in_words(shown, decimals);
        format!("{}: {share} of the runs", context.names.outcome(shown.index))
    });
    let body = html! {
        (figure(context, &Figure {
            id: "outcome-bars",
            title: &title,
            subtitle: "Share of runs. The line at the end of a bar is simulation noise (95%): it shrinks with more runs, and does \
                       not say whether the scenario is right.",
            description: &description,
            draw: &draw,
            legend: None,
            table: table(context, &ranked),
        }))
        (invalid(context))
    };
    Some(Section {
        id: "outcomes",
        title: "Outcomes",
        body,
    })
}

fn bars(context: &Context<'_>, ranked: &[Shown<'_>], decimals: usize, size: Size) -> Picture {
    let [row, bar, left] = size.choose([34.0, 20.0, 236.0], [48.0, 18.0, 0.0]);
    let right = size.choose(110.0, 104.0);
    let most = ranked.iter().map(|shown| shown.summary.simulation_ci95[1]);
    let ticks = Ticks::around(
        0.0,
        most.max_by(f64::total_cmp).unwrap_or(1.0) * 100.0,
        size.choose(6, 4),
    );
    let height = row * ranked.len() as f64;
    let mut picture = size.picture(height + 24.0);
    let scale = Scale::new(ticks.ends(), [left, size.width() - right]);
    for tick in ticks.values() {
        let x = scale.place(tick);
        picture.draw(Element::straight([x, 0.0], [x, height], "grid"));
        let class = if tick == 0.0 && size == Size::Narrow {
            "t"
        } else {
            "t m"
        };
        picture.draw(Element::text(
            x,
            height + 18.0,
            &format!("{}%", ticks.label(tick)),
            class,
        ));
    }
    for (place, shown) in ranked.iter().enumerate() {
        let top = row * place as f64 + size.choose(7.0, 24.0);
        let name = context.names.outcome(shown.index);
        let (share, noise) = in_words(shown, decimals);
        let title = format!(
            "{name}: {share} ± {noise} simulation noise, {} runs",
            count(shown.summary.count)
        );
        match size {
            Size::Wide => {
                let lines = wrapped(name, 13.0, left - 12.0, 2);
                for (line, text) in lines.iter().enumerate() {
                    let y = top + 14.5 + (line as f64 - (lines.len() - 1) as f64 / 2.0) * 14.0;
                    picture.draw(Element::text(left - 10.0, y, text, "e").hover(&title));
                }
            }
            Size::Narrow => {
                let name = fitted(name, 13.0, size.width());
                picture.draw(Element::text(0.0, top - 6.0, &name, ""));
            }
        }
        let [low, high] = shown.summary.simulation_ci95.map(|share| scale.place(share * 100.0));
        let (start, end) = (scale.place(0.0), scale.place(shown.share() * 100.0));
        let fill = format!("f{}", context.names.colour(shown.index));
        picture.draw(Element::rectangle(start, top, end - start, bar, &fill).hover(&title));
        let middle = top + bar / 2.0;
        picture.draw(Element::straight([low, middle], [high, middle], "noise"));
        for x in [low, high] {
            picture.draw(Element::straight([x, middle - 4.0], [x, middle + 4.0], "noise"));
        }
        picture.draw(Element::text(high + 8.0, middle + 4.5, &share, "b").hover(&title));
        let after = high + 8.0 + width(&share, 14.0) + 9.0;
        picture.draw(Element::text(after, middle + 4.5, &format!("± {noise}"), "t").hover(&title));
    }
    let base = scale.place(0.0);
    picture.draw(Element::straight([base, 0.0], [base, height], "axis"));
    picture
}

fn table(context: &Context<'_>, ranked: &[Shown<'_>]) -> Table {
    let has_worst = ranked.iter().any(|shown| shown.summary.worst_case.is_some());
    let head = ["Outcome", "runs", "share", "noise from", "to", "worst case from", "to"];
    let exact = |share: f64| format!("{}%", percent(share, 2));
    let row = |shown: &Shown<'_>| {
        let [low, high] = shown.summary.simulation_ci95;
        let mut row = vec![
            context.names.outcome(shown.index).to_owned(),
            count(shown.summary.count),
            exact(shown.share()),
            exact(low),
            exact(high),
        ];
        row.extend(shown.summary.worst_case.iter().flatten().map(|share| exact(*share)));
        row
    };
    let columns = if has_worst { 7 } else { 5 };
    Table {
        head: head[..columns].iter().map(|head| (*head).to_owned()).collect(),
        rows: ranked.iter().map(row).collect(),
        text_columns: 1,
    }
}

/// How many runs do not count, and how to find out why.
fn invalid(context: &Context<'_>) -> Markup {
    let summary = context.material.summary;
    let kinds = [
        (
            summary.failed,
            summary.first_failed,
            "failed, as a number in the scenario left its range",
        ),
        (
            summary.runaway,
            summary.first_runaway,
            "fired more events than the limit, and were cut",
        ),
    ];
    html! {
        @for (runs, first, what) in kinds {
            @if let Some(first) = first {
                p { (count(runs)) " runs " (what) "; the first of them is run " (first) ". Shares are of the "
                    (count(summary.valid())) " others; the worst case in the table is of all runs, if none or all of these had \
                    ended so." }
            }
        }
    }
}
