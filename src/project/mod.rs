//! The project: `quanheng.toml` and everything it names.

mod choices;
mod condition;
mod data;
mod desk;
mod file;
mod files;
mod groups;
mod keys;
mod lay;
mod leagues;
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
mod scripts;
mod snapshots;
mod systems;
mod table;
mod tree;
mod trust;
mod value;

pub use multiverse::Multiverse;
pub use pin::{Pinned, pin};
pub(crate) use plugins::isolation;
pub use plugins::run_plugins_in;
pub use resolve::{file_of, language_of, open, open_whole};
pub use resolved::{About, Resolved};
pub use said::{ReadFile, Said};
pub use table::{document, schema_text};
pub use trust::{remember, trust_pins};
