//! Runs programs: one tight loop over the runs for each instruction.

use std::array::from_fn;

use multiversion::multiversion;

use crate::expr::{BinaryOperator, Function, UnaryOperator, apply_binary, apply_function};
use crate::numeric;

use super::clocks;
use super::graph::{One, Two};
use super::lanes::{Held, Lane, WIDTH};
use super::program::{Effect, Instruction, Operand, Program, Work};
use super::state::State;

/// Runs a program for some runs, of which the register for the time is filled in.
pub fn execute(program: &Program, state: &mut State<'_, '_>, lanes: &[Lane]) {
    for instruction in &program.instructions {
        let out = match instruction {
            Instruction::Load { cell, out } => {
                state.rows.load(lanes, *cell as usize, state.spare.as_flattened_mut());
                out
            }
            Instruction::Work(work, out) => {
                let groups = lanes.len().div_ceil(WIDTH);
                work_out(work, &state.registers, &mut state.spare[..groups]);
                out
            }
            Instruction::Effect(effect) => {
                apply(effect, state, lanes);
                continue;
            }
        };
        std::mem::swap(&mut state.spare, &mut state.registers[usize::from(*out)]);
    }
}

/// Works something out from registers.
#[multiversion(targets(
    "x86_64+avx2+bmi1+bmi2+lzcnt+popcnt+avx512f+avx512bw+avx512cd+avx512dq+avx512vl",
    "x86_64+avx2+bmi1+bmi2+lzcnt+popcnt"
))]
fn work_out(work: &Work, registers: &[Held], out: &mut [[f64; WIDTH]]) {
    match *work {
        Work::One(one, operand) => unary(one, &registers[usize::from(operand)][..out.len()], out),
        Work::Two(two, operands) => binary(two, registers, operands, out),
        Work::Select(condition, operands) => select(registers, condition, operands, out),
    }
}

fn apply(effect: &Effect<Operand>, state: &mut State<'_, '_>, lanes: &[Lane]) {
    match effect {
        Effect::Store(cell, Operand::Constant(value)) => state.rows.put(lanes, *cell as usize, *value),
        Effect::Store(cell, Operand::Register(register)) => {
            let values = state.registers[usize::from(*register)].as_flattened();
            state.rows.store(lanes, *cell as usize, values);
        }
        Effect::AtLeast(value, least) => {
            for (place, lane) in lanes.iter().enumerate() {
                if !(read(&state.registers, *value, place) >= read(&state.registers, *least, place)) {
                    state.refuse(*lane);
                }
            }
        }
        Effect::Draw(cell, drawn) => clocks::draw(*cell as usize, drawn, state, lanes),
        Effect::Alarm(alarm, at, after) => {
            for (place, lane) in lanes.iter().enumerate() {
                let at = read(&state.registers, *at, place);
                let moment = if *after { at.next_up() } else { at };
                // A moment that has passed by the start, or that never comes, changes nothing.
                let moment = if moment > 0.0 { moment } else { f64::INFINITY };
                state.rows.set(*lane, *alarm, moment);
            }
        }
        Effect::Output(output, value) => {
            let out = &mut state.outputs[*output].as_flattened_mut()[..lanes.len()];
            match value {
                Operand::Constant(value) => out.fill(*value),
                Operand::Register(register) => {
                    out.copy_from_slice(&state.registers[usize::from(*register)].as_flattened()[..lanes.len()]);
                }
            }
        }
        Effect::Reset {
            clock,
            most,
            fresh,
            done,
        } => clocks::reset(*clock, *most, [*fresh, *done], state, lanes),
        Effect::Rate(clock, rate) => clocks::rate(*clock, rate, state, lanes),
        Effect::FirstRate(clock, rate) => clocks::first_rate(*clock, rate, state, lanes),
        Effect::RateOff(clock) => clocks::rate_off(*clock, state, lanes),
        Effect::Timed {
            clock,
            day,
            when,
            hold,
            delay,
        } => clocks::timed(*clock, *day, [*when, *hold], delay, state, lanes),
    }
}

/// An operand, for the run at a place among those that a program works on.
#[inline(always)]
pub fn read(registers: &[Held], operand: Operand, place: usize) -> f64 {
    match operand {
        Operand::Constant(value) => value,
        Operand::Register(register) => registers[usize::from(register)].as_flattened()[place],
    }
}

#[inline(always)]
fn each(operand: &[[f64; WIDTH]], out: &mut [[f64; WIDTH]], value: impl Fn(f64) -> f64) {
    for (out, operand) in out.iter_mut().zip(operand) {
        let operand = *operand;
        *out = from_fn(|place| value(operand[place]));
    }
}

#[inline(always)]
fn pairs(a: &[[f64; WIDTH]], b: &[[f64; WIDTH]], out: &mut [[f64; WIDTH]], value: impl Fn(f64, f64) -> f64) {
    for ((out, a), b) in out.iter_mut().zip(a).zip(b) {
        let (a, b) = (*a, *b);
        *out = from_fn(|place| value(a[place], b[place]));
    }
}

#[inline(always)]
fn unary(one: One, operand: &[[f64; WIDTH]], out: &mut [[f64; WIDTH]]) {
    match one {
        One::Operator(UnaryOperator::Negate) => each(operand, out, |x| -x),
        One::Operator(UnaryOperator::Not) => each(operand, out, |x| f64::from(u8::from(x == 0.0))),
        One::Function(Function::Abs) => each(operand, out, f64::abs),
        One::Function(Function::Exp) => each(operand, out, numeric::exp),
        One::Function(Function::Ln) => each(operand, out, numeric::ln),
        One::Function(Function::Sqrt) => each(operand, out, f64::sqrt),
        One::Function(Function::Logistic) => each(operand, out, numeric::logistic),
        One::Function(other) => each(operand, out, |x| apply_function(other, &[x])),
    }
}

#[inline(always)]
fn both(registers: &[Held], operands: [Operand; 2], out: &mut [[f64; WIDTH]], value: impl Fn(f64, f64) -> f64) {
    let length = out.len();
    match operands {
        [Operand::Register(a), Operand::Register(b)] => {
            pairs(
                &registers[usize::from(a)][..length],
                &registers[usize::from(b)][..length],
                out,
                value,
            );
        }
        [Operand::Register(a), Operand::Constant(b)] => {
            each(&registers[usize::from(a)][..length], out, |a| value(a, b));
        }
        [Operand::Constant(a), Operand::Register(b)] => {
            each(&registers[usize::from(b)][..length], out, |b| value(a, b));
        }
        [Operand::Constant(a), Operand::Constant(b)] => out.fill([value(a, b); WIDTH]),
    }
}

#[inline(always)]
fn truth(value: bool) -> f64 {
    if value { 1.0 } else { 0.0 }
}

#[inline(always)]
fn binary(two: Two, registers: &[Held], operands: [Operand; 2], out: &mut [[f64; WIDTH]]) {
    use BinaryOperator::*;
    let operator = match two {
        Two::Function(Function::Min) => return both(registers, operands, out, numeric::min),
        Two::Function(Function::Max) => return both(registers, operands, out, numeric::max),
        Two::Function(other) => return both(registers, operands, out, |a, b| apply_function(other, &[a, b])),
        Two::Operator(operator) => operator,
    };
    match operator {
        Add => both(registers, operands, out, |a, b| a + b),
        Subtract => both(registers, operands, out, |a, b| a - b),
        Multiply => both(registers, operands, out, |a, b| a * b),
        Divide => both(registers, operands, out, |a, b| a / b),
        Less => both(registers, operands, out, |a, b| truth(a < b)),
        LessOrEqual => both(registers, operands, out, |a, b| truth(a <= b)),
        Greater => both(registers, operands, out, |a, b| truth(a > b)),
        GreaterOrEqual => both(registers, operands, out, |a, b| truth(a >= b)),
        Equal => both(registers, operands, out, |a, b| truth(a == b)),
        NotEqual => both(registers, operands, out, |a, b| truth(a != b)),
        And => both(registers, operands, out, |a, b| truth((a != 0.0) & (b != 0.0))),
        Or => both(registers, operands, out, |a, b| truth((a != 0.0) | (b != 0.0))),
        Remainder => both(registers, operands, out, |a, b| apply_binary(Remainder, a, b)),
    }
}

#[inline(always)]
fn select(registers: &[Held], condition: u16, operands: [Operand; 2], out: &mut [[f64; WIDTH]]) {
    let condition = &registers[usize::from(condition)][..out.len()];
    match operands {
        [Operand::Constant(yes), Operand::Constant(no)] => {
            each(condition, out, |condition| if condition == 0.0 { no } else { yes });
        }
        [Operand::Register(yes), Operand::Constant(no)] => {
            let yes = &registers[usize::from(yes)][..out.len()];
            pairs(
                condition,
                yes,
                out,
                |condition, yes| if condition == 0.0 { no } else { yes },
            );
        }
        [Operand::Constant(yes), Operand::Register(no)] => {
            let no = &registers[usize::from(no)][..out.len()];
            pairs(
                condition,
                no,
                out,
                |condition, no| if condition == 0.0 { no } else { yes },
            );
        }
        [Operand::Register(yes), Operand::Register(no)] => {
            let (yes, no) = (
                &registers[usize::from(yes)][..out.len()],
                &registers[usize::from(no)][..out.len()],
            );
            for (((out, condition), yes), no) in out.iter_mut().zip(condition).zip(yes).zip(no) {
                let (condition, yes, no) = (*condition, *yes, *no);
                *out = from_fn(|place| if condition[place] == 0.0 { no[place] } else { yes[place] });
            }
        }
    }
}
