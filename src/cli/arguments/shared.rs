//! What several commands take.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::analysis::evidence::Selection;
use crate::engine::Engine;
use crate::scenario::Override;

use super::super::values;

/// Where colour is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Color {
    /// On a terminal, unless NO_COLOR is set.
    Auto,
    /// Everywhere.
    Always,
    /// Nowhere.
    Never,
}

impl Color {
    /// What a command line asks for, as far as can be told before it is parsed: what is wrong with it is coloured by it too.
    pub fn asked(words: impl IntoIterator<Item = OsString>) -> Self {
        let mut choice = Color::Auto;
        let mut is_next = false;
        for word in words {
            let word = word.to_string_lossy();
            let value = if is_next {
                Some(&*word)
            } else {
                word.strip_prefix("--color=")
            };
            choice = value
                .and_then(|value| Color::from_str(value, false).ok())
                .unwrap_or(choice);
            is_next = word == "--color";
        }
        choice
    }
}

impl From<Color> for clap::ColorChoice {
    fn from(color: Color) -> Self {
        match color {
            Color::Auto => clap::ColorChoice::Auto,
            Color::Always => clap::ColorChoice::Always,
            Color::Never => clap::ColorChoice::Never,
        }
    }
}

/// A scenario, and what is changed in it.
#[derive(Debug, Args)]
pub struct ScenarioArguments {
    /// The scenario file.
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// Take one of the scenario's variants: what stands in [variants.ID].
    #[arg(long, value_name = "ID")]
    pub variant: Option<String>,
    /// Put another value in the place of an address, for example leverage=0.5 or polonez_sale.quantity=100.
    #[arg(long = "set", value_name = "ADDRESS=VALUE")]
    pub set: Vec<String>,
}

impl ScenarioArguments {
    /// The overrides, as the scenario stage takes them.
    pub fn overrides(&self) -> Vec<Override> {
        self.set.iter().map(|text| Override { text: text.clone() }).collect()
    }
}

/// How runs are played.
#[derive(Debug, Args)]
pub struct PlayArguments {
    /// How many runs to play [default: what the scenario says].
    #[arg(long, value_name = "N", value_parser = values::runs, allow_negative_numbers = true)]
    pub runs: Option<u64>,
    /// The seed of all draws [default: what the scenario says].
    #[arg(long, value_name = "N", value_parser = values::seed, allow_negative_numbers = true)]
    pub seed: Option<u64>,
    /// How many threads to play on [default: one a core]. The results do not depend on it.
    #[arg(long, value_name = "N", value_parser = values::threads, allow_negative_numbers = true)]
    pub threads: Option<u16>,
    /// Show no progress and no warnings.
    #[arg(long, short, display_order = BEHIND)]
    pub quiet: bool,
}

/// Where what every command has stands in its help: behind what is its own.
pub const BEHIND: usize = 900;

/// Which claims are heard.
#[derive(Debug, Args)]
pub struct EvidenceArguments {
    /// Leave a claim out of the posterior.
    #[arg(long, value_name = "ID")]
    pub without_claim: Vec<String>,
    /// Hear only what had been said by this day.
    #[arg(long, value_name = "DATE", value_parser = values::day)]
    pub as_of: Option<String>,
}

impl EvidenceArguments {
    /// The claims that are heard.
    pub fn selection(&self) -> Selection {
        Selection {
            without: self.without_claim.clone(),
            as_of: self.as_of.clone(),
        }
    }
}

/// How results are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For a person.
    Table,
    /// For programs: one JSON document.
    Json,
    /// For spreadsheets: one tidy table.
    Csv,
}

/// What plays the runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum EngineChoice {
    /// Many runs at once.
    Batch,
    /// One run after the other, plainly: what the other is checked against.
    Reference,
}

impl From<EngineChoice> for Engine {
    fn from(choice: EngineChoice) -> Self {
        match choice {
            EngineChoice::Batch => Engine::Batch,
            EngineChoice::Reference => Engine::Reference,
        }
    }
}

/// How the answer of an analysis is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum AnswerFormat {
    /// For a person.
    Table,
    /// For programs: one JSON document.
    Json,
}
