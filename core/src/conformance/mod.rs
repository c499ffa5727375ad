//! The battery that every method passes, whether built in, a script or a plugin.

mod battery;
mod trial;

pub use battery::{Finding, Subject, check, inputs};
pub use trial::Trial;
