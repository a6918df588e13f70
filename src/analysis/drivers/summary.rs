//! What drives what, ready to be shown or exported. Its JSON is a public format.

use serde::Serialize;

use crate::results::plain;

/// What is looked at: the index of an outcome, of which one past the last is `unresolved`, or of a measure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TargetKind {
    /// Whether runs end so.
    Outcome(usize),
    /// What is measured.
    Measure(usize),
}

impl TargetKind {
    /// Whether it is an outcome.
    pub fn is_outcome(self) -> bool {
        matches!(self, TargetKind::Outcome(_))
    }
}

/// What drives some outcomes or measures of a scenario.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Drivers {
    /// The version of this format, 1.
    pub format_version: u32,
    /// The version of Equipoise that made it.
    pub equipoise: String,
    /// What was played.
    pub scenario: ScenarioIdentity,
    /// The seed.
    pub seed: u64,
    /// The number of the first run.
    pub first_run: u64,
    /// How many runs were played.
    pub runs: u64,
    /// Whether playing was stopped early.
    pub partial: bool,
    /// How many of the runs are valid: all that follows is of these.
    pub valid: u64,
    /// What was looked at.
    pub targets: Vec<Target>,
}

/// Which scenario was played.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ScenarioIdentity {
    /// Its title.
    pub title: String,
    /// The SHA-256 of the scenario as it was played, in hexadecimal.
    pub sha256: String,
}

/// What drives one outcome or measure.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Target {
    /// `outcome` or `measure`.
    pub kind: String,
    /// Its id.
    pub name: String,
    /// Of how many runs: of a measure, those with a finite value.
    pub n: u64,
    /// The outcome's share, 0 to 1, or the mean of the measure; null without runs.
    #[serde(serialize_with = "plain")]
    pub mean: Option<f64>,
    /// Whether it is the same in all of these runs: then nothing drives it.
    pub constant: bool,
    /// The parameters that are drawn, the greatest effect first.
    pub parameters: Vec<Parameter>,
    /// The chance clocks, the greatest effect first.
    pub clocks: Vec<Clock>,
}

/// How much of the variance of a target goes with something.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize)]
pub struct Effect {
    /// The first-order effect: the share of the variance, 0 to 1, that lies between groups of runs with like values. It is
    /// corrected for noise, so it can fall a little below 0. Null where there is no variance or only one group.
    #[serde(serialize_with = "plain")]
    pub first_order_effect: Option<f64>,
    /// The interval of simulation noise around it, by leaving out a twentieth of the runs at a time.
    #[serde(serialize_with = "plain")]
    pub effect_ci95: Option<[f64; 2]>,
    /// What noise alone exceeds in 5 of 100 cases: the same runs with their targets taken from other runs.
    #[serde(serialize_with = "plain")]
    pub null95: Option<f64>,
    /// How often noise alone is as great, of 99 cases and this one: 0.01 at least.
    #[serde(serialize_with = "plain")]
    pub p_value: Option<f64>,
}

impl Effect {
    /// Whether it is more than noise: none of the 99 cases was as great.
    pub fn is_beyond_noise(&self) -> bool {
        self.p_value.is_some_and(|p| p <= 0.01)
    }
}

/// How a target varies with a parameter.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Parameter {
    /// Its address.
    pub name: String,
    /// How much of the target's variance goes with it.
    #[serde(flatten)]
    pub effect: Effect,
    /// Whether it is true or false, as 1 or 0.
    #[serde(skip)]
    pub is_boolean: bool,
    /// The runs by fifths of the parameter, ascending; fewer where many runs have the same value.
    pub fifths: Vec<Group>,
}

/// How a target varies with when something happens.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Clock {
    /// The address of the event.
    pub name: String,
    /// How much of the target's variance goes with it.
    #[serde(flatten)]
    pub effect: Effect,
    /// The runs in which it first fired in the earlier half of its times.
    pub early: Group,
    /// Those in which it first fired later.
    pub late: Group,
    /// Those in which it never fired.
    pub never: Group,
}

/// Some of the runs.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Group {
    /// The least value, or the first time in years, of the runs in it; null where there is none.
    #[serde(serialize_with = "plain")]
    pub from: Option<f64>,
    /// The greatest, or the last.
    #[serde(serialize_with = "plain")]
    pub to: Option<f64>,
    /// How many runs.
    pub n: u64,
    /// The outcome's share, or the mean of the measure, in these runs; null without runs.
    #[serde(serialize_with = "plain")]
    pub mean: Option<f64>,
    /// The interval of simulation noise around it.
    #[serde(serialize_with = "plain")]
    pub simulation_ci95: Option<[f64; 2]>,
}
