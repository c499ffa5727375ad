//! The one test program: reference figures, conformance, examples, errors, tidiness.

mod audit;
mod check;
mod commands;
mod compare;
mod conformance;
mod constants;
mod degenerate;
mod determinism;
mod documents;
mod domain;
mod errors;
mod examples;
mod explain;
mod fill;
mod generated;
mod intermediate;
mod lock;
mod multiverse;
mod notes;
mod parts;
mod periods;
mod plugins;
#[cfg(target_os = "linux")]
mod plugins_hostile;
mod projects;
mod ranks;
mod reference;
mod sandbox;
mod screening;
mod scripting;
mod scripts;
mod snapshot;
mod spans;
mod tidy;
mod whole_tree;
mod words;
