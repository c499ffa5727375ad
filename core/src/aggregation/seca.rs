//! SECA: weights and scores at once, from how the children vary and how they differ from each other.

use quanheng_words::text;

use super::mcdm::{Criterion, criteria};
use super::row::finite;
use super::{Aggregation, Children};
use crate::method::{
    Claims, Domain, Entry, Example, Given, MethodError, Needs, Scratch, Settings, Shape, Units,
    settings,
};
use crate::number::{self, Correlation, Quadratic};

settings! {
    /// Settings of SECA.
    pub struct Seca {
        /// How much it counts that the weights are near to the two points of reference, beside the least score.
        beta: f64 [1e-6, 1e6] = 3.0,
        /// The least weight of each child.
        least: f64 [0, 1] = 0.001,
    }
}

pub(super) const ENTRY: Entry<dyn Aggregation> = Entry {
    name: "seca",
    summary: "Finds weights that raise the least score and stay near to how much the children vary and how far they are from correlating, and adds up the children with them",
    formula: "S_i = Σ w_j·z_ij, z = x/max x or, where less is better, min x/x; w: the greatest min_i S_i − β(Σ (w_j − σ_j)² + Σ (w_j − π_j)²) with Σ w = 1 and w ≥ least; σ_j = the standard deviation of z_j (divisor n−1) over the sum of all, π_j = Σ_l (1 − r_jl) over the sum of all",
    reference: "Keshavarz-Ghorabaee, Amiri, Zavadskas, Turskis & Antucheviciene (2018), Informatica 29(2), 265-280",
    settings: Seca::declared,
    make: |values: &Settings| Ok(Box::new(Seca::read(values)?)),
    claims: Claims { monotone: false, units: Units::Scale, zero_weight: true, absent: false },
    intermediate: &[
        Given::new("weights", "w", Shape::SIBLINGS, "The weights that were found."),
        Given::new(
            "within",
            "σ",
            Shape::SIBLINGS,
            "The share of the child in all standard deviations.",
        ),
        Given::new(
            "between",
            "π",
            Shape::SIBLINGS,
            "The share of the child in what the children are from correlating.",
        ),
    ],
    example: || {
        Example {
        columns: vec![
            vec![9.0, 8.0, 7.0],
            vec![7.0, 7.0, 8.0],
            vec![6.0, 9.0, 6.0],
            vec![7.0, 6.0, 6.0],
        ],
        settings: Settings::from([("beta", 0.5.into())]),
        expected: vec![0.870_977_998_793_877_6, 0.906_982_459_727_247, 0.838_086_532_404_198],
        source: "by hand on the table of JMcDM's test: the third region alone is the least, so that w = (σ + π)/2 + (z_3 − mean of z_3)/(4β)".into(),
        ..Example::default()
    }
    },
};

impl Aggregation for Seca {
    fn aggregate(
        &self,
        children: &Children<'_>,
        scratch: &mut Scratch,
        out: &mut [f64],
    ) -> Result<(), MethodError> {
        let criteria: Vec<Criterion<'_>> = criteria(children)?.collect();
        if criteria.is_empty() {
            out.fill(f64::NAN);
            return Ok(());
        }
        let scaled = criteria.iter().map(scaled).collect::<Result<Vec<_>, _>>()?;
        let within = shares(scaled.iter().map(|z| deviation(z)).collect())?;
        let between = shares(apart(&scaled))?;
        let weights = self.weights(&scaled, &within, &between)?;
        for (row, score) in out.iter_mut().enumerate() {
            *score = scaled.iter().zip(&weights).map(|(z, w)| w * z[row]).sum();
            finite(row, *score)?;
        }
        let all = |figures: &[f64]| {
            let mut all = vec![0.0; children.columns.len()];
            criteria.iter().zip(figures).for_each(|(c, x)| all[c.child] = *x);
            all
        };
        scratch.intermediate.siblings("weights", all(&weights));
        scratch.intermediate.siblings("within", all(&within));
        scratch.intermediate.siblings("between", all(&between));
        Ok(())
    }

    fn needs(&self) -> Needs {
        Needs { positive: true, complete: true, ..Needs::NOTHING }
    }

    fn is_flat(&self) -> bool {
        true
    }

    fn uses_weights(&self) -> bool {
        false
    }

    fn gives(&self, _children: &[Domain]) -> Domain {
        Domain::between(0.0, 1.0)
    }
}

impl Seca {
    /// The weights. The numbers of the programme are what each weight is above the least one, and the least score.
    fn weights(
        &self,
        scaled: &[Vec<f64>],
        within: &[f64],
        between: &[f64],
    ) -> Result<Vec<f64>, MethodError> {
        let (n, regions) = (scaled.len(), scaled[0].len());
        let rest = 1.0 - n as f64 * self.least;
        if rest.abs() <= 1e-12 {
            return Ok(vec![self.least; n]);
        }
        if rest < 0.0 {
            return Err(MethodError::Other(text!(least_weights, n = n, least = self.least)));
        }
        let mut curvature = vec![4.0 * self.beta; n];
        let near = within.iter().zip(between);
        let mut linear: Vec<f64> =
            near.map(|(s, p)| 2.0 * self.beta * (2.0 * self.least - s - p)).collect();
        curvature.push(0.0);
        linear.push(-1.0);
        // The sum of the weights, then that the least score is not above the score of each region.
        let (mut rows, mut limits) = (vec![1.0; n], vec![rest]);
        rows.push(0.0);
        for row in 0..regions {
            rows.extend(scaled.iter().map(|z| -z[row]));
            rows.push(1.0);
            limits.push(self.least * scaled.iter().map(|z| z[row]).sum::<f64>());
        }
        let equal_weights = vec![rest / n as f64; n];
        let score = |row: usize| {
            limits[row + 1]
                + scaled.iter().zip(&equal_weights).map(|(z, w)| z[row] * w).sum::<f64>()
        };
        let scores: Vec<f64> = (0..regions).map(score).collect();
        let last = (1..regions).fold(0, |k, row| if scores[row] < scores[k] { row } else { k });
        let start: Vec<f64> = equal_weights.iter().copied().chain([scores[last]]).collect();
        let of = Quadratic {
            curvature: &curvature,
            linear: &linear,
            rows: &rows,
            limits: &limits,
            equal: 1,
        };
        let found = of.minimise(&start, &[last + 1]);
        let found = found.map_err(|_| MethodError::Other(text!(weights_unsolved)))?;
        Ok(found[..n].iter().map(|w| w + self.least).collect())
    }
}

/// A child in its greatest value, or its least value in it where less is better.
fn scaled(c: &Criterion<'_>) -> Result<Vec<f64>, MethodError> {
    c.refuse(|x| x <= 0.0, text!(needed_above_zero))?;
    let best = c.best();
    Ok(c.values.iter().map(|x| c.measured(*x, best)).collect())
}

fn deviation(values: &[f64]) -> f64 {
    number::sample_variance(values).unwrap_or(0.0).sqrt()
}

/// Of each column the sum of what its correlations with all columns fall short of 1; a column without any spread correlates
/// with none.
fn apart(columns: &[Vec<f64>]) -> Vec<f64> {
    let correlation = |a: usize, b: usize| match a == b {
        true => 1.0,
        false => Correlation::Pearson.of(&columns[a], &columns[b]).unwrap_or(0.0),
    };
    let short = |a| (0..columns.len()).map(|b| 1.0 - correlation(a, b)).sum();
    (0..columns.len()).map(short).collect()
}

/// Each figure over the sum of all; equal shares where all are 0.
fn shares(figures: Vec<f64>) -> Result<Vec<f64>, MethodError> {
    let sum = number::sum(&figures);
    if !sum.is_finite() {
        return Err(MethodError::Other(text!(values_too_large)));
    }
    let equal = 1.0 / figures.len() as f64;
    Ok(figures.iter().map(|x| if sum > 0.0 { x / sum } else { equal }).collect())
}

#[cfg(test)]
mod tests {
    use super::super::TABLE;
    use crate::conformance::Trial;
    use crate::method::{Example, Intermediate, Scratch, Settings, find};

    /// A table of ten regions in JMcDM's documentation, where more is better in all columns once they are scaled; the figures
    /// are those of scipy 1.17.1 (`minimize` with SLSQP) for the programme of the paper.
    #[test]
    fn as_scipy() {
        let rows = [
            [1.0, 0.9925, 0.9115, 0.8, 0.9401, 1.0, 0.9449],
            [0.8696, 0.8271, 0.8462, 1.0, 0.9181, 0.978, 1.0],
            [0.7391, 0.8684, 0.7615, 0.2667, 0.8177, 0.8241, 0.8305],
            [0.5217, 0.7895, 0.6654, 0.2, 0.8051, 0.7236, 0.8061],
            [0.6522, 0.9135, 0.7692, 0.2857, 0.8396, 0.7063, 0.8812],
            [0.6087, 0.8346, 0.7269, 0.3077, 0.8722, 0.6742, 0.8926],
            [0.913, 0.985, 0.9346, 0.6667, 0.9813, 0.8641, 0.9216],
            [0.8696, 0.9624, 1.0, 0.5714, 0.9632, 0.7807, 0.9751],
            [0.8261, 1.0, 0.8077, 0.6667, 1.0, 0.7946, 0.9104],
            [0.3478, 0.8195, 0.7462, 0.3636, 0.8263, 0.6642, 0.814],
        ];
        let example = Example {
            columns: (0..7).map(|k| rows.iter().map(|row| row[k]).collect()).collect(),
            ..Example::default()
        };
        // With 0.1 three weights are the least ones.
        for (beta, expected) in [
            (0.1, [0.001, 0.284_445, 0.001, 0.001, 0.289_379, 0.133_668, 0.289_507]),
            (3.0, [0.153_470, 0.150_659, 0.125_537, 0.177_698, 0.117_893, 0.159_140, 0.115_604]),
        ] {
            let settings = Settings::from([("beta", beta.into())]);
            let method = (find(TABLE, "seca").unwrap().make)(&settings).unwrap();
            let mut scratch = Scratch { intermediate: Intermediate::asked(), ..Scratch::default() };
            method.trial_in(&example, &mut scratch).unwrap();
            let given = scratch.intermediate.take();
            let weights = &given.iter().find(|g| g.name == "weights").unwrap().values;
            let near = weights.iter().zip(expected).all(|(a, b): (&f64, f64)| (a - b).abs() < 1e-6);
            assert!(near, "{beta}: {weights:?}, expected {expected:?}");
        }
    }
}
