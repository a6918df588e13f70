//! Values as a graph: each part once, so that what is equal is the same node; and what is certain is a constant.

use std::collections::HashMap;

use rustc_hash::FxBuildHasher;

use crate::expr::{BinaryOperator, Function, UnaryOperator, apply_binary, apply_function, apply_unary};

use super::possible::Possible;

/// A node of the graph. A node stands after those that it reads.
pub type NodeIndex = u32;

/// How a value comes about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Node {
    /// A number, by its bits.
    Constant(u64),
    /// What a cell of a row holds.
    Load(u32),
    /// The time.
    Now,
    /// Something that is only compared with itself and never worked out.
    Unknown(u32),
    /// An operator or function of one value.
    One(One, NodeIndex),
    /// An operator or function of two values.
    Two(Two, NodeIndex, NodeIndex),
    /// The second where the first is not 0, else the third.
    Select(NodeIndex, NodeIndex, NodeIndex),
}

/// Operators and functions of one value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum One {
    /// An operator.
    Operator(UnaryOperator),
    /// A function.
    Function(Function),
}

/// Operators and functions of two values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Two {
    /// An operator.
    Operator(BinaryOperator),
    /// A function.
    Function(Function),
}

impl One {
    /// What it makes of a value.
    #[inline(always)]
    pub fn apply(self, operand: f64) -> f64 {
        match self {
            One::Operator(operator) => apply_unary(operator, operand),
            One::Function(function) => apply_function(function, &[operand]),
        }
    }
}

impl Two {
    /// What it makes of two values.
    #[inline(always)]
    pub fn apply(self, left: f64, right: f64) -> f64 {
        match self {
            Two::Operator(operator) => apply_binary(operator, left, right),
            Two::Function(function) => apply_function(function, &[left, right]),
        }
    }
}

/// Values, each once.
#[derive(Debug, Default)]
pub struct Graph {
    nodes: Vec<Node>,
    possible: Vec<Possible>,
    /// Whether the time goes into it.
    timely: Vec<bool>,
    places: HashMap<Node, NodeIndex, FxBuildHasher>,
    /// Conditions that are known to hold or not to hold.
    settled: HashMap<NodeIndex, f64, FxBuildHasher>,
}

impl Graph {
    /// How a node comes about.
    pub fn node(&self, index: NodeIndex) -> Node {
        self.nodes[index as usize]
    }

    /// What its value can be.
    pub fn possible(&self, index: NodeIndex) -> &Possible {
        &self.possible[index as usize]
    }

    /// How many nodes there are.
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    /// Its value, if that is certain.
    pub fn certain(&self, index: NodeIndex) -> Option<f64> {
        match self.node(index) {
            Node::Constant(bits) => Some(f64::from_bits(bits)),
            _ => None,
        }
    }

    /// Whether the time goes into it.
    pub fn reads_time(&self, index: NodeIndex) -> bool {
        self.timely[index as usize]
    }

    /// Says that a condition holds, or that it does not. What reads the time is left open: it comes out otherwise later.
    pub fn settle(&mut self, condition: NodeIndex, holds: bool) {
        if self.reads_time(condition) {
            return;
        }
        if self.certain(condition).is_none() && self.possible(condition).is_truth() {
            self.settled.insert(condition, f64::from(u8::from(holds)));
        }
    }

    /// A number.
    pub fn constant(&mut self, value: f64) -> NodeIndex {
        self.place(Node::Constant(value.to_bits()), || Possible::just(value))
    }

    /// What a cell of a row holds.
    pub fn load(&mut self, cell: u32, possible: &Possible) -> NodeIndex {
        match possible.certain() {
            Some(value) => self.constant(value),
            None => self.place(Node::Load(cell), || *possible),
        }
    }

    /// The time.
    pub fn now(&mut self, horizon: f64) -> NodeIndex {
        self.place(Node::Now, || Possible::between(0.0, horizon))
    }

    /// Something that is not worked out.
    pub fn unknown(&mut self, number: u32, possible: &Possible) -> NodeIndex {
        match possible.certain() {
            Some(value) => self.constant(value),
            None => self.place(Node::Unknown(number), || *possible),
        }
    }

    /// An operator or function of one value.
    pub fn one(&mut self, one: One, operand: NodeIndex) -> NodeIndex {
        if let Some(value) = self.certain(operand) {
            return self.constant(one.apply(value));
        }
        // A condition that is turned twice is itself.
        if one == One::Operator(UnaryOperator::Not)
            && let Node::One(inner, condition) = self.node(operand)
            && inner == one
            && self.possible(condition).is_truth()
        {
            return condition;
        }
        let possible = match one {
            One::Operator(operator) => Possible::unary(operator, self.possible(operand)),
            One::Function(function) => Possible::call(function, std::slice::from_ref(self.possible(operand))),
        };
        self.known(Node::One(one, operand), possible)
    }

    /// An operator or function of two values.
    pub fn two(&mut self, two: Two, left: NodeIndex, right: NodeIndex) -> NodeIndex {
        if let (Some(a), Some(b)) = (self.certain(left), self.certain(right)) {
            return self.constant(two.apply(a, b));
        }
        if let Two::Operator(operator @ (BinaryOperator::And | BinaryOperator::Or)) = two
            && let Some(found) = self.joined(operator, left, right)
        {
            return found;
        }
        let possible = match two {
            Two::Operator(operator) => Possible::binary(operator, self.possible(left), self.possible(right)),
            Two::Function(function) => {
                let arguments = [*self.possible(left), *self.possible(right)];
                Possible::call(function, &arguments)
            }
        };
        self.known(Node::Two(two, left, right), possible)
    }

    /// Two conditions of which one settles the matter, or leaves it to the other.
    fn joined(&self, operator: BinaryOperator, left: NodeIndex, right: NodeIndex) -> Option<NodeIndex> {
        let neutral = f64::from(u8::from(operator == BinaryOperator::And));
        for (one, other) in [(left, right), (right, left)] {
            match self.certain(one) {
                Some(value) if value == neutral && self.possible(other).is_truth() => return Some(other),
                Some(value) if value == 1.0 - neutral => return Some(one),
                _ => {}
            }
        }
        (left == right && self.possible(left).is_truth()).then_some(left)
    }

    /// A choice.
    pub fn select(&mut self, condition: NodeIndex, yes: NodeIndex, no: NodeIndex) -> NodeIndex {
        let possible = self.possible(condition);
        if yes == no || !possible.can_be_zero() {
            return yes;
        }
        if !possible.can_be_nonzero() {
            return no;
        }
        let possible = self.possible(yes).or(self.possible(no));
        self.known(Node::Select(condition, yes, no), possible)
    }

    fn known(&mut self, node: Node, possible: Possible) -> NodeIndex {
        if let Some(value) = possible.certain() {
            return self.constant(value);
        }
        let place = self.place(node, || possible);
        match self.settled.get(&place) {
            Some(value) => {
                let value = *value;
                self.constant(value)
            }
            None => place,
        }
    }

    fn place(&mut self, node: Node, possible: impl FnOnce() -> Possible) -> NodeIndex {
        if let Some(place) = self.places.get(&node) {
            return *place;
        }
        let place = self.nodes.len() as NodeIndex;
        let timely = match node {
            Node::Now => true,
            Node::Constant(_) | Node::Load(_) | Node::Unknown(_) => false,
            Node::One(_, operand) => self.reads_time(operand),
            Node::Two(_, left, right) => self.reads_time(left) || self.reads_time(right),
            Node::Select(condition, yes, no) => [condition, yes, no].into_iter().any(|part| self.reads_time(part)),
        };
        self.timely.push(timely);
        self.nodes.push(node);
        self.possible.push(possible());
        self.places.insert(node, place);
        place
    }
}
