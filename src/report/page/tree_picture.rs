//! Draws a tree of paths: a row for each branch, its stem as thick as its share, a bar with the colours of the endings.

use super::Context;
use super::figure::Size;
use super::tree::{Branch, Mark};
use crate::report::format::{count, percent};
use crate::report::svg::{Element, Picture, wrapped};

/// How thick the stem of all runs is.
const THICKEST: f64 = 11.0;
const LINE: f64 = 16.0;

/// A row of the picture.
struct Row<'t> {
    branch: &'t Branch,
    depth: usize,
    /// The row that it grows from.
    stem: Option<usize>,
    /// How many branches are folded in it, if it is a fold.
    folded: usize,
    lines: Vec<(String, bool)>,
    top: f64,
}

/// The measures of the picture.
struct Layout {
    size: Size,
    indent: f64,
    font: f64,
    /// Where bars begin on a wide page; on a narrow one they stand below the words.
    bars: f64,
    longest_bar: f64,
}

impl Layout {
    fn new(size: Size, deepest: usize) -> Self {
        let (widest, room) = size.choose((20.0, 200.0), (11.0, 90.0));
        let share = room / deepest.max(1) as f64;
        Layout {
            size,
            indent: if share < widest { share } else { widest },
            font: size.choose(13.0, 12.0),
            bars: size.choose(456.0, 0.0),
            longest_bar: size.choose(196.0, 0.0),
        }
    }

    /// Where the stem of a depth stands.
    fn stem(&self, depth: usize) -> f64 {
        THICKEST / 2.0 + self.indent * depth as f64
    }

    /// Where the words of a depth begin.
    fn words(&self, depth: usize) -> f64 {
        self.stem(depth) + THICKEST / 2.0 + 7.0
    }

    fn room_for_words(&self, depth: usize) -> f64 {
        self.size.choose(self.bars - 10.0, self.size.width()) - self.words(depth)
    }

    /// Where the bar of a depth begins, and how long that of all runs would be.
    fn bar(&self, depth: usize, deepest: usize) -> (f64, f64) {
        match self.size {
            Size::Wide => (self.bars, self.longest_bar),
            Size::Narrow => (self.words(depth), self.size.width() - self.words(deepest) - 46.0),
        }
    }
}

/// Draws the tree.
pub(super) fn draw(context: &Context<'_>, tree: &Branch, size: Size) -> Picture {
    let deepest = depth(tree);
    let layout = Layout::new(size, deepest);
    let mut rows = Vec::new();
    let all_start_alike = !tree.marks.is_empty();
    collect(
        context,
        tree,
        None,
        usize::from(!all_start_alike),
        0,
        None,
        &layout,
        &mut rows,
    );
    let mut top = 2.0;
    for row in &mut rows {
        row.top = top;
        top += height(row, size);
    }
    let mut picture = size.picture(top);
    stems(&mut picture, context, &rows, &layout);
    for row in &rows {
        label(&mut picture, context, row, &layout, deepest);
    }
    picture
}

fn depth(branch: &Branch) -> usize {
    branch.branches.iter().map(|below| depth(below) + 1).max().unwrap_or(0)
}

fn height(row: &Row<'_>, size: Size) -> f64 {
    let words = LINE * row.lines.len() as f64;
    size.choose(words + 11.0, words + 26.0)
}

/// The middle of the first line of a row.
fn middle(row: &Row<'_>) -> f64 {
    row.top + 9.0
}

#[expect(clippy::too_many_arguments, reason = "what a walk down the tree carries with it")]
fn collect<'t>(
    context: &Context<'_>,
    branch: &'t Branch,
    stem: Option<usize>,
    skip: usize,
    folded: usize,
    before: Option<usize>,
    layout: &Layout,
    rows: &mut Vec<Row<'t>>,
) {
    // A root without marks has no row: its branches stand at the left.
    let depth = stem.map_or(0, |stem| rows[stem].depth + 1);
    let mut last_event = before;
    let mut own = stem;
    if skip == 0 {
        let lines = words(context, branch, folded, &mut last_event, layout, depth);
        own = Some(rows.len());
        rows.push(Row {
            branch,
            depth,
            stem,
            folded,
            lines,
            top: 0.0,
        });
    }
    for (index, below) in branch.branches.iter().enumerate() {
        let is_fold = below.marks.is_empty() && index + 1 == branch.branches.len();
        let folded = if is_fold { branch.folded } else { 0 };
        collect(context, below, own, 0, folded, last_event, layout, rows);
    }
}

/// The words of a row, in lines; those that say how it ends are bold.
fn words(
    context: &Context<'_>,
    branch: &Branch,
    folded: usize,
    last_event: &mut Option<usize>,
    layout: &Layout,
    depth: usize,
) -> Vec<(String, bool)> {
    let room = layout.room_for_words(depth);
    if folded > 0 {
        let text = if folded == 1 {
            "another way".to_owned()
        } else {
            format!("{folded} other ways")
        };
        return vec![(text, false)];
    }
    let mut steps = Vec::new();
    let mut ends = None;
    for mark in &branch.marks {
        match mark {
            Mark::Step(step) => {
                steps.push(context.names.step(*step, *last_event));
                *last_event = Some(step.event as usize);
            }
            Mark::Ends(outcome) => ends = Some(*outcome),
        }
    }
    let mut lines: Vec<(String, bool)> = wrapped(&steps.join(" › "), layout.font, room, 4)
        .into_iter()
        .map(|line| (line, false))
        .collect();
    if let Some(outcome) = ends {
        let name = context.names.outcome(outcome);
        lines.extend(
            wrapped(name, layout.font * 1.14, room, 2)
                .into_iter()
                .map(|line| (line, true)),
        );
    }
    lines
}

/// The stems: from the row that a branch grows from down to its own, as thick as the share of the runs that go there.
fn stems(picture: &mut Picture, context: &Context<'_>, rows: &[Row<'_>], layout: &Layout) {
    let thickness = |runs: u64| {
        let thick = THICKEST * context.share(runs);
        if thick < 0.75 { 0.75 } else { thick }
    };
    for (index, row) in rows.iter().enumerate() {
        let below: Vec<&Row<'_>> = rows.iter().filter(|other| other.stem == Some(index)).collect();
        let x = layout.stem(row.depth);
        let mut from = middle(row);
        for (place, child) in below.iter().enumerate() {
            // The stem gets thinner by every branch that has left it.
            let runs = below[place..].iter().map(|child| child.branch.runs).sum();
            let (to, thick) = (middle(child), thickness(child.branch.runs));
            let stem = Element::straight([x, from], [x, to + thick / 2.0], "flow");
            picture.draw(stem.at("stroke-width", thickness(runs)));
            let end = layout.stem(child.depth) + THICKEST / 2.0;
            let twig = Element::straight([x, to], [end, to], "flow");
            picture.draw(twig.at("stroke-width", thick));
            from = to;
        }
    }
    for row in rows {
        let (x, thick) = (layout.stem(row.depth), thickness(row.branch.runs));
        let radius = if thick / 2.0 < 2.5 { 2.5 } else { thick / 2.0 };
        picture.draw(Element::circle(
            x + THICKEST / 2.0 - radius,
            middle(row),
            radius,
            "knot",
        ));
    }
}

fn label(picture: &mut Picture, context: &Context<'_>, row: &Row<'_>, layout: &Layout, deepest: usize) {
    let share = format!("{}%", percent(context.share(row.branch.runs), 1));
    let x = layout.words(row.depth);
    let mut texts = Vec::new();
    for (line, (words, bold)) in row.lines.iter().enumerate() {
        let class = match (bold, row.folded > 0, layout.size) {
            (true, _, Size::Wide) => "b",
            (true, _, Size::Narrow) => "s b",
            (false, true, _) => "t",
            (false, false, Size::Wide) => "",
            (false, false, Size::Narrow) => "s",
        };
        let y = row.top + 13.5 + LINE * line as f64;
        texts.push(Element::text(x, y, words, class));
    }
    let (start, longest) = layout.bar(row.depth, deepest);
    let y = match layout.size {
        Size::Wide => middle(row) - 6.5,
        Size::Narrow => row.top + LINE * row.lines.len() as f64 + 4.0,
    };
    let mut end = start;
    for shown in super::outcomes::ranked(context) {
        let runs = row.branch.outcomes[shown.index];
        if runs == 0 {
            continue;
        }
        let length = longest * context.share(runs);
        let fill = format!("f{}", context.names.colour(shown.index));
        let of_these = percent(runs as f64 / row.branch.runs as f64, 1);
        let title = format!("{of_these}% of these end: {}", context.names.outcome(shown.index));
        picture.draw(Element::rectangle(end, y, length, 13.0, &fill).hover(&title));
        end += length;
    }
    texts.push(Element::text(end + 6.0, y + 11.0, &share, "s b"));
    picture.draw(Element::group(texts).hover(&hover(context, row)));
}

fn hover(context: &Context<'_>, row: &Row<'_>) -> String {
    let share = percent(context.share(row.branch.runs), 1);
    format!("{} runs, {share}% of all", count(row.branch.runs))
}
