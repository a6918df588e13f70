//! The state of all runs of a block.

use crate::plan::{Choice, ClockKind};

use super::compile::Compiled;
use super::lanes::{CHUNK, Column, Held, LANES, Lane, Values, WIDTH, index};
use super::layout::Layout;
use super::noise::Noise;
use super::rows::Rows;
use super::slot;

const EMPTY: Values = [[0.0; WIDTH]; CHUNK / WIDTH];

/// The state of the runs of a block.
pub struct State<'c, 'p> {
    /// Which cell of a row holds what.
    pub layout: &'c Layout,
    /// A row a run.
    pub rows: Rows,
    /// A row at the start of a run.
    first_row: Vec<f64>,
    /// Which runs have failed in the step that is being taken.
    pub failed: Column<bool>,
    /// Which of them failed by a change that was refused.
    pub refused: Column<bool>,
    /// Whether one has.
    pub any_failed: bool,
    /// The draws.
    pub noise: Noise<'p>,
    /// One number a run that a program works on.
    pub registers: Vec<Held>,
    /// Where a program writes, before it takes the place of a register.
    pub spare: Held,
    /// What programs yield.
    pub outputs: Vec<Held>,
    /// The site of each clock.
    pub sites: Vec<usize>,
}

impl<'c, 'p> State<'c, 'p> {
    /// The state of a block that has not begun.
    pub fn new(compiled: &'c Compiled<'p>, seed: u64) -> Self {
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
        State {
            layout: &compiled.layout,
            rows: Rows::new(compiled.layout.stride()),
            first_row: first_row(compiled),
            failed: [false; LANES],
            refused: [false; LANES],
            any_failed: false,
            noise: Noise::new(plan, seed),
            registers: vec![Box::new(EMPTY); registers],
            spare: Box::new(EMPTY),
            outputs: vec![Box::new(EMPTY); outputs],
            sites: plan.clocks.iter().map(|clock| clock.site).collect(),
        }
    }

    /// Goes back to the start of the runs of a block.
    pub fn start_block(&mut self, first_run: u64, runs: usize) {
        self.noise.start_block(first_run, runs);
        self.rows.fill(&self.first_row);
        self.failed.fill(false);
        self.refused.fill(false);
        self.any_failed = false;
    }

    /// Says that a change is refused, so that a run fails.
    #[cold]
    pub fn refuse(&mut self, lane: Lane) {
        self.refused[index(lane)] = true;
        self.fail(lane);
    }

    /// Says that a run has failed.
    #[cold]
    pub fn fail(&mut self, lane: Lane) {
        self.failed[index(lane)] = true;
        self.any_failed = true;
    }
}

/// A row at the start of a run: nothing rings but clocks that wait for a day, nothing has fired, and what is known is there.
fn first_row(compiled: &Compiled<'_>) -> Vec<f64> {
    let layout = &compiled.layout;
    let mut row = vec![0.0; layout.stride()];
    row[..layout.rings()].fill(f64::INFINITY);
    for (index, clock) in compiled.plan.clocks.iter().enumerate() {
        if let ClockKind::On(moment) = clock.kind {
            row[layout.ring(index)] = moment;
        }
        row[layout.slot(index)] = slot::NOT_DRAWN;
        if let Some(cell) = layout.first_time(index) {
            row[cell] = f64::INFINITY;
        }
    }
    for (cell, value) in &compiled.known {
        row[*cell as usize] = *value;
    }
    row
}

fn ways(choice: &Choice) -> usize {
    match choice {
        Choice::None => 0,
        Choice::One(_) => 1,
        Choice::Pair(..) => 2,
        Choice::Race(ways) => ways.len(),
        Choice::First(ways) => ways.len(),
    }
}
