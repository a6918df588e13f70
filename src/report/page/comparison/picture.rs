//! A ring for the share of an outcome under the baseline, a dot for that under another scenario, a bar between the two.

use super::{Row, half_width};
use crate::analysis::compare::OutcomeComparison;
use crate::numeric::clamp;
use crate::report::format::{noise, percent, signed_percent};
use crate::report::page::figure::Size;
use crate::report::svg::{Element, Picture, Scale, Ticks, fitted, line, width, wrapped};

/// The height of the line of one of the others.
const LINE: f64 = 22.0;
/// Between the outcomes.
const GAP: f64 = 12.0;
/// For the name of an outcome above its lines, on a narrow page.
const NAME: f64 = 20.0;

/// The words at the end of a line.
struct Words {
    difference: String,
    noise: String,
}

impl Words {
    fn new(side: &OutcomeComparison, decimals: usize, size: Size) -> Self {
        let [low, high] = side.share.difference_ci95;
        let signed = |share: f64| signed_percent(share, decimals);
        Words {
            difference: signed(side.share.difference.unwrap_or(0.0)),
            noise: match size {
                Size::Wide => format!("{} to {}", signed(low), signed(high)),
                Size::Narrow => format!("± {}", noise(half_width(&side.share), decimals)),
            },
        }
    }
}

/// The picture of all outcomes.
pub(super) fn dumbbells(rows: &[Row<'_>], decimals: usize, size: Size) -> Picture {
    let sides = || rows.iter().flat_map(|row| &row.sides);
    let widest = |text: &dyn Fn(&Words) -> f64| {
        let widths = sides().map(|(_, side)| text(&Words::new(side, decimals, size)));
        widths.max_by(f64::total_cmp).unwrap_or(0.0)
    };
    let has_letters = rows.iter().any(|row| row.sides.len() > 1);
    let difference = widest(&|words| width(&words.difference, 13.0));
    let right = 14.0 + difference + 10.0 + widest(&|words| width(&words.noise, 12.0)) + 8.0;
    let names = size.choose(190.0, 0.0);
    let left = names + if has_letters { 26.0 } else { size.choose(6.0, 8.0) };
    let most = sides().map(|(_, side)| ends(side).into_iter().fold(0.0, crate::numeric::max));
    let most = most.max_by(f64::total_cmp).unwrap_or(1.0);
    let ticks = Ticks::around(0.0, most * 100.0, size.choose(6, 4));
    let scale = Scale::new(ticks.ends(), [left, size.width() - right]);
    let height: f64 = rows.iter().map(|row| row_height(row, size)).sum();
    let mut picture = size.picture(height + 24.0);
    for tick in ticks.values() {
        let x = scale.place(tick);
        let class = if tick == 0.0 { "axis" } else { "grid" };
        picture.draw(Element::path(&upright(rows, x, height, size), class));
        picture.draw(Element::text(
            x,
            height + 18.0,
            &format!("{}%", ticks.label(tick)),
            "t m",
        ));
    }
    let mut top = 0.0;
    for row in rows {
        let lines = top + above(size) + GAP / 2.0;
        name(&mut picture, row, lines, names, size);
        for (place, (other, side)) in row.sides.iter().enumerate() {
            let middle = lines + LINE * (place as f64 + 0.5);
            if has_letters {
                picture.draw(Element::text(left - 14.0, middle + 4.5, &other.letter, "t m"));
            }
            dumbbell(&mut picture, row, side, &scale, middle, &other.letter);
            let words = Words::new(side, decimals, size);
            let start = size.width() - right + 14.0;
            picture.draw(Element::text(
                start + difference,
                middle + 4.5,
                &words.difference,
                "b e",
            ));
            picture.draw(Element::text(
                start + difference + 10.0,
                middle + 4.5,
                &words.noise,
                "t",
            ));
        }
        top += row_height(row, size);
    }
    picture
}

/// The room for a name above the lines of an outcome.
fn above(size: Size) -> f64 {
    size.choose(0.0, NAME)
}

fn row_height(row: &Row<'_>, size: Size) -> f64 {
    above(size) + LINE * row.sides.len() as f64 + GAP
}

/// A line of the grid, as the data of a path; names that stand above their lines interrupt it.
fn upright(rows: &[Row<'_>], x: f64, height: f64, size: Size) -> String {
    if size == Size::Wide {
        return line(&[[x, 0.0], [x, height]]);
    }
    let mut bottom = 0.0;
    let parts = rows.iter().map(|row| {
        let top = bottom + above(size) + GAP / 2.0;
        bottom += row_height(row, size);
        line(&[[x, top], [x, bottom]])
    });
    parts.collect()
}

/// The shares that are drawn: under both, and the ends of the noise of the difference, put at the other.
fn ends(side: &OutcomeComparison) -> [f64; 4] {
    let first = side.baseline.probability.unwrap_or(0.0);
    let [low, high] = side.share.difference_ci95.map(|end| clamp(first + end, 0.0, 1.0));
    [first, side.compared.probability.unwrap_or(0.0), low, high]
}

fn name(picture: &mut Picture, row: &Row<'_>, lines: f64, room: f64, size: Size) {
    match size {
        Size::Wide => {
            let text = wrapped(&row.name, 13.0, room - 8.0, 2);
            let middle = lines + LINE * row.sides.len() as f64 / 2.0;
            for (number, part) in text.iter().enumerate() {
                let y = middle + 4.5 + (number as f64 - (text.len() - 1) as f64 / 2.0) * 14.0;
                picture.draw(Element::text(room - 8.0, y, part, "e"));
            }
        }
        Size::Narrow => {
            let text = fitted(&row.name, 13.0, size.width());
            picture.draw(Element::text(0.0, lines - 4.0, &text, ""));
        }
    }
}

fn dumbbell(picture: &mut Picture, row: &Row<'_>, side: &OutcomeComparison, scale: &Scale, middle: f64, letter: &str) {
    let [first, second, low, high] = ends(side).map(|share| scale.place(share * 100.0));
    let (start, length) = if first < second {
        (first, second - first)
    } else {
        (second, first - second)
    };
    let fill = format!("f{}", row.colour);
    let share = |share: Option<f64>| percent(share.unwrap_or(0.0), 2);
    let title = format!(
        "{}: {}% under A, {}% under {letter}",
        row.name,
        share(side.baseline.probability),
        share(side.compared.probability)
    );
    let group = [
        Element::rectangle(start, middle - 1.5, length, 3.0, &fill),
        Element::straight([low, middle], [high, middle], "noise"),
        Element::circle(first, middle, 5.0, "ring"),
        Element::circle(second, middle, 5.0, &fill),
    ];
    picture.draw(Element::group(group).hover(&title));
}
