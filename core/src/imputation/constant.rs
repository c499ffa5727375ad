//! One stated value for every missing cell.

use super::{Imputation, ImputationInput};
use crate::method::{
    Claims, Entry, Example, MethodError, Scratch, SettingError, SettingFault, Settings, settings,
};

settings! {
    /// Settings of the stated value.
    pub struct Constant {
        /// The value that a missing cell gets, in the unit of the data; must be stated.
        value: Option<f64> as in_unit = None,
    }
}

pub(super) const ENTRY: Entry<dyn Imputation> = Entry {
    name: "constant",
    summary: "Gives every missing cell one stated value: a zero for what was not reported, say.",
    formula: "x' = value",
    reference: "none needed",
    settings: Constant::declared,
    make: |values: &Settings| {
        let method = Constant::read(values)?;
        if method.value.is_none() {
            let fault = SettingFault::Unstated;
            return Err(SettingError { setting: "value".to_owned(), fault });
        }
        Ok(Box::new(method))
    },
    claims: Claims { monotone: true, absent: true, ..Claims::NONE },
    intermediate: &[],
    example: || {
        Example {
            columns: vec![vec![3.0, f64::NAN, 2.0]],
            expected: vec![3.0, 0.0, 2.0],
            source: "by hand".into(),
            ..Example::default()
        }
        .with([("value", 0.0.into())])
    },
};

impl Imputation for Constant {
    fn impute(
        &self,
        _: &ImputationInput<'_>,
        _: &mut Scratch,
        out: &mut [f64],
    ) -> Result<(), MethodError> {
        let value = self.value.expect("stated: checked when made");
        out.iter_mut().filter(|cell| cell.is_nan()).for_each(|cell| *cell = value);
        Ok(())
    }
}
