//! What `expand` prints is a scenario with the same result, run by run.

use equipoise::engine::Player;
use equipoise::model::expand;
use equipoise::plan::plan;

use crate::play::core;
use crate::shipped;

/// Fails if what is printed means something else, leaves something out, moves an event or a draw, or does not read at all.
#[test]
fn an_expanded_scenario_plays_the_same_runs() {
    for (name, text) in shipped::ALL {
        let lowered = core(text);
        let expanded = core(&expand(&lowered));
        let (written, printed) = (plan(&lowered), plan(&expanded));
        assert_eq!(written.observed, printed.observed, "{name}");
        assert_eq!((lowered.seed, lowered.runs), (expanded.seed, expanded.runs), "{name}");
        let block = |plan| Player::new(plan, 4).block(0, 3000);
        assert!(block(&written) == block(&printed), "{name}: every run, to the bit");
    }
}

/// What says what is played: not the titles, into which a source's citation is gathered.
fn told(expanded: &str) -> Vec<&str> {
    expanded.lines().filter(|line| !line.starts_with("title = ")).collect()
}

/// Fails if printing and reading again changes anything: then another expansion would differ from the one before.
#[test]
fn an_expansion_expands_to_itself() {
    for (name, text) in shipped::ALL {
        // What is printed at first may still be put in the usual form, as -0 is.
        let once = expand(&core(&expand(&core(text))));
        let twice = expand(&core(&once));
        assert_eq!(told(&once), told(&twice), "{name}");
    }
}
