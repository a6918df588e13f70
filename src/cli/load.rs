//! From a path to a checked core, with its faults on standard error.

use std::path::{Path, PathBuf};

use crate::diagnostic::{Faults, Files};
use crate::model::{Core, check};
use crate::scenario::{Document, givens, load_written};

use super::arguments::ScenarioArguments;
use super::exit::Exit;
use super::output::{complain, complain_of};

/// A checked scenario, and the hash of what it was read from.
pub struct Loaded {
    /// The scenario as written.
    pub document: Document,
    /// The core.
    pub core: Core,
    /// SHA-256, in hexadecimal.
    pub sha256: String,
    /// Its text, and those of the files that it extends.
    pub texts: Vec<String>,
}

/// Loads and checks a scenario. Its faults are printed; `quiet` keeps warnings back.
///
/// # Errors
/// If it cannot be read, or has an error.
pub fn checked(arguments: &ScenarioArguments, quiet: bool) -> Result<Loaded, Exit> {
    checked_given(arguments, &[], quiet)
}

/// The same, with conditions that a run must fulfil to be looked at.
///
/// # Errors
/// If it cannot be read, or has an error, or a condition has.
pub fn checked_given(arguments: &ScenarioArguments, given: &[String], quiet: bool) -> Result<Loaded, Exit> {
    let mut files = Files::default();
    let mut faults = Faults::default();
    let overrides = arguments.overrides();
    let variant = arguments.variant.as_deref();
    let loaded = match load_written(&arguments.file, variant, &overrides, &mut files, &mut faults) {
        Ok(written) => written.scenario(&mut faults).and_then(|mut scenario| {
            scenario.given = givens(given, &mut files, &mut faults);
            let core = check(&scenario, &files, &mut faults)?;
            let (document, sha256, texts) = (scenario.document, scenario.sha256, scenario.texts);
            Some(Loaded {
                document,
                core,
                sha256,
                texts,
            })
        }),
        Err(unreadable) => {
            complain(&format!("error: {unreadable}"));
            return Err(Exit::BadInput);
        }
    };
    if faults.has_errors() || !(quiet || faults.is_empty()) {
        complain_of(&faults, &files);
    }
    loaded.ok_or(Exit::BadInput)
}

/// A path relative to the folder of the scenario.
pub fn beside(scenario: &Path, table: &str) -> PathBuf {
    scenario.parent().unwrap_or(Path::new("")).join(table)
}
