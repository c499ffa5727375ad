//! What can be wrong with a chart that is asked for.

use crate::data::map::MapFault;
use crate::report::chart::{Kind, Reason};

/// Kinds of faults of a chart.
#[derive(Clone, Debug)]
pub enum ChartFault {
    /// It cannot be drawn.
    None {
        /// Its kind.
        kind: &'static Kind,
        /// Why.
        reason: Reason,
    },
    /// The name of a file that ends in nothing that a chart can be.
    Ending {
        /// The name.
        file: String,
    },
    /// A file that should be a map.
    Map {
        /// The name of the file.
        file: String,
        /// What is wrong with it.
        fault: MapFault,
    },
}

impl PartialEq for ChartFault {
    fn eq(&self, other: &ChartFault) -> bool {
        match (self, other) {
            (ChartFault::None { kind, reason }, ChartFault::None { kind: k, reason: r }) => {
                kind.name == k.name && reason == r
            }
            (ChartFault::Ending { file: a }, ChartFault::Ending { file: b }) => a == b,
            (ChartFault::Map { file, fault }, ChartFault::Map { file: f, fault: other }) => {
                file == f && fault == other
            }
            _ => false,
        }
    }
}
