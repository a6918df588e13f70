//! Gathers what drivers take from the runs, piece by piece.

use std::thread;

use crate::numeric;

use super::effect::{Piece, Watch};
use super::groups::{by_time, equal_parts};
use super::rows::{ValidRuns, Watched};
use super::summary::{Clock, Effect, Parameter, Target, TargetKind};

/// So many runs are looked at together. The bounds of the groups are those of the first of them.
pub(super) const PIECE: u64 = 1 << 17;
/// Parts of equal size for which a target's mean is told.
const FIFTHS: usize = 5;
/// The effect is found with more parts than are told, as far as there are runs for them.
const MOST_PARTS: usize = 32;
const RUNS_A_PART: usize = 100;

/// What is asked of the runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Question {
    /// How each of them ended.
    Endings,
    /// What a measure was, in those in which there was something to measure.
    Measure(usize),
}

impl Question {
    /// The question that a target is part of.
    pub fn of(kind: TargetKind) -> Self {
        match kind {
            TargetKind::Outcome(_) => Question::Endings,
            TargetKind::Measure(index) => Question::Measure(index),
        }
    }
}

/// What has been gathered for a question. It holds the values of two pieces at the most, however many runs there are.
pub(super) struct Gathering<'w> {
    pub question: Question,
    watched: &'w Watched,
    threads: usize,
    /// How the runs ended that are still to be looked at.
    outcomes: Vec<u32>,
    /// What was measured in them.
    measured: Vec<f64>,
    /// The parameters, and then the clocks.
    columns: Vec<Column>,
    /// What the weights of a measure are less than it.
    centre: f64,
    /// The least and the greatest that was measured.
    range: Option<(f64, f64)>,
    runs: u64,
    /// By class, the sum of the weights.
    sums: Vec<f64>,
}

/// A parameter or a clock.
struct Column {
    /// Where it stands in the rows.
    place: usize,
    is_parameter: bool,
    /// Its values in the runs that are still to be looked at.
    waiting: Vec<f64>,
    /// What those say that have been looked at; none before the first.
    watch: Option<Watch>,
}

impl Column {
    fn new(place: usize, is_parameter: bool) -> Self {
        Column {
            place,
            is_parameter,
            waiting: Vec::new(),
            watch: None,
        }
    }

    fn look(&mut self, piece: &Piece, classes: usize) {
        let (values, is_parameter) = (&self.waiting, self.is_parameter);
        let new = || {
            if is_parameter {
                let parts = (values.len() / RUNS_A_PART).clamp(FIFTHS, MOST_PARTS);
                Watch::new(equal_parts(values, parts), equal_parts(values, FIFTHS), classes)
            } else {
                Watch::new(by_time(values), by_time(values), classes)
            }
        };
        self.watch.get_or_insert_with(new).add(piece, values);
        self.waiting.clear();
    }
}

impl<'w> Gathering<'w> {
    pub fn new(question: Question, watched: &'w Watched, threads: usize) -> Self {
        let classes = match question {
            Question::Endings => watched.plan().observed.outcomes.len() + 1,
            Question::Measure(_) => 1,
        };
        let parameters = watched.parameters().map(|(_, place, _)| Column::new(place, true));
        let clocks = watched.clocks().map(|(_, place)| Column::new(place, false));
        Gathering {
            question,
            watched,
            threads,
            outcomes: Vec::new(),
            measured: Vec::new(),
            columns: parameters.chain(clocks).collect(),
            centre: 0.0,
            range: None,
            runs: 0,
            sums: vec![0.0; classes],
        }
    }

    /// Takes in the next valid runs.
    pub fn add(&mut self, runs: &ValidRuns) {
        let all = 0..runs.outcomes.len();
        let kept: Vec<usize> = match self.question {
            Question::Endings => all.collect(),
            // Runs in which there was nothing to measure say nothing.
            Question::Measure(index) => {
                let kept: Vec<usize> = all.filter(|run| runs.columns[index][*run].is_finite()).collect();
                self.measured.extend(kept.iter().map(|run| runs.columns[index][*run]));
                kept
            }
        };
        self.outcomes.extend(kept.iter().map(|run| runs.outcomes[*run]));
        for column in &mut self.columns {
            let values = &runs.columns[column.place];
            column.waiting.extend(kept.iter().map(|run| values[*run]));
        }
        if self.outcomes.len() as u64 >= PIECE {
            self.look();
        }
    }

    /// Looks at the runs that wait.
    pub fn look(&mut self) {
        let outcomes = std::mem::take(&mut self.outcomes);
        let measured = std::mem::take(&mut self.measured);
        let n = outcomes.len();
        let piece = match self.question {
            Question::Endings => Piece {
                classes: outcomes,
                weights: vec![1.0; n],
            },
            Question::Measure(_) => {
                for value in &measured {
                    let (least, greatest) = self.range.unwrap_or((*value, *value));
                    self.range = Some((numeric::min(least, *value), numeric::max(greatest, *value)));
                }
                if self.runs == 0 && n > 0 {
                    self.centre = measured.iter().sum::<f64>() / n as f64;
                }
                Piece {
                    classes: vec![0; n],
                    weights: measured.iter().map(|value| value - self.centre).collect(),
                }
            }
        };
        self.runs += n as u64;
        for (class, weight) in piece.classes.iter().zip(&piece.weights) {
            self.sums[*class as usize] += weight;
        }
        let classes = self.sums.len();
        on_threads(&mut self.columns, self.threads, |column| column.look(&piece, classes));
    }

    /// What drives a target that is part of the question, when all runs have been looked at.
    pub fn target(&self, kind: TargetKind) -> Target {
        let (class, centre, name) = match kind {
            TargetKind::Outcome(index) => (index, None, self.watched.outcome_name(index)),
            TargetKind::Measure(index) => (0, Some(self.centre), self.watched.measures()[index].id.as_str()),
        };
        let labels = self
            .watched
            .parameters()
            .map(|(label, _, is_boolean)| (label, is_boolean));
        let labels = labels.chain(self.watched.clocks().map(|(label, _)| (label, false)));
        let (mut parameters, mut clocks) = (Vec::new(), Vec::new());
        for ((label, is_boolean), column) in labels.zip(&self.columns) {
            let Some(watch) = &column.watch else { continue };
            let (name, effect) = (label.id.clone(), watch.effect(class));
            let group = |group: usize| watch.group(group, class, centre);
            if column.is_parameter {
                let fifths = (0..FIFTHS).map(group).filter(|group| group.n > 0);
                parameters.push(Parameter {
                    name,
                    effect,
                    is_boolean,
                    fifths: fifths.collect(),
                });
            } else {
                clocks.push(Clock {
                    name,
                    effect,
                    early: group(0),
                    late: group(1),
                    never: group(2),
                });
            }
        }
        // What is not known counts as least; ties keep the order of the file.
        let size = |effect: &Effect| effect.first_order_effect.unwrap_or(f64::NEG_INFINITY);
        parameters.sort_by(|a, b| size(&b.effect).total_cmp(&size(&a.effect)));
        clocks.sort_by(|a, b| size(&b.effect).total_cmp(&size(&a.effect)));
        let mean = || centre.unwrap_or(0.0) + self.sums[class] / self.runs as f64;
        Target {
            kind: if kind.is_outcome() { "outcome" } else { "measure" }.to_owned(),
            name: name.to_owned(),
            n: self.runs,
            mean: (self.runs > 0).then(mean),
            constant: match self.question {
                Question::Endings => self.sums[class] == 0.0 || self.sums[class] == self.runs as f64,
                Question::Measure(_) => self.range.is_none_or(|(least, greatest)| least == greatest),
            },
            parameters,
            clocks,
        }
    }
}

/// Shares work out to threads. Each thing is worked on by one of them, so that their number cannot show.
fn on_threads<T: Send>(things: &mut [T], threads: usize, work: impl Fn(&mut T) + Sync) {
    let each = things.len().div_ceil(threads.max(1)).max(1);
    thread::scope(|scope| {
        for part in things.chunks_mut(each) {
            scope.spawn(|| part.iter_mut().for_each(&work));
        }
    });
}
