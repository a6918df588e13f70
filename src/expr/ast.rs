//! What an expression says, as parsed: names are not yet resolved, and every part knows its place.

use crate::diagnostic::Span;

/// An expression and its place.
#[derive(Debug, Clone, PartialEq)]
pub struct Ast {
    /// Where it stands.
    pub span: Span,
    /// What it is.
    pub kind: AstKind,
}

/// What an expression can be.
#[derive(Debug, Clone, PartialEq)]
pub enum AstKind {
    /// A number.
    Number(f64),
    /// `true` or `false`.
    Boolean(bool),
    /// A text in quotes: a state, a category or a date.
    Text(String),
    /// A name, or several joined by dots.
    Name(Vec<Segment>),
    /// `-x` or `!x`.
    Unary(UnaryOperator, Box<Ast>),
    /// Two operands and what joins them.
    Binary(BinaryOperator, Box<Ast>, Box<Ast>),
    /// `condition ? yes : no`.
    Conditional(Box<Ast>, Box<Ast>, Box<Ast>),
    /// `item in set`.
    In(Box<Ast>, Box<Ast>),
    /// `[a, b, c]`.
    List(Vec<Ast>),
    /// `function(arguments)`.
    Call(Segment, Vec<Ast>),
    /// `set.exists(x, body)` or `set.all(x, body)`.
    Quantified(Quantifier, Box<Ast>, Segment, Box<Ast>),
}

/// One part of a dotted name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Segment {
    /// Where it stands.
    pub span: Span,
    /// The part.
    pub text: String,
}

/// Operators with one operand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum UnaryOperator {
    /// `-x`
    Negate,
    /// `!x`
    Not,
}

/// Operators with two operands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum BinaryOperator {
    /// `a || b`
    Or,
    /// `a && b`
    And,
    /// `a == b`
    Equal,
    /// `a != b`
    NotEqual,
    /// `a < b`
    Less,
    /// `a <= b`
    LessOrEqual,
    /// `a > b`
    Greater,
    /// `a >= b`
    GreaterOrEqual,
    /// `a + b`
    Add,
    /// `a - b`
    Subtract,
    /// `a * b`
    Multiply,
    /// `a / b`
    Divide,
    /// `a % b`, the remainder with the sign of a
    Remainder,
}

/// Whether one member must fit, or every one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Quantifier {
    /// At least one.
    Exists,
    /// Every one.
    All,
}

impl BinaryOperator {
    /// How it is written.
    pub fn symbol(self) -> &'static str {
        match self {
            BinaryOperator::Or => "||",
            BinaryOperator::And => "&&",
            BinaryOperator::Equal => "==",
            BinaryOperator::NotEqual => "!=",
            BinaryOperator::Less => "<",
            BinaryOperator::LessOrEqual => "<=",
            BinaryOperator::Greater => ">",
            BinaryOperator::GreaterOrEqual => ">=",
            BinaryOperator::Add => "+",
            BinaryOperator::Subtract => "-",
            BinaryOperator::Multiply => "*",
            BinaryOperator::Divide => "/",
            BinaryOperator::Remainder => "%",
        }
    }

    /// How tightly it binds; `? :` is 0, and all comparisons and `in` are alike.
    pub fn precedence(self) -> u8 {
        match self {
            BinaryOperator::Or => 1,
            BinaryOperator::And => 2,
            BinaryOperator::Equal
            | BinaryOperator::NotEqual
            | BinaryOperator::Less
            | BinaryOperator::LessOrEqual
            | BinaryOperator::Greater
            | BinaryOperator::GreaterOrEqual => 3,
            BinaryOperator::Add | BinaryOperator::Subtract => 4,
            BinaryOperator::Multiply | BinaryOperator::Divide | BinaryOperator::Remainder => 5,
        }
    }

    /// Whether it compares two values by size.
    pub fn is_ordering(self) -> bool {
        self.is_comparison() && !matches!(self, BinaryOperator::Equal | BinaryOperator::NotEqual)
    }

    /// Whether it compares two values.
    pub fn is_comparison(self) -> bool {
        self.precedence() == 3
    }
}
