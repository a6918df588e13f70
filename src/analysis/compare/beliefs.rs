//! What is believed under each plan once its claims have been heard, from the same runs.

use crate::analysis::evidence::{Contradiction, Selection, weigh};
use crate::engine::{Block, Fold, JointFold};
use crate::plan::{Plan, UNRESOLVED};
use crate::results::Results;

use super::comparison::Belief;
use super::pairs::Joint;

/// Pairs of runs and, of each plan that has claims, the results that they weigh.
pub struct Believed {
    /// The pairs.
    pub joint: Joint,
    results: Vec<Option<Results>>,
}

impl Believed {
    /// No runs of the plans.
    pub fn new(joint: Joint, plans: &[&Plan]) -> Self {
        let results = |plan: &&Plan| {
            let has_claims = !plan.observed.evidence.claims.is_empty();
            has_claims.then(|| Results::new(&plan.observed))
        };
        Believed {
            joint,
            results: plans.iter().map(results).collect(),
        }
    }

    /// What is believed under a plan, by its place, before and after its claims; nothing where it has none.
    ///
    /// # Errors
    /// If no run can be reconciled with its claims.
    pub fn beliefs(&self, place: usize, plan: &Plan) -> Result<Vec<Belief>, Contradiction> {
        let Some(results) = self.results.get(place).and_then(Option::as_ref) else {
            return Ok(Vec::new());
        };
        let evidence = weigh(&plan.observed, results, &Selection::default())?;
        let labels = plan.observed.outcomes.iter();
        let names = labels
            .map(|label| (label.id.as_str(), label.name.as_deref().unwrap_or(&label.id)))
            .chain([(UNRESOLVED, UNRESOLVED)]);
        let beliefs = names.zip(results.outcomes()).zip(&evidence.posteriors);
        Ok(beliefs
            .map(|(((id, name), count), posterior)| Belief {
                name: id.to_owned(),
                printed: name.to_owned(),
                prior: *count as f64 / results.valid() as f64,
                posterior: posterior.share,
                posterior_ci95: posterior.interval,
                effective_runs: posterior.effective_runs,
            })
            .collect())
    }
}

impl JointFold for Believed {
    fn add(&mut self, blocks: &[Block]) {
        self.joint.add(blocks);
        for (results, block) in self.results.iter_mut().zip(blocks) {
            if let Some(results) = results {
                Fold::add(results, block);
            }
        }
    }

    fn merge(&mut self, other: Self) {
        self.joint.merge(other.joint);
        for (results, added) in self.results.iter_mut().zip(&other.results) {
            if let (Some(results), Some(added)) = (results.as_mut(), added) {
                Fold::merge(results, added);
            }
        }
    }
}
