//! Pictures as SVG: elements with sub-pixel coordinates, scales with round ticks, calendars, lines and labels.
//!
//! A picture has a title and a description, which screen readers read out in its place, and takes its colours from the
//! style sheet of the page that it stands in. Its shapes can have titles of their own, which show where a pointer rests.

mod calendar;
mod line;
mod scale;
mod text;

use std::fmt::Write;

pub(super) use calendar::{Calendar, day_in_words};
pub(super) use line::{area, line, thinned};
pub(super) use scale::{Scale, Ticks};
pub(super) use text::{fitted, spread, width, wrapped};

/// A coordinate to a hundredth of a unit, in as few characters as that takes.
pub(super) fn coordinate(value: f64) -> String {
    let text = format!("{value:.2}");
    let trimmed = text.trim_end_matches('0').trim_end_matches('.');
    match trimmed {
        "-0" | "" => "0".to_owned(),
        _ => trimmed.to_owned(),
    }
}

/// An element of a picture.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Element {
    name: &'static str,
    attributes: String,
    content: String,
    title: Option<String>,
}

impl Element {
    /// An element with a name, such as `rect`.
    pub(super) fn new(name: &'static str) -> Self {
        Element {
            name,
            attributes: String::new(),
            content: String::new(),
            title: None,
        }
    }

    /// Elements that stand together, so that they share a title; their own are left out.
    pub(super) fn group(elements: impl IntoIterator<Item = Element>) -> Self {
        let mut group = Element::new("g");
        elements
            .into_iter()
            .for_each(|element| group.content.push_str(&element.written(false)));
        group
    }

    /// A rectangle, of a class of the style sheet.
    pub(super) fn rectangle(x: f64, y: f64, width: f64, height: f64, class: &str) -> Self {
        Element::new("rect")
            .at("x", x)
            .at("y", y)
            .at("width", width)
            .at("height", height)
            .set("class", class)
    }

    /// A straight line.
    pub(super) fn straight([x1, y1]: [f64; 2], [x2, y2]: [f64; 2], class: &str) -> Self {
        // A path takes fewer characters than an element of kind `line`.
        let [x1, y1, x2, y2] = [x1, y1, x2, y2].map(coordinate);
        let to = match (x1 == x2, y1 == y2) {
            (true, _) => format!("V{y2}"),
            (_, true) => format!("H{x2}"),
            _ => format!("L{x2} {y2}"),
        };
        Element::path(&format!("M{x1} {y1}{to}"), class)
    }

    /// A path by its data.
    pub(super) fn path(data: &str, class: &str) -> Self {
        Element::new("path").set("d", data).set("class", class)
    }

    /// A circle.
    pub(super) fn circle(x: f64, y: f64, radius: f64, class: &str) -> Self {
        Element::new("circle")
            .at("cx", x)
            .at("cy", y)
            .at("r", radius)
            .set("class", class)
    }

    /// A line of text from its baseline's start, or from where its class anchors it.
    pub(super) fn text(x: f64, y: f64, text: &str, class: &str) -> Self {
        let mut element = Element::new("text").at("x", x).at("y", y);
        if !class.is_empty() {
            element = element.set("class", class);
        }
        element.content = escaped(text);
        element
    }

    /// Sets an attribute to a coordinate or a length.
    pub(super) fn at(self, name: &str, value: f64) -> Self {
        let value = coordinate(value);
        self.set(name, &value)
    }

    /// Sets an attribute to a text.
    pub(super) fn set(mut self, name: &str, value: &str) -> Self {
        // Writing to a string cannot fail.
        let _ = write!(self.attributes, " {name}=\"{}\"", escaped(value));
        self
    }

    /// Gives it a title that shows where a pointer rests on it.
    pub(super) fn hover(mut self, title: &str) -> Self {
        self.title = Some(title.to_owned());
        self
    }

    /// The element as text, with its title or without.
    fn written(&self, with_title: bool) -> String {
        let Element {
            name,
            attributes,
            content,
            title,
        } = self;
        let title = title.as_ref().filter(|_| with_title);
        let title = title.map_or(String::new(), |title| format!("<title>{}</title>", escaped(title)));
        if content.is_empty() && title.is_empty() {
            format!("<{name}{attributes}/>")
        } else {
            format!("<{name}{attributes}>{title}{content}</{name}>")
        }
    }
}

/// A picture.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Picture {
    /// In units, which are pixels where the page has room for it.
    pub width: f64,
    /// In units.
    pub height: f64,
    /// Whether it is for a page that is read with a pointer, so that titles of its shapes can show.
    has_pointer: bool,
    body: String,
}

impl Picture {
    /// An empty picture. Without a pointer the titles of shapes are left out.
    pub(super) fn new(width: f64, height: f64, has_pointer: bool) -> Self {
        Picture {
            width,
            height,
            has_pointer,
            body: String::new(),
        }
    }

    /// Draws an element over those drawn before.
    pub(super) fn draw(&mut self, element: Element) {
        self.body.push_str(&element.written(self.has_pointer));
    }

    /// The picture as text. `id` is its own on the page; the title and the description say what it shows.
    pub(super) fn svg(&self, id: &str, class: &str, title: &str, description: &str) -> String {
        let (width, height) = (coordinate(self.width), coordinate(self.height));
        format!(
            "<svg class=\"{class}\" viewBox=\"0 0 {width} {height}\" preserveAspectRatio=\"xMinYMin\" role=\"img\" \
             aria-labelledby=\"{id}-title {id}-desc\"><title id=\"{id}-title\">{}</title>\
             <desc id=\"{id}-desc\">{}</desc>{}</svg>",
            escaped(title),
            escaped(description),
            self.body
        )
    }
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            other => out.push(other),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn coordinates_keep_two_decimals_and_no_more() {
        assert_eq!(
            [0.0, -0.001, 12.0, 12.5, 2.7149, -7.999, 100.0].map(coordinate),
            ["0", "0", "12", "12.5", "2.71", "-8", "100"]
        );
    }

    /// Fails if what a scenario says can break out of an attribute or an element.
    #[test]
    fn names_are_escaped() {
        let mut picture = Picture::new(10.0, 5.5, true);
        picture.draw(Element::text(1.0, 2.25, "A & B <x>", "l\"").hover("\"5 < 6\""));
        picture.draw(Element::rectangle(0.0, 0.0, 1.0, 1.005, "o1"));
        let text = picture.svg("id", "wide", "T<", "D&");
        assert_eq!(
            text,
            "<svg class=\"wide\" viewBox=\"0 0 10 5.5\" preserveAspectRatio=\"xMinYMin\" role=\"img\" aria-labelledby=\"id-title id-desc\">\
             <title id=\"id-title\">T&lt;</title><desc id=\"id-desc\">D&amp;</desc>\
             <text x=\"1\" y=\"2.25\" class=\"l&quot;\"><title>&quot;5 &lt; 6&quot;</title>A &amp; B &lt;x&gt;</text>\
             <rect x=\"0\" y=\"0\" width=\"1\" height=\"1\" class=\"o1\"/></svg>"
        );
    }
}
