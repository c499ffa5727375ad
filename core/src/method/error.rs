//! What can go wrong inside a method. These are facts only; rows and columns are those of the method's input.

use std::fmt;

use super::ProgramFault;

/// Why a method gave no result.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum MethodError {
    /// A fact that every leaf (or this one) must state is not stated; names the column of the tree.
    NoFact(&'static str),
    /// All values are equal, so that no scale can be laid over them.
    Constant {
        /// The one value.
        value: f64,
    },
    /// Fewer values than the method can work with.
    TooFew {
        /// How many there are.
        found: usize,
        /// How many it takes.
        needed: usize,
    },
    /// Cells without a value where the method cannot do without.
    Absent {
        /// The column, by its position in the input.
        column: usize,
        /// The rows.
        rows: Vec<usize>,
    },
    /// A value at or below zero (or below zero) where the formula has no meaning for it.
    OutOfDomain {
        /// The column, by its position in the input.
        column: usize,
        /// The row.
        row: usize,
        /// The value.
        value: f64,
        /// What it would have to be, for example `above 0`.
        needed: &'static str,
    },
    /// A value that no category or band covers.
    NoCategory {
        /// The row.
        row: usize,
        /// The value.
        value: f64,
    },
    /// Weights that add up to nothing.
    NoWeight,
    /// A child that has no stated weight (or full marks); its position among its siblings.
    Unstated {
        /// The child.
        child: usize,
        /// What it lacks: a column of the tree.
        fact: &'static str,
    },
    /// A region named in the settings that is not among the rows.
    NoRegion {
        /// Its code.
        code: String,
    },
    /// A code named in the settings that is not among the siblings or columns.
    NoCode {
        /// The code.
        code: String,
    },
    /// A linear program without a solution.
    Infeasible {
        /// The row that it was set up for.
        row: usize,
    },
    /// An iteration that did not settle.
    NoConvergence {
        /// How many steps were taken.
        steps: usize,
    },
    /// A column that is beyond the limits of skewness and kurtosis after it was treated.
    Skewed {
        /// Its skewness.
        skewness: f64,
        /// Its excess kurtosis.
        kurtosis: f64,
    },
    /// A script or plugin that failed.
    Program(Box<ProgramFault>),
    /// Numbers that do not fit together, in the method's own words.
    Other(String),
}

impl fmt::Display for MethodError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            MethodError::NoFact(fact) => write!(f, "`{fact}` is not stated"),
            MethodError::Constant { value } => write!(f, "every value is {value}"),
            MethodError::TooFew { found, needed } => {
                write!(f, "{found} values where at least {needed} are needed")
            }
            MethodError::Absent { column, rows } => {
                write!(f, "{} cells of column {} have no value", rows.len(), column + 1)
            }
            MethodError::OutOfDomain { column, row, value, needed } => {
                write!(f, "{value} in row {} of column {} must be {needed}", row + 1, column + 1)
            }
            MethodError::NoCategory { row, value } => {
                write!(f, "no category or band covers {value} in row {}", row + 1)
            }
            MethodError::NoWeight => f.write_str("the weights add up to nothing"),
            MethodError::Unstated { child, fact } => {
                write!(f, "child {} states no `{fact}`", child + 1)
            }
            MethodError::NoRegion { code } => write!(f, "no region `{code}` here"),
            MethodError::NoCode { code } => write!(f, "no `{code}` here"),
            MethodError::Infeasible { row } => {
                write!(f, "the linear program of row {} has no solution", row + 1)
            }
            MethodError::NoConvergence { steps } => write!(f, "not settled after {steps} steps"),
            MethodError::Skewed { skewness, kurtosis } => {
                write!(f, "skewness {skewness} and kurtosis {kurtosis} after treatment")
            }
            MethodError::Program(fault) => fault.fmt(f),
            MethodError::Other(words) => f.write_str(words),
        }
    }
}

impl std::error::Error for MethodError {}
