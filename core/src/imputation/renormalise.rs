//! No imputation: what is missing is left out, and the weights of the rest are scaled up.

use super::{Imputation, ImputationInput};
use crate::aggregation::{Absence, AbsentRule, Least};
use crate::method::{Claims, Entry, Example, MethodError, Scratch, Settings, Units, settings};

settings! {
    /// Settings of renormalised weights.
    pub struct Renormalise {
        /// The least share of weight that must be present for a score, at each node that this is stated for (`at`); a region below it gets none. A fraction such as `"3/13"` is taken exactly.
        least_share: f64 [0.0, 1.0] = 0.0,
        /// The least number of children with a value and a weight above 0 for a score, at each node that this is stated for: a whole number such as 3, or a share of the children by number, such as `"3/13"`.
        least: Least = Least::default(),
        /// What happens to the weight of an absent child: shared by the others in proportion to their weights, or
        /// evenly.
        absent: AbsentRule = AbsentRule::Proportional,
    }
}

pub(super) const ENTRY: Entry<dyn Imputation> = Entry {
    name: "renormalise",
    summary: "Fills nothing: a score is made of the children that are there, whose weights share that of the absent ones.",
    formula: "x' = x; at each node w' = w / Σ w over the children that are there (or w + the absent weight in equal parts)",
    reference: "Becker et al. (2022), J. Open Source Softw. 7(78), 4567: aggregation without imputation",
    settings: Renormalise::declared,
    make: |values: &Settings| Ok(Box::new(Renormalise::read(values)?)),
    claims: Claims {
        monotone: true,
        units: Units::ScaleAndShift,
        zero_weight: false,
        absent: true,
    },
    intermediate: &[],
    example: || Example {
        columns: vec![vec![3.0, f64::NAN, 2.0]],
        expected: vec![3.0, f64::NAN, 2.0],
        source: "by hand: the cell stays empty".into(),
        ..Example::default()
    },
};

impl Imputation for Renormalise {
    fn impute(
        &self,
        _: &ImputationInput<'_>,
        _: &mut Scratch,
        _: &mut [f64],
    ) -> Result<(), MethodError> {
        Ok(())
    }

    fn leaves_absent(&self) -> bool {
        true
    }

    fn fills(&self) -> bool {
        false
    }

    fn absence(&self) -> Absence {
        Absence { rule: self.absent, least_share: self.least_share, least: self.least }
    }
}
