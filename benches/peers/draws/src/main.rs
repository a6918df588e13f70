//! `draws-alone RUNS FIRST SITE=MEAN ...`: makes the random numbers that so many runs of the race use, from the run FIRST on,
//! and nothing else.
//!
//! MEAN says how many numbers a run takes from a site on average: of 512 runs, that many whole columns are made, and of one
//! more the part that is left. They are the numbers of equipoise with seed 1, made as it makes them: a ChaCha8 key a site, a
//! stream an occurrence, a word position by the run, then the function of equipoise for what the site yields.

use std::hint::black_box;

use equipoise::distribution::{Distribution, Family, Sampler, unit_exponential};
use multiversion::multiversion;
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use sha2::{Digest, Sha256};

/// How many runs are served at once.
const BLOCK: usize = 512;
const SEED: u64 = 1;

/// What a site yields.
enum Law {
    Uniform,
    Threshold,
    Pert(Box<Sampler>),
}

struct Site {
    generator: ChaCha8Rng,
    law: Law,
    mean: f64,
}

/// What the sites of `scenarios/race.toml` yield.
fn law(site: &str) -> Law {
    let months = |months: f64| months / 12.0;
    let pert = |low, mode, high| {
        let distribution = Distribution::new(Family::Pert, &[low, mode, high], None).expect("ends in order");
        Law::Pert(Box::new(Sampler::new(distribution)))
    };
    match site {
        "genuine" | "decides.branch" => Law::Uniform,
        "need" => pert(0.0, 0.5, 1.0),
        "pressure" => pert(0.0, 0.4, 1.0),
        "leverage" => pert(0.0, 0.6, 1.0),
        "tolerance" => pert(0.2, 0.7, 1.5),
        "haste" => pert(0.2, 0.5, 1.0),
        "price" => pert(0.0, 0.3, 1.0),
        "decides" => pert(months(1.0), months(3.0), months(6.0)),
        "delivers" => pert(months(8.0), months(14.0), months(24.0)),
        "agrees" | "objects" | "collapses" | "signs" | "redirects" | "oil_shock" | "clash" | "calms" | "buk_batch"
        | "nonlethal_sale" => Law::Threshold,
        other => panic!("the race has no site {other}"),
    }
}

impl Site {
    fn new(argument: &str) -> Self {
        let (name, mean) = argument.split_once('=').expect("SITE=MEAN");
        let mut hasher = Sha256::new();
        hasher.update(b"equipoise/1");
        hasher.update(SEED.to_le_bytes());
        hasher.update(name.as_bytes());
        Site {
            generator: ChaCha8Rng::from_seed(hasher.finalize().into()),
            law: law(name),
            mean: mean.parse().expect("a number"),
        }
    }

    /// Makes what `runs` runs from the run `first` on take from the site; how many numbers that is.
    fn fill(&mut self, first: u64, runs: usize, bytes: &mut [u8], values: &mut [f64]) -> usize {
        let wanted = (self.mean * runs as f64).round() as usize;
        let mut made = 0;
        for occurrence in 0.. {
            let count = runs.min(wanted - made);
            if count == 0 {
                break;
            }
            self.generator.set_stream(occurrence);
            self.generator.set_word_pos(2 * u128::from(first));
            let bytes = &mut bytes[..8 * count];
            self.generator.fill_bytes(bytes);
            let (words, _) = bytes.as_chunks::<8>();
            let values = &mut values[..count];
            match &self.law {
                Law::Uniform => uniforms(words, values),
                Law::Threshold => thresholds(words, values),
                Law::Pert(sampler) => {
                    let mut drawn = [0.0; BLOCK];
                    uniforms(words, &mut drawn[..count]);
                    sampler.fill(&drawn[..count], values);
                }
            }
            black_box(values);
            made += count;
        }
        made
    }
}

/// The number between 0 and 1 that 64 random bits stand for.
#[inline(always)]
fn uniform(word: &[u8; 8]) -> f64 {
    const ONE: u64 = 0x3ff0_0000_0000_0000;
    const HALF_SPACING: f64 = 0.5 / (1_u64 << 52) as f64;
    (f64::from_bits(ONE | (u64::from_le_bytes(*word) >> 12)) - 1.0) + HALF_SPACING
}

#[multiversion(targets(
    "x86_64+avx2+bmi1+bmi2+lzcnt+popcnt+avx512f+avx512bw+avx512cd+avx512dq+avx512vl",
    "x86_64+avx2+bmi1+bmi2+lzcnt+popcnt"
))]
fn uniforms(words: &[[u8; 8]], values: &mut [f64]) {
    for (value, word) in values.iter_mut().zip(words) {
        *value = uniform(word);
    }
}

#[multiversion(targets(
    "x86_64+avx2+bmi1+bmi2+lzcnt+popcnt+avx512f+avx512bw+avx512cd+avx512dq+avx512vl",
    "x86_64+avx2+bmi1+bmi2+lzcnt+popcnt"
))]
fn thresholds(words: &[[u8; 8]], values: &mut [f64]) {
    for (value, word) in values.iter_mut().zip(words) {
        *value = unit_exponential(uniform(word));
    }
}

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let number = |place: usize| arguments[place].parse::<u64>().expect("a whole number");
    let (runs, first) = (number(1), number(2));
    let mut sites: Vec<Site> = arguments[3..].iter().map(|argument| Site::new(argument)).collect();
    let (mut bytes, mut values) = ([0; 8 * BLOCK], [0.0; BLOCK]);
    let mut made = 0;
    for start in (0..runs).step_by(BLOCK) {
        let served = (runs - start).min(BLOCK as u64) as usize;
        for site in &mut sites {
            made += site.fill(first + start, served, &mut bytes, &mut values);
        }
    }
    println!("{{\"runs\": {runs}, \"numbers\": {made}, \"outcomes\": {{}}}}");
}
