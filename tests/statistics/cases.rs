//! The distributions under test: those of `quantiles.csv`, which `quantiles.py` wrote.

use equipoise::distribution::{Distribution, Family};

/// One row: a quantile in twice the precision.
pub struct Row {
    pub u: f64,
    pub x: f64,
    /// What is left of the quantile when `x` is taken off.
    pub rest: f64,
    pub density: f64,
}

/// One distribution and its quantiles, in order.
pub struct Case {
    pub name: String,
    pub distribution: Distribution,
    pub rows: Vec<Row>,
}

pub fn all() -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    for line in include_str!("quantiles.csv")
        .lines()
        .filter(|line| !line.starts_with('#'))
    {
        let fields: Vec<&str> = line.split(',').collect();
        let [family, arguments, truncation, k, x, rest, density] = fields[..] else {
            panic!("seven fields in {line}");
        };
        let name = format!("{family} [{arguments}] truncated to [{truncation}]");
        if cases.last().is_none_or(|case| case.name != name) {
            let numbers = |text: &str| text.split_whitespace().map(number).collect::<Vec<f64>>();
            let bounds = numbers(truncation);
            let distribution = Distribution::new(
                Family::from_name(family).expect("a family"),
                &numbers(arguments),
                (!bounds.is_empty()).then(|| [bounds[0], bounds[1]]),
            )
            .expect("valid arguments");
            cases.push(Case {
                name,
                distribution,
                rows: Vec::new(),
            });
        }
        let row = Row {
            u: uniform(k.parse().expect("an integer")),
            x: number(x),
            rest: number(rest),
            density: number(density),
        };
        cases.last_mut().expect("a case").rows.push(row);
    }
    cases
}

/// The uniform of an integer below 2^52.
pub fn uniform(k: u64) -> f64 {
    (k as f64 + 0.5) * 2.0_f64.powi(-52)
}

fn number(text: &str) -> f64 {
    text.parse().expect("a number")
}
