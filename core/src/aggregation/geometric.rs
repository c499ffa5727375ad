//! The weighted geometric mean.

use super::{Aggregation, Children};
use crate::method::{
    Claims, Domain, Entry, Example, MethodError, Needs, Scratch, Settings, Units, choice, settings,
};
use crate::number;

choice! {
    /// What becomes of a score of zero.
    pub enum Zeros {
        Refuse = "refuse",
        Zero = "zero",
    }
}

settings! {
    /// Settings of the geometric mean.
    pub struct Geometric {
        /// What becomes of a score of zero: it is refused, or it makes the mean zero.
        zeros: Zeros = Zeros::Refuse,
    }
}

pub(super) const ENTRY: Entry<dyn Aggregation> = Entry {
    name: "geometric",
    zh: "加权几何平均",
    summary: "The weighted geometric mean: a weak child is made up for less and less the weaker it is.",
    formula: "S = Π s^(w/Σw) = exp(Σ w·ln s / Σ w)",
    reference: "OECD/JRC Handbook (2008), p. 103",
    settings: Geometric::declared,
    make: |values: &Settings| Ok(Box::new(Geometric::read(values)?)),
    claims: Claims { monotone: true, units: Units::Matter, zero_weight: true, absent: true },
    example: || Example {
        columns: vec![vec![1.0, 4.0, 9.0], vec![100.0, 4.0, f64::NAN]],
        expected: vec![10.0, 4.0, 9.0],
        source: "by hand: √(1·100) = 10; the third region is scored on its first child alone",
        ..Example::default()
    },
};

impl Aggregation for Geometric {
    fn aggregate(
        &self,
        children: &Children<'_>,
        scratch: &mut Scratch,
        out: &mut [f64],
    ) -> Result<(), MethodError> {
        for (row, score) in out.iter_mut().enumerate() {
            if !children.row_weights(row, &mut scratch.a) {
                *score = f64::NAN;
                continue;
            }
            let mut sum = 0.0;
            let mut zero = false;
            for (k, &weight) in scratch.a.iter().enumerate() {
                let x = children.columns[k][row];
                if weight <= 0.0 {
                    continue;
                }
                if x < 0.0 || (x == 0.0 && self.zeros == Zeros::Refuse) {
                    let needed = if self.zeros == Zeros::Refuse { "above 0" } else { "0 or more" };
                    return Err(MethodError::OutOfDomain { column: k, row, value: x, needed });
                }
                zero |= x == 0.0;
                sum += weight * libm::log(x);
            }
            *score = if zero { 0.0 } else { libm::exp(sum) };
        }
        Ok(())
    }

    fn needs(&self) -> Needs {
        match self.zeros {
            Zeros::Refuse => Needs { positive: true, ..Needs::ORIENTED },
            Zeros::Zero => Needs { non_negative: true, ..Needs::ORIENTED },
        }
    }

    fn gives(&self, children: &[Domain]) -> Domain {
        let mean = Domain::of_mean(children);
        Domain { lower: number::max(mean.lower, 0.0), centred: false, ..mean }
    }

    fn is_rowwise(&self) -> bool {
        true
    }
}
