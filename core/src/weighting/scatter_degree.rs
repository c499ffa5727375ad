//! Weights at which the scores of the regions lie furthest apart (拉开档次法).

use quanheng_words::text;

use super::{Siblings, Weighting, columns};
use crate::method::{
    Claims, Entry, Example, Given, MethodError, Needs, Scratch, Settings, Shape, Units, choice,
    settings,
};
use crate::number::{self, eigen_symmetric};

choice! {
    /// Of what matrix the weights are the first vector.
    pub enum Form { Centred = "centred", Programme = "programme", Uncentred = "uncentred" }
}

settings! {
    /// What is made as great as it can be.
    pub struct ScatterDegree {
        /// Three ways in use: `centred` takes the first eigenvector of H of standardised columns, and refuses it where a weight would be below 0; `programme` finds the weights of 0 or above with the greatest w'Hw of the same H; `uncentred` takes the first eigenvector of H of the columns as they are, which must not be below 0 and have no weight below 0.
        form: Form = Form::Centred,
    }
}

pub(super) const ENTRY: Entry<dyn Weighting> = Entry {
    name: "scatter_degree",
    summary: "Finds the weights at which the scores of the regions lie furthest apart; over a panel the vertical and horizontal scatter degree method (纵横向拉开档次法).",
    formula: "H = Zᵀ Z, z standardised with divisor n (uncentred: z = x); centred and uncentred: H w = λ w for the greatest λ; programme: maximise wᵀ H w with wᵀ w = 1, w ≥ 0; then w is scaled to a sum of 1",
    reference: "Guo Yajun (2002), 一种新的动态综合评价方法 (A new dynamic comprehensive evaluation method), Journal of Management Sciences in China 5(2), 49-54",
    settings: ScatterDegree::declared,
    make: |values: &Settings| Ok(Box::new(ScatterDegree::read(values)?)),
    claims: Claims {
        monotone: false,
        units: Units::ScaleAndShift,
        zero_weight: false,
        absent: false,
    },
    intermediate: &[
        Given::new("scatter", "λ", Shape::FIGURE, "The scatter wᵀ H w of the weights of length 1."),
        Given::new(
            "first_vector",
            "v",
            Shape::SIBLINGS,
            "The first eigenvector of H, with the sign under which its sum is not below 0.",
        ),
        Given::new(
            "slack",
            "H w − λ w",
            Shape::SIBLINGS,
            "Under `programme`, for the weights of length 1: 0 where the weight is above 0, and not above 0 elsewhere.",
        ),
    ],
    example: || Example {
        columns: vec![vec![1.0, 2.0, 3.0], vec![3.0, 5.0, 4.0], vec![4.0, 4.0, 4.0]],
        expected: vec![0.5, 0.5, 0.0],
        source: "by symmetry; a constant column sets nothing apart".into(),
        ..Example::default()
    },
};

/// How many sets of siblings are looked at before the programme is given up.
const SETS: usize = 5_000;
/// How many steps are made to lower the bound of a set.
const STEPS: usize = 40;
/// Scatter that differs by less than this share is as great.
const NEAR: f64 = 1e-12;

impl Weighting for ScatterDegree {
    fn weights(
        &self,
        siblings: &Siblings<'_>,
        scratch: &mut Scratch,
        out: &mut [f64],
    ) -> Result<(), MethodError> {
        columns::refuse_absent(siblings.columns)?;
        columns::refuse_all_constant(siblings)?;
        let n = out.len();
        let mut scaled = Vec::with_capacity(n);
        for (k, column) in siblings.columns.iter().enumerate() {
            if self.form == Form::Uncentred {
                columns::refuse_below(k, column, false)?;
                scaled.push(column.to_vec());
            } else {
                scaled.push(standardised(column)?);
            }
        }
        // Divided by a power of two, so that nothing overflows and no digit is lost: the vectors of H stay the same.
        let greatest = scaled.iter().flatten().fold(0.0, |m, x| number::max(m, x.abs()));
        let size = libm::ldexp(1.0, libm::frexp(greatest).1);
        scaled.iter_mut().flatten().for_each(|x| *x /= size);
        let mut h = vec![0.0; n * n];
        for i in 0..n {
            for j in 0..=i {
                let product = number::dot(&scaled[i], &scaled[j]);
                (h[i * n + j], h[j * n + i]) = (product, product);
            }
        }
        let (values, vectors) =
            eigen_symmetric(&h, n).ok_or(MethodError::NoConvergence { steps: 100 })?;
        let first = upright(&vectors[..n]);
        let scatter = if self.form == Form::Programme {
            let found = Search::new(&h, n).run()?;
            out.copy_from_slice(&found.weights);
            found.scatter
        } else {
            if let Some(k) = first.iter().position(|w| *w < 0.0) {
                return Err(MethodError::Other(text!(
                    scatter_against,
                    node = &siblings.nodes[k].code
                )));
            }
            out.copy_from_slice(&first);
            values[0]
        };
        let into = &mut scratch.intermediate;
        if into.is_asked() {
            into.figure("scatter", scatter * size * size);
            into.siblings("first_vector", first);
            if self.form == Form::Programme {
                let slack = |k: usize| {
                    let rest = number::dot(&h[k * n..(k + 1) * n], out) - scatter * out[k];
                    rest * size * size
                };
                into.siblings("slack", (0..n).map(slack).collect::<Vec<_>>());
            }
        }
        columns::finite(out)
    }

    fn needs(&self) -> Needs {
        Needs { complete: true, non_negative: self.form == Form::Uncentred, ..Needs::NOTHING }
    }
}

/// Deviations from the mean in standard deviations with divisor n; 0 where all values are equal.
fn standardised(column: &[f64]) -> Result<Vec<f64>, MethodError> {
    if !columns::varies(column)? {
        return Ok(vec![0.0; column.len()]);
    }
    let mean = number::mean(column).unwrap_or(0.0);
    let deviation = number::population_variance(column).map_or(0.0, f64::sqrt);
    if !(mean.is_finite() && deviation.is_finite() && deviation > 0.0) {
        return Err(columns::overflow());
    }
    Ok(column.iter().map(|x| (x - mean) / deviation).collect())
}

/// A vector with the sign under which its sum is not below 0; what is not told from zero is zero.
fn upright(vector: &[f64]) -> Vec<f64> {
    let sign = if number::sum(vector) < 0.0 { -1.0 } else { 1.0 };
    vector.iter().map(|x| if x.abs() < 1e-12 { 0.0 } else { sign * x }).collect()
}

/// The weights that a search found.
struct Best {
    scatter: f64,
    weights: Vec<f64>,
}

/// Branch and bound for the greatest wᵀ H w with wᵀ w = 1 and w ≥ 0.
///
/// Within a set of siblings no weights have more than the greatest eigenvalue of H of that set. If the first eigenvector of
/// the set has no element below 0, it reaches that bound, and the set is done. Otherwise the best weights of the set leave
/// out one of its members: inside the face they would be a maximum of the quotient on a sphere, and such a maximum is a first
/// eigenvector. So the sets with one member less are searched; earlier sets keep what a later one leaves out.
///
/// Weights of 0 or above have no less of H + N than of H if no element of N is below 0, so that the greatest eigenvalue of
/// H + N is a bound too. N is moved by steps of the subgradient until that bound is not above what was found, or for a while.
struct Search<'h> {
    h: &'h [f64],
    n: usize,
    best: Best,
    sets: usize,
}

impl<'h> Search<'h> {
    fn new(h: &'h [f64], n: usize) -> Search<'h> {
        Search { h, n, best: Best { scatter: f64::NEG_INFINITY, weights: vec![0.0; n] }, sets: 0 }
    }

    fn run(mut self) -> Result<Best, MethodError> {
        let all: Vec<usize> = (0..self.n).collect();
        self.ascend();
        self.within(&all, &[], vec![0.0; self.n * self.n])?;
        Ok(self.best)
    }

    /// Weights to begin with: sibling after sibling is left out whose element of the first eigenvector is the least.
    fn ascend(&mut self) {
        let mut set: Vec<usize> = (0..self.n).collect();
        while let Some((scatter, vector)) = self.first(&set) {
            let least = (0..set.len()).fold(0, |l, k| if vector[k] < vector[l] { k } else { l });
            if vector[least] >= 0.0 {
                self.keep(&set, scatter, &vector);
                return;
            }
            set.remove(least);
        }
    }

    /// The greatest eigenvalue of H of a set, and its vector.
    fn first(&self, set: &[usize]) -> Option<(f64, Vec<f64>)> {
        let m = set.len();
        if m == 0 {
            return None;
        }
        let part: Vec<f64> =
            set.iter().flat_map(|i| set.iter().map(move |j| self.h[i * self.n + j])).collect();
        let (values, vectors) = eigen_symmetric(&part, m)?;
        Some((values[0], upright(&vectors[..m])))
    }

    fn keep(&mut self, set: &[usize], scatter: f64, vector: &[f64]) {
        if scatter > self.best.scatter {
            self.best.scatter = scatter;
            self.best.weights.fill(0.0);
            set.iter().zip(vector).for_each(|(k, w)| self.best.weights[*k] = *w);
        }
    }

    /// Whether no weights within a set are better than what was found; `more` is N, and is moved.
    fn is_bounded(&self, set: &[usize], more: &mut [f64]) -> bool {
        let m = set.len();
        for _ in 0..STEPS {
            let mut raised = Vec::with_capacity(m * m);
            for (a, i) in set.iter().enumerate() {
                for (b, j) in set.iter().enumerate() {
                    raised.push(self.h[i * self.n + j] + more[a * m + b]);
                }
            }
            let Some((values, vectors)) = eigen_symmetric(&raised, m) else { return false };
            let above = values[0] - self.best.scatter;
            if above <= self.best.scatter * NEAR {
                return true;
            }
            let mut moves = false;
            for a in 0..m {
                for b in (0..m).filter(|&b| b != a) {
                    let step = above * vectors[a] * vectors[b];
                    let moved = number::max(more[a * m + b] - step, 0.0);
                    moves |= moved != more[a * m + b];
                    more[a * m + b] = moved;
                }
            }
            if !moves {
                return false;
            }
        }
        false
    }

    /// Searches the sets between `kept` and `set`; `more` is the N of the set.
    fn within(
        &mut self,
        set: &[usize],
        kept: &[usize],
        mut more: Vec<f64>,
    ) -> Result<(), MethodError> {
        self.sets += 1;
        if self.sets > SETS {
            return Err(MethodError::NoConvergence { steps: SETS });
        }
        let (scatter, vector) = self.first(set).ok_or(MethodError::NoConvergence { steps: 100 })?;
        if scatter <= self.best.scatter * (1.0 + NEAR) {
            return Ok(());
        }
        if vector.iter().all(|w| *w >= 0.0) {
            self.keep(set, scatter, &vector);
            return Ok(());
        }
        if self.is_bounded(set, &mut more) {
            return Ok(());
        }
        // The siblings that run most against the others are left out first.
        let m = set.len();
        let mut order: Vec<usize> = (0..m).filter(|&k| !kept.contains(&set[k])).collect();
        number::sort_by(&mut order, &|a, b| vector[a].total_cmp(&vector[b]).then(a.cmp(&b)));
        let mut kept = kept.to_vec();
        for k in order {
            let others: Vec<usize> = (0..m).filter(|j| *j != k).collect();
            let less: Vec<usize> = others.iter().map(|j| set[*j]).collect();
            if !less.is_empty() {
                let mut of_less = Vec::with_capacity(less.len() * less.len());
                for a in &others {
                    of_less.extend(others.iter().map(|b| more[a * m + b]));
                }
                self.within(&less, &kept, of_less)?;
            }
            kept.push(set[k]);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::conformance::Trial;
    use crate::method::{Example, find};
    use crate::number::uniform;

    fn weigh(form: &str, columns: Vec<Vec<f64>>) -> Result<Vec<f64>, MethodError> {
        let example = Example { columns, ..Example::default() }.with([("form", form.into())]);
        let entry = find(crate::weighting::TABLE, "scatter_degree").unwrap();
        (entry.make)(&example.settings).unwrap().trial(&example)
    }

    /// Three regions and two columns that run against each other: Z'Z is 3, -3 cos 15° off the diagonal.
    #[test]
    fn columns_against_one_another() {
        let columns = vec![vec![1.0, 2.0, 4.0], vec![3.0, 2.0, 1.0]];
        let refused = weigh("centred", columns.clone()).unwrap_err().to_string();
        assert!(refused.contains("programme"), "{refused}");
        let found = weigh("programme", columns).unwrap();
        // One column alone has all the scatter that weights of 0 or above can have.
        assert!(found == [1.0, 0.0] || found == [0.0, 1.0], "{found:?}");
    }

    /// Against the best of all sets of siblings.
    #[test]
    fn no_set_is_better() {
        for seed in 0..6 {
            let n = 7;
            let columns: Vec<Vec<f64>> =
                (0..n).map(|k| (0..9).map(|r| uniform(seed, k, r)).collect()).collect();
            let scaled: Vec<Vec<f64>> = columns.iter().map(|c| standardised(c).unwrap()).collect();
            let n = n as usize;
            let mut h = vec![0.0; n * n];
            for i in 0..n {
                for j in 0..n {
                    h[i * n + j] = number::dot(&scaled[i], &scaled[j]);
                }
            }
            let search = Search::new(&h, n);
            let mut best = 0.0;
            for set in 1..1_usize << n {
                let set: Vec<usize> = (0..n).filter(|k| set >> k & 1 == 1).collect();
                let (scatter, vector) = search.first(&set).unwrap();
                if vector.iter().all(|w| *w >= 0.0) {
                    best = number::max(best, scatter);
                }
            }
            let found = search.run().unwrap();
            assert!((found.scatter - best).abs() < 1e-9, "{} {best}", found.scatter);
        }
    }

    #[test]
    fn forms_by_hand() {
        // XᵀX = [[5, 4], [4, 5]]: equal weights. Below 0 it is refused.
        let columns = vec![vec![0.0, 1.0, 2.0], vec![1.0, 0.0, 2.0]];
        assert!((weigh("uncentred", columns).unwrap()[0] - 0.5).abs() < 1e-15);
        assert!(weigh("uncentred", vec![vec![-1.0, 1.0], vec![1.0, 2.0]]).is_err());
    }
}
