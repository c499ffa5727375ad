//! Arithmetic with a fixed order and defined ties, so that results are the same bits everywhere.

mod correlation;
mod correlation_matrix;
mod decimal;
mod distance;
mod distribution;
mod draw;
mod eigen;
mod exact;
mod incomplete;
mod moments;
mod order;
mod order_weights;
mod precision;
mod program;
mod quadratic;
mod quantile;
mod regression;
mod sort;
mod sum;

pub(crate) use correlation::PairCounts;
pub use correlation::{Association, Correlation, PValue};
pub use correlation_matrix::CorrelationMatrix;
pub use decimal::{RoundMode, round};
pub use distance::distance_correlation;
pub use distribution::{Distribution, binomial_at_least};
pub use draw::{normal, uniform};
pub use eigen::{eigen_symmetric, solve};
pub use exact::{ExactSum, weighted_share};
pub use moments::{
    Moments, mean, mean_to_divide_by, moments, population_variance, sample_variance,
};
pub use order::{Ties, mean_ranks, rank, sort_counting, sort_order, sorted};
pub use order_weights::{entropy, greatest_entropy, least_variance, orness};
pub use precision::{Grid, Precision, largest, whole_weights};
pub use program::{Unsolved, maximise};
pub use quadratic::Quadratic;
pub use quantile::{median, quantile};
pub use regression::Regression;
pub use sort::{ascending, sort, sort_by, sort_by_key, sort_items, sort_rows};
pub use sum::{count, dot, extremes, sum};

/// The lesser of two numbers; of two zeros the negative one; NaN only if both are.
pub fn min(a: f64, b: f64) -> f64 {
    if a < b || b.is_nan() || (a == b && a.is_sign_negative()) { a } else { b }
}

/// The greater of two numbers; of two zeros the positive one; NaN only if both are.
pub fn max(a: f64, b: f64) -> f64 {
    if a > b || b.is_nan() || (a == b && a.is_sign_positive()) { a } else { b }
}

/// `x`, or the nearest end if it lies outside; NaN stays NaN.
pub fn clamp(x: f64, lower: f64, upper: f64) -> f64 {
    if x < lower {
        lower
    } else if x > upper {
        upper
    } else {
        x
    }
}
