//! How good a forecast was, once it is known how it ended: proper scores of the runs before and after the claims, beside
//! those of saying the same of every outcome and of saying what usually happens.

mod cases;
mod record;

use serde::Serialize;

use crate::analysis::evidence::Evidence;
use crate::model::{Core, UNRESOLVED};
use crate::results::Results;
use crate::scenario::date;
use crate::statistics::{brier_score, forecast_of_counts, log_score, ranked_probability_score};

pub use cases::{BadTable, Cases, count_cases};
pub use record::{FEWEST_FOR_SKILL, FEWEST_FOR_TABLE, Mean, Record, ReliabilityBin, Skill};

/// A forecast that came to its end, and how good it was.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Scored {
    /// The title of the scenario.
    pub title: String,
    /// The outcomes that it was between, by id.
    pub outcomes: Vec<String>,
    /// Their printed names.
    #[serde(skip)]
    pub names: Vec<String>,
    /// The index of the outcome that came.
    #[serde(skip)]
    pub came: usize,
    /// Its id.
    pub outcome: String,
    /// When that was settled.
    pub on: String,
    /// The ids of the sources that say so.
    pub sources: Vec<String>,
    /// Whether the authors knew how it ended; null if they do not say.
    pub authors_knew: Option<bool>,
    /// Which cases the base rate is of.
    pub cases: Option<String>,
    /// How many cases of that kind came to what is none of the outcomes, and do not count.
    pub cases_not_counted: u64,
    /// How many claims were heard.
    pub claims: usize,
    /// The forecasts.
    pub forecasts: Vec<Forecast>,
}

/// Who says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Forecaster {
    /// The runs, before the claims.
    Prior,
    /// The runs, weighed by the claims.
    Posterior,
    /// Whoever says the same of every outcome.
    Uniform,
    /// Whoever says what usually happens.
    BaseRate,
}

/// What was said of each outcome, and its scores.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Forecast {
    /// Who says so.
    pub forecaster: Forecaster,
    /// What it rests on: runs, effective runs or cases; null for nothing.
    pub n: Option<f64>,
    /// The probability of each outcome: (count + 1/2) / (n + K/2) of K outcomes.
    pub probabilities: Vec<f64>,
    /// The Brier score over all outcomes, 0 to 2.
    pub brier: f64,
    /// Minus the natural logarithm of the probability of what came.
    pub log: f64,
    /// The ranked probability score, 0 to 1; null where the outcomes stand in no order.
    pub ranked_probability: Option<f64>,
}

/// Scores what the runs of a scenario say; none where it does not say how it ended.
pub fn score(core: &Core, results: &Results, evidence: &Evidence, cases: Option<&Cases>) -> Option<Scored> {
    let resolution = core.resolution.as_ref()?;
    let declared = core.outcomes.iter();
    let ids = declared.clone().map(|outcome| outcome.about.address.as_str());
    let names = declared.map(|outcome| Core::printed(&outcome.about));
    // That it is still open is an outcome only where it can be.
    let open = results.outcomes().last().is_some_and(|count| *count > 0)
        || resolution.outcome == core.outcomes.len()
        || cases.is_some_and(|cases| cases.counts.last().is_some_and(|count| *count > 0));
    let kept = core.outcomes.len() + usize::from(open);
    let scorer = Scorer {
        came: resolution.outcome,
        ordered: resolution.ordered,
    };
    let floats = |counts: &[u64]| counts[..kept].iter().map(|count| *count as f64).collect::<Vec<_>>();
    let mut forecasts = vec![scorer.of_counts(Forecaster::Prior, &floats(results.outcomes()))];
    if !evidence.posteriors.is_empty() {
        forecasts.push(scorer.of_posterior(evidence, kept));
    }
    forecasts.push(scorer.forecast(Forecaster::Uniform, None, vec![1.0 / kept as f64; kept]));
    if let Some(cases) = cases {
        forecasts.push(scorer.of_counts(Forecaster::BaseRate, &floats(&cases.counts)));
    }
    let strings = |texts: &mut dyn Iterator<Item = &str>| texts.take(kept).map(str::to_owned).collect::<Vec<_>>();
    let outcomes = strings(&mut ids.chain([UNRESOLVED]));
    Some(Scored {
        title: core.title.clone(),
        outcome: outcomes[resolution.outcome].clone(),
        outcomes,
        names: strings(&mut names.chain([UNRESOLVED])),
        came: resolution.outcome,
        on: date::format(resolution.on),
        sources: resolution.about.sources.clone(),
        authors_knew: resolution.authors_knew,
        cases: cases.map(|cases| cases.which.clone()),
        cases_not_counted: cases.map_or(0, |cases| cases.others),
        claims: evidence.claims.iter().filter(|claim| claim.heard).count(),
        forecasts,
    })
}

struct Scorer {
    came: usize,
    ordered: bool,
}

impl Scorer {
    fn forecast(&self, forecaster: Forecaster, n: Option<f64>, probabilities: Vec<f64>) -> Forecast {
        Forecast {
            forecaster,
            n,
            brier: brier_score(&probabilities, self.came),
            log: log_score(&probabilities, self.came),
            ranked_probability: self
                .ordered
                .then(|| ranked_probability_score(&probabilities, self.came)),
            probabilities,
        }
    }

    fn of_counts(&self, forecaster: Forecaster, counts: &[f64]) -> Forecast {
        self.forecast(forecaster, Some(counts.iter().sum()), forecast_of_counts(counts))
    }

    /// Each share is that of as many effective runs as it has; those of the outcome that came stand for all.
    fn of_posterior(&self, evidence: &Evidence, kept: usize) -> Forecast {
        let runs = evidence.posteriors[self.came].effective_runs;
        let shares = evidence.posteriors[..kept].iter();
        let counts: Vec<f64> = shares.map(|posterior| posterior.share * runs).collect();
        self.forecast(Forecaster::Posterior, Some(runs), forecast_of_counts(&counts))
    }
}
