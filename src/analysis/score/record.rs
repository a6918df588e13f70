//! A record of several forecasts: mean scores, skill, and whether what is said to be likely comes often.

use serde::Serialize;

use super::{Forecaster, Scored};
use crate::statistics::{Confidence, mean_interval};

/// With fewer forecasts a difference between mean scores has no interval worth showing.
pub const FEWEST_FOR_SKILL: usize = 10;
/// With fewer forecasts a table of how often the likely came is noise.
pub const FEWEST_FOR_TABLE: usize = 50;

/// Several forecasts together.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Record {
    /// How many forecasts there are.
    pub n: usize,
    /// In how many of them the authors knew how it ended.
    pub authors_knew: usize,
    /// Mean scores, by who says so.
    pub means: Vec<Mean>,
    /// How much better the runs do than others.
    pub skill: Vec<Skill>,
    /// How often what is said to be so likely came; nothing with fewer than 50 forecasts.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub reliability: Vec<ReliabilityBin>,
}

/// Mean scores.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Mean {
    /// Who says so.
    pub forecaster: Forecaster,
    /// How many forecasts it made.
    pub n: usize,
    /// The mean Brier score.
    pub brier: f64,
    /// The mean log score.
    pub log: f64,
}

/// How much better the runs do than others, over the forecasts that both made: 1 less the ratio of mean Brier scores.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Skill {
    /// Whose forecasts: before or after the claims.
    pub forecaster: Forecaster,
    /// Better than whom.
    pub than: Forecaster,
    /// How many forecasts both made.
    pub n: usize,
    /// 1 less the ratio of mean Brier scores; below 0 where it does worse.
    pub brier_skill: f64,
    /// The mean difference of the Brier scores; below 0 where it does better.
    pub mean_difference: f64,
    /// Its 95% interval, by Student's t over the forecasts; null with fewer than 10.
    pub interval: Option<[f64; 2]>,
}

/// What was said to be about so likely.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ReliabilityBin {
    /// From this probability on.
    pub from: f64,
    /// To this one.
    pub to: f64,
    /// How many outcomes of how many forecasts were said to be so likely.
    pub n: usize,
    /// The mean of what was said.
    pub said: f64,
    /// The share of them that came.
    pub came: f64,
}

impl Record {
    /// Puts forecasts together; none of fewer than two.
    pub fn of(all: &[Scored]) -> Option<Self> {
        if all.len() < 2 {
            return None;
        }
        let mut means = Vec::new();
        for forecaster in [
            Forecaster::Prior,
            Forecaster::Posterior,
            Forecaster::Uniform,
            Forecaster::BaseRate,
        ] {
            let scores: Vec<(f64, f64)> = all
                .iter()
                .filter_map(|scored| scored.by(forecaster).map(|forecast| (forecast.brier, forecast.log)))
                .collect();
            if !scores.is_empty() {
                means.push(Mean {
                    forecaster,
                    n: scores.len(),
                    brier: mean(scores.iter().map(|(brier, _)| *brier)),
                    log: mean(scores.iter().map(|(_, log)| *log)),
                });
            }
        }
        let runs = [Forecaster::Prior, Forecaster::Posterior];
        let pairs = runs
            .into_iter()
            .flat_map(|one| [Forecaster::Uniform, Forecaster::BaseRate].map(|than| (one, than)));
        Some(Record {
            n: all.len(),
            authors_knew: all.iter().filter(|scored| scored.authors_knew == Some(true)).count(),
            means,
            skill: pairs.filter_map(|(one, than)| skill(all, one, than)).collect(),
            reliability: if all.len() < FEWEST_FOR_TABLE {
                Vec::new()
            } else {
                reliability(all)
            },
        })
    }
}

impl Scored {
    /// What somebody said.
    pub fn by(&self, forecaster: Forecaster) -> Option<&super::Forecast> {
        self.forecasts.iter().find(|forecast| forecast.forecaster == forecaster)
    }

    /// What the runs say with all that was heard.
    fn last(&self) -> Option<&super::Forecast> {
        self.by(Forecaster::Posterior).or_else(|| self.by(Forecaster::Prior))
    }
}

fn mean(values: impl ExactSizeIterator<Item = f64>) -> f64 {
    let n = values.len() as f64;
    values.sum::<f64>() / n
}

fn skill(all: &[Scored], forecaster: Forecaster, than: Forecaster) -> Option<Skill> {
    let pairs: Vec<(f64, f64)> = all
        .iter()
        .filter_map(|scored| Some((scored.by(forecaster)?.brier, scored.by(than)?.brier)))
        .collect();
    if pairs.is_empty() {
        return None;
    }
    let own = mean(pairs.iter().map(|(own, _)| *own));
    let other = mean(pairs.iter().map(|(_, other)| *other));
    let differences: Vec<f64> = pairs.iter().map(|(own, other)| own - other).collect();
    let interval = mean_interval(&differences, Confidence::NinetyFive).map(|(_, interval)| interval);
    Some(Skill {
        forecaster,
        than,
        n: pairs.len(),
        brier_skill: 1.0 - own / other,
        mean_difference: mean(differences.iter().copied()),
        interval: interval.filter(|_| pairs.len() >= FEWEST_FOR_SKILL),
    })
}

/// In ten bins of equal width; those with nothing in them are left out.
fn reliability(all: &[Scored]) -> Vec<ReliabilityBin> {
    const BINS: usize = 10;
    let said: Vec<(f64, bool)> = all
        .iter()
        .flat_map(|scored| {
            let forecast = scored.last().into_iter();
            forecast.flat_map(|forecast| {
                let probabilities = forecast.probabilities.iter().enumerate();
                probabilities.map(|(outcome, probability)| (*probability, outcome == scored.came))
            })
        })
        .collect();
    let bin_of = |probability: f64| ((probability * BINS as f64) as usize).min(BINS - 1);
    (0..BINS)
        .filter_map(|bin| {
            let inside: Vec<_> = said
                .iter()
                .filter(|(probability, _)| bin_of(*probability) == bin)
                .collect();
            (!inside.is_empty()).then(|| ReliabilityBin {
                from: bin as f64 / BINS as f64,
                to: (bin + 1) as f64 / BINS as f64,
                n: inside.len(),
                said: mean(inside.iter().map(|(probability, _)| *probability)),
                came: mean(inside.iter().map(|(_, came)| f64::from(u8::from(*came)))),
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::score::Forecast;

    fn scored(probability: f64, came: usize) -> Scored {
        let forecast = |forecaster, first: f64| Forecast {
            forecaster,
            n: None,
            probabilities: vec![first, 1.0 - first],
            brier: crate::statistics::brier_score(&[first, 1.0 - first], came),
            log: crate::statistics::log_score(&[first, 1.0 - first], came),
            ranked_probability: None,
        };
        Scored {
            title: String::new(),
            outcomes: Vec::new(),
            names: Vec::new(),
            came,
            outcome: String::new(),
            on: String::new(),
            sources: Vec::new(),
            authors_knew: None,
            cases: None,
            cases_not_counted: 0,
            claims: 0,
            forecasts: vec![
                forecast(Forecaster::Prior, probability),
                forecast(Forecaster::Uniform, 0.5),
            ],
        }
    }

    /// Fails if an interval or a table is shown of too few, or not of enough.
    #[test]
    fn few_forecasts_have_no_interval_and_no_table() {
        for n in [1, 2, 9, 10, 49, 50] {
            let all: Vec<Scored> = (0..n).map(|i| scored(0.8, usize::from(i % 5 == 0))).collect();
            let record = Record::of(&all);
            assert_eq!(record.is_some(), n >= 2);
            if let Some(record) = record {
                assert_eq!(record.skill[0].interval.is_some(), n >= 10, "{n}");
                assert_eq!(!record.reliability.is_empty(), n >= 50, "{n}");
                assert_eq!(record.skill[0].n, n);
            }
        }
    }

    /// Of 50 forecasts of 0.8, 40 came: worked out by hand.
    #[test]
    fn scores_and_reliability_by_hand() {
        let all: Vec<Scored> = (0..50).map(|i| scored(0.8, usize::from(i % 5 == 0))).collect();
        let record = Record::of(&all).unwrap();
        assert!((record.means[0].brier - 2.0 * (0.8 * 0.04 + 0.2 * 0.64)).abs() < 1e-12);
        assert!((record.skill[0].brier_skill - (1.0 - 0.32 / 0.5)).abs() < 1e-12);
        let [low, high] = [&record.reliability[0], &record.reliability[1]];
        assert!((high.said - 0.8).abs() < 1e-12 && (high.came - 0.8).abs() < 1e-12 && high.n == 50);
        assert!((low.said - 0.2).abs() < 1e-12 && (low.came - 0.2).abs() < 1e-12);
    }
}
