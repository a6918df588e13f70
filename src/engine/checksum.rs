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
