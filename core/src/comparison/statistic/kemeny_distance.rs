//! The distance of Kemeny between two rankings.

use super::{Entry, Kind, Of, Pair};
use crate::comparison::{Statistic, Undefined};
use crate::number::{sort_counting, sort_rows};

pub(super) const ENTRY: Entry = Entry {
    name: "kemeny_distance",
    label: "Kemeny distance",
    summary: "How many pairs of regions are in another order on the two sides: 2 for each that is reversed, 1 for each that is a tie on one side only.",
    formula: "Σ over i < j of |sign(r(i) − r(j)) − sign(s(i) − s(j))|",
    reference: "Kemeny (1959), Daedalus 88(4), 577-591",
    of: Of::Ranks,
    kind: Kind::Measure(0),
    parameter: None,
    compute,
};

fn compute(pair: &Pair<'_>) -> Statistic {
    let [x, y] = pair.aligned.common_ranks();
    match x.len() {
        n @ 0..2 => Err(Undefined::TooFew { n, least: 2 }),
        _ => Ok(kemeny_distance(&x, &y)),
    }
}

/// Kemeny's distance of two rankings: 2 for each pair of regions in reversed order, 1 for each that is a tie in one of them
/// only. It takes O(n log n).
pub fn kemeny_distance(x: &[f64], y: &[f64]) -> f64 {
    let (x_of, y_of) = (|i: u32| x[i as usize], |i: u32| y[i as usize]);
    let mut order: Vec<u32> = (0..x.len() as u32).collect();
    sort_rows(&mut order, x);
    order.chunk_by_mut(|&i, &j| x_of(i) == x_of(j)).for_each(|group| sort_rows(group, y));
    let ties_of_x = tied(&order, |i, j| x_of(i) == x_of(j));
    let ties_of_both = tied(&order, |i, j| x_of(i) == x_of(j) && y_of(i) == y_of(j));
    // The counts add up to twice the pairs that are reversed.
    let mut reversed = 0.0;
    sort_counting(&mut order, y, |_, passed| reversed += passed as f64);
    let ties_of_y = tied(&order, |i, j| y_of(i) == y_of(j));
    reversed + ties_of_x + ties_of_y - 2.0 * ties_of_both
}

/// How many pairs of neighbours in `order` and of those between are equal.
fn tied(order: &[u32], equal: impl Fn(u32, u32) -> bool) -> f64 {
    let pairs = |group: &[u32]| group.len() as f64 * (group.len() as f64 - 1.0) / 2.0;
    order.chunk_by(|&i, &j| equal(i, j)).map(pairs).sum()
}
