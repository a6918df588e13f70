//! `equipoise compare`: plays two or more scenarios on the same runs and shows what differs.

use std::path::Path;
use std::sync::atomic::AtomicBool;

use crate::analysis::compare::{
    Attribution, Believed, Change, Comparison, Edits, Joint, Layout, Pairs, Shapley, Side, attribution, compared,
    edits, side,
};
use crate::diagnostic::{Faults, Files};
use crate::engine::{Options, play_together};
use crate::model::{Core, check};
use crate::plan::{Plan, plan};
use crate::results::FORMAT_VERSION;
use crate::scenario::{Override, Written, differences, load_written};

use super::arguments::{CompareArguments, Format};
use super::exit::Exit;
use super::output::{complain, complain_of, show};
use super::playing::{progress_bar, stop_on_interrupt, threads, width};

/// One of the scenarios.
struct Scenario {
    label: String,
    written: Written,
    core: Core,
    sha256: String,
    plan: Plan,
}

impl Scenario {
    /// What it is called, and what is believed under it; claims that contradict it are told.
    fn side(&self, place: usize, believed: &Believed) -> Side {
        let beliefs = believed.beliefs(place, &self.plan).unwrap_or_else(|contradiction| {
            complain(&format!("warning: {}: {contradiction}", self.label));
            Vec::new()
        });
        Side {
            beliefs,
            ..side(self.label.clone(), &self.core, self.sha256.clone())
        }
    }
}

/// Loads, plays, compares and shows.
pub fn compare(arguments: &CompareArguments) -> Exit {
    let mut loading = Loading {
        files: Files::default(),
        quiet: arguments.quiet,
        is_first: true,
    };
    let scenarios = match loading.all(arguments) {
        Ok(scenarios) => scenarios,
        Err(exit) => return exit,
    };
    let mut sets = Vec::new();
    for other in scenarios[1..].iter().filter(|_| arguments.attribute) {
        match edits(&scenarios[0].written, &other.written, &loading.files) {
            Ok(found) => sets.push(found),
            Err(too_many) => {
                complain(&format!("error: --attribute: {}: {too_many}", other.label));
                return Exit::BadInput;
            }
        }
    }
    let stop = stop_on_interrupt();
    let playing = Playing {
        arguments,
        seed: arguments.seed.unwrap_or(scenarios[0].core.seed),
        runs: arguments.runs.unwrap_or(scenarios[0].core.runs),
        stop: &stop,
    };
    let (comparison, layouts) = playing.comparison(&scenarios, &sets);
    let exit = if comparison.partial {
        Exit::Interrupted
    } else {
        Exit::Fine
    };
    show(
        |mut out| match arguments.format {
            Format::Json => crate::export::comparison_json(&comparison, &mut out),
            Format::Csv => crate::export::comparison_csv(&comparison, &mut out),
            Format::Table => out.write_all(crate::report::comparison(&comparison, &layouts, width()).as_bytes()),
        },
        exit,
    )
}

struct Loading {
    files: Files,
    quiet: bool,
    /// Warnings are shown of the baseline only: the others would repeat them.
    is_first: bool,
}

impl Loading {
    fn all(&mut self, arguments: &CompareArguments) -> Result<Vec<Scenario>, Exit> {
        let baseline = &arguments.files[0];
        let mut scenarios = vec![self.one(baseline, None, &[])?];
        for file in &arguments.files[1..] {
            scenarios.push(self.one(file, None, &[])?);
        }
        let nothing_named = arguments.files.len() == 1 && arguments.variant.is_empty() && arguments.set.is_empty();
        let variants = if nothing_named {
            scenarios[0].written.variants()
        } else {
            arguments.variant.clone()
        };
        for id in &variants {
            scenarios.push(self.one(baseline, Some(id), &[])?);
        }
        if !arguments.set.is_empty() {
            scenarios.push(self.one(baseline, None, &arguments.set)?);
        }
        if scenarios.len() < 2 {
            complain(&format!(
                "error: there is nothing to compare {} with: name a second file, --variant or --set, or write a variant into it",
                baseline.display()
            ));
            return Err(Exit::BadInput);
        }
        Ok(scenarios)
    }

    fn one(&mut self, path: &Path, variant: Option<&str>, set: &[String]) -> Result<Scenario, Exit> {
        let overrides: Vec<Override> = set.iter().map(|text| Override { text: text.clone() }).collect();
        let mut faults = Faults::default();
        let written = load_written(path, variant, &overrides, &mut self.files, &mut faults).map_err(|unreadable| {
            complain(&format!("error: {unreadable}"));
            Exit::BadInput
        })?;
        let scenario = written.scenario(&mut faults);
        let checked =
            scenario.and_then(|scenario| Some((check(&scenario, &self.files, &mut faults)?, scenario.sha256)));
        let shows_warnings = std::mem::replace(&mut self.is_first, false) && !self.quiet;
        if faults.has_errors() || (shows_warnings && !faults.is_empty()) {
            complain_of(&faults, &self.files);
        }
        let (core, sha256) = checked.ok_or(Exit::BadInput)?;
        let mut label = path.display().to_string();
        if let Some(id) = variant {
            label.push_str(&format!(", variant {id}"));
        }
        if !set.is_empty() {
            label.push_str(&format!(" with {}", set.join(", ")));
        }
        Ok(Scenario {
            label,
            written,
            plan: plan(&core),
            core,
            sha256,
        })
    }
}

struct Playing<'a> {
    arguments: &'a CompareArguments,
    seed: u64,
    runs: u64,
    stop: &'a AtomicBool,
}

impl Playing<'_> {
    fn comparison(&self, scenarios: &[Scenario], sets: &[Edits]) -> (Comparison, Vec<Layout>) {
        let (baseline, others) = (&scenarios[0], &scenarios[1..]);
        let layouts: Vec<Layout> = others
            .iter()
            .map(|other| Layout::new(&baseline.plan, &other.plan))
            .collect();
        let new = || Joint {
            pairs: layouts
                .iter()
                .map(|layout| Pairs::new(layout.clone(), self.arguments.first_run))
                .collect(),
        };
        let plans: Vec<&Plan> = scenarios.iter().map(|scenario| &scenario.plan).collect();
        let new = || Believed::new(new(), &plans);
        let mut believed = new();
        let played = self.play(&plans, &mut believed, new);
        let sides: Vec<Side> = scenarios
            .iter()
            .enumerate()
            .map(|(place, scenario)| scenario.side(place, &believed))
            .collect();
        let attributions: Vec<Attribution> = sets.iter().map(|edits| self.attribution(edits)).collect();
        let compare = |(index, (other, pairs)): (usize, (&Scenario, &Pairs))| {
            compared(
                sides[index + 1].clone(),
                changes(&baseline.written, &other.written),
                attributions.get(index).cloned(),
                pairs,
            )
        };
        let comparison = Comparison {
            format_version: FORMAT_VERSION,
            equipoise: env!("CARGO_PKG_VERSION").to_owned(),
            seed: self.seed,
            first_run: self.arguments.first_run,
            runs: played,
            partial: played < self.runs,
            baseline: sides[0].clone(),
            comparisons: others
                .iter()
                .zip(&believed.joint.pairs)
                .enumerate()
                .map(compare)
                .collect(),
        };
        (comparison, layouts)
    }

    fn attribution(&self, edits: &Edits) -> Attribution {
        let none = &edits.plans[0];
        let new = || Shapley::new(edits.plans.iter().map(|plan| Layout::new(none, plan)).collect());
        let plans: Vec<&Plan> = edits.plans.iter().collect();
        let mut shapley = new();
        self.play(&plans, &mut shapley, new);
        attribution(edits.addresses.clone(), &shapley)
    }

    fn play<F: crate::engine::JointFold>(&self, plans: &[&Plan], fold: &mut F, new: impl Fn() -> F + Sync) -> u64 {
        let first = self.arguments.first_run;
        let bar = progress_bar(self.arguments.quiet, self.runs);
        let options = Options {
            threads: threads(self.arguments.threads),
            stop: self.stop,
            progress: &|runs| bar.inc(runs),
        };
        let played = play_together(plans, self.seed, first..first + self.runs, &options, fold, new);
        bar.finish_and_clear();
        played
    }
}

fn changes(first: &Written, second: &Written) -> Vec<Change> {
    differences(first, second)
        .into_iter()
        .map(|difference| Change {
            address: difference.address,
            baseline: difference.first,
            compared: difference.second,
            only_words: difference.only_words,
        })
        .collect()
}
