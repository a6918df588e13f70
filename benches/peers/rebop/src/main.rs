//! `rebop-peer MODEL RUNS SEED`: plays a pure-rate model with the rebop crate and prints how often its outcome
//! came. The models are those of the files in `../models`.

use rebop::define_system;

define_system! {
    birth_rate death_rate;
    BirthDeath { x }
    birth :   => x @ birth_rate
    death : x =>   @ death_rate
}

define_system! {
    alpha_a alpha_ap alpha_r alpha_rp beta_a beta_r delta_ma delta_mr delta_a delta_r gamma_a gamma_r gamma_c theta_a theta_r;
    Vilar { da, dap, ma, a, dr, drp, mr, r, c }
    binds_a      : a + da => dap     @ gamma_a
    leaves_a     : dap => da + a     @ theta_a
    binds_r      : a + dr => drp     @ gamma_r
    leaves_r     : drp => dr + a     @ theta_r
    copies_a     : da => da + ma     @ alpha_a
    copies_ap    : dap => dap + ma   @ alpha_ap
    copies_r     : dr => dr + mr     @ alpha_r
    copies_rp    : drp => drp + mr   @ alpha_rp
    makes_a      : ma => ma + a      @ beta_a
    makes_r      : mr => mr + r      @ beta_r
    pairs        : a + r => c        @ gamma_c
    frees_r      : c => r            @ delta_a
    loses_a      : a =>              @ delta_a
    loses_r      : r =>              @ delta_r
    loses_ma     : ma =>             @ delta_ma
    loses_mr     : mr =>             @ delta_mr
}

fn birth_death(birth: f64, start: isize, horizon: f64, seed: u64) -> isize {
    let mut problem = BirthDeath::new();
    problem.seed(seed);
    (problem.birth_rate, problem.death_rate, problem.x) = (birth, 1.0, start);
    problem.advance_until(horizon);
    problem.x
}

fn vilar(seed: u64) -> isize {
    let mut problem = Vilar::new();
    problem.seed(seed);
    (problem.alpha_a, problem.alpha_ap, problem.alpha_r, problem.alpha_rp) = (50.0, 500.0, 0.01, 50.0);
    (problem.beta_a, problem.beta_r, problem.delta_ma, problem.delta_mr) = (50.0, 5.0, 10.0, 0.5);
    (problem.delta_a, problem.delta_r, problem.gamma_a, problem.gamma_r) = (1.0, 0.2, 1.0, 1.0);
    (problem.gamma_c, problem.theta_a, problem.theta_r) = (2.0, 50.0, 100.0);
    (problem.da, problem.dr) = (1, 1);
    problem.advance_until(2.0);
    problem.c
}

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let (model, runs, seed) = (arguments[1].as_str(), &arguments[2], &arguments[3]);
    let runs: u64 = runs.parse().expect("a number of runs");
    let seed: u64 = seed.parse().expect("a seed");
    let mut high = 0;
    for run in 0..runs {
        let seed = seed.wrapping_mul(1_000_000_007).wrapping_add(run);
        high += u64::from(match model {
            "few" => birth_death(5.0, 5, 1.0, seed) > 5,
            "birth_death" => birth_death(100.0, 50, 10.0, seed) > 100,
            "vilar" => vilar(seed) > 255,
            other => panic!("no model is called {other}"),
        });
    }
    println!("{{\"runs\": {runs}, \"outcomes\": {{\"high\": {high}, \"low\": {}}}}}", runs - high);
}
