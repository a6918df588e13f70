//! The state of all runs of a block, in columns.

use super::compile::Compiled;
use super::lanes::{CHUNK, Column, LANES, columns};
use super::noise::Noise;
use super::slot;
use crate::plan::ClockKind;

/// The state of the runs of a block.
pub struct State<'p> {
    /// Parameters, variables, counts and times of first firings, as the layout says.
    pub columns: Vec<Column>,
    /// When each alarm and then each clock rings; infinite while it does not.
    pub rings: Vec<Column>,
    /// The slots of the clocks.
    pub slots: Vec<Column>,
    /// How many delays each clock has drawn.
    pub delays_drawn: Vec<Column<u32>>,
    /// Which runs have failed in the step that is being taken.
    pub failed: Column<bool>,
    /// Which of them failed by a change that was refused.
    pub refused: Column<bool>,
    /// Whether one has.
    pub any_failed: bool,
    /// The draws.
    pub noise: Noise<'p>,
    /// One number a run that a program works on.
    pub registers: Vec<Vec<f64>>,
    /// What programs yield.
    pub outputs: Vec<Vec<f64>>,
    /// Where the counts begin.
    pub counts: usize,
    /// How many alarms there are.
    pub alarms: usize,
    /// The site of each clock.
    pub sites: Vec<usize>,
    /// The time at which a block's rings begin: infinite, but for clocks that wait for a day.
    first_rings: Vec<f64>,
}

impl<'p> State<'p> {
    /// The state of a block that has not begun.
    pub fn new(compiled: &Compiled<'p>, seed: u64) -> Self {
        let plan = compiled.plan;
        let programs = compiled
            .handlers
            .iter()
            .flat_map(|handler| handler.ways.iter().chain([&handler.weights]).chain(&handler.day))
            .chain(&compiled.alarms)
            .chain([&compiled.start, &compiled.series, &compiled.conclusion]);
        let registers = programs.map(|program| program.registers).max().unwrap_or(0).max(1);
        let outputs = plan.clocks.iter().map(|clock| ways(&clock.choice)).max().unwrap_or(0);
        let outputs = outputs.max(plan.measures.len() + 1).max(plan.series.len()).max(2);
        let alarms = plan.alarms.iter().map(|_| f64::INFINITY);
        let first_rings = alarms.chain(plan.clocks.iter().map(|clock| match clock.kind {
            ClockKind::On(moment) => moment,
            _ => f64::INFINITY,
        }));
        State {
            columns: columns(compiled.layout.len(), 0.0),
            rings: columns(plan.alarms.len() + plan.clocks.len(), f64::INFINITY),
            slots: columns(plan.clocks.len(), slot::NOT_DRAWN),
            delays_drawn: columns(plan.clocks.len(), 0),
            failed: [false; LANES],
            refused: [false; LANES],
            any_failed: false,
            noise: Noise::new(plan, seed),
            registers: vec![vec![0.0; CHUNK]; registers],
            outputs: vec![vec![0.0; CHUNK]; outputs],
            counts: compiled.layout.counts(),
            alarms: plan.alarms.len(),
            sites: plan.clocks.iter().map(|clock| clock.site).collect(),
            first_rings: first_rings.collect(),
        }
    }

    /// Goes back to the start of the runs of a block.
    pub fn start_block(&mut self, compiled: &Compiled<'p>, first_run: u64, runs: usize) {
        self.noise.start_block(first_run, runs);
        let (counts, first_times) = (compiled.layout.counts(), compiled.layout.first_times());
        self.columns[counts..first_times]
            .iter_mut()
            .for_each(|column| column.fill(0.0));
        self.columns[first_times..]
            .iter_mut()
            .for_each(|column| column.fill(f64::INFINITY));
        for (column, ring) in self.rings.iter_mut().zip(&self.first_rings) {
            column.fill(*ring);
        }
        self.slots.iter_mut().for_each(|column| column.fill(slot::NOT_DRAWN));
        self.delays_drawn.iter_mut().for_each(|column| column.fill(0));
        self.failed.fill(false);
        self.refused.fill(false);
        self.any_failed = false;
    }

    /// Says that a change is refused, so that a run fails.
    #[cold]
    pub fn refuse(&mut self, lane: usize) {
        self.refused[lane] = true;
        self.fail(lane);
    }

    /// Says that a run has failed.
    #[cold]
    pub fn fail(&mut self, lane: usize) {
        self.failed[lane] = true;
        self.any_failed = true;
    }
}

fn ways(choice: &crate::plan::Choice) -> usize {
    use crate::plan::Choice;
    match choice {
        Choice::None => 0,
        Choice::One(_) => 1,
        Choice::Pair(..) => 2,
        Choice::Race(ways) => ways.len(),
        Choice::First(ways) => ways.len(),
    }
}
