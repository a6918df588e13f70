//! Any bytes as a scenario: read, checked, printed, planned, and one run of it played.

#![no_main]

use equipoise::diagnostic::{Faults, Files, render};
use equipoise::engine::Player;
use equipoise::model::{check, expand};
use equipoise::plan::plan;
use equipoise::scenario::{Override, load_text};
use libfuzzer_sys::fuzz_target;

/// A run that fires more events than this tells nothing new.
const LIMIT: u64 = 200;

fuzz_target!(|bytes: &[u8]| {
    // A file that is not UTF-8 is refused before it is read. What follows a NUL is an override.
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let (text, overrides) = match text.split_once('\0') {
        Some((text, change)) => (
            text,
            vec![Override {
                text: change.to_owned(),
            }],
        ),
        None => (text, Vec::new()),
    };
    let (mut files, mut faults) = (Files::default(), Faults::default());
    let core = load_text("fuzz.toml", text, &overrides, &mut files, &mut faults)
        .and_then(|scenario| check(&scenario, &files, &mut faults));
    assert_eq!(core.is_none(), faults.has_errors());
    render(&faults, &files, false);
    let Some(core) = core else { return };
    expand(&core);
    let mut plan = plan(&core);
    plan.limit = plan.limit.min(LIMIT);
    Player::new(&plan, 1).block(0, 1);
});
