//! Quantiles of sorted values.

/// The quantile of ascending values by linear interpolation between order statistics (type 7 of Hyndman & Fan 1996,
/// the default of R and numpy); `None` where there is no value.
pub fn quantile(ascending: &[f64], p: f64) -> Option<f64> {
    let last = ascending.len().checked_sub(1)?;
    let place = super::clamp(p, 0.0, 1.0) * last as f64;
    let below = place.floor() as usize;
    let above = (below + 1).min(last);
    let share = place - below as f64;
    Some(if share == 0.0 {
        ascending[below]
    } else {
        ascending[below] + share * (ascending[above] - ascending[below])
    })
}

/// The median of ascending values.
pub fn median(ascending: &[f64]) -> Option<f64> {
    let n = ascending.len();
    match n {
        0 => None,
        _ if n % 2 == 1 => Some(ascending[n / 2]),
        _ => Some((ascending[n / 2 - 1] + ascending[n / 2]) / 2.0),
    }
}
