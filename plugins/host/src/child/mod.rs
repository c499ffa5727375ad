//! A library in a child process of the same program: a crash, a hang or an abort of it ends a call, and nothing else.
//!
//! The child and its host speak through pipes and memory of Unix; elsewhere nothing is started, and a plugin only runs in
//! the program itself.

#[cfg(not(unix))]
mod absent;
#[cfg(unix)]
mod inside;
#[cfg(unix)]
mod process;
#[cfg(unix)]
mod protocol;
mod sandbox;

use std::time::Duration;

use quanheng_words::Text;

#[cfg(not(unix))]
pub(crate) use absent::Child;
#[cfg(not(unix))]
pub use absent::child;
#[cfg(unix)]
pub use inside::child;
#[cfg(unix)]
pub(crate) use process::Child;
pub use sandbox::Walls;

/// The word by which the program starts itself as a child.
pub const COMMAND: &str = "plugin-child";

/// What a child may use up.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ChildLimits {
    /// The time of one call.
    pub time: Duration,
    /// Its memory, the columns that are shared with it counted.
    pub megabytes: u64,
}

impl Default for ChildLimits {
    fn default() -> Self {
        ChildLimits { time: Duration::from_secs(60), megabytes: 4096 }
    }
}

/// A child process that has ended.
pub(crate) struct Dead(pub(crate) Text);
