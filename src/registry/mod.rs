//! The projects below folders that the user lists, each known by the name of its folder. Nothing is fetched: a listed
//! folder is a checkout of the user's own.

mod entry;
mod folders;
pub mod like;

pub use entry::{Entry, Facts, Locked};
pub use folders::{add, add_for_this_run, folders, remove};

use std::path::{Component, Path, PathBuf};

use crate::problem::{Fault, Problem};

/// The file that makes a folder a project.
const PROJECT: &str = "quanheng.toml";

/// How many folders deep projects are looked for below a listed one.
const DEPTH: usize = 4;

/// How many folders are looked into at most, so that a listed root of a disk ends.
const MOST: usize = 20_000;

/// A project of a listed folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// The name of its folder, by which commands know it.
    pub name: String,
    /// Its folder, as it lies below the listed one.
    pub folder: PathBuf,
}

/// Every project of the listed folders, by name, and those of one name by their folders. A listed folder that is not
/// there has none. Projects inside a project, folders whose names begin with a full stop, and links are left out.
pub fn projects() -> Vec<Listed> {
    let mut found: Vec<Listed> = Vec::new();
    let mut left = MOST;
    for folder in folders() {
        let mut below = vec![(folder, 0)];
        while let Some((folder, depth)) = below.pop() {
            if left == 0 {
                break;
            }
            left -= 1;
            if folder.join(PROJECT).is_file() {
                found.extend(name_of(&folder).map(|name| Listed { name, folder }));
            } else if depth < DEPTH {
                below.extend(inside(&folder).into_iter().map(|folder| (folder, depth + 1)));
            }
        }
    }
    quanheng_core::number::sort_items(&mut found, |a, b| {
        (&a.name, &a.folder).cmp(&(&b.name, &b.folder))
    });
    // Two listed folders may have the same one below them.
    found.dedup_by(|a, b| a.name == b.name && same(&a.folder, &b.folder));
    found
}

/// The name of a folder, also of one that is written `.` or `..`.
fn name_of(folder: &Path) -> Option<String> {
    let named = |path: &Path| path.file_name().map(|name| name.to_string_lossy().into_owned());
    named(folder).or_else(|| named(&folder.canonicalize().ok()?))
}

/// The folders in a folder that may hold projects.
fn inside(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let is_folder = |entry: &std::fs::DirEntry| {
        let is_hidden = entry.file_name().to_string_lossy().starts_with('.');
        !is_hidden && entry.file_type().is_ok_and(|kind| kind.is_dir())
    };
    entries.flatten().filter(is_folder).map(|entry| entry.path()).collect()
}

fn same(a: &Path, b: &Path) -> bool {
    a == b || a.canonicalize().ok().zip(b.canonicalize().ok()).is_some_and(|(a, b)| a == b)
}

/// Whether a word can be the name of a project: one part of a path, and nothing that is there as a file or folder.
pub fn is_name(word: &Path) -> bool {
    let mut parts = word.components();
    let is_one = matches!((parts.next(), parts.next()), (Some(Component::Normal(_)), None));
    is_one && word.extension().is_none_or(|e| e != "toml") && !word.exists()
}

/// Where a project lies that a command line names: a path stays as it is, also where a listed project has its name; a
/// name becomes the folder of the listed project.
///
/// # Errors
/// A name that no listed project has, or several.
pub fn find(word: &Path) -> Result<PathBuf, Box<Problem>> {
    if !is_name(word) {
        return Ok(word.to_path_buf());
    }
    let all = projects();
    let name = word.to_string_lossy();
    let named: Vec<&Listed> = all.iter().filter(|listed| listed.name == name).collect();
    let fault = match named.as_slice() {
        [one] => return Ok(one.folder.clone()),
        [] => {
            let mut known: Vec<String> = all.into_iter().map(|listed| listed.name).collect();
            known.dedup();
            Fault::UnknownProject { name: name.into_owned(), known }
        }
        several => {
            let folders = several.iter().map(|listed| listed.folder.display().to_string());
            Fault::SeveralProjects { name: name.into_owned(), folders: folders.collect() }
        }
    };
    Err(Box::new(Problem { fault, places: Vec::new() }))
}
