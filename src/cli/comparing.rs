//! What `compare` and `report` share: the scenarios of a comparison, loaded, and played on the same runs.

use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

use crate::analysis::compare::{
    Attribution, Believed, Change, Comparison, Edits, Joint, Layout, Pairs, Shapley, Side, attribution, compared, side,
};
use crate::analysis::evidence::Selection;
use crate::diagnostic::{Faults, Files, Span};
use crate::engine::{Options, play_together};
use crate::model::{Core, check};
use crate::plan::{Plan, plan};
use crate::results::FORMAT_VERSION;
use crate::scenario::{Given, Override, Written, differences, givens, load_written};

use super::exit::Exit;
use super::output::{complain, complain_of};
use super::playing::{progress_bar, threads};

/// One of the scenarios.
pub(super) struct Scenario {
    pub(super) label: String,
    pub(super) written: Written,
    pub(super) core: Core,
    pub(super) given: Vec<Given>,
    pub(super) plan: Plan,
    sha256: String,
}

impl Scenario {
    /// The same, in which everything has a printed name.
    pub(super) fn in_words(mut self) -> Self {
        self.core = self.core.in_words();
        self.plan = plan(&self.core);
        self
    }

    /// What it is called, and what is believed under it; none where claims contradict it, which is told.
    fn side(&self, place: usize, believed: &Believed, selection: &Selection) -> Option<Side> {
        let told = |contradiction| complain(&format!("error: {}: {contradiction}", self.label));
        let said = believed.said(place, &self.plan, selection).map_err(told).ok()?;
        Some(Side {
            given: believed.given(place, &self.plan),
            beliefs: said.beliefs,
            claims: said.claims,
            origins: said.origins,
            ..side(self.label.clone(), &self.core, self.sha256.clone())
        })
    }
}

/// What is compared with what.
pub(super) struct Asked<'a> {
    /// The scenario files, the first of which is the baseline.
    pub(super) files: &'a [PathBuf],
    /// The variant of the first file that is the baseline, in the place of the file as it stands.
    pub(super) about: Option<&'a str>,
    /// Variants of the baseline, each of which is compared with it.
    pub(super) variants: &'a [String],
    /// What is set in all of them.
    pub(super) set_in_all: &'a [String],
    /// What else is set in the baseline, to be compared with it.
    pub(super) set: &'a [String],
}

/// Loads scenarios.
pub(super) struct Loading<'a> {
    pub(super) files: Files,
    /// What a run must fulfil to be looked at, in each of them.
    pub(super) given: &'a [String],
    pub(super) quiet: bool,
    /// Warnings are shown of the baseline only: the others would repeat them.
    pub(super) is_first: bool,
}

impl Loading<'_> {
    /// Loads all of them, the baseline first; without anything else, all its variants are the others.
    ///
    /// # Errors
    /// If one cannot be read, or has an error, or there is nothing to compare.
    pub(super) fn all(&mut self, asked: &Asked<'_>) -> Result<Vec<Scenario>, Exit> {
        let (baseline, common) = (&asked.files[0], asked.set_in_all);
        let mut scenarios = vec![self.one(baseline, asked.about, common)?];
        for file in &asked.files[1..] {
            scenarios.push(self.one(file, None, common)?);
        }
        let nothing_named = asked.files.len() == 1 && asked.variants.is_empty() && asked.set.is_empty();
        let variants = if nothing_named {
            scenarios[0].written.variants()
        } else {
            asked.variants.to_vec()
        };
        for id in &variants {
            scenarios.push(self.one(baseline, Some(id), common)?);
        }
        if !asked.set.is_empty() {
            scenarios.push(self.one(baseline, None, &[common, asked.set].concat())?);
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
        let mut given = Vec::new();
        let checked = written.scenario(&mut faults).and_then(|mut scenario| {
            scenario.given = givens(self.given, &mut self.files, &mut faults);
            given.clone_from(&scenario.given);
            Some((check(&scenario, &self.files, &mut faults)?, scenario.sha256))
        });
        let shows_warnings = std::mem::replace(&mut self.is_first, false) && !self.quiet;
        let mut label = path.display().to_string();
        if let Some(id) = variant {
            label.push_str(&format!(", variant {id}"));
        }
        if !set.is_empty() {
            label.push_str(&format!(" with {}", set.join(", ")));
        }
        if faults.has_errors() || (shows_warnings && !faults.is_empty()) {
            // What is wrong may be seen at a line that is right without what is laid over it.
            if variant.is_some() {
                complain(&format!("{label}:"));
            }
            complain_of(&faults, &self.files);
        }
        let is_of_given = |span: Span| given.iter().any(|given| given.says.span.file == span.file);
        if faults.has_errors() && faults.sorted().iter().any(|fault| is_of_given(fault.span)) {
            complain(&format!(
                "help: what --given says must mean something in each scenario; it does not in {label}"
            ));
        }
        let (core, sha256) = checked.ok_or(Exit::BadInput)?;
        Ok(Scenario {
            label,
            written,
            given,
            plan: plan(&core),
            core,
            sha256,
        })
    }
}

/// How they are played.
pub(super) struct Playing<'a> {
    pub(super) seed: u64,
    pub(super) first_run: u64,
    pub(super) runs: u64,
    /// How many threads were asked for.
    pub(super) threads: Option<u16>,
    pub(super) quiet: bool,
    /// Which claims are heard, in each of them.
    pub(super) selection: Selection,
    pub(super) stop: &'a AtomicBool,
}

impl Playing<'_> {
    /// Plays them, and the sets of edits if there are any, and compares.
    ///
    /// # Errors
    /// If claims contradict some of them; all of these are told.
    pub(super) fn comparison(&self, scenarios: &[Scenario], sets: &[Edits]) -> Result<(Comparison, Vec<Layout>), Exit> {
        let (baseline, others) = (&scenarios[0], &scenarios[1..]);
        let layouts: Vec<Layout> = others
            .iter()
            .map(|other| Layout::new(&baseline.plan, &other.plan))
            .collect();
        let new = || Joint {
            pairs: layouts
                .iter()
                .map(|layout| Pairs::new(layout.clone(), self.first_run))
                .collect(),
        };
        let plans: Vec<&Plan> = scenarios.iter().map(|scenario| &scenario.plan).collect();
        let new = || Believed::new(new(), &plans);
        let mut believed = new();
        let played = self.play(&plans, &mut believed, new);
        let sides: Vec<Side> = scenarios
            .iter()
            .enumerate()
            .filter_map(|(place, scenario)| scenario.side(place, &believed, &self.selection))
            .collect();
        if sides.len() < scenarios.len() {
            return Err(Exit::Failed);
        }
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
            first_run: self.first_run,
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
        Ok((comparison, layouts))
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
        let first = self.first_run;
        let bar = progress_bar(self.quiet, self.runs);
        let options = Options {
            threads: threads(self.threads),
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
