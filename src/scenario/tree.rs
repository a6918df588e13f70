//! A TOML document as a tree that owns its text and knows where each part of it stands.
//!
//! Base files and overrides are merged on this tree, so every value keeps the place where its author wrote it.

use time::Date;
use toml::de::{DeTable, DeValue};

use crate::diagnostic::{Code, Diagnostic, Faults, Files, Span};

/// A value and its place.
#[derive(Debug, Clone)]
pub struct Node {
    /// Where it stands; of a table with a header, the header.
    pub span: Span,
    /// What it is.
    pub value: Value,
}

/// What a TOML value can be here.
#[derive(Debug, Clone)]
pub enum Value {
    /// A string.
    Text(String),
    /// A whole number.
    Integer(i64),
    /// A number.
    Float(f64),
    /// True or false.
    Boolean(bool),
    /// A calendar day.
    Date(Date),
    /// A list.
    Array(Vec<Node>),
    /// A table, in the order of the file.
    Table(Vec<Entry>),
}

/// One key of a table.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The key.
    pub key: Key,
    /// Its value.
    pub node: Node,
}

/// A key, its place, and its rank in the order of the whole scenario.
#[derive(Debug, Clone)]
pub struct Key {
    /// The key without its quotes.
    pub text: String,
    /// Where it stands.
    pub span: Span,
    /// Whether it is written in quotes.
    pub quoted: bool,
    /// Where it stands among all keys: those of a base file come before those of the file that extends it.
    pub order: (u32, u32),
}

impl Value {
    /// What it is called in a message.
    pub fn describe(&self) -> &'static str {
        match self {
            Value::Text(_) => "a string",
            Value::Integer(_) | Value::Float(_) => "a number",
            Value::Boolean(_) => "true or false",
            Value::Date(_) => "a date",
            Value::Array(_) => "a list",
            Value::Table(_) => "a table",
        }
    }
}

/// Parses a text of `files` into its top table. What cannot be parsed is reported and left out.
///
/// `layer` is the rank of the file: base files have lower ones.
pub fn parse(file: u32, layer: u32, files: &Files, faults: &mut Faults) -> Node {
    let (table, errors) = DeTable::parse_recoverable(files.text(file));
    for error in errors {
        let span = Span::new(file, error.span().unwrap_or(0..0));
        faults.push(syntax_fault(error.message(), span, files));
    }
    let mut reader = Converter {
        file,
        layer,
        files,
        faults,
    };
    let entries = reader.table(table.get_ref());
    Node {
        span: Span::new(file, 0..0),
        value: Value::Table(entries),
    }
}

fn syntax_fault(message: &str, span: Span, files: &Files) -> Diagnostic {
    // The parser's messages are terse; the two that people meet are said in full.
    if message.contains("duplicate key") {
        let name = files.slice(span);
        return Diagnostic::new(Code::DuplicateId, span, format!("`{name}` is given twice in one table"))
            .label("the second one")
            .help("keep one of them, or give the second another name");
    }
    Diagnostic::new(Code::Syntax, span, format!("this is not TOML: {message}"))
}

struct Converter<'a> {
    file: u32,
    layer: u32,
    files: &'a Files,
    faults: &'a mut Faults,
}

impl Converter<'_> {
    fn table(&mut self, table: &DeTable<'_>) -> Vec<Entry> {
        let mut entries = Vec::new();
        for (key, value) in table.iter() {
            let span = Span::new(self.file, key.span());
            let Some(node) = self.node(value.get_ref(), value.span()) else {
                continue;
            };
            entries.push(Entry {
                key: Key {
                    text: key.get_ref().to_string(),
                    span,
                    quoted: self.files.slice(span).starts_with(['"', '\'']),
                    order: (self.layer, span.start),
                },
                node,
            });
        }
        entries
    }

    fn node(&mut self, value: &DeValue<'_>, range: std::ops::Range<usize>) -> Option<Node> {
        let span = Span::new(self.file, range);
        let value = match value {
            DeValue::String(text) => Value::Text(text.to_string()),
            DeValue::Integer(integer) => {
                let digits = integer.as_str();
                match i64::from_str_radix(digits, integer.radix()) {
                    Ok(whole) => Value::Integer(whole),
                    Err(_) => match digits.parse() {
                        Ok(number) if integer.radix() == 10 => Value::Float(number),
                        _ => return self.refuse(span, "this whole number is too large"),
                    },
                }
            }
            DeValue::Float(float) => match float.as_str().parse::<f64>() {
                Ok(number) if number.is_finite() => Value::Float(number),
                _ => return self.refuse(span, "a number must be finite"),
            },
            DeValue::Boolean(boolean) => Value::Boolean(*boolean),
            DeValue::Datetime(moment) => match calendar_day(moment) {
                Some(day) => Value::Date(day),
                None => return self.refuse(span, "a date is a calendar day, like 2018-06-11"),
            },
            DeValue::Array(items) => {
                let items = items.iter().filter_map(|item| self.node(item.get_ref(), item.span()));
                Value::Array(items.collect())
            }
            DeValue::Table(table) => Value::Table(self.table(table)),
        };
        Some(Node { span, value })
    }

    fn refuse(&mut self, span: Span, message: &str) -> Option<Node> {
        self.faults.push(Diagnostic::new(Code::OutOfRange, span, message));
        None
    }
}

fn calendar_day(moment: &toml::value::Datetime) -> Option<Date> {
    let date = moment.date.filter(|_| moment.time.is_none())?;
    let month = time::Month::try_from(date.month).ok()?;
    Date::from_calendar_date(i32::from(date.year), month, date.day).ok()
}
