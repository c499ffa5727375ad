//! Linear programmes.

use microlp::{ComparisonOp, OptimizationDirection, Problem};

/// Why a linear programme has no solution.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unsolved {
    /// No numbers keep all limits.
    Infeasible,
    /// The objective has no greatest value.
    Unbounded,
    /// The numbers are too far apart to be worked with.
    Failed,
}

/// The numbers x of 0 or above with the greatest `objective · x` for which the product with each row is not above its limit.
/// The coefficients stand row by row.
///
/// # Errors
/// There is no solution.
pub fn maximise(objective: &[f64], rows: &[f64], limits: &[f64]) -> Result<Vec<f64>, Unsolved> {
    if objective.is_empty() {
        return Ok(Vec::new());
    }
    let mut problem = Problem::new(OptimizationDirection::Maximize);
    let variables: Vec<_> =
        objective.iter().map(|c| problem.add_var(*c, (0.0, f64::INFINITY))).collect();
    for (row, limit) in rows.chunks_exact(objective.len()).zip(limits) {
        let terms = variables.iter().zip(row).filter(|(_, x)| **x != 0.0).map(|(v, x)| (*v, *x));
        problem.add_constraint(terms, ComparisonOp::Le, *limit);
    }
    let solution = match problem.solve() {
        Ok(solved) => solved.into_solution().map_err(|_| Unsolved::Failed)?,
        Err(microlp::Error::Infeasible) => return Err(Unsolved::Infeasible),
        Err(microlp::Error::Unbounded) => return Err(Unsolved::Unbounded),
        Err(_) => return Err(Unsolved::Failed),
    };
    let found: Vec<f64> =
        variables.iter().map(|v| super::max(solution.var_value(*v), 0.0)).collect();
    if found.iter().all(|x| x.is_finite()) { Ok(found) } else { Err(Unsolved::Failed) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn by_hand() {
        // 3x + 5y with x ≤ 4, 2y ≤ 12, 3x + 2y ≤ 18: 36 at (2, 6).
        let rows = [1.0, 0.0, 0.0, 2.0, 3.0, 2.0];
        let found = maximise(&[3.0, 5.0], &rows, &[4.0, 12.0, 18.0]).unwrap();
        assert!((found[0] - 2.0).abs() < 1e-12 && (found[1] - 6.0).abs() < 1e-12, "{found:?}");
        assert_eq!(maximise(&[1.0], &[-1.0], &[1.0]), Err(Unsolved::Unbounded));
        assert_eq!(maximise(&[1.0], &[1.0], &[-1.0]), Err(Unsolved::Infeasible));
    }
}
