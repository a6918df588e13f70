//! The scenarios that these tests play: two written to use every feature, and the benchmark.

/// The core language, the domain, the benchmark: the name and the text of each.
pub const ALL: [(&str, &str); 3] = [
    ("core.toml", include_str!("scenarios/core.toml")),
    ("deals.toml", include_str!("scenarios/deals.toml")),
    ("race.toml", include_str!("../../scenarios/race.toml")),
];
