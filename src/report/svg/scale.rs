//! Scales that put numbers in their places, and ticks at round numbers.

use super::text::width;
use crate::report::format::grouped;

/// A straight scale from an interval of numbers to an interval of a picture.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::report) struct Scale {
    from: [f64; 2],
    to: [f64; 2],
}

impl Scale {
    /// A scale that puts the ends of `from` on the ends of `to`. Where `from` has no length everything stands in the middle.
    pub(in crate::report) fn new(from: [f64; 2], to: [f64; 2]) -> Self {
        Scale { from, to }
    }

    /// Where a number stands.
    pub(in crate::report) fn place(&self, number: f64) -> f64 {
        let ([low, high], [start, end]) = (self.from, self.to);
        if low == high {
            return (start + end) / 2.0;
        }
        start + (number - low) / (high - low) * (end - start)
    }
}

/// Round numbers at equal distances: a whole number of times 1, 2 or 5 and a power of ten.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::report) struct Ticks {
    first: i64,
    last: i64,
    /// 1, 2 or 5.
    lead: i64,
    exponent: i32,
}

impl Ticks {
    /// The closest ticks that need at most so many steps (at least 2) from the last tick at or below `low` to the first
    /// at or above `high`. Where the two are the same, or no finite numbers in order, it is one step around them.
    pub(in crate::report) fn around(low: f64, high: f64, most: usize) -> Self {
        let (low, high) = match (low.is_finite(), high > low && high.is_finite()) {
            (true, true) => (low, high),
            (true, false) if low != 0.0 => (low - low.abs() / 2.0, low + low.abs() / 2.0),
            _ => (0.0, 1.0),
        };
        // Around 0 it takes two.
        let most = most.max(2) as i64;
        let mut exponent = exponent_of((high - low) / most as f64);
        loop {
            for lead in [1, 2, 5] {
                let step = Ticks {
                    first: 0,
                    last: 0,
                    lead,
                    exponent,
                };
                let (first, last) = (step.steps(low).floor(), step.steps(high).ceil());
                if last - first <= most as f64 {
                    return Ticks {
                        first: first as i64,
                        last: last as i64,
                        ..step
                    };
                }
            }
            exponent += 1;
        }
    }

    /// The distance of two ticks.
    pub(in crate::report) fn step(&self) -> f64 {
        self.value(1)
    }

    /// The first and the last tick.
    pub(in crate::report) fn ends(&self) -> [f64; 2] {
        [self.value(self.first), self.value(self.last)]
    }

    /// The ticks, ascending.
    pub(in crate::report) fn values(&self) -> Vec<f64> {
        (self.first..=self.last).map(|index| self.value(index)).collect()
    }

    /// The closest ticks that [`around`](Self::around) gives whose labels of a size stand side by side in a width with some
    /// space between them; at most so many steps.
    pub(in crate::report) fn in_a_row(low: f64, high: f64, most: usize, room: f64, size: f64) -> Self {
        let fits = |ticks: &Self| {
            let values = ticks.values();
            let widths = values.iter().map(|tick| width(&ticks.label(*tick), size));
            let widest = widths.max_by(f64::total_cmp).unwrap_or(0.0);
            (widest + size) * (values.len() - 1) as f64 <= room
        };
        let fewer = (2..=most).rev().map(|most| Ticks::around(low, high, most));
        let mut all = fewer.chain([Ticks::around(low, high, 2)]);
        all.find(fits).unwrap_or_else(|| Ticks::around(low, high, 2))
    }

    /// A tick as text, with as many decimals as all of them need: thousands apart, millions and milliards (`bn`) counted in
    /// those, and what is tiny by its power of ten.
    pub(in crate::report) fn label(&self, tick: f64) -> String {
        let [first, last] = self.ends();
        let largest = if first.abs() > last.abs() {
            first.abs()
        } else {
            last.abs()
        };
        let (unit, name) = match largest {
            _ if tick == 0.0 && !(1e-3..1e15).contains(&largest) => return "0".to_owned(),
            large if large >= 1e15 => return format!("{tick:e}"),
            tiny if tiny < 1e-3 => return format!("{tick:e}"),
            billions if billions >= 1e9 => (9, "bn"),
            millions if millions >= 1e6 => (6, "M"),
            _ => (0, ""),
        };
        let decimals = usize::try_from(unit - self.exponent).unwrap_or(0);
        let text = grouped(&format!("{:.decimals$}", tick.abs() / power_of_ten(unit)));
        let name = if tick == 0.0 { "" } else { name };
        if tick < 0.0 {
            format!("−{text}{name}")
        } else {
            format!("{text}{name}")
        }
    }

    fn value(&self, index: i64) -> f64 {
        let leads = (index * self.lead) as f64;
        // Dividing by a power of ten, which is exact, rounds once: 3 / 10 is the float 0.3, and 3 x 0.1 is not.
        if self.exponent < 0 {
            leads / power_of_ten(-self.exponent)
        } else {
            leads * power_of_ten(self.exponent)
        }
    }

    /// How many steps a number is from 0, to within a billionth of a step of a tick.
    fn steps(&self, number: f64) -> f64 {
        let steps = number / self.step();
        let nearest = steps.round();
        if (steps - nearest).abs() < 1e-9 { nearest } else { steps }
    }
}

fn power_of_ten(exponent: i32) -> f64 {
    format!("1e{exponent}").parse().unwrap_or(f64::INFINITY)
}

/// The power of ten that a positive number begins with.
fn exponent_of(number: f64) -> i32 {
    let written = format!("{number:e}");
    let exponent = written.split_once('e').and_then(|(_, exponent)| exponent.parse().ok());
    exponent.unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scale_puts_ends_on_ends() {
        let scale = Scale::new([10.0, 20.0], [300.0, 100.0]);
        assert_eq!([10.0, 15.0, 20.0].map(|x| scale.place(x)), [300.0, 200.0, 100.0]);
        assert_eq!(Scale::new([1.0, 1.0], [0.0, 8.0]).place(1.0), 4.0);
    }

    /// Fails if ticks are not round, do not enclose what they are for, or carry the dirt of sums of tenths.
    #[test]
    fn ticks_are_round_and_enclose() {
        let ticks = |low, high, most| Ticks::around(low, high, most).values();
        assert_eq!(ticks(0.0, 1.0, 5), [0.0, 0.2, 0.4, 0.6, 0.8, 1.0]);
        assert_eq!(ticks(0.0, 0.3, 3), [0.0, 0.1, 0.2, 0.3]);
        assert_eq!(ticks(0.813, 0.871, 4), [0.8, 0.82, 0.84, 0.86, 0.88]);
        assert_eq!(ticks(-3.0, 7.2, 6), [-4.0, -2.0, 0.0, 2.0, 4.0, 6.0, 8.0]);
        assert_eq!(ticks(0.0, 1300.0, 4), [0.0, 500.0, 1000.0, 1500.0]);
        assert_eq!(ticks(3.0, 3.0, 4), [1.0, 2.0, 3.0, 4.0, 5.0]);
        assert_eq!(ticks(f64::NAN, 2.0, 2), [0.0, 0.5, 1.0]);
        for (low, high) in [
            (1e-9, 3e-9),
            (-1e12, 4.4e12),
            (0.1, 0.7),
            (99.99, 100.01),
            (-0.07, -0.02),
        ] {
            for most in [1, 3, 5, 8] {
                let ticks = Ticks::around(low, high, most);
                let [first, last] = ticks.ends();
                assert!(first <= low && high <= last, "{low} to {high} in {most}");
                assert!(ticks.values().len() <= most.max(2) + 1, "{low} to {high} in {most}");
            }
        }
    }

    #[test]
    fn labels_have_the_decimals_of_the_step() {
        let labels = |low, high, most| {
            let ticks = Ticks::around(low, high, most);
            let texts = ticks.values().into_iter().map(|tick| ticks.label(tick));
            texts.collect::<Vec<_>>()
        };
        assert_eq!(labels(0.0, 0.25, 5), ["0.00", "0.05", "0.10", "0.15", "0.20", "0.25"]);
        assert_eq!(labels(-2000.0, 1000.0, 3), ["−2,000", "−1,000", "0", "1,000"]);
        assert_eq!(labels(0.0, 3e8, 3), ["0", "100M", "200M", "300M"]);
        assert_eq!(labels(0.0, 1.5e9, 3), ["0.0", "0.5bn", "1.0bn", "1.5bn"]);
        assert_eq!(labels(0.0, 3e-9, 3), ["0", "1e-9", "2e-9", "3e-9"]);
    }

    /// Fails if labels run into each other where fewer ticks would keep them apart.
    #[test]
    fn ticks_in_a_row_leave_room_for_their_labels() {
        let count = |room| Ticks::in_a_row(0.0, 700_000.0, 8, room, 12.0).values().len();
        assert_eq!([1000.0, 300.0, 50.0].map(count), [8, 5, 3]);
    }
}
