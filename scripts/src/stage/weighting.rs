//! `fn weights(siblings)`: a weight for each sibling, zero or above; they are scaled to a sum of one afterwards.

use std::sync::Arc;

use quanheng_core::method::{MethodError, Needs, Scratch};
use quanheng_core::weighting::{Siblings, Weighting};

use quanheng_words::text;

use super::Method;
use crate::host::facts::{Children, Family, Regions};
use crate::host::{Column, Matrix};

pub(super) struct Script(Method);

impl Script {
    pub(super) fn new(method: Method) -> Self {
        Script(method)
    }
}

impl Weighting for Script {
    fn weights(
        &self,
        siblings: &Siblings<'_>,
        scratch: &mut Scratch,
        out: &mut [f64],
    ) -> Result<(), MethodError> {
        let family = || {
            let (stated, full_marks) = Family::columns_of(siblings.nodes)?;
            Ok(Family {
                scores: Matrix::copy(siblings.columns)?,
                codes: siblings.nodes.iter().map(|n| n.code.as_str().into()).collect(),
                weights: None,
                proportions: None,
                shares: None,
                stated,
                full_marks,
                directions: Column::new(siblings.directions.iter().map(|d| d.sign()).collect())?,
                parent: siblings.parent.code.as_str().into(),
                parent_full_marks: siblings.parent.full_marks,
                regions: Some(Regions::new(siblings.rows)),
            })
        };
        let family = family().map_err(|e| self.0.failed(e))?;
        let weights =
            self.0.on_children(Children(Arc::new(family)), (siblings.rows.len(), scratch))?;
        self.0.write(weights, out)?;
        match out.iter().position(|w| w.is_nan() || *w < 0.0) {
            None if out.iter().sum::<f64>().is_finite() => Ok(()),
            None => {
                Err(self.0.wrong(text!(script_weights_no_sum), text!(script_weights_no_sum_hint)))
            }
            Some(child) => {
                let (code, weight) = (&siblings.nodes[child].code, out[child]);
                let what = match weight.is_nan() {
                    true => text!(script_weight_absent, code = code),
                    false => text!(script_weight_is, code = code, weight = weight),
                };
                Err(self.0.wrong(what, text!(script_weight_hint)))
            }
        }
    }

    fn needs(&self) -> Needs {
        self.0.needs()
    }

    fn needs_fact(&self) -> Option<&'static str> {
        let header = self.0.script.script.header();
        ["weight", "full_marks"].into_iter().find(|fact| header.needs(fact))
    }
}
