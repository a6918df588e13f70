//! Plays the runs of a plan: draws, clocks, the reference interpreter and the batch engine. Yields blocks of rows of what
//! was observed.

mod batch;
mod block;
mod checksum;
mod draws;
mod failure;
mod play;
mod reference;
mod trace;
mod world;

pub use batch::{BatchPlayer, Compiled, LANES, compile};
pub use block::{Block, Ending};
pub use draws::Draws;
pub use failure::{Failure, FailureNames};
pub use play::{Engine, Fold, Options, play, play_with};
pub use reference::{Firing, LEAST_RATE, Met, NoWitness, Player, Witness};
pub use trace::{Trace, trace};
pub use world::World;
