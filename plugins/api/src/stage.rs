//! The stages: one trait each, with one function, and what it is handed.

use crate::author::{Fault, Intermediate, Method, Node};
use crate::contract::{Indicator, Input, Text};
use crate::taker::Taker;

/// Columns and facts that a method is handed. What a stage has no use for is empty.
#[derive(Clone, Copy, Debug)]
pub struct Given<'a>(pub(crate) &'a Input, pub(crate) Option<Taker>);

impl<'a> Given<'a> {
    /// For an author's tests: runs `f` on columns with the codes `x1`, `x2`, …, more being better in all, and weights,
    /// which are taken as they are; none where the stage has none.
    ///
    /// # Panics
    /// If the columns are not of one length, or the weights are not one a column.
    pub fn with<T>(columns: &[&[f64]], weights: &[f64], f: impl FnOnce(&Given<'_>) -> T) -> T {
        let rows = columns.first().map_or(0, |c| c.len());
        assert!(columns.iter().all(|c| c.len() == rows), "columns of several lengths");
        assert!(weights.is_empty() || weights.len() == columns.len(), "a weight for each column");
        let values: Vec<*const f64> = columns.iter().map(|c| c.as_ptr()).collect();
        let names: Vec<String> = (1..=columns.len()).map(|k| format!("x{k}")).collect();
        let codes: Vec<Text> =
            names.iter().map(|n| Text { ptr: n.as_ptr(), len: n.len() }).collect();
        let directions = vec![1.0; columns.len()];
        // An absent child has no weight, and the others share it, as the host has it.
        let mut row_weights = vec![f64::NAN; rows * weights.len()];
        for row in 0..rows {
            let present = |k: &usize| !columns[*k][row].is_nan();
            let sum: f64 = (0..weights.len()).filter(present).map(|k| weights[k]).sum();
            for k in 0..weights.len() {
                let own = if present(&k) { weights[k] / sum } else { 0.0 };
                row_weights[k * rows + row] = if sum > 0.0 { own } else { f64::NAN };
            }
        }
        let gaps = columns.iter().any(|c| c.iter().any(|x| x.is_nan()));
        let some = |list: &[f64]| if list.is_empty() { std::ptr::null() } else { list.as_ptr() };
        let input = Input {
            size: size_of::<Input>() as u32,
            stage: 0,
            rows,
            columns: columns.len(),
            values: values.as_ptr(),
            codes: codes.as_ptr(),
            directions: directions.as_ptr(),
            weights: some(weights),
            full_marks: std::ptr::null(),
            row_weights: if gaps { some(&row_weights) } else { std::ptr::null() },
            ranks: std::ptr::null(),
            column: 0,
            indicator: Indicator::default(),
            regions: std::ptr::null(),
            periods: std::ptr::null(),
            times: std::ptr::null(),
            nodes: std::ptr::null(),
            node_count: 0,
        };
        f(&Given(&input, None))
    }

    /// Whether somebody asks for intermediate results. Without that they need not be computed, and are not taken.
    pub fn is_asked(&self) -> bool {
        self.1.is_some()
    }

    /// Gives an intermediate result, beside the result itself.
    pub fn give(&self, result: &Intermediate<'_>) {
        if let Some(taker) = self.1 {
            taker.take(result);
        }
    }

    /// How many rows there are.
    pub fn rows(&self) -> usize {
        self.0.rows
    }

    /// How many columns there are.
    pub fn width(&self) -> usize {
        self.0.columns
    }

    /// Column `k`, NaN where a cell is absent.
    ///
    /// # Panics
    /// If there is no such column.
    pub fn column(&self, k: usize) -> &'a [f64] {
        assert!(k < self.0.columns, "column {k} of {}", self.0.columns);
        // SAFETY: the contract has `columns` pointers, each to `rows` numbers, for as long as the call lasts.
        unsafe { std::slice::from_raw_parts(*self.0.values.add(k), self.0.rows) }
    }

    /// The columns.
    pub fn columns(&self) -> impl Iterator<Item = &'a [f64]> + '_ {
        (0..self.width()).map(|k| self.column(k))
    }

    /// The code of column `k`.
    pub fn code(&self, k: usize) -> &'a str {
        if self.0.codes.is_null() || k >= self.0.columns {
            return "";
        }
        // SAFETY: the contract has a text for each column.
        unsafe { text(&*self.0.codes.add(k)) }
    }

    fn per_column(&self, numbers: *const f64) -> &'a [f64] {
        slice(numbers, self.0.columns)
    }

    /// 1 or -1 for each column. Tiering: -1 where less is better in the scores as they are shown; they arrive with their
    /// sign changed, so that a stated bound has to be multiplied by this.
    pub fn directions(&self) -> &'a [f64] {
        self.per_column(self.0.directions)
    }

    /// Weighting: what each sibling states, NaN where nothing. Aggregation: the weights, of sum one.
    pub fn weights(&self) -> &'a [f64] {
        self.per_column(self.0.weights)
    }

    /// Full marks of each child, NaN where it has none.
    pub fn full_marks(&self) -> &'a [f64] {
        self.per_column(self.0.full_marks)
    }

    /// Aggregation: the weight of child `k` in a row, an absent child having none; NaN in a row that gets no score.
    pub fn weight(&self, row: usize, k: usize) -> f64 {
        match slice(self.0.row_weights, self.0.rows * self.0.columns) {
            [] => self.weights()[k],
            by_row => by_row[k * self.0.rows + row],
        }
    }

    /// The one column of a stage that has one; the column to be filled in imputation.
    pub fn values(&self) -> &'a [f64] {
        self.column(self.0.column)
    }

    /// Imputation: which of the columns is to be filled.
    pub fn place(&self) -> usize {
        self.0.column
    }

    /// The facts of the one indicator.
    pub fn indicator(&self) -> &'a Indicator {
        &self.0.indicator
    }

    /// Tiering: the ranks, 1 being the best.
    pub fn ranks(&self) -> &'a [f64] {
        slice(self.0.ranks, self.0.rows)
    }

    /// Which region each row is of.
    pub fn regions(&self) -> &'a [u32] {
        slice(self.0.regions, self.0.rows)
    }

    /// Which period each row is of.
    pub fn periods(&self) -> &'a [u32] {
        slice(self.0.periods, self.0.rows)
    }

    /// The point in time of each row.
    pub fn times(&self) -> &'a [f64] {
        slice(self.0.times, self.0.rows)
    }

    /// System: the nodes of the tree that it starts from.
    pub fn nodes(&self) -> Vec<Node> {
        slice(self.0.nodes, self.0.node_count)
            .iter()
            // SAFETY: the texts of a node live as long as the call.
            .map(|n| unsafe {
                Node {
                    code: text(&n.code).to_owned(),
                    parent: text(&n.parent).to_owned(),
                    name: text(&n.name).to_owned(),
                    unit: text(&n.unit).to_owned(),
                    column: text(&n.column).to_owned(),
                    weight: n.weight,
                    full_marks: n.full_marks,
                    indicator: n.indicator,
                }
            })
            .collect()
    }
}

/// Numbers behind a pointer; none behind a null one.
fn slice<'a, T>(ptr: *const T, len: usize) -> &'a [T] {
    if ptr.is_null() || len == 0 {
        return &[];
    }
    // SAFETY: the contract has so many behind each pointer that is not null, for as long as the call lasts; a `Given`
    // does not outlive it.
    unsafe { std::slice::from_raw_parts(ptr, len) }
}

/// The text behind a pointer; empty if it is not UTF-8.
///
/// # Safety
/// It must point to so many bytes for as long as `'a`.
pub(crate) unsafe fn text<'a>(text: &Text) -> &'a str {
    if text.ptr.is_null() || text.len == 0 {
        return "";
    }
    // SAFETY: as the caller says.
    std::str::from_utf8(unsafe { std::slice::from_raw_parts(text.ptr, text.len) })
        .unwrap_or_default()
}

macro_rules! stages {
    ($($(#[$doc:meta])* $name:ident $function:ident;)+) => { $(
        $(#[$doc])*
        pub trait $name: Method {
            /// The result, written into `out`.
            ///
            /// # Errors
            /// Why there is none.
            fn $function(&self, given: &Given<'_>, out: &mut [f64]) -> Result<(), Fault>;
        }
    )+ };
}
stages! {
    /// Fills missing cells: `out` holds `given.values()`, and only its NaN cells are written.
    Imputation impute;
    /// Treats outliers and skew of `given.values()`; NaN stays NaN.
    Treatment treat;
    /// Brings `given.values()` to one scale, more being better; NaN stays NaN.
    Normalisation normalise;
    /// Weighs siblings: a number of zero or above for each column; they are scaled to a sum of one afterwards.
    Weighting weights;
    /// Makes one score a row of the columns; NaN where a row has none.
    Aggregation aggregate;
    /// Cuts `given.values()` into tiers: numbers from 1, the best; NaN for none. Names of the tiers are the setting
    /// `labels`, where it is declared.
    Tiering tiers;
}

/// Builds an indicator system, or changes one.
pub trait System: Method {
    /// The nodes of the tree, of those in `given.nodes()` if it starts from a tree.
    ///
    /// # Errors
    /// Why there is none.
    fn system(&self, given: &Given<'_>) -> Result<Vec<Node>, Fault>;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_author_is_handed_in_his_tests() {
        let columns: [&[f64]; 2] = [&[1.0, f64::NAN, f64::NAN], &[2.0, 4.0, f64::NAN]];
        Given::with(&columns, &[0.75, 0.25], |given| {
            assert_eq!((given.rows(), given.width()), (3, 2));
            assert_eq!((given.code(0), given.code(1), given.code(2)), ("x1", "x2", ""));
            assert_eq!(given.column(1)[..2], [2.0, 4.0]);
            assert_eq!((given.weight(0, 0), given.weight(0, 1)), (0.75, 0.25));
            // An absent child has no weight; a row without any has none at all.
            assert_eq!((given.weight(1, 0), given.weight(1, 1)), (0.0, 1.0));
            assert!(given.weight(2, 0).is_nan());
            assert_eq!(given.directions(), [1.0, 1.0]);
            assert!(given.full_marks().is_empty() && given.nodes().is_empty());
        });
        Given::with(&columns[..1], &[], |given| assert!(given.weights().is_empty()));
    }
}
