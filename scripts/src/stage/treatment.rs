//! `fn treat(column)` or `fn treat(column, at)`: the column with outliers and skew treated.

use quanheng_core::method::{MethodError, Needs, Scratch};
use quanheng_core::treatment::{Treatment, TreatmentInput};

use super::{Method, facts};

pub(super) struct Script(Method);

impl Script {
    pub(super) fn new(method: Method) -> Self {
        Script(method)
    }
}

impl Treatment for Script {
    fn treat(
        &self,
        input: &TreatmentInput<'_>,
        scratch: &mut Scratch,
        out: &mut [f64],
    ) -> Result<(), MethodError> {
        let treated = self.0.on_column(input.values, scratch, || {
            Ok(facts(input.rows, "", Some(input.indicator)))
        })?;
        self.0.write(treated, out)
    }

    fn needs(&self) -> Needs {
        self.0.needs()
    }
}
