//! The border between the file as written and the core: checks a document and lowers it, reporting every fault.

use crate::diagnostic::{Code, Diagnostic, Faults, Files};
use crate::scenario::{Amount, Given, Header, Key, Scenario, Source as RawSource, Text};

use super::core::{Core, Event, Source};
use super::figures::{Written, figures};
use super::lowering::{Context, Lowering, Pending, Role, Symbol, Texts, Unit};
use super::namespace::{Named, check_id};

/// How many runs are played if the scenario does not say.
const DEFAULT_RUNS: u64 = 100_000;
/// How many events a run may fire if the scenario does not say.
const DEFAULT_LIMIT: u64 = 100_000;
/// The seed if the scenario gives none.
const DEFAULT_SEED: u64 = 1;
/// Checks a scenario and lowers it. Whoever calls this looks at the faults: if any is an error, there is no core.
pub fn check(scenario: &Scenario, files: &Files, faults: &mut Faults) -> Option<Core> {
    let document = &scenario.document;
    let header = document.scenario.as_ref();
    let core = empty_core(header, faults);
    let core = Lowering::new(document, files, faults, core).run(&scenario.given);
    (!faults.has_errors()).then_some(core)
}

fn empty_core(header: Option<&Header>, faults: &mut Faults) -> Core {
    let start = header
        .and_then(|header| header.start)
        .map_or(time::Date::MIN, |day| day.date);
    if let Some(runs) = header.and_then(|header| header.runs).filter(|runs| runs.value == 0) {
        faults.push(Diagnostic::new(
            Code::OutOfRange,
            runs.span,
            "there must be at least one run",
        ));
    }
    if let Some(limit) = header.and_then(|header| header.limit).filter(|limit| limit.value == 0) {
        faults.push(Diagnostic::new(
            Code::OutOfRange,
            limit.span,
            "a run must be allowed at least one event",
        ));
    }
    let number = |field: Option<crate::scenario::Whole>, otherwise| field.map_or(otherwise, |whole| whole.value);
    Core {
        title: header
            .and_then(|header| header.title.as_ref())
            .map_or(String::new(), |title| one_line(&title.text)),
        start,
        horizon: f64::INFINITY,
        seed: number(header.and_then(|header| header.seed), DEFAULT_SEED),
        runs: number(header.and_then(|header| header.runs), DEFAULT_RUNS),
        limit: number(header.and_then(|header| header.limit), DEFAULT_LIMIT),
        parameters: Vec::new(),
        variables: Vec::new(),
        definitions: Vec::new(),
        events: Vec::new(),
        outcomes: Vec::new(),
        measures: Vec::new(),
        series: Vec::new(),
        sources: Vec::new(),
        origins: Vec::new(),
        claims: Vec::new(),
        given: Vec::new(),
        resolution: None,
    }
}

/// An event of the core, or all of a deal, at its place in the order of the file.
enum Happening {
    Event(usize),
    Deal(usize),
}

impl<'a> Lowering<'a> {
    fn run(mut self, given: &[Given]) -> Core {
        self.header();
        self.declare_sources();
        self.declare_unread();
        self.declare_domain();
        self.declare_variables_of_file();
        self.declare_deals();
        let order = self.declare_events();
        self.declare_values();
        self.settle_all();
        self.initial_values();
        self.lower_events(&order);
        self.outcomes();
        self.measures();
        self.series();
        self.origins();
        self.claims();
        self.givens(given);
        self.resolution();
        self.review();
        self.core
    }

    fn header(&mut self) {
        let Some(header) = &self.document.scenario else { return };
        self.sources(header.source.as_ref());
        if let Some(horizon) = &header.horizon
            && let Some(duration) = self.fixed_duration(horizon)
        {
            self.core.horizon = duration.years();
        }
    }

    fn declare_sources(&mut self) {
        for (key, source) in self.document.sources.iter().flat_map(|table| &table.entries) {
            check_id(key, false, self.faults);
            self.core.sources.push(source_of(&key.text, source));
        }
        for (key, variant) in self.document.variants.iter().flat_map(|table| &table.entries) {
            check_id(key, false, self.faults);
            self.sources(variant.source.as_ref());
        }
        for figure in figures(self.document) {
            if let Written::Amount(amount) = figure.written {
                self.sources(amount.source.as_ref());
            }
        }
    }

    /// Systems, actors, alliances, relations, balances and suppliers.
    fn declare_domain(&mut self) {
        let document = self.document;
        for (key, system) in document.systems.iter().flat_map(|table| &table.entries) {
            self.sources(system.source.as_ref());
            if let Some(tiv) = &system.tiv {
                self.declare_number(format!("{}.tiv", key.text), tiv, system.source.as_ref());
            } else if system.faulty.contains(&"tiv") {
                self.declare_faulty(format!("{}.tiv", key.text));
            }
        }
        for (key, alliance) in document.alliances.iter().flat_map(|table| &table.entries) {
            self.sources(alliance.source.as_ref());
            for member in alliance.members.iter().flatten().chain(&alliance.leader) {
                self.expect_actor(member);
            }
            let leader = alliance.leader.as_ref();
            let members = || alliance.members.iter().flatten();
            // A member that is misspelt may be the leader.
            let all_known = alliance.members.is_some() && members().all(|m| self.namespace.may_be_actor(&m.text));
            let leads = |leader: &&Text| all_known && members().all(|member| member.text != leader.text);
            if let Some(leader) = leader.filter(leads) {
                let message = format!("`{}` leads `{}` but is no member of it", leader.text, key.text);
                self.faults.push(Diagnostic::new(Code::UnknownId, leader.span, message));
            }
        }
        for (from, others) in document.relations.iter().flat_map(|table| &table.entries) {
            self.expect_actor(&Text {
                span: from.span,
                text: from.text.clone(),
            });
            for (to, amount) in &others.entries {
                self.expect_actor(&Text {
                    span: to.span,
                    text: to.text.clone(),
                });
                self.declare_number(format!("relations.{}.{}", from.text, to.text), amount, None);
            }
        }
        self.declare_balances();
        for (key, supplier) in document.suppliers.iter().flat_map(|table| &table.entries) {
            self.sources(supplier.source.as_ref());
            self.expect_actor(&Text {
                span: key.span,
                text: key.text.clone(),
            });
            for sold in supplier.sells.iter().flatten() {
                self.expect_system(sold);
            }
        }
        self.declare_inventories();
    }

    fn declare_number(&mut self, address: String, amount: &'a Amount, source: Option<&crate::scenario::OneOrMany>) {
        let mut about = self.about_amount(address, amount);
        if about.sources.is_empty() {
            about.sources = self.sources(source);
        }
        self.declare_pending(Pending {
            about,
            amount,
            unit: Unit::Plain,
            context: Context::Plain,
            role: Role::Number,
        });
    }

    /// Whether this is an actor; reports it if not.
    pub(super) fn expect_actor(&mut self, text: &Text) -> bool {
        let known = self.namespace.may_be_actor(&text.text);
        if !known {
            self.report_unknown("actor", text, |named| matches!(named, Named::Actor(_)));
        }
        known
    }

    /// Whether this is a system; reports it if not.
    pub(super) fn expect_system(&mut self, text: &Text) -> bool {
        let known = self.namespace.may_be_system(&text.text);
        if !known {
            self.report_unknown("system", text, |named| matches!(named, Named::System(_)));
        }
        known
    }

    fn report_unknown(&mut self, kind: &str, text: &Text, is_kind: fn(Named) -> bool) {
        let message = format!("there is no {kind} `{}`", text.text);
        let fault = Diagnostic::new(Code::UnknownId, text.span, message);
        let of_kind = self
            .namespace
            .ids()
            .filter(|id| self.namespace.get(id).is_some_and(is_kind));
        self.faults.push(fault.suggest(&text.text, of_kind));
    }

    /// What could not be read has a name all the same.
    fn declare_unread(&mut self) {
        let document = self.document;
        macro_rules! faulty {
            ($($table:ident),*) => { [$(document.$table.iter().flat_map(|table| &table.faulty).collect::<Vec<_>>()),*] };
        }
        for key in faulty!(parameters, variables, definitions, events)
            .into_iter()
            .flatten()
        {
            self.declare_faulty(key.text.clone());
        }
    }

    /// Gives every event its index, in the order of the file.
    fn declare_events(&mut self) -> Vec<Happening> {
        let events = self.document.events.iter().flat_map(|table| &table.entries).enumerate();
        let deals = self.document.deals.iter().flat_map(|table| &table.entries).enumerate();
        let mut order: Vec<_> = events
            .map(|(index, (key, _))| (key.order, Happening::Event(index)))
            .collect();
        order.extend(deals.map(|(index, (key, _))| (key.order, Happening::Deal(index))));
        order.sort_by_key(|(order, _)| *order);
        let order: Vec<Happening> = order.into_iter().map(|(_, happening)| happening).collect();
        let mut next = 0;
        for happening in &order {
            let (addresses, span) = match happening {
                Happening::Event(index) => match self.raw_event(*index) {
                    Some((key, _)) => (vec![key.text.clone()], key.span),
                    None => continue,
                },
                Happening::Deal(index) => (self.deals[*index].event_addresses(), self.deals[*index].span),
            };
            for address in addresses {
                self.declare(&address, Symbol::Event(next), span);
                next += 1;
            }
        }
        order
    }

    fn raw_event(&self, index: usize) -> Option<&'a (Key, crate::scenario::Event)> {
        self.document.events.iter().flat_map(|table| &table.entries).nth(index)
    }

    /// Parameters and definitions of the file.
    fn declare_values(&mut self) {
        for (key, parameter) in self.document.parameters.iter().flat_map(|table| &table.entries) {
            let mut about = self.about_amount(&key.text, &parameter.0);
            about.span = key.span;
            let (unit, context) = (Unit::Plain, Context::Plain);
            self.declare_pending(Pending {
                about,
                amount: &parameter.0,
                unit,
                context,
                role: Role::Parameter,
            });
        }
        for (key, definition) in self.document.definitions.iter().flat_map(|table| &table.entries) {
            let texts = Texts {
                name: definition.name.as_ref(),
                unit: definition.unit.as_ref(),
                source: definition.source.as_ref(),
                note: definition.note.as_ref(),
                because: None,
            };
            let about = self.about(&key.text, key.span, texts);
            let Some(amount) = &definition.value else {
                self.symbols.insert(key.text.clone(), Symbol::Faulty);
                continue;
            };
            let (unit, context) = (Unit::Plain, Context::Plain);
            self.declare_pending(Pending {
                about,
                amount,
                unit,
                context,
                role: Role::Definition,
            });
        }
    }

    fn lower_events(&mut self, order: &[Happening]) {
        let mut events: Vec<Event> = Vec::new();
        for happening in order {
            match happening {
                Happening::Event(index) => {
                    if let Some((key, raw)) = self.raw_event(*index) {
                        events.push(self.event(key, raw));
                    }
                }
                Happening::Deal(index) => events.extend(self.deal_events(*index)),
            }
        }
        self.core.events = events;
    }
}

fn source_of(id: &str, source: &RawSource) -> Source {
    let text = |text: &Option<Text>| text.as_ref().map(|text| text.text.clone());
    Source {
        id: id.to_owned(),
        author: text(&source.author),
        publisher: text(&source.publisher),
        title: text(&source.title),
        date: source.date.as_ref().map(|date| date.0.clone()),
        url: text(&source.url),
        note: text(&source.note),
    }
}

/// A title stands in one line, however it is written.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
