//! `fn normalise(column)` or `fn normalise(column, at)`: the column on its scale, more being better.

use quanheng_core::method::{Domain, MethodError, Scratch};
use quanheng_core::model::Indicator;
use quanheng_core::normalisation::{Normalisation, NormalisationInput};

use super::{Method, facts};

pub(super) struct Script(Method);

impl Script {
    pub(super) fn new(method: Method) -> Self {
        Script(method)
    }
}

impl Normalisation for Script {
    fn normalise(
        &self,
        input: &NormalisationInput<'_>,
        scratch: &mut Scratch,
        out: &mut [f64],
    ) -> Result<(), MethodError> {
        let scores = self.0.on_column(input.values, scratch, || {
            Ok(facts(input.rows, input.code, Some(input.indicator)))
        })?;
        self.0.write(scores, out)
    }

    fn gives(&self, _: &Indicator) -> Domain {
        self.0.gives()
    }

    // What it goes by is not known; it may go by these.
    fn states_in_unit(&self, indicator: &Indicator) -> bool {
        indicator.goalposts.is_some() || indicator.target.is_some()
    }
}
