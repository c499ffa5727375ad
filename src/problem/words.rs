//! Every fault in words.

mod data;

use super::Fault;

/// A fault in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    /// What is wrong.
    pub what: String,
    /// What to do, or what would be right.
    pub hint: Option<String>,
}

impl Fault {
    /// The fault in words.
    pub fn words(&self) -> Words {
        match self {
            Fault::Unreadable { file, reason } => {
                Words { what: format!("{file} cannot be read: {reason}"), hint: None }
            }
            Fault::Unwritable { file, reason } => {
                Words { what: format!("{file} cannot be written: {reason}"), hint: None }
            }
            Fault::Data(fault) => data::words(fault),
        }
    }
}
