//! Pareto dominance: how many regions are no better in any child, and worse in one.

use super::mcdm::criteria;
use super::{Aggregation, Children};
use crate::method::{
    Claims, Domain, Entry, Example, Given, MethodError, Needs, Scratch, Settings, Shape, Units,
    settings,
};

settings! {
    /// Settings of Pareto dominance.
    pub struct Pareto {
        /// Whether a region dominates only those that are worse in every child.
        strict: bool = false,
    }
}

pub(super) const ENTRY: Entry<dyn Aggregation> = Entry {
    name: "pareto",
    summary: "How many regions a region dominates: they are no better in any child, and worse in at least one; weights are not used, but a child of weight zero is left out",
    formula: "S(a) = the number of regions b with s(a) ≥ s(b) in every child and s(a) > s(b) in at least one",
    reference: "Kung, Luccio & Preparata (1975), Journal of the ACM 22; Deb, Pratap, Agarwal & Meyarivan (2002), IEEE Transactions on Evolutionary Computation 6, for the fronts",
    settings: Pareto::declared,
    make: |values: &Settings| Ok(Box::new(Pareto::read(values)?)),
    claims: Claims {
        monotone: true,
        units: Units::ScaleAndShift,
        zero_weight: true,
        absent: false,
    },
    intermediate: &[
        Given::new(
            "dominated_by",
            "",
            Shape::REGIONS,
            "How many regions dominate it; 0 on the frontier.",
        ),
        Given::new(
            "front",
            "",
            Shape::REGIONS,
            "The front: 1 if no region dominates it, 2 if only regions of the first front do, and so on.",
        ),
    ],
    example: || Example {
        columns: vec![vec![1.0, 2.0, 3.0], vec![2.0, 1.0, 3.0]],
        expected: vec![0.0, 0.0, 2.0],
        source: "by hand: the third region is the best in both children".into(),
        ..Example::default()
    },
};

impl Aggregation for Pareto {
    fn aggregate(
        &self,
        children: &Children<'_>,
        scratch: &mut Scratch,
        out: &mut [f64],
    ) -> Result<(), MethodError> {
        let rows = out.len();
        let criteria: Vec<_> = criteria(children)?.collect();
        let ahead = |c: &super::mcdm::Criterion<'_>, a: usize, b: usize| match c.cost {
            true => c.values[a] < c.values[b],
            false => c.values[a] > c.values[b],
        };
        let dominates = |a: usize, b: usize| match self.strict {
            true => !criteria.is_empty() && criteria.iter().all(|c| ahead(c, a, b)),
            false => {
                criteria.iter().any(|c| ahead(c, a, b)) && !criteria.iter().any(|c| ahead(c, b, a))
            }
        };
        for (a, score) in out.iter_mut().enumerate() {
            *score = (0..rows).filter(|&b| dominates(a, b)).count() as f64;
        }
        if scratch.intermediate.is_asked() {
            let dominated = |b: usize| (0..rows).filter(|&a| dominates(a, b)).count() as f64;
            scratch.intermediate.regions("dominated_by", (0..rows).map(dominated));
            let mut fronts = vec![0.0; rows];
            let mut front = 0.0;
            while fronts.contains(&0.0) {
                front += 1.0;
                let rest: Vec<usize> = (0..rows).filter(|&row| fronts[row] == 0.0).collect();
                let free = |b: &usize| !rest.iter().any(|&a| dominates(a, *b));
                for row in rest.iter().copied().filter(free) {
                    fronts[row] = front;
                }
            }
            scratch.intermediate.regions("front", fronts);
        }
        Ok(())
    }

    fn uses_weights(&self) -> bool {
        false
    }

    fn needs(&self) -> Needs {
        Needs { complete: true, ..Needs::NOTHING }
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
