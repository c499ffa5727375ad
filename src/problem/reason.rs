//! Why a file cannot be read or written.

use std::io;

use crate::gate::Refusal;

/// Why a file cannot be read or written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// There is no such file or folder.
    NotFound,
    /// The user has not the right.
    Denied,
    /// A folder where a file is needed.
    IsFolder,
    /// A file where a folder is needed.
    NotFolder,
    /// No space is left.
    Full,
    /// It is there already.
    Exists,
    /// Nothing can be written to the disk.
    ReadOnly,
    /// The file ends too early.
    CutShort,
    /// It is not UTF-8, from this byte on.
    NotUtf8 {
        /// The byte, from 0.
        byte: usize,
    },
    /// No environment variable says where the user's files are.
    NoHome,
    /// It is not a file that may be read or written here.
    Refused(Refusal),
    /// Anything else, as the operating system or a reader of a format puts it.
    Other(String),
}

impl From<&io::Error> for Reason {
    fn from(error: &io::Error) -> Self {
        if let Some(refusal) = Refusal::of(error) {
            return Reason::Refused(refusal.clone());
        }
        match error.kind() {
            io::ErrorKind::NotFound => Reason::NotFound,
            io::ErrorKind::PermissionDenied => Reason::Denied,
            io::ErrorKind::IsADirectory => Reason::IsFolder,
            io::ErrorKind::NotADirectory => Reason::NotFolder,
            io::ErrorKind::StorageFull => Reason::Full,
            io::ErrorKind::AlreadyExists => Reason::Exists,
            io::ErrorKind::ReadOnlyFilesystem => Reason::ReadOnly,
            io::ErrorKind::UnexpectedEof => Reason::CutShort,
            _ => Reason::Other(error.to_string()),
        }
    }
}

impl From<io::Error> for Reason {
    fn from(error: io::Error) -> Self {
        Reason::from(&error)
    }
}

impl From<String> for Reason {
    fn from(message: String) -> Self {
        Reason::Other(message)
    }
}
