//! The engines give the same bits: on every shipped scenario, and on scenarios made at random.

mod random;
mod rows;
mod scenario;
mod shipped;
