//! `quanheng schema`: the JSON Schema of the project file.

use super::print;
use crate::problem::Problems;

/// What `schema` takes: nothing.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {}

pub(super) fn run(_: Arguments) -> Result<(), Problems> {
    print(&crate::project::schema_text())
}
