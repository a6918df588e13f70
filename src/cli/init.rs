//! `equipoise init`: writes a scenario to start from, and the schema that helps an editor with it.

use std::io::{self, Write};
use std::path::Path;

use crate::results::{WholeFile, WriteError};

use super::arguments::InitArguments;
use super::exit::Exit;
use super::output::{complain_unwritten, show};

/// The scenario to start from.
const STARTER: &str = include_str!("starter.toml");
/// What it calls itself.
const NAME: &str = "scenario.toml";
/// What its first line names.
const SCHEMA: &str = "scenario.schema.json";

/// Writes both files, and says what to do next.
pub fn init(arguments: &InitArguments) -> Exit {
    let path = &arguments.file;
    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
    if let Err(error) = write(path, &STARTER.replace(NAME, &name), arguments.force) {
        return complain_unwritten(&error);
    }
    let schema = path.with_file_name(SCHEMA);
    // A schema that is there is that of another scenario beside this one.
    if (arguments.force || !schema.exists())
        && let Err(error) = write(&schema, &format!("{:#}\n", crate::export::schema()), arguments.force)
    {
        return complain_unwritten(&error);
    }
    let shown = path.display();
    let next = format!(
        "{shown} is there, and {SCHEMA} beside it, for editors. Next:\n\n    \
         equipoise check {shown}\n    equipoise run {shown}\n"
    );
    show(|out| out.write_all(next.as_bytes()), Exit::Fine)
}

fn write(path: &Path, text: &str, replace: bool) -> Result<(), WriteError> {
    let failed = |error: io::Error| WriteError::Io(path.to_owned(), error);
    let mut file = WholeFile::create(path, replace)?;
    file.write_all(text.as_bytes()).map_err(failed)?;
    file.finish()
}
