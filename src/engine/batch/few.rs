//! A few numbers in a fixed place, so that a great many sets of them cost no memory of their own.

use std::ops::Deref;

/// As many numbers are held at most: most variables of a story have fewer states, and what is known is copied often.
pub const MOST: usize = 8;

/// A few numbers, ascending, each once; a zero may be there with either sign.
#[derive(Clone, Copy)]
pub struct Few {
    length: usize,
    values: [f64; MOST],
}

impl Few {
    /// None.
    pub const NONE: Few = Few {
        length: 0,
        values: [0.0; MOST],
    };

    /// One.
    pub fn one(value: f64) -> Self {
        let mut few = Self::NONE;
        few.values[0] = value;
        few.length = 1;
        few
    }

    /// Puts a number in its place, and tells whether there was room for it.
    pub fn insert(&mut self, value: f64) -> bool {
        let place = self.partition_point(|known| known.total_cmp(&value).is_lt());
        if self.get(place).is_some_and(|known| known.to_bits() == value.to_bits()) {
            return true;
        }
        if self.length == MOST {
            return false;
        }
        self.values.copy_within(place..self.length, place + 1);
        self.values[place] = value;
        self.length += 1;
        true
    }

    /// Those for which something holds.
    pub fn kept(&self, holds: impl Fn(f64) -> bool) -> Self {
        let mut kept = Self::NONE;
        for &value in self.iter().filter(|value| holds(**value)) {
            kept.values[kept.length] = value;
            kept.length += 1;
        }
        kept
    }
}

impl Deref for Few {
    type Target = [f64];

    fn deref(&self) -> &[f64] {
        &self.values[..self.length]
    }
}

impl PartialEq for Few {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl std::fmt::Debug for Few {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_list().entries(self.iter()).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_stand_in_order_and_once() {
        let mut few = Few::one(2.0);
        for value in [3.0, 1.0, 2.0, -0.0, 0.0, 3.0] {
            assert!(few.insert(value));
        }
        assert_eq!(few.map_bits(), [-0.0, 0.0, 1.0, 2.0, 3.0].map(f64::to_bits));
        assert_eq!(few.kept(|value| value > 1.0).map_bits(), [2.0, 3.0].map(f64::to_bits));
    }

    #[test]
    fn no_more_than_there_is_room_for() {
        let mut few = Few::NONE;
        for value in 0..MOST {
            assert!(few.insert(value as f64));
        }
        assert!(!few.insert(0.5));
        assert!(few.insert(5.0), "it is there already");
    }

    impl Few {
        fn map_bits(&self) -> Vec<u64> {
            self.iter().map(|value| value.to_bits()).collect()
        }
    }
}
