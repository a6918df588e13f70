//! What results say: the shares, moments and quantiles that are shown and exported. Its JSON is the public format.

use serde::{Deserialize, Serialize};

use super::claims::{ClaimSummary, GivenSummary, OriginSummary};
use super::fold::{EventTally, Results};
use super::number::{Plain, plain};
use super::tally::Tally;
use crate::plan::{Label, Observed, Series, UNRESOLVED};
use crate::statistics::{Confidence, wilson};

/// The version of the public JSON format: raised when a key changes its meaning or goes.
pub const FORMAT_VERSION: u32 = 1;

/// Which runs of which scenario were played.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Identity {
    /// The title of the scenario.
    pub title: String,
    /// The SHA-256 of the scenario as it was played, in lowercase hexadecimal digits.
    pub sha256: String,
    /// The seed.
    pub seed: u64,
    /// The number of the first run.
    pub first_run: u64,
    /// How many runs were played: those of the results.
    pub runs: u64,
    /// Whether playing was stopped before all the runs that were asked for.
    pub partial: bool,
}

/// All that a set of runs says, ready to be shown or exported.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Summary {
    /// The version of this format, 1.
    pub format_version: u32,
    /// The version of Equipoise that made it, such as `0.1.0`.
    pub equipoise: String,
    /// What was played.
    pub scenario: ScenarioSummary,
    /// The seed: with the scenario and the runs it determines everything else here.
    pub seed: u64,
    /// The number of the first run, from 0.
    pub first_run: u64,
    /// How many runs were played, failed and runaway ones included.
    pub runs: u64,
    /// Whether playing was stopped early: then `runs` are the runs that were played, without a gap.
    pub partial: bool,
    /// How many runs failed, because a rate, a duration, a weight or an inventory left its range.
    pub failed: u64,
    /// The number of the first run that failed, so that it can be traced; null where none did.
    pub first_failed: Option<u64>,
    /// How many runs were cut, because they fired more events than the scenario's limit.
    pub runaway: u64,
    /// The number of the first run that was cut; there only where one was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first_runaway: Option<u64>,
    /// What is given, and how many runs that leaves; there only where something is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub given: Option<GivenSummary>,
    /// The sum of the fingerprints of all runs modulo 2^64, as 16 lowercase hexadecimal digits.
    pub checksum: String,
    /// The outcomes in the order declared, and `unresolved` as the last.
    pub outcomes: Vec<OutcomeSummary>,
    /// The measures, in the order declared.
    pub measures: Vec<MeasureSummary>,
    /// The series, in the order declared.
    pub series: Vec<SeriesSummary>,
    /// The events, in the order declared.
    pub events: Vec<EventSummary>,
    /// The claims, in the order declared, and what they do; there only once they have been weighed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub claims: Vec<ClaimSummary>,
    /// The origins of claims, likewise.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub origins: Vec<OriginSummary>,
}

/// Which scenario was played.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ScenarioSummary {
    /// Its title.
    pub title: String,
    /// The SHA-256 of the scenario as it was played, in lowercase hexadecimal digits.
    pub sha256: String,
}

/// How often runs ended in one way.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct OutcomeSummary {
    /// The id of the outcome.
    pub name: String,
    /// How many valid runs came to it.
    pub count: u64,
    /// The share of the valid runs that came to it, 0 to 1; null where no run is valid.
    #[serde(serialize_with = "plain")]
    pub probability: Option<f64>,
    /// The interval of simulation noise around the share, 0 to 1: what the number of runs leaves open at 95%, by Wilson's
    /// score. It says nothing about whether the scenario is right.
    #[serde(serialize_with = "plain")]
    pub simulation_ci95: [f64; 2],
    /// The least and the greatest share of all runs, 0 to 1, that the invalid runs could make of it: none or all of them
    /// would have ended so. There only where some are invalid.
    #[serde(serialize_with = "plain", skip_serializing_if = "Option::is_none")]
    pub worst_case: Option<[f64; 2]>,
    /// The share of the weight of the runs that came to it, once claims have been weighed: what is believed after they
    /// were heard. There only where there are claims.
    #[serde(serialize_with = "plain", skip_serializing_if = "Option::is_none")]
    pub posterior: Option<f64>,
    /// The interval of simulation noise around the posterior, 0 to 1.
    #[serde(serialize_with = "plain", skip_serializing_if = "Option::is_none")]
    pub posterior_ci95: Option<[f64; 2]>,
    /// How many runs without weights would have as much noise: p (1 - p) / V.
    #[serde(serialize_with = "plain", skip_serializing_if = "Option::is_none")]
    pub effective_runs: Option<f64>,
    /// By how many runs the posterior is carried: the smaller of Kish's counts among the runs that came to it and among the
    /// others. There only where both have weight.
    #[serde(serialize_with = "plain", skip_serializing_if = "Option::is_none")]
    pub carrying_runs: Option<f64>,
}

/// The values of a measure over the valid runs. All are in the measure's own unit.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MeasureSummary {
    /// The id of the measure.
    pub name: String,
    /// How many valid runs had a finite value.
    pub n: u64,
    /// How many valid runs had none, and are left out.
    pub excluded: u64,
    /// The mean; null where n is 0.
    #[serde(serialize_with = "plain")]
    pub mean: Option<f64>,
    /// The sample standard deviation, at least 0; 0 where n is below 2, null where it is beyond the range of floats.
    #[serde(serialize_with = "plain")]
    pub sd: Option<f64>,
    /// The standard error of the mean, sd / √n: simulation noise as well. Null where n is 0.
    #[serde(serialize_with = "plain")]
    pub se: Option<f64>,
    /// The least value, exact; null where n is 0.
    #[serde(serialize_with = "plain")]
    pub min: Option<f64>,
    /// The greatest value, exact; null where n is 0.
    #[serde(serialize_with = "plain")]
    pub max: Option<f64>,
    /// Quantiles, off by less than 0.1%; null where n is 0.
    pub quantiles: Quantiles<Option<f64>>,
}

/// The values of a series over the valid runs, at each of its times. All are in the series' own unit.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SeriesSummary {
    /// The id of the series.
    pub name: String,
    /// The times, in years since the start, ascending.
    #[serde(serialize_with = "plain")]
    pub times: Vec<f64>,
    /// The calendar day of each time, as `2017-10-09`.
    pub dates: Vec<String>,
    /// The mean at each time; null where no run had a finite value.
    #[serde(serialize_with = "plain")]
    pub mean: Vec<Option<f64>>,
    /// The sample standard deviation at each time, as for measures.
    #[serde(serialize_with = "plain")]
    pub sd: Vec<Option<f64>>,
    /// Quantiles at each time, as for measures.
    pub quantiles: Quantiles<Vec<Option<f64>>>,
}

/// How often an event fired in the valid runs.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct EventSummary {
    /// The address of the event.
    pub name: String,
    /// In how many valid runs it fired at all.
    pub runs_fired: u64,
    /// How often it fired in a valid run on average, at least 0; null where no run is valid.
    #[serde(serialize_with = "plain")]
    pub mean_count: Option<f64>,
}

/// The probabilities at which quantiles are given.
pub const PROBABILITIES: [f64; 5] = [0.05, 0.25, 0.5, 0.75, 0.95];

/// Quantiles at the five [`PROBABILITIES`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(bound = "T: Plain")]
pub struct Quantiles<T> {
    /// What 1 value in 20 does not exceed.
    #[serde(rename = "0.05", serialize_with = "plain")]
    pub p05: T,
    /// The lower quartile.
    #[serde(rename = "0.25", serialize_with = "plain")]
    pub p25: T,
    /// The median.
    #[serde(rename = "0.5", serialize_with = "plain")]
    pub p50: T,
    /// The upper quartile.
    #[serde(rename = "0.75", serialize_with = "plain")]
    pub p75: T,
    /// What 19 values in 20 do not exceed.
    #[serde(rename = "0.95", serialize_with = "plain")]
    pub p95: T,
}

impl<T> Quantiles<T> {
    /// The quantiles with their probabilities as the JSON spells them, ascending.
    pub fn named(&self) -> [(&'static str, &T); 5] {
        [
            ("0.05", &self.p05),
            ("0.25", &self.p25),
            ("0.5", &self.p50),
            ("0.75", &self.p75),
            ("0.95", &self.p95),
        ]
    }

    fn from_array([p05, p25, p50, p75, p95]: [T; 5]) -> Self {
        Self {
            p05,
            p25,
            p50,
            p75,
            p95,
        }
    }
}

impl Summary {
    /// Summarises results.
    ///
    /// # Panics
    ///
    /// Where the results are not of what is observed, or not as many runs as `identity` says.
    pub fn new(identity: &Identity, observed: &Observed, results: &Results) -> Self {
        assert!(
            results.fits(observed),
            "the results are of other things than those observed"
        );
        assert_eq!(
            identity.runs,
            results.runs(),
            "the results are of another number of runs"
        );
        let measures = observed.measures.iter().zip(results.measures());
        let series = observed.series.iter().zip(results.series());
        let events = observed.events.iter().zip(results.events());
        Self {
            format_version: FORMAT_VERSION,
            equipoise: env!("CARGO_PKG_VERSION").to_owned(),
            scenario: ScenarioSummary {
                title: identity.title.clone(),
                sha256: identity.sha256.clone(),
            },
            seed: identity.seed,
            first_run: identity.first_run,
            runs: identity.runs,
            partial: identity.partial,
            failed: results.failed(),
            first_failed: results.first_failed(),
            runaway: results.runaway(),
            first_runaway: results.first_runaway(),
            given: GivenSummary::new(observed, results.patterns()),
            checksum: format!("{:016x}", results.checksum()),
            outcomes: outcomes(observed, results),
            measures: measures.map(|(label, tally)| measure(label, tally)).collect(),
            series: series.map(|(series, points)| series_of(series, points)).collect(),
            events: events
                .map(|(label, tally)| event(label, *tally, results.valid()))
                .collect(),
            claims: Vec::new(),
            origins: Vec::new(),
        }
    }

    /// How many runs are valid, neither failed nor runaway nor set aside: those that shares are of.
    pub fn valid(&self) -> u64 {
        self.runs - self.failed - self.runaway - self.given.as_ref().map_or(0, |given| given.set_aside)
    }
}

fn outcomes(observed: &Observed, results: &Results) -> Vec<OutcomeSummary> {
    let valid = results.valid();
    let played = valid + results.failed() + results.runaway();
    let names = observed
        .outcomes
        .iter()
        .map(|label| label.id.as_str())
        .chain([UNRESOLVED]);
    let summarise = |(name, &count): (&str, &u64)| {
        let (low, high) = wilson(count, valid, Confidence::NinetyFive);
        let most = count + (results.failed() + results.runaway());
        OutcomeSummary {
            name: name.to_owned(),
            count,
            probability: share(count, valid),
            simulation_ci95: [low, high],
            worst_case: if results.failed() + results.runaway() > 0 {
                share(count, played).zip(share(most, played)).map(<[f64; 2]>::from)
            } else {
                None
            },
            posterior: None,
            posterior_ci95: None,
            effective_runs: None,
            carrying_runs: None,
        }
    };
    names.zip(results.outcomes()).map(summarise).collect()
}

fn share(count: u64, of: u64) -> Option<f64> {
    if of == 0 { None } else { Some(count as f64 / of as f64) }
}

fn measure(label: &Label, tally: &Tally) -> MeasureSummary {
    let (min, max) = tally.range().unzip();
    MeasureSummary {
        name: label.id.clone(),
        n: tally.n(),
        excluded: tally.excluded(),
        mean: tally.mean(),
        sd: tally.sd(),
        se: tally.se(),
        min,
        max,
        quantiles: Quantiles::from_array(quantiles(tally)),
    }
}

fn series_of(series: &Series, points: &[Tally]) -> SeriesSummary {
    let mut at_times: [Vec<Option<f64>>; 5] = Default::default();
    for point in points {
        for (column, quantile) in at_times.iter_mut().zip(quantiles(point)) {
            column.push(quantile);
        }
    }
    SeriesSummary {
        name: series.label.id.clone(),
        times: series.times.clone(),
        dates: series.dates.clone(),
        mean: points.iter().map(Tally::mean).collect(),
        sd: points.iter().map(Tally::sd).collect(),
        quantiles: Quantiles::from_array(at_times),
    }
}

fn quantiles(tally: &Tally) -> [Option<f64>; 5] {
    tally
        .quantiles(PROBABILITIES)
        .map_or([None; 5], |found| found.map(Some))
}

fn event(label: &Label, tally: EventTally, valid: u64) -> EventSummary {
    EventSummary {
        name: label.id.clone(),
        runs_fired: tally.runs_fired,
        mean_count: share(tally.firings, valid),
    }
}

#[cfg(test)]
mod tests;
