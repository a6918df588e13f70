//! What the counts say, ready to be shown and exported. Each number says what it is: observed in runs as they were,
//! intervened (shares of runs in which something is done), or counterfactual (of a run and its twin together).

use serde::Serialize;

use super::counts::{Counts, PairCounts};
use super::{Found, Question, place_of_pair};
use crate::model::{UNRESOLVED, is_deal_step};
use crate::statistics::{CauseAndEffect, Confidence, wilson};

/// What events have to do with an outcome.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Causes {
    /// The id of the outcome.
    pub outcome: String,
    /// Its printed name.
    pub outcome_name: String,
    /// How many runs were played.
    pub runs: u64,
    /// The events, the most needed first, and steps of deals behind the others.
    pub causes: Vec<Cause>,
    /// In how many of the runs, from the first on, pairs were looked at.
    pub pair_runs: u64,
    /// Pairs of events that were needed together where neither was alone, the most often so first.
    pub pairs: Vec<Pair>,
}

/// What an event has to do with the outcome.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Cause {
    /// Its address.
    pub event: String,
    /// Its printed name.
    pub name: String,
    /// Whether it is a step of a deal's own life: that a deal opened is needed for whatever it came to.
    pub deal_step: bool,
    /// Whether it is the last step: in every run in which it fires and the outcome comes, the outcome begins to hold with its
    /// firing. That it is needed then may say no more than that it is the ending itself.
    pub last_step: bool,
    /// Runs as they were.
    pub observed: Observed,
    /// Runs in which something is done.
    pub intervened: Intervened,
    /// Runs and their twins.
    pub counterfactual: Counterfactual,
    /// In how many runs without it, with the outcome and without, it could not be forced: its condition never held.
    pub not_forceable: [u64; 2],
    /// Of the runs in which it fired and the outcome did not come: those in which it comes without the event.
    pub prevented: u64,
    /// Of the runs in which it did not fire and the outcome came: those in which it does not come by force of the event.
    pub averted: u64,
    /// How many runs could not be played again to their end, and are in none of these numbers.
    pub failed: u64,
}

/// Counts of runs as they were.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Observed {
    /// It fired, and the outcome came.
    pub fired_and_came: u64,
    /// It fired, and the outcome did not come.
    pub fired_only: u64,
    /// It did not fire, and the outcome came.
    pub came_only: u64,
    /// Neither.
    pub neither: u64,
}

/// Shares of all runs in which the outcome comes, if something is done.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Intervened {
    /// If the event is made to happen wherever it can.
    pub with: Share,
    /// If it never happens.
    pub without: Share,
}

/// Shares of runs and their twins.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Counterfactual {
    /// PN: of runs with the event and the outcome, those in which the outcome does not come without the event.
    pub necessity: Share,
    /// The bounds of PN by Tian and Pearl; null where nothing was seen to bound.
    pub necessity_bounds: Option<[f64; 2]>,
    /// PS: of runs with neither, those in which the event, forced, brings the outcome.
    pub sufficiency: Share,
    /// The bounds of PS.
    pub sufficiency_bounds: Option<[f64; 2]>,
    /// PNS: of all runs, those in which the outcome comes with the event and not without it.
    pub necessity_and_sufficiency: Share,
    /// The bounds of PNS.
    pub necessity_and_sufficiency_bounds: [f64; 2],
    /// Where the event fired, the outcome came, and comes without it all the same.
    pub not_needed: NotNeeded,
    /// How runs with the event and the outcome end without the event.
    pub instead: Vec<Instead>,
}

/// A share of some runs.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Share {
    /// How many.
    pub count: u64,
    /// Of how many.
    pub of: u64,
    /// The share, 0 to 1; null of none.
    pub share: Option<f64>,
    /// The interval of simulation noise at 95%.
    pub simulation_ci95: [f64; 2],
}

/// How the outcome comes without an event that was not needed: counts of runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct NotNeeded {
    /// Settled by the same event at the same time.
    pub unmoved: u64,
    /// Settled by the same event, later.
    pub later: u64,
    /// Settled sooner, or by another event.
    pub otherwise: u64,
}

/// How runs end without an event.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Instead {
    /// The id of the outcome.
    pub outcome: String,
    /// Its printed name.
    #[serde(skip)]
    pub name: String,
    /// How many runs come to it.
    pub count: u64,
    /// The share of them.
    pub share: Option<f64>,
}

/// Two events, in runs in which the outcome came, at least one of them fired, and neither alone was needed.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Pair {
    /// Their addresses.
    pub events: [String; 2],
    /// Their printed names.
    #[serde(skip)]
    pub names: [String; 2],
    /// Of such runs, those in which the outcome does not come without both: it is overdetermined, or one was the other's
    /// backup.
    pub needed_together: Share,
}

impl Cause {
    /// Whether any run comes to the outcome without it and not with it, or the other way round.
    pub fn makes_a_difference(&self) -> bool {
        let counted = &self.counterfactual;
        counted.necessity.count > 0 || counted.sufficiency.count > 0 || self.prevented > 0 || self.averted > 0
    }
}

impl Share {
    fn of(count: u64, of: u64) -> Self {
        let (low, high) = wilson(count, of, Confidence::NinetyFive);
        Share {
            count,
            of,
            share: (of > 0).then(|| count as f64 / of as f64),
            simulation_ci95: [low, high],
        }
    }
}

impl Causes {
    pub(super) fn new(question: &Question<'_>, found: &Found<'_, '_>, runs: u64, pair_runs: u64) -> Self {
        let labels = &question.plan.observed.outcomes;
        let printed = |label: &crate::plan::Label| label.name.clone().unwrap_or_else(|| label.id.clone());
        let outcomes: Vec<(String, String)> = labels
            .iter()
            .map(|label| (label.id.clone(), printed(label)))
            .chain([(UNRESOLVED.to_owned(), UNRESOLVED.to_owned())])
            .collect();
        let event = |place: usize| &question.plan.observed.events[question.events[place]];
        let mut causes: Vec<Cause> = (0..question.events.len())
            .map(|place| {
                let label = event(place);
                cause(label.id.clone(), printed(label), &found.counts[place], &outcomes)
            })
            .collect();
        let rank = |cause: &Cause| {
            (
                cause.deal_step,
                cause.counterfactual.necessity.share.map_or(0.0, |share| -share),
            )
        };
        causes.sort_by(|one, other| {
            let ((step, share), (other_step, other_share)) = (rank(one), rank(other));
            step.cmp(&other_step).then(share.total_cmp(&other_share))
        });
        let n = question.events.len();
        let mut pairs = Vec::new();
        for first in 0..n {
            for second in first + 1..n {
                let PairCounts { runs, needed, .. } = found.pairs[place_of_pair(first, second, n)];
                if needed > 0 {
                    pairs.push(Pair {
                        events: [event(first).id.clone(), event(second).id.clone()],
                        names: [printed(event(first)), printed(event(second))],
                        needed_together: Share::of(needed, runs),
                    });
                }
            }
        }
        pairs.sort_by_key(|pair| std::cmp::Reverse(pair.needed_together.count));
        let (outcome, outcome_name) = outcomes[question.outcome].clone();
        Causes {
            outcome,
            outcome_name,
            runs,
            causes,
            pair_runs,
            pairs,
        }
    }
}

fn cause(event: String, name: String, counts: &Counts, outcomes: &[(String, String)]) -> Cause {
    let runs = counts.runs();
    let known = CauseAndEffect {
        both: counts.fired_came,
        cause_alone: counts.fired_else,
        effect_alone: counts.idle_came,
        neither: counts.idle_else,
        effect_with: counts.came_with(),
        effect_without: counts.came_without(),
    };
    let instead = outcomes.iter().zip(&counts.instead).map(|((id, name), count)| Instead {
        outcome: id.clone(),
        name: name.clone(),
        count: *count,
        share: Share::of(*count, counts.fired_came).share,
    });
    Cause {
        deal_step: is_deal_step(&event),
        last_step: counts.fired_came > 0 && counts.settling == counts.fired_came,
        event,
        name,
        observed: Observed {
            fired_and_came: counts.fired_came,
            fired_only: counts.fired_else,
            came_only: counts.idle_came,
            neither: counts.idle_else,
        },
        intervened: Intervened {
            with: Share::of(counts.came_with(), runs),
            without: Share::of(counts.came_without(), runs),
        },
        counterfactual: Counterfactual {
            necessity: Share::of(counts.needed, counts.fired_came),
            necessity_bounds: known.necessity().map(<[f64; 2]>::from),
            sufficiency: Share::of(counts.sufficient, counts.idle_else),
            sufficiency_bounds: known.sufficiency().map(<[f64; 2]>::from),
            necessity_and_sufficiency: Share::of(counts.needed_and_sufficient(), runs),
            necessity_and_sufficiency_bounds: known.necessity_and_sufficiency().into(),
            not_needed: NotNeeded {
                unmoved: counts.unmoved,
                later: counts.later,
                otherwise: counts.otherwise,
            },
            instead: instead.collect(),
        },
        not_forceable: [counts.unforceable_came, counts.unforceable_else],
        prevented: counts.prevented,
        averted: counts.averted,
        failed: counts.failed,
    }
}
