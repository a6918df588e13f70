//! Random numbers, each a pure function of the seed, the site, the occurrence and the run.
//!
//! A site's ChaCha8 key is SHA-256("equipoise/1" ‖ seed, 8 bytes little-endian ‖ address); the stream is the occurrence,
//! counted from 0; the word position is twice the run. Of the 64 bits there, the upper 52 give
//! u = (bits + 1/2) x 2^-52, which is never 0 or 1, and for which 1 - u is exact. Draws of one site for consecutive runs
//! are consecutive in its stream, so a block of runs takes them in one piece.

use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use sha2::{Digest, Sha256};

/// The occurrences of a site whose draws are taken for a whole block at once; later ones are rare and sought singly.
const KEPT: u32 = 64;
/// To take the draws of a whole block costs as much as this many single ones.
const WORTH_FILLING: u32 = 6;

/// The draws of a block of runs.
pub struct Draws {
    sites: Vec<Site>,
    first_run: u64,
    runs: usize,
}

struct Site {
    generator: ChaCha8Rng,
    columns: Vec<Column>,
}

#[derive(Default)]
struct Column {
    asked: u32,
    /// One draw a run of the block; empty until it is worth to fill.
    uniforms: Vec<f64>,
}

impl Draws {
    /// The draws of the sites with these addresses.
    pub fn new(seed: u64, addresses: &[String]) -> Self {
        let site = |address: &String| Site {
            generator: generator(seed, address),
            columns: Vec::new(),
        };
        Draws {
            sites: addresses.iter().map(site).collect(),
            first_run: 0,
            runs: 0,
        }
    }

    /// Turns to another block of runs.
    pub fn start_block(&mut self, first_run: u64, runs: usize) {
        (self.first_run, self.runs) = (first_run, runs);
        for column in self.sites.iter_mut().flat_map(|site| &mut site.columns) {
            column.asked = 0;
            column.uniforms.clear();
        }
    }

    /// The draw of a site at an occurrence in a run of the block: uniform between 0 and 1, both left out.
    pub fn uniform(&mut self, site: usize, occurrence: u32, run: u64) -> f64 {
        let Site { generator, columns } = &mut self.sites[site];
        if occurrence >= KEPT {
            return seek(generator, occurrence, run);
        }
        let occurrence_index = occurrence as usize;
        if columns.len() <= occurrence_index {
            columns.resize_with(occurrence_index + 1, Column::default);
        }
        let column = &mut columns[occurrence_index];
        if column.uniforms.is_empty() {
            column.asked += 1;
            if column.asked < WORTH_FILLING {
                return seek(generator, occurrence, run);
            }
            fill(generator, occurrence, self.first_run, self.runs, &mut column.uniforms);
        }
        column.uniforms[(run - self.first_run) as usize]
    }
}

pub(super) fn generator(seed: u64, address: &str) -> ChaCha8Rng {
    let mut hasher = Sha256::new();
    hasher.update(b"equipoise/1");
    hasher.update(seed.to_le_bytes());
    hasher.update(address.as_bytes());
    ChaCha8Rng::from_seed(hasher.finalize().into())
}

pub(super) fn seek(generator: &mut ChaCha8Rng, occurrence: u32, run: u64) -> f64 {
    generator.set_stream(u64::from(occurrence));
    generator.set_word_pos(2 * u128::from(run));
    uniform(generator.next_u64())
}

fn fill(generator: &mut ChaCha8Rng, occurrence: u32, first_run: u64, runs: usize, uniforms: &mut Vec<f64>) {
    generator.set_stream(u64::from(occurrence));
    generator.set_word_pos(2 * u128::from(first_run));
    uniforms.extend((0..runs).map(|_| uniform(generator.next_u64())));
}

/// The bits of 1.
const ONE: u64 = 0x3ff0_0000_0000_0000;

/// The number between 0 and 1 that 64 random bits stand for.
#[inline]
pub(super) fn uniform(bits: u64) -> f64 {
    // The upper 52 bits as the digits after 1. give a float from 1 to 2 (vector units lack the conversion of integers);
    // both sums are exact.
    const HALF_SPACING: f64 = 0.5 / (1u64 << 52) as f64;
    (f64::from_bits(ONE | (bits >> 12)) - 1.0) + HALF_SPACING
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Fails if the key, the stream, the position or the mapping to numbers changes: that is a breaking change.
    #[test]
    fn draws_are_pinned() {
        let addresses = ["polonez_sale.signs".to_owned(), "leverage".to_owned()];
        let mut draws = Draws::new(2016, &addresses);
        draws.start_block(0, 512);
        let found = [
            draws.uniform(0, 0, 0),
            draws.uniform(0, 1, 0),
            draws.uniform(0, 0, 511),
            draws.uniform(1, 70, 3),
        ];
        assert_eq!(found.map(f64::to_bits), PINNED);
    }

    /// Written by tests/integration/draws.py, which shares nothing with this.
    const PINNED: [u64; 4] = [
        0x3fc5_b05f_d8ce_32a4,
        0x3fde_0130_cc05_f4ba,
        0x3fb9_dc00_2542_9288,
        0x3fc4_c95d_208c_0a64,
    ];

    /// Fails if a draw depends on how runs are cut into blocks, or on whether a block is filled or sought in.
    #[test]
    fn a_draw_is_the_same_in_every_block() {
        let addresses = ["clash".to_owned()];
        let mut alone = Draws::new(1, &addresses);
        let mut together = Draws::new(1, &addresses);
        together.start_block(1000, 300);
        for run in 1000..1300 {
            for occurrence in [0, 1, 63, 64, 200] {
                alone.start_block(run, 1);
                let expected = alone.uniform(0, occurrence, run);
                assert_eq!(together.uniform(0, occurrence, run).to_bits(), expected.to_bits());
            }
        }
    }

    /// Fails if 0 or 1 can come up, or if 1 - u is not exact.
    #[test]
    fn uniforms_are_inside_and_have_exact_complements() {
        for bits in [0, u64::MAX, 1 << 63, 0x1234_5678_9abc_def0] {
            let u = uniform(bits);
            assert!(u > 0.0 && u < 1.0);
            assert_eq!(1.0 - (1.0 - u), u);
        }
    }
}
