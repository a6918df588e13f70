//! What a person looks at.
//!
//! Everything here returns text and prints nothing. Lines are measured in characters.

mod causes;
mod columns;
mod comparison;
mod drivers;
mod evidence;
mod format;
mod picture;
mod score;
mod story;
mod table;

pub use causes::causes;
pub use comparison::comparison;
pub use drivers::drivers;
pub use score::scores;
pub use story::story;
pub use table::{Options, table};
