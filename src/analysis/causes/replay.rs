//! Plays runs again, with one event taken away or made to happen, on the same draws.

use std::ops::Range;

use crate::engine::{Block, Ending, Intervention, Look, NoWitness, Player, Witness, World};
use crate::expr::Tree;
use crate::plan::Plan;

use super::counts::{Counts, PairCounts};

/// What is asked of the runs.
pub(super) struct Question<'p> {
    pub plan: &'p Plan,
    /// The index of the outcome.
    pub outcome: usize,
    /// The indices of the events.
    pub events: Vec<usize>,
    /// Pairs are looked at in runs before this one.
    pub pairs_until: u64,
}

/// What was found.
pub(super) struct Found<'a, 'p> {
    question: &'a Question<'p>,
    /// Of each event that is asked about.
    pub counts: Vec<Counts>,
    /// Of each pair of them: the first with the second, third and so on, then the second with the third.
    pub pairs: Vec<PairCounts>,
}

/// The place of a pair of `n` things, the first before the second, in the list of all.
pub(super) fn place_of_pair(first: usize, second: usize, n: usize) -> usize {
    first * (2 * n - first - 1) / 2 + (second - first - 1)
}

impl<'a, 'p> Found<'a, 'p> {
    pub fn new(question: &'a Question<'p>) -> Self {
        let events = question.events.len();
        Found {
            question,
            counts: vec![Counts::new(question.plan.outcomes.len() + 1); events],
            pairs: vec![PairCounts::default(); events * events.saturating_sub(1) / 2],
        }
    }
}

impl Look for Found<'_, '_> {
    fn look(&mut self, player: &mut Player<'_>, runs: Range<u64>) {
        let length = (runs.end - runs.start) as usize;
        let block = player.block(runs.start, length);
        let mut replay = Replay {
            question: self.question,
            scratch: Block::new(&self.question.plan.observed, runs.start, length),
            player,
        };
        for lane in (0..length).filter(|lane| block.endings[*lane] == Ending::Valid) {
            replay.run(&block, lane, self);
        }
    }

    fn merge(&mut self, other: &Self) {
        self.counts
            .iter_mut()
            .zip(&other.counts)
            .for_each(|(own, other)| *own += other);
        self.pairs
            .iter_mut()
            .zip(&other.pairs)
            .for_each(|(own, other)| *own += other);
    }
}

/// When and by which event an outcome was settled: since then it has held. None if it held from the start, or does not.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
struct Settled(Option<(usize, f64)>);

/// Watches for the event that settles an outcome.
struct Watch<'p> {
    conditions: Vec<&'p Tree>,
    outcome: usize,
    holds: bool,
    settled: Settled,
}

impl<'p> Watch<'p> {
    fn new(question: &Question<'p>) -> Self {
        Watch {
            conditions: question.plan.outcomes.iter().map(|outcome| &outcome.when).collect(),
            outcome: question.outcome,
            holds: false,
            settled: Settled::default(),
        }
    }

    fn look(&self, world: &mut World<'_>) -> bool {
        let first = self.conditions.iter().position(|condition| world.holds(condition));
        first.unwrap_or(self.conditions.len()) == self.outcome
    }
}

impl Witness for Watch<'_> {
    const WATCHES: bool = false;

    fn begins(&mut self, world: &mut World<'_>) {
        self.holds = self.look(world);
        self.settled = Settled::default();
    }

    fn moved(&mut self, world: &mut World<'_>, event: usize, time: f64) {
        let holds = self.look(world);
        if holds && !self.holds {
            self.settled = Settled(Some((event, time)));
        }
        self.holds = holds;
    }
}

/// The events of a run, by their places among those that are asked about, that were not needed alone.
#[derive(Default)]
struct Alone {
    /// Those that fired, each with which of all events fire without it; only of runs with the outcome.
    spare: Vec<(usize, Vec<bool>)>,
    /// Those that did not fire.
    idle: Vec<usize>,
}

struct Replay<'a, 'p, 'q> {
    question: &'a Question<'p>,
    player: &'a mut Player<'q>,
    scratch: Block,
}

/// How a run ends that is played again; none if it cannot be played to its end.
struct Again {
    outcome: usize,
    settled: Settled,
    /// Whether the event fired.
    fired: bool,
}

impl Replay<'_, '_, '_> {
    fn run(&mut self, block: &Block, lane: usize, found: &mut Found<'_, '_>) {
        let question = self.question;
        let run = block.first_run + lane as u64;
        let came = block.outcomes[lane] as usize == question.outcome;
        let settled = match came {
            true => self
                .again(run, lane, &[], Intervention::Leave)
                .map(|again| again.settled),
            false => None,
        };
        let mut alone = Alone::default();
        for (place, event) in question.events.iter().enumerate() {
            let counts = &mut found.counts[place];
            if block.counts[*event][lane] > 0 {
                let Some(again) = self.again(run, lane, &[*event], Intervention::Suppress) else {
                    counts.failed += 1;
                    continue;
                };
                if without(question, counts, *event, came, settled, &again) {
                    let fired = &self.player.world().counts;
                    let stand_in = question.events.iter().map(|event| fired[*event] > 0);
                    alone.spare.push((place, stand_in.collect()));
                }
            } else {
                alone.idle.push(place);
                match self.again(run, lane, &[*event], Intervention::Force) {
                    Some(again) => with(question, counts, came, &again),
                    None => counts.failed += 1,
                }
            }
        }
        if run < question.pairs_until {
            self.pairs(run, lane, &alone, found);
        }
    }

    /// Of two events, one of which at least fired, and neither of which was needed: whether both together were.
    fn pairs(&mut self, run: u64, lane: usize, alone: &Alone, found: &mut Found<'_, '_>) {
        let question = self.question;
        let n = question.events.len();
        for (index, (place, stand_in)) in alone.spare.iter().enumerate() {
            for (other, stand_in_for_other) in &alone.spare[index + 1..] {
                let replays = stand_in[*other] && stand_in_for_other[*place];
                self.pair(
                    run,
                    lane,
                    [*place, *other],
                    replays,
                    &mut found.pairs[place_of_pair(*place, *other, n)],
                );
            }
            for other in &alone.idle {
                let (first, second) = ((*place).min(*other), (*place).max(*other));
                let pair = &mut found.pairs[place_of_pair(first, second, n)];
                self.pair(run, lane, [first, second], stand_in[*other], pair);
            }
        }
    }

    /// Counts a run of a pair. It is played again only if that can tell something: without an event that does not fire once
    /// the other is taken away, the run is the one without the other alone, in which the outcome comes.
    fn pair(&mut self, run: u64, lane: usize, places: [usize; 2], replays: bool, pair: &mut PairCounts) {
        if !replays {
            pair.runs += 1;
            return;
        }
        let events = places.map(|place| self.question.events[place]);
        match self.again(run, lane, &events, Intervention::Suppress) {
            Some(again) => {
                pair.runs += 1;
                pair.needed += u64::from(again.outcome != self.question.outcome);
            }
            None => pair.failed += 1,
        }
    }

    fn again(&mut self, run: u64, lane: usize, events: &[usize], intervention: Intervention) -> Option<Again> {
        events
            .iter()
            .for_each(|event| self.player.intervene(*event, intervention));
        // Only what is taken away can let the outcome come later.
        let (played, settled) = if intervention == Intervention::Force {
            let played = self.player.play(run, lane, &mut self.scratch, &mut NoWitness);
            (played, Settled::default())
        } else {
            let mut watch = Watch::new(self.question);
            let played = self.player.play(run, lane, &mut self.scratch, &mut watch);
            (played, watch.settled)
        };
        events
            .iter()
            .for_each(|event| self.player.intervene(*event, Intervention::Leave));
        played.ok()?;
        let fired = |event: &usize| self.player.world().counts[*event] > 0;
        Some(Again {
            outcome: self.scratch.outcomes[lane] as usize,
            settled,
            fired: events.iter().any(fired),
        })
    }
}

/// Counts a run in which the event fired, and how it ends without it. Tells whether the outcome came and comes all the same.
fn without(
    question: &Question<'_>,
    counts: &mut Counts,
    suppressed: usize,
    came: bool,
    settled: Option<Settled>,
    again: &Again,
) -> bool {
    let comes = again.outcome == question.outcome;
    if !came {
        counts.fired_else += 1;
        counts.prevented += u64::from(comes);
        return false;
    }
    counts.fired_came += 1;
    let by = settled.and_then(|settled| settled.0).map(|(event, _)| event);
    counts.settling += u64::from(by == Some(suppressed));
    counts.instead[again.outcome] += 1;
    if !comes {
        counts.needed += 1;
        return false;
    }
    match (settled.and_then(|settled| settled.0), again.settled.0) {
        (Some((event, time)), Some((other, again))) if event == other && again > time => counts.later += 1,
        (then, now) if then == now => counts.unmoved += 1,
        _ => counts.otherwise += 1,
    }
    true
}

/// Counts a run in which the event did not fire, and how it ends if it is forced.
fn with(question: &Question<'_>, counts: &mut Counts, came: bool, again: &Again) {
    let comes = again.outcome == question.outcome;
    if came {
        counts.idle_came += 1;
        counts.averted += u64::from(again.fired && !comes);
        counts.unforceable_came += u64::from(!again.fired);
    } else {
        counts.idle_else += 1;
        counts.sufficient += u64::from(again.fired && comes);
        counts.unforceable_else += u64::from(!again.fired);
    }
}
