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
use line::coordinate;
pub(super) use line::{area, line, thinned};
pub(super) use scale::{Scale, Ticks};
pub(super) use text::{fitted, spread, width, wrapped};

/// An element of a picture.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Element {
    name: &'static str,
    /// The data of a path; empty for all else.
    data: String,
    class: String,
    attributes: String,
    content: String,
    title: Option<String>,
}

impl Element {
    /// An element with a name, such as `rect`.
    pub(super) fn new(name: &'static str) -> Self {
        Element {
            name,
            data: String::new(),
            class: String::new(),
            attributes: String::new(),
            content: String::new(),
            title: None,
        }
    }

    /// Elements that stand together, so that they share a title; their own are left out.
    pub(super) fn group(elements: impl IntoIterator<Item = Element>) -> Self {
        let mut group = Element::new("g");
        let mut joined: Vec<Element> = Vec::new();
        for element in elements {
            push_joined(&mut joined, Element { title: None, ..element });
        }
        group.content = joined.iter().map(Element::written).collect();
        group
    }

    /// A rectangle, of a class of the style sheet.
    pub(super) fn rectangle(x: f64, y: f64, width: f64, height: f64, class: &str) -> Self {
        Element::path(&line::rectangle(x, y, width, height), class)
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
        let mut path = Element::new("path").of(class);
        path.data = data.to_owned();
        path
    }

    /// A circle.
    pub(super) fn circle(x: f64, y: f64, radius: f64, class: &str) -> Self {
        Element::new("circle").at("cx", x).at("cy", y).at("r", radius).of(class)
    }

    /// A line of text from its baseline's start, or from where its class anchors it.
    pub(super) fn text(x: f64, y: f64, text: &str, class: &str) -> Self {
        let mut element = Element::new("text").at("x", x).at("y", y).of(class);
        element.content = escaped(text);
        element
    }

    /// Sets an attribute to a coordinate or a length.
    pub(super) fn at(self, name: &str, value: f64) -> Self {
        let value = coordinate(value);
        self.set(name, &value)
    }

    /// Sets the class.
    fn of(mut self, class: &str) -> Self {
        class.clone_into(&mut self.class);
        self
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

    /// Whether another one can be drawn in the same stroke, with its data after those of this one.
    fn takes(&self, other: &Element) -> bool {
        let is_bare = |one: &Element| !one.data.is_empty() && one.attributes.is_empty() && one.title.is_none();
        is_bare(self) && is_bare(other) && self.class == other.class
    }

    /// The element as text.
    fn written(&self) -> String {
        let Element {
            name,
            data,
            class,
            attributes,
            content,
            title,
        } = self;
        let mut text = format!("<{name}");
        for (attribute, value) in [("d", data), ("class", class)] {
            if !value.is_empty() {
                text.push_str(&format!(" {attribute}=\"{}\"", escaped(value)));
            }
        }
        text.push_str(attributes);
        let title = title.as_ref();
        let title = title.map_or(String::new(), |title| format!("<title>{}</title>", escaped(title)));
        if content.is_empty() && title.is_empty() {
            text + "/>"
        } else {
            text + &format!(">{title}{content}</{name}>")
        }
    }
}

/// Adds an element, in the same path as the last one if the two look alike and stand for nothing by themselves.
fn push_joined(elements: &mut Vec<Element>, next: Element) {
    match elements.last_mut() {
        Some(last) if last.takes(&next) => last.data.push_str(&next.data),
        _ => elements.push(next),
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
    shapes: Vec<Element>,
    /// Words by themselves, which stand over all shapes.
    words: Vec<Element>,
}

impl Picture {
    /// An empty picture. Without a pointer the titles of shapes are left out.
    pub(super) fn new(width: f64, height: f64, has_pointer: bool) -> Self {
        Picture {
            width,
            height,
            has_pointer,
            shapes: Vec::new(),
            words: Vec::new(),
        }
    }

    /// Draws an element over those drawn before; words by themselves stand over all else.
    pub(super) fn draw(&mut self, mut element: Element) {
        if !self.has_pointer {
            element.title = None;
        }
        if element.name == "text" {
            self.words.push(element);
        } else {
            push_joined(&mut self.shapes, element);
        }
    }

    /// The picture as text. `id` is its own on the page; the title and the description say what it shows.
    pub(super) fn svg(&self, id: &str, class: &str, title: &str, description: &str) -> String {
        let (width, height) = (coordinate(self.width), coordinate(self.height));
        let body: String = self.shapes.iter().chain(&self.words).map(Element::written).collect();
        format!(
            "<svg class=\"{class}\" viewBox=\"0 0 {width} {height}\" preserveAspectRatio=\"xMinYMin\" role=\"img\" \
             aria-labelledby=\"{id}-title {id}-desc\"><title id=\"{id}-title\">{}</title>\
             <desc id=\"{id}-desc\">{}</desc>{body}</svg>",
            escaped(title),
            escaped(description)
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

    /// Fails if shapes that look alike take more than a path, or those with a title of their own lose it.
    #[test]
    fn shapes_that_look_alike_are_one_path() {
        let bars = |has_pointer| {
            let mut picture = Picture::new(9.0, 9.0, has_pointer);
            for (x, class) in [(0.0, "f1"), (2.0, "f1"), (4.0, "f2")] {
                picture.draw(Element::rectangle(x, 0.0, 1.0, 5.0, class).hover("a bar"));
                picture.draw(Element::text(x, 7.0, "below", "t"));
            }
            picture.svg("id", "wide", "T", "D")
        };
        assert_eq!(bars(true).matches("<path ").count(), 3);
        assert_eq!(bars(true).matches("<title>a bar</title>").count(), 3);
        let few = bars(false);
        assert!(
            few.contains("<path d=\"M0 0h1v5h-1zM2 0h1v5h-1z\" class=\"f1\"/><path d=\"M4 0"),
            "{few}"
        );
        assert_eq!(few.matches("<text ").count(), 3);
    }

    /// Fails if what a scenario says can break out of an attribute or an element.
    #[test]
    fn names_are_escaped() {
        let mut picture = Picture::new(10.0, 5.5, true);
        picture.draw(Element::text(1.0, 2.26, "A & B <x>", "l\"").hover("\"5 < 6\""));
        picture.draw(Element::rectangle(0.0, 0.0, 1.0, 1.005, "o1"));
        let text = picture.svg("id", "wide", "T<", "D&");
        assert_eq!(
            text,
            "<svg class=\"wide\" viewBox=\"0 0 10 5.5\" preserveAspectRatio=\"xMinYMin\" role=\"img\" aria-labelledby=\"id-title id-desc\">\
             <title id=\"id-title\">T&lt;</title><desc id=\"id-desc\">D&amp;</desc>\
             <path d=\"M0 0h1v1h-1z\" class=\"o1\"/>\
             <text class=\"l&quot;\" x=\"1\" y=\"2.3\"><title>&quot;5 &lt; 6&quot;</title>A &amp; B &lt;x&gt;</text></svg>"
        );
    }
}
