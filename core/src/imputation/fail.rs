//! No imputation: a missing cell is an error.

use super::{Imputation, ImputationInput};
use crate::method::{Claims, Entry, Example, MethodError, Scratch, Settings, settings};

settings! {
    /// No settings.
    pub struct Fail {}
}

pub(super) const ENTRY: Entry<dyn Imputation> = Entry {
    name: "fail",
    summary: "Fills nothing: a missing cell stops the run and is named.",
    formula: "x' = x",
    reference: "OECD/JRC Handbook (2008), step 3: the case of complete data",
    settings: Fail::declared,
    make: |values: &Settings| Ok(Box::new(Fail::read(values)?)),
    claims: Claims { monotone: true, ..Claims::NONE },
    intermediate: &[],
    example: || Example {
        columns: vec![vec![3.0, 1.0, 2.0]],
        expected: vec![3.0, 1.0, 2.0],
        source: "by hand".into(),
        ..Example::default()
    },
};

impl Imputation for Fail {
    fn impute(
        &self,
        _: &ImputationInput<'_>,
        _: &mut Scratch,
        _: &mut [f64],
    ) -> Result<(), MethodError> {
        // The evaluation names what is missing still: only it knows which cells do not apply.
        Ok(())
    }

    fn fills(&self) -> bool {
        false
    }
}
