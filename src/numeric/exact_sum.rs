//! A sum of 64-bit floats that is exact, so that no grouping of its terms can show in it.
//!
//! The method is the small superaccumulator of R. M. Neal, "Fast exact summation using small and large
//! superaccumulators" (2015, arXiv:1505.05571): a fixed-point number wide enough for every finite float, kept in 64-bit
//! chunks that overlap by half, so that carries need to be passed on only once in about a thousand additions.

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Bits of the fixed-point number that each chunk stands for; the rest of a chunk holds its sign and delayed carries.
const CHUNK_BITS: u32 = 32;
/// The widest float reaches into chunk 64; the two above hold the carries of more additions than can be made.
const CHUNKS: usize = 67;
/// An addition changes a chunk by less than 2^53, so that a chunk within 2^32 can take this many before it overflows.
const ADDITIONS_BETWEEN_CARRIES: u32 = 1 << 9;
const DIGIT: i64 = (1 << CHUNK_BITS) - 1;
/// Bits of a float's significand that are stored.
const STORED_BITS: u32 = 52;

/// How many terms are added together at most: more could not be added up within 53 bits.
const TERMS_AT_ONCE: usize = 512;
/// Additions that do not wait for each other.
const LANES: usize = 4;
/// Exponents of the largest of many terms for which all that is done to them stays within the normal floats.
const FAST_EXPONENTS: std::ops::Range<u32> = 100..2000;

const POSITIVE_INFINITY: u8 = 1;
const NEGATIVE_INFINITY: u8 = 2;
const NOT_A_NUMBER: u8 = 4;

/// An exact sum of 64-bit floats: the order and the grouping of additions and merges can never show in it.
///
/// Infinities and NaN may be added, and are remembered apart from the finite terms, so that the sum is what IEEE 754
/// gives: infinite where infinities of one sign were added, NaN where both signs or a NaN were. Up to 2^63 terms fit.
#[derive(Debug, Clone)]
pub struct ExactSum {
    /// The sum of `chunks[i]` x 2^(32 i - 1074).
    chunks: [i64; CHUNKS],
    /// How many more terms can be added before carries must be passed on.
    additions_left: u32,
    /// Which of the values that are not finite were added, as a set of bits.
    not_finite: u8,
}

impl Default for ExactSum {
    fn default() -> Self {
        Self::new()
    }
}

impl PartialEq for ExactSum {
    /// Whether the sums are equal as exact numbers, however they came about.
    fn eq(&self, other: &Self) -> bool {
        self.not_finite == other.not_finite && self.carried() == other.carried()
    }
}

impl Eq for ExactSum {}

impl ExactSum {
    /// The empty sum, which is 0.
    pub const fn new() -> Self {
        Self {
            chunks: [0; CHUNKS],
            additions_left: ADDITIONS_BETWEEN_CARRIES,
            not_finite: 0,
        }
    }

    /// Adds one term, exactly.
    #[inline]
    pub fn add(&mut self, term: f64) {
        if !term.is_finite() {
            self.add_not_finite(term);
            return;
        }
        if self.additions_left == 0 {
            self.carry();
        }
        self.additions_left -= 1;
        let (significand, position) = parts(term);
        let index = (position / CHUNK_BITS) as usize;
        let shift = position % CHUNK_BITS;
        let low = ((significand << shift) as i64) & DIGIT;
        let high = (significand >> (CHUNK_BITS - shift)) as i64;
        // Negates both where the sign bit is set, without a branch that random signs would mislead.
        let sign = term.to_bits() as i64 >> 63;
        self.chunks[index] += (low ^ sign) - sign;
        self.chunks[index + 1] += (high ^ sign) - sign;
    }

    /// Adds many terms, exactly: the same as adding each, and several times as fast where they are of similar size.
    pub fn add_all(&mut self, terms: &[f64]) {
        for terms in terms.chunks(TERMS_AT_ONCE) {
            let exponents = terms.iter().map(|term| (term.to_bits() >> 32) as i32 & i32::MAX);
            let largest = exponents.max().unwrap_or(0) as u32 >> (STORED_BITS - 32);
            if FAST_EXPONENTS.contains(&largest) {
                self.add_similar(terms, largest);
            } else {
                terms.iter().for_each(|term| self.add(*term));
            }
        }
    }

    /// Adds terms of which the largest has the given exponent: cut into slices of so few bits that plain additions of
    /// slices of one rank are exact. After the two slices, bits are left only in terms that are 2^36 times smaller.
    ///
    /// Adding 1.5 x 2^k to a much smaller number, and taking it off, rounds the number to a multiple of 2^(k - 52)
    /// (S. M. Rump, T. Ogita and S. Oishi, SIAM Journal on Scientific Computing 31 (2008), 189-224). With terms below
    /// 2^(E + 1) the first slices are at most that, in steps of 2^(E - 43), and what is left of them is at most half a
    /// step, of which the second slices are in steps of 2^(E - 88): 512 of either add up within 53 bits.
    fn add_similar(&mut self, terms: &[f64], exponent: u32) {
        let rounder = |exponent: u32| f64::from_bits(u64::from(exponent) << STORED_BITS | 1 << (STORED_BITS - 1));
        let (first, second) = (rounder(exponent + 9), rounder(exponent - 36));
        let mut high = [0.0; LANES];
        let mut low = [0.0; LANES];
        let (groups, rest) = terms.as_chunks::<LANES>();
        for group in groups {
            let mut left = [0.0; LANES];
            let mut any_left = 0;
            for lane in 0..LANES {
                let slice = (group[lane] + first) - first;
                let below = group[lane] - slice;
                let next_slice = (below + second) - second;
                high[lane] += slice;
                low[lane] += next_slice;
                left[lane] = below - next_slice;
                any_left |= left[lane].to_bits() << 1;
            }
            if any_left != 0 {
                left.iter().for_each(|left| self.add(*left));
            }
        }
        high.iter().chain(&low).chain(rest).for_each(|sum| self.add(*sum));
    }

    #[cold]
    fn add_not_finite(&mut self, term: f64) {
        self.not_finite |= if term.is_nan() {
            NOT_A_NUMBER
        } else if term > 0.0 {
            POSITIVE_INFINITY
        } else {
            NEGATIVE_INFINITY
        };
    }

    /// Adds all terms of another sum, exactly.
    pub fn merge(&mut self, other: &Self) {
        self.carry();
        for (chunk, added) in self.chunks.iter_mut().zip(other.carried()) {
            *chunk += added;
        }
        self.carry();
        self.not_finite |= other.not_finite;
    }

    /// The sum, correctly rounded: the nearest float, and of two the even one. Infinite where it is beyond the largest.
    pub fn value(&self) -> f64 {
        match self.not_finite {
            0 => self.finite_value(),
            POSITIVE_INFINITY => f64::INFINITY,
            NEGATIVE_INFINITY => f64::NEG_INFINITY,
            _ => f64::NAN,
        }
    }

    /// The sum as an unevaluated pair (high, low) of about 106 bits: `high` is [`value`](Self::value), and `low` is what
    /// is left, correctly rounded in turn. Where the sum is not finite, `low` is 0.
    pub fn value_and_rest(&self) -> (f64, f64) {
        let high = self.value();
        if !high.is_finite() {
            return (high, 0.0);
        }
        let mut rest = self.clone();
        rest.add(-high);
        (high, rest.finite_value())
    }

    /// Passes carries on, so that every chunk but the last is a digit in 0..2^32.
    fn carry(&mut self) {
        let mut carry = 0;
        for chunk in &mut self.chunks[..CHUNKS - 1] {
            let sum = *chunk + carry;
            carry = sum >> CHUNK_BITS;
            *chunk = sum & DIGIT;
        }
        self.chunks[CHUNKS - 1] += carry;
        self.additions_left = ADDITIONS_BETWEEN_CARRIES;
    }

    fn carried(&self) -> [i64; CHUNKS] {
        let mut copy = self.clone();
        copy.carry();
        copy.chunks
    }

    /// Whether the finite part is negative, and the digits of its magnitude, lowest first, each below 2^32.
    fn magnitude(&self) -> (bool, [u64; CHUNKS]) {
        let mut copy = self.clone();
        copy.carry();
        let negative = copy.chunks[CHUNKS - 1] < 0;
        if negative {
            for chunk in &mut copy.chunks {
                *chunk = -*chunk;
            }
            copy.carry();
        }
        (negative, copy.chunks.map(|chunk| chunk as u64))
    }

    fn finite_value(&self) -> f64 {
        let (negative, digits) = self.magnitude();
        let Some(top) = digits.iter().rposition(|digit| *digit != 0) else {
            return 0.0;
        };
        let length = top as u32 * CHUNK_BITS + digits[top].ilog2() + 1;
        // What does not fit into the significand is rounded off; the bits of a float are its magnitude in steps of the
        // least float as long as they fit, and one power of two higher for each bit that does not.
        let dropped = length.saturating_sub(STORED_BITS + 1);
        if dropped > 2045 {
            return if negative { f64::NEG_INFINITY } else { f64::INFINITY };
        }
        let significand = bits_from(&digits, dropped);
        let mut bits = (u64::from(dropped) << STORED_BITS) + significand;
        if dropped > 0 {
            let half = bits_from(&digits, dropped - 1) & 1 == 1;
            let beyond_half = any_bit_below(&digits, dropped - 1);
            if half && (beyond_half || significand & 1 == 1) {
                bits += 1;
            }
        }
        let value = f64::from_bits(bits);
        if negative { -value } else { value }
    }
}

/// The significand of a float, and its place: a finite float is ± significand x 2^(place - 1074).
#[inline]
fn parts(term: f64) -> (u64, u32) {
    let exponent = (term.to_bits() >> STORED_BITS) as u32 & 0x7ff;
    let stored = term.to_bits() & ((1 << STORED_BITS) - 1);
    // Subnormal floats have the place of the least normal ones, and no hidden bit.
    let hidden = u64::from(exponent != 0);
    (stored | hidden << STORED_BITS, exponent - hidden as u32)
}

/// The low 64 bits of the number after its lowest `from` bits are cut off.
fn bits_from(digits: &[u64; CHUNKS], from: u32) -> u64 {
    let index = (from / CHUNK_BITS) as usize;
    let digit = |i: usize| u128::from(digits.get(i).copied().unwrap_or(0));
    let window = digit(index) | digit(index + 1) << 32 | digit(index + 2) << 64;
    (window >> (from % CHUNK_BITS)) as u64
}

fn any_bit_below(digits: &[u64; CHUNKS], end: u32) -> bool {
    let index = (end / CHUNK_BITS) as usize;
    digits[..index].iter().any(|digit| *digit != 0) || digits[index] & ((1 << (end % CHUNK_BITS)) - 1) != 0
}

/// How a sum is saved: sign and magnitude without the zero digits at both ends, so that equal sums are saved alike.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Saved {
    negative: bool,
    /// The place of the lowest digit.
    lowest: usize,
    /// The digits to base 2^32, lowest first.
    digits: Vec<u64>,
    not_finite: u8,
}

impl Serialize for ExactSum {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (negative, digits) = self.magnitude();
        let lowest = digits.iter().position(|digit| *digit != 0).unwrap_or(0);
        let end = digits.iter().rposition(|digit| *digit != 0).map_or(0, |top| top + 1);
        let digits = digits[lowest..end].to_vec();
        Saved {
            negative,
            lowest,
            digits,
            not_finite: self.not_finite,
        }
        .serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for ExactSum {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let saved = Saved::deserialize(deserializer)?;
        let fits = saved.lowest <= CHUNKS && saved.digits.len() <= CHUNKS - saved.lowest;
        if !fits || saved.not_finite > 7 || saved.digits.iter().any(|digit| *digit > DIGIT as u64) {
            return Err(D::Error::custom("not an exact sum"));
        }
        let mut sum = Self {
            not_finite: saved.not_finite,
            ..Self::new()
        };
        for (chunk, digit) in sum.chunks[saved.lowest..].iter_mut().zip(saved.digits) {
            *chunk = if saved.negative { -(digit as i64) } else { digit as i64 };
        }
        sum.carry();
        Ok(sum)
    }
}

#[cfg(test)]
mod tests;
