//! The batch engine: plays the runs of a block at once and gives the bits of the reference interpreter.
//!
//! A plan is compiled to straight-line programs: one for every way that an event can turn out, made from what is known as
//! the event rings (its condition holds) and from what it changes, so that only the clocks that can be concerned are
//! brought up to date, by only the part of their conditions that is still open. Runs wait for what happens next to them;
//! what most runs wait for is done next, to all of them at once, one tight loop for each instruction.

mod choice;
mod clocks;
mod compile;
mod domains;
mod emit;
mod execute;
mod facts;
mod few;
mod graph;
mod lanes;
mod layout;
mod noise;
mod player;
mod possible;
mod program;
mod queues;
mod rows;
mod samples;
mod scope;
mod slot;
mod state;

pub use compile::{Compiled, compile};
pub use lanes::LANES;
pub use player::BatchPlayer;
