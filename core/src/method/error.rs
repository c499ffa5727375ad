//! What can go wrong inside a method. These are facts only; rows and columns are those of the method's input.

use std::fmt;

use quanheng_words::{Text, text};

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
    /// No column has two different values, so that nothing weighs one more than another.
    AllConstant,
    /// Fewer values than the method can work with.
    TooFew {
        /// How many there are.
        found: usize,
        /// How many it takes.
        needed: usize,
    },
    /// Fewer different values than the method can work with.
    TooFewDistinct {
        /// How many values there are.
        values: usize,
        /// How many of them are different.
        distinct: usize,
        /// How many different ones it takes.
        needed: usize,
    },
    /// Fewer rows in which everything has a value than the method can work with.
    TooFewRows {
        /// How many there are.
        found: usize,
        /// How many it takes.
        needed: usize,
    },
    /// A number made of a whole column, such as its sum, by which the formula cannot divide.
    Divisor {
        /// The column, by its position in the input.
        column: usize,
        /// What it is, for example "the sum".
        what: Box<Text>,
        /// The number.
        value: f64,
        /// What it would have to be, for example "above 0".
        needed: Box<Text>,
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
        /// What it would have to be, for example "above 0".
        needed: Text,
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
    /// A setting says nothing of a node that it must speak of.
    NotInSetting {
        /// The setting.
        setting: &'static str,
        /// The code of the node.
        code: String,
    },
    /// A group named in the settings that the project does not have.
    NoGroup {
        /// Its code.
        code: String,
    },
    /// The project states no neighbours, and the method looks at them.
    NoNeighbours,
    /// A region that has no neighbour with a value among the rows, where the method cannot do without.
    NoNeighbour {
        /// The row.
        row: usize,
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
    Other(Text),
}

impl MethodError {
    /// The error in words, without the names of columns and regions, which only the evaluation knows.
    pub fn words(&self) -> Text {
        match self {
            MethodError::NoFact(fact) => text!(method_fact_missing, fact = *fact),
            MethodError::Constant { value } => text!(column_constant, value = *value),
            MethodError::AllConstant => text!(all_constant),
            MethodError::TooFew { found, needed } => {
                text!(too_few_values, found = *found, needed = *needed)
            }
            MethodError::TooFewDistinct { values, distinct, needed } => {
                text!(too_few_distinct, values = *values, distinct = *distinct, needed = *needed)
            }
            MethodError::TooFewRows { found, needed } => {
                text!(too_few_rows, found = *found, needed = *needed)
            }
            MethodError::Divisor { column, what, value, needed } => text!(
                method_divisor,
                what = &**what,
                column = column + 1,
                value = *value,
                needed = &**needed
            ),
            MethodError::Absent { column, rows } => {
                text!(method_absent, cells = rows.len(), column = column + 1)
            }
            MethodError::OutOfDomain { column, row, value, needed } => text!(
                method_value_out_of_domain,
                value = *value,
                row = row + 1,
                column = column + 1,
                needed = needed
            ),
            MethodError::NoCategory { row, value } => {
                text!(method_category_missing, value = *value, row = row + 1)
            }
            MethodError::NoWeight => text!(weights_zero),
            MethodError::Unstated { child, fact } => {
                text!(method_unstated, child = child + 1, fact = *fact)
            }
            MethodError::NoRegion { code } => text!(method_region_not_found, code = code),
            MethodError::NoCode { code } => text!(method_code_not_found, code = code),
            MethodError::NotInSetting { setting, code } => {
                text!(not_in_setting, setting = *setting, code = code)
            }
            MethodError::NoGroup { code } => text!(group_not_found, code = code),
            MethodError::NoNeighbours => text!(neighbours_not_stated),
            MethodError::NoNeighbour { row } => text!(method_neighbour_missing, row = row + 1),
            MethodError::Infeasible { row } => {
                text!(method_linear_program_infeasible, row = row + 1)
            }
            MethodError::NoConvergence { steps } => text!(not_converged, steps = *steps),
            MethodError::Skewed { skewness, kurtosis } => {
                text!(skewed, skewness = *skewness, kurtosis = *kurtosis)
            }
            MethodError::Program(fault) => fault.what.clone(),
            MethodError::Other(words) => words.clone(),
        }
    }
}

impl fmt::Display for MethodError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.words().fmt(f)
    }
}

impl std::error::Error for MethodError {}
