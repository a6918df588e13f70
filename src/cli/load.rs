//! From a path to a checked core, with its faults on standard error.

use std::io::IsTerminal;
use std::path::Path;

use crate::diagnostic::{Faults, Files, render};
use crate::model::{Core, check};
use crate::scenario::{Document, Override, load};

use super::exit::Exit;
use super::output::complain;

/// A checked scenario, and the hash of what it was read from.
pub struct Loaded {
    /// The scenario as written.
    pub document: Document,
    /// The core.
    pub core: Core,
    /// SHA-256, in hexadecimal.
    pub sha256: String,
}

/// Loads and checks a scenario. Its faults are printed; `quiet` keeps warnings back.
///
/// # Errors
/// If it cannot be read, or has an error.
pub fn checked(path: &Path, overrides: &[Override], quiet: bool) -> Result<Loaded, Exit> {
    let mut files = Files::default();
    let mut faults = Faults::default();
    let loaded = match load(path, overrides, &mut files, &mut faults) {
        Ok(Some(scenario)) => check(&scenario, &files, &mut faults).map(|core| Loaded {
            core,
            sha256: scenario.sha256,
            document: scenario.document,
        }),
        Ok(None) => None,
        Err(unreadable) => {
            complain(&format!("error: {unreadable}"));
            return Err(Exit::BadInput);
        }
    };
    if faults.has_errors() || !(quiet || faults.is_empty()) {
        complain(render(&faults, &files, std::io::stderr().is_terminal()).trim_end());
    }
    loaded.ok_or(Exit::BadInput)
}
