//! The stages that work on one leaf's column at a time: system, imputation, treatment, normalisation.

use rayon::prelude::*;

use quanheng_words::text;

use super::donors::{directions, siblings_of};
use super::fill::{fill_in, fill_scores, round_by_slice};
use super::intermediate::keep;
use super::layout::RowSet;
use super::{Evaluation, EvaluationError};
use crate::imputation::ImputationInput;
use crate::method::{MethodError, Scratch, Stage};
use crate::methodology::Choice;
use crate::model::{Column, NodeId, State, Table};
use crate::normalisation::{NormalisationInput, normalise};
use crate::treatment::TreatmentInput;

/// Below this many cells, starting threads costs more than they save.
const PARALLEL_CELLS: usize = 1 << 17;

/// Above this many rows, a column that a treatment did not change is shared again, to save memory.
const SHARE_ROWS: usize = 1 << 16;

/// One result per leaf, in order, on several threads if that is faster. Leaves are independent of each other, so the
/// number of threads has no effect on the result.
fn each_leaf<T: Send>(
    columns: &mut [Column],
    rows: usize,
    scratch: &mut Scratch,
    work: impl Fn(usize, &mut Column, &mut Scratch) -> Result<T, EvaluationError> + Sync,
) -> Result<Vec<T>, Vec<EvaluationError>> {
    // Intermediate results are kept in one place, in order.
    let alone = rows * columns.len() < PARALLEL_CELLS || scratch.intermediate.is_asked();
    let results: Vec<Result<T, EvaluationError>> = if alone {
        columns.iter_mut().enumerate().map(|(k, c)| work(k, c, scratch)).collect()
    } else {
        let parallel = columns.par_iter_mut().enumerate();
        parallel.map_init(Scratch::default, |scratch, (k, c)| work(k, c, scratch)).collect()
    };
    let (mut given, mut errors) = (Vec::with_capacity(results.len()), Vec::new());
    for result in results {
        match result {
            Ok(one) => given.push(one),
            Err(error) => errors.push(error),
        }
    }
    if errors.is_empty() { Ok(given) } else { Err(errors) }
}

/// Names the rows and columns of a method's error.
pub(super) fn locate<M: ?Sized>(
    stage: Stage,
    choice: &Choice<M>,
    node: NodeId,
    children: &[NodeId],
    set: &RowSet,
    error: MethodError,
) -> EvaluationError {
    let (column, rows) = match &error {
        MethodError::Absent { column, rows } => (Some(*column), rows.clone()),
        MethodError::OutOfDomain { column, row, .. } => (Some(*column), vec![*row]),
        MethodError::NoCategory { row, .. }
        | MethodError::Infeasible { row }
        | MethodError::NoNeighbour { row } => (None, vec![*row]),
        MethodError::Unstated { child: column, .. } | MethodError::Divisor { column, .. } => {
            (Some(*column), Vec::new())
        }
        MethodError::Program(fault) => (None, fault.row.into_iter().collect()),
        _ => (None, Vec::new()),
    };
    EvaluationError {
        stage,
        method: choice.name.clone(),
        node,
        child: column.and_then(|k| children.get(k).copied()),
        first_row: set.first(),
        rows: rows.into_iter().map(|k| set.row(k)).collect(),
        beside: false,
        error,
    }
}

/// A method must give a number exactly where it was given one.
pub(super) fn finite(before: &[f64], out: &[f64]) -> Result<(), MethodError> {
    if out.iter().all(|x| x.is_finite()) {
        return Ok(());
    }
    match before.iter().zip(out).position(|(x, y)| !x.is_nan() && !y.is_finite()) {
        None => Ok(()),
        Some(row) => Err(MethodError::OutOfDomain {
            column: 0,
            row,
            value: before[row],
            needed: text!(needed_formula),
        }),
    }
}

impl Evaluation {
    /// The evaluation that results if the system reads another column from the data for one leaf, and nothing else
    /// changes. `column` is the leaf's position in [`Self::indicators`]. Columns that do not change are not treated and
    /// normalised again. Regions that were left out for want of data stay left out, and no others are.
    ///
    /// # Errors
    /// As [`Evaluation::new`].
    ///
    /// # Panics
    /// If `values` has not a cell for each row.
    pub fn with_indicator(
        &self,
        column: usize,
        values: Column,
    ) -> Result<Evaluation, Vec<EvaluationError>> {
        self.with_indicators([(column, values)])
    }

    /// The same with other columns for several leaves.
    ///
    /// # Errors
    /// As [`Evaluation::new`].
    ///
    /// # Panics
    /// As [`Self::with_indicator`].
    pub fn with_indicators(
        &self,
        columns: impl IntoIterator<Item = (usize, Column)>,
    ) -> Result<Evaluation, Vec<EvaluationError>> {
        let mut changed = self.clone();
        for (column, values) in columns {
            assert_eq!(values.len(), self.study.panel.rows(), "a cell for each row");
            changed.indicators.columns_mut()[column] = values;
        }
        changed.impute()?;
        let differ = |before: &[Column], after: &[Column]| -> Vec<bool> {
            before.iter().zip(after).map(|(a, b)| !a.same_storage(b) && a != b).collect()
        };
        let only = differ(self.complete.columns(), changed.complete.columns());
        changed.treat(Some(&only))?;
        let only = differ(self.treated.columns(), changed.treated.columns());
        changed.normalise(Some(&only))?;
        changed.aggregate()?;
        changed.rank();
        changed.tier()?;
        Ok(changed)
    }

    /// Reads each leaf off the raw columns, dividing by its denominator.
    pub(super) fn lay_system(&mut self) -> Result<(), Vec<EvaluationError>> {
        self.unscreen();
        let system = &self.methodology.system;
        let mut columns = Vec::with_capacity(system.leaves().len());
        let mut errors = Vec::new();
        for (k, &leaf) in system.leaves().iter().enumerate() {
            match self.lay_leaf(k, leaf) {
                Ok(column) => columns.push(column),
                Err(error) => errors.push(error),
            }
        }
        if !errors.is_empty() {
            return Err(errors);
        }
        let leaves = columns.len();
        self.indicators = Table::new(columns);
        for table in [&mut self.complete.0, &mut self.treated.0, &mut self.normalised.0] {
            if table.columns().len() != leaves {
                *table = Table::new(vec![Column::default(); leaves]);
            }
        }
        Ok(())
    }

    /// Reads one leaf off the raw columns; where a value or an interval is best, as the closeness to it.
    pub(super) fn lay_leaf(&self, k: usize, leaf: NodeId) -> Result<Column, EvaluationError> {
        let column = self.lay_values(k, leaf)?;
        let Some(ideal) = self.methodology.system.indicator(k).ideal else { return Ok(column) };
        let mut close = Column::default();
        ideal.closeness(column.values(), close.buffer(column.len()));
        close.settle(&column);
        Ok(close)
    }

    fn lay_values(&self, k: usize, leaf: NodeId) -> Result<Column, EvaluationError> {
        let system = &self.methodology.system;
        let indicator = system.indicator(k);
        let names = indicator.columns(&system.node(leaf).code);
        let fail = |error, rows| EvaluationError {
            stage: Stage::System,
            method: self.methodology.system_code.clone(),
            node: leaf,
            child: None,
            first_row: 0,
            rows,
            beside: false,
            error,
        };
        let found = |name: &&str| {
            let absent = || fail(MethodError::NoCode { code: (*name).to_owned() }, Vec::new());
            self.study.columns.get(*name).ok_or_else(absent)
        };
        let raw: Vec<&Column> = names.iter().map(found).collect::<Result<_, _>>()?;
        match (&indicator.derivation, raw.as_slice()) {
            (Some(derivation), raw) => {
                let whole = RowSet::Range(0..self.study.panel.rows());
                let rows = whole.rows(&self.study, &self.layout.times);
                derivation.0.derive(raw, rows).map_err(|error| {
                    let rows = match &error {
                        MethodError::Program(fault) => fault.row.into_iter().collect(),
                        MethodError::OutOfDomain { row, .. } => vec![*row],
                        _ => Vec::new(),
                    };
                    EvaluationError { method: derivation.0.name().to_owned(), ..fail(error, rows) }
                })
            }
            (None, [raw, by]) => {
                ratio(raw, by, indicator.scale.unwrap_or(1.0)).map_err(|(column, error, row)| {
                    EvaluationError { beside: column == 1, ..fail(error, vec![row]) }
                })
            }
            (None, raw) => Ok(raw[0].clone()),
        }
    }

    pub(super) fn impute(&mut self) -> Result<(), Vec<EvaluationError>> {
        let Evaluation { study, methodology, layout, indicators, complete, scratch, .. } = self;
        let system = &methodology.system;
        let raw: Vec<&[f64]> = indicators.columns().iter().map(Column::values).collect();
        each_leaf(complete.0.columns_mut(), study.panel.rows(), scratch, |k, column, scratch| {
            let before = indicators.column(k);
            if before.is_complete() {
                *column = before.clone();
                return Ok(());
            }
            let leaf = system.leaves()[k];
            let choice = methodology.imputation.at(leaf);
            let (siblings, directions) = (siblings_of(system, k), directions(system));
            column.buffer(before.len()).copy_from_slice(before.values());
            for set in layout.sets(choice.over, choice.among) {
                let rows = set.rows(study, &layout.times);
                let out = column.buffer(before.len());
                set.run(before.values(), out, |values, out| {
                    if values.iter().all(|x| !x.is_nan()) {
                        return Ok(());
                    }
                    let gathered: Vec<Vec<f64>>;
                    let columns: Vec<&[f64]> = match set {
                        RowSet::Range(range) => raw.iter().map(|c| &c[range.clone()]).collect(),
                        RowSet::List { .. } => {
                            gathered = raw.iter().map(|c| set.gather(c)).collect();
                            gathered.iter().map(Vec::as_slice).collect()
                        }
                    };
                    let indicator = system.indicator(k);
                    let input = ImputationInput {
                        columns: &columns,
                        column: k,
                        siblings: &siblings,
                        directions: &directions,
                        indicator,
                        code: &system.node(leaf).code,
                        rows,
                    };
                    choice.method.impute(&input, scratch, out)?;
                    keep(scratch, Stage::Imputation, choice, leaf, &[leaf], set);
                    Ok(())
                })
                .map_err(|e| locate(Stage::Imputation, choice, leaf, system.leaves(), set, e))?;
            }
            column.settle(before);
            let missing =
                |row: &usize| !matches!(column.state(*row), State::Value | State::NotApplicable);
            if !column.is_complete() && !choice.method.leaves_absent() {
                let rows: Vec<usize> = (0..column.len()).filter(missing).collect();
                if !rows.is_empty() {
                    return Err(EvaluationError {
                        stage: Stage::Imputation,
                        method: choice.name.clone(),
                        node: leaf,
                        child: Some(leaf),
                        first_row: rows[0],
                        rows: rows.clone(),
                        beside: false,
                        error: MethodError::Absent { column: k, rows },
                    });
                }
            }
            Ok(())
        })
        .map(|_: Vec<()>| ())
    }

    /// Treats the columns of all leaves, or of those that `only` marks; the others' stay as they are.
    pub(super) fn treat(&mut self, only: Option<&[bool]>) -> Result<(), Vec<EvaluationError>> {
        let Evaluation { study, methodology, layout, complete, treated, scratch, .. } = self;
        let system = &methodology.system;
        each_leaf(treated.0.columns_mut(), study.panel.rows(), scratch, |k, column, scratch| {
            if only.is_some_and(|only| !only[k]) {
                return Ok(());
            }
            let before = complete.0.column(k);
            let leaf = system.leaves()[k];
            let steps = methodology.treatment.iter().map(|plan| plan.at(leaf));
            let steps: Vec<_> = steps.filter(|choice| !choice.method.is_identity()).collect();
            if steps.is_empty() {
                *column = before.clone();
                return Ok(());
            }
            let mut earlier: Vec<f64> = Vec::new();
            for (i, choice) in steps.iter().enumerate() {
                let out = column.buffer(before.len());
                let values = if i == 0 {
                    before.values()
                } else {
                    earlier.clear();
                    earlier.extend_from_slice(out);
                    earlier.as_slice()
                };
                let other = choice.method.other_column().and_then(|name| study.columns.get(name));
                for set in layout.sets(choice.over, choice.among) {
                    let rows = set.rows(study, &layout.times);
                    let beside = other.map(|column| set.gather(column.values()));
                    set.run(values, out, |values, out| {
                        let input = TreatmentInput {
                            values,
                            indicator: system.indicator(k),
                            other: beside.as_deref(),
                            rows,
                        };
                        choice.method.treat(&input, scratch, out)?;
                        keep(scratch, Stage::Treatment, choice, leaf, &[leaf], set);
                        finite(values, out)
                    })
                    .map_err(|error| {
                        let beside = match &error {
                            MethodError::Absent { column, .. }
                            | MethodError::OutOfDomain { column, .. } => *column == 1,
                            _ => false,
                        };
                        EvaluationError {
                            beside,
                            ..locate(Stage::Treatment, choice, leaf, &[leaf], set, error)
                        }
                    })?;
                }
            }
            column.settle(before);
            if before.len() >= SHARE_ROWS && *column == *before {
                *column = before.clone();
            }
            Ok(())
        })
        .map(|_: Vec<()>| ())
    }

    /// Takes these columns of the leaves as treated, whatever the methodology's treatment is, and computes the later
    /// stages. Tiers follow the new scores.
    ///
    /// # Errors
    /// As [`Evaluation::replay`].
    ///
    /// # Panics
    /// If there is not a column for each leaf.
    pub(crate) fn retreat(&mut self, columns: Vec<Column>) -> Result<(), Vec<EvaluationError>> {
        self.keep_all();
        assert_eq!(columns.len(), self.treated.0.columns().len(), "a column a leaf");
        self.treated.0 = Table::new(columns);
        self.run_from(Stage::Normalisation)
    }

    /// Normalises the columns of all leaves, or of those that `only` marks; the others' stay as they are.
    pub(super) fn normalise(&mut self, only: Option<&[bool]>) -> Result<(), Vec<EvaluationError>> {
        // One that is let go was looked at for errors, and for whether it is constant.
        let goes = self.passing.lets_go() && only.is_none();
        let Evaluation {
            study, methodology, layout, treated, normalised, constant, scratch, ..
        } = self;
        let system = &methodology.system;
        let slices = study.panel.slices();
        let left_out = each_leaf(
            normalised.0.columns_mut(),
            study.panel.rows(),
            scratch,
            |k, column, scratch| {
                if only.is_some_and(|only| !only[k]) {
                    return Ok(constant.get(k).cloned().unwrap_or_default());
                }
                let before = treated.0.column(k);
                let leaf = system.leaves()[k];
                let choice = methodology.normalisation.at(leaf);
                let out = column.buffer(before.len());
                let mut left_out: Vec<usize> = Vec::new();
                for set in layout.sets(choice.over, choice.among) {
                    let rows = set.rows(study, &layout.times);
                    let mut left = false;
                    set.run(before.values(), out, |values, out| {
                        let input = NormalisationInput {
                            values,
                            indicator: system.indicator(k),
                            code: &system.node(leaf).code,
                            rows,
                        };
                        left = normalise(&*choice.method, &input, scratch, out)?;
                        keep(scratch, Stage::Normalisation, choice, leaf, &[leaf], set);
                        if left { Ok(()) } else { finite(values, out) }
                    })
                    .map_err(|e| locate(Stage::Normalisation, choice, leaf, &[leaf], set, e))?;
                    if left {
                        let of_set = |slice: &usize| set.contains(slices[*slice].rows.start);
                        left_out.extend((0..slices.len()).filter(of_set));
                    }
                }
                column.settle(before);
                if !left_out.is_empty() {
                    // An indicator that is left out applies to no region.
                    let of_left_out = |row| left_out.iter().any(|&s| slices[s].rows.contains(&row));
                    let state = |row: usize| match of_left_out(row) {
                        true => State::NotApplicable,
                        false => before.state(row),
                    };
                    let states: Vec<State> = (0..before.len()).map(state).collect();
                    column.set_states(Some(&states));
                }
                if goes {
                    *column = Column::default();
                }
                Ok(left_out)
            },
        )?;
        *constant = left_out;
        self.round_leaves(only);
        self.fill_leaves(only)
    }

    /// Rounds the normalised columns of the leaves where the methodology says so, and keeps the columns before that.
    fn round_leaves(&mut self, only: Option<&[bool]>) {
        let Evaluation { study, methodology, normalised, unrounded, .. } = self;
        unrounded.resize(methodology.system.nodes().len(), Column::default());
        for (k, &leaf) in methodology.system.leaves().iter().enumerate() {
            let Some(rounding) = methodology.rounding[leaf.index()] else { continue };
            if only.is_some_and(|only| !only[k]) {
                continue;
            }
            let column = &mut normalised.0.columns_mut()[k];
            let before = column.clone();
            let out = column.buffer(before.len());
            out.copy_from_slice(before.values());
            round_by_slice(study, methodology, rounding, out);
            column.settle(&before);
            unrounded[leaf.index()] = before;
        }
    }

    /// Fills the scores of the leaves that are missing, where the methodology says how.
    fn fill_leaves(&mut self, only: Option<&[bool]>) -> Result<(), Vec<EvaluationError>> {
        if self.methodology.fill.is_none() {
            return Ok(());
        }
        let Evaluation { study, methodology, layout, normalised, unrounded, scratch, .. } = self;
        let system = &methodology.system;
        each_leaf(
            normalised.0.columns_mut(),
            study.panel.rows(),
            scratch,
            |k, column, scratch| {
                if only.is_some_and(|only| !only[k]) {
                    return Ok(());
                }
                let leaf = system.leaves()[k];
                let filled = fill_scores(study, methodology, layout, leaf, (column, scratch));
                filled.map_err(|(e, set)| {
                    let choice = methodology.fill.as_ref().expect("it failed").at(leaf);
                    locate(Stage::Normalisation, choice, leaf, &[leaf], set, e)
                })
            },
        )?;
        for (k, &leaf) in system.leaves().iter().enumerate() {
            let stays = only.is_some_and(|only| !only[k]);
            if !stays && methodology.rounding[leaf.index()].is_some() {
                fill_in(&mut unrounded[leaf.index()], normalised.0.column(k));
            }
        }
        Ok(())
    }
}

/// `raw / by · scale`; absent where either is, the first one's state counting. An error says which of the two columns it
/// is about, and the row.
fn ratio(raw: &Column, by: &Column, scale: f64) -> Result<Column, (usize, MethodError, usize)> {
    let fault = |column: usize, row: usize, needed| {
        let value = [raw, by][column].values()[row];
        (column, MethodError::OutOfDomain { column, row, value, needed }, row)
    };
    if let Some(row) = by.values().iter().position(|x| *x == 0.0) {
        return Err(fault(1, row, text!(needed_denominator)));
    }
    let values: Vec<f64> =
        raw.values().iter().zip(by.values()).map(|(x, d)| x / d * scale).collect();
    if let Some(row) = values.iter().position(|x| x.is_infinite()) {
        return Err(fault(0, row, text!(needed_computable)));
    }
    let states = (0..raw.len())
        .map(|row| match raw.state(row) {
            State::Value => by.state(row),
            absent => absent,
        })
        .collect();
    Ok(Column::with_states(values, states))
}
