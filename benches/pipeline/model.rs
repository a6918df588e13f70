//! From the scenario as written to the core: checked, and its deals, policies and balances lowered.

use std::hint::black_box;

use criterion::Criterion;
use equipoise::diagnostic::Faults;
use equipoise::model::{check, expand};

use crate::shipped;

pub fn benches(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("check and lower");
    for (name, text) in shipped::ALL {
        let (scenario, files, _) = shipped::read(text);
        group.bench_function(name, |bencher| {
            bencher.iter(|| check(black_box(&scenario), &files, &mut Faults::default()));
        });
    }
    group.finish();

    let mut group = criterion.benchmark_group("expand");
    for (name, text) in shipped::ALL {
        let (core, _) = shipped::check(text);
        group.bench_function(name, |bencher| bencher.iter(|| expand(black_box(&core))));
    }
    group.finish();
}
