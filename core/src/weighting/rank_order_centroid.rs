//! Weights from an order of importance.

use super::{Siblings, Weighting};
use crate::method::{
    Claims, Entry, Example, MethodError, Scratch, Settings, Units, Value, choice, settings,
};
use indexmap::IndexMap;

choice! {
    /// The weight of a place in the order.
    pub enum Rule { Centroid = "centroid", Sum = "sum", Reciprocal = "reciprocal" }
}

settings! {
    /// The order, and how places become weights.
    pub struct RankOrderCentroid {
        /// The rank of each sibling by code, 1 being the most important.
        ranks: IndexMap<String, f64> = IndexMap::new(),
        /// The weight of a place: `centroid`, `sum` or `reciprocal`.
        rule: Rule = Rule::Centroid,
    }
}

pub(super) const ENTRY: Entry<dyn Weighting> = Entry {
    name: "rank_order_centroid",
    summary: "Turns a stated order of importance into weights.",
    formula: "centroid: w at place r ∝ Σ_{k=r}^{n} 1/k; sum: n + 1 - r; reciprocal: 1/r; equal ranks share the mean of their places",
    reference: "Stillwell, Seaver & Edwards (1981); Barron & Barrett (1996), Management Science 42(11)",
    settings: RankOrderCentroid::declared,
    make: |values: &Settings| Ok(Box::new(RankOrderCentroid::read(values)?)),
    claims: Claims {
        monotone: false,
        units: Units::ScaleAndShift,
        zero_weight: false,
        absent: true,
    },
    intermediate: &[],
    example: || {
        Example {
            columns: vec![vec![1.0], vec![2.0], vec![3.0]],
            // 1 + 1/2 + 1/3, 1/2 + 1/3 and 1/3, over 3.
            expected: vec![11.0 / 18.0, 5.0 / 18.0, 1.0 / 9.0],
            source: "by hand".into(),
            ..Example::default()
        }
        .with([("ranks", table([("x1", 1.0), ("x2", 2.0), ("x3", 3.0)]))])
    },
};

impl Weighting for RankOrderCentroid {
    fn weights(
        &self,
        siblings: &Siblings<'_>,
        scratch: &mut Scratch,
        out: &mut [f64],
    ) -> Result<(), MethodError> {
        let ranks = &mut scratch.a;
        ranks.clear();
        for node in siblings.nodes {
            let stated = self.ranks.get(&node.code);
            ranks.push(*stated.ok_or_else(|| MethodError::NotInSetting {
                setting: "ranks",
                code: node.code.clone(),
            })?);
        }
        let n = ranks.len();
        let at = |place: usize| match self.rule {
            Rule::Centroid => (place..=n).rev().map(|k| 1.0 / k as f64).sum(),
            Rule::Sum => (n + 1 - place) as f64,
            Rule::Reciprocal => 1.0 / place as f64,
        };
        for (weight, rank) in out.iter_mut().zip(ranks.iter()) {
            let before = ranks.iter().filter(|r| *r < rank).count();
            let tied = ranks.iter().filter(|r| *r == rank).count();
            let shared: f64 = (before + 1..=before + tied).map(at).sum();
            *weight = shared / tied as f64;
        }
        Ok(())
    }

    fn looks_at_scores(&self) -> bool {
        false
    }
}

/// A table of numbers, for an example.
fn table<const N: usize>(items: [(&str, f64); N]) -> Value {
    Value::Table(items.into_iter().map(|(k, x)| (k.to_owned(), x.into())).collect())
}
