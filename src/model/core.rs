//! The core that every scenario is lowered to: parameters, variables, definitions and events, with what is observed.

use time::Date;

use crate::diagnostic::Span;
use crate::distribution::Family;
use crate::expr::{Names, Reference, Tree, Type};
use crate::scenario::Duration;

/// The outcome of a run that matches none of those declared.
pub const UNRESOLVED: &str = "unresolved";

/// A checked scenario, lowered.
#[derive(Debug, Clone)]
pub struct Core {
    /// What it is called.
    pub title: String,
    /// The first day.
    pub start: Date,
    /// How long a run lasts, in years.
    pub horizon: f64,
    /// The seed that the scenario asks for.
    pub seed: u64,
    /// How many runs the scenario asks for.
    pub runs: u64,
    /// How many events a run may fire.
    pub limit: u64,
    /// What is drawn or fixed before a run starts.
    pub parameters: Vec<Parameter>,
    /// What events change.
    pub variables: Vec<Variable>,
    /// Named expressions.
    pub definitions: Vec<Definition>,
    /// What can happen, in the order in which ties are broken.
    pub events: Vec<Event>,
    /// How a run can end, in the order in which they are tried.
    pub outcomes: Vec<Outcome>,
    /// What is measured at the end.
    pub measures: Vec<Measure>,
    /// What is measured along the way.
    pub series: Vec<Series>,
    /// The sources that the scenario declares, by id.
    pub sources: Vec<Source>,
}

/// Where a fact or a figure comes from; each part as far as it is given.
#[derive(Debug, Clone, Default)]
pub struct Source {
    /// Its id.
    pub id: String,
    /// Who wrote it.
    pub author: Option<String>,
    /// Who published it.
    pub publisher: Option<String>,
    /// What it is called.
    pub title: Option<String>,
    /// When: a date, a month or a year.
    pub date: Option<String>,
    /// Where it can be found.
    pub url: Option<String>,
    /// What the scenario's author says of it.
    pub note: Option<String>,
}

impl Source {
    /// Its parts with the keys that they have in a scenario.
    pub fn parts(&self) -> [(&'static str, Option<&str>); 6] {
        [
            ("author", self.author.as_deref()),
            ("publisher", self.publisher.as_deref()),
            ("title", self.title.as_deref()),
            ("date", self.date.as_deref()),
            ("url", self.url.as_deref()),
            ("note", self.note.as_deref()),
        ]
    }

    /// Author, publisher, title, date and place in one line.
    pub fn citation(&self) -> String {
        let parts = self.parts().into_iter().filter(|(key, _)| *key != "note");
        parts.filter_map(|(_, part)| part).collect::<Vec<_>>().join(", ")
    }
}

/// What is known of a declared thing beside its value.
#[derive(Debug, Clone, Default)]
pub struct About {
    /// Its address.
    pub address: String,
    /// Its printed name.
    pub name: Option<String>,
    /// The unit of its values.
    pub unit: Option<String>,
    /// Why it happens, in words.
    pub because: Option<String>,
    /// The ids of its sources.
    pub sources: Vec<String>,
    /// What its author says of it.
    pub note: Option<String>,
    /// Where it is declared.
    pub span: Span,
}

/// What is drawn or fixed before a run starts.
#[derive(Debug, Clone)]
pub struct Parameter {
    /// Its address, which is its site.
    pub about: About,
    /// What it yields.
    pub kind: Type,
    /// Where its value comes from.
    pub value: Quantity,
}

/// An expression, or a draw.
#[derive(Debug, Clone)]
pub enum Quantity {
    /// The value of an expression.
    Fixed(Tree),
    /// A draw from a distribution.
    Drawn(Draw),
}

/// A distribution, its arguments expressions.
#[derive(Debug, Clone)]
pub enum Draw {
    /// A distribution of numbers.
    Family {
        /// Which one.
        family: Family,
        /// Its arguments, in the family's order; durations in years.
        arguments: Vec<Tree>,
        /// The least and the greatest value, where it is cut.
        truncate: Option<[Tree; 2]>,
    },
    /// True with this chance.
    Bernoulli(Tree),
    /// One of the values, by weight. Of states, the value is the index.
    Discrete(Vec<(f64, Tree)>),
}

/// What events change.
#[derive(Debug, Clone)]
pub struct Variable {
    /// Its address.
    pub about: About,
    /// What it holds.
    pub kind: Type,
    /// What it holds at the start.
    pub initial: Tree,
    /// A run in which it goes below this has failed.
    pub at_least: Option<Tree>,
}

/// A named expression.
#[derive(Debug, Clone)]
pub struct Definition {
    /// Its address.
    pub about: About,
    /// What it yields.
    pub kind: Type,
    /// The expression.
    pub value: Tree,
}

/// Something that can happen.
#[derive(Debug, Clone)]
pub struct Event {
    /// Its address, which is its site.
    pub about: About,
    /// It can happen while this holds.
    pub when: Tree,
    /// While this holds, the clock is paused.
    pub hold: Tree,
    /// What its clock goes by.
    pub timing: Timing,
    /// The greatest number of firings; none for no bound.
    pub most: Option<u64>,
    /// What it changes, in order.
    pub then: Vec<Assign>,
    /// The ways it can turn out.
    pub branches: Branches,
    /// Whether it ends the run.
    pub stop: bool,
}

/// What a clock goes by.
#[derive(Debug, Clone)]
pub enum Timing {
    /// A rate, a year.
    Rate(Tree),
    /// A time after the condition began to hold, in years.
    After(Quantity),
    /// A day, and the years from the start to it.
    On(Date, f64),
    /// As the condition begins to hold.
    AtOnce,
}

/// The ways an event can turn out.
#[derive(Debug, Clone)]
pub enum Branches {
    /// Only one.
    None,
    /// One is drawn, by weight.
    Weighted(Vec<Branch>),
    /// The first whose condition holds; none, if none does.
    First(Vec<Branch>),
}

impl Branches {
    /// All of them, in order.
    pub fn all(&self) -> &[Branch] {
        match self {
            Branches::None => &[],
            Branches::Weighted(branches) | Branches::First(branches) => branches,
        }
    }
}

/// A way an event can turn out.
#[derive(Debug, Clone)]
pub struct Branch {
    /// Its address, `EVENT.branches.NAME`.
    pub about: About,
    /// Its name alone.
    pub id: String,
    /// Its weight, or its condition.
    pub measure: Tree,
    /// What it changes, in order.
    pub then: Vec<Assign>,
}

/// A variable gets a value.
#[derive(Debug, Clone)]
pub struct Assign {
    /// The index of the variable.
    pub variable: usize,
    /// What it gets.
    pub value: Tree,
}

/// A way a run can end.
#[derive(Debug, Clone)]
pub struct Outcome {
    /// Its id is its address.
    pub about: About,
    /// When a run has ended so.
    pub when: Tree,
}

/// What is measured at the end.
#[derive(Debug, Clone)]
pub struct Measure {
    /// Its id is its address.
    pub about: About,
    /// What is measured.
    pub value: Tree,
}

/// What is measured along the way.
#[derive(Debug, Clone)]
pub struct Series {
    /// Its id is its address.
    pub about: About,
    /// What is measured.
    pub value: Tree,
    /// The distance in time.
    pub every: Duration,
}

impl Names for Core {
    fn address(&self, reference: Reference) -> &str {
        let about = match reference {
            Reference::Parameter(index) => self.parameters.get(index).map(|p| &p.about),
            Reference::Variable(index) => self.variables.get(index).map(|v| &v.about),
            Reference::Definition(index) => self.definitions.get(index).map(|d| &d.about),
            Reference::Count(index) | Reference::FirstTime(index) => self.events.get(index).map(|e| &e.about),
        };
        about.map_or("", |about| &about.address)
    }
}

impl Core {
    /// The printed name of something, or its address.
    pub fn printed(about: &About) -> &str {
        about.name.as_deref().unwrap_or(&about.address)
    }

    /// The printed name of a branch, or its id.
    pub fn printed_branch(branch: &Branch) -> &str {
        branch.about.name.as_deref().unwrap_or(&branch.id)
    }

    /// The value of a tree that reads nothing but parameters with fixed values; none if it reads more.
    pub fn constant(&self, tree: &Tree) -> Option<f64> {
        if let Some(value) = tree.constant() {
            return Some(value);
        }
        match tree {
            Tree::Reference(Reference::Parameter(index)) => match &self.parameters.get(*index)?.value {
                Quantity::Fixed(value) => value.constant(),
                Quantity::Drawn(_) => None,
            },
            _ => None,
        }
    }
}
