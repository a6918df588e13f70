//! Lines and areas as path data, without the points that nobody would miss.

/// A point of a picture.
pub(in crate::report) type Point = [f64; 2];

/// How far a point may lie off the line that is drawn without it: half a pixel, a quarter of the thickness of a curve.
const TOLERANCE: f64 = 0.5;

/// A line through points, to a tenth of a unit; empty without any. Each point but the first is told by how far it is from
/// the one before, which takes the fewest characters.
pub(in crate::report) fn line(points: &[Point]) -> String {
    let mut data = Data::default();
    // In tenths, so that rounding does not add up along the line.
    let mut before = [0, 0];
    for (index, point) in points.iter().enumerate() {
        let here = point.map(in_tenths);
        let [across, down] = [here[0] - before[0], here[1] - before[1]];
        match (index, across, down) {
            (0, ..) => data.command('M', &[across, down]),
            (_, 0, 0) => (),
            (_, _, 0) => data.command('h', &[across]),
            (_, 0, _) => data.command('v', &[down]),
            _ => data.command('l', &[across, down]),
        }
        before = here;
    }
    data.text
}

/// A rectangle, its edges to a tenth of a unit, so that those that touch have an edge in common.
pub(super) fn rectangle(x: f64, y: f64, width: f64, height: f64) -> String {
    let [left, right, top, bottom] = [x, x + width, y, y + height].map(in_tenths);
    let mut data = Data::default();
    data.command('M', &[left, top]);
    data.command('h', &[right - left]);
    data.command('v', &[bottom - top]);
    data.command('h', &[left - right]);
    data.text + "z"
}

/// A length in tenths of a unit.
fn in_tenths(length: f64) -> i64 {
    (length * 10.0).round() as i64
}

/// A coordinate to a tenth of a unit, in as few characters as that takes.
pub(super) fn coordinate(value: f64) -> String {
    tenths(in_tenths(value))
}

/// The data of a path, as it is written.
#[derive(Default)]
struct Data {
    text: String,
    /// The last command, which need not be repeated.
    command: Option<char>,
    /// Whether the last number has a decimal point: what begins with one needs no space after it.
    has_point: bool,
}

impl Data {
    fn command(&mut self, command: char, lengths: &[i64]) {
        let mut is_apart = self.command.replace(command) != Some(command);
        if is_apart {
            self.text.push(command);
        }
        for length in lengths {
            let number = tenths(*length);
            if !(is_apart || number.starts_with('-') || self.has_point && number.starts_with('.')) {
                self.text.push(' ');
            }
            self.has_point = number.contains('.');
            self.text.push_str(&number);
            is_apart = false;
        }
    }
}

/// So many tenths as a decimal number.
fn tenths(count: i64) -> String {
    let sign = if count < 0 { "-" } else { "" };
    match (count.abs() / 10, count.abs() % 10) {
        (whole, 0) => format!("{sign}{whole}"),
        (0, tenth) => format!("{sign}.{tenth}"),
        (whole, tenth) => format!("{sign}{whole}.{tenth}"),
    }
}

/// The area between an upper and a lower line, each from left to right; empty without points.
pub(in crate::report) fn area(upper: &[Point], lower: &[Point]) -> String {
    let around: Vec<Point> = upper.iter().chain(lower.iter().rev()).copied().collect();
    let mut data = line(&around);
    if !data.is_empty() {
        data.push('Z');
    }
    data
}

/// The points that are needed to draw a line with: no other lies further than half a unit off it. (D. H. Douglas and
/// T. K. Peucker, Cartographica 10 (1973), 112-122.)
pub(in crate::report) fn thinned(points: &[Point]) -> Vec<Point> {
    if points.len() < 3 {
        return points.to_vec();
    }
    let mut kept = vec![false; points.len()];
    kept[0] = true;
    kept[points.len() - 1] = true;
    let mut waiting = vec![(0, points.len() - 1)];
    while let Some((first, last)) = waiting.pop() {
        let off = |index: &usize| distance(points[*index], points[first], points[last]);
        let furthest = (first + 1..last).max_by(|a, b| off(a).total_cmp(&off(b)));
        if let Some(furthest) = furthest.filter(|index| off(index) > TOLERANCE) {
            kept[furthest] = true;
            waiting.extend([(first, furthest), (furthest, last)]);
        }
    }
    let needed = points.iter().zip(kept).filter(|(_, kept)| *kept);
    needed.map(|(point, _)| *point).collect()
}

/// How far a point lies off the line between two others.
fn distance([x, y]: Point, [x1, y1]: Point, [x2, y2]: Point) -> f64 {
    let (along, up) = (x2 - x1, y2 - y1);
    let length = (along * along + up * up).sqrt();
    if length == 0.0 {
        return ((x - x1) * (x - x1) + (y - y1) * (y - y1)).sqrt();
    }
    ((x - x1) * up - (y - y1) * along).abs() / length
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_and_areas_go_through_their_points() {
        assert_eq!(line(&[[0.0, 1.0], [2.345, 3.0], [2.0, -0.55]]), "M0 1l2.3 2-.3-3.6");
        // Three steps of 0.04 are one of 0.1.
        assert_eq!(
            line(&[[0.0, 0.0], [1.04, 0.0], [2.08, 0.0], [3.12, 0.0]]),
            "M0 0h1 1.1 1"
        );
        assert_eq!(
            area(&[[0.0, 1.0], [2.0, 1.0]], &[[0.0, 5.0], [2.0, 6.0]]),
            "M0 1h2v5l-2-1Z"
        );
        assert_eq!(
            line(&[[0.0, 0.0], [0.5, 0.5], [0.5, 0.5], [1.9, 0.9]]),
            "M0 0l.5.5 1.4.4"
        );
        assert_eq!(rectangle(1.04, 2.0, 0.5, -1.0), "M1 2h.5v-1h-.5z");
        assert_eq!((line(&[]), area(&[], &[])), (String::new(), String::new()));
    }

    #[test]
    fn coordinates_keep_a_decimal_and_no_more() {
        assert_eq!(
            [0.0, -0.01, 12.0, 12.5, 2.7149, -7.999, 100.0, -0.26].map(coordinate),
            ["0", "0", "12", "12.5", "2.7", "-8", "100", "-.3"]
        );
    }

    /// Fails if a corner is lost, or a point on a straight line kept.
    #[test]
    fn only_corners_are_kept() {
        let corner = [[0.0, 0.0], [1.0, 0.0], [2.0, 0.05], [3.0, 0.0], [3.0, 5.0], [3.0, 9.0]];
        assert_eq!(thinned(&corner), [[0.0, 0.0], [3.0, 0.0], [3.0, 9.0]]);
        let curve: Vec<Point> = (0..=400).map(|i| [f64::from(i), f64::from(i * i) / 400.0]).collect();
        let few = thinned(&curve);
        assert!(few.len() < 40, "{}", few.len());
        for pair in few.windows(2) {
            let between = curve.iter().filter(|[x, _]| pair[0][0] <= *x && *x <= pair[1][0]);
            for point in between {
                assert!(distance(*point, pair[0], pair[1]) <= TOLERANCE);
            }
        }
    }
}
