//! How series run over time: fans of quantiles, with the days on which what they hang on happened.

use maud::{Markup, html};

use super::figure::{Figure, Size, Table, figure};
use super::{Context, Section};
use crate::model::changing;
use crate::report::format::{number, percent};
use crate::report::svg::{
    Calendar, Element, Picture, Scale, Ticks, area, day_in_words, fitted, line, spread, width as text_width,
};
use crate::results::SeriesSummary;
use crate::results::history::Step;
use crate::scenario::date;

/// How many events stand below a fan.
const MOST_EVENTS: usize = 6;
/// What fewer runs than this share have seen is left out there.
const LEAST_SHARE: f64 = 0.005;

/// The quantiles of a series at one time: those at 5, 25, 50, 75 and 95%.
type Fan = [f64; 5];

pub(super) fn section(context: &Context<'_>) -> Option<Section> {
    let summary = context.material.summary;
    let fans: Vec<Markup> = (0..summary.series.len())
        .filter_map(|index| fan(context, index))
        .collect();
    if fans.is_empty() {
        return None;
    }
    Some(Section {
        id: "series",
        title: "Over time",
        body: html! { @for fan in fans { (fan) } },
    })
}

/// When an event that a series hangs on first happened.
struct Moment {
    event: usize,
    share: f64,
    /// Where it happened: by when 5, 25, 50, 75 and 95% of those runs had seen it.
    times: [f64; 5],
}

/// The events that a series hangs on, from the commonest down.
fn moments(context: &Context<'_>, series: usize) -> Vec<Moment> {
    let (core, incidence) = (context.material.core, &context.material.history.incidence);
    let mut moments: Vec<Moment> = changing(core, &core.series[series].value)
        .into_iter()
        .filter_map(|event| {
            let step = Step::event(event as u32);
            let share = context.share(incidence.ever(step));
            let [a, b, c, d, e] = [0.05, 0.25, 0.5, 0.75, 0.95].map(|share| incidence.quantile(step, share));
            let times = [a?, b?, c?, d?, e?];
            (share >= LEAST_SHARE).then_some(Moment { event, share, times })
        })
        .collect();
    moments.sort_by(|a, b| b.share.total_cmp(&a.share));
    moments.truncate(MOST_EVENTS);
    moments.sort_by(|a, b| a.times[2].total_cmp(&b.times[2]));
    moments
}

fn fan(context: &Context<'_>, index: usize) -> Option<Markup> {
    let series = &context.material.summary.series[index];
    let label = &context.material.plan.observed.series[index].label;
    let points: Vec<(f64, Fan)> = points(series);
    let ((first, start), (last, end)) = (points.first()?, points.last()?);
    let name = label.name.as_deref().unwrap_or(&label.id);
    let unit = label.unit.as_ref().map_or(String::new(), |unit| format!(" {unit}"));
    let [first_median, last_median] = [start, end].map(|fan| number(Some(fan[2])));
    let title = if first_median == last_median {
        format!("{name}: the median ends where it began, at {last_median}{unit}")
    } else {
        format!("{name}: the median goes from {first_median} to {last_median}{unit}")
    };
    let moments = moments(context, index);
    let day = |time: f64| day_in_words(date::day_at(context.material.core.start, time));
    let description = format!(
        "The median goes from {} on {} to {} on {}; then 9 runs in 10 are between {} and {}.",
        number(Some(start[2])),
        day(*first),
        number(Some(end[2])),
        day(*last),
        number(Some(end[0])),
        number(Some(end[4]))
    );
    let mut subtitle =
        "The line is the median of the runs; half of them are in the dark band, 9 in 10 in the light one.".to_owned();
    if !moments.is_empty() {
        subtitle.push_str(
            " Below, when what it hangs on first happened, in the runs where it did: the dot is the median, half are in the \
             thick line, 9 in 10 in the thin one.",
        );
    }
    Some(figure(
        context,
        &Figure {
            id: &format!("fan-{}", index + 1),
            title: &title,
            subtitle: &subtitle,
            description: &description,
            draw: &|size| draw(context, &points, &moments, size),
            legend: None,
            table: table(context, series),
        },
    ))
}

fn points(series: &SeriesSummary) -> Vec<(f64, Fan)> {
    let quantiles = &series.quantiles;
    let at = |place: usize| -> Option<(f64, Fan)> {
        let fan = [
            quantiles.p05[place]?,
            quantiles.p25[place]?,
            quantiles.p50[place]?,
            quantiles.p75[place]?,
            quantiles.p95[place]?,
        ];
        Some((series.times[place], fan))
    };
    (0..series.times.len()).filter_map(at).collect()
}

fn draw(context: &Context<'_>, points: &[(f64, Fan)], moments: &[Moment], size: Size) -> Picture {
    let core = context.material.core;
    let height = size.choose(250.0, 200.0);
    let right = size.choose(74.0, 66.0);
    let row = size.choose(36.0, 50.0);
    let width = size.width();
    let low = points.iter().map(|(_, fan)| fan[0]).min_by(f64::total_cmp);
    let high = points.iter().map(|(_, fan)| fan[4]).max_by(f64::total_cmp);
    let ticks = Ticks::around(low.unwrap_or(0.0), high.unwrap_or(1.0), size.choose(6, 5));
    let labels = ticks
        .values()
        .into_iter()
        .map(|tick| text_width(&ticks.label(tick), 12.0));
    let left = labels.max_by(f64::total_cmp).unwrap_or(0.0) + 10.0;
    let across = Scale::new([0.0, core.horizon], [left, width - right]);
    let up = Scale::new(ticks.ends(), [height, 8.0]);
    let below = if moments.is_empty() {
        0.0
    } else {
        8.0 + row * moments.len() as f64
    };
    let mut picture = size.picture(height + 26.0 + below);
    for tick in ticks.values() {
        let y = up.place(tick);
        picture.draw(Element::straight([left, y], [width - right, y], "grid"));
        picture.draw(Element::text(left - 7.0, y + 4.0, &ticks.label(tick), "t e"));
    }
    let bottom = picture.height;
    for tick in Calendar::new(core.start, core.horizon, size.choose(8, 4)).ticks {
        let x = across.place(tick.time);
        picture.draw(Element::straight([x, height], [x, height + 5.0], "axis"));
        picture.draw(Element::text(x, height + 19.0, &tick.label, "t m"));
        if !moments.is_empty() {
            picture.draw(Element::straight([x, height + 28.0], [x, bottom], "grid"));
        }
    }
    let along = |quantile: usize| -> Vec<[f64; 2]> {
        let place = |(time, fan): &(f64, Fan)| [across.place(*time), up.place(fan[quantile])];
        points.iter().map(place).collect()
    };
    picture.draw(Element::path(&area(&along(4), &along(0)), "band1"));
    picture.draw(Element::path(&area(&along(3), &along(1)), "band2"));
    picture.draw(Element::path(&line(&along(2)), "median"));
    picture.draw(Element::straight([left, height], [width - right, height], "axis"));
    ends(&mut picture, points, &across, &up, height);
    if size == Size::Wide {
        columns(&mut picture, context, points, &across, height);
    }
    for (place, moment) in moments.iter().enumerate() {
        let top = height + 32.0 + row * place as f64;
        moment_row(&mut picture, context, moment, &across, top, size);
    }
    picture
}

/// The names of the lines, where they end.
fn ends(picture: &mut Picture, points: &[(f64, Fan)], across: &Scale, up: &Scale, height: f64) {
    let Some((time, fan)) = points.last() else { return };
    let x = across.place(*time);
    let names = ["5%", "25%", "median", "75%", "95%"];
    let wishes = fan.map(|value| up.place(value));
    // What comes to the same has one label.
    let mut labels: Vec<(f64, String, bool)> = Vec::new();
    for (place, (name, wish)) in names.into_iter().zip(wishes).enumerate() {
        match labels.last_mut() {
            Some((at, text, bold)) if (*at - wish).abs() < 0.5 => {
                *bold |= place == 2;
                *text = if *bold {
                    "median".to_owned()
                } else {
                    format!("{text}, {name}")
                };
            }
            _ => labels.push((wish, name.to_owned(), place == 2)),
        }
    }
    let wishes: Vec<f64> = labels.iter().map(|(wish, ..)| *wish).collect();
    let places = spread(&wishes, 13.0, 8.0, height - 2.0);
    for ((_, text, bold), y) in labels.iter().zip(places) {
        picture.draw(Element::text(x + 7.0, y + 4.0, text, if *bold { "s b" } else { "t" }));
    }
}

/// What shows where a pointer rests on a time.
fn columns(picture: &mut Picture, context: &Context<'_>, points: &[(f64, Fan)], across: &Scale, height: f64) {
    for (place, (time, fan)) in points.iter().enumerate() {
        let x = across.place(*time);
        let half_way = |other: Option<&(f64, Fan)>| other.map_or(x, |(other, _)| (across.place(*other) + x) / 2.0);
        let (from, to) = (
            half_way(place.checked_sub(1).map(|before| &points[before])),
            half_way(points.get(place + 1)),
        );
        let day = day_in_words(date::day_at(context.material.core.start, *time));
        let [p05, p25, p50, p75, p95] = fan.map(|value| number(Some(value)));
        let title = format!("{day}: median {p50}; half of the runs {p25} to {p75}; 9 in 10 {p05} to {p95}");
        picture.draw(Element::rectangle(from, 0.0, to - from, height, "hit").hover(&title));
    }
}

fn moment_row(picture: &mut Picture, context: &Context<'_>, moment: &Moment, across: &Scale, top: f64, size: Size) {
    let [p05, p25, p50, p75, p95] = moment.times.map(|time| across.place(time));
    let day = |time: f64| day_in_words(date::day_at(context.material.core.start, time));
    let name = context.names.event(moment.event);
    let when = format!(
        "{}% of runs, half of them by {}",
        percent(moment.share, 1),
        day(moment.times[2])
    );
    let start = size.choose(across.place(0.0), 0.0);
    let room = size.width() - start;
    let mut y = top + 22.0;
    match size {
        Size::Wide => {
            let text = fitted(&format!("{name}: {when}"), 12.0, room);
            picture.draw(Element::text(start, top + 11.0, &text, "s"));
        }
        Size::Narrow => {
            picture.draw(Element::text(start, top + 11.0, &fitted(name, 12.0, room), "s"));
            picture.draw(Element::text(start, top + 25.0, &fitted(&when, 12.0, room), "t"));
            y += 13.0;
        }
    }
    let title = format!(
        "{name}: 9 in 10 from {} to {}",
        day(moment.times[0]),
        day(moment.times[4])
    );
    let marks = [
        Element::straight([p05, y], [p95, y], "reach"),
        Element::straight([p25, y], [p75, y], "half"),
        Element::circle(p50, y, 4.5, "dot"),
    ];
    picture.draw(Element::group(marks).hover(&title));
}

fn table(context: &Context<'_>, series: &SeriesSummary) -> Table {
    let quantiles = &series.quantiles;
    let row = |place: usize| {
        let day = day_in_words(date::day_at(context.material.core.start, series.times[place]));
        let numbers = [
            quantiles.p05[place],
            quantiles.p25[place],
            quantiles.p50[place],
            quantiles.p75[place],
            quantiles.p95[place],
            series.mean[place],
            series.sd[place],
        ];
        [day].into_iter().chain(numbers.map(number)).collect()
    };
    let head = ["Day", "5%", "25%", "median", "75%", "95%", "mean", "sd"];
    Table {
        head: head.map(str::to_owned).to_vec(),
        rows: (0..series.times.len()).map(row).collect(),
        text_columns: 1,
    }
}
