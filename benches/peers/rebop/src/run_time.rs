//! The models by the functions of rebop, which take them while the program runs.

use rebop::gillespie::{Gillespie, Rate};

use crate::{MARKS, above, outcome};

/// A model in words.
struct Model {
    species: &'static [(&'static str, isize)],
    /// A rate, what goes in and what comes out.
    reactions: &'static [(f64, &'static str, &'static str)],
    horizon: f64,
}

const VILAR: Model = Model {
    species: &[
        ("da", 1),
        ("dap", 0),
        ("ma", 0),
        ("a", 0),
        ("dr", 1),
        ("drp", 0),
        ("mr", 0),
        ("r", 0),
        ("c", 0),
    ],
    reactions: &[
        (1.0, "a da", "dap"),
        (50.0, "dap", "da a"),
        (1.0, "a dr", "drp"),
        (100.0, "drp", "dr a"),
        (50.0, "da", "da ma"),
        (500.0, "dap", "dap ma"),
        (0.01, "dr", "dr mr"),
        (50.0, "drp", "drp mr"),
        (50.0, "ma", "ma a"),
        (5.0, "mr", "mr r"),
        (2.0, "a r", "c"),
        (1.0, "c", "r"),
        (1.0, "a", ""),
        (0.2, "r", ""),
        (10.0, "ma", ""),
        (0.5, "mr", ""),
    ],
    horizon: 2.0,
};

// The species are explained where the macro has them.
const SUBMODEL: Model = Model {
    species: &[
        ("pending", 1),
        ("talks", 1),
        ("agreed", 0),
        ("signed", 0),
        ("delivered", 0),
        ("failed", 0),
        ("refused", 0),
        ("redirected", 0),
        ("quiet", 1),
        ("asked", 0),
        ("late", 0),
        ("unsold", 0),
        ("oil", 0),
        ("tension", 0),
        ("places", 4),
    ],
    reactions: &[
        (2.25, "pending talks", "pending agreed late"),
        (0.48, "pending quiet", "pending asked"),
        (0.48, "pending quiet late", "pending late asked"),
        (2.4, "pending asked", "failed refused unsold"),
        (1.6, "pending asked", "pending"),
        (0.25, "pending", "failed unsold"),
        (0.125, "pending oil", "failed unsold oil"),
        (1.0, "pending agreed", "pending signed"),
        (0.8, "pending signed", "delivered"),
        (0.8, "failed", "redirected"),
        (0.15, "", "oil"),
        (0.6, "", "tension"),
        (0.12, "tension", "tension tension"),
        (0.5, "tension", ""),
        (0.15, "places", ""),
        (0.6, "unsold", ""),
    ],
    horizon: 4.0,
};

const FEW: Model = Model {
    species: &[("x", 5)],
    reactions: &[(5.0, "", "x"), (1.0, "x", "")],
    horizon: 1.0,
};

const BIRTH_DEATH: Model = Model {
    species: &[("x", 50)],
    reactions: &[(100.0, "", "x"), (1.0, "x", "")],
    horizon: 10.0,
};

impl Model {
    fn index(&self, name: &str) -> usize {
        self.species
            .iter()
            .position(|(known, _)| *known == name)
            .expect("a species of the model")
    }

    fn start(&self) -> Vec<isize> {
        self.species.iter().map(|(_, count)| *count).collect()
    }

    fn simulation(&self, seed: u64) -> Gillespie {
        let mut simulation = Gillespie::new_with_seed(self.start(), true, seed);
        for (rate, before, after) in self.reactions {
            let mut change = vec![0; self.species.len()];
            let mut order = vec![0; self.species.len()];
            for name in before.split_whitespace() {
                change[self.index(name)] -= 1;
                order[self.index(name)] += 1;
            }
            for name in after.split_whitespace() {
                change[self.index(name)] += 1;
            }
            simulation.add_reaction(Rate::lma(*rate, order), change);
        }
        simulation
    }
}

/// Plays a run and tells its outcome.
pub fn player(model: &str, seed: u64) -> Box<dyn FnMut() -> &'static str> {
    let (model, bound) = match model {
        "submodel" => (SUBMODEL, None),
        "few" => (FEW, Some(("x", 5))),
        "birth_death" => (BIRTH_DEATH, Some(("x", 100))),
        "vilar" => (VILAR, Some(("c", 255))),
        other => panic!("no model is called {other}"),
    };
    let start = model.start();
    let mut simulation = model.simulation(seed);
    let reads: Box<dyn Fn(&Gillespie) -> &'static str> = match bound {
        Some((name, bound)) => {
            let place = model.index(name);
            Box::new(move |simulation| above(bound, simulation.get_species(place)))
        }
        None => {
            let places = MARKS.map(|mark| model.index(mark));
            Box::new(move |simulation| outcome(places.map(|place| simulation.get_species(place))))
        }
    };
    Box::new(move || {
        simulation.set_time(0.0);
        simulation.set_species(&start);
        simulation.advance_until(model.horizon);
        reads(&simulation)
    })
}
