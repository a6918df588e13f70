//! How measures are spread, apart by how the runs ended.

use maud::{Markup, html};

use super::figure::{Figure, Size, Table, figure};
use super::outcomes::ranked;
use super::{Context, Section};
use crate::report::format::{count, number, percent};
use crate::report::svg::{Element, Picture, Scale, Ticks, fitted, wrapped};
use crate::results::Tally;

/// How many bars a histogram has at most.
const MOST_BARS: usize = 40;
/// Whole numbers that span less than this have a bar each.
const MOST_WHOLE: f64 = 30.0;
/// This share of the values at either end may lie beyond the picture, in its first or its last bar.
const BEYOND: f64 = 0.002;

/// The values of a measure in the runs with one outcome, or in all.
struct Group {
    name: String,
    colour: String,
    tally: Tally,
}

pub(super) fn section(context: &Context<'_>) -> Option<Section> {
    let measures = context.material.plan.observed.measures.len();
    let figures: Vec<Markup> = (0..measures)
        .filter_map(|measure| spread_of(context, measure))
        .collect();
    if figures.is_empty() {
        return None;
    }
    Some(Section {
        id: "measures",
        title: "Measures by ending",
        body: html! { @for figure in figures { (figure) } },
    })
}

fn groups(context: &Context<'_>, measure: usize) -> Vec<Group> {
    let endings = &context.material.history.endings;
    let all = Group {
        name: "all runs".to_owned(),
        colour: String::new(),
        tally: endings.all(measure),
    };
    let apart = ranked(context).into_iter().filter(|shown| shown.summary.count > 0);
    let apart = apart.map(|shown| Group {
        name: context.names.outcome(shown.index).to_owned(),
        colour: context.names.colour(shown.index),
        tally: endings.tally(shown.index, measure).clone(),
    });
    [all].into_iter().chain(apart).collect()
}

fn spread_of(context: &Context<'_>, measure: usize) -> Option<Markup> {
    let label = &context.material.plan.observed.measures[measure];
    let groups = groups(context, measure);
    let (least, greatest) = groups[0].tally.range()?;
    let name = label.name.as_deref().unwrap_or(&label.id);
    let unit = label.unit.as_deref();
    let whole = |tally: &Tally| {
        tally
            .bins()
            .counts()
            .all(|(_, low, high)| low == high && low == low.round())
    };
    let (is_whole, is_share) = (
        whole(&groups[0].tally) && greatest - least < MOST_WHOLE,
        whole(&groups[0].tally) && least >= 0.0 && greatest <= 1.0,
    );
    let title = if is_share {
        let share = percent(groups[0].tally.mean().unwrap_or(0.0), 1);
        format!("{name}: in {share}% of the runs")
    } else {
        let unit = unit.map_or(String::new(), |unit| format!(" {unit}"));
        format!("{name}: median {}{unit}", middle(&groups[0].tally))
    };
    let excluded = groups[0].tally.excluded();
    let mut subtitle = if is_share {
        "Share of the runs with each ending in which it is so.".to_owned()
    } else {
        "Each row shows how the runs with one ending are spread, drawn to its own height; the line is their median."
            .to_owned()
    };
    if excluded > 0 {
        subtitle.push_str(&format!(
            " Left out: {}% of the runs, in which there was nothing to measure{}.",
            percent(context.share(excluded), 1),
            if groups.iter().any(|group| group.tally.n() == 0) {
                ", and the endings of which that is so in every run"
            } else {
                ""
            }
        ));
    }
    let describe = |group: &Group| {
        let median = group.tally.quantiles([0.5]).map(|[median]| median);
        match (is_share, median) {
            (_, None) => format!("{}: nothing to measure", group.name),
            (true, _) => format!("{}: {}%", group.name, percent(group.tally.mean().unwrap_or(0.0), 1)),
            (false, median) => format!("{}: median {}", group.name, number(median)),
        }
    };
    let description = groups.iter().map(describe).collect::<Vec<_>>().join("; ");
    let bars = Bars::new(&groups[0].tally, is_whole);
    // Rows of nothing would hide the others; the table has them.
    let drawn: Vec<&Group> = groups.iter().filter(|group| group.tally.n() > 0).collect();
    let draw = |size: Size| {
        if is_share {
            shares(&drawn, size)
        } else {
            histograms(&drawn, &bars, size)
        }
    };
    Some(figure(
        context,
        &Figure {
            id: &format!("measure-{}", measure + 1),
            title: &title,
            subtitle: &subtitle,
            description: &description,
            draw: &draw,
            legend: None,
            table: table(&groups),
        },
    ))
}

/// Bars of the same width, which all groups share.
#[derive(Debug, Clone, PartialEq)]
struct Bars {
    start: f64,
    step: f64,
    count: usize,
    /// Whether each bar is for one whole number, which stands in its middle.
    is_whole: bool,
}

impl Bars {
    fn new(all: &Tally, is_whole: bool) -> Self {
        let [low, high] = all.quantiles([BEYOND, 1.0 - BEYOND]).unwrap_or([0.0, 1.0]);
        if is_whole {
            let (low, high) = all.range().unwrap_or((low, high));
            return Bars {
                start: low - 0.5,
                step: 1.0,
                count: (high - low) as usize + 1,
                is_whole,
            };
        }
        let fine = Ticks::around(low, high, MOST_BARS);
        let [start, end] = fine.ends();
        Bars {
            start,
            step: fine.step(),
            count: ((end - start) / fine.step()).round() as usize,
            is_whole,
        }
    }

    fn ends(&self) -> [f64; 2] {
        [self.start, self.start + self.step * self.count as f64]
    }

    /// The numbers that ticks are to enclose.
    fn labelled(&self) -> [f64; 2] {
        let [start, end] = self.ends();
        if self.is_whole {
            [start + 0.5, end - 0.5]
        } else {
            [start, end]
        }
    }

    /// How many of the values are in each bar; what lies beyond the ends is in the first and the last.
    ///
    /// A bin that a boundary parts counts on the side of its middle: it is narrower than a thousandth of its values.
    fn fill(&self, tally: &Tally) -> Vec<u64> {
        let mut filled = vec![0; self.count];
        for (count, least, greatest) in tally.bins().counts() {
            let middle = least / 2.0 + greatest / 2.0;
            // A value at a boundary belongs to the bar that begins there, though the quotient may round below it.
            let place = ((middle - self.start) / self.step + 1e-9).floor();
            let place = if place > 0.0 { place as usize } else { 0 };
            filled[place.min(self.count - 1)] += count;
        }
        filled
    }
}

/// The left column with names, the row's height, and the space right of the bars.
fn frame(size: Size) -> (f64, f64, f64) {
    size.choose((196.0, 50.0, 96.0), (0.0, 66.0, 60.0))
}

fn row_name(picture: &mut Picture, group: &Group, top: f64, left: f64, size: Size) {
    let class = if group.colour.is_empty() { "b" } else { "" };
    match size {
        Size::Wide => {
            let lines = wrapped(&group.name, 13.0, left - 16.0, 2);
            for (line, text) in lines.iter().enumerate() {
                let y = top + 29.0 + 15.0 * (line as f64 - (lines.len() - 1) as f64 / 2.0);
                picture.draw(Element::text(left - 14.0, y, text, &format!("e {class}")));
            }
        }
        Size::Narrow => {
            let name = fitted(&group.name, 12.5, size.width());
            picture.draw(Element::text(0.0, top + 13.0, &name, &format!("s {class}")));
        }
    }
}

fn fill_of(group: &Group) -> String {
    if group.colour.is_empty() {
        "all".to_owned()
    } else {
        format!("f{}", group.colour)
    }
}

fn histograms(groups: &[&Group], bars: &Bars, size: Size) -> Picture {
    let (left, row, right) = frame(size);
    let across = Scale::new(bars.ends(), [left + 2.0, size.width() - right]);
    let bottom = row * groups.len() as f64;
    let mut picture = size.picture(bottom + 24.0);
    picture.draw(Element::text(size.width(), -2.0, "median", "t e"));
    let room = size.width() - right - left;
    let [low, high] = bars.labelled();
    let ticks = Ticks::in_a_row(low, high, 8, room, 12.0);
    for tick in ticks.values() {
        let x = across.place(tick);
        if x < left || x > size.width() - right + 0.5 {
            continue;
        }
        picture.draw(Element::straight([x, 0.0], [x, bottom], "grid"));
        let class = if x < 12.0 { "t" } else { "t m" };
        picture.draw(Element::text(x, bottom + 18.0, &ticks.label(tick), class));
    }
    for (place, group) in groups.iter().enumerate() {
        let top = row * place as f64;
        let base = top + row - 6.0;
        row_name(&mut picture, group, top, left, size);
        let filled = bars.fill(&group.tally);
        let tallest = filled.iter().copied().max().unwrap_or(0);
        let up = Scale::new([0.0, tallest as f64], [base, base - 36.0]);
        let gap = if bars.step_in(&across) > 4.0 { 1.0 } else { 0.0 };
        for (index, count) in filled.iter().enumerate().filter(|(_, count)| **count > 0) {
            let from = bars.start + bars.step * index as f64;
            let (x, end, y) = (
                across.place(from),
                across.place(from + bars.step),
                up.place(*count as f64),
            );
            let y = if base - y < 0.6 { base - 0.6 } else { y };
            let share = percent(*count as f64 / group.tally.n() as f64, 1);
            let title = format!("{}: {share}%", bars.range_in_words(index));
            picture.draw(Element::rectangle(x, y, end - x - gap, base - y, &fill_of(group)).hover(&title));
        }
        picture.draw(Element::straight([left, base], [size.width() - right, base], "axis"));
        if let Some([median]) = group.tally.quantiles([0.5]) {
            let x = across.place(median);
            let text = middle(&group.tally);
            picture.draw(Element::straight([x, base + 4.0], [x, base - 40.0], "noise"));
            picture.draw(
                Element::text(size.width(), base - 6.0, &text, "e").hover(&format!("{}: median {text}", group.name)),
            );
        }
    }
    picture
}

/// The median as it is written in a picture.
fn middle(tally: &Tally) -> String {
    let median = tally.quantiles([0.5]).map(|[median]| median);
    number(median)
}

impl Bars {
    /// The width of a bar in a picture.
    fn step_in(&self, across: &Scale) -> f64 {
        across.place(self.start + self.step) - across.place(self.start)
    }

    fn range_in_words(&self, index: usize) -> String {
        let from = self.start + self.step * index as f64;
        if self.is_whole {
            return number(Some(from + 0.5));
        }
        // A sum of steps carries dirt in its last digits, which a round number has not.
        let round = |value: f64| (value / self.step).round() * self.step;
        format!(
            "{} to {}",
            number(Some(round(from))),
            number(Some(round(from + self.step)))
        )
    }
}

/// What is true or false: a bar a group.
fn shares(groups: &[&Group], size: Size) -> Picture {
    let left = frame(size).0;
    let (row, right) = (size.choose(32.0, 44.0), 72.0);
    let shares = groups.iter().map(|group| group.tally.mean().unwrap_or(0.0) * 100.0);
    let ticks = Ticks::around(0.0, shares.max_by(f64::total_cmp).unwrap_or(1.0), size.choose(6, 4));
    let across = Scale::new(ticks.ends(), [left, size.width() - right]);
    let bottom = row * groups.len() as f64;
    let mut picture = size.picture(bottom + 24.0);
    for tick in ticks.values() {
        let x = across.place(tick);
        picture.draw(Element::straight([x, 0.0], [x, bottom], "grid"));
        let class = if x < 12.0 { "t" } else { "t m" };
        picture.draw(Element::text(
            x,
            bottom + 18.0,
            &format!("{}%", ticks.label(tick)),
            class,
        ));
    }
    for (place, group) in groups.iter().enumerate() {
        let top = row * place as f64;
        row_name(&mut picture, group, top - size.choose(9.0, 0.0), left, size);
        let y = top + size.choose(7.0, 19.0);
        let share = group.tally.mean().unwrap_or(0.0);
        let (start, end) = (across.place(0.0), across.place(share * 100.0));
        let text = format!("{}%", percent(share, 1));
        let title = format!("{}: {text} of {} runs", group.name, count(group.tally.n()));
        picture.draw(Element::rectangle(start, y, end - start, 17.0, &fill_of(group)).hover(&title));
        picture.draw(Element::text(end + 7.0, y + 13.0, &text, "b").hover(&title));
    }
    let base = across.place(0.0);
    picture.draw(Element::straight([base, 0.0], [base, bottom], "axis"));
    picture
}

fn table(groups: &[Group]) -> Table {
    let row = |group: &Group| {
        let tally = &group.tally;
        let quantiles = tally.quantiles([0.05, 0.25, 0.5, 0.75, 0.95]);
        let mut row = vec![
            group.name.clone(),
            count(tally.n()),
            count(tally.excluded()),
            number(tally.mean()),
            number(tally.sd().filter(|_| tally.n() > 0)),
        ];
        row.extend((0..5).map(|place| number(quantiles.map(|quantiles| quantiles[place]))));
        row
    };
    let head = [
        "Ending", "runs", "left out", "mean", "sd", "5%", "25%", "median", "75%", "95%",
    ];
    Table {
        head: head.map(str::to_owned).to_vec(),
        rows: groups.iter().map(row).collect(),
        text_columns: 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tally(values: &[f64]) -> Tally {
        let mut tally = Tally::default();
        tally.add_all(values);
        tally
    }

    /// Fails if a value is lost, or one at a boundary is put below it.
    #[test]
    fn every_value_is_in_a_bar() {
        let values: Vec<f64> = (0..1000).map(|i| f64::from(i) / 1000.0).collect();
        let all = tally(&values);
        let bars = Bars::new(&all, false);
        assert_eq!((bars.start, bars.step, bars.count), (0.0, 0.05, 20));
        assert_eq!(
            bars.fill(&tally(&[0.0, 0.05, 0.3, 0.35, 0.99]))[..8],
            [1, 1, 0, 0, 0, 0, 1, 1]
        );
        assert_eq!(bars.fill(&all).iter().sum::<u64>(), 1000);
        assert_eq!(
            bars.fill(&tally(&[-5.0, 7.0])).iter().sum::<u64>(),
            2,
            "what lies beyond counts at the ends"
        );
    }

    #[test]
    fn whole_numbers_have_a_bar_each() {
        let bars = Bars::new(&tally(&[0.0, 1.0, 1.0, 4.0]), true);
        assert_eq!((bars.ends(), bars.count), ([-0.5, 4.5], 5));
        assert_eq!(bars.fill(&tally(&[0.0, 1.0, 1.0, 4.0])), [1, 2, 0, 0, 1]);
        assert_eq!(bars.range_in_words(4), "4");
    }
}
