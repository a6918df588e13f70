//! The command line: one file per command, and what they share.

mod arguments;
mod causes;
mod check;
mod compare;
mod comparing;
mod completions;
mod drivers;
mod exit;
mod expand;
mod explain;
mod init;
mod load;
mod merge;
mod output;
mod playing;
mod report;
mod report_drivers;
mod run;
mod schema;
mod score;
mod trace;
mod values;

use clap::{CommandFactory, FromArgMatches};

use arguments::Color;
pub use arguments::{Arguments, Command};
pub use exit::Exit;

/// Parses the arguments of the process, does what they ask for, and tells how it went.
pub fn main() -> Exit {
    let asked = Color::asked(std::env::args_os());
    output::colour(asked);
    let matches = Arguments::command().color(asked.into()).get_matches();
    let arguments = Arguments::from_arg_matches(&matches).unwrap_or_else(|error| error.exit());
    match arguments.command {
        Command::Run(arguments) => run::run(&arguments),
        Command::Compare(arguments) => compare::compare(&arguments),
        Command::Drivers(arguments) => drivers::drivers(&arguments),
        Command::Merge(arguments) => merge::merge(&arguments),
        Command::Check(arguments) => check::check(&arguments),
        Command::Expand(arguments) => expand::expand(&arguments),
        Command::Trace(arguments) => trace::trace(&arguments),
        Command::Causes(arguments) => causes::run(&arguments),
        Command::Score(arguments) => score::run(&arguments),
        Command::Explain(arguments) => explain::explain(&arguments),
        Command::Init(arguments) => init::init(&arguments),
        Command::Completions(arguments) => completions::completions(&arguments),
        Command::Man(arguments) => completions::man(&arguments),
        Command::Schema => schema::schema(),
        Command::Report(arguments) => report::report(&arguments),
    }
}
