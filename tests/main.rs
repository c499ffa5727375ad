//! The one test program: reference figures, conformance, examples, errors, tidiness.

mod conformance;
mod reference;
mod tidy;
