//! `equipoise merge`: puts saved results of consecutive runs together.

use crate::results::saved;

use super::arguments::MergeArguments;
use super::exit::Exit;
use super::output::{complain, complain_unwritten};

/// Reads, merges, keeps and shows.
pub fn merge(arguments: &MergeArguments) -> Exit {
    let mut slices = Vec::new();
    let mut unreadable = false;
    for path in &arguments.files {
        match saved::read(path) {
            Ok(slice) => slices.push((path.clone(), slice)),
            Err(error) => {
                complain(&format!("error: {error}"));
                unreadable = true;
            }
        }
    }
    if unreadable {
        return Exit::BadInput;
    }
    let merged = match saved::merge(slices) {
        Ok(merged) => merged,
        Err(error) => {
            complain(&format!("error: {error}"));
            return Exit::BadInput;
        }
    };
    if let Some(path) = &arguments.save
        && let Err(error) = saved::write(path, &merged, arguments.force)
    {
        return complain_unwritten(&error);
    }
    let selection = arguments.evidence.selection();
    if let Err(unknown) = selection.check(&[&merged.observed.evidence]) {
        complain(&format!("error: {unknown}"));
        return Exit::BadInput;
    }
    super::run::print(&merged, &selection, arguments.format, None, None, Exit::Fine)
}
