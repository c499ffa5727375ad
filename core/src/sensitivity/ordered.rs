//! First-order shares from any sample, by the order of one factor.

use crate::number;

/// The share of the variance of `y` that the factor `x` explains by itself, from any sample of independent factors:
/// with rows in the order of `x`, the mean product of each `y` with the next one (the last one with the first), less the
/// squared mean, over the variance. `None` where `y` does not vary or fewer than two rows have both values.
///
/// Gamboa, Gremaud, Klein & Lagnoux (2022), Global sensitivity analysis: a novel generation of mighty estimators based on
/// rank statistics, Bernoulli 28(4). Rows with equal `x`, such as the options of a choice, have no order: the mean over all
/// their orders is taken, so that the order of rows has no effect.
pub fn share_by_order(x: &[f64], y: &[f64]) -> Option<f64> {
    let mut rows: Vec<usize> =
        (0..x.len()).filter(|&row| !x[row].is_nan() && !y[row].is_nan()).collect();
    let values: Vec<f64> = rows.iter().map(|&row| y[row]).collect();
    let n = rows.len() as f64;
    let mean = number::mean(&values)?;
    let variance = number::population_variance(&values).filter(|v| *v > 0.0)?;
    number::sort_by_key(&mut rows, &|row| x[row]);
    let groups: Vec<Vec<f64>> = rows
        .chunk_by(|a, b| x[*a] == x[*b])
        .map(|group| group.iter().map(|&row| y[row] - mean).collect())
        .collect();
    let mut products = Vec::new();
    for (at, group) in groups.iter().enumerate() {
        let k = group.len() as f64;
        let sum = number::sum(group);
        // Of a group of k in random order: k - 1 neighbours, and its last one beside the next group's first.
        products.push((sum * sum - number::dot(group, group)) / k);
        let next = &groups[(at + 1) % groups.len()];
        let beside = sum / k * (number::sum(next) / next.len() as f64);
        products.push(match groups.len() {
            // The last beside the first of the same group.
            1 if group.len() > 1 => (sum * sum - number::dot(group, group)) / (k * (k - 1.0)),
            _ => beside,
        });
    }
    Some(number::sum(&products) / n / variance)
}
