//! What a value can be: a few known numbers, or a range. Worked out from below, so that what is said here always holds.

use crate::expr::{BinaryOperator, Function, UnaryOperator, apply_binary, apply_function, apply_unary};
use crate::numeric::{max, min};

use super::few::Few;

/// More pairs of values than this are not tried one by one.
const MOST_PAIRS: usize = 96;

/// What a value can be.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Possible {
    /// One of these, none of them not a number.
    Values(Few),
    /// Between two numbers, both included.
    Range {
        /// The least.
        low: f64,
        /// The greatest.
        high: f64,
        /// Whether it can also be not a number.
        nan: bool,
    },
}

use Possible::{Range, Values};

impl Possible {
    /// Anything at all.
    pub const ANYTHING: Possible = Range {
        low: f64::NEG_INFINITY,
        high: f64::INFINITY,
        nan: true,
    };

    /// This value and no other.
    pub fn just(value: f64) -> Self {
        if value.is_nan() {
            Self::ANYTHING
        } else {
            Values(Few::one(value))
        }
    }

    /// True or false.
    pub fn truth() -> Self {
        Self::among([0.0, 1.0])
    }

    /// A number between two, both included.
    pub fn between(low: f64, high: f64) -> Self {
        Range { low, high, nan: false }
    }

    /// One of these values; between the least and the greatest, where there are many.
    pub fn among(values: impl IntoIterator<Item = f64>) -> Self {
        let (mut few, mut fits) = (Few::NONE, true);
        let (mut low, mut high) = (f64::INFINITY, f64::NEG_INFINITY);
        for value in values {
            if value.is_nan() {
                return Self::ANYTHING;
            }
            fits = fits && few.insert(value);
            (low, high) = (min(low, value), max(high, value));
        }
        if fits { Values(few) } else { Self::between(low, high) }
    }

    /// The only value it can have.
    pub fn certain(&self) -> Option<f64> {
        match self {
            Values(values) if values.len() == 1 => values.first().copied(),
            _ => None,
        }
    }

    /// Whether a condition with this value can be false.
    pub fn can_be_zero(&self) -> bool {
        match self {
            Values(values) => values.contains(&0.0),
            Range { low, high, .. } => *low <= 0.0 && *high >= 0.0,
        }
    }

    /// Whether a condition with this value can be true.
    pub fn can_be_nonzero(&self) -> bool {
        match self {
            Values(values) => values.iter().any(|value| *value != 0.0),
            Range { low, high, nan } => *nan || *low != 0.0 || *high != 0.0,
        }
    }

    /// Whether it is 0 or 1.
    pub fn is_truth(&self) -> bool {
        matches!(self, Values(values) if values.iter().all(|value| [0, 1.0_f64.to_bits()].contains(&value.to_bits())))
    }

    /// The bounds, and whether it can be not a number.
    pub fn bounds(&self) -> (f64, f64, bool) {
        match self {
            Values(values) => match &values[..] {
                [] => (f64::NEG_INFINITY, f64::INFINITY, true),
                [first, ..] => (*first, values.last().copied().unwrap_or(*first), false),
            },
            Range { low, high, nan } => (*low, *high, *nan),
        }
    }

    /// What either can be.
    pub fn or(&self, other: &Self) -> Self {
        if let (Values(one), Values(two)) = (self, other) {
            return Self::among(one.iter().chain(two.iter()).copied());
        }
        let ((a_low, a_high, a_nan), (b_low, b_high, b_nan)) = (self.bounds(), other.bounds());
        Range {
            low: min(a_low, b_low),
            high: max(a_high, b_high),
            nan: a_nan || b_nan,
        }
    }

    /// What an operator with one operand makes of it.
    pub fn unary(operator: UnaryOperator, operand: &Self) -> Self {
        if let Values(values) = operand {
            return Self::among(values.iter().map(|value| apply_unary(operator, *value)));
        }
        match (operator, operand.bounds()) {
            (UnaryOperator::Negate, (low, high, nan)) => Range {
                low: -high,
                high: -low,
                nan,
            },
            (UnaryOperator::Not, _) if !operand.can_be_zero() => Self::just(0.0),
            (UnaryOperator::Not, _) => Self::truth(),
        }
    }

    /// What an operator makes of two operands.
    pub fn binary(operator: BinaryOperator, left: &Self, right: &Self) -> Self {
        pairs(left, right, |a, b| apply_binary(operator, a, b))
            .unwrap_or_else(|| by_bounds(operator, left.bounds(), right.bounds()))
    }

    /// What a function makes of its arguments.
    pub fn call(function: Function, arguments: &[Self]) -> Self {
        match (function, arguments) {
            (Function::Min | Function::Max, [first, rest @ ..]) => rest
                .iter()
                .fold(*first, |so_far, next| extreme(function, &so_far, next)),
            (Function::Clamp, [x, low, high]) => extreme(Function::Min, &extreme(Function::Max, x, low), high),
            (_, [Values(values)]) => Self::among(values.iter().map(|value| apply_function(function, &[*value]))),
            (Function::Abs, [x]) => match x.bounds() {
                (low, high, nan) if low >= 0.0 => Range { low, high, nan },
                (low, high, nan) => Range {
                    low: 0.0,
                    high: max(-low, high),
                    nan,
                },
            },
            (Function::Exp, [x]) => Range {
                low: 0.0,
                high: f64::INFINITY,
                nan: x.bounds().2,
            },
            (Function::Logistic, [x]) => Range {
                low: 0.0,
                high: 1.0,
                nan: x.bounds().2,
            },
            _ => Self::ANYTHING,
        }
    }

    /// What a choice between two can be.
    pub fn conditional(condition: &Self, yes: &Self, no: &Self) -> Self {
        match (condition.can_be_nonzero(), condition.can_be_zero()) {
            (true, false) => *yes,
            (false, true) => *no,
            _ => yes.or(no),
        }
    }
}

/// What a function makes of every pair of values, where there are few.
fn pairs(left: &Possible, right: &Possible, apply: impl Fn(f64, f64) -> f64) -> Option<Possible> {
    let (Values(left), Values(right)) = (left, right) else {
        return None;
    };
    if left.len() * right.len() > MOST_PAIRS {
        return None;
    }
    let both = left.iter().flat_map(|a| right.iter().map(|b| apply(*a, *b)));
    Some(Possible::among(both))
}

fn extreme(function: Function, left: &Possible, right: &Possible) -> Possible {
    let apply = |a: f64, b: f64| apply_function(function, &[a, b]);
    pairs(left, right, apply).unwrap_or_else(|| {
        let ((a_low, a_high, a_nan), (b_low, b_high, b_nan)) = (left.bounds(), right.bounds());
        Range {
            low: apply(a_low, b_low),
            high: apply(a_high, b_high),
            nan: a_nan || b_nan,
        }
    })
}

type Bounds = (f64, f64, bool);

/// Rounding keeps order, so that the ends of an operation are the operation of the ends.
fn by_bounds(operator: BinaryOperator, left: Bounds, right: Bounds) -> Possible {
    use BinaryOperator::*;
    let ((a_low, a_high, a_nan), (b_low, b_high, b_nan)) = (left, right);
    let nan = a_nan || b_nan;
    let settled = |surely: bool, never: bool| match (surely && !nan, never) {
        (true, _) => Possible::just(1.0),
        (_, true) => Possible::just(0.0),
        _ => Possible::truth(),
    };
    match operator {
        Less => settled(a_high < b_low, a_low >= b_high),
        LessOrEqual => settled(a_high <= b_low, a_low > b_high),
        Greater => settled(a_low > b_high, a_high <= b_low),
        GreaterOrEqual => settled(a_low >= b_high, a_high < b_low),
        Equal => settled(false, a_high < b_low || b_high < a_low),
        NotEqual if a_high < b_low || b_high < a_low => Possible::just(1.0),
        NotEqual | And | Or => Possible::truth(),
        Add => ends([a_low + b_low, a_high + b_high, a_low + b_high, a_high + b_low], nan),
        Subtract => ends([a_low - b_high, a_high - b_low, a_low - b_low, a_high - b_high], nan),
        Multiply if within_reach(&[a_low, a_high, b_low, b_high]) => {
            ends([a_low * b_low, a_low * b_high, a_high * b_low, a_high * b_high], nan)
        }
        Divide if within_reach(&[a_low, a_high]) && (b_low > 0.0 || b_high < 0.0) => {
            ends([a_low / b_low, a_low / b_high, a_high / b_low, a_high / b_high], nan)
        }
        // Where no factor can be 0, an infinite end makes no NaN.
        Multiply if a_low > 0.0 && b_low > 0.0 => Range {
            low: a_low * b_low,
            high: a_high * b_high,
            nan,
        },
        Divide if a_low >= 0.0 && b_low > 0.0 && b_high < f64::INFINITY => Range {
            low: a_low / b_high,
            high: f64::INFINITY,
            nan,
        },
        Multiply | Divide | Remainder => Possible::ANYTHING,
    }
}

fn within_reach(ends: &[f64]) -> bool {
    ends.iter().all(|end| end.is_finite())
}

/// From the least to the greatest of these; anything where one of them is no number.
fn ends(found: [f64; 4], nan: bool) -> Possible {
    if found.iter().any(|end| end.is_nan()) {
        return Possible::ANYTHING;
    }
    Range {
        low: found.into_iter().fold(f64::INFINITY, min),
        high: found.into_iter().fold(f64::NEG_INFINITY, max),
        nan,
    }
}
