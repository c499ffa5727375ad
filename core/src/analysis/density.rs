//! Kernel densities of the scores over periods.

use crate::method::{choice, settings};
use crate::number;

use super::finding::{FIRST, columns};
use super::{Cell, Column, Form, Found, Need, Reason, Subject, analysis};

choice! {
    /// By what the bandwidth is found.
    pub enum Bandwidth {
        /// sd·n^(−1/5).
        Scott = "scott",
        /// sd·(3n/4)^(−1/5).
        Silverman = "silverman",
    }
}

settings! {
    /// Settings of the densities.
    pub(super) struct Settings {
        /// The node whose scores are looked at; the index unless stated.
        node: Option<String> = None,
        /// The periods; all unless stated.
        periods: Vec<String> = Vec::new(),
        /// By what the bandwidth of each period is found.
        bandwidth: Bandwidth = Bandwidth::Scott,
        /// At how many points the densities are computed.
        points: usize [2, 10_000] = 101,
    }
}

analysis!(Settings, compute, {
    name: "density",
    label: "Kernel density",
    summary: "How scores are distributed in each period: Gaussian kernel densities on one grid of points, with their peaks.",
    formula: "f(x) = 1/(n·h) Σ_i φ((x − y_i)/h), with φ the normal density; h = sd·n^(−1/5) (scott) or sd·(3n/4)^(−1/5) (silverman), sd with divisor n − 1; the grid goes from 3h below the least score to 3h above the greatest",
    reference: "Scott (1992), Multivariate Density Estimation; Silverman (1986), Density Estimation for Statistics and Data Analysis, section 3.4.2",
    needs: Need::Nothing,
    forms: &[PERIODS, DENSITY],
});

const PERIODS: Form = Form {
    name: "periods",
    label: "Densities by period",
    columns: &[
        columns::PERIOD,
        columns::N,
        columns::MEAN,
        columns::SD,
        Column::decimals("bandwidth", "Bandwidth", 6),
        Column::number("peaks", "Peaks"),
        Column::score("mode", "Main peak at"),
        Column::decimals("height", "Its height", 4),
        columns::WHY.detail(),
    ],
    shown: FIRST,
};

const DENSITY: Form = Form {
    name: "points",
    label: "Densities at points",
    columns: &[
        columns::PERIOD,
        Column::decimals("x", "Score", 4),
        Column::decimals("density", "Density", 6),
    ],
    shown: 0,
};

/// The bandwidth of values; `None` with fewer than two of them, or where all are equal.
pub fn bandwidth(values: &[f64], by: Bandwidth) -> Option<f64> {
    let n = number::count(values) as f64;
    let sd = number::sample_variance(values)?.sqrt();
    let factor = match by {
        Bandwidth::Scott => libm::pow(n, -0.2),
        Bandwidth::Silverman => libm::pow(n * 3.0 / 4.0, -0.2),
    };
    let largest = number::largest(values);
    Some(sd * factor).filter(|h| *h > 1e-14 * largest)
}

/// The density of values at a point.
pub fn density(values: &[f64], bandwidth: f64, at: f64) -> f64 {
    let n = number::count(values) as f64;
    let kernel = |x: &f64| {
        let z = (at - x) / bandwidth;
        libm::exp(-0.5 * z * z)
    };
    let terms: Vec<f64> = values.iter().map(kernel).collect();
    number::sum(&terms) / (n * bandwidth * (2.0 * std::f64::consts::PI).sqrt())
}

fn compute(subject: &Subject<'_>, settings: &Settings) -> Result<Vec<Found>, Reason> {
    let node = subject.node(settings.node.as_deref())?;
    let slices = match settings.periods.is_empty() {
        true => subject.slices(),
        false => settings
            .periods
            .iter()
            .map(|label| subject.labelled(label))
            .collect::<Result<_, _>>()?,
    };
    let scores: Vec<Vec<f64>> = slices.iter().map(|&slice| subject.scores(node, slice)).collect();
    let widths: Vec<Option<f64>> =
        scores.iter().map(|scores| bandwidth(scores, settings.bandwidth)).collect();
    let ends = scores.iter().zip(&widths).filter_map(|(scores, h)| {
        let (least, greatest) = number::extremes(scores)?;
        Some((least - 3.0 * (*h)?, greatest + 3.0 * (*h)?))
    });
    let ends = ends.reduce(|a, b| (number::min(a.0, b.0), number::max(a.1, b.1)));
    let (mut periods, mut points) = (Found::new(&PERIODS), Found::new(&DENSITY));
    for ((&slice, scores), width) in slices.iter().zip(&scores).zip(&widths) {
        let period = Cell::Period(subject.period_of(slice));
        let n = number::count(scores);
        let head = [period.clone(), n.into()];
        let Some((h, (low, high))) = width.zip(ends) else {
            let why = if n < 2 { Reason::TooFew { n, least: 2 } } else { Reason::Constant };
            let nothing = std::iter::repeat_n(Cell::Empty, 6);
            periods.push(head.into_iter().chain(nothing).chain([Cell::None(why)]));
            continue;
        };
        let step = (high - low) / (settings.points - 1) as f64;
        let grid: Vec<f64> = (0..settings.points).map(|k| low + k as f64 * step).collect();
        let heights: Vec<f64> = grid.iter().map(|&x| density(scores, h, x)).collect();
        let peaks = peaks(&heights);
        let main = peaks.iter().copied().reduce(|a, b| if heights[b] > heights[a] { b } else { a });
        periods.push(head.into_iter().chain([
            number::mean(scores).unwrap_or(f64::NAN).into(),
            number::sample_variance(scores).map_or(f64::NAN, f64::sqrt).into(),
            h.into(),
            peaks.len().into(),
            main.map_or(f64::NAN, |at| grid[at]).into(),
            main.map_or(f64::NAN, |at| heights[at]).into(),
            Cell::Empty,
        ]));
        for (x, height) in grid.iter().zip(&heights) {
            points.push([period.clone(), (*x).into(), (*height).into()]);
        }
    }
    Ok(vec![periods, points])
}

/// The points that are higher than those on both sides; of a level top the first.
fn peaks(heights: &[f64]) -> Vec<usize> {
    let mut peaks = Vec::new();
    let mut rising = None;
    for at in 1..heights.len() {
        if heights[at] > heights[at - 1] {
            rising = Some(at);
        } else if heights[at] < heights[at - 1] {
            peaks.extend(rising.take());
        }
    }
    peaks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_density_is_one_in_all_and_has_the_peaks_of_its_groups() {
        let values = [1.0, 1.2, 0.9, f64::NAN, 8.0, 8.3, 7.9];
        let h = bandwidth(&values, Bandwidth::Silverman).unwrap() / 4.0;
        let heights: Vec<f64> =
            (0..4000).map(|k| density(&values, h, -10.0 + k as f64 * 0.0075)).collect();
        let mass = number::sum(&heights) * 0.0075;
        assert!((mass - 1.0).abs() < 1e-9, "{mass}");
        assert_eq!(peaks(&heights).len(), 2);
        assert_eq!(peaks(&[1.0, 2.0, 2.0, 1.0, 1.0, 3.0, 2.0]), [1, 5]);
        assert_eq!(bandwidth(&[0.1; 3], Bandwidth::Scott), None);
    }
}
