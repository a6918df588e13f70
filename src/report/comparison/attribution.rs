//! Which edit moved what.

use super::super::columns::{Column, lines};
use super::super::format::{NOTHING, count, signed_number, signed_percent};
use super::Page;
use crate::analysis::compare::{Attribution, Difference};
use crate::plan::Label;

/// So many outcomes or measures have their columns.
const MOST_COLUMNS: usize = 4;

impl Page<'_> {
    pub(super) fn attribution(&self, attribution: &Attribution) -> String {
        let edits = &attribution.edits;
        if edits.is_empty() {
            return String::new();
        }
        let names = || edits.iter().map(|edit| addresses(&edit.addresses));
        let mut text = String::new();
        let mut put = |title: &str,
                       labels: Vec<&Label>,
                       pick: &dyn Fn(usize, usize) -> Option<f64>,
                       shown: &dyn Fn(Option<f64>) -> String| {
            let total = |index: usize| -> f64 { (0..edits.len()).filter_map(|edit| pick(edit, index)).sum() };
            let size = |index: usize| -> f64 {
                let moved = (0..edits.len()).filter_map(|edit| pick(edit, index));
                moved.map(f64::abs).sum()
            };
            let mut order: Vec<usize> = (0..labels.len()).filter(|index| size(*index) > 0.0).collect();
            order.sort_by(|a, b| size(*b).total_cmp(&size(*a)));
            order.truncate(MOST_COLUMNS);
            if order.is_empty() {
                return;
            }
            let mut columns = vec![Column::left(title, names().chain(["together".to_owned()]))];
            columns.extend(order.into_iter().map(|index| {
                let cells = (0..edits.len()).map(|edit| shown(pick(edit, index)));
                Column::right(&labels[index].id, cells.chain([shown(Some(total(index)))]))
            }));
            if !text.is_empty() {
                text.push('\n');
            }
            text.push_str(&lines(&columns, self.width));
        };
        put(
            "Which edit moved what, points",
            self.layout.outcomes.iter().map(|outcome| &outcome.label).collect(),
            &|edit, index| moved_by(&edits[edit].outcomes, &self.layout.outcomes[index].label),
            &|share| share.map_or(NOTHING.to_owned(), |share| signed_percent(share, 1)),
        );
        put(
            "Which edit moved which mean",
            self.layout.measures.iter().map(|measure| &measure.label).collect(),
            &|edit, index| moved_by(&edits[edit].measures, &self.layout.measures[index].label),
            &signed_number,
        );
        text + &self.prose(&format!(
            "Shapley values: what an edit moves, averaged over all orders in which the edits can be made; {} plans on the \
             {} runs that are valid under all of them.",
            attribution.plans,
            count(attribution.runs)
        ))
    }
}

/// The addresses of an edit, as far as there is room for them.
fn addresses(of: &[String]) -> String {
    match of {
        [first, second, rest @ ..] if !rest.is_empty() => format!("{first}, {second} and {} more", rest.len()),
        few => few.join(" and "),
    }
}

fn moved_by(moved: &[Difference], label: &Label) -> Option<f64> {
    moved.iter().find(|moved| moved.name == label.id)?.difference
}
