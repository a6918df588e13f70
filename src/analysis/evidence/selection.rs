//! Which claims are heard.

use std::fmt;

use crate::diagnostic::nearest;
use crate::plan::ObservedClaims;
use crate::results::Unheard;

/// Which claims are heard: all, but for these.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Selection {
    /// The ids of claims that are left out.
    pub without: Vec<String>,
    /// The last day, as `2018-02-07`, of what is heard; none if there is no last.
    pub as_of: Option<String>,
}

/// A claim that is to be left out, and is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownClaim {
    /// What was asked for.
    pub asked: String,
    /// The claim that may have been meant.
    pub nearest: Option<String>,
}

impl fmt::Display for UnknownClaim {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "there is no claim `{}`", self.asked)?;
        match &self.nearest {
            Some(nearest) => write!(f, "; did you mean `{nearest}`?"),
            None => Ok(()),
        }
    }
}

fn ids(claims: &ObservedClaims) -> impl Iterator<Item = &str> {
    claims.claims.iter().map(|claim| claim.label.id.as_str())
}

impl Selection {
    /// Sees that what is left out is there: in one of the scenarios that are played, at least.
    ///
    /// # Errors
    /// If one of the claims that are left out is none.
    pub fn check(&self, scenarios: &[&ObservedClaims]) -> Result<(), UnknownClaim> {
        let known = || scenarios.iter().flat_map(|claims| ids(claims));
        match self.without.iter().find(|asked| known().all(|id| id != asked.as_str())) {
            None => Ok(()),
            Some(asked) => Err(UnknownClaim {
                asked: asked.clone(),
                nearest: nearest(asked, known()).map(str::to_owned),
            }),
        }
    }

    /// The claims that are to be left out, and that are not among these.
    pub fn missing<'s>(&'s self, claims: &'s ObservedClaims) -> impl Iterator<Item = &'s str> {
        let asked = self.without.iter().map(String::as_str);
        asked.filter(move |asked| ids(claims).all(|id| id != *asked))
    }

    /// Of each claim, why it is not heard; none if it is. Of several claims by one origin that say the same, the first
    /// that was said is heard.
    pub(super) fn unheard(&self, evidence: &ObservedClaims) -> Vec<Option<Unheard>> {
        let claims = &evidence.claims;
        let mut unheard: Vec<Option<Unheard>> = claims
            .iter()
            .map(|claim| {
                if self.without.contains(&claim.label.id) {
                    Some(Unheard::LeftOut)
                } else if self.as_of.as_ref().is_some_and(|last| claim.said > *last) {
                    Some(Unheard::SaidLater)
                } else {
                    None
                }
            })
            .collect();
        let mut order: Vec<usize> = (0..claims.len()).filter(|claim| unheard[*claim].is_none()).collect();
        // Of those said on one day, the first in the file.
        order.sort_by(|one, other| claims[*one].said.cmp(&claims[*other].said));
        for (place, claim) in order.iter().enumerate() {
            let before = order[..place]
                .iter()
                .find(|other| unheard[**other].is_none() && claims[**other].meaning == claims[*claim].meaning);
            if let Some(before) = before {
                unheard[*claim] = Some(Unheard::Repeats(claims[*before].label.id.clone()));
            }
        }
        unheard
    }

    /// Of each claim, whether it is heard if one more is left out.
    pub(super) fn heard_without(&self, id: &str, evidence: &ObservedClaims) -> Vec<bool> {
        let mut selection = self.clone();
        selection.without.push(id.to_owned());
        selection.unheard(evidence).iter().map(Option::is_none).collect()
    }
}
