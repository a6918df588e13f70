//! The replay of one run, with everything that happened in it.

use crate::plan::Plan;

use super::block::{Block, Ending};
use super::failure::Failure;
use super::reference::{Firing, Player, Witness};
use super::world::World;

/// What happened in a run.
#[derive(Debug, Clone)]
pub struct Trace {
    /// The number of the run.
    pub run: u64,
    /// What was settled before it began, by the parameter's index; constant parameters are left at 0.
    pub parameters: Vec<f64>,
    /// What the variables held at the start.
    pub initial: Vec<f64>,
    /// What fired, in order.
    pub firings: Vec<Firing>,
    /// What the variables held at the end.
    pub variables: Vec<f64>,
    /// Why it could not be played to its end.
    pub failure: Option<Failure>,
    /// The outcome's index; one past the last means unresolved. Only of a run that was played to its end.
    pub outcome: Option<usize>,
    /// What was measured. Only of a run that was played to its end.
    pub measures: Vec<f64>,
    /// Its fingerprint.
    pub checksum: u64,
}

#[derive(Default)]
struct Recorder {
    parameters: Vec<f64>,
    initial: Vec<f64>,
    firings: Vec<Firing>,
}

impl Witness for Recorder {
    const WATCHES: bool = true;

    fn begins(&mut self, world: &mut World<'_>) {
        self.parameters.clone_from(&world.parameters);
        self.initial.clone_from(&world.variables);
    }

    fn fired(&mut self, firing: Firing) {
        self.firings.push(firing);
    }
}

/// Plays one run again and records it.
pub fn trace(plan: &Plan, seed: u64, run: u64) -> Trace {
    let mut player = Player::new(plan, seed);
    // One lane of one block: the same draws as in any other.
    let mut block: Block = player.block(run, 1);
    let mut recorder = Recorder::default();
    let failure = player.play(run, 0, &mut block, &mut recorder).err();
    let ended = block.endings[0] == Ending::Valid;
    Trace {
        run,
        parameters: recorder.parameters,
        initial: recorder.initial,
        firings: recorder.firings,
        variables: player.world().variables.clone(),
        failure,
        outcome: ended.then_some(block.outcomes[0] as usize),
        measures: if ended {
            block.measures.iter().map(|column| column[0]).collect()
        } else {
            Vec::new()
        },
        checksum: block.checksums[0],
    }
}
