//! Why a library is not taken for a plugin.

use std::io;

use quanheng_words::{Text, text};

/// Why a file is not accepted as a plugin, as facts; the program has the wording.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Refusal {
    /// It cannot be read.
    Unreadable {
        /// Why, as the system reports it.
        reason: Text,
    },
    /// It is not the file that was trusted.
    Stale {
        /// The hash that is pinned.
        pinned: String,
        /// The hash that it has.
        found: String,
    },
    /// The system's loader does not take it: no library, or one for another machine.
    NotALibrary {
        /// What the loader said.
        reason: Text,
    },
    /// It exports no `quanheng_plugin`.
    NoEntry,
    /// It is written to a contract that this program does not know.
    OtherContract {
        /// Its contract, where it says so.
        found: Option<u32>,
    },
    /// Its table ends before what every plugin has.
    Truncated {
        /// How many bytes it has.
        found: usize,
        /// How many it must have.
        needed: usize,
    },
    /// It was built for another system.
    OtherTarget {
        /// What it was built for.
        found: String,
        /// What it would have to be built for.
        needed: String,
    },
    /// Something that it says is not UTF-8.
    NotText {
        /// What.
        what: Text,
    },
    /// Something that it says of a method means nothing.
    Nonsense {
        /// The method.
        method: String,
        /// What.
        what: Text,
    },
    /// Something that it says of itself means nothing.
    Unusable {
        /// What.
        what: Text,
    },
    /// It ended the process that it was opened in, or did not answer.
    Died {
        /// How.
        how: Text,
    },
    /// A child process is not available on this system.
    NoIsolation {
        /// Why.
        reason: Text,
    },
}

impl Refusal {
    /// A file that the system does not let us read.
    pub(crate) fn unreadable(error: &io::Error) -> Refusal {
        let reason = match error.kind() {
            io::ErrorKind::NotFound => text!(reason_not_found),
            io::ErrorKind::PermissionDenied => text!(reason_denied),
            io::ErrorKind::IsADirectory => text!(reason_is_folder),
            io::ErrorKind::StorageFull => text!(reason_full),
            _ => text!(reason_system, message = error.to_string()),
        };
        Refusal::Unreadable { reason }
    }
}
