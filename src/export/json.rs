//! The public JSON format.

use std::io::{self, Write};

use crate::results::Summary;

/// Writes a summary as JSON, with a line end.
///
/// # Errors
///
/// What writing gives.
pub fn json(summary: &Summary, writer: &mut impl Write) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *writer, summary)?;
    writer.write_all(b"\n")
}
