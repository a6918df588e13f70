//! The state of a lowering: the core as far as it is built, and what addresses mean.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Code, Diagnostic, Faults, Files, Span};
use crate::expr::{Domain, Item, Reference, Tree, Type};
use crate::scenario::{Amount, Document, Form, OneOrMany, Text};

use super::core::{About, Core, Definition, Parameter, Quantity, Variable};
use super::deal::DealPlan;
use super::namespace::Namespace;

/// Builds the core from a document.
pub(super) struct Lowering<'a> {
    pub document: &'a Document,
    pub files: &'a Files,
    pub faults: &'a mut Faults,
    pub namespace: Namespace,
    pub core: Core,
    /// What every address with a value means.
    pub symbols: BTreeMap<String, Symbol>,
    /// Values that are worked out when something first reads them.
    pending: Vec<Pending<'a>>,
    /// Which pending values are being worked out just now, innermost last.
    working: Vec<usize>,
    pub deals: Vec<DealPlan<'a>>,
    /// The addresses that expressions have read.
    pub read: BTreeSet<String>,
    definition_facts: Vec<DefinitionFacts>,
    /// Whether a chain of values has been found to be too deep.
    too_deep: bool,
    /// How many unknown names have been compared with all known ones.
    pub suggested: usize,
}

/// What an address means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Symbol {
    Parameter(usize),
    Variable(usize),
    Definition(usize),
    Event(usize),
    /// Not yet worked out.
    Pending(usize),
    /// It has a fault, which has been reported.
    Faulty,
}

/// A value that is worked out when it is first read.
pub(super) struct Pending<'a> {
    pub about: About,
    pub amount: &'a Amount,
    pub unit: Unit,
    pub context: Context,
    pub role: Role,
}

/// What a pending value becomes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// A parameter: it may read only parameters.
    Parameter,
    /// A parameter that is true with the chance that is given.
    Chance,
    /// A definition.
    Definition,
    /// A number of the domain: a parameter, or a definition where it reads what changes.
    Number,
    /// A number of a deal: a parameter, or a variable that is set as the deal opens.
    SetOnOpening(usize),
}

/// What a number counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    Plain,
    /// Years; literals carry their unit.
    Time,
}

/// Where an expression stands, which settles what the context names mean.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Context {
    /// Outside of any deal.
    Plain,
    /// In a deal, or in a rule that decides about it.
    Deal(usize),
    /// In an objection to a deal.
    Objection(usize, Item),
}

impl Context {
    pub fn deal(&self) -> Option<usize> {
        match self {
            Context::Plain => None,
            Context::Deal(deal) | Context::Objection(deal, _) => Some(*deal),
        }
    }
}

/// How deep values may read one another.
const MAX_CHAIN: usize = 200;

/// How many parts may stand in a row below a definition, through those that it reads.
const MAX_DEPTH: usize = 6_000;

impl<'a> Lowering<'a> {
    pub fn new(document: &'a Document, files: &'a Files, faults: &'a mut Faults, core: Core) -> Self {
        let namespace = Namespace::collect(document, faults);
        Lowering {
            document,
            files,
            faults,
            namespace,
            core,
            symbols: BTreeMap::new(),
            pending: Vec::new(),
            working: Vec::new(),
            deals: Vec::new(),
            read: BTreeSet::new(),
            definition_facts: Vec::new(),
            too_deep: false,
            suggested: 0,
        }
    }

    /// What is known of a thing beside its value. Its sources are checked.
    pub fn about(&mut self, address: impl Into<String>, span: Span, texts: Texts<'_>) -> About {
        let owned = |text: Option<&Text>| text.map(|text| text.text.clone());
        About {
            address: address.into(),
            name: owned(texts.name),
            unit: owned(texts.unit),
            because: owned(texts.because),
            sources: self.sources(texts.source),
            note: owned(texts.note),
            span,
        }
    }

    /// The ids of sources, each of which must be declared.
    pub fn sources(&mut self, source: Option<&OneOrMany>) -> Vec<String> {
        let mut ids = Vec::new();
        for text in source.iter().flat_map(|source| &source.0) {
            let known: Vec<&str> = self
                .document
                .sources
                .iter()
                .flat_map(|table| &table.entries)
                .map(|(key, _)| key.text.as_str())
                .chain(
                    self.document
                        .sources
                        .iter()
                        .flat_map(|t| &t.faulty)
                        .map(|key| key.text.as_str()),
                )
                .collect();
            if !known.contains(&text.text.as_str()) {
                let message = format!("there is no source `{}`", text.text);
                let fault = Diagnostic::new(Code::MissingSource, text.span, message).suggest(&text.text, known);
                let fault = if fault.help.is_empty() {
                    fault.help(format!("declare it: [sources.{}]", text.text))
                } else {
                    fault
                };
                self.faults.push(fault);
            }
            ids.push(text.text.clone());
        }
        ids
    }

    /// What is known of an amount: what it says of itself, else what the table around it says.
    pub fn about_amount(&mut self, address: impl Into<String>, amount: &Amount) -> About {
        let texts = Texts {
            name: amount.name.as_ref(),
            unit: amount.unit.as_ref(),
            because: None,
            source: amount.source.as_ref(),
            note: amount.note.as_ref(),
        };
        self.about(address, amount.span, texts)
    }

    /// Gives an address a meaning; an address has one.
    pub fn declare(&mut self, address: &str, symbol: Symbol, span: Span) -> bool {
        if self.symbols.contains_key(address) {
            if self.namespace.is_refused(address) {
                return false;
            }
            let message = format!("`{address}` is declared twice");
            let help = "an address in quotes must not be one that a deal, an actor or a balance has already";
            self.faults
                .push(Diagnostic::new(Code::DuplicateId, span, message).help(help));
            return false;
        }
        self.symbols.insert(address.to_owned(), symbol);
        true
    }

    /// Declares a value that is worked out when it is first read.
    pub fn declare_pending(&mut self, pending: Pending<'a>) {
        let (address, span) = (pending.about.address.clone(), pending.about.span);
        if self.declare(&address, Symbol::Pending(self.pending.len()), span) {
            self.pending.push(pending);
        }
    }

    /// Works out everything that is pending, in the order in which it was declared.
    pub fn settle_all(&mut self) {
        for index in 0..self.pending.len() {
            let address = self.pending[index].about.address.clone();
            self.symbol(&address, None);
        }
    }

    /// Says that an address has a fault, which has been reported, where nothing else is known of it.
    pub fn declare_faulty(&mut self, address: String) {
        self.symbols.entry(address).or_insert(Symbol::Faulty);
    }

    /// What an address means, worked out if it is pending. `reader` is where it is read, for the report of a cycle.
    pub fn symbol(&mut self, address: &str, reader: Option<Span>) -> Option<Symbol> {
        let symbol = *self.symbols.get(address)?;
        if reader.is_some() {
            self.read.insert(address.to_owned());
        }
        match symbol {
            Symbol::Pending(index) => Some(self.settle(index, reader)),
            settled => Some(settled),
        }
    }

    fn settle(&mut self, index: usize, reader: Option<Span>) -> Symbol {
        let address = self.pending[index].about.address.clone();
        if let Some(start) = self.working.iter().position(|working| *working == index) {
            let chain: Vec<_> = self.working[start..]
                .iter()
                .chain([&index])
                .map(|i| &self.pending[*i].about.address)
                .collect();
            let chain = chain.into_iter().map(|id| format!("`{id}`")).collect::<Vec<_>>();
            let chain = match chain.split_first() {
                Some((first, rest)) if rest.len() > 1 => Some(format!("{first} needs {}", rest.join(", which needs "))),
                _ => None,
            };
            let span = reader.unwrap_or(self.pending[index].about.span);
            let mut fault = Diagnostic::new(Code::Cycle, span, format!("`{address}` needs itself"));
            fault.help.extend(chain);
            self.faults.push(fault);
            return Symbol::Faulty;
        }
        if self.working.len() >= MAX_CHAIN {
            let span = self.pending[index].about.span;
            // One such chain is met in pieces.
            if !std::mem::replace(&mut self.too_deep, true) {
                let message = format!("`{address}` stands at the end of a chain of more than {MAX_CHAIN} values");
                self.faults.push(Diagnostic::new(Code::OutOfRange, span, message));
            }
            if let Form::Text(text) = &self.pending[index].amount.form {
                self.may_read(text);
            }
            // Whoever reads it says no more.
            self.symbols.insert(address, Symbol::Faulty);
            return Symbol::Faulty;
        }
        self.working.push(index);
        let symbol = self.work_out(index).unwrap_or(Symbol::Faulty);
        self.working.pop();
        self.symbols.insert(address, symbol);
        symbol
    }

    fn work_out(&mut self, index: usize) -> Option<Symbol> {
        let Pending {
            about,
            amount,
            unit,
            context,
            role,
        } = &self.pending[index];
        let (about, amount, unit, context, role) = (about.clone(), *amount, *unit, context.clone(), *role);
        if role == Role::Chance {
            let draw = self.chance(amount, &about.address, &context)?;
            return Some(self.push_parameter(about, Type::Boolean, draw));
        }
        if let Form::Distribution(distribution) = &amount.form {
            if role == Role::Definition {
                let fault = Diagnostic::new(
                    Code::WrongType,
                    distribution.name_span,
                    "a definition is an expression, not a draw",
                )
                .help("declare it in [parameters]");
                self.faults.push(fault);
                return None;
            }
            let (draw, kind) = self.draw(distribution, &about.address, unit, &context)?;
            self.only_parameters_in_draw(&draw, amount.span, &about.address)?;
            return Some(self.push_parameter(about, kind, Quantity::Drawn(draw)));
        }
        let (tree, kind) = self.value(amount, unit, &context)?;
        let steady = self.reads_only_parameters(&tree);
        match role {
            Role::Parameter if !steady => {
                let message = format!(
                    "`{}` is settled before a run starts, so it can read only parameters",
                    about.address
                );
                let help = "an expression of what changes belongs in [definitions]";
                self.faults
                    .push(Diagnostic::new(Code::ExpressionType, amount.span, message).help(help));
                None
            }
            Role::Definition => Some(self.push_definition(about, kind, tree)),
            Role::Number if !steady => Some(self.push_definition(about, kind, tree)),
            Role::SetOnOpening(deal) if !steady => {
                let variable = self.push_variable(about, kind, Tree::Number(0.0), None);
                self.deals[deal].set_on_opening.push((variable, tree));
                Some(Symbol::Variable(variable))
            }
            _ => Some(self.push_parameter(about, kind, Quantity::Fixed(tree))),
        }
    }

    pub fn push_parameter(&mut self, about: About, kind: Type, value: Quantity) -> Symbol {
        self.core.parameters.push(Parameter { about, kind, value });
        Symbol::Parameter(self.core.parameters.len() - 1)
    }

    pub fn push_definition(&mut self, about: About, kind: Type, value: Tree) -> Symbol {
        let depth = self.depth(&value);
        self.definition_facts.push(DefinitionFacts {
            settled: self.reads_only_parameters(&value),
            time_use: self.time_use(&value),
            depth,
        });
        // Evaluation and planning go down through definitions.
        if depth.definitions > MAX_CHAIN || depth.parts > MAX_DEPTH {
            let message = if depth.definitions > MAX_CHAIN {
                format!(
                    "`{}` stands at the end of a chain of more than {MAX_CHAIN} definitions",
                    about.address
                )
            } else {
                format!("`{}` joins more than {MAX_DEPTH} parts in a row", about.address)
            };
            self.faults.push(Diagnostic::new(Code::OutOfRange, about.span, message));
            return Symbol::Faulty;
        }
        self.core.definitions.push(Definition { about, kind, value });
        Symbol::Definition(self.core.definitions.len() - 1)
    }

    /// Adds a variable without declaring its address.
    pub fn push_variable(&mut self, about: About, kind: Type, initial: Tree, at_least: Option<Tree>) -> usize {
        self.core.variables.push(Variable {
            about,
            kind,
            initial,
            at_least,
        });
        self.core.variables.len() - 1
    }

    /// Adds a variable that lowering makes, and declares its address.
    pub fn make_variable(&mut self, address: String, span: Span, kind: Type, initial: Tree) -> usize {
        let about = About {
            address: address.clone(),
            span,
            ..About::default()
        };
        let index = self.push_variable(about, kind, initial, None);
        self.declare(&address, Symbol::Variable(index), span);
        index
    }

    /// The value at an address that lowering knows is declared; none if it is faulty.
    pub fn read_address(&mut self, address: &str) -> Option<(Tree, Type)> {
        let symbol = self.symbol(address, None)?;
        self.read_symbol(symbol)
    }

    /// The value of a symbol; none if it is faulty or an event.
    pub fn read_symbol(&self, symbol: Symbol) -> Option<(Tree, Type)> {
        let (reference, kind) = match symbol {
            Symbol::Parameter(index) => (Reference::Parameter(index), &self.core.parameters[index].kind),
            Symbol::Variable(index) => (Reference::Variable(index), &self.core.variables[index].kind),
            Symbol::Definition(index) => (Reference::Definition(index), &self.core.definitions[index].kind),
            Symbol::Event(_) | Symbol::Pending(_) | Symbol::Faulty => return None,
        };
        Some((Tree::Reference(reference), kind.clone()))
    }

    fn depth(&self, tree: &Tree) -> Depth {
        let below = match tree {
            Tree::Number(_) | Tree::Boolean(_) | Tree::State(..) | Tree::Now => Depth::default(),
            Tree::Reference(Reference::Definition(index)) => {
                let Depth { definitions, parts } = self.definition_facts[*index].depth;
                Depth {
                    definitions: definitions + 1,
                    parts,
                }
            }
            Tree::Reference(_) => Depth::default(),
            Tree::Unary(_, operand) => self.depth(operand),
            Tree::Binary(_, left, right) => self.depth(left).max(self.depth(right)),
            Tree::Conditional(condition, yes, no) => self.depth(condition).max(self.depth(yes)).max(self.depth(no)),
            Tree::Call(_, arguments) => arguments
                .iter()
                .map(|argument| self.depth(argument))
                .fold(Depth::default(), Depth::max),
        };
        Depth {
            parts: below.parts + 1,
            ..below
        }
    }

    /// Whether a value is settled before a run starts.
    pub fn reads_only_parameters(&self, tree: &Tree) -> bool {
        !tree.reads_now()
            && tree.references().into_iter().all(|reference| match reference {
                Reference::Parameter(_) => true,
                Reference::Definition(index) => self.definition_facts[index].settled,
                Reference::Variable(_) | Reference::Count(_) | Reference::FirstTime(_) => false,
            })
    }
}

impl Lowering<'_> {
    /// How a value reads the time, itself and through definitions.
    pub fn time_use(&self, tree: &Tree) -> TimeUse {
        match tree {
            Tree::Now => TimeUse::Free,
            Tree::Binary(operator, left, right) if operator.is_ordering() => match (left.as_ref(), right.as_ref()) {
                (Tree::Now, other) | (other, Tree::Now) if self.reads_only_parameters(other) => TimeUse::Compared,
                (left, right) => self.time_use(left).max(self.time_use(right)),
            },
            Tree::Unary(_, operand) => self.time_use(operand),
            Tree::Binary(_, left, right) => self.time_use(left).max(self.time_use(right)),
            Tree::Conditional(condition, yes, no) => {
                self.time_use(condition).max(self.time_use(yes)).max(self.time_use(no))
            }
            Tree::Call(_, arguments) => arguments
                .iter()
                .map(|a| self.time_use(a))
                .max()
                .unwrap_or(TimeUse::None),
            Tree::Reference(Reference::Definition(index)) => self.definition_facts[*index].time_use,
            _ => TimeUse::None,
        }
    }
}

/// What is known of a definition.
#[derive(Clone, Copy)]
struct DefinitionFacts {
    /// Whether it is settled before a run starts.
    settled: bool,
    time_use: TimeUse,
    depth: Depth,
}

/// How deep a value goes down, through definitions too.
#[derive(Clone, Copy, Default)]
struct Depth {
    definitions: usize,
    parts: usize,
}

impl Depth {
    fn max(self, other: Depth) -> Depth {
        Depth {
            definitions: self.definitions.max(other.definitions),
            parts: self.parts.max(other.parts),
        }
    }
}

/// How a value reads the time; more than one way counts as the freest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum TimeUse {
    None,
    /// Only in comparisons with what is settled before the run.
    Compared,
    Free,
}

/// What a table says of itself in words.
#[derive(Default, Clone, Copy)]
pub(super) struct Texts<'a> {
    pub name: Option<&'a Text>,
    pub unit: Option<&'a Text>,
    pub because: Option<&'a Text>,
    pub source: Option<&'a OneOrMany>,
    pub note: Option<&'a Text>,
}

/// A domain of states given as plain texts.
pub(super) fn domain(states: &[&str]) -> Domain {
    Domain::new(states.iter().map(|state| (*state).to_owned()).collect())
}
