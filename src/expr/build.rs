//! Builds checked expressions, working out what is constant by the functions that evaluation uses.

use std::sync::Arc;

use super::ast::{BinaryOperator, UnaryOperator};
use super::evaluate::{apply_binary, apply_function, apply_unary};
use super::tree::{Domain, Function, Reference, Tree};

impl Tree {
    /// A state of a domain; the domain must have it.
    pub fn state(domain: &Domain, state: &str) -> Tree {
        Tree::State(domain.clone(), domain.index(state).unwrap_or(0))
    }

    /// What a variable holds.
    pub fn variable(index: usize) -> Tree {
        Tree::Reference(Reference::Variable(index))
    }

    /// `-x` or `!x`.
    pub fn unary(operator: UnaryOperator, operand: Tree) -> Tree {
        match (operator, &operand) {
            (UnaryOperator::Not, Tree::Boolean(value)) => Tree::Boolean(!value),
            (UnaryOperator::Not, Tree::Unary(UnaryOperator::Not, inner)) => inner.as_ref().clone(),
            (UnaryOperator::Negate, Tree::Number(value)) => Tree::Number(apply_unary(operator, *value)),
            _ => Tree::Unary(operator, Arc::new(operand)),
        }
    }

    /// Two operands and what joins them.
    pub fn binary(operator: BinaryOperator, left: Tree, right: Tree) -> Tree {
        match (operator, left.constant_boolean(), right.constant_boolean()) {
            (BinaryOperator::And, Some(false), _) | (BinaryOperator::And, _, Some(false)) => {
                return Tree::Boolean(false);
            }
            (BinaryOperator::Or, Some(true), _) | (BinaryOperator::Or, _, Some(true)) => return Tree::Boolean(true),
            (BinaryOperator::And, Some(true), _) | (BinaryOperator::Or, Some(false), _) => return right,
            (BinaryOperator::And, _, Some(true)) | (BinaryOperator::Or, _, Some(false)) => return left,
            _ => {}
        }
        match (left.constant(), right.constant()) {
            (Some(a), Some(b)) => {
                let value = apply_binary(operator, a, b);
                if operator.is_comparison() {
                    Tree::Boolean(value != 0.0)
                } else {
                    Tree::Number(value)
                }
            }
            _ => Tree::Binary(operator, Arc::new(left), Arc::new(right)),
        }
    }

    /// `condition ? yes : no`.
    pub fn conditional(condition: Tree, yes: Tree, no: Tree) -> Tree {
        match condition.constant_boolean() {
            Some(true) => yes,
            Some(false) => no,
            None if yes == no => yes,
            None => Tree::Conditional(Arc::new(condition), Arc::new(yes), Arc::new(no)),
        }
    }

    /// A function of its arguments.
    pub fn call(function: Function, arguments: Vec<Tree>) -> Tree {
        let constants: Option<Vec<f64>> = arguments.iter().map(Tree::constant_number).collect();
        match constants {
            Some(values) => Tree::Number(apply_function(function, &values)),
            None => Tree::Call(function, arguments),
        }
    }

    /// Both hold.
    pub fn and(self, other: Tree) -> Tree {
        Tree::binary(BinaryOperator::And, self, other)
    }

    /// At least one holds.
    pub fn or(self, other: Tree) -> Tree {
        Tree::binary(BinaryOperator::Or, self, other)
    }

    /// It does not hold.
    #[must_use]
    pub fn negated(self) -> Tree {
        Tree::unary(UnaryOperator::Not, self)
    }

    /// Both are the same.
    pub fn equals(self, other: Tree) -> Tree {
        Tree::binary(BinaryOperator::Equal, self, other)
    }

    /// The product. A factor of 1 is left out: the product has the same bits without it.
    pub fn times(self, other: Tree) -> Tree {
        if self == Tree::Number(1.0) {
            return other;
        }
        if other == Tree::Number(1.0) {
            return self;
        }
        Tree::binary(BinaryOperator::Multiply, self, other)
    }

    /// The sum.
    pub fn plus(self, other: Tree) -> Tree {
        Tree::binary(BinaryOperator::Add, self, other)
    }

    /// The difference.
    pub fn minus(self, other: Tree) -> Tree {
        Tree::binary(BinaryOperator::Subtract, self, other)
    }

    /// The ratio.
    pub fn divided_by(self, other: Tree) -> Tree {
        Tree::binary(BinaryOperator::Divide, self, other)
    }

    /// Its value, if it is certain.
    pub fn constant(&self) -> Option<f64> {
        match self {
            Tree::Number(value) => Some(*value),
            Tree::Boolean(value) => Some(f64::from(u8::from(*value))),
            Tree::State(_, index) => Some(f64::from(*index)),
            _ => None,
        }
    }
}
