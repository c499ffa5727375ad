//! The bundled library: published methods as scripts, embedded in the program.

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
    "aggregation/coupling_coordination.rhai",
    "aggregation/data_envelopment.rhai",
    "aggregation/edas.rhai",
    "aggregation/entropy_topsis.rhai",
    "aggregation/fuzzy_evaluation.rhai",
    "aggregation/geometric.rhai",
    "aggregation/grey_relational.rhai",
    "aggregation/grey_topsis.rhai",
    "aggregation/harmonic.rhai",
    "aggregation/mazziotta_pareto.rhai",
    "aggregation/mean_min.rhai",
    "aggregation/median.rhai",
    "aggregation/minimum.rhai",
    "aggregation/owa.rhai",
    "aggregation/points.rhai",
    "aggregation/power.rhai",
    "aggregation/principal_components.rhai",
    "aggregation/product.rhai",
    "aggregation/rank_sum_ratio.rhai",
    "aggregation/three_rates_score.rhai",
    "aggregation/topsis.rhai",
    "aggregation/vikor.rhai",
    "aggregation/website_check.rhai",
    "aggregation/wroclaw.rhai",
    "imputation/carry.rhai",
    "imputation/group_mean.rhai",
    "imputation/interpolate.rhai",
    "imputation/mean.rhai",
    "imputation/median.rhai",
    "normalisation/attainment.rhai",
    "normalisation/borda.rhai",
    "normalisation/clip.rhai",
    "normalisation/goalposts.rhai",
    "normalisation/logarithmic.rhai",
    "normalisation/min_max.rhai",
    "normalisation/percentile_rank.rhai",
    "normalisation/piecewise_points.rhai",
    "normalisation/rank.rhai",
    "normalisation/share_of_max.rhai",
    "normalisation/sum.rhai",
    "normalisation/vector.rhai",
    "normalisation/z_score.rhai",
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
    "tiering/boundary.rhai",
    "tiering/counts.rhai",
    "tiering/cut_points.rhai",
    "tiering/equal_interval.rhai",
    "tiering/head_tail.rhai",
    "tiering/mean_sd.rhai",
    "tiering/natural_breaks.rhai",
    "tiering/probit.rhai",
    "tiering/published_bands.rhai",
    "tiering/quantiles.rhai",
    "tiering/red_black_lists.rhai",
    "treatment/clip_iqr.rhai",
    "treatment/clip_percentile.rhai",
    "treatment/log.rhai",
    "treatment/winsorise.rhai",
    "weighting/ahp.rhai",
    "weighting/coefficient_of_variation.rhai",
    "weighting/critic.rhai",
    "weighting/entropy.rhai",
    "weighting/game_theoretic.rhai",
    "weighting/gini.rhai",
    "weighting/grey_relational.rhai",
    "weighting/linear_combination.rhai",
    "weighting/lopcow.rhai",
    "weighting/maximising_deviations.rhai",
    "weighting/merec.rhai",
    "weighting/obstacle_degree.rhai",
    "weighting/pca.rhai",
    "weighting/principal_components.rhai",
    "weighting/product_combination.rhai",
    "weighting/rank_order_centroid.rhai",
    "weighting/scatter_degree.rhai",
    "weighting/standard_deviation.rhai",
    "weighting/variance.rhai",
}

/// The text of a bundled script.
pub(crate) fn text(name: &str) -> Option<&'static str> {
    TABLE.iter().find(|b| b.name == name).map(|b| b.text)
}
