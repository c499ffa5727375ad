//! The battery that every method passes, whether built in, a script or a plugin.

mod battery;
mod degenerate;
mod trial;

pub use battery::{Finding, Subject, check, inputs};
pub use degenerate::{DEGENERATE, Degenerate, Given};
pub use trial::{Trial, trial_with_printed_weights};
