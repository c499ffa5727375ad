//! `quanheng schema`: the JSON Schema of the project file.

use super::{Failure, print};

/// What `schema` takes: nothing.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {}

pub(super) fn run(_: Arguments) -> Result<(), Failure> {
    print(&crate::project::schema_text());
    Ok(())
}
