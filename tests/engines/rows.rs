//! One block of runs played by both engines.

use equipoise::diagnostic::{Faults, Files, render};
use equipoise::engine::{BatchPlayer, Block, Ending, Met, Player, compile};
use equipoise::model::{Core, check};
use equipoise::plan::Plan;
use equipoise::scenario::load_text;

/// What both engines gave, and what was met on the way.
pub struct Alike {
    pub block: Block,
    pub met: Met,
}

/// The core of a scenario, or what is wrong with it.
pub fn core(text: &str) -> Result<Core, String> {
    let (mut files, mut faults) = (Files::default(), Faults::default());
    let scenario = load_text("test.toml", text, &[], &mut files, &mut faults);
    let core = scenario.and_then(|scenario| check(&scenario, &files, &mut faults));
    core.ok_or_else(|| render(&faults, &files, false))
}

/// Plays a block with both engines; an error where a row, a checksum or an ending of a run differs in a single bit.
pub fn same_rows(plan: &Plan, seed: u64, first: u64, runs: usize) -> Result<Alike, String> {
    let mut player = Player::new(plan, seed);
    let expected = player.block(first, runs);
    let compiled = compile(plan);
    let mut batch = BatchPlayer::new(&compiled, seed);
    // The second time, with what is left over from the first.
    for found in [batch.block(first, runs), batch.block(first, runs)] {
        for lane in 0..runs {
            let same = expected.endings[lane] == found.endings[lane]
                && expected.checksums[lane] == found.checksums[lane]
                && (expected.endings[lane] != Ending::Valid || row(&expected, lane) == row(&found, lane));
            if !same {
                let run = first + lane as u64;
                return Err(format!(
                    "run {run}: {:?} {:x?} by the reference, {:?} {:x?} by the batch",
                    expected.endings[lane],
                    row(&expected, lane),
                    found.endings[lane],
                    row(&found, lane),
                ));
            }
        }
    }
    Ok(Alike {
        block: expected,
        met: player.met(),
    })
}

/// What is observed of a run, as bits.
fn row(block: &Block, lane: usize) -> Vec<u64> {
    let columns = block.measures.iter().chain(block.series.iter().flatten());
    // Which NaN an operation gives depends on the machine.
    let one_nan = |value: f64| if value.is_nan() { f64::NAN } else { value };
    let values = columns.map(|column| one_nan(column[lane]).to_bits());
    let counts = block.counts.iter().map(|column| u64::from(column[lane]));
    [block.checksums[lane], u64::from(block.outcomes[lane])]
        .into_iter()
        .chain(values)
        .chain(counts)
        .collect()
}
