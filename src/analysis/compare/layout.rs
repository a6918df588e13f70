//! What of one plan is compared with what of another: things of one name.

use crate::expr::{Function, Reference, Tree};
use crate::numeric::min;
use crate::plan::{self, Label, Plan, UNRESOLVED};
use crate::results::Conditions;

/// What is compared between a baseline and another plan.
#[derive(Debug, Clone, PartialEq)]
pub struct Layout {
    /// The outcomes of both, without doubles, in the order of the baseline and then of the other; `unresolved` is the last.
    pub outcomes: Vec<Outcome>,
    /// For each outcome of the baseline, and for being unresolved, its place in `outcomes`.
    pub from_baseline: Vec<usize>,
    /// The same for the other plan.
    pub from_compared: Vec<usize>,
    /// The measures that both have.
    pub measures: Vec<Measure>,
    /// The measures that only one has.
    pub unmatched: Vec<String>,
    /// The series that both have.
    pub series: Vec<Series>,
    /// The series that only one has.
    pub unmatched_series: Vec<String>,
    /// What is given under the baseline.
    pub given_in_baseline: Conditions,
    /// What is given under the other plan.
    pub given_in_compared: Conditions,
}

/// A way in which runs of one of the plans can end.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    /// What it is called.
    pub label: Label,
    /// Whether the baseline declares it.
    pub in_baseline: bool,
    /// Whether the other plan declares it.
    pub in_compared: bool,
}

/// A measure that both plans have.
#[derive(Debug, Clone, PartialEq)]
pub struct Measure {
    /// What it is called.
    pub label: Label,
    /// Its index in the baseline.
    pub baseline: usize,
    /// Its index in the other plan.
    pub compared: usize,
    /// Of a time that may never come, the end up to which both plans look, in years.
    pub horizon: Option<f64>,
}

/// A series that both plans have.
#[derive(Debug, Clone, PartialEq)]
pub struct Series {
    /// What it is called.
    pub label: Label,
    /// Its index in the baseline.
    pub baseline: usize,
    /// Its index in the other plan.
    pub compared: usize,
    /// The dates at which both plans take it.
    pub points: Vec<Point>,
    /// How many dates only the baseline has, and how many only the other plan.
    pub unmatched: [usize; 2],
}

/// A date at which both plans take a series.
#[derive(Debug, Clone, PartialEq)]
pub struct Point {
    /// The day, as `2017-10-09`.
    pub date: String,
    /// Years since the start of the baseline.
    pub time: f64,
    /// Which of the times of the baseline it is.
    pub baseline: usize,
    /// Which of the other plan's.
    pub compared: usize,
}

impl Series {
    fn new(first: &[plan::Series], second: &[plan::Series], baseline: usize) -> Option<Self> {
        let own = &first[baseline];
        let compared = second.iter().position(|series| series.label.id == own.label.id)?;
        let (dates, others) = (&own.dates, &second[compared].dates);
        let mut points = Vec::new();
        // Dates ascend, and several times of one day are taken in their order.
        let mut next = 0;
        for (index, date) in dates.iter().enumerate() {
            next += others[next..].iter().take_while(|other| *other < date).count();
            if others.get(next) == Some(date) {
                points.push(Point {
                    date: date.clone(),
                    time: own.times[index],
                    baseline: index,
                    compared: next,
                });
                next += 1;
            }
        }
        Some(Series {
            label: own.label.clone(),
            baseline,
            compared,
            unmatched: [dates.len() - points.len(), others.len() - points.len()],
            points,
        })
    }
}

impl Layout {
    /// Lines two plans up.
    pub fn new(baseline: &Plan, compared: &Plan) -> Self {
        let mut outcomes: Vec<Outcome> = Vec::new();
        let mut place = |label: &Label, is_baseline: bool| {
            let known = outcomes.iter().position(|known| known.label.id == label.id);
            let index = known.unwrap_or(outcomes.len());
            if known.is_none() {
                outcomes.push(Outcome {
                    label: label.clone(),
                    in_baseline: false,
                    in_compared: false,
                });
            }
            let outcome = &mut outcomes[index];
            outcome.in_baseline |= is_baseline;
            outcome.in_compared |= !is_baseline;
            index
        };
        let (first, second) = (&baseline.observed.outcomes, &compared.observed.outcomes);
        let mut from_baseline: Vec<usize> = first.iter().map(|label| place(label, true)).collect();
        let mut from_compared: Vec<usize> = second.iter().map(|label| place(label, false)).collect();
        from_baseline.push(outcomes.len());
        from_compared.push(outcomes.len());
        outcomes.push(Outcome {
            label: Label {
                id: UNRESOLVED.to_owned(),
                ..Label::default()
            },
            in_baseline: true,
            in_compared: true,
        });
        let (first, second) = (&baseline.observed.measures, &compared.observed.measures);
        let position = |labels: &[Label], id: &str| labels.iter().position(|label| label.id == id);
        let measures = first.iter().enumerate().filter_map(|(index, label)| {
            let other = position(second, &label.id)?;
            let are_times =
                is_time(baseline, &baseline.measures[index]) && is_time(compared, &compared.measures[other]);
            Some(Measure {
                label: label.clone(),
                baseline: index,
                compared: other,
                horizon: are_times.then(|| min(baseline.horizon, compared.horizon)),
            })
        });
        let (own, others) = (&baseline.observed.series, &compared.observed.series);
        let has = |of: &[plan::Series], id: &str| of.iter().any(|series| series.label.id == id);
        let alone = |of: &[plan::Series], other: &[plan::Series]| -> Vec<String> {
            let ids = of.iter().map(|series| series.label.id.clone());
            ids.filter(|id| !has(other, id)).collect()
        };
        let unmatched = |of: &[Label], other: &[Label]| -> Vec<String> {
            let alone = of.iter().filter(|label| position(other, &label.id).is_none());
            alone.map(|label| label.id.clone()).collect()
        };
        Layout {
            from_baseline,
            from_compared,
            measures: measures.collect(),
            series: (0..own.len())
                .filter_map(|index| Series::new(own, others, index))
                .collect(),
            unmatched_series: [alone(own, others), alone(others, own)].concat(),
            given_in_baseline: Conditions::new(&baseline.observed),
            given_in_compared: Conditions::new(&compared.observed),
            unmatched: [unmatched(first, second), unmatched(second, first)].concat(),
            outcomes,
        }
    }

    /// Whether both plans declare the same outcomes.
    pub fn has_same_outcomes(&self) -> bool {
        self.outcomes
            .iter()
            .all(|outcome| outcome.in_baseline && outcome.in_compared)
    }
}

/// Whether a measure is the first time of something, or the earlier or later of such times.
pub fn is_time(plan: &Plan, tree: &Tree) -> bool {
    fn looks(plan: &Plan, tree: &Tree, found: &mut bool) -> bool {
        match tree {
            Tree::Number(_) => true,
            Tree::Reference(Reference::FirstTime(_)) => {
                *found = true;
                true
            }
            Tree::Reference(Reference::Definition(index)) => looks(plan, &plan.definitions[*index], found),
            Tree::Conditional(_, yes, no) => looks(plan, yes, found) && looks(plan, no, found),
            Tree::Call(Function::Min | Function::Max, arguments) => {
                arguments.iter().all(|argument| looks(plan, argument, found))
            }
            _ => false,
        }
    }
    let mut found = false;
    looks(plan, tree, &mut found) && found
}
