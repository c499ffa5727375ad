//! Other cells in some raw columns: only what depends on them is computed again.

use std::sync::Arc;

use super::columns::Only;
use super::{Evaluation, EvaluationError};
use crate::method::Stage;
use crate::methodology::Across;
use crate::model::{Column, NodeId};

impl Evaluation {
    /// Puts other columns in place of raw ones and computes again what depends on them. The bits are those of an
    /// evaluation from the start, because a stage that is given the same numbers gives the same.
    ///
    /// # Errors
    /// As [`Evaluation::replay`].
    ///
    /// # Panics
    /// If the methodology is made for some periods only: its study has other rows.
    pub(crate) fn exchange(
        &mut self,
        columns: &[(&str, Column)],
    ) -> Result<(), Vec<EvaluationError>> {
        assert!(self.methodology.periods.is_none(), "the rows of all periods");
        if columns.is_empty() {
            return Ok(());
        }
        if self.methodology.screening.is_some() {
            self.unscreen();
        }
        let study = Arc::make_mut(&mut self.study);
        for (name, column) in columns {
            study.columns.insert((*name).to_owned(), column.clone());
        }
        // Which regions are left out depends on all cells, and so do weights of all leaves.
        let looks = |node: &NodeId| self.methodology.weighting.at(*node).method.looks_at_scores();
        let system = Arc::clone(&self.methodology.system);
        let at_once = self.methodology.across == Across::Leaves && looks(&system.root());
        if self.methodology.screening.is_some() || at_once {
            return self.run_from(Stage::System);
        }
        let named = |name: &str| columns.iter().any(|(changed, _)| *changed == name);
        let mut errors = Vec::new();
        for (k, &leaf) in system.leaves().iter().enumerate() {
            let of_leaf = system.indicator(k).columns(&system.node(leaf).code);
            if of_leaf.into_iter().any(named) {
                match self.lay_leaf(k, leaf) {
                    Ok(column) => self.indicators.columns_mut()[k] = column,
                    Err(error) => errors.push(error),
                }
            }
        }
        if !errors.is_empty() {
            return Err(errors);
        }
        let complete = self.complete.columns().to_vec();
        self.impute()?;
        let mut only = differing(&complete, self.complete.columns());
        for (k, &leaf) in system.leaves().iter().enumerate() {
            let steps = self.methodology.treatment.iter();
            let mut beside = steps.filter_map(|plan| plan.at(leaf).method.other_column());
            only[k] |= beside.any(named);
        }
        let treated = self.treated.columns().to_vec();
        self.treat(Some(&only))?;
        let only = differing(&treated, self.treated.columns());
        let slices = self.slices_that_differ(&treated, self.treated.columns());
        let normalised = self.normalised.columns().to_vec();
        self.normalise(Some(Only { columns: &only, slices: Some(&slices) }))?;
        let changed = differing(&normalised, self.normalised.columns());
        let slices = self.slices_that_differ(&normalised, self.normalised.columns());
        drop(normalised);
        self.aggregate_again(&changed, slices)?;
        self.rank();
        self.tier()
    }

    /// Puts together again the nodes above leaves whose columns have changed in these slices of the panel.
    fn aggregate_again(
        &mut self,
        leaves: &[bool],
        mut slices: Vec<bool>,
    ) -> Result<(), Vec<EvaluationError>> {
        let system = Arc::clone(&self.methodology.system);
        let mut changed = vec![false; system.nodes().len()];
        for (k, &leaf) in system.leaves().iter().enumerate().filter(|(k, _)| leaves[*k]) {
            changed[leaf.index()] = true;
            self.scores[leaf.index()] = self.normalised.columns()[k].clone();
        }
        for &node in system.inner() {
            if !system.node(node).children.iter().any(|child| changed[child.index()]) {
                continue;
            }
            changed[node.index()] = true;
            let weighting = self.methodology.weighting.at(node);
            if self.methodology.across == Across::Siblings && weighting.method.looks_at_scores() {
                self.weigh(&system, node).map_err(|e| vec![e])?;
                // Other weights change the scores of all rows.
                slices.fill(true);
            }
            let aggregation = self.methodology.aggregation.at(node);
            let panel = self.study.panel.slices();
            for set in self.layout.sets(aggregation.over, aggregation.among) {
                let of_set: Vec<usize> =
                    (0..panel.len()).filter(|&s| set.contains(panel[s].rows.start)).collect();
                if of_set.iter().any(|&s| slices[s]) {
                    of_set.into_iter().for_each(|s| slices[s] = true);
                }
            }
            self.put_together(&system, node, Some(&slices)).map_err(|e| vec![e])?;
        }
        Ok(())
    }

    /// In which slices of the panel columns have other cells than before.
    fn slices_that_differ(&self, before: &[Column], after: &[Column]) -> Vec<bool> {
        let pairs = || before.iter().zip(after).filter(|(a, b)| !a.same_storage(b));
        let slice = |slice: &crate::model::Slice| {
            pairs().any(|(a, b)| {
                // A column that is written for the first time differs everywhere.
                a.len() != b.len()
                    || slice.rows.clone().any(|row| {
                        let (x, y) = (a.values()[row], b.values()[row]);
                        a.state(row) != b.state(row)
                            || !(x.to_bits() == y.to_bits() || (x.is_nan() && y.is_nan()))
                    })
            })
        };
        self.study.panel.slices().iter().map(slice).collect()
    }
}

/// Which columns have other cells than before.
fn differing(before: &[Column], after: &[Column]) -> Vec<bool> {
    before.iter().zip(after).map(|(a, b)| !a.same_storage(b) && a != b).collect()
}
