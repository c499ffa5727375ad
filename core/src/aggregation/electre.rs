//! ELECTRE I: the kernel of the relation by which regions outrank each other.

use quanheng_words::text;

use super::mcdm::criteria;
use super::{Aggregation, Children};
use crate::method::{
    Claims, Domain, Entry, Example, Given, Intermediate, MethodError, Needs, Scratch, Settings,
    Shape, Units, choice, settings,
};
use crate::number;

choice! {
    /// What a difference against a region is measured in.
    pub enum Discordance {
        /// The greatest range of all children.
        All = "all",
        /// The range of the child itself.
        Own = "own",
    }
}

settings! {
    /// Settings of ELECTRE I.
    pub struct Electre {
        /// The least concordance: the share of weight of the children in which the one region is at least as good as the other.
        concordance: f64 [0, 1] = 0.65,
        /// The greatest discordance: how far the one region may be behind the other in any child.
        discordance: f64 [0, 1] = 0.35,
        /// What the distance behind is measured in: the greatest range of all children, for columns in one scale, as in the original paper (`all`), or the range of the child itself (`own`).
        range: Discordance = Discordance::All,
    }
}

pub(super) const CONCORDANCE: Given = Given::new(
    "concordance",
    "c",
    Shape::REGIONS_REGIONS,
    "c(a, b), with a in the row and b in the column.",
);

pub(super) const DISCORDANCE: Given = Given::new(
    "discordance",
    "d",
    Shape::REGIONS_REGIONS,
    "d(a, b), with a in the row and b in the column.",
);

pub(super) const ENTRY: Entry<dyn Aggregation> = Entry {
    name: "electre",
    summary: "ELECTRE I: 1 for the regions of the kernel, which do not outrank each other, while one of them outranks each region outside; else 0",
    formula: "a outranks b where c(a, b) ≥ ĉ and d(a, b) ≤ d̂, with c the sum of w where a is at least as good, and d the greatest (b − a) / range where it is worse; circuits are one region",
    reference: "Roy (1968), Revue française d'informatique et de recherche opérationnelle 2; Figueira, Mousseau & Roy (2005), in Multiple Criteria Decision Analysis",
    settings: Electre::declared,
    make: |values: &Settings| Ok(Box::new(Electre::read(values)?)),
    claims: Claims { monotone: false, units: Units::Matter, zero_weight: true, absent: false },
    intermediate: &[
        Given::new("outranks", "", Shape::REGIONS, "How many regions it outranks."),
        Given::new("outranked", "", Shape::REGIONS, "How many regions outrank it."),
        Given::new(
            "undefeated",
            "",
            Shape::REGIONS,
            "1 for a region that no other one outranks, else 0: what some programs call the kernel.",
        ),
        Given::new(
            "net_concordance",
            "",
            Shape::REGIONS,
            "The sum of c(a, b) − c(b, a) over the other regions; more is better.",
        ),
        Given::new(
            "net_discordance",
            "",
            Shape::REGIONS,
            "The sum of d(a, b) − d(b, a) over the other regions; less is better.",
        ),
        CONCORDANCE,
        DISCORDANCE,
        Given::new(
            "outranking",
            "",
            Shape::REGIONS_REGIONS,
            "1 where the region of the row outranks that of the column, else 0.",
        ),
    ],
    example: || Example {
        columns: vec![vec![3.0, 2.0, 0.0], vec![3.0, 3.0, 4.0]],
        weights: vec![3.0, 1.0],
        expected: vec![1.0, 0.0, 0.0],
        source:
            "by hand: c(1, 2) = 1, c(1, 3) = 3/4 and d(1, 3) = 1/3, so that the first outranks both"
                .into(),
        ..Example::default()
    },
};

impl Aggregation for Electre {
    fn aggregate(
        &self,
        children: &Children<'_>,
        scratch: &mut Scratch,
        out: &mut [f64],
    ) -> Result<(), MethodError> {
        let rows = out.len();
        let pairs = Pairs::new(children, rows, self.range)?;
        let outranks = |a: usize, b: usize| {
            a != b
                && at_least(pairs.concordance(a, b), self.concordance)
                && at_least(self.discordance, pairs.discordance(a, b))
        };
        let relation: Vec<bool> = (0..rows * rows).map(|k| outranks(k / rows, k % rows)).collect();
        kernel(&relation, out);
        let into = &mut scratch.intermediate;
        if into.is_asked() {
            let count = |f: &dyn Fn(usize) -> bool| (0..rows).filter(|b| f(*b)).count() as f64;
            into.regions("outranks", (0..rows).map(|a| count(&|b| relation[a * rows + b])));
            let outranked: Vec<f64> =
                (0..rows).map(|a| count(&|b| relation[b * rows + a])).collect();
            into.regions("undefeated", outranked.iter().map(|n| if *n == 0.0 { 1.0 } else { 0.0 }));
            into.regions("outranked", outranked);
            let net = |f: &dyn Fn(usize, usize) -> f64| -> Vec<f64> {
                (0..rows).map(|a| (0..rows).map(|b| f(a, b) - f(b, a)).sum()).collect()
            };
            into.regions("net_concordance", net(&|a, b| pairs.concordance(a, b)));
            into.regions("net_discordance", net(&|a, b| pairs.discordance(a, b)));
            pairs.give(into);
            let outranks = |a: usize, b: usize| if relation[a * rows + b] { 1.0 } else { 0.0 };
            into.pairs("outranking", rows, outranks);
        }
        Ok(())
    }

    fn needs(&self) -> Needs {
        Needs { complete: true, ..Needs::NOTHING }
    }

    fn compares_regions(&self) -> bool {
        true
    }

    fn is_flat(&self) -> bool {
        true
    }

    fn gives(&self, _children: &[Domain]) -> Domain {
        Domain::between(0.0, 1.0)
    }
}

/// Whether `x` is at least `bound`, whatever the last digits of a sum of weights are.
pub(super) fn at_least(x: f64, bound: f64) -> bool {
    x >= bound - 1e-9
}

/// The concordance and discordance of every two regions.
pub(super) struct Pairs {
    rows: usize,
    concordance: Vec<f64>,
    discordance: Vec<f64>,
}

impl Pairs {
    /// Compares every two regions.
    pub fn new(
        children: &Children<'_>,
        rows: usize,
        range: Discordance,
    ) -> Result<Pairs, MethodError> {
        let mut pairs = Pairs {
            rows,
            concordance: vec![0.0; rows * rows],
            discordance: vec![0.0; rows * rows],
        };
        let (mut all, mut widest) = (0.0, 0.0);
        for c in criteria(children)? {
            all += c.weight;
            widest = number::max(widest, c.greatest - c.least);
        }
        if widest.is_infinite() {
            return Err(MethodError::Other(text!(values_too_large)));
        }
        for c in criteria(children)? {
            let unit = if range == Discordance::All { widest } else { c.greatest - c.least };
            let sign = if c.cost { -1.0 } else { 1.0 };
            for a in 0..rows {
                for b in 0..rows {
                    let k = a * rows + b;
                    let ahead = sign * (c.values[a] - c.values[b]);
                    if ahead >= 0.0 {
                        pairs.concordance[k] += c.weight / all;
                    } else {
                        pairs.discordance[k] = number::max(pairs.discordance[k], -ahead / unit);
                    }
                }
            }
        }
        Ok(pairs)
    }

    /// The share of weight of the children in which `a` is at least as good as `b`.
    pub fn concordance(&self, a: usize, b: usize) -> f64 {
        self.concordance[a * self.rows + b]
    }

    /// Gives both beside a result.
    pub fn give(&self, into: &mut Intermediate) {
        into.pairs("concordance", self.rows, |a, b| self.concordance(a, b));
        into.pairs("discordance", self.rows, |a, b| self.discordance(a, b));
    }

    /// How far `a` is behind `b` in the child where it is farthest behind.
    pub fn discordance(&self, a: usize, b: usize) -> f64 {
        self.discordance[a * self.rows + b]
    }
}

/// Writes 1 for the kernel of a relation, in which the regions of a circuit stand and fall together, and else 0.
///
/// Without circuits the kernel is unique (Berge 1958): a region belongs to it if none of those that outrank it does.
fn kernel(relation: &[bool], out: &mut [f64]) {
    let rows = out.len();
    let mut reaches = relation.to_vec();
    for via in 0..rows {
        for a in 0..rows {
            if reaches[a * rows + via] {
                for b in 0..rows {
                    reaches[a * rows + b] |= reaches[via * rows + b];
                }
            }
        }
    }
    let together = |a: usize, b: usize| a == b || (reaches[a * rows + b] && reaches[b * rows + a]);
    // A region comes after all that reach it, circuits apart: those are reached by as many.
    let above = |b: usize| (0..rows).filter(|a| reaches[a * rows + b]).count();
    let mut order: Vec<usize> = (0..rows).collect();
    number::sort_by_key(&mut order, &|b| above(b) as f64);
    out.fill(f64::NAN);
    for &b in &order {
        if !out[b].is_nan() {
            continue;
        }
        let circuit: Vec<usize> = (0..rows).filter(|a| together(*a, b)).collect();
        let beaten = (0..rows)
            .any(|a| out[a] == 1.0 && circuit.iter().any(|member| relation[a * rows + member]));
        for member in circuit {
            out[member] = if beaten { 0.0 } else { 1.0 };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kernels() {
        let of = |rows: usize, arrows: &[(usize, usize)]| {
            let mut relation = vec![false; rows * rows];
            arrows.iter().for_each(|(a, b)| relation[a * rows + b] = true);
            let mut out = vec![0.0; rows];
            kernel(&relation, &mut out);
            out
        };
        // A chain: the first outranks the second, which outranks the third, but the first does not outrank the third.
        assert_eq!(of(3, &[(0, 1), (1, 2)]), [1.0, 0.0, 1.0]);
        // A circuit of the first two; the second outranks the third.
        assert_eq!(of(3, &[(0, 1), (1, 0), (1, 2)]), [1.0, 1.0, 0.0]);
        assert_eq!(of(4, &[(3, 0), (0, 1), (1, 0), (1, 2)]), [0.0, 0.0, 1.0, 1.0]);
        assert_eq!(of(2, &[]), [1.0, 1.0]);
    }
}
