//! `equipoise completions` and `equipoise man`: what a shell and `man` need to know of the command line.

use std::io;
use std::path::Path;

use clap::CommandFactory;

use super::arguments::{Arguments, CompletionsArguments, ManArguments};
use super::exit::Exit;
use super::output::{complain, show};

/// Prints the completions for a shell.
pub fn completions(arguments: &CompletionsArguments) -> Exit {
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut Arguments::command(), "equipoise", &mut script);
    show(|out| out.write_all(&script), Exit::Fine)
}

/// Writes a manual page for each command into a folder.
pub fn man(arguments: &ManArguments) -> Exit {
    let folder = &arguments.folder;
    let written = make(folder).and_then(|()| clap_mangen::generate_to(Arguments::command(), folder));
    match written {
        Ok(()) => Exit::Fine,
        Err(error) => {
            complain(&format!("error: {}: cannot be written: {error}", folder.display()));
            Exit::Failed
        }
    }
}

fn make(folder: &Path) -> io::Result<()> {
    // The system says of a file in its place that it exists, which is no answer to who asked for a folder.
    if folder.exists() && !folder.is_dir() {
        return Err(io::Error::new(io::ErrorKind::NotADirectory, "it is not a folder"));
    }
    std::fs::create_dir_all(folder)
}
