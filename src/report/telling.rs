//! A run put into words, part by part: what was drawn, what happened when, what it changed and why, how it ended.

use crate::engine::{Failure, FailureNames, Firing, Trace};
use crate::expr::{Tree, Type};
use crate::model::{About, Core, Quantity, Timing};
use crate::plan::{Plan, UNRESOLVED};
use crate::scenario::date;

/// A run in words.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Telling {
    /// What was drawn of the world: names and values.
    pub world: Vec<(String, String)>,
    /// What happened, in order.
    pub happenings: Vec<Happening>,
    /// How it ended.
    pub end: End,
}

/// Something that happened in a run.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Happening {
    /// The index of the event.
    pub event: usize,
    /// The calendar day, as `2018-06-11`.
    pub day: String,
    /// The printed name of the event, and of the branch that it took.
    pub what: String,
    /// What its clock went by, and how likely its branch was.
    pub how: String,
    /// What changed: the name, the value before and after.
    pub changes: Vec<[String; 3]>,
    /// What is said of the event, and of the branch that it took.
    pub reasons: Vec<Reasons>,
}

/// What a scenario says of something that happened.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Reasons {
    /// Why, in words.
    pub because: Option<String>,
    /// Its sources: id and citation, which may be empty.
    pub sources: Vec<(String, String)>,
    /// What the author says of it.
    pub note: Option<String>,
}

/// How a run ended.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum End {
    /// It could not be played to its end, for this reason.
    Broken(String),
    /// It came to an outcome.
    Outcome {
        /// The calendar day.
        day: String,
        /// The printed name of the outcome.
        name: String,
        /// What was measured: the name, the value and its unit.
        measures: Vec<[String; 3]>,
    },
}

impl Telling {
    /// Puts a run into words.
    pub(super) fn new(core: &Core, plan: &Plan, trace: &Trace) -> Self {
        Telling {
            world: world(core, trace),
            happenings: trace.firings.iter().map(|firing| happening(core, firing)).collect(),
            end: end(core, plan, trace),
        }
    }
}

fn world(core: &Core, trace: &Trace) -> Vec<(String, String)> {
    let drawn = core
        .parameters
        .iter()
        .enumerate()
        .filter(|(_, parameter)| matches!(parameter.value, Quantity::Drawn(_)));
    let told = drawn.filter_map(|(index, parameter)| {
        let value = trace.parameters.get(index)?;
        Some((
            Core::printed(&parameter.about).to_owned(),
            shown(*value, &parameter.kind),
        ))
    });
    told.collect()
}

fn happening(core: &Core, firing: &Firing) -> Happening {
    let event = &core.events[firing.event];
    let branch = firing
        .branch
        .map(|(index, chance)| (&event.branches.all()[index], chance));
    let mut what = Core::printed(&event.about).to_owned();
    let mut how = clock(firing, &event.timing);
    let mut reasons = vec![reasons_of(core, &event.about)];
    if let Some((branch, chance)) = branch {
        what = format!("{what}: {}", Core::printed_branch(branch));
        if let Some(chance) = chance {
            how = format!("{how}; this way with a chance of {}%", plain(chance * 100.0));
        }
        reasons.push(reasons_of(core, &branch.about));
    }
    let change = |(variable, before, after): &(usize, f64, f64)| {
        let variable = &core.variables[*variable];
        let name = Core::printed(&variable.about).to_owned();
        [name, shown(*before, &variable.kind), shown(*after, &variable.kind)]
    };
    Happening {
        event: firing.event,
        day: date::format(date::day_at(core.start, firing.time)),
        what,
        how,
        changes: firing.changes.iter().map(change).collect(),
        reasons,
    }
}

fn clock(firing: &Firing, timing: &Timing) -> String {
    match (timing, firing.rate) {
        (_, Some(rate)) => format!("at a rate of {} a year just then", plain(rate)),
        (Timing::After(Quantity::Fixed(Tree::Number(0.0))) | Timing::AtOnce, _) => "at once".to_owned(),
        (Timing::After(_), _) => "after its delay".to_owned(),
        (Timing::On(..), _) => "on its day".to_owned(),
        (Timing::Rate(_), None) => String::new(),
    }
}

fn reasons_of(core: &Core, about: &About) -> Reasons {
    let citation = |id: &String| {
        let declared = core.sources.iter().find(|source| source.id == *id);
        (id.clone(), declared.map_or(String::new(), |source| source.citation()))
    };
    Reasons {
        because: about.because.clone(),
        sources: about.sources.iter().map(citation).collect(),
        note: about.note.clone(),
    }
}

fn end(core: &Core, plan: &Plan, trace: &Trace) -> End {
    if let Some(failure) = &trace.failure {
        let verdict = if *failure == Failure::Runaway {
            "ran away"
        } else {
            "failed"
        };
        return End::Broken(format!(
            "The run {verdict}: {}",
            failure.describe(&Addresses { core, plan })
        ));
    }
    let stopped = trace.firings.last().filter(|firing| core.events[firing.event].stop);
    let time = stopped.map_or(core.horizon, |firing| firing.time);
    let outcome = trace.outcome.and_then(|index| core.outcomes.get(index));
    let measures = core.measures.iter().zip(&trace.measures).map(|(measure, value)| {
        let name = Core::printed(&measure.about).to_owned();
        if value.is_finite() {
            [name, plain(*value), measure.about.unit.clone().unwrap_or_default()]
        } else {
            [name, "never".to_owned(), String::new()]
        }
    });
    End::Outcome {
        day: date::format(date::day_at(core.start, time)),
        name: outcome
            .map_or(UNRESOLVED, |outcome| Core::printed(&outcome.about))
            .to_owned(),
        measures: measures.collect(),
    }
}

fn shown(value: f64, kind: &Type) -> String {
    match kind {
        Type::Number => plain(value),
        Type::Boolean => (if value == 0.0 { "no" } else { "yes" }).to_owned(),
        Type::State(domain) => domain
            .states()
            .get(value as usize)
            .map_or_else(|| plain(value), |state| state.replace('_', " ")),
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
