//! Weights that give an order of regions that somebody states, or the proof that no weights do.
//!
//! The score of a node is a weighted sum of its children's scores, or of a function of them (the generator of a mean). Each
//! stated comparison `a > b` is then a linear condition on the weights, and the weights under which the least difference is
//! greatest are found by a linear program, as in preference disaggregation (Jacquet-Lagrèze & Siskos 1982, European Journal
//! of Operational Research 10, 151-164). Where no weights give the order, Farkas' lemma says that some combination of the
//! comparisons is nowhere positive; its multipliers are checked in intervals before they are shown.

mod interval;
mod order;
mod program;
mod scores;
#[cfg(test)]
mod tests;

use crate::number;

pub use order::{Held, NoOrder, Order, Question, Weighed};
pub use scores::{NoScores, Scored, given, scored};

use interval::Interval;
use program::Multipliers;

/// A stated comparison of two alternatives, by position.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Comparison {
    /// The better one.
    pub better: usize,
    /// The worse one.
    pub worse: usize,
    /// Whether they are equal, and neither is better.
    pub equal: bool,
}

/// A stated relation of two weights, by position: the greater one is at least `factor` times the less one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Relation {
    /// The greater weight.
    pub greater: usize,
    /// The other one.
    pub less: usize,
    /// How many times it.
    pub factor: f64,
}

/// Stated comparisons, and what weights may be.
#[derive(Clone, Debug, PartialEq)]
pub struct Preference {
    /// For each alternative its score on each child, more being better.
    pub scores: Vec<Vec<f64>>,
    /// The comparisons.
    pub comparisons: Vec<Comparison>,
    /// The least and the greatest weight of each child; weights have a sum of one.
    pub bounds: Vec<(f64, f64)>,
    /// The relations between weights.
    pub relations: Vec<Relation>,
    /// Scores that differ by this or less are equal.
    pub least: f64,
}

/// What comes of comparisons.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    /// Weights that give the order.
    Weights {
        /// One a child, with a sum of one.
        weights: Vec<f64>,
        /// The least difference between alternatives that are not stated as equal; infinite where all are.
        margin: f64,
        /// No weights have a greater margin than this: a bound by the dual program, verified in intervals. Infinite where
        /// all alternatives are stated as equal.
        bound: f64,
    },
    /// No weights give it.
    Contradiction(Contradiction),
    /// No weights keep within the bounds and relations.
    NoWeights,
    /// The program has no weights with a margin above the precision, and its proof cannot be verified: the comparisons are
    /// met, or missed, by no more than rounding errors.
    Undecided,
}

/// Comparisons that contradict each other: a combination of them is nowhere positive, whatever the weights are.
#[derive(Clone, Debug, PartialEq)]
pub struct Contradiction {
    /// The comparisons by position, each with its multiplier; below zero only for one that is stated as equal.
    pub parts: Vec<(usize, f64)>,
    /// The relations by position that take part, each with its multiplier.
    pub relations: Vec<(usize, f64)>,
    /// The combination at each child: an upper bound.
    pub combined: Vec<f64>,
    /// The greatest that the combination can be, an upper bound.
    pub greatest: f64,
    /// Whether it holds for all weights, and not only within the bounds and relations.
    pub for_all_weights: bool,
}

/// Weights that violate as little as possible.
#[derive(Clone, Debug, PartialEq)]
pub struct Nearest {
    /// The weights.
    pub weights: Vec<f64>,
    /// The comparisons that do not hold, by position, each with the size of its violation.
    pub violated: Vec<(usize, f64)>,
    /// The least difference of the others.
    pub margin: f64,
}

impl Preference {
    /// The weights with the greatest margin, or the proof that there are none.
    pub fn solve(&self) -> Answer {
        if !self.has_weights() {
            return Answer::NoWeights;
        }
        let all: Vec<usize> = (0..self.comparisons.len()).collect();
        match self.widest(&all) {
            Some(found) if found.margin > self.least => {
                let weights = self.short(&found.weights, found.margin, &all);
                let margin = self.margin(&weights, &all);
                Answer::Weights { margin, bound: self.bound(&all), weights }
            }
            _ => self.contradiction().map_or(Answer::Undecided, Answer::Contradiction),
        }
    }

    /// What no weights can exceed as the least difference of these comparisons. Whatever multipliers the dual program gives, if
    /// they are not negative and have the sum Y, then the least difference is at most the combination divided by Y.
    fn bound(&self, of: &[usize]) -> f64 {
        let Some(multipliers) = self.against(of) else { return f64::INFINITY };
        let strict = of.iter().filter(|c| !self.comparisons[**c].equal);
        let each = strict.map(|c| Interval::exactly(multipliers.comparisons[*c]));
        let sum = each.fold(Interval::ZERO, Interval::plus);
        if sum.low <= 0.0 {
            return f64::INFINITY;
        }
        let most = greatest(&self.combined(&multipliers), &self.bounds);
        (most / if most > 0.0 { sum.low } else { sum.high }).next_up()
    }

    /// The comparisons that contradict each other: no one of them can be left out.
    fn contradiction(&self) -> Option<Contradiction> {
        let equal = |c: &usize| self.comparisons[*c].equal;
        let mut of: Vec<usize> = (0..self.comparisons.len()).collect();
        let equals: Vec<usize> = of.iter().copied().filter(equal).collect();
        if self.widest(&equals).is_none() {
            of = equals;
        }
        let whole = self.against(&of)?;
        of.retain(|c| whole.comparisons[*c] != 0.0);
        let possible = |of: &[usize]| self.widest(of).is_some_and(|w| w.margin > self.least);
        if possible(&of) {
            // Multipliers that were too small to tell from zero took part.
            of = (0..self.comparisons.len()).collect();
        }
        let mut k = 0;
        while k < of.len() {
            let mut fewer = of.clone();
            fewer.remove(k);
            if possible(&fewer) { k += 1 } else { of = fewer }
        }
        let found = self.against(&of)?;
        let simple = whole_numbers(&found);
        [simple.as_ref(), Some(&found)].into_iter().flatten().find_map(|m| self.proof(m))
    }

    /// The proof that multipliers give; none where it does not hold.
    fn proof(&self, multipliers: &Multipliers) -> Option<Contradiction> {
        let strict = |c: &usize| !self.comparisons[*c].equal;
        let all = 0..self.comparisons.len();
        if all.clone().filter(strict).any(|c| multipliers.comparisons[c] < 0.0) {
            return None;
        }
        let taken: f64 = all.clone().filter(strict).map(|c| multipliers.comparisons[c]).sum();
        let holds = |greatest: f64| match taken > 0.0 {
            // The stated differences are greater than `least` each; a part is kept back for the rounding of this product.
            true => greatest <= 0.999 * self.least * taken,
            false => greatest < 0.0,
        };
        let plain =
            Multipliers { relations: vec![0.0; self.relations.len()], ..multipliers.clone() };
        let simplex = vec![(0.0, 1.0); self.bounds.len()];
        let for_all = greatest(&self.combined(&plain), &simplex);
        let for_all_weights = holds(for_all);
        let used = if for_all_weights { &plain } else { multipliers };
        let combined = self.combined(used);
        let greatest = if for_all_weights { for_all } else { greatest(&combined, &self.bounds) };
        let parts = |of: &[f64]| -> Vec<(usize, f64)> {
            of.iter().copied().enumerate().filter(|(_, y)| *y != 0.0).collect()
        };
        holds(greatest).then(|| Contradiction {
            parts: parts(&used.comparisons),
            relations: parts(&used.relations),
            combined: combined.iter().map(|part| part.high).collect(),
            greatest,
            for_all_weights,
        })
    }

    /// The combination of comparisons and relations at each child, in intervals.
    fn combined(&self, multipliers: &Multipliers) -> Vec<Interval> {
        // What each alternative counts in the whole: comparisons that form a ring cancel out exactly.
        let mut counts = vec![Interval::ZERO; self.scores.len()];
        for (comparison, &y) in self.comparisons.iter().zip(&multipliers.comparisons) {
            let of = |counts: &mut Vec<Interval>, at: usize, y: f64| {
                counts[at] = counts[at].plus(Interval::exactly(y));
            };
            of(&mut counts, comparison.better, y);
            of(&mut counts, comparison.worse, -y);
        }
        let mut combined = vec![Interval::ZERO; self.bounds.len()];
        for (scores, count) in self.scores.iter().zip(&counts) {
            if *count == Interval::ZERO {
                continue;
            }
            for (part, &score) in combined.iter_mut().zip(scores) {
                *part = part.plus(count.times(score));
            }
        }
        for (relation, &gamma) in self.relations.iter().zip(&multipliers.relations) {
            let gamma = Interval::exactly(gamma);
            combined[relation.greater] = combined[relation.greater].plus(gamma);
            let less = gamma.times(relation.factor);
            combined[relation.less] = combined[relation.less].minus(less);
        }
        combined
    }

    /// The weights that violate the comparisons least, by the sum of the differences that go the wrong way; and among those
    /// that keep the other comparisons, the ones with the greatest margin. None where no weights keep within the bounds.
    pub fn nearest(&self) -> Option<Nearest> {
        let first = self.least_violated()?;
        let wrong = |weights: &[f64], c: &usize| {
            let comparison = &self.comparisons[*c];
            let difference = number::dot(&self.difference(comparison), weights);
            let short = if comparison.equal { difference.abs() } else { -difference };
            short > number::max(self.least, 1e-9 * number::max(self.size(comparison), 1e-300))
        };
        let all: Vec<usize> = (0..self.comparisons.len()).collect();
        let mut kept: Vec<usize> = all.iter().copied().filter(|c| !wrong(&first, c)).collect();
        let mut weights = first;
        // Of comparisons that hold only as ties, those that keep the others from holding go one after the other.
        loop {
            match self.widest(&kept) {
                Some(found) if found.margin > self.least => {
                    weights = self.short(&found.weights, found.margin, &kept);
                    break;
                }
                _ => {}
            }
            let against = self.against(&kept);
            let most = against.and_then(|against| {
                let mut taking = kept.clone();
                taking.retain(|c| against.comparisons[*c] != 0.0);
                let size = |c: usize| against.comparisons[c].abs();
                taking.into_iter().reduce(|a, b| if size(b) > size(a) { b } else { a })
            });
            match most {
                Some(c) => kept.retain(|other| *other != c),
                None => break,
            }
        }
        let violation = |c: &usize| {
            let comparison = &self.comparisons[*c];
            let difference = number::dot(&self.difference(comparison), &weights);
            let short = if comparison.equal { difference.abs() } else { -difference };
            let holds = if comparison.equal { short <= self.least } else { -short > self.least };
            (!holds).then_some((*c, number::max(short, 0.0)))
        };
        let violated: Vec<(usize, f64)> = all.iter().filter_map(violation).collect();
        let holding: Vec<usize> =
            all.iter().copied().filter(|c| violated.iter().all(|(v, _)| v != c)).collect();
        let margin = self.margin(&weights, &holding);
        Some(Nearest { margin, weights, violated })
    }

    /// The largest difference of two alternatives at one child.
    fn size(&self, comparison: &Comparison) -> f64 {
        self.difference(comparison).into_iter().map(f64::abs).fold(0.0, number::max)
    }

    /// Weights with as few decimals as keep nearly all of the margin, and the bounds, relations and ties; as they are where
    /// none do.
    fn short(&self, weights: &[f64], margin: f64, of: &[usize]) -> Vec<f64> {
        if of.iter().any(|c| self.comparisons[*c].equal) {
            return weights.to_vec();
        }
        let keeps = |short: &[f64]| {
            let inside = |(w, (least, most)): (&f64, &(f64, f64))| (*least..=*most).contains(w);
            let related = |r: &Relation| short[r.greater] >= r.factor * short[r.less];
            short.iter().zip(&self.bounds).all(inside)
                && self.relations.iter().all(related)
                && self.margin(short, of) >= number::max(0.98 * margin, 1.01 * self.least)
        };
        let places = 3..=12;
        let tried = places.into_iter().map(|places| with_decimals(weights, places));
        tried.into_iter().find(|short| keeps(short)).unwrap_or_else(|| weights.to_vec())
    }
}

/// Weights of so many decimals with a sum of one: each is rounded down, and what is left goes to those that lost most.
fn with_decimals(weights: &[f64], places: u32) -> Vec<f64> {
    let power = libm::pow(10.0, f64::from(places));
    let mut units: Vec<f64> = weights.iter().map(|w| libm::floor(w * power + 1e-6)).collect();
    let left = power - units.iter().sum::<f64>();
    let mut order: Vec<usize> = (0..weights.len()).collect();
    number::sort_by_key(&mut order, &|k| units[k] - weights[k] * power);
    let more = number::clamp(left, 0.0, weights.len() as f64) as usize;
    order.iter().take(more).for_each(|&k| units[k] += 1.0);
    units.into_iter().map(|unit| unit / power).collect()
}

/// The greatest that a combination can be under weights within bounds and with a sum of one: an upper bound. For every level,
/// `Σ v·w = level + Σ (v − level)·w`, and each part is at most what its bound allows.
fn greatest(combined: &[Interval], bounds: &[(f64, f64)]) -> f64 {
    let at = |level: f64| {
        let level = Interval::exactly(level);
        let parts = combined.iter().zip(bounds).map(|(part, (least, most))| {
            let above = part.minus(level).positive().times(*most);
            let below = level.minus(*part).positive();
            above.minus(below.times(*least))
        });
        parts.fold(level, Interval::plus).high
    };
    combined.iter().map(|part| at(part.high)).fold(f64::INFINITY, number::min)
}

/// Multipliers as small whole numbers in the same proportions; none where they are not near to such.
fn whole_numbers(found: &Multipliers) -> Option<Multipliers> {
    let sizes = || found.comparisons.iter().map(|y| y.abs()).filter(|y| *y > 0.0);
    let least = sizes().fold(f64::INFINITY, number::min);
    for times in 1..=24 {
        let scale = f64::from(times) / least;
        let is_near = |y: f64| (y * scale - (y * scale).round()).abs() <= 1e-6 * (y * scale).abs();
        if sizes().all(is_near) {
            let whole = |y: &f64| (y * scale).round();
            let comparisons = found.comparisons.iter().map(whole).collect();
            let relations = found.relations.iter().map(|g| g * scale).collect();
            return Some(Multipliers { comparisons, relations });
        }
    }
    None
}
