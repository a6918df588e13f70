//! Numbers, durations, conditions and distributions of the document as checked expressions.

use crate::diagnostic::{Code, Diagnostic, Span, counted, nearest};
use crate::distribution::{Distribution as Checked, Family};
use crate::expr::{Ast, Domain, Origin, Tree, Type, check, infer, parse};
use crate::scenario::{Amount, Distribution, Duration, Form, Key, Kind, NotADuration, Text, UNIT_NAMES};

use super::clock::Clock;
use super::context::Lookup;
use super::core::{About, Draw, Quantity};
use super::lowering::{Context, Lowering, Unit};

impl<'a> Lowering<'a> {
    /// A condition.
    pub fn condition(&mut self, amount: &Amount, context: &Context, clock: Clock) -> Option<Tree> {
        match &amount.form {
            Form::Boolean(value) => Some(Tree::Boolean(*value)),
            Form::Text(text) => self
                .expression(text, Some(&Type::Boolean), context, clock)
                .map(|(tree, _)| tree),
            Form::Number(_) | Form::Distribution(_) => {
                let message = "expected a condition: an expression in quotes, or true or false";
                self.faults.push(Diagnostic::new(Code::WrongType, amount.span, message));
                None
            }
        }
    }

    /// A condition that may be left out.
    pub fn optional_condition(&mut self, amount: Option<&Amount>, otherwise: bool, context: &Context) -> Option<Tree> {
        match amount {
            Some(amount) => self.condition(amount, context, Clock::Compared),
            None => Some(Tree::Boolean(otherwise)),
        }
    }

    /// A number. A distribution becomes a parameter of its own at `address`, drawn once a run.
    pub fn number(
        &mut self,
        amount: &Amount,
        address: &str,
        unit: Unit,
        context: &Context,
        clock: Clock,
    ) -> Option<Tree> {
        match &amount.form {
            Form::Number(value) if unit == Unit::Plain => Some(Tree::Number(*value)),
            Form::Number(value) => {
                let shown = shown(*value);
                let years = if *value == 1.0 { "year" } else { "years" };
                let fault = Diagnostic::new(Code::BadUnit, amount.span, "a duration needs a unit").help(format!(
                    "write \"{shown} {years}\"; the units are {}",
                    UNIT_NAMES.join(", ")
                ));
                self.faults.push(fault);
                None
            }
            Form::Boolean(_) => {
                self.faults.push(Diagnostic::new(
                    Code::WrongType,
                    amount.span,
                    "expected a number, found true or false",
                ));
                None
            }
            Form::Text(text) => match self.duration(text)? {
                Some(duration) => Some(Tree::Number(duration.years())),
                None => self
                    .expression(text, Some(&Type::Number), context, clock)
                    .map(|(tree, _)| tree),
            },
            Form::Distribution(distribution) => {
                let (draw, kind) = self.draw(distribution, address, unit, context)?;
                if kind != Type::Number {
                    let message = format!("expected a number, found a draw of {kind}");
                    self.faults.push(Diagnostic::new(Code::WrongType, amount.span, message));
                    return None;
                }
                self.only_parameters_in_draw(&draw, amount.span, address)?;
                let about = self.about_amount(address, amount);
                let symbol = self.push_parameter(about, kind, Quantity::Drawn(draw));
                self.declare(address, symbol, amount.span);
                self.read_symbol(symbol).map(|(tree, _)| tree)
            }
        }
    }

    /// A number that must lie in a range, where it is known.
    pub fn number_within(
        &mut self,
        amount: &Amount,
        address: &str,
        context: &Context,
        range: (f64, f64),
        what: &str,
    ) -> Option<Tree> {
        let tree = self.number(amount, address, Unit::Plain, context, Clock::Free)?;
        if let Some(value) = self.core.constant(&tree)
            && !(value >= range.0 && value <= range.1)
        {
            let (value, low) = (shown(value), shown(range.0));
            let bounds = if range.1 == f64::INFINITY {
                format!("is at least {low}")
            } else {
                format!("lies between {low} and {}", shown(range.1))
            };
            self.faults.push(Diagnostic::new(
                Code::OutOfRange,
                amount.span,
                format!("{what} {bounds}, here it is {value}"),
            ));
            return None;
        }
        Some(tree)
    }

    /// The value of an amount that is no distribution, and its type.
    pub fn value(&mut self, amount: &Amount, unit: Unit, context: &Context) -> Option<(Tree, Type)> {
        match &amount.form {
            Form::Boolean(value) if unit == Unit::Plain => Some((Tree::Boolean(*value), Type::Boolean)),
            Form::Text(text) => match self.duration(text)? {
                Some(duration) => Some((Tree::Number(duration.years()), Type::Number)),
                None => self.expression(text, None, context, Clock::Free),
            },
            _ => self
                .number(amount, "", unit, context, Clock::Free)
                .map(|tree| (tree, Type::Number)),
        }
    }

    /// A duration that is written as one, if it is; a failed attempt at one is reported.
    fn duration(&mut self, text: &Text) -> Option<Option<Duration>> {
        match Duration::parse(&text.text) {
            Ok(duration) => Some(Some(duration)),
            Err(NotADuration::OtherText) => Some(None),
            Err(NotADuration::Negative) => {
                self.faults.push(Diagnostic::new(
                    Code::OutOfRange,
                    text.span,
                    "a duration cannot be negative",
                ));
                None
            }
            Err(NotADuration::UnknownUnit(word)) => {
                let fault = Diagnostic::new(Code::BadUnit, text.span, format!("`{word}` is no unit of time"));
                let abbreviated = UNIT_NAMES.into_iter().find(|unit| abbreviates(&word, unit));
                self.faults.push(match abbreviated.or(nearest(&word, UNIT_NAMES)) {
                    Some(unit) => fault.help(format!("did you mean `{unit}`?")),
                    None => fault.help(format!("the units are {}", UNIT_NAMES.join(", "))),
                });
                None
            }
        }
    }

    /// A duration that is known before anything is drawn.
    pub fn fixed_duration(&mut self, amount: &Amount) -> Option<Duration> {
        let written = match &amount.form {
            Form::Text(text) => self.duration(text)?,
            _ => None,
        };
        match written {
            Some(duration) if duration.years() > 0.0 => Some(duration),
            Some(_) => {
                self.faults.push(Diagnostic::new(
                    Code::OutOfRange,
                    amount.span,
                    "this duration must be longer than nothing",
                ));
                None
            }
            None => {
                let fault = Diagnostic::new(Code::BadUnit, amount.span, "expected a duration, like \"3 months\"");
                self.faults.push(fault);
                None
            }
        }
    }

    /// Parses and checks an expression.
    pub fn expression(
        &mut self,
        text: &Text,
        expected: Option<&Type>,
        context: &Context,
        clock: Clock,
    ) -> Option<(Tree, Type)> {
        let origin = Origin::of_literal(&text.text, text.span, self.files);
        let ast = match parse(&text.text, &origin) {
            Ok(ast) => ast,
            Err(fault) => {
                self.faults.push(*fault);
                self.may_read(text);
                return None;
            }
        };
        let Some((tree, kind)) = self.checked(&ast, expected, context) else {
            self.may_read(text);
            return None;
        };
        self.check_clock(&tree, &ast, clock)?;
        Some((tree, kind))
    }

    /// What a faulty expression speaks of is not unused.
    pub fn may_read(&mut self, text: &Text) {
        let words = text.text.split(|c: char| !c.is_alphanumeric() && c != '_');
        self.read.extend(words.map(str::to_owned));
    }

    /// Checks a parsed expression.
    pub fn checked(&mut self, ast: &Ast, expected: Option<&Type>, context: &Context) -> Option<(Tree, Type)> {
        let mut faults = std::mem::take(self.faults);
        let mut lookup = Lookup {
            lowering: self,
            context,
        };
        let checked = match expected {
            Some(kind) => check(ast, kind, &mut lookup, &mut faults).map(|tree| (tree, kind.clone())),
            None => infer(ast, &mut lookup, &mut faults),
        };
        // What look-ups reported on the way, of values that were pending, joins what was there.
        let nested = std::mem::replace(self.faults, faults);
        nested
            .sorted()
            .into_iter()
            .cloned()
            .for_each(|fault| self.faults.push(fault));
        checked
    }

    /// The draw of something that is true with a chance.
    pub fn chance(&mut self, amount: &Amount, address: &str, context: &Context) -> Option<Quantity> {
        if let Form::Boolean(value) = amount.form {
            return Some(Quantity::Fixed(Tree::Boolean(value)));
        }
        let chance = self.number_within(amount, &format!("{address}.chance"), context, (0.0, 1.0), "a chance")?;
        if !self.reads_only_parameters(&chance) {
            let message = format!("`{address}` is settled before a run starts, so its chance can read only parameters");
            self.faults
                .push(Diagnostic::new(Code::ExpressionType, amount.span, message));
            return None;
        }
        Some(Quantity::Drawn(Draw::Bernoulli(chance)))
    }

    /// The draw that a distribution describes, and the type of what it yields.
    pub fn draw(
        &mut self,
        distribution: &Distribution,
        address: &str,
        unit: Unit,
        context: &Context,
    ) -> Option<(Draw, Type)> {
        if let (Some((span, _)), Kind::Bernoulli(_) | Kind::Discrete(_)) = (&distribution.truncate, &distribution.kind)
        {
            let message = "only a distribution of numbers can be truncated";
            self.faults
                .push(Diagnostic::new(Code::ImpossibleDistribution, *span, message));
        }
        match &distribution.kind {
            Kind::Bernoulli(chance) => {
                let address = format!("{address}.chance");
                let chance = self.number_within(chance, &address, context, (0.0, 1.0), "a chance")?;
                Some((Draw::Bernoulli(chance), Type::Boolean))
            }
            Kind::Discrete(weights) => self.discrete(weights, address, context),
            Kind::Family(family, span, arguments) => {
                let draw = self.family(
                    *family,
                    *span,
                    arguments,
                    distribution.truncate.as_ref(),
                    address,
                    unit,
                    context,
                )?;
                Some((draw, Type::Number))
            }
        }
    }

    #[expect(clippy::too_many_arguments, reason = "the parts of one distribution")]
    fn family(
        &mut self,
        family: Family,
        span: Span,
        arguments: &[Amount],
        truncate: Option<&(Span, Vec<Amount>)>,
        address: &str,
        unit: Unit,
        context: &Context,
    ) -> Option<Draw> {
        let names = family.parameters();
        let clock = Clock::Unread("the arguments of a distribution cannot read `now`");
        let mut trees = Vec::new();
        for (index, (argument, name)) in arguments.iter().zip(names).enumerate() {
            let unit = argument_unit(family, index, unit);
            trees.push(self.number(argument, &format!("{address}.{name}"), unit, context, clock));
        }
        let trees: Vec<Tree> = trees.into_iter().collect::<Option<_>>()?;
        let cut = match truncate {
            None => None,
            Some((_, bounds)) if bounds.len() == 2 => {
                let low = self.number(&bounds[0], &format!("{address}.low"), unit, context, clock);
                let high = self.number(&bounds[1], &format!("{address}.high"), unit, context, clock);
                Some([low?, high?])
            }
            Some((span, bounds)) => {
                let message = format!(
                    "truncate takes [low, high], and has {}",
                    counted(bounds.len(), "number")
                );
                self.faults
                    .push(Diagnostic::new(Code::ImpossibleDistribution, *span, message));
                return None;
            }
        };
        self.check_possible(family, span, arguments, &trees, truncate, cut.as_ref())?;
        Some(Draw::Family {
            family,
            arguments: trees,
            truncate: cut,
        })
    }

    /// Where all arguments are known, sees that they make a distribution.
    fn check_possible(
        &mut self,
        family: Family,
        span: Span,
        amounts: &[Amount],
        arguments: &[Tree],
        truncate: Option<&(Span, Vec<Amount>)>,
        cut: Option<&[Tree; 2]>,
    ) -> Option<()> {
        let known: Option<Vec<f64>> = arguments.iter().map(|argument| self.core.constant(argument)).collect();
        let bounds = match cut {
            None => Some(None),
            Some([low, high]) => match (self.core.constant(low), self.core.constant(high)) {
                (Some(low), Some(high)) => Some(Some([low, high])),
                _ => None,
            },
        };
        let (Some(known), Some(bounds)) = (known, bounds) else {
            return Some(());
        };
        let invalid = match Checked::new(family, &known, bounds) {
            Ok(_) => return Some(()),
            Err(invalid) => invalid,
        };
        let place = match (invalid.argument, truncate) {
            (Some(argument), _) => amounts.get(argument).map_or(span, |amount| amount.span),
            (None, Some((cut, _))) => *cut,
            (None, None) => span,
        };
        let message = format!(
            "no {} distribution has these arguments: {}",
            family.name(),
            invalid.message
        );
        let fault = Diagnostic::new(Code::ImpossibleDistribution, place, message);
        self.faults.push(if invalid.argument.is_some() {
            fault.help(format!("{} takes [{}]", family.name(), family.parameters().join(", ")))
        } else {
            fault
        });
        None
    }

    fn discrete(&mut self, weights: &[(Key, Amount)], address: &str, context: &Context) -> Option<(Draw, Type)> {
        let texts: Vec<&str> = weights.iter().map(|(key, _)| key.text.as_str()).collect();
        let numbers: Option<Vec<f64>> = texts
            .iter()
            .map(|text| text.parse().ok().filter(|x: &f64| x.is_finite()))
            .collect();
        let truths: Option<Vec<f64>> = texts
            .iter()
            .map(|text| match *text {
                "true" => Some(1.0),
                "false" => Some(0.0),
                _ => None,
            })
            .collect();
        let (values, kind) = match (numbers, truths) {
            (Some(numbers), _) => (numbers, Type::Number),
            (None, Some(truths)) => (truths, Type::Boolean),
            (None, None) => {
                let domain = Domain::new(texts.iter().map(|text| (*text).to_owned()).collect());
                (
                    (0..texts.len()).map(|index| index as f64).collect(),
                    Type::State(domain),
                )
            }
        };
        let mut trees = Vec::new();
        for (key, weight) in weights {
            let address = format!("{address}.{}", key.text);
            trees.push(self.number_within(weight, &address, context, (0.0, f64::INFINITY), "a weight"));
        }
        let trees: Vec<Tree> = trees.into_iter().collect::<Option<_>>()?;
        if trees.iter().all(|tree| self.core.constant(tree) == Some(0.0)) {
            let span = weights.first().map_or(Span::default(), |(key, _)| key.span);
            let message = "no value of `discrete` has a weight above 0";
            self.faults
                .push(Diagnostic::new(Code::ImpossibleDistribution, span, message));
            return None;
        }
        Some((Draw::Discrete(values.into_iter().zip(trees).collect()), kind))
    }

    /// Sees that a draw that is made before a run starts reads only what is settled by then.
    pub fn only_parameters_in_draw(&mut self, draw: &Draw, span: Span, address: &str) -> Option<()> {
        let steady = match draw {
            Draw::Family {
                arguments, truncate, ..
            } => arguments
                .iter()
                .chain(truncate.iter().flatten())
                .all(|tree| self.reads_only_parameters(tree)),
            Draw::Bernoulli(chance) => self.reads_only_parameters(chance),
            Draw::Discrete(weights) => weights.iter().all(|(_, weight)| self.reads_only_parameters(weight)),
        };
        if steady {
            return Some(());
        }
        let message = format!("`{address}` is drawn before a run starts, so its arguments can read only parameters");
        self.faults.push(Diagnostic::new(Code::ExpressionType, span, message));
        None
    }

    /// A draw that lowering itself makes.
    pub fn uniform_parameter(&mut self, address: &str, span: Span, name: String) -> Tree {
        let draw = Draw::Family {
            family: Family::Uniform,
            arguments: vec![Tree::Number(0.0), Tree::Number(1.0)],
            truncate: None,
        };
        let about = About {
            address: address.to_owned(),
            span,
            name: Some(name),
            ..About::default()
        };
        let symbol = self.push_parameter(about, Type::Number, Quantity::Drawn(draw));
        self.declare(address, symbol, span);
        self.read_symbol(symbol).map_or(Tree::Number(0.0), |(tree, _)| tree)
    }
}

/// What an argument counts where the draw is a duration: shapes and factors are plain numbers there too.
fn argument_unit(family: Family, index: usize, unit: Unit) -> Unit {
    let plain = match family {
        Family::Beta | Family::Poisson => true,
        Family::Lognormal => index == 1,
        Family::Gamma | Family::Weibull => index == 0,
        _ => false,
    };
    if plain { Unit::Plain } else { unit }
}

/// A number for a message.
pub(super) fn shown(value: f64) -> String {
    if value.is_nan() {
        "not a number".to_owned()
    } else if value.is_infinite() {
        "infinite".to_owned()
    } else {
        crate::expr::number(value)
    }
}

/// Whether a word is a shorter way to write a unit: all its letters stand in it, in this order, from the first on.
fn abbreviates(word: &str, unit: &str) -> bool {
    let mut letters = unit.chars();
    word.chars().next() == unit.chars().next() && word.chars().all(|letter| letters.any(|other| other == letter))
}
