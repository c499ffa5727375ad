//! The multiverse that a command names, and where its ledger lies.

use std::path::PathBuf;

use quanheng_words::text;

use crate::gate::{Folder, file_name};
use crate::multiverse::{Evaluated, evaluate};
use crate::problem::{Fault, Problem, Problems};
use crate::progress::Progress;
use crate::project::{Multiverse, Resolved};

/// The multiverse of this name, or the only one of the project.
pub(super) fn chosen<'r>(
    resolved: &'r Resolved,
    name: Option<&str>,
) -> Result<&'r Multiverse, Problems> {
    let known = || resolved.multiverses.keys().cloned().collect();
    let found = match name {
        Some(name) => resolved.multiverses.get(name),
        None if resolved.multiverses.len() == 1 => resolved.multiverses.values().next(),
        None => None,
    };
    // One with something wrong in it, or in the methodology that it changes, is not there.
    let mut wrong = resolved.aside.multiverse(name);
    if wrong.is_empty() && resolved.multiverses.is_empty() {
        wrong = resolved.aside.all();
    }
    match found {
        Some(multiverse) => Ok(multiverse),
        None if !wrong.is_empty() => Err(wrong),
        None if name.is_none() && resolved.multiverses.len() > 1 => {
            let fault = Fault::WhichMultiverse { known: known() };
            Err(Problem { fault, places: Vec::new() }.into())
        }
        None => {
            let name = name.unwrap_or_default();
            Err(Problem::unknown(text!(thing_multiverse), name, known()).into())
        }
    }
}

/// The folder of a ledger, where no other one is stated.
pub(super) fn folder(resolved: &Resolved, multiverse: &Multiverse) -> PathBuf {
    Folder::of(resolved.said.file()).join("multiverse").join(file_name(&multiverse.code))
}

/// The results of a multiverse, from its ledger as far as that has them.
pub(super) fn ledger(
    resolved: &Resolved,
    name: Option<&str>,
    progress: &Progress,
) -> Result<Evaluated, Problems> {
    let multiverse = chosen(resolved, name)?;
    let folder = folder(resolved, multiverse);
    let outlet = Folder::of(resolved.said.file()).outlet(&folder);
    let outlet = outlet.map_err(|e| Problem::unwritable(folder.display(), e))?;
    evaluate(resolved, multiverse, &outlet, false, progress)
}
