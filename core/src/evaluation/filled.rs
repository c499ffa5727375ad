//! Cells that imputation filled, and what it would give in others.

use crate::model::{Column, State};

use super::{Evaluation, EvaluationError};

impl Evaluation {
    /// The cells that imputation filled: the position of the leaf, and the row.
    pub(crate) fn filled(&self) -> Vec<(usize, usize)> {
        let pairs = self.indicators.columns().iter().zip(self.complete.columns()).enumerate();
        let of_leaf = |(k, (before, after)): (usize, (&Column, &Column))| {
            let rows = 0..if before.same_storage(after) { 0 } else { before.len() };
            let is_filled =
                |row: &usize| before.values()[*row].is_nan() && !after.values()[*row].is_nan();
            rows.filter(is_filled).map(|row| (k, row)).collect::<Vec<_>>()
        };
        pairs.flat_map(of_leaf).collect()
    }

    /// What imputation gives in these cells if they are absent too; NaN where it gives nothing.
    ///
    /// # Errors
    /// The methods cannot do without them.
    pub(crate) fn filled_without(
        &self,
        cells: &[(usize, usize)],
    ) -> Result<Vec<f64>, Vec<EvaluationError>> {
        let mut changed = self.clone();
        let table = changed.indicators.columns_mut();
        for &(k, row) in cells {
            let column = &table[k];
            let mut values = column.values().to_vec();
            let mut states: Vec<State> = (0..values.len()).map(|row| column.state(row)).collect();
            (values[row], states[row]) = (f64::NAN, State::Missing);
            table[k] = Column::with_states(values, states);
        }
        changed.impute()?;
        Ok(cells.iter().map(|&(k, row)| changed.complete.columns()[k].values()[row]).collect())
    }

    /// Puts other values into cells that imputation filled, and computes the later stages.
    ///
    /// # Errors
    /// As [`Evaluation::replay`].
    pub(crate) fn refill(
        &mut self,
        cells: &[(usize, usize, f64)],
    ) -> Result<(), Vec<EvaluationError>> {
        self.keep_all();
        let mut only = vec![false; self.complete.columns().len()];
        let mut from = 0;
        while let Some(&(k, ..)) = cells.get(from) {
            let count = cells[from..].iter().take_while(|cell| cell.0 == k).count();
            let column = self.complete.0.column(k);
            let mut values = column.values().to_vec();
            let states: Vec<State> = (0..values.len()).map(|row| column.state(row)).collect();
            cells[from..from + count].iter().for_each(|&(_, row, x)| values[row] = x);
            self.complete.0.columns_mut()[k] = Column::with_states(values, states);
            only[k] = true;
            from += count;
        }
        self.treat(Some(&only))?;
        self.normalise(Some(&only))?;
        self.aggregate()?;
        self.rank();
        self.tier()
    }
}
