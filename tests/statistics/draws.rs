//! Draws against the distributions they are drawn from: Kolmogorov and Smirnov's test, and the chi-squared test for
//! counts. The uniforms are fixed, so a test that passes always passes; with fresh ones each would fail by chance with
//! the probability stated.

use equipoise::distribution::{Distribution, Family, Sampler};

use crate::cases::{self, uniform};

/// The n-th of a sequence of uniforms: SplitMix64 (G. Steele, D. Lea, C. Flood, 2014), which is a function of the counter.
fn draw(stream: u64, n: u64) -> f64 {
    let mut z = (stream << 32 | n).wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    uniform((z ^ (z >> 31)) >> 12)
}

const DRAWS: u64 = 20_000;

/// The level of every test here is 1e-4: K = sqrt(n) D exceeds 2.2252 with that probability.
const KOLMOGOROV: f64 = 2.2252;

#[test]
fn continuous_draws_follow_their_cdf() {
    for (stream, case) in cases::all().into_iter().enumerate() {
        let sampler = Sampler::new(case.distribution);
        let u: Vec<f64> = (0..DRAWS).map(|n| draw(stream as u64, n)).collect();
        let mut values = vec![0.0; u.len()];
        sampler.fill(&u, &mut values);
        let (low, high) = case.distribution.support();
        assert!(
            values.iter().all(|&x| x >= low && x <= high),
            "{}: a draw is outside its support",
            case.name
        );
        values.sort_by(f64::total_cmp);
        let n = values.len() as f64;
        let mut distance = 0.0_f64;
        for (rank, &x) in values.iter().enumerate() {
            let cdf = case.distribution.cdf(x);
            // Where many draws round to one float its probability is a step, which is no distance.
            if values.get(rank + 1) != Some(&x) && x != high {
                distance = distance.max((rank as f64 + 1.0) / n - cdf);
            }
            if rank == 0 || values[rank - 1] != x {
                distance = distance.max(case.distribution.cdf(x.next_down()) - rank as f64 / n);
            }
        }
        assert!(
            distance * n.sqrt() < KOLMOGOROV,
            "{}: sqrt(n) D = {}",
            case.name,
            distance * n.sqrt()
        );
    }
}

#[test]
fn counts_follow_their_probabilities() {
    for (stream, mean) in [0.1, 3.0, 29.5, 30.5, 800.0, 50_000.0].into_iter().enumerate() {
        let distribution = Distribution::new(Family::Poisson, &[mean], None).expect("a mean");
        let sampler = Sampler::new(distribution);
        // Cells of at least 0.5% each, cut at quantiles.
        let mut cuts: Vec<f64> = (1..40)
            .map(|cell| distribution.quantile(f64::from(cell) / 40.0))
            .collect();
        cuts.dedup();
        let mut observed = vec![0.0; cuts.len() + 1];
        for n in 0..DRAWS {
            let count = sampler.sample(draw(1000 + stream as u64, n));
            observed[cuts.partition_point(|&cut| cut < count)] += 1.0;
        }
        let mut statistic = 0.0;
        let mut before = 0.0;
        let mut degrees = -1.0;
        for (cell, observed) in observed.into_iter().enumerate() {
            let until = cuts.get(cell).map_or(1.0, |&cut| distribution.cdf(cut));
            let expected = (until - before) * DRAWS as f64;
            before = until;
            statistic += (observed - expected) * (observed - expected) / expected;
            degrees += 1.0;
        }
        // Wilson and Hilferty: the cube root of chi-squared is nearly normal; 3.719 is exceeded with probability 1e-4.
        let ninth = 2.0 / (9.0 * degrees);
        let z = ((statistic / degrees).cbrt() - (1.0 - ninth)) / ninth.sqrt();
        assert!(
            z < 3.719,
            "poisson [{mean}]: chi-squared is {statistic} with {degrees} degrees of freedom"
        );
    }
}

#[test]
fn poisson_inverts_its_cdf() {
    for mean in [1e-9, 0.01, 1.0, 12.0, 30.0, 31.0, 400.0, 9999.0, 10_001.0, 1e6, 1e9] {
        let distribution = Distribution::new(Family::Poisson, &[mean], None).expect("a mean");
        let sampler = Sampler::new(distribution);
        for n in 0..200 {
            let u = draw(77, n);
            let u = if n % 4 == 0 {
                u * 1e-9
            } else if n % 4 == 1 {
                1.0 - u * 1e-9
            } else {
                u
            };
            for k in [distribution.quantile(u), sampler.sample(u)] {
                let (cdf, before) = (distribution.cdf(k), distribution.cdf(k - 1.0));
                let noise = 1e-12;
                assert!(
                    cdf >= u * (1.0 - noise) && before <= u * (1.0 + noise),
                    "poisson [{mean}]: {k} at {u:e}"
                );
                assert!(
                    distribution.sf(k) <= (1.0 - u) * (1.0 + 1e-10),
                    "poisson [{mean}]: {k} at {u:e}"
                );
                assert!(
                    distribution.sf(k - 1.0) >= (1.0 - u) * (1.0 - 1e-10),
                    "poisson [{mean}]: {k} at {u:e}"
                );
            }
        }
    }
}

/// Every shape that is allowed, at every kind of uniform: finite or rounded to an end, never NaN, never decreasing.
#[test]
fn extreme_shapes_hold_together() {
    let mut distributions = Vec::new();
    let shapes = [1e-3_f64, 0.03, 0.4, 1.0, 1.7, 40.0, 3e3, 1e6];
    for a in shapes {
        for b in shapes {
            distributions.push((Family::Beta, vec![a, b]));
        }
        distributions.push((Family::Weibull, vec![a.max(0.01), 3.0]));
        distributions.push((Family::Gamma, vec![a, 1e-3]));
    }
    distributions.push((Family::Gamma, vec![1e-5, 1e3]));
    distributions.push((Family::Lognormal, vec![1e300, 1e9]));
    distributions.push((Family::Normal, vec![-1e308, 1e300]));
    distributions.push((Family::Ci90, vec![1e-100, 1e100]));
    for (family, arguments) in distributions {
        let distribution = Distribution::new(family, &arguments, None).expect("valid arguments");
        let sampler = Sampler::new(distribution);
        let mut before = [f64::NEG_INFINITY; 2];
        for step in -50..=50_i32 {
            let u = match step {
                ..=-10 => uniform(1 << (50 + step)),
                10.. => uniform((1 << 52) - 1 - (1 << (50 - step))),
                _ => uniform((f64::from(step + 10) / 20.0 * 2.0_f64.powi(52)) as u64),
            };
            for (x, before) in [distribution.quantile(u), sampler.sample(u)]
                .into_iter()
                .zip(&mut before)
            {
                let (low, high) = distribution.support();
                assert!(x >= low && x <= high, "{} {arguments:?}: {x} at {u:e}", family.name());
                let noise = 1e-9 * before.abs();
                assert!(
                    x >= *before - noise || x == *before || *before == f64::NEG_INFINITY,
                    "{} {arguments:?}: {x:e} after {before:e} at {u:e}",
                    family.name()
                );
                *before = x;
            }
            // Where a float can say it, the way back leads to u.
            let x = distribution.quantile(u);
            let (down, up) = (
                distribution.cdf(x.next_down()),
                distribution.cdf(x.next_up().max(1e-300)),
            );
            assert!(
                down <= u * (1.0 + 1e-9) && up >= u * (1.0 - 1e-9) || family == Family::Normal,
                "{} {arguments:?}: the cdf about {x:e} is {down:e} to {up:e}, not {u:e}",
                family.name()
            );
        }
    }
}

/// What a sampler gives depends neither on the order of its draws nor on who builds its parts.
#[test]
fn draws_do_not_depend_on_their_order() {
    for case in cases::all() {
        let u: Vec<f64> = (0..300).map(|n| draw(5, n)).collect();
        let mut filled = vec![0.0; u.len()];
        Sampler::new(case.distribution).fill(&u, &mut filled);
        let shared = Sampler::new(case.distribution);
        std::thread::scope(|scope| {
            for part in 0..2 {
                let (shared, u, filled) = (&shared, &u, &filled);
                scope.spawn(move || {
                    for index in (0..u.len()).rev().filter(|index| index % 2 == part) {
                        assert_eq!(shared.sample(u[index]).to_bits(), filled[index].to_bits());
                    }
                });
            }
        });
    }
}
