//! Pictures made of characters: bars and sparklines.

const EIGHTHS: [char; 8] = ['▏', '▎', '▍', '▌', '▋', '▊', '▉', '█'];
const HEIGHTS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/// A bar for a share of 0 to 1, to an eighth of a character, where `width` characters are the whole. What is not 0 has
/// at least the thinnest bar.
pub(super) fn bar(share: f64, width: usize) -> String {
    let eighths = (share * width as f64 * 8.0).round() as usize;
    let eighths = if share > 0.0 { eighths.max(1) } else { eighths };
    let mut bar = "█".repeat(eighths / 8);
    if eighths % 8 > 0 {
        bar.push(EIGHTHS[eighths % 8 - 1]);
    }
    bar
}

/// The course of some values from the least (a low line) to the greatest (a full block), in at most `width` characters,
/// the first and the last value included. A gap where there is no value, a line at half height where all are the same.
pub(super) fn sparkline(values: &[Option<f64>], width: usize) -> String {
    let there = || values.iter().flatten().copied();
    let (Some(least), Some(greatest)) = (there().min_by(f64::total_cmp), there().max_by(f64::total_cmp)) else {
        return " ".repeat(values.len().min(width));
    };
    let height = |value: f64| {
        if least == greatest {
            return HEIGHTS[3];
        }
        // Halved, so that the difference of two large numbers stays one.
        let share = (value / 2.0 - least / 2.0) / (greatest / 2.0 - least / 2.0);
        HEIGHTS[(share * 7.0).round() as usize]
    };
    let shown = values.len().min(width);
    let place = |i: usize| {
        if shown < 2 {
            0
        } else {
            i * (values.len() - 1) / (shown - 1)
        }
    };
    (0..shown).map(|i| values[place(i)].map_or(' ', height)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_are_as_long_as_their_shares() {
        assert_eq!([bar(0.0, 10), bar(0.5, 10), bar(1.0, 10)], ["", "█████", "██████████"]);
        assert_eq!([bar(0.5125, 10), bar(1e-9, 10)], ["█████▏", "▏"]);
    }

    #[test]
    fn sparklines_run_from_the_least_to_the_greatest() {
        let rising: Vec<Option<f64>> = (0..8).map(|i| Some(f64::from(i) - 3.0)).collect();
        assert_eq!(sparkline(&rising, 20), "▁▂▃▄▅▆▇█");
        assert_eq!(sparkline(&rising, 3), "▁▄█");
        assert_eq!(sparkline(&[Some(1.0), None, Some(1.0)], 20), "▄ ▄");
        assert_eq!(sparkline(&[], 20), "");
        assert_eq!(sparkline(&[None, None], 20), "  ");
        assert_eq!(sparkline(&[Some(-1.7e308), Some(1.7e308)], 20), "▁█");
    }
}
