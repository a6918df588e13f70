//! Marks that several pictures have: intervals, and names beside and above them.

use crate::report::svg::{Element, wrapped};

/// An interval across: a line with an end at either side.
pub(super) fn interval_across([low, high]: [f64; 2], y: f64, class: &str) -> [Element; 3] {
    let end = |x: f64| Element::straight([x, y - 4.0], [x, y + 4.0], class);
    [Element::straight([low, y], [high, y], class), end(low), end(high)]
}

/// A name in lines of at most a width each; an address breaks after its dots.
pub(super) fn name_in_lines(name: &str, size: f64, room: f64, most: usize) -> Vec<String> {
    if name.contains(' ') {
        return wrapped(name, size, room, most);
    }
    let lines = wrapped(&name.replace('.', ". "), size, room, most);
    lines.into_iter().map(|line| line.replace(". ", ".")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Fails if an address loses or gains a character where it breaks.
    #[test]
    fn addresses_break_after_dots() {
        let lines = |room| name_in_lines("sale.policy.heed", 10.0, room, 3);
        assert_eq!(lines(200.0), ["sale.policy.heed"]);
        assert_eq!(lines(80.0), ["sale.policy.", "heed"]);
        assert_eq!(name_in_lines("No. 5 is", 10.0, 200.0, 2), ["No. 5 is"]);
    }
}
