//! What can be wrong with shards of draws.

use quanheng_words::Text;

use super::Exit;

/// Something wrong with a shard of draws.
#[derive(Clone, Debug, PartialEq)]
pub enum ShardFault {
    /// The number of draws depends on what they come to.
    Until,
    /// Another kind than the one that has draws.
    Kind {
        /// Its name.
        kind: String,
    },
    /// There is no folder for the file.
    Nowhere,
    /// A folder without shards.
    None {
        /// The folder.
        folder: String,
    },
    /// A file that is not a shard, or was changed after it was written.
    Damaged {
        /// The file.
        file: String,
    },
    /// A shard of something else than what the project has now.
    OfOther {
        /// The file.
        file: String,
        /// What changed.
        changed: Vec<Text>,
    },
    /// A shard of something else than the first one.
    Unlike {
        /// The file.
        file: String,
        /// The first one.
        first: String,
        /// What differs.
        changed: Vec<Text>,
    },
    /// A shard that is there twice.
    Twice {
        /// Its number.
        number: u64,
        /// Both files.
        files: Vec<String>,
    },
    /// A shard that has not all of its draws.
    Unfinished {
        /// The file.
        file: String,
        /// Its number.
        number: u64,
        /// Of how many.
        of: u64,
    },
    /// Shards that are not there.
    Absent {
        /// The methodology, the league and the period.
        of_what: String,
        /// Their numbers.
        absent: Vec<u64>,
        /// Of how many.
        of: u64,
    },
    /// The user stopped the program.
    Stopped {
        /// The file.
        file: String,
        /// How many draws it has.
        done: u64,
    },
}

impl ShardFault {
    /// The exit code of a program that ends with it.
    pub(super) fn exit(&self) -> Exit {
        match self {
            ShardFault::Stopped { .. } => Exit::Stopped,
            ShardFault::Damaged { .. }
            | ShardFault::Unlike { .. }
            | ShardFault::Twice { .. }
            | ShardFault::Unfinished { .. }
            | ShardFault::Absent { .. } => Exit::BadInput,
            ShardFault::None { .. } => Exit::NoInput,
            ShardFault::Until
            | ShardFault::Kind { .. }
            | ShardFault::Nowhere
            | ShardFault::OfOther { .. } => Exit::Usage,
        }
    }
}
