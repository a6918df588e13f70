//! How likely each event is by when: the share of runs that have seen it, over time.

use std::cmp::Reverse;

use maud::{Markup, html};

use super::figure::{Figure, Size, Table, figure};
use super::{Context, Section};
use crate::report::format::percent;
use crate::report::svg::{
    Calendar, Element, Picture, Scale, Ticks, day_in_words, fitted, line, spread, thinned, wrapped,
};
use crate::results::history::{CELLS, Step};
use crate::scenario::date;

/// How many lines a picture has.
const MOST_LINES: usize = 8;
/// What fewer runs than this share have seen has no line.
const LEAST_SHARE: f64 = 0.001;

/// Events that stand in one picture.
struct Group {
    title: String,
    /// From the likeliest down. Of an event that can turn out in several ways, each way.
    steps: Vec<Step>,
    /// Whether the end of a run hangs on them.
    in_plot: bool,
}

pub(super) fn section(context: &Context<'_>) -> Option<Section> {
    let groups = groups(context);
    if groups.is_empty() || context.valid() == 0 {
        return None;
    }
    let pictures: Vec<(bool, Markup)> = groups
        .iter()
        .enumerate()
        .map(|(index, group)| (group.in_plot, picture(context, group, index)))
        .collect();
    let has_plot = groups.iter().any(|group| group.in_plot);
    let (first, more): (Vec<_>, Vec<_>) = pictures.into_iter().partition(|(in_plot, _)| *in_plot || !has_plot);
    let body = html! {
        @for (_, picture) in first { (picture) }
        @if !more.is_empty() {
            details {
                summary { "What the endings do not hang on: " (more.len()) " more pictures" }
                @for (_, picture) in more { (picture) }
            }
        }
    };
    Some(Section {
        id: "incidence",
        title: "What happens by when",
        body,
    })
}

/// The events, deal by deal, and those of no deal; of each, only groups in which anything happened.
fn groups(context: &Context<'_>) -> Vec<Group> {
    let (core, plot) = (context.material.core, context.material.plot);
    let incidence = &context.material.history.incidence;
    let mut groups: Vec<(Option<&str>, Group)> = Vec::new();
    for event in 0..core.events.len() {
        let deal = context.names.deal_of(event);
        // Events of no deal stand together, apart by whether the ends of runs hang on them.
        let (key, title) = match (deal, plot.contains(&event)) {
            (Some((id, name)), _) => (id, name),
            (None, true) => ("+", "Events that the endings hang on"),
            (None, false) => ("-", "Other events"),
        };
        match groups.iter_mut().find(|(known, _)| *known == Some(key)) {
            Some((_, group)) => {
                group.steps.extend(ways(context, event));
                group.in_plot |= plot.contains(&event);
            }
            None => groups.push((
                Some(key),
                Group {
                    title: title.to_owned(),
                    steps: ways(context, event),
                    in_plot: plot.contains(&event),
                },
            )),
        }
    }
    let mut groups: Vec<Group> = groups.into_iter().map(|(_, group)| group).collect();
    for group in &mut groups {
        group.steps.sort_by_key(|step| Reverse(incidence.ever(*step)));
    }
    groups.retain(|group| group.steps.first().is_some_and(|step| incidence.ever(*step) > 0));
    groups
}

/// An event, or the ways in which it can turn out.
fn ways(context: &Context<'_>, event: usize) -> Vec<Step> {
    let branches = context.material.core.events[event].branches.all().len() as u32;
    match branches {
        0 => vec![Step::event(event as u32)],
        _ => (0..branches).map(|branch| Step::way(event as u32, branch)).collect(),
    }
}

/// What something is called in the picture of its deal.
fn name(context: &Context<'_>, step: Step) -> String {
    context.names.step(step, Some(step.event as usize))
}

fn picture(context: &Context<'_>, group: &Group, index: usize) -> Markup {
    let incidence = &context.material.history.incidence;
    let share = |step: Step| context.share(incidence.ever(step));
    let drawn: Vec<Step> = group
        .steps
        .iter()
        .copied()
        .filter(|step| share(*step) >= LEAST_SHARE)
        .take(MOST_LINES)
        .collect();
    let left_out = group.steps.len() - drawn.len();
    let mut subtitle = "Share of the runs in which it has happened, by when.".to_owned();
    if left_out > 0 {
        subtitle.push_str(&format!(" {left_out} rarer events are in the table only."));
    }
    let description = drawn
        .iter()
        .map(|step| format!("{}: {}% by the end", name(context, *step), percent(share(*step), 1)))
        .collect::<Vec<_>>()
        .join("; ");
    figure(
        context,
        &Figure {
            id: &format!("incidence-{}", index + 1),
            title: &title_of(context, group),
            subtitle: &subtitle,
            description: &description,
            draw: &|size| draw(context, &drawn, size),
            legend: None,
            table: table(context, group),
        },
    )
}

/// The title of a picture: of a deal, with how often its last delivery comes; of one event, with how often it does.
fn title_of(context: &Context<'_>, group: &Group) -> String {
    let (core, incidence) = (context.material.core, &context.material.history.incidence);
    let told = |step: &Step| {
        let share = percent(context.share(incidence.ever(*step)), 0);
        format!("{} in {share}% of the runs", name(context, *step))
    };
    let is_delivery = |step: &&Step| {
        let event = step.event as usize;
        context.names.deal_of(event).is_some() && core.events[event].about.address.contains(".delivers")
    };
    let last = group.steps.iter().filter(is_delivery).max_by_key(|step| step.event);
    match (last, &group.steps[..]) {
        (Some(delivery), _) => format!("{}: {}", group.title, told(delivery)),
        (None, [only]) => told(only),
        (None, _) => group.title.clone(),
    }
}

fn draw(context: &Context<'_>, steps: &[Step], size: Size) -> Picture {
    let (core, incidence) = (context.material.core, &context.material.history.incidence);
    let height = size.choose(280.0, 200.0);
    let (left, right) = size.choose((46.0, 232.0), (40.0, 14.0));
    let rows = size.choose(0.0, 20.0 * steps.len() as f64 + 8.0);
    let mut picture = size.picture(height + 26.0 + rows);
    let across = Scale::new([0.0, core.horizon], [left, size.width() - right]);
    let most = steps.first().map_or(0, |step| incidence.ever(*step));
    let ticks = Ticks::around(0.0, context.share(most) * 100.0, size.choose(5, 4));
    let up = Scale::new(ticks.ends(), [height, 8.0]);
    for tick in ticks.values() {
        let y = up.place(tick);
        picture.draw(Element::straight([left, y], [size.width() - right, y], "grid"));
        picture.draw(Element::text(
            left - 7.0,
            y + 4.0,
            &format!("{}%", ticks.label(tick)),
            "t e",
        ));
    }
    for tick in Calendar::new(core.start, core.horizon, size.choose(6, 4)).ticks {
        let x = across.place(tick.time);
        picture.draw(Element::straight([x, height], [x, height + 5.0], "axis"));
        picture.draw(Element::text(x, height + 19.0, &tick.label, "t m"));
    }
    picture.draw(Element::straight(
        [left, height],
        [size.width() - right, height],
        "axis",
    ));
    let mut ends = Vec::new();
    for (colour, step) in steps.iter().enumerate() {
        let seen = incidence.by(*step);
        let points: Vec<[f64; 2]> = seen
            .iter()
            .enumerate()
            .map(|(cell, runs)| {
                [
                    across.place(incidence.time(cell)),
                    up.place(context.share(*runs) * 100.0),
                ]
            })
            .collect();
        ends.push(points.last().map_or(height, |point| point[1]));
        let data = line(&thinned(&points));
        let title = title(context, *step);
        picture.draw(Element::path(&data, &format!("curve l{colour}")).hover(&title));
    }
    match size {
        Size::Wide => beside(&mut picture, context, steps, &ends, across.place(core.horizon), height),
        Size::Narrow => below(&mut picture, context, steps, height),
    }
    picture
}

fn title(context: &Context<'_>, step: Step) -> String {
    let incidence = &context.material.history.incidence;
    let share = percent(context.share(incidence.ever(step)), 1);
    let half = incidence.quantile(step, 0.5).map_or(String::new(), |time| {
        let day = day_in_words(date::day_at(context.material.core.start, time));
        format!("; in half of those by {day}")
    });
    format!("{}: in {share}% of the runs{half}", context.names.step(step, None))
}

/// The names of the lines, where they end.
fn beside(picture: &mut Picture, context: &Context<'_>, steps: &[Step], ends: &[f64], x: f64, height: f64) {
    let incidence = &context.material.history.incidence;
    let lines: Vec<Vec<String>> = steps
        .iter()
        .map(|step| {
            let share = percent(context.share(incidence.ever(*step)), 0);
            wrapped(&format!("{share}% {}", name(context, *step)), 12.0, 204.0, 2)
        })
        .collect();
    let most = lines.iter().map(Vec::len).max().unwrap_or(1);
    let places = spread(ends, 14.0 * most as f64 + 3.0, 8.0, height);
    for (colour, step) in steps.iter().enumerate() {
        let y = places[colour];
        let bend = [[x + 2.0, ends[colour]], [x + 12.0, y], [x + 20.0, y]];
        picture.draw(Element::path(&line(&bend), &format!("curve l{colour}")));
        let rows = lines[colour].iter().enumerate().map(|(row, text)| {
            let y = y + 4.0 + 14.0 * (row as f64 - (lines[colour].len() - 1) as f64 / 2.0);
            Element::text(x + 25.0, y, text, "s")
        });
        picture.draw(Element::group(rows).hover(&title(context, *step)));
    }
}

/// The names of the lines in a list.
fn below(picture: &mut Picture, context: &Context<'_>, steps: &[Step], height: f64) {
    let incidence = &context.material.history.incidence;
    for (colour, step) in steps.iter().enumerate() {
        let y = height + 42.0 + 20.0 * colour as f64;
        picture.draw(Element::straight(
            [0.0, y - 4.0],
            [14.0, y - 4.0],
            &format!("curve l{colour}"),
        ));
        let share = percent(context.share(incidence.ever(*step)), 0);
        picture.draw(Element::text(60.0, y, &format!("{share}%"), "s e b"));
        let name = name(context, *step);
        let room = picture.width - 68.0;
        picture.draw(Element::text(68.0, y, &fitted(&name, 12.0, room), "s").hover(&title(context, *step)));
    }
}

fn table(context: &Context<'_>, group: &Group) -> Table {
    let (core, incidence) = (context.material.core, &context.material.history.incidence);
    let cells = [CELLS / 4, CELLS / 2, CELLS * 3 / 4, CELLS];
    let day = |time: f64| day_in_words(date::day_at(core.start, time));
    let mut head = vec!["Event".to_owned()];
    head.extend(cells.map(|cell| format!("by {}", day(incidence.time(cell)))));
    head.push("where it happens, half by".to_owned());
    let row = |step: &Step| {
        let seen = incidence.by(*step);
        let mut row = vec![name(context, *step)];
        row.extend(cells.map(|cell| format!("{}%", percent(context.share(seen[cell]), 1))));
        row.push(incidence.quantile(*step, 0.5).map_or("never".to_owned(), day));
        row
    };
    Table {
        head,
        rows: group.steps.iter().map(row).collect(),
        text_columns: 1,
    }
}
