//! Where the bytes of an expression stand in its file: a quoted string is not its own text, since escapes shrink.

use crate::diagnostic::{Files, Span};

/// Leads from a byte of an expression to a place in a file.
#[derive(Debug, Clone)]
pub struct Origin {
    file: u32,
    /// The place of every byte of the expression, and of its end.
    places: Vec<u32>,
}

impl Origin {
    /// The origin of `text`, which a string literal of TOML at `literal` says.
    pub fn of_literal(text: &str, literal: Span, files: &Files) -> Self {
        let raw = files.slice(literal);
        let quotes = if raw.starts_with("\"\"\"") || raw.starts_with("'''") {
            3
        } else {
            usize::from(raw.starts_with(['"', '\'']))
        };
        let mut places = Vec::with_capacity(text.len() + 1);
        let mut at = quotes.min(raw.len());
        // A newline straight after three quotes is not part of the string.
        if quotes == 3 {
            at += raw[at..].len() - raw[at..].trim_start_matches('\r').trim_start_matches('\n').len();
        }
        let escapes = raw.starts_with('"');
        for character in text.chars() {
            // One line may end so after another.
            let mut from = usize::MAX;
            while escapes && quotes == 3 && from != at {
                from = at;
                at = skip_line_continuation(raw, at);
            }
            for _ in 0..character.len_utf8() {
                places.push(literal.start + at.min(raw.len()) as u32);
            }
            at += match raw.get(at..) {
                Some(rest) if escapes && rest.starts_with('\\') => escape_length(rest),
                Some(rest) => rest.chars().next().map_or(0, char::len_utf8),
                None => 0,
            };
        }
        places.push(literal.start + at.min(raw.len()) as u32);
        Origin {
            file: literal.file,
            places,
        }
    }

    /// The place of bytes `start..end` of the expression. An empty range covers the character before it, so that there is
    /// something to underline.
    pub fn span(&self, start: usize, end: usize) -> Span {
        let place = |at: usize| self.places.get(at).or(self.places.last()).copied().unwrap_or(0);
        let (first, last) = (place(start), place(end));
        Span {
            file: self.file,
            start: first,
            end: last.max(first + u32::from(start >= end)),
        }
    }
}

fn escape_length(rest: &str) -> usize {
    match rest.as_bytes().get(1) {
        Some(b'x') => 4,
        Some(b'u') => 6,
        Some(b'U') => 10,
        _ => 2,
    }
}

/// In a string of three quotes, a backslash at the end of a line swallows the white space after it.
fn skip_line_continuation(raw: &str, at: usize) -> usize {
    match raw.get(at..).and_then(|rest| rest.strip_prefix('\\')) {
        Some(rest) if rest.trim_start_matches([' ', '\t']).starts_with(['\n', '\r']) => {
            at + 1 + (rest.len() - rest.trim_start().len())
        }
        _ => at,
    }
}
