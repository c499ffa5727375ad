//! The one test program: reference figures, conformance, examples, errors, tidiness.

mod conformance;
mod determinism;
mod errors;
mod examples;
mod projects;
mod reference;
mod sandbox;
mod scripts;
mod tidy;
