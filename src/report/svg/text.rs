//! Text in pictures: about how wide it is, where it breaks, and how labels get out of each other's way.

/// About how wide a text is in a sans serif face of a size, in the unit of the size; rather too wide than too narrow.
pub(in crate::report) fn width(text: &str, size: f64) -> f64 {
    text.chars().map(|character| advance(character) * size).sum()
}

/// The width of a character of size 1, after the wider of the faces that systems use (DejaVu Sans, Verdana).
fn advance(character: char) -> f64 {
    match character {
        'i' | 'j' | 'l' | '\'' | '|' | ',' | '.' | ':' | ';' | '!' => 0.29,
        'f' | 't' | ' ' | '(' | ')' | '[' | ']' | '/' | '-' | 'I' | 'r' => 0.35,
        'm' | 'w' | 'M' | 'W' | '%' | '@' | '…' | '→' | '›' => 0.95,
        '0'..='9' => 0.64,
        'A'..='Z' | '±' | '–' | '−' | '·' => 0.72,
        '\u{2e80}'.. => 1.05,
        _ => 0.61,
    }
}

/// A text in lines of at most a width each, broken between words; a longer word stands alone. The last of `most` lines
/// (at least 1) ends in a mark where the text is too long.
pub(in crate::report) fn wrapped(text: &str, size: f64, room: f64, most: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if width(line, size) + width(" ", size) + width(word, size) <= room => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    if lines.len() > most.max(1) {
        let rest = lines.split_off(most.max(1) - 1).join(" ");
        lines.push(rest);
    }
    lines.into_iter().map(|line| fitted(&line, size, room)).collect()
}

/// A text in at most a width, with a mark where some is cut off.
pub(in crate::report) fn fitted(text: &str, size: f64, room: f64) -> String {
    if width(text, size) <= room {
        return text.to_owned();
    }
    let mut kept = String::new();
    let mut left = room - width("…", size);
    for character in text.chars() {
        left -= advance(character) * size;
        if left < 0.0 {
            break;
        }
        kept.push(character);
    }
    kept.trim_end().to_owned() + "…"
}

/// Moves labels apart: where each is to stand so that, in the order of their wishes, two are at least `gap` apart and all
/// within `low` and `high` as far as there is room; none further from its wish than it must be.
pub(in crate::report) fn spread(wishes: &[f64], gap: f64, low: f64, high: f64) -> Vec<f64> {
    let mut order: Vec<usize> = (0..wishes.len()).collect();
    order.sort_by(|a, b| wishes[*a].total_cmp(&wishes[*b]));
    // Labels that touch move as one: a cluster stands where the mean of its members' wishes is met.
    let mut clusters: Vec<(f64, usize)> = Vec::new();
    for (rank, label) in order.iter().enumerate() {
        // The wish of a label for the place of the first one, if all touched.
        clusters.push((wishes[*label] - rank as f64 * gap, 1));
        while let [.., (above, count), (below, more)] = clusters[..] {
            if above <= below {
                break;
            }
            let all = count + more;
            let mean = (above * count as f64 + below * more as f64) / all as f64;
            clusters.truncate(clusters.len() - 2);
            clusters.push((mean, all));
        }
    }
    let total = (wishes.len().saturating_sub(1)) as f64 * gap;
    let mut places = vec![0.0; wishes.len()];
    let mut labels = order.iter().enumerate();
    for (first, count) in clusters {
        for (rank, label) in labels.by_ref().take(count) {
            // What all would have in common if they touched lies between the ends, less the room that they need.
            let first = if first > high - total { high - total } else { first };
            let first = if first < low { low } else { first };
            places[*label] = first + rank as f64 * gap;
        }
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_breaks_between_words_and_ends_in_a_mark() {
        assert_eq!(wrapped("one two three", 10.0, 45.0, 3), ["one two", "three"]);
        assert_eq!(wrapped("one two three four", 10.0, 45.0, 2), ["one two", "three f…"]);
        assert_eq!(wrapped("", 10.0, 45.0, 2), Vec::<String>::new());
        assert_eq!(fitted("short", 10.0, 100.0), "short");
    }

    /// Fails if labels overlap, leave the picture, or move without need.
    #[test]
    fn labels_get_out_of_each_others_way() {
        assert_eq!(spread(&[10.0, 50.0], 12.0, 0.0, 100.0), [10.0, 50.0]);
        assert_eq!(spread(&[50.0, 50.0], 12.0, 0.0, 100.0), [44.0, 56.0]);
        assert_eq!(spread(&[99.0, 1.0, 100.0], 12.0, 0.0, 100.0), [88.0, 1.0, 100.0]);
        assert_eq!(spread(&[0.0, 0.0, 0.0], 10.0, 0.0, 100.0), [0.0, 10.0, 20.0]);
        let places = spread(&[5.0, 6.0, 7.0, 90.0, 30.0], 10.0, 0.0, 100.0);
        let mut sorted = places.clone();
        sorted.sort_by(f64::total_cmp);
        assert!(
            sorted.windows(2).all(|pair| pair[1] - pair[0] >= 10.0 - 1e-9),
            "{places:?}"
        );
    }
}
