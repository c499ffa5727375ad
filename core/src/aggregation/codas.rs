//! How far a region is from the worst one, by the shortest way and along the axes.

use super::mcdm::{ZeroCosts, criteria};
use super::row::finite;
use super::{Aggregation, Children};
use crate::method::{
    Claims, Domain, Entry, Example, Given, MethodError, Needs, Scratch, Settings, Shape, Units,
    settings,
};

settings! {
    /// Settings of CODAS.
    pub struct Codas {
        /// Two regions whose Euclidean distances differ by less than this are compared by these alone; others by their
        /// taxicab distances too.
        threshold: f64 [0, 1] = 0.02,
    }
}

pub(super) const ENTRY: Entry<dyn Aggregation> = Entry {
    name: "codas",
    summary: "How far a region is from the worst value of every child, by the Euclidean distance and, where it tells regions apart, by the taxicab distance",
    formula: "S(a) = Σ over b of (E(a) − E(b)) + ψ·(T(a) − T(b)), with ψ = 1 where |E(a) − E(b)| ≥ τ and else 0; E and T are distances of w·s from the least w·s, s as a share of the best",
    reference: "Keshavarz Ghorabaee, Zavadskas, Turskis & Antuchevičienė (2016), Economic Computation and Economic Cybernetics Studies and Research 50",
    settings: Codas::declared,
    make: |values: &Settings| Ok(Box::new(Codas::read(values)?)),
    claims: Claims { monotone: false, units: Units::Scale, zero_weight: true, absent: false },
    intermediate: &[
        Given::new("e", "E", Shape::REGIONS, "The Euclidean distance from the worst."),
        Given::new("t", "T", Shape::REGIONS, "The taxicab distance from the worst."),
    ],
    example: || Example {
        columns: vec![vec![1.0, 2.0], vec![4.0, 4.0]],
        expected: vec![-0.5, 0.5],
        source: "by hand: shares 0.5 and 1, weight 0.5; both distances are 0.25".into(),
        ..Example::default()
    },
};

impl Aggregation for Codas {
    fn aggregate(
        &self,
        children: &Children<'_>,
        scratch: &mut Scratch,
        out: &mut [f64],
    ) -> Result<(), MethodError> {
        let (straight, along) = (&mut scratch.a, &mut scratch.b);
        for buffer in [&mut *straight, &mut *along] {
            buffer.clear();
            buffer.resize(out.len(), 0.0);
        }
        for c in criteria(children)? {
            let best = c.measure(ZeroCosts::Refuse)?;
            let worst = c.measured(c.worst(), best);
            for ((straight, along), x) in straight.iter_mut().zip(along.iter_mut()).zip(c.values) {
                let gap = c.weight * (c.measured(*x, best) - worst);
                *straight += gap * gap;
                *along += gap;
            }
        }
        for straight in straight.iter_mut() {
            *straight = straight.sqrt();
        }
        scratch.intermediate.regions("e", straight.iter().copied());
        scratch.intermediate.regions("t", along.iter().copied());
        for (row, score) in out.iter_mut().enumerate() {
            let against = |other: usize| {
                let gap = straight[row] - straight[other];
                // A distance at the threshold tells two regions apart, whatever its last digits are.
                match gap.abs() < self.threshold * (1.0 - 1e-9) {
                    true => gap,
                    false => gap + (along[row] - along[other]),
                }
            };
            *score = (0..straight.len()).map(against).sum();
            finite(row, *score)?;
        }
        Ok(())
    }

    fn needs(&self) -> Needs {
        Needs { complete: true, non_negative: true, ..Needs::NOTHING }
    }

    fn is_flat(&self) -> bool {
        true
    }

    fn gives(&self, _children: &[Domain]) -> Domain {
        Domain::ANY
    }
}
