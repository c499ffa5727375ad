//! What weights may be: within bounds, in an order, or both.

use microlp::{ComparisonOp, OptimizationDirection, Problem, Variable};

use crate::analysis::Reason;
use crate::number;

use super::Group;
use super::simplex::{ordered, within};

/// Weights with a sum of one within bounds, in a stated order if there is one.
#[derive(Clone, Debug, PartialEq)]
pub struct Polytope {
    bounds: Vec<(f64, f64)>,
    /// Positions from the greatest weight to the least; empty where no order is stated.
    order: Vec<usize>,
    /// Whether the bounds keep any weights out.
    is_bounded: bool,
}

impl Polytope {
    /// Weights within bounds.
    pub fn within(bounds: Vec<(f64, f64)>) -> Polytope {
        Polytope { bounds, order: Vec::new(), is_bounded: true }
    }

    /// Weights that are each within a range around the stated one, as a part of it.
    pub fn around(stated: &[f64], range: f64) -> Polytope {
        let ends = |w: &f64| ((1.0 - range) * w, (1.0 + range) * w);
        Polytope::within(stated.iter().map(ends).collect())
    }

    /// All weights, in the order of positions from the greatest to the least where it is not empty.
    pub fn in_order(k: usize, order: Vec<usize>) -> Polytope {
        Polytope { bounds: vec![(0.0, 1.0); k], order, is_bounded: false }
    }

    /// As settings state it for a group of weights.
    ///
    /// # Errors
    /// Lists of another length, or no weights within the bounds.
    pub(super) fn stated(
        least: &[f64],
        most: &[f64],
        order: &[String],
        group: &Group,
    ) -> Result<Polytope, Reason> {
        let k = group.nodes.len();
        let list = |setting: &str, stated: &[f64], usual: f64| match stated {
            [] => Ok(vec![usual; k]),
            [one] => Ok(vec![*one; k]),
            all if all.len() == k => Ok(all.to_vec()),
            _ => Err(Reason::NotAsMany { setting: setting.into(), weights: k }),
        };
        let bounds: Vec<(f64, f64)> =
            list("least", least, 0.0)?.into_iter().zip(list("most", most, 1.0)?).collect();
        let place = |code: &String| group.codes.iter().position(|other| other == code);
        let mut places: Vec<usize> = order.iter().filter_map(place).collect();
        places.dedup();
        if !order.is_empty() && (places.len() != k || order.len() != k) {
            return Err(Reason::NotAsMany { setting: "order".into(), weights: k });
        }
        let is_bounded = !(least.is_empty() && most.is_empty());
        let found = Polytope { bounds, order: places, is_bounded };
        found.ends(&vec![0.0; k])?;
        Ok(found)
    }

    /// How many weights.
    pub fn len(&self) -> usize {
        self.bounds.len()
    }

    /// Whether there is no weight.
    pub fn is_empty(&self) -> bool {
        self.bounds.is_empty()
    }

    /// Positions from the greatest weight to the least; empty where no order is stated.
    pub fn order(&self) -> &[usize] {
        &self.order
    }

    /// The bounds, where they keep any weights out.
    pub fn bounds(&self) -> Option<&[(f64, f64)]> {
        self.is_bounded.then_some(self.bounds.as_slice())
    }

    /// Whether weights keep within the bounds and the order, up to rounding errors.
    pub fn holds(&self, weights: &[f64]) -> bool {
        const NEAR: f64 = 1e-9;
        let inside = self.bounds.iter().zip(weights);
        (number::sum(weights) - 1.0).abs() < NEAR
            && inside.into_iter().all(|((l, u), w)| *w >= l - NEAR && *w <= u + NEAR)
            && self.order.windows(2).all(|w| weights[w[0]] >= weights[w[1]] - NEAR)
    }

    /// The least and the greatest mean of `d` under these weights.
    ///
    /// # Errors
    /// There are no such weights.
    pub fn ends(&self, d: &[f64]) -> Result<(f64, f64), Reason> {
        match (self.order.is_empty(), self.is_bounded) {
            (true, true) => within(d, &self.bounds).ok_or(Reason::NoSuchWeights),
            (true, false) => Ok(number::extremes(d).unwrap_or((0.0, 0.0))),
            (false, false) => Ok(ordered(d, &self.order)),
            (false, true) => {
                let end = |sign: f64| {
                    let direction = OptimizationDirection::Maximize;
                    let (program, weights) = self.program(direction, |j| sign * d[j]);
                    let found = solved(program)?;
                    Some(weights.iter().zip(d).map(|(w, d)| found[w.idx()] * d).sum::<f64>())
                };
                let (low, high) = (end(-1.0), end(1.0));
                low.zip(high).ok_or(Reason::NoSuchWeights)
            }
        }
    }

    /// A program over the weights.
    pub(super) fn program(
        &self,
        direction: OptimizationDirection,
        objective: impl Fn(usize) -> f64,
    ) -> (Problem, Vec<Variable>) {
        let mut program = Problem::new(direction);
        let weights: Vec<Variable> =
            (0..self.len()).map(|j| program.add_var(objective(j), self.bounds[j])).collect();
        program.add_constraint(weights.iter().map(|w| (*w, 1.0)), ComparisonOp::Eq, 1.0);
        for pair in self.order.windows(2) {
            let terms = [(weights[pair[0]], 1.0), (weights[pair[1]], -1.0)];
            program.add_constraint(terms, ComparisonOp::Ge, 0.0);
        }
        (program, weights)
    }
}

/// The values of all variables of a program, in the order in which they were added.
pub(super) fn solved(program: Problem) -> Option<Vec<f64>> {
    let solution = program.solve().ok()?.into_solution().ok()?;
    Some(solution.iter().map(|(_, value)| value).collect())
}
