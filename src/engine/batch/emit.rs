//! From a graph and the effects on it to a program: only what effects need is worked out, just before it is needed.

use super::graph::{Graph, Node, NodeIndex};
use super::program::{Effect, Instruction, NOW, Operand, Program, Register, Work};

/// A step before registers are given out.
enum Step {
    Node(NodeIndex),
    Effect(usize),
}

/// Makes a program that has these effects, in order. What the last ones need, as many as are said to be stores, is worked
/// out before the first of them: it may load what another of them overwrites.
pub fn emit(graph: &Graph, effects: &[Effect<NodeIndex>], stores: usize) -> Program {
    let mut emitter = Emitter {
        graph,
        steps: Vec::new(),
        emitted: vec![false; graph.len()],
        last_use: vec![0; graph.len()],
    };
    let first_store = effects.len() - stores;
    for (index, effect) in effects.iter().enumerate() {
        let values = effect.values();
        if index == first_store {
            let stored = effects[first_store..].iter().flat_map(Effect::values);
            stored.for_each(|value| emitter.need(value));
        }
        values.iter().for_each(|value| emitter.need(*value));
        let step = emitter.steps.len();
        values.iter().for_each(|value| emitter.last_use[*value as usize] = step);
        emitter.steps.push(Step::Effect(index));
    }
    emitter.program(effects)
}

struct Emitter<'a> {
    graph: &'a Graph,
    steps: Vec<Step>,
    emitted: Vec<bool>,
    /// The last step that reads each node.
    last_use: Vec<usize>,
}

impl Emitter<'_> {
    fn need(&mut self, node: NodeIndex) {
        if std::mem::replace(&mut self.emitted[node as usize], true) {
            return;
        }
        let parts = parts(self.graph.node(node));
        parts.iter().for_each(|part| self.need(*part));
        let step = self.steps.len();
        parts.iter().for_each(|part| self.last_use[*part as usize] = step);
        match self.graph.node(node) {
            Node::Constant(_) | Node::Now => {}
            _ => self.steps.push(Step::Node(node)),
        }
    }

    fn program(&self, effects: &[Effect<NodeIndex>]) -> Program {
        let mut registers: Vec<Register> = vec![NOW; self.graph.len()];
        let mut free: Vec<Register> = Vec::new();
        let mut used = NOW + 1;
        let mut instructions = Vec::with_capacity(self.steps.len());
        for (step, what) in self.steps.iter().enumerate() {
            let operand = |node: NodeIndex| match self.graph.node(node) {
                Node::Constant(bits) => Operand::Constant(f64::from_bits(bits)),
                _ => Operand::Register(registers[node as usize]),
            };
            let read = match what {
                Step::Node(node) => {
                    let out = free.pop().unwrap_or_else(|| {
                        used += 1;
                        used - 1
                    });
                    instructions.push(instruction(self.graph.node(*node), operand, out));
                    registers[*node as usize] = out;
                    parts(self.graph.node(*node))
                }
                Step::Effect(index) => {
                    instructions.push(Instruction::Effect(effects[*index].map(operand)));
                    effects[*index].values()
                }
            };
            let mut freed: Vec<NodeIndex> = read
                .into_iter()
                .filter(|node| self.last_use[*node as usize] == step)
                .filter(|node| !matches!(self.graph.node(*node), Node::Constant(_) | Node::Now))
                .collect();
            freed.sort_unstable();
            freed.dedup();
            free.extend(freed.into_iter().map(|node| registers[node as usize]));
        }
        Program {
            instructions,
            registers: usize::from(used),
        }
    }
}

fn parts(node: Node) -> Vec<NodeIndex> {
    match node {
        Node::Constant(_) | Node::Load(_) | Node::Now | Node::Unknown(_) => Vec::new(),
        Node::One(_, operand) => vec![operand],
        Node::Two(_, left, right) => vec![left, right],
        Node::Select(condition, yes, no) => vec![condition, yes, no],
    }
}

/// The instruction for a node that is no constant and not the time. Its operator has at least one operand that is no
/// constant, else it would be one itself.
fn instruction(node: Node, operand: impl Fn(NodeIndex) -> Operand, out: Register) -> Instruction {
    let register = |node: NodeIndex| match operand(node) {
        Operand::Register(register) => register,
        Operand::Constant(_) => NOW,
    };
    match node {
        Node::Load(cell) => Instruction::Load { cell, out },
        Node::One(one, node) => Instruction::Work(Work::One(one, register(node)), out),
        Node::Two(two, left, right) => Instruction::Work(Work::Two(two, [operand(left), operand(right)]), out),
        Node::Select(condition, yes, no) => {
            let operands = [operand(yes), operand(no)];
            Instruction::Work(Work::Select(register(condition), operands), out)
        }
        Node::Constant(_) | Node::Now | Node::Unknown(_) => unreachable!("no instruction makes these"),
    }
}
