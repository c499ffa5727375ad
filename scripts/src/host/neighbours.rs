//! The neighbours of the rows, with their weights.

use std::sync::Arc;

use quanheng_core::method::{FromValue, MethodError, Rows, SpatialWeights, Standardised, Value};
use quanheng_core::model::{Region, RegionIx};
use quanheng_words::text;
use rhai::ImmutableString;

use super::column::{Column, same_length};
use super::functions::{Functions, Number, as_it_is, functions};
use super::mask::Mask;
use crate::problem::{Failed, fail};

/// For each row the rows of its region's neighbours in the same period, with their weights.
#[derive(Clone, Debug)]
pub struct Neighbours(Arc<Of>);

#[derive(Debug)]
struct Of {
    weights: SpatialWeights,
    /// The region of each row.
    regions: Vec<RegionIx>,
    all: Arc<Vec<Region>>,
}

as_it_is! { Neighbours = "Neighbours" }

impl Neighbours {
    /// Of rows.
    ///
    /// # Errors
    /// The project states no neighbours.
    pub(super) fn new(rows: Rows<'_>) -> Result<Self, Failed> {
        let none = |error: MethodError| fail(error.words(), text!(neighbours_not_stated_hint));
        Ok(Neighbours(Arc::new(Of {
            weights: SpatialWeights::new(rows).map_err(none)?,
            regions: rows.regions.to_vec(),
            all: Arc::clone(rows.all),
        })))
    }

    /// A number for each row that is a neighbour of a row of this region.
    fn weights(&self, code: &str) -> Vec<f64> {
        let Of { weights, regions, all } = &*self.0;
        let is_of = |row: &usize| all[regions[*row].0 as usize].code == code;
        let mut found = vec![f64::NAN; weights.len()];
        for row in (0..weights.len()).filter(is_of) {
            weights.of(row).iter().for_each(|&(to, weight)| found[to] = weight);
        }
        found
    }

    fn lag(&self, x: &Column, standardised: Standardised) -> Result<Column, Failed> {
        let weights = &self.0.weights;
        same_length(x.len(), weights.len())?;
        let lag = |row: usize| weights.lag(row, x.values(), standardised).unwrap_or(f64::NAN);
        Column::new((0..x.len()).map(lag).collect())?.with_unit(x.unit())
    }
}

pub(crate) fn register(lib: &mut Functions) {
    functions! { lib, "Neighbours";
        /// How many neighbours each row has.
        fn "get counts"(neighbours: Neighbours) -> Column {
            let weights = &neighbours.0.weights;
            Column::new((0..weights.len()).map(|row| weights.of(row).len() as f64).collect())
        }
        /// Which rows are of neighbours of the region with this code.
        fn "of"(neighbours: Neighbours, code: ImmutableString) -> Mask {
            Mask::new(neighbours.weights(&code).into_iter().map(|weight| !weight.is_nan()))
        }
        /// What each row weighs as a neighbour of the region with this code; absent where it is not one.
        fn "weights"(neighbours: Neighbours, code: ImmutableString) -> Column {
            Column::new(neighbours.weights(&code))
        }
        /// The same neighbours, where each row is a neighbour of itself with this weight: the diagonal of the matrix.
        fn "with_diagonal"(neighbours: Neighbours, weight: Number) -> Neighbours {
            if weight.0 < 0.0 {
                return Err(fail(text!(script_diagonal, weight = weight.0), text!(script_from_0)));
            }
            let Of { weights, regions, all } = &*neighbours.0;
            let weights = weights.clone().with_diagonal(weight.0);
            Ok(Neighbours(Arc::new(Of { weights, regions: regions.clone(), all: Arc::clone(all) })))
        }
        /// The spatial lag: each row has the weighted mean of its neighbours, those without a value left out. Absent
        /// where no neighbour has a value.
        fn "lag"(x: Column, neighbours: Neighbours) -> Column { neighbours.lag(&x, Standardised::Rows) }
        /// The same, where the weights of the neighbours of each row are divided by their sum (`rows`), or used as they
        /// are stated (`none`), so that each row has the weighted sum of its neighbours.
        fn "lag"(x: Column, neighbours: Neighbours, standardised: ImmutableString) -> Column {
            match Standardised::from_value(&Value::Text(standardised.to_string())) {
                Some(standardised) => neighbours.lag(&x, standardised),
                None => {
                    let what = text!(script_standardised, word = standardised.as_str());
                    Err(fail(what, text!(one_of, names = &["rows", "none"][..])))
                }
            }
        }
    }
}
