//! What drives the likeliest outcome: the effects of the parameters that are drawn, and its share by fifths of the strongest.

use maud::{Markup, html};

use super::figure::{Figure, Size, Table, figure};
use super::marks::{interval_across, name_in_lines};
use super::{Context, Section};
use crate::analysis::drivers::{Group, Parameter, Target};
use crate::model::Core;
use crate::report::format::{self, NOTHING, count, grouped, noise, number, percent};
use crate::report::svg::{Element, Picture, Scale, Ticks, line, width};

/// At most so many effects are drawn.
const MOST_EFFECTS: usize = 10;
/// Of those that cannot be told from noise, so many, to compare the others with.
const MOST_NOISE: usize = 2;
/// Of so many of the strongest parameters, the share by fifths is drawn.
const MOST_PANELS: usize = 4;

pub(super) fn section(context: &Context<'_>) -> Option<Section> {
    let drivers = context.material.drivers?;
    let target = drivers.targets.first()?;
    let mean = target.mean.filter(|mean| *mean > 0.0 && *mean < 1.0)?;
    if target.parameters.is_empty() {
        return None;
    }
    let outcomes = &context.material.core.outcomes;
    let index = outcomes
        .iter()
        .position(|outcome| outcome.about.address == target.name)
        .unwrap_or(outcomes.len());
    let outcome = context.names.outcome(index);
    let strong: Vec<&Parameter> = target
        .parameters
        .iter()
        .filter(|parameter| parameter.effect.is_beyond_noise())
        .take(MOST_PANELS)
        .collect();
    let body = html! {
        (effects(context, target, outcome))
        @if !strong.is_empty() { (fifths(context, &strong, outcome, mean)) }
        @if index < outcomes.len() {
            p.soft { "The same for the other endings, for measures, and for when things happen: "
                code { "equipoise drivers " (context.material.scenario) " --outcome " (target.name) } "." }
        }
    };
    Some(Section {
        id: "drivers",
        title: "What drives it",
        body,
    })
}

/// What a parameter is called.
fn name(context: &Context<'_>, parameter: &Parameter) -> String {
    let all = &context.material.core.parameters;
    let found = all.iter().find(|known| known.about.address == parameter.name);
    found
        .map_or(parameter.name.as_str(), |known| Core::printed(&known.about))
        .to_owned()
}

/// The same in a table, with the address by which commands know it.
fn name_with_address(context: &Context<'_>, parameter: &Parameter) -> String {
    let name = name(context, parameter);
    if name == parameter.name {
        name
    } else {
        format!("{name}\n{}", parameter.name)
    }
}

/// The unit of a parameter, with a space before it.
fn unit(context: &Context<'_>, parameter: &Parameter) -> String {
    let all = &context.material.core.parameters;
    let found = all.iter().find(|known| known.about.address == parameter.name);
    let unit = found.and_then(|known| known.about.unit.as_deref());
    unit.map_or(String::new(), |unit| format!(" {unit}"))
}

/// A share of the variance in percent; what rounds to nothing has no sign.
fn effect_percent(size: f64, decimals: usize) -> String {
    let text = format!("{:.decimals$}", size * 100.0);
    let is_zero = text.trim_start_matches('-').chars().all(|c| c == '0' || c == '.');
    let text = if is_zero { text.trim_start_matches('-') } else { &text };
    format!("{text}%").replace('-', "−")
}

fn effects(context: &Context<'_>, target: &Target, outcome: &str) -> Markup {
    let mut shown: Vec<&Parameter> = Vec::new();
    let mut in_noise = 0;
    for parameter in target.parameters.iter().take(MOST_EFFECTS) {
        if parameter.effect.first_order_effect.is_none() {
            continue;
        }
        in_noise += usize::from(!parameter.effect.is_beyond_noise());
        if parameter.effect.is_beyond_noise() || in_noise <= MOST_NOISE {
            shown.push(parameter);
        }
    }
    if shown.is_empty() {
        return html! { p { "There are too few runs to tell what drives it." } };
    }
    let strongest = shown.first().filter(|parameter| parameter.effect.is_beyond_noise());
    let title = match strongest {
        Some(parameter) => format!("{outcome}: goes most with {}", name(context, parameter)),
        None => format!("No parameter can be told from noise: {outcome}"),
    };
    let subtitle = "Share of the outcome's variance that goes with a parameter alone, with simulation noise (95%). The grey bar is \
                        how far noise alone reaches in 95 of 100 cases; hollow dots are no more than noise.";
    let described = shown.iter().map(|parameter| {
        let size = parameter.effect.first_order_effect.unwrap_or(0.0);
        format!("{}: {}", name(context, parameter), effect_percent(size, 1))
    });
    let description = described.collect::<Vec<_>>().join("; ");
    figure(
        context,
        &Figure {
            id: "effects",
            title: &title,
            subtitle,
            description: &description,
            draw: &|size| draw_effects(context, &shown, size),
            legend: None,
            table: effects_table(context, target),
        },
    )
}

fn draw_effects(context: &Context<'_>, shown: &[&Parameter], size: Size) -> Picture {
    let [row, left, right] = size.choose([34.0, 236.0, 112.0], [44.0, 0.0, 112.0]);
    let ends = shown.iter().flat_map(|parameter| {
        let effect = &parameter.effect;
        let interval = effect.effect_ci95.into_iter().flatten();
        interval.chain(effect.first_order_effect).chain(effect.null95)
    });
    let ends: Vec<f64> = ends.chain([0.0]).map(|end| end * 100.0).collect();
    let low = ends.iter().copied().min_by(f64::total_cmp).unwrap_or(0.0);
    let high = ends.iter().copied().max_by(f64::total_cmp).unwrap_or(1.0);
    // The sign of percent takes a quarter of the room, and what lies below 0 its part of the scale.
    let room = (size.width() - left - right) * 0.75 * high / (high - low);
    let ticks = Ticks::in_a_row(0.0, high, size.choose(6, 4), room, 12.0);
    let height = row * shown.len() as f64;
    let mut picture = size.picture(height + 24.0);
    // On a phone the first label stands on the edge, half a label from its tick.
    let edge = size.choose(left, 16.0);
    // Effects are corrected for noise, so that some lie a little below 0.
    let scale = Scale::new([low, ticks.ends()[1]], [edge, size.width() - right]);
    for tick in ticks.values() {
        let x = scale.place(tick);
        picture.draw(Element::straight([x, 0.0], [x, height], "grid"));
        let label = format!("{}%", ticks.label(tick));
        picture.draw(Element::text(x, height + 18.0, &label, "t m"));
    }
    let base = scale.place(0.0);
    if size == Size::Wide {
        picture.draw(Element::straight([base, 0.0], [base, height], "axis"));
    }
    for (place, parameter) in shown.iter().enumerate() {
        let effect = &parameter.effect;
        let Some(size_of_effect) = effect.first_order_effect else {
            continue;
        };
        let middle = row * place as f64 + size.choose(17.0, 31.0);
        let half = effect.effect_ci95.map_or(0.0, |[low, high]| (high - low) / 2.0);
        let spread = noise(half, 1);
        let share = effect_percent(size_of_effect, 1);
        let name = name(context, parameter);
        let null = effect.null95.map_or(String::new(), |null| {
            format!(
                "; noise alone stays below {} in 95 of 100 cases",
                effect_percent(null, 2)
            )
        });
        let title = format!("{name}: {share} ± {spread} of the variance{null}");
        let mut marks = Vec::new();
        match size {
            Size::Wide => {
                let lines = name_in_lines(&name, 13.0, left - 12.0, 2);
                for (line, text) in lines.iter().enumerate() {
                    let y = middle + 4.5 + (line as f64 - (lines.len() - 1) as f64 / 2.0) * 14.0;
                    marks.push(Element::text(left - 10.0, y, text, "e"));
                }
            }
            Size::Narrow => {
                let lines = name_in_lines(&name, 13.0, size.width(), 1);
                marks.push(Element::text(0.0, middle - 14.0, &lines.concat(), ""));
            }
        }
        if let Some(null) = effect.null95 {
            let end = scale.place(null * 100.0);
            let length = if end > base { end - base } else { 0.0 };
            marks.push(Element::rectangle(base, middle - 9.0, length, 18.0, "null"));
        }
        let at = scale.place(size_of_effect * 100.0);
        let [_, end] = match effect.effect_ci95 {
            Some(interval) => {
                let ends = interval.map(|end| scale.place(end * 100.0));
                marks.extend(interval_across(ends, middle, "reach"));
                ends
            }
            None => [at, at],
        };
        let class = if effect.is_beyond_noise() { "dot" } else { "hollow" };
        marks.push(Element::circle(at, middle, 5.0, class));
        let end = if end > at { end } else { at } + 10.0;
        marks.push(Element::text(end, middle + 4.5, &share, "b"));
        let after = end + width(&share, 14.0) + 7.0;
        marks.push(Element::text(after, middle + 4.5, &format!("± {spread}"), "t"));
        picture.draw(Element::group(marks).hover(&title));
    }
    picture
}

fn effects_table(context: &Context<'_>, target: &Target) -> Table {
    let head = ["Parameter", "effect", "noise from", "to", "noise alone below", "p"];
    let cell = |size: Option<f64>| size.map_or(NOTHING.to_owned(), |size| effect_percent(size, 2));
    let row = |parameter: &Parameter| {
        let effect = &parameter.effect;
        vec![
            name_with_address(context, parameter),
            cell(effect.first_order_effect),
            cell(effect.effect_ci95.map(|[low, _]| low)),
            cell(effect.effect_ci95.map(|[_, high]| high)),
            cell(effect.null95),
            number(effect.p_value),
        ]
    };
    Table {
        head: head.iter().map(|head| (*head).to_owned()).collect(),
        rows: target.parameters.iter().map(row).collect(),
        text_columns: 1,
    }
}

/// What a part of the runs is called.
fn part(context: &Context<'_>, parameter: &Parameter, place: usize) -> String {
    let group = &parameter.fifths[place];
    if parameter.is_boolean {
        return if group.from == Some(0.0) { "no" } else { "yes" }.to_owned();
    }
    let unit = unit(context, parameter);
    let [from, to] = [group.from, group.to].map(|end| value(parameter, end));
    if group.from == group.to {
        format!("{from}{unit}")
    } else {
        format!("{from} to {to}{unit}")
    }
}

/// A value of a parameter, with as many decimals as tell two hundredths of its range apart.
fn value(parameter: &Parameter, value: Option<f64>) -> String {
    let [first, last] = [parameter.fifths.first(), parameter.fifths.last()];
    let range = first.and_then(|group| group.from).zip(last.and_then(|group| group.to));
    let range = range.map_or(0.0, |(low, high)| high - low);
    let Some(value) = value.filter(|_| (1e-3..1e6).contains(&range)) else {
        return number(value);
    };
    let written = format!("{range:.0e}");
    let exponent: i32 = written
        .split_once('e')
        .and_then(|(_, exponent)| exponent.parse().ok())
        .unwrap_or(0);
    let decimals = usize::try_from(2 - exponent).unwrap_or(0);
    let text = grouped(&format!("{:.decimals$}", value.abs()));
    if value < 0.0 { format!("−{text}") } else { text }
}

fn share(group: &Group) -> String {
    let half = group.simulation_ci95.map_or(1.0, |[low, high]| (high - low) / 2.0);
    let share = group
        .mean
        .map_or(NOTHING.to_owned(), |share| percent(share, format::decimals(half)));
    format!("{share}%")
}

fn fifths(context: &Context<'_>, strong: &[&Parameter], outcome: &str, mean: f64) -> Markup {
    let all = percent(mean, 1);
    let mut subtitle = format!(
        "Share of the runs that end so, by fifths of each of the strongest parameters, from its lowest values to its highest, with \
         simulation noise (95%). The line across is the share of all runs, {all}%."
    );
    if strong.iter().any(|parameter| parameter.name.contains(".policy.")) {
        subtitle.push_str(" A rule of a supplier comes up where its draw, from 0 to 1, is below its chance.");
    }
    let described = strong.iter().filter_map(|parameter| {
        let (first, last) = (parameter.fifths.first()?, parameter.fifths.last()?);
        Some(format!(
            "{}: from {} at its lowest to {} at its highest",
            name(context, parameter),
            share(first),
            share(last)
        ))
    });
    let description = described.collect::<Vec<_>>().join("; ");
    let most = strong.first().and_then(|parameter| {
        let (first, last) = (parameter.fifths.first()?, parameter.fifths.last()?);
        let (first, last, name) = (share(first), share(last), name(context, parameter));
        Some(if parameter.is_boolean {
            format!("{last} with {name}, {first} without")
        } else {
            format!("from {first} to {last} as {name} rises")
        })
    });
    let title = format!("{outcome}: {}", most.unwrap_or_default());
    figure(
        context,
        &Figure {
            id: "fifths",
            title: &title,
            subtitle: &subtitle,
            description: &description,
            draw: &|size| draw_fifths(context, strong, mean, size),
            legend: None,
            table: fifths_table(context, strong),
        },
    )
}

fn draw_fifths(context: &Context<'_>, strong: &[&Parameter], mean: f64, size: Size) -> Picture {
    let columns = size.choose(MOST_PANELS, 2).min(strong.len()).max(1);
    let rows = strong.len().div_ceil(columns);
    let (left, gap) = (44.0, 14.0);
    let [head, plot, foot] = [50.0, size.choose(150.0, 120.0), 30.0];
    let across = size.choose(MOST_PANELS, 2) as f64;
    let panel = (size.width() - left - gap * (across - 1.0)) / across;
    let ends = strong.iter().flat_map(|parameter| &parameter.fifths);
    let ends = ends.filter_map(|group| group.simulation_ci95).map(|[_, high]| high);
    let most = ends.max_by(f64::total_cmp).unwrap_or(1.0);
    let ticks = Ticks::around(0.0, most * 100.0, 4);
    let mut picture = size.picture((head + plot + foot) * rows as f64);
    for (place, parameter) in strong.iter().enumerate() {
        let (column, row) = (place % columns, place / columns);
        let start = left + (panel + gap) * column as f64;
        let top = (head + plot + foot) * row as f64 + head;
        let up = Scale::new(ticks.ends(), [top + plot, top]);
        for tick in ticks.values() {
            let y = up.place(tick);
            picture.draw(Element::straight([start, y], [start + panel, y], "grid"));
            if column == 0 {
                let label = format!("{}%", ticks.label(tick));
                picture.draw(Element::text(left - 7.0, y + 4.0, &label, "t e"));
            }
        }
        let all = up.place(mean * 100.0);
        picture.draw(Element::straight([start, all], [start + panel, all], "axis"));
        let frame = Frame {
            start,
            width: panel,
            top,
            up: &up,
        };
        frame.draw(&mut picture, context, parameter, top + plot);
    }
    picture
}

/// The panel of a parameter.
struct Frame<'a> {
    start: f64,
    width: f64,
    top: f64,
    up: &'a Scale,
}

impl Frame<'_> {
    /// Draws the shares of a parameter, with its name above and its values below.
    fn draw(&self, picture: &mut Picture, context: &Context<'_>, parameter: &Parameter, bottom: f64) {
        let name = name(context, parameter);
        let lines = name_in_lines(&name, 12.0, self.width, 3);
        for (line, text) in lines.iter().enumerate() {
            let y = self.top - 12.0 - 15.0 * (lines.len() - 1 - line) as f64;
            picture.draw(Element::text(self.start, y, text, "s"));
        }
        let groups = &parameter.fifths;
        let count = groups.len().max(1) as f64;
        let middle = |place: usize| self.start + self.width * (place as f64 + 0.5) / count;
        let points = groups
            .iter()
            .enumerate()
            .filter_map(|(place, group)| Some([middle(place), self.up.place(group.mean? * 100.0)]));
        picture.draw(Element::path(&line(&points.collect::<Vec<_>>()), "lead"));
        for (place, group) in groups.iter().enumerate() {
            let Some(mean) = group.mean else { continue };
            let x = middle(place);
            let title = format!("{name}, {}: {}", part(context, parameter, place), share(group));
            if let Some(interval) = group.simulation_ci95 {
                let [low, high] = interval.map(|share| self.up.place(share * 100.0));
                picture.draw(Element::straight([x, low], [x, high], "reach"));
            }
            picture.draw(Element::circle(x, self.up.place(mean * 100.0), 4.5, "dot").hover(&title));
        }
        let y = bottom + 17.0;
        if parameter.is_boolean {
            for place in 0..groups.len() {
                let text = part(context, parameter, place);
                picture.draw(Element::text(middle(place), y, &text, "t m"));
            }
        } else if let (Some(first), Some(last)) = (groups.first(), groups.last()) {
            let end = self.start + self.width;
            picture.draw(Element::text(self.start, y, &value(parameter, first.from), "t"));
            picture.draw(Element::text(end, y, &value(parameter, last.to), "t e"));
        }
    }
}

fn fifths_table(context: &Context<'_>, strong: &[&Parameter]) -> Table {
    let head = ["Parameter", "values", "runs", "share", "noise from", "to"];
    let exact = |share: Option<f64>| share.map_or(NOTHING.to_owned(), |share| format!("{}%", percent(share, 2)));
    let rows = strong.iter().flat_map(|parameter| {
        let row = |(place, group): (usize, &Group)| {
            vec![
                name_with_address(context, parameter),
                part(context, parameter, place),
                count(group.n),
                exact(group.mean),
                exact(group.simulation_ci95.map(|[low, _]| low)),
                exact(group.simulation_ci95.map(|[_, high]| high)),
            ]
        };
        parameter.fifths.iter().enumerate().map(row).collect::<Vec<_>>()
    });
    Table {
        head: head.iter().map(|head| (*head).to_owned()).collect(),
        rows: rows.collect(),
        text_columns: 2,
    }
}
