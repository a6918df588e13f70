//! The border between the file as written and the core: checks a document and lowers it, reporting every fault.

use crate::diagnostic::{Code, Diagnostic, Faults, Files, Span};
use crate::expr::{Domain, Origin, Tree, Type, parse_assignment};
use crate::scenario::{Amount, Form, Header, Key, Scenario, Source as RawSource, Text, Variable as RawVariable};

use super::clock::Clock;
use super::core::{Core, Event, Measure, Outcome, Series, Source};
use super::lowering::{Context, Lowering, Pending, Role, Symbol, Texts, Unit};
use super::namespace::{Named, check_id};
use super::order::in_order;

/// How many runs are played if the scenario does not say.
const DEFAULT_RUNS: u64 = 100_000;
/// How many events a run may fire if the scenario does not say.
const DEFAULT_LIMIT: u64 = 100_000;
/// The seed if the scenario gives none.
const DEFAULT_SEED: u64 = 1;
/// The longest series: more points than anybody plots.
const MAX_POINTS: f64 = 10_000.0;

/// Checks a scenario and lowers it. Whoever calls this looks at the faults: if any is an error, there is no core.
pub fn check(scenario: &Scenario, files: &Files, faults: &mut Faults) -> Option<Core> {
    let document = &scenario.document;
    let header = document.scenario.as_ref();
    let core = empty_core(header, faults);
    let core = Lowering::new(document, files, faults, core).run();
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
            .map_or(String::new(), |title| title.text.clone()),
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
    }
}

/// An event of the core, or all of a deal, at its place in the order of the file.
enum Happening {
    Event(usize),
    Deal(usize),
}

impl<'a> Lowering<'a> {
    fn run(mut self) -> Core {
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

    fn expect_actor(&mut self, text: &Text) {
        if !self.namespace.may_be_actor(&text.text) {
            let fault = Diagnostic::new(Code::UnknownId, text.span, format!("there is no actor `{}`", text.text));
            let actors = self
                .namespace
                .ids()
                .filter(|id| matches!(self.namespace.get(id), Some(Named::Actor(_))));
            self.faults.push(fault.suggest(&text.text, actors));
        }
    }

    fn expect_system(&mut self, text: &Text) {
        if !self.namespace.may_be_system(&text.text) {
            let fault = Diagnostic::new(
                Code::UnknownId,
                text.span,
                format!("there is no system `{}`", text.text),
            );
            let systems = self
                .namespace
                .ids()
                .filter(|id| matches!(self.namespace.get(id), Some(Named::System(_))));
            self.faults.push(fault.suggest(&text.text, systems));
        }
    }

    /// A variable for everything that an actor holds, gets, gives or is assigned.
    fn declare_inventories(&mut self) {
        let document = self.document;
        let mut needed: Vec<(String, String, Span)> = Vec::new();
        for (actor, declared) in document.actors.iter().flat_map(|table| &table.entries) {
            self.sources(declared.source.as_ref());
            for (rule, objection) in declared.objects.iter().flat_map(|table| &table.entries) {
                check_id(rule, false, self.faults);
                self.sources(objection.source.as_ref());
            }
            for (system, amount) in declared.inventory.iter().flat_map(|table| &table.entries) {
                self.expect_system(&Text {
                    span: system.span,
                    text: system.text.clone(),
                });
                self.about_amount("", amount);
                needed.push((actor.text.clone(), system.text.clone(), system.span));
            }
        }
        for (key, deal) in document.deals.iter().flat_map(|table| &table.entries) {
            let Some(system) = &deal.system else { continue };
            let from_stock = deal.from_stock.is_some_and(|flag| flag.value);
            let parties = deal.recipient.iter().chain(deal.supplier.iter().filter(|_| from_stock));
            needed.extend(parties.map(|party| (party.text.clone(), system.text.clone(), key.span)));
        }
        for text in self.all_assignments() {
            let origin = Origin::of_literal(&text.text, text.span, self.files);
            let Ok(assignment) = parse_assignment(&text.text, &origin) else {
                continue;
            };
            if let [actor, inventory, system] = &assignment.target[..]
                && inventory.text == "inventory"
            {
                needed.push((actor.text.clone(), system.text.clone(), assignment.target_span));
            }
        }
        for (actor, system, span) in needed {
            let known = matches!(self.namespace.get(&actor), Some(Named::Actor(_)))
                && matches!(self.namespace.get(&system), Some(Named::System(_)));
            let address = format!("{actor}.inventory.{system}");
            if known && !self.symbols.contains_key(&address) {
                let variable = self.make_variable(address, span, Type::Number, Tree::Number(0.0));
                self.core.variables[variable].at_least = Some(Tree::Number(0.0));
            }
        }
    }

    fn all_assignments(&self) -> Vec<&'a Text> {
        let events = self.document.events.iter().flat_map(|table| &table.entries);
        events
            .flat_map(|(_, event)| {
                let branches = event.branches.iter().flat_map(|table| &table.entries);
                event
                    .then
                    .iter()
                    .flatten()
                    .chain(branches.flat_map(|(_, branch)| branch.then.iter().flatten()))
            })
            .collect()
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

    /// The variables of the file; what they hold at the start is read when everything is declared.
    fn declare_variables_of_file(&mut self) {
        for (key, raw) in self.document.variables.iter().flat_map(|table| &table.entries) {
            let texts = Texts {
                name: raw
                    .name
                    .as_ref()
                    .or(raw.initial.as_ref().and_then(|initial| initial.name.as_ref())),
                unit: raw
                    .unit
                    .as_ref()
                    .or(raw.initial.as_ref().and_then(|initial| initial.unit.as_ref())),
                source: raw
                    .source
                    .as_ref()
                    .or(raw.initial.as_ref().and_then(|initial| initial.source.as_ref())),
                note: raw
                    .note
                    .as_ref()
                    .or(raw.initial.as_ref().and_then(|initial| initial.note.as_ref())),
                because: None,
            };
            let about = self.about(&key.text, key.span, texts);
            if !raw.faulty.is_empty() {
                self.declare_faulty(key.text.clone());
                continue;
            }
            let kind = self.kind_of_variable(key, raw);
            let variable = self.push_variable(about, kind, Tree::Number(0.0), None);
            self.declare(&key.text, Symbol::Variable(variable), key.span);
        }
    }

    fn kind_of_variable(&mut self, key: &Key, raw: &RawVariable) -> Type {
        if let Some(states) = &raw.states {
            for (index, state) in states.iter().enumerate() {
                if states[..index].iter().any(|earlier| earlier.text == state.text) {
                    let message = format!("the state '{}' is given twice", state.text);
                    self.faults
                        .push(Diagnostic::new(Code::DuplicateId, state.span, message));
                }
            }
            if states.is_empty() {
                self.faults.push(Diagnostic::new(
                    Code::OutOfRange,
                    key.span,
                    "a variable has at least one state",
                ));
            }
            return Type::State(Domain::new(states.iter().map(|state| state.text.clone()).collect()));
        }
        match raw.initial.as_ref().map(|initial| &initial.form) {
            Some(Form::Boolean(_)) => Type::Boolean,
            Some(Form::Distribution(distribution))
                if matches!(distribution.kind, crate::scenario::Kind::Bernoulli(_)) =>
            {
                Type::Boolean
            }
            // An expression tells its type by what it reads; most are numbers, and a wrong guess is reported on reading.
            Some(Form::Text(text)) => self.guess_kind(text),
            _ => Type::Number,
        }
    }

    /// Whether an initial expression is the name of a parameter that is true or false.
    fn guess_kind(&self, text: &Text) -> Type {
        let parameter = self
            .document
            .parameters
            .iter()
            .flat_map(|table| &table.entries)
            .find(|(key, _)| key.text == text.text);
        let truth = |amount: &Amount| match &amount.form {
            Form::Boolean(_) => true,
            Form::Distribution(distribution) => matches!(distribution.kind, crate::scenario::Kind::Bernoulli(_)),
            _ => false,
        };
        match parameter {
            Some((_, parameter)) if truth(&parameter.0) => Type::Boolean,
            _ => Type::Number,
        }
    }

    fn initial_values(&mut self) {
        for (key, raw) in self.document.variables.iter().flat_map(|table| &table.entries) {
            let Some(Symbol::Variable(variable)) = self.symbols.get(&key.text).copied() else {
                continue;
            };
            if raw.initial.is_none() {
                self.first_state(variable, key);
            }
            if let Some(initial) = &raw.initial {
                let kind = self.core.variables[variable].kind.clone();
                if let Some(tree) = self.initial_value(initial, &key.text, &kind) {
                    self.core.variables[variable].initial = tree;
                }
            }
            if let Some(least) = &raw.at_least {
                let tree = self.number(
                    least,
                    &format!("{}.at_least", key.text),
                    Unit::Plain,
                    &Context::Plain,
                    Clock::Free,
                );
                self.core.variables[variable].at_least = tree.filter(|tree| self.expect_settled(tree, least.span));
            }
        }
        for (actor, declared) in self.document.actors.iter().flat_map(|table| &table.entries) {
            for (system, amount) in declared.inventory.iter().flat_map(|table| &table.entries) {
                let address = format!("{}.inventory.{}", actor.text, system.text);
                let Some(Symbol::Variable(variable)) = self.symbols.get(&address).copied() else {
                    continue;
                };
                let bounds = (0.0, f64::INFINITY);
                let tree = self.number_within(
                    amount,
                    &format!("{address}.initial"),
                    &Context::Plain,
                    bounds,
                    "an inventory",
                );
                if let Some(tree) = tree.filter(|tree| self.expect_settled(tree, amount.span)) {
                    self.core.variables[variable].initial = tree;
                }
            }
        }
    }

    fn first_state(&mut self, variable: usize, key: &Key) {
        match &self.core.variables[variable].kind {
            Type::State(domain) => self.core.variables[variable].initial = Tree::State(domain.clone(), 0),
            _ => {
                let message = format!("the variable `{}` needs `initial`", key.text);
                self.faults.push(Diagnostic::new(Code::MissingKey, key.span, message));
            }
        }
    }

    fn initial_value(&mut self, amount: &'a Amount, address: &str, kind: &Type) -> Option<Tree> {
        let tree = match (&amount.form, kind) {
            (Form::Distribution(distribution), _) => {
                let address = format!("{address}.initial");
                let (draw, found) = self.draw(distribution, &address, Unit::Plain, &Context::Plain)?;
                self.only_parameters_in_draw(&draw, amount.span, &address)?;
                let about = self.about_amount(&address, amount);
                let symbol = self.push_parameter(about, found.clone(), super::core::Quantity::Drawn(draw));
                self.declare(&address, symbol, amount.span);
                if found != *kind {
                    let message = format!("expected {kind}, found a draw of {found}");
                    self.faults.push(Diagnostic::new(Code::WrongType, amount.span, message));
                    return None;
                }
                self.read_symbol(symbol)?.0
            }
            // The initial state may be given plainly, as the name that it is.
            (Form::Text(text), Type::State(domain)) => match domain.index(&text.text) {
                Some(index) => Tree::State(domain.clone(), index),
                None => self.state_expression(text, domain)?,
            },
            (Form::Number(value), Type::Number) => Tree::Number(*value),
            (Form::Boolean(value), Type::Boolean) => Tree::Boolean(*value),
            (Form::Text(text), _) => match crate::scenario::Duration::parse(&text.text) {
                Ok(duration) if *kind == Type::Number => Tree::Number(duration.years()),
                _ => self.expression(text, Some(kind), &Context::Plain, Clock::Free)?.0,
            },
            _ => {
                self.faults.push(Diagnostic::new(
                    Code::WrongType,
                    amount.span,
                    format!("expected {kind}"),
                ));
                return None;
            }
        };
        self.expect_settled(&tree, amount.span).then_some(tree)
    }

    fn state_expression(&mut self, text: &Text, domain: &Domain) -> Option<Tree> {
        if text.text.chars().all(|c| c.is_alphanumeric() || c == '_') && !self.symbols.contains_key(&text.text) {
            let fault = Diagnostic::new(
                Code::UnknownState,
                text.span,
                format!("there is no state '{}' here", text.text),
            );
            let states = domain.states().iter().map(String::as_str);
            self.faults.push(match crate::diagnostic::nearest(&text.text, states) {
                Some(near) => fault.help(format!("did you mean '{near}'?")),
                None => fault.help(format!("the states are {}", domain.listed())),
            });
            return None;
        }
        let kind = Type::State(domain.clone());
        self.expression(text, Some(&kind), &Context::Plain, Clock::Free)
            .map(|(tree, _)| tree)
    }

    fn expect_settled(&mut self, tree: &Tree, span: Span) -> bool {
        let settled = self.reads_only_parameters(tree);
        if !settled {
            let message = "what holds at the start can read only parameters";
            self.faults.push(Diagnostic::new(Code::ExpressionType, span, message));
        }
        settled
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

    fn outcomes(&mut self) {
        let entries = self.document.outcomes.as_ref().map_or(&[][..], |table| &table.entries);
        for (key, outcome) in in_order(entries, |outcome| outcome.before.as_ref(), "outcome", self.faults) {
            check_id(key, false, self.faults);
            if key.text == crate::plan::UNRESOLVED {
                let message = "`unresolved` is what a run is called that matches no outcome";
                self.faults
                    .push(Diagnostic::new(Code::InvalidId, key.span, message).help("give it another name"));
            }
            let texts = Texts {
                name: outcome.name.as_ref(),
                source: outcome.source.as_ref(),
                note: outcome.note.as_ref(),
                ..Texts::default()
            };
            let about = self.about(&key.text, key.span, texts);
            let Some(when) = &outcome.when else { continue };
            if let Some(when) = self.condition(when, &Context::Plain, Clock::Free) {
                self.core.outcomes.push(Outcome { about, when });
            }
        }
    }

    fn measures(&mut self) {
        for (key, measure) in self.document.measures.iter().flat_map(|table| &table.entries) {
            check_id(key, false, self.faults);
            let texts = Texts {
                name: measure.name.as_ref(),
                unit: measure.unit.as_ref(),
                source: measure.source.as_ref(),
                note: measure.note.as_ref(),
                because: None,
            };
            let about = self.about(&key.text, key.span, texts);
            let Some(amount) = &measure.value else { continue };
            if let Some(value) = self.observed(amount) {
                self.core.measures.push(Measure { about, value });
            }
        }
    }

    fn series(&mut self) {
        for (key, series) in self.document.series.iter().flat_map(|table| &table.entries) {
            check_id(key, false, self.faults);
            let texts = Texts {
                name: series.name.as_ref(),
                unit: series.unit.as_ref(),
                source: series.source.as_ref(),
                note: series.note.as_ref(),
                because: None,
            };
            let about = self.about(&key.text, key.span, texts);
            let value = series.value.as_ref().and_then(|amount| self.observed(amount));
            let Some(amount) = &series.every else { continue };
            let Some(every) = self.fixed_duration(amount) else {
                continue;
            };
            if self.core.horizon.is_finite() && self.core.horizon / every.years() > MAX_POINTS {
                let message = format!("this series would have more than {MAX_POINTS} points");
                self.faults
                    .push(Diagnostic::new(Code::OutOfRange, amount.span, message));
                continue;
            }
            if let Some(value) = value {
                self.core.series.push(Series { about, value, every });
            }
        }
    }

    /// A number that is observed; true and false count as 1 and 0.
    fn observed(&mut self, amount: &Amount) -> Option<Tree> {
        if let Form::Distribution(distribution) = &amount.form {
            let message = "what is observed is an expression, not a draw";
            self.faults
                .push(Diagnostic::new(Code::WrongType, distribution.name_span, message));
            return None;
        }
        let (tree, kind) = self.value(amount, Unit::Plain, &Context::Plain)?;
        match kind {
            Type::Number => Some(tree),
            Type::Boolean => Some(Tree::conditional(tree, Tree::Number(1.0), Tree::Number(0.0))),
            Type::State(_) => {
                let fault = Diagnostic::new(
                    Code::ExpressionType,
                    amount.span,
                    "a state is no number and cannot be averaged",
                );
                self.faults
                    .push(fault.help("compare it with one of the states: that is true or false, 1 or 0"));
                None
            }
        }
    }

    /// Looks the whole over: what is never used, and what can never be.
    fn review(&mut self) {
        self.unused();
        self.unreachable_outcomes();
        if !self.faults.has_errors()
            && self
                .document
                .outcomes
                .as_ref()
                .is_none_or(|table| table.entries.is_empty())
            && self
                .document
                .measures
                .as_ref()
                .is_none_or(|table| table.entries.is_empty())
            && self
                .document
                .series
                .as_ref()
                .is_none_or(|table| table.entries.is_empty())
        {
            let span = self
                .document
                .scenario
                .as_ref()
                .map_or(Span::default(), |header| header.span);
            let fault = Diagnostic::new(
                Code::NoEffect,
                span,
                "nothing is observed: there are no outcomes, measures or series",
            );
            self.faults.push(fault);
        }
    }

    fn unused(&mut self) {
        let parameters = self
            .document
            .parameters
            .iter()
            .flat_map(|table| table.entries.iter().map(|(key, _)| ("parameter", key)));
        let definitions = self
            .document
            .definitions
            .iter()
            .flat_map(|table| table.entries.iter().map(|(key, _)| ("definition", key)));
        // What lowering prints has dotted addresses, and not all of it is read.
        for (kind, key) in parameters.chain(definitions).filter(|(_, key)| !key.text.contains('.')) {
            if !self.read.contains(&key.text) && !self.namespace.is_refused(&key.text) {
                let fault = Diagnostic::new(
                    Code::Unused,
                    key.span,
                    format!("nothing uses the {kind} `{}`", key.text),
                );
                self.faults.push(fault);
            }
        }
    }

    /// An outcome cannot be reached if an earlier one holds whenever it does, as far as can be seen without a run.
    fn unreachable_outcomes(&mut self) {
        let outcomes = self.core.outcomes.clone();
        for (index, outcome) in outcomes.iter().enumerate() {
            if outcome.when == Tree::Boolean(false) {
                let message = format!("the outcome `{}` never holds", outcome.about.address);
                self.faults
                    .push(Diagnostic::new(Code::UnreachableOutcome, outcome.about.span, message));
                continue;
            }
            let earlier = outcomes[..index].iter().find(|earlier| {
                earlier.when == Tree::Boolean(true)
                    || conjuncts(&earlier.when).iter().all(|part| implied(&outcome.when, part))
            });
            if let Some(earlier) = earlier {
                let message = format!("the outcome `{}` can never be reached", outcome.about.address);
                let why = format!("`{}` comes first and holds whenever it does", earlier.about.address);
                let fault = Diagnostic::new(Code::UnreachableOutcome, outcome.about.span, message)
                    .context(earlier.about.span, why);
                self.faults
                    .push(fault.help("outcomes are tried in order: put the narrower one first"));
            }
        }
    }
}

fn conjuncts(tree: &Tree) -> Vec<&Tree> {
    match tree {
        Tree::Binary(crate::expr::BinaryOperator::And, left, right) => [conjuncts(left), conjuncts(right)].concat(),
        other => vec![other],
    }
}

/// Whether a condition says a part for certain: as one of the things that it demands, or as one of the things that it
/// demands one of.
fn implied(condition: &Tree, part: &Tree) -> bool {
    if condition == part {
        return true;
    }
    match (condition, part) {
        (Tree::Binary(crate::expr::BinaryOperator::And, left, right), _) => implied(left, part) || implied(right, part),
        (Tree::Binary(crate::expr::BinaryOperator::Or, left, right), _) => implied(left, part) && implied(right, part),
        (_, Tree::Binary(crate::expr::BinaryOperator::Or, left, right)) => {
            implied(condition, left) || implied(condition, right)
        }
        _ => false,
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
