//! `rebop-peer MODEL INTERFACE RUNS SEED`: plays a pure-rate model with the rebop crate and prints how often each outcome
//! came. The models are those of the files in `../models`.
//!
//! INTERFACE is `compiled`, for the macro that makes a program of the model, or `run-time`, for models that are put together
//! while the program runs, as those in scenario files are. Either way one simulation with one generator is set back to the
//! start for each run, so that nothing is paid for twice.

mod compiled;
mod run_time;

/// How the runs of a model that ended with so much of a species fall into high and low.
fn above(bound: isize, count: isize) -> &'static str {
    if count > bound { "high" } else { "low" }
}

/// The species of `submodel` that tell how a run ended, by the first of which there is one.
const MARKS: [&str; 6] = ["redirected", "delivered", "refused", "failed", "signed", "agreed"];
const OUTCOMES: [&str; 7] = [
    "redirected",
    "delivered",
    "blocked",
    "collapsed",
    "signed",
    "agreed",
    "talks",
];

/// How a run of `submodel` ended that left so much of each of [`MARKS`].
fn outcome(marks: [isize; 6]) -> &'static str {
    OUTCOMES[marks.iter().position(|count| *count > 0).unwrap_or(MARKS.len())]
}

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let (model, interface) = (arguments[1].as_str(), arguments[2].as_str());
    let runs: u64 = arguments[3].parse().expect("a number of runs");
    let seed: u64 = arguments[4].parse().expect("a seed");
    let mut play: Box<dyn FnMut() -> &'static str> = match interface {
        "compiled" => compiled::player(model, seed),
        "run-time" => run_time::player(model, seed),
        other => panic!("no interface is called {other}"),
    };
    let mut counts: Vec<(&str, u64)> = Vec::new();
    for _ in 0..runs {
        let outcome = play();
        match counts.iter_mut().find(|(name, _)| *name == outcome) {
            Some((_, count)) => *count += 1,
            None => counts.push((outcome, 1)),
        }
    }
    let outcomes: Vec<String> = counts
        .iter()
        .map(|(name, count)| format!("\"{name}\": {count}"))
        .collect();
    println!("{{\"runs\": {runs}, \"outcomes\": {{{}}}}}", outcomes.join(", "));
}
