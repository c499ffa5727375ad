//! Files to tables: text with places, then typed columns; and results to files that are whole or not there.

pub mod decode;
pub mod file;
pub mod grid;
pub mod mapping;
pub mod number;
pub mod period;
pub mod table;
pub mod write;
