//! A checked expression: names are resolved, types fit, and every value is a 64-bit float.
//!
//! True and false are 1 and 0, a state is its index. What is checked can be evaluated without an error; a value may still
//! be infinite or not a number.

use std::sync::Arc;

use super::ast::{BinaryOperator, UnaryOperator};

/// A checked expression.
#[derive(Debug, Clone, PartialEq)]
pub enum Tree {
    /// A number.
    Number(f64),
    /// True or false.
    Boolean(bool),
    /// One of the states of a domain.
    State(Domain, u32),
    /// Something that has a value in a run.
    Reference(Reference),
    /// The years since the start.
    Now,
    /// An operator with one operand.
    Unary(UnaryOperator, Arc<Tree>),
    /// An operator with two operands. `&&` and `||` look at the second only where the first leaves it open, which can be
    /// seen only by speed: evaluation has no effects.
    Binary(BinaryOperator, Arc<Tree>, Arc<Tree>),
    /// A condition, and the value for each answer.
    Conditional(Arc<Tree>, Arc<Tree>, Arc<Tree>),
    /// A function and its arguments.
    Call(Function, Vec<Tree>),
}

/// Something that has a value in a run, by its index in the core.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reference {
    /// A parameter.
    Parameter(usize),
    /// A variable.
    Variable(usize),
    /// A definition.
    Definition(usize),
    /// How often an event has fired.
    Count(usize),
    /// When an event first fired, in years since the start; infinite until then.
    FirstTime(usize),
}

/// What an expression yields.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Type {
    /// A number.
    Number,
    /// True or false.
    Boolean,
    /// A state of a domain.
    State(Domain),
}

impl std::fmt::Display for Type {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Type::Number => formatter.write_str("a number"),
            Type::Boolean => formatter.write_str("true or false"),
            Type::State(domain) => write!(formatter, "one of {}", domain.listed()),
        }
    }
}

/// The states that a variable can be in, in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Domain(Arc<Vec<String>>);

impl Domain {
    /// A domain of these states.
    pub fn new(states: Vec<String>) -> Self {
        Domain(Arc::new(states))
    }

    /// The states, in order.
    pub fn states(&self) -> &[String] {
        &self.0
    }

    /// The index of a state.
    pub fn index(&self, state: &str) -> Option<u32> {
        self.0
            .iter()
            .position(|known| known == state)
            .and_then(|at| u32::try_from(at).ok())
    }

    /// The states for a message.
    pub fn listed(&self) -> String {
        self.0
            .iter()
            .map(|state| format!("'{state}'"))
            .collect::<Vec<_>>()
            .join(", ")
    }
}

/// A function of numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Function {
    /// The least of its arguments.
    Min,
    /// The greatest of its arguments.
    Max,
    /// The size of a number.
    Abs,
    /// e to the power of it.
    Exp,
    /// The natural logarithm.
    Ln,
    /// The square root.
    Sqrt,
    /// The first to the power of the second.
    Pow,
    /// 1 / (1 + exp(-x)).
    Logistic,
    /// The first, but not below the second nor above the third.
    Clamp,
}

impl Function {
    /// All functions.
    pub const ALL: [Function; 9] = [
        Function::Min,
        Function::Max,
        Function::Abs,
        Function::Exp,
        Function::Ln,
        Function::Sqrt,
        Function::Pow,
        Function::Logistic,
        Function::Clamp,
    ];

    /// Its name in expressions.
    pub fn name(self) -> &'static str {
        match self {
            Function::Min => "min",
            Function::Max => "max",
            Function::Abs => "abs",
            Function::Exp => "exp",
            Function::Ln => "ln",
            Function::Sqrt => "sqrt",
            Function::Pow => "pow",
            Function::Logistic => "logistic",
            Function::Clamp => "clamp",
        }
    }

    /// The fewest and the most arguments that it takes.
    pub fn arity(self) -> (usize, usize) {
        match self {
            Function::Min | Function::Max => (2, 64),
            Function::Abs | Function::Exp | Function::Ln | Function::Sqrt | Function::Logistic => (1, 1),
            Function::Pow => (2, 2),
            Function::Clamp => (3, 3),
        }
    }
}

impl Tree {
    /// Whether it is true or false for certain.
    pub fn constant_boolean(&self) -> Option<bool> {
        match self {
            Tree::Boolean(value) => Some(*value),
            _ => None,
        }
    }

    /// Its number, if that is certain.
    pub fn constant_number(&self) -> Option<f64> {
        match self {
            Tree::Number(value) => Some(*value),
            _ => None,
        }
    }

    /// Visits it and all its parts, outermost first.
    pub fn visit(&self, visitor: &mut dyn FnMut(&Tree)) {
        visitor(self);
        match self {
            Tree::Number(_) | Tree::Boolean(_) | Tree::State(..) | Tree::Reference(_) | Tree::Now => {}
            Tree::Unary(_, operand) => operand.visit(visitor),
            Tree::Binary(_, left, right) => {
                left.visit(visitor);
                right.visit(visitor);
            }
            Tree::Conditional(condition, yes, no) => {
                condition.visit(visitor);
                yes.visit(visitor);
                no.visit(visitor);
            }
            Tree::Call(_, arguments) => arguments.iter().for_each(|argument| argument.visit(visitor)),
        }
    }

    /// Everything that it reads.
    pub fn references(&self) -> Vec<Reference> {
        let mut found = Vec::new();
        self.visit(&mut |part| {
            if let Tree::Reference(reference) = part
                && !found.contains(reference)
            {
                found.push(*reference);
            }
        });
        found
    }

    /// Whether it reads the time itself, not through a definition.
    pub fn reads_now(&self) -> bool {
        let mut reads = false;
        self.visit(&mut |part| reads |= matches!(part, Tree::Now));
        reads
    }
}
