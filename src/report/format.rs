//! Numbers as a reader wants them: about three digits, thousands apart, and never a zero that is not one.

/// What stands where there is no number.
pub(super) const NOTHING: &str = "–";

/// What stands before a number below 0.
const MINUS: char = '−';

/// A count with its thousands apart: `1,234,567`.
pub(super) fn count(number: u64) -> String {
    grouped(&number.to_string())
}

/// About three digits: `0.0312`, `1.02`, `170`, `41,234`. What is exact in fewer digits has fewer (`0.25`, `3`).
pub(super) fn number(number: Option<f64>) -> String {
    let Some(number) = number.filter(|number| number.is_finite()) else {
        return NOTHING.to_owned();
    };
    let size = number.abs();
    if number == 0.0 {
        return "0".to_owned();
    }
    if !(1e-4..1e9).contains(&size) {
        return signed(number, &format!("{size:.2e}"));
    }
    // The exponent after rounding to three digits, so that 9.996 counts as 10.0.
    let rounded = format!("{size:.2e}");
    let exponent: i32 = rounded
        .split_once('e')
        .and_then(|(_, exponent)| exponent.parse().ok())
        .expect("a finite float in scientific notation has an exponent");
    let decimals = usize::try_from(2 - exponent).unwrap_or(0);
    let text = format!("{size:.decimals$}");
    let trimmed = match text.contains('.') {
        true => text.trim_end_matches('0').trim_end_matches('.'),
        false => &text,
    };
    // Zeros at the end say that digits were rounded off; where none were, they would say too much.
    let exact = trimmed.parse() == Ok(size);
    let text = grouped(if exact { trimmed } else { &text });
    signed(number, &text)
}

/// The text of a number's size with the sign of the number, where it is below 0.
pub(super) fn signed(number: f64, size: &str) -> String {
    if number < 0.0 {
        format!("{MINUS}{size}")
    } else {
        size.to_owned()
    }
}

/// A share of 0 to 1 in percent, without the sign: `41.2`. What is neither 0 nor 1 is never shown as either.
pub(super) fn percent(share: f64, decimals: usize) -> String {
    let text = format!("{:.decimals$}", share * 100.0);
    let least = least(decimals);
    if share > 0.0 && text == format!("{:.decimals$}", 0.0) {
        format!("<{least:.decimals$}")
    } else if share < 1.0 && text == format!("{:.decimals$}", 100.0) {
        format!(">{:.decimals$}", 100.0 - least)
    } else {
        text
    }
}

/// About three digits with the sign, which a difference always has: `+1.02`, `−0.0312`, `0`.
pub(super) fn signed_number(difference: Option<f64>) -> String {
    let text = number(difference);
    match difference {
        Some(difference) if difference > 0.0 && difference.is_finite() => format!("+{text}"),
        _ => text,
    }
}

/// A difference of shares in percentage points, with its sign: `+12.5`, `−0.3`, `0.0`.
pub(super) fn signed_percent(difference: f64, decimals: usize) -> String {
    let text = format!("{:.decimals$}", difference.abs() * 100.0);
    if difference == 0.0 || text.trim_matches(['0', '.']).is_empty() {
        text
    } else if difference > 0.0 {
        format!("+{text}")
    } else {
        format!("{MINUS}{text}")
    }
}

/// The half width of an interval in percent, without the sign; where it is not 0, at least 1 in the last place.
pub(super) fn noise(half_width: f64, decimals: usize) -> String {
    let percent = half_width * 100.0;
    let least = least(decimals);
    format!(
        "{:.decimals$}",
        if percent > 0.0 && percent < least {
            least
        } else {
            percent
        }
    )
}

/// How many decimals of a percentage mean something, at a noise with this half width: its first digit is the last
/// shown. At least 1 and at most 4.
pub(super) fn decimals(half_width: f64) -> usize {
    (1..4)
        .find(|&decimals| half_width * 100.0 >= least(decimals) * 0.95)
        .unwrap_or(4)
}

/// A rate a second: `850,000`, `1.2 million`.
pub(super) fn rate(per_second: f64) -> String {
    if per_second >= 999_950.0 {
        format!("{:.1} million", per_second / 1e6)
    } else {
        number(Some(per_second))
    }
}

/// One in the last of so many decimals.
fn least(decimals: usize) -> f64 {
    [1.0, 0.1, 0.01, 0.001, 0.0001][decimals]
}

/// Digits with their thousands apart; a fraction as it is.
pub(super) fn grouped(digits: &str) -> String {
    let whole = digits.find('.').unwrap_or(digits.len());
    let mut text = String::with_capacity(digits.len() + whole / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && place < whole && (whole - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_have_their_thousands_apart() {
        assert_eq!([0, 999, 1000, 1_234_567].map(count), ["0", "999", "1,000", "1,234,567"]);
    }

    /// Fails if digits are lost, or zeros claim a precision that is not there.
    #[test]
    fn numbers_have_three_digits_or_as_few_as_are_exact() {
        let shown = |x: f64| number(Some(x));
        assert_eq!([0.0, -0.0, 3.0, 170.0, 0.25].map(shown), ["0", "0", "3", "170", "0.25"]);
        assert_eq!(
            [1.0234, 0.70001, 9.996, 0.031_24].map(shown),
            ["1.02", "0.700", "10.0", "0.0312"]
        );
        assert_eq!([-41_234.4, 999.6, 1234.5].map(shown), ["−41,234", "1,000", "1,234"]);
        assert_eq!([1e12, -3.3e-7].map(shown), ["1.00e12", "−3.30e-7"]);
        assert_eq!(number(None), "–");
        assert_eq!(number(Some(f64::NAN)), "–");
    }

    #[test]
    fn what_is_rare_is_not_shown_as_never() {
        let shown = |share| percent(share, 1);
        assert_eq!(
            [0.0, 1e-5, 0.412_34, 0.99999, 1.0].map(shown),
            ["0.0", "<0.1", "41.2", ">99.9", "100.0"]
        );
        assert_eq!(
            [noise(0.0, 1), noise(1e-5, 1), noise(0.003_05, 1)],
            ["0.0", "0.1", "0.3"]
        );
    }

    #[test]
    fn the_last_digit_shown_is_the_first_of_the_noise() {
        assert_eq!([0.096, 0.003, 0.000_97, 0.0003, 1e-9].map(decimals), [1, 1, 1, 2, 4]);
    }

    #[test]
    fn rates_can_be_read_aloud() {
        assert_eq!(
            [850_000.0, 999_999.0, 1_234_567.0].map(rate),
            ["850,000", "1.0 million", "1.2 million"]
        );
    }
}
