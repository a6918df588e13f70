//! Weights of patterns, and sums of them.

use crate::numeric;
use crate::plan::{Claim, ObservedClaims};
use crate::results::Patterns;
use crate::statistics::WeightSums;

/// Weighs the runs of some results by claims.
pub(super) struct Weigher<'a> {
    evidence: &'a ObservedClaims,
    patterns: &'a Patterns,
}

/// What claims leave of the runs: sums of weights and of their squares, by outcome.
pub(super) struct Totals {
    weights: Vec<f64>,
    squares: Vec<f64>,
}

/// The claims of an origin, in a run: the chances that all of them are made.
#[derive(Clone, Copy)]
struct Voices {
    /// If it is informed.
    informed: f64,
    /// If it is not.
    uninformed: f64,
    /// The most that the first can be in any run.
    best: f64,
}

/// The chance that all claims that are heard are made in the runs of a pattern, 0 to 1.
pub(super) fn likelihood(evidence: &ObservedClaims, heard: &[bool], pattern: u64) -> f64 {
    product(evidence, heard, pattern, |chance, _| chance)
}

/// The product over the claims without an origin and over the origins. What each puts in is made of the chance in the runs
/// of a pattern that it is made, or that all of its claims are, and of the most that this can be in any run.
fn product(evidence: &ObservedClaims, heard: &[bool], pattern: u64, part: impl Fn(f64, f64) -> f64) -> f64 {
    let alone = heard_claims(evidence, heard, None).fold(1.0, |product, claim| {
        product * part(chance(claim, pattern), numeric::max(claim.if_true, claim.if_false))
    });
    let origins = evidence.origins.iter().enumerate();
    origins.fold(alone, |product, (index, origin)| {
        let voices = Voices::of(evidence, heard, index, pattern);
        product * part(voices.mixed(origin.reliability), voices.most(origin.reliability))
    })
}

fn heard_claims<'a>(
    evidence: &'a ObservedClaims,
    heard: &'a [bool],
    origin: Option<usize>,
) -> impl Iterator<Item = &'a Claim> {
    let claims = evidence.claims.iter().zip(heard);
    claims.filter_map(move |(claim, heard)| (*heard && claim.origin == origin).then_some(claim))
}

impl<'a> Weigher<'a> {
    pub fn new(evidence: &'a ObservedClaims, patterns: &'a Patterns) -> Self {
        Weigher { evidence, patterns }
    }

    /// The weight of the runs of a pattern, scaled by a constant so that no run can have one above 1.
    fn weight(&self, heard: &[bool], pattern: u64) -> f64 {
        product(self.evidence, heard, pattern, scaled)
    }

    /// What is left of the runs by the claims that are heard.
    pub fn totals(&self, heard: &[bool]) -> Totals {
        let outcomes = self.patterns.counts().values().next().map_or(0, Vec::len);
        let mut totals = Totals {
            weights: vec![0.0; outcomes],
            squares: vec![0.0; outcomes],
        };
        for (pattern, counts) in self.patterns.counts() {
            let weight = self.weight(heard, *pattern);
            for (outcome, count) in counts.iter().enumerate() {
                totals.weights[outcome] += weight * *count as f64;
                totals.squares[outcome] += weight * weight * *count as f64;
            }
        }
        totals
    }

    /// The share of the weight in which a statement is true; none without any weight.
    pub fn true_share(&self, heard: &[bool], statement: usize) -> Option<f64> {
        self.share(heard, |pattern| (pattern >> statement & 1) as f64)
    }

    /// The chance that an origin is informed, once claims have been heard; none without any weight.
    pub fn informed_share(&self, heard: &[bool], origin: usize) -> Option<f64> {
        let reliability = self.evidence.origins[origin].reliability;
        self.share(heard, |pattern| {
            let voices = Voices::of(self.evidence, heard, origin, pattern);
            scaled(reliability * voices.informed, voices.mixed(reliability))
        })
    }

    /// The mean of something of a pattern, by weight.
    fn share(&self, heard: &[bool], part: impl Fn(u64) -> f64) -> Option<f64> {
        let (mut sum, mut all) = (0.0, 0.0);
        for (pattern, counts) in self.patterns.counts() {
            let weight = self.weight(heard, *pattern) * counts.iter().sum::<u64>() as f64;
            sum += weight * part(*pattern);
            all += weight;
        }
        (all > 0.0).then(|| sum / all)
    }

    /// How many times likelier a claim is made if it is true than if it is false.
    pub fn likelihood_ratio(&self, claim: &Claim) -> Option<f64> {
        let reliability = claim
            .origin
            .map_or(1.0, |origin| self.evidence.origins[origin].reliability);
        let made = |informed: f64| reliability * informed + (1.0 - reliability) * claim.if_uninformed;
        let ratio = made(claim.if_true) / made(claim.if_false);
        ratio.is_finite().then_some(ratio)
    }
}

/// The chance that a claim is made in the runs of a pattern.
fn chance(claim: &Claim, pattern: u64) -> f64 {
    if pattern >> claim.statement & 1 == 1 {
        claim.if_true
    } else {
        claim.if_false
    }
}

/// A chance as a part of the most that it can be. What can never be has none.
fn scaled(chance: f64, most: f64) -> f64 {
    if most > 0.0 { chance / most } else { 0.0 }
}

impl Voices {
    fn of(evidence: &ObservedClaims, heard: &[bool], origin: usize, pattern: u64) -> Self {
        let nothing = Voices {
            informed: 1.0,
            uninformed: 1.0,
            best: 1.0,
        };
        heard_claims(evidence, heard, Some(origin)).fold(nothing, |voices, claim| Voices {
            informed: voices.informed * chance(claim, pattern),
            uninformed: voices.uninformed * claim.if_uninformed,
            best: voices.best * numeric::max(claim.if_true, claim.if_false),
        })
    }

    fn mixed(self, reliability: f64) -> f64 {
        reliability * self.informed + (1.0 - reliability) * self.uninformed
    }

    fn most(self, reliability: f64) -> f64 {
        reliability * self.best + (1.0 - reliability) * self.uninformed
    }
}

impl Totals {
    /// All the weight that is left.
    pub fn all(&self) -> f64 {
        self.weights.iter().sum()
    }

    /// The sums that an outcome's share is made of.
    pub fn sums(&self, outcome: usize) -> WeightSums {
        WeightSums {
            all: self.all(),
            all_squared: self.squares.iter().sum(),
            outcome: self.weights[outcome],
            outcome_squared: self.squares[outcome],
        }
    }

    /// The odds of an outcome, over its odds by another weighing; none where either is 0 or has no bound.
    pub fn odds_over(&self, other: &Totals, outcome: usize) -> Option<f64> {
        let odds = |totals: &Totals| {
            let against: f64 = (0..totals.weights.len())
                .filter(|index| *index != outcome)
                .map(|index| totals.weights[index])
                .sum();
            let odds = totals.weights[outcome] / against;
            (odds > 0.0 && odds.is_finite()).then_some(odds)
        };
        Some(odds(self)? / odds(other)?)
    }
}
