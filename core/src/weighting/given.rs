//! Weights as stated.

use quanheng_words::text;

use super::{Siblings, Weighting};
use crate::method::{Claims, Entry, Example, MethodError, Scratch, Settings, Units, settings};
use crate::model::Node;
use indexmap::IndexMap;

settings! {
    /// Where the weights are stated.
    pub struct Given {
        /// Weights by code, which go before those of the tree.
        weights: IndexMap<String, f64> = IndexMap::new(),
        /// Whether the weights are scaled to a sum of 1; if not, they are used as printed, in sums and products that are not divided by their sum; those of all leaves at once are so in the index, and the nodes below it are means.
        rescale: bool = true,
    }
}

pub(super) const ENTRY: Entry<dyn Weighting> = Entry {
    name: "given",
    summary: "Takes the weights stated in the tree or in the setting `weights`.",
    formula: "w_j as stated, scaled to a sum of 1",
    reference: "None: a statement of the methodology's authors",
    settings: Given::declared,
    make: |values: &Settings| Ok(Box::new(Given::read(values)?)),
    claims: Claims {
        monotone: false,
        units: Units::ScaleAndShift,
        zero_weight: false,
        absent: true,
    },
    intermediate: &[],
    example: || Example {
        columns: vec![vec![1.0], vec![2.0]],
        stated: vec![1.0, 3.0],
        expected: vec![0.25, 0.75],
        source: "by hand".into(),
        ..Example::default()
    },
};

impl Weighting for Given {
    fn weights(
        &self,
        siblings: &Siblings<'_>,
        _: &mut Scratch,
        out: &mut [f64],
    ) -> Result<(), MethodError> {
        for (k, (node, weight)) in siblings.nodes.iter().zip(out.iter_mut()).enumerate() {
            *weight =
                self.stated(node).ok_or(MethodError::Unstated { child: k, fact: "weight" })?;
            if weight.is_nan() || *weight < 0.0 {
                return Err(MethodError::Other(text!(weight_below_zero, node = &node.code)));
            }
        }
        Ok(())
    }

    fn stated(&self, sibling: &Node) -> Option<f64> {
        self.weights.get(&sibling.code).copied().or(sibling.weight)
    }

    fn rescales(&self) -> bool {
        self.rescale
    }

    fn looks_at_scores(&self) -> bool {
        false
    }

    fn needs_fact(&self) -> Option<&'static str> {
        self.weights.is_empty().then_some("weight")
    }
}
