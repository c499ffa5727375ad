//! Which project a command line names: by a path, or by the name of a listed project.

use std::path::{Path, PathBuf};

use super::subject::is_project;
use crate::problem::Problems;
use crate::registry;

/// Where a command line names its project.
#[derive(Debug)]
pub(super) enum Place<'a> {
    /// In an argument of its own.
    Path(&'a mut PathBuf),
    /// As the first of its words, if it names one: the other words name something in the project.
    Optional(&'a mut Vec<String>),
    /// As the first of two words, if there are two.
    OfTwo(&'a mut Vec<String>),
}

impl Place<'_> {
    /// Puts the folder of a listed project in the place of its name.
    ///
    /// # Errors
    /// A name that no listed project has, or several.
    pub(super) fn settle(self) -> Result<(), Problems> {
        let found = |word: &Path| registry::find(word).map_err(|problem| Problems::from(*problem));
        match self {
            Place::Path(path) => *path = found(path)?,
            Place::Optional(words) => {
                if let Some(first) = words.first_mut().filter(|word| may_name_project(word)) {
                    *first = found(Path::new(first.as_str()))?.display().to_string();
                }
            }
            Place::OfTwo(words) => {
                if words.len() > 1 {
                    words[0] = found(Path::new(&words[0]))?.display().to_string();
                }
            }
        }
        Ok(())
    }
}

/// Whether a word names a project rather than something in the project of the current folder: there is none, folders
/// are listed, and the word is neither a path nor a subject.
fn may_name_project(word: &str) -> bool {
    !is_project(word)
        && !word.contains([':', '@'])
        && !Path::new("quanheng.toml").is_file()
        && !registry::folders().is_empty()
}
