//! The public JSON formats, laid out so that a person can read them too: one outcome, measure, series or event a line.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::Serializer;
use serde_json::ser::Formatter;

use crate::analysis::compare::Comparison;
use crate::analysis::drivers::Drivers;
use crate::results::Summary;

/// Writes a summary as JSON, with a line end. The same summary gives the same bytes.
///
/// # Errors
///
/// What writing gives.
pub fn json(summary: &Summary, writer: &mut impl Write) -> io::Result<()> {
    in_lines(summary, 2, writer)
}

/// Writes a comparison as JSON, in the same way.
///
/// # Errors
///
/// What writing gives.
pub fn comparison_json(comparison: &Comparison, writer: &mut impl Write) -> io::Result<()> {
    in_lines(comparison, 4, writer)
}

/// Writes what drives what as JSON, in the same way.
///
/// # Errors
///
/// What writing gives.
pub fn drivers_json(drivers: &Drivers, writer: &mut impl Write) -> io::Result<()> {
    in_lines(drivers, 4, writer)
}

/// Writes the answer of an analysis as JSON, in the same way.
///
/// # Errors
///
/// What writing gives.
pub fn answer_json(answer: &impl Serialize, writer: &mut impl Write) -> io::Result<()> {
    in_lines(answer, 4, writer)
}

/// Writes a value with lines broken down to a depth.
fn in_lines(value: &impl Serialize, deepest: usize, writer: &mut impl Write) -> io::Result<()> {
    let lines = Lines {
        deepest,
        depth: 0,
        filled: false,
    };
    value.serialize(&mut Serializer::with_formatter(&mut *writer, lines))?;
    writer.write_all(b"\n")
}

/// Breaks lines between keys and between the elements of lists down to a depth, at which objects are short enough for a
/// line, and nowhere else: a usual layout would give each number of a series its own line.
struct Lines {
    /// Deeper down there are no lines.
    deepest: usize,
    /// How many objects and lists are open.
    depth: usize,
    /// Whether the object or list that was closed last, or is just open, had anything in it.
    filled: bool,
}

impl Lines {
    fn separate<W: Write + ?Sized>(&self, writer: &mut W, first: bool) -> io::Result<()> {
        if self.depth > self.deepest {
            return writer.write_all(if first { b"" } else { b", " });
        }
        writer.write_all(if first { b"" } else { b"," })?;
        self.new_line(writer)
    }

    fn new_line<W: Write + ?Sized>(&self, writer: &mut W) -> io::Result<()> {
        writer.write_all(b"\n")?;
        writer.write_all(" ".repeat(2 * self.depth).as_bytes())
    }

    fn open<W: Write + ?Sized>(&mut self, writer: &mut W, bracket: &[u8]) -> io::Result<()> {
        self.depth += 1;
        self.filled = false;
        writer.write_all(bracket)
    }

    fn close<W: Write + ?Sized>(&mut self, writer: &mut W, bracket: &[u8]) -> io::Result<()> {
        let breaks = self.filled && self.depth <= self.deepest;
        self.depth -= 1;
        if breaks {
            self.new_line(writer)?;
        }
        writer.write_all(bracket)
    }
}

impl Formatter for Lines {
    fn begin_object<W: Write + ?Sized>(&mut self, writer: &mut W) -> io::Result<()> {
        self.open(writer, b"{")
    }

    fn end_object<W: Write + ?Sized>(&mut self, writer: &mut W) -> io::Result<()> {
        self.close(writer, b"}")
    }

    fn begin_object_key<W: Write + ?Sized>(&mut self, writer: &mut W, first: bool) -> io::Result<()> {
        if self.depth == self.deepest {
            writer.write_all(if first { b"" } else { b", " })
        } else {
            self.separate(writer, first)
        }
    }

    fn begin_object_value<W: Write + ?Sized>(&mut self, writer: &mut W) -> io::Result<()> {
        writer.write_all(b": ")
    }

    fn end_object_value<W: Write + ?Sized>(&mut self, _: &mut W) -> io::Result<()> {
        self.filled = self.depth != self.deepest;
        Ok(())
    }

    fn begin_array<W: Write + ?Sized>(&mut self, writer: &mut W) -> io::Result<()> {
        self.open(writer, b"[")
    }

    fn end_array<W: Write + ?Sized>(&mut self, writer: &mut W) -> io::Result<()> {
        self.close(writer, b"]")
    }

    fn begin_array_value<W: Write + ?Sized>(&mut self, writer: &mut W, first: bool) -> io::Result<()> {
        self.separate(writer, first)
    }

    fn end_array_value<W: Write + ?Sized>(&mut self, _: &mut W) -> io::Result<()> {
        self.filled = true;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::results::fixture;

    fn written(summary: &Summary) -> String {
        let mut bytes = Vec::new();
        json(summary, &mut bytes).unwrap();
        String::from_utf8(bytes).unwrap()
    }

    /// Fails if a key of the public format moves, goes or changes its form.
    #[test]
    fn has_the_public_format() {
        let mut summary = fixture::summary(4, false);
        for series in &mut summary.series {
            series.times.truncate(2);
            series.dates.truncate(2);
            series.mean.truncate(2);
            series.sd.truncate(2);
            series.quantiles = Default::default();
        }
        summary.outcomes.drain(1..4);
        summary.measures.drain(..2);
        summary.events.truncate(1);
        let expected = r#"{
  "format_version": 1,
  "equipoise": "0.1.0",
  "scenario": {"title": "Polonez for Azerbaijan", "sha256": "5e884898da28047151d0e56f8dc6292773603d0d6aabbdd62a11ef721d1542d8"},
  "seed": 2016,
  "first_run": 0,
  "runs": 4,
  "partial": false,
  "failed": 0,
  "first_failed": null,
  "runaway": 0,
  "checksum": "4fe95c650f2cfade",
  "outcomes": [
    {"name": "sale_completed", "count": 1, "probability": 0.25, "simulation_ci95": [0.045587260809700575, 0.6993581574175981]},
    {"name": "unresolved", "count": 0, "probability": 0, "simulation_ci95": [0, 0.4898908364545973]}
  ],
  "measures": [
    {"name": "delivered_after", "n": 1, "excluded": 3, "mean": 0.32930131477779323, "sd": 0, "se": 0, "min": 0.32930131477779323, "max": 0.32930131477779323, "quantiles": {"0.05": 0.32930131477779323, "0.25": 0.32930131477779323, "0.5": 0.32930131477779323, "0.75": 0.32930131477779323, "0.95": 0.32930131477779323}}
  ],
  "series": [
    {"name": "azerbaijan_share", "times": [0, 0.25], "dates": ["2017-10-09", "2018-01-09"], "mean": [0.7, 0.7079573539830343], "sd": [0, 0.007577774763556118], "quantiles": {"0.05": [], "0.25": [], "0.5": [], "0.75": [], "0.95": []}}
  ],
  "events": [
    {"name": "polonez_sale.opens", "runs_fired": 4, "mean_count": 1}
  ]
}
"#;
        assert_eq!(written(&summary), expected);
    }

    /// Fails if the layout changes what is said.
    #[test]
    fn is_the_same_value_as_plain_json() {
        for summary in [fixture::summary(3000, true), fixture::summary(0, false)] {
            let text = written(&summary);
            // Both are parsed, as parsing does not keep every last bit.
            let parsed = |text: &str| serde_json::from_str::<serde_json::Value>(text).unwrap();
            let plain = serde_json::to_string(&summary).unwrap();
            assert!(parsed(&text) == parsed(&plain), "{text}\n{plain}");
            assert!(text.ends_with("\n}\n") && !text.contains(" \n") && !text.contains(".0,"));
        }
    }

    #[test]
    fn empty_lists_stay_on_their_line() {
        let mut summary = fixture::summary(0, false);
        summary.measures.clear();
        assert!(written(&summary).contains("\n  \"measures\": [],\n"));
    }
}
