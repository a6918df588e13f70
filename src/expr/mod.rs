//! Leaf: the expression language: parsed, typed, a checked tree, evaluated and printed.

mod ast;
mod build;
mod check;
mod evaluate;
mod lexer;
mod origin;
mod parser;
mod print;
mod tree;

pub use ast::{Ast, AstKind, BinaryOperator, Quantifier, Segment, UnaryOperator};
pub use check::{Found, Item, Meaning, Scope, check, function_names, infer};
pub use evaluate::{Values, apply_binary, apply_function, apply_unary};
pub use origin::Origin;
pub use parser::{Assignment, parse, parse_assignment};
pub use print::{Names, number, print};
pub use tree::{Domain, Function, Reference, Tree, Type};
