//! The draws of a block of runs, in columns: one for each site and occurrence, made in one piece where enough runs ask.
//!
//! A column holds what its site is asked for: a uniform number, a threshold, or the value of a distribution.

use rand::Rng;
use rand_chacha::ChaCha8Rng;

use crate::distribution::{Sampler, unit_exponential};
use crate::plan::{Choice, ClockKind, Plan, PlannedDelay, PlannedDraw, PlannedQuantity};

use super::super::draws::{generator, seek, uniform};
use super::lanes::LANES;

/// To make a column costs as much as this many single draws.
const WORTH_FILLING: u32 = 6;
/// How many columns a site keeps at most; what is older than the newest of them is sought singly.
const KEPT: usize = 64;

/// What a site is asked for.
#[derive(Debug, Clone, Copy)]
enum Yields<'p> {
    Uniform,
    Threshold,
    Sample(&'p Sampler),
}

/// The draws of a block of runs.
pub struct Noise<'p> {
    sites: Vec<Site<'p>>,
    first_run: u64,
    runs: usize,
    bytes: Box<[u8; 8 * LANES]>,
}

struct Site<'p> {
    generator: ChaCha8Rng,
    yields: Yields<'p>,
    columns: Vec<Column>,
}

#[derive(Default)]
struct Column {
    filled: bool,
    asked: u32,
    /// How often it was asked for in the block before: what to expect of this one.
    expected: u32,
    values: Vec<f64>,
}

impl<'p> Noise<'p> {
    /// The draws of a plan's sites.
    pub fn new(plan: &'p Plan, seed: u64) -> Self {
        let yields = yields(plan);
        let site = |(address, yields): (&String, Yields<'p>)| Site {
            generator: generator(seed, address),
            yields,
            columns: Vec::new(),
        };
        Noise {
            sites: plan.sites.iter().zip(yields).map(site).collect(),
            first_run: 0,
            runs: 0,
            bytes: Box::new([0; 8 * LANES]),
        }
    }

    /// Turns to another block of runs.
    pub fn start_block(&mut self, first_run: u64, runs: usize) {
        (self.first_run, self.runs) = (first_run, runs);
        for column in self.sites.iter_mut().flat_map(|site| &mut site.columns) {
            column.expected = column.asked;
            column.asked = 0;
            column.filled = false;
        }
    }

    /// What a site yields at an occurrence in a run of the block.
    #[inline(always)]
    pub fn value(&mut self, site: usize, occurrence: u32, lane: usize) -> f64 {
        if let Some(column) = self.sites[site].columns.get_mut(occurrence as usize)
            && column.filled
        {
            column.asked += 1;
            return column.values[lane];
        }
        self.fetch(site, occurrence, lane)
    }

    /// What a site yields at its first occurrence in every run of the block.
    pub fn first(&mut self, site: usize) -> &[f64] {
        self.fill(site, 0);
        &self.sites[site].columns[0].values
    }

    #[inline(never)]
    fn fetch(&mut self, site: usize, occurrence: u32, lane: usize) -> f64 {
        let here = &mut self.sites[site];
        let place = occurrence as usize;
        if place < KEPT {
            if here.columns.len() <= place {
                here.columns.resize_with(place + 1, Column::default);
            }
            let column = &mut here.columns[place];
            column.asked += 1;
            if column.asked >= WORTH_FILLING || column.expected >= WORTH_FILLING {
                self.fill(site, occurrence);
                return self.sites[site].columns[place].values[lane];
            }
        }
        let u = seek(&mut here.generator, occurrence, self.first_run + lane as u64);
        match here.yields {
            Yields::Uniform => u,
            Yields::Threshold => unit_exponential(u),
            Yields::Sample(sampler) => sampler.sample(u),
        }
    }

    fn fill(&mut self, site: usize, occurrence: u32) {
        let Site {
            generator,
            yields,
            columns,
        } = &mut self.sites[site];
        let place = occurrence as usize;
        if columns.len() <= place {
            columns.resize_with(place + 1, Column::default);
        }
        let column = &mut columns[place];
        column.filled = true;
        column.values.resize(LANES, 0.0);
        generator.set_stream(u64::from(occurrence));
        generator.set_word_pos(2 * u128::from(self.first_run));
        let bytes = &mut self.bytes[..8 * self.runs];
        generator.fill_bytes(bytes);
        let values = &mut column.values[..self.runs];
        let (words, _) = bytes.as_chunks::<8>();
        match yields {
            Yields::Uniform => each(words, values, |u| u),
            Yields::Threshold => each(words, values, unit_exponential),
            Yields::Sample(sampler) => {
                let mut uniforms = [0.0; LANES];
                let uniforms = &mut uniforms[..self.runs];
                each(words, uniforms, |u| u);
                sampler.fill(uniforms, values);
            }
        }
    }
}

#[inline]
fn each(words: &[[u8; 8]], values: &mut [f64], value: impl Fn(f64) -> f64) {
    for (out, word) in values.iter_mut().zip(words) {
        *out = value(uniform(u64::from_le_bytes(*word)));
    }
}

/// What each site is asked for.
fn yields(plan: &Plan) -> Vec<Yields<'_>> {
    let mut found = vec![Yields::Uniform; plan.sites.len()];
    for parameter in &plan.parameters {
        if let PlannedQuantity::Drawn(site, PlannedDraw::Prepared(sampler)) = &parameter.value {
            found[*site] = Yields::Sample(sampler);
        }
    }
    for clock in &plan.clocks {
        match &clock.kind {
            ClockKind::Rate(_) => found[clock.site] = Yields::Threshold,
            ClockKind::After(PlannedDelay::Drawn(PlannedDraw::Prepared(sampler))) => {
                found[clock.site] = Yields::Sample(sampler);
            }
            ClockKind::After(_) | ClockKind::On(_) | ClockKind::AtOnce => {}
        }
        if let Choice::Race(ways) = &clock.choice {
            ways.iter().for_each(|(site, _)| found[*site] = Yields::Threshold);
        }
    }
    found
}
