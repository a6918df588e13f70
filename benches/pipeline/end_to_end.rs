//! From a text to the JSON of 100,000 runs, on all threads.

use std::hint::black_box;
use std::sync::atomic::AtomicBool;

use criterion::{Criterion, SamplingMode, Throughput};
use equipoise::engine::{Options, play};
use equipoise::export::json;
use equipoise::results::{Identity, Results, Summary};

use crate::shipped;

const RUNS: u64 = 100_000;

pub fn benches(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("end to end, 100,000 runs");
    group
        .sample_size(10)
        .sampling_mode(SamplingMode::Flat)
        .throughput(Throughput::Elements(RUNS));
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    for (name, text) in shipped::ALL {
        group.bench_function(name, |bencher| bencher.iter(|| answer(black_box(text), threads)));
    }
    group.finish();
}

fn answer(text: &str, threads: usize) -> Vec<u8> {
    let (core, scenario) = shipped::check(text);
    let plan = equipoise::plan::plan(&core);
    let options = Options {
        threads,
        stop: &AtomicBool::new(false),
        progress: &|_| (),
    };
    let new = || Results::new(&plan.observed);
    let mut results = new();
    let runs = play(&plan, core.seed, 0..RUNS, &options, &mut results, new);
    let identity = Identity {
        title: core.title.clone(),
        sha256: scenario.sha256,
        seed: core.seed,
        first_run: 0,
        runs,
        partial: false,
    };
    let mut written = Vec::new();
    json(&Summary::new(&identity, &plan.observed, &results), &mut written).expect("memory can be written to");
    written
}
