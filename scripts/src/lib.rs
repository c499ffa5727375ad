//! Methodologies written in Rhai: what a script can use, and what it can be.

mod call;
mod check;
mod definitions;
mod document;
mod example;
mod header;
mod host;
mod import;
mod library;
mod limits;
mod outcome;
mod problem;
mod script;
mod setting;
mod source;
mod stack;
mod stage;
mod template;

pub use definitions::{definitions, reference};
pub use document::document;
pub use example::{SystemExample, Worked, system_trial};
pub use header::Header;
pub use host::{Column, Function, Mask, Matrix, Tiers, Unit};
pub use import::{BUNDLED, Unread};
pub use library::{Bundled, TABLE as LIBRARY};
pub use limits::Limits;
pub use outcome::{Compared, Failure, Given, Outcome, TOLERANCE};
pub use script::{FUNCTIONS, Host, Prepared, Script, Unfit, no_stage};
pub use stack::{STACK, has_stack};
pub use stage::{LeagueDraft, Scripted, SystemFault, build, leagues};
/// The version of the engine that runs scripts; results may depend on it, and a test compares it with `Cargo.lock`.
pub const RHAI: &str = "1.27.0";

pub use template::{NameFault, template, template_file};
