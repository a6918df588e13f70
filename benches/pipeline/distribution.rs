//! Inverse distribution functions: an iteration is one draw, so the time shown is the time of a draw.

use std::hint::black_box;

use criterion::{BenchmarkId, Criterion};
use equipoise::distribution::{Distribution, Family, Sampler, bernoulli, discrete, unit_exponential};

use crate::numeric::Cycle;

fn typical(family: Family) -> &'static [f64] {
    match family {
        Family::Uniform => &[0.0, 2.0],
        Family::Normal => &[1.0, 2.0],
        Family::Lognormal => &[2.0, 1.5],
        Family::Ci90 => &[1.0, 20.0],
        Family::Triangular | Family::Pert => &[0.5, 1.0, 2.0],
        Family::Beta => &[2.0, 3.0],
        Family::Gamma => &[2.5, 0.4],
        Family::Weibull => &[1.5, 2.0],
        Family::Exponential => &[0.7],
        Family::Poisson => &[3.0],
    }
}

pub fn benches(criterion: &mut Criterion) {
    prepared(criterion);
    varying(criterion);
    choices(criterion);
}

/// Arguments that are constant: whatever can be prepared is.
fn prepared(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("draw, constant arguments");
    let plain = Family::ALL.map(|family| (family.name().to_owned(), family, typical(family), None));
    let others = [
        ("poisson of 1000".to_owned(), Family::Poisson, &[1000.0][..], None),
        (
            "normal, truncated".to_owned(),
            Family::Normal,
            &[1.0, 2.0],
            Some([0.0, 3.0]),
        ),
        (
            "lognormal, truncated".to_owned(),
            Family::Lognormal,
            &[2.0, 1.5],
            Some([1.0, 3.0]),
        ),
        ("beta of 1/2, 1/2".to_owned(), Family::Beta, &[0.5, 0.5], None),
    ];
    for (name, family, arguments, truncate) in plain.into_iter().chain(others) {
        let distribution = Distribution::new(family, arguments, truncate).expect("good arguments");
        let sampler = Sampler::new(distribution);
        let mut uniforms = Cycle::uniforms();
        group.bench_function(name, |bencher| {
            bencher.iter(|| sampler.sample(black_box(uniforms.advance())));
        });
    }
    group.finish();
}

/// Arguments that differ from run to run: they are checked, and the inverse is worked out from nothing.
fn varying(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("draw, varying arguments");
    for family in Family::ALL {
        let mut uniforms = Cycle::uniforms();
        group.bench_function(BenchmarkId::from_parameter(family.name()), |bencher| {
            bencher.iter(|| {
                let distribution = Distribution::new(family, black_box(typical(family)), None);
                distribution.expect("good arguments").quantile(uniforms.advance())
            });
        });
    }
    group.finish();
}

/// What is drawn without a [`Distribution`]: thresholds, chances and choices.
fn choices(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("draw");
    let mut uniforms = Cycle::uniforms();
    group.bench_function("threshold", |bencher| {
        bencher.iter(|| unit_exponential(black_box(uniforms.advance())));
    });
    group.bench_function("bernoulli", |bencher| {
        bencher.iter(|| bernoulli(black_box(0.3), uniforms.advance()));
    });
    let weights = [0.5, 0.2, 0.2, 0.1];
    group.bench_function("discrete of 4", |bencher| {
        bencher.iter(|| discrete(black_box(&weights), uniforms.advance()));
    });
    group.finish();
}
