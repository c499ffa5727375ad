//! Composite indicators: regions and indicators in, scores, ranks and tiers out, under any methodology.
//!
//! Data flow through `system → imputation → treatment → normalisation → weighting → aggregation → tiering`, with
//! ranking between the last two. Nothing here opens a file, reads a clock or prints.

pub mod aggregation;
pub mod agreement;
pub mod analysis;
pub mod audit;
pub mod coherence;
pub mod comparison;
pub mod conformance;
pub mod consensus;
pub mod discovery;
pub mod evaluation;
pub mod explanation;
pub mod imputation;
pub mod method;
pub mod methodology;
pub mod model;
pub mod multiverse;
pub mod normalisation;
pub mod number;
pub mod plausibility;
pub mod preference;
pub mod profile;
pub mod ranking;
pub mod reach;
pub mod robustness;
pub mod sensitivity;
pub mod statistics;
pub mod tiering;
pub mod treatment;
pub mod weighting;
