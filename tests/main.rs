//! The one test program: reference figures, conformance, examples, errors, tidiness.

mod conformance;
mod determinism;
mod errors;
mod examples;
mod reference;
mod tidy;
