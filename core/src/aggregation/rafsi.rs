//! RAFSI: every child mapped onto one interval, and added.

use super::mcdm::{ByChild, criteria, refuse_unknown};
use super::row::finite;
use super::{Aggregation, Children};
use crate::method::{
    ABOVE_ZERO, Claims, Domain, Entry, Example, MethodError, Needs, Scratch, Settings, Units,
    fault, settings,
};
use crate::number;
use quanheng_words::text;

settings! {
    /// Settings of RAFSI.
    pub struct Rafsi {
        /// The least value that there can be, of single children by their code; of the others the least among the regions.
        lower: ByChild = ByChild::new(),
        /// The greatest value that there can be, of single children by their code; of the others the greatest among the regions. With `lower` and `upper` stated for every child, no region can change the score of another one.
        upper: ByChild = ByChild::new(),
        /// Where the interval begins onto which values are mapped.
        n1: f64 [ABOVE_ZERO, 1e6] = 1.0,
        /// Where the interval ends: how much better the better end of a child is than the worse one.
        n2k: f64 [ABOVE_ZERO, 1e6] = 6.0,
    }
}

pub(super) const ENTRY: Entry<dyn Aggregation> = Entry {
    name: "rafsi",
    summary: "Maps the range of every child onto one interval, and adds what each region has there, as a part of the interval's arithmetic or, where less is better, harmonic mean",
    formula: "S = Σ w·f / (2A), or Σ w·H / (2f) where less is better, with f = n₁ + (n₂ₖ − n₁)·(x − lower)/(upper − lower), A = (n₁ + n₂ₖ)/2 and H = 2 / (1/n₁ + 1/n₂ₖ)",
    reference: "Žižović, Pamučar, Albijanić, Chatterjee & Pribićević (2020), Mathematics 8",
    settings: Rafsi::declared,
    make: |values: &Settings| {
        let method = Rafsi::read(values)?;
        if method.n1 >= method.n2k {
            return Err(fault("n1", text!(expect_below_n2k)));
        }
        Ok(Box::new(method))
    },
    claims: Claims {
        monotone: false,
        units: Units::ScaleAndShift,
        zero_weight: true,
        absent: false,
    },
    intermediate: &[],
    example: || Example {
        columns: vec![vec![0.0, 2.0, 5.0]],
        expected: vec![1.0 / 7.0, 3.0 / 7.0, 6.0 / 7.0],
        source: "by hand: f = 1, 3 and 6, over 2A = 7".into(),
        ..Example::default()
    },
};

impl Aggregation for Rafsi {
    fn aggregate(
        &self,
        children: &Children<'_>,
        _scratch: &mut Scratch,
        out: &mut [f64],
    ) -> Result<(), MethodError> {
        refuse_unknown(children, self.lower.keys().chain(self.upper.keys()))?;
        out.fill(0.0);
        let (arithmetic, harmonic) =
            ((self.n1 + self.n2k) / 2.0, 2.0 / (1.0 / self.n1 + 1.0 / self.n2k));
        for c in criteria(children)? {
            let ends = c.range(children, &self.lower, &self.upper)?;
            let lower = number::min(ends.best, ends.worst);
            for (score, x) in out.iter_mut().zip(c.values) {
                let place = match ends.length() {
                    // A column without any spread is in the middle.
                    0.0 => 0.5,
                    length => (ends.within(*x) - lower) / length,
                };
                let f = self.n1 + (self.n2k - self.n1) * place;
                *score +=
                    c.weight * if c.cost { harmonic / (2.0 * f) } else { f / (2.0 * arithmetic) };
            }
        }
        for (row, score) in out.iter().enumerate() {
            finite(row, *score)?;
        }
        Ok(())
    }

    fn needs(&self) -> Needs {
        Needs { complete: true, ..Needs::NOTHING }
    }

    fn takes_printed_weights(&self) -> bool {
        true
    }

    fn is_flat(&self) -> bool {
        true
    }

    fn gives(&self, _children: &[Domain]) -> Domain {
        Domain { lower: 0.0, ..Domain::ANY }
    }
}
