//! Sums over overlapping groups.

use microlp::{ComparisonOp, Error, OptimizationDirection, Problem, Variable};

use crate::number;

/// Regions that are in the same groups.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// How many there are.
    pub size: usize,
    /// For each group, whether they are in it.
    pub groups: Vec<bool>,
}

/// Between which numbers the sum of a group lies.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bound {
    /// The group; none for all parts together.
    pub group: Option<usize>,
    /// The least sum.
    pub low: f64,
    /// The greatest sum.
    pub high: f64,
}

/// Parts, and what is known of the sums of groups of them.
#[derive(Clone, Debug, PartialEq)]
pub struct Sums {
    /// The parts.
    pub parts: Vec<Part>,
    /// The bounds.
    pub bounds: Vec<Bound>,
    /// The least and the greatest number of one region; infinite where there is none.
    pub each: (f64, f64),
}

/// Whether all bounds can hold.
#[derive(Clone, Debug, PartialEq)]
pub enum Verdict {
    /// They can. The sum of each part lies between these numbers, as far as the bounds say.
    Possible(Vec<(f64, f64)>),
    /// They cannot: these bounds, by position, contradict each other, and without any one of them the others can hold.
    Contradiction(Vec<usize>),
}

impl Sums {
    /// Whether all bounds can hold, and what follows.
    pub fn judge(&self) -> Verdict {
        let all: Vec<usize> = (0..self.bounds.len()).collect();
        if self.can_hold(&all) {
            let range = |part: usize| {
                let least = self.extreme(part, OptimizationDirection::Minimize);
                let greatest = self.extreme(part, OptimizationDirection::Maximize);
                // The solver leaves a rounding error at either end.
                (least, number::max(least, greatest))
            };
            return Verdict::Possible((0..self.parts.len()).map(range).collect());
        }
        let mut of = all;
        let mut k = 0;
        while k < of.len() {
            let mut fewer = of.clone();
            fewer.remove(k);
            if self.can_hold(&fewer) { k += 1 } else { of = fewer }
        }
        Verdict::Contradiction(of)
    }

    fn program(
        &self,
        of: &[usize],
        aim: Option<usize>,
        direction: OptimizationDirection,
    ) -> (Problem, Vec<Variable>) {
        let mut program = Problem::new(direction);
        let variable = |program: &mut Problem, k: usize| {
            let size = self.parts[k].size as f64;
            let times = |x: f64| if size == 0.0 { 0.0 } else { x * size };
            let aim = if aim == Some(k) { 1.0 } else { 0.0 };
            program.add_var(aim, (times(self.each.0), times(self.each.1)))
        };
        let sums: Vec<Variable> =
            (0..self.parts.len()).map(|k| variable(&mut program, k)).collect();
        for bound in of.iter().map(|at| &self.bounds[*at]) {
            let is_in = |part: &Part| bound.group.is_none_or(|group| part.groups[group]);
            let terms = || {
                let parts = self.parts.iter().zip(&sums).filter(|(part, _)| is_in(part));
                parts.map(|(_, sum)| (*sum, 1.0)).collect::<Vec<_>>()
            };
            // A group of nobody has the sum 0, whatever is printed.
            if !terms().is_empty() {
                program.add_constraint(terms(), ComparisonOp::Ge, bound.low);
                program.add_constraint(terms(), ComparisonOp::Le, bound.high);
            }
        }
        (program, sums)
    }

    fn can_hold(&self, of: &[usize]) -> bool {
        let (program, _) = self.program(of, None, OptimizationDirection::Minimize);
        !matches!(program.solve(), Err(Error::Infeasible))
    }

    /// The least or the greatest sum of a part.
    fn extreme(&self, part: usize, direction: OptimizationDirection) -> f64 {
        let all: Vec<usize> = (0..self.bounds.len()).collect();
        let (program, sums) = self.program(&all, Some(part), direction);
        let solved = program.solve().ok().and_then(|solved| solved.into_solution().ok());
        match solved {
            Some(solution) => solution.var_value(sums[part]),
            None if matches!(direction, OptimizationDirection::Minimize) => f64::NEG_INFINITY,
            None => f64::INFINITY,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::Printed;
    use super::*;

    fn part(size: usize, groups: &[usize], of: usize) -> Part {
        Part { size, groups: (0..of).map(|group| groups.contains(&group)).collect() }
    }

    fn mean(group: Option<usize>, size: usize, value: f64) -> Bound {
        let (low, high) = Printed { value, decimals: 1 }.range();
        Bound { group, low: low * size as f64, high: high * size as f64 }
    }

    /// The cities of the CDG index of 2020: 6 only vice-provincial, 10 that are capitals too, 17 only capitals, 68 others.
    /// By hand, 16 · 67.5 + 27 · 58.5 + 68 · 50.6 − 101 · 53.8 = 666.5 is the sum of the ten.
    #[test]
    fn means_of_overlapping_groups_say_what_the_overlap_has() {
        let parts =
            vec![part(6, &[0], 3), part(10, &[0, 1], 3), part(17, &[1], 3), part(68, &[2], 3)];
        let bounds = vec![
            mean(None, 101, 53.8),
            mean(Some(0), 16, 67.5),
            mean(Some(1), 27, 58.5),
            mean(Some(2), 68, 50.6),
        ];
        let sums = Sums { parts, bounds, each: (0.0, 100.0) };
        let Verdict::Possible(ranges) = sums.judge() else { panic!("they can be true") };
        let (low, high) = ranges[1];
        // Each mean may be off by 0.05: 0.05 · (101 + 16 + 27 + 68) = 10.6.
        assert!((low - (666.5 - 10.6)).abs() < 1e-6, "{low}");
        assert!((high - (666.5 + 10.6)).abs() < 1e-6, "{high}");
        // Had all cities the mean 57.8, 27 · 58.5 + 68 · 50.6 would leave 136 for each of the other six.
        let mut wrong = sums.clone();
        wrong.bounds[0] = mean(None, 101, 57.8);
        assert_eq!(wrong.judge(), Verdict::Contradiction(vec![0, 2, 3]));
        // Without bounds of a single score, anything goes.
        wrong.each = (f64::NEG_INFINITY, f64::INFINITY);
        assert!(matches!(wrong.judge(), Verdict::Possible(_)));
    }

    #[test]
    fn figures_that_have_nothing_to_do_with_a_contradiction_are_left_out_of_it() {
        let parts = vec![part(5, &[0], 2), part(5, &[1], 2)];
        let bounds = vec![mean(Some(1), 5, 50.0), mean(Some(0), 5, 20.0), mean(None, 10, 70.0)];
        let sums = Sums { parts, bounds, each: (0.0, 100.0) };
        // 700 − 5 · 20 leaves 120 for each of the others, whatever is printed of them.
        assert_eq!(sums.judge(), Verdict::Contradiction(vec![1, 2]));
        let too_high =
            Sums { bounds: vec![mean(Some(1), 5, 50.0), mean(Some(0), 5, 120.0)], ..sums };
        assert_eq!(too_high.judge(), Verdict::Contradiction(vec![1]));
    }
}
