//! The fingerprint of a run: what fired when, how it ended, what was measured. Two engines that play a run alike give the
//! same one, and a change of a single bit gives another.

/// A fingerprint in the making.
#[derive(Debug, Clone, Copy)]
pub struct Checksum(u64);

/// An odd number without pattern: the fraction of the golden ratio in 64 bits.
const MULTIPLIER: u64 = 0x9e37_79b9_7f4a_7c15;

impl Checksum {
    /// Begins a run.
    pub fn new(run: u64) -> Self {
        let mut checksum = Checksum(0);
        checksum.mix(run.wrapping_add(1));
        checksum
    }

    /// Takes in 64 bits; the order of what is taken in matters.
    pub fn mix(&mut self, bits: u64) {
        let product = (self.0 ^ bits).wrapping_mul(MULTIPLIER);
        self.0 = product ^ (product >> 32);
    }

    /// Takes in a number. Which NaN an operation gives depends on the machine, so that all of them count as one.
    pub fn number(&mut self, value: f64) {
        let value = if value.is_nan() { f64::NAN } else { value };
        self.mix(value.to_bits());
    }

    /// Takes in a firing: the key of the event, the branch that it took, and the time.
    pub fn fired(&mut self, key: u64, branch: u64, time: f64) {
        self.mix(
            key.wrapping_add(branch.wrapping_mul(MULTIPLIER))
                .wrapping_add(time.to_bits()),
        );
    }

    /// What stands for the run.
    pub fn value(self) -> u64 {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(value: f64) -> u64 {
        let mut checksum = Checksum::new(0);
        checksum.number(value);
        checksum.value()
    }

    /// Fails if the sign or the payload of a NaN shows: 0 / 0 has another sign on x86 than on ARM.
    #[test]
    fn all_nans_are_alike() {
        for bits in [0x7ff8_0000_0000_0000, 0xfff8_0000_0000_0000, 0x7ff8_0000_0000_0001] {
            assert_eq!(of(f64::from_bits(bits)), of(f64::NAN));
        }
        assert_ne!(of(1.0), of(1.0_f64.next_up()));
    }
}
