//! How large things may be. Each bound is far above what people have, and keeps a small file from taking all memory or
//! hours of work.

/// Bytes of a file that is read whole: a project file, a tree in TOML, a lock, a snapshot, a plugin.
pub const WHOLE_FILE: u64 = 256 << 20;

/// Bytes of a workbook as it is on disk.
pub const WORKBOOK: u64 = 1 << 30;
