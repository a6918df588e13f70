//! What is done with what an engine yields: a block taken in, results merged, and a summary written.

use std::hint::black_box;

use criterion::{Criterion, Throughput};
use equipoise::engine::Player;
use equipoise::export::json;
use equipoise::results::{Identity, Results, Summary};

use crate::shipped;

const RUNS: u64 = 512;

pub fn benches(criterion: &mut Criterion) {
    let (name, text) = shipped::ALL[0];
    let plan = shipped::plan(text);
    let block = Player::new(&plan, 1).block(0, RUNS as usize);
    let mut results = Results::new(&plan.observed);
    results.add(&block);
    let mut group = criterion.benchmark_group("results of the flagship");

    group.throughput(Throughput::Elements(RUNS));
    let mut taking = results.clone();
    group.bench_function("take in 512 runs", |bencher| {
        bencher.iter(|| taking.add(black_box(&block)))
    });

    group.throughput(Throughput::Elements(1));
    let mut merged = results.clone();
    group.bench_function("merge", |bencher| bencher.iter(|| merged.merge(black_box(&results))));

    let identity = Identity {
        title: name.to_owned(),
        sha256: String::new(),
        seed: 1,
        first_run: 0,
        runs: RUNS,
        partial: false,
    };
    group.bench_function("summarise and write", |bencher| {
        bencher.iter(|| {
            let summary = Summary::new(black_box(&identity), &plan.observed, &results);
            let mut written = Vec::new();
            json(&summary, &mut written).expect("memory can be written to");
            written
        });
    });
    group.finish();
}
