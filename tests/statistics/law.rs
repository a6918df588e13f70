//! Laws that are known exactly, and whether what was found agrees with them.

use equipoise::results::Tally;

use crate::played::Played;

/// How many standard errors a mean, and a standard deviation, may be off. Of 50 independent points one is so far off in
/// 1 of 3,000 tests, and in fewer than 1 of a million; the seeds are fixed, so a test that passes goes on passing.
const MEAN_ERRORS: f64 = 4.5;
const SD_ERRORS: f64 = 6.0;

/// The moments of a law that decide how far the moments of a sample may be off.
#[derive(Debug, Clone, Copy)]
pub struct Law {
    pub mean: f64,
    pub variance: f64,
    /// The fourth central moment.
    pub fourth: f64,
}

impl Law {
    /// From the first, second and fourth cumulants.
    pub fn of_cumulants(first: f64, second: f64, fourth: f64) -> Self {
        Law {
            mean: first,
            variance: second,
            fourth: fourth + 3.0 * second * second,
        }
    }

    pub fn poisson(mean: f64) -> Self {
        Law::of_cumulants(mean, mean, mean)
    }

    /// Of something that is 1 with this probability, else 0.
    pub fn bernoulli(p: f64) -> Self {
        Law::of_weights([(0.0, 1.0 - p), (1.0, p)])
    }

    pub fn constant(value: f64) -> Self {
        Law::of_cumulants(value, 0.0, 0.0)
    }

    /// From the raw moments E[X], E[X²], E[X³], E[X⁴].
    pub fn of_raw_moments([m1, m2, m3, m4]: [f64; 4]) -> Self {
        Law {
            mean: m1,
            variance: m2 - m1 * m1,
            fourth: m4 - 4.0 * m1 * m3 + 6.0 * m1 * m1 * m2 - 3.0 * m1.powi(4),
        }
    }

    /// From values and their probabilities.
    pub fn of_weights(weights: impl IntoIterator<Item = (f64, f64)>) -> Self {
        let weights: Vec<(f64, f64)> = weights.into_iter().collect();
        let total: f64 = weights.iter().map(|(_, p)| p).sum();
        assert!((total - 1.0).abs() < 1e-6, "probabilities add up to {total}");
        let mean = weights.iter().map(|(x, p)| x * p).sum::<f64>() / total;
        let central = |k| weights.iter().map(|(x, p)| (x - mean).powi(k) * p).sum::<f64>() / total;
        Law {
            mean,
            variance: central(2),
            fourth: central(4),
        }
    }

    /// Of a Poisson number whose mean is itself a draw, given the raw moments of that mean.
    pub fn mixed_poisson([a, b, c, d]: [f64; 4]) -> Self {
        // E[N] = a, E[N²] = b + a, E[N³] = c + 3b + a, E[N⁴] = d + 6c + 7b + a (Touchard's polynomials).
        Law::of_raw_moments([a, b + a, c + 3.0 * b + a, d + 6.0 * c + 7.0 * b + a])
    }

    /// Says what is wrong with a sample, if the mean or the sd is more standard errors off than these.
    fn objection(&self, found: &Tally, [most, most_sd]: [f64; 2]) -> Option<String> {
        let n = found.n() as f64;
        let (mean, sd) = (found.mean()?, found.sd()?);
        // What rounding leaves of a law without spread.
        let least = 1e-9 * (1.0 + self.mean.abs());
        if self.variance <= least * least {
            let off = (mean - self.mean).abs() > least || sd > least;
            return off.then(|| format!("mean {mean}, sd {sd} where it is {} in every run", self.mean));
        }
        let exact_sd = self.variance.sqrt();
        let mean_error = exact_sd / n.sqrt();
        let sd_error = ((self.fourth - self.variance * self.variance) / n).sqrt() / (2.0 * exact_sd);
        let mean_off = (mean - self.mean) / mean_error;
        // At p = 1/2 the first-order error of the sd of a coin vanishes: what is left is of the order of 1/n.
        let sd_off = (sd - exact_sd) / (sd_error + exact_sd / n);
        (mean_off.abs() > most || sd_off.abs() > most_sd).then(|| {
            format!(
                "mean {mean} not {} ({mean_off:.1} errors), sd {sd} not {exact_sd} ({sd_off:.1} errors)",
                self.mean
            )
        })
    }

    /// Holds a measure to the law.
    pub fn holds_for(&self, played: &Played, measure: &str) {
        if let Some(why) = self.objection(played.measure(measure), [MEAN_ERRORS, SD_ERRORS]) {
            panic!("{measure}: {why}");
        }
    }

    /// Holds a measure to the law, its mean and its sd within a number of standard errors.
    pub fn holds_within(&self, played: &Played, measure: &str, errors: f64) {
        if let Some(why) = self.objection(played.measure(measure), [errors, errors]) {
            panic!("{measure}: {why}");
        }
    }
}

/// Holds a series to the law at each of its times, of which there are 50 and the start.
pub fn series_follows(played: &Played, series: &str, law: impl FnMut(f64) -> Law) {
    let (mut law, mut points, mut broken) = (law, 0, Vec::new());
    for (time, found) in played.series(series) {
        points += 1;
        assert_eq!(found.n(), played.runs(), "a value of every run");
        let why = law(time).objection(found, [MEAN_ERRORS, SD_ERRORS]);
        broken.extend(why.map(|why| format!("{series} at {time}: {why}")));
    }
    assert_eq!(points, 51, "the points of {series}");
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

/// Holds the share of an outcome to its probability, within a number of standard errors.
pub fn outcome_has(played: &Played, outcome: &str, probability: f64, errors: f64) {
    let n = played.runs() as f64;
    let found = played.outcome(outcome) as f64 / n;
    let error = (probability * (1.0 - probability) / n).sqrt();
    let off = (found - probability) / error;
    assert!(
        off.abs() <= errors,
        "{outcome}: {found} not {probability} ({off:.1} errors)"
    );
}

/// The integral of a function over an interval, by Gauss and Legendre with 5 points on each of many pieces.
pub fn integral(from: f64, to: f64, f: impl Fn(f64) -> f64) -> f64 {
    const NODES: [(f64, f64); 5] = [
        (0.0, 0.568_888_888_888_888_9),
        (0.538_469_310_105_683_1, 0.478_628_670_499_366_5),
        (-0.538_469_310_105_683_1, 0.478_628_670_499_366_5),
        (0.906_179_845_938_664, 0.236_926_885_056_189_1),
        (-0.906_179_845_938_664, 0.236_926_885_056_189_1),
    ];
    const PIECES: usize = 200;
    if to <= from {
        return 0.0;
    }
    let half = (to - from) / (2 * PIECES) as f64;
    let piece = |k: usize| {
        let middle = from + (2 * k + 1) as f64 * half;
        NODES
            .iter()
            .map(|(x, weight)| weight * f(middle + half * x))
            .sum::<f64>()
    };
    (0..PIECES).map(piece).sum::<f64>() * half
}
