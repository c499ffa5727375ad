//! Native plugins: trusted by their hash, checked against the contract, run in a child process unless the project
//! states otherwise.
//!
//! This crate and `quanheng-plugin` are the only ones that contain `unsafe`; a comment at each such place justifies it.

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
