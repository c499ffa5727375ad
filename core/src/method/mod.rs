//! What every method has, whatever its stage: a name, settings, a contract, claims, a worked example.
//!
//! A built-in method is one file: its [`Entry`] describes it completely, and the table of its folder lists it.

mod choice;
mod domain;
mod error;
mod example;
mod intermediate;
mod near;
mod program;
mod rows;
mod scratch;
mod settings;
mod spatial;

pub use choice::choice;
pub use domain::{Domain, Needs};
pub use error::MethodError;
pub use example::Example;
pub use intermediate::{
    Axis, FoundAt, Given, Intermediate, IntermediateResult, PAIRED_REGIONS, Shape,
};
pub use near::closest;
pub use program::{ProgramFault, Site, Source};
pub use rows::{PlainRows, Rows};
pub use scratch::Scratch;
pub use settings::{
    ABOVE_ZERO, Accepts, FromValue, GREATEST_WHOLE, Only, Setting, SettingError, SettingFault,
    Settings, Value, fault, fraction, settings,
};
pub use spatial::{SpatialWeights, Standardised};

macro_rules! stages {
    ($($(#[$doc:meta])* $variant:ident = $name:literal),+ $(,)?) => {
        /// What is computed one after the other, in this order: the parts of a methodology that have results of their own
        /// ([`Part`](crate::methodology::Part), which a test holds this to).
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Stage { $($(#[$doc])* $variant),+ }

        impl Stage {
            /// All of them, in order.
            pub const ALL: [Stage; [$(Stage::$variant),+].len()] = [$(Stage::$variant),+];

            /// The word used in project files, folders, reports and documents.
            pub fn name(self) -> &'static str {
                match self { $(Stage::$variant => $name),+ }
            }
        }
    };
}

stages! {
    /// The indicator system is laid over the data: leaves chosen, ratios formed.
    System = "system",
    /// Missing cells are filled.
    Imputation = "imputation",
    /// Outliers and skew are treated.
    Treatment = "treatment",
    /// Columns are brought to one scale.
    Normalisation = "normalisation",
    /// Siblings are weighed.
    Weighting = "weighting",
    /// Children become their parent's score.
    Aggregation = "aggregation",
    /// Scores are cut into tiers.
    Tiering = "tiering",
}

/// Everything that is known of a method before it is constructed: one a file, listed in the table of its folder.
pub struct Entry<M: ?Sized> {
    /// The word that selects it in a project file; also the name of its file.
    pub name: &'static str,
    /// What it does, in one sentence.
    pub summary: &'static str,
    /// The formula, in plain text.
    pub formula: &'static str,
    /// The paper, or the page of the handbook, that the formula comes from.
    pub reference: &'static str,
    /// Its settings.
    pub settings: fn() -> Vec<Setting>,
    /// Makes it from settings.
    pub make: fn(&Settings) -> Result<Box<M>, SettingError>,
    /// The properties that it claims; the conformance battery checks them.
    pub claims: Claims,
    /// The intermediate results that it gives; which of them, may depend on its settings.
    pub intermediate: &'static [Given],
    /// A worked example, checked by the tests and printed for the reader.
    pub example: fn() -> Example,
}

impl<M: ?Sized> std::fmt::Debug for Entry<M> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Entry").field("name", &self.name).finish_non_exhaustive()
    }
}

/// Properties that a method says it has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Claims {
    /// A better value never gives a worse result, all else equal.
    pub monotone: bool,
    /// The result does not change when a column is measured in other units.
    pub units: Units,
    /// A child of weight zero has the same effect as no child.
    pub zero_weight: bool,
    /// Absent cells are handled; without this claim they are rejected with a clear error.
    pub absent: bool,
}

impl Claims {
    /// Nothing claimed.
    pub const NONE: Claims =
        Claims { monotone: false, units: Units::Matter, zero_weight: false, absent: false };
}

/// Which changes of unit leave the result as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Units {
    /// None: the result depends on the unit.
    Matter,
    /// Multiplication by a positive factor.
    Scale,
    /// Multiplication by a positive factor and addition of a constant.
    ScaleAndShift,
}

/// A method of a table, found by its name.
pub fn find<M: ?Sized>(table: &'static [Entry<M>], name: &str) -> Option<&'static Entry<M>> {
    table.iter().find(|entry| entry.name == name)
}
