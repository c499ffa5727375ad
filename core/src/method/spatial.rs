//! The neighbours of rows: a spatial weights matrix over the rows of a method's input.

use super::{MethodError, Rows};
use crate::model::{PeriodIx, RegionIx};
use crate::number;

super::choice! {
    /// What becomes of the weights of neighbours.
    pub enum Standardised {
        /// The weights of the neighbours of a region add up to 1.
        Rows = "rows",
        /// They are used as they are stated.
        None = "none",
    }
}

/// For each row the rows of its region's neighbours in the same period, with their weights. Neighbours that are not among
/// the rows are left out: regions of another league, and those that a screening leaves out.
#[derive(Clone, Debug, PartialEq)]
pub struct SpatialWeights(Vec<Vec<(usize, f64)>>);

impl SpatialWeights {
    /// The rows' part of the project's neighbours.
    ///
    /// # Errors
    /// The project states no neighbours.
    pub fn new(rows: Rows<'_>) -> Result<Self, MethodError> {
        let neighbours = rows.neighbours.ok_or(MethodError::NoNeighbours)?;
        let mut places: Vec<(PeriodIx, RegionIx, usize)> =
            (0..rows.len()).map(|row| (rows.periods[row], rows.regions[row], row)).collect();
        number::sort_items(&mut places, Ord::cmp);
        let of_row = |row: usize| {
            let period = rows.periods[row];
            let place = |&(region, weight): &(RegionIx, f64)| {
                let found = places.binary_search_by(|p| (p.0, p.1).cmp(&(period, region))).ok()?;
                Some((places[found].2, weight))
            };
            let mut of: Vec<(usize, f64)> =
                neighbours.of(rows.regions[row]).iter().filter_map(place).collect();
            number::sort_items(&mut of, |a, b| a.0.cmp(&b.0));
            of
        };
        Ok(SpatialWeights((0..rows.len()).map(of_row).collect()))
    }

    /// The same weights, where each row is a neighbour of itself with this weight: the diagonal of the matrix. With 0
    /// nothing changes.
    #[must_use]
    pub fn with_diagonal(mut self, weight: f64) -> Self {
        if weight > 0.0 {
            for (row, of) in self.0.iter_mut().enumerate() {
                of.push((row, weight));
                number::sort_items(of, |a, b| a.0.cmp(&b.0));
            }
        }
        self
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The neighbours of a row with their weights, in the order of the rows.
    pub fn of(&self, row: usize) -> &[(usize, f64)] {
        &self.0[row]
    }

    /// The spatial lag of values at a row: their weighted sum over the neighbours that have one, with `rows` divided by
    /// the sum of these weights. None where no neighbour has a value.
    ///
    /// `Σ_j w_ij x_j`, or `Σ_j w_ij x_j / Σ_j w_ij` (Anselin 1988, Spatial Econometrics, section 3.1).
    ///
    /// # Panics
    /// If there is not a value for each row.
    pub fn lag(&self, row: usize, values: &[f64], standardised: Standardised) -> Option<f64> {
        assert_eq!(values.len(), self.0.len(), "a value for each row");
        let there: Vec<(usize, f64)> =
            self.0[row].iter().copied().filter(|(to, _)| !values[*to].is_nan()).collect();
        if there.is_empty() {
            return None;
        }
        let terms: Vec<f64> = there.iter().map(|&(to, weight)| weight * values[to]).collect();
        let sum = number::sum(&terms);
        Some(match standardised {
            Standardised::None => sum,
            Standardised::Rows => {
                let weights: Vec<f64> = there.iter().map(|link| link.1).collect();
                sum / number::sum(&weights)
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::method::PlainRows;
    use crate::model::Neighbours;

    fn plain(n: usize, periods: usize) -> PlainRows {
        let r = RegionIx;
        let links = [(r(0), r(1), 1.0), (r(0), r(2), 3.0), (r(1), r(0), 1.0), (r(2), r(7), 1.0)];
        let mut plain = PlainRows::panel(n, periods);
        plain.neighbours = Some(Arc::new(Neighbours::new(links)));
        plain
    }

    #[test]
    fn neighbours_of_the_same_period_that_are_there() {
        let plain = plain(3, 2);
        let weights = SpatialWeights::new(plain.rows()).expect("neighbours");
        assert_eq!(weights.of(0), [(1, 1.0), (2, 3.0)]);
        assert_eq!(weights.of(3), [(4, 1.0), (5, 3.0)]);
        // The eighth region is not among the rows.
        assert_eq!(weights.of(2), []);
        let with = weights.with_diagonal(0.5);
        assert_eq!(with.of(4), [(3, 1.0), (4, 0.5)]);
        let none = PlainRows::new(2);
        assert_eq!(SpatialWeights::new(none.rows()), Err(MethodError::NoNeighbours));
    }

    #[test]
    fn lags() {
        let plain = plain(3, 1);
        let weights = SpatialWeights::new(plain.rows()).expect("neighbours");
        let values = [1.0, 10.0, 20.0];
        assert_eq!(weights.lag(0, &values, Standardised::Rows), Some(17.5));
        assert_eq!(weights.lag(0, &values, Standardised::None), Some(70.0));
        assert_eq!(weights.lag(2, &values, Standardised::Rows), None);
        // An absent neighbour is left out.
        let absent = [1.0, f64::NAN, 20.0];
        assert_eq!(weights.lag(0, &absent, Standardised::Rows), Some(20.0));
    }
}
