//! Tests properties of a whole methodology on the user's own data: the study is changed and evaluated again, and the
//! audit checks that nothing moved that should not move.
//!
//! [`conformance`](crate::conformance) checks the claims of single methods on inputs of its own. The audit tests all
//! stages together, with built-in methods, scripts and plugins; a property that each method has may be lost in their
//! combination.

mod bench;
mod dominance;
mod finding;
mod imputed_value;
mod irrelevant_regions;
mod monotone;
mod noise;
mod origin;
mod pairs;
mod recomposed_ranking;
mod repeatable;
mod row_order;
mod scale;
mod ties;
mod transitive_pairs;
mod unit_scale;
mod unit_shift;
mod units;
mod worse_replacement;
mod zero_weight;

pub use bench::{Bench, Options};
pub(crate) use bench::{looks_across, looks_beyond};
pub use finding::{
    Change, CounterExample, Fault, Measure, Origin, Outcome, Party, Place, Quantity, Reason,
    Verdict,
};

use crate::method::Claims;

/// A property: one a file, listed in [`TABLE`].
#[derive(Debug)]
pub struct Property {
    /// The word for it on the command line; also the name of its file.
    pub name: &'static str,
    /// What it says, in one sentence.
    pub summary: &'static str,
    /// The property as a formula, in plain text.
    pub formula: &'static str,
    /// Where it comes from.
    pub reference: &'static str,
    /// Whether it is informational and does not affect the verdict.
    pub information: bool,
    /// The claim by which a method promises its part of the property; `None` if there is no such claim.
    claimed: Option<fn(&Claims) -> bool>,
    test: fn(&Bench, &mut finding::Tally) -> Result<(), Reason>,
}

/// Every property: one file each, in the order of a report.
pub static TABLE: &[Property] = &[
    repeatable::PROPERTY,
    row_order::PROPERTY,
    ties::PROPERTY,
    noise::PROPERTY,
    monotone::PROPERTY,
    dominance::PROPERTY,
    irrelevant_regions::PROPERTY,
    worse_replacement::PROPERTY,
    transitive_pairs::PROPERTY,
    recomposed_ranking::PROPERTY,
    unit_scale::PROPERTY,
    unit_shift::PROPERTY,
    zero_weight::PROPERTY,
    imputed_value::PROPERTY,
];

/// The property of this name.
pub fn find(name: &str) -> Option<&'static Property> {
    TABLE.iter().find(|property| property.name == name)
}
