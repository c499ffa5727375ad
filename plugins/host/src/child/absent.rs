//! Replaces the child process on systems without one. No value of this type exists, because nothing starts a child.

use std::convert::Infallible;
use std::path::Path;

use quanheng_words::text;

use super::{ChildLimits, Dead, Walls};
use crate::describe::Description;
use crate::given::{Beside, Failure, Given};
use crate::refusal::Refusal;
use crate::settings::Stated;

#[derive(Debug)]
pub(crate) struct Child {
    never: Infallible,
    pub(crate) description: Description,
    pub(crate) walls: Walls,
}

impl Child {
    pub(crate) fn start(_: &Path, _: &Path, _: ChildLimits) -> Result<Child, Refusal> {
        Err(Refusal::NoIsolation { reason: text!(plugin_children_unix) })
    }

    pub(crate) fn runs(&mut self) -> bool {
        match self.never {}
    }

    pub(crate) fn make(&mut self, _: usize, _: &Stated) -> Result<Result<u64, Failure>, Dead> {
        match self.never {}
    }

    pub(crate) fn call(
        &mut self,
        _: u64,
        _: &Given<'_>,
        _: &mut [f64],
    ) -> Result<Result<Beside, Failure>, Dead> {
        match self.never {}
    }

    pub(crate) fn drop_instance(&mut self, _: u64) {
        match self.never {}
    }
}

/// The body of the hidden command that a child process runs.
///
/// # Errors
/// Always: child processes are not available on this system.
pub fn child(_: &Path, _: &Path, _: u64) -> std::io::Result<()> {
    let reason = text!(plugin_children_unix).to_string();
    Err(std::io::Error::new(std::io::ErrorKind::Unsupported, reason))
}
