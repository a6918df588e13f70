//! The draws of a block of runs, in columns: one for each site and occurrence, made in one piece where enough runs ask.
//!
//! A column holds what its site is asked for: a uniform number, a threshold, or the value of a distribution.

use multiversion::multiversion;
use prefetch_index::prefetch_index;
use rand::Rng;
use rand_chacha::ChaCha8Rng;

use crate::distribution::{Sampler, unit_exponential};
use crate::plan::{Choice, ClockKind, Plan, PlannedDelay, PlannedDraw, PlannedQuantity};

use super::super::draws::{generator, seek, uniform};
use super::lanes::{LANES, Lane, index};

/// To make a column costs as much as this many single draws.
const WORTH_FILLING: u8 = 12;
/// How many columns a site keeps to begin with: a newer one takes the place of the one so many occurrences before it, which
/// most runs have passed by then. The others seek singly.
const KEPT: usize = 64;
/// How many it keeps at most.
const MOST_KEPT: usize = 1024;
/// After so many runs have sought singly for what was given up, twice as many columns are kept.
const LATE: u32 = 32;
/// From this occurrence on runs are so far apart that what one of them reads is seldom near for another. Each then has its
/// next draw brought near as it takes one.
const FAR_APART: u32 = 64;
/// Occurrences from here on are not counted, and sought singly.
const COUNTED: usize = 1 << 16;
/// What was worth filling in one block is filled at once in those after it, until it is found out anew.
const BLOCKS_REMEMBERED: u32 = 64;

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
    bytes: Box<[u8; 8 * LANES]>,
    first_run: u64,
    runs: usize,
    blocks: u32,
}

struct Site<'p> {
    generator: ChaCha8Rng,
    yields: Yields<'p>,
    /// Of each occurrence, how many runs have asked.
    asked: Vec<Asked>,
    /// How many columns are kept: a power of two. The place of a column is its occurrence modulo this.
    kept: usize,
    /// How many runs came for what had been given up, since more were kept.
    late: u32,
    /// Of each column, of which occurrence it is.
    occurrences: Vec<u32>,
    /// The columns, one after the other.
    values: Vec<f64>,
}

/// How many runs have asked for an occurrence.
#[derive(Clone, Copy, Default)]
struct Asked {
    /// Whether it was worth filling in the blocks before.
    before: bool,
    /// In this block, until it was filled.
    count: u8,
}

/// No occurrence.
const NONE: u32 = u32::MAX;

/// The columns of a site that are there.
pub struct AtHand<'a> {
    mask: usize,
    occurrences: &'a [u32],
    values: &'a [f64],
    /// What was sought last, of which occurrence and in which run.
    sought: Option<(u32, Lane, f64)>,
}

/// An occurrence of which no column is there.
pub struct Missing(u32);

/// A site, for many runs of the block.
pub struct SiteNoise<'a, 'p> {
    site: &'a mut Site<'p>,
    bytes: &'a mut [u8],
    first_run: u64,
}

impl<'p> Noise<'p> {
    /// The draws of a plan's sites.
    pub fn new(plan: &'p Plan, seed: u64) -> Self {
        let yields = yields(plan);
        let site = |(address, yields): (&String, Yields<'p>)| Site {
            generator: generator(seed, address),
            yields,
            asked: Vec::new(),
            kept: KEPT,
            late: 0,
            occurrences: Vec::new(),
            values: Vec::new(),
        };
        Noise {
            sites: plan.sites.iter().zip(yields).map(site).collect(),
            bytes: Box::new([0; 8 * LANES]),
            first_run: 0,
            runs: 0,
            blocks: 0,
        }
    }

    /// Turns to another block of runs.
    pub fn start_block(&mut self, first_run: u64, runs: usize) {
        (self.first_run, self.runs) = (first_run, runs);
        self.blocks = (self.blocks + 1) % BLOCKS_REMEMBERED;
        let remembers = self.blocks != 0;
        for site in &mut self.sites {
            site.occurrences.fill(NONE);
            for asked in &mut site.asked {
                let before = remembers && (asked.before || asked.count >= WORTH_FILLING);
                *asked = Asked { before, count: 0 };
            }
        }
    }

    /// The draws of one site.
    #[inline(always)]
    pub fn site(&mut self, site: usize) -> SiteNoise<'_, 'p> {
        SiteNoise {
            site: &mut self.sites[site],
            bytes: &mut self.bytes[..8 * self.runs],
            first_run: self.first_run,
        }
    }

    /// What a site yields at its first occurrence in every run of the block.
    pub fn first(&mut self, site: usize) -> &[f64] {
        let mut noise = self.site(site);
        if noise.site.occurrences.first() != Some(&0) {
            noise.fill(0);
        }
        &self.sites[site].values[..LANES]
    }
}

impl SiteNoise<'_, '_> {
    /// What the site yields at an occurrence in a run of the block.
    #[inline(always)]
    pub fn value(&mut self, occurrence: u32, lane: Lane) -> f64 {
        let place = occurrence as usize & (self.site.kept - 1);
        match self.site.occurrences.get(place) {
            Some(kept) if *kept == occurrence => self.site.values[place * LANES + index(lane)],
            _ => self.fetch(occurrence, lane),
        }
    }

    /// Takes a step in each of some runs, which may need what the site yields. A step that does not get what it needs says
    /// so, has done nothing, and is taken again once that is there.
    #[inline(always)]
    pub fn serve(&mut self, lanes: &[Lane], mut step: impl FnMut(usize, Lane, &AtHand<'_>) -> Result<(), Missing>) {
        let mut sought = None;
        let mut place = 0;
        loop {
            let at_hand = AtHand {
                mask: self.site.kept - 1,
                occurrences: &self.site.occurrences,
                values: &self.site.values,
                sought,
            };
            let (lane, occurrence) = loop {
                let Some(lane) = lanes.get(place) else {
                    return;
                };
                match step(place, *lane, &at_hand) {
                    Ok(()) => place += 1,
                    Err(Missing(occurrence)) => break (*lane, occurrence),
                }
            };
            sought = Some((occurrence, lane, self.fetch(occurrence, lane)));
        }
    }

    #[inline(never)]
    fn fetch(&mut self, occurrence: u32, lane: Lane) -> f64 {
        let place = occurrence as usize;
        if place < COUNTED {
            if self.site.asked.len() <= place {
                self.site.asked.resize(place + 1, Asked::default());
            }
            let asked = &mut self.site.asked[place];
            // Once it has been filled, whoever still asks comes after it was given up.
            if asked.count < WORTH_FILLING {
                asked.count += 1;
                if asked.before || asked.count >= WORTH_FILLING {
                    asked.count = WORTH_FILLING;
                    self.fill(occurrence);
                    return self.site.values[(place & (self.site.kept - 1)) * LANES + index(lane)];
                }
            } else {
                self.keep_more();
            }
        }
        let u = seek(&mut self.site.generator, occurrence, self.first_run + u64::from(lane));
        match self.site.yields {
            Yields::Uniform => u,
            Yields::Threshold => unit_exponential(u),
            Yields::Sample(sampler) => sampler.sample(u),
        }
    }

    /// A run comes for what was given up: if that happens often, more is kept.
    fn keep_more(&mut self) {
        let Site {
            kept,
            late,
            occurrences,
            values,
            ..
        } = &mut *self.site;
        *late += 1;
        if *late < LATE || *kept >= MOST_KEPT {
            return;
        }
        *late = 0;
        occurrences.resize(2 * *kept, NONE);
        values.resize(2 * *kept * LANES, 0.0);
        for place in 0..*kept {
            let occurrence = occurrences[place];
            if occurrence != NONE && occurrence as usize & *kept != 0 {
                occurrences.swap(place, place + *kept);
                values.copy_within(place * LANES..(place + 1) * LANES, (place + *kept) * LANES);
            }
        }
        *kept *= 2;
    }

    fn fill(&mut self, occurrence: u32) {
        let Site {
            generator,
            yields,
            occurrences,
            values,
            kept,
            ..
        } = &mut *self.site;
        let place = occurrence as usize & (*kept - 1);
        if occurrences.len() <= place {
            occurrences.resize(place + 1, NONE);
            values.resize((place + 1) * LANES, 0.0);
        }
        occurrences[place] = occurrence;
        generator.set_stream(u64::from(occurrence));
        generator.set_word_pos(2 * u128::from(self.first_run));
        generator.fill_bytes(self.bytes);
        let (words, _) = self.bytes.as_chunks::<8>();
        let values = &mut values[place * LANES..][..words.len()];
        match yields {
            Yields::Uniform => uniforms(words, values),
            Yields::Threshold => thresholds(words, values),
            Yields::Sample(sampler) => {
                let mut drawn = [0.0; LANES];
                let drawn = &mut drawn[..words.len()];
                uniforms(words, drawn);
                samples(sampler, drawn, values);
            }
        }
    }
}

impl AtHand<'_> {
    /// What the site yields at an occurrence in a run.
    #[inline(always)]
    pub fn value(&self, occurrence: u32, lane: Lane) -> Result<f64, Missing> {
        let place = occurrence as usize & self.mask;
        match (self.occurrences.get(place), self.sought) {
            (Some(kept), _) if *kept == occurrence => {
                if occurrence >= FAR_APART {
                    let next = (occurrence as usize + 1) & self.mask;
                    prefetch_index(self.values, next * LANES + index(lane));
                }
                Ok(self.values[place * LANES + index(lane)])
            }
            (_, Some((sought, of, value))) if sought == occurrence && of == lane => Ok(value),
            _ => Err(Missing(occurrence)),
        }
    }
}

#[inline(always)]
fn each(words: &[[u8; 8]], values: &mut [f64], value: impl Fn(f64) -> f64) {
    for (out, word) in values.iter_mut().zip(words) {
        *out = value(uniform(u64::from_le_bytes(*word)));
    }
}

#[multiversion(targets(
    "x86_64+avx2+bmi1+bmi2+lzcnt+popcnt+avx512f+avx512bw+avx512cd+avx512dq+avx512vl",
    "x86_64+avx2+bmi1+bmi2+lzcnt+popcnt"
))]
fn uniforms(words: &[[u8; 8]], values: &mut [f64]) {
    each(words, values, |u| u);
}

#[multiversion(targets(
    "x86_64+avx2+bmi1+bmi2+lzcnt+popcnt+avx512f+avx512bw+avx512cd+avx512dq+avx512vl",
    "x86_64+avx2+bmi1+bmi2+lzcnt+popcnt"
))]
fn thresholds(words: &[[u8; 8]], values: &mut [f64]) {
    each(words, values, unit_exponential);
}

fn samples(sampler: &Sampler, uniforms: &[f64], values: &mut [f64]) {
    sampler.fill(uniforms, values);
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
