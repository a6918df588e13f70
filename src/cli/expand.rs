//! `equipoise expand`: writes a scenario out in the core language.

use super::arguments::ExpandArguments;
use super::exit::Exit;
use super::load::checked;
use super::output::show;

/// Checks, lowers and writes out.
pub fn expand(arguments: &ExpandArguments) -> Exit {
    match checked(&arguments.scenario, false) {
        Ok(loaded) => {
            let text = crate::model::expand(&loaded.core);
            show(|out| out.write_all(text.as_bytes()), Exit::Fine)
        }
        Err(exit) => exit,
    }
}
