//! The story of one run: what happened when, how likely it was at that moment, what it changed, and why.

use std::fmt::Write;

use crate::engine::{Failure, FailureNames, Firing, Trace};
use crate::expr::{Tree, Type};
use crate::model::{About, Core, Quantity, Timing};
use crate::plan::Plan;
use crate::scenario::date;

/// Tells a run in words.
pub fn story(core: &Core, plan: &Plan, trace: &Trace, seed: u64) -> String {
    let mut story = Story {
        core,
        text: String::new(),
    };
    story.line(format!("{}: run {} of seed {seed}", core.title, trace.run));
    story.world(trace);
    story.line("");
    trace.firings.iter().for_each(|firing| story.firing(firing));
    story.ending(plan, trace);
    story.text
}

struct Story<'a> {
    core: &'a Core,
    text: String,
}

/// The column at which what is told of a day begins.
const INDENT: &str = "            ";

impl Story<'_> {
    fn line(&mut self, line: impl AsRef<str>) {
        self.text.push_str(line.as_ref().trim_end());
        self.text.push('\n');
    }

    fn value(&self, value: f64, kind: &Type) -> String {
        match kind {
            Type::Number => plain(value),
            Type::Boolean => (if value == 0.0 { "no" } else { "yes" }).to_owned(),
            Type::State(domain) => domain
                .states()
                .get(value as usize)
                .map_or_else(|| plain(value), |state| state.replace('_', " ")),
        }
    }

    /// What was drawn of the world.
    fn world(&mut self, trace: &Trace) {
        let core = self.core;
        let drawn = core
            .parameters
            .iter()
            .enumerate()
            .filter(|(_, parameter)| matches!(parameter.value, Quantity::Drawn(_)));
        let known: Vec<(String, String)> = drawn
            .filter_map(|(index, parameter)| {
                let value = trace.parameters.get(index)?;
                Some((
                    Core::printed(&parameter.about).to_owned(),
                    self.value(*value, &parameter.kind),
                ))
            })
            .collect();
        if known.is_empty() {
            return;
        }
        self.line("");
        self.line("The world of this run");
        let width = known.iter().map(|(name, _)| name.chars().count()).max().unwrap_or(0);
        for (name, value) in known {
            self.line(format!("  {name:width$}  {value}"));
        }
    }

    fn firing(&mut self, firing: &Firing) {
        let core = self.core;
        let event = &core.events[firing.event];
        let day = date::format(date::day_at(core.start, firing.time));
        let branch = firing
            .branch
            .map(|(index, chance)| (&event.branches.all()[index], chance));
        let mut heading = format!("{day}  {}", Core::printed(&event.about));
        if let Some((branch, _)) = &branch {
            let _ = write!(heading, ": {}", Core::printed_branch(branch));
        }
        self.line(heading);
        let mut how = vec![self.clock(firing, &event.timing)];
        if let Some((_, Some(chance))) = branch {
            how.push(format!("this way with a chance of {}%", plain(chance * 100.0)));
        }
        self.line(format!("{INDENT}{}", how.join("; ")));
        for (variable, before, after) in &firing.changes {
            let variable = &core.variables[*variable];
            let (before, after) = (self.value(*before, &variable.kind), self.value(*after, &variable.kind));
            self.line(format!(
                "{INDENT}{}: {before} → {after}",
                Core::printed(&variable.about)
            ));
        }
        self.reasons(&event.about);
        if let Some((branch, _)) = branch {
            self.reasons(&branch.about);
        }
    }

    fn clock(&self, firing: &Firing, timing: &Timing) -> String {
        match (timing, firing.rate) {
            (_, Some(rate)) => format!("at a rate of {} a year just then", plain(rate)),
            (Timing::After(Quantity::Fixed(Tree::Number(0.0))) | Timing::AtOnce, _) => "at once".to_owned(),
            (Timing::After(_), _) => "after its delay".to_owned(),
            (Timing::On(..), _) => "on its day".to_owned(),
            (Timing::Rate(_), None) => String::new(),
        }
    }

    fn reasons(&mut self, about: &About) {
        if let Some(because) = &about.because {
            self.line(format!("{INDENT}because: {because}"));
        }
        for id in &about.sources {
            let declared = self.core.sources.iter().find(|source| source.id == *id);
            let citation = declared.map_or(String::new(), |source| source.citation());
            let shown = if citation.is_empty() {
                id.clone()
            } else {
                format!("{citation} [{id}]")
            };
            self.line(format!("{INDENT}source: {shown}"));
        }
        if let Some(note) = &about.note {
            self.line(format!("{INDENT}note: {note}"));
        }
    }

    fn ending(&mut self, plan: &Plan, trace: &Trace) {
        let core = self.core;
        self.line("");
        if let Some(failure) = &trace.failure {
            let verdict = if *failure == Failure::Runaway {
                "ran away"
            } else {
                "failed"
            };
            self.line(format!(
                "The run {verdict}: {}",
                failure.describe(&Addresses { core, plan })
            ));
            return;
        }
        let stopped = trace.firings.last().filter(|firing| core.events[firing.event].stop);
        let end = stopped.map_or(core.horizon, |firing| firing.time);
        let outcome = trace.outcome.and_then(|index| core.outcomes.get(index));
        let name = outcome.map_or(crate::plan::UNRESOLVED, |outcome| Core::printed(&outcome.about));
        self.line(format!(
            "{}  ends as {name}",
            date::format(date::day_at(core.start, end))
        ));
        let width = core
            .measures
            .iter()
            .map(|measure| Core::printed(&measure.about).chars().count())
            .max()
            .unwrap_or(0);
        for (measure, value) in core.measures.iter().zip(&trace.measures) {
            let shown = if value.is_finite() {
                plain(*value)
            } else {
                "never".to_owned()
            };
            let unit = measure
                .about
                .unit
                .as_deref()
                .filter(|_| value.is_finite())
                .unwrap_or("");
            self.line(format!(
                "{INDENT}{:width$}  {shown} {unit}",
                Core::printed(&measure.about)
            ));
        }
    }
}

/// A number to four digits, without what does not matter.
fn plain(value: f64) -> String {
    if !value.is_finite() {
        return if value.is_nan() {
            "not a number".to_owned()
        } else {
            "infinite".to_owned()
        };
    }
    if value == value.trunc() && value.abs() < 1e15 {
        return format!("{value}");
    }
    let size = value.abs();
    let digits = if size >= 1000.0 {
        1
    } else if size >= 1.0 {
        2
    } else if size >= 0.001 {
        4
    } else {
        return format!("{value:.2e}");
    };
    format!("{value:.digits$}")
        .trim_end_matches('0')
        .trim_end_matches('.')
        .to_owned()
}

struct Addresses<'a> {
    core: &'a Core,
    plan: &'a Plan,
}

impl FailureNames for Addresses<'_> {
    fn event(&self, index: usize) -> &str {
        self.core.events.get(index).map_or("", |event| &event.about.address)
    }

    fn variable(&self, index: usize) -> &str {
        self.core
            .variables
            .get(index)
            .map_or("", |variable| &variable.about.address)
    }

    fn site(&self, index: usize) -> &str {
        self.plan.sites.get(index).map_or("", String::as_str)
    }
}
