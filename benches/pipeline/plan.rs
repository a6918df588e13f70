//! From the core to what the engines play.

use std::hint::black_box;

use criterion::Criterion;
use equipoise::plan::plan;

use crate::shipped;

pub fn benches(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("plan");
    for (name, text) in shipped::ALL {
        let (core, _) = shipped::check(text);
        group.bench_function(name, |bencher| bencher.iter(|| plan(black_box(&core))));
    }
    group.finish();
}
