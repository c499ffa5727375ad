//! What the tierings share: scores compared with bounds, places compared with borders.

use quanheng_words::text;

use super::{Tier, TieringInput};
use crate::method::{Given, Intermediate, MethodError, SettingError, Shape, fault};
use crate::number;

crate::method::choice! {
    /// Where regions go that are equal over a border; they are never parted.
    pub enum OverBorder {
        /// All to the better tier.
        Better = "better",
        /// All to the worse tier.
        Worse = "worse",
    }
}

/// The bounds between tiers, as an intermediate result.
pub(super) const BOUNDS: Given = Given::new(
    "bounds",
    "b",
    Shape::LIST,
    "The bound of each tier but the lowest: the score from which it begins.",
);

/// How well tiers fit the scores, as an intermediate result.
pub(super) const GOODNESS: Given = Given::new(
    "goodness",
    "GVF",
    Shape::FIGURE,
    "The goodness of variance fit: 1 less the sum of squares within the tiers over that of all.",
);

/// Names for the tiers: none, or one for each.
pub(super) fn check_labels(labels: &[String], tiers: usize) -> Result<(), SettingError> {
    if labels.is_empty() || labels.len() == tiers {
        Ok(())
    } else {
        Err(fault("labels", text!(expect_n_names, n = tiers)))
    }
}

/// Tiers by bounds in descending order: the number of bounds that a score does not reach.
pub(super) fn by_bounds(
    input: &TieringInput<'_>,
    bounds: &[f64],
    inclusive: impl Fn(f64) -> bool,
    out: &mut [Option<Tier>],
) {
    let reached = |score: f64, bound: f64| match input.grid.same(score, bound) {
        true => inclusive(bound),
        false => score > bound,
    };
    for (tier, &score) in out.iter_mut().zip(input.scores) {
        let unreached = || bounds.iter().filter(|&&bound| !reached(score, bound)).count();
        *tier = (!score.is_nan()).then(|| unreached() as Tier);
    }
}

/// Gives the bounds of the tiers, best first.
pub(super) fn give_bounds(bounds: &[f64], labels: &[String], into: &mut Intermediate) {
    into.list("bounds", &labels[..bounds.len().min(labels.len())], bounds.iter().copied());
}

/// Gives how much of the variance of the scores lies between the tiers (goodness of variance fit).
pub(super) fn give_goodness(scores: &[f64], tiers: &[Option<Tier>], into: &mut Intermediate) {
    if !into.is_asked() {
        return;
    }
    let squares = |scores: &[f64]| {
        let variance = number::population_variance(scores).unwrap_or(0.0);
        variance * number::count(scores) as f64
    };
    let most = tiers.iter().flatten().max().map_or(0, |most| most + 1);
    let within: f64 = (0..most)
        .map(|tier| {
            let of = scores.iter().zip(tiers).filter(|(_, t)| **t == Some(tier));
            squares(&of.map(|(score, _)| *score).collect::<Vec<_>>())
        })
        .sum();
    let all = squares(scores);
    into.figure("goodness", if all > 0.0 { 1.0 - within / all } else { 1.0 });
}

/// Tiers by borders between places, ascending: how many borders lie before a region's place.
///
/// A region's place is its rank, or the last of the places that it shares where equal regions go to the worse tier.
pub(super) fn by_borders(
    input: &TieringInput<'_>,
    borders: &[usize],
    over: OverBorder,
    order: &mut Vec<u32>,
    out: &mut [Option<Tier>],
) {
    let there = number::sort_order(input.ranks, order);
    out.fill(None);
    let mut start = 0;
    while start < there {
        let rank = input.ranks[order[start] as usize];
        let tied = order[start..there].iter().take_while(|&&i| input.ranks[i as usize] == rank);
        let end = start + tied.count();
        let place = match over {
            OverBorder::Better => start + 1,
            OverBorder::Worse => end,
        };
        let tier = borders.iter().filter(|&&border| place > border).count() as Tier;
        order[start..end].iter().for_each(|&i| out[i as usize] = Some(tier));
        start = end;
    }
}

/// The distinct scores, ascending, with how often each occurs.
pub(super) fn distinct(scores: &[f64], values: &mut Vec<f64>, counts: &mut Vec<f64>) {
    number::sorted(scores, values);
    counts.clear();
    let mut kept = 0;
    for i in 0..values.len() {
        if kept > 0 && values[kept - 1] == values[i] {
            counts[kept - 1] += 1.0;
        } else {
            values[kept] = values[i];
            counts.push(1.0);
            kept += 1;
        }
    }
    values.truncate(kept);
}

/// Refuses to make more tiers than there are distinct scores (`counts` says how often each occurs); `false` where there is no score at all.
pub(super) fn enough(counts: &[f64], tiers: usize) -> Result<bool, MethodError> {
    match counts.len() {
        0 => Ok(false),
        distinct if distinct < tiers => {
            let values = counts.iter().sum::<f64>() as usize;
            Err(MethodError::TooFewDistinct { values, distinct, needed: tiers })
        }
        _ => Ok(true),
    }
}
