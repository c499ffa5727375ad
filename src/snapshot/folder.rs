//! The files of pinned and pending snapshots, and the steps from one to the other.

use std::path::{Path, PathBuf};

use super::parse::{Read, read};
use crate::data::write;
use crate::problem::{Problem, Problems};

/// The folder of a project's snapshots: `snapshots/`, and for a project file with a name of its own, a folder of that
/// name in it.
#[derive(Clone, Debug)]
pub struct Folder {
    path: PathBuf,
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
        if project == Path::new(".") {
            return Folder { path: PathBuf::from("snapshots") };
        }
        if project.is_dir() {
            return Folder { path: project.join("snapshots") };
        }
        let path = project.parent().map(|above| above.join("snapshots")).unwrap_or_default();
        match project.file_stem() {
            Some(stem) if stem != "quanheng" => Folder { path: path.join(stem) },
            _ => Folder { path },
        }
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
        let entries = match std::fs::read_dir(&self.path) {
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(e) => return Err(unreadable(e).into()),
            Ok(entries) => entries,
        };
        let mut codes = Vec::new();
        for entry in entries {
            let name = entry.map_err(unreadable)?.file_name();
            let stem = name.to_str().and_then(|name| name.strip_suffix(ending));
            codes.extend(stem.map(code));
        }
        codes.sort();
        Ok(codes)
    }

    /// Reads what is pinned of a methodology; `None` where nothing is.
    ///
    /// # Errors
    /// A file that cannot be read.
    pub fn read(&self, methodology: &str) -> Result<Option<Read>, Box<Problem>> {
        read(&self.pinned(methodology), methodology)
    }

    /// Reads what would be pinned of a methodology; `None` where nothing is pending.
    ///
    /// # Errors
    /// A file that cannot be read.
    pub fn read_pending(&self, methodology: &str) -> Result<Option<Pending>, Box<Problem>> {
        let read = read(&self.pending(methodology), methodology)?;
        Ok(read.map(|read| Pending { methodology: methodology.to_owned(), read }))
    }

    /// Puts a text beside what is pinned, to be accepted or rejected.
    ///
    /// # Errors
    /// A file that cannot be written.
    pub fn propose(&self, methodology: &str, text: &str) -> Result<(), Problems> {
        write::bytes(&self.pending(methodology), text.as_bytes())
    }

    /// Pins a text and removes the pending file.
    ///
    /// # Errors
    /// A file that cannot be written; the older file is then unchanged, and the pending one still exists.
    pub fn pin(&self, methodology: &str, text: &str) -> Result<(), Problems> {
        write::bytes(&self.pinned(methodology), text.as_bytes())?;
        self.discard(methodology)
    }

    /// Removes the pending snapshot of a methodology, if there is one.
    ///
    /// # Errors
    /// A file that cannot be removed.
    pub fn discard(&self, methodology: &str) -> Result<(), Problems> {
        remove(&self.pending(methodology))
    }

    /// Removes the pinned snapshot of a methodology.
    ///
    /// # Errors
    /// A file that cannot be removed.
    pub fn unpin(&self, methodology: &str) -> Result<(), Problems> {
        remove(&self.pinned(methodology))
    }
}

fn remove(path: &Path) -> Result<(), Problems> {
    match std::fs::remove_file(path) {
        Err(e) if e.kind() != std::io::ErrorKind::NotFound => {
            Err(Problem::unwritable(path.display(), e).into())
        }
        _ => Ok(()),
    }
}

/// A code as part of a file's name: letters and digits of any language, `-`, `_`, and a full stop that is not the first
/// are not changed; every byte of any other character becomes `%` and two digits.
fn file_name(methodology: &str) -> String {
    let mut name = String::new();
    for (at, c) in methodology.char_indices() {
        if c.is_alphanumeric() || matches!(c, '-' | '_') || (c == '.' && at > 0) {
            name.push(c);
        } else {
            let mut bytes = [0; 4];
            for byte in c.encode_utf8(&mut bytes).bytes() {
                name.push_str(&format!("%{byte:02X}"));
            }
        }
    }
    name
}

/// The code that a file is named after; a name that does not come from a code stands for itself.
fn code(name: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = name.as_bytes();
    while let [first, after @ ..] = rest {
        let byte = after
            .get(..2)
            .filter(|_| *first == b'%')
            .and_then(|hex| std::str::from_utf8(hex).ok())
            .and_then(|hex| u8::from_str_radix(hex, 16).ok());
        bytes.push(byte.unwrap_or(*first));
        rest = if byte.is_some() { &after[2..] } else { after };
    }
    String::from_utf8(bytes).unwrap_or_else(|_| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_files() {
        for (methodology, name) in [
            ("official-2008", "official-2008"),
            ("v1.2", "v1.2"),
            ("熵权", "熵权"),
            ("../up", "%2E.%2Fup"),
            ("a b%", "a%20b%25"),
            ("NUL\0", "NUL%00"),
            ("“", "%E2%80%9C"),
        ] {
            assert_eq!(file_name(methodology), name);
            assert_eq!(code(name), methodology);
        }
        assert_eq!(code("100%"), "100%");
        assert_eq!(code("%FF"), "%FF");
    }

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
