//! What cases of the same kind came to, from a table of them.

use std::fmt;

use crate::diagnostic::nearest;
use crate::model::BaseRate;

/// How often cases of the same kind came to each outcome, the case itself left out.
#[derive(Debug, Clone, PartialEq)]
pub struct Cases {
    /// Of each outcome, in the order declared and with `unresolved` as the last, how many cases came to it.
    pub counts: Vec<u64>,
    /// How many cases came to what is none of the outcomes, and are not counted.
    pub others: u64,
    /// Which cases count, in words.
    pub which: String,
}

/// Why a table of cases cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadTable(pub String);

impl fmt::Display for BadTable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for BadTable {}

/// Counts the cases of a table. `outcomes` are ids, with `unresolved` as the last.
///
/// # Errors
/// If it is no table of comma-separated values, if a quote is not closed at the end of its cell, if a column that is asked for is not there, or if the case itself, which is
/// to be left out, is not in it.
pub fn count_cases(text: &str, base_rate: &BaseRate, outcomes: &[&str]) -> Result<Cases, BadTable> {
    if let Some(line) = unclosed_quote(text) {
        return Err(BadTable(format!(
            "the quote that opens a cell in line {line} is not closed at the end of the cell"
        )));
    }
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let header = reader.headers().map_err(|error| BadTable(error.to_string()))?.clone();
    let column = |name: &str| {
        header.iter().position(|column| column == name).ok_or_else(|| {
            let suggestion = match nearest(name, &header) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("its columns are {}", header.iter().collect::<Vec<_>>().join(", ")),
            };
            BadTable(format!("there is no column `{name}`; {suggestion}"))
        })
    };
    let came_to = column(&base_rate.outcome_column)?;
    let id = base_rate
        .case
        .as_ref()
        .map(|_| column(&base_rate.id_column))
        .transpose()?;
    let mut filters = Vec::new();
    for (name, values) in &base_rate.where_ {
        filters.push((column(name)?, values));
    }
    let mut cases = Cases {
        counts: vec![0; outcomes.len()],
        others: 0,
        which: which(base_rate),
    };
    let mut left_out = false;
    for record in reader.records() {
        let record = record.map_err(|error| BadTable(error.to_string()))?;
        let cell = |column: usize| record.get(column).unwrap_or_default().trim();
        if id.is_some_and(|id| Some(cell(id)) == base_rate.case.as_deref()) {
            left_out = true;
            continue;
        }
        if !filters
            .iter()
            .all(|(column, values)| values.iter().any(|value| value == cell(*column)))
        {
            continue;
        }
        match outcomes
            .iter()
            .position(|outcome| is_called(base_rate, outcome, cell(came_to)))
        {
            Some(outcome) => cases.counts[outcome] += 1,
            None => cases.others += 1,
        }
    }
    match &base_rate.case {
        Some(case) if !left_out => Err(BadTable(format!("there is no case `{case}` to leave out"))),
        _ => Ok(cases),
    }
}

/// The line of a quote that opens a cell and does not close it, by RFC 4180: a reader takes what follows, with its commas and
/// lines, for part of that cell.
fn unclosed_quote(text: &str) -> Option<usize> {
    let mut line = 1;
    let mut opened = None;
    let mut before = '\n';
    let mut rest = text.chars().peekable();
    while let Some(character) = rest.next() {
        match (opened, character) {
            (None, '"') if matches!(before, ',' | '\n' | '\r') => opened = Some(line),
            (Some(_), '"') if rest.peek() == Some(&'"') => {
                rest.next();
            }
            (Some(_), '"') if matches!(rest.peek(), None | Some(',' | '\n' | '\r')) => opened = None,
            (Some(_), '"') => return opened,
            _ => {}
        }
        line += usize::from(character == '\n');
        before = character;
    }
    opened
}

/// Whether the table means an outcome by this.
fn is_called(base_rate: &BaseRate, outcome: &str, class: &str) -> bool {
    let called = base_rate.called.iter().find(|(id, _)| id == outcome);
    match called {
        Some((_, classes)) => classes.iter().any(|known| known == class),
        None => outcome == class,
    }
}

fn which(base_rate: &BaseRate) -> String {
    let filters: Vec<String> = base_rate
        .where_
        .iter()
        .map(|(column, values)| format!("{column} {}", values.join(" or ")))
        .collect();
    let mut words = if filters.is_empty() {
        "all cases".to_owned()
    } else {
        filters.join(", ")
    };
    if let Some(case) = &base_rate.case {
        words.push_str(&format!(", without {case}"));
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str = "case_id,leverage,outcome_class\n\"a, one\",protest,completed\nb,protest,delayed\nc,licence,cancelled\n\
                         d,protest,lost\nme,protest,completed\n";

    fn base_rate() -> BaseRate {
        let texts = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect();
        BaseRate {
            table: String::new(),
            case: Some("me".to_owned()),
            id_column: BaseRate::ID_COLUMN.to_owned(),
            outcome_column: BaseRate::OUTCOME_COLUMN.to_owned(),
            where_: vec![("leverage".to_owned(), texts(&["protest"]))],
            called: vec![("sold".to_owned(), texts(&["completed", "delayed"]))],
        }
    }

    /// Fails if the case itself, or one of another kind, is counted, or if what is none of the outcomes goes unsaid.
    #[test]
    fn counts_cases_of_the_kind_but_not_the_case_itself() {
        let cases = count_cases(TABLE, &base_rate(), &["sold", "cancelled", "unresolved"]).unwrap();
        assert_eq!((cases.counts, cases.others), (vec![2, 0, 0], 1));
        assert_eq!(cases.which, "leverage protest, without me");
    }

    /// Fails if a quote that is not closed swallows the rows behind it, whether to the end or to the next quote.
    #[test]
    fn a_quote_must_close_its_cell() {
        let line = |rows: &str| unclosed_quote(&format!("case_id,leverage,outcome_class\n{rows}"));
        assert_eq!(line("a,protest,\"completed\nme,protest,completed\n"), Some(2));
        assert_eq!(
            line("b,protest,x\na,protest,\"completed\nme,protest,\"lost\"\n"),
            Some(3)
        );
        assert_eq!(line("a,\"said \"\"no\"\"\",\"two\nlines\"\r\n\"\",5\" gun,\"z\""), None);
        let refused = count_cases(
            &TABLE.replace("\nme,protest,completed", "\nme,protest,\"completed"),
            &base_rate(),
            &["sold"],
        );
        assert_eq!(
            refused.unwrap_err().0,
            "the quote that opens a cell in line 6 is not closed at the end of the cell"
        );
    }

    #[test]
    fn says_what_is_not_there() {
        let refused = |change: &dyn Fn(&mut BaseRate)| {
            let mut asked = base_rate();
            change(&mut asked);
            count_cases(TABLE, &asked, &["sold"]).unwrap_err().0
        };
        assert_eq!(
            refused(&|asked| asked.where_[0].0 = "levrage".to_owned()),
            "there is no column `levrage`; did you mean `leverage`?"
        );
        assert_eq!(
            refused(&|asked| asked.case = Some("you".to_owned())),
            "there is no case `you` to leave out"
        );
        assert_eq!(
            refused(&|asked| asked.outcome_column = "end".to_owned()),
            "there is no column `end`; its columns are case_id, leverage, outcome_class"
        );
    }
}
