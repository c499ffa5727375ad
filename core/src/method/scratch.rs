//! Buffers that methods borrow, so that a replayed evaluation allocates nothing.

use super::Intermediate;

/// Reusable working space. What it holds between calls is undefined: clear before use.
#[derive(Clone, Debug, Default)]
pub struct Scratch {
    /// Numbers.
    pub a: Vec<f64>,
    /// More numbers.
    pub b: Vec<f64>,
    /// And more.
    pub c: Vec<f64>,
    /// Positions, for sorting.
    pub order: Vec<u32>,
    /// Where intermediate results are given.
    pub intermediate: Intermediate,
}
