//! What a comparison says, ready to be shown or exported. Its JSON is a public format.

use serde::Serialize;

use crate::results::{ClaimSummary, GivenSummary, OriginSummary, plain};

/// What was played under a baseline and under other plans, and how they differ.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Comparison {
    /// The version of this format, 1.
    pub format_version: u32,
    /// The version of Equipoise that made it.
    pub equipoise: String,
    /// The seed of all of them.
    pub seed: u64,
    /// The number of the first run.
    pub first_run: u64,
    /// How many runs of each were played.
    pub runs: u64,
    /// Whether playing was stopped early.
    pub partial: bool,
    /// What the others are compared with.
    pub baseline: Side,
    /// The others.
    pub comparisons: Vec<Compared>,
}

impl Comparison {
    /// The baseline, and then the others.
    pub fn sides(&self) -> impl Iterator<Item = &Side> {
        std::iter::once(&self.baseline).chain(self.comparisons.iter().map(|one| &one.scenario))
    }
}

/// One of the plans.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Side {
    /// Where it comes from: the file, and the variant or what is set.
    pub label: String,
    /// The title of the scenario.
    pub title: String,
    /// The SHA-256 of the scenario as it was played, in hexadecimal.
    pub sha256: String,
    /// What is given, and how many of its runs that leaves; there only where something is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub given: Option<GivenSummary>,
    /// What is believed of each outcome; there only where it has claims.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub beliefs: Vec<Belief>,
    /// The claims, in the order declared, and what they do; likewise.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub claims: Vec<ClaimSummary>,
    /// The origins of claims, likewise.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub origins: Vec<OriginSummary>,
}

/// What is believed of an outcome, before and after the claims: shares of 0 to 1.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Belief {
    /// The id of the outcome.
    pub name: String,
    /// Its printed name.
    #[serde(skip)]
    pub printed: String,
    /// The share of the runs.
    pub prior: f64,
    /// The share of their weight.
    pub posterior: f64,
    /// The interval of simulation noise of the posterior at 95%.
    pub posterior_ci95: [f64; 2],
    /// How many runs without weights would have as much noise.
    pub effective_runs: f64,
    /// By how many runs the posterior is carried: the smaller of Kish's counts among those with the outcome and the others.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub carrying_runs: Option<f64>,
}

/// How another plan differs from the baseline. A difference is always the other less the baseline.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Compared {
    /// The other plan.
    pub scenario: Side,
    /// What differs in the files.
    pub changes: Vec<Change>,
    /// How many runs are valid, and what is given holds in them, under both: all that follows is of these.
    pub pairs: u64,
    /// How many pairs were lost, as a run is invalid.
    pub lost: Lost,
    /// How many pairs of valid runs were set aside, as what is given does not hold; there only where something is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub set_aside: Option<Lost>,
    /// How many pairs have the same outcome and the same measures.
    pub identical_runs: u64,
    /// How many pairs are the same to the last event.
    pub identical_stories: u64,
    /// Whether all of them have the same outcome and the same measures.
    pub identical: bool,
    /// Whether both declare the same outcomes; where not, these are the outcomes of either.
    pub same_outcomes: bool,
    /// The outcomes of either, and `unresolved` as the last.
    pub outcomes: Vec<OutcomeComparison>,
    /// Half the sum of the differences between all outcomes' shares, without their signs: 0 to 1. Null without pairs.
    #[serde(serialize_with = "plain")]
    pub total_variation: Option<f64>,
    /// The Jensen-Shannon distance between the outcomes, in bits under the root: 0 to 1. Null without pairs.
    #[serde(serialize_with = "plain")]
    pub jensen_shannon: Option<f64>,
    /// Of the runs that end in one way under the baseline: how they end under the other.
    pub transitions: Transitions,
    /// The measures that both have.
    pub measures: Vec<MeasureComparison>,
    /// The measures that only one of them has: they are not compared.
    pub unmatched_measures: Vec<String>,
    /// The series that both have.
    pub series: Vec<SeriesComparison>,
    /// The series that only one of them has: they are not compared.
    pub unmatched_series: Vec<String>,
    /// Which change moved what; there only if it was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub attribution: Option<Attribution>,
}

/// A place at which the files differ.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Change {
    /// The address.
    pub address: String,
    /// What stands there in the baseline; null if nothing does.
    pub baseline: Option<String>,
    /// What stands there in the other; null if nothing does.
    pub compared: Option<String>,
    /// Whether it is only about names, notes and sources, and cannot change a run.
    pub only_words: bool,
}

/// How many pairs were lost, as a run failed or was cut, or set aside, as what is given does not hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Lost {
    /// Under the baseline alone.
    pub baseline: u64,
    /// Under the other plan alone.
    pub compared: u64,
    /// Under both.
    pub both: u64,
}

/// How often pairs end in one way.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct OutcomeComparison {
    /// The id of the outcome.
    pub name: String,
    /// Under the baseline.
    pub baseline: OutcomeSide,
    /// Under the other plan.
    pub compared: OutcomeSide,
    /// The difference of the shares.
    #[serde(flatten)]
    pub share: Share,
}

/// How often the runs of one plan end in one way.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct OutcomeSide {
    /// Whether the plan declares the outcome.
    pub declared: bool,
    /// How many of the pairs end so.
    pub count: u64,
    /// Their share, 0 to 1; null without pairs.
    #[serde(serialize_with = "plain")]
    pub probability: Option<f64>,
}

/// The difference of two shares of the same runs.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Share {
    /// The share under the other plan less that under the baseline, -1 to 1; null without pairs.
    #[serde(serialize_with = "plain")]
    pub difference: Option<f64>,
    /// The interval of simulation noise around it, by Tango's score for pairs.
    #[serde(serialize_with = "plain")]
    pub difference_ci95: [f64; 2],
    /// Whether the interval holds 0.
    pub within_noise: bool,
    /// The variance of the difference over what it would be if the plans had been played on other runs each: below 1, the
    /// common noise helps. Null where there is no variance.
    #[serde(serialize_with = "plain")]
    pub variance_ratio: Option<f64>,
    /// How many pairs end so under the baseline only.
    pub only_baseline: u64,
    /// How many pairs end so under the other plan only.
    pub only_compared: u64,
}

/// Of the runs that end in one way under the baseline: how they end under the other plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Transitions {
    /// The outcomes, in the order of rows and columns.
    pub outcomes: Vec<String>,
    /// `counts[i][j]`: how many pairs end in i under the baseline and in j under the other plan.
    pub counts: Vec<Vec<u64>>,
}

/// The values of a measure under both plans.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MeasureComparison {
    /// The id of the measure.
    pub name: String,
    /// How many pairs have a value under both: the means are of these.
    pub both: u64,
    /// How many have one under the baseline only.
    pub only_baseline: u64,
    /// How many have one under the other plan only.
    pub only_compared: u64,
    /// How many have none under either.
    pub neither: u64,
    /// In how many pairs it is the same under both, a value or none.
    pub identical_runs: u64,
    /// The means where both have a value.
    #[serde(flatten)]
    pub means: BothMeans,
    /// The Wasserstein distance, in the measure's unit, of the values under each plan, of times up to the horizon; null where
    /// one has none. It is never below 0, so noise alone takes it a little above. Of the first 1,048,576 runs, as is the next.
    #[serde(serialize_with = "plain")]
    pub wasserstein: Option<f64>,
    /// The Kolmogorov-Smirnov statistic of the same values, 0 to 1.
    #[serde(serialize_with = "plain")]
    pub kolmogorov_smirnov: Option<f64>,
    /// There only of a time that may never come.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub times: Option<Times>,
}

/// The values of a series under both plans.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SeriesComparison {
    /// The id of the series.
    pub name: String,
    /// How many dates are not compared, as only the baseline has them.
    pub dates_only_baseline: usize,
    /// How many, as only the other plan has them.
    pub dates_only_compared: usize,
    /// The dates that both have, ascending.
    pub points: Vec<PointComparison>,
}

/// The values of a series on a day under both plans.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PointComparison {
    /// The day, as `2017-10-09`.
    pub date: String,
    /// Years since the start of the baseline.
    #[serde(serialize_with = "plain")]
    pub time: f64,
    /// How many pairs have a value under both: the means are of these.
    pub both: u64,
    /// The means.
    #[serde(flatten)]
    pub means: BothMeans,
}

/// Two means over the same runs.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct BothMeans {
    /// Under the baseline; null without values.
    #[serde(serialize_with = "plain")]
    pub baseline_mean: Option<f64>,
    /// Under the other plan.
    #[serde(serialize_with = "plain")]
    pub compared_mean: Option<f64>,
    /// The mean of the differences, the other less the baseline.
    #[serde(serialize_with = "plain")]
    pub mean_difference: Option<f64>,
    /// The interval of simulation noise around it: 1.96 standard errors of the differences. Null without values.
    #[serde(serialize_with = "plain")]
    pub mean_difference_ci95: Option<[f64; 2]>,
    /// Whether the interval holds 0.
    pub within_noise: bool,
    /// The variance of the differences over the sum of both variances: below 1, the common noise helps. Null where there is
    /// no variance.
    #[serde(serialize_with = "plain")]
    pub variance_ratio: Option<f64>,
}

/// Of a time that may never come.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Times {
    /// The horizon, in years.
    #[serde(serialize_with = "plain")]
    pub horizon: f64,
    /// The difference of the shares of pairs in which it comes.
    pub comes: Share,
    /// The means over all pairs of the time, or of the horizon where it does not come by then.
    pub restricted: BothMeans,
}

/// Which change moved what: Shapley values, the mean over all orders in which the changes can be made of what each moves.
/// They add up to the whole difference.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Attribution {
    /// How many runs are valid under every set of changes: the values are of these.
    pub runs: u64,
    /// How many plans were played: one for each set of changes.
    pub plans: u64,
    /// The changes; some can only be made together.
    pub edits: Vec<Edit>,
}

/// What a change moved.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Edit {
    /// Its addresses: several, if they can only be changed together.
    pub addresses: Vec<String>,
    /// By how much it moved the share of each outcome.
    pub outcomes: Vec<Difference>,
    /// By how much it moved the mean of each measure, of times that may never come up to the horizon; over the runs that have
    /// a value under every set of changes.
    pub measures: Vec<Difference>,
}

/// By how much something was moved.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Difference {
    /// The id of the outcome or measure.
    pub name: String,
    /// By how much; null without runs.
    #[serde(serialize_with = "plain")]
    pub difference: Option<f64>,
    /// The interval of simulation noise around it: 1.96 standard errors.
    #[serde(serialize_with = "plain")]
    pub difference_ci95: Option<[f64; 2]>,
}
