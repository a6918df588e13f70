//! How what stands behind an option is read, and what is said where it cannot be.

use std::path::PathBuf;

/// More runs than anybody plays, and few enough that their numbers can be doubled.
const MAX_RUNS: u64 = 1 << 60;

/// A file for rows, and the format that its name asks for.
#[derive(Debug, Clone)]
pub struct RowTarget {
    /// Where it is to stand.
    pub path: PathBuf,
    /// In which format.
    pub format: crate::export::rows::Format,
}

impl std::fmt::Display for RowTarget {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.path.display().fmt(f)
    }
}

/// A number of runs: a whole number, which may be written like 20000, 20_000 or 2e4.
pub fn runs(text: &str) -> Result<u64, String> {
    let whole = whole(text).filter(|runs| (1..=MAX_RUNS).contains(runs));
    whole.ok_or_else(|| "a number of runs is a whole number of at least 1, like 20000 or 1e6".to_owned())
}

/// The number of a run.
pub fn run(text: &str) -> Result<u64, String> {
    let whole = whole(text).filter(|run| *run <= MAX_RUNS);
    whole.ok_or_else(|| "runs are numbered 0, 1, 2 and so on".to_owned())
}

/// A seed.
pub fn seed(text: &str) -> Result<u64, String> {
    whole(text).ok_or_else(|| format!("a seed is a whole number from 0 to {}", u64::MAX))
}

/// A number of threads.
pub fn threads(text: &str) -> Result<u16, String> {
    let whole = whole(text).and_then(|threads| u16::try_from(threads).ok());
    let threads = whole.filter(|threads| *threads > 0);
    threads.ok_or_else(|| format!("a number of threads is a whole number from 1 to {}", u16::MAX))
}

/// A whole number as people write it.
fn whole(text: &str) -> Option<u64> {
    let digits = text.replace('_', "");
    digits.parse().ok().or_else(|| {
        let number: f64 = digits.parse().ok()?;
        // Up to here every whole number is a float of its own.
        ((0.0..9e15).contains(&number) && number.fract() == 0.0).then_some(number as u64)
    })
}

/// A day, in the form in which days are compared.
pub fn day(text: &str) -> Result<String, String> {
    match crate::scenario::date::parse(text) {
        Some(day) => Ok(crate::scenario::date::format(day)),
        None => Err("a day is written like 2018-02-07".to_owned()),
    }
}

/// A file of rows.
pub fn rows(text: &str) -> Result<RowTarget, String> {
    let path = PathBuf::from(text);
    let format = crate::export::rows::Format::of(&path)?;
    Ok(RowTarget { path, format })
}

/// A page, which a browser must know for one.
pub fn page(text: &str) -> Result<PathBuf, String> {
    let path = PathBuf::from(text);
    let ending = path
        .extension()
        .map(|ending| ending.to_string_lossy().to_ascii_lowercase());
    match ending.as_deref() {
        None | Some("html" | "htm") => Ok(path),
        Some("pdf") => Err("a report is a page: name it .html, and print it to PDF from a browser".to_owned()),
        Some(_) => Err("a report is a page: its name ends in .html".to_owned()),
    }
}

/// The width of an interval.
pub fn precision(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(width) if width > 0.0 && width < 1.0 => Ok(width),
        _ => Err("a width lies between 0 and 1, for example 0.01 for one percentage point".to_owned()),
    }
}

/// A column of a table, and what stands in it.
pub fn filter(text: &str) -> Result<(String, Vec<String>), String> {
    match text.split_once('=') {
        Some((column, value)) => Ok((column.trim().to_owned(), vec![value.trim().to_owned()])),
        None => Err("write COLUMN=VALUE, for example objector_leverage=protest_only".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Fails if a number that people write is not read, or something else is taken for one.
    #[test]
    fn whole_numbers_are_read_as_people_write_them() {
        for (text, number) in [
            ("0", 0),
            ("20000", 20_000),
            ("20_000", 20_000),
            ("1e6", 1_000_000),
            ("2.5e3", 2500),
        ] {
            assert_eq!(whole(text), Some(number), "{text}");
        }
        assert_eq!(whole("18446744073709551615"), Some(u64::MAX));
        for text in ["", "-5", "1.5", "many", "1,000", "1e400", "nan", "inf", "1e16"] {
            assert_eq!(whole(text), None, "{text}");
        }
        assert!(runs("0").is_err() && runs("1e6").is_ok());
        assert!(threads("0").is_err() && threads("65536").is_err());
    }
}
