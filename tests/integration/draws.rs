//! Draws against those of `draws.py`, which has its own SHA-256 and ChaCha8.

use equipoise::engine::Draws;

const PINNED: [(u64, &str, u32, u64, u64); 9] = [
    (0, "clash", 0, 0, 0x3fc0_8919_fc7c_299c),
    (1, "clash", 0, 1, 0x3fc9_0d94_ca2c_30ac),
    (1, "clash", 0, 7, 0x3fd0_568b_fed4_787a),
    (1, "clash", 0, 8, 0x3fdf_1a14_8a56_0c3a),
    (1, "clash.branch", 63, 511, 0x3fe5_f427_72ce_3a1b),
    (1, "clash.branch", 64, 512, 0x3f98_bde0_8884_6b60),
    (u64::MAX, "sale.policy.heed_allies", 0, 1_000_000, 0x3fe5_ab7d_1be4_8ac7),
    (
        2016,
        "decides.branches.goes_on",
        5,
        (1 << 33) + 5,
        0x3fee_7359_d316_5ead,
    ),
    (2016, "a", u32::MAX, 1 << 60, 0x3fe4_72c8_4bfb_8e8f),
];

/// Fails if the key, the stream, the position or the mapping to numbers is not that of the contract, whether a draw is
/// sought alone or taken from a block that has been filled, and wherever in the block it stands.
#[test]
fn draws_are_those_of_the_contract() {
    for (seed, site, occurrence, run, bits) in PINNED {
        let mut draws = Draws::new(seed, &["another".to_owned(), site.to_owned()]);
        for first in [run, run.saturating_sub(5), run.saturating_sub(500)] {
            draws.start_block(first, 512);
            for _ in 0..10 {
                assert_eq!(
                    draws.uniform(1, occurrence, run).to_bits(),
                    bits,
                    "{site} {occurrence} {run}"
                );
            }
        }
    }
}
