//! COMET: between characteristic objects, whose order a judge has stated.

use indexmap::IndexMap;
use quanheng_words::text;

use super::mcdm::{Criterion, Ends, criteria, refuse_unknown};
use super::row::finite;
use super::{Aggregation, Children};
use crate::method::{
    Claims, Domain, Entry, Example, Given, MethodError, Needs, Scratch, Settings, Shape, Units,
    choice, fault, settings,
};
use crate::number::{self, Ties};

choice! {
    /// Who says which of two characteristic objects is better.
    pub enum Judge {
        /// TOPSIS in min-max scale.
        Topsis = "topsis",
        /// The weighted mean in min-max scale.
        Mean = "mean",
    }
}

settings! {
    /// Settings of COMET.
    pub struct Comet {
        /// The characteristic values of single children, by their code, in ascending order, the least and the greatest that there can be included; of the others three of equal distances from the least to the greatest among the regions. With values stated for every child, no region can change the score of another one.
        values: IndexMap<String, Vec<f64>> = IndexMap::new(),
        /// Who says which of two characteristic objects is better: TOPSIS in min-max scale (`topsis`), or the weighted mean in min-max scale (`mean`).
        judge: Judge = Judge::Topsis,
    }
}

/// The greatest number of characteristic objects.
const MOST: usize = 100_000;

pub(super) const ENTRY: Entry<dyn Aggregation> = Entry {
    name: "comet",
    summary: "Puts characteristic objects, one for each combination of characteristic values, in order, and places each region between those around it",
    formula: "S = Σ over the objects of P·Π μ, with P = (place from the worst − 1) / (number of places − 1), and μ the triangular membership of x in the object's characteristic value",
    reference: "Sałabun (2015), Journal of Multi-Criteria Decision Analysis 22; with a method as judge: Paradowski, Bączkiewicz & Wątróbski (2021), Procedia Computer Science 192",
    settings: Comet::declared,
    make: |values: &Settings| {
        let method = Comet::read(values)?;
        for values in method.values.values() {
            if values.len() < 2 || values.windows(2).any(|pair| pair[0] >= pair[1]) {
                return Err(fault("values", text!(expect_two_ascending)));
            }
        }
        Ok(Box::new(method))
    },
    claims: Claims {
        monotone: false,
        units: Units::ScaleAndShift,
        zero_weight: true,
        absent: false,
    },
    intermediate: &[
        Given::new("objects", "", Shape::FIGURE, "The number of characteristic objects."),
        Given::new("places", "", Shape::FIGURE, "The number of places that these take."),
    ],
    example: || Example {
        columns: vec![vec![0.0, 2.0, 3.0, 4.0]],
        expected: vec![0.0, 0.5, 0.75, 1.0],
        source: "by hand: the objects 0, 2 and 4 have the places 1, 2 and 3".into(),
        ..Example::default()
    },
};

impl Aggregation for Comet {
    fn aggregate(
        &self,
        children: &Children<'_>,
        scratch: &mut Scratch,
        out: &mut [f64],
    ) -> Result<(), MethodError> {
        refuse_unknown(children, self.values.keys())?;
        let mut axes = Vec::new();
        for c in criteria(children)? {
            let code = &children.nodes[c.child].code;
            let stated = self.values.get(code);
            if let Some(values) = stated {
                let (least, greatest) = (values[0], values[values.len() - 1]);
                c.refuse(
                    |x| x < least || x > greatest,
                    text!(needed_within, least = least, greatest = greatest),
                )?;
            } else if c.greatest == c.least {
                // A column without any spread says nothing.
                continue;
            }
            let middle = c.least + (c.greatest - c.least) / 2.0;
            let values = stated.cloned().unwrap_or_else(|| vec![c.least, middle, c.greatest]);
            axes.push(Axis { criterion: c, values });
        }
        let mut objects = 1_usize;
        for axis in &axes {
            objects = objects.saturating_mul(axis.values.len());
        }
        if objects > MOST {
            return Err(MethodError::Other(text!(too_many_objects, most = MOST)));
        }
        if axes.is_empty() && !out.is_empty() {
            return Err(MethodError::Other(text!(alike_all)));
        }
        let (judged, places) = (&mut scratch.a, &mut scratch.b);
        judged.clear();
        judged.extend((0..objects).map(|object| self.judged(&axes, object)));
        places.clear();
        places.resize(objects, 0.0);
        number::rank(judged, Ties::Dense, 1e-9, &mut scratch.order, places);
        let last = places.iter().copied().fold(1.0, number::max);
        scratch.intermediate.figure("objects", objects as f64);
        scratch.intermediate.figure("places", last);
        for (row, score) in out.iter_mut().enumerate() {
            // Where each axis has the value: after which characteristic value, and how far on the way to the next.
            let at: Vec<(usize, f64)> = axes.iter().map(|axis| axis.place(row)).collect();
            let mut sum = 0.0;
            for corner in 0..1_usize << axes.len() {
                let (mut object, mut share) = (0, 1.0);
                for (k, (axis, &(before, way))) in axes.iter().zip(&at).enumerate() {
                    let next = corner >> k & 1;
                    share *= if next == 1 { way } else { 1.0 - way };
                    object = object * axis.values.len() + before + next;
                }
                if share > 0.0 {
                    sum += share * (places[object] - 1.0);
                }
            }
            *score = sum / number::max(last - 1.0, 1.0);
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
        Domain::between(0.0, 1.0)
    }
}

/// A child with its characteristic values, ascending.
struct Axis<'a> {
    criterion: Criterion<'a>,
    values: Vec<f64>,
}

impl Axis<'_> {
    /// After which characteristic value the value of a region is, and how far on the way to the next.
    fn place(&self, row: usize) -> (usize, f64) {
        let x = self.criterion.values[row];
        let before = self.values.partition_point(|value| *value <= x);
        let before = before.saturating_sub(1).min(self.values.len() - 2);
        let (from, to) = (self.values[before], self.values[before + 1]);
        (before, number::clamp((x - from) / (to - from), 0.0, 1.0))
    }

    /// How near a characteristic value is to the better end.
    fn score(&self, k: usize) -> f64 {
        let (least, greatest) = (self.values[0], self.values[self.values.len() - 1]);
        let cost = self.criterion.cost;
        let ends = Ends {
            best: if cost { least } else { greatest },
            worst: if cost { greatest } else { least },
        };
        (self.values[k] - ends.worst) / (ends.best - ends.worst)
    }
}

impl Comet {
    /// How good an object is, by its number: the values of the last axis change fastest.
    fn judged(&self, axes: &[Axis<'_>], object: usize) -> f64 {
        let mut rest = object;
        let (mut near, mut far, mut sum) = (0.0, 0.0, 0.0);
        for axis in axes.iter().rev() {
            let score = axis.score(rest % axis.values.len());
            rest /= axis.values.len();
            let weight = axis.criterion.weight;
            near += weight * weight * (1.0 - score) * (1.0 - score);
            far += weight * weight * score * score;
            sum += weight * score;
        }
        match self.judge {
            Judge::Mean => sum,
            Judge::Topsis => {
                let (near, far): (f64, f64) = (near.sqrt(), far.sqrt());
                far / (near + far)
            }
        }
    }
}
