//! The project: `quanheng.toml` and everything it names.

mod choices;
mod condition;
mod data;
mod desk;
mod keys;
mod limits;
mod methodologies;
mod multiverse;
mod options;
mod pin;
mod plugins;
mod reader;
mod resolve;
mod resolved;
mod said;
mod schema;
mod scripts;
mod snapshots;
mod systems;
mod tree;
mod trust;
mod value;

pub use multiverse::Multiverse;
pub use pin::{Pinned, pin};
pub(crate) use plugins::isolation;
pub use plugins::run_plugins_in;
pub use resolve::{file_of, language_of, open, open_whole};
pub use resolved::Resolved;
pub use said::{ReadFile, Said};
pub use schema::schema_text;
pub use trust::{remember, trust_pins};
