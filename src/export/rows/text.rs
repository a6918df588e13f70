//! Rows as text: comma-separated values, JSON lines, or one JSON list. Floats have the fewest digits that read back to the
//! same float, and always a point or an exponent, so that a reader who looks at some rows only takes them for floats.

use std::io::{self, Write};

use super::columns::{Columns, WeighedBlock, rows};

/// Which text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Text {
    /// Comma-separated values with a header; what is not there is empty.
    Csv,
    /// A JSON object a line; what is not there is null.
    JsonLines,
    /// A JSON list of objects, one a line.
    Json,
}

impl Text {
    /// What stands before the first row.
    pub(super) fn head(self, columns: &Columns) -> Vec<u8> {
        match self {
            Text::Csv => {
                // Names are ids, which need no quotes.
                let names: Vec<&str> = columns.list().iter().map(|column| column.name.as_str()).collect();
                format!("{}\n", names.join(",")).into_bytes()
            }
            Text::JsonLines => Vec::new(),
            Text::Json => b"[".to_vec(),
        }
    }

    /// What stands after the last row.
    pub(super) fn foot(self) -> &'static [u8] {
        match self {
            Text::Csv | Text::JsonLines => b"",
            Text::Json => b"\n]\n",
        }
    }

    /// The rows of a block, each with what sets it apart from the row before it.
    pub(super) fn rows(self, columns: &Columns, block: &WeighedBlock) -> io::Result<Vec<u8>> {
        match self {
            Text::Csv => csv(columns, block),
            Text::JsonLines => json(columns, block, b"", b"\n"),
            Text::Json => json(columns, block, b",\n", b""),
        }
    }

    /// The same rows where none stands before them.
    pub(super) fn first_rows(self, rows: &[u8]) -> &[u8] {
        match self {
            Text::Csv | Text::JsonLines => rows,
            Text::Json => rows.strip_prefix(b",").unwrap_or(rows),
        }
    }
}

fn csv(columns: &Columns, block: &WeighedBlock) -> io::Result<Vec<u8>> {
    let mut text = Vec::new();
    for row in rows(block) {
        write!(text, "{},{},", row.run(), row.ending())?;
        if let Some(outcome) = row.outcome() {
            text.extend_from_slice(columns.outcomes()[outcome].as_bytes());
        }
        for number in row.numbers() {
            text.push(b',');
            if let Some(number) = number {
                float(&mut text, number)?;
            }
        }
        text.push(b',');
        float(&mut text, row.weight())?;
        text.push(b'\n');
    }
    Ok(text)
}

fn json(columns: &Columns, block: &WeighedBlock, before: &[u8], after: &[u8]) -> io::Result<Vec<u8>> {
    let mut text = Vec::new();
    // What comes before a value is the same in every row; the number of the run comes first.
    let keys = columns.list().iter().skip(1).map(|column| {
        let key = serde_json::to_string(&column.name)?;
        Ok(format!(",{key}:").into_bytes())
    });
    let keys = keys.collect::<io::Result<Vec<_>>>()?;
    for row in rows(block) {
        let mut keys = keys.iter();
        let mut key = |text: &mut Vec<u8>| text.extend(keys.next().into_iter().flatten());
        text.extend_from_slice(before);
        write!(text, "{{\"run\":{}", row.run())?;
        key(&mut text);
        write!(text, "\"{}\"", row.ending())?;
        key(&mut text);
        match row.outcome() {
            Some(outcome) => write!(text, "\"{}\"", columns.outcomes()[outcome])?,
            None => text.extend_from_slice(b"null"),
        }
        for number in row.numbers() {
            key(&mut text);
            match number {
                Some(number) => float(&mut text, number)?,
                None => text.extend_from_slice(b"null"),
            }
        }
        key(&mut text);
        float(&mut text, row.weight())?;
        text.push(b'}');
        text.extend_from_slice(after);
    }
    Ok(text)
}

fn float(text: &mut Vec<u8>, number: f64) -> io::Result<()> {
    serde_json::to_writer(text, &number)?;
    Ok(())
}
