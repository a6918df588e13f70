//! What has been said about how things stand: claims, the origins that they go back to, and what a user takes as given.

use crate::diagnostic::{Code, Diagnostic, Span};
use crate::expr::{Reference, Tree, Values};
use crate::scenario::{Amount, Claim as RawClaim, Day, Form, Given as RawGiven, Key, Moment, Text, date};

use super::clock::Clock;
use super::core::{Claim, Core, Given, Origin, Quantity};
use super::lowering::{Context, Lowering, Texts, Unit};
use super::namespace::check_id;

/// How many different statements the claims of a scenario may make: results keep a count for every pattern of true and
/// false statements that some run shows, and of these there can be 2 to that power.
pub const MAX_STATEMENTS: usize = 20;

impl<'a> Lowering<'a> {
    pub(super) fn origins(&mut self) {
        for (key, origin) in self.document.origins.iter().flat_map(|table| &table.entries) {
            check_id(key, false, self.faults);
            let texts = Texts {
                name: origin.name.as_ref(),
                source: origin.source.as_ref(),
                note: origin.note.as_ref(),
                ..Texts::default()
            };
            let about = self.about(&key.text, key.span, texts);
            let reliability = self.known_chance(origin.reliability.as_ref(), "a reliability");
            let if_uninformed = self.known_chance(origin.if_uninformed.as_ref(), "a chance");
            // What has a fault is declared all the same, so that claims find it.
            self.core.origins.push(Origin {
                about,
                reliability: reliability.unwrap_or(0.0),
                if_uninformed,
            });
        }
    }

    pub(super) fn claims(&mut self) {
        let mut statements: Vec<(Tree, Option<time::Date>)> = Vec::new();
        for (key, claim) in self.document.claims.iter().flat_map(|table| &table.entries) {
            check_id(key, false, self.faults);
            let Some(lowered) = self.claim(key, claim) else {
                continue;
            };
            let statement = (lowered.says.clone(), lowered.judged);
            if !statements.contains(&statement) {
                statements.push(statement);
                if statements.len() == MAX_STATEMENTS + 1 {
                    let message = format!("the claims make more than {MAX_STATEMENTS} different statements");
                    let fault = Diagnostic::new(Code::OutOfRange, key.span, message);
                    let help = "results count every pattern of true and false statements; put those together that say much the same";
                    self.faults.push(fault.help(help));
                }
            }
            self.core.claims.push(lowered);
        }
    }

    fn claim(&mut self, key: &Key, claim: &RawClaim) -> Option<Claim> {
        let texts = Texts {
            name: claim.name.as_ref(),
            source: claim.source.as_ref(),
            note: claim.note.as_ref(),
            ..Texts::default()
        };
        let about = self.about(&key.text, key.span, texts);
        let says = claim
            .says
            .as_ref()
            .and_then(|says| self.condition(says, &Context::Plain, Clock::Free));
        let judged = self.judged(claim);
        let if_true = self.known_chance(claim.if_true.as_ref(), "a chance");
        let if_false = self.known_chance(claim.if_false.as_ref(), "a chance");
        let if_uninformed = self.known_chance(claim.if_uninformed.as_ref(), "a chance");
        let origin = match &claim.origin {
            Some(origin) => Some(self.origin(origin)?),
            None => None,
        };
        if let (Some(uninformed), None) = (&claim.if_uninformed, &claim.origin) {
            let message = "`if_uninformed` belongs to a claim with an origin, and there is none";
            self.faults
                .push(Diagnostic::new(Code::NoEffect, uninformed.span, message));
        }
        Some(Claim {
            about,
            said: claim.on?.date,
            judged: judged?,
            says: says?,
            if_true: if_true?,
            if_false: if_false?,
            if_uninformed,
            origin,
        })
    }

    /// The day on which a claim is judged; within, none for the horizon.
    fn judged(&mut self, claim: &RawClaim) -> Option<Option<time::Date>> {
        let day = match &claim.about {
            Some(Moment::Horizon(_)) => return Some(None),
            Some(Moment::Day(day)) => *day,
            None if claim.faulty.contains(&"about") => return None,
            None => claim.on?,
        };
        let inside = self.inside(
            day,
            claim
                .about
                .is_none()
                .then_some("a claim is judged on the day it was said"),
        );
        inside.map(|()| Some(day.date))
    }

    /// Sees that a day on which something is judged lies in the scenario.
    fn inside(&mut self, day: Day, why: Option<&str>) -> Option<()> {
        let years = date::years_between(self.core.start, day.date);
        let message = if years < 0.0 {
            let start = date::format(self.core.start);
            format!("this day comes before the scenario starts, on {start}")
        } else if years > self.core.horizon {
            let last = date::format(date::day_at(self.core.start, self.core.horizon));
            format!("this day comes after the scenario ends, on {last}")
        } else {
            return Some(());
        };
        let fault = Diagnostic::new(Code::OutOfRange, day.span, message);
        self.faults.push(match why {
            Some(why) => fault.help(format!(
                "{why}; say with `about` on which other day, or at the \"horizon\""
            )),
            None => fault,
        });
        None
    }

    /// The index of an origin.
    fn origin(&mut self, origin: &Text) -> Option<usize> {
        let origins = &self.core.origins;
        let found = origins.iter().position(|known| known.about.address == origin.text);
        let unread = self.document.origins.iter().flat_map(|table| &table.faulty);
        if found.is_none() && unread.into_iter().all(|key| key.text != origin.text) {
            let message = format!("there is no origin `{}`", origin.text);
            let known = origins.iter().map(|known| known.about.address.as_str());
            let mut fault = Diagnostic::new(Code::UnknownId, origin.span, message).suggest(&origin.text, known);
            if fault.help.is_empty() {
                fault = fault.help(format!("declare it: [origins.{}]", origin.text));
            }
            self.faults.push(fault);
        }
        found
    }

    /// A chance that is the same in every run.
    fn known_chance(&mut self, amount: Option<&Amount>, what: &str) -> Option<f64> {
        let amount = amount?;
        if let Form::Distribution(distribution) = &amount.form {
            let message = format!("{what} of a claim or an origin is one number, not a draw");
            let fault = Diagnostic::new(Code::WrongType, distribution.name_span, message);
            self.faults
                .push(fault.help("all runs are weighed alike; try other numbers with --set"));
            return None;
        }
        let tree = self.number(amount, "", Unit::Plain, &Context::Plain, Clock::Free)?;
        let Some(value) = settled(&tree, &self.core) else {
            let message = format!("{what} of a claim or an origin is the same in every run, and this is not");
            let fault = Diagnostic::new(Code::ExpressionType, amount.span, message);
            self.faults
                .push(fault.help("it may read parameters that are not drawn"));
            return None;
        };
        if (0.0..=1.0).contains(&value) {
            return Some(value);
        }
        let message = format!(
            "{what} lies between 0 and 1, here it is {}",
            super::amounts::shown(value)
        );
        self.faults
            .push(Diagnostic::new(Code::OutOfRange, amount.span, message));
        None
    }

    /// What the user takes as given.
    pub(super) fn givens(&mut self, givens: &[RawGiven]) {
        for given in givens {
            let says = self.expression(
                &given.says,
                Some(&crate::expr::Type::Boolean),
                &Context::Plain,
                Clock::Free,
            );
            let inside = given.at.is_none_or(|day| self.inside(day, None).is_some());
            if let (Some((says, _)), true) = (says, inside) {
                self.core.given.push(Given {
                    written: given.says.text.clone(),
                    says,
                    judged: given.at.map(|day| day.date),
                });
            }
        }
        if givens.len() > MAX_STATEMENTS {
            let span = givens.last().map_or(Span::default(), |given| given.says.span);
            let message = format!("more than {MAX_STATEMENTS} conditions; join them with `&&`");
            self.faults.push(Diagnostic::new(Code::OutOfRange, span, message));
        }
    }
}

/// The value of a tree that is the same in every run; none of one that is not.
fn settled(tree: &Tree, core: &Core) -> Option<f64> {
    is_settled(tree, core).then(|| tree.evaluate(&mut Settled(core)))
}

fn is_settled(tree: &Tree, core: &Core) -> bool {
    !tree.reads_now()
        && tree.references().into_iter().all(|reference| match reference {
            Reference::Parameter(index) => match &core.parameters[index].value {
                Quantity::Fixed(tree) => is_settled(tree, core),
                Quantity::Drawn(_) => false,
            },
            Reference::Definition(index) => is_settled(&core.definitions[index].value, core),
            Reference::Variable(_) | Reference::Count(_) | Reference::FirstTime(_) => false,
        })
}

/// The values of what is the same in every run.
struct Settled<'a>(&'a Core);

impl Values for Settled<'_> {
    fn value(&mut self, reference: Reference) -> f64 {
        let core = self.0;
        match reference {
            Reference::Parameter(index) => match &core.parameters[index].value {
                Quantity::Fixed(tree) => tree.evaluate(self),
                Quantity::Drawn(_) => f64::NAN,
            },
            Reference::Definition(index) => core.definitions[index].value.evaluate(self),
            Reference::Variable(_) | Reference::Count(_) | Reference::FirstTime(_) => f64::NAN,
        }
    }

    fn now(&self) -> f64 {
        f64::NAN
    }
}
