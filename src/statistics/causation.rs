//! Probabilities of causation: what observations and interventions together leave open of them.

/// What is known of a cause X and an effect Y: counts of the same runs. Differences of counts are exact, so that bounds
/// which meet are equal, and a bound of 0 is 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CauseAndEffect {
    /// Observed: X and Y.
    pub both: u64,
    /// Observed: X without Y.
    pub cause_alone: u64,
    /// Observed: Y without X.
    pub effect_alone: u64,
    /// Observed: neither.
    pub neither: u64,
    /// Intervened: Y, if X is made to happen.
    pub effect_with: u64,
    /// Intervened: Y, if X is kept from happening.
    pub effect_without: u64,
}

impl CauseAndEffect {
    fn runs(&self) -> u64 {
        self.both + self.cause_alone + self.effect_alone + self.neither
    }

    fn effect(&self) -> u64 {
        self.both + self.effect_alone
    }

    /// The bounds (low, high) of the probability of necessity: that Y would not have come without X, where both did. None
    /// where both never did.
    pub fn necessity(&self) -> Option<(f64, f64)> {
        let fails_without = self.runs() - self.effect_without;
        (self.both > 0).then(|| {
            (
                part(self.effect().saturating_sub(self.effect_without), self.both),
                part(fails_without.saturating_sub(self.neither), self.both),
            )
        })
    }

    /// The bounds (low, high) of the probability of sufficiency: that X would have brought Y, where there was neither. None
    /// where there always was one.
    pub fn sufficiency(&self) -> Option<(f64, f64)> {
        (self.neither > 0).then(|| {
            (
                part(self.effect_with.saturating_sub(self.effect()), self.neither),
                part(self.effect_with.saturating_sub(self.both), self.neither),
            )
        })
    }

    /// The bounds (low, high) of the probability of necessity and sufficiency: that Y comes with X and not without it;
    /// (0, 1) without runs.
    ///
    /// Source of all three: J. Tian and J. Pearl, "Probabilities of causation: bounds and identification", Annals of
    /// Mathematics and Artificial Intelligence 28 (2000), 287-313, equations 12, 26 and 27.
    pub fn necessity_and_sufficiency(&self) -> (f64, f64) {
        let (runs, effect) = (self.runs(), self.effect());
        let (with, without) = (self.effect_with, self.effect_without);
        let low = with
            .saturating_sub(without)
            .max(effect.saturating_sub(without))
            .max(with.saturating_sub(effect));
        let high = with
            .min(runs - without)
            .min(self.both + self.neither)
            .min((with + self.cause_alone + self.effect_alone).saturating_sub(without));
        if runs > 0 {
            (part(low, runs), part(high, runs))
        } else {
            (0.0, 1.0)
        }
    }
}

/// A share of some runs, at most all of them.
fn part(count: u64, of: u64) -> f64 {
    count.min(of) as f64 / of as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of Tian and Pearl (2000), section 5: a drug, with deaths in an experiment (16 and 14 of 1000) and in
    /// what was observed (2 of 1000 among those who chose it, 28 among those who did not). Those who died having chosen it
    /// died of it: the probability of necessity is 1.
    #[test]
    fn agrees_with_the_published_example() {
        let drug = CauseAndEffect {
            both: 1,
            cause_alone: 499,
            effect_alone: 14,
            neither: 486,
            effect_with: 16,
            effect_without: 14,
        };
        assert_eq!(drug.necessity(), Some((1.0, 1.0)));
        assert_eq!(drug.necessity_and_sufficiency(), (0.002, 0.016));
        assert_eq!(drug.sufficiency(), Some((1.0 / 486.0, 15.0 / 486.0)));
    }

    /// Without confounding and against no run is Y prevented, so the low bounds are the values; fails if a bound of 0 or 1, or
    /// two that meet, are blurred by rounding, as sums of shares of 20,000 runs are.
    #[test]
    fn bounds_that_meet_are_equal() {
        let shot = CauseAndEffect {
            both: 13_964,
            cause_alone: 0,
            effect_alone: 0,
            neither: 6036,
            effect_with: 20_000,
            effect_without: 11_945,
        };
        assert_eq!(shot.necessity(), Some((2019.0 / 13_964.0, 2019.0 / 13_964.0)));
        assert_eq!(shot.sufficiency(), Some((1.0, 1.0)));
        assert_eq!(shot.necessity_and_sufficiency(), (0.40275, 0.40275));
        let signal = CauseAndEffect {
            both: 11_945,
            effect_alone: 2019,
            effect_with: 13_964,
            effect_without: 5032,
            ..shot
        };
        assert_eq!(signal.sufficiency().map(|(low, _)| low), Some(0.0));
    }

    #[test]
    fn nothing_is_bounded_where_nothing_was_seen() {
        let never = CauseAndEffect {
            both: 0,
            cause_alone: 5,
            effect_alone: 5,
            neither: 0,
            effect_with: 0,
            effect_without: 10,
        };
        assert_eq!((never.necessity(), never.sufficiency()), (None, None));
    }
}
