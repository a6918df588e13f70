//! Which of some runs is typical of them: the one that is nearest to the middle in everything at once.

/// The index of the row that is most central: the one whose ranks, column by column, differ least in sum from the middle
/// rank. Of several, the first; none without rows.
///
/// Ranks make columns of any unit and spread count alike; values that are the same share the mean of their ranks.
/// Infinite values rank as such; rows must be of one length and without NaN.
pub fn most_central(rows: &[Vec<f64>]) -> Option<usize> {
    let columns = rows.first()?.len();
    // Twice the rank from 0, so that shared ranks stay whole numbers.
    let middle = rows.len() as i64 - 1;
    let mut distances = vec![0_i64; rows.len()];
    for column in 0..columns {
        let mut sorted: Vec<f64> = rows.iter().map(|row| row[column]).collect();
        sorted.sort_by(f64::total_cmp);
        for (distance, row) in distances.iter_mut().zip(rows) {
            let below = sorted.partition_point(|value| *value < row[column]);
            let up_to = sorted.partition_point(|value| *value <= row[column]);
            let rank = (below + up_to) as i64 - 1;
            *distance += (rank - middle).abs();
        }
    }
    (0..rows.len()).min_by_key(|row| distances[*row])
}
