//! Rank-biased overlap.

use super::{Entry, Kind, Of, Pair};
use crate::comparison::{Statistic, Undefined};

pub(super) const ENTRY: Entry = Entry {
    name: "rank_biased_overlap",
    label: "RBO",
    summary: "How much the best d regions of both sides have in common, on average over all depths d, the top \
              counting more, from 0 to 1.",
    formula: "(1 − p) Σ_d A(d) p^(d−1) + A(n) p^n, with A(d) = 2 · common(d) / (S(d) + T(d)): of the regions among the \
              best d of either side, the share that is among those of both",
    reference: "Webber, Moffat & Zobel (2010), ACM Transactions on Information Systems 28(4), article 20, \
                extrapolated; ties as in their section on ties, which is variant w of Corsi & Urbano (2024), SIGIR '24",
    of: Of::Ranks,
    kind: Kind::Measure(4),
    parameter: Some(("p", |pair| pair.persistence)),
    compute,
};

fn compute(pair: &Pair<'_>) -> Statistic {
    let [x, y] = pair.aligned.common_ranks();
    rank_biased_overlap(&x, &y, pair.persistence).ok_or(Undefined::TooFew { n: 0, least: 1 })
}

/// The extrapolated rank-biased overlap of two rankings of the same regions, from 0 to 1: how much the best d regions
/// have in common, on average over all depths d, depth d + 1 counting `p` times what d counts.
///
/// Webber, Moffat & Zobel (2010), ACM Transactions on Information Systems 28(4), article 20: RBO = (1 − p) · Σ A(d) ·
/// p^(d−1) + A(n) · p^n over d = 1 … n. Regions that share a rank all count as soon as the best of their places is
/// reached: A(d) = 2 |S(d) ∩ T(d)| / (|S(d)| + |T(d)|), the variant *w* of Corsi & Urbano (2024), SIGIR '24; so that a
/// ranking overlaps completely with itself, with or without ties.
///
/// Ranks are of either rule for ties, 1 the best; none may be NaN, and `p` lies between 0 and 1. `None` without regions.
pub fn rank_biased_overlap(x: &[f64], y: &[f64], p: f64) -> Option<f64> {
    let n = x.len();
    if n == 0 {
        return None;
    }
    let (tops_x, tops_y) = (tops(x), tops(y));
    // How many regions come in at each depth: on either side, and on both.
    let mut new = vec![[0_u32; 3]; n + 1];
    for (&a, &b) in tops_x.iter().zip(&tops_y) {
        new[a as usize][0] += 1;
        new[b as usize][1] += 1;
        new[a.max(b) as usize][2] += 1;
    }
    let [mut of_x, mut of_y, mut of_both] = [0.0; 3];
    let mut factor = 1.0 - p;
    let mut rest = 1.0;
    let mut sum = 0.0;
    let mut agreement = 0.0;
    for [a, b, both] in &new[1..] {
        of_x += f64::from(*a);
        of_y += f64::from(*b);
        of_both += f64::from(*both);
        agreement = 2.0 * of_both / (of_x + of_y);
        sum += agreement * factor;
        factor *= p;
        rest *= p;
    }
    Some(crate::number::clamp(sum + agreement * rest, 0.0, 1.0))
}

/// The best of the places that each region shares with those of equal rank.
fn tops(ranks: &[f64]) -> Vec<u32> {
    use crate::number::{Ties, rank};
    let mut tops = vec![0.0; ranks.len()];
    rank(ranks, Ties::Competition, 0.0, &mut Vec::new(), &mut tops);
    tops.into_iter().map(|top| top as u32).collect()
}
