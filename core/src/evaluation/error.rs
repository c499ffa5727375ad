//! What went wrong in an evaluation, and where.

use crate::method::{MethodError, Stage};
use crate::model::NodeId;

/// An error of a method, with the names of its rows and columns.
#[derive(Clone, Debug, PartialEq)]
pub struct EvaluationError {
    /// The stage.
    pub stage: Stage,
    /// The method.
    pub method: String,
    /// The leaf whose column it was, or the node whose children were weighed or put together.
    pub node: NodeId,
    /// The child (or other leaf) that the error is about.
    pub child: Option<NodeId>,
    /// The first row of the panel that the method looked at: tells league and period.
    pub first_row: usize,
    /// The rows of the panel that the error is about.
    pub rows: Vec<usize>,
    /// Whether it is about the denominator of a leaf, and not about the column that the leaf is read from.
    pub beside: bool,
    /// What went wrong; its rows and columns are those of the method's input.
    pub error: MethodError,
}
