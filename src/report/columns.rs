//! Lines up text in columns.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Characters between two columns.
const GAP: usize = 2;
/// What stands between the items of a list.
const LIST_GAP: &str = ", ";
/// A name is not cut to less than this, whatever the width.
const LEAST_NAME: usize = 12;

/// A column: its header first, then its cells.
pub(super) struct Column {
    cells: Vec<String>,
    right: bool,
}

impl Column {
    /// A column of text, which begins at the same place in each line.
    pub(super) fn left(header: &str, cells: impl IntoIterator<Item = String>) -> Self {
        Self {
            cells: [header.to_owned()].into_iter().chain(cells).collect(),
            right: false,
        }
    }

    /// A column of numbers, which end at the same place in each line.
    pub(super) fn right(header: &str, cells: impl IntoIterator<Item = String>) -> Self {
        Self {
            right: true,
            ..Self::left(header, cells)
        }
    }

    fn without_cells(&self) -> Self {
        Self {
            cells: Vec::new(),
            right: self.right,
        }
    }

    fn width(&self) -> usize {
        self.cells.iter().map(|cell| length(cell)).max().unwrap_or(0)
    }

    /// Whether the cells can still be told apart where they are cut to a width.
    fn can_be_cut_to(&self, width: usize) -> bool {
        let mut cells: Vec<&String> = self.cells[1..].iter().collect();
        cells.sort_unstable();
        cells.dedup();
        let different = cells.len();
        let mut cut: Vec<String> = cells.iter().map(|cell| cut(cell, width)).collect();
        cut.sort_unstable();
        cut.dedup();
        cut.len() == different
    }

    /// Whether nothing stands below the header.
    pub(super) fn is_empty(&self) -> bool {
        self.cells[1..].iter().all(String::is_empty)
    }
}

/// How many characters are left beside these columns.
pub(super) fn room(columns: &[Column], width: usize) -> usize {
    let taken: usize = columns.iter().map(|column| column.width() + GAP).sum();
    width.saturating_sub(taken)
}

/// Lays columns out side by side, a line each with its end. Where they are wider than `width`, the names in the first
/// column are cut; where that is not enough, what does not fit stands below, with the names again.
pub(super) fn lines(columns: &[Column], width: usize) -> String {
    let Some((names, rest)) = columns.split_first() else {
        return String::new();
    };
    let least = if room(rest, width) >= names.width().min(LEAST_NAME) && names.can_be_cut_to(room(rest, width)) {
        LEAST_NAME
    } else {
        // Where it is broken anyway, there is room for names that can be told apart.
        LEAST_NAME.max(width / 2)
    };
    let least = names.width().min(least);
    let mut blocks = Vec::new();
    let mut left = rest;
    while !left.is_empty() {
        // What has no header, such as a remark, goes with what stands before it.
        let is_end = |end: &usize| left.get(*end).is_none_or(|next| !next.cells[0].is_empty());
        let mut ends = (1..=left.len()).filter(is_end).rev();
        let fits = |end: &usize| room(&left[..*end], width) >= least;
        let fitting = ends.clone().find(fits).or(ends.next_back());
        let (block, below) = left.split_at(fitting.unwrap_or(left.len()));
        blocks.push(side_by_side(names, block, width));
        left = below;
    }
    if blocks.is_empty() {
        blocks.push(side_by_side(names, &[], width));
    }
    blocks.join("\n")
}

/// The same, where the cells of the last column are lists with commas: they go on in further lines where they are too long,
/// or stand below, with the names again, where the longest of their items does not fit beside the others.
pub(super) fn lines_with_list(columns: &[Column], width: usize) -> String {
    let [before @ .., lists] = columns else {
        return String::new();
    };
    let items = || lists.cells.iter().flat_map(|cell| cell.split(LIST_GAP));
    let longest = items().map(|item| length(item) + 1).max().unwrap_or(0);
    let is_beside = room(before, width) >= longest.min(lists.width());
    let kept = if is_beside { before } else { &before[..1] };
    let room = room(kept, width).max(longest);
    let mut taller: Vec<Column> = kept.iter().map(Column::without_cells).collect();
    let mut list = lists.without_cells();
    for (row, cell) in lists.cells.iter().enumerate() {
        for (index, line) in listed(cell, room).into_iter().enumerate() {
            let above = |column: &Column| {
                if index == 0 {
                    column.cells[row].clone()
                } else {
                    String::new()
                }
            };
            taller
                .iter_mut()
                .zip(kept)
                .for_each(|(new, column)| new.cells.push(above(column)));
            list.cells.push(line);
        }
    }
    taller.push(list);
    if is_beside {
        lines(&taller, width)
    } else {
        format!("{}\n{}", lines(before, width), lines(&taller, width))
    }
}

/// The items of a list in lines of at most `width` columns, each but the last with its comma.
fn listed(list: &str, width: usize) -> Vec<String> {
    let mut filled = vec![String::new()];
    for item in list.split(LIST_GAP) {
        let last = filled.last_mut().expect("there is a line");
        if last.is_empty() {
            last.push_str(item);
        } else if length(last) + LIST_GAP.len() + length(item) < width {
            last.push_str(LIST_GAP);
            last.push_str(item);
        } else {
            last.push(',');
            filled.push(item.to_owned());
        }
    }
    filled
}

fn side_by_side(names: &Column, rest: &[Column], width: usize) -> String {
    let least = names.width().min(LEAST_NAME);
    let name_width = names.width().min(room(rest, width).max(least));
    let mut text = String::new();
    for (row, name) in names.cells.iter().enumerate() {
        let mut line = padded(&cut(name, name_width), name_width, false);
        for column in rest {
            line.push_str(&" ".repeat(GAP));
            line.push_str(&padded(&column.cells[row], column.width(), column.right));
        }
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}

/// Prose in lines of at most `width` characters, where words are no longer than that; each with its end.
pub(super) fn prose(text: &str, width: usize) -> String {
    let mut filled = String::new();
    let mut line = 0;
    for word in text.split_whitespace() {
        let word_length = length(word);
        if line > 0 && line + 1 + word_length > width {
            filled.push('\n');
            line = 0;
        } else if line > 0 {
            filled.push(' ');
            line += 1;
        }
        filled.push_str(word);
        line += word_length;
    }
    filled.push('\n');
    filled
}

/// The text in at most `width` columns, with a mark where some are cut off.
pub(super) fn cut(text: &str, width: usize) -> String {
    if length(text) <= width {
        return text.to_owned();
    }
    let mut taken = 0;
    let fits = |character: &char| {
        taken += character.width().unwrap_or(0);
        taken < width
    };
    text.chars().take_while(fits).chain(['…']).collect()
}

/// How many columns of a terminal it takes: a letter of Chinese takes two, an accent that stands over a letter none.
fn length(text: &str) -> usize {
    text.width()
}

fn padded(text: &str, width: usize, right: bool) -> String {
    let space = " ".repeat(width.saturating_sub(length(text)));
    if right { space + text } else { text.to_owned() + &space }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn columns() -> Vec<Column> {
        let text = |cells: [&str; 2]| cells.map(str::to_owned);
        vec![
            Column::left("Name", text(["sale", "Größe der Bestellung"])),
            Column::right("n", text(["1", "1,000"])),
        ]
    }

    /// Fails if lengths are counted in bytes.
    #[test]
    fn columns_line_up() {
        let expected = "Name                      n\nsale                      1\nGröße der Bestellung  1,000\n";
        assert_eq!(lines(&columns(), 80), expected);
    }

    #[test]
    fn names_are_cut_only_where_they_must_be() {
        let expected = "Name               n\nsale               1\nGröße der Be…  1,000\n";
        assert_eq!(lines(&columns(), 20), expected);
        assert_eq!(lines(&columns(), 27), lines(&columns(), 80));
        assert!(
            lines(&columns(), 1).contains("Größe der B…"),
            "a name keeps {LEAST_NAME} characters"
        );
    }

    /// Fails if wide letters are counted as one column, or the rest of a table is not below where it does not fit beside.
    #[test]
    fn wide_letters_and_narrow_terminals() {
        let text = |cells: [&str; 2]| cells.map(str::to_owned);
        let columns = vec![
            Column::left("Name", text(["禁运", "embargo of grain"])),
            Column::right("mean", text(["1", "2"])),
            Column::right("runs", text(["100", "200"])),
        ];
        let whole = "Name              mean  runs\n禁运                 1   100\nembargo of grain     2   200\n";
        assert_eq!(lines(&columns, 80), whole);
        let halves = "Name             mean\n禁运                1\nembargo of gra…     2\n\n\
                      Name             runs\n禁运              100\nembargo of gra…   200\n";
        assert_eq!(lines(&columns, 21), halves);
        assert_eq!(cut("禁运禁运", 6), "禁运…");
    }

    /// Fails if a list is wider than the page, is broken within an item, or leaves gaps in the columns beside it.
    #[test]
    fn lists_go_on_below_themselves() {
        let text = |cells: [&str; 2]| cells.map(str::to_owned);
        let columns = [
            Column::left("End in", text(["sold", "stopped"])),
            Column::right("runs", text(["100", "7"])),
            Column::left("else in", text(["stopped 4.0 %, lost 2.0 %, open 1.0 %", ""])),
        ];
        let whole = "End in   runs  else in\nsold      100  stopped 4.0 %, lost 2.0 %, open 1.0 %\nstopped     7\n";
        assert_eq!(lines_with_list(&columns, 80), whole);
        let beside = "End in   runs  else in\nsold      100  stopped 4.0 %,\n               lost 2.0 %,\n\u{20}              open 1.0 %\nstopped     7\n";
        assert_eq!(lines_with_list(&columns, 30), beside);
        let below = "End in   runs\nsold      100\nstopped     7\n\nEnd in   else in\nsold     stopped 4.0 %,\n         lost 2.0 %,\n\u{20}        open 1.0 %\nstopped\n";
        assert_eq!(lines_with_list(&columns, 24), below);
    }

    /// Fails if two names are cut to the same letters where there is room below.
    #[test]
    fn names_that_are_cut_can_be_told_apart() {
        let text = |cells: [&str; 2]| cells.map(str::to_owned);
        let columns = [
            Column::left("Name", text(["share of all arms", "share of all rockets"])),
            Column::right("mean", text(["100000", "2"])),
            Column::right("remark", text(["same in all", "same in all"])),
        ];
        let found = lines(&columns, 34);
        assert!(
            found.contains("share of all arms") && found.contains("share of all rockets"),
            "{found}"
        );
    }

    #[test]
    fn prose_breaks_between_words() {
        assert_eq!(prose("one two  three", 7), "one two\nthree\n");
        assert_eq!(prose("unbreakable", 3), "unbreakable\n");
    }
}
