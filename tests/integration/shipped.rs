//! The scenarios that these tests play: three written to use every feature, and the benchmark.

/// The core language, the domain, claims, the benchmark: the name and the text of each.
pub const ALL: [(&str, &str); 4] = [
    ("core.toml", include_str!("scenarios/core.toml")),
    ("deals.toml", include_str!("scenarios/deals.toml")),
    ("claims.toml", include_str!("scenarios/claims.toml")),
    ("race.toml", include_str!("../../scenarios/race.toml")),
];
