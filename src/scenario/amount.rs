//! A number as the scenario gives it: plain, as an expression, or as a distribution, with where it comes from.

use crate::diagnostic::{Code, Diagnostic, Span, counted, nearest};
use crate::distribution::Family;

use super::read::{Flag, OneOrMany, Read, Reader, Text};
use super::shape::Shape;
use super::tree::{Entry, Key, Node, Value};

/// A number, or what yields one; where conditions are asked for, true or false.
#[derive(Debug, Clone)]
pub struct Amount {
    /// Where it stands.
    pub span: Span,
    /// How it is given.
    pub form: Form,
    /// The ids of its sources.
    pub source: Option<OneOrMany>,
    /// What its author says of it.
    pub note: Option<Text>,
    /// The printed name.
    pub name: Option<Text>,
    /// The unit of its values.
    pub unit: Option<Text>,
}

/// How a number is given.
#[derive(Debug, Clone)]
pub enum Form {
    /// As itself.
    Number(f64),
    /// As true or false.
    Boolean(bool),
    /// As a text: an expression, or a duration where one is asked for.
    Text(Text),
    /// As a distribution to be drawn from.
    Distribution(Box<Distribution>),
}

/// A distribution as it is written.
#[derive(Debug, Clone)]
pub struct Distribution {
    /// Where its name stands.
    pub name_span: Span,
    /// Which it is, with its arguments.
    pub kind: Kind,
    /// The least and the greatest value, where it is cut.
    pub truncate: Option<(Span, Vec<Amount>)>,
}

/// Which distribution, with its arguments.
#[derive(Debug, Clone)]
pub enum Kind {
    /// One of the families of numbers, with its arguments and where they stand together.
    Family(Family, Span, Vec<Amount>),
    /// True with a chance.
    Bernoulli(Amount),
    /// One of several values, each with its weight.
    Discrete(Vec<(Key, Amount)>),
}

const BERNOULLI: &str = "bernoulli";
const DISCRETE: &str = "discrete";
/// The keys that may stand beside the main key of a number.
pub const SIDE_KEYS: [&str; 5] = ["source", "note", "truncate", "name", "unit"];

/// The names of all distributions.
pub fn distribution_names() -> impl Iterator<Item = &'static str> {
    Family::ALL
        .iter()
        .map(|family| family.name())
        .chain([BERNOULLI, DISCRETE])
}

/// Whether a key makes a table a number: `value`, or the name of a distribution.
pub fn is_main_key(key: &str) -> bool {
    key == "value" || distribution_names().any(|name| name == key)
}

/// Whether a key may stand beside a main key.
pub fn is_side_key(key: &str) -> bool {
    SIDE_KEYS.contains(&key)
}

impl Read for Amount {
    const EXPECTS: &'static str = "a number, an expression in quotes or a distribution";

    fn shape() -> Shape {
        Shape::Amount
    }

    fn read(node: &Node, reader: &mut Reader<'_>) -> Option<Self> {
        let form = match &node.value {
            Value::Integer(whole) => Form::Number(*whole as f64),
            Value::Float(number) => Form::Number(*number),
            Value::Boolean(boolean) => Form::Boolean(*boolean),
            Value::Text(_) => Form::Text(Text::read(node, reader)?),
            Value::Table(entries) => return read_table(node, entries, reader),
            Value::Array(_) | Value::Date(_) | Value::Faulty => {
                reader.wrong_type(node, Self::EXPECTS);
                return None;
            }
        };
        Some(Amount {
            span: node.span,
            form,
            source: None,
            note: None,
            name: None,
            unit: None,
        })
    }
}

fn read_table(node: &Node, entries: &[Entry], reader: &mut Reader<'_>) -> Option<Amount> {
    let mut main = entries.iter().filter(|entry| is_main_key(&entry.key.text));
    let (first, second) = (main.next(), main.next());
    for entry in entries
        .iter()
        .filter(|e| !is_main_key(&e.key.text) && !is_side_key(&e.key.text))
    {
        let key = &entry.key.text;
        let known: Vec<_> = distribution_names().chain(["value"]).chain(SIDE_KEYS).collect();
        let mut fault = Diagnostic::new(Code::UnknownKey, entry.key.span, format!("a number has no key `{key}`"));
        fault = match nearest(key, known.iter().copied()) {
            Some(name) => fault.help(format!("did you mean `{name}`?")),
            None if first.is_some() => fault.help(format!("beside it may stand {}", SIDE_KEYS.join(", "))),
            None => fault.help(format!(
                "a distribution is one of {}",
                distribution_names().collect::<Vec<_>>().join(", ")
            )),
        };
        reader.faults.push(fault);
        first?;
    }
    let Some(first) = first else {
        reader.wrong_type(node, Amount::EXPECTS);
        return None;
    };
    if let Some(second) = second {
        let message = format!(
            "a number is given once, by `{}` or by `{}`",
            first.key.text, second.key.text
        );
        let fault = Diagnostic::new(Code::DuplicateId, second.key.span, message).context(first.key.span, "the first");
        reader.faults.push(fault);
        return None;
    }
    let side = |name: &str| {
        entries
            .iter()
            .find(|entry| entry.key.text == name)
            .map(|entry| &entry.node)
    };
    let source = side("source").and_then(|node| OneOrMany::read(node, reader));
    let mut text = |name: &str| side(name).and_then(|node| Text::read(node, reader));
    let (note, name, unit) = (text("note"), text("name"), text("unit"));
    let form = if first.key.text == "value" {
        if let Some(truncate) = side("truncate") {
            reader.faults.push(Diagnostic::new(
                Code::UnknownKey,
                truncate.span,
                "only a distribution can be truncated",
            ));
        }
        Amount::read(&first.node, reader)?.form
    } else {
        let kind = read_kind(first, reader);
        let truncate = side("truncate").and_then(|node| Some((node.span, read_list(node, reader)?)));
        Form::Distribution(Box::new(Distribution {
            name_span: first.key.span,
            kind: kind?,
            truncate,
        }))
    };
    Some(Amount {
        span: node.span,
        form,
        source,
        note,
        name,
        unit,
    })
}

fn read_kind(entry: &Entry, reader: &mut Reader<'_>) -> Option<Kind> {
    let name = entry.key.text.as_str();
    match name {
        DISCRETE => read_discrete(&entry.node, reader),
        BERNOULLI => {
            let mut arguments = read_list(&entry.node, reader)?;
            if arguments.len() == 1 {
                return arguments.pop().map(Kind::Bernoulli);
            }
            let message = format!(
                "bernoulli takes one chance, and has {}",
                counted(arguments.len(), "argument")
            );
            reader
                .faults
                .push(Diagnostic::new(Code::ImpossibleDistribution, entry.node.span, message));
            None
        }
        _ => {
            let family = Family::from_name(name)?;
            let arguments = read_list(&entry.node, reader)?;
            let wanted = family.parameters();
            if arguments.len() == wanted.len() {
                return Some(Kind::Family(family, entry.node.span, arguments));
            }
            let message = format!(
                "{name} takes [{}], and has {}",
                wanted.join(", "),
                counted(arguments.len(), "argument")
            );
            reader
                .faults
                .push(Diagnostic::new(Code::ImpossibleDistribution, entry.node.span, message));
            None
        }
    }
}

/// The arguments of a distribution: a list, or a single one without brackets.
fn read_list(node: &Node, reader: &mut Reader<'_>) -> Option<Vec<Amount>> {
    let Value::Array(items) = &node.value else {
        return Amount::read(node, reader).map(|argument| vec![argument]);
    };
    let arguments: Vec<_> = items.iter().filter_map(|item| Amount::read(item, reader)).collect();
    (arguments.len() == items.len()).then_some(arguments)
}

/// What a key without quotes was meant to be: 0.5 is read as the key 5 below the key 0.
fn number_of_keys(entry: &Entry) -> String {
    match &entry.node.value {
        Value::Table(below) if below.len() == 1 && below[0].key.text.chars().all(|c| c.is_ascii_digit()) => {
            format!("{}.{}", entry.key.text, below[0].key.text)
        }
        _ => entry.key.text.clone(),
    }
}

fn read_discrete(node: &Node, reader: &mut Reader<'_>) -> Option<Kind> {
    let Value::Table(entries) = &node.value else {
        reader.wrong_type(node, "a table of values and their weights, { \"value\" = weight }");
        return None;
    };
    let unquoted: Vec<_> = entries.iter().filter(|entry| !entry.key.quoted).collect();
    if !unquoted.is_empty() {
        for entry in &unquoted {
            let written = number_of_keys(entry);
            let fault = Diagnostic::new(Code::UnquotedKey, entry.key.span, "the values of `discrete` are quoted").help(
                format!("write \"{written}\" = ...: without quotes, 0.5 would be two keys, 0 and 5"),
            );
            reader.faults.push(fault);
        }
        return None;
    }
    let weights: Vec<_> = entries
        .iter()
        .filter_map(|entry| Some((entry.key.clone(), Amount::read(&entry.node, reader)?)))
        .collect();
    if entries.is_empty() {
        reader.faults.push(Diagnostic::new(
            Code::ImpossibleDistribution,
            node.span,
            "discrete needs at least one value",
        ));
    }
    (weights.len() == entries.len() && !weights.is_empty()).then_some(Kind::Discrete(weights))
}

/// How often an event may fire: true for any number of times, or a number.
#[derive(Debug, Clone, Copy)]
pub struct Repeats {
    /// Where it stands.
    pub span: Span,
    /// The greatest number of firings; none for no bound.
    pub most: Option<u64>,
}

impl Read for Repeats {
    const EXPECTS: &'static str = "true, or a whole number of at least 1";

    fn shape() -> Shape {
        Shape::Repeats
    }

    fn read(node: &Node, reader: &mut Reader<'_>) -> Option<Self> {
        let span = node.span;
        let most = match node.value {
            Value::Boolean(_) => match Flag::read(node, reader)?.value {
                true => None,
                false => Some(1),
            },
            _ => match Amount::read(node, reader)?.form {
                Form::Number(most) if most >= 1.0 && most.fract() == 0.0 && most < 9e15 => Some(most as u64),
                _ => {
                    let message = format!("expected {}", Self::EXPECTS);
                    reader.faults.push(Diagnostic::new(Code::OutOfRange, span, message));
                    return None;
                }
            },
        };
        Some(Repeats { span, most })
    }
}
