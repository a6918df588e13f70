//! The questions an analyst asks of a scenario: folds and plans over the same engine.

pub mod causes;
pub mod compare;
pub mod drivers;
pub mod evidence;
pub mod score;
