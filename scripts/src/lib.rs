//! Methodologies written in Rhai: what a script can use, and what it can be.

mod call;
mod check;
mod example;
mod header;
mod host;
mod import;
mod library;
mod limits;
mod problem;
mod script;
mod setting;
mod stage;

pub use example::{SystemExample, Worked, system_trial};
pub use header::Header;
pub use host::{Column, Function, Mask, Matrix, Tiers, Unit};
pub use import::Unread;
pub use library::{Bundled, TABLE as LIBRARY};
pub use limits::Limits;
pub use script::{FUNCTIONS, Host, Prepared, Script, Unfit};
pub use stage::{LeagueDraft, Scripted, SystemFault, build, leagues};
