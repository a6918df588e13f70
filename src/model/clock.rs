//! Where an expression may read the time, and where it does.

use crate::diagnostic::{Code, Diagnostic, Span};
use crate::expr::{Ast, AstKind, Segment, Tree};

use super::lowering::{Lowering, TimeUse};

/// How an expression may read the time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Clock {
    /// Freely.
    Free,
    /// Only in a comparison with what is settled before the run: that becomes a date.
    Compared,
    /// Not at all; says why.
    Unread(&'static str),
}

impl Lowering<'_> {
    /// Sees that time is read only where it may be.
    pub fn check_clock(&mut self, tree: &Tree, ast: &Ast, clock: Clock) -> Option<()> {
        let reads = self.time_use(tree);
        let (fault, help) = match (clock, reads) {
            (Clock::Free, _) | (_, TimeUse::None) | (Clock::Compared, TimeUse::Compared) => return Some(()),
            (Clock::Compared, _) => (
                "a condition can read `now` only in a comparison with what is settled before the run",
                "write `now >= 1.5` or `now < date('2018-06-11')`; `on = DATE` lets something happen on a day",
            ),
            (Clock::Unread(why), _) => (why, "let an event change a variable, and read that instead"),
        };
        let least = if clock == Clock::Compared {
            TimeUse::Free
        } else {
            TimeUse::Compared
        };
        let (span, reader) = self.reader_of_time(ast, least).unwrap_or((ast.span, None));
        let fault = match reader {
            Some(name) => format!("{fault}, and `{name}` reads it"),
            None => fault.to_owned(),
        };
        self.faults
            .push(Diagnostic::new(Code::TimeNotAllowed, span, fault).help(help));
        None
    }

    /// Where an expression reads the time, and the name of the definition that does so for it.
    fn reader_of_time(&self, ast: &Ast, least: TimeUse) -> Option<(Span, Option<String>)> {
        let first = |parts: &[&Ast]| parts.iter().find_map(|part| self.reader_of_time(part, least));
        match &ast.kind {
            AstKind::Name(path) => {
                let address = joined(path);
                match self.symbols.get(&address) {
                    _ if address == "now" => Some((ast.span, None)),
                    Some(symbol) => {
                        let (tree, _) = self.read_symbol(*symbol)?;
                        (self.time_use(&tree) >= least).then_some((ast.span, Some(address)))
                    }
                    None => None,
                }
            }
            AstKind::Number(_) | AstKind::Boolean(_) | AstKind::Text(_) => None,
            AstKind::Unary(_, operand) => first(&[operand]),
            AstKind::Binary(operator, left, right) => {
                let is_now = |ast: &Ast| matches!(&ast.kind, AstKind::Name(path) if joined(path) == "now");
                let allowed = least == TimeUse::Free
                    && operator.is_ordering()
                    && ((is_now(left) && self.is_settled(right)) || (is_now(right) && self.is_settled(left)));
                if allowed { None } else { first(&[left, right]) }
            }
            AstKind::In(left, right) => first(&[left, right]),
            AstKind::Conditional(condition, yes, no) => first(&[condition, yes, no]),
            AstKind::List(items) | AstKind::Call(_, items) => first(&items.iter().collect::<Vec<_>>()),
            AstKind::Quantified(_, set, _, body) => first(&[set, body]),
        }
    }

    /// Whether all names of an expression are settled before a run starts.
    fn is_settled(&self, ast: &Ast) -> bool {
        let all = |parts: &[&Ast]| parts.iter().all(|part| self.is_settled(part));
        match &ast.kind {
            AstKind::Name(path) => self
                .symbols
                .get(&joined(path))
                .and_then(|symbol| self.read_symbol(*symbol))
                .is_some_and(|(tree, _)| self.reads_only_parameters(&tree)),
            AstKind::Number(_) | AstKind::Boolean(_) | AstKind::Text(_) => true,
            AstKind::Unary(_, operand) => all(&[operand]),
            AstKind::Binary(_, left, right) | AstKind::In(left, right) => all(&[left, right]),
            AstKind::Conditional(condition, yes, no) => all(&[condition, yes, no]),
            AstKind::List(items) | AstKind::Call(_, items) => all(&items.iter().collect::<Vec<_>>()),
            AstKind::Quantified(..) => false,
        }
    }
}

fn joined(path: &[Segment]) -> String {
    let parts: Vec<_> = path.iter().map(|segment| segment.text.as_str()).collect();
    parts.join(".")
}
