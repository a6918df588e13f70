//! `equipoise schema`: the scenario language for editors.

use super::exit::Exit;
use super::output::show;

/// Prints the JSON Schema.
pub fn schema() -> Exit {
    let schema = crate::export::schema();
    show(|out| writeln!(out, "{schema:#}"), Exit::Fine)
}
