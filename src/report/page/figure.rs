//! A picture in its frame: title, legend, the picture for wide and for narrow pages, and the table behind it.

use maud::{Markup, PreEscaped, html};

use super::Context;
use crate::report::svg::Picture;

/// For which page a picture is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Size {
    /// A page of a screen or of paper.
    Wide,
    /// The page of a phone.
    Narrow,
}

impl Size {
    /// The width of a picture, in units.
    pub(super) fn width(self) -> f64 {
        self.choose(720.0, 352.0)
    }

    /// An empty picture of a height.
    pub(super) fn picture(self, height: f64) -> Picture {
        Picture::new(self.width(), height, self == Size::Wide)
    }

    /// One of two things.
    pub(super) fn choose<T>(self, wide: T, narrow: T) -> T {
        match self {
            Size::Wide => wide,
            Size::Narrow => narrow,
        }
    }
}

/// A picture with what belongs to it.
pub(super) struct Figure<'a> {
    /// Its own on the page.
    pub id: &'a str,
    /// What it says.
    pub title: &'a str,
    /// How to read it.
    pub subtitle: &'a str,
    /// What there is to be seen, for who does not see it.
    pub description: &'a str,
    /// Draws it.
    pub draw: &'a dyn Fn(Size) -> Picture,
    /// What the colours mean, where the picture does not say it itself.
    pub legend: Option<Markup>,
    /// Its numbers.
    pub table: Table,
}

/// The numbers behind a picture.
pub(super) struct Table {
    /// The headers of the columns; the first is that of the rows' names.
    pub head: Vec<String>,
    /// The rows, a cell for each column. What stands in a cell after its first line is in small print.
    pub rows: Vec<Vec<String>>,
    /// How many of the columns, from the left, are text; the others are numbers.
    pub text_columns: usize,
}

impl Table {
    /// The table by itself.
    pub(super) fn markup(&self) -> Markup {
        // Most cells are numbers: those with words are marked.
        let class = |column: usize| if column < self.text_columns { Some("w") } else { None };
        html! {
            table.figures {
                thead { tr {
                    @for (column, head) in self.head.iter().enumerate() { th scope="col" class=[class(column)] { (head) } }
                } }
                tbody {
                    @for row in &self.rows {
                        tr {
                            @for (column, cell) in row.iter().enumerate() {
                                @if column == 0 { th scope="row" { (in_lines(cell)) } }
                                @else { td class=[class(column)] { (in_lines(cell)) } }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// The content of a cell.
fn in_lines(cell: &str) -> Markup {
    let mut lines = cell.lines();
    html! { (lines.next().unwrap_or_default()) @for line in lines { small { (line) } } }
}

/// Something that may be wider than the page, and scrolls by itself.
pub(super) fn scrolling(label: &str, content: &Markup) -> Markup {
    html! { div.scroll tabindex="0" role="group" aria-label=(label) { (content) } }
}

/// Puts a picture on the page.
pub(super) fn figure(context: &Context<'_>, figure: &Figure<'_>) -> Markup {
    let svg = |size: Size| {
        let name = size.choose("wide", "narrow");
        let id = format!("{}-{name}", figure.id);
        PreEscaped((figure.draw)(size).svg(&id, name, figure.title, figure.description))
    };
    html! {
        figure id=(figure.id) {
            figcaption {
                h3 { (figure.title) }
                p.sub { (figure.subtitle) }
            }
            @if let Some(legend) = &figure.legend { (legend) }
            (svg(Size::Wide))
            (svg(Size::Narrow))
            p.credit { (context.credit()) }
            details {
                summary { "The numbers" }
                (scrolling(&format!("{}: the numbers", figure.title), &figure.table.markup()))
            }
        }
    }
}
