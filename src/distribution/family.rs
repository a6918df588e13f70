//! The families of distributions that a scenario can name.

/// A family of distributions: what a scenario calls it, and what its arguments mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Family {
    /// `[min, max]`, min <= max: every value between the ends is as likely as any other.
    Uniform,
    /// `[mean, sd]`, sd >= 0.
    Normal,
    /// `[median, geometric sd]`, above 0 and at least 1: the logarithm is normal, with mean ln median and standard deviation
    /// ln (geometric sd).
    Lognormal,
    /// `[low, high]`: the 5% and 95% quantiles of a lognormal distribution if low is above 0, else of a normal one.
    Ci90,
    /// `[min, mode, max]`, in this order: a density that rises in a straight line to the mode, and falls in one.
    Triangular,
    /// `[min, mode, max]`: a beta distribution stretched from min to max, with shapes 1 + 4 (mode - min) / (max - min) and
    /// 1 + 4 (max - mode) / (max - min).
    Pert,
    /// `[a, b]`: the two shapes, each from 0.001 to 1e6; the mean is a / (a + b).
    Beta,
    /// `[shape, scale]`, the shape from 1e-5 to 1e6, the scale above 0: the mean is shape x scale.
    Gamma,
    /// `[shape, scale]`, the shape from 0.01 to 1e6, the scale above 0: x is exceeded with probability
    /// e^(-(x / scale)^shape).
    Weibull,
    /// `[mean]`, above 0.
    Exponential,
    /// `[mean]`, from 0 to 1e9: a count.
    Poisson,
}

impl Family {
    /// Every family, in the order of the documentation.
    pub const ALL: [Self; 11] = [
        Self::Uniform,
        Self::Normal,
        Self::Lognormal,
        Self::Ci90,
        Self::Triangular,
        Self::Pert,
        Self::Beta,
        Self::Gamma,
        Self::Weibull,
        Self::Exponential,
        Self::Poisson,
    ];

    /// What a scenario calls it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Uniform => "uniform",
            Self::Normal => "normal",
            Self::Lognormal => "lognormal",
            Self::Ci90 => "ci90",
            Self::Triangular => "triangular",
            Self::Pert => "pert",
            Self::Beta => "beta",
            Self::Gamma => "gamma",
            Self::Weibull => "weibull",
            Self::Exponential => "exponential",
            Self::Poisson => "poisson",
        }
    }

    /// What its arguments are called, in order.
    pub fn parameters(self) -> &'static [&'static str] {
        match self {
            Self::Uniform => &["min", "max"],
            Self::Normal => &["mean", "sd"],
            Self::Lognormal => &["median", "geometric sd"],
            Self::Ci90 => &["low", "high"],
            Self::Triangular | Self::Pert => &["min", "mode", "max"],
            Self::Beta => &["a", "b"],
            Self::Gamma | Self::Weibull => &["shape", "scale"],
            Self::Exponential | Self::Poisson => &["mean"],
        }
    }

    /// The family of this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|family| family.name() == name)
    }
}
