//! What has been said, and what it does to the shares of the outcomes.

use maud::{Markup, html};

use super::figure::{Figure, Size, Table, figure, scrolling};
use super::marks::{interval_across, name_in_lines};
use super::outcomes::{Shown, ranked};
use super::{Context, Section};
use crate::analysis::evidence::{FEW_CARRYING, FEW_RUNS};
use crate::plan::Label;
use crate::report::format::{self, NOTHING, count, noise, number, percent};
use crate::report::svg::{Element, Picture, Scale, Ticks, day_in_words, fitted, width};
use crate::results::{ClaimSummary, Effect, OutcomeSummary, Unheard, origins_with_several};
use crate::scenario::date;

/// The share of an outcome once the claims have been weighed, with its noise.
struct After {
    share: f64,
    interval: [f64; 2],
}

impl After {
    fn of(shown: &Shown<'_>) -> Option<Self> {
        Some(After {
            share: shown.summary.posterior?,
            interval: shown.summary.posterior_ci95?,
        })
    }

    fn half_width(&self) -> f64 {
        (self.interval[1] - self.interval[0]) / 2.0
    }
}

/// What the claims make of the answer, in a sentence; nothing where there are none.
pub(super) fn headline(context: &Context<'_>) -> Markup {
    let all = ranked(context);
    let mut after: Vec<(&Shown<'_>, After)> = all
        .iter()
        .filter_map(|shown| Some((shown, After::of(shown)?)))
        .filter(|(_, after)| after.share > 0.0)
        .collect();
    let declared = context.material.core.outcomes.len();
    after.sort_by(|(one, before), (other, after)| {
        let unresolved = |shown: &Shown<'_>| shown.index == declared;
        unresolved(one)
            .cmp(&unresolved(other))
            .then(after.share.total_cmp(&before.share))
    });
    let decimals = decimals(&all);
    let Some(((first, best), rest)) = after.split_first() else {
        return html! {};
    };
    let is_same = all.first().is_some_and(|shown| shown.index == first.index);
    html! {
        " Once what has been said is weighed, "
        @if is_same { "that is " } @else { (context.names.outcome(first.index)) " is the likeliest, with " }
        strong { (percent(best.share, decimals)) "%" } " (±\u{a0}" (noise(best.half_width(), decimals)) ")"
        @for (place, (other, after)) in rest.iter().take(2).enumerate() {
            @if place == 0 { "; then " } @else { " and " }
            (context.names.outcome(other.index)) " (" (percent(after.share, decimals)) "%)"
        }
        "."
    }
}

pub(super) fn section(context: &Context<'_>) -> Option<Section> {
    let summary = context.material.summary;
    let ranked = ranked(context);
    if summary.claims.is_empty() || ranked.iter().all(|shown| shown.summary.posterior.is_none()) {
        return None;
    }
    let decimals = decimals(&ranked);
    let described = ranked.iter().filter_map(|shown| {
        let after = After::of(shown)?.share;
        let [before, after] = [shown.share(), after].map(|share| percent(share, decimals));
        Some(format!(
            "{}: {before}% before, {after}% after",
            context.names.outcome(shown.index)
        ))
    });
    let description = described.collect::<Vec<_>>().join("; ");
    let title = most_moved(context, &ranked, decimals);
    let body = html! {
        (figure(context, &Figure {
            id: "posteriors",
            title: &title,
            subtitle: "The thin grey bar is the share of the runs, before anything was said; the coloured one weighs each run by how \
                       likely the claims are to be made in it. The lines at their ends are simulation noise (95%).",
            description: &description,
            draw: &|size| bars(context, &ranked, decimals, size),
            legend: None,
            table: posteriors(context, &ranked),
        }))
        (few_runs(context, &ranked))
        h3 { "The claims" }
        p.sub { "The Bayes factor of a claim says how many times likelier it is made if it is true than if it is false, with what is \
                 known of who says it. Before and after: in what share of the runs it is true, without all claims and with them." }
        (scrolling("The claims", &claims(context).markup()))
        @if let Some(origins) = origins(context) {
            h3 { "Who says it" }
            p.sub { "The chance that each is informed, as the scenario has it and after all claims." }
            (scrolling("Who says it", &origins.markup()))
        }
        @if let Some([factors, without]) = effects(context, &ranked) {
            h3 { "Bayes factors of the claims for each ending" }
            p.sub { "The odds of an ending with a claim, over its odds without it, beside all the other claims." }
            (scrolling("Bayes factors of the claims for each ending", &factors.markup()))
            h3 { "If one had not been said" }
            p.sub { "The share of each ending in percent, with all claims, and without the one, or those of one origin, that head \
                     the column." }
            (scrolling("If one had not been said", &without.markup()))
        }
    };
    Some(Section {
        id: "claims",
        title: "What has been said",
        body,
    })
}

/// Which ending the claims move most, if any by more than noise.
fn most_moved(context: &Context<'_>, ranked: &[Shown<'_>], decimals: usize) -> String {
    let moves = ranked.iter().filter_map(|shown| {
        let after = After::of(shown)?;
        let [low, high] = shown.summary.simulation_ci95;
        let by = (after.share - shown.share()).abs();
        (by > after.half_width() + (high - low) / 2.0).then_some((by, shown, after.share))
    });
    match moves.max_by(|(a, ..), (b, ..)| a.total_cmp(b)) {
        None => "The claims move no ending by more than noise".to_owned(),
        Some((_, shown, after)) => {
            let [before, after] = [shown.share(), after].map(|share| percent(share, decimals));
            let name = context.names.outcome(shown.index);
            format!("{name}: moved most by the claims, from {before}% to {after}%")
        }
    }
}

fn decimals(ranked: &[Shown<'_>]) -> usize {
    let widths = ranked.iter().filter_map(After::of).map(|after| after.half_width());
    format::decimals(widths.max_by(f64::total_cmp).unwrap_or(1.0))
}

fn bars(context: &Context<'_>, ranked: &[Shown<'_>], decimals: usize, size: Size) -> Picture {
    let [row, left, right] = size.choose([42.0, 236.0, 152.0], [54.0, 0.0, 144.0]);
    let ends = ranked.iter().flat_map(|shown| {
        let after = After::of(shown).map(|after| after.interval[1]);
        [Some(shown.summary.simulation_ci95[1]), after].into_iter().flatten()
    });
    let most = ends.max_by(f64::total_cmp).unwrap_or(1.0);
    let ticks = Ticks::around(0.0, most * 100.0, size.choose(6, 3));
    let height = row * ranked.len() as f64;
    let mut picture = size.picture(height + 24.0);
    let scale = Scale::new(ticks.ends(), [left, size.width() - right]);
    for tick in ticks.values() {
        let x = scale.place(tick);
        picture.draw(Element::straight([x, 0.0], [x, height], "grid"));
        let is_at_edge = tick == 0.0 && size == Size::Narrow;
        let class = if is_at_edge { "t" } else { "t m" };
        let label = format!("{}%", ticks.label(tick));
        picture.draw(Element::text(x, height + 18.0, &label, class));
    }
    let base = scale.place(0.0);
    for (place, shown) in ranked.iter().enumerate() {
        let Some(after) = After::of(shown) else { continue };
        let top = row * place as f64 + size.choose(7.0, 24.0);
        let name = context.names.outcome(shown.index);
        let [was, is] = [shown.share(), after.share].map(|share| format!("{}%", percent(share, decimals)));
        let spread = noise(after.half_width(), decimals);
        let title = format!("{name}: {was} before the claims, {is} ± {spread} after them");
        let mut marks = Vec::new();
        match size {
            Size::Wide => {
                let lines = name_in_lines(name, 13.0, left - 12.0, 2);
                for (line, text) in lines.iter().enumerate() {
                    let y = top + 18.5 + (line as f64 - (lines.len() - 1) as f64 / 2.0) * 14.0;
                    marks.push(Element::text(left - 10.0, y, text, "e"));
                }
            }
            Size::Narrow => marks.push(Element::text(0.0, top - 6.0, &fitted(name, 13.0, size.width()), "")),
        }
        let pair = [
            (
                shown.share(),
                shown.summary.simulation_ci95,
                top,
                8.0,
                "knot".to_owned(),
            ),
            (
                after.share,
                after.interval,
                top + 10.0,
                16.0,
                format!("f{}", context.names.colour(shown.index)),
            ),
        ];
        let mut end = base;
        for (share, interval, top, thick, class) in pair {
            let length = scale.place(share * 100.0) - base;
            marks.push(Element::rectangle(base, top, length, thick, &class));
            let [low, high] = interval.map(|share| scale.place(share * 100.0));
            marks.extend(interval_across([low, high], top + thick / 2.0, "noise"));
            end = if high > end { high } else { end };
        }
        let baseline = top + 22.0;
        marks.push(Element::text(end + 8.0, baseline, &is, "b"));
        let next = end + 8.0 + width(&is, 14.0) + 9.0;
        marks.push(Element::text(next, baseline, &format!("was {was}"), "t"));
        picture.draw(Element::group(marks).hover(&title));
    }
    picture.draw(Element::straight([base, 0.0], [base, height], "axis"));
    picture
}

fn exact(share: f64) -> String {
    format!("{}%", percent(share, 2))
}

fn share(share: Option<f64>) -> String {
    share.map_or(NOTHING.to_owned(), |share| format!("{}%", percent(share, 1)))
}

fn table(head: &[&str], rows: Vec<Vec<String>>, text_columns: usize) -> Table {
    Table {
        head: head.iter().map(|head| (*head).to_owned()).collect(),
        rows,
        text_columns,
    }
}

fn posteriors(context: &Context<'_>, ranked: &[Shown<'_>]) -> Table {
    let head = [
        "Outcome",
        "before",
        "noise from",
        "to",
        "after",
        "noise from",
        "to",
        "effective runs",
    ];
    let row = |shown: &Shown<'_>| {
        let after = After::of(shown)?;
        let mut row = vec![context.names.outcome(shown.index).to_owned()];
        let [from, to] = shown.summary.simulation_ci95;
        let [after_from, after_to] = after.interval;
        row.extend([shown.share(), from, to, after.share, after_from, after_to].map(exact));
        let effective = shown.summary.effective_runs.map(|runs| runs.round() as u64);
        row.push(effective.map_or(NOTHING.to_owned(), count));
        Some(row)
    };
    table(&head, ranked.iter().filter_map(row).collect(), 1)
}

fn few_runs(context: &Context<'_>, ranked: &[Shown<'_>]) -> Markup {
    let below = |limit: f64, runs: fn(&OutcomeSummary) -> Option<f64>| -> Vec<String> {
        let came = ranked.iter().filter(|shown| shown.summary.count > 0);
        let few = came.filter_map(|shown| {
            let runs = runs(shown.summary).filter(|runs| *runs < limit)?;
            let name = context.names.outcome(shown.index);
            Some(format!("{name} ({})", number(Some(runs.round()))))
        });
        few.collect()
    };
    let few = below(FEW_RUNS, |outcome| outcome.effective_runs);
    let heavy = below(FEW_CARRYING, |outcome| outcome.carrying_runs);
    html! {
        @if !few.is_empty() {
            p { "The claims leave few runs to judge by; more runs would make it surer. Effective runs below 1,000: " (few.join(", ")) "." }
        }
        @if !heavy.is_empty() {
            p { "A few heavy runs carry what is believed here, whose noise may be greater than is said. Runs that carry it, below 30: " (heavy.join(", ")) "." }
        }
    }
}

/// The letter that a claim goes by in the tables: a, b, ... and then a1, b1, ...
fn letter(index: usize) -> String {
    let letter = char::from(b'a' + (index % 26) as u8);
    match index / 26 {
        0 => letter.to_string(),
        round => format!("{letter}{round}"),
    }
}

fn printed(label: &Label) -> &str {
    label.name.as_deref().unwrap_or(&label.id)
}

fn origin_name<'a>(context: &Context<'a>, id: &'a str) -> &'a str {
    let origins = &context.material.plan.observed.evidence.origins;
    let found = origins.iter().find(|origin| origin.label.id == id);
    found.map_or(id, |origin| printed(&origin.label))
}

/// A day as the page writes it.
fn day(written: &str) -> String {
    date::parse(written).map_or(written.to_owned(), |day| day_in_words(day).replace(' ', "\u{a0}"))
}

fn claims(context: &Context<'_>) -> Table {
    let all = &context.material.summary.claims;
    let labels = &context.material.plan.observed.evidence.claims;
    let heard = |claim: &ClaimSummary| match &claim.unheard {
        None => String::new(),
        Some(Unheard::LeftOut) => "\nnot weighed: left out".to_owned(),
        Some(Unheard::SaidLater) => "\nnot weighed: said later".to_owned(),
        Some(Unheard::Repeats(other)) => match all.iter().position(|claim| claim.name == *other) {
            Some(index) => format!("\nnot weighed: repeats {}", letter(index)),
            None => "\nnot weighed: repeated".to_owned(),
        },
    };
    let about = |claim: &ClaimSummary| match claim.about.as_str() {
        "horizon" => ", about the end".to_owned(),
        same if same == claim.said => String::new(),
        other => format!(", about {}", day(other)),
    };
    let by = |claim: &ClaimSummary| {
        let origin = claim.origin.as_deref();
        origin.map_or(String::new(), |id| format!("{}, ", origin_name(context, id)))
    };
    let row = |(index, claim): (usize, &ClaimSummary)| {
        vec![
            format!(
                "{}: {}\n{}{}{}{}",
                letter(index),
                printed(&labels[index].label),
                by(claim),
                day(&claim.said),
                about(claim),
                heard(claim)
            ),
            number(claim.likelihood_ratio),
            share(claim.prior),
            share(claim.posterior),
        ]
    };
    let head = ["Claim, by whom and when", "Bayes factor", "true before", "after"];
    table(&head, all.iter().enumerate().map(row).collect(), 1)
}

fn origins(context: &Context<'_>) -> Option<Table> {
    let all = &context.material.summary.origins;
    let claims = &context.material.summary.claims;
    let letters = |names: &[String]| {
        let weighed = claims
            .iter()
            .enumerate()
            .filter(|(_, claim)| names.contains(&claim.name));
        weighed.map(|(index, _)| letter(index)).collect::<Vec<_>>().join(", ")
    };
    let row = |origin: &crate::results::OriginSummary| {
        vec![
            origin_name(context, &origin.name).to_owned(),
            letters(&origin.claims),
            share(Some(origin.reliability)),
            share(origin.posterior_reliability),
        ]
    };
    let rows: Vec<Vec<String>> = all.iter().map(row).collect();
    (!rows.is_empty()).then(|| table(&["Who", "claims weighed", "informed before", "after"], rows, 2))
}

/// What each claim that was weighed, and the claims of each origin with several, do to each outcome: Bayes factors, and the
/// shares without them.
fn effects(context: &Context<'_>, ranked: &[Shown<'_>]) -> Option<[Table; 2]> {
    let summary = context.material.summary;
    let heard = summary.claims.iter().enumerate().filter(|(_, claim)| claim.heard);
    let mut voices: Vec<(String, &[Effect])> = heard
        .map(|(index, claim)| (letter(index), claim.outcomes.as_slice()))
        .collect();
    let several = origins_with_several(&summary.claims, &summary.origins);
    voices.extend(several.map(|origin| {
        let of_origin = summary.claims.iter().enumerate();
        let of_origin = of_origin.filter(|(_, claim)| origin.says(claim));
        let name = of_origin
            .map(|(index, _)| letter(index))
            .collect::<Vec<_>>()
            .join(" and ");
        (name, origin.outcomes.as_slice())
    }));
    if voices.is_empty() {
        return None;
    }
    let made = |first: Option<&str>, cell: &dyn Fn(&Effect) -> String| {
        let mut head = vec!["Outcome".to_owned()];
        head.extend(first.map(str::to_owned));
        head.extend(voices.iter().map(|(voice, _)| voice.clone()));
        let row = |shown: &Shown<'_>| {
            let mut row = vec![context.names.outcome(shown.index).to_owned()];
            row.extend(first.map(|_| in_percent(shown.summary.posterior)));
            let cells = voices.iter().map(|(_, effects)| effects.get(shown.index));
            row.extend(cells.map(|effect| effect.map_or(NOTHING.to_owned(), cell)));
            row
        };
        Table {
            head,
            rows: ranked.iter().map(row).collect(),
            text_columns: 1,
        }
    };
    Some([
        made(None, &|effect| number(effect.bayes_factor)),
        made(Some("with all"), &|effect| in_percent(effect.posterior_without)),
    ])
}

/// A share without the sign of percent, which in every cell would make many columns too wide for a phone.
fn in_percent(value: Option<f64>) -> String {
    share(value).trim_end_matches('%').to_owned()
}
