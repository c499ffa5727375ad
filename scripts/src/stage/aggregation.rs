//! `fn aggregate(children)`: one score a region of the scores of the children.

use std::sync::Arc;

use quanheng_core::aggregation::{Aggregation, Children, scale_of_mean};
use quanheng_core::method::{Domain, MethodError, Needs, Scratch};

use super::Method;
use crate::host::facts::{self, Family, Regions};
use crate::host::{Column, Matrix};
use crate::problem::Failed;

pub(super) struct Script(Method);

impl Script {
    pub(super) fn new(method: Method) -> Self {
        Script(method)
    }
}

impl Aggregation for Script {
    fn aggregate(
        &self,
        children: &Children<'_>,
        scratch: &mut Scratch,
        out: &mut [f64],
    ) -> Result<(), MethodError> {
        let family = family(children, scratch).map_err(|e| self.0.failed(e))?;
        let scores = self.0.on_children(facts::Children(Arc::new(family)), (out.len(), scratch))?;
        self.0.write(scores, out)
    }

    fn needs(&self) -> Needs {
        self.0.needs()
    }

    fn gives(&self, children: &[Domain]) -> Domain {
        match self.0.script.script.header().gives.as_str() {
            "mean" => Domain::of_mean(children),
            "sum" | "points" => Domain::of_sum(children),
            _ => self.0.gives(),
        }
    }

    fn keeps_unit(&self) -> bool {
        self.0.script.script.header().gives == "mean"
    }

    fn scale(&self, children: &[f64], weights: &[f64]) -> f64 {
        match self.0.script.script.header().gives.as_str() {
            "mean" => scale_of_mean(children, weights),
            "sum" | "points" => children.iter().sum(),
            _ => 0.0,
        }
    }

    fn gives_points(&self) -> bool {
        self.0.script.script.header().gives == "points"
    }

    fn is_rowwise(&self) -> bool {
        self.0.script.script.header().claims("rowwise")
    }
}

fn family(children: &Children<'_>, scratch: &mut Scratch) -> Result<Family, Failed> {
    let scores = Matrix::copy(children.columns)?;
    let weights = Column::copy(children.weights)?;
    let shares = match children.complete {
        // Every row has the weights as they are: worked out only where the script asks.
        true => None,
        false => {
            let (rows, width) = (children.rows(), children.weights.len());
            let mut values = vec![f64::NAN; rows * width];
            for row in 0..rows {
                if children.row_proportions(row, &mut scratch.a) {
                    scratch.a.iter().enumerate().for_each(|(k, w)| values[k * rows + row] = *w);
                }
            }
            Some(Matrix::new(values, rows, width)?)
        }
    };
    let (stated, _) = Family::columns_of(children.nodes)?;
    Ok(Family {
        scores,
        codes: children.nodes.iter().map(|n| n.code.as_str().into()).collect(),
        weights: Some(weights),
        proportions: Some(Column::copy(children.proportions)?),
        shares,
        stated,
        full_marks: Column::copy(children.full_marks)?,
        directions: Column::new(children.directions.iter().map(|d| d.sign()).collect())?,
        parent: children.parent.code.as_str().into(),
        parent_full_marks: children.parent.full_marks,
        regions: Some(Regions::new(children.rows)),
    })
}
