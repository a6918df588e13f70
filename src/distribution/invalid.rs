//! What is wrong with the arguments of a distribution.

use std::error::Error;
use std::fmt;

/// An argument that a distribution cannot have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invalid {
    /// Which argument is at fault, counted from 0; none if the fault is in their number or in the truncation.
    pub argument: Option<usize>,
    /// Why, in plain words, with the value.
    pub message: String,
}

impl Invalid {
    pub(super) fn at(argument: usize, message: String) -> Self {
        Self {
            argument: Some(argument),
            message,
        }
    }

    pub(super) fn whole(message: String) -> Self {
        Self {
            argument: None,
            message,
        }
    }
}

impl fmt::Display for Invalid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl Error for Invalid {}

/// Fails unless the argument is a finite number.
pub(super) fn finite(argument: usize, name: &str, value: f64) -> Result<f64, Invalid> {
    if value.is_finite() {
        return Ok(value);
    }
    Err(Invalid::at(
        argument,
        format!("the {name}, {value}, is not a finite number"),
    ))
}

/// Fails unless the argument is from `low` to `high`.
pub(super) fn within(argument: usize, name: &str, value: f64, low: f64, high: f64) -> Result<f64, Invalid> {
    finite(argument, name, value)?;
    if value >= low && value <= high {
        return Ok(value);
    }
    let [low, high] = [low, high].map(plain);
    Err(Invalid::at(
        argument,
        format!("the {name}, {value}, is not from {low} to {high}"),
    ))
}

/// Fails unless the argument is a finite number above 0.
pub(super) fn positive(argument: usize, name: &str, value: f64) -> Result<f64, Invalid> {
    finite(argument, name, value)?;
    if value > 0.0 {
        return Ok(value);
    }
    Err(Invalid::at(argument, format!("the {name}, {value}, is not above 0")))
}

fn plain(value: f64) -> String {
    if value != 0.0 && !(1e-3..1e6).contains(&value) {
        format!("{value:e}")
    } else {
        format!("{value}")
    }
}
