//! The best and the worst rank that a region can have under any of some weights.

use microlp::{ComparisonOp, OptimizationDirection};

use crate::analysis::Reason;
use crate::number;

use super::Polytope;
use super::polytope::solved;

/// A rank that some weights give, and how good the proof is that none give a better (or a worse) one.
#[derive(Clone, Debug, PartialEq)]
pub struct RankBound {
    /// The best, or the worst, rank that was found.
    pub rank: usize,
    /// No weights give a rank beyond this one; the same where the search was complete.
    pub proved: usize,
    /// The weights that give it.
    pub weights: Vec<f64>,
    /// How many linear programs were solved.
    pub programs: usize,
}

/// The best rank of region `i` where `is_best`, else its worst one, under the weights of a polytope. `flat` has for each
/// region one number for each weight; `stated` are weights to begin with. With equal scores a best rank is that of the
/// first of them, a worst rank that of the last. The search ends after `most` programs.
///
/// Regions that are always or never ahead are settled by the ends of the differences. The others are a mixed program: as few
/// of them as possible stay ahead (Kadziński, Greco & Słowiński 2012, Extreme ranking analysis in robust ordinal regression,
/// Omega 40(4), 488-501), each with the least constant that relaxes its comparison.
///
/// # Errors
/// The polytope has no weights.
pub fn rank_bound(
    flat: &[f64],
    i: usize,
    polytope: &Polytope,
    stated: &[f64],
    is_best: bool,
    least: f64,
    most: usize,
) -> Result<RankBound, Reason> {
    let k = polytope.len();
    let n = flat.len() / k;
    let sign = if is_best { 1.0 } else { -1.0 };
    // Above 0 where the comparison goes as wished.
    let difference = |b: usize| -> Vec<f64> {
        (0..k).map(|j| sign * (flat[i * k + j] - flat[b * k + j])).collect()
    };
    let (mut open, mut never) = (Vec::new(), 0);
    for b in (0..n).filter(|b| *b != i) {
        let d = difference(b);
        let (low, high) = polytope.ends(&d)?;
        if high < -least {
            never += 1;
        } else if low < -least {
            open.push(Open { d, relax: -low });
        }
    }
    let mut search = Search {
        open: &open,
        polytope,
        least,
        programs: 0,
        fewest: usize::MAX,
        weights: Vec::new(),
    };
    if polytope.holds(stated) {
        search.offer(stated);
    }
    let mut todo = vec![Node { fixed: vec![None; open.len()], bound: 0 }];
    let mut unproved = usize::MAX;
    while let Some(node) = todo.pop() {
        if node.bound >= search.fewest {
            continue;
        }
        if search.programs >= most {
            unproved = unproved.min(node.bound);
            continue;
        }
        let Some((value, relaxed)) = search.relaxed(&node.fixed) else { continue };
        let bound = number::max(libm::ceil(value - 1e-6), 0.0) as usize;
        if bound >= search.fewest {
            continue;
        }
        // The comparison that is furthest from being decided.
        let undecided = (0..open.len()).filter(|b| node.fixed[*b].is_none());
        let doubt = |b: usize| (relaxed[b] - 0.5).abs();
        let Some(at) = undecided.reduce(|a, b| if doubt(b) < doubt(a) { b } else { a }) else {
            continue;
        };
        for given_up in [true, false] {
            let mut fixed = node.fixed.clone();
            fixed[at] = Some(given_up);
            todo.push(Node { fixed, bound });
        }
    }
    if search.fewest == usize::MAX {
        return Err(Reason::NoSuchWeights);
    }
    let rank = |against: usize| if is_best { 1 + never + against } else { n - never - against };
    Ok(RankBound {
        rank: rank(search.fewest),
        proved: rank(search.fewest.min(unproved)),
        programs: search.programs,
        weights: search.weights,
    })
}

/// The rank of a region under weights: with equal scores that of the first of them, or that of the last.
pub fn rank_under(flat: &[f64], i: usize, weights: &[f64], is_best: bool, least: f64) -> usize {
    let k = weights.len();
    let n = flat.len() / k;
    let ahead = |b: usize| {
        let d: Vec<f64> = (0..k).map(|j| flat[b * k + j] - flat[i * k + j]).collect();
        let mean = number::dot(&d, weights);
        if is_best { mean > least } else { mean >= -least }
    };
    1 + (0..n).filter(|b| *b != i && ahead(*b)).count()
}

/// A region that is ahead under some weights and behind under others.
struct Open {
    d: Vec<f64>,
    /// By how much the comparison can fail.
    relax: f64,
}

struct Node {
    /// For each open region whether its comparison is given up (it may fail) or must hold; none where it is open.
    fixed: Vec<Option<bool>>,
    bound: usize,
}

struct Search<'a> {
    open: &'a [Open],
    polytope: &'a Polytope,
    least: f64,
    programs: usize,
    fewest: usize,
    weights: Vec<f64>,
}

impl Search<'_> {
    /// Takes weights if fewer comparisons fail under them.
    fn offer(&mut self, weights: &[f64]) {
        let fails = |open: &&Open| number::dot(&open.d, weights) < -self.least;
        let count = self.open.iter().filter(fails).count();
        if count < self.fewest && self.polytope.holds(weights) {
            self.fewest = count;
            self.weights = weights.to_vec();
        }
    }

    /// How many comparisons fail at least, and by which part of what it can each one does; none where those that must hold
    /// cannot hold together.
    fn relaxed(&mut self, fixed: &[Option<bool>]) -> Option<(f64, Vec<f64>)> {
        self.programs += 1;
        let (mut program, weights) =
            self.polytope.program(OptimizationDirection::Minimize, |_| 0.0);
        let mut given_up = 0.0;
        let mut parts = Vec::new();
        for (open, fixed) in self.open.iter().zip(fixed) {
            let size = open.d.iter().fold(open.relax, |m, x| number::max(m, x.abs()));
            let terms = weights.iter().zip(&open.d).map(|(w, d)| (*w, d / size));
            match fixed {
                Some(true) => given_up += 1.0,
                Some(false) => program.add_constraint(terms, ComparisonOp::Ge, 0.0),
                None => {
                    let part = program.add_var(1.0, (0.0, 1.0));
                    let terms = terms.chain([(part, open.relax / size)]);
                    program.add_constraint(terms, ComparisonOp::Ge, 0.0);
                    parts.push(part);
                }
            }
        }
        let values = solved(program)?;
        let k = self.polytope.len();
        self.offer(&values[..k]);
        let mut found = values[k..].iter();
        let relaxed: Vec<f64> = fixed
            .iter()
            .map(|fixed| match fixed {
                Some(given_up) => f64::from(u8::from(*given_up)),
                None => found.next().copied().unwrap_or(0.0),
            })
            .collect();
        Some((given_up + number::sum(&values[k..]), relaxed))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]

        /// With three weights, every cell of the arrangement of ties has a corner that is a crossing of two ties, or of a tie
        /// and a side, or a corner of the polytope: the ranks at all of these are all that there are.
        #[test]
        fn bounds_are_those_of_all_crossings(
            scores in proptest::collection::vec(0..12_u32, 5 * 3),
            range in 0.1..0.9_f64,
            in_order in proptest::bool::ANY,
        ) {
            let flat: Vec<f64> = scores.iter().map(|x| f64::from(*x)).collect();
            let polytope = match in_order {
                true => Polytope::in_order(3, vec![1, 0, 2]),
                false => Polytope::within(vec![((1.0 - range) / 3.0, (1.0 + range) / 3.0); 3]),
            };
            // Lines a·w = b in the plane of the first two weights.
            let mut lines: Vec<[f64; 3]> = Vec::new();
            for a in 0..5 {
                for b in 0..a {
                    let d: Vec<f64> = (0..3).map(|j| flat[a * 3 + j] - flat[b * 3 + j]).collect();
                    lines.push([d[0] - d[2], d[1] - d[2], -d[2]]);
                }
            }
            match in_order {
                true => lines.extend([[1.0, -1.0, 0.0], [2.0, 1.0, 1.0], [1.0, 1.0, 1.0]]),
                false => {
                    for end in [(1.0 - range) / 3.0, (1.0 + range) / 3.0] {
                        lines.extend([[1.0, 0.0, end], [0.0, 1.0, end], [1.0, 1.0, 1.0 - end]]);
                    }
                }
            }
            let mut points = Vec::new();
            for (at, p) in lines.iter().enumerate() {
                for q in &lines[..at] {
                    let det = p[0] * q[1] - p[1] * q[0];
                    if det.abs() > 1e-9 {
                        let x = (p[2] * q[1] - p[1] * q[2]) / det;
                        let y = (p[0] * q[2] - p[2] * q[0]) / det;
                        let w = [x, y, 1.0 - x - y];
                        if polytope.holds(&w) {
                            points.push(w);
                        }
                    }
                }
            }
            let stated = [1.0 / 3.0; 3];
            for i in 0..5 {
                for is_best in [true, false] {
                    let found = rank_bound(&flat, i, &polytope, &stated, is_best, 1e-9, 10_000)
                        .expect("weights");
                    let ranks = points.iter().map(|w| rank_under(&flat, i, w, is_best, 1e-7));
                    let brute = if is_best { ranks.min() } else { ranks.max() };
                    prop_assert_eq!(found.rank, found.proved);
                    prop_assert_eq!(Some(found.rank), brute, "{} {}", i, is_best);
                    // The weights are the certificate.
                    prop_assert!(polytope.holds(&found.weights));
                    let again = rank_under(&flat, i, &found.weights, is_best, 1e-9);
                    prop_assert_eq!(again, found.rank);
                }
            }
        }
    }
}
