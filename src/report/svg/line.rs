//! Lines and areas as path data, without the points that nobody would miss.

/// A point of a picture.
pub(in crate::report) type Point = [f64; 2];

/// How far a point may lie off the line that is drawn without it.
const TOLERANCE: f64 = 0.2;

/// A line through points, to a tenth of a unit; empty without any. Each point but the first is told by how far it is from
/// the one before, which takes the fewest characters.
pub(in crate::report) fn line(points: &[Point]) -> String {
    let mut data = String::new();
    // In tenths, so that rounding does not add up along the line.
    let mut before = [0, 0];
    for (index, point) in points.iter().enumerate() {
        let here = point.map(|place| (place * 10.0).round() as i64);
        let [across, down] = [here[0] - before[0], here[1] - before[1]];
        data.push(if index == 0 { 'M' } else { 'l' });
        data.push_str(&tenths(across));
        if down >= 0 {
            data.push(' ');
        }
        data.push_str(&tenths(down));
        before = here;
    }
    data
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

/// The points that are needed to draw a line with: no other lies further than a fifth of a unit off it. (D. H. Douglas and
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
        assert_eq!(line(&[[0.0, 1.0], [2.345, 3.0], [2.0, -0.55]]), "M0 1l2.3 2l-.3-3.6");
        // Three steps of 0.04 are one of 0.1.
        assert_eq!(
            line(&[[0.0, 0.0], [1.04, 0.0], [2.08, 0.0], [3.12, 0.0]]),
            "M0 0l1 0l1.1 0l1 0"
        );
        assert_eq!(
            area(&[[0.0, 1.0], [2.0, 1.0]], &[[0.0, 5.0], [2.0, 6.0]]),
            "M0 1l2 0l0 5l-2-1Z"
        );
        assert_eq!((line(&[]), area(&[], &[])), (String::new(), String::new()));
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
