//! Why a run could not be played on.

/// What left its range in a run.
#[derive(Debug, Clone, PartialEq)]
pub enum Failure {
    /// The rate of an event was negative, infinite or not a number.
    Rate(usize, f64),
    /// The delay of an event was negative or not a number.
    Delay(usize, f64),
    /// A weight of a branch of an event was negative, infinite or not a number.
    Weight(usize, f64),
    /// No branch of an event had a weight above 0.
    NoWeight(usize),
    /// A variable went below its least value.
    Below(usize, f64),
    /// What a site draws from was no distribution.
    Distribution(usize, String),
    /// More events fired than the limit allows.
    Runaway,
}

/// Says what events, variables and sites are called.
pub trait FailureNames {
    /// The address of an event.
    fn event(&self, index: usize) -> &str;
    /// The address of a variable.
    fn variable(&self, index: usize) -> &str;
    /// The address of a site.
    fn site(&self, index: usize) -> &str;
}

impl Failure {
    /// What happened, in words.
    pub fn describe(&self, names: &dyn FailureNames) -> String {
        let number = crate::expr::number;
        match self {
            Failure::Rate(event, value) => format!("the rate of `{}` was {}", names.event(*event), number(*value)),
            Failure::Delay(event, value) => format!("the delay of `{}` was {}", names.event(*event), number(*value)),
            Failure::Weight(event, value) => {
                format!(
                    "a branch of `{}` had the weight {}",
                    names.event(*event),
                    number(*value)
                )
            }
            Failure::NoWeight(event) => format!("no branch of `{}` had a weight above 0", names.event(*event)),
            Failure::Below(variable, value) => {
                format!("`{}` fell to {}", names.variable(*variable), number(*value))
            }
            Failure::Distribution(site, why) => format!("nothing could be drawn for `{}`: {why}", names.site(*site)),
            Failure::Runaway => "it fired more events than its limit allows".to_owned(),
        }
    }
}
