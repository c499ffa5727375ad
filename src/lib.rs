//! Quanheng 权衡 as a library: reads a project, evaluates it, reports on it.

// These fail where a stream is full; `command` writes to streams, and says what it does then.
#![cfg_attr(not(test), deny(clippy::print_stderr, clippy::print_stdout))]

pub mod ability;
pub mod case;
pub mod command;
pub mod data;
pub mod declaration;
pub mod export;
pub mod gate;
pub mod import;
pub mod lock;
pub mod multiverse;
pub mod note;
pub mod official;
pub mod problem;
pub mod progress;
pub mod project;
pub mod registry;
pub mod report;
pub mod robustness;
pub mod sensitivity;
pub mod shard;
pub mod snapshot;

pub use quanheng_core as core;
