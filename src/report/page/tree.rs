//! The tree of paths: what happened in the runs, in order, and which share of them took each branch.

use std::cmp::Reverse;

use maud::html;

use super::figure::{Figure, Table, figure};
use super::outcomes::legend;
use super::{Context, Section, tree_picture};
use crate::report::format::{count, percent};
use crate::results::history::{Path, Step};

/// How many branches are shown: those that most runs took.
const MOST_BRANCHES: usize = 26;
/// A branch that a smaller share of the runs took is folded.
const LEAST_SHARE: f64 = 0.004;
/// What is folded at a branch has a row of its own from this share of the runs on.
const LEAST_FOLD: f64 = 0.02;
/// How many paths the table has.
const MOST_PATHS: usize = 20;

/// What stands at a branch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Mark {
    /// Something happens.
    Step(Step),
    /// The run ends so, and nothing of the plot happens before that.
    Ends(usize),
}

/// A branch of the tree: marks that all its runs have in a row, and the branches that it parts into.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Branch {
    pub marks: Vec<Mark>,
    pub runs: u64,
    /// How many of its runs came to each outcome.
    pub outcomes: Vec<u64>,
    pub branches: Vec<Branch>,
    /// How many further branches are not shown one by one; what is known of them stands in the last of `branches`,
    /// which has no marks.
    pub folded: usize,
}

impl Branch {
    fn new(mark: Option<Mark>, outcomes: usize) -> Self {
        Branch {
            marks: mark.into_iter().collect(),
            outcomes: vec![0; outcomes],
            ..Branch::default()
        }
    }

    fn count(&mut self, path: &Path<'_>) {
        self.runs += path.runs;
        self.outcomes[path.outcome] += path.runs;
    }

    /// Adds the runs of a path. Paths come in the order of their steps, so that what they share stands last.
    fn add(&mut self, path: &Path<'_>) {
        self.count(path);
        let outcomes = self.outcomes.len();
        let steps = path.steps.iter().map(|step| Mark::Step(*step));
        let mut branch = self;
        for mark in steps.chain([Mark::Ends(path.outcome)]) {
            let place = branch.branches.iter().position(|known| known.marks == [mark]);
            let place = place.unwrap_or_else(|| {
                branch.branches.push(Branch::new(Some(mark), outcomes));
                branch.branches.len() - 1
            });
            branch = &mut branch.branches[place];
            branch.count(path);
        }
    }

    /// Joins every branch to the only one that it parts into, and puts branches in order: those of most runs first.
    fn gather(&mut self) {
        while self.branches.len() == 1 {
            if let Some(only) = self.branches.pop() {
                self.marks.extend(only.marks);
                self.branches = only.branches;
            }
        }
        self.branches
            .sort_by(|a, b| (Reverse(a.runs), &a.marks).cmp(&(Reverse(b.runs), &b.marks)));
        self.branches.iter_mut().for_each(Branch::gather);
    }

    /// Folds the branches that fewer than `least` runs took. They have a row together where they are at least `least_fold`
    /// runs and something else is shown beside them; else they show only in the bar of the branch that they grow from.
    fn fold(&mut self, least: u64, least_fold: u64) {
        let (shown, small): (Vec<Branch>, Vec<Branch>) = std::mem::take(&mut self.branches)
            .into_iter()
            .partition(|branch| branch.runs >= least);
        self.branches = shown;
        self.branches
            .iter_mut()
            .for_each(|branch| branch.fold(least, least_fold));
        let runs: u64 = small.iter().map(|branch| branch.runs).sum();
        if !self.branches.is_empty() && !small.is_empty() && runs >= least_fold {
            let mut rest = Branch::new(None, self.outcomes.len());
            rest.runs = runs;
            for branch in &small {
                for (count, added) in rest.outcomes.iter_mut().zip(&branch.outcomes) {
                    *count += added;
                }
            }
            self.folded = small.len();
            self.branches.push(rest);
        }
    }

    fn sizes(&self, sizes: &mut Vec<u64>) {
        for branch in &self.branches {
            sizes.push(branch.runs);
            branch.sizes(sizes);
        }
    }
}

/// The tree of paths with its smallest branches folded.
fn grown<'a>(
    paths: impl Iterator<Item = Path<'a>>,
    outcomes: usize,
    most: usize,
    least: u64,
    least_fold: u64,
) -> Branch {
    let mut root = Branch::new(None, outcomes);
    paths.for_each(|path| root.add(&path));
    root.gather();
    let mut sizes = Vec::new();
    root.sizes(&mut sizes);
    sizes.sort_unstable_by_key(|runs| Reverse(*runs));
    // A branch has no more runs than the one that it grows from, so that whatever is shown hangs on something shown.
    let least = sizes
        .get(most)
        .map_or(least, |first_left_out| least.max(first_left_out + 1));
    root.fold(least.max(1), least_fold);
    root
}

pub(super) fn section(context: &Context<'_>) -> Option<Section> {
    let paths = &context.material.history.paths;
    if context.valid() == 0 || paths.all().all(|path| path.steps.is_empty()) {
        return None;
    }
    let outcomes = context.material.summary.outcomes.len();
    let runs = |share: f64| (context.valid() as f64 * share).ceil() as u64;
    let tree = grown(
        paths.all(),
        outcomes,
        MOST_BRANCHES,
        runs(LEAST_SHARE),
        runs(LEAST_FOLD),
    );
    let table = table(context);
    let commonest = table.rows.first().map_or(String::new(), |row| {
        format!(
            "The commonest path, {} of the runs: {}; it ends: {}.",
            row[3], row[0], row[1]
        )
    });
    let title = table.rows.first().map_or(String::new(), |row| {
        format!(
            "{}: the end of the commonest path, that of {} of the runs",
            row[1], row[3]
        )
    });
    let body = html! {
        (figure(context, &Figure {
            id: "path-tree",
            title: &title,
            subtitle: "From the top down and to the right, what happened, in order. The length of a bar is the share of all runs \
                       that went this way; its colours are the ways in which these runs end. Branches that few took are folded: the bar \
                       of the one that they grow from has their runs too.",
            description: &commonest,
            draw: &|size| tree_picture::draw(context, &tree, size),
            legend: Some(legend(context)),
            table,
        }))
        p.soft {
            "Steps are what decides how a run ends: the events that change what the outcomes read, those of the same deals, and \
             those that open or shut one of them. A step that comes again with nothing new in between is told once."
        }
    };
    Some(Section {
        id: "paths",
        title: "Paths",
        body,
    })
}

/// The commonest paths, step by step.
fn table(context: &Context<'_>) -> Table {
    let mut paths: Vec<Path<'_>> = context.material.history.paths.all().collect();
    paths.sort_by_key(|path| Reverse(path.runs));
    let share = |runs: u64| format!("{}%", percent(context.share(runs), 1));
    let mut rows: Vec<Vec<String>> = paths
        .iter()
        .take(MOST_PATHS)
        .map(|path| {
            let steps = match path.steps {
                [] => "nothing of it happens".to_owned(),
                steps => context.names.path(steps),
            };
            let ends = context.names.outcome(path.outcome).to_owned();
            vec![steps, ends, count(path.runs), share(path.runs)]
        })
        .collect();
    let rest = &paths[rows.len()..];
    if !rest.is_empty() {
        let runs = rest.iter().map(|path| path.runs).sum();
        rows.push(vec![
            format!("{} other paths", count(rest.len() as u64)),
            String::new(),
            count(runs),
            share(runs),
        ]);
    }
    Table {
        head: ["Path", "ends", "runs", "share"].map(str::to_owned).to_vec(),
        rows,
        text_columns: 2,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn step(event: u32) -> Step {
        Step { event, branch: None }
    }

    /// Fails if runs are lost in folding or joining, a branch is shown whose stem is not, or order depends on anything but
    /// the runs.
    #[test]
    fn a_tree_keeps_every_run() {
        let (a, b, c) = (step(0), step(1), step(2));
        let taken = [
            (vec![a], 0, 5),
            (vec![a, b], 0, 60),
            (vec![a, b, c], 1, 20),
            (vec![a, c], 1, 12),
            (vec![a, c, b], 0, 2),
            (vec![a, c, b], 1, 1),
        ];
        let paths = || {
            taken.iter().map(|(steps, outcome, runs)| Path {
                steps,
                outcome: *outcome,
                runs: *runs,
                lowest: &[],
            })
        };
        let tree = grown(paths(), 2, 100, 4, 3);
        assert_eq!((tree.runs, &tree.outcomes[..]), (100, &[67, 33][..]));
        assert_eq!(tree.marks, [Mark::Step(a)], "what all runs share is told once");
        let shown: Vec<(Vec<Mark>, u64)> = tree.branches.iter().map(|b| (b.marks.clone(), b.runs)).collect();
        assert_eq!(
            shown,
            [
                (vec![Mark::Step(b)], 80),
                (vec![Mark::Step(c)], 15),
                (vec![Mark::Ends(0)], 5)
            ]
        );
        let last = &tree.branches[1].branches;
        assert_eq!((last[0].runs, tree.branches[1].folded), (12, 1));
        assert_eq!((last[1].runs, &last[1].outcomes[..]), (3, &[2, 1][..]));
        let few = grown(paths(), 2, 2, 1, 1);
        assert_eq!((few.branches.len(), few.folded), (2, 2));
        assert_eq!(
            (few.branches[1].runs, &few.branches[1].outcomes[..]),
            (20, &[7, 13][..])
        );
        let silent = grown(paths(), 2, 2, 1, 21);
        assert_eq!((silent.branches.len(), silent.folded, silent.runs), (1, 0, 100));
    }
}
