//! Ticks of a time axis: the first days of months and years.

use time::{Date, Month};

use crate::scenario::date;

const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];

/// A tick of a time axis.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::report) struct Tick {
    /// Years since the start.
    pub time: f64,
    /// What stands there: a year, a month or a day.
    pub label: String,
}

/// The ticks of a time axis.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::report) struct Calendar {
    /// Ascending, from the start to the horizon.
    pub ticks: Vec<Tick>,
}

#[derive(Clone, Copy)]
enum Step {
    Days(i32),
    Months(i32),
    Years(i32),
}

impl Calendar {
    /// The closest ticks of which there are at most so many (at least 2) from a day on for so many years.
    pub(in crate::report) fn new(start: Date, years: f64, most: usize) -> Self {
        let fixed = [1, 2, 5, 10].map(Step::Days).into_iter();
        let months = [1, 2, 3, 6].map(Step::Months).into_iter();
        let decades = (0..5).flat_map(|power| [1, 2, 5].map(|lead| Step::Years(lead * 10_i32.pow(power))));
        let end = date::day_at(start, years);
        let steps = fixed.chain(months).chain(decades);
        let mut ticks = Vec::new();
        for step in steps {
            ticks = days(start, end, step, most.max(2) + 1);
            if ticks.len() <= most.max(2) {
                break;
            }
        }
        let mut calendar = Calendar { ticks: Vec::new() };
        for (day, step) in ticks {
            let label = label(day, step, calendar.ticks.is_empty());
            calendar.ticks.push(Tick {
                time: date::years_between(start, day),
                label,
            });
        }
        calendar
    }
}

/// A day as a reader says it: `11 Jun 2018`.
pub(in crate::report) fn day_in_words(day: Date) -> String {
    format!("{} {} {}", day.day(), MONTHS[month_index(day)], day.year())
}

fn month_index(day: Date) -> usize {
    usize::from(u8::from(day.month())) - 1
}

/// The days of a step from `start` to `end`, at most so many.
fn days(start: Date, end: Date, step: Step, most: usize) -> Vec<(Date, Step)> {
    let first_of = |month: i32| -> Option<Date> {
        let (year, month) = (month.div_euclid(12), month.rem_euclid(12));
        Date::from_calendar_date(year, Month::try_from(u8::try_from(month + 1).ok()?).ok()?, 1).ok()
    };
    let month_of = |day: Date| day.year() * 12 + month_index(day) as i32;
    let on: Box<dyn Iterator<Item = Option<Date>>> = match step {
        Step::Days(length) => {
            let first = start.to_julian_day();
            Box::new((0..).map(move |index| Date::from_julian_day(first + index * length).ok()))
        }
        Step::Months(length) => {
            let first = month_of(start).div_euclid(length);
            Box::new((first..).map(move |index| first_of(index * length)))
        }
        Step::Years(length) => {
            let first = start.year().div_euclid(length);
            Box::new((first..).map(move |index| first_of(index * length * 12)))
        }
    };
    on.take_while(|day| day.is_some_and(|day| day <= end))
        .flatten()
        .filter(|day| *day >= start)
        .take(most)
        .map(|day| (day, step))
        .collect()
}

fn label(day: Date, step: Step, is_first: bool) -> String {
    let month = MONTHS[month_index(day)];
    match step {
        Step::Years(_) => day.year().to_string(),
        Step::Months(_) if month == "Jan" => day.year().to_string(),
        Step::Months(_) if is_first => format!("{month} {}", day.year()),
        Step::Months(_) => month.to_owned(),
        Step::Days(_) if is_first || day.day() == 1 => format!("{} {month}", day.day()),
        Step::Days(_) => day.day().to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(start: &str, years: f64, most: usize) -> Vec<String> {
        let start = date::parse(start).expect("a day");
        let calendar = Calendar::new(start, years, most);
        calendar.ticks.into_iter().map(|tick| tick.label).collect()
    }

    /// Fails if a tick is not the first of its month or year, or years are not told apart.
    #[test]
    fn ticks_are_the_first_days_of_months_and_years() {
        assert_eq!(
            labels("2017-10-09", 3.0, 7),
            ["2018", "Jul", "2019", "Jul", "2020", "Jul"]
        );
        assert_eq!(labels("2017-10-09", 3.0, 3), ["2018", "2019", "2020"]);
        assert_eq!(
            labels("2017-10-09", 3.0, 12),
            [
                "2018", "Apr", "Jul", "Oct", "2019", "Apr", "Jul", "Oct", "2020", "Apr", "Jul", "Oct"
            ]
        );
        assert_eq!(labels("2017-02-01", 0.5, 4), ["Mar 2017", "May", "Jul"]);
        assert_eq!(labels("2017-01-01", 10.0, 6), ["2018", "2020", "2022", "2024", "2026"]);
        assert_eq!(labels("2017-03-30", 0.01, 8), ["30 Mar", "31", "1 Apr", "2"]);
        assert_eq!(labels("1900-01-01", 1000.0, 4), ["2000", "2500"]);
    }

    #[test]
    fn ticks_stand_at_their_times() {
        let start = date::parse("2017-10-09").expect("a day");
        let first = &Calendar::new(start, 3.0, 3).ticks[0];
        assert!((first.time - 84.0 / 365.25).abs() < 1e-12);
        assert_eq!(day_in_words(start), "9 Oct 2017");
    }
}
