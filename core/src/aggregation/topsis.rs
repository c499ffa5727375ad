//! How near a region is to the best value of every child, and how far from the worst.

use quanheng_words::text;

use super::mcdm::{ByChild, criteria, refuse_unknown, zeros};
use super::row::finite;
use super::{Aggregation, Children};
use crate::method::{
    Claims, Domain, Entry, Example, Given, MethodError, Needs, Only, Scratch, Settings, Shape,
    Units, choice, settings,
};
use crate::number;

choice! {
    /// What a column is divided by.
    pub enum Scale {
        /// Nothing.
        None = "none",
        /// The root of its sum of squares.
        Vector = "vector",
        /// The distance from its least to its greatest value.
        MinMax = "min_max",
        /// Its sum.
        Sum = "sum",
    }
}

choice! {
    /// How far two points are from each other.
    pub enum Distance {
        /// The root of the sum of squares.
        Euclidean = "euclidean",
        /// The sum of the differences.
        Manhattan = "manhattan",
        /// The greatest difference.
        Chebyshev = "chebyshev",
    }
}

choice! {
    /// What a weight multiplies in the Euclidean distance.
    pub enum Weighed {
        /// The value, so that the distance has its square.
        Values = "values",
        /// The square of the difference.
        Squares = "squares",
    }
}

settings! {
    /// Settings of TOPSIS.
    pub struct Topsis {
        /// How the columns are scaled first; `none` fits scores that are normalised already.
        scale: Scale = Scale::None,
        /// How the distance is formed of the differences Δ: `euclidean`, the root of the sum of squares; `manhattan`, the sum of w·|Δ|; `chebyshev`, the greatest w·|Δ|.
        distance: Distance = Distance::Euclidean,
        /// What the weight multiplies in the Euclidean distance: the values, √Σ (w·Δ)², as in the original paper (`values`), or the squares, √Σ w·Δ², as in Deng, Yeh & Willis (2000), Computers & Operations Research 27, and in much code in China (`squares`).
        weighed: Weighed = Weighed::Values => Only::Is("distance", &["euclidean"]),
        /// The best value of single children, by their code, before they are scaled; of the others the best among the regions.
        best: ByChild = ByChild::new(),
        /// The worst value of single children, by their code, before they are scaled; of the others the worst among the regions.
        worst: ByChild = ByChild::new(),
    }
}

pub(super) const ENTRY: Entry<dyn Aggregation> = Entry {
    name: "topsis",
    summary: "How near a region is to the best value of every child, and how far from the worst; one of the whole way is 1",
    formula: "S = d⁻ / (d⁺ + d⁻), with d = √Σ (w·Δ)² or as set, Δ = r − r of the best or worst",
    reference: "Hwang & Yoon (1981), Multiple Attribute Decision Making",
    settings: Topsis::declared,
    make: |values: &Settings| Ok(Box::new(Topsis::read(values)?)),
    claims: Claims { monotone: false, units: Units::Matter, zero_weight: true, absent: false },
    intermediate: &[
        Given::new("d_plus", "D⁺", Shape::REGIONS, "The distance to the best values."),
        Given::new("d_minus", "D⁻", Shape::REGIONS, "The distance to the worst values."),
        Given::new("closeness", "C", Shape::REGIONS, "The relative closeness D⁻/(D⁺ + D⁻)."),
    ],
    example: || Example {
        columns: vec![vec![0.0, 1.0, 0.0], vec![0.0, 1.0, 1.0]],
        expected: vec![0.0, 1.0, 0.5],
        source: "by hand: the third region is as far from the best as from the worst".into(),
        ..Example::default()
    },
};

impl Aggregation for Topsis {
    fn aggregate(
        &self,
        children: &Children<'_>,
        scratch: &mut Scratch,
        out: &mut [f64],
    ) -> Result<(), MethodError> {
        refuse_unknown(children, self.best.keys().chain(self.worst.keys()))?;
        let (near, far) = (zeros(&mut scratch.a, out), zeros(&mut scratch.b, out));
        for c in criteria(children)? {
            let ends = c.ends(children, &self.best, &self.worst)?;
            let unit = match self.scale {
                Scale::None => 1.0,
                // A column without any spread says nothing.
                _ if ends.best == ends.worst => continue,
                Scale::Vector => c.length()?,
                Scale::MinMax => ends.length(),
                Scale::Sum => c.sum()?,
            };
            for ((near, far), x) in near.iter_mut().zip(far.iter_mut()).zip(c.values) {
                let x = ends.within(*x);
                self.add(near, c.weight, (x - ends.best) / unit);
                self.add(far, c.weight, (x - ends.worst) / unit);
            }
        }
        if self.distance == Distance::Euclidean {
            near.iter_mut().chain(far.iter_mut()).for_each(|d| *d = d.sqrt());
        }
        scratch.intermediate.regions("d_plus", near.iter().copied());
        scratch.intermediate.regions("d_minus", far.iter().copied());
        for (row, score) in out.iter_mut().enumerate() {
            let (near, far) = (near[row], far[row]);
            if near + far == 0.0 {
                return Err(MethodError::Other(text!(alike_all)));
            }
            *score = far / (near + far);
            finite(row, *score)?;
        }
        scratch.intermediate.regions("closeness", out.iter().copied());
        Ok(())
    }

    fn needs(&self) -> Needs {
        Needs { complete: true, ..Needs::NOTHING }
    }

    fn is_flat(&self) -> bool {
        true
    }

    fn gives(&self, _children: &[Domain]) -> Domain {
        Domain::between(0.0, 1.0)
    }
}

impl Topsis {
    /// Takes the difference in one child into a distance; a Euclidean one is still squared.
    fn add(&self, distance: &mut f64, weight: f64, gap: f64) {
        match (self.distance, self.weighed) {
            (Distance::Euclidean, Weighed::Values) => *distance += weight * weight * gap * gap,
            (Distance::Euclidean, Weighed::Squares) => *distance += weight * gap * gap,
            (Distance::Manhattan, _) => *distance += weight * gap.abs(),
            (Distance::Chebyshev, _) => *distance = number::max(*distance, weight * gap.abs()),
        }
    }
}
