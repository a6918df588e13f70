//! Gives an expression its meaning: looks up its names, unrolls its sets, and sees that its types fit.

use std::sync::Arc;

use crate::diagnostic::{Code, Diagnostic, Faults, Span, counted, nearest};

use super::ast::{Ast, AstKind, BinaryOperator, Quantifier, Segment, UnaryOperator};
use super::tree::{Domain, Function, Tree, Type};

/// What a name, or a part of an expression, means before types are settled.
#[derive(Debug, Clone)]
pub enum Meaning {
    /// Something with a value in a run.
    Value(Tree, Type),
    /// A text that is certain, and the texts that it may be compared with, if they are known.
    Text(String, Option<Arc<Vec<String>>>),
    /// A thing that has no value itself, like an actor.
    Item(Item),
    /// Some items, each in the set where its condition holds.
    Set(Vec<(Item, Tree)>),
}

/// A declared thing without a value of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// What kind of thing: "actor", "deal" and the like.
    pub kind: &'static str,
    /// Its id.
    pub id: String,
    /// Of an objector, the deal that it objects to.
    pub within: Option<String>,
}

impl Item {
    /// Stands for a member where there is none.
    fn nobody() -> Self {
        Item {
            kind: "member",
            id: String::new(),
            within: None,
        }
    }
}

/// What a look-up finds; where it finds nothing, the fault, or none if that has been reported already.
pub type Found<T> = Result<T, Option<Box<Diagnostic>>>;

/// Where names are looked up.
pub trait Scope {
    /// What a dotted name means.
    fn name(&mut self, path: &[Segment]) -> Found<Meaning>;
    /// What a dotted name below an item means.
    fn field(&mut self, item: &Item, path: &[Segment]) -> Found<Meaning>;
    /// The index of the event at an address.
    fn event(&mut self, path: &[Segment]) -> Found<Tree>;
    /// When the event at an address first fired.
    fn first_time(&mut self, path: &[Segment]) -> Found<Tree>;
    /// Whether two actors share an alliance.
    fn allied(&mut self, one: &Item, other: &Item) -> Tree;
    /// How close one actor is to another.
    fn affinity(&mut self, one: &Item, other: &Item) -> Tree;
    /// The years from the start to a day.
    fn date(&self, text: &str) -> Option<f64>;
}

/// Functions that are not of numbers alone.
const OTHER_FUNCTIONS: [&str; 6] = ["date", "count", "fired", "time_of", "allied", "affinity"];

/// All names of functions.
pub fn function_names() -> impl Iterator<Item = &'static str> {
    Function::ALL
        .iter()
        .map(|function| function.name())
        .chain(OTHER_FUNCTIONS)
}

/// Checks an expression that must be of a type.
pub fn check(ast: &Ast, expected: &Type, scope: &mut dyn Scope, faults: &mut Faults) -> Option<Tree> {
    Checker::new(scope, faults).of_type(ast, expected)
}

/// Checks an expression and tells its type.
pub fn infer(ast: &Ast, scope: &mut dyn Scope, faults: &mut Faults) -> Option<(Tree, Type)> {
    Checker::new(scope, faults).value(ast)
}

/// How large an expression may become when sets are unrolled.
const MAX_PARTS: usize = 100_000;

/// How many members a set may have that is written out: the expression becomes as deep.
const MAX_MEMBERS: usize = 5_000;

struct Checker<'a> {
    scope: &'a mut dyn Scope,
    faults: &'a mut Faults,
    members: Vec<(String, Item)>,
    parts: usize,
}

impl<'a> Checker<'a> {
    fn new(scope: &'a mut dyn Scope, faults: &'a mut Faults) -> Self {
        Checker {
            scope,
            faults,
            members: Vec::new(),
            parts: 0,
        }
    }

    fn fault<T>(&mut self, span: Span, message: impl Into<String>) -> Option<T> {
        self.faults.push(Diagnostic::new(Code::ExpressionType, span, message));
        None
    }

    fn found<T>(&mut self, result: Found<T>) -> Option<T> {
        match result {
            Ok(found) => Some(found),
            Err(fault) => {
                if let Some(fault) = fault {
                    self.faults.push(*fault);
                }
                None
            }
        }
    }

    fn of_type(&mut self, ast: &Ast, expected: &Type) -> Option<Tree> {
        // The answers of `? :` may be texts, which become states only by what is expected.
        if let (AstKind::Conditional(condition, yes, no), Type::State(_)) = (&ast.kind, expected) {
            let condition = self.of_type(condition, &Type::Boolean);
            let yes = self.of_type(yes, expected);
            let no = self.of_type(no, expected);
            return Some(Tree::conditional(condition?, yes?, no?));
        }
        let meaning = self.meaning(ast)?;
        self.fit(ast.span, meaning, expected)
    }

    /// Makes what was found be of the expected type.
    fn fit(&mut self, span: Span, meaning: Meaning, expected: &Type) -> Option<Tree> {
        match (meaning, expected) {
            (Meaning::Value(tree, found), _) if found == *expected => Some(tree),
            (Meaning::Text(text, _), Type::State(domain)) => self.state(span, &text, domain),
            (Meaning::Item(item), Type::State(domain)) => self.state(span, &item.id, domain),
            (other, _) => {
                let found = describe(&other);
                self.fault(span, format!("expected {expected}, found {found}"))
            }
        }
    }

    fn state(&mut self, span: Span, text: &str, domain: &Domain) -> Option<Tree> {
        match domain.index(text) {
            Some(index) => Some(Tree::State(domain.clone(), index)),
            None => {
                let fault = Diagnostic::new(Code::UnknownState, span, format!("there is no state '{text}' here"));
                let states = domain.states();
                self.faults
                    .push(match nearest(text, states.iter().map(String::as_str)) {
                        Some(near) => fault.help(format!("did you mean '{near}'?")),
                        None => fault.help(format!("the states are {}", domain.listed())),
                    });
                None
            }
        }
    }

    fn value(&mut self, ast: &Ast) -> Option<(Tree, Type)> {
        match self.meaning(ast)? {
            Meaning::Value(tree, kind) => Some((tree, kind)),
            other => {
                let found = describe(&other);
                let fault = Diagnostic::new(
                    Code::ExpressionType,
                    ast.span,
                    format!("expected a value, found {found}"),
                );
                self.faults.push(match other {
                    Meaning::Text(..) => fault.help("a text can only be compared with a variable that has such states"),
                    Meaning::Set(_) => fault.help("ask whether something is `in` the set, or `.exists(x, ...)`"),
                    _ => fault,
                });
                None
            }
        }
    }

    fn number(&mut self, ast: &Ast) -> Option<Tree> {
        self.of_type(ast, &Type::Number)
    }

    fn meaning(&mut self, ast: &Ast) -> Option<Meaning> {
        self.count(1, ast.span)?;
        let number = |tree| Meaning::Value(tree, Type::Number);
        let truth = |tree| Meaning::Value(tree, Type::Boolean);
        match &ast.kind {
            AstKind::Number(value) => Some(number(Tree::Number(*value))),
            AstKind::Boolean(value) => Some(truth(Tree::Boolean(*value))),
            AstKind::Text(text) => Some(Meaning::Text(text.clone(), None)),
            AstKind::Name(path) => self.name(path),
            AstKind::Unary(UnaryOperator::Negate, operand) => {
                Some(number(Tree::unary(UnaryOperator::Negate, self.number(operand)?)))
            }
            AstKind::Unary(UnaryOperator::Not, operand) => {
                Some(truth(self.of_type(operand, &Type::Boolean)?.negated()))
            }
            AstKind::Binary(operator @ (BinaryOperator::Equal | BinaryOperator::NotEqual), left, right) => {
                let equal = self.equal(left, right)?;
                Some(truth(if *operator == BinaryOperator::Equal {
                    equal
                } else {
                    not_equal(equal)
                }))
            }
            AstKind::Binary(..) => self.binary(ast),
            AstKind::Conditional(condition, yes, no) => self.conditional(condition, yes, no),
            AstKind::In(item, set) => self.contained(item, set).map(truth),
            AstKind::List(_) => self.fault(ast.span, "a list stands only behind `in`"),
            AstKind::Call(function, arguments) => self.call(ast.span, function, arguments),
            AstKind::Quantified(quantifier, set, variable, body) => {
                self.quantified(*quantifier, set, variable, body).map(truth)
            }
        }
    }

    /// Operators that group to the left: a long sum is as deep as it is long, and is walked without recursion.
    fn binary(&mut self, ast: &Ast) -> Option<Meaning> {
        let mut spine = Vec::new();
        let mut innermost = ast;
        while let AstKind::Binary(operator, left, right) = &innermost.kind
            && !matches!(operator, BinaryOperator::Equal | BinaryOperator::NotEqual)
        {
            spine.push((*operator, left.as_ref(), right.as_ref()));
            innermost = left;
        }
        let mut found = self.meaning(innermost);
        while let Some((operator, left, right)) = spine.pop() {
            self.count(1, ast.span)?;
            let logical = matches!(operator, BinaryOperator::And | BinaryOperator::Or);
            let operands = if logical { Type::Boolean } else { Type::Number };
            let one = found.and_then(|meaning| self.fit(left.span, meaning, &operands));
            let other = self.of_type(right, &operands);
            let divides = matches!(operator, BinaryOperator::Divide | BinaryOperator::Remainder);
            if divides && right.kind == AstKind::Number(0.0) {
                self.faults.push(Diagnostic::new(
                    Code::OutOfRange,
                    right.span,
                    "nothing can be divided by 0",
                ));
            }
            found = one.zip(other).map(|(one, other)| {
                let kind = if logical || operator.is_comparison() {
                    Type::Boolean
                } else {
                    Type::Number
                };
                Meaning::Value(Tree::binary(operator, one, other), kind)
            });
        }
        found
    }

    fn name(&mut self, path: &[Segment]) -> Option<Meaning> {
        let first = &path[0];
        if let Some((_, item)) = self.members.iter().rev().find(|(name, _)| *name == first.text) {
            let item = item.clone();
            return if item == Item::nobody() {
                None
            } else if path.len() == 1 {
                Some(Meaning::Item(item))
            } else {
                let found = self.scope.field(&item, &path[1..]);
                self.found(found)
            };
        }
        if path.len() == 1 && first.text == "now" {
            return Some(Meaning::Value(Tree::Now, Type::Number));
        }
        let found = self.scope.name(path);
        self.found(found)
    }

    fn conditional(&mut self, condition: &Ast, yes: &Ast, no: &Ast) -> Option<Meaning> {
        let condition = self.of_type(condition, &Type::Boolean);
        let Some((yes_tree, kind)) = self.value(yes) else {
            // A state in quotes on one side says nothing new on the other.
            if !matches!(no.kind, AstKind::Text(_)) {
                self.meaning(no);
            }
            return None;
        };
        let no_tree = self.of_type(no, &kind)?;
        Some(Meaning::Value(Tree::conditional(condition?, yes_tree, no_tree), kind))
    }

    fn equal(&mut self, left: &Ast, right: &Ast) -> Option<Tree> {
        // The answers of `? :` are states only beside a variable that has them.
        for (chosen, other) in [(left, right), (right, left)] {
            if matches!(chosen.kind, AstKind::Conditional(..)) && !matches!(other.kind, AstKind::Conditional(..)) {
                return match self.meaning(other) {
                    Some(Meaning::Value(tree, kind)) => Some(tree.equals(self.of_type(chosen, &kind)?)),
                    Some(meaning) => {
                        let (tree, kind) = self.value(chosen)?;
                        Some(tree.equals(self.fit(other.span, meaning, &kind)?))
                    }
                    None => {
                        self.meaning(chosen);
                        None
                    }
                };
            }
        }
        let (one, other) = (self.meaning(left), self.meaning(right));
        let (one, other) = (one?, other?);
        self.equal_meanings((left.span, one), (right.span, other))
    }

    fn equal_meanings(&mut self, left: (Span, Meaning), right: (Span, Meaning)) -> Option<Tree> {
        match (left, right) {
            ((_, Meaning::Value(tree, kind)), (span, other)) | ((span, other), (_, Meaning::Value(tree, kind))) => {
                let other = self.fit(span, other, &kind)?;
                Some(tree.equals(other))
            }
            ((_, Meaning::Text(one, Some(known))), (span, Meaning::Text(other, _)))
            | ((span, Meaning::Text(other, _)), (_, Meaning::Text(one, Some(known)))) => {
                if !known.contains(&other) {
                    let message = format!("nothing here is ever '{other}'");
                    let fault = Diagnostic::new(Code::NoEffect, span, message);
                    self.faults
                        .push(fault.suggest(&other, known.iter().map(String::as_str)));
                }
                Some(Tree::Boolean(one == other))
            }
            ((_, Meaning::Text(one, None)), (_, Meaning::Text(other, None))) => Some(Tree::Boolean(one == other)),
            ((_, Meaning::Item(one)), (_, Meaning::Item(other))) => Some(Tree::Boolean(one.id == other.id)),
            ((left_span, one), (right_span, other)) => {
                let message = format!("{} cannot be compared with {}", describe(&one), describe(&other));
                self.fault(left_span.to(right_span), message)
            }
        }
    }

    fn contained(&mut self, item: &Ast, set: &Ast) -> Option<Tree> {
        let found = self.meaning(item);
        if let AstKind::List(items) = &set.kind {
            let candidates: Vec<_> = items.iter().map(|candidate| self.meaning(candidate)).collect();
            let found = found?;
            self.repeat(&found, items.len(), item.span)?;
            let mut any = Some(Tree::Boolean(false));
            for (candidate, meaning) in items.iter().zip(candidates) {
                let same = meaning.and_then(|m| self.equal_meanings((item.span, found.clone()), (candidate.span, m)));
                any = any.zip(same).map(|(any, same)| any.or(same));
            }
            return any;
        }
        let members = self.set(set)?;
        self.repeat(found.as_ref()?, members.len(), item.span)?;
        let mut any = Tree::Boolean(false);
        for (member, present) in members {
            let same = match found.as_ref()? {
                Meaning::Item(item) => Tree::Boolean(item.id == member.id),
                // A variable whose states are actors: those of its states that are members.
                Meaning::Value(tree, Type::State(domain)) => match domain.index(&member.id) {
                    Some(index) => tree.clone().equals(Tree::State(domain.clone(), index)),
                    None => Tree::Boolean(false),
                },
                other => {
                    let message = format!("{} is no member of a set of actors", describe(other));
                    return self.fault(item.span, message);
                }
            };
            any = any.or(present.and(same));
        }
        Some(any)
    }

    /// Counts an operand that is written out once for each member of a set: nested, such sets would grow without bound.
    fn repeat(&mut self, meaning: &Meaning, times: usize, span: Span) -> Option<()> {
        let mut parts = 1;
        if let Meaning::Value(tree, _) = meaning {
            parts = 0;
            tree.visit(&mut |_| parts += 1);
        }
        self.count(times.saturating_mul(parts), span)
    }

    /// Counts parts of the expression, and reports it as too large once.
    fn count(&mut self, parts: usize, span: Span) -> Option<()> {
        let before = self.parts;
        self.parts = before.saturating_add(parts);
        if self.parts < MAX_PARTS {
            return Some(());
        }
        if before < MAX_PARTS {
            let message = "this expression becomes too large when its sets are written out";
            self.faults
                .push(Diagnostic::new(Code::ExpressionType, span, message).help("name parts of it in [definitions]"));
        }
        None
    }

    fn set(&mut self, ast: &Ast) -> Option<Vec<(Item, Tree)>> {
        match self.meaning(ast)? {
            Meaning::Set(members) => {
                let parts = if members.len() > MAX_MEMBERS {
                    MAX_PARTS
                } else {
                    members.len()
                };
                self.count(parts, ast.span)?;
                Some(members)
            }
            other => {
                let found = describe(&other);
                self.faults.push(
                    Diagnostic::new(Code::ExpressionType, ast.span, format!("expected a set, found {found}"))
                        .help("sets are lists in brackets, `objectors` and the `members` of an alliance"),
                );
                None
            }
        }
    }

    fn quantified(&mut self, quantifier: Quantifier, set: &Ast, variable: &Segment, body: &Ast) -> Option<Tree> {
        let members = self.set(set)?;
        if members.is_empty() {
            // Nobody to ask it of: what it says is looked at all the same.
            self.members.push((variable.text.clone(), Item::nobody()));
            self.of_type(body, &Type::Boolean);
            self.members.pop();
        }
        let mut all = Tree::Boolean(quantifier == Quantifier::All);
        for (item, present) in members {
            self.members.push((variable.text.clone(), item));
            let holds = self.of_type(body, &Type::Boolean);
            self.members.pop();
            all = match quantifier {
                Quantifier::Exists => all.or(present.and(holds?)),
                Quantifier::All => all.and(present.negated().or(holds?)),
            };
        }
        Some(all)
    }

    fn call(&mut self, span: Span, name: &Segment, arguments: &[Ast]) -> Option<Meaning> {
        let number = |tree| Some(Meaning::Value(tree, Type::Number));
        let truth = |tree| Some(Meaning::Value(tree, Type::Boolean));
        if let Some(function) = Function::ALL.into_iter().find(|function| function.name() == name.text) {
            let (least, most) = function.arity();
            let trees: Vec<_> = arguments.iter().map(|argument| self.number(argument)).collect();
            if !(least..=most).contains(&arguments.len()) {
                let bound = match (least == most, arguments.len() < least) {
                    (true, _) => "",
                    (false, true) => "at least ",
                    (false, false) => "at most ",
                };
                let wanted = counted(if arguments.len() < least { least } else { most }, "argument");
                let found = counted(arguments.len(), "argument");
                return self.fault(span, format!("`{}` takes {bound}{wanted}, and has {found}", name.text));
            }
            return number(Tree::call(function, trees.into_iter().collect::<Option<_>>()?));
        }
        match name.text.as_str() {
            "date" => {
                let [
                    Ast {
                        kind: AstKind::Text(text),
                        span: text_span,
                    },
                ] = arguments
                else {
                    return self.fault(span, "`date` takes one day in quotes, like date('2018-06-11')");
                };
                match self.scope.date(text) {
                    Some(years) => number(Tree::Number(years)),
                    None => {
                        let message = format!("there is no day '{text}'; a day is written like '2018-06-11'");
                        self.faults.push(Diagnostic::new(Code::BadUnit, *text_span, message));
                        None
                    }
                }
            }
            "count" | "fired" | "time_of" => {
                let [
                    Ast {
                        kind: AstKind::Name(path),
                        ..
                    },
                ] = arguments
                else {
                    return self.fault(span, format!("`{}` takes the address of one event", name.text));
                };
                if name.text == "time_of" {
                    let time = self.scope.first_time(path);
                    return number(self.found(time)?);
                }
                let count = self.scope.event(path);
                let count = self.found(count)?;
                if name.text == "count" {
                    return number(count);
                }
                truth(Tree::binary(BinaryOperator::Greater, count, Tree::Number(0.0)))
            }
            "allied" | "affinity" => {
                let [one, other] = arguments else {
                    return self.fault(span, format!("`{}` takes two actors", name.text));
                };
                let (one, other) = (self.actor(one), self.actor(other));
                let (one, other) = (one?, other?);
                if name.text == "allied" {
                    truth(self.scope.allied(&one, &other))
                } else {
                    number(self.scope.affinity(&one, &other))
                }
            }
            _ => {
                let message = format!("there is no function `{}`", name.text);
                let fault = Diagnostic::new(Code::UnknownId, name.span, message);
                let fault = match nearest(&name.text, function_names()) {
                    Some(near) => fault.help(format!("did you mean `{near}`?")),
                    None => fault.help(format!(
                        "the functions are {}",
                        function_names().collect::<Vec<_>>().join(", ")
                    )),
                };
                self.faults.push(fault);
                None
            }
        }
    }

    fn actor(&mut self, ast: &Ast) -> Option<Item> {
        match self.meaning(ast)? {
            Meaning::Item(item) => Some(item),
            other => {
                let found = describe(&other);
                self.fault(ast.span, format!("expected an actor, found {found}"))
            }
        }
    }
}

/// `a != b` reads better than `!(a == b)` where a scenario is written out.
fn not_equal(equal: Tree) -> Tree {
    match equal {
        Tree::Binary(BinaryOperator::Equal, left, right) => Tree::Binary(BinaryOperator::NotEqual, left, right),
        other => other.negated(),
    }
}

fn describe(meaning: &Meaning) -> String {
    match meaning {
        Meaning::Value(_, kind) => kind.to_string(),
        Meaning::Text(text, _) => format!("the text '{text}'"),
        Meaning::Item(item) => format!("the {} `{}`", item.kind, item.id),
        Meaning::Set(_) => "a set".to_owned(),
    }
}
