//! MULTIMOORA: which of two regions is better in more of three rankings.

use super::full_multiplicative::logarithms;
use super::moora::ratios;
use super::moora_reference::distances;
use super::{Aggregation, Children};
use crate::method::{
    Claims, Domain, Entry, Example, Given, MethodError, Needs, Scratch, Settings, Shape, Units,
    settings,
};
use crate::number::{self, Ties};

settings! {
    /// No settings.
    pub struct Multimoora {}
}

pub(super) const ENTRY: Entry<dyn Aggregation> = Entry {
    name: "multimoora",
    summary: "How many regions a region dominates: it is better in more of the rankings by ratio system, reference point and full multiplicative form than the other one is",
    formula: "S(a) = the number of regions b with more of the three ranks of a before those of b than the other way round",
    reference: "Brauers & Zavadskas (2010), Technological and Economic Development of Economy 16; (2011), Technological and Economic Development of Economy 17, for dominance",
    settings: Multimoora::declared,
    make: |values: &Settings| Ok(Box::new(Multimoora::read(values)?)),
    claims: Claims { monotone: false, units: Units::Scale, zero_weight: true, absent: false },
    intermediate: &[
        Given::new("ratio", "y", Shape::REGIONS, "The score of the ratio system; more is better."),
        Given::new(
            "reference",
            "z",
            Shape::REGIONS,
            "The greatest distance from the reference point; less is better.",
        ),
        Given::new(
            "product",
            "U",
            Shape::REGIONS,
            "The full multiplicative form with the weights as exponents; more is better.",
        ),
        Given::new("rank_ratio", "", Shape::REGIONS, "The rank by the ratio system."),
        Given::new("rank_reference", "", Shape::REGIONS, "The rank by the reference point."),
        Given::new("rank_product", "", Shape::REGIONS, "The rank by the full multiplicative form."),
    ],
    example: || {
        Example {
        columns: vec![vec![1.0, 2.0, 3.0], vec![1.0, 2.0, 2.0]],
        expected: vec![0.0, 1.0, 2.0],
        source: "by hand: the third region is before the second, and that before the first, in every ranking".into(),
        ..Example::default()
    }
    },
};

/// Scores that differ by less than this part of the greatest are equal but for rounding.
const NOISE: f64 = 1e-12;

impl Aggregation for Multimoora {
    fn aggregate(
        &self,
        children: &Children<'_>,
        scratch: &mut Scratch,
        out: &mut [f64],
    ) -> Result<(), MethodError> {
        let rows = out.len();
        // The logarithms come last, so that they are at hand for the products.
        let parts: [(Part, f64); 3] = [(ratios, -1.0), (distances, 1.0), (logarithms, -1.0)];
        let ranks = &mut scratch.b;
        ranks.clear();
        ranks.resize(3 * rows, 0.0);
        for (k, (part, sign)) in parts.into_iter().enumerate() {
            part(children, out)?;
            let figure = |x: f64| if k == 2 { libm::exp(x) } else { x };
            let name = ["ratio", "reference", "product"][k];
            let figures =
                out.iter().map(|x| figure(*x)).map(|x| if x.is_finite() { x } else { f64::NAN });
            scratch.intermediate.regions(name, figures);
            let size = out
                .iter()
                .filter(|x| x.is_finite())
                .fold(0.0, |most, x| number::max(most, x.abs()));
            scratch.a.clear();
            scratch.a.extend(out.iter().map(|x| sign * x));
            let ranks = &mut ranks[k * rows..(k + 1) * rows];
            number::rank(&scratch.a, Ties::Competition, NOISE * size, &mut scratch.order, ranks);
        }
        for (name, ranks) in ["rank_ratio", "rank_reference", "rank_product"]
            .into_iter()
            .zip(ranks.chunks(rows.max(1)))
        {
            scratch.intermediate.regions(name, ranks.iter().copied());
        }
        let rank = |part: usize, row: usize| ranks[part * rows + row];
        for (a, score) in out.iter_mut().enumerate() {
            let dominates = |b: &usize| {
                let before = (0..3).filter(|&k| rank(k, a) < rank(k, *b)).count();
                let behind = (0..3).filter(|&k| rank(k, a) > rank(k, *b)).count();
                before > behind
            };
            *score = (0..rows).filter(dominates).count() as f64;
        }
        Ok(())
    }

    fn needs(&self) -> Needs {
        Needs { complete: true, non_negative: true, ..Needs::NOTHING }
    }

    fn is_flat(&self) -> bool {
        true
    }

    fn compares_regions(&self) -> bool {
        true
    }

    fn gives(&self, _children: &[Domain]) -> Domain {
        Domain { lower: 0.0, ..Domain::ANY }
    }
}

type Part = fn(&Children<'_>, &mut [f64]) -> Result<(), MethodError>;
