//! Matrices: columns of one length, kept one after the other.

use std::sync::Arc;

use quanheng_core::number::{self, Correlation, Unsolved};
use quanheng_words::{Text, text};
use rhai::{Array, Dynamic, FnPtr, ImmutableString, Map};

use super::column::{Column, Numbers, same_length, undefined_words};
use super::functions::{
    FLOAT, Functions, INT, Number, Operand, Take, Whole, functions, give, many_numbers,
    number as number_of, operand,
};
use super::mask::Mask;
use crate::limits::{Charge, charge, in_time, in_time_for, list_of};
use crate::problem::{Failed, a, fail, fail_at};

/// The order up to which systems of equations and eigenvectors are worked out: beyond it they would take minutes.
const GREATEST_ORDER: usize = 400;

/// A matrix in the hands of a script. Copies share their storage.
#[derive(Clone, Debug)]
pub struct Matrix(Arc<Data>);

#[derive(Debug)]
struct Data {
    values: Vec<f64>,
    rows: usize,
    columns: usize,
    _charge: Charge,
}

many_numbers! { Matrix = "Matrix", |m: &Matrix| m.rows().saturating_mul(m.width()) }

impl Matrix {
    /// Values column by column.
    pub(crate) fn new(values: Vec<f64>, rows: usize, columns: usize) -> Result<Self, Failed> {
        debug_assert_eq!(values.len(), rows * columns);
        let charge = charge(values.len() * 8)?;
        Ok(Matrix(Arc::new(Data { values, rows, columns, _charge: charge })))
    }

    /// A copy of columns that the evaluation handed over.
    pub(crate) fn copy(columns: &[&[f64]]) -> Result<Self, Failed> {
        let rows = columns.first().map_or(0, |c| c.len());
        let charge = charge(rows * columns.len() * 8)?;
        let mut values = Vec::with_capacity(rows * columns.len());
        columns.iter().for_each(|c| values.extend_from_slice(c));
        Ok(Matrix(Arc::new(Data { values, rows, columns: columns.len(), _charge: charge })))
    }

    pub(crate) fn from_columns(columns: &[Column]) -> Result<Self, Failed> {
        let rows = columns.first().map_or(0, Column::len);
        for column in columns {
            same_length(rows, column.len())?;
        }
        let slices: Vec<&[f64]> = columns.iter().map(Column::values).collect();
        Matrix::copy(&slices)
    }

    pub(crate) fn rows(&self) -> usize {
        self.0.rows
    }

    pub(crate) fn width(&self) -> usize {
        self.0.columns
    }

    pub(crate) fn slice(&self, k: usize) -> &[f64] {
        &self.0.values[k * self.0.rows..(k + 1) * self.0.rows]
    }

    pub(crate) fn slices(&self) -> Vec<&[f64]> {
        (0..self.0.columns).map(|k| self.slice(k)).collect()
    }

    pub(crate) fn column(&self, k: i64) -> Result<Column, Failed> {
        match usize::try_from(k) {
            Ok(k) if k < self.0.columns => Column::copy(self.slice(k)),
            _ => Err(fail(
                text!(script_no_column_of_matrix, k = k, columns = self.0.columns),
                text!(script_columns_from_0),
            )),
        }
    }

    pub(crate) fn row(&self, row: usize) -> impl Iterator<Item = f64> + '_ {
        (0..self.0.columns).map(move |k| self.0.values[k * self.0.rows + row])
    }

    /// Applies `f` to each cell, in place where it can be; absent cells stay absent.
    fn each(self, what: &str, f: impl Fn(f64) -> f64) -> Result<Self, Failed> {
        in_time_for(self.0.values.len())?;
        let (rows, columns) = (self.0.rows, self.0.columns);
        let before = &self.0.values;
        let mut values = Vec::with_capacity(before.len());
        for piece in before.chunks(4096) {
            in_time_for(before.len())?;
            values.extend(piece.iter().map(|x| f(*x)));
        }
        if !values.iter().fold(true, |sound, y| sound & y.is_finite()) {
            let bad = |(x, y): (&f64, &f64)| !y.is_finite() && !x.is_nan();
            if let Some(at) = before.iter().zip(&values).position(bad) {
                return Err(undefined(what, at, rows, before[at], None));
            }
        }
        Matrix::new(values, rows, columns)
    }

    /// Applies `f` to each cell and `by(column, row)`.
    fn with(
        self,
        what: &str,
        by: impl Fn(usize, usize) -> f64,
        f: impl Fn(f64, f64) -> f64,
    ) -> Result<Self, Failed> {
        let (rows, columns) = (self.0.rows, self.0.columns);
        let mut values = Vec::with_capacity(rows * columns);
        for k in 0..columns {
            values.extend(self.slice(k).iter().enumerate().map(|(row, x)| f(*x, by(k, row))));
        }
        if !values.iter().fold(true, |sound, y| sound & y.is_finite()) {
            for (at, z) in values.iter_mut().enumerate() {
                let (x, y) = (self.0.values[at], by(at / rows, at % rows));
                if x.is_nan() || y.is_nan() {
                    *z = f64::NAN;
                } else if !z.is_finite() {
                    return Err(undefined(what, at, rows, x, Some(y)));
                }
            }
        }
        Matrix::new(values, rows, columns)
    }

    fn same_shape(&self, other: &Matrix) -> Result<(), Failed> {
        if (self.0.rows, self.0.columns) == (other.0.rows, other.0.columns) {
            return Ok(());
        }
        Err(fail(
            text!(
                script_shapes,
                rows = self.0.rows,
                columns = self.0.columns,
                other_rows = other.0.rows,
                other_columns = other.0.columns
            ),
            text!(script_shapes_hint),
        ))
    }

    fn per_column(&self, what: Text, f: impl Fn(&[f64]) -> Option<f64>) -> Result<Column, Failed> {
        let one = |k: usize| match f(self.slice(k)) {
            Some(x) if x.is_finite() => Ok(x),
            _ => Err(fail(
                text!(script_no_result_of_column, what = &what, k = k),
                text!(script_no_result_of_column_hint),
            )),
        };
        Column::new((0..self.0.columns).map(one).collect::<Result<_, _>>()?)
    }

    /// A number a row of the values that are there; absent where there is none.
    fn per_row(&self, f: impl Fn(&mut Vec<f64>) -> f64) -> Result<Column, Failed> {
        let mut there = Vec::with_capacity(self.0.columns);
        let one = |row: usize| {
            there.clear();
            there.extend(self.row(row).filter(|x| !x.is_nan()));
            if there.is_empty() { f64::NAN } else { f(&mut there) }
        };
        Column::new((0..self.0.rows).map(one).collect())
    }

    fn complete(&self) -> Result<(), Failed> {
        match self.0.values.iter().position(|x| x.is_nan()) {
            None => Ok(()),
            Some(at) => Err(fail_at(
                at % self.0.rows,
                text!(script_cell_absent, row = at % self.0.rows, column = at / self.0.rows),
                text!(script_cell_absent_hint),
            )),
        }
    }

    /// A complete square matrix of an order that can be worked with, row by row.
    fn square(&self) -> Result<(Vec<f64>, usize), Failed> {
        let n = self.0.rows;
        if n != self.0.columns || n == 0 {
            return Err(fail(
                text!(script_not_square, rows = n, columns = self.0.columns),
                text!(script_not_square_hint),
            ));
        }
        if n > GREATEST_ORDER {
            return Err(too_great(n, GREATEST_ORDER));
        }
        self.complete()?;
        Ok(((0..n).flat_map(|row| self.row(row)).collect(), n))
    }

    fn transposed(&self) -> Result<Matrix, Failed> {
        let values = (0..self.0.rows).flat_map(|row| self.row(row)).collect();
        Matrix::new(values, self.0.columns, self.0.rows)
    }
}

fn undefined(what: &str, at: usize, rows: usize, x: f64, y: Option<f64>) -> Failed {
    let what = text!(script_in_column, column = at / rows, what = undefined_words(what, x, y));
    fail_at(at % rows, what, text!(script_undefined_of_matrix_hint))
}

/// A matrix of an order that would take minutes to work with.
fn too_great(order: usize, most: usize) -> Failed {
    fail(text!(script_order, order = order), text!(script_up_to, most = most))
}

/// A kind of correlation by its word.
pub(crate) fn correlation_kind(word: &str) -> Result<Correlation, Failed> {
    match word {
        "pearson" => Ok(Correlation::Pearson),
        "spearman" => Ok(Correlation::Spearman),
        "kendall" => Ok(Correlation::Kendall),
        _ => Err(fail(
            text!(script_no_correlation, word = word),
            text!(one_of, names = vec!["pearson", "spearman", "kendall"]),
        )),
    }
}

fn correlations(m: &Matrix, kind: &str) -> Result<Matrix, Failed> {
    let kind = correlation_kind(kind)?;
    can_correlate(kind, m.rows())?;
    let n = m.width();
    let room = charge(n.saturating_mul(n).saturating_mul(8))?;
    let mut out = vec![0.0; n * n];
    for i in 0..n {
        let x = m.slice(i);
        for j in 0..i {
            if j % 64 == 0 || kind == Correlation::Kendall {
                in_time()?;
            }
            let r = kind.of(x, m.slice(j)).unwrap_or(0.0);
            out[i * n + j] = r;
            out[j * n + i] = r;
        }
        let varies = number::extremes(x).is_some_and(|(least, greatest)| least < greatest);
        out[i * n + i] = if varies { 1.0 } else { 0.0 };
    }
    drop(room);
    Matrix::new(out, n, n)
}

/// Kendall's looks at all pairs of rows.
pub(crate) fn can_correlate(kind: Correlation, rows: usize) -> Result<(), Failed> {
    const MOST: usize = 20_000;
    if kind == Correlation::Kendall && rows > MOST {
        return Err(fail(
            text!(script_kendall_long, rows = rows),
            text!(script_kendall_long_hint, most = MOST),
        ));
    }
    Ok(())
}

/// The order of a formula, and of the built-in aggregations: child by child.
fn total(values: &[f64]) -> f64 {
    values.iter().fold(0.0, |sum, x| sum + x)
}

/// A matrix from a list of columns, or of lists of numbers.
fn from_list(list: Array) -> Result<Matrix, Failed> {
    let columns: Vec<Column> = list
        .into_iter()
        .map(|item| match item.clone().try_cast::<Column>() {
            Some(column) => Ok(column),
            None => Column::new(Numbers::take(item)?.0),
        })
        .collect::<Result<_, Failed>>()?;
    Matrix::from_columns(&columns)
}

fn operators(lib: &mut Functions) {
    const MATRIX: Operand = operand::<Matrix>();
    fn arithmetic(
        lib: &mut Functions,
        sign: &'static str,
        f: impl Fn(f64, f64) -> f64 + Copy + Send + Sync + 'static,
    ) {
        const DOC: &str = "Cell by cell; absent where either is.";
        lib.operator("Matrix", sign, &[MATRIX, MATRIX], "Matrix", DOC, move |operands| {
            let (m, other) = (operands.plain::<Matrix>(), operands.plain::<Matrix>());
            m.same_shape(&other)?;
            give(m.with(sign, |k, row| other.slice(k)[row], f))
        });
        for number in [FLOAT, INT] {
            lib.operator("Matrix", sign, &[MATRIX, number], "Matrix", DOC, move |operands| {
                let (m, y) = (operands.plain::<Matrix>(), operands.number());
                give(m.each(sign, |x| f(x, y)))
            });
        }
        for number in [FLOAT, INT] {
            lib.operator("Matrix", sign, &[number, MATRIX], "Matrix", DOC, move |operands| {
                let (x, m) = (operands.number(), operands.plain::<Matrix>());
                give(m.each(sign, |y| f(x, y)))
            });
        }
    }
    arithmetic(lib, "+", |x, y| x + y);
    arithmetic(lib, "-", |x, y| x - y);
    arithmetic(lib, "*", |x, y| x * y);
    arithmetic(lib, "/", |x, y| x / y);
    arithmetic(lib, "**", |x, y| if x.is_nan() { x } else { libm::pow(x, y) });
    lib.operator(
        "Matrix",
        "-",
        &[MATRIX],
        "Matrix",
        "Each cell with the other sign.",
        |operands| give(operands.plain::<Matrix>().each("-", |x| -x)),
    );
    const COLUMN: &str = "Column `k`, counted from 0.";
    lib.operator("Matrix", "[]", &[MATRIX, INT], "Column", COLUMN, |operands| {
        let (m, k) = (operands.plain::<Matrix>(), operands.plain::<i64>());
        give(m.column(k))
    });
}

pub(crate) fn register(lib: &mut Functions) {
    operators(lib);
    functions! { lib, "Matrix";
        /// A matrix of columns, or of lists of numbers, a list a column.
        fn "matrix"(columns: Array) -> Matrix { from_list(columns) }
        /// The unit matrix of order `n`.
        fn "identity"(n: Whole) -> Matrix {
            if n.0 > GREATEST_ORDER {
                return Err(too_great(n.0, GREATEST_ORDER));
            }
            let mut values = vec![0.0; n.0 * n.0];
            (0..n.0).for_each(|k| values[k * n.0 + k] = 1.0);
            Matrix::new(values, n.0, n.0)
        }
        /// A matrix with this column on its diagonal, and 0 elsewhere.
        fn "diagonal"(x: Column) -> Matrix {
            let n = x.len();
            if n > GREATEST_ORDER {
                return Err(too_great(n, GREATEST_ORDER));
            }
            let mut values = vec![0.0; n * n];
            (0..n).for_each(|k| values[k * n + k] = x.values()[k]);
            Matrix::new(values, n, n)
        }
        /// How many rows there are.
        fn "get rows"(m: Matrix) -> i64 { Ok(m.rows() as i64) }
        /// How many columns there are.
        fn "get width"(m: Matrix) -> i64 { Ok(m.width() as i64) }
        /// The columns as a list.
        fn "get columns"(m: Matrix) -> Array {
            list_of(m.width())?;
            (0..m.width()).map(|k| m.column(k as i64).map(Dynamic::from)).collect()
        }
        /// Column `k`, counted from 0.
        fn "column"(m: Matrix, k: Whole) -> Column { m.column(k.0 as i64) }
        /// Row `row` as a column of its own, counted from 0.
        fn "row"(m: Matrix, row: Whole) -> Column {
            if row.0 >= m.rows() {
                return Err(fail(text!(script_no_row, row = row.0, rows = m.rows()), text!(script_rows_from_0)));
            }
            Column::new(m.row(row.0).collect())
        }
        /// The matrix with one more column.
        fn "with_column"(m: Matrix, x: Column) -> Matrix {
            same_length(m.rows(), x.len())?;
            let mut slices = m.slices();
            slices.push(x.values());
            Matrix::copy(&slices)
        }
        /// Only the columns for which `mask` is true.
        fn "pick_columns"(m: Matrix, mask: Mask) -> Matrix {
            same_length(m.width(), mask.len())?;
            let kept: Vec<&[f64]> = (0..m.width()).filter(|k| mask.yes(*k)).map(|k| m.slice(k)).collect();
            Matrix::copy(&kept)
        }
        /// Only the rows for which `mask` is true.
        fn "pick_rows"(m: Matrix, mask: Mask) -> Matrix {
            same_length(m.rows(), mask.len())?;
            let rows: Vec<usize> = (0..m.rows()).filter(|row| mask.yes(*row)).collect();
            let values = m.slices().iter().flat_map(|c| rows.iter().map(|row| c[*row])).collect();
            Matrix::new(values, rows.len(), m.width())
        }
        /// The result of `f` for each column: a matrix of columns, or a column of numbers.
        fn "map_columns"[context](m: Matrix, f: FnPtr) -> Dynamic {
            let (mut columns, mut numbers) = (Vec::new(), Vec::new());
            for k in 0..m.width() {
                let made = crate::call::back(context, &f, Dynamic::from(m.column(k as i64)?))?;
                let (kind, is_column) = (made.type_name(), made.is::<Column>());
                if (is_column && !numbers.is_empty()) || (!is_column && !columns.is_empty()) {
                    let before = if is_column { "f64" } else { "Column" };
                    return Err(fail(text!(script_map_mixed, one = a(before), other = a(kind)), text!(script_map_mixed_hint)));
                }
                if is_column {
                    columns.extend(made.try_cast::<Column>());
                } else {
                    numbers.push(if made.is_unit() { f64::NAN } else { number_of(&made)? });
                }
            }
            if !columns.is_empty() {
                return Ok(Dynamic::from(Matrix::from_columns(&columns)?));
            }
            Ok(Dynamic::from(Column::new(numbers)?))
        }

        /// The sum of each column.
        fn "sums"(m: Matrix) -> Column { m.per_column(text!(script_the_sum), |x| Some(number::sum(x))) }
        /// The mean of each column.
        fn "means"(m: Matrix) -> Column { m.per_column(text!(script_the_mean), number::mean) }
        /// The least value of each column.
        fn "mins"(m: Matrix) -> Column { m.per_column(text!(script_the_least), |x| number::extremes(x).map(|e| e.0)) }
        /// The greatest value of each column.
        fn "maxs"(m: Matrix) -> Column { m.per_column(text!(script_the_greatest), |x| number::extremes(x).map(|e| e.1)) }
        /// The standard deviation of each column, of a sample.
        fn "sds"(m: Matrix) -> Column {
            m.per_column(text!(script_the_sd), |x| number::sample_variance(x).map(f64::sqrt))
        }
        /// The standard deviation of each column, of a population.
        fn "population_sds"(m: Matrix) -> Column {
            m.per_column(text!(script_the_sd), |x| number::population_variance(x).map(f64::sqrt))
        }
        /// How many values each column has.
        fn "counts"(m: Matrix) -> Column { m.per_column(text!(script_the_count), |x| Some(number::count(x) as f64)) }
        /// The sum of each row's values, added from the first column to the last; absent where it has none.
        fn "row_sums"(m: Matrix) -> Column { m.per_row(|x| total(x)) }
        /// The mean of each row's values; absent where it has none.
        fn "row_means"(m: Matrix) -> Column { m.per_row(|x| total(x) / x.len() as f64) }
        /// The least of each row's values.
        fn "row_mins"(m: Matrix) -> Column { m.per_row(|x| number::extremes(x).map_or(f64::NAN, |e| e.0)) }
        /// The greatest of each row's values.
        fn "row_maxs"(m: Matrix) -> Column { m.per_row(|x| number::extremes(x).map_or(f64::NAN, |e| e.1)) }
        /// The product of each row's values.
        fn "row_products"(m: Matrix) -> Column { m.per_row(|x| x.iter().product()) }
        /// The median of each row's values.
        fn "row_medians"(m: Matrix) -> Column {
            m.per_row(|x| {
                number::sort(x);
                number::median(x).unwrap_or(f64::NAN)
            })
        }
        /// The standard deviation of each row's values, of a population.
        fn "row_population_sds"(m: Matrix) -> Column {
            m.per_row(|x| number::population_variance(x).map_or(f64::NAN, f64::sqrt))
        }
        /// How many values each row has.
        fn "row_counts"(m: Matrix) -> Column {
            Column::new((0..m.rows()).map(|row| m.row(row).filter(|x| !x.is_nan()).count() as f64).collect())
        }

        /// Each column times its number.
        fn "scale_columns"(m: Matrix, by: Column) -> Matrix {
            same_length(m.width(), by.len())?;
            m.with("*", |k, _| by.values()[k], |x, y| x * y)
        }
        /// Each column divided by its number.
        fn "divide_columns"(m: Matrix, by: Column) -> Matrix {
            same_length(m.width(), by.len())?;
            m.with("/", |k, _| by.values()[k], |x, y| x / y)
        }
        /// Each column less its number.
        fn "shift_columns"(m: Matrix, by: Column) -> Matrix {
            same_length(m.width(), by.len())?;
            m.with("-", |k, _| by.values()[k], |x, y| x - y)
        }
        /// The cells of each row in the order in which `by` has them from the greatest to the least: of equal ones the
        /// last column's first, absent ones last.
        fn "sort_rows_by"(m: Matrix, by: Matrix) -> Matrix {
            m.same_shape(&by)?;
            let (rows, width) = (m.rows(), m.width());
            let mut values = vec![f64::NAN; rows * width];
            let (mut keys, mut order) = (Vec::with_capacity(width), Vec::with_capacity(width));
            for row in 0..rows {
                keys.clear();
                keys.extend(by.row(row));
                let there = number::sort_order(&keys, &mut order);
                order[..there].reverse();
                for (place, &k) in order.iter().enumerate() {
                    values[place * rows + row] = m.0.values[k as usize * rows + row];
                }
            }
            Matrix::new(values, rows, width)
        }
        /// Cells above their column's number are drawn to it.
        fn "cap_columns"(m: Matrix, by: Column) -> Matrix {
            same_length(m.width(), by.len())?;
            m.with("at most", |k, _| by.values()[k], |x, y| if x > y { y } else { x })
        }
        /// Each row times its number.
        fn "scale_rows"(m: Matrix, by: Column) -> Matrix {
            same_length(m.rows(), by.len())?;
            m.with("*", |_, row| by.values()[row], |x, y| x * y)
        }
        /// Each row divided by its number.
        fn "divide_rows"(m: Matrix, by: Column) -> Matrix {
            same_length(m.rows(), by.len())?;
            m.with("/", |_, row| by.values()[row], |x, y| x / y)
        }
        /// Each cell to a power; `m ** exponent` says the same.
        fn "power"(m: Matrix, exponent: Number) -> Matrix {
            m.each("power", |x| if x.is_nan() { x } else { libm::pow(x, exponent.0) })
        }
        /// Natural logarithms.
        fn "ln"(m: Matrix) -> Matrix { m.each("ln", libm::log) }
        /// Natural logarithms, 0 standing for the logarithm of 0: for p·ln p.
        fn "ln_or_zero"(m: Matrix) -> Matrix { m.each("ln", |x| if x == 0.0 { 0.0 } else { libm::log(x) }) }
        /// e to the power of each cell.
        fn "exp"(m: Matrix) -> Matrix { m.each("exp", libm::exp) }
        /// Square roots.
        fn "sqrt"(m: Matrix) -> Matrix { m.each("sqrt", f64::sqrt) }
        /// Each cell without its sign.
        fn "abs"(m: Matrix) -> Matrix { m.each("abs", f64::abs) }
        /// Absent cells become `value`.
        fn "or"(m: Matrix, value: Number) -> Matrix {
            let (rows, width) = (m.rows(), m.width());
            let values = m.0.values.iter().map(|x| if x.is_nan() { value.0 } else { *x }).collect();
            Matrix::new(values, rows, width)
        }
        /// 1 where a cell has a value, 0 where it is absent.
        fn "presence"(m: Matrix) -> Matrix {
            let (rows, width) = (m.rows(), m.width());
            let values = m.0.values.iter().map(|x| if x.is_nan() { 0.0 } else { 1.0 }).collect();
            Matrix::new(values, rows, width)
        }
        /// Whether no cell is absent.
        fn "is_complete"(m: Matrix) -> bool { Ok(m.0.values.iter().all(|x| !x.is_nan())) }

        /// Rows and columns change places.
        fn "transpose"(m: Matrix) -> Matrix { m.transposed() }
        /// Matrix times column: Σ over the columns of each cell times its number.
        fn "dot"(m: Matrix, x: Column) -> Column {
            same_length(m.width(), x.len())?;
            m.complete()?;
            let mut sums = vec![0.0; m.rows()];
            for k in 0..m.width() {
                let factor = x.values()[k];
                for (sum, value) in sums.iter_mut().zip(m.slice(k)) {
                    *sum += value * factor;
                }
            }
            Column::new(sums)?.each("product", |x| x)
        }
        /// Matrix times matrix.
        fn "dot"(m: Matrix, other: Matrix) -> Matrix {
            same_length(m.width(), other.rows())?;
            m.complete()?;
            other.complete()?;
            let mut values = Vec::new();
            for k in 0..other.width() {
                in_time()?;
                let mut sums = vec![0.0; m.rows()];
                for j in 0..m.width() {
                    let factor = other.slice(k)[j];
                    for (sum, value) in sums.iter_mut().zip(m.slice(j)) {
                        *sum += value * factor;
                    }
                }
                drop(charge(values.len() * 8)?);
                values.extend(sums);
            }
            Matrix::new(values, m.rows(), other.width())?.each("product", |x| x)
        }
        /// The matrix that undoes a square one.
        fn "inverse"(m: Matrix) -> Matrix {
            let (square, n) = m.square()?;
            let mut values = Vec::with_capacity(n * n);
            for k in 0..n {
                in_time()?;
                let (mut left, mut right) = (square.clone(), vec![0.0; n]);
                right[k] = 1.0;
                number::solve(&mut left, &mut right).ok_or_else(singular)?;
                values.extend(right);
            }
            Matrix::new(values, n, n)?.each("inverse", |x| x)
        }
        /// The column x for which `m.dot(x)` is `right`.
        fn "solve"(m: Matrix, right: Column) -> Column {
            in_time()?;
            let (mut left, n) = m.square()?;
            same_length(n, right.len())?;
            let mut x = right.values().to_vec();
            number::solve(&mut left, &mut x).ok_or_else(singular)?;
            Column::new(x)?.each("solve", |x| x)
        }
        /// The column x of numbers of 0 or above with the greatest `objective.dot(x)` for which `rows.dot(x)` is nowhere above
        /// `limits`: a linear programme.
        fn "maximise"(objective: Column, rows: Matrix, limits: Column) -> Column {
            in_time()?;
            same_length(rows.width(), objective.len())?;
            same_length(rows.rows(), limits.len())?;
            rows.complete()?;
            let n = rows.width() * rows.rows();
            if n > 100_000 {
                return Err(too_great(n, 100_000));
            }
            let complete = objective.is_complete() && limits.is_complete();
            if !complete {
                return Err(fail(text!(script_programme_absent), text!(script_programme_absent_hint)));
            }
            let by_rows: Vec<f64> =
                (0..rows.rows()).flat_map(|i| (0..rows.width()).map(move |k| (i, k)))
                    .map(|(i, k)| rows.slice(k)[i])
                    .collect();
            match number::maximise(objective.values(), &by_rows, limits.values()) {
                Ok(found) => Column::new(found),
                Err(Unsolved::Infeasible) => {
                    Err(fail(text!(script_programme_infeasible), text!(script_programme_hint)))
                }
                Err(Unsolved::Unbounded) => {
                    Err(fail(text!(script_programme_unbounded), text!(script_programme_hint)))
                }
                Err(Unsolved::Failed) => {
                    Err(fail(text!(script_programme_failed), text!(script_programme_hint)))
                }
            }
        }
        /// Of a symmetric matrix: `values`, descending, and `vectors`, a matrix with an eigenvector a column.
        fn "eigen"(m: Matrix) -> Map {
            in_time()?;
            let (square, n) = m.square()?;
            if n > 200 {
                return Err(too_great(n, 200));
            }
            let size = square.iter().fold(0.0, |m, x| number::max(m, x.abs()));
            for i in 0..n {
                for j in 0..i {
                    if (square[i * n + j] - square[j * n + i]).abs() > 1e-9 * size {
                        return Err(fail(text!(script_not_symmetric), text!(script_not_symmetric_hint)));
                    }
                }
            }
            let (values, vectors) = number::eigen_symmetric(&square, n)
                .ok_or_else(|| fail(text!(script_no_eigenvalues), text!(script_look_at_matrix)))?;
            let mut map = Map::new();
            map.insert("values".into(), Dynamic::from(Column::new(values)?));
            map.insert("vectors".into(), Dynamic::from(Matrix::new(vectors, n, n)?));
            Ok(map)
        }
        /// Pearson's correlations of all columns with one another; 0 with a constant one.
        fn "correlations"(m: Matrix) -> Matrix { correlations(&m, "pearson") }
        /// Correlations of all columns with one another: `pearson`, `spearman` or `kendall`.
        fn "correlations"(m: Matrix, kind: ImmutableString) -> Matrix { correlations(&m, &kind) }
    }
}

fn singular() -> Failed {
    fail(text!(script_singular), text!(script_singular_hint))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::limits::Limits;

    fn rows(text: &str) -> Vec<Vec<f64>> {
        let (engine, _) = super::super::engine(&Limits::default());
        let m: Matrix = engine.eval(text).expect("a matrix");
        (0..m.rows()).map(|row| m.row(row).collect()).collect()
    }

    #[test]
    fn rows_in_the_order_of_another_matrix() {
        let found = rows(
            "matrix([[1, 4, ()], [3, 4, 8], [2, (), 9]])
                .sort_rows_by(matrix([[5, 7, 1], [6, 7, ()], [4, 9, 2]]))",
        );
        assert_eq!(found[0], [3.0, 1.0, 2.0]);
        // The greatest is absent here; of the two equal ones the last comes first.
        assert!(found[1][0].is_nan());
        assert_eq!(found[1][1..], [4.0, 4.0]);
        assert_eq!(found[2][0], 9.0);
        assert!(found[2][1].is_nan());
        assert_eq!(found[2][2], 8.0);
    }

    #[test]
    fn a_column_repeated() {
        assert_eq!(rows("column([1, 2]).repeat(3)"), [[1.0; 3], [2.0; 3]]);
        let (engine, _) = super::super::engine(&Limits::default());
        let _running = crate::limits::Running::new(&Limits::default());
        let refused = engine.eval::<Matrix>("column([]).repeat(9_000_000_000)").unwrap_err();
        assert!(matches!(*refused, rhai::EvalAltResult::ErrorRuntime(..)), "{refused:?}");
    }
}
