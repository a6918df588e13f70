//! Plays the runs of a plan: draws, clocks, the reference interpreter. Yields blocks of rows of what was observed.

mod block;
mod checksum;
mod chronicle;
mod draws;
mod failure;
mod in_order;
mod play;
mod reference;
mod sweep;
mod trace;
mod world;

pub use block::{Block, Ending};
pub use chronicle::{Chronicle, Chronicler, Ring, chronicle};
pub use draws::Draws;
pub use failure::{Failure, FailureNames};
pub use in_order::{RowSink, TimedBlock, play_in_order};
pub use play::{Fold, JointFold, Options, play, play_together};
pub use reference::{Firing, Intervention, LEAST_RATE, NoWitness, Player, Witness};
pub use sweep::{Look, sweep};
pub use trace::{Trace, trace};
pub use world::World;
