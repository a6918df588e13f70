//! Names for readers, where a scenario gives none: the words of the id.

use super::core::{About, Core};

/// The words of an id, or of each part of an address: `strike_gap` is "strike gap".
pub fn words(address: &str) -> String {
    address.replace('_', " ").replace('.', ": ")
}

fn name(about: &mut About) {
    about.name.get_or_insert_with(|| words(&about.address));
}

impl Core {
    /// The same scenario, in which everything has a printed name.
    pub fn in_words(mut self) -> Self {
        self.parameters
            .iter_mut()
            .for_each(|parameter| name(&mut parameter.about));
        self.variables.iter_mut().for_each(|variable| name(&mut variable.about));
        self.definitions
            .iter_mut()
            .for_each(|definition| name(&mut definition.about));
        self.outcomes.iter_mut().for_each(|outcome| name(&mut outcome.about));
        self.measures.iter_mut().for_each(|measure| name(&mut measure.about));
        self.series.iter_mut().for_each(|series| name(&mut series.about));
        self.origins.iter_mut().for_each(|origin| name(&mut origin.about));
        self.claims.iter_mut().for_each(|claim| name(&mut claim.about));
        for event in &mut self.events {
            name(&mut event.about);
            for branch in event.branches.all_mut() {
                branch.about.name.get_or_insert_with(|| words(&branch.id));
            }
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_said_in_words() {
        assert_eq!(words("strike_gap"), "strike gap");
        assert_eq!(words("polonez_sale.delivers.first"), "polonez sale: delivers: first");
    }
}
