//! Weights by full marks.

use super::{Siblings, Weighting};
use crate::method::{Claims, Entry, Example, MethodError, Scratch, Settings, Units, settings};
use crate::model::Node;

settings! {
    /// No settings.
    pub struct FullMarks {}
}

pub(super) const ENTRY: Entry<dyn Weighting> = Entry {
    name: "full_marks",
    summary: "Weighs each sibling by its full marks.",
    formula: "w_j ∝ full marks_j",
    reference: "None: a statement of the methodology's authors",
    settings: FullMarks::declared,
    make: |values: &Settings| Ok(Box::new(FullMarks::read(values)?)),
    claims: Claims {
        monotone: false,
        units: Units::ScaleAndShift,
        zero_weight: false,
        absent: true,
    },
    intermediate: &[],
    example: || Example {
        columns: vec![vec![1.0], vec![2.0]],
        full_marks: vec![40.0, 60.0],
        expected: vec![0.4, 0.6],
        source: "by hand".into(),
        ..Example::default()
    },
};

impl Weighting for FullMarks {
    fn weights(
        &self,
        siblings: &Siblings<'_>,
        _: &mut Scratch,
        out: &mut [f64],
    ) -> Result<(), MethodError> {
        for (k, (node, weight)) in siblings.nodes.iter().zip(out.iter_mut()).enumerate() {
            *weight =
                self.stated(node).ok_or(MethodError::Unstated { child: k, fact: "full_marks" })?;
        }
        Ok(())
    }

    fn stated(&self, sibling: &Node) -> Option<f64> {
        sibling.full_marks
    }

    fn looks_at_scores(&self) -> bool {
        false
    }

    fn needs_fact(&self) -> Option<&'static str> {
        Some("full_marks")
    }
}
