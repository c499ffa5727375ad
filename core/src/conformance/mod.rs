//! The battery that every method passes, whether built in, a script or a plugin.

mod trial;

pub use trial::Trial;
