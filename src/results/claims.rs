//! What claims and what is given do to results, as it is shown and exported. How claims are weighed stands in `analysis`.

use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};

use super::number::plain;
use super::patterns::Patterns;
use crate::plan::Observed;

/// What is given, and how many runs that leaves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct GivenSummary {
    /// The conditions, each as it was typed with the day on which it is judged.
    pub conditions: Vec<String>,
    /// How many runs fulfil all of them: everything else is of these.
    pub kept: u64,
    /// How many valid runs do not, and are left out of everything.
    pub set_aside: u64,
}

/// A claim and what it does.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ClaimSummary {
    /// Its id.
    pub name: String,
    /// Its printed name.
    #[serde(skip)]
    pub printed: String,
    /// When it was said, as `2018-02-01`.
    pub said: String,
    /// The day at which it is judged, or `horizon`.
    pub about: String,
    /// The id of its origin; null without one.
    pub origin: Option<String>,
    /// Whether it was weighed; if not, why.
    pub heard: bool,
    /// Why it was not weighed; there only where it was not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unheard: Option<Unheard>,
    /// The share of the runs in which it is true, before any claim was heard, 0 to 1.
    #[serde(serialize_with = "plain")]
    pub prior: Option<f64>,
    /// The same after all were heard.
    #[serde(serialize_with = "plain")]
    pub posterior: Option<f64>,
    /// How many times likelier it is made if it is true than if it is false, with what is known of its origin; null where
    /// it is never made if it is false.
    #[serde(serialize_with = "plain")]
    pub likelihood_ratio: Option<f64>,
    /// What it does to each outcome, beside all the others. Nothing of a claim that was not weighed.
    pub outcomes: Vec<Effect>,
}

/// Why a claim was not weighed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unheard {
    /// It was left out.
    LeftOut,
    /// It was said later.
    SaidLater,
    /// Its origin had said the same in this claim.
    Repeats(String),
}

impl Serialize for Unheard {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Unheard::LeftOut => serializer.serialize_str("left out"),
            Unheard::SaidLater => serializer.serialize_str("said later"),
            Unheard::Repeats(claim) => {
                let mut map = serializer.serialize_map(Some(1))?;
                map.serialize_entry("repeats", claim)?;
                map.end()
            }
        }
    }
}

/// An origin and what its claims do together.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct OriginSummary {
    /// Its id.
    pub name: String,
    /// The ids of its claims that were weighed.
    pub claims: Vec<String>,
    /// The chance that it is informed, before any claim was heard.
    #[serde(serialize_with = "plain")]
    pub reliability: f64,
    /// The same after all were heard.
    #[serde(serialize_with = "plain")]
    pub posterior_reliability: Option<f64>,
    /// What its claims do to each outcome together, beside all the others. Nothing where none was weighed.
    pub outcomes: Vec<Effect>,
}

impl OriginSummary {
    /// Whether the claim is of those that this origin makes known: one that was weighed, or one that is repeated, in whose
    /// place the other would have been.
    pub fn says(&self, claim: &ClaimSummary) -> bool {
        let counts = claim.heard || matches!(claim.unheard, Some(Unheard::Repeats(_)));
        counts && claim.origin.as_ref() == Some(&self.name)
    }
}

/// The origins of whose claims one alone does not say all that they do.
pub fn origins_with_several<'s>(
    claims: &'s [ClaimSummary],
    origins: &'s [OriginSummary],
) -> impl Iterator<Item = &'s OriginSummary> {
    let several = move |origin: &&OriginSummary| claims.iter().filter(|claim| origin.says(claim)).count() > 1;
    origins.iter().filter(several)
}

/// What a claim, or those of an origin, do to an outcome, beside all the others.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Effect {
    /// The id of the outcome.
    pub name: String,
    /// The odds with it, over the odds without it; null where either is not a number above 0.
    #[serde(serialize_with = "plain")]
    pub bayes_factor: Option<f64>,
    /// The share of the weight of the runs that came to the outcome, without it; null where the others leave no run.
    #[serde(serialize_with = "plain")]
    pub posterior_without: Option<f64>,
}

impl GivenSummary {
    /// What is given, and how many of the runs that were counted that leaves; none where nothing is.
    pub fn new(observed: &Observed, patterns: &Patterns) -> Option<Self> {
        let evidence = &observed.evidence;
        if evidence.given.is_empty() {
            return None;
        }
        let condition = |given: &crate::plan::Given| {
            let day = evidence.statements[given.statement].date.as_deref();
            format!("{} @ {}", given.written, day.unwrap_or("horizon"))
        };
        Some(GivenSummary {
            conditions: evidence.given.iter().map(condition).collect(),
            kept: patterns.outcomes().iter().sum(),
            set_aside: patterns.set_aside(),
        })
    }
}
