//! The questions an analyst asks of a scenario: folds and plans over the same engine.

pub mod compare;
pub mod drivers;
