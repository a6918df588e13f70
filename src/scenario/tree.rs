//! A TOML document as a tree that owns its text and knows where each part of it stands.
//!
//! Base files and overrides are merged on this tree, so every value keeps the place where its author wrote it.

use time::Date;
use toml::de::{DeTable, DeValue};

use crate::diagnostic::{Code, Diagnostic, Faults, Files, Span};

use super::mend::{is_duplicate, mend, mend_second_tables};

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
    /// What cannot be a value here, which has been reported.
    Faulty,
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
            Value::Faulty => "nothing that can be read",
        }
    }
}

/// Parses a text of `files` into its top table. What cannot be parsed is reported and left out.
///
/// `layer` is the rank of the file: base files have lower ones.
pub fn parse(file: u32, layer: u32, files: &Files, faults: &mut Faults) -> Node {
    let text = files.text(file);
    let (table, errors) = DeTable::parse_recoverable(text);
    let mended = if errors.iter().all(is_duplicate) {
        mend_second_tables(text, &errors)
    } else {
        mend(text)
    };
    if mended.faults.is_empty() {
        return convert(table.get_ref(), &errors, file, layer, files, faults);
    }
    for (place, message) in &mended.faults {
        faults.push(syntax_fault(message, Span::new(file, place.clone()), files));
    }
    faults.leave_unread(mended.names);
    if mended.text.trim().is_empty() {
        faults.leave_incomplete();
    }
    let (table, errors) = DeTable::parse_recoverable(&mended.text);
    convert(table.get_ref(), &errors, file, layer, files, faults)
}

/// Whether a text is one value of TOML.
pub fn is_value(text: &str) -> bool {
    let line = format!("k = {text}");
    let (table, errors) = DeTable::parse_recoverable(&line);
    errors.is_empty() && table.get_ref().len() == 1 && table.get_ref().contains_key("k")
}

/// Reads a text that is laid out like a text of `files`, and that has no fault of syntax.
pub fn parse_line(text: &str, file: u32, layer: u32, files: &Files, faults: &mut Faults) -> Node {
    let (table, errors) = DeTable::parse_recoverable(text);
    convert(table.get_ref(), &errors, file, layer, files, faults)
}

fn convert(
    table: &DeTable<'_>,
    errors: &[toml::de::Error],
    file: u32,
    layer: u32,
    files: &Files,
    faults: &mut Faults,
) -> Node {
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
    let entries = reader.table(table);
    Node {
        span: Span::new(file, 0..0),
        value: Value::Table(entries),
    }
}

/// The parser's messages are terse; those that people meet are said in full.
fn syntax_fault(message: &str, span: Span, files: &Files) -> Diagnostic {
    let written = files.slice(span);
    let said = |what: &str| Diagnostic::new(Code::Syntax, span, format!("this is not TOML: {what}"));
    if message.contains("duplicate key") {
        return Diagnostic::new(
            Code::DuplicateId,
            span,
            format!("`{written}` is given twice in one table"),
        )
        .label("the second one")
        .help("keep one of them, or give the second another name");
    }
    if message.contains("string, expected `\"`") || message.contains("string, expected `'`") {
        return said("the quotes around this text are never closed");
    }
    if message.starts_with("string values must be quoted") {
        return if written.is_empty() {
            said("there is no value here")
        } else {
            said("this is no value").help("a text or an expression stands in quotes")
        };
    }
    if span.start == 0 && written.starts_with('{') {
        return said("it looks like JSON").help("results that `run --save` has kept are for `merge`");
    }
    if message.starts_with("invalid date") && written.len() <= "2018-02".len() {
        return said("a date has a year, a month and a day")
            .help(format!("a month or a year alone stands in quotes: \"{written}\""));
    }
    said(message)
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
            let node = self.node(value.get_ref(), value.span());
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

    fn node(&mut self, value: &DeValue<'_>, range: std::ops::Range<usize>) -> Node {
        let span = Span::new(self.file, range);
        let value = match value {
            DeValue::String(text) => Value::Text(text.to_string()),
            DeValue::Integer(integer) => {
                let digits = integer.as_str();
                match i64::from_str_radix(digits, integer.radix()) {
                    Ok(whole) => Value::Integer(whole),
                    Err(_) => match digits.parse() {
                        Ok(number) if integer.radix() == 10 => Value::Float(number),
                        _ => self.refuse(Code::OutOfRange, span, "this whole number is too large"),
                    },
                }
            }
            DeValue::Float(float) => match float.as_str().parse::<f64>() {
                Ok(number) if number.is_finite() => Value::Float(number),
                _ => self.refuse(Code::OutOfRange, span, "a number must be finite"),
            },
            DeValue::Boolean(boolean) => Value::Boolean(*boolean),
            DeValue::Datetime(moment) => match calendar_day(moment) {
                Some(day) => Value::Date(day),
                None => self.refuse(Code::BadUnit, span, "a date is a calendar day, like 2018-06-11"),
            },
            DeValue::Array(items) => {
                let items = items.iter().map(|item| self.node(item.get_ref(), item.span()));
                Value::Array(items.collect())
            }
            DeValue::Table(table) => Value::Table(self.table(table)),
        };
        Node { span, value }
    }

    fn refuse(&mut self, code: Code, span: Span, message: &str) -> Value {
        self.faults.push(Diagnostic::new(code, span, message));
        Value::Faulty
    }
}

fn calendar_day(moment: &toml::value::Datetime) -> Option<Date> {
    let date = moment.date.filter(|_| moment.time.is_none())?;
    let month = time::Month::try_from(date.month).ok()?;
    Date::from_calendar_date(i32::from(date.year), month, date.day).ok()
}
