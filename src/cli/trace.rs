//! `equipoise trace`: tells the story of one run.

use super::arguments::TraceArguments;
use super::exit::Exit;
use super::load::checked;
use super::output::show;

/// Plays one run again and tells it.
pub fn trace(arguments: &TraceArguments) -> Exit {
    let loaded = match checked(&arguments.scenario, false) {
        Ok(loaded) => loaded,
        Err(exit) => return exit,
    };
    let plan = crate::plan::plan(&loaded.core);
    let seed = arguments.seed.unwrap_or(loaded.core.seed);
    let trace = crate::engine::trace(&plan, seed, arguments.run);
    let story = crate::report::story(&loaded.core, &plan, &trace, seed);
    show(|out| out.write_all(story.as_bytes()), Exit::Fine)
}
