//! Files to tables: text with places, then typed columns; and results to files that are whole or not there.

pub mod decode;
pub mod file;
pub mod number;
