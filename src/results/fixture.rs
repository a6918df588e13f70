//! Made-up runs for the tests of what is done with results.

use super::{Identity, Results, Summary, saved::Saved};
use crate::engine::{Block, Ending};
use crate::plan::{Label, Observed, ObservedClaims, Series};

/// What is observed of the made-up runs.
pub(crate) fn observed() -> Observed {
    let label = |id: &str, name: Option<&str>, unit: Option<&str>| Label {
        id: id.to_owned(),
        name: name.map(str::to_owned),
        unit: unit.map(str::to_owned),
    };
    Observed {
        outcomes: vec![
            label("sale_completed", Some("The sale is completed"), None),
            label("goes_to_kazakhstan", Some("The rockets go to Kazakhstan"), None),
            label("blocked", Some("An ally stops the sale"), None),
            label("fell_through", None, None),
        ],
        measures: vec![
            label("azerbaijan_share", Some("Azerbaijan's share of strength"), None),
            label("clashes", None, None),
            label("delivered_after", Some("First delivery"), Some("years")),
        ],
        series: vec![Series {
            label: label("azerbaijan_share", Some("Azerbaijan's share of strength"), None),
            times: (0..13).map(|point| f64::from(point) * 0.25).collect(),
            dates: (0..13)
                .map(|point| format!("{}-{:02}-09", 2017 + (point + 3) / 4, 1 + (point + 3) % 4 * 3))
                .collect(),
        }],
        events: vec![
            label("polonez_sale.opens", Some("The sale is proposed"), None),
            label("polonez_sale.signs", Some("The contract is signed"), None),
            label("clash", None, None),
            label("embargo", None, None),
        ],
        evidence: ObservedClaims::default(),
    }
}

/// The 64 bits that stand for a run, and are all that it depends on (SplitMix64).
fn bits(run: u64) -> u64 {
    let mut z = run.wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// Made-up runs. Where `flawed`, about one in 500 fails and one in 1000 runs away.
pub(crate) fn block(first_run: u64, runs: u64, flawed: bool) -> Block {
    let mut block = Block {
        first_run,
        endings: Vec::new(),
        outcomes: Vec::new(),
        measures: vec![Vec::new(); 3],
        series: vec![vec![Vec::new(); 13]],
        counts: vec![Vec::new(); 4],
        checksums: Vec::new(),
    };
    for run in first_run..first_run + runs {
        let bits = bits(run);
        let u = (bits >> 12) as f64 / (1_u64 << 52) as f64;
        let outcome = [0.41, 0.53, 0.86, 0.9996].iter().filter(|bound| u >= **bound).count() as u32;
        let clashes = (bits & 0xff).leading_zeros() - 56 + (bits >> 8 & 1) as u32;
        let signed = u32::from(u < 0.6);
        block.endings.push(match bits % 1000 {
            0 | 500 if flawed => Ending::Failed,
            250 if flawed => Ending::Runaway,
            _ => Ending::Valid,
        });
        block.outcomes.push(outcome);
        block.measures[0].push(0.7 + 0.2 * u * u);
        block.measures[1].push(f64::from(clashes));
        block.measures[2].push(if outcome == 0 { 0.25 + 3.0 * u } else { f64::INFINITY });
        for (point, column) in block.series[0].iter_mut().enumerate() {
            column.push(0.7 + 0.2 * u * u * point as f64 / 12.0);
        }
        for (column, count) in block.counts.iter_mut().zip([1, signed, clashes, 0]) {
            column.push(count);
        }
        block.checksums.push(bits);
    }
    block
}

/// The results of made-up runs, played in blocks of a given size.
pub(crate) fn results(first_run: u64, runs: u64, block_size: u64, flawed: bool) -> Results {
    let mut results = Results::new(&observed());
    let end = first_run + runs;
    let mut next = first_run;
    while next < end {
        let size = block_size.min(end - next);
        results.add(&block(next, size, flawed));
        next += size;
    }
    results
}

/// The same, as they would be saved.
pub(crate) fn saved(first_run: u64, runs: u64, block_size: u64, flawed: bool) -> Saved {
    let identity = Identity {
        title: "Polonez for Azerbaijan".to_owned(),
        sha256: "5e884898da28047151d0e56f8dc6292773603d0d6aabbdd62a11ef721d1542d8".to_owned(),
        seed: 2016,
        first_run,
        runs,
        partial: false,
    };
    Saved::new(identity, observed(), results(first_run, runs, block_size, flawed))
}

/// The same, summarised.
pub(crate) fn summary(runs: u64, flawed: bool) -> Summary {
    saved(0, runs, 512, flawed).summary()
}
