//! What can be typed.

use std::path::PathBuf;

use clap::{ArgGroup, Args, Parser, Subcommand, ValueEnum};

use crate::analysis::evidence::Selection;
use crate::engine::Engine;
use crate::scenario::Override;

/// Plays a scenario of rival powers out many times and counts how it ends.
#[derive(Debug, Parser)]
#[command(name = "equipoise", version, about, max_term_width = 100)]
pub struct Arguments {
    /// Where to use colour.
    #[arg(long, value_enum, value_name = "WHEN", default_value_t = Color::Auto, global = true)]
    pub color: Color,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

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

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Play a scenario many times and show how it ends.
    Run(RunArguments),
    /// Play two or more scenarios on the same runs and show what differs.
    Compare(CompareArguments),
    /// Show which parameters and which chances an outcome or a measure goes with.
    Drivers(DriversArguments),
    /// Put saved results of consecutive runs together.
    Merge(MergeArguments),
    /// Look for faults in scenarios without playing them.
    Check(CheckArguments),
    /// Write a scenario out in the core language: what its deals, policies and balances mean.
    Expand(ExpandArguments),
    /// Tell the story of one run.
    Trace(TraceArguments),
    /// Ask of each event: but for it, would the outcome have come?
    Causes(CausesArguments),
    /// Score forecasts whose end is known: what the runs said, before and after the claims.
    Score(ScoreArguments),
    /// Play a scenario and write a page of pictures, tables and stories: one file that needs nothing else.
    Report(ReportArguments),
    /// Write a commented scenario to start from.
    Init(InitArguments),
    /// Explain a diagnostic by its code, with an example and its mend.
    Explain(ExplainArguments),
    /// Print a JSON Schema of the scenario language, for editors.
    Schema,
    /// Print the completions of the command line for a shell.
    Completions(CompletionsArguments),
    /// Write manual pages.
    Man(ManArguments),
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

/// Which claims are heard.
#[derive(Debug, Args)]
pub struct EvidenceArguments {
    /// Leave a claim out of the posterior.
    #[arg(long, value_name = "ID")]
    pub without_claim: Vec<String>,
    /// Hear only what had been said by this day.
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub as_of: Option<String>,
}

fn day(text: &str) -> Result<String, String> {
    match crate::scenario::date::parse(text) {
        Some(day) => Ok(crate::scenario::date::format(day)),
        None => Err("a day is written like 2018-02-07".to_owned()),
    }
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

/// `equipoise run`
#[derive(Debug, Args)]
#[command(group = ArgGroup::new("kept").args(["save", "out"]).multiple(true))]
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
    /// Look only at runs in which this holds at the horizon, or on a day: --given "stage == 'signed' @ 2018-02-07".
    #[arg(long, value_name = "EXPR [@ DATE]")]
    pub given: Vec<String>,
    /// Which claims are heard.
    #[command(flatten)]
    pub evidence: EvidenceArguments,
    /// How to show the results.
    #[arg(long, value_enum, default_value_t = Format::Table)]
    pub format: Format,
    /// Also keep the results in a file that `merge` can put together with others.
    #[arg(long, value_name = "FILE.eqr")]
    pub save: Option<PathBuf>,
    /// Also write every run as a row of a file, weighed by the likelihood of the claims: .parquet, .csv, .json or .jsonl.
    #[arg(long, value_name = "FILE", value_parser = rows)]
    pub out: Option<RowTarget>,
    /// Replace the files that --save and --out name, if they are there.
    #[arg(long, requires = "kept")]
    pub force: bool,
    /// Show no progress and no warnings.
    #[arg(long, short)]
    pub quiet: bool,
    /// Say what is done, and how long it takes.
    #[arg(long, short, conflicts_with = "quiet")]
    pub verbose: bool,
}

/// `equipoise compare`
#[derive(Debug, Args)]
pub struct CompareArguments {
    /// The scenario files. The first is the baseline, which every other is compared with.
    #[arg(value_name = "FILE", required = true)]
    pub files: Vec<PathBuf>,
    /// Compare the baseline with one of its variants; with each, if nothing else is named.
    #[arg(long, value_name = "ID")]
    pub variant: Vec<String>,
    /// Compare the baseline with itself, but for other values at these addresses: all of them together.
    #[arg(long = "set", value_name = "ADDRESS=VALUE")]
    pub set: Vec<String>,
    /// Also tell which of several edits moved what, by their Shapley values.
    #[arg(long)]
    pub attribute: bool,
    /// How many runs of each to play [default: what the baseline says].
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..=MAX_RUNS))]
    pub runs: Option<u64>,
    /// The seed of all draws [default: what the baseline says].
    #[arg(long, value_name = "N")]
    pub seed: Option<u64>,
    /// The number of the first run.
    #[arg(long, value_name = "N", default_value_t = 0, value_parser = clap::value_parser!(u64).range(..=MAX_RUNS))]
    pub first_run: u64,
    /// How many threads to play on [default: one a core]. The results do not depend on it.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    pub threads: Option<u16>,
    /// How to show the comparison.
    #[arg(long, value_enum, default_value_t = Format::Table)]
    pub format: Format,
    /// Show no progress and no warnings.
    #[arg(long, short)]
    pub quiet: bool,
}

/// How an analysis is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum AnalysisFormat {
    /// For a person.
    Table,
    /// For programs: one JSON document.
    Json,
}

/// `equipoise drivers`
#[derive(Debug, Args)]
pub struct DriversArguments {
    /// What is played.
    #[command(flatten)]
    pub scenario: ScenarioArguments,
    /// Look at this outcome alone [default: every outcome].
    #[arg(long, value_name = "OUTCOME", conflicts_with = "measure")]
    pub outcome: Option<String>,
    /// Look at this measure.
    #[arg(long, value_name = "MEASURE")]
    pub measure: Option<String>,
    /// How many runs to play [default: what the scenario says]. What is drawn in each of them is kept in memory.
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
    /// How to show what is found.
    #[arg(long, value_enum, default_value_t = AnalysisFormat::Table)]
    pub format: AnalysisFormat,
    /// Show no progress and no warnings.
    #[arg(long, short)]
    pub quiet: bool,
}

/// More runs than anybody plays, and few enough that their numbers can be doubled.
const MAX_RUNS: u64 = 1 << 60;

/// A file for rows, and the format that its name asks for.
#[derive(Debug, Clone)]
pub struct RowTarget {
    /// Where it is to stand.
    pub path: PathBuf,
    /// In which format.
    pub format: crate::export::rows::Format,
}

impl std::fmt::Display for RowTarget {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.path.display().fmt(f)
    }
}

fn rows(text: &str) -> Result<RowTarget, String> {
    let path = PathBuf::from(text);
    let format = crate::export::rows::Format::of(&path)?;
    Ok(RowTarget { path, format })
}

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
    /// Which claims are heard.
    #[command(flatten)]
    pub evidence: EvidenceArguments,
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

/// `equipoise report`
#[derive(Debug, Args)]
pub struct ReportArguments {
    /// The scenario files. The page is about the first, and compares every other with it.
    #[arg(value_name = "FILE", required = true)]
    pub files: Vec<PathBuf>,
    /// Make the page about this variant of the first file, as `run --variant` plays it, not about the file as it stands.
    #[arg(long, value_name = "ID")]
    pub about: Option<String>,
    /// Compare what the page is about with a variant of the first file.
    #[arg(long, value_name = "ID")]
    pub variant: Vec<String>,
    /// Put another value in the place of an address, in every scenario of the page.
    #[arg(long = "set", value_name = "ADDRESS=VALUE")]
    pub set: Vec<String>,
    /// The page to write.
    #[arg(long, short, value_name = "FILE.html", default_value = "report.html")]
    pub output: PathBuf,
    /// How many runs to play [default: what the scenario says].
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..=MAX_RUNS))]
    pub runs: Option<u64>,
    /// The seed of all draws [default: what the scenario says].
    #[arg(long, value_name = "N")]
    pub seed: Option<u64>,
    /// How many threads to play on [default: one a core]. The page does not depend on it.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    pub threads: Option<u16>,
    /// Replace the page, if it is there.
    #[arg(long)]
    pub force: bool,
    /// Show no progress and no warnings.
    #[arg(long, short)]
    pub quiet: bool,
}

impl ReportArguments {
    /// What the page is about.
    pub fn baseline(&self) -> ScenarioArguments {
        ScenarioArguments {
            file: self.files[0].clone(),
            variant: self.about.clone(),
            set: self.set.clone(),
        }
    }

    /// Whether anything is compared with it.
    pub fn compares(&self) -> bool {
        self.files.len() > 1 || !self.variant.is_empty()
    }
}

/// `equipoise init`
#[derive(Debug, Args)]
pub struct InitArguments {
    /// The file to write; the schema for editors is written beside it.
    #[arg(value_name = "FILE", default_value = "scenario.toml")]
    pub file: PathBuf,
    /// Replace what is there.
    #[arg(long)]
    pub force: bool,
}

/// `equipoise explain`
#[derive(Debug, Args)]
pub struct ExplainArguments {
    /// The code, as it stands in brackets in the message; all are listed without it.
    #[arg(value_name = "CODE")]
    pub code: Option<String>,
}

/// `equipoise completions`
#[derive(Debug, Args)]
pub struct CompletionsArguments {
    /// The shell.
    #[arg(value_enum)]
    pub shell: clap_complete::Shell,
}

/// `equipoise man`
#[derive(Debug, Args)]
pub struct ManArguments {
    /// The folder to write them to, for example ~/.local/share/man/man1.
    #[arg(value_name = "FOLDER")]
    pub folder: PathBuf,
}

/// How the answer of an analysis is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum AnswerFormat {
    /// For a person.
    Table,
    /// For programs: one JSON document.
    Json,
}

/// `equipoise score`
#[derive(Debug, Args)]
pub struct ScoreArguments {
    /// The scenario files, each with a [resolution].
    #[arg(value_name = "FILE", required = true)]
    pub files: Vec<PathBuf>,
    /// Put another value in the place of an address.
    #[arg(long = "set", value_name = "ADDRESS=VALUE")]
    pub set: Vec<String>,
    /// How many runs to play of each [default: what the scenario says].
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..=MAX_RUNS))]
    pub runs: Option<u64>,
    /// The seed of all draws [default: what the scenario says].
    #[arg(long, value_name = "N")]
    pub seed: Option<u64>,
    /// How many threads to play on [default: one a core]. The results do not depend on it.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    pub threads: Option<u16>,
    /// A table of cases for the base rate, in the place of the one that the scenario names.
    #[arg(long, value_name = "TABLE.csv")]
    pub base_rate: Option<PathBuf>,
    /// Which cases of the table count, in the place of what the scenario says, for example objector_leverage=protest_only.
    #[arg(long = "where", value_name = "COLUMN=VALUE", value_parser = filter)]
    pub where_: Vec<(String, Vec<String>)>,
    /// The id of the case itself in the table, which is left out.
    #[arg(long, value_name = "ID")]
    pub case: Option<String>,
    /// How to show the scores.
    #[arg(long, value_enum, default_value_t = AnswerFormat::Table)]
    pub format: AnswerFormat,
    /// Show no warnings.
    #[arg(long, short)]
    pub quiet: bool,
}

fn filter(text: &str) -> Result<(String, Vec<String>), String> {
    match text.split_once('=') {
        Some((column, value)) => Ok((column.trim().to_owned(), vec![value.trim().to_owned()])),
        None => Err("write COLUMN=VALUE, for example objector_leverage=protest_only".to_owned()),
    }
}

/// `equipoise causes`
#[derive(Debug, Args)]
pub struct CausesArguments {
    /// What is played.
    #[command(flatten)]
    pub scenario: ScenarioArguments,
    /// The id of the outcome that is asked about.
    #[arg(long, value_name = "ID")]
    pub outcome: String,
    /// The address of an event that is asked about [default: those that fire in at least 1% of the runs with the outcome].
    #[arg(long, value_name = "ADDRESS")]
    pub of: Vec<String>,
    /// How many runs to play; each is played again for every event [default: what the scenario says, at most 5000].
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..=MAX_RUNS))]
    pub runs: Option<u64>,
    /// The seed of all draws [default: what the scenario says].
    #[arg(long, value_name = "N")]
    pub seed: Option<u64>,
    /// How many threads to play on [default: one a core]. The results do not depend on it.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    pub threads: Option<u16>,
    /// How to show the answer.
    #[arg(long, value_enum, default_value_t = AnswerFormat::Table)]
    pub format: AnswerFormat,
    /// Show no progress and no warnings.
    #[arg(long, short)]
    pub quiet: bool,
}
