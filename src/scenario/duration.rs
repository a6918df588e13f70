//! Spans of time as people write them: `9 months`, `1.5 years`.

/// An amount of a unit of time. A year is 365.25 days, a month a twelfth of it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Duration {
    amount: f64,
    unit: Unit,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Unit {
    Hour,
    Day,
    Week,
    Month,
    Year,
}

const UNITS: [(&str, Unit); 5] = [
    ("hour", Unit::Hour),
    ("day", Unit::Day),
    ("week", Unit::Week),
    ("month", Unit::Month),
    ("year", Unit::Year),
];

/// Why a text is no duration.
#[derive(Debug, Clone, PartialEq)]
pub enum NotADuration {
    /// It does not look like one: it may be an expression.
    OtherText,
    /// A number and a word that is no unit.
    UnknownUnit(String),
    /// A negative number of a unit.
    Negative,
}

impl Duration {
    /// Reads a number and a unit, singular or plural.
    ///
    /// # Errors
    /// If the text is no number followed by one word, if that word is no unit, or if the number is negative.
    pub fn parse(text: &str) -> Result<Self, NotADuration> {
        let text = text.trim();
        let split = end_of_number(text).ok_or(NotADuration::OtherText)?;
        let (number, word) = text.split_at(split);
        let amount: f64 = number
            .trim()
            .replace('_', "")
            .parse()
            .map_err(|_| NotADuration::OtherText)?;
        if !word.chars().all(|c| c.is_ascii_alphabetic()) || !amount.is_finite() {
            return Err(NotADuration::OtherText);
        }
        let singular = word.strip_suffix('s').unwrap_or(word);
        let unit = UNITS.iter().find(|(name, _)| *name == singular).map(|(_, unit)| *unit);
        let unit = unit.ok_or_else(|| NotADuration::UnknownUnit(word.to_owned()))?;
        if amount < 0.0 {
            return Err(NotADuration::Negative);
        }
        Ok(Duration { amount, unit })
    }

    /// Its length in years.
    pub fn years(self) -> f64 {
        self.times(1.0)
    }

    /// `count` times its length, in years, rounded once: twelve times a month is a year.
    pub fn times(self, count: f64) -> f64 {
        let amount = count * self.amount;
        match self.unit {
            Unit::Hour => amount / (24.0 * 365.25),
            Unit::Day => amount / 365.25,
            Unit::Week => amount * 7.0 / 365.25,
            Unit::Month => amount / 12.0,
            Unit::Year => amount,
        }
    }
}

/// Where the first letter stands that is not the `e` of a number like `1e-3`.
fn end_of_number(text: &str) -> Option<usize> {
    let letters = text.char_indices().filter(|(_, c)| c.is_ascii_alphabetic());
    letters.map(|(at, _)| at).find(|at| {
        let exponent = text[*at..].strip_prefix(['e', 'E']);
        let digits = exponent.map(|rest| rest.strip_prefix(['-', '+']).unwrap_or(rest));
        !digits.is_some_and(|digits| digits.starts_with(|c: char| c.is_ascii_digit()))
    })
}

impl std::fmt::Display for Duration {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let name = UNITS
            .iter()
            .find(|(_, unit)| *unit == self.unit)
            .map_or("", |(name, _)| name);
        let plural = if self.amount == 1.0 { "" } else { "s" };
        write!(formatter, "{} {name}{plural}", self.amount)
    }
}

/// The units, for messages.
pub const UNIT_NAMES: [&str; 5] = ["hours", "days", "weeks", "months", "years"];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_units_in_singular_and_plural() {
        assert_eq!(Duration::parse("9 months").unwrap().years(), 0.75);
        assert_eq!(Duration::parse("1 year").unwrap().years(), 1.0);
        assert_eq!(Duration::parse("365.25days").unwrap().years(), 1.0);
        assert_eq!(Duration::parse("1 month").unwrap().times(12.0), 1.0);
        assert_eq!(Duration::parse("1e-3 years").unwrap().years(), 1e-3);
        assert_eq!(Duration::parse("1e400 years"), Err(NotADuration::OtherText));
    }

    #[test]
    fn tells_a_wrong_unit_from_an_expression() {
        assert_eq!(
            Duration::parse("3 mnths"),
            Err(NotADuration::UnknownUnit("mnths".into()))
        );
        assert_eq!(Duration::parse("-3 months"), Err(NotADuration::Negative));
        assert_eq!(Duration::parse("2 * delay"), Err(NotADuration::OtherText));
        assert_eq!(Duration::parse("delay"), Err(NotADuration::OtherText));
        assert_eq!(Duration::parse("0.5"), Err(NotADuration::OtherText));
    }
}
