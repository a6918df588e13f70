//! The reference interpreter: plays one run at a time, plainly. It is the oracle for every other engine, and the replay.

use crate::distribution::{Distribution, bernoulli, discrete, unit_exponential};
use crate::expr::Tree;
use crate::plan::{Change, Choice, ClockKind, Plan, PlannedDelay, PlannedDraw, PlannedQuantity, SiteIndex, Way};

use super::block::{Block, Ending};
use super::checksum::Checksum;
use super::draws::Draws;
use super::failure::Failure;
use super::world::World;

/// A rate below this counts as 0: the time until such a clock rings could not be held in a float.
pub const LEAST_RATE: f64 = 1e-280;

/// Looks on while a run is played.
pub trait Witness {
    /// Whether it wants to see what each firing changes; to find out takes time.
    const WATCHES: bool;

    /// The run begins: parameters and variables have their values.
    fn begins(&mut self, _world: &mut World<'_>) {}

    /// An event has rung, and taken a branch if it has any: told of every firing, whether it watches or not.
    fn rang(&mut self, _event: usize, _branch: Option<usize>, _time: f64) {}

    /// An event has fired; told only to one that watches.
    fn fired(&mut self, _firing: Firing) {}

    /// An event has fired and changed what it changes: a look at the state, which costs little. Called of every firing.
    fn moved(&mut self, _world: &mut World<'_>, _event: usize, _time: f64) {}
}

/// Looks at nothing.
#[derive(Default)]
pub struct NoWitness;

impl Witness for NoWitness {
    const WATCHES: bool = false;
}

/// A firing as a witness sees it.
#[derive(Debug, Clone)]
pub struct Firing {
    /// The index of the event.
    pub event: usize,
    /// When, in years since the start.
    pub time: f64,
    /// The rate of the clock at that moment, if it goes by one.
    pub rate: Option<f64>,
    /// The branch that it took, and how likely that was, if it was drawn.
    pub branch: Option<(usize, Option<f64>)>,
    /// The variables that changed, with the value before and after.
    pub changes: Vec<(usize, f64, f64)>,
}

/// What is done to an event from outside, in the place of what its clock would do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Intervention {
    /// Nothing.
    #[default]
    Leave,
    /// It never fires.
    Suppress,
    /// It fires at the first instant at which its condition holds and it is not paused, without a draw; what its clock does
    /// after that is its own.
    Force,
}

/// The clock of an event in a run.
#[derive(Debug, Clone, Copy)]
struct ClockState {
    /// When it rings; infinite while it does not run.
    ring: f64,
    /// The rate it runs at; 0 while it is off.
    rate: f64,
    /// What is left of its threshold or its delay while it does not run; not a number before it is drawn.
    left: f64,
    /// Whether its condition holds, of a clock that goes by a time.
    enabled: bool,
    /// Whether it will not ring again.
    done: bool,
    /// How many draws it has made.
    draws: u32,
}

const IDLE: ClockState = ClockState {
    ring: f64::INFINITY,
    rate: 0.0,
    left: f64::NAN,
    enabled: false,
    done: false,
    draws: 0,
};

/// How often something rare has happened: for tests that say they have met it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Met {
    /// A clock went on with what was left of its threshold after it had been off.
    pub kept_while_off: u64,
    /// Two clocks rang at the same time.
    pub ties: u64,
    /// A condition stopped holding while a delay ran.
    pub dropped_delays: u64,
    /// The highest occurrence of a threshold or a delay.
    pub highest_occurrence: u32,
}

/// Plays runs of a plan.
pub struct Player<'p> {
    plan: &'p Plan,
    draws: Draws,
    world: World<'p>,
    clocks: Vec<ClockState>,
    alarms: Vec<f64>,
    /// How many draws each site of a branch has made.
    branch_draws: Vec<u32>,
    /// What is done to each event.
    interventions: Vec<Intervention>,
    run: u64,
    met: Met,
}

/// The branch that an event takes: its index, what it does, and how likely it was, if it was drawn.
type Chosen<'p> = (usize, &'p Way, Option<f64>);

/// The moment of a clock that rings on a day.
fn moment_of(kind: &ClockKind) -> Option<f64> {
    match kind {
        ClockKind::On(moment) => Some(*moment),
        _ => None,
    }
}

/// What is to happen next.
enum Next {
    Alarm(usize),
    Clock(usize),
}

impl<'p> Player<'p> {
    /// A player of a plan with a seed.
    pub fn new(plan: &'p Plan, seed: u64) -> Self {
        Player {
            plan,
            draws: Draws::new(seed, &plan.sites),
            world: World::new(plan),
            clocks: vec![IDLE; plan.clocks.len()],
            alarms: vec![f64::INFINITY; plan.alarms.len()],
            branch_draws: vec![0; plan.sites.len()],
            interventions: vec![Intervention::Leave; plan.clocks.len()],
            run: 0,
            met: Met::default(),
        }
    }

    /// What was met in all runs so far.
    pub fn met(&self) -> Met {
        self.met
    }

    /// Does something to an event in all runs that are played from here on; every draw stays what it is.
    pub fn intervene(&mut self, event: usize, intervention: Intervention) {
        self.interventions[event] = intervention;
    }

    /// The state after the run that was played last.
    pub fn world(&self) -> &World<'p> {
        &self.world
    }

    /// Plays a block of consecutive runs.
    pub fn block(&mut self, first_run: u64, runs: usize) -> Block {
        self.block_and(first_run, runs, |_: NoWitness, _, _| ())
    }

    /// Plays a block of consecutive runs, each before a witness of its own, which is handed over when its run has ended.
    pub fn watched_block<W: Witness + Default>(
        &mut self,
        first_run: u64,
        runs: usize,
        mut seen: impl FnMut(W),
    ) -> Block {
        self.block_and(first_run, runs, |witness, _, _| seen(witness))
    }

    /// The same, and hands over with each witness the lane of its run and the state at its end.
    pub fn block_and<W: Witness + Default>(
        &mut self,
        first_run: u64,
        runs: usize,
        mut look: impl FnMut(W, usize, &World<'p>),
    ) -> Block {
        self.draws.start_block(first_run, runs);
        let mut block = Block::new(&self.plan.observed, first_run, runs);
        for lane in 0..runs {
            let run = first_run + lane as u64;
            let mut witness = W::default();
            // What a failed run was about is told by its replay.
            let _ = self.play(run, lane, &mut block, &mut witness);
            look(witness, lane, &self.world);
        }
        block
    }

    /// Plays a run and writes what is observed of it into a lane of a block.
    ///
    /// # Errors
    /// If something left its range; the block says so too.
    pub fn play<W: Witness>(
        &mut self,
        run: u64,
        lane: usize,
        block: &mut Block,
        witness: &mut W,
    ) -> Result<(), Failure> {
        self.run = run;
        let mut checksum = Checksum::new(run);
        let played = self.play_to_end(lane, block, &mut checksum, witness);
        block.endings[lane] = match &played {
            Ok(()) => Ending::Valid,
            Err(Failure::Runaway) => Ending::Runaway,
            Err(_) => Ending::Failed,
        };
        if played.is_err() {
            checksum.mix(block.endings[lane] as u64);
        }
        block.checksums[lane] = checksum.value();
        played
    }

    fn play_to_end<W: Witness>(
        &mut self,
        lane: usize,
        block: &mut Block,
        checksum: &mut Checksum,
        witness: &mut W,
    ) -> Result<(), Failure> {
        let plan = self.plan;
        self.start()?;
        witness.begins(&mut self.world);
        let mut samples = plan.samples.iter().peekable();
        let mut fired = 0;
        let mut end = plan.horizon;
        while let Some((time, next)) = self.next().filter(|(time, _)| *time <= plan.horizon) {
            while let Some(sample) = samples.next_if(|(moment, ..)| *moment < time) {
                self.sample(*sample, lane, block);
            }
            self.world.set_now(time);
            let event = match next {
                Next::Alarm(alarm) => {
                    self.alarms[alarm] = f64::INFINITY;
                    self.refresh_all(&plan.alarms[alarm].concerns, time)?;
                    continue;
                }
                Next::Clock(clock) if self.day_passes_by(clock) => continue,
                Next::Clock(clock) => clock,
            };
            if fired == plan.limit {
                return Err(Failure::Runaway);
            }
            fired += 1;
            self.fire(event, time, checksum, witness)?;
            if plan.clocks[event].stop {
                end = time;
                break;
            }
        }
        for sample in samples {
            self.sample(*sample, lane, block);
        }
        self.world.set_now(end);
        self.conclude(lane, block, checksum);
        Ok(())
    }

    /// Settles the parameters and the variables, and brings every clock up to date at time 0.
    fn start(&mut self) -> Result<(), Failure> {
        let plan = self.plan;
        self.world.restart();
        self.branch_draws.fill(0);
        for parameter in &plan.parameters {
            let value = match &parameter.value {
                PlannedQuantity::Fixed(tree) => self.world.value_of(tree),
                PlannedQuantity::Drawn(site, draw) => self.drawn(draw, *site, 0)?,
            };
            self.world.parameters[parameter.index] = value + 0.0;
            self.world.touch();
        }
        for (index, variable) in plan.variables.iter().enumerate() {
            let value = self.world.value_of(&variable.initial);
            self.set_variable(index, value)?;
        }
        for (ring, alarm) in self.alarms.iter_mut().zip(&plan.alarms) {
            let at = self.world.value_of(&alarm.at);
            let moment = if alarm.after { at.next_up() } else { at };
            // A moment that has passed by the start, or that never comes, changes nothing.
            *ring = if moment > 0.0 { moment } else { f64::INFINITY };
        }
        let interventions = &self.interventions;
        for ((state, clock), intervention) in self.clocks.iter_mut().zip(&plan.clocks).zip(interventions) {
            *state = IDLE;
            match (moment_of(&clock.kind), intervention) {
                (Some(moment), Intervention::Leave) => state.ring = moment,
                (_, Intervention::Suppress) => state.done = true,
                _ => {}
            }
        }
        for clock in 0..plan.clocks.len() {
            self.refresh(clock, 0.0)?;
        }
        Ok(())
    }

    /// The earliest of what rings; of what rings together, alarms, and then the first in the order of the file.
    fn next(&mut self) -> Option<(f64, Next)> {
        let mut earliest = f64::INFINITY;
        let mut next = None;
        let mut tied = false;
        for (alarm, ring) in self.alarms.iter().enumerate() {
            if *ring < earliest {
                (earliest, next) = (*ring, Some(Next::Alarm(alarm)));
            }
        }
        for (clock, state) in self.clocks.iter().enumerate() {
            if state.ring < earliest {
                (earliest, next, tied) = (state.ring, Some(Next::Clock(clock)), false);
            } else if state.ring == earliest {
                tied = earliest < f64::INFINITY;
            }
        }
        self.met.ties += u64::from(tied);
        next.map(|next| (earliest, next))
    }

    fn sample(&mut self, (time, series, point): (f64, usize, usize), lane: usize, block: &mut Block) {
        self.world.set_now(time);
        block.series[series][point][lane] = self.world.value_of(&self.plan.series[series]) + 0.0;
    }

    /// Of a clock that rings on a day: whether nothing happens then, because its condition is false or it is paused.
    fn day_passes_by(&mut self, clock: usize) -> bool {
        let plan = self.plan;
        if !matches!(plan.clocks[clock].kind, ClockKind::On(_)) || self.clocks[clock].enabled {
            return false;
        }
        let when = self.world.holds(&plan.clocks[clock].when);
        let held = when && self.world.holds(&plan.clocks[clock].hold);
        let state = &mut self.clocks[clock];
        state.enabled = when;
        state.done = !when;
        if held {
            // The day has come: it happens as the pause ends, if the condition still holds then.
            state.left = 0.0;
        }
        if !when || held {
            state.ring = f64::INFINITY;
        }
        !when || held
    }

    fn fire<W: Witness>(
        &mut self,
        event: usize,
        time: f64,
        checksum: &mut Checksum,
        witness: &mut W,
    ) -> Result<(), Failure> {
        let plan = self.plan;
        let clock = &plan.clocks[event];
        let rate = matches!(clock.kind, ClockKind::Rate(_)).then_some(self.clocks[event].rate);
        self.world.counts[event] += 1;
        if self.world.counts[event] == 1 {
            self.world.first_times[event] = time;
        }
        self.world.touch();
        let before = if W::WATCHES {
            self.world.variables.clone()
        } else {
            Vec::new()
        };
        let mut chosen = self.choose(event)?;
        if W::WATCHES
            && let Some((_, way, chance)) = &mut chosen
            && let Some(kept) = &way.chance
        {
            *chance = Some(self.world.value_of(kept));
        }
        self.change(&clock.then)?;
        let concerns = match &chosen {
            Some((_, way, _)) => {
                self.change(&way.then)?;
                &way.concerns
            }
            None => &clock.concerns,
        };
        let branch = chosen.as_ref().map_or(0, |(index, ..)| *index as u64 + 1);
        checksum.fired(clock.key, branch, time);
        witness.rang(event, chosen.as_ref().map(|(index, ..)| *index), time);
        witness.moved(&mut self.world, event, time);
        if W::WATCHES {
            let after = &self.world.variables;
            let changes = before
                .iter()
                .zip(after)
                .enumerate()
                .filter(|(_, (before, after))| before != after);
            witness.fired(Firing {
                event,
                time,
                rate,
                branch: chosen.map(|(index, _, chance)| (index, chance)),
                changes: changes
                    .map(|(variable, (before, after))| (variable, *before, *after))
                    .collect(),
            });
        }
        if clock.stop {
            return Ok(());
        }
        self.reset(event);
        self.refresh_all(concerns, time)
    }

    /// After a firing a clock begins anew; one that may not fire again is done.
    fn reset(&mut self, event: usize) {
        let clock = &self.plan.clocks[event];
        let state = &mut self.clocks[event];
        state.ring = f64::INFINITY;
        state.rate = 0.0;
        state.left = f64::NAN;
        state.done = u64::from(self.world.counts[event]) >= clock.most || matches!(clock.kind, ClockKind::On(_));
        // What happens at once happens as its condition begins to hold: it must stop holding before that can be again.
        state.enabled = matches!(clock.kind, ClockKind::AtOnce);
    }

    fn refresh_all(&mut self, clocks: &[usize], now: f64) -> Result<(), Failure> {
        clocks.iter().try_for_each(|clock| self.refresh(*clock, now))
    }

    /// Brings a clock up to date with the state.
    fn refresh(&mut self, clock: usize, now: f64) -> Result<(), Failure> {
        if self.clocks[clock].done {
            return Ok(());
        }
        if self.interventions[clock] == Intervention::Force && self.world.counts[clock] == 0 {
            self.refresh_forced(clock, now);
            return Ok(());
        }
        match &self.plan.clocks[clock].kind {
            ClockKind::Rate(rate) => self.refresh_rate(clock, rate, now),
            ClockKind::After(delay) => self.refresh_timed(clock, Some(delay), now),
            ClockKind::AtOnce => self.refresh_timed(clock, None, now),
            // Before its day, nothing concerns it.
            ClockKind::On(_) if !self.clocks[clock].enabled => Ok(()),
            ClockKind::On(_) => self.refresh_timed(clock, None, now),
        }
    }

    /// Of a clock that is forced and has not fired.
    fn refresh_forced(&mut self, clock: usize, now: f64) {
        let plan = self.plan;
        let runs = self.world.holds(&plan.clocks[clock].when) && !self.world.holds(&plan.clocks[clock].hold);
        self.clocks[clock].ring = if runs { now } else { f64::INFINITY };
    }

    fn refresh_rate(&mut self, clock: usize, rate: &Tree, now: f64) -> Result<(), Failure> {
        let plan = self.plan;
        let runs = self.world.holds(&plan.clocks[clock].when) && !self.world.holds(&plan.clocks[clock].hold);
        let mut new = if runs { self.world.value_of(rate) } else { 0.0 };
        if !(0.0..f64::INFINITY).contains(&new) {
            return Err(Failure::Rate(clock, new));
        }
        if new < LEAST_RATE {
            new = 0.0;
        }
        let state = &mut self.clocks[clock];
        if new == state.rate {
            return Ok(());
        }
        let left = if state.rate > 0.0 {
            (state.ring - now) * state.rate
        } else if state.left.is_nan() {
            let occurrence = state.draws;
            state.draws += 1;
            self.met.highest_occurrence = self.met.highest_occurrence.max(occurrence);
            unit_exponential(self.draws.uniform(plan.clocks[clock].site, occurrence, self.run))
        } else {
            self.met.kept_while_off += 1;
            state.left
        };
        state.rate = new;
        state.left = left;
        state.ring = if new > 0.0 { now + left / new } else { f64::INFINITY };
        Ok(())
    }

    /// Of a clock that goes by a time; one without a delay happens at once.
    fn refresh_timed(&mut self, clock: usize, delay: Option<&'p PlannedDelay>, now: f64) -> Result<(), Failure> {
        let plan = self.plan;
        let when = self.world.holds(&plan.clocks[clock].when);
        let held = when && self.world.holds(&plan.clocks[clock].hold);
        if !when {
            let day_has_passed = matches!(plan.clocks[clock].kind, ClockKind::On(_));
            let state = &mut self.clocks[clock];
            self.met.dropped_delays += u64::from(state.enabled && (state.ring < f64::INFINITY || state.left >= 0.0));
            (state.ring, state.left, state.enabled) = (f64::INFINITY, f64::NAN, false);
            state.done = day_has_passed;
            return Ok(());
        }
        if !self.clocks[clock].enabled {
            let length = self.delay(clock, delay)?;
            let state = &mut self.clocks[clock];
            (state.enabled, state.left, state.ring) = (true, length, f64::INFINITY);
        }
        let state = &mut self.clocks[clock];
        if held && state.ring < f64::INFINITY {
            (state.left, state.ring) = (state.ring - now, f64::INFINITY);
        } else if !held && state.ring == f64::INFINITY && !state.left.is_nan() {
            state.ring = now + state.left;
            state.left = f64::NAN;
        }
        Ok(())
    }

    fn delay(&mut self, clock: usize, delay: Option<&PlannedDelay>) -> Result<f64, Failure> {
        let length = match delay {
            None => 0.0,
            Some(PlannedDelay::Fixed(tree)) => self.world.value_of(tree),
            Some(PlannedDelay::Drawn(draw)) => {
                let occurrence = self.clocks[clock].draws;
                self.clocks[clock].draws += 1;
                self.met.highest_occurrence = self.met.highest_occurrence.max(occurrence);
                self.drawn(draw, self.plan.clocks[clock].site, occurrence)?
            }
        };
        if length >= 0.0 {
            Ok(length)
        } else {
            Err(Failure::Delay(clock, length))
        }
    }

    /// The branch that an event takes, and how likely that was, if it was drawn.
    fn choose(&mut self, event: usize) -> Result<Option<Chosen<'p>>, Failure> {
        let plan = self.plan;
        match &plan.clocks[event].choice {
            Choice::None => Ok(None),
            Choice::One(way) => {
                let weight = self.weight(event, way)?;
                if weight > 0.0 {
                    Ok(Some((0, way, Some(1.0))))
                } else {
                    Err(Failure::NoWeight(event))
                }
            }
            Choice::Pair(site, [one, other]) => {
                let (first, second) = (self.weight(event, one)?, self.weight(event, other)?);
                let total = first + second;
                let u = self.branch_uniform(*site);
                if !(total > 0.0) {
                    return Err(Failure::NoWeight(event));
                }
                // A branch without weight is never taken, not even where the product rounds up to the total.
                let taken = if second == 0.0 || u * total < first {
                    (0, one, first)
                } else {
                    (1, other, second)
                };
                Ok(Some((taken.0, taken.1, Some(taken.2 / total))))
            }
            Choice::Race(ways) => {
                let (mut total, mut winner, mut earliest) = (0.0, None, f64::INFINITY);
                for (index, (site, way)) in ways.iter().enumerate() {
                    let weight = self.weight(event, way)?;
                    let ring = unit_exponential(self.branch_uniform(*site)) / weight;
                    total += weight;
                    if ring < earliest {
                        (earliest, winner) = (ring, Some((index, way, weight)));
                    }
                }
                let (index, way, weight) = winner.ok_or(Failure::NoWeight(event))?;
                Ok(Some((index, way, Some(weight / total))))
            }
            Choice::First(ways) => {
                let first = ways.iter().enumerate().find(|(_, way)| self.world.holds(&way.measure));
                Ok(first.map(|(index, way)| (index, way, None)))
            }
        }
    }

    fn weight(&mut self, event: usize, way: &Way) -> Result<f64, Failure> {
        let weight = self.world.value_of(&way.measure);
        if (0.0..f64::INFINITY).contains(&weight) {
            Ok(weight)
        } else {
            Err(Failure::Weight(event, weight))
        }
    }

    fn branch_uniform(&mut self, site: SiteIndex) -> f64 {
        let occurrence = self.branch_draws[site];
        self.branch_draws[site] += 1;
        self.draws.uniform(site, occurrence, self.run)
    }

    fn change(&mut self, changes: &[Change]) -> Result<(), Failure> {
        for change in changes {
            let value = self.world.value_of(&change.value);
            self.set_variable(change.variable, value)?;
        }
        Ok(())
    }

    fn set_variable(&mut self, variable: usize, value: f64) -> Result<(), Failure> {
        self.world.set_variable(variable, value);
        if let Some(least) = &self.plan.variables[variable].at_least {
            let least = self.world.value_of(least);
            if !(value >= least) {
                return Err(Failure::Below(variable, value));
            }
        }
        Ok(())
    }

    fn drawn(&mut self, draw: &PlannedDraw, site: SiteIndex, occurrence: u32) -> Result<f64, Failure> {
        let u = self.draws.uniform(site, occurrence, self.run);
        let refused = |why: String| Failure::Distribution(site, why);
        match draw {
            PlannedDraw::Prepared(sampler) => Ok(sampler.sample(u)),
            PlannedDraw::Varying {
                family,
                arguments,
                truncate,
            } => {
                let arguments: Vec<f64> = arguments.iter().map(|argument| self.world.value_of(argument)).collect();
                let cut = truncate
                    .as_ref()
                    .map(|[low, high]| [self.world.value_of(low), self.world.value_of(high)]);
                let distribution =
                    Distribution::new(*family, &arguments, cut).map_err(|invalid| refused(invalid.message))?;
                Ok(distribution.quantile(u))
            }
            PlannedDraw::Bernoulli(chance) => {
                let chance = self.world.value_of(chance);
                if !(0.0..=1.0).contains(&chance) {
                    return Err(refused(format!("a chance of {}", crate::expr::number(chance))));
                }
                Ok(f64::from(u8::from(bernoulli(chance, u))))
            }
            PlannedDraw::Discrete(values, weights) => {
                let weights: Vec<f64> = weights.iter().map(|weight| self.world.value_of(weight)).collect();
                let index =
                    discrete(&weights, u).ok_or_else(|| refused("its weights are negative or all 0".to_owned()))?;
                Ok(values[index])
            }
        }
    }

    /// How the run ended, and what is measured of it.
    fn conclude(&mut self, lane: usize, block: &mut Block, checksum: &mut Checksum) {
        let plan = self.plan;
        let outcome = plan.outcomes.iter().position(|outcome| self.world.holds(&outcome.when));
        block.outcomes[lane] = outcome.unwrap_or(plan.outcomes.len()) as u32;
        checksum.mix(outcome.map_or(0, |outcome| plan.outcomes[outcome].key));
        for (column, measure) in block.measures.iter_mut().zip(&plan.measures) {
            column[lane] = self.world.value_of(measure) + 0.0;
            checksum.number(column[lane]);
        }
        for (column, count) in block.counts.iter_mut().zip(&self.world.counts) {
            column[lane] = *count;
        }
    }
}
