//! Weights from fuzzy pairwise comparisons (fuzzy analytic hierarchy process).

use quanheng_words::text;

use super::{Siblings, Weighting};
use crate::method::{
    Claims, Entry, Example, Given, MethodError, Scratch, Settings, Shape, Units, Value, choice,
    settings,
};
use crate::number;
use indexmap::IndexMap;

choice! {
    /// How weights are found from fuzzy judgements.
    pub enum Solution { GeometricMean = "geometric_mean", Extent = "extent" }
}

settings! {
    /// The judgements.
    pub struct FuzzyAhp {
        /// The judgements below each parent, by the parent's code; rows and columns in the order of the tree. A row has three numbers for each sibling, the least, the likeliest and the greatest; or one number, which `spread` makes fuzzy.
        pairwise: IndexMap<String, Vec<Vec<f64>>> = IndexMap::new(),
        /// How far a judgement given as one number x of 1 or more reaches to either side: from x - spread, but not below 1, to x + spread; one below 1 is the reverse of its reverse, and 1 of a sibling with itself is exact.
        spread: f64 [0.0, 8.0] = 1.0,
        /// How weights are found: by the `geometric_mean` of each row (Buckley 1985), with the mean of the three numbers of a fuzzy weight; or by the degree to which the `extent` of one row is above that of the others (Chang 1996), which can give a weight of 0.
        solution: Solution = Solution::GeometricMean,
    }
}

pub(super) const ENTRY: Entry<dyn Weighting> = Entry {
    name: "fuzzy_ahp",
    summary: "Finds the weights behind judgements that state a least, a likeliest and a greatest number of times one sibling outweighs another.",
    formula: "geometric_mean: r_i = (Π_j a_ij)^(1/n) for l, m and u; w_i = (l_i / Σ u, m_i / Σ m, u_i / Σ l), w_i ∝ (l + m + u) / 3; extent: S_i = (Σ_j l_ij / ΣΣ u, Σ_j m_ij / ΣΣ m, Σ_j u_ij / ΣΣ l); V(S_i ≥ S_k) = 1 where m_i ≥ m_k, 0 where l_k ≥ u_i, else (l_k - u_i) / ((m_i - u_i) - (m_k - l_k)); w_i ∝ min_k V(S_i ≥ S_k)",
    reference: "Buckley (1985), Fuzzy Sets and Systems 17(3), 233-247; extent: Chang (1996), European J. Operational Research 95(3), 649-655",
    settings: FuzzyAhp::declared,
    make: |values: &Settings| Ok(Box::new(FuzzyAhp::read(values)?)),
    claims: Claims {
        monotone: false,
        units: Units::ScaleAndShift,
        zero_weight: false,
        absent: true,
    },
    intermediate: &[
        Given::new(
            "least",
            "l",
            Shape::SIBLINGS,
            "The least value of the fuzzy weight, under `extent` of the fuzzy extent.",
        ),
        Given::new("likeliest", "m", Shape::SIBLINGS, "Its likeliest value."),
        Given::new("greatest", "u", Shape::SIBLINGS, "Its greatest value."),
    ],
    example: || {
        Example {
            columns: vec![vec![1.0], vec![2.0]],
            // Rows (1,1,1) (1,2,4) and (1/4,1/2,1) (1,1,1): roots 1, √2, 2 and 1/2, 1/√2, 1.
            // Weights (1/3, 2/3, 4/3) and (1/6, 1/3, 2/3), the means as 7/9 to 7/18.
            expected: vec![2.0 / 3.0, 1.0 / 3.0],
            source: "by hand: fuzzy weights (1/3, 2/3, 4/3) and (1/6, 1/3, 2/3)".into(),
            ..Example::default()
        }
        .with([(
            "pairwise",
            Value::Table(
                [(
                    "index".to_owned(),
                    vec![vec![1.0, 1.0, 1.0, 1.0, 2.0, 4.0], vec![0.25, 0.5, 1.0, 1.0, 1.0, 1.0]]
                        .into(),
                )]
                .into_iter()
                .collect(),
            ),
        )])
    },
};

/// How far a judgement times its reverse may be from 1.
const RECIPROCAL: f64 = 0.05;

/// A triangular fuzzy number: least, likeliest, greatest.
type Fuzzy = [f64; 3];

impl Weighting for FuzzyAhp {
    fn weights(
        &self,
        siblings: &Siblings<'_>,
        scratch: &mut Scratch,
        out: &mut [f64],
    ) -> Result<(), MethodError> {
        let n = out.len();
        if n == 1 {
            out[0] = 1.0;
            return Ok(());
        }
        let matrix = self.matrix(&siblings.parent.code, n)?;
        let rows: Vec<Fuzzy> = matrix
            .chunks_exact(n)
            .map(|row| match self.solution {
                Solution::GeometricMean => of_parts(|part| {
                    let logs: f64 = row.iter().map(|a| libm::log(a[part])).sum();
                    libm::exp(logs / n as f64)
                }),
                Solution::Extent => of_parts(|part| row.iter().map(|a| a[part]).sum()),
            })
            .collect();
        let sums = of_parts(|part| rows.iter().map(|row| row[part]).sum());
        let shares: Vec<Fuzzy> =
            rows.iter().map(|row| of_parts(|part| row[part] / sums[2 - part])).collect();
        for (k, weight) in out.iter_mut().enumerate() {
            *weight = match self.solution {
                Solution::GeometricMean => (shares[k][0] + shares[k][1] + shares[k][2]) / 3.0,
                Solution::Extent => {
                    shares.iter().map(|other| degree(shares[k], *other)).fold(1.0, number::min)
                }
            };
        }
        let into = &mut scratch.intermediate;
        for (part, name) in ["least", "likeliest", "greatest"].into_iter().enumerate() {
            into.siblings(name, shares.iter().map(|share| share[part]));
        }
        Ok(())
    }

    fn looks_at_scores(&self) -> bool {
        false
    }
}

impl FuzzyAhp {
    /// The fuzzy judgements, row by row.
    fn matrix(&self, parent: &str, n: usize) -> Result<Vec<Fuzzy>, MethodError> {
        let Some(rows) = self.pairwise.get(parent) else {
            return Err(MethodError::NotInSetting { setting: "pairwise", code: parent.to_owned() });
        };
        let width = rows.first().map_or(0, Vec::len);
        let sound = rows.len() == n
            && (width == n || width == 3 * n)
            && rows.iter().all(|row| row.len() == width && row.iter().all(|x| *x > 0.0));
        if !sound {
            return Err(MethodError::Other(text!(fuzzy_matrix, parent = parent, n = n)));
        }
        let cell = |i: usize, j: usize| -> Fuzzy {
            if width == n {
                return if i == j { [1.0; 3] } else { self.around(rows[i][j]) };
            }
            [rows[i][3 * j], rows[i][3 * j + 1], rows[i][3 * j + 2]]
        };
        for i in 0..n {
            for j in 0..=i {
                let (there, back) = (cell(i, j), cell(j, i));
                let near = |x: f64, y: f64| (x * y - 1.0).abs() <= RECIPROCAL;
                let reverse = (0..3).all(|part| near(there[part], back[2 - part]));
                if !(reverse && there[0] <= there[1] && there[1] <= there[2]) {
                    let (row, column) = (i + 1, j + 1);
                    return Err(MethodError::Other(text!(
                        fuzzy_judgement,
                        parent = parent,
                        row = row,
                        column = column
                    )));
                }
            }
        }
        Ok((0..n).flat_map(|i| (0..n).map(move |j| (i, j))).map(|(i, j)| cell(i, j)).collect())
    }

    /// A fuzzy judgement around one number.
    fn around(&self, x: f64) -> Fuzzy {
        if x < 1.0 {
            let [l, m, u] = self.around(1.0 / x);
            return [1.0 / u, 1.0 / m, 1.0 / l];
        }
        if x == 1.0 {
            // Its reverse is itself, so that it reaches as far below 1 as above, in ratios.
            return [1.0 / (1.0 + self.spread), 1.0, 1.0 + self.spread];
        }
        [number::max(x - self.spread, 1.0), x, x + self.spread]
    }
}

fn of_parts(f: impl Fn(usize) -> f64) -> Fuzzy {
    [f(0), f(1), f(2)]
}

/// The degree to which `a` is as great as `b`.
fn degree([_, m, u]: Fuzzy, [other_l, other_m, _]: Fuzzy) -> f64 {
    if m >= other_m {
        1.0
    } else if other_l >= u {
        0.0
    } else {
        (other_l - u) / ((m - u) - (other_m - other_l))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::conformance::Trial;
    use crate::method::find;

    fn weigh(rows: Vec<Vec<f64>>, solution: &str) -> Result<Vec<f64>, MethodError> {
        let example = Example { columns: vec![vec![1.0]; rows.len()], ..Example::default() };
        let table = [("index".to_owned(), rows.into())].into_iter().collect();
        let example =
            example.with([("pairwise", Value::Table(table)), ("solution", solution.into())]);
        let entry = find(crate::weighting::TABLE, "fuzzy_ahp").unwrap();
        (entry.make)(&example.settings).unwrap().trial(&example)
    }

    #[test]
    fn extent_by_hand() {
        // Row sums (2, 3, 5) and (5/4, 3/2, 2), all (13/4, 9/2, 7): extents (2/7, 2/3, 20/13) and (5/28, 1/3, 8/13).
        // V(S2 ≥ S1) = (2/7 - 8/13) / ((1/3 - 8/13) - (2/3 - 2/7)).
        let rows = vec![vec![1.0, 1.0, 1.0, 1.0, 2.0, 4.0], vec![0.25, 0.5, 1.0, 1.0, 1.0, 1.0]];
        let found = weigh(rows, "extent").unwrap();
        let v = (2.0 / 7.0 - 8.0 / 13.0) / ((1.0 / 3.0 - 8.0 / 13.0) - (2.0 / 3.0 - 2.0 / 7.0));
        assert!((found[0] - 1.0 / (1.0 + v)).abs() < 1e-15, "{found:?}");
    }

    #[test]
    fn what_does_not_fit() {
        assert!(weigh(vec![vec![1.0, 2.0], vec![2.0, 1.0]], "extent").is_err());
        let order = vec![vec![1.0, 1.0, 1.0, 4.0, 2.0, 1.0], vec![1.0, 0.5, 0.25, 1.0, 1.0, 1.0]];
        assert!(weigh(order, "extent").is_err());
        // One number for each: 3 is (2, 3, 4).
        let found = weigh(vec![vec![1.0, 3.0], vec![1.0 / 3.0, 1.0]], "geometric_mean").unwrap();
        assert!((found.iter().sum::<f64>() - 1.0).abs() < 1e-15);
        assert!(found[0] > 0.7);
    }
}
