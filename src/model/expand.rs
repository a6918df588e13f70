//! Writes the core as a scenario in the core language: what the domain tables of a scenario mean, spelled out.
//!
//! Read again, it gives the same results, run by run.

mod claims;

use crate::distribution::Family;
use crate::expr::{Tree, Type, number, print};
use crate::scenario::{date, quoted};

use super::core::{About, Branches, Core, Draw, Event, Quantity, Timing};

/// The core as the text of a scenario.
pub fn expand(core: &Core) -> String {
    let mut writer = Writer {
        core,
        text: String::new(),
    };
    writer.scenario();
    writer.text
}

struct Writer<'a> {
    core: &'a Core,
    text: String,
}

/// A key of TOML: an address with dots is quoted.
fn key(address: &str) -> String {
    if address.contains('.') {
        quoted(address)
    } else {
        address.to_owned()
    }
}

impl Writer<'_> {
    fn lines(&mut self, lines: Vec<String>) {
        lines.into_iter().for_each(|line| self.line(line));
    }

    fn line(&mut self, line: impl AsRef<str>) {
        self.text.push_str(line.as_ref());
        self.text.push('\n');
    }

    fn heading(&mut self, heading: &str) {
        self.text.push('\n');
        self.line(heading);
    }

    fn scenario(&mut self) {
        let core = self.core;
        self.line("[scenario]");
        self.line(format!("title = {}", quoted(&core.title)));
        self.line(format!("start = {}", date::format(core.start)));
        self.line(format!("horizon = \"{} years\"", core.horizon));
        self.line(format!("seed = {}", core.seed));
        self.line(format!("runs = {}", core.runs));
        self.line(format!("limit = {}", core.limit));
        for source in &core.sources {
            self.heading(&format!("[sources.{}]", source.id));
            for (key, part) in source.parts() {
                if let Some(part) = part {
                    self.line(format!("{key} = {}", quoted(part)));
                }
            }
        }
        self.parameters();
        self.variables();
        self.definitions();
        core.events.iter().for_each(|event| self.event(event));
        self.outcomes();
        self.measures();
        core.origins.iter().for_each(|origin| self.origin(origin));
        core.claims.iter().for_each(|claim| self.claim(claim));
        if let Some(resolution) = &core.resolution {
            self.resolution(resolution);
        }
    }

    fn expression(&self, tree: &Tree) -> String {
        quoted(&print(tree, self.core))
    }

    /// A value where a number stands: plain if it is constant.
    fn value(&self, tree: &Tree) -> String {
        match tree {
            Tree::Number(value) if value.is_finite() => number(*value),
            Tree::Boolean(value) => value.to_string(),
            _ => self.expression(tree),
        }
    }

    /// A duration, where a literal carries its unit.
    fn duration(&self, tree: &Tree) -> String {
        match tree {
            Tree::Number(value) if *value >= 0.0 && value.is_finite() => quoted(&format!("{value} years")),
            _ => self.expression(tree),
        }
    }

    /// The words about something, as entries of an inline table.
    fn words(about: &About, with_name: bool) -> Vec<String> {
        let mut words = Vec::new();
        if let Some(name) = about.name.as_ref().filter(|_| with_name) {
            words.push(format!("name = {}", quoted(name)));
        }
        if let Some(unit) = &about.unit {
            words.push(format!("unit = {}", quoted(unit)));
        }
        if let Some(because) = &about.because {
            words.push(format!("because = {}", quoted(because)));
        }
        if !about.sources.is_empty() {
            let ids: Vec<_> = about.sources.iter().map(|id| quoted(id)).collect();
            words.push(format!("source = [{}]", ids.join(", ")));
        }
        if let Some(note) = &about.note {
            words.push(format!("note = {}", quoted(note)));
        }
        words
    }

    /// A value with what is said of it: short, if nothing is.
    fn worded(entries: Vec<String>, words: Vec<String>, short: Option<String>) -> String {
        match short {
            Some(short) if words.is_empty() => short,
            _ => format!("{{ {} }}", [entries, words].concat().join(", ")),
        }
    }

    fn draw(&self, draw: &Draw, time: bool) -> Vec<String> {
        match draw {
            Draw::Bernoulli(chance) => vec![format!("bernoulli = {}", self.value(chance))],
            Draw::Discrete(_) => Vec::new(),
            Draw::Family {
                family,
                arguments,
                truncate,
            } => {
                let plain = |index: usize| match family {
                    Family::Beta | Family::Poisson => true,
                    Family::Lognormal => index == 1,
                    Family::Gamma | Family::Weibull => index == 0,
                    _ => false,
                };
                let argument = |(index, tree): (usize, &Tree)| {
                    if time && !plain(index) {
                        self.duration(tree)
                    } else {
                        self.value(tree)
                    }
                };
                let arguments: Vec<_> = arguments.iter().enumerate().map(argument).collect();
                let mut entries = vec![format!("{} = [{}]", family.name(), arguments.join(", "))];
                if let Some([low, high]) = truncate {
                    let bound = |tree| if time { self.duration(tree) } else { self.value(tree) };
                    entries.push(format!("truncate = [{}, {}]", bound(low), bound(high)));
                }
                entries
            }
        }
    }

    /// A draw of values whose names depend on the type of what it yields.
    fn draw_of(&self, draw: &Draw, kind: &Type) -> Vec<String> {
        let Draw::Discrete(weights) = draw else {
            return self.draw(draw, false);
        };
        let name = |value: f64| match kind {
            Type::Number => number(value),
            Type::Boolean => (value != 0.0).to_string(),
            Type::State(domain) => domain.states().get(value as usize).cloned().unwrap_or_default(),
        };
        let entries = weights
            .iter()
            .map(|(value, weight)| format!("{} = {}", quoted(&name(*value)), self.value(weight)));
        vec![format!("discrete = {{ {} }}", entries.collect::<Vec<_>>().join(", "))]
    }

    fn parameters(&mut self) {
        if self.core.parameters.is_empty() {
            return;
        }
        self.heading("[parameters]");
        for parameter in &self.core.parameters {
            let (entries, short) = match &parameter.value {
                Quantity::Fixed(tree) => (vec![format!("value = {}", self.value(tree))], Some(self.value(tree))),
                Quantity::Drawn(draw) => (self.draw_of(draw, &parameter.kind), None),
            };
            let worded = Self::worded(entries, Self::words(&parameter.about, true), short);
            self.line(format!("{} = {worded}", key(&parameter.about.address)));
        }
    }

    fn variables(&mut self) {
        if self.core.variables.is_empty() {
            return;
        }
        self.heading("[variables]");
        for variable in &self.core.variables {
            let initial = match &variable.initial {
                Tree::State(domain, index) => quoted(&domain.states()[*index as usize]),
                tree => self.value(tree),
            };
            let mut entries = Vec::new();
            let mut short = Some(initial.clone());
            if let Type::State(domain) = &variable.kind {
                let states: Vec<_> = domain.states().iter().map(|state| quoted(state)).collect();
                entries.push(format!("states = [{}]", states.join(", ")));
                short = None;
            }
            entries.push(format!("initial = {initial}"));
            if let Some(least) = &variable.at_least {
                entries.push(format!("at_least = {}", self.value(least)));
                short = None;
            }
            let worded = Self::worded(entries, Self::words(&variable.about, true), short);
            self.line(format!("{} = {worded}", key(&variable.about.address)));
        }
    }

    fn definitions(&mut self) {
        if self.core.definitions.is_empty() {
            return;
        }
        self.heading("[definitions]");
        for definition in &self.core.definitions {
            let value = self.value(&definition.value);
            let worded = Self::worded(
                vec![format!("value = {value}")],
                Self::words(&definition.about, true),
                Some(value),
            );
            self.line(format!("{} = {worded}", key(&definition.about.address)));
        }
    }

    fn event(&mut self, event: &Event) {
        let address = key(&event.about.address);
        self.heading(&format!("[events.{address}]"));
        for word in Self::words(&event.about, true) {
            self.line(word);
        }
        if event.when != Tree::Boolean(true) {
            self.line(format!("when = {}", self.value(&event.when)));
        }
        if event.hold != Tree::Boolean(false) {
            self.line(format!("hold = {}", self.value(&event.hold)));
        }
        match &event.timing {
            Timing::Rate(rate) => self.line(format!("rate = {}", self.value(rate))),
            Timing::After(Quantity::Fixed(delay)) => self.line(format!("after = {}", self.duration(delay))),
            Timing::After(Quantity::Drawn(draw)) => self.line(format!("after = {{ {} }}", self.delay_draw(draw))),
            Timing::On(day, _) => self.line(format!("on = {}", date::format(*day))),
            Timing::AtOnce => {}
        }
        match event.most {
            None => self.line("repeats = true"),
            Some(1) => {}
            Some(most) => self.line(format!("repeats = {most}")),
        }
        self.assigns(&event.then);
        if event.stop {
            self.line("stop = true");
        }
        let by = if matches!(event.branches, Branches::Weighted(_)) {
            "weight"
        } else {
            "when"
        };
        for branch in event.branches.all() {
            self.heading(&format!("[events.{address}.branches.{}]", branch.id));
            for word in Self::words(&branch.about, true) {
                self.line(word);
            }
            if by == "weight" || branch.measure != Tree::Boolean(true) {
                self.line(format!("{by} = {}", self.value(&branch.measure)));
            }
            self.assigns(&branch.then);
        }
    }

    fn delay_draw(&self, draw: &Draw) -> String {
        let entries = match draw {
            Draw::Discrete(_) => self.draw_of(draw, &Type::Number),
            _ => self.draw(draw, true),
        };
        entries.join(", ")
    }

    fn assigns(&mut self, assigns: &[super::core::Assign]) {
        if assigns.is_empty() {
            return;
        }
        let written: Vec<_> = assigns
            .iter()
            .map(|assign| {
                let target = &self.core.variables[assign.variable].about.address;
                quoted(&format!("{target} = {}", print(&assign.value, self.core)))
            })
            .collect();
        self.line(format!("then = [{}]", written.join(", ")));
    }

    fn outcomes(&mut self) {
        if self.core.outcomes.is_empty() {
            return;
        }
        self.heading("[outcomes]");
        for outcome in &self.core.outcomes {
            let when = self.value(&outcome.when);
            let worded = Self::worded(
                vec![format!("when = {when}")],
                Self::words(&outcome.about, true),
                Some(when),
            );
            self.line(format!("{} = {worded}", key(&outcome.about.address)));
        }
    }

    fn measures(&mut self) {
        if !self.core.measures.is_empty() {
            self.heading("[measures]");
        }
        for measure in &self.core.measures {
            let value = self.value(&measure.value);
            let worded = Self::worded(
                vec![format!("value = {value}")],
                Self::words(&measure.about, true),
                Some(value),
            );
            self.line(format!("{} = {worded}", key(&measure.about.address)));
        }
        for series in &self.core.series {
            self.heading(&format!("[series.{}]", series.about.address));
            self.line(format!("value = {}", self.value(&series.value)));
            self.line(format!("every = {}", quoted(&series.every.to_string())));
            for word in Self::words(&series.about, true) {
                self.line(word);
            }
        }
    }
}
