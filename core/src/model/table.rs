//! Columns of cells, each a value or one of three named kinds of absence.

use std::sync::Arc;

/// What a cell holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(u8)]
pub enum State {
    /// A number.
    #[default]
    Value,
    /// It should have a value, and none is known.
    Missing,
    /// The question does not arise for this region; never imputed.
    NotApplicable,
    /// A value exists and was not given out; treated as missing by imputation, named apart in reports.
    Withheld,
}

/// A column: one number a row, and beside it what each cell is.
///
/// Invariant: a value is NaN if and only if its state is not [`State::Value`]; NaN in a column therefore means one
/// thing, "no value here", and the state says why. Clones share their storage.
#[derive(Clone, Debug)]
pub struct Column {
    values: Arc<Vec<f64>>,
    states: Option<Arc<[State]>>,
}

impl Default for Column {
    /// A column without rows.
    fn default() -> Self {
        Column::new(Vec::new())
    }
}

impl Column {
    /// A column in which every cell is a value. A NaN is taken as missing.
    pub fn new(values: Vec<f64>) -> Self {
        let states = values.iter().any(|x| x.is_nan()).then(|| {
            values.iter().map(|x| if x.is_nan() { State::Missing } else { State::Value }).collect()
        });
        Column { values: Arc::new(values), states }
    }

    /// A column with states; a cell whose state is not a value has its number replaced by NaN, and a NaN value becomes
    /// missing.
    ///
    /// # Panics
    /// If the two differ in length.
    pub fn with_states(mut values: Vec<f64>, mut states: Vec<State>) -> Self {
        assert_eq!(values.len(), states.len(), "a state for each value");
        for (x, s) in values.iter_mut().zip(&mut states) {
            if *s != State::Value {
                *x = f64::NAN;
            } else if x.is_nan() {
                *s = State::Missing;
            }
        }
        let states = states.iter().any(|s| *s != State::Value).then(|| states.into());
        Column { values: Arc::new(values), states }
    }

    /// The numbers, NaN where there is none.
    pub fn values(&self) -> &[f64] {
        &self.values
    }

    /// What the cell in `row` is.
    pub fn state(&self, row: usize) -> State {
        self.states.as_ref().map_or(State::Value, |s| s[row])
    }

    /// Whether every cell is a value.
    pub fn is_complete(&self) -> bool {
        self.states.is_none()
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.values.len()
    }

    /// Whether there are no rows.
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// The cells at these positions, in this order; shared where that changes nothing.
    pub fn reordered(&self, from: &[usize]) -> Column {
        if from.len() == self.len() && from.iter().enumerate().all(|(i, &f)| i == f) {
            return self.clone();
        }
        let values = from.iter().map(|&i| self.values[i]).collect();
        match &self.states {
            None => Column { values: Arc::new(values), states: None },
            Some(states) => Column::with_states(values, from.iter().map(|&i| states[i]).collect()),
        }
    }

    /// The column with another number in one cell.
    pub(crate) fn with_cell(&self, row: usize, to: f64) -> Column {
        let mut values = self.values().to_vec();
        values[row] = to;
        let state = |i: usize| if i == row { State::Value } else { self.state(i) };
        let states = (0..self.len()).map(state).collect();
        Column::with_states(values, states)
    }

    /// Whether both columns share one storage, so that nothing was changed between them.
    pub fn same_storage(&self, other: &Column) -> bool {
        Arc::ptr_eq(&self.values, &other.values)
    }

    /// A buffer of `rows` numbers to write into, the column's own buffer if it is not shared. [`Self::settle`] or
    /// [`Self::set_states`] is called once it is written.
    pub(crate) fn buffer(&mut self, rows: usize) -> &mut Vec<f64> {
        if Arc::get_mut(&mut self.values).is_none() {
            self.values = Arc::new(Vec::with_capacity(rows));
        }
        let values = Arc::get_mut(&mut self.values).expect("unshared: made so above");
        values.resize(rows, f64::NAN);
        values
    }

    /// Sets the states of a column that was just written: none for a column of values only.
    pub(crate) fn set_states(&mut self, states: Option<&[State]>) {
        self.states = states.map(Into::into);
    }

    /// Takes the states from `before`, except that a cell that now has a value is a value; a cell that does not apply
    /// stays so, whatever was written.
    pub(crate) fn settle(&mut self, before: &Column) {
        let Some(states) = &before.states else {
            self.states = None;
            return;
        };
        let values = Arc::get_mut(&mut self.values).expect("settled right after it was written");
        let mut any = false;
        let mut changed = false;
        for (x, s) in values.iter_mut().zip(states.iter()) {
            if *s == State::NotApplicable {
                *x = f64::NAN;
            }
            any |= x.is_nan();
            changed |= *s != State::Value && !x.is_nan();
        }
        self.states = match (any, changed) {
            (false, _) => None,
            (true, false) => Some(Arc::clone(states)),
            (true, true) => Some(
                values
                    .iter()
                    .zip(states.iter())
                    .map(|(x, s)| if x.is_nan() { *s } else { State::Value })
                    .collect(),
            ),
        };
    }
}

impl PartialEq for Column {
    /// Same states, and the same bits in every value.
    fn eq(&self, other: &Self) -> bool {
        self.states == other.states
            && self.len() == other.len()
            && self
                .values
                .iter()
                .zip(other.values.iter())
                .all(|(a, b)| a.to_bits() == b.to_bits() || (a.is_nan() && b.is_nan()))
    }
}

/// Columns of one length.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    columns: Vec<Column>,
}

impl Table {
    /// A table of columns.
    ///
    /// # Panics
    /// If the columns differ in length.
    pub fn new(columns: Vec<Column>) -> Self {
        if let Some(first) = columns.first() {
            assert!(columns.iter().all(|c| c.len() == first.len()), "columns of one length");
        }
        Table { columns }
    }

    /// The columns.
    pub fn columns(&self) -> &[Column] {
        &self.columns
    }

    pub(crate) fn columns_mut(&mut self) -> &mut [Column] {
        &mut self.columns
    }

    /// One column.
    pub fn column(&self, index: usize) -> &Column {
        &self.columns[index]
    }
}
