//! Quanheng 权衡 as a library: reads a project, evaluates it, reports on it.

pub mod data;
pub mod problem;
pub mod report;

pub use quanheng_core as core;
