//! `equipoise check`: looks for faults without playing.

use std::io::Write;
use std::path::Path;

use crate::diagnostic::{Faults, Files};
use crate::scenario::{Override, load};

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
        let found = check_file(path, &overrides, arguments.sources);
        if found != Exit::Fine {
            exit = found;
        }
    }
    exit
}

fn check_file(path: &Path, overrides: &[Override], sources: bool) -> Exit {
    let mut files = Files::default();
    let mut faults = Faults::default();
    let core = match load(path, overrides, &mut files, &mut faults) {
        Ok(Some(scenario)) => {
            if sources {
                crate::model::unsourced(&scenario.document, &mut faults);
            }
            crate::model::check(&scenario, &files, &mut faults)
        }
        Ok(None) => None,
        Err(unreadable) => {
            complain(&format!("error: {unreadable}"));
            return Exit::BadInput;
        }
    };
    if !faults.is_empty() {
        complain_of(&faults, &files);
    }
    let Some(core) = core else { return Exit::BadInput };
    let counted = format!(
        "{}: fine; {} parameters, {} variables, {} events, {} outcomes\n",
        path.display(),
        core.parameters.len(),
        core.variables.len(),
        core.events.len(),
        core.outcomes.len()
    );
    show(|out: &mut dyn Write| out.write_all(counted.as_bytes()), Exit::Fine)
}
