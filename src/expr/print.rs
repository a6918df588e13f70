//! Writes a checked expression in the language, with no more brackets than it needs.

use super::ast::UnaryOperator;
use super::tree::{Reference, Tree};

/// The names that references are printed by.
pub trait Names {
    /// The address of a parameter, a variable, a definition or, for counts and times, an event.
    fn address(&self, reference: Reference) -> &str;
}

/// How tightly something binds that needs no brackets.
const ATOM: u8 = 7;
const UNARY: u8 = 6;

/// The expression as text. Parsing it again gives the same tree.
pub fn print(tree: &Tree, names: &dyn Names) -> String {
    let mut text = String::new();
    write(tree, names, 0, &mut text);
    text
}

fn precedence(tree: &Tree) -> u8 {
    match tree {
        Tree::Conditional(..) => 0,
        Tree::Binary(operator, ..) => operator.precedence(),
        Tree::Unary(..) => UNARY,
        _ => ATOM,
    }
}

fn write(tree: &Tree, names: &dyn Names, least: u8, text: &mut String) {
    let bracketed = precedence(tree) < least;
    if bracketed {
        text.push('(');
    }
    match tree {
        Tree::Number(value) => text.push_str(&number(*value)),
        Tree::Boolean(value) => text.push_str(if *value { "true" } else { "false" }),
        Tree::State(domain, index) => {
            text.push_str(&format!(
                "'{}'",
                domain.states().get(*index as usize).map_or("", String::as_str)
            ));
        }
        Tree::Reference(reference) => {
            let address = names.address(*reference);
            match reference {
                Reference::Count(_) => text.push_str(&format!("count({address})")),
                Reference::FirstTime(_) => text.push_str(&format!("time_of({address})")),
                _ => text.push_str(address),
            }
        }
        Tree::Now => text.push_str("now"),
        Tree::Unary(operator, operand) => {
            text.push(if *operator == UnaryOperator::Negate { '-' } else { '!' });
            // A minus before a literal would be read as part of it.
            let least = if matches!(**operand, Tree::Number(_)) {
                ATOM + 1
            } else {
                UNARY
            };
            write(operand, names, least, text);
        }
        Tree::Binary(operator, left, right) => {
            let own = operator.precedence();
            // Comparisons do not chain; everything else groups to the left.
            let left_least = if operator.is_comparison() { own + 1 } else { own };
            write(left, names, left_least, text);
            text.push_str(&format!(" {} ", operator.symbol()));
            write(right, names, own + 1, text);
        }
        Tree::Conditional(condition, yes, no) => {
            write(condition, names, 1, text);
            text.push_str(" ? ");
            write(yes, names, 0, text);
            text.push_str(" : ");
            write(no, names, 0, text);
        }
        Tree::Call(function, arguments) => {
            text.push_str(function.name());
            text.push('(');
            for (index, argument) in arguments.iter().enumerate() {
                if index > 0 {
                    text.push_str(", ");
                }
                write(argument, names, 0, text);
            }
            text.push(')');
        }
    }
    if bracketed {
        text.push(')');
    }
}

/// A number so that reading it gives the same bits.
pub fn number(value: f64) -> String {
    if value.is_infinite() {
        // Constants can overflow; the language has no word for infinity, but 1 / 0 is one.
        return if value > 0.0 {
            "(1 / 0)".into()
        } else {
            "(-1 / 0)".into()
        };
    }
    if value.is_nan() {
        return "(0 / 0)".into();
    }
    let plain = format!("{value}");
    let short = format!("{value:e}");
    if plain.len() <= short.len().max(12) {
        plain
    } else {
        short
    }
}
