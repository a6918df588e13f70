//! The fold itself: what is counted of the runs, block by block.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::patterns::Patterns;
use super::tally::Tally;
use crate::engine::{Block, Ending};
use crate::plan::Observed;

const COLUMN_LENGTH: &str = "a column has an entry for each run of its block";

/// How often one event fired, over any number of valid runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EventTally {
    /// In how many runs it fired at all.
    pub runs_fired: u64,
    /// How often it fired in all of them.
    pub firings: u64,
}

/// What is known of a set of runs. Its size depends on what is observed and how widely the values differ, not on the
/// number of runs, and neither the order nor the grouping of its runs can show in it.
///
/// Failed and runaway runs are counted, and the first of each is kept; of the rest of them only the checksum is used.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Results {
    runs: u64,
    failed: u64,
    first_failed: Option<u64>,
    runaway: u64,
    first_runaway: Option<u64>,
    checksum: u64,
    /// One a declared outcome, and one more for the unresolved runs.
    outcomes: Vec<u64>,
    measures: Vec<Tally>,
    series: Vec<Vec<Tally>>,
    events: Vec<EventTally>,
    /// There only where claims are made, or something is given.
    #[serde(default, skip_serializing_if = "Patterns::is_empty")]
    patterns: Patterns,
}

impl Results {
    /// The results of no runs, for what is observed.
    pub fn new(observed: &Observed) -> Self {
        Self {
            outcomes: vec![0; observed.outcomes.len() + 1],
            measures: vec![Tally::default(); observed.measures.len()],
            series: observed
                .series
                .iter()
                .map(|series| vec![Tally::default(); series.times.len()])
                .collect(),
            events: vec![EventTally::default(); observed.events.len()],
            patterns: Patterns::new(
                observed.evidence.statements.len(),
                observed.evidence.given.iter().map(|given| given.statement).collect(),
            ),
            ..Self::default()
        }
    }

    /// Adds the runs of a block.
    ///
    /// # Panics
    ///
    /// Where the block's columns are not those that are observed: it was made by another plan.
    pub fn add(&mut self, block: &Block) {
        assert!(
            block.measures.len() == self.measures.len()
                && block.series.len() == self.series.len() + self.patterns.statements()
                && block.counts.len() == self.events.len(),
            "the block has other columns than these results"
        );
        self.add_endings(block);
        let counted = if self.patterns.is_empty() {
            Cow::Borrowed(&block.endings)
        } else {
            Cow::Owned(self.patterns.add(block, self.series.len(), self.outcomes.len()))
        };
        let endings = counted.as_slice();
        for outcome in valid(endings, &block.outcomes) {
            self.outcomes[outcome as usize] += 1;
        }
        let all_valid = endings.iter().all(|ending| *ending == Ending::Valid);
        let add_column = |tally: &mut Tally, column: &[f64]| {
            if all_valid {
                assert_eq!(endings.len(), column.len(), "{COLUMN_LENGTH}");
                tally.add_all(column);
            } else {
                tally.add_all(&valid(endings, column).collect::<Vec<_>>());
            }
        };
        for (tally, column) in self.measures.iter_mut().zip(&block.measures) {
            add_column(tally, column);
        }
        for (points, columns) in self.series.iter_mut().zip(&block.series) {
            assert_eq!(
                points.len(),
                columns.len(),
                "the block has other times than these results"
            );
            for (tally, column) in points.iter_mut().zip(columns) {
                add_column(tally, column);
            }
        }
        for (event, column) in self.events.iter_mut().zip(&block.counts) {
            for count in valid(endings, column) {
                event.runs_fired += u64::from(count > 0);
                event.firings += u64::from(count);
            }
        }
    }

    fn add_endings(&mut self, block: &Block) {
        for ((run, ending), checksum) in (block.first_run..).zip(&block.endings).zip(&block.checksums) {
            self.runs += 1;
            self.checksum = self.checksum.wrapping_add(*checksum);
            match ending {
                Ending::Valid | Ending::SetAside => {}
                Ending::Failed => {
                    self.failed += 1;
                    self.first_failed = earlier(self.first_failed, Some(run));
                }
                Ending::Runaway => {
                    self.runaway += 1;
                    self.first_runaway = earlier(self.first_runaway, Some(run));
                }
            }
        }
    }

    /// Adds the runs of other results, in whatever order.
    ///
    /// # Panics
    ///
    /// Where the others are of something else that is observed (see [`fits`](Self::fits)).
    pub fn merge(&mut self, other: &Self) {
        assert!(self.shape().eq(other.shape()), "the results are of different things");
        self.runs += other.runs;
        self.failed += other.failed;
        self.first_failed = earlier(self.first_failed, other.first_failed);
        self.runaway += other.runaway;
        self.first_runaway = earlier(self.first_runaway, other.first_runaway);
        self.checksum = self.checksum.wrapping_add(other.checksum);
        for (count, added) in self.outcomes.iter_mut().zip(&other.outcomes) {
            *count += added;
        }
        let points = self.series.iter_mut().flatten().zip(other.series.iter().flatten());
        for (tally, added) in self.measures.iter_mut().zip(&other.measures).chain(points) {
            tally.merge(added);
        }
        for (event, added) in self.events.iter_mut().zip(&other.events) {
            event.runs_fired += added.runs_fired;
            event.firings += added.firings;
        }
        self.patterns.merge(&other.patterns);
    }

    /// How many runs were played.
    pub fn runs(&self) -> u64 {
        self.runs
    }

    /// How many of them are valid: neither failed nor runaway, and what is given holds in them. Shares are of these.
    pub fn valid(&self) -> u64 {
        self.runs - self.failed - self.runaway - self.patterns.set_aside()
    }

    /// Which statements of claims were true together, and how those runs ended.
    pub fn patterns(&self) -> &Patterns {
        &self.patterns
    }

    /// How many failed.
    pub fn failed(&self) -> u64 {
        self.failed
    }

    /// The number of the first run that failed.
    pub fn first_failed(&self) -> Option<u64> {
        self.first_failed
    }

    /// How many were cut because they fired too many events.
    pub fn runaway(&self) -> u64 {
        self.runaway
    }

    /// The number of the first run that was cut.
    pub fn first_runaway(&self) -> Option<u64> {
        self.first_runaway
    }

    /// The sum of the checksums of all runs, modulo 2^64.
    pub fn checksum(&self) -> u64 {
        self.checksum
    }

    /// How many runs came to each outcome, in the order declared, and at the end how many were unresolved.
    pub fn outcomes(&self) -> &[u64] {
        &self.outcomes
    }

    /// The measures, in the order declared.
    pub fn measures(&self) -> &[Tally] {
        &self.measures
    }

    /// `series()[s][p]`: the series in the order declared, at each of their times.
    pub fn series(&self) -> &[Vec<Tally>] {
        &self.series
    }

    /// The events, in the order declared.
    pub fn events(&self) -> &[EventTally] {
        &self.events
    }

    /// Whether these can be results of what is observed: the columns are as many, and the counts agree with each other.
    pub fn fits(&self, observed: &Observed) -> bool {
        let invalid = self.failed.checked_add(self.runaway);
        let uncounted = invalid.and_then(|invalid| invalid.checked_add(self.patterns.set_aside()));
        let Some(valid) = uncounted.and_then(|uncounted| self.runs.checked_sub(uncounted)) else {
            return false;
        };
        let ended = self
            .outcomes
            .iter()
            .try_fold(0_u64, |sum, count| sum.checked_add(*count));
        let mut tallies = self.measures.iter().chain(self.series.iter().flatten());
        self.shape().eq(Self::new(observed).shape())
            && ended == Some(valid)
            && self.patterns.fits(&self.outcomes)
            && tallies.all(|tally| tally.is_sound(valid))
            && self
                .events
                .iter()
                .all(|event| event.runs_fired <= valid && event.runs_fired <= event.firings)
            && self.first_failed.is_some() == (self.failed > 0)
            && self.first_runaway.is_some() == (self.runaway > 0)
    }

    /// How many columns there are of each kind, and times of each series.
    fn shape(&self) -> impl Iterator<Item = usize> + '_ {
        [
            self.outcomes.len(),
            self.measures.len(),
            self.events.len(),
            self.series.len(),
        ]
        .into_iter()
        .chain(self.series.iter().map(Vec::len))
        .chain(self.patterns.shape())
    }
}

/// The entries of a column that count.
fn valid<'a, T: Copy>(endings: &'a [Ending], column: &'a [T]) -> impl Iterator<Item = T> + 'a {
    assert_eq!(endings.len(), column.len(), "{COLUMN_LENGTH}");
    endings
        .iter()
        .zip(column)
        .filter(|(ending, _)| **ending == Ending::Valid)
        .map(|(_, entry)| *entry)
}

fn earlier(a: Option<u64>, b: Option<u64>) -> Option<u64> {
    a.into_iter().chain(b).min()
}

#[cfg(test)]
mod tests;
