//! What the operators and functions yield. Constants are worked out by these too, so that a constant part of an
//! expression has the same bits as one that is evaluated in a run.

use crate::numeric;

use super::ast::{BinaryOperator, UnaryOperator};
use super::tree::{Function, Reference, Tree};

/// Where the values of references, and the time, are found.
pub trait Values {
    /// The value of a reference.
    fn value(&mut self, reference: Reference) -> f64;
    /// The years since the start.
    fn now(&self) -> f64;
}

impl Tree {
    /// Its value.
    pub fn evaluate<V: Values>(&self, values: &mut V) -> f64 {
        match self {
            Tree::Number(value) => *value,
            Tree::Boolean(value) => truth(*value),
            Tree::State(_, index) => f64::from(*index),
            Tree::Reference(reference) => values.value(*reference),
            Tree::Now => values.now(),
            Tree::Unary(operator, operand) => apply_unary(*operator, operand.evaluate(values)),
            Tree::Binary(BinaryOperator::And, left, right) => {
                if left.evaluate(values) == 0.0 {
                    0.0
                } else {
                    right.evaluate(values)
                }
            }
            Tree::Binary(BinaryOperator::Or, left, right) => {
                if left.evaluate(values) == 0.0 {
                    right.evaluate(values)
                } else {
                    1.0
                }
            }
            Tree::Binary(operator, left, right) => {
                let left = left.evaluate(values);
                apply_binary(*operator, left, right.evaluate(values))
            }
            Tree::Conditional(condition, yes, no) => {
                if condition.evaluate(values) == 0.0 {
                    no.evaluate(values)
                } else {
                    yes.evaluate(values)
                }
            }
            Tree::Call(function, arguments) => match arguments.as_slice() {
                [one] => apply_function(*function, &[one.evaluate(values)]),
                [one, two] => {
                    let one = one.evaluate(values);
                    apply_function(*function, &[one, two.evaluate(values)])
                }
                more => {
                    let evaluated: Vec<f64> = more.iter().map(|argument| argument.evaluate(values)).collect();
                    apply_function(*function, &evaluated)
                }
            },
        }
    }
}

fn truth(value: bool) -> f64 {
    f64::from(u8::from(value))
}

/// The value of an operator with one operand.
pub fn apply_unary(operator: UnaryOperator, operand: f64) -> f64 {
    match operator {
        UnaryOperator::Negate => -operand,
        UnaryOperator::Not => truth(operand == 0.0),
    }
}

/// The value of an operator with two operands.
pub fn apply_binary(operator: BinaryOperator, left: f64, right: f64) -> f64 {
    match operator {
        BinaryOperator::Or => truth(left != 0.0 || right != 0.0),
        BinaryOperator::And => truth(left != 0.0 && right != 0.0),
        BinaryOperator::Equal => truth(left == right),
        BinaryOperator::NotEqual => truth(left != right),
        BinaryOperator::Less => truth(left < right),
        BinaryOperator::LessOrEqual => truth(left <= right),
        BinaryOperator::Greater => truth(left > right),
        BinaryOperator::GreaterOrEqual => truth(left >= right),
        BinaryOperator::Add => left + right,
        BinaryOperator::Subtract => left - right,
        BinaryOperator::Multiply => left * right,
        BinaryOperator::Divide => left / right,
        BinaryOperator::Remainder => left % right,
    }
}

/// The value of a function.
pub fn apply_function(function: Function, arguments: &[f64]) -> f64 {
    match (function, arguments) {
        (Function::Min, [first, rest @ ..]) => rest.iter().fold(*first, |least, x| numeric::min(least, *x)),
        (Function::Max, [first, rest @ ..]) => rest.iter().fold(*first, |greatest, x| numeric::max(greatest, *x)),
        (Function::Abs, [x]) => x.abs(),
        (Function::Exp, [x]) => numeric::exp(*x),
        (Function::Ln, [x]) => numeric::ln(*x),
        (Function::Sqrt, [x]) => x.sqrt(),
        (Function::Pow, [x, y]) => numeric::pow(*x, *y),
        (Function::Logistic, [x]) => numeric::logistic(*x),
        (Function::Clamp, [x, low, high]) => numeric::clamp(*x, *low, *high),
        // Arity is checked when the tree is built.
        _ => f64::NAN,
    }
}
