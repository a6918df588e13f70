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
    /// Whoever claims go back to.
    pub origins: Vec<Origin>,
    /// What has been said.
    pub claims: Vec<Claim>,
    /// What a run must fulfil to be looked at.
    pub given: Vec<Given>,
    /// How it really ended.
    pub resolution: Option<Resolution>,
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

    pub(super) fn all_mut(&mut self) -> &mut [Branch] {
        match self {
            Branches::None => &mut [],
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

/// Whoever claims go back to.
#[derive(Debug, Clone)]
pub struct Origin {
    /// Its id is its address.
    pub about: About,
    /// The chance that it is informed, 0 to 1.
    pub reliability: f64,
    /// The chance that each of its claims is made if it is not informed, where they do not say so themselves.
    pub if_uninformed: Option<f64>,
}

/// Something that was said.
#[derive(Debug, Clone)]
pub struct Claim {
    /// Its id is its address.
    pub about: About,
    /// When it was said.
    pub said: Date,
    /// On which day what it says is judged; none for the horizon.
    pub judged: Option<Date>,
    /// What it says.
    pub says: Tree,
    /// The chance that it is made if that is true, 0 to 1.
    pub if_true: f64,
    /// The chance that it is made if that is false, 0 to 1.
    pub if_false: f64,
    /// The chance that it is made if its origin is not informed, where it says so itself.
    pub if_uninformed: Option<f64>,
    /// The index of the origin that it goes back to.
    pub origin: Option<usize>,
}

/// What a run must fulfil to be looked at.
#[derive(Debug, Clone)]
pub struct Given {
    /// The condition as it was typed.
    pub written: String,
    /// The condition.
    pub says: Tree,
    /// On which day it is judged; none for the horizon.
    pub judged: Option<Date>,
}

/// How it really ended.
#[derive(Debug, Clone)]
pub struct Resolution {
    /// Its sources and what is said of it.
    pub about: About,
    /// The index of the outcome; one past the last for `unresolved`.
    pub outcome: usize,
    /// When that was settled.
    pub on: Date,
    /// Whether the outcomes stand in an order.
    pub ordered: bool,
    /// Whether the authors knew; none if they do not say.
    pub authors_knew: Option<bool>,
    /// Cases of the same kind.
    pub base_rate: Option<BaseRate>,
}

/// A table of cases, and which of them count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BaseRate {
    /// The path of the table, relative to the folder of the scenario.
    pub table: String,
    /// The id of the case itself, which is left out.
    pub case: Option<String>,
    /// The column with the ids of the cases.
    pub id_column: String,
    /// The column that says what a case came to.
    pub outcome_column: String,
    /// Columns, each with the values of which it must have one for a case to count.
    pub where_: Vec<(String, Vec<String>)>,
    /// Outcomes by id, each with what the table calls it.
    pub called: Vec<(String, Vec<String>)>,
}

impl BaseRate {
    /// The column with the ids of the cases, if nothing else is said.
    pub const ID_COLUMN: &'static str = "case_id";
    /// The column that says what a case came to, if nothing else is said.
    pub const OUTCOME_COLUMN: &'static str = "outcome_class";

    /// All cases of a table that calls the outcomes by their ids.
    pub fn of_table(table: String) -> Self {
        BaseRate {
            table,
            case: None,
            id_column: Self::ID_COLUMN.to_owned(),
            outcome_column: Self::OUTCOME_COLUMN.to_owned(),
            where_: Vec::new(),
            called: Vec::new(),
        }
    }
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
