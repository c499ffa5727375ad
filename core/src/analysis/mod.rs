//! Analyses of results: who leads, who stands on which tier, how regions and groups differ, move, converge and hang
//! together. One file each, listed in [`TABLE`].
//!
//! An [`Entry`] says everything about its analysis: the program, the project file, reports and documents read it there.
//! An analysis looks at one league of an evaluation ([`Subject`]) and gives tables ([`Found`]). The statistics behind it
//! are functions of plain slices that can be called by themselves.

mod autocorrelation;
mod awards;
mod clusters;
mod convergence;
mod correlation;
mod coupling;
mod density;
mod distribution;
pub(crate) mod finding;
mod gradient;
mod inequality;
mod input;
mod leaders;
mod movement;
mod obstacle;
mod over_periods;
mod subject;
mod watch;

use crate::method::{Setting, SettingError, Settings};

pub use crate::method::Standardised;
pub use autocorrelation::{Moran, Weights};
pub use clusters::{Distances, Merge, cut, k_means, silhouettes, ward};
pub use coupling::{Model as CouplingModel, coupling};
pub use density::{Bandwidth, bandwidth, density};
pub use finding::{Cell, Column, Form, Found, Further, Kind, Reason, Word};
pub use gradient::shares;
pub use inequality::{Dagum, Theil, dagum, gini, theil_l, theil_t};
pub use input::{Covariate, Inputs, Link, Source};
pub use obstacle::obstacles;
pub use over_periods::{Operator, PeriodWeights, over_periods};
pub use subject::Subject;
pub(crate) use subject::Usual;
pub use watch::{Unwatched, Watch};

/// Every analysis, in the order of a report.
pub static TABLE: &[Entry] = &[
    leaders::ENTRY,
    gradient::ENTRY,
    distribution::ENTRY,
    obstacle::ENTRY,
    coupling::ENTRY,
    correlation::ENTRY,
    autocorrelation::ENTRY,
    clusters::ENTRY,
    movement::ENTRY,
    over_periods::ENTRY,
    convergence::ENTRY,
    density::ENTRY,
    awards::ENTRY,
];

/// The analysis of this name.
pub fn find(name: &str) -> Option<&'static Entry> {
    TABLE.iter().find(|entry| entry.name == name)
}

/// What an analysis says about itself.
#[derive(Debug)]
pub struct Entry {
    /// Its word on the command line and in the project file; also the name of its file.
    pub name: &'static str,
    /// Its name for readers.
    pub label: &'static str,
    /// What it shows, in one sentence.
    pub summary: &'static str,
    /// The formula, in plain text.
    pub formula: &'static str,
    /// Its source.
    pub reference: &'static str,
    /// What it needs beside the results.
    pub needs: Need,
    /// Its settings.
    pub settings: fn() -> Vec<Setting>,
    /// Checks settings without computing anything.
    pub check: fn(&Settings) -> Result<(), SettingError>,
    /// The tables that it gives.
    pub forms: &'static [Form],
    /// Computes it.
    pub(crate) compute: fn(&Subject<'_>, &Settings) -> Result<Vec<Found>, Reason>,
}

impl Entry {
    /// The analysis of one league, with settings that passed [`Entry::check`].
    ///
    /// # Errors
    /// Why there is nothing to show.
    pub fn compute(
        &self,
        subject: &Subject<'_>,
        settings: &Settings,
    ) -> Result<Vec<Found>, Reason> {
        (self.compute)(subject, settings)
    }
}

/// What an analysis needs beside scores.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// Nothing.
    Nothing,
    /// A methodology that cuts the index into tiers.
    Tiers,
    /// Groups of regions.
    Groups,
    /// At least two periods.
    Periods,
    /// Covariates, in `[analysis]`.
    Covariates,
    /// A table of neighbours, in `[data]` or in `[analysis]`.
    Neighbours,
    /// Sampling errors, in `[sampling]`.
    SamplingErrors,
}

/// Declares an analysis whose settings are a struct that `settings!` made: the entry reads and checks them, and hands
/// them to its function. `check` looks at what settings must be beside each other.
macro_rules! analysis {
    ($settings:ty, $run:path, { $($fields:tt)+ }) => {
        $crate::analysis::analysis!($settings, $run, check = |_| Ok(()), { $($fields)+ });
    };
    ($settings:ty, $run:path, check = $check:expr, { $($field:ident: $value:expr),+ $(,)? }) => {
        pub(crate) const ENTRY: $crate::analysis::Entry = $crate::analysis::Entry {
            $($field: $value,)+
            settings: <$settings>::declared,
            check: |values| {
                let sound: fn(&$settings) -> Result<(), $crate::method::SettingError> = $check;
                sound(&<$settings>::read(values)?)
            },
            compute: |subject, values| {
                let settings = <$settings>::read(values).expect("settings are checked before");
                $run(subject, &settings)
            },
        };
    };
}
pub(crate) use analysis;
