//! Cuts an expression into tokens.

use super::ast::BinaryOperator;

/// A token, and the bytes of the expression that it covers.
#[derive(Debug, Clone, PartialEq)]
pub struct Token {
    /// What it is.
    pub kind: TokenKind,
    /// Its first byte.
    pub start: usize,
    /// One past its last byte.
    pub end: usize,
}

/// What a token can be.
#[derive(Debug, Clone, PartialEq)]
pub enum TokenKind {
    /// A number.
    Number(f64),
    /// A text in quotes.
    Text(String),
    /// A name, or a word of the language.
    Word(String),
    /// An operator with two operands; `-` is here too.
    Operator(BinaryOperator),
    /// `!`
    Not,
    /// `=`, `+=`, `-=` or `*=`: an assignment, and what it does to the old value.
    Assign(Option<BinaryOperator>),
    /// One of `( ) [ ] , . ? :`
    Punctuation(char),
    /// The end of the expression.
    End,
}

/// What cannot be cut, and where.
#[derive(Debug, Clone, PartialEq)]
pub struct LexError {
    /// What is wrong.
    pub message: String,
    /// What may mend it.
    pub help: Option<String>,
    /// The first byte.
    pub start: usize,
    /// One past the last.
    pub end: usize,
}

/// All tokens of a text; the last is [`TokenKind::End`].
///
/// # Errors
/// At the first character that begins no token.
pub fn tokens(text: &str) -> Result<Vec<Token>, LexError> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(first) = text[at..].chars().next() {
        if first.is_whitespace() {
            at += first.len_utf8();
            continue;
        }
        let (kind, length) = token(&text[at..], first).map_err(|(message, help, length)| LexError {
            message,
            help,
            start: at,
            end: at + length,
        })?;
        tokens.push(Token {
            kind,
            start: at,
            end: at + length,
        });
        at += length;
    }
    tokens.push(Token {
        kind: TokenKind::End,
        start: text.len(),
        end: text.len(),
    });
    Ok(tokens)
}

type Refusal = (String, Option<String>, usize);

fn token(rest: &str, first: char) -> Result<(TokenKind, usize), Refusal> {
    if first.is_ascii_digit() || (first == '.' && rest[1..].starts_with(|c: char| c.is_ascii_digit())) {
        return number(rest);
    }
    if first.is_alphabetic() || first == '_' {
        let length = rest
            .find(|c: char| !c.is_alphanumeric() && c != '_')
            .unwrap_or(rest.len());
        return Ok((TokenKind::Word(rest[..length].to_owned()), length));
    }
    if first == '\'' || first == '"' {
        return match rest[1..].find(first) {
            Some(length) => Ok((TokenKind::Text(rest[1..=length].to_owned()), length + 2)),
            None => Err(("the quotes around this text are never closed".into(), None, rest.len())),
        };
    }
    const TWO: [(&str, TokenKind); 9] = [
        ("||", TokenKind::Operator(BinaryOperator::Or)),
        ("&&", TokenKind::Operator(BinaryOperator::And)),
        ("==", TokenKind::Operator(BinaryOperator::Equal)),
        ("!=", TokenKind::Operator(BinaryOperator::NotEqual)),
        ("<=", TokenKind::Operator(BinaryOperator::LessOrEqual)),
        (">=", TokenKind::Operator(BinaryOperator::GreaterOrEqual)),
        ("+=", TokenKind::Assign(Some(BinaryOperator::Add))),
        ("-=", TokenKind::Assign(Some(BinaryOperator::Subtract))),
        ("*=", TokenKind::Assign(Some(BinaryOperator::Multiply))),
    ];
    if let Some((_, kind)) = TWO.iter().find(|(written, _)| rest.starts_with(written)) {
        return Ok((kind.clone(), 2));
    }
    if let Some(operator) = ["/=", "%="].into_iter().find(|operator| rest.starts_with(operator)) {
        let help = format!("write `x = x {} ...`", &operator[..1]);
        return Err((format!("`{operator}` is no operator"), Some(help), 2));
    }
    let kind = match first {
        '<' => TokenKind::Operator(BinaryOperator::Less),
        '>' => TokenKind::Operator(BinaryOperator::Greater),
        '+' => TokenKind::Operator(BinaryOperator::Add),
        '-' => TokenKind::Operator(BinaryOperator::Subtract),
        '*' => TokenKind::Operator(BinaryOperator::Multiply),
        '/' => TokenKind::Operator(BinaryOperator::Divide),
        '%' => TokenKind::Operator(BinaryOperator::Remainder),
        '!' => TokenKind::Not,
        '=' => TokenKind::Assign(None),
        '(' | ')' | '[' | ']' | ',' | '.' | '?' | ':' => TokenKind::Punctuation(first),
        '&' => return Err(("`&` is no operator".into(), Some("\"and\" is written `&&`".into()), 1)),
        '|' => return Err(("`|` is no operator".into(), Some("\"or\" is written `||`".into()), 1)),
        '^' => {
            return Err((
                "`^` is no operator".into(),
                Some("a power is written `pow(x, y)`".into()),
                1,
            ));
        }
        _ => return Err((format!("`{first}` has no meaning here"), None, first.len_utf8())),
    };
    Ok((kind, 1))
}

fn number(rest: &str) -> Result<(TokenKind, usize), Refusal> {
    let bytes = rest.as_bytes();
    let digits = |mut at: usize| {
        while bytes.get(at).is_some_and(|b| b.is_ascii_digit() || *b == b'_') {
            at += 1;
        }
        at
    };
    let mut end = digits(0);
    // `1.` before a name would be a field of a number: the point belongs to the number only with digits behind it.
    if bytes.get(end) == Some(&b'.') && bytes.get(end + 1).is_some_and(u8::is_ascii_digit) {
        end = digits(end + 1);
    }
    if matches!(bytes.get(end), Some(b'e' | b'E')) {
        let sign = usize::from(matches!(bytes.get(end + 1), Some(b'+' | b'-')));
        if bytes.get(end + 1 + sign).is_some_and(u8::is_ascii_digit) {
            end = digits(end + 1 + sign);
        }
    }
    let word = rest[end..]
        .find(|c: char| !c.is_alphanumeric() && c != '_')
        .unwrap_or(rest.len() - end);
    if word > 0 {
        let help = "a name begins with a letter, and units stand only in durations outside of expressions";
        return Err((
            format!("`{}` is neither a number nor a name", &rest[..end + word]),
            Some(help.into()),
            end + word,
        ));
    }
    match rest[..end].replace('_', "").parse::<f64>() {
        Ok(number) if number.is_finite() => Ok((TokenKind::Number(number), end)),
        _ => Err(("this number is too large".into(), None, end)),
    }
}
