//! Weighs the children by their order, from the best to the worst.

use quanheng_words::text;

use super::row::by_row;
use super::{Aggregation, Children};
use crate::method::fault;
use crate::method::{
    Claims, Entry, Example, Given, MethodError, Only, Scratch, Settings, Shape, Units, settings,
};
use crate::number;

settings! {
    /// Settings of ordered weighted averaging.
    pub struct Owa {
        /// The exponent of the quantifier: 1 is the arithmetic mean, above 1 weighs weak children more, below 1 strong ones.
        exponent: f64 [0, 1000] = 1.0 => Only::Unstated("order_weights"),
        /// Order weights from the best child to the worst, in place of the exponent; for other numbers of children, or unequal weights, their running sum is read in between.
        order_weights: Vec<f64> = Vec::new(),
    }
}

pub(super) const ENTRY: Entry<dyn Aggregation> = Entry {
    name: "owa",
    summary: "Weighs the children by their order, from the best to the worst; so it lies anywhere between the maximum and the minimum",
    formula: "S = Σ (Q(W_j) − Q(W_{j−1}))·s_(j), s_(1) the best, W_j the weight of the j best; Q(r) = r^a, or the sums of stated order weights",
    reference: "Yager (1988), IEEE Transactions on Systems, Man, and Cybernetics 18",
    settings: Owa::declared,
    make: |values: &Settings| {
        let mut method = Owa::read(values)?;
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
    intermediate: &[Given::new(
        "weights",
        "w",
        Shape::REGIONS_SIBLINGS,
        "The weight that each child has for the region, by its place in the order.",
    )
    .one_of_several()],
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
        let result = by_row(children, scratch, out, |values, weights| {
            let start = found.len();
            found.resize(if asked { start + values.len() } else { 0 }, 0.0);
            number::sort_order(values, &mut order);
            let all: f64 = weights.iter().sum();
            let (mut so_far, mut below, mut score) = (0.0, 0.0, 0.0);
            for (place, k) in order.iter().rev().map(|&k| k as usize).enumerate() {
                so_far += weights[k];
                let last = place + 1 == order.len();
                let reached = if last { 1.0 } else { self.quantifier(so_far / all) };
                score += (reached - below) * values[k];
                if asked {
                    found[start + k] = reached - below;
                }
                below = reached;
            }
            score
        });
        scratch.order = order;
        if asked {
            let mut found = found.into_iter();
            let mut weights = Vec::with_capacity(out.len() * children.columns.len());
            for row in 0..out.len() {
                let scored = children.row_weights(row, &mut scratch.a);
                let of = scratch.a.iter().map(|w| match (scored, *w > 0.0) {
                    (false, _) => f64::NAN,
                    (true, false) => 0.0,
                    (true, true) => found.next().unwrap_or(f64::NAN),
                });
                weights.extend(of);
            }
            let width = children.columns.len();
            scratch.intermediate.give("weights", Shape::REGIONS_SIBLINGS, width, &[], weights);
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
    fn quantifier(&self, share: f64) -> f64 {
        if self.order_weights.is_empty() {
            return libm::pow(share, self.exponent);
        }
        let place = share * self.order_weights.len() as f64;
        let parts = self.order_weights.iter().enumerate();
        parts.map(|(j, w)| w * number::clamp(place - j as f64, 0.0, 1.0)).sum()
    }
}
