//! Weighs the children by their order, from the best to the worst.

use quanheng_words::text;

use super::row::by_row;
use super::{Aggregation, Children};
use crate::method::fault;
use crate::method::{
    Claims, Entry, Example, Given, MethodError, Only, Scratch, Settings, Shape, Units, settings,
};
use crate::number::{self, greatest_entropy};

settings! {
    /// Settings of ordered weighted averaging.
    pub struct Owa {
        /// The exponent of the quantifier: 1 is the arithmetic mean, above 1 weighs weak children more, below 1 strong ones.
        exponent: f64 [0, 1000] = 1.0 => Only::Unstated("order_weights"),
        /// The orness of the order weights, in place of the exponent: 1 is the best child, 0.5 the mean, 0 the weakest child. The order weights are those of the greatest entropy for as many children as have a value; with unequal weights their running sum is read in between.
        orness: Option<f64> [0, 1] = None::<f64> => Only::Unstated("order_weights"),
        /// Order weights from the best child to the worst, in place of the exponent; for other numbers of children, or unequal weights, their running sum is read in between.
        order_weights: Vec<f64> = Vec::new(),
    }
}

pub(super) const ENTRY: Entry<dyn Aggregation> = Entry {
    name: "owa",
    summary: "Weighs the children by their order, from the best to the worst; so it lies anywhere between the maximum and the minimum",
    formula: "S = Σ (Q(W_j) − Q(W_{j−1}))·s_(j), s_(1) the best, W_j the weight of the j best; Q(r) = r^a, or the sums of order weights: stated ones, or those of the greatest −Σ v·ln v with Σ v_j·(n − j) / (n − 1) = orness",
    reference: "Yager (1988), IEEE Transactions on Systems, Man, and Cybernetics 18; by orness: O'Hagan (1988), 22nd Asilomar Conference on Signals, Systems and Computers, 681-689, solved as by Fullér & Majlender (2001), Fuzzy Sets and Systems 124, 53-57",
    settings: Owa::declared,
    make: |values: &Settings| {
        let mut method = Owa::read(values)?;
        if method.orness.is_some() && method.exponent != 1.0 {
            return Err(fault("exponent", text!(expect_no_orness_beside)));
        }
        let sum: f64 = method.order_weights.iter().sum();
        if !method.order_weights.is_empty() {
            if method.order_weights.iter().any(|w| *w < 0.0) || sum <= 0.0 {
                return Err(fault("order_weights", text!(expect_order_weights)));
            }
            method.order_weights.iter_mut().for_each(|w| *w /= sum);
        }
        Ok(Box::new(method))
    },
    claims: Claims { monotone: true, units: Units::Matter, zero_weight: true, absent: true },
    intermediate: &[
        Given::new(
            "weights",
            "w",
            Shape::REGIONS_SIBLINGS,
            "The weight that each child has for the region, by its place in the order.",
        )
        .one_of_several(),
        Given::new(
            "orness",
            "Σ w·(n − j) / (n − 1)",
            Shape::REGIONS,
            "How far the weights are on the side of the best children: 1 is the best child alone, 0.5 the mean, 0 the weakest child alone; none for a single child.",
        )
        .one_of_several(),
        Given::new(
            "entropy",
            "−Σ w·ln w",
            Shape::REGIONS,
            "How evenly the weights use the children: 0 for one child alone, ln n for equal weights.",
        )
        .one_of_several(),
    ],
    example: || Example {
        settings: Settings::from([("order_weights", vec![0.0, 0.5, 0.5].into())]),
        columns: vec![vec![9.0], vec![3.0], vec![5.0]],
        expected: vec![4.0],
        source: "by hand: the mean of the two weakest".into(),
        ..Example::default()
    },
};

impl Aggregation for Owa {
    fn aggregate(
        &self,
        children: &Children<'_>,
        scratch: &mut Scratch,
        out: &mut [f64],
    ) -> Result<(), MethodError> {
        let mut order = std::mem::take(&mut scratch.order);
        let asked = scratch.intermediate.is_asked();
        let mut found: Vec<f64> = Vec::new();
        // Of each region with a score: the orness and the entropy of its weights.
        let mut said: Vec<[f64; 2]> = Vec::new();
        // The order weights of the stated orness, by the number of children.
        let mut by_number: Vec<Vec<f64>> = Vec::new();
        let result = by_row(children, scratch, out, |values, weights| {
            let n = values.len();
            let start = found.len();
            found.resize(if asked { start + n } else { 0 }, 0.0);
            number::sort_order(values, &mut order);
            let order_weights = match self.orness {
                Some(orness) if self.order_weights.is_empty() => {
                    by_number.resize(by_number.len().max(n + 1), Vec::new());
                    let weights = &mut by_number[n];
                    if weights.is_empty() {
                        *weights = greatest_entropy(n, orness);
                    }
                    &*weights
                }
                _ => &self.order_weights,
            };
            let all: f64 = weights.iter().sum();
            let (mut so_far, mut below, mut score) = (0.0, 0.0, 0.0);
            let [mut orness, mut entropy] = [0.0; 2];
            for (place, k) in order.iter().rev().map(|&k| k as usize).enumerate() {
                so_far += weights[k];
                let last = place + 1 == n;
                let reached = if last { 1.0 } else { self.quantifier(so_far / all, order_weights) };
                let weight = reached - below;
                score += weight * values[k];
                if asked {
                    found[start + k] = weight;
                    orness += weight * (n - 1 - place) as f64;
                    entropy -= if weight > 0.0 { weight * libm::log(weight) } else { 0.0 };
                }
                below = reached;
            }
            if asked {
                let most = (n - 1) as f64;
                said.push([if n > 1 { orness / most } else { f64::NAN }, entropy]);
            }
            score
        });
        scratch.order = order;
        if asked {
            let (mut found, mut said) = (found.into_iter(), said.into_iter());
            let mut weights = Vec::with_capacity(out.len() * children.columns.len());
            let mut measures = [Vec::new(), Vec::new()];
            for row in 0..out.len() {
                let scored = children.row_weights(row, &mut scratch.a);
                let of = scratch.a.iter().map(|w| match (scored, *w > 0.0) {
                    (false, _) => f64::NAN,
                    (true, false) => 0.0,
                    (true, true) => found.next().unwrap_or(f64::NAN),
                });
                weights.extend(of);
                let of = if scored { said.next() } else { None };
                let of = of.unwrap_or([f64::NAN; 2]);
                measures.iter_mut().zip(of).for_each(|(measure, x)| measure.push(x));
            }
            let width = children.columns.len();
            let [orness, entropy] = measures;
            scratch.intermediate.give("weights", Shape::REGIONS_SIBLINGS, width, &[], weights);
            scratch.intermediate.regions("orness", orness);
            scratch.intermediate.regions("entropy", entropy);
        }
        result
    }

    fn keeps_unit(&self) -> bool {
        true
    }

    fn uses_weights(&self) -> bool {
        false
    }

    fn is_rowwise(&self) -> bool {
        true
    }
}

impl Owa {
    /// The weight of the best children that hold this share of the weight.
    fn quantifier(&self, share: f64, order_weights: &[f64]) -> f64 {
        if order_weights.is_empty() {
            return libm::pow(share, self.exponent);
        }
        let place = share * order_weights.len() as f64;
        let parts = order_weights.iter().enumerate();
        parts.map(|(j, w)| w * number::clamp(place - j as f64, 0.0, 1.0)).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::conformance::Trial;

    #[test]
    fn a_stated_orness() {
        let columns: Vec<Vec<f64>> = [4.0, 9.0, 1.0].iter().map(|x| vec![*x]).collect();
        let run = |settings: &[(&str, f64)]| {
            let settings = settings.iter().map(|(name, x)| ((*name).to_owned(), (*x).into()));
            let method = (ENTRY.make)(&Settings(settings.collect()))?;
            let scores = method.trial(&Example { columns: columns.clone(), ..Example::default() });
            Ok::<f64, crate::method::SettingError>(scores.expect("scored")[0])
        };
        for (orness, score) in [(1.0, 9.0), (0.5, 14.0 / 3.0), (0.0, 1.0)] {
            assert!((run(&[("orness", orness)]).expect("sound") - score).abs() < 1e-12, "{orness}");
        }
        assert!(run(&[("orness", 0.7), ("exponent", 2.0)]).is_err());
    }
}
