//! Leaves whose columns a formula from outside computes from raw columns.

use std::fmt;
use std::sync::Arc;

use super::Column;
use crate::method::{MethodError, Rows};

/// A formula over raw columns.
pub trait Derive: Send + Sync {
    /// The raw columns that it reads, by name.
    fn columns(&self) -> &[String];

    /// The leaf's column, a cell for each row of the panel.
    ///
    /// # Errors
    /// The reason why the formula gives no number; rows are those of the panel.
    fn derive(&self, columns: &[&Column], rows: Rows<'_>) -> Result<Column, MethodError>;

    /// What it is called in messages.
    fn name(&self) -> &str;
}

/// A formula that a leaf's column is made by. Two are equal if they are the same one.
#[derive(Clone)]
pub struct Derivation(pub Arc<dyn Derive>);

impl fmt::Debug for Derivation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Derivation").field(&self.0.name()).finish()
    }
}

impl PartialEq for Derivation {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}
