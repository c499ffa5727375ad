//! Which choice, weight or error in the data moves a result, and by how much.
//!
//! Saltelli, Tarantola & Campolongo (2000); Saisana, Saltelli & Tarantola (2005), Uncertainty and sensitivity analysis
//! techniques as tools for the quality assessment of composite indicators, Journal of the Royal Statistical Society A 168(2).

mod design;
mod model;
mod morris;
mod ordered;
mod sequence;
mod sobol;
mod stability;
mod steps;
#[cfg(test)]
mod tests;

pub use design::Design;
pub use model::{
    Factor, Failed, Input, Model, Output, Results, Weights, mean_shift, option, times,
};
pub use morris::{Effects, Trajectories, effects};
pub use ordered::share_by_order;
pub use sequence::{DIMENSIONS, Sequence, independent};
pub use sobol::{Estimate, Estimators, First, Runs, Shares, Total};
pub use stability::{Held, Holds, WeightRange, weight_ranges};
pub use steps::{Change, Step, Taken, steps};
