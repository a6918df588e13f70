//! One of the distributions with its arguments, without truncation.

use super::beta::Beta;
use super::continuous::{Continuous, Place};
use super::exponential::Exponential;
use super::gamma::Gamma;
use super::lognormal::{Ci90, Lognormal};
use super::normal::Normal;
use super::poisson::Poisson;
use super::triangular::Triangular;
use super::truncated::Truncated;
use super::uniform::Uniform;
use super::weibull::Weibull;
use super::{Family, Invalid};
use crate::numeric::{max, min};

/// What a family and its arguments come to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Shape {
    Constant(f64),
    Uniform(Uniform),
    Normal(Normal),
    Lognormal(Lognormal),
    Triangular(Triangular),
    Beta(Beta),
    Gamma(Gamma),
    Weibull(Weibull),
    Exponential(Exponential),
    Poisson(Poisson),
}

impl Shape {
    pub fn new(family: Family, arguments: &[f64]) -> Result<Self, Invalid> {
        let shape = match (family, arguments) {
            (Family::Uniform, &[low, high]) => Self::Uniform(Uniform::new(low, high)?),
            (Family::Normal, &[mean, sd]) => Self::Normal(Normal::new(mean, sd)?),
            (Family::Lognormal, &[median, sd]) => Self::Lognormal(Lognormal::new(median, sd)?),
            (Family::Ci90, &[low, high]) => match Ci90::new(low, high)? {
                Ci90::Lognormal(lognormal) => Self::Lognormal(lognormal),
                Ci90::Normal(normal) => Self::Normal(normal),
            },
            (Family::Triangular, &[low, mode, high]) => Self::Triangular(Triangular::new(low, mode, high)?),
            (Family::Pert, &[low, mode, high]) => Self::Beta(Beta::pert(low, mode, high)?),
            (Family::Beta, &[a, b]) => Self::Beta(Beta::new(a, b)?),
            (Family::Gamma, &[shape, scale]) => Self::Gamma(Gamma::new(shape, scale)?),
            (Family::Weibull, &[shape, scale]) => Self::Weibull(Weibull::new(shape, scale)?),
            (Family::Exponential, &[mean]) => Self::Exponential(Exponential::new(mean)?),
            (Family::Poisson, &[mean]) => Self::Poisson(Poisson::new(mean)?),
            _ => return Err(wrong_number(family, arguments.len())),
        };
        let constant = match &shape {
            Self::Normal(normal) => normal.constant(),
            Self::Lognormal(lognormal) => lognormal.constant(),
            Self::Triangular(triangular) => triangular.constant(),
            Self::Beta(beta) => beta.constant(),
            Self::Poisson(poisson) => poisson.constant(),
            Self::Uniform(uniform) => uniform.constant(),
            _ => None,
        };
        Ok(constant.map_or(shape, Self::Constant))
    }

    /// The distribution restricted to an interval: of another shape where that says it exactly, else with a truncation.
    pub fn truncate(self, [low, high]: [f64; 2]) -> Result<(Self, Option<Truncated>), Invalid> {
        if !(low < high) {
            return Err(Invalid::whole(format!(
                "the lower end of the truncation, {low}, is not below its upper end, {high}"
            )));
        }
        let (least, greatest) = self.support();
        if low <= least && high >= greatest {
            return Ok((self, None));
        }
        let nothing = || Invalid::whole(format!("nothing of the distribution lies from {low} to {high}"));
        match self {
            Self::Constant(_) => Err(nothing()),
            Self::Uniform(_) if low < greatest && high > least => {
                Uniform::new(max(low, least), min(high, greatest)).map(|uniform| (Self::Uniform(uniform), None))
            }
            _ => Truncated::new(&self, low, high)
                .map(|truncated| (self, Some(truncated)))
                .ok_or_else(nothing),
        }
    }

    /// It as a distribution with a density, if it has one.
    pub fn continuous(&self) -> Option<&dyn Continuous> {
        match self {
            Self::Constant(_) | Self::Poisson(_) => None,
            Self::Uniform(uniform) => Some(uniform),
            Self::Normal(normal) => Some(normal),
            Self::Lognormal(lognormal) => Some(lognormal),
            Self::Triangular(triangular) => Some(triangular),
            Self::Beta(beta) => Some(beta),
            Self::Gamma(gamma) => Some(gamma),
            Self::Weibull(weibull) => Some(weibull),
            Self::Exponential(exponential) => Some(exponential),
        }
    }

    pub fn inverse(&self, p: f64, q: f64) -> Place {
        match self {
            Self::Constant(value) => Place::at(*value),
            Self::Poisson(poisson) => Place::at(poisson.quantile(p, q)),
            Self::Uniform(uniform) => uniform.inverse(p, q),
            Self::Normal(normal) => normal.inverse(p, q),
            Self::Lognormal(lognormal) => lognormal.inverse(p, q),
            Self::Triangular(triangular) => triangular.inverse(p, q),
            Self::Beta(beta) => beta.inverse(p, q),
            Self::Gamma(gamma) => gamma.inverse(p, q),
            Self::Weibull(weibull) => weibull.inverse(p, q),
            Self::Exponential(exponential) => exponential.inverse(p, q),
        }
    }

    pub fn cdf(&self, x: f64) -> f64 {
        match self {
            Self::Constant(value) => f64::from(x >= *value),
            Self::Poisson(poisson) => poisson.parts(x).0,
            _ => self.continuous().map_or(f64::NAN, |continuous| continuous.cdf(x)),
        }
    }

    pub fn sf(&self, x: f64) -> f64 {
        match self {
            Self::Constant(value) => f64::from(x < *value),
            Self::Poisson(poisson) => poisson.parts(x).1,
            _ => self.continuous().map_or(f64::NAN, |continuous| continuous.sf(x)),
        }
    }

    pub fn support(&self) -> (f64, f64) {
        match self {
            Self::Constant(value) => (*value, *value),
            _ => self
                .continuous()
                .map_or((0.0, f64::INFINITY), |continuous| continuous.support()),
        }
    }

    pub fn mean(&self) -> f64 {
        match self {
            Self::Constant(value) => *value,
            Self::Poisson(poisson) => poisson.mean(),
            _ => self.continuous().map_or(f64::NAN, |continuous| continuous.mean()),
        }
    }
}

fn wrong_number(family: Family, given: usize) -> Invalid {
    let parameters = family.parameters();
    let verb = if given == 1 { "is" } else { "are" };
    Invalid::whole(format!(
        "{} takes {} ({}), but {given} {verb} given",
        family.name(),
        if parameters.len() == 1 {
            "one argument".to_owned()
        } else {
            format!("{} arguments", parameters.len())
        },
        parameters.join(", "),
    ))
}
