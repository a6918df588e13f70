//! Calendar days, and the years between them.

use time::{Date, Month};

/// The length of a year, in days.
const YEAR: f64 = 365.25;

/// Reads a day written as `2018-06-11`.
pub fn parse(text: &str) -> Option<Date> {
    // Parsing whole numbers would take a sign.
    if !text.chars().all(|c| c.is_ascii_digit() || c == '-') {
        return None;
    }
    let mut parts = text.split('-');
    let year = parts.next().filter(|y| y.len() == 4)?.parse().ok()?;
    let month = parts.next().filter(|m| m.len() == 2)?.parse::<u8>().ok()?;
    let day = parts.next().filter(|d| d.len() == 2)?.parse().ok()?;
    if parts.next().is_some() {
        return None;
    }
    Date::from_calendar_date(year, Month::try_from(month).ok()?, day).ok()
}

/// The years from one day to another.
pub fn years_between(start: Date, day: Date) -> f64 {
    f64::from(day.to_julian_day() - start.to_julian_day()) / YEAR
}

/// The day on which the moment `years` after the start falls. Moments beyond the calendar fall on its last day.
pub fn day_at(start: Date, years: f64) -> Date {
    // A date converted to years and back is that date, though the division rounds.
    let days = (years * YEAR + 1e-6).floor();
    let last = Date::MAX.to_julian_day();
    let day = f64::from(start.to_julian_day()) + days;
    if day >= f64::from(last) {
        return Date::MAX;
    }
    Date::from_julian_day(day as i32).unwrap_or(Date::MAX)
}

/// The day as `2018-06-11`.
pub fn format(day: Date) -> String {
    format!("{:04}-{:02}-{:02}", day.year(), u8::from(day.month()), day.day())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_survives_the_way_through_years() {
        let start = parse("2017-10-09").unwrap();
        for days in 0..2000 {
            let day = Date::from_julian_day(start.to_julian_day() + days).unwrap();
            assert_eq!(day_at(start, years_between(start, day)), day);
        }
        assert_eq!(format(day_at(start, 0.25)), "2018-01-08");
    }

    #[test]
    fn refuses_what_is_no_day() {
        assert!(parse("2018-02-30").is_none());
        assert!(parse("2018-2-3").is_none());
        assert!(parse("18-02-03").is_none());
    }
}
