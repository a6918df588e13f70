//! Variables: those of the file and the inventories, and what each holds at the start.

use crate::diagnostic::{Code, Diagnostic, Span};
use crate::expr::{Domain, Origin, Tree, Type, parse_assignment};
use crate::scenario::{Amount, Form, Key, Text, Variable as RawVariable};

use super::clock::Clock;
use super::lowering::{Context, Lowering, Symbol, Texts, Unit};
use super::namespace::{Named, check_id};

impl<'a> Lowering<'a> {
    /// A variable for everything that an actor holds, gets, gives or is assigned.
    pub(super) fn declare_inventories(&mut self) {
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

    /// The variables of the file; what they hold at the start is read when everything is declared.
    pub(super) fn declare_variables_of_file(&mut self) {
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

    pub(super) fn initial_values(&mut self) {
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
}
