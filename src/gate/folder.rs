//! What a project may read and write: files below its folder, and below folders that its user allows.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Component, Path, PathBuf};
use std::sync::{Mutex, PoisonError};

/// The folders that the option `--allow-folder` names, as the system knows them.
static ALLOWED: Mutex<Vec<PathBuf>> = Mutex::new(Vec::new());

/// From here on, projects may read and write below this folder too.
///
/// # Errors
/// A folder that is not there.
pub fn allow(folder: &Path) -> io::Result<()> {
    let real = match folder.canonicalize() {
        // A system that knows no links: the name alone says where it lies.
        Err(e) if e.kind() == io::ErrorKind::Unsupported => plain(folder).ok_or(e)?,
        found => found?,
    };
    if !folder.is_dir() {
        return Err(io::ErrorKind::NotADirectory.into());
    }
    ALLOWED.lock().unwrap_or_else(PoisonError::into_inner).push(real);
    Ok(())
}

/// Why a file is not opened, or not written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Its name leads out of the folder.
    Outside {
        /// The folder.
        folder: String,
    },
    /// A link leads out of the folder.
    Link {
        /// Where to.
        to: String,
    },
    /// It is neither a regular file nor a folder: a device, a pipe, a socket.
    NotAFile,
    /// It is longer than a file of its kind may be.
    TooLong {
        /// The bound, in bytes.
        most: u64,
    },
}

impl std::fmt::Display for Refusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        std::fmt::Debug::fmt(self, f)
    }
}

impl std::error::Error for Refusal {}

impl From<Refusal> for io::Error {
    fn from(refusal: Refusal) -> Self {
        io::Error::other(refusal)
    }
}

impl Refusal {
    /// The refusal that an error carries, if it carries one.
    pub fn of(error: &io::Error) -> Option<&Refusal> {
        error.get_ref()?.downcast_ref()
    }
}

/// Opens a file that the user names. A pipe or a device, which may have no end, is refused, and is not waited for.
///
/// # Errors
/// A file that cannot be opened, or is none.
pub fn open(path: &Path) -> io::Result<File> {
    // To open a pipe would be to wait for its other end.
    regular(&std::fs::metadata(path)?)?;
    let file = File::open(path)?;
    regular(&file.metadata()?)?;
    Ok(file)
}

/// Reads a file that the user names, of at most this many bytes.
///
/// # Errors
/// As for [`open`]; a longer file.
pub fn read(path: &Path, most: u64) -> io::Result<Vec<u8>> {
    whole(open(path)?, most)
}

fn regular(of: &std::fs::Metadata) -> io::Result<()> {
    match of.is_file() {
        true => Ok(()),
        false if of.is_dir() => Err(io::ErrorKind::IsADirectory.into()),
        false => Err(Refusal::NotAFile.into()),
    }
}

fn whole(file: File, most: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    file.take(most.saturating_add(1)).read_to_end(&mut bytes)?;
    match bytes.len() as u64 > most {
        true => Err(Refusal::TooLong { most }.into()),
        false => Ok(bytes),
    }
}

/// The folder of a project, or another one that is read or written as a whole. Files are named by paths that begin with
/// it, as the user has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Folder {
    path: PathBuf,
}

impl Folder {
    /// A folder as the user names it.
    pub fn at(path: impl Into<PathBuf>) -> Folder {
        Folder { path: path.into() }
    }

    /// The folder of a project file.
    pub fn of(project_file: &Path) -> Folder {
        Folder::at(project_file.parent().map(Path::to_path_buf).unwrap_or_default())
    }

    /// The folder as the user names it; empty for the current one.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Where a file lies that the project names.
    pub fn join(&self, name: impl AsRef<Path>) -> PathBuf {
        self.path.join(name)
    }

    /// A file as the user knows it: the folder as given, then the name.
    pub fn name(&self, name: &str) -> String {
        match self.path.as_os_str().is_empty() || self.path == Path::new(".") {
            true => name.to_owned(),
            false => self.path.join(name).display().to_string(),
        }
    }

    /// Opens a file of the project.
    ///
    /// # Errors
    /// A file that cannot be opened, is none, or lies elsewhere.
    pub fn open(&self, path: &Path) -> io::Result<File> {
        open(&self.inside(path)?)
    }

    /// Reads a file of the project, of at most this many bytes.
    ///
    /// # Errors
    /// As for [`Folder::open`]; a longer file.
    pub fn read(&self, path: &Path, most: u64) -> io::Result<Vec<u8>> {
        whole(self.open(path)?, most)
    }

    /// Where a file or folder of the project really lies, if that is in the folder.
    ///
    /// # Errors
    /// One that is not there, or lies elsewhere.
    pub fn inside(&self, path: &Path) -> io::Result<PathBuf> {
        let named_outside = self.is_named_outside(path);
        let real = match path.canonicalize() {
            Ok(real) => real,
            // A system that knows no links confines the program itself.
            Err(e) if e.kind() == io::ErrorKind::Unsupported => {
                let is_allowed = plain(path).is_some_and(|path| is_allowed(&path));
                return match named_outside && !is_allowed {
                    true => Err(self.outside()),
                    false => Ok(path.to_path_buf()),
                };
            }
            // A project does not learn what there is elsewhere.
            Err(e) => {
                let above = path.parent().and_then(|above| above.canonicalize().ok());
                let known = above.is_some_and(|above| self.holds(&above).unwrap_or(false));
                return Err(if named_outside && !known { self.outside() } else { e });
            }
        };
        match self.holds(&real)? {
            true => Ok(real),
            false if named_outside => Err(self.outside()),
            false => Err(Refusal::Link { to: real.display().to_string() }.into()),
        }
    }

    /// Where to write a file of this name, so that nothing is written outside the folder: not by a link in the place of
    /// the file, and not by one in the place of a folder above it. What is not there yet will be made.
    ///
    /// # Errors
    /// A place outside.
    pub fn target(&self, path: &Path) -> io::Result<PathBuf> {
        let not_there = |path: &Path| {
            let found = std::fs::symlink_metadata(path);
            matches!(found, Err(e) if e.kind() == io::ErrorKind::NotFound)
        };
        // In a folder that is yet to be made, nothing can be a link.
        if !self.path.as_os_str().is_empty() && not_there(&self.path) {
            return if self.is_named_outside(path) { Err(self.outside()) } else { Ok(path.into()) };
        }
        let mut missing = Vec::new();
        let mut there = path;
        while not_there(there) {
            let (Some(above), Some(name)) = (there.parent(), there.file_name()) else { break };
            missing.push(name);
            there = if above.as_os_str().is_empty() { Path::new(".") } else { above };
        }
        let real = match self.inside(there) {
            Err(e) if e.kind() == io::ErrorKind::NotFound => {
                let to = std::fs::read_link(there).unwrap_or_default();
                return Err(Refusal::Link { to: to.display().to_string() }.into());
            }
            found => found?,
        };
        Ok(missing.into_iter().rev().fold(real, |path, name| path.join(name)))
    }

    /// The folder into which a command writes whose user names `named`. One that lies in the project is held to be the
    /// project's: where it is a link that leads out of the project, it is refused.
    ///
    /// # Errors
    /// Such a link.
    pub fn outlet(&self, named: &Path) -> io::Result<Folder> {
        if let (Some(own), Some(other)) = (plain(&self.path), plain(named))
            && other.starts_with(&own)
        {
            self.target(named)?;
        }
        Ok(Folder::at(named))
    }

    /// Whether what really lies there belongs to the folder or to one that the user allows.
    fn holds(&self, real: &Path) -> io::Result<bool> {
        let own = if self.path.as_os_str().is_empty() { Path::new(".") } else { &self.path };
        Ok(real.starts_with(own.canonicalize()?) || is_allowed(real))
    }

    /// Whether the name alone leads out of the folder.
    fn is_named_outside(&self, path: &Path) -> bool {
        match (plain(&self.path), plain(path)) {
            (Some(own), Some(other)) => !other.starts_with(own),
            _ => true,
        }
    }

    fn outside(&self) -> io::Error {
        let folder = self.path.display().to_string();
        let folder = if folder.is_empty() { ".".to_owned() } else { folder };
        Refusal::Outside { folder }.into()
    }
}

/// Whether a place lies below a folder that the user allows.
fn is_allowed(real: &Path) -> bool {
    let allowed = ALLOWED.lock().unwrap_or_else(PoisonError::into_inner);
    allowed.iter().any(|folder| real.starts_with(folder))
}

/// The one name of a place, by which it is known however it is reached; as far as names alone can say, on a system that
/// knows no links.
pub fn place(path: &Path) -> PathBuf {
    path.canonicalize().ok().or_else(|| plain(path)).unwrap_or_else(|| path.to_path_buf())
}

/// A path from the root, without `.` and `..`, as far as names alone can say.
fn plain(path: &Path) -> Option<PathBuf> {
    let mut found = PathBuf::new();
    let path = if path.as_os_str().is_empty() { Path::new(".") } else { path };
    for part in std::path::absolute(path).ok()?.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => drop(found.pop()),
            part => found.push(part),
        }
    }
    Some(found)
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::symlink;

    use super::*;

    fn refusal(found: io::Result<impl std::fmt::Debug>) -> Option<Refusal> {
        Refusal::of(&found.unwrap_err()).cloned()
    }

    #[test]
    fn what_is_read_lies_below_the_folder() {
        let above = tempfile::tempdir().unwrap();
        let (root, other) = (above.path().join("p"), above.path().join("other"));
        std::fs::create_dir_all(root.join("sub")).unwrap();
        std::fs::create_dir_all(&other).unwrap();
        std::fs::write(root.join("sub/a.csv"), "a").unwrap();
        std::fs::write(other.join("b.csv"), "b").unwrap();
        symlink(other.join("b.csv"), root.join("link.csv")).unwrap();
        symlink("sub/a.csv", root.join("inner.csv")).unwrap();
        symlink(&other, root.join("away")).unwrap();
        let folder = Folder::at(&root);
        let read = |name: &str| folder.read(&folder.join(name), 10);
        for name in ["sub/a.csv", "sub/../sub/a.csv", "../p/sub/a.csv", "inner.csv"] {
            assert_eq!(read(name).unwrap(), b"a", "{name}");
        }
        assert_eq!(read(root.join("sub/a.csv").to_str().unwrap()).unwrap(), b"a");
        for name in [
            "../other/b.csv",
            "../other/not-there.csv",
            "/etc/hostname-or-not",
            "sub/../../other/b.csv",
        ] {
            assert!(matches!(refusal(read(name)), Some(Refusal::Outside { .. })), "{name}");
        }
        for name in ["link.csv", "away/b.csv"] {
            assert!(matches!(refusal(read(name)), Some(Refusal::Link { .. })), "{name}");
        }
        assert_eq!(read("sub").unwrap_err().kind(), io::ErrorKind::IsADirectory);
        assert_eq!(read("none.csv").unwrap_err().kind(), io::ErrorKind::NotFound);
        assert_eq!(
            refusal(folder.read(&folder.join("sub/a.csv"), 0)),
            Some(Refusal::TooLong { most: 0 })
        );
        assert_eq!(refusal(open(Path::new("/dev/zero"))), Some(Refusal::NotAFile));
    }

    #[test]
    fn what_is_written_lies_below_the_folder() {
        let above = tempfile::tempdir().unwrap();
        let (root, other) = (above.path().join("p"), above.path().join("other"));
        std::fs::create_dir_all(root.join("sub")).unwrap();
        std::fs::create_dir_all(&other).unwrap();
        std::fs::write(other.join("there"), "").unwrap();
        symlink(&other, root.join("away")).unwrap();
        symlink(other.join("there"), root.join("file")).unwrap();
        symlink(other.join("not-there"), root.join("dangling")).unwrap();
        symlink("sub/inner", root.join("inner")).unwrap();
        std::fs::write(root.join("sub/inner"), "").unwrap();
        let folder = Folder::at(&root);
        let target = |name: &str| folder.target(&folder.join(name));
        let real = root.canonicalize().unwrap();
        assert_eq!(target("sub/x/y").unwrap(), real.join("sub/x/y"));
        assert_eq!(target("new").unwrap(), real.join("new"));
        assert_eq!(target("inner").unwrap(), real.join("sub/inner"));
        for name in ["away/x", "away/x/y", "file", "dangling", "../x", "../other/there", "/tmp/x"] {
            assert!(refusal(target(name)).is_some(), "{name}");
        }
        // A folder of the user's own choice, and one that only seems to be the project's.
        assert!(folder.outlet(&other).is_ok() && folder.outlet(&root.join("results")).is_ok());
        assert!(folder.outlet(&root.join("away")).is_err());
        let fresh = Folder::at(above.path().join("new/deeper"));
        assert_eq!(fresh.target(&fresh.join("x/y")).unwrap(), fresh.join("x/y"));
    }
}
