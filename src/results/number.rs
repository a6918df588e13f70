//! How numbers are written for other programs: whole ones without a fraction, and those that are not finite as null.

use serde::{Serialize, Serializer};

/// Whole numbers below this are written as integers: beyond it, not every integer is a float.
const EXACT_INTEGERS: f64 = 9_007_199_254_740_992.0;

/// Writes a number, an option, a pair or a list of them. For `#[serde(serialize_with)]`.
///
/// # Errors
/// What the serialiser gives.
pub fn plain<T: Plain, S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error> {
    value.plain(serializer)
}

/// What [`plain`] can write.
pub trait Plain {
    /// Writes the value.
    ///
    /// # Errors
    /// What the serialiser gives.
    fn plain<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error>;
}

impl Plain for f64 {
    fn plain<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if !self.is_finite() {
            serializer.serialize_none()
        } else if self.fract() == 0.0 && self.abs() < EXACT_INTEGERS {
            serializer.serialize_i64(*self as i64)
        } else {
            serializer.serialize_f64(*self)
        }
    }
}

/// A number as JSON has it here, without the null: none where it is not finite.
pub fn number_text(number: f64) -> Option<String> {
    serde_json::to_string(&Element(&number))
        .ok()
        .filter(|_| number.is_finite())
}

impl<T: Plain> Plain for Option<T> {
    fn plain<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Some(value) => value.plain(serializer),
            None => serializer.serialize_none(),
        }
    }
}

impl<T: Plain> Plain for Vec<T> {
    fn plain<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter().map(Element))
    }
}

impl Plain for [f64; 2] {
    fn plain<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter().map(Element))
    }
}

struct Element<'a, T>(&'a T);

impl<T: Plain> Serialize for Element<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.plain(serializer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn json(values: Vec<f64>) -> String {
        serde_json::to_string(&Element(&values)).unwrap()
    }

    /// Fails if a whole number keeps its fraction, or -0 its sign.
    #[test]
    fn whole_numbers_have_no_fraction() {
        assert_eq!(json(vec![0.0, -0.0, 3.0, -17.0, 0.25]), "[0,0,3,-17,0.25]");
        assert_eq!(json(vec![9_007_199_254_740_991.0, 1e300]), "[9007199254740991,1e+300]");
    }

    #[test]
    fn what_is_not_finite_is_null() {
        assert_eq!(
            json(vec![f64::NAN, f64::INFINITY, f64::NEG_INFINITY]),
            "[null,null,null]"
        );
        assert_eq!(
            serde_json::to_string(&Element(&vec![None, Some(1.5)])).unwrap(),
            "[null,1.5]"
        );
    }
}
