//! Result files that are whole or not there.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use crate::gate::Folder;
use crate::problem::{Problem, Problems};

/// The temporary file that is being written, for a program that is being stopped.
static ASIDE: Mutex<Option<PathBuf>> = Mutex::new(None);

/// Removes the temporary file that is being written; the program then ends. Nothing can be written afterwards.
pub fn abandon() {
    // The lock is kept for good, so that no other file is begun between this and the end.
    if let Ok(mut aside) = ASIDE.lock() {
        if let Some(path) = aside.take() {
            let _ = std::fs::remove_file(path);
        }
        std::mem::forget(aside);
    }
}

/// Writes the file at `path` by `fill`: aside in the same folder, to the disk, and only then under its name. If
/// anything fails, an older file is not changed, and no temporary file is left.
pub fn write(
    path: &Path,
    fill: impl FnOnce(&mut BufWriter<&File>) -> io::Result<()>,
) -> Result<(), Box<Problem>> {
    write_io(path, fill).map_err(|e| Box::new(Problem::unwritable(path.display(), e)))
}

/// Writes bytes into the file at `path`, making the folders above it where they are not there.
pub fn bytes(path: &Path, bytes: &[u8]) -> Result<(), Problems> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(|e| Problem::unwritable(folder.display(), e))?;
    }
    write(path, |out| out.write_all(bytes)).map_err(|problem| Problems::from(*problem))
}

/// Writes bytes into a file of a folder, as [`bytes`] does, and never through a link that leads out of the folder.
pub fn below(folder: &Folder, path: &Path, bytes: &[u8]) -> Result<(), Problems> {
    let target = folder.target(path).map_err(|e| Problem::unwritable(path.display(), e))?;
    self::bytes(&target, bytes)
}

/// A CSV writer; `mark` puts a byte order mark first, by which spreadsheets in Chinese know that it is UTF-8.
pub fn csv<W: Write>(mut out: W, mark: bool) -> io::Result<csv::Writer<W>> {
    if mark {
        out.write_all("\u{feff}".as_bytes())?;
    }
    Ok(csv::WriterBuilder::new().flexible(true).from_writer(out))
}

fn write_io(
    path: &Path,
    fill: impl FnOnce(&mut BufWriter<&File>) -> io::Result<()>,
) -> io::Result<()> {
    // A link stays a link: what it leads to is replaced.
    let path: PathBuf = path.canonicalize().unwrap_or_else(|_| path.to_path_buf());
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let mut builder = tempfile::Builder::new();
    builder.prefix(".quanheng-");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = std::fs::metadata(&path).map_or(0o666, |m| m.permissions().mode() & 0o777);
        builder.permissions(std::fs::Permissions::from_mode(mode));
    }
    let aside = {
        let mut known = ASIDE.lock().unwrap_or_else(PoisonError::into_inner);
        let aside = builder.tempfile_in(folder)?;
        *known = Some(aside.path().to_path_buf());
        aside
    };
    let mut out = BufWriter::new(aside.as_file());
    fill(&mut out)?;
    out.flush()?;
    drop(out);
    aside.as_file().sync_all()?;
    {
        let mut known = ASIDE.lock().unwrap_or_else(PoisonError::into_inner);
        aside.persist(&path).map_err(|e| e.error)?;
        *known = None;
    }
    #[cfg(unix)]
    if let Ok(folder) = File::open(folder) {
        // The name is on the disk too; some file systems cannot do this, and the file is complete all the same.
        let _ = folder.sync_all();
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_or_not_there() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("结果.csv");
        write(&path, |out| {
            let mut csv = csv(out, true)?;
            csv.write_record(["地区", "a,b"])?;
            csv.flush()
        })
        .unwrap();
        let before = std::fs::read(&path).unwrap();
        assert_eq!(before, "\u{feff}地区,\"a,b\"\n".as_bytes());

        let problem = write(&path, |out| {
            out.write_all(b"half")?;
            Err(io::Error::from(io::ErrorKind::StorageFull))
        });
        assert!(matches!(problem.unwrap_err().fault, crate::problem::Fault::Unwritable { .. }));
        assert_eq!(std::fs::read(&path).unwrap(), before);
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
        assert!(write(&folder.path().join("no/where.csv"), |_| Ok(())).is_err());
    }
}
