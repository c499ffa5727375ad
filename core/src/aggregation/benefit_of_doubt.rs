//! Benefit of the doubt: each region is scored with the weights that suit it best.

use microlp::{ComparisonOp, OptimizationDirection, Problem};

use quanheng_words::text;

use super::row::{refuse_absent, refuse_low};
use super::{Aggregation, Children};
use crate::method::{
    Claims, Domain, Entry, Example, Given, MethodError, Needs, Scratch, Settings, Shape, Units,
    fault, settings,
};

settings! {
    /// Settings of benefit of the doubt.
    pub struct BenefitOfDoubt {
        /// The least share of a region's score that each child must make up.
        lower: f64 [0, 1] = 0.0,
        /// The greatest share of a region's score that a child may make up.
        upper: f64 [0, 1] = 1.0,
    }
}

pub(super) const ENTRY: Entry<dyn Aggregation> = Entry {
    name: "benefit_of_doubt",
    summary: "Each region is scored with the weights that suit it best, as a share of what the best region has with these weights.",
    formula: "S = max Σ u·s over u ≥ 0 with Σ u·s ≤ 1 for every region, and lower·S ≤ u·s ≤ upper·S for each child",
    reference: "Cherchye, Moesen, Rogge & Van Puyenbroeck (2007), Social Indicators Research 82",
    settings: BenefitOfDoubt::declared,
    make: |values: &Settings| {
        let method = BenefitOfDoubt::read(values)?;
        if method.lower > method.upper {
            return Err(fault("lower", text!(expect_at_most_upper)));
        }
        Ok(Box::new(method))
    },
    claims: Claims { monotone: true, units: Units::Scale, zero_weight: true, absent: false },
    intermediate: &[
        Given::new(
            "weights",
            "u",
            Shape::REGIONS_SIBLINGS,
            "The weights that were found for the region; other weights may give it the same score.",
        )
        .one_of_several(),
        Given::new(
            "shares",
            "u·s/S",
            Shape::REGIONS_SIBLINGS,
            "The share of the score that each child makes up under these weights.",
        )
        .one_of_several(),
    ],
    example: || {
        Example {
        columns: vec![vec![4.0, 2.0, 2.0], vec![2.0, 4.0, 2.0]],
        expected: vec![1.0, 1.0, 2.0 / 3.0],
        source: "by hand: the third region is best off with equal weights, and has 4 where the others have 6".into(),
        ..Example::default()
    }
    },
};

impl Aggregation for BenefitOfDoubt {
    fn aggregate(
        &self,
        children: &Children<'_>,
        scratch: &mut Scratch,
        out: &mut [f64],
    ) -> Result<(), MethodError> {
        refuse_absent(children)?;
        refuse_low(children, false)?;
        // A child of weight zero, or without any value above zero, adds nothing under any weights.
        let mut used: Vec<(usize, f64)> = Vec::new();
        for (k, column) in children.columns.iter().enumerate() {
            let greatest = column.iter().copied().fold(0.0, crate::number::max);
            if children.weights[k] > 0.0 && (greatest > 0.0 || self.lower > 0.0) {
                used.push((k, if greatest > 0.0 { greatest } else { 1.0 }));
            }
        }
        let n = used.len();
        let raised = |k: usize| children.columns[k].iter().any(|x| *x > 0.0);
        if !out.is_empty() && !used.iter().any(|&(k, _)| raised(k)) {
            return Err(MethodError::Other(text!(no_value_above_zero)));
        }
        if n as f64 * self.lower > 1.0 + 1e-12 || (n > 0 && n as f64 * self.upper < 1.0 - 1e-12) {
            return Err(MethodError::Other(text!(
                shares_impossible,
                n = n,
                lower = self.lower,
                upper = self.upper
            )));
        }
        let rows = &mut scratch.a;
        rows.clear();
        for row in 0..out.len() {
            rows.extend(used.iter().map(|&(k, greatest)| children.columns[k][row] / greatest));
        }
        let mut program = Program::new(rows, n);
        let width = children.columns.len();
        let asked = scratch.intermediate.is_asked();
        let (mut weights, mut shares) = (Vec::new(), Vec::new());
        for (row, score) in out.iter_mut().enumerate() {
            *score = program.score(row, self.lower, self.upper)?;
            if asked {
                let mut own = vec![0.0; width];
                for (&(k, greatest), price) in used.iter().zip(&program.prices) {
                    own[k] = price / greatest;
                }
                if *score <= 0.0 || score.is_nan() {
                    own.fill(f64::NAN);
                }
                let worth = own.iter().zip(children.columns).map(|(u, column)| u * column[row]);
                shares.extend(worth.map(|worth| worth / *score));
                weights.extend(own);
            }
        }
        let into = &mut scratch.intermediate;
        into.give("weights", Shape::REGIONS_SIBLINGS, width, &[], weights);
        into.give("shares", Shape::REGIONS_SIBLINGS, width, &[], shares);
        Ok(())
    }

    fn needs(&self) -> Needs {
        Needs { non_negative: true, complete: true, ..Needs::ORIENTED }
    }

    fn gives(&self, _children: &[Domain]) -> Domain {
        Domain::between(0.0, 1.0)
    }

    fn uses_weights(&self) -> bool {
        false
    }
}

/// Below this a reduced cost counts as zero; columns are measured in their greatest value.
const TOLERANCE: f64 = 1e-12;
/// After so many steps without a gain the first column that can enter does, so that no basis comes twice.
const STALL: usize = 20;

/// The dual of a region's program: the least sum of λ such that Σ λ·s of all regions reaches the region's own values.
///
/// It has one row a child, and the region itself is a first solution. The prices of its rows are the weights u, and a
/// region on which these weights go beyond 1 is a column to enter; so only few regions are ever looked at closely.
struct Program<'a> {
    rows: &'a [f64],
    n: usize,
    basis: Vec<Column>,
    /// The inverse of the basis, row by row, beside the basis while it is made.
    tableau: Vec<f64>,
    prices: Vec<f64>,
    column: Vec<f64>,
    /// Regions that entered a basis before: looked at first.
    known: Vec<usize>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Column {
    Region(usize),
    /// What is reached beyond the region's own value.
    Surplus(usize),
    Lower(usize),
    Upper(usize),
}

impl<'a> Program<'a> {
    fn new(rows: &'a [f64], n: usize) -> Self {
        let (basis, tableau, prices, column, known) = Default::default();
        Program { rows, n, basis, tableau, prices, column, known }
    }

    fn values(&self, row: usize) -> &'a [f64] {
        &self.rows[row * self.n..(row + 1) * self.n]
    }

    fn score(&mut self, row: usize, lower: f64, upper: f64) -> Result<f64, MethodError> {
        let own = self.values(row);
        let n = self.n;
        let Some(main) = (0..n).reduce(|a, b| if own[b] > own[a] { b } else { a }) else {
            return Ok(f64::NAN);
        };
        if own[main] <= 0.0 {
            return Ok(0.0);
        }
        self.basis.clear();
        let surplus = |k| if k == main { Column::Region(row) } else { Column::Surplus(k) };
        self.basis.extend((0..n).map(surplus));
        let (mut best, mut stalled, mut known) = (f64::INFINITY, 0, true);
        let limit = 2000 + 200 * n;
        for _ in 0..limit {
            self.invert(own, lower, upper).ok_or(MethodError::Infeasible { row })?;
            let level = |at: usize| {
                let inverse = &self.tableau[at * 2 * n + n..(at + 1) * 2 * n];
                inverse.iter().zip(own).map(|(a, b)| a * b).sum::<f64>()
            };
            let cost = |c: &Column| if matches!(c, Column::Region(_)) { 1.0 } else { 0.0 };
            let sum: f64 = (0..n).map(|at| cost(&self.basis[at]) * level(at)).sum();
            if sum < best - 1e-13 {
                (best, stalled) = (sum, 0);
            } else {
                stalled += 1;
            }
            self.prices.clear();
            self.prices.resize(n, 0.0);
            for at in 0..n {
                if cost(&self.basis[at]) > 0.0 {
                    for k in 0..n {
                        self.prices[k] += self.tableau[at * 2 * n + n + k];
                    }
                }
            }
            if stalled > STALL + 10 * n {
                // A vertex where many columns meet, and rounding hides which of them comes first.
                return self.by_general_solver(row, lower, upper);
            }
            let first = stalled > STALL;
            let mut entering = self.entering(own, lower, upper, first, known && !first);
            if entering.is_none() && known {
                entering = self.entering(own, lower, upper, first, false);
            }
            let Some(entering) = entering else {
                let score: f64 = self.prices.iter().zip(own).map(|(u, s)| u * s).sum();
                // Both programs have the same value at the optimum: a check of the whole way.
                let gap = (score - sum).abs();
                if gap.is_nan() || gap > 1e-9 {
                    return Err(MethodError::Infeasible { row });
                }
                let whole = score > 1.0 - 1e-11;
                return Ok(if whole { 1.0 } else { crate::number::max(score, 0.0) });
            };
            known = true;
            if let Column::Region(region) = entering
                && !self.known.contains(&region)
            {
                self.known.push(region);
            }
            self.write(entering, own, lower, upper);
            let mut leaving: Option<(f64, usize)> = None;
            for at in 0..n {
                let inverse = &self.tableau[at * 2 * n + n..(at + 1) * 2 * n];
                let slope: f64 = inverse.iter().zip(&self.column).map(|(a, b)| a * b).sum();
                if slope > 1e-10 {
                    let step = crate::number::max(
                        inverse.iter().zip(own).map(|(a, b)| a * b).sum::<f64>(),
                        0.0,
                    ) / slope;
                    let sooner = leaving.is_none_or(|(least, other)| {
                        step < least - 1e-14
                            || (step <= least + 1e-14 && self.basis[at] < self.basis[other])
                    });
                    if sooner {
                        leaving = Some((step, at));
                    }
                }
            }
            let (_, at) = leaving.ok_or(MethodError::Infeasible { row })?;
            self.basis[at] = entering;
        }
        self.by_general_solver(row, lower, upper)
    }

    /// The score by a solver for programs of any kind: slow, since it looks at every region, and not led astray by
    /// vertices where many columns meet.
    fn by_general_solver(
        &mut self,
        row: usize,
        lower: f64,
        upper: f64,
    ) -> Result<f64, MethodError> {
        let own = self.values(row);
        let mut problem = Problem::new(OptimizationDirection::Maximize);
        let weights: Vec<_> =
            own.iter().map(|s| problem.add_var(*s, (0.0, f64::INFINITY))).collect();
        for values in self.rows.chunks(self.n) {
            let terms = weights.iter().zip(values).map(|(w, s)| (*w, *s));
            problem.add_constraint(terms.collect::<Vec<_>>(), ComparisonOp::Le, 1.0);
        }
        // The share of each child in the score lies between the bounds: u·s of it less the bound times u·s of all.
        let bounds =
            [(lower, ComparisonOp::Ge, lower > 0.0), (upper, ComparisonOp::Le, upper < 1.0)];
        for (bound, side, binding) in bounds {
            for k in (0..self.n).filter(|_| binding) {
                let part = |j: usize| if j == k { 1.0 - bound } else { -bound };
                let terms = weights.iter().enumerate().map(|(j, w)| (*w, part(j) * own[j]));
                problem.add_constraint(terms.collect::<Vec<_>>(), side, 0.0);
            }
        }
        let solution = problem
            .solve()
            .ok()
            .and_then(|s| s.into_solution().ok())
            .ok_or(MethodError::Infeasible { row })?;
        let found: Vec<f64> =
            weights.iter().map(|w| crate::number::max(solution.var_value(*w), 0.0)).collect();
        let worth = |values: &[f64]| values.iter().zip(&found).map(|(s, u)| s * u).sum::<f64>();
        // Scaled so that the best region has exactly 1: the weights are within the frontier then.
        let most = self.rows.chunks(self.n).map(worth).fold(0.0, crate::number::max);
        let score = worth(own) / most;
        if most.is_nan() || (most - 1.0).abs() > 1e-7 || !score.is_finite() {
            return Err(MethodError::Infeasible { row });
        }
        self.prices.clear();
        self.prices.extend(found.iter().map(|u| u / most));
        Ok(if score > 1.0 - 1e-11 { 1.0 } else { score })
    }

    /// Writes a column of the program into `self.column`.
    fn write(&mut self, column: Column, own: &[f64], lower: f64, upper: f64) {
        self.column.clear();
        match column {
            Column::Region(row) => self.column.extend_from_slice(self.values(row)),
            Column::Surplus(k) => {
                self.column.resize(self.n, 0.0);
                self.column[k] = -1.0;
            }
            Column::Lower(k) => {
                self.column.extend(own.iter().map(|s| lower * s));
                self.column[k] -= own[k];
            }
            Column::Upper(k) => {
                self.column.extend(own.iter().map(|s| -upper * s));
                self.column[k] += own[k];
            }
        }
    }

    /// The column that gains most, or the first one that gains; of equal ones the first.
    fn entering(
        &self,
        own: &[f64],
        lower: f64,
        upper: f64,
        first: bool,
        known: bool,
    ) -> Option<Column> {
        let mut most = TOLERANCE;
        let mut found = None;
        let mut look = |gain: f64, column: Column| {
            if gain > most && !(first && found.is_some()) {
                most = gain;
                found = Some(column);
            }
        };
        let worth = |row: usize| {
            self.values(row).iter().zip(&self.prices).map(|(s, u)| s * u).sum::<f64>() - 1.0
        };
        if known {
            self.known.iter().for_each(|&row| look(worth(row), Column::Region(row)));
        } else {
            let count = self.rows.len() / self.n;
            (0..count).for_each(|row| look(worth(row), Column::Region(row)));
        }
        (0..self.n).for_each(|k| look(-self.prices[k], Column::Surplus(k)));
        if lower > 0.0 || upper < 1.0 {
            let score: f64 = own.iter().zip(&self.prices).map(|(s, u)| s * u).sum();
            for k in 0..self.n {
                let part = own[k] * self.prices[k];
                look(lower * score - part, Column::Lower(k));
                look(part - upper * score, Column::Upper(k));
            }
        }
        found
    }

    /// Inverts the basis by elimination with the greatest pivot of each column.
    fn invert(&mut self, own: &[f64], lower: f64, upper: f64) -> Option<()> {
        let n = self.n;
        self.tableau.clear();
        self.tableau.resize(2 * n * n, 0.0);
        for at in 0..n {
            self.write(self.basis[at], own, lower, upper);
            for k in 0..n {
                self.tableau[k * 2 * n + at] = self.column[k];
            }
            self.tableau[at * 2 * n + n + at] = 1.0;
        }
        let wide = 2 * n;
        for at in 0..n {
            let size = |r: usize, t: &[f64]| t[r * wide + at].abs();
            let pivot = (at..n).reduce(|a, b| {
                if size(b, &self.tableau) > size(a, &self.tableau) { b } else { a }
            })?;
            let greatest = size(pivot, &self.tableau);
            if greatest.is_nan() || greatest <= 1e-300 {
                return None;
            }
            if pivot != at {
                (0..wide).for_each(|c| self.tableau.swap(pivot * wide + c, at * wide + c));
            }
            let by = self.tableau[at * wide + at];
            self.tableau[at * wide..(at + 1) * wide].iter_mut().for_each(|x| *x /= by);
            for r in 0..n {
                let factor = self.tableau[r * wide + at];
                if r != at && factor != 0.0 {
                    for c in at..wide {
                        self.tableau[r * wide + c] -= factor * self.tableau[at * wide + c];
                    }
                }
            }
        }
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Programs in which the fast way meets vertices of many columns, beside the general solver on every region.
    #[test]
    fn as_the_general_solver() {
        for (seed, children, regions) in [(3_u64, 16, 100), (14, 20, 300), (1, 5, 40)] {
            let mut state = seed;
            let mut noise = || {
                state = state
                    .wrapping_mul(6_364_136_223_846_793_005)
                    .wrapping_add(1_442_695_040_888_963_407);
                (state >> 11) as f64 / (1_u64 << 53) as f64
            };
            let columns: Vec<Vec<f64>> =
                (0..children).map(|_| (0..regions).map(|_| noise()).collect()).collect();
            let rows: Vec<f64> =
                (0..regions).flat_map(|r| columns.iter().map(move |c| c[r])).collect();
            let mut program = Program::new(&rows, children);
            for (row, (lower, upper)) in
                (0..regions).flat_map(|r| [(r, (0.0, 1.0)), (r, (0.01, 0.5))]).step_by(3)
            {
                let fast = program.score(row, lower, upper).expect("a score");
                let general = program.by_general_solver(row, lower, upper).expect("a score");
                assert!((fast - general).abs() < 1e-8, "{row}: {fast} {general}");
            }
        }
    }
}
