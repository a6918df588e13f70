//! What may stand where in a scenario, as data: made from the declarations that parse it, for editors and for the reference.

use super::read::Field;

/// What a value may be.
#[derive(Debug, Clone)]
pub enum Shape {
    /// Anything.
    Any,
    /// A string.
    Text,
    /// A whole number of at least 0.
    Whole,
    /// True or false.
    Flag,
    /// A date.
    Day,
    /// A number, an expression in quotes, a distribution, or any of them with its source.
    Amount,
    /// How often something may happen: true, or a whole number of at least 1.
    Repeats,
    /// A string, or a list of them.
    OneOrMany,
    /// A date, a month in quotes or a year.
    SourceDate,
    /// A list.
    List(Box<Shape>),
    /// A table with an id of the author's own for each entry.
    Keyed(Box<Shape>),
    /// A part of the table of the same name at the top of the scenario; under another name, addresses with their values.
    Overlay,
    /// A table with fixed keys.
    Table(Table),
}

/// A table with fixed keys.
#[derive(Debug, Clone, Copy)]
pub struct Table {
    /// What the code calls it, in one word.
    pub name: &'static str,
    /// What messages call it, with its article.
    pub what: &'static str,
    /// What it is, in a sentence.
    pub about: &'static str,
    /// Its keys.
    pub fields: &'static [Field],
    /// The key whose value may stand in place of the table.
    pub short: Option<&'static str>,
}

/// What a value under a key is for: its unit, its range, or what it is chosen from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Nothing more is known of it.
    Plain,
    /// True or false.
    Condition,
    /// A span of time.
    Duration,
    /// How often a year.
    Rate,
    /// A probability.
    Chance,
    /// A part of a whole.
    Share,
    /// A number of units of a system.
    Units,
    /// Money.
    Price,
    /// SIPRI's trend-indicator value.
    TrendIndicator,
    /// A weight, relative to others.
    Weight,
    /// How close two actors are.
    Affinity,
    /// What a rule decides.
    Decision,
    /// By what means somebody objects.
    Channel,
}

/// What a rule of a policy can decide.
pub const DECISIONS: [&str; 3] = ["sell", "refuse", "delay"];
/// The means by which somebody objects.
pub const CHANNELS: [&str; 5] = ["protest", "alliance", "sanctions", "licence", "embargo"];

impl Role {
    /// The unit or the range of its values, in words.
    pub fn unit(self) -> Option<&'static str> {
        match self {
            Role::Plain | Role::Decision | Role::Channel => None,
            Role::Condition => Some("true or false"),
            Role::Duration => Some("a duration such as \"9 months\"; an expression is in years"),
            Role::Rate => Some("a year"),
            Role::Chance | Role::Share => Some("0 to 1"),
            Role::Units => Some("units"),
            Role::Price => Some("millions of US dollars"),
            Role::TrendIndicator => Some("millions of SIPRI TIV a unit"),
            Role::Weight => Some("relative"),
            Role::Affinity => Some("-1 to 1"),
        }
    }

    /// The least and the greatest value, where both are fixed.
    pub fn range(self) -> Option<[f64; 2]> {
        match self {
            Role::Chance | Role::Share => Some([0.0, 1.0]),
            Role::Affinity => Some([-1.0, 1.0]),
            _ => None,
        }
    }

    /// Whether a value below 0 is refused, however large it may be.
    pub fn is_never_negative(self) -> bool {
        matches!(self, Role::Rate | Role::Weight)
    }

    /// The texts that it is chosen from.
    pub fn choices(self) -> &'static [&'static str] {
        match self {
            Role::Decision => &DECISIONS,
            Role::Channel => &CHANNELS,
            _ => &[],
        }
    }
}

impl Field {
    /// What stands under it.
    pub fn shape(&self) -> Shape {
        (self.shape)()
    }

    /// What it means, in a sentence.
    pub fn meaning(&self) -> &'static str {
        self.meaning.trim()
    }
}
