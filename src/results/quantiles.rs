//! Quantiles of any number of values in bounded memory, by sparse bins that are a thousandth of their values wide.
//!
//! A bin is named by the top bits of the floats in it: sign, exponent and 10 bits of the significand. As the bins are
//! fixed in advance, adding and merging commute. The method is that of HDR histograms and DDSketch (C. Masson, J. E. Rim
//! and H. K. Lee, VLDB 12 (2019), 2195-2205) with bins that need no logarithm.

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Bits of a float below the 22 that name its bin.
const BITS_WITHIN: u32 = 42;
/// The table is kept at most half full, so that probes are short; with the few values of a count it is mostly empty.
const LEAST_CAPACITY: usize = 64;

/// The values whose sign, exponent and first 10 bits of the significand are the same. Empty where `count` is 0.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
struct Bin {
    count: u64,
    least: f64,
    greatest: f64,
}

impl Bin {
    fn name(&self) -> u32 {
        name(self.least)
    }
}

fn name(value: f64) -> u32 {
    (value.to_bits() >> BITS_WITHIN) as u32
}

/// Counts of finite values in bins with a relative width below 0.1%.
///
/// A quantile is exact where its bin holds a single value, however often; else it is off by less than 2^-10 of its
/// magnitude, as long as that is a normal float (at least 2.3e-308). Memory is 48 to 96 bytes for each bin that is not
/// empty, and 1536 at least.
#[derive(Debug, Clone)]
pub struct Bins {
    /// An open hash table. Its order depends on the order of additions, so that it is only ever read sorted.
    table: Vec<Bin>,
    used: usize,
}

impl Default for Bins {
    fn default() -> Self {
        Self {
            table: vec![Bin::default(); LEAST_CAPACITY],
            used: 0,
        }
    }
}

impl PartialEq for Bins {
    fn eq(&self, other: &Self) -> bool {
        self.used == other.used && self.sorted() == other.sorted()
    }
}

impl Bins {
    /// Adds a value, which must be finite; -0 is counted as 0.
    #[inline]
    pub fn add(&mut self, value: f64) {
        debug_assert!(value.is_finite());
        // Adding 0 turns -0 into 0 and changes nothing else.
        let value = value + 0.0;
        self.put(Bin {
            count: 1,
            least: value,
            greatest: value,
        });
    }

    /// Adds values, which must be finite.
    pub fn add_all(&mut self, values: &[f64]) {
        values.iter().for_each(|value| self.add(*value));
    }

    /// Adds all values of another set.
    pub fn merge(&mut self, other: &Self) {
        for bin in other.table.iter().filter(|bin| bin.count > 0) {
            self.put(*bin);
        }
    }

    /// How many values were added.
    pub fn count(&self) -> u64 {
        self.table.iter().map(|bin| bin.count).sum()
    }

    /// The least and the greatest of the values, exactly; none without values.
    pub fn range(&self) -> Option<(f64, f64)> {
        let filled = || self.table.iter().filter(|bin| bin.count > 0);
        let least = filled().map(|bin| bin.least).min_by(f64::total_cmp)?;
        let greatest = filled().map(|bin| bin.greatest).max_by(f64::total_cmp)?;
        Some((least, greatest))
    }

    /// The quantiles at the given probabilities, which ascend within 0..=1; none without values.
    ///
    /// Of n values, the quantile at p is the one of rank ⌈p n⌉, counted from 1: the inverse of the empirical distribution
    /// function (definition 1 of R. J. Hyndman and Y. Fan, The American Statistician 50 (1996), 361-365). Within a bin the
    /// values are taken to lie evenly between the least and the greatest.
    pub fn quantiles<const N: usize>(&self, probabilities: [f64; N]) -> Option<[f64; N]> {
        let bins = self.sorted();
        let n: u64 = bins.iter().map(|bin| bin.count).sum();
        let mut remaining = bins.iter();
        let mut bin = remaining.next()?;
        let mut before = 0;
        Some(probabilities.map(|probability| {
            let rank = rank(probability, n);
            while rank > before + bin.count {
                before += bin.count;
                bin = remaining
                    .next()
                    .expect("ranks are at most the number of values, and ascend");
            }
            within(bin, rank - before)
        }))
    }

    /// The bins that are not empty, ascending: how many values are in each, the least and the greatest of them.
    pub fn counts(&self) -> impl Iterator<Item = (u64, f64, f64)> {
        self.sorted()
            .into_iter()
            .map(|bin| (bin.count, bin.least, bin.greatest))
    }

    #[inline]
    fn put(&mut self, added: Bin) {
        let name = added.name();
        let mask = self.table.len() - 1;
        let mut slot = spread(name) & mask;
        loop {
            let bin = &mut self.table[slot];
            if bin.count == 0 {
                break;
            }
            if bin.name() == name {
                bin.count += added.count;
                if added.least < bin.least {
                    bin.least = added.least;
                }
                if added.greatest > bin.greatest {
                    bin.greatest = added.greatest;
                }
                return;
            }
            slot = (slot + 1) & mask;
        }
        self.open(slot, added);
    }

    #[cold]
    fn open(&mut self, slot: usize, added: Bin) {
        self.table[slot] = added;
        self.used += 1;
        if self.used * 2 > self.table.len() {
            let larger = vec![Bin::default(); self.table.len() * 2];
            let mut moved = Self { table: larger, used: 0 };
            moved.merge(self);
            *self = moved;
        }
    }

    /// The bins that are not empty, ascending.
    fn sorted(&self) -> Vec<Bin> {
        let mut bins: Vec<Bin> = self.table.iter().filter(|bin| bin.count > 0).copied().collect();
        bins.sort_unstable_by(|a, b| a.least.total_cmp(&b.least));
        bins
    }
}

/// Spreads names, which are close together for close values, over the table (Fibonacci hashing).
fn spread(name: u32) -> usize {
    (u64::from(name).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 40) as usize
}

/// ⌈p n⌉, at least 1 and at most n.
fn rank(probability: f64, n: u64) -> u64 {
    // A product such as 0.05 x 20 must not be rounded up past the whole number that it stands for.
    let product = probability * n as f64;
    let nearest = product.round();
    let whole = if (product - nearest).abs() <= 1e-12 * nearest {
        nearest
    } else {
        product.ceil()
    };
    (whole as u64).clamp(1, n)
}

fn within(bin: &Bin, rank: u64) -> f64 {
    if rank == 1 || bin.least == bin.greatest {
        return bin.least;
    }
    if rank == bin.count {
        return bin.greatest;
    }
    let place = (rank - 1) as f64 / (bin.count - 1) as f64;
    bin.least + (bin.greatest - bin.least) * place
}

impl Serialize for Bins {
    /// As a list of (count, bits of the least, bits of the greatest): JSON readers do not keep every bit of a float.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let bins = self.sorted();
        serializer.collect_seq(
            bins.iter()
                .map(|bin| (bin.count, bin.least.to_bits(), bin.greatest.to_bits())),
        )
    }
}

impl<'de> Deserialize<'de> for Bins {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut bins = Self::default();
        let mut total: u64 = 0;
        for (count, least, greatest) in Vec::<(u64, u64, u64)>::deserialize(deserializer)? {
            let bin = Bin {
                count,
                least: f64::from_bits(least),
                greatest: f64::from_bits(greatest),
            };
            let sound = count > 0
                && bin.least.is_finite()
                && bin.least <= bin.greatest
                && name(bin.least) == name(bin.greatest)
                && least != (-0.0_f64).to_bits();
            let used = bins.used;
            bins.put(bin);
            total = total
                .checked_add(count)
                .ok_or_else(|| D::Error::custom("too many values"))?;
            if !sound || bins.used == used {
                return Err(D::Error::custom("not a bin of values"));
            }
        }
        Ok(bins)
    }
}

#[cfg(test)]
mod tests;
