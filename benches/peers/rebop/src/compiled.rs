//! The models by the macro of rebop: each is a program of its own.

// The macro makes a function with an argument for each of Vilar's constants.
#![allow(clippy::too_many_arguments)]

use rebop::define_system;

use crate::{above, outcome};

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

// While there is a `pending`, its `talks`, `agreed` or `signed` is the stage; when it goes, those marks mean nothing. `late`
// is there once talks are over, which doubles the threat.
define_system! {
    ;
    Submodel { pending, talks, agreed, signed, delivered, failed, refused, redirected, quiet, asked, late, unsold, oil, tension, places }
    agrees        : pending + talks => pending + agreed + late        @ 2.25
    objects       : pending + quiet => pending + asked                @ 0.48
    objects_late  : pending + quiet + late => pending + late + asked  @ 0.48
    refuses       : pending + asked => failed + refused + unsold      @ 2.4
    goes_on       : pending + asked => pending                        @ 1.6
    collapses     : pending => failed + unsold                        @ 0.25
    collapses_oil : pending + oil => failed + unsold + oil            @ 0.125
    signs         : pending + agreed => pending + signed              @ 1.0
    delivers      : pending + signed => delivered                     @ 0.8
    redirects     : failed => redirected                              @ 0.8
    oil_shock     : => oil                                            @ 0.15
    clash         : => tension                                        @ 0.6
    clash_tense   : tension => 2 tension                              @ 0.12
    calms         : tension =>                                        @ 0.5
    buk_batch     : places =>                                         @ 0.15
    nonlethal     : unsold =>                                         @ 0.6
}

/// Plays a run and tells its outcome.
pub fn player(model: &str, seed: u64) -> Box<dyn FnMut() -> &'static str> {
    match model {
        "submodel" => submodel(seed),
        "few" => birth_death(5.0, 5, 1.0, 5, seed),
        "birth_death" => birth_death(100.0, 50, 10.0, 100, seed),
        "vilar" => vilar(seed),
        other => panic!("no model is called {other}"),
    }
}

fn birth_death(birth: f64, start: isize, horizon: f64, bound: isize, seed: u64) -> Box<dyn FnMut() -> &'static str> {
    let mut problem = BirthDeath::with_parameters(birth, 1.0);
    problem.seed(seed);
    Box::new(move || {
        (problem.t, problem.x) = (0.0, start);
        problem.advance_until(horizon);
        above(bound, problem.x)
    })
}

fn vilar(seed: u64) -> Box<dyn FnMut() -> &'static str> {
    let mut problem = Vilar::new();
    problem.seed(seed);
    (problem.alpha_a, problem.alpha_ap, problem.alpha_r, problem.alpha_rp) = (50.0, 500.0, 0.01, 50.0);
    (problem.beta_a, problem.beta_r, problem.delta_ma, problem.delta_mr) = (50.0, 5.0, 10.0, 0.5);
    (problem.delta_a, problem.delta_r, problem.gamma_a, problem.gamma_r) = (1.0, 0.2, 1.0, 1.0);
    (problem.gamma_c, problem.theta_a, problem.theta_r) = (2.0, 50.0, 100.0);
    Box::new(move || {
        problem.t = 0.0;
        (problem.da, problem.dap, problem.ma, problem.a) = (1, 0, 0, 0);
        (problem.dr, problem.drp, problem.mr, problem.r, problem.c) = (1, 0, 0, 0, 0);
        problem.advance_until(2.0);
        above(255, problem.c)
    })
}

fn submodel(seed: u64) -> Box<dyn FnMut() -> &'static str> {
    let mut problem = Submodel::new();
    problem.seed(seed);
    Box::new(move || {
        problem.t = 0.0;
        (problem.pending, problem.talks, problem.agreed, problem.signed) = (1, 1, 0, 0);
        (problem.delivered, problem.failed, problem.refused, problem.redirected) = (0, 0, 0, 0);
        (problem.quiet, problem.asked, problem.late, problem.unsold) = (1, 0, 0, 0);
        (problem.oil, problem.tension, problem.places) = (0, 0, 4);
        problem.advance_until(4.0);
        let Submodel {
            redirected,
            delivered,
            refused,
            failed,
            signed,
            agreed,
            ..
        } = problem;
        outcome([redirected, delivered, refused, failed, signed, agreed])
    })
}
