//! From what was folded to what is said.

use crate::model::Core;
use crate::statistics::{Confidence, jensen_shannon, kolmogorov_smirnov, tango, total_variation, wasserstein};

use super::comparison::{
    Attribution, BothMeans, Change, Compared, Lost, MeasureComparison, OutcomeComparison, OutcomeSide, PointComparison,
    SeriesComparison, Share, Side, Times, Transitions,
};
use super::layout::{Measure, Point, Series};
use super::paired::{Paired, PairedMeasure};
use super::pairs::Pairs;

pub use super::shapley::attribution;

const LEVEL: Confidence = Confidence::NinetyFive;

/// What a plan is called.
pub fn side(label: String, core: &Core, sha256: String) -> Side {
    Side {
        label,
        title: core.title.clone(),
        sha256,
        given: None,
        beliefs: Vec::new(),
        claims: Vec::new(),
        origins: Vec::new(),
    }
}

/// What pairs say. `changes` is what differs in the files.
pub fn compared(scenario: Side, changes: Vec<Change>, attribution: Option<Attribution>, pairs: &Pairs) -> Compared {
    let layout = pairs.layout();
    let table = Table::new(pairs);
    let shares = |counts: &[u64]| -> Vec<f64> { counts.iter().map(|count| table.share(*count)).collect() };
    let (baseline, others) = (shares(&table.baseline), shares(&table.compared));
    let distance = |distance: fn(&[f64], &[f64]) -> f64| (pairs.valid > 0).then(|| distance(&baseline, &others));
    let names = || layout.outcomes.iter().map(|outcome| outcome.label.id.clone());
    let by_side = |[baseline, compared, both]: [u64; 3]| Lost {
        baseline,
        compared,
        both,
    };
    Compared {
        scenario,
        changes,
        pairs: pairs.valid,
        lost: by_side(pairs.lost),
        set_aside: (!layout.given_in_baseline.is_empty()).then(|| by_side(pairs.set_aside)),
        identical_runs: pairs.same,
        identical_stories: pairs.same_story,
        identical: pairs.valid > 0 && pairs.same == pairs.valid,
        same_outcomes: layout.has_same_outcomes(),
        outcomes: (0..layout.outcomes.len()).map(|index| table.outcome(index)).collect(),
        total_variation: distance(total_variation),
        jensen_shannon: distance(jensen_shannon),
        transitions: Transitions {
            outcomes: names().collect(),
            counts: table.rows().map(<[u64]>::to_vec).collect(),
        },
        measures: layout
            .measures
            .iter()
            .zip(&pairs.measures)
            .map(|(measure, values)| measure_comparison(measure, values, pairs.valid))
            .collect(),
        unmatched_measures: layout.unmatched.clone(),
        series: layout
            .series
            .iter()
            .zip(&pairs.series)
            .map(|(series, values)| series_comparison(series, values))
            .collect(),
        unmatched_series: layout.unmatched_series.clone(),
        attribution,
    }
}

/// The transition table with its sums.
struct Table<'a> {
    pairs: &'a Pairs,
    baseline: Vec<u64>,
    compared: Vec<u64>,
}

impl<'a> Table<'a> {
    fn new(pairs: &'a Pairs) -> Self {
        let size = pairs.layout().outcomes.len();
        let mut table = Table {
            pairs,
            baseline: Vec::new(),
            compared: vec![0; size],
        };
        for row in pairs.transitions.chunks(size) {
            table.baseline.push(row.iter().sum());
            for (sum, count) in table.compared.iter_mut().zip(row) {
                *sum += count;
            }
        }
        table
    }

    fn rows(&self) -> impl Iterator<Item = &'a [u64]> {
        self.pairs.transitions.chunks(self.compared.len())
    }

    fn share(&self, count: u64) -> f64 {
        count as f64 / self.pairs.valid as f64
    }

    fn outcome(&self, index: usize) -> OutcomeComparison {
        let outcome = &self.pairs.layout().outcomes[index];
        let side = |declared: bool, count: u64| OutcomeSide {
            declared,
            count,
            probability: (self.pairs.valid > 0).then(|| self.share(count)),
        };
        let stayed = self.pairs.transitions[index * self.compared.len() + index];
        OutcomeComparison {
            name: outcome.label.id.clone(),
            baseline: side(outcome.in_baseline, self.baseline[index]),
            compared: side(outcome.in_compared, self.compared[index]),
            share: share(
                self.baseline[index] - stayed,
                self.compared[index] - stayed,
                stayed,
                self.pairs.valid,
            ),
        }
    }
}

/// The difference of two shares of the same `n` runs, of which `both` count for both.
fn share(only_baseline: u64, only_compared: u64, both: u64, n: u64) -> Share {
    let (low, high) = tango(only_compared, only_baseline, n, LEVEL);
    let share = |count: u64| count as f64 / n as f64;
    let difference = share(only_compared) - share(only_baseline);
    let spread = |share: f64| share * (1.0 - share);
    let unpaired = spread(share(only_baseline + both)) + spread(share(only_compared + both));
    let paired = share(only_compared) + share(only_baseline) - difference * difference;
    Share {
        difference: (n > 0).then_some(difference),
        difference_ci95: [low, high],
        within_noise: low <= 0.0 && high >= 0.0,
        variance_ratio: (unpaired > 0.0).then(|| paired / unpaired),
        only_baseline,
        only_compared,
    }
}

fn measure_comparison(measure: &Measure, values: &PairedMeasure, n: u64) -> MeasureComparison {
    let sorted = |values: &[f64]| {
        let mut sorted = values.to_vec();
        sorted.sort_unstable_by(f64::total_cmp);
        sorted
    };
    let (first, second) = (sorted(&values.baseline_values), sorted(&values.compared_values));
    let times = values.restricted.as_ref().zip(measure.horizon);
    MeasureComparison {
        name: measure.label.id.clone(),
        both: values.both,
        only_baseline: values.only_baseline,
        only_compared: values.only_compared,
        neither: values.neither,
        identical_runs: values.same,
        means: means(&values.finite),
        wasserstein: wasserstein(&first, &second),
        kolmogorov_smirnov: kolmogorov_smirnov(&first, &second),
        times: times.map(|(restricted, horizon)| Times {
            horizon,
            comes: share(values.only_baseline, values.only_compared, values.both, n),
            restricted: means(restricted),
        }),
    }
}

fn series_comparison(series: &Series, values: &[Paired]) -> SeriesComparison {
    let point = |(point, values): (&Point, &Paired)| PointComparison {
        date: point.date.clone(),
        time: point.time,
        both: values.difference.n(),
        means: means(values),
    };
    let [dates_only_baseline, dates_only_compared] = series.unmatched;
    SeriesComparison {
        name: series.label.id.clone(),
        dates_only_baseline,
        dates_only_compared,
        points: series.points.iter().zip(values).map(point).collect(),
    }
}

fn means(values: &Paired) -> BothMeans {
    let mean_difference = values.difference.mean();
    let half_width = values.difference.se().map(|error| LEVEL.critical_value() * error);
    let interval = mean_difference
        .zip(half_width)
        .map(|(mean, half_width)| [mean - half_width, mean + half_width]);
    let variance = |sd: Option<f64>| sd.map(|sd| sd * sd);
    let unpaired = variance(values.baseline.sd()).zip(variance(values.compared.sd()));
    let ratio = unpaired.map(|(a, b)| a + b).filter(|sum| *sum > 0.0);
    BothMeans {
        baseline_mean: values.baseline.mean(),
        compared_mean: values.compared.mean(),
        mean_difference,
        mean_difference_ci95: interval,
        within_noise: interval.is_none_or(|[low, high]| low <= 0.0 && high >= 0.0),
        variance_ratio: variance(values.difference.sd())
            .zip(ratio)
            .map(|(paired, unpaired)| paired / unpaired),
    }
}
