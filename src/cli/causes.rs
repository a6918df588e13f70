//! `equipoise causes`: but for an event, would the outcome have come?

use std::sync::atomic::AtomicBool;

use serde::Serialize;

use crate::analysis::causes::{Causes, candidates, causes, outcome_runs};
use crate::diagnostic::{nearest, similar};
use crate::engine::{Options, play};
use crate::plan::{Label, Plan, UNRESOLVED, plan};

use super::arguments::{AnswerFormat, CausesArguments};
use super::exit::Exit;
use super::load::checked;
use super::output::{complain, show};
use super::playing::{progress_bar, threads, width};

/// More runs than this are played only if they are asked for: each is played again for every event.
const DEFAULT_MOST_RUNS: u64 = 5000;

/// So many names are proposed in the place of one that is not known.
const MOST_NAMES: usize = 5;

/// All that is printed as JSON.
#[derive(Serialize)]
struct Answer<'a> {
    format_version: u32,
    equipoise: &'static str,
    scenario: Scenario<'a>,
    seed: u64,
    #[serde(flatten)]
    causes: &'a Causes,
}

#[derive(Serialize)]
struct Scenario<'a> {
    title: &'a str,
    sha256: &'a str,
}

/// Plays, plays again, and shows.
pub fn run(arguments: &CausesArguments) -> Exit {
    let loaded = match checked(&arguments.scenario, arguments.play.quiet) {
        Ok(loaded) => loaded,
        Err(exit) => return exit,
    };
    let plan = plan(&loaded.core);
    let (outcome, mut events) = match asked(&plan, arguments) {
        Ok(asked) => asked,
        Err(why) => {
            complain(&format!("error: {why}"));
            return Exit::BadInput;
        }
    };
    let seed = arguments.play.seed.unwrap_or(loaded.core.seed);
    let runs = arguments.play.runs.unwrap_or(loaded.core.runs.min(DEFAULT_MOST_RUNS));
    let bar = progress_bar(arguments.play.quiet, 2 * runs);
    let options = Options {
        threads: threads(arguments.play.threads),
        stop: &AtomicBool::new(false),
        progress: &|runs| bar.inc(runs),
    };
    let mut firings = candidates(&plan, outcome);
    play(&plan, seed, 0..runs, &options, &mut firings, || {
        candidates(&plan, outcome)
    });
    let came = outcome_runs(&firings);
    if events.is_empty() {
        events = firings.frequent();
    }
    if came == 0 {
        complain(&format!("note: none of {runs} runs ends in `{}`", arguments.outcome));
    }
    let found = causes(&plan, seed, 0..runs, &options, outcome, &events, came);
    bar.finish_and_clear();
    show(
        |mut out| match arguments.format {
            AnswerFormat::Table => {
                let text = crate::report::causes(&loaded.core.title, seed, &found, width());
                out.write_all(text.as_bytes())
            }
            AnswerFormat::Json => {
                let answer = Answer {
                    format_version: 1,
                    equipoise: env!("CARGO_PKG_VERSION"),
                    scenario: Scenario {
                        title: &loaded.core.title,
                        sha256: &loaded.sha256,
                    },
                    seed,
                    causes: &found,
                };
                crate::export::answer_json(&answer, &mut out)
            }
        },
        Exit::Fine,
    )
}

/// The indices of the outcome and of the events that are asked about; of no events where none is named.
fn asked(plan: &Plan, arguments: &CausesArguments) -> Result<(usize, Vec<usize>), String> {
    let outcomes = &plan.observed.outcomes;
    let outcome = if arguments.outcome == UNRESOLVED {
        outcomes.len()
    } else {
        position(outcomes, &arguments.outcome, "outcome")?
    };
    let events = arguments
        .of
        .iter()
        .map(|address| position(&plan.observed.events, address, "event"))
        .collect::<Result<Vec<usize>, String>>()?;
    let mut once: Vec<usize> = Vec::new();
    for event in events {
        if !once.contains(&event) {
            once.push(event);
        }
    }
    Ok((outcome, once))
}

/// Names, as many as can be taken in at a glance.
fn few(names: &[&str]) -> String {
    let told = &names[..names.len().min(MOST_NAMES)];
    let mut text = told.join(", ");
    if names.len() > told.len() {
        text.push_str(&format!(" and {} more", names.len() - told.len()));
    }
    text
}

fn position(labels: &[Label], id: &str, kind: &str) -> Result<usize, String> {
    if labels.is_empty() {
        return Err(format!("there is no {kind} `{id}`; the scenario has no {kind}s"));
    }
    let ids = || labels.iter().map(|label| label.id.as_str());
    ids().position(|known| known == id).ok_or_else(|| {
        let inside: Vec<&str> = ids().filter(|known| known.starts_with(&format!("{id}."))).collect();
        let alike = similar(id, ids(), MOST_NAMES);
        let help = match (inside.as_slice(), nearest(id, ids()), alike.as_slice()) {
            ([_, ..], ..) => format!("; in it are {}", few(&inside)),
            ([], Some(near), _) => format!("; did you mean `{near}`?"),
            ([], None, [_, ..]) => format!("; is it one of {}?", few(&alike)),
            ([], None, []) => format!("; there are {}", few(&ids().collect::<Vec<_>>())),
        };
        format!("there is no {kind} `{id}`{help}")
    })
}
