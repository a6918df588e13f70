//! What can be typed.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::engine::Engine;
use crate::scenario::Override;

/// Plays a scenario of rival powers out many times and counts how it ends.
#[derive(Debug, Parser)]
#[command(name = "equipoise", version, about, max_term_width = 100)]
pub struct Arguments {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Play a scenario many times and show how it ends.
    Run(RunArguments),
    /// Put saved results of consecutive runs together.
    Merge(MergeArguments),
    /// Look for faults in scenarios without playing them.
    Check(CheckArguments),
    /// Write a scenario out in the core language: what its deals, policies and balances mean.
    Expand(ExpandArguments),
    /// Tell the story of one run.
    Trace(TraceArguments),
}

/// A scenario, and what is changed in it.
#[derive(Debug, Args)]
pub struct ScenarioArguments {
    /// The scenario file.
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
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

/// `equipoise run`
#[derive(Debug, Args)]
pub struct RunArguments {
    /// What is played.
    #[command(flatten)]
    pub scenario: ScenarioArguments,
    /// How many runs to play [default: what the scenario says].
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..=MAX_RUNS))]
    pub runs: Option<u64>,
    /// The seed of all draws [default: what the scenario says].
    #[arg(long, value_name = "N")]
    pub seed: Option<u64>,
    /// The number of the first run.
    #[arg(long, value_name = "N", default_value_t = 0, value_parser = clap::value_parser!(u64).range(..=MAX_RUNS))]
    pub first_run: u64,
    /// How many threads to play on [default: one a core]. The results do not depend on it.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    pub threads: Option<u16>,
    /// What plays: the results are the same to the bit.
    #[arg(long, value_enum, default_value_t = EngineChoice::Batch)]
    pub engine: EngineChoice,
    /// Go on until the 95% simulation interval of every outcome is narrower than this, for example 0.01.
    #[arg(long, value_name = "WIDTH", conflicts_with = "runs", value_parser = precision)]
    pub precision: Option<f64>,
    /// The most runs that --precision may take.
    #[arg(long, value_name = "N", default_value_t = 10_000_000, requires = "precision",
          value_parser = clap::value_parser!(u64).range(1..=MAX_RUNS))]
    pub max_runs: u64,
    /// How to show the results.
    #[arg(long, value_enum, default_value_t = Format::Table)]
    pub format: Format,
    /// Also keep the results in a file that `merge` can put together with others.
    #[arg(long, value_name = "FILE.eqr")]
    pub save: Option<PathBuf>,
    /// Replace the file that --save names, if it is there.
    #[arg(long, requires = "save")]
    pub force: bool,
    /// Show no progress and no warnings.
    #[arg(long, short)]
    pub quiet: bool,
}

/// More runs than anybody plays, and few enough that their numbers can be doubled.
const MAX_RUNS: u64 = 1 << 60;

fn precision(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(width) if width > 0.0 && width < 1.0 => Ok(width),
        _ => Err("a width lies between 0 and 1, for example 0.01 for one percentage point".to_owned()),
    }
}

/// `equipoise merge`
#[derive(Debug, Args)]
pub struct MergeArguments {
    /// Results that `run --save` has kept; together they must be consecutive runs.
    #[arg(value_name = "FILE.eqr", required = true)]
    pub files: Vec<PathBuf>,
    /// How to show the merged results.
    #[arg(long, value_enum, default_value_t = Format::Table)]
    pub format: Format,
    /// Also keep the merged results.
    #[arg(long, value_name = "FILE.eqr")]
    pub save: Option<PathBuf>,
    /// Replace the file that --save names, if it is there.
    #[arg(long, requires = "save")]
    pub force: bool,
}

/// `equipoise check`
#[derive(Debug, Args)]
pub struct CheckArguments {
    /// The scenario files.
    #[arg(value_name = "FILE", required = true)]
    pub files: Vec<PathBuf>,
    /// Put another value in the place of an address.
    #[arg(long = "set", value_name = "ADDRESS=VALUE")]
    pub set: Vec<String>,
    /// Also warn of every number that gives neither a source nor a note.
    #[arg(long)]
    pub sources: bool,
}

/// `equipoise expand`
#[derive(Debug, Args)]
pub struct ExpandArguments {
    /// What is written out.
    #[command(flatten)]
    pub scenario: ScenarioArguments,
}

/// `equipoise trace`
#[derive(Debug, Args)]
pub struct TraceArguments {
    /// What is played.
    #[command(flatten)]
    pub scenario: ScenarioArguments,
    /// The number of the run.
    #[arg(long, value_name = "N", default_value_t = 0, value_parser = clap::value_parser!(u64).range(..=MAX_RUNS))]
    pub run: u64,
    /// The seed of all draws [default: what the scenario says].
    #[arg(long, value_name = "N")]
    pub seed: Option<u64>,
}
