//! Probabilities of causation: what observations and interventions together leave open of them.

/// What is known of a cause X and an effect Y: shares of all runs, 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CauseAndEffect {
    /// Observed: X and Y.
    pub both: f64,
    /// Observed: X without Y.
    pub cause_alone: f64,
    /// Observed: Y without X.
    pub effect_alone: f64,
    /// Observed: neither.
    pub neither: f64,
    /// Intervened: Y, if X is made to happen.
    pub effect_with: f64,
    /// Intervened: Y, if X is kept from happening.
    pub effect_without: f64,
}

impl CauseAndEffect {
    /// The bounds (low, high) of the probability of necessity: that Y would not have come without X, where both did. None
    /// where both never did.
    pub fn necessity(&self) -> Option<(f64, f64)> {
        let effect = self.both + self.effect_alone;
        (self.both > 0.0).then(|| {
            within_unit(
                (effect - self.effect_without) / self.both,
                (1.0 - self.effect_without - self.neither) / self.both,
            )
        })
    }

    /// The bounds (low, high) of the probability of sufficiency: that X would have brought Y, where there was neither. None
    /// where there always was one.
    pub fn sufficiency(&self) -> Option<(f64, f64)> {
        let effect = self.both + self.effect_alone;
        (self.neither > 0.0).then(|| {
            within_unit(
                (self.effect_with - effect) / self.neither,
                (self.effect_with - self.both) / self.neither,
            )
        })
    }

    /// The bounds (low, high) of the probability of necessity and sufficiency: that Y comes with X and not without it.
    ///
    /// Source of all three: J. Tian and J. Pearl, "Probabilities of causation: bounds and identification", Annals of
    /// Mathematics and Artificial Intelligence 28 (2000), 287-313, equations 12, 26 and 27.
    pub fn necessity_and_sufficiency(&self) -> (f64, f64) {
        let effect = self.both + self.effect_alone;
        let (with, without) = (self.effect_with, self.effect_without);
        let low = [with - without, effect - without, with - effect];
        let high = [
            with,
            1.0 - without,
            self.both + self.neither,
            with - without + self.cause_alone + self.effect_alone,
        ];
        within_unit(
            low.into_iter().fold(0.0, crate::numeric::max),
            high.into_iter().fold(1.0, crate::numeric::min),
        )
    }
}

fn within_unit(low: f64, high: f64) -> (f64, f64) {
    let inside = |bound: f64| crate::numeric::clamp(bound, 0.0, 1.0);
    (inside(low), inside(high))
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
            both: 0.001,
            cause_alone: 0.499,
            effect_alone: 0.014,
            neither: 0.486,
            effect_with: 0.016,
            effect_without: 0.014,
        };
        let (low, high) = drug.necessity().unwrap();
        assert!((low - 1.0).abs() < 1e-9 && high == 1.0, "{low} to {high}");
        let (low, high) = drug.necessity_and_sufficiency();
        assert!(
            (low - 0.002).abs() < 1e-12 && (high - 0.016).abs() < 1e-12,
            "{low} to {high}"
        );
        let (low, high) = drug.sufficiency().unwrap();
        assert!((low - 0.001 / 0.486).abs() < 1e-9 && (high - 0.015 / 0.486).abs() < 1e-9);
    }

    #[test]
    fn nothing_is_bounded_where_nothing_was_seen() {
        let never = CauseAndEffect {
            both: 0.0,
            cause_alone: 0.5,
            effect_alone: 0.5,
            neither: 0.0,
            effect_with: 0.0,
            effect_without: 1.0,
        };
        assert_eq!((never.necessity(), never.sufficiency()), (None, None));
    }
}
