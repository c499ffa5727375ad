//! The project: `quanheng.toml` and everything it names.

mod choices;
mod condition;
mod data;
mod keys;
mod limits;
mod methodologies;
mod reader;
mod resolve;
mod schema;
mod scripts;
mod systems;
mod tree;
mod value;

pub use resolve::{Resolved, open};
pub use schema::schema_text;
