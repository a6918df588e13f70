//! Joins the results of consecutive slices of runs.

use std::error;
use std::fmt;
use std::path::PathBuf;

use super::{Saved, Slice, shown};

/// Why slices cannot be merged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MergeError {
    /// There is nothing to merge.
    Nothing,
    /// Two files are not of the same runs: what differs between them.
    Different {
        /// What differs, such as `the seed`.
        what: &'static str,
        /// One file, with the value there.
        first: (PathBuf, String),
        /// The other file, with the value there.
        second: (PathBuf, String),
    },
    /// Some runs are in two files.
    Overlap {
        /// The file that begins first.
        first: PathBuf,
        /// The file that begins before the first has ended.
        second: PathBuf,
        /// The first run that is in both.
        from: u64,
        /// The last run that is in both.
        to: u64,
    },
    /// Some runs are in no file.
    Gap {
        /// The file before the gap.
        first: PathBuf,
        /// The file after the gap.
        second: PathBuf,
        /// The first run that is missing.
        from: u64,
        /// The last run that is missing.
        to: u64,
        /// Whether the file before the gap was stopped early, so that the missing runs were asked for.
        partial: bool,
    },
}

impl fmt::Display for MergeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Nothing => write!(f, "there are no results to merge"),
            Self::Different { what, first, second } => {
                let ((first, there), (second, here)) = (first, second);
                let (first, second) = (shown(first), shown(second));
                write!(
                    f,
                    "results cannot be merged: {what} differs: {there} in {first}, {here} in {second}"
                )
            }
            Self::Overlap {
                first,
                second,
                from,
                to,
            } => {
                let (first, second) = (shown(first), shown(second));
                write!(f, "{} both in {first} and in {second}", Runs(*from, *to))
            }
            Self::Gap {
                first,
                second,
                from,
                to,
                partial,
            } => {
                let (runs, first, second) = (Runs(*from, *to), shown(first), shown(second));
                write!(f, "{runs} missing between {first} and {second}")?;
                if *partial {
                    write!(f, " ({first} was stopped early)")
                } else {
                    Ok(())
                }
            }
        }
    }
}

impl error::Error for MergeError {}

/// The numbers of some runs, the last one included, as the subject of a sentence.
struct Runs(u64, u64);

impl fmt::Display for Runs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0 == self.1 {
            write!(f, "run {} is", self.0)
        } else {
            write!(f, "runs {} to {} are", self.0, self.1)
        }
    }
}

/// Merges slices of the same scenario and seed, in whatever order they are given, into the results of all their runs.
///
/// Together the slices must be consecutive runs, from whichever is the first. One that was stopped early is as good as
/// any, as long as the next begins where it stopped; the result counts as stopped early if its last slice does.
///
/// # Errors
///
/// Where there are no slices, where they are not of the same scenario, seed and version, and where runs are in two
/// slices or, between the first and the last, in none.
pub fn merge(mut slices: Vec<Slice>) -> Result<Saved, MergeError> {
    slices.sort_by_key(|(_, saved)| (saved.identity.first_run, saved.identity.runs));
    for pair in slices.windows(2) {
        check_same(&pair[0], &pair[1])?;
        check_consecutive(&pair[0], &pair[1])?;
    }
    let mut slices = slices.into_iter().map(|(_, saved)| saved);
    let mut merged = slices.next().ok_or(MergeError::Nothing)?;
    for slice in slices {
        merged.results.merge(&slice.results);
        merged.identity.runs += slice.identity.runs;
        merged.identity.partial = slice.identity.partial;
    }
    Ok(merged)
}

fn check_same((first, a): &Slice, (second, b): &Slice) -> Result<(), MergeError> {
    let different = |what, there: &str, here: &str| {
        let (first, second) = ((first.clone(), there.to_owned()), (second.clone(), here.to_owned()));
        Err(MergeError::Different { what, first, second })
    };
    if a.equipoise != b.equipoise {
        return different("the version of equipoise", &a.equipoise, &b.equipoise);
    }
    if a.identity.sha256 != b.identity.sha256 {
        return different("the scenario (its SHA-256)", &a.identity.sha256, &b.identity.sha256);
    }
    if a.identity.seed != b.identity.seed {
        return different("the seed", &a.identity.seed.to_string(), &b.identity.seed.to_string());
    }
    // The same scenario has the same title and observes the same; a file that says otherwise was tampered with.
    if a.identity.title != b.identity.title || a.observed != b.observed {
        return different("what is observed", &a.identity.title, &b.identity.title);
    }
    Ok(())
}

fn check_consecutive((first, a): &Slice, (second, b): &Slice) -> Result<(), MergeError> {
    let end = a.identity.first_run + a.identity.runs;
    let begin = b.identity.first_run;
    let (first, second) = (first.clone(), second.clone());
    if begin < end {
        let to = end.min(begin + b.identity.runs) - 1;
        Err(MergeError::Overlap {
            first,
            second,
            from: begin,
            to,
        })
    } else if begin > end {
        Err(MergeError::Gap {
            first,
            second,
            from: end,
            to: begin - 1,
            partial: a.identity.partial,
        })
    } else {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::results::fixture;

    fn slice(name: &str, first_run: u64, runs: u64) -> Slice {
        (PathBuf::from(name), fixture::saved(first_run, runs, 100, true))
    }

    fn written(saved: &Saved) -> String {
        serde_json::to_string(&saved.summary()).unwrap()
    }

    fn refusal(slices: Vec<Slice>) -> String {
        merge(slices).unwrap_err().to_string()
    }

    /// Fails if a byte differs between one run and its slices, however they are cut and ordered.
    #[test]
    fn slices_make_the_whole_byte_for_byte() {
        let whole = fixture::saved(0, 3000, 512, true);
        for cuts in [&[0, 3000][..], &[0, 1, 3000], &[0, 700, 700, 1024, 2999, 3000]] {
            let mut slices: Vec<Slice> = cuts
                .windows(2)
                .map(|ends| slice("s.eqr", ends[0], ends[1] - ends[0]))
                .collect();
            slices.reverse();
            let merged = merge(slices).unwrap();
            assert_eq!(merged, whole);
            assert_eq!(written(&merged), written(&whole));
        }
    }

    #[test]
    fn slices_need_not_begin_at_the_first_run() {
        let merged = merge(vec![slice("b.eqr", 150, 50), slice("a.eqr", 100, 50)]).unwrap();
        assert_eq!((merged.identity.first_run, merged.identity.runs), (100, 100));
    }

    #[test]
    fn a_slice_that_was_stopped_early_can_be_gone_on_with() {
        let mut stopped = slice("a.eqr", 0, 70);
        stopped.1.identity.partial = true;
        let merged = merge(vec![stopped.clone(), slice("b.eqr", 70, 30)]).unwrap();
        assert!(!merged.identity.partial);
        let mut last = slice("b.eqr", 70, 30);
        last.1.identity.partial = true;
        assert!(merge(vec![slice("a.eqr", 0, 70), last]).unwrap().identity.partial);
        assert_eq!(
            refusal(vec![stopped, slice("b.eqr", 100, 30)]),
            "runs 70 to 99 are missing between a.eqr and b.eqr (a.eqr was stopped early)"
        );
    }

    #[test]
    fn overlaps_and_gaps_are_named() {
        let overlapping = vec![slice("b.eqr", 50, 100), slice("a.eqr", 0, 60)];
        assert_eq!(refusal(overlapping), "runs 50 to 59 are both in a.eqr and in b.eqr");
        let twice = vec![slice("a.eqr", 0, 60), slice("b.eqr", 0, 60)];
        assert_eq!(refusal(twice), "runs 0 to 59 are both in a.eqr and in b.eqr");
        let gap = vec![slice("a.eqr", 0, 60), slice("b.eqr", 61, 10)];
        assert_eq!(refusal(gap), "run 60 is missing between a.eqr and b.eqr");
        assert_eq!(refusal(vec![]), "there are no results to merge");
    }

    #[test]
    fn only_the_same_scenario_seed_and_version_merge() {
        let (a, b) = (slice("a.eqr", 0, 60), slice("b.eqr", 60, 60));
        let changed = |change: &dyn Fn(&mut Saved)| {
            let mut b = b.clone();
            change(&mut b.1);
            refusal(vec![a.clone(), b])
        };
        assert_eq!(
            changed(&|b| b.identity.seed = 7),
            "results cannot be merged: the seed differs: 2016 in a.eqr, 7 in b.eqr"
        );
        assert!(changed(&|b| b.identity.sha256 = "ab".into()).contains("the scenario"));
        assert!(changed(&|b| b.equipoise = "9.9.9".into()).contains("0.1.0 in a.eqr, 9.9.9 in b.eqr"));
        assert!(changed(&|b| b.observed.events[0].id = "x".into()).contains("what is observed"));
    }
}
