//! What can be typed.

use std::path::PathBuf;

use clap::{ArgGroup, Args, Parser, Subcommand};

use super::values::{self, RowTarget};

mod shared;

use shared::BEHIND;
pub use shared::{AnswerFormat, Color, EngineChoice, EvidenceArguments, Format, PlayArguments, ScenarioArguments};

/// Plays a scenario of rival powers out many times and counts how it ends.
#[derive(Debug, Parser)]
#[command(name = "equipoise", version, about, max_term_width = 100)]
pub struct Arguments {
    /// Where to use colour.
    #[arg(long, value_enum, value_name = "WHEN", default_value_t = Color::Auto, global = true, display_order = BEHIND)]
    pub color: Color,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
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

/// `equipoise run`
#[derive(Debug, Args)]
#[command(group = ArgGroup::new("kept").args(["save", "out"]).multiple(true))]
pub struct RunArguments {
    /// What is played.
    #[command(flatten)]
    pub scenario: ScenarioArguments,
    /// How they are played.
    #[command(flatten)]
    pub play: PlayArguments,
    /// The number of the first run.
    #[arg(long, value_name = "N", default_value_t = 0, value_parser = values::run, allow_negative_numbers = true)]
    pub first_run: u64,
    /// What plays: the results are the same to the bit.
    #[arg(long, value_enum, default_value_t = EngineChoice::Batch)]
    pub engine: EngineChoice,
    /// Go on until the 95% simulation interval of every outcome is narrower than this, for example 0.01.
    #[arg(long, value_name = "WIDTH", conflicts_with = "runs", value_parser = values::precision, allow_negative_numbers = true)]
    pub precision: Option<f64>,
    /// The most runs that --precision may take.
    #[arg(long, value_name = "N", default_value_t = 10_000_000, requires = "precision",
          value_parser = values::runs, allow_negative_numbers = true)]
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
    #[arg(long, value_name = "FILE", value_parser = values::rows)]
    pub out: Option<RowTarget>,
    /// Replace the files that --save and --out name, if they are there.
    #[arg(long, requires = "kept")]
    pub force: bool,
    /// Say what is done, and how long it takes.
    #[arg(long, short, conflicts_with = "quiet", display_order = BEHIND)]
    pub verbose: bool,
}

/// `equipoise compare`
#[derive(Debug, Args)]
#[command(mut_arg("runs", |runs| runs.help("How many runs of each to play [default: what the baseline says]")))]
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
    /// Look only at runs in which this holds, in every scenario, at the horizon or on a day:
    /// --given "stage == 'signed' @ 2018-02-07".
    #[arg(long, value_name = "EXPR [@ DATE]")]
    pub given: Vec<String>,
    /// Which claims are heard.
    #[command(flatten)]
    pub evidence: EvidenceArguments,
    /// Also tell which of several edits moved what, by their Shapley values.
    #[arg(long)]
    pub attribute: bool,
    /// How they are played.
    #[command(flatten)]
    pub play: PlayArguments,
    /// The number of the first run.
    #[arg(long, value_name = "N", default_value_t = 0, value_parser = values::run, allow_negative_numbers = true)]
    pub first_run: u64,
    /// How to show the comparison.
    #[arg(long, value_enum, default_value_t = Format::Table)]
    pub format: Format,
}

/// `equipoise drivers`
#[derive(Debug, Args)]
#[command(mut_arg("runs", |runs| runs.help("How many runs to play [default: what the scenario says]. What is drawn in each of them is kept in memory")))]
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
    /// How they are played.
    #[command(flatten)]
    pub play: PlayArguments,
    /// The number of the first run.
    #[arg(long, value_name = "N", default_value_t = 0, value_parser = values::run, allow_negative_numbers = true)]
    pub first_run: u64,
    /// How to show what is found.
    #[arg(long, value_enum, default_value_t = Format::Table)]
    pub format: Format,
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
    #[arg(long, value_name = "N", default_value_t = 0, value_parser = values::run, allow_negative_numbers = true)]
    pub run: u64,
    /// The seed of all draws [default: what the scenario says].
    #[arg(long, value_name = "N", value_parser = values::seed, allow_negative_numbers = true)]
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
    #[arg(long, short, value_name = "FILE.html", default_value = "report.html", value_parser = values::page)]
    pub output: PathBuf,
    /// How they are played.
    #[command(flatten)]
    pub play: PlayArguments,
    /// Replace the page, if it is there.
    #[arg(long)]
    pub force: bool,
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

/// `equipoise score`
#[derive(Debug, Args)]
#[command(mut_arg("runs", |runs| runs.help("How many runs to play of each [default: what the scenario says]")))]
pub struct ScoreArguments {
    /// The scenario files, each with a [resolution].
    #[arg(value_name = "FILE", required = true)]
    pub files: Vec<PathBuf>,
    /// Put another value in the place of an address.
    #[arg(long = "set", value_name = "ADDRESS=VALUE")]
    pub set: Vec<String>,
    /// How they are played.
    #[command(flatten)]
    pub play: PlayArguments,
    /// A table of cases for the base rate, in the place of the one that the scenario names.
    #[arg(long, value_name = "TABLE.csv")]
    pub base_rate: Option<PathBuf>,
    /// Which cases of the table count, in the place of what the scenario says, for example objector_leverage=protest_only.
    #[arg(long = "where", value_name = "COLUMN=VALUE", value_parser = values::filter)]
    pub where_: Vec<(String, Vec<String>)>,
    /// The id of the case itself in the table, which is left out.
    #[arg(long, value_name = "ID")]
    pub case: Option<String>,
    /// How to show the scores.
    #[arg(long, value_enum, default_value_t = AnswerFormat::Table)]
    pub format: AnswerFormat,
}

/// `equipoise causes`
#[derive(Debug, Args)]
#[command(mut_arg("runs", |runs| runs.help("How many runs to play; each is played again for every event [default: what the scenario says, at most 5000]")))]
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
    /// How they are played.
    #[command(flatten)]
    pub play: PlayArguments,
    /// How to show the answer.
    #[arg(long, value_enum, default_value_t = AnswerFormat::Table)]
    pub format: AnswerFormat,
}
