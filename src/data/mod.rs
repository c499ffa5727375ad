//! Reads files into tables (text with places, then typed columns), and writes results to files that are complete or
//! absent.

mod codes;
pub mod coding;
pub mod decode;
pub mod encoding;
pub mod file;
pub mod frame;
pub mod grid;
pub mod layout;
mod lines;
pub mod mapping;
pub mod names;
pub mod number;
pub mod order;
pub mod period;
pub mod records;
mod rows;
pub mod stems;
pub mod table;
pub mod write;
