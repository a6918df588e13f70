//! Leaf: what is wrong with an input, as data (code, message, places, help), and the one renderer that prints it.

mod code;
mod explain;
mod faults;
mod render;
mod span;

pub use code::Code;
pub use explain::{EXPLANATIONS, PREAMBLE, explanation};
pub use faults::{Diagnostic, Faults, counted, nearest, similar};
pub use render::render;
pub use span::{Files, Span};
