//! What is done to many runs at once: straight-line code over registers, one entry a run, and effects on the state.

use crate::distribution::Family;
use crate::plan::SiteIndex;

use super::graph::{One, Two};

/// Index of a register.
pub type Register = u16;

/// The register that holds the time.
pub const NOW: Register = 0;

/// Where an operand is found.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Operand {
    /// In a register.
    Register(Register),
    /// The same number for every run.
    Constant(f64),
}

/// Straight-line code.
#[derive(Debug, Default)]
pub struct Program {
    /// What is done, in order.
    pub instructions: Vec<Instruction>,
    /// How many registers it uses.
    pub registers: usize,
}

/// A step of a program.
#[derive(Debug)]
pub enum Instruction {
    /// A register gets what a cell of each row holds.
    Load {
        /// The cell.
        cell: u32,
        /// The register.
        out: Register,
    },
    /// A register gets what is worked out from others.
    Work(Work, Register),
    /// Something is done to the state.
    Effect(Effect<Operand>),
}

/// What can be worked out from registers.
#[derive(Debug, Clone, Copy)]
pub enum Work {
    /// What an operator or a function makes of a register.
    One(One, Register),
    /// What an operator or a function makes of two operands.
    Two(Two, [Operand; 2]),
    /// One of two operands: where a register is true, and where not.
    Select(Register, [Operand; 2]),
}

/// What can be done to the state of runs. `V` is how a value is given: a node of a graph, or an operand.
#[derive(Debug, Clone)]
pub enum Effect<V> {
    /// A cell gets a value.
    Store(u32, V),
    /// A run fails if the first is not at least the second.
    AtLeast(V, V),
    /// A cell gets what a site draws at its first occurrence.
    Draw(u32, Drawn<V>),
    /// An alarm is set to a moment, or to just after it.
    Alarm(usize, V, bool),
    /// What is asked for gets its value.
    Output(usize, V),
    /// A clock begins anew, or is done if it has fired as often as it may.
    Reset {
        /// The clock.
        clock: usize,
        /// How often it may fire.
        most: f64,
        /// What its slot holds as it begins anew.
        fresh: f64,
        /// What its slot holds once it is done.
        done: f64,
    },
    /// A clock gets a rate.
    Rate(usize, V),
    /// A clock that has drawn nothing for its next firing gets a rate.
    FirstRate(usize, V),
    /// A clock that goes by a rate is switched off.
    RateOff(usize),
    /// A clock that goes by a time gets a condition and a pause.
    Timed {
        /// The clock.
        clock: usize,
        /// Whether it waits for a day, before which nothing concerns it.
        day: bool,
        /// Whether its condition holds.
        when: V,
        /// Whether it is paused.
        hold: V,
        /// How long it takes from when its condition begins to hold.
        delay: Delay<V>,
    },
}

/// How long a clock takes from when its condition begins to hold.
#[derive(Debug, Clone)]
pub enum Delay<V> {
    /// No time.
    Nothing,
    /// A known time.
    Fixed(V),
    /// A drawn time.
    Drawn(Drawn<V>),
}

/// A draw at a site.
#[derive(Debug, Clone)]
pub struct Drawn<V> {
    /// The site.
    pub site: SiteIndex,
    /// What a uniform number becomes.
    pub law: Law<V>,
}

/// What a uniform number becomes.
#[derive(Debug, Clone)]
pub enum Law<V> {
    /// What the site yields is the value already.
    Prepared,
    /// A distribution whose arguments vary, and where it is cut.
    Varying(Family, Vec<V>, Option<[V; 2]>),
    /// True with a chance.
    Bernoulli(V),
    /// One of some values, by weight.
    Discrete(Vec<f64>, Vec<V>),
}

impl<V: Copy> Effect<V> {
    /// The same effect with values given another way.
    pub fn map<W>(&self, mut map: impl FnMut(V) -> W) -> Effect<W> {
        match self {
            Effect::Store(cell, value) => Effect::Store(*cell, map(*value)),
            Effect::AtLeast(value, least) => Effect::AtLeast(map(*value), map(*least)),
            Effect::Draw(cell, drawn) => Effect::Draw(*cell, drawn.map(&mut map)),
            Effect::Alarm(alarm, at, after) => Effect::Alarm(*alarm, map(*at), *after),
            Effect::Output(index, value) => Effect::Output(*index, map(*value)),
            Effect::Reset {
                clock,
                most,
                fresh,
                done,
            } => Effect::Reset {
                clock: *clock,
                most: *most,
                fresh: *fresh,
                done: *done,
            },
            Effect::Rate(clock, rate) => Effect::Rate(*clock, map(*rate)),
            Effect::FirstRate(clock, rate) => Effect::FirstRate(*clock, map(*rate)),
            Effect::RateOff(clock) => Effect::RateOff(*clock),
            Effect::Timed {
                clock,
                day,
                when,
                hold,
                delay,
            } => Effect::Timed {
                clock: *clock,
                day: *day,
                when: map(*when),
                hold: map(*hold),
                delay: match delay {
                    Delay::Nothing => Delay::Nothing,
                    Delay::Fixed(value) => Delay::Fixed(map(*value)),
                    Delay::Drawn(drawn) => Delay::Drawn(drawn.map(&mut map)),
                },
            },
        }
    }

    /// The values that it takes.
    pub fn values(&self) -> Vec<V> {
        let mut values = Vec::new();
        self.map(|value| values.push(value));
        values
    }
}

impl<V: Copy> Drawn<V> {
    fn map<W>(&self, map: &mut impl FnMut(V) -> W) -> Drawn<W> {
        let law = match &self.law {
            Law::Prepared => Law::Prepared,
            Law::Varying(family, arguments, cut) => Law::Varying(
                *family,
                arguments.iter().map(|argument| map(*argument)).collect(),
                cut.map(|[low, high]| [map(low), map(high)]),
            ),
            Law::Bernoulli(chance) => Law::Bernoulli(map(*chance)),
            Law::Discrete(values, weights) => {
                Law::Discrete(values.clone(), weights.iter().map(|weight| map(*weight)).collect())
            }
        };
        Drawn { site: self.site, law }
    }
}
