//! Parses an expression, or an assignment, by precedence climbing.

use crate::diagnostic::{Code, Diagnostic, Span};

use super::ast::{Ast, AstKind, BinaryOperator, Quantifier, Segment, UnaryOperator};
use super::lexer::{Token, TokenKind, tokens};
use super::origin::Origin;

/// How deep expressions may nest: far beyond what a person reads, far below what the stack holds.
const MAX_DEPTH: u32 = 64;

/// How many tokens an expression may have. A sum of so many terms is a tree of that depth, which later stages walk.
const MAX_TOKENS: usize = 4000;

/// `target = value`, with `+=` and its like already written out in `operator`.
#[derive(Debug, Clone, PartialEq)]
pub struct Assignment {
    /// What is assigned, a dotted name.
    pub target: Vec<Segment>,
    /// Where the target stands.
    pub target_span: Span,
    /// What joins the old value to the new, if anything.
    pub operator: Option<BinaryOperator>,
    /// The right-hand side.
    pub value: Ast,
}

/// Parses a whole text as one expression.
///
/// # Errors
/// At the first part that does not fit.
pub fn parse(text: &str, origin: &Origin) -> Result<Ast, Box<Diagnostic>> {
    let mut parser = Parser::new(text, origin)?;
    let ast = parser.expression()?;
    parser.end()?;
    Ok(ast)
}

/// Parses a whole text as one assignment.
///
/// # Errors
/// At the first part that does not fit.
pub fn parse_assignment(text: &str, origin: &Origin) -> Result<Assignment, Box<Diagnostic>> {
    let mut parser = Parser::new(text, origin)?;
    let target = parser.expression()?;
    let target_span = target.span;
    if parser.peek().kind == TokenKind::End && matches!(target.kind, AstKind::Binary(BinaryOperator::Equal, ..)) {
        let fault = Diagnostic::new(Code::Assignment, target_span, "this compares, and assigns nothing");
        return Err(Box::new(fault.help("an assignment is written with one `=`")));
    }
    let TokenKind::Assign(operator) = parser.peek().kind else {
        let fault = parser.fault("expected an assignment, like `tension = 1` or `tension += 0.5`");
        return Err(Box::new(fault));
    };
    let AstKind::Name(target) = target.kind else {
        return Err(Box::new(Diagnostic::new(
            Code::Assignment,
            target_span,
            "only a variable can be assigned",
        )));
    };
    parser.next();
    let value = parser.expression()?;
    if parser.is(',') && !parser.is_decimal_comma() {
        let fault = parser.fault("one text makes one assignment");
        return Err(Box::new(fault.help("write [\"a = 1\", \"b = 2\"]")));
    }
    parser.end()?;
    Ok(Assignment {
        target,
        target_span,
        operator,
        value,
    })
}

struct Parser<'a> {
    tokens: Vec<Token>,
    at: usize,
    depth: u32,
    origin: &'a Origin,
}

type Parsed = Result<Ast, Box<Diagnostic>>;

impl<'a> Parser<'a> {
    fn new(text: &str, origin: &'a Origin) -> Result<Self, Box<Diagnostic>> {
        let tokens = tokens(text).map_err(|error| {
            let mut fault = Diagnostic::new(
                Code::ExpressionSyntax,
                origin.span(error.start, error.end),
                error.message,
            );
            fault.help.extend(error.help);
            Box::new(fault)
        })?;
        if tokens.len() > MAX_TOKENS {
            let fault = Diagnostic::new(Code::ExpressionSyntax, origin.span(0, 1), "this expression is too long");
            return Err(Box::new(fault.help("name parts of it in [definitions]")));
        }
        Ok(Parser {
            tokens,
            at: 0,
            depth: 0,
            origin,
        })
    }

    fn peek(&self) -> &Token {
        &self.tokens[self.at]
    }

    fn next(&mut self) -> Token {
        let token = self.tokens[self.at].clone();
        // The last token is the end, and stays.
        self.at = (self.at + 1).min(self.tokens.len() - 1);
        token
    }

    fn span_of(&self, token: &Token) -> Span {
        self.origin.span(token.start, token.end)
    }

    fn is(&self, punctuation: char) -> bool {
        self.peek().kind == TokenKind::Punctuation(punctuation)
    }

    fn is_word(&self, word: &str) -> bool {
        matches!(&self.peek().kind, TokenKind::Word(found) if found == word)
    }

    fn fault(&self, message: &str) -> Diagnostic {
        let token = self.peek();
        let found = match &token.kind {
            TokenKind::End => ", but the expression ends here".to_owned(),
            _ => String::new(),
        };
        Diagnostic::new(Code::ExpressionSyntax, self.span_of(token), format!("{message}{found}"))
    }

    /// Whether the token before the one at hand is of a kind.
    fn follows(&self, kind: &TokenKind) -> bool {
        self.at > 0 && self.tokens[self.at - 1].kind == *kind
    }

    /// Whether a comma stands at hand where a number should have its point, as in `1,25`.
    fn is_decimal_comma(&self) -> bool {
        let is_number = |at: usize| matches!(self.tokens.get(at).map(|token| &token.kind), Some(TokenKind::Number(_)));
        let comma = self.peek();
        self.is(',')
            && self.at > 0
            && is_number(self.at - 1)
            && is_number(self.at + 1)
            && self.tokens[self.at - 1].end == comma.start
            && self.tokens[self.at + 1].start == comma.end
    }

    fn expect(&mut self, punctuation: char) -> Result<Token, Box<Diagnostic>> {
        if self.is(punctuation) {
            return Ok(self.next());
        }
        Err(Box::new(self.fault(&format!("expected `{punctuation}`"))))
    }

    fn end(&self) -> Result<(), Box<Diagnostic>> {
        match &self.peek().kind {
            TokenKind::End => Ok(()),
            TokenKind::Assign(None) => {
                let fault = self.fault("an expression does not assign");
                Err(Box::new(fault.help("to compare, write `==`")))
            }
            TokenKind::Word(_) if self.at == 1 && self.tokens[0].kind == TokenKind::Word("not".to_owned()) => {
                let fault = self.fault("expected an operator or the end of the expression");
                Err(Box::new(fault.help("\"not\" is written `!`")))
            }
            TokenKind::Word(word) if word == "and" || word == "or" => {
                let symbol = if word == "and" { "&&" } else { "||" };
                Err(Box::new(
                    self.fault("expected an operator")
                        .help(format!("\"{word}\" is written `{symbol}`")),
                ))
            }
            _ if self.is_decimal_comma() => {
                let fault = self.fault("a number has no comma");
                Err(Box::new(fault.help("one and a half is written 1.5")))
            }
            _ => Err(Box::new(
                self.fault("expected an operator or the end of the expression"),
            )),
        }
    }

    fn expression(&mut self) -> Parsed {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(Box::new(
                self.fault("this expression is nested too deeply")
                    .help("name parts of it in [definitions]"),
            ));
        }
        let condition = self.binary(1)?;
        let parsed = if self.is('?') {
            self.next();
            let yes = self.expression()?;
            self.expect(':')?;
            let no = self.expression()?;
            let span = condition.span.to(no.span);
            let kind = AstKind::Conditional(Box::new(condition), Box::new(yes), Box::new(no));
            Ok(Ast { span, kind })
        } else {
            Ok(condition)
        };
        self.depth -= 1;
        parsed
    }

    fn binary(&mut self, least: u8) -> Parsed {
        let mut left = self.unary()?;
        let mut compared = false;
        loop {
            let operator = match self.peek().kind {
                TokenKind::Operator(operator) => Some(operator),
                _ if self.is_word("in") => None,
                _ => return Ok(left),
            };
            let precedence = operator.map_or(BinaryOperator::Equal.precedence(), BinaryOperator::precedence);
            if precedence < least {
                return Ok(left);
            }
            let comparison = precedence == BinaryOperator::Equal.precedence();
            if comparison && compared {
                let fault = self.fault("comparisons do not chain");
                return Err(Box::new(fault.help("write `a < b && b < c`")));
            }
            compared |= comparison;
            self.next();
            let right = self.binary(precedence + 1)?;
            let span = left.span.to(right.span);
            let kind = match operator {
                Some(operator) => AstKind::Binary(operator, Box::new(left), Box::new(right)),
                None => AstKind::In(Box::new(left), Box::new(right)),
            };
            left = Ast { span, kind };
        }
    }

    fn unary(&mut self) -> Parsed {
        let operator = match self.peek().kind {
            TokenKind::Not => UnaryOperator::Not,
            TokenKind::Operator(BinaryOperator::Subtract) => UnaryOperator::Negate,
            _ => return self.postfix(),
        };
        let token = self.next();
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(Box::new(self.fault("this expression is nested too deeply")));
        }
        let operand = self.unary()?;
        self.depth -= 1;
        let span = self.span_of(&token).to(operand.span);
        // A literal keeps its sign, so that -2 is a number and no operation.
        let kind = match (operator, &operand.kind) {
            (UnaryOperator::Negate, AstKind::Number(number)) => AstKind::Number(-number),
            _ => AstKind::Unary(operator, Box::new(operand)),
        };
        Ok(Ast { span, kind })
    }

    fn postfix(&mut self) -> Parsed {
        let mut ast = self.primary()?;
        while self.is('.') {
            self.next();
            let segment = self.word("a name after the dot")?;
            let quantifier = match segment.text.as_str() {
                "exists" if self.is('(') => Some(Quantifier::Exists),
                "all" if self.is('(') => Some(Quantifier::All),
                _ => None,
            };
            ast = match (quantifier, ast.kind) {
                (Some(quantifier), kind) => {
                    self.expect('(')?;
                    let variable = self.word("a name for the member")?;
                    self.expect(',')?;
                    let body = self.expression()?;
                    let close = self.expect(')')?;
                    let span = ast.span.to(self.span_of(&close));
                    let set = Ast { span: ast.span, kind };
                    Ast {
                        span,
                        kind: AstKind::Quantified(quantifier, Box::new(set), variable, Box::new(body)),
                    }
                }
                (None, AstKind::Name(mut segments)) => {
                    let span = ast.span.to(segment.span);
                    segments.push(segment);
                    Ast {
                        span,
                        kind: AstKind::Name(segments),
                    }
                }
                (None, _) => {
                    let fault = Diagnostic::new(Code::ExpressionSyntax, segment.span, "only names have fields");
                    return Err(Box::new(fault));
                }
            };
        }
        Ok(ast)
    }

    fn word(&mut self, what: &str) -> Result<Segment, Box<Diagnostic>> {
        let span = self.span_of(self.peek());
        match &self.peek().kind {
            TokenKind::Word(text) => {
                let text = text.clone();
                self.next();
                Ok(Segment { span, text })
            }
            _ => Err(Box::new(self.fault(&format!("expected {what}")))),
        }
    }

    fn primary(&mut self) -> Parsed {
        let token = self.peek().clone();
        let span = self.span_of(&token);
        let kind = match token.kind {
            TokenKind::Number(number) => AstKind::Number(number),
            TokenKind::Text(text) => AstKind::Text(text),
            TokenKind::Word(word) => {
                self.next();
                return match word.as_str() {
                    "true" => Ok(Ast {
                        span,
                        kind: AstKind::Boolean(true),
                    }),
                    "false" => Ok(Ast {
                        span,
                        kind: AstKind::Boolean(false),
                    }),
                    _ if self.is('(') => {
                        let (arguments, close) = self.list('(', ')')?;
                        let kind = AstKind::Call(Segment { span, text: word }, arguments);
                        Ok(Ast {
                            span: span.to(close),
                            kind,
                        })
                    }
                    _ => Ok(Ast {
                        span,
                        kind: AstKind::Name(vec![Segment { span, text: word }]),
                    }),
                };
            }
            TokenKind::Punctuation('(') => {
                self.next();
                let mut inner = self.expression()?;
                let close = self.expect(')')?;
                inner.span = span.to(self.span_of(&close));
                return Ok(inner);
            }
            TokenKind::Punctuation('[') => {
                let (items, close) = self.list('[', ']')?;
                return Ok(Ast {
                    span: span.to(close),
                    kind: AstKind::List(items),
                });
            }
            TokenKind::End if self.follows(&TokenKind::Operator(BinaryOperator::Remainder)) => {
                let fault = self.fault("expected a value");
                return Err(Box::new(
                    fault.help("60 per cent is written 0.6; `a % b` is a remainder"),
                ));
            }
            _ => return Err(Box::new(self.fault("expected a value"))),
        };
        self.next();
        Ok(Ast { span, kind })
    }

    fn list(&mut self, open: char, close: char) -> Result<(Vec<Ast>, Span), Box<Diagnostic>> {
        self.expect(open)?;
        let mut items = Vec::new();
        while !self.is(close) {
            items.push(self.expression()?);
            if !self.is(',') {
                break;
            }
            self.next();
        }
        let close = self.expect(close)?;
        Ok((items, self.span_of(&close)))
    }
}
