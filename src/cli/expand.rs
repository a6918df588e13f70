//! `equipoise expand`: writes a scenario out in the core language.

use super::arguments::ExpandArguments;
use super::exit::Exit;
use super::load::{beside, checked};
use super::output::show;

/// Checks, lowers and writes out.
pub fn expand(arguments: &ExpandArguments) -> Exit {
    match checked(&arguments.scenario, false) {
        Ok(mut loaded) => {
            let base_rate = loaded.core.resolution.as_mut();
            if let Some(base_rate) = base_rate.and_then(|resolution| resolution.base_rate.as_mut()) {
                // What is written out stands where it is asked for, and not beside the scenario.
                let table = beside(&arguments.scenario.file, &base_rate.table);
                base_rate.table = table.to_string_lossy().into_owned();
            }
            let text = crate::model::expand(&loaded.core);
            show(|out| out.write_all(text.as_bytes()), Exit::Fine)
        }
        Err(exit) => exit,
    }
}
