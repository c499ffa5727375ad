//! What a careful reader should look at in an indicator.

use super::Sample;

/// Beyond this skewness, on either side, together with [`KURTOSIS`], an indicator is taken to have outliers.
pub const SKEWNESS: f64 = 2.0;
/// Beyond this excess kurtosis, together with [`SKEWNESS`], an indicator is taken to have outliers.
pub const KURTOSIS: f64 = 3.5;
/// Below this share of regions with a value, an indicator is taken to have too little data.
pub const LEAST_COVERAGE: f64 = 0.65;

/// A reason to look at an indicator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flag {
    /// |skewness| above [`SKEWNESS`] and kurtosis above [`KURTOSIS`] (the rule of the audits of the JRC; Becker et al. 2022,
    /// Journal of Open Source Software 7(78), 4567).
    Outliers,
    /// Fewer than [`LEAST_COVERAGE`] of the regions have a value.
    FewValues,
    /// All values are equal, so that the indicator tells no region from another.
    Constant,
}

/// The flags of a sample.
pub fn flags(sample: &Sample) -> Vec<Flag> {
    let far_out =
        sample.moments.is_some_and(|m| m.skewness.abs() > SKEWNESS && m.kurtosis > KURTOSIS);
    let few = sample.rows > 0 && sample.coverage() < LEAST_COVERAGE;
    let found =
        [(far_out, Flag::Outliers), (few, Flag::FewValues), (sample.is_constant(), Flag::Constant)];
    found.into_iter().filter(|(holds, _)| *holds).map(|(_, flag)| flag).collect()
}
