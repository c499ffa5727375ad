//! The files of pinned and pending snapshots, and the steps from one to the other.

use std::path::{Path, PathBuf};

use super::parse::{Read, read};
use crate::data::write;
use crate::gate::bounds::WHOLE_FILE;
use crate::gate::{self, code_of, file_name};
use crate::problem::{Problem, Problems};

/// The folder of a project's snapshots: `snapshots/`, and for a project file with a name of its own, a folder of that
/// name in it.
#[derive(Clone, Debug)]
pub struct Folder {
    path: PathBuf,
    /// The folder of the project: nothing is read or written outside it.
    project: gate::Folder,
}

/// A snapshot that waits to be accepted or rejected.
#[derive(Clone, Debug)]
pub struct Pending {
    /// The methodology.
    pub methodology: String,
    /// What it would become.
    pub read: Read,
}

const PINNED: &str = ".snap";
const PENDING: &str = ".snap.new";

impl Folder {
    /// The snapshots of the project in a folder, or of a project file.
    pub fn of(project: &Path) -> Folder {
        if project.is_dir() {
            let above = if project == Path::new(".") { Path::new("") } else { project };
            return Folder { path: above.join("snapshots"), project: gate::Folder::at(above) };
        }
        let path = project.parent().map(|above| above.join("snapshots")).unwrap_or_default();
        let path = match project.file_stem() {
            Some(stem) if stem != "quanheng" => path.join(stem),
            _ => path,
        };
        Folder { path, project: gate::Folder::of(project) }
    }

    /// The folder itself.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The file that pins a methodology.
    pub fn pinned(&self, methodology: &str) -> PathBuf {
        self.path.join(file_name(methodology) + PINNED)
    }

    /// The file of what would be pinned.
    pub fn pending(&self, methodology: &str) -> PathBuf {
        self.path.join(file_name(methodology) + PENDING)
    }

    /// The methodologies that have a file of what is pinned, in the order of their codes.
    ///
    /// # Errors
    /// A folder that cannot be read.
    pub fn all_pinned(&self) -> Result<Vec<String>, Problems> {
        self.codes(PINNED)
    }

    /// The methodologies that have a file of what would be pinned, in the order of their codes.
    ///
    /// # Errors
    /// A folder that cannot be read.
    pub fn all_pending(&self) -> Result<Vec<String>, Problems> {
        self.codes(PENDING)
    }

    fn codes(&self, ending: &str) -> Result<Vec<String>, Problems> {
        let unreadable = |e: std::io::Error| Problem::unreadable(self.path.display(), e);
        let entries = match self.project.inside(&self.path).and_then(std::fs::read_dir) {
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(e) => return Err(unreadable(e).into()),
            Ok(entries) => entries,
        };
        let mut codes = Vec::new();
        for entry in entries {
            let name = entry.map_err(unreadable)?.file_name();
            let stem = name.to_str().and_then(|name| name.strip_suffix(ending));
            codes.extend(stem.map(code_of));
        }
        codes.sort();
        Ok(codes)
    }

    /// The file that pins a methodology, as it is; `None` where it cannot be read.
    pub fn pinned_text(&self, methodology: &str) -> Option<String> {
        let bytes = self.project.read(&self.pinned(methodology), WHOLE_FILE).ok()?;
        String::from_utf8(bytes).ok()
    }

    /// Reads what is pinned of a methodology; `None` where nothing is.
    ///
    /// # Errors
    /// A file that cannot be read.
    pub fn read(&self, methodology: &str) -> Result<Option<Read>, Box<Problem>> {
        read(&self.project, &self.pinned(methodology), methodology)
    }

    /// Reads what would be pinned of a methodology; `None` where nothing is pending.
    ///
    /// # Errors
    /// A file that cannot be read.
    pub fn read_pending(&self, methodology: &str) -> Result<Option<Pending>, Box<Problem>> {
        let read = read(&self.project, &self.pending(methodology), methodology)?;
        Ok(read.map(|read| Pending { methodology: methodology.to_owned(), read }))
    }

    /// Puts a text beside what is pinned, to be accepted or rejected.
    ///
    /// # Errors
    /// A file that cannot be written.
    pub fn propose(&self, methodology: &str, text: &str) -> Result<(), Problems> {
        write::below(&self.project, &self.pending(methodology), text.as_bytes())
    }

    /// Pins a text and removes the pending file.
    ///
    /// # Errors
    /// A file that cannot be written; the older file is then unchanged, and the pending one still exists.
    pub fn pin(&self, methodology: &str, text: &str) -> Result<(), Problems> {
        write::below(&self.project, &self.pinned(methodology), text.as_bytes())?;
        self.discard(methodology)
    }

    /// Removes the pending snapshot of a methodology, if there is one.
    ///
    /// # Errors
    /// A file that cannot be removed.
    pub fn discard(&self, methodology: &str) -> Result<(), Problems> {
        self.remove(&self.pending(methodology))
    }

    /// Removes the pinned snapshot of a methodology.
    ///
    /// # Errors
    /// A file that cannot be removed.
    pub fn unpin(&self, methodology: &str) -> Result<(), Problems> {
        self.remove(&self.pinned(methodology))
    }

    /// Removes a file, or a link itself; not one in a folder that a link puts elsewhere.
    fn remove(&self, path: &Path) -> Result<(), Problems> {
        let removed = self.project.inside(&self.path).and_then(|_| std::fs::remove_file(path));
        match removed {
            Err(e) if e.kind() != std::io::ErrorKind::NotFound => {
                Err(Problem::unwritable(path.display(), e).into())
            }
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_project_file_has_its_own() {
        let path = |project: &str| Folder::of(Path::new(project)).path;
        assert_eq!(path("p/quanheng.toml"), Path::new("p/snapshots"));
        assert_eq!(path("p/variant.toml"), Path::new("p/snapshots/variant"));
        assert_eq!(path("quanheng.toml"), Path::new("snapshots"));
        assert_eq!(path("src"), Path::new("src/snapshots"));
        assert_eq!(path("."), Path::new("snapshots"));
    }
}
