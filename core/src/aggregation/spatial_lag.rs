//! The spatial lag of the weighted mean: what the neighbours of a region have.

use super::arithmetic::Arithmetic;
use super::{Aggregation, Children};
use crate::method::{
    Claims, Domain, Entry, Example, Given, MethodError, Scratch, Settings, Shape, SpatialWeights,
    Standardised, Units, settings,
};
use crate::model::{Neighbours, RegionIx};

settings! {
    /// Settings of the spatial lag.
    pub struct SpatialLag {
        /// With `rows` the weights of the neighbours of each region, and that of the region itself, are divided by their sum, so that the score is a mean; with `none` they are used as they are stated, and the score is a sum.
        standardised: Standardised = Standardised::Rows,
        /// The weight of the region itself, w_ii: with 0 only its neighbours count (spatial lag), with 1 it counts as a neighbour of weight 1 (spatial window).
        diagonal: f64 [0.0, 1e9] = 0.0,
    }
}

pub(super) const ENTRY: Entry<dyn Aggregation> = Entry {
    name: "spatial_lag",
    summary: "The spatial lag of the weighted mean: the mean of what a region's neighbours have, by the weights of the table of neighbours.",
    formula: "c_i = Σ w·s / Σ w over the children of region i; S_i = Σ_j w_ij·c_j / Σ_j w_ij over its neighbours that have a c_j, or S_i = Σ_j w_ij·c_j",
    reference: "Anselin (1988), Spatial Econometrics, section 3.1; Anselin (2018), GeoDa Workbook, Applications of Spatial Weights (row-standardized weights or not, with the diagonal or without: spatial lag and spatial window)",
    settings: SpatialLag::declared,
    make: |values: &Settings| Ok(Box::new(SpatialLag::read(values)?)),
    claims: Claims { monotone: true, units: Units::Matter, zero_weight: true, absent: true },
    intermediate: &[Given::new(
        "own",
        "c",
        Shape::REGIONS,
        "The weighted mean of the region's own children.",
    )],
    example: || {
        let (first, own) = (RegionIx(0), 235_500.0);
        let others = (1..7).map(RegionIx);
        let links = others.flat_map(|other| [(first, other, 1.0), (other, first, 1.0)]);
        Example {
            columns: vec![vec![own, 131_650.0, 65_000.0, 81_500.0, 76_000.0, 120_000.0, 5_000.0]],
            neighbours: Some(Neighbours::new(links)),
            expected: vec![479_150.0 / 6.0, own, own, own, own, own, own],
            source: "Anselin (2018), GeoDa Workbook, Applications of Spatial Weights: house 1183 and its six neighbours; its spatial lag is 479150/6 = 79858.33. Here it is the only neighbour of the six, so that their lag is its price".into(),
            ..Example::default()
        }
    },
};

impl Aggregation for SpatialLag {
    fn aggregate(
        &self,
        children: &Children<'_>,
        scratch: &mut Scratch,
        out: &mut [f64],
    ) -> Result<(), MethodError> {
        let weights = SpatialWeights::new(children.rows)?.with_diagonal(self.diagonal);
        let mut own = vec![f64::NAN; out.len()];
        Arithmetic {}.aggregate(children, scratch, &mut own)?;
        for (row, score) in out.iter_mut().enumerate() {
            *score = match own[row].is_nan() {
                true => f64::NAN,
                false => weights
                    .lag(row, &own, self.standardised)
                    .ok_or(MethodError::NoNeighbour { row })?,
            };
        }
        scratch.intermediate.regions("own", own);
        Ok(())
    }

    fn gives(&self, children: &[Domain]) -> Domain {
        match self.standardised {
            Standardised::Rows => Domain::of_mean(children),
            Standardised::None => Domain::of_sum(children),
        }
    }

    fn keeps_unit(&self) -> bool {
        self.standardised == Standardised::Rows
    }

    fn scale(&self, children: &[f64], weights: &[f64]) -> f64 {
        super::scale_of_mean(children, weights)
    }
}
