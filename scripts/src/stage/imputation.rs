//! `fn impute(column)` or `fn impute(column, at)`: the column with its absent cells filled.

use quanheng_core::imputation::{Imputation, ImputationInput};
use quanheng_core::method::{MethodError, Needs, Scratch};

use quanheng_words::number::apart;
use quanheng_words::text;

use super::{Method, facts};
use crate::host::Matrix;

pub(super) struct Script(Method);

impl Script {
    pub(super) fn new(method: Method) -> Self {
        Script(method)
    }
}

impl Imputation for Script {
    fn impute(
        &self,
        input: &ImputationInput<'_>,
        scratch: &mut Scratch,
        out: &mut [f64],
    ) -> Result<(), MethodError> {
        let before = input.values();
        let filled = self.0.on_column(before, scratch, || {
            let mut facts = facts(input.rows, input.code, Some(input.indicator));
            facts.columns = Some((Matrix::copy(input.columns)?, input.column));
            Ok(facts)
        })?;
        let mut column = vec![f64::NAN; out.len()];
        self.0.write(filled, &mut column)?;
        for (row, (out, new)) in out.iter_mut().zip(column).enumerate() {
            if !before[row].is_nan() {
                if new != before[row] {
                    let (function, (before, after)) = (self.0.function, apart(before[row], new));
                    let what = match new.is_nan() {
                        true => text!(script_removed_value, function = function, before = before),
                        false => text!(
                            script_changed_value,
                            function = function,
                            before = before,
                            after = after
                        ),
                    };
                    return Err(self.0.wrong(what, text!(script_changed_value_hint)));
                }
            } else {
                *out = new;
            }
        }
        Ok(())
    }

    fn needs(&self) -> Needs {
        self.0.needs()
    }

    fn leaves_absent(&self) -> bool {
        self.0.script.script.header().claims("leaves_absent")
    }
}
