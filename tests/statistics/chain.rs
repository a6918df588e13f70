//! Markov chains in continuous time on finitely many states, solved by uniformisation (A. Jensen, Skandinavisk
//! Aktuarietidskrift 36 (1953), 87-91): independent of everything in the engine.

use crate::law::Law;

/// A chain and the probabilities of its states at a time.
pub struct Chain {
    /// Of each state, where it goes and at which rate.
    jumps: Vec<Vec<(usize, f64)>>,
    pub probabilities: Vec<f64>,
    time: f64,
}

impl Chain {
    /// A chain that is in `start` at time 0; states past the last are cut off.
    pub fn new(states: usize, start: usize, jumps: impl Fn(usize) -> Vec<(usize, f64)>) -> Self {
        let inside = |state| jumps(state).into_iter().filter(|(to, _)| *to < states).collect();
        let mut probabilities = vec![0.0; states];
        probabilities[start] = 1.0;
        Chain {
            jumps: (0..states).map(inside).collect(),
            probabilities,
            time: 0.0,
        }
    }

    /// Moves on to a time: p(t) = sum over k of Poisson(k; rate x t) p P^k, where P is the chain jumping at one common rate.
    pub fn go_to(&mut self, time: f64) {
        let elapsed = time - self.time;
        self.time = time;
        let out = |jumps: &Vec<(usize, f64)>| jumps.iter().map(|(_, rate)| rate).sum::<f64>();
        let common = self.jumps.iter().map(out).fold(1e-9, f64::max);
        // Pieces so short that exp(-rate x time) is far from 0.
        let pieces = (common * elapsed / 50.0).ceil().max(1.0);
        for _ in 0..pieces as usize {
            self.step(common, common * elapsed / pieces);
        }
    }

    fn step(&mut self, common: f64, expected: f64) {
        let mut term = self.probabilities.clone();
        let mut weight = (-expected).exp();
        let mut left = 1.0 - weight;
        let mut sum: Vec<f64> = term.iter().map(|p| p * weight).collect();
        let mut k = 0.0;
        while left > 1e-14 && k < 10.0 * expected + 100.0 {
            k += 1.0;
            let mut next = term.clone();
            for (from, jumps) in self.jumps.iter().enumerate() {
                for (to, rate) in jumps {
                    let moved = term[from] * rate / common;
                    next[from] -= moved;
                    next[*to] += moved;
                }
            }
            term = next;
            weight *= expected / k;
            left -= weight;
            sum.iter_mut().zip(&term).for_each(|(sum, p)| *sum += p * weight);
        }
        self.probabilities = sum;
    }

    /// The law of a value of the state.
    pub fn law(&self, value: impl Fn(usize) -> f64) -> Law {
        Law::of_weights(
            self.probabilities
                .iter()
                .enumerate()
                .map(|(state, p)| (value(state), *p)),
        )
    }
}
