//! Pairs of regions in which one is at least as good as the other everywhere.

use std::cmp::Ordering;

use rayon::prelude::*;

use super::Scores;
use crate::model::NodeId;
use crate::number;

/// The pairs of regions that are ordered whatever the weights are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dominance {
    /// The level of the nodes that are compared, the root being level 0.
    pub level: usize,
    /// How many nodes are compared.
    pub nodes: usize,
    /// How many pairs of regions there are.
    pub pairs: usize,
    /// In how many of these one region is at least as good at every node, and better at one.
    pub dominated: usize,
}

/// The dominance at each level below the root, over pairs of regions of one period that have a score at every node of the
/// level.
pub fn dominance(scores: &Scores<'_>) -> Vec<Dominance> {
    let system = scores.system();
    let panel = &scores.evaluation().study().panel;
    let of_level = |level: usize| {
        let ids = (0..system.nodes().len() as u32).map(NodeId);
        let nodes: Vec<NodeId> = ids.filter(|&id| system.node(id).depth == level).collect();
        let columns: Vec<&[f64]> = nodes.iter().map(|&id| scores.of(id)).collect();
        let complete = |k: &usize| columns.iter().all(|column| !column[*k].is_nan());
        let rows: Vec<(usize, usize)> = (0..scores.rows().len())
            .filter(complete)
            .map(|k| (panel.slice_at(scores.rows()[k]), k))
            .collect();
        let (mut pairs, mut dominated) = (0, 0);
        for rows in rows.chunk_by(|(a, _), (b, _)| a == b) {
            // Zero takes the sign from a negative zero, so that equal numbers have equal bits.
            let column = |column: &&[f64]| rows.iter().map(|(_, k)| column[*k] + 0.0).collect();
            pairs += rows.len() * (rows.len() - 1) / 2;
            dominated += dominated_pairs(&columns.iter().map(column).collect::<Vec<_>>());
        }
        Dominance { level, nodes: nodes.len(), pairs, dominated }
    };
    (1..=system.depth()).map(of_level).collect()
}

/// Which rows are at least as great as which others in every column, and greater in one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Order {
    /// For each row, how many rows the longest chain above it has; 0 for those below nobody.
    pub levels: Vec<usize>,
    /// The pairs, the greater row first, that do not follow from others.
    pub covers: Vec<(usize, usize)>,
    /// How many pairs there are, with those that follow from others.
    pub pairs: usize,
}

/// The order of rows, each with its values; numbers are there. The time grows with the cube of the number of rows.
pub fn order(rows: &[Vec<f64>]) -> Order {
    let n = rows.len();
    let is_above = |i: usize, j: usize| {
        let pairs = || rows[i].iter().zip(&rows[j]);
        pairs().all(|(a, b)| a >= b) && pairs().any(|(a, b)| a > b)
    };
    let above: Vec<Vec<bool>> = (0..n).map(|i| (0..n).map(|j| is_above(i, j)).collect()).collect();
    let pairs = above.iter().flatten().filter(|is| **is).count();
    let mut covers = Vec::new();
    for i in 0..n {
        for j in (0..n).filter(|&j| above[i][j]) {
            if (0..n).all(|k| !(above[i][k] && above[k][j])) {
                covers.push((i, j));
            }
        }
    }
    // Each round carries levels one step down; a chain has at most as many steps as there are rows.
    let mut levels = vec![0; n];
    let mut changed = true;
    while changed {
        changed = false;
        for &(i, j) in &covers {
            if levels[j] <= levels[i] {
                levels[j] = levels[i] + 1;
                changed = true;
            }
        }
    }
    Order { levels, covers, pairs }
}

/// Rows whose sets are held at once: 190 KB of bits with 3,000 rows.
const BLOCK: usize = 512;

/// In how many pairs of rows one row is at least as great in every column, and greater in one. Numbers are there and equal
/// where their bits are.
///
/// The rows that are not above a row are a set of bits for each column; the common part of these sets over all columns are
/// the rows that it dominates, itself and those that equal it.
fn dominated_pairs(columns: &[Vec<f64>]) -> usize {
    let Some(n) = columns.first().map(Vec::len) else { return 0 };
    let order = |column: &Vec<f64>| {
        let mut order: Vec<usize> = (0..n).collect();
        number::sort_by_key(&mut order, &|i| column[i]);
        order
    };
    let orders: Vec<Vec<usize>> = columns.par_iter().map(order).collect();
    let words = n.div_ceil(64);
    let of_block = |from: usize| -> usize {
        let rows = from..n.min(from + BLOCK);
        let mut common = vec![u64::MAX; rows.len() * words];
        for (column, order) in columns.iter().zip(&orders) {
            let mut not_above = vec![0_u64; words];
            for equal in order.chunk_by(|&i, &j| column[i] == column[j]) {
                equal.iter().for_each(|i| not_above[i / 64] |= 1 << (i % 64));
                for row in equal.iter().filter(|row| rows.contains(row)) {
                    let common = &mut common[(row - from) * words..][..words];
                    common.iter_mut().zip(&not_above).for_each(|(common, set)| *common &= set);
                }
            }
        }
        common.iter().map(|word| word.count_ones() as usize).sum()
    };
    let blocks: Vec<usize> = (0..n).step_by(BLOCK).collect();
    let not_above: usize =
        blocks.into_par_iter().map(of_block).collect::<Vec<usize>>().into_iter().sum();
    // Rows that are equal everywhere are in one another's sets.
    let compare = |i: usize, j: usize| {
        let mut unequal = columns.iter().map(|column| column[i].total_cmp(&column[j]));
        unequal.find(|order| order.is_ne()).unwrap_or(Ordering::Equal)
    };
    let mut order: Vec<usize> = (0..n).collect();
    number::sort_by(&mut order, &compare);
    let groups = order.chunk_by(|&i, &j| compare(i, j).is_eq());
    not_above - groups.map(|group| group.len() * group.len()).sum::<usize>()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::number::uniform;

    /// The definition, pair by pair.
    fn pair_by_pair(columns: &[Vec<f64>]) -> usize {
        let n = columns[0].len();
        let is_dominated = |&(a, b): &(usize, usize)| {
            let better = columns.iter().any(|column| column[a] > column[b]);
            let worse = columns.iter().any(|column| column[a] < column[b]);
            better != worse
        };
        (0..n).flat_map(|a| (0..a).map(move |b| (a, b))).filter(is_dominated).count()
    }

    #[test]
    fn an_order_has_the_pairs_that_do_not_follow() {
        // 0 is above all; 1 and 2 are not ordered; 3 is below both; 4 equals 3.
        let rows = [[3.0, 3.0], [2.0, 1.0], [1.0, 2.0], [1.0, 1.0], [1.0, 1.0]].map(Vec::from);
        let found = order(&rows);
        assert_eq!(found.levels, [0, 1, 1, 2, 2]);
        assert_eq!(found.covers, [(0, 1), (0, 2), (1, 3), (1, 4), (2, 3), (2, 4)]);
        assert_eq!(found.pairs, 8);
        let columns: Vec<Vec<f64>> =
            (0..2).map(|k| rows.iter().map(|row| row[k]).collect()).collect();
        assert_eq!(found.pairs, dominated_pairs(&columns));
        assert_eq!(order(&[]), Order::default());
    }

    #[test]
    fn sets_find_what_pairs_find() {
        for (n, width, values) in
            [(1, 2, 9), (2, 1, 1), (64, 2, 3), (65, 3, 1000), (200, 4, 2), (BLOCK + 77, 3, 20)]
        {
            let cell = |k: usize, row: usize| {
                (uniform(3, k as u64, row as u64) * f64::from(values)).floor() - 1.0
            };
            let columns: Vec<Vec<f64>> =
                (0..width).map(|k| (0..n).map(|row| cell(k, row)).collect()).collect();
            assert_eq!(dominated_pairs(&columns), pair_by_pair(&columns), "{n} x {width}");
        }
        assert_eq!(dominated_pairs(&[]), 0);
    }
}
