//! Opening a project: reading, resolving, saying what is wrong.

use std::path::Path;

use super::{Failure, Terminal};
use crate::project::{self, Resolved};

/// Reads and resolves the project in a folder. Warnings are printed; errors end the command.
pub(super) fn open(path: &Path, terminal: Terminal) -> Result<Resolved, Failure> {
    let resolved = project::open(path)?;
    if !resolved.warnings.is_empty() {
        eprint!("{}", resolved.warnings.render(terminal.err));
    }
    Ok(resolved)
}
