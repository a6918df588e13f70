//! How long the pipeline takes: one file a stage, and one for the whole of it. They share a binary, so that it links once.

mod distribution;
mod draws;
mod end_to_end;
mod engine;
mod model;
mod numeric;
mod plan;
mod results;
mod scenario;
mod shipped;

use std::time::Duration;

use criterion::{Criterion, criterion_group, criterion_main};

/// Short enough that all of them take a few minutes; what takes long itself asks for fewer samples.
fn brief() -> Criterion {
    Criterion::default()
        .without_plots()
        .warm_up_time(Duration::from_millis(300))
        .measurement_time(Duration::from_millis(900))
}

criterion_group! {
    name = stages;
    config = brief();
    targets = scenario::benches, model::benches, plan::benches, draws::benches, distribution::benches, numeric::benches,
        engine::benches, results::benches, end_to_end::benches
}
criterion_main!(stages);
