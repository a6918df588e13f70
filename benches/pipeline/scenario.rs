//! From a text to the scenario as written.

use std::hint::black_box;

use criterion::{Criterion, Throughput};

use crate::shipped;

pub fn benches(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("parse");
    for (name, text) in shipped::ALL {
        group.throughput(Throughput::Bytes(text.len() as u64));
        group.bench_function(name, |bencher| bencher.iter(|| shipped::read(black_box(text))));
    }
    group.finish();
}
