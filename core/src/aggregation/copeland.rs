//! Copeland: wins less losses over all pairs of regions.

use super::{Aggregation, Children};
use crate::method::{
    Claims, Domain, Entry, Example, Given, MethodError, Scratch, Settings, Shape, Units, settings,
};

settings! {
    /// Settings of the Copeland score.
    pub struct Copeland {
        /// A pair is even where the weights on the two sides differ by this or less.
        tolerance: f64 [0, 1] = 1e-9,
    }
}

pub(super) const ENTRY: Entry<dyn Aggregation> = Entry {
    name: "copeland",
    summary: "Compares regions two by two: who is better on more weight wins; the score is wins less losses.",
    formula: "S(a) = Σ sign(weight of the children on which a is better − weight of those on which b is better) over all b",
    reference: "OECD/JRC Handbook (2008), step 7, non-compensatory multi-criteria approach",
    settings: Copeland::declared,
    make: |values: &Settings| Ok(Box::new(Copeland::read(values)?)),
    claims: Claims { monotone: true, units: Units::ScaleAndShift, zero_weight: true, absent: true },
    intermediate: &[
        Given::new("wins", "W", Shape::REGIONS, "How many regions it beats."),
        Given::new("losses", "L", Shape::REGIONS, "How many regions beat it."),
        Given::new(
            "outranking",
            "",
            Shape::REGIONS_REGIONS,
            "The weight of the children on which the region of the row is better than that of the column, and half of that on which they are equal.",
        ),
    ],
    example: || Example {
        columns: vec![vec![1.0, 2.0, 3.0], vec![5.0, 5.0, 1.0], vec![2.0, 4.0, 3.0]],
        expected: vec![-2.0, 2.0, 0.0],
        source: "by hand: the second beats both others, and the third beats the first".into(),
        ..Example::default()
    },
};

impl Aggregation for Copeland {
    fn aggregate(
        &self,
        children: &Children<'_>,
        scratch: &mut Scratch,
        out: &mut [f64],
    ) -> Result<(), MethodError> {
        for (row, score) in out.iter_mut().enumerate() {
            *score = if children.row_weights(row, &mut scratch.a) { 0.0 } else { f64::NAN };
        }
        let asked = scratch.intermediate.is_asked();
        let [mut wins, mut losses] =
            [(); 2].map(|()| if asked { out.to_vec() } else { Vec::new() });
        for a in 0..out.len() {
            if out[a].is_nan() {
                continue;
            }
            // How much more weight speaks for `a` than for each later region; an absent cell speaks for neither.
            let lead = &mut scratch.b;
            lead.clear();
            lead.resize(out.len() - a - 1, 0.0);
            for (column, &weight) in children.columns.iter().zip(children.weights) {
                let own = column[a];
                for (lead, &x) in lead.iter_mut().zip(&column[a + 1..]) {
                    *lead += if own > x { weight } else { 0.0 };
                    *lead -= if own < x { weight } else { 0.0 };
                }
            }
            for (b, &lead) in (a + 1..).zip(lead.iter()) {
                if out[b].is_nan() || lead.abs() <= self.tolerance {
                    continue;
                }
                let win = if lead > 0.0 { 1.0 } else { -1.0 };
                out[a] += win;
                out[b] -= win;
                if asked {
                    let (first, second) = if lead > 0.0 { (a, b) } else { (b, a) };
                    wins[first] += 1.0;
                    losses[second] += 1.0;
                }
            }
        }
        scratch.intermediate.regions("wins", wins);
        scratch.intermediate.regions("losses", losses);
        scratch.intermediate.pairs("outranking", out.len(), |a, b| {
            if out[a].is_nan() || out[b].is_nan() { f64::NAN } else { ahead(children, a, b) }
        });
        Ok(())
    }

    fn is_flat(&self) -> bool {
        true
    }

    fn compares_regions(&self) -> bool {
        true
    }

    fn gives(&self, _children: &[Domain]) -> Domain {
        Domain { centred: true, ..Domain::ANY }
    }
}

/// The weight of the children on which `a` is better than `b`, with half of that on which they are equal; an absent cell
/// counts for neither.
fn ahead(children: &Children<'_>, a: usize, b: usize) -> f64 {
    let share = |column: &[f64]| match () {
        () if column[a] > column[b] => 1.0,
        () if column[a] == column[b] => 0.5,
        () => 0.0,
    };
    let weighed = children.columns.iter().zip(children.weights);
    weighed.map(|(column, weight)| weight * share(column)).sum()
}
