//! `equipoise check`: looks for faults without playing.

use std::io::Write;
use std::path::Path;

use crate::diagnostic::{Faults, Files, counted};
use crate::model::Core;
use crate::scenario::{Document, Override, Unreadable, load_written};

use super::arguments::CheckArguments;
use super::exit::Exit;
use super::output::{complain, complain_of, show};

/// Checks every file; one that is fine is said to be so.
pub fn check(arguments: &CheckArguments) -> Exit {
    let overrides: Vec<Override> = arguments
        .set
        .iter()
        .map(|text| Override { text: text.clone() })
        .collect();
    let mut exit = Exit::Fine;
    for path in &arguments.files {
        let found = match check_file(path, &overrides, arguments.sources) {
            Ok(found) => found,
            Err(unreadable) => {
                complain(&format!("error: {unreadable}"));
                Exit::BadInput
            }
        };
        if found != Exit::Fine {
            exit = found;
        }
    }
    exit
}

fn check_file(path: &Path, overrides: &[Override], sources: bool) -> Result<Exit, Unreadable> {
    let mut files = Files::default();
    let mut faults = Faults::default();
    let scenario = load_written(path, None, overrides, &mut files, &mut faults)?.scenario(&mut faults);
    let mut variants = Vec::new();
    let mut core = None;
    if let Some(scenario) = scenario {
        if sources {
            crate::model::unsourced(&scenario.document, &mut faults);
        }
        core = crate::model::check(&scenario, &files, &mut faults);
        variants = variant_ids(&scenario.document);
    }
    say(&faults, &files);
    let Some(core) = core else { return Ok(Exit::BadInput) };
    let mut fine = true;
    for id in &variants {
        fine &= check_variant(path, id, overrides)?;
    }
    Ok(if fine {
        let counted = format!("{}: fine; {}\n", path.display(), count(&core, variants.len()));
        show(|out: &mut dyn Write| out.write_all(counted.as_bytes()), Exit::Fine)
    } else {
        Exit::BadInput
    })
}

fn variant_ids(document: &Document) -> Vec<String> {
    let entries = document.variants.iter().flat_map(|table| &table.entries);
    entries.map(|(key, _)| key.text.clone()).collect()
}

/// Whether a variant of a scenario that is itself fine has no error. Its warnings are not shown: what a variant does without
/// leaves other things unused.
fn check_variant(path: &Path, id: &str, overrides: &[Override]) -> Result<bool, Unreadable> {
    let mut files = Files::default();
    let mut faults = Faults::default();
    let scenario = load_written(path, Some(id), overrides, &mut files, &mut faults)?.scenario(&mut faults);
    let core = scenario.and_then(|scenario| crate::model::check(&scenario, &files, &mut faults));
    if core.is_none() {
        complain(&format!("{}, variant {id}:", path.display()));
        say(&faults, &files);
    }
    Ok(core.is_some())
}

fn say(faults: &Faults, files: &Files) {
    if !faults.is_empty() {
        complain_of(faults, files);
    }
}

fn count(core: &Core, variants: usize) -> String {
    let mut parts = vec![
        counted(core.parameters.len(), "parameter"),
        counted(core.variables.len(), "variable"),
        counted(core.events.len(), "event"),
        counted(core.outcomes.len(), "outcome"),
    ];
    if variants > 0 {
        parts.push(counted(variants, "variant"));
    }
    parts.join(", ")
}
