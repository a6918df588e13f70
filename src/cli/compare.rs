//! `equipoise compare`: plays two or more scenarios on the same runs and shows what differs.

use crate::analysis::compare::edits;
use crate::diagnostic::Files;

use super::arguments::{CompareArguments, Format};
use super::comparing::{Asked, Loading, Playing};
use super::exit::Exit;
use super::output::{complain, show};
use super::playing::{stop_on_interrupt, width};

/// Loads, plays, compares and shows.
pub fn compare(arguments: &CompareArguments) -> Exit {
    let asked = Asked {
        files: &arguments.files,
        variants: &arguments.variant,
        set_in_all: &[],
        set: &arguments.set,
    };
    let mut loading = Loading {
        files: Files::default(),
        quiet: arguments.play.quiet,
        is_first: true,
    };
    let scenarios = match loading.all(&asked) {
        Ok(scenarios) => scenarios,
        Err(exit) => return exit,
    };
    let mut sets = Vec::new();
    for other in scenarios[1..].iter().filter(|_| arguments.attribute) {
        match edits(&scenarios[0].written, &other.written, &loading.files) {
            Ok(found) => sets.push(found),
            Err(too_many) => {
                complain(&format!("error: --attribute: {}: {too_many}", other.label));
                return Exit::BadInput;
            }
        }
    }
    let stop = stop_on_interrupt();
    let playing = Playing {
        seed: arguments.play.seed.unwrap_or(scenarios[0].core.seed),
        runs: arguments.play.runs.unwrap_or(scenarios[0].core.runs),
        first_run: arguments.first_run,
        threads: arguments.play.threads,
        quiet: arguments.play.quiet,
        stop: &stop,
    };
    let (comparison, layouts) = playing.comparison(&scenarios, &sets);
    let exit = if comparison.partial {
        Exit::Interrupted
    } else {
        Exit::Fine
    };
    show(
        |mut out| match arguments.format {
            Format::Json => crate::export::comparison_json(&comparison, &mut out),
            Format::Csv => crate::export::comparison_csv(&comparison, &mut out),
            Format::Table => out.write_all(crate::report::comparison(&comparison, &layouts, width()).as_bytes()),
        },
        exit,
    )
}
