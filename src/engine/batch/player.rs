//! Plays blocks of runs: runs wait for what happens next to them, and whatever most wait for is done next, to all at once.

use crate::plan::{Choice, Plan};

use super::super::block::{Block, Ending};
use super::super::checksum::Checksum;
use super::choice;
use super::compile::Compiled;
use super::execute::execute;
use super::lanes::{CHUNK, Column, LANES, Lane, index, whole};
use super::program::NOW;
use super::queues::{Queues, queue_up};
use super::samples::Samples;
use super::slot;
use super::state::State;

/// Plays blocks of runs of a compiled plan.
pub struct BatchPlayer<'c, 'p> {
    compiled: &'c Compiled<'p>,
    state: State<'c, 'p>,
    queues: Queues,
    samples: Samples,
    checksums: Box<Column<Checksum>>,
    /// How many events have fired in each run.
    fired: Column<u64>,
    /// The time at which each run ended.
    ends: Column,
    /// Runs that are being served, and when.
    now: [f64; CHUNK],
}

impl<'c, 'p> BatchPlayer<'c, 'p> {
    /// A player of a compiled plan with a seed.
    pub fn new(compiled: &'c Compiled<'p>, seed: u64) -> Self {
        let plan = compiled.plan;
        BatchPlayer {
            state: State::new(compiled, seed),
            queues: Queues::new(plan.alarms.len() + plan.clocks.len()),
            samples: Samples::new(plan),
            checksums: Box::new([Checksum::new(0); LANES]),
            fired: [0; LANES],
            ends: [0.0; LANES],
            now: [0.0; CHUNK],
            compiled,
        }
    }

    /// Plays a block of consecutive runs, at most as many as there are lanes.
    ///
    /// # Panics
    ///
    /// Where there are more runs than lanes.
    pub fn block(&mut self, first_run: u64, runs: usize) -> Block {
        assert!(runs <= LANES, "a block has a lane for each run");
        let mut block = Block::new(&self.compiled.plan.observed, first_run, runs);
        self.start(&mut block);
        let mut lanes = [0; LANES];
        while let Some(queue) = self.queues.longest() {
            let waiting = self.queues.take(queue, &mut lanes);
            for chunk in lanes[..waiting].chunks_mut(CHUNK) {
                match queue.checked_sub(self.compiled.plan.alarms.len()) {
                    None => self.alarm(queue, chunk, &mut block),
                    Some(event) => self.event(event, chunk, &mut block),
                }
            }
        }
        self.conclude(&mut block);
        block
    }

    fn plan(&self) -> &'p Plan {
        self.compiled.plan
    }

    fn start(&mut self, block: &mut Block) {
        let runs = block.endings.len();
        self.state.start_block(block.first_run, runs);
        self.samples.start_block();
        self.fired.fill(0);
        self.ends.fill(self.compiled.plan.horizon);
        for (lane, checksum) in self.checksums[..runs].iter_mut().enumerate() {
            *checksum = Checksum::new(block.first_run + lane as u64);
        }
        let mut lanes = [0; CHUNK];
        for first in (0..runs).step_by(32) {
            let count = 32.min(runs - first);
            for (place, lane) in lanes[..count].iter_mut().enumerate() {
                *lane = (first + place) as Lane;
            }
            self.state.registers[usize::from(NOW)].as_flattened_mut()[..count].fill(0.0);
            execute(&self.compiled.start, &mut self.state, &lanes[..count]);
            self.go_on(&lanes[..count], block);
        }
    }

    /// Moments pass at which conditions on the time change.
    fn alarm(&mut self, alarm: usize, lanes: &[Lane], block: &mut Block) {
        self.read_times(alarm, lanes);
        self.state.rows.put(lanes, alarm, f64::INFINITY);
        self.run(Which::Alarm(alarm), lanes);
        self.go_on(lanes, block);
    }

    /// An event fires, unless it waits for a day and that passes it by.
    fn event(&mut self, event: usize, lanes: &mut [Lane], block: &mut Block) {
        self.read_times(self.state.layout.ring(event), lanes);
        let firing = if self.compiled.handlers[event].day.is_some() {
            self.day(event, lanes, block)
        } else {
            lanes.len()
        };
        let lanes = &mut lanes[..firing];
        let now = &self.now[..firing];
        self.samples
            .take_before(lanes, now, self.compiled, &mut self.state, block);
        let counted = self.count(event, lanes, block);
        self.fire(event, &lanes[..counted], block);
    }

    /// The day of an event has come. In how many of the runs it fires, which then come first; it passes the others by.
    fn day(&mut self, event: usize, lanes: &mut [Lane], block: &mut Block) -> usize {
        let (mut passed, mut passing, mut firing) = ([0; CHUNK], 0, 0);
        self.run(Which::Day(event), lanes);
        for place in 0..lanes.len() {
            let lane = lanes[place];
            if self.day_passes_by(event, place, lane) {
                passed[passing] = lane;
                passing += 1;
            } else {
                lanes[firing] = lane;
                firing += 1;
            }
        }
        self.go_on(&passed[..passing], block);
        self.read_times(self.state.layout.ring(event), &lanes[..firing]);
        firing
    }

    /// An event is counted in each of some runs. Of those, runs that have reached the limit are over; how many go on, which
    /// then come first.
    fn count(&mut self, event: usize, lanes: &mut [Lane], block: &mut Block) -> usize {
        let (limit, cell) = (self.plan().limit, self.compiled.layout.count(event));
        let mut rows = self.state.rows.open();
        let mut runaway = false;
        for lane in &*lanes {
            let fired = &mut self.fired[index(*lane)];
            runaway |= *fired == limit;
            *fired += 1;
            rows.set(*lane, cell, rows.get(*lane, cell) + 1.0);
        }
        if !runaway {
            return lanes.len();
        }
        let mut kept = 0;
        for place in 0..lanes.len() {
            let lane = lanes[place];
            if self.fired[index(lane)] > limit {
                let counted = self.state.rows.get(lane, cell);
                self.state.rows.set(lane, cell, counted - 1.0);
                self.end(index(lane), Ending::Runaway, block);
                continue;
            }
            (lanes[kept], self.now[kept]) = (lane, self.now[place]);
            kept += 1;
        }
        kept
    }

    /// An event that has been counted changes what it changes.
    fn fire(&mut self, event: usize, lanes: &[Lane], block: &mut Block) {
        let handler = &self.compiled.handlers[event];
        let rows = &mut self.state.rows;
        if let Some(cell) = self.compiled.layout.first_time(event) {
            for (lane, now) in lanes.iter().zip(&self.now) {
                if *now < rows.get(*lane, cell) {
                    rows.set(*lane, cell, *now);
                }
            }
        }
        if matches!(self.plan().clocks[event].choice, Choice::None) {
            self.turn_out(event, 0, lanes, block);
            return;
        }
        self.run(Which::Weights(event), lanes);
        let mut ways = [0; CHUNK];
        choice::choose(&self.plan().clocks[event], event, &mut self.state, lanes, &mut ways);
        let times = self.now;
        let mut chosen = [0; CHUNK];
        for way in 0..handler.ways.len() {
            let mut count = 0;
            for (place, lane) in lanes.iter().enumerate() {
                if ways[place] as usize == way {
                    chosen[count] = *lane;
                    self.now[count] = times[place];
                    count += 1;
                }
            }
            if count > 0 {
                self.turn_out(event, way, &chosen[..count], block);
            }
        }
        self.drop_failed(lanes, block);
    }

    /// An event turns out one way.
    fn turn_out(&mut self, event: usize, way: usize, lanes: &[Lane], block: &mut Block) {
        let clock = &self.plan().clocks[event];
        self.run(Which::Way(event, way), lanes);
        let none = way + 1 == self.compiled.handlers[event].ways.len()
            && matches!(clock.choice, Choice::None | Choice::First(_));
        let branch = if none { 0 } else { way as u64 + 1 };
        let any_failed = self.state.any_failed;
        for (lane, now) in lanes.iter().zip(&self.now) {
            // Where a change was refused, the event has not taken place.
            if !(any_failed && self.state.refused[index(*lane)]) {
                self.checksums[index(*lane)].fired(clock.key, branch, *now);
            }
        }
        if clock.stop {
            for (lane, now) in lanes.iter().zip(&self.now) {
                self.ends[index(*lane)] = *now;
            }
            self.drop_failed(lanes, block);
        } else {
            self.go_on(lanes, block);
        }
    }

    fn day_passes_by(&mut self, event: usize, place: usize, lane: Lane) -> bool {
        let layout = self.state.layout;
        if !self.state.rows.get(lane, layout.slot(event)).is_nan() {
            return false;
        }
        let [when, held] = [0, 1].map(|output| self.state.outputs[output].as_flattened()[place] != 0.0);
        let slot = match (when, held) {
            (false, _) => slot::TIMED_DONE,
            // The day has come: it happens as the pause ends, if the condition still holds then.
            (true, true) => -slot::RUNNING,
            (true, false) => slot::RUNNING,
        };
        self.state.rows.set(lane, layout.slot(event), slot);
        let passes = !when || held;
        if passes {
            self.state.rows.set(lane, layout.ring(event), f64::INFINITY);
        }
        passes
    }

    fn read_times(&mut self, ring: usize, lanes: &[Lane]) {
        self.state.rows.load(lanes, ring, &mut self.now);
    }

    fn run(&mut self, which: Which, lanes: &[Lane]) {
        let handlers = &self.compiled.handlers;
        let program = match which {
            Which::Alarm(alarm) => &self.compiled.alarms[alarm],
            Which::Weights(event) => &handlers[event].weights,
            Which::Way(event, way) => &handlers[event].ways[way],
            Which::Day(event) => match &handlers[event].day {
                Some(program) => program,
                None => return,
            },
        };
        let time = self.state.registers[usize::from(NOW)].as_flattened_mut();
        time[..lanes.len()].copy_from_slice(&self.now[..lanes.len()]);
        execute(program, &mut self.state, lanes);
    }

    /// Runs that have not failed wait for what comes next.
    fn go_on(&mut self, lanes: &[Lane], block: &mut Block) {
        self.drop_failed(lanes, block);
        let (rings, horizon) = (self.state.layout.rings(), self.plan().horizon);
        let rows = &mut self.state.rows;
        queue_up(rows, rings, horizon, lanes, &block.endings, &mut self.queues);
    }

    fn drop_failed(&mut self, lanes: &[Lane], block: &mut Block) {
        if !self.state.any_failed {
            return;
        }
        for lane in lanes {
            if std::mem::take(&mut self.state.failed[index(*lane)]) {
                self.end(index(*lane), Ending::Failed, block);
            }
        }
    }

    /// A run ends before its time.
    fn end(&mut self, lane: usize, ending: Ending, block: &mut Block) {
        block.endings[lane] = ending;
        self.checksums[lane].mix(ending as u64);
    }

    /// How the runs ended, and what is measured of them.
    fn conclude(&mut self, block: &mut Block) {
        let plan = self.plan();
        let runs = block.endings.len();
        let mut lanes = [0; CHUNK];
        for first in (0..runs).step_by(CHUNK) {
            let count = CHUNK.min(runs - first);
            let range = first..first + count;
            for (place, lane) in lanes[..count].iter_mut().enumerate() {
                *lane = (first + place) as Lane;
            }
            let lanes = &lanes[..count];
            self.samples.take_rest(lanes, self.compiled, &mut self.state, block);
            let time = self.state.registers[usize::from(NOW)].as_flattened_mut();
            time[..count].copy_from_slice(&self.ends[range.clone()]);
            execute(&self.compiled.conclusion, &mut self.state, lanes);
            for (out, outcome) in block.outcomes[range.clone()]
                .iter_mut()
                .zip(self.state.outputs[0].as_flattened())
            {
                *out = *outcome as u32;
            }
            for (measure, values) in block.measures.iter_mut().zip(&self.state.outputs[1..]) {
                measure[range.clone()].copy_from_slice(&values.as_flattened()[..count]);
            }
            for (event, counts) in block.counts.iter_mut().enumerate() {
                let cell = self.compiled.layout.count(event);
                let mut found = [0.0; CHUNK];
                self.state.rows.load(lanes, cell, &mut found);
                for (out, found) in counts[range.clone()].iter_mut().zip(&found) {
                    *out = whole(*found);
                }
            }
            for lane in range {
                let checksum = &mut self.checksums[lane];
                if block.endings[lane] == Ending::Valid {
                    let outcome = plan.outcomes.get(block.outcomes[lane] as usize);
                    checksum.mix(outcome.map_or(0, |outcome| outcome.key));
                    for measure in &block.measures {
                        checksum.number(measure[lane]);
                    }
                }
                block.checksums[lane] = checksum.value();
            }
        }
    }
}

/// Which program.
enum Which {
    Alarm(usize),
    Weights(usize),
    Way(usize, usize),
    Day(usize),
}
