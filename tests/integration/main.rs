//! What must hold of whole runs whatever they are about: the same results however they are cut, draws that are pinned, runs
//! that fail, the public JSON.
#![expect(
    clippy::disallowed_methods,
    reason = "a test may measure with the standard library's functions: its verdict does not depend on their last bits"
)]
mod architecture;
mod checksums;
mod command;
mod draws;
mod expansion;
mod exports;
mod failures;
mod figures;
mod format;
mod invariance;
#[path = "../statistics/play.rs"]
mod play;
mod questions;
mod report;
mod schema;
mod shipped;
mod tables;
mod terminal;
