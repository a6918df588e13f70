//! When things happen: the one way in which every table says it.

use crate::diagnostic::{Code, Diagnostic};
use crate::expr::{Function, Tree};
use crate::scenario::{Amount, Batch, Day, Event, Form, Objection, Step, date};

use super::amounts::shown;
use super::balance::minus;
use super::clock::Clock;
use super::core::{Quantity, Timing};
use super::lowering::{Context, Lowering, Unit};

/// The keys by which a table says when.
#[derive(Clone, Copy, Default)]
pub(super) struct When<'a> {
    pub when: Option<&'a Amount>,
    pub hold: Option<&'a Amount>,
    pub rate: Option<&'a Amount>,
    pub chance: Option<&'a Amount>,
    pub within: Option<&'a Amount>,
    pub after: Option<&'a Amount>,
    pub on: Option<&'a Day>,
    /// The keys that could not be read, which has been reported.
    pub faulty: &'a [&'static str],
}

macro_rules! says_when {
    ($($table:ty),*) => { $(
        impl<'a> From<&'a $table> for When<'a> {
            fn from(table: &'a $table) -> Self {
                When {
                    when: table.when.as_ref(),
                    hold: table.hold.as_ref(),
                    rate: table.rate.as_ref(),
                    chance: table.chance.as_ref(),
                    within: table.within.as_ref(),
                    after: table.after.as_ref(),
                    on: table.on.as_ref(),
                    faulty: &table.faulty,
                }
            }
        }
    )* };
}
says_when!(Step, Objection, Batch, Event);

/// A checked timing.
pub(super) struct Timed {
    pub when: Tree,
    pub hold: Tree,
    pub timing: Timing,
}

const TIMING_KEYS: [&str; 5] = ["rate", "chance", "within", "after", "on"];

const NO_TIME: Clock = Clock::Unread("a rate cannot read `now`");

impl Lowering<'_> {
    /// The condition, the pause and the clock that a table describes. What it leaves out happens at once.
    pub fn timed(&mut self, says: When<'_>, address: &str, context: &Context) -> Option<Timed> {
        let when = self.optional_condition(says.when, true, context);
        let hold = self.optional_condition(says.hold, false, context);
        let timing = self.timing(says, address, context);
        Some(Timed {
            when: when?,
            hold: hold?,
            timing: timing?,
        })
    }

    fn timing(&mut self, says: When<'_>, address: &str, context: &Context) -> Option<Timing> {
        let given = [
            ("rate", says.rate.map(|amount| amount.span)),
            ("chance", says.chance.map(|amount| amount.span)),
            ("after", says.after.map(|amount| amount.span)),
            ("on", says.on.map(|day| day.span)),
        ];
        let given: Vec<_> = given
            .into_iter()
            .filter_map(|(name, span)| Some((name, span?)))
            .collect();
        if let [(first, first_span), (second, second_span), ..] = given[..] {
            let message = format!("`{first}` and `{second}` are two timings, and there is one clock");
            let fault = Diagnostic::new(Code::Timing, second_span, message).context(first_span, "the first");
            self.faults.push(fault);
            return None;
        }
        // The other half, or the timing itself, may be what could not be read.
        let unread = says.faulty.iter().any(|key| TIMING_KEYS.contains(key));
        match (says.chance, says.within) {
            (Some(_), None) | (None, Some(_)) if unread => return None,
            (Some(chance), None) => {
                let message = "a `chance` needs `within`, the time in which it holds";
                let fault = Diagnostic::new(Code::Timing, chance.span, message);
                self.faults.push(fault.help("add within = \"1 year\""));
                return None;
            }
            (None, Some(within)) => {
                let fault = Diagnostic::new(
                    Code::Timing,
                    within.span,
                    "`within` belongs to a `chance`, and there is none",
                );
                self.faults.push(fault.help("add chance = 0.5"));
                return None;
            }
            _ => {}
        }
        if let Some(rate) = says.rate {
            let address = format!("{address}.rate");
            let tree = self.number(rate, &address, Unit::Plain, context, NO_TIME)?;
            self.expect_at_least_zero(&tree, rate, "a rate")?;
            return Some(Timing::Rate(tree));
        }
        if let (Some(chance), Some(within)) = (says.chance, says.within) {
            return self.chance_within(chance, within, address, context);
        }
        if let Some(after) = says.after {
            return self
                .delay(after, &format!("{address}.after"), address, context)
                .map(Timing::After);
        }
        if let Some(day) = says.on {
            let years = date::years_between(self.core.start, day.date);
            if years < 0.0 {
                let start = date::format(self.core.start);
                let message = format!("this day comes before the scenario starts, on {start}");
                self.faults.push(Diagnostic::new(Code::OutOfRange, day.span, message));
                return None;
            }
            if years > self.core.horizon {
                let message = "this day comes after the horizon, so nothing happens on it";
                self.faults.push(Diagnostic::new(Code::NoEffect, day.span, message));
            }
            return Some(Timing::On(day.date, years));
        }
        (!unread).then_some(Timing::AtOnce)
    }

    /// The rate -ln(1 - chance) / within.
    fn chance_within(&mut self, chance: &Amount, within: &Amount, address: &str, context: &Context) -> Option<Timing> {
        let tree = self.number(chance, &format!("{address}.chance"), Unit::Plain, context, NO_TIME);
        let span = self.number(within, &format!("{address}.within"), Unit::Time, context, NO_TIME);
        let (tree, span) = (tree?, span?);
        if let Some(value) = self.core.constant(&tree)
            && !(0.0..1.0).contains(&value)
        {
            let message = format!("a chance in a time lies from 0 to below 1, here it is {}", shown(value));
            let fault = Diagnostic::new(Code::OutOfRange, chance.span, message);
            self.faults.push(if value == 1.0 {
                fault.help("what is certain has a time: use `after`")
            } else {
                fault
            });
            return None;
        }
        if let Some(value) = self.core.constant(&span)
            && !(value > 0.0)
        {
            self.faults.push(Diagnostic::new(
                Code::OutOfRange,
                within.span,
                "a chance needs a time longer than nothing",
            ));
            return None;
        }
        let remaining = Tree::Number(1.0).minus(tree);
        let hazard = minus(Tree::call(Function::Ln, vec![remaining]));
        Some(Timing::Rate(hazard.divided_by(span)))
    }

    /// A delay: a duration, or a draw made each time the clock starts at `site`.
    pub fn delay(&mut self, amount: &Amount, address: &str, site: &str, context: &Context) -> Option<Quantity> {
        if let Form::Distribution(distribution) = &amount.form {
            let (draw, kind) = self.draw(distribution, site, Unit::Time, context)?;
            if kind != crate::expr::Type::Number {
                let message = format!("expected a duration, found a draw of {kind}");
                self.faults.push(Diagnostic::new(Code::WrongType, amount.span, message));
                return None;
            }
            return Some(Quantity::Drawn(draw));
        }
        let clock = Clock::Unread("a delay cannot read `now`");
        let tree = self.number(amount, address, Unit::Time, context, clock)?;
        self.expect_at_least_zero(&tree, amount, "a duration")?;
        Some(Quantity::Fixed(tree))
    }

    fn expect_at_least_zero(&mut self, tree: &Tree, amount: &Amount, what: &str) -> Option<()> {
        match self.core.constant(tree) {
            Some(value) if !(value >= 0.0 && value.is_finite()) => {
                let message = format!("{what} is at least 0 and finite, here it is {}", shown(value));
                self.faults
                    .push(Diagnostic::new(Code::OutOfRange, amount.span, message));
                None
            }
            _ => Some(()),
        }
    }
}
