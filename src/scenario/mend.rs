//! Reads on after a fault of syntax: finds the statements that cannot be read, and leaves them out.
//!
//! The parser's own recovery takes what follows an open bracket for its contents, and reports line after line of it.
//! Here each statement is tried by itself, so that a fault is reported once and what surrounds it is read as it stands.

use std::collections::BTreeSet;
use std::ops::Range;

use toml::de::{DeTable, Error};

/// How many lines that look like statements may belong to the value of one, as in an inline table of many lines.
const LONGEST_VALUE: usize = 40;

/// A text without the statements that cannot be read.
pub struct Mended {
    /// The text, with spaces for what is left out: every place is that of the text as it was.
    pub text: String,
    /// The first fault of each statement that is left out: where, and what the parser says.
    pub faults: Vec<(Range<usize>, String)>,
    /// The names that stand in what is left out.
    pub names: BTreeSet<String>,
}

/// Whether the parser speaks of two keys of one name: then it has read the text.
pub fn is_duplicate(error: &Error) -> bool {
    error.message().contains("duplicate key")
}

/// Leaves out of a text what cannot be read.
pub fn mend(text: &str) -> Mended {
    let starts = statements(text);
    let end_of = |index: usize| starts.get(index + 1).map_or(text.len(), |(start, _)| *start);
    let mut mended = Mended {
        text: text.to_owned(),
        faults: Vec::new(),
        names: BTreeSet::new(),
    };
    let mut index = 0;
    while let Some((start, is_header)) = starts.get(index).copied() {
        let end = end_of(index);
        let Some((place, message)) = first_error(&text[start..end]) else {
            index += 1;
            continue;
        };
        // Something is open at its end: what looks like another statement may be within it.
        let open = !is_header && place.end >= text[start..end].trim_end().len();
        let longer = (index + 1..starts.len())
            .take(if open { LONGEST_VALUE } else { 0 })
            .find(|last| first_error(&text[start..end_of(*last)]).is_none());
        if let Some(last) = longer {
            index = last + 1;
            continue;
        }
        mended.faults.push((start + place.start..start + place.end, message));
        // Without its header a table's keys would go to the table before it.
        let mut next = index + 1;
        while is_header && starts.get(next).is_some_and(|(_, header)| !header) {
            next += 1;
        }
        let line = text[..start + place.start].rfind('\n').map_or(0, |at| at + 1);
        let from = if line > start && first_error(&text[start..line]).is_none() {
            line
        } else {
            start
        };
        mended.leave_out(text, from..end_of(next - 1));
        index = next;
    }
    mended
}

/// Leaves out of a text the tables whose header stands in it before: what they say would be laid over the first, key by key.
pub fn mend_second_tables(text: &str, errors: &[Error]) -> Mended {
    let mut mended = Mended {
        text: text.to_owned(),
        faults: Vec::new(),
        names: BTreeSet::new(),
    };
    let headers: Vec<usize> = statements(text)
        .into_iter()
        .filter(|(_, is_header)| *is_header)
        .map(|(start, _)| start)
        .collect();
    for (index, start) in headers.iter().copied().enumerate() {
        let line = start..text[start..].find('\n').map_or(text.len(), |length| start + length);
        let places = errors
            .iter()
            .filter(|error| is_duplicate(error))
            .filter_map(Error::span);
        if let Some(place) = places.into_iter().find(|place| line.contains(&place.start)) {
            mended.faults.push((place, "duplicate key".to_owned()));
            let end = headers.get(index + 1).copied().unwrap_or(text.len());
            mended.leave_out(text, start..end);
        }
    }
    mended
}

impl Mended {
    fn leave_out(&mut self, text: &str, range: Range<usize>) {
        let words = text[range.clone()].split(|c: char| !c.is_alphanumeric() && c != '_');
        self.names
            .extend(words.filter(|word| !word.is_empty()).map(str::to_owned));
        let blank: String = text[range.clone()]
            .bytes()
            .map(|byte| if byte == b'\n' { '\n' } else { ' ' })
            .collect();
        self.text.replace_range(range, &blank);
    }
}

/// The first fault of syntax in a text.
fn first_error(text: &str) -> Option<(Range<usize>, String)> {
    let (_, errors) = DeTable::parse_recoverable(text);
    let first = errors
        .iter()
        .filter(|error| !is_duplicate(error))
        .min_by_key(|error| error.span().map_or(0, |span| span.start))?;
    // Where something is not closed, the parser points behind it and all that is blank.
    let last = text.trim_end().len();
    let place = first.span().unwrap_or(0..0);
    let place = if place.start > last { last..last } else { place };
    Some((place, first.message().to_owned()))
}

/// Where lines begin that look like a header or a key with its value, and whether each is a header.
fn statements(text: &str) -> Vec<(usize, bool)> {
    let mut starts = vec![(0, false)];
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let (is_header, is_key) = (looks_like_header(line), looks_like_key(line));
        if is_header || is_key {
            if at == 0 {
                starts.clear();
            }
            starts.push((at, is_header));
        }
        at += line.len();
    }
    starts
}

fn is_key_text(text: &str) -> bool {
    let fits = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '"' | '\'' | ' ' | '\t');
    !text.trim().is_empty() && text.chars().all(fits)
}

fn looks_like_header(line: &str) -> bool {
    let Some(rest) = line.trim().strip_prefix('[') else {
        return false;
    };
    let name = rest.trim_start_matches('[').split(['#', ']']).next().unwrap_or("");
    is_key_text(name)
}

fn looks_like_key(line: &str) -> bool {
    line.split_once('=').is_some_and(|(key, _)| is_key_text(key))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_open_bracket_costs_its_own_statement() {
        let text = "a = [1, 2\nb = 3\n[c]\nd = [\n  1,\n]\n";
        let mended = mend(text);
        assert_eq!(mended.text, "         \nb = 3\n[c]\nd = [\n  1,\n]\n");
        assert_eq!(mended.faults.len(), 1);
        assert!(mended.names.contains("a"));
    }

    #[test]
    fn a_broken_header_costs_its_table() {
        let mended = mend("[a\nb = 1\n[c]\nd = 2\n");
        assert_eq!(mended.text, "  \n     \n[c]\nd = 2\n");
    }

    #[test]
    fn a_value_of_many_lines_is_one_statement() {
        let text = "a = \"\"\"\nb = 1\n[c]\n\"\"\"\nd = 1 2\n";
        assert_eq!(mend(text).text, "a = \"\"\"\nb = 1\n[c]\n\"\"\"\n       \n");
    }
}
