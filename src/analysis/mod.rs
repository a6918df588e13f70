//! What is asked of many runs beyond how they end: folds and plans over the same engine.

pub mod causes;
pub mod evidence;
pub mod score;
