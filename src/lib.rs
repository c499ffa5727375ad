//! Quanheng 权衡 as a library: reads a project, evaluates it, reports on it.

pub mod command;
pub mod data;
pub mod lock;
pub mod multiverse;
pub mod note;
pub mod problem;
pub mod progress;
pub mod project;
pub mod report;
pub mod snapshot;

pub use quanheng_core as core;
