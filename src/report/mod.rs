//! What a person looks at.
//!
//! Everything here returns text and prints nothing. Lines are measured in characters.

mod causes;
mod columns;
mod comparison;
mod drivers;
mod evidence;
mod format;
mod page;
mod picture;
mod score;
mod story;
mod svg;
mod table;
mod telling;

pub use causes::causes;
pub use comparison::comparison;
pub use drivers::drivers;
pub use page::{Against, Material, command_line, page};
pub use score::scores;
pub use story::story;
pub use table::{Options, table};
