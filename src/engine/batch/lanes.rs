//! Sets of the runs of a block, and one number for each.

/// How many runs are played at once.
pub const LANES: usize = 512;
/// How many runs a program works on at once, so that its registers stay in the nearest cache.
pub const CHUNK: usize = 128;

/// The number of a run within its block.
pub type Lane = u16;

/// One number a run.
pub type Column<T = f64> = [T; LANES];

/// A lane as an index that is within every column, which saves the check.
#[inline(always)]
pub fn index(lane: Lane) -> usize {
    usize::from(lane) & (LANES - 1)
}

/// A count as an integer: it is one of at least 0 and below 2^32.
#[inline(always)]
pub fn whole(count: f64) -> u32 {
    // From 2^52 on floats are integers, and the last bits of the float are those of the integer.
    (count + (1_u64 << 52) as f64).to_bits() as u32
}

/// So many numbers are worked on by one step of vector code; what is left over is worked on as well, for nothing, which is
/// cheaper than to go one by one.
pub const WIDTH: usize = 8;

/// One number for each run that a program works on.
pub type Values = [[f64; WIDTH]; CHUNK / WIDTH];

/// Values on the heap, so that two of them change places by their pointers alone.
pub type Held = Box<Values>;
