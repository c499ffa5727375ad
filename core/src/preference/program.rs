//! The linear programs: weights with the greatest margin, multipliers of a contradiction, the least violated order.

use microlp::{ComparisonOp, OptimizationDirection, Problem, Solution, Variable};

use super::{Comparison, Preference};
use crate::number;

/// Weights with a margin.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Weighed {
    pub(super) weights: Vec<f64>,
    /// By how much each stated comparison holds at least.
    pub(super) margin: f64,
}

/// Multipliers of comparisons and of relations between weights.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Multipliers {
    pub(super) comparisons: Vec<f64>,
    pub(super) relations: Vec<f64>,
}

impl Preference {
    /// The size of the differences, by which programs are scaled.
    fn unit(&self) -> f64 {
        let all = self.comparisons.iter().flat_map(|c| self.difference(c));
        let most = all.map(f64::abs).fold(0.0, number::max);
        if most > 0.0 { most } else { 1.0 }
    }

    /// The differences of the scores of two alternatives, by child.
    pub(super) fn difference(&self, of: &Comparison) -> Vec<f64> {
        let (a, b) = (&self.scores[of.better], &self.scores[of.worse]);
        a.iter().zip(b).map(|(x, y)| x - y).collect()
    }

    /// A program with a variable for each weight, within the bounds and relations.
    fn weights(&self, direction: OptimizationDirection) -> (Problem, Vec<Variable>) {
        let mut program = Problem::new(direction);
        let weights: Vec<Variable> =
            self.bounds.iter().map(|bounds| program.add_var(0.0, *bounds)).collect();
        program.add_constraint(weights.iter().map(|w| (*w, 1.0)), ComparisonOp::Eq, 1.0);
        for relation in &self.relations {
            let terms =
                [(weights[relation.greater], 1.0), (weights[relation.less], -relation.factor)];
            program.add_constraint(terms, ComparisonOp::Ge, 0.0);
        }
        (program, weights)
    }

    /// Whether some weights keep within the bounds and relations.
    pub(super) fn has_weights(&self) -> bool {
        let (program, _) = self.weights(OptimizationDirection::Minimize);
        solved(program).is_some()
    }

    /// The weights under which the least of the differences of these comparisons is greatest; none where those that are
    /// stated as equal cannot be.
    pub(super) fn widest(&self, of: &[usize]) -> Option<Weighed> {
        let unit = self.unit();
        let (mut program, weights) = self.weights(OptimizationDirection::Maximize);
        let margin = program.add_var(1.0, (-2.0, 2.0));
        for &c in of {
            let comparison = &self.comparisons[c];
            let difference = self.difference(comparison);
            let terms = weights.iter().zip(&difference).map(|(w, d)| (*w, d / unit));
            match comparison.equal {
                true => program.add_constraint(terms, ComparisonOp::Eq, 0.0),
                false => {
                    let terms = terms.chain([(margin, -1.0)]);
                    program.add_constraint(terms, ComparisonOp::Ge, 0.0)
                }
            };
        }
        let solution = solved(program)?;
        let weights = weights.iter().map(|w| solution.var_value(*w));
        let weights = self.within(weights.collect());
        Some(Weighed { margin: self.margin(&weights, of), weights })
    }

    /// Weights that a solver found, without its last digits beyond the bounds.
    fn within(&self, mut weights: Vec<f64>) -> Vec<f64> {
        for (weight, (least, most)) in weights.iter_mut().zip(&self.bounds) {
            *weight = number::clamp(*weight, *least, *most);
            if weight.abs() < 1e-12 {
                *weight = 0.0;
            }
        }
        weights
    }

    /// The least difference among comparisons that are not stated as equal, infinite where there is none.
    pub(super) fn margin(&self, weights: &[f64], of: &[usize]) -> f64 {
        let strict = of.iter().map(|c| &self.comparisons[*c]).filter(|c| !c.equal);
        let each = strict.map(|c| number::dot(&self.difference(c), weights));
        each.fold(f64::INFINITY, number::min)
    }

    /// Multipliers of these comparisons, with a sum of one, whose combination is as small as it can be under the best weights
    /// for it: the dual of [`Self::widest`]. Where only those that are stated as equal count, the sum is that of their sizes.
    pub(super) fn against(&self, of: &[usize]) -> Option<Multipliers> {
        let unit = self.unit();
        let free = (f64::NEG_INFINITY, f64::INFINITY);
        let above = (0.0, f64::INFINITY);
        let mut program = Problem::new(OptimizationDirection::Minimize);
        let level = program.add_var(1.0, free);
        let uppers: Vec<_> = self.bounds.iter().map(|(_, u)| program.add_var(*u, above)).collect();
        let lowers: Vec<_> = self.bounds.iter().map(|(l, _)| program.add_var(-l, above)).collect();
        let relations: Vec<_> =
            self.relations.iter().map(|_| program.add_var(0.0, above)).collect();
        // A comparison that is stated as equal counts in both directions.
        let pair: Vec<(Variable, Option<Variable>)> = of
            .iter()
            .map(|&c| {
                let back = self.comparisons[c].equal.then(|| program.add_var(0.0, above));
                (program.add_var(0.0, above), back)
            })
            .collect();
        let strict = of.iter().zip(&pair).filter(|(c, _)| !self.comparisons[**c].equal);
        let strict: Vec<(Variable, f64)> = strict.map(|(_, (y, _))| (*y, 1.0)).collect();
        let whole: Vec<(Variable, f64)> = match strict.is_empty() {
            false => strict,
            true => {
                pair.iter().flat_map(|(y, z)| [Some(*y), *z]).flatten().map(|y| (y, 1.0)).collect()
            }
        };
        program.add_constraint(whole, ComparisonOp::Eq, 1.0);
        let differences: Vec<Vec<f64>> =
            of.iter().map(|&c| self.difference(&self.comparisons[c])).collect();
        for j in 0..self.bounds.len() {
            let mut terms = vec![(level, 1.0), (uppers[j], 1.0), (lowers[j], -1.0)];
            for ((forth, back), difference) in pair.iter().zip(&differences) {
                let d = difference[j] / unit;
                terms.push((*forth, -d));
                terms.extend(back.map(|back| (back, d)));
            }
            for (relation, gamma) in self.relations.iter().zip(&relations) {
                let at = f64::from(u8::from(relation.greater == j))
                    - relation.factor * f64::from(u8::from(relation.less == j));
                if at != 0.0 {
                    terms.push((*gamma, -at));
                }
            }
            program.add_constraint(terms, ComparisonOp::Ge, 0.0);
        }
        let solution = solved(program)?;
        let value = |variable: Variable| {
            let x = solution.var_value(variable);
            if x < 1e-10 { 0.0 } else { x }
        };
        let mut comparisons = vec![0.0; self.comparisons.len()];
        for (&c, (forth, back)) in of.iter().zip(&pair) {
            comparisons[c] = value(*forth) - back.map_or(0.0, value);
        }
        // The relations' multipliers are those of differences of size one.
        let relations = relations.iter().map(|gamma| value(*gamma) * unit).collect();
        Some(Multipliers { comparisons, relations })
    }

    /// The weights under which the sum of all differences that go the wrong way is least.
    pub(super) fn least_violated(&self) -> Option<Vec<f64>> {
        let unit = self.unit();
        let (mut program, weights) = self.weights(OptimizationDirection::Minimize);
        for comparison in &self.comparisons {
            let difference = self.difference(comparison);
            let terms: Vec<(Variable, f64)> =
                weights.iter().zip(&difference).map(|(w, d)| (*w, d / unit)).collect();
            let short = program.add_var(1.0, (0.0, f64::INFINITY));
            let up = terms.iter().copied().chain([(short, 1.0)]);
            program.add_constraint(up, ComparisonOp::Ge, 0.0);
            if comparison.equal {
                let over = program.add_var(1.0, (0.0, f64::INFINITY));
                let down = terms.iter().copied().chain([(over, -1.0)]);
                program.add_constraint(down, ComparisonOp::Le, 0.0);
            }
        }
        let solution = solved(program)?;
        Some(self.within(weights.iter().map(|w| solution.var_value(*w)).collect()))
    }
}

fn solved(program: Problem) -> Option<Solution> {
    program.solve().ok()?.into_solution().ok()
}
