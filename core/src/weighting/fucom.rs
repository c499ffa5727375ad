//! Weights from how much less each sibling counts than the one before it (full consistency method).

use quanheng_words::text;

use super::{Siblings, Weighting};
use crate::method::{
    Claims, Entry, Example, MethodError, Scratch, Settings, Units, Value, settings,
};
use indexmap::IndexMap;

settings! {
    /// The priorities, by code.
    pub struct Fucom {
        /// How many times the most important sibling outweighs each: 1 for the most important, 2 for one that is half as important.
        priorities: IndexMap<String, f64> = IndexMap::new(),
    }
}

pub(super) const ENTRY: Entry<dyn Weighting> = Entry {
    name: "fucom",
    summary: "Turns priorities relative to the most important sibling into weights whose ratios are exactly those stated (full consistency method).",
    formula: "φ_k = p_{k+1} / p_k in the order of importance; minimise χ with |w_k / w_{k+1} - φ_k| ≤ χ, |w_k / w_{k+2} - φ_k φ_{k+1}| ≤ χ, Σ w = 1: the ratios follow from one list, so that χ = 0 at w_j ∝ 1 / p_j",
    reference: "Pamučar, Stević & Sremac (2018), Symmetry 10(9), 393",
    settings: Fucom::declared,
    make: |values: &Settings| Ok(Box::new(Fucom::read(values)?)),
    claims: Claims {
        monotone: false,
        units: Units::ScaleAndShift,
        zero_weight: false,
        absent: true,
    },
    intermediate: &[],
    example: || {
        let stated = [("x1", 2.0), ("x2", 1.0), ("x3", 4.0)];
        Example {
            columns: vec![vec![1.0], vec![2.0], vec![3.0]],
            expected: vec![2.0 / 7.0, 4.0 / 7.0, 1.0 / 7.0],
            source: "by hand: 1/2, 1 and 1/4".into(),
            ..Example::default()
        }
        .with([(
            "priorities",
            Value::Table(stated.into_iter().map(|(k, x)| (k.to_owned(), x.into())).collect()),
        )])
    },
};

impl Weighting for Fucom {
    fn weights(
        &self,
        siblings: &Siblings<'_>,
        _: &mut Scratch,
        out: &mut [f64],
    ) -> Result<(), MethodError> {
        if out.len() == 1 {
            out[0] = 1.0;
            return Ok(());
        }
        let mut has_first = false;
        for (node, weight) in siblings.nodes.iter().zip(out.iter_mut()) {
            let code =
                || MethodError::NotInSetting { setting: "priorities", code: node.code.clone() };
            let priority = *self.priorities.get(&node.code).ok_or_else(code)?;
            if priority.is_nan() || priority < 1.0 {
                return Err(MethodError::Other(text!(
                    priority_below_one,
                    node = &node.code,
                    priority = priority
                )));
            }
            has_first |= priority == 1.0;
            *weight = 1.0 / priority;
        }
        if has_first {
            return Ok(());
        }
        Err(MethodError::Other(text!(comparisons_no_one, setting = "priorities")))
    }

    fn looks_at_scores(&self) -> bool {
        false
    }
}
