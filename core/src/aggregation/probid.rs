//! How far a region is from the best, second best, third best … values, and from the average.

use quanheng_words::text;

use super::mcdm::criteria;
use super::row::finite;
use super::{Aggregation, Children};
use crate::method::{
    Claims, Domain, Entry, Example, Given, MethodError, Needs, Scratch, Settings, Shape, Units,
    settings,
};
use crate::number;

settings! {
    /// Settings of PROBID.
    pub struct Probid {
        /// Whether only the best and the worst quarter of the ideals count, and not the average (sPROBID).
        simple: bool = false,
    }
}

pub(super) const ENTRY: Entry<dyn Aggregation> = Entry {
    name: "probid",
    summary: "How far a region is from the best, the second best … values of every child, how near to the worst ones, and how far from the average",
    formula: "S = 1/(1 + R²) + d(average), with R = Σ d(k)/k over the better half of the ideals, over Σ d(k)/(n − k + 1) over the other; d(k) is the distance of w·x/‖x‖ to the k-th best values",
    reference: "Wang, Rangaiah & Wang (2021), Industrial & Engineering Chemistry Research 60",
    settings: Probid::declared,
    make: |values: &Settings| Ok(Box::new(Probid::read(values)?)),
    claims: Claims { monotone: false, units: Units::Scale, zero_weight: true, absent: false },
    intermediate: &[
        Given::new("near", "S⁺", Shape::REGIONS, "The distances from the better ideals."),
        Given::new("far", "S⁻", Shape::REGIONS, "The distances from the other ideals."),
    ],
    example: || {
        Example {
        columns: vec![vec![3.0, 4.0]],
        expected: vec![0.3, 1.1],
        source: "by hand: x/‖x‖ = 0.6 and 0.8, so that R = 0.2/(0.2/2) and 0, and the average is 0.1 away".into(),
        ..Example::default()
    }
    },
};

impl Aggregation for Probid {
    fn aggregate(
        &self,
        children: &Children<'_>,
        scratch: &mut Scratch,
        out: &mut [f64],
    ) -> Result<(), MethodError> {
        let rows = out.len();
        let (scaled, ideals) = (&mut scratch.a, &mut scratch.b);
        scaled.clear();
        ideals.clear();
        let mut averages = Vec::new();
        for c in criteria(children)?.filter(|c| c.greatest > c.least) {
            let length = c.length()?;
            let from = scaled.len();
            scaled.extend(c.values.iter().map(|x| c.weight * (x / length)));
            let column = &scaled[from..];
            averages.push(number::sum(column) / rows as f64);
            ideals.extend_from_slice(column);
            number::sort(&mut ideals[from..]);
            if !c.cost {
                ideals[from..].reverse();
            }
        }
        if averages.is_empty() {
            return Err(MethodError::Other(text!(alike_all)));
        }
        let own = |row: usize| scaled.chunks_exact(rows).map(move |column| column[row]);
        let length =
            |gaps: &mut dyn Iterator<Item = f64>| gaps.map(|gap| gap * gap).sum::<f64>().sqrt();
        // How far a region is from the values that have a place in each column, 0 being the best.
        let distance = |row: usize, place: usize| {
            let ideal = ideals.chunks_exact(rows).map(|column| column[place]);
            length(&mut own(row).zip(ideal).map(|(x, ideal)| x - ideal))
        };
        let (better, other) = match self.simple {
            true => {
                let quarter = if rows < 4 { 1 } else { rows / 4 };
                (0..quarter, rows - quarter..rows)
            }
            // The middle belongs to both halves.
            false => (0..rows.div_ceil(2), rows.div_ceil(2) - 1..rows),
        };
        let (near, far) = (&mut scratch.c, &mut *out);
        near.clear();
        for (row, far) in far.iter_mut().enumerate() {
            near.push(better.clone().map(|k| distance(row, k) / (k + 1) as f64).sum());
            *far = other.clone().map(|k| distance(row, k) / (rows - k) as f64).sum();
        }
        scratch.intermediate.regions("near", near.iter().copied());
        scratch.intermediate.regions("far", far.iter().copied());
        for (row, score) in out.iter_mut().enumerate() {
            let (near, far) = (near[row], *score);
            *score = match self.simple {
                true if near == 0.0 => return Err(MethodError::Other(text!(best_in_all))),
                true => far / near,
                false => {
                    let ratio = near / far;
                    let gaps = &mut own(row).zip(&averages).map(|(x, average)| x - average);
                    1.0 / (1.0 + ratio * ratio) + length(gaps)
                }
            };
            finite(row, *score)?;
        }
        Ok(())
    }

    fn needs(&self) -> Needs {
        Needs { complete: true, ..Needs::NOTHING }
    }

    fn is_flat(&self) -> bool {
        true
    }

    fn gives(&self, _children: &[Domain]) -> Domain {
        Domain { lower: 0.0, ..Domain::ANY }
    }
}
