//! The public JSON format, laid out so that a person can read it too: one outcome, measure, series or event a line.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::Serializer;
use serde_json::ser::Formatter;

use crate::results::Summary;

/// Writes a summary as JSON, with a line end. The same summary gives the same bytes.
///
/// # Errors
///
/// What writing gives.
pub fn json(summary: &Summary, writer: &mut impl Write) -> io::Result<()> {
    summary.serialize(&mut Serializer::with_formatter(
        &mut *writer,
        Lines::default(),
    ))?;
    writer.write_all(b"\n")
}

/// Breaks lines between the keys at the top and between the elements of their lists, and nowhere else: a usual layout
/// would give each number of a series its own line.
#[derive(Default)]
struct Lines {
    /// How many objects and lists are open.
    depth: usize,
    /// Whether the object or list that was closed last, or is just open, had anything in it.
    filled: bool,
}

impl Lines {
    fn separate<W: Write + ?Sized>(&self, writer: &mut W, first: bool) -> io::Result<()> {
        if self.depth > 2 {
            return writer.write_all(if first { b"" } else { b", " });
        }
        writer.write_all(if first { b"" } else { b"," })?;
        self.new_line(writer)
    }

    fn new_line<W: Write + ?Sized>(&self, writer: &mut W) -> io::Result<()> {
        writer.write_all(b"\n")?;
        writer.write_all(&b"    "[..2 * self.depth])
    }

    fn open<W: Write + ?Sized>(&mut self, writer: &mut W, bracket: &[u8]) -> io::Result<()> {
        self.depth += 1;
        self.filled = false;
        writer.write_all(bracket)
    }

    fn close<W: Write + ?Sized>(&mut self, writer: &mut W, bracket: &[u8]) -> io::Result<()> {
        let breaks = self.filled && self.depth <= 2;
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

    fn begin_object_key<W: Write + ?Sized>(
        &mut self,
        writer: &mut W,
        first: bool,
    ) -> io::Result<()> {
        // An object at the second level is the scenario: short enough for a line.
        if self.depth == 2 {
            writer.write_all(if first { b"" } else { b", " })
        } else {
            self.separate(writer, first)
        }
    }

    fn begin_object_value<W: Write + ?Sized>(&mut self, writer: &mut W) -> io::Result<()> {
        writer.write_all(b": ")
    }

    fn end_object_value<W: Write + ?Sized>(&mut self, _: &mut W) -> io::Result<()> {
        self.filled = self.depth != 2;
        Ok(())
    }

    fn begin_array<W: Write + ?Sized>(&mut self, writer: &mut W) -> io::Result<()> {
        self.open(writer, b"[")
    }

    fn end_array<W: Write + ?Sized>(&mut self, writer: &mut W) -> io::Result<()> {
        self.close(writer, b"]")
    }

    fn begin_array_value<W: Write + ?Sized>(
        &mut self,
        writer: &mut W,
        first: bool,
    ) -> io::Result<()> {
        self.separate(writer, first)
    }

    fn end_array_value<W: Write + ?Sized>(&mut self, _: &mut W) -> io::Result<()> {
        self.filled = true;
        Ok(())
    }
}
