//! The reference engine: runs in a row on one thread, a block at a time. The throughput shown is in runs.

use criterion::{Criterion, Throughput};
use equipoise::engine::Player;

use crate::shipped;

/// As many as the engine plays at once.
const RUNS: u64 = 512;

pub fn benches(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("reference engine, 512 runs");
    group.throughput(Throughput::Elements(RUNS));
    for (name, text) in shipped::ALL {
        let plan = shipped::plan(text);
        let mut player = Player::new(&plan, 1);
        let mut first = 0;
        group.bench_function(name, |bencher| {
            bencher.iter(|| {
                first += RUNS;
                player.block(first, RUNS as usize)
            });
        });
    }
    group.finish();
}
