//! Reads typed values from the tree, reporting every fault and going on.

use crate::diagnostic::{Code, Diagnostic, Faults, Span, nearest};

use super::shape::{Role, Shape};
use super::tree::{Entry, Key, Node, Value};

/// What reading needs and collects.
pub struct Reader<'a> {
    /// What is wrong so far.
    pub faults: &'a mut Faults,
}

/// A type that can be read from a node of the tree.
pub trait Read: Sized {
    /// What the type is called in "expected ...".
    const EXPECTS: &'static str;

    /// What may stand there.
    fn shape() -> Shape {
        Shape::Any
    }

    /// Reads it; `None` if it is faulty, which has then been reported.
    fn read(node: &Node, reader: &mut Reader<'_>) -> Option<Self>;
}

impl Reader<'_> {
    /// Reports that a node is of another type than was expected.
    pub fn wrong_type(&mut self, node: &Node, expects: &str) {
        self.wrong_type_but(node, expects, None);
    }

    /// The same, with a way to mend it.
    pub fn wrong_type_but(&mut self, node: &Node, expects: &str, help: Option<String>) {
        // What could not be read as any value has been reported.
        if matches!(node.value, Value::Faulty) {
            return;
        }
        let found = node.value.describe();
        let mut fault = Diagnostic::new(Code::WrongType, node.span, format!("expected {expects}, found {found}"));
        fault.help.extend(help);
        self.faults.push(fault);
    }
}

/// A key of a table: its name and its meaning.
#[derive(Debug, Clone, Copy)]
pub struct Field {
    /// The key.
    pub name: &'static str,
    /// What stands under it.
    pub expects: &'static str,
    /// What it means.
    pub meaning: &'static str,
    /// Whether it must be there.
    pub required: bool,
    /// What its value is for.
    pub role: Role,
    /// What may stand under it.
    pub(super) shape: fn() -> Shape,
}

/// The entries of a table that is read field by field.
pub struct Fields<'a> {
    span: Span,
    entries: &'a [Entry],
    faulty: Vec<&'static str>,
    /// The keys that unknown ones were probably meant to be.
    meant: Vec<&'static str>,
}

impl<'a> Fields<'a> {
    /// Opens a table, and reports its keys that are not among `fields`.
    pub fn open(node: &'a Node, what: &str, fields: &[Field], reader: &mut Reader<'_>) -> Option<Self> {
        let Value::Table(entries) = &node.value else {
            let names: Vec<_> = fields.iter().map(|field| field.name).collect();
            let help = format!("{what} is a table; its keys are {}", names.join(", "));
            reader.wrong_type_but(node, "a table", Some(help));
            return None;
        };
        let mut meant = Vec::new();
        for entry in entries {
            let key = &entry.key;
            if fields.iter().all(|field| field.name != key.text) {
                let message = format!("{what} has no key `{}`", key.text);
                let names = fields.iter().map(|field| field.name);
                meant.extend(nearest(&key.text, names.clone()));
                let mut fault = Diagnostic::new(Code::UnknownKey, key.span, message).suggest(&key.text, names.clone());
                if fault.help.is_empty() {
                    fault = fault.help(format!("its keys are {}", names.collect::<Vec<_>>().join(", ")));
                }
                reader.faults.push(fault);
            }
        }
        Some(Fields {
            span: node.span,
            entries,
            faulty: Vec::new(),
            meant,
        })
    }

    /// The fields that were there and could not be read.
    pub fn faulty(self) -> Vec<&'static str> {
        self.faulty
    }

    /// Reads one field; `None` if it is not there or faulty.
    pub fn take<T: Read>(&mut self, field: &Field, what: &str, reader: &mut Reader<'_>) -> Option<T> {
        match self.entries.iter().find(|entry| entry.key.text == field.name) {
            Some(entry) => {
                let read = T::read(&entry.node, reader);
                if read.is_none() {
                    self.faulty.push(field.name);
                }
                read
            }
            None => {
                if self.meant.contains(&field.name) {
                    self.faulty.push(field.name);
                } else if field.required {
                    let message = if T::EXPECTS.starts_with('[') {
                        format!("{what} needs the table `{}`", T::EXPECTS)
                    } else {
                        format!("{what} needs `{}`", field.name)
                    };
                    reader
                        .faults
                        .push(Diagnostic::new(Code::MissingKey, self.span, message));
                }
                None
            }
        }
    }
}

/// Declares a table of the scenario once: the type, how it is read, and what each key means.
macro_rules! table {
    (
        $(#[doc = $about:literal])*
        $name:ident: $what:literal $(or just $short:ident)? {
            $( $(#[doc = $meaning:literal])* $field:ident: $type:ty $(as $role:ident)? $(, $required:ident)?; )*
        }
    ) => {
        $(#[doc = $about])*
        #[derive(Debug, Clone)]
        pub struct $name {
            /// Where the table stands.
            pub span: $crate::diagnostic::Span,
            /// The keys that are there and could not be read, which has been reported.
            pub faulty: Vec<&'static str>,
            $( $(#[doc = $meaning])* pub $field: Option<$type>, )*
        }

        impl $name {
            /// The keys of the table, in the order in which they are documented.
            pub const FIELDS: &'static [$crate::scenario::read::Field] = &[
                $( $crate::scenario::read::Field {
                    name: $crate::scenario::read::key_name(stringify!($field)),
                    expects: <$type as $crate::scenario::read::Read>::EXPECTS,
                    meaning: concat!($($meaning),*),
                    required: table!(@required $($required)?),
                    role: table!(@role $($role)?),
                    shape: <$type as $crate::scenario::read::Read>::shape,
                }, )*
            ];
        }

        impl $crate::scenario::read::Read for $name {
            const EXPECTS: &'static str = $what;

            fn shape() -> $crate::scenario::shape::Shape {
                $crate::scenario::shape::Shape::Table($crate::scenario::shape::Table {
                    name: stringify!($name),
                    what: $what,
                    about: concat!($($about),*).trim_ascii(),
                    fields: Self::FIELDS,
                    short: table!(@short $($short)?),
                })
            }

            fn read(
                node: &$crate::scenario::tree::Node,
                reader: &mut $crate::scenario::read::Reader<'_>,
            ) -> Option<Self> {
                // Written short, it is the value of its main key.
                const MAIN: Option<&str> = table!(@short $($short)?);
                if let Some(main) = MAIN.filter(|main| $crate::scenario::read::is_short(node, main)) {
                    return Some($name {
                        span: node.span,
                        faulty: Vec::new(),
                        $( $field: match stringify!($field) == main {
                            true => Some(<$type as $crate::scenario::read::Read>::read(node, reader)?),
                            false => None,
                        }, )*
                    });
                }
                let mut fields = $crate::scenario::read::Fields::open(node, $what, Self::FIELDS, reader)?;
                let mut declared = Self::FIELDS.iter();
                $( let $field = declared.next().and_then(|field| fields.take(field, $what, reader)); )*
                Some($name {
                    span: node.span,
                    faulty: fields.faulty(),
                    $( $field, )*
                })
            }
        }
    };
    (@required required) => { true };
    (@required) => { false };
    (@role $role:ident) => { $crate::scenario::shape::Role::$role };
    (@role) => { $crate::scenario::shape::Role::Plain };
    (@short $short:ident) => { Some(stringify!($short)) };
    (@short) => { None };
}
pub(super) use table;

/// Whether a table is written short: as the value of its main key alone.
pub fn is_short(node: &Node, main: &str) -> bool {
    let Value::Table(entries) = &node.value else {
        return true;
    };
    let has = |test: &dyn Fn(&str) -> bool| entries.iter().any(|entry| test(&entry.key.text));
    !has(&|key| key == main) && has(&super::amount::is_main_key)
}

/// The key that a Rust field stands for: `for` and `where` are words of Rust and carry an underscore there.
pub const fn key_name(field: &'static str) -> &'static str {
    match field.as_bytes() {
        b"for_" => "for",
        b"where_" => "where",
        _ => field,
    }
}

/// A string and its place.
#[derive(Debug, Clone)]
pub struct Text {
    /// Where it stands, quotes included.
    pub span: Span,
    /// What it says.
    pub text: String,
}

impl Read for Text {
    const EXPECTS: &'static str = "a string";

    fn shape() -> Shape {
        Shape::Text
    }

    fn read(node: &Node, reader: &mut Reader<'_>) -> Option<Self> {
        match &node.value {
            Value::Text(text) => Some(Text {
                span: node.span,
                text: text.clone(),
            }),
            _ => {
                reader.wrong_type(node, Self::EXPECTS);
                None
            }
        }
    }
}

/// A keyed table: its entries in the order of the file.
#[derive(Debug, Clone)]
pub struct Keyed<T> {
    /// The entries that could be read.
    pub entries: Vec<(Key, T)>,
    /// The keys of those that could not, which has been reported.
    pub faulty: Vec<Key>,
}

impl<T> Default for Keyed<T> {
    fn default() -> Self {
        Keyed {
            entries: Vec::new(),
            faulty: Vec::new(),
        }
    }
}

impl<T: Read> Read for Keyed<T> {
    const EXPECTS: &'static str = "a table";

    fn shape() -> Shape {
        Shape::Keyed(Box::new(T::shape()))
    }

    fn read(node: &Node, reader: &mut Reader<'_>) -> Option<Self> {
        let Value::Table(entries) = &node.value else {
            let is_list = matches!(&node.value, Value::Array(items) if !items.is_empty());
            let help = is_list.then(|| "every entry has an id of its own: [TABLE.ID] in place of [[TABLE]]".to_owned());
            reader.wrong_type_but(node, Self::EXPECTS, help);
            return None;
        };
        let mut keyed = Keyed::default();
        for entry in entries {
            match T::read(&entry.node, reader) {
                Some(read) => keyed.entries.push((entry.key.clone(), read)),
                None => keyed.faulty.push(entry.key.clone()),
            }
        }
        Some(keyed)
    }
}

impl<T: Read> Read for Vec<T> {
    const EXPECTS: &'static str = "a list";

    fn shape() -> Shape {
        Shape::List(Box::new(T::shape()))
    }

    fn read(node: &Node, reader: &mut Reader<'_>) -> Option<Self> {
        let Value::Array(items) = &node.value else {
            let help = format!("write it in brackets, each entry {}", T::EXPECTS);
            reader.wrong_type_but(node, Self::EXPECTS, Some(help));
            return None;
        };
        Some(items.iter().filter_map(|item| T::read(item, reader)).collect())
    }
}

/// One string, or a list of them.
#[derive(Debug, Clone)]
pub struct OneOrMany(pub Vec<Text>);

impl Read for OneOrMany {
    const EXPECTS: &'static str = "a string or a list of strings";

    fn shape() -> Shape {
        Shape::OneOrMany
    }

    fn read(node: &Node, reader: &mut Reader<'_>) -> Option<Self> {
        match &node.value {
            Value::Array(_) => Vec::read(node, reader).map(OneOrMany),
            Value::Text(_) => Text::read(node, reader).map(|text| OneOrMany(vec![text])),
            _ => {
                reader.wrong_type(node, Self::EXPECTS);
                None
            }
        }
    }
}

/// True or false, and its place.
#[derive(Debug, Clone, Copy)]
pub struct Flag {
    /// Where it stands.
    pub span: Span,
    /// What it says.
    pub value: bool,
}

impl Read for Flag {
    const EXPECTS: &'static str = "true or false";

    fn shape() -> Shape {
        Shape::Flag
    }

    fn read(node: &Node, reader: &mut Reader<'_>) -> Option<Self> {
        match node.value {
            Value::Boolean(value) => Some(Flag { span: node.span, value }),
            _ => {
                reader.wrong_type(node, Self::EXPECTS);
                None
            }
        }
    }
}

/// A whole number of at least 0, and its place.
#[derive(Debug, Clone, Copy)]
pub struct Whole {
    /// Where it stands.
    pub span: Span,
    /// What it says.
    pub value: u64,
}

impl Read for Whole {
    const EXPECTS: &'static str = "a whole number of at least 0";

    fn shape() -> Shape {
        Shape::Whole
    }

    fn read(node: &Node, reader: &mut Reader<'_>) -> Option<Self> {
        let span = node.span;
        match node.value {
            Value::Integer(value) => match u64::try_from(value) {
                Ok(value) => Some(Whole { span, value }),
                Err(_) => {
                    let message = format!("expected {}, found {value}", Self::EXPECTS);
                    reader.faults.push(Diagnostic::new(Code::OutOfRange, span, message));
                    None
                }
            },
            // 1 and 1.0 are the same number.
            Value::Float(value) if (0.0..9e15).contains(&value) && value.fract() == 0.0 => Some(Whole {
                span,
                value: value as u64,
            }),
            Value::Float(value) => {
                let message = if value >= 9e15 {
                    "this whole number is too large".to_owned()
                } else {
                    format!("expected {}, found {value}", Self::EXPECTS)
                };
                reader.faults.push(Diagnostic::new(Code::OutOfRange, span, message));
                None
            }
            _ => {
                reader.wrong_type(node, Self::EXPECTS);
                None
            }
        }
    }
}

/// A calendar day, and its place.
#[derive(Debug, Clone, Copy)]
pub struct Day {
    /// Where it stands.
    pub span: Span,
    /// The day.
    pub date: time::Date,
}

impl Read for Day {
    const EXPECTS: &'static str = "a date, like 2018-06-11";

    fn shape() -> Shape {
        Shape::Day
    }

    fn read(node: &Node, reader: &mut Reader<'_>) -> Option<Self> {
        match &node.value {
            Value::Date(date) => Some(Day {
                span: node.span,
                date: *date,
            }),
            Value::Text(text) => {
                let fault = Diagnostic::new(Code::BadUnit, node.span, "a date is written without quotes");
                let written = super::date::parse(text).map_or("2018-06-11", |_| text.as_str());
                reader.faults.push(fault.help(format!("write it like {written}")));
                None
            }
            _ => {
                reader.wrong_type(node, Self::EXPECTS);
                None
            }
        }
    }
}

/// A calendar day, or the end of the run, and its place.
#[derive(Debug, Clone, Copy)]
pub enum Moment {
    /// A day.
    Day(Day),
    /// The horizon.
    Horizon(Span),
}

impl Read for Moment {
    const EXPECTS: &'static str = "a date, like 2018-06-11, or \"horizon\"";

    fn read(node: &Node, reader: &mut Reader<'_>) -> Option<Self> {
        match &node.value {
            Value::Text(text) if text == "horizon" => Some(Moment::Horizon(node.span)),
            Value::Text(text) if super::date::parse(text).is_none() => {
                let fault = Diagnostic::new(Code::BadUnit, node.span, format!("expected {}", Self::EXPECTS));
                reader.faults.push(match nearest(text, ["horizon"]) {
                    Some(word) => fault.help(format!("did you mean \"{word}\"?")),
                    None => fault,
                });
                None
            }
            Value::Text(_) | Value::Date(_) => Day::read(node, reader).map(Moment::Day),
            _ => {
                reader.wrong_type(node, Self::EXPECTS);
                None
            }
        }
    }
}
