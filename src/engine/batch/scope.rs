//! Expressions as nodes of a graph, at a moment: what variables hold there, and what is known of it.

use crate::expr::{BinaryOperator, Function, Reference, Tree, UnaryOperator};
use crate::plan::Plan;

use super::facts::Facts;
use super::graph::{Graph, Node, NodeIndex, One, Two};
use super::layout::Layout;

/// A moment of a run, and the graph that its values stand in.
pub struct Scope<'a, 'p> {
    /// The plan.
    pub plan: &'p Plan,
    layout: &'a Layout,
    /// The values so far.
    pub graph: Graph,
    facts: Facts<'p>,
    /// What stands for each variable, where it was read or set.
    variables: Vec<Option<NodeIndex>>,
    parameters: Vec<Option<NodeIndex>>,
    counts: Vec<Option<NodeIndex>>,
    first_times: Vec<Option<NodeIndex>>,
    definitions: Vec<Option<NodeIndex>>,
}

impl<'a, 'p> Scope<'a, 'p> {
    /// A moment of which some facts are known.
    pub fn new(plan: &'p Plan, layout: &'a Layout, facts: Facts<'p>) -> Self {
        Scope {
            plan,
            layout,
            graph: Graph::default(),
            facts,
            variables: vec![None; plan.variables.len()],
            parameters: vec![None; layout.parameters()],
            counts: vec![None; plan.clocks.len()],
            first_times: vec![None; plan.clocks.len()],
            definitions: vec![None; plan.definitions.len()],
        }
    }

    /// What stands for a value.
    pub fn value(&mut self, tree: &Tree) -> NodeIndex {
        match tree {
            Tree::Number(value) => self.graph.constant(*value),
            Tree::Boolean(value) => self.graph.constant(f64::from(u8::from(*value))),
            Tree::State(_, index) => self.graph.constant(f64::from(*index)),
            Tree::Now => self.graph.now(self.plan.horizon),
            Tree::Reference(reference) => self.reference(*reference),
            Tree::Unary(operator, operand) => {
                let operand = self.value(operand);
                self.graph.one(One::Operator(*operator), operand)
            }
            Tree::Binary(operator, left, right) => {
                let (left, right) = (self.value(left), self.value(right));
                self.graph.two(Two::Operator(*operator), left, right)
            }
            Tree::Conditional(condition, yes, no) => {
                let condition = self.value(condition);
                let (yes, no) = (self.value(yes), self.value(no));
                self.graph.select(condition, yes, no)
            }
            Tree::Call(function, arguments) => {
                let arguments: Vec<NodeIndex> = arguments.iter().map(|argument| self.value(argument)).collect();
                self.call(*function, &arguments)
            }
        }
    }

    fn call(&mut self, function: Function, arguments: &[NodeIndex]) -> NodeIndex {
        let graph = &mut self.graph;
        match (function, arguments) {
            (Function::Clamp, [x, low, high]) => {
                let raised = graph.two(Two::Function(Function::Max), *x, *low);
                graph.two(Two::Function(Function::Min), raised, *high)
            }
            (_, [only]) => graph.one(One::Function(function), *only),
            (_, [first, rest @ ..]) => rest
                .iter()
                .fold(*first, |so_far, next| graph.two(Two::Function(function), so_far, *next)),
            // The arity was checked.
            (_, []) => graph.constant(f64::NAN),
        }
    }

    fn reference(&mut self, reference: Reference) -> NodeIndex {
        let slot = match reference {
            Reference::Parameter(index) => &mut self.parameters[index],
            Reference::Variable(index) => &mut self.variables[index],
            Reference::Count(index) => &mut self.counts[index],
            Reference::FirstTime(index) => &mut self.first_times[index],
            Reference::Definition(index) => &mut self.definitions[index],
        };
        if let Some(known) = *slot {
            return known;
        }
        let found = match reference {
            Reference::Definition(index) => {
                let plan = self.plan;
                self.value(&plan.definitions[index])
            }
            _ => {
                let possible = match reference {
                    Reference::Variable(index) => *self.facts.variable(index),
                    _ => self.facts.of(reference),
                };
                self.graph.load(self.layout.cell(reference), &possible)
            }
        };
        match reference {
            Reference::Parameter(index) => self.parameters[index] = Some(found),
            Reference::Variable(index) => self.variables[index] = Some(found),
            Reference::Count(index) => self.counts[index] = Some(found),
            Reference::FirstTime(index) => self.first_times[index] = Some(found),
            Reference::Definition(index) => self.definitions[index] = Some(found),
        }
        found
    }

    /// Gives a reference another value from here on.
    pub fn set(&mut self, reference: Reference, value: NodeIndex) {
        match reference {
            Reference::Parameter(index) => self.parameters[index] = Some(value),
            Reference::Variable(index) => self.variables[index] = Some(value),
            Reference::Count(index) => self.counts[index] = Some(value),
            Reference::FirstTime(index) => self.first_times[index] = Some(value),
            Reference::Definition(_) => {}
        }
        self.definitions.fill(None);
    }

    /// A value as a variable holds it: a zero has no sign.
    pub fn stored(&mut self, tree: &Tree) -> NodeIndex {
        let value = self.value(tree);
        self.normalised(value)
    }

    /// A number of which a zero has no sign.
    pub fn normalised(&mut self, value: NodeIndex) -> NodeIndex {
        if let Node::Load(_) = self.graph.node(value) {
            // What is in a column has been through this.
            return value;
        }
        let zero = self.graph.constant(0.0);
        self.graph.two(Two::Operator(BinaryOperator::Add), value, zero)
    }

    /// Takes in that a condition holds here, or that it does not.
    pub fn settle(&mut self, condition: &Tree, holds: bool) {
        match condition {
            Tree::Binary(BinaryOperator::And, left, right) if holds => {
                self.settle(left, true);
                self.settle(right, true);
            }
            Tree::Binary(BinaryOperator::Or, left, right) if !holds => {
                self.settle(left, false);
                self.settle(right, false);
            }
            Tree::Unary(UnaryOperator::Not, operand) => self.settle(operand, !holds),
            Tree::Reference(Reference::Definition(index)) => {
                let plan = self.plan;
                self.settle(&plan.definitions[*index], holds);
                let node = self.reference(Reference::Definition(*index));
                self.graph.settle(node, holds);
            }
            _ => {
                let node = self.value(condition);
                self.graph.settle(node, holds);
            }
        }
        // They are worked out anew with what is known.
        self.definitions.fill(None);
    }
}
