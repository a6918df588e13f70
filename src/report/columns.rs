//! Lines up text in columns.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Characters between two columns.
const GAP: usize = 2;
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

    fn width(&self) -> usize {
        self.cells.iter().map(|cell| length(cell)).max().unwrap_or(0)
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
    let least = if room(rest, width) >= names.width().min(LEAST_NAME) {
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

    #[test]
    fn prose_breaks_between_words() {
        assert_eq!(prose("one two  three", 7), "one two\nthree\n");
        assert_eq!(prose("unbreakable", 3), "unbreakable\n");
    }
}
