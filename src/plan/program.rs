//! What the engines play: the core with its constants worked in, its parameters in the order in which they can be
//! settled, and for every change the clocks that it concerns.

use crate::distribution::{Distribution, Family, Sampler};
use crate::expr::Tree;

use super::observed::Observed;

/// Index of a site in [`Plan::sites`].
pub type SiteIndex = usize;

/// A core made ready to be played.
#[derive(Debug)]
pub struct Plan {
    /// How long a run lasts, in years.
    pub horizon: f64,
    /// How many events a run may fire.
    pub limit: u64,
    /// The addresses that draws are keyed by.
    pub sites: Vec<String>,
    /// The parameters, in an order in which each reads only those before it.
    pub parameters: Vec<PlannedParameter>,
    /// The variables, by the index that trees use.
    pub variables: Vec<PlannedVariable>,
    /// The definitions, by the index that trees use.
    pub definitions: Vec<Tree>,
    /// The clocks, in the order in which ties are broken; a clock has the index of its event.
    pub clocks: Vec<Clock>,
    /// The moments at which a condition that compares `now` changes.
    pub alarms: Vec<Alarm>,
    /// The conditions of the outcomes, in order.
    pub outcomes: Vec<Outcome>,
    /// What is measured at the end.
    pub measures: Vec<Tree>,
    /// What is looked at along the way: the series, in the order of [`Observed::series`], and behind them the statements
    /// of claims, in the order of their own list.
    pub series: Vec<Tree>,
    /// When these are taken, in order of time: the time, the index in [`Plan::series`], and which of its points it is.
    pub samples: Vec<(f64, usize, usize)>,
    /// The names of what is observed.
    pub observed: Observed,
}

/// A way a run can end.
#[derive(Debug)]
pub struct Outcome {
    /// When it has ended so.
    pub when: Tree,
    /// What stands for it in a run's checksum.
    pub key: u64,
}

/// A parameter and where its value goes.
#[derive(Debug)]
pub struct PlannedParameter {
    /// Its index, which trees use.
    pub index: usize,
    /// Where its value comes from.
    pub value: PlannedQuantity,
}

/// An expression, or a draw at a site.
#[derive(Debug)]
pub enum PlannedQuantity {
    /// The value of an expression.
    Fixed(Tree),
    /// A draw.
    Drawn(SiteIndex, PlannedDraw),
}

/// A distribution, as far prepared as its arguments allow.
#[derive(Debug)]
pub enum PlannedDraw {
    /// All arguments are constant.
    Prepared(Sampler),
    /// Some argument varies by run.
    Varying {
        /// Which distribution.
        family: Family,
        /// Its arguments.
        arguments: Vec<Tree>,
        /// Where it is cut.
        truncate: Option<[Tree; 2]>,
    },
    /// True with a chance.
    Bernoulli(Tree),
    /// One of some values, by weight.
    Discrete(Vec<f64>, Vec<Tree>),
}

impl PlannedDraw {
    /// Prepares a distribution whose arguments are constant.
    pub fn prepared(distribution: Distribution) -> Self {
        PlannedDraw::Prepared(Sampler::new(distribution))
    }
}

/// A variable at the start of a run.
#[derive(Debug)]
pub struct PlannedVariable {
    /// What it holds.
    pub initial: Tree,
    /// A run in which it goes below this has failed.
    pub at_least: Option<Tree>,
}

/// An event, seen by the engine.
#[derive(Debug)]
pub struct Clock {
    /// It can ring while this holds.
    pub when: Tree,
    /// While this holds it is paused.
    pub hold: Tree,
    /// What it goes by.
    pub kind: ClockKind,
    /// The site of its own draws.
    pub site: SiteIndex,
    /// The greatest number of firings.
    pub most: u64,
    /// What it changes.
    pub then: Vec<Change>,
    /// The ways it can turn out.
    pub choice: Choice,
    /// Whether it ends the run.
    pub stop: bool,
    /// What stands for it in a run's checksum.
    pub key: u64,
    /// The clocks to bring up to date after it has fired without a branch, itself among them; ascending.
    pub concerns: Vec<usize>,
}

/// What a clock goes by.
#[derive(Debug)]
pub enum ClockKind {
    /// A rate, a year.
    Rate(Tree),
    /// A time after its condition began to hold.
    After(PlannedDelay),
    /// A moment, in years since the start.
    On(f64),
    /// As its condition begins to hold.
    AtOnce,
}

/// The length of a delay.
#[derive(Debug)]
pub enum PlannedDelay {
    /// The value of an expression, in years.
    Fixed(Tree),
    /// A draw at the clock's site.
    Drawn(PlannedDraw),
}

/// The ways an event can turn out.
#[derive(Debug)]
pub enum Choice {
    /// Only one.
    None,
    /// The only one there is.
    One(Way),
    /// One of two, by one draw.
    Pair(SiteIndex, [Way; 2]),
    /// One of several, by a race with a site for each.
    Race(Vec<(SiteIndex, Way)>),
    /// The first whose condition holds.
    First(Vec<Way>),
}

/// One way an event can turn out.
#[derive(Debug)]
pub struct Way {
    /// Its weight, or its condition.
    pub measure: Tree,
    /// Of a condition that compares a draw that was kept with a chance, the chance: told in the story of a run.
    pub chance: Option<Tree>,
    /// What it changes.
    pub then: Vec<Change>,
    /// The clocks to bring up to date after the event has turned out so, the event's own among them; ascending.
    pub concerns: Vec<usize>,
}

/// A variable gets a value.
#[derive(Debug, Clone)]
pub struct Change {
    /// The variable's index.
    pub variable: usize,
    /// What it gets.
    pub value: Tree,
}

/// A moment at which a condition that compares `now` changes.
#[derive(Debug)]
pub struct Alarm {
    /// The moment that `now` is compared with.
    pub at: Tree,
    /// Whether the condition changes only after the moment itself.
    pub after: bool,
    /// The clocks whose conditions it changes; ascending.
    pub concerns: Vec<usize>,
}
