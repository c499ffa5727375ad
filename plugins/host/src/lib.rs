//! Native plugins: trusted by their hash, held to the contract, run in a child process unless the project says otherwise.
//!
//! This crate and `quanheng-plugin` are the only ones with `unsafe` in them: each such place says why it may.

mod child;
mod describe;
mod given;
mod kit;
mod library;
mod method;
mod plugin;
mod refusal;
#[cfg_attr(not(unix), expect(dead_code, reason = "half of it is for the pipe to a child process"))]
mod settings;
mod template;

pub use child::{COMMAND, ChildLimits, Walls, child};
pub use describe::{Description, Offer, Outcome};
pub use kit::{Examined, examine};
pub use library::CONTRACTS;
pub use method::{Plugged, SystemFault, build};
pub use plugin::{Isolation, Plugin, Prepared, Unfit, hash};
pub use refusal::Refusal;
pub use template::template;
