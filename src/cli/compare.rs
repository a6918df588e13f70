//! `equipoise compare`: plays two or more scenarios on the same runs and shows what differs.

use crate::analysis::compare::edits;
use crate::analysis::evidence::Selection;
use crate::diagnostic::Files;
use crate::plan::ObservedClaims;

use super::arguments::{CompareArguments, Format};
use super::comparing::{Asked, Loading, Playing, Scenario};
use super::exit::Exit;
use super::output::{complain, show};
use super::playing::{stop_on_interrupt, width};

/// Loads, plays, compares and shows.
pub fn compare(arguments: &CompareArguments) -> Exit {
    let asked = Asked {
        files: &arguments.files,
        about: None,
        variants: &arguments.variant,
        set_in_all: &[],
        set: &arguments.set,
    };
    let mut loading = Loading {
        files: Files::default(),
        given: &arguments.given,
        quiet: arguments.play.quiet,
        is_first: true,
    };
    let scenarios = match loading.all(&asked) {
        Ok(scenarios) => scenarios,
        Err(exit) => return exit,
    };
    let selection = arguments.evidence.selection();
    if let Err(exit) = check(&selection, &scenarios, arguments.play.quiet) {
        return exit;
    }
    let mut sets = Vec::new();
    for other in scenarios[1..].iter().filter(|_| arguments.attribute) {
        match edits(&scenarios[0].written, &other.written, &other.given, &loading.files) {
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
        selection,
        stop: &stop,
    };
    let (comparison, layouts) = match playing.comparison(&scenarios, &sets) {
        Ok(compared) => compared,
        Err(exit) => return exit,
    };
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

/// Sees that the claims that are left out are there. One that only some of the scenarios have is left out of those.
fn check(selection: &Selection, scenarios: &[Scenario], quiet: bool) -> Result<(), Exit> {
    let claims: Vec<&ObservedClaims> = scenarios
        .iter()
        .map(|scenario| &scenario.plan.observed.evidence)
        .collect();
    if let Err(unknown) = selection.check(&claims) {
        complain(&format!("error: {unknown}"));
        return Err(Exit::BadInput);
    }
    for (scenario, claims) in scenarios.iter().zip(claims).filter(|_| !quiet) {
        for missing in selection.missing(claims) {
            complain(&format!(
                "note: there is no claim `{missing}` to leave out of {}",
                scenario.label
            ));
        }
    }
    Ok(())
}
