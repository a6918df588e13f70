//! Random numbers: the column of a site and an occurrence for a block of runs, a single one, and the keys of a plan.

use std::hint::black_box;

use criterion::{Criterion, Throughput};
use equipoise::engine::Draws;

use crate::shipped;

/// As many as an engine plays at once.
const RUNS: u64 = 512;

pub fn benches(criterion: &mut Criterion) {
    let site = ["polonez_sale.signs".to_owned()];
    let mut group = criterion.benchmark_group("draws");

    group.throughput(Throughput::Elements(RUNS));
    let mut draws = Draws::new(2016, &site);
    let mut first = 0;
    group.bench_function("column of 512", |bencher| {
        bencher.iter(|| {
            first += RUNS;
            draws.start_block(first, RUNS as usize);
            let drawn = (first..first + RUNS).map(|run| draws.uniform(0, 0, run));
            drawn.sum::<f64>()
        });
    });

    // A block of one run is never worth filling, so its draw is sought.
    group.throughput(Throughput::Elements(1));
    let mut draws = Draws::new(2016, &site);
    let mut run = 0;
    group.bench_function("single seek", |bencher| {
        bencher.iter(|| {
            run += 1;
            draws.start_block(run, 1);
            draws.uniform(0, black_box(0), run)
        });
    });

    let sites = shipped::plan(shipped::ALL[0].1).sites;
    group.throughput(Throughput::Elements(sites.len() as u64));
    group.bench_function("keys of the flagship", |bencher| {
        bencher.iter(|| Draws::new(black_box(2016), &sites));
    });
    group.finish();
}
