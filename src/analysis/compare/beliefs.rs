//! What is believed under each plan once its claims have been heard, from the same runs.

use crate::analysis::evidence::{Contradiction, Selection, weigh};
use crate::engine::{Block, JointFold};
use crate::plan::{Plan, UNRESOLVED};
use crate::results::{ClaimSummary, GivenSummary, OriginSummary, Patterns};

use super::comparison::Belief;
use super::pairs::Joint;

/// Pairs of runs and, of each plan, which statements of claims are true in them.
pub struct Believed {
    /// The pairs.
    pub joint: Joint,
    statements: Vec<Statements>,
}

/// What is counted of the runs of a plan.
struct Statements {
    patterns: Patterns,
    /// Where their columns begin: behind those of the series.
    first: usize,
    /// How many outcomes there are, the unresolved one among them.
    outcomes: usize,
}

/// What was said under a plan, and what that does; nothing where it has no claims.
#[derive(Debug, Clone, Default)]
pub struct Said {
    /// What is believed of each outcome.
    pub beliefs: Vec<Belief>,
    /// The claims.
    pub claims: Vec<ClaimSummary>,
    /// Their origins.
    pub origins: Vec<OriginSummary>,
}

impl Believed {
    /// No runs of the plans.
    pub fn new(joint: Joint, plans: &[&Plan]) -> Self {
        let statements = |plan: &&Plan| {
            let evidence = &plan.observed.evidence;
            let given = evidence.given.iter().map(|given| given.statement);
            Statements {
                patterns: Patterns::new(evidence.statements.len(), given.collect()),
                first: plan.observed.series.len(),
                outcomes: plan.observed.outcomes.len() + 1,
            }
        };
        Believed {
            joint,
            statements: plans.iter().map(statements).collect(),
        }
    }

    /// What is given under a plan, by its place, and how many runs that leaves; none where nothing is.
    pub fn given(&self, place: usize, plan: &Plan) -> Option<GivenSummary> {
        GivenSummary::new(&plan.observed, &self.statements[place].patterns)
    }

    /// What is believed under a plan, by its place, before and after the claims that are selected; nothing where it has none.
    ///
    /// # Errors
    /// If no run can be reconciled with its claims.
    pub fn said(&self, place: usize, plan: &Plan, selection: &Selection) -> Result<Said, Contradiction> {
        let patterns = &self.statements[place].patterns;
        let evidence = weigh(&plan.observed, patterns, selection)?;
        let labels = plan.observed.outcomes.iter();
        let names = labels
            .map(|label| (label.id.as_str(), label.name.as_deref().unwrap_or(&label.id)))
            .chain([(UNRESOLVED, UNRESOLVED)]);
        let counts = patterns.outcomes();
        let all: u64 = counts.iter().sum();
        let beliefs = names.zip(counts).zip(&evidence.posteriors);
        Ok(Said {
            beliefs: beliefs
                .map(|(((id, name), count), posterior)| Belief {
                    name: id.to_owned(),
                    printed: name.to_owned(),
                    prior: count as f64 / all as f64,
                    posterior: posterior.share,
                    posterior_ci95: posterior.interval,
                    effective_runs: posterior.effective_runs,
                    carrying_runs: posterior.carrying_runs,
                })
                .collect(),
            claims: evidence.claims,
            origins: evidence.origins,
        })
    }
}

impl JointFold for Believed {
    fn add(&mut self, blocks: &[Block]) {
        self.joint.add(blocks);
        for (of, block) in self.statements.iter_mut().zip(blocks) {
            if !of.patterns.is_empty() {
                of.patterns.add(block, of.first, of.outcomes);
            }
        }
    }

    fn merge(&mut self, other: Self) {
        self.joint.merge(other.joint);
        for (of, added) in self.statements.iter_mut().zip(&other.statements) {
            of.patterns.merge(&added.patterns);
        }
    }
}
