//! The portable functions that everything else is made of: an iteration is one call.

use std::hint::black_box;

use criterion::Criterion;
use equipoise::engine::Draws;
use equipoise::numeric;

/// More values than a branch predictor learns by heart.
const LENGTH: usize = 4096;

/// Values that come round again and again.
pub struct Cycle {
    values: Vec<f64>,
    at: usize,
}

impl Cycle {
    /// Draws as an engine makes them.
    pub fn uniforms() -> Self {
        let mut draws = Draws::new(1, &["uniforms".to_owned()]);
        draws.start_block(0, LENGTH);
        let values = (0..LENGTH as u64).map(|run| draws.uniform(0, 0, run)).collect();
        Cycle { values, at: 0 }
    }

    /// Goes on to the next value.
    pub fn advance(&mut self) -> f64 {
        self.at = (self.at + 1) % LENGTH;
        self.values[self.at]
    }
}

pub fn benches(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("function");
    let mut uniforms = Cycle::uniforms();
    group.bench_function("ln", |bencher| {
        bencher.iter(|| numeric::ln(black_box(uniforms.advance())));
    });
    group.bench_function("exp", |bencher| {
        bencher.iter(|| numeric::exp(black_box(uniforms.advance())));
    });
    group.bench_function("logistic", |bencher| {
        bencher.iter(|| numeric::logistic(black_box(uniforms.advance())));
    });
    group.bench_function("pow", |bencher| {
        bencher.iter(|| numeric::pow(black_box(uniforms.advance()), black_box(1.7)));
    });
    group.finish();
}
