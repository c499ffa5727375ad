//! The bundled library: methodologies of the field as scripts, in the program itself.

/// A script of the library.
#[derive(Clone, Copy, Debug)]
pub struct Bundled {
    /// Its name, as a project states it: `weighting/entropy.rhai`.
    pub name: &'static str,
    /// Its text.
    pub text: &'static str,
}

macro_rules! bundled {
    ($($name:literal),* $(,)?) => {
        /// Every bundled script: one file each.
        pub static TABLE: &[Bundled] = &[
            $(Bundled { name: $name, text: include_str!(concat!("../", $name)) }),*
        ];
    };
}
bundled! {
    "aggregation/arithmetic.rhai",
    "aggregation/capped_deductions.rhai",
    "aggregation/points.rhai",
    "aggregation/three_rates_score.rhai",
    "aggregation/website_check.rhai",
    "normalisation/attainment.rhai",
    "normalisation/min_max.rhai",
    "normalisation/piecewise_points.rhai",
    "system/cumulative.rhai",
    "system/edition.rhai",
    "system/five_perspectives.rhai",
    "system/good_bad_review.rhai",
    "system/latest_two.rhai",
    "system/leagues.rhai",
    "system/recut.rhai",
    "system/sample_shares.rhai",
    "system/three_rates.rhai",
    "system/two_mechanisms.rhai",
    "system/volume_leagues.rhai",
    "tiering/counts.rhai",
    "tiering/published_bands.rhai",
    "tiering/red_black_lists.rhai",
    "weighting/entropy.rhai",
}

/// The text of a bundled script.
pub(crate) fn text(name: &str) -> Option<&'static str> {
    TABLE.iter().find(|b| b.name == name).map(|b| b.text)
}
