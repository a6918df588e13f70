//! `equipoise drivers`: shows which parameters and which chances an outcome or a measure goes with.

use crate::analysis::drivers::{Drivers, ScenarioIdentity, TargetKind, Watched, drivers as find};
use crate::diagnostic::nearest;
use crate::engine::Options;

use super::arguments::{DriversArguments, Format};
use super::exit::Exit;
use super::load::{Loaded, checked};
use super::output::{complain, show};
use super::playing::{progress_bar, stop_on_interrupt, threads, width};

/// Plays, finds and shows.
pub fn drivers(arguments: &DriversArguments) -> Exit {
    let loaded = match checked(&arguments.scenario, arguments.play.quiet) {
        Ok(loaded) => loaded,
        Err(exit) => return exit,
    };
    let watched = Watched::new(&loaded.core);
    let targets = match targets(arguments, &watched) {
        Ok(targets) => targets,
        Err(message) => {
            complain(&format!("error: {message}"));
            return Exit::BadInput;
        }
    };
    let found = found(arguments, &loaded, &watched, &targets);
    let exit = if found.partial { Exit::Interrupted } else { Exit::Fine };
    show(
        |mut out| match arguments.format {
            Format::Json => crate::export::drivers_json(&found, &mut out),
            Format::Csv => crate::export::drivers_csv(&found, &mut out),
            Format::Table => {
                let text = crate::report::drivers(&found, watched.plan(), width());
                out.write_all(text.as_bytes())
            }
        },
        exit,
    )
}

fn found(arguments: &DriversArguments, loaded: &Loaded, watched: &Watched, targets: &[TargetKind]) -> Drivers {
    let stop = stop_on_interrupt();
    let seed = arguments.play.seed.unwrap_or(loaded.core.seed);
    let asked = arguments.play.runs.unwrap_or(loaded.core.runs);
    let first = arguments.first_run;
    let bar = progress_bar(arguments.play.quiet, asked);
    let options = Options {
        threads: threads(arguments.play.threads),
        stop: &stop,
        progress: &|runs| bar.inc(runs),
    };
    let scenario = ScenarioIdentity {
        title: loaded.core.title.clone(),
        sha256: loaded.sha256.clone(),
    };
    let found = find(watched, targets, scenario, seed, first..first + asked, &options);
    bar.finish_and_clear();
    found
}

fn targets(arguments: &DriversArguments, watched: &Watched) -> Result<Vec<TargetKind>, String> {
    let outcomes = watched.plan().observed.outcomes.len();
    if let Some(id) = &arguments.outcome {
        let ids: Vec<&str> = (0..=outcomes).map(|index| watched.outcome_name(index)).collect();
        return place(id, &ids, "outcome").map(|index| vec![TargetKind::Outcome(index)]);
    }
    if let Some(id) = &arguments.measure {
        let ids: Vec<&str> = watched.measures().iter().map(|label| label.id.as_str()).collect();
        return place(id, &ids, "measure").map(|index| vec![TargetKind::Measure(index)]);
    }
    if outcomes == 0 {
        return Err("the scenario has no outcomes; name a measure: --measure ID".to_owned());
    }
    Ok((0..=outcomes).map(TargetKind::Outcome).collect())
}

fn place(id: &str, known: &[&str], what: &str) -> Result<usize, String> {
    known.iter().position(|known| *known == id).ok_or_else(|| {
        let help = match nearest(id, known.iter().copied()) {
            Some(name) => format!("did you mean `{name}`?"),
            None if known.is_empty() => format!("it has no {what}s"),
            None => format!("it has {}", known.join(", ")),
        };
        format!("the scenario has no {what} `{id}`; {help}")
    })
}
