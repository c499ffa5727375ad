//! Weights by principal components, rotated or not.
//!
//! The correlations of the siblings are taken apart into components, R v = λ v; those that matter are kept, turned by
//! varimax so that each sibling belongs to few of them, and a sibling weighs by what its component explains of it:
//!
//! ```text
//! l_jf = √λ_f v_jf, rotated;  V_f = Σ_j l_jf²
//! greatest:     w_j ∝ l_jf² / V_f · V_f / Σ V    for the component f in which l_jf² is greatest
//! communality:  w_j ∝ Σ_f l_jf² / V_f · V_f / Σ V
//! ```
//!
//! Within a component a sibling has the share l² / V of it, and the component the share V / Σ V of all that is explained.
//! OECD/JRC Handbook on Constructing Composite Indicators (2008), pp. 89-91, after Nicoletti, Scarpetta & Boylaud (2000),
//! OECD Economics Department Working Paper 226; varimax: Kaiser (1958), Psychometrika 23(3), 187-200.

use quanheng_plugin::{Claims, Example, Fault, Given, Info, Method, Settings, Weighting, setting};

/// Which components are kept, and what becomes of them.
#[derive(Clone, Debug, PartialEq)]
pub struct PrincipalComponents {
    /// How many; 0 for the rule.
    pub components: usize,
    /// Keep by eigenvalue, or else by explained share.
    pub by_eigenvalue: bool,
    /// The least eigenvalue.
    pub least_eigenvalue: f64,
    /// The share that the kept ones must explain together.
    pub share: f64,
    /// Whether they are rotated.
    pub rotate: bool,
    /// Whether every sibling counts the same in the rotation.
    pub normalise: bool,
    /// Whether a sibling weighs by all components, or else by its greatest one.
    pub communality: bool,
}

impl Method for PrincipalComponents {
    fn info() -> Info {
        Info {
            zh: "主成分（旋转）权重",
            formula: "R v = λ v; l = √λ v of the kept components, rotated by varimax; w_j ∝ max_f l_jf² (greatest) or Σ_f l_jf² (communality)",
            reference: "OECD/JRC Handbook (2008), pp. 89-91, after Nicoletti, Scarpetta & Boylaud (2000), OECD Economics Department Working Paper 226; Kaiser (1958), Psychometrika 23(3), 187-200, for varimax",
            settings: vec![
                setting("components", 0usize, "How many are kept; 0 leaves it to `keep`.")
                    .between(0.0, 1000.0),
                setting(
                    "keep",
                    "eigenvalue",
                    "`eigenvalue`: those that reach `least_eigenvalue`; `share`: the fewest that explain `share` together. The first one always is.",
                )
                .one_of(&["eigenvalue", "share"]),
                setting("least_eigenvalue", 1.0, "The least eigenvalue of a component that is kept.")
                    .between(0.0, 1e9),
                setting("share", 0.7, "The share of the variance that the kept ones explain together.")
                    .between(0.0, 1.0),
                setting("rotation", "varimax", "`varimax` or `none`.").one_of(&["varimax", "none"]),
                setting(
                    "normalise",
                    true,
                    "Whether every sibling counts the same in the rotation (Kaiser), or by what is explained of it.",
                ),
                setting(
                    "rule",
                    "greatest",
                    "A sibling weighs by its `greatest` squared loading, or by the sum of all (`communality`), which no rotation changes.",
                )
                .one_of(&["greatest", "communality"]),
            ],
            claims: Claims { scale_and_shift: true, ..Claims::default() },
            example: Some(Example {
                columns: vec![
                    vec![1.0, 1.0, -1.0, -1.0],
                    vec![7.0, -1.0, 1.0, -7.0],
                    vec![1.0, -1.0, -1.0, 1.0],
                ],
                expected: vec![4.0 / 13.0, 4.0 / 13.0, 5.0 / 13.0],
                source: "by hand: correlations 0.6, 0 and 0; eigenvalues 1.6, 1 and 0.4, of which two are kept; squared \
                         loadings 1.6 · 1/2 = 0.8 twice on the first and 1 on the second",
                ..Example::default()
            }),
            ..Info::new(
                "principal_components",
                "Weighs each sibling by its squared loading on the rotated principal components of the correlations.",
            )
        }
    }

    fn make(settings: &Settings) -> Result<Self, String> {
        Ok(PrincipalComponents {
            components: settings.whole("components"),
            by_eigenvalue: settings.text("keep") == "eigenvalue",
            least_eigenvalue: settings.number("least_eigenvalue"),
            share: settings.number("share"),
            rotate: settings.text("rotation") == "varimax",
            normalise: settings.flag("normalise"),
            communality: settings.text("rule") == "communality",
        })
    }
}

impl Weighting for PrincipalComponents {
    fn weights(&self, given: &Given<'_>, out: &mut [f64]) -> Result<(), Fault> {
        let columns: Vec<&[f64]> = given.columns().collect();
        for (k, column) in columns.iter().enumerate() {
            if let Some(row) = column.iter().position(|x| x.is_nan()) {
                let code = given.code(k);
                return Err(Fault::at(row, format!("`{code}` has no value: impute before")));
            }
        }
        self.weigh(&columns, out)
    }
}

/// A squared loading below this is not told from zero.
const NOTHING: f64 = 1e-24;
/// What a limit may be missed by: eigenvalues at a limit must not fall to rounding.
const ROUNDING: f64 = 1e-9;
const SWEEPS: usize = 1000;

impl PrincipalComponents {
    /// Weights, not yet of sum one, of columns without gaps.
    ///
    /// # Errors
    /// Columns that do not vary, iterations that do not settle.
    pub fn weigh(&self, columns: &[&[f64]], out: &mut [f64]) -> Result<(), Fault> {
        let n = columns.len();
        let correlations = correlations(columns);
        let variance: f64 = (0..n).map(|k| correlations[k][k]).sum();
        if variance == 0.0 {
            return Err(Fault::new("no column varies, so that there is nothing to explain"));
        }
        let (values, vectors) =
            eigen(correlations).ok_or("the eigenvalues did not settle: are all values finite?")?;
        let kept = self.kept(&values, variance);
        let mut loadings: Vec<Vec<f64>> = (0..kept)
            .map(|f| {
                let root = if values[f] > 0.0 { values[f].sqrt() } else { 0.0 };
                vectors[f].iter().map(|v| v * root).collect()
            })
            .collect();
        if self.rotate {
            varimax(&mut loadings, self.normalise)?;
        }
        for (k, weight) in out.iter_mut().enumerate() {
            let squares = loadings.iter().map(|component| component[k] * component[k]);
            let explained = if self.communality {
                squares.sum()
            } else {
                squares.fold(0.0, |m: f64, x| if x > m { x } else { m })
            };
            *weight = if explained < NOTHING { 0.0 } else { explained };
        }
        Ok(())
    }

    fn kept(&self, values: &[f64], variance: f64) -> usize {
        if self.components > 0 {
            return self.components.min(values.len());
        }
        let reaches = |x: f64, limit: f64| x >= limit * (1.0 - ROUNDING);
        if self.by_eigenvalue {
            return values.iter().filter(|v| reaches(**v, self.least_eigenvalue)).count().max(1);
        }
        let mut explained = 0.0;
        let enough = values.iter().position(|v| {
            explained += v;
            reaches(explained, self.share * variance)
        });
        enough.map_or(values.len(), |k| k + 1)
    }
}

/// Pearson's correlations; 0 of a column that does not vary, with itself too.
fn correlations(columns: &[&[f64]]) -> Vec<Vec<f64>> {
    let standard: Vec<Vec<f64>> = columns
        .iter()
        .map(|column| {
            let varies = column.iter().any(|x| *x != column[0]);
            if !varies {
                return vec![0.0; column.len()];
            }
            // In units of the greatest size, so that no square is beyond the numbers.
            let size = column.iter().fold(0.0, |m: f64, x| if x.abs() > m { x.abs() } else { m });
            let scaled: Vec<f64> = column.iter().map(|x| x / size).collect();
            let mean = scaled.iter().sum::<f64>() / scaled.len() as f64;
            let centred: Vec<f64> = scaled.iter().map(|x| x - mean).collect();
            let length = centred.iter().map(|x| x * x).sum::<f64>().sqrt();
            centred.iter().map(|x| if length > 0.0 { x / length } else { 0.0 }).collect()
        })
        .collect();
    let dot = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f64>();
    let mut matrix: Vec<Vec<f64>> =
        standard.iter().map(|a| standard.iter().map(|b| dot(a, b)).collect()).collect();
    for (k, row) in matrix.iter_mut().enumerate() {
        row[k] = if row[k] > 0.0 { 1.0 } else { row[k] };
    }
    matrix
}

/// Eigenvalues, descending, with their unit vectors: Jacobi's rotations in a fixed order, with nothing but `+ - * / √`,
/// so that the bits are the same everywhere. `None` where they do not settle. Golub & Van Loan, Matrix Computations, 8.5.
fn eigen(mut a: Vec<Vec<f64>>) -> Option<(Vec<f64>, Vec<Vec<f64>>)> {
    let n = a.len();
    let mut v: Vec<Vec<f64>> =
        (0..n).map(|i| (0..n).map(|j| if i == j { 1.0 } else { 0.0 }).collect()).collect();
    let total: f64 = a.iter().flatten().map(|x| x * x).sum();
    if !total.is_finite() {
        return None;
    }
    for _ in 0..100 {
        let off: f64 =
            (0..n).flat_map(|i| (0..i).map(move |j| (i, j))).map(|(i, j)| a[i][j] * a[i][j]).sum();
        if off <= total * 1e-32 {
            let mut order: Vec<usize> = (0..n).collect();
            order.sort_by(|&i, &j| a[j][j].total_cmp(&a[i][i]).then(i.cmp(&j)));
            let values = order.iter().map(|&k| a[k][k]).collect();
            return Some((values, order.iter().map(|&k| v[k].clone()).collect()));
        }
        for p in 0..n {
            for q in p + 1..n {
                if a[p][q] == 0.0 {
                    continue;
                }
                // The tangent of the smaller angle that makes element (p, q) zero.
                let theta = (a[q][q] - a[p][p]) / (2.0 * a[p][q]);
                let t = if theta.abs() > 1e150 {
                    0.5 / theta
                } else {
                    theta.signum() / (theta.abs() + (theta * theta + 1.0).sqrt())
                };
                let c = 1.0 / (t * t + 1.0).sqrt();
                let s = t * c;
                for k in 0..n {
                    (a[k][p], a[k][q]) = (c * a[k][p] - s * a[k][q], s * a[k][p] + c * a[k][q]);
                }
                for k in 0..n {
                    (a[p][k], a[q][k]) = (c * a[p][k] - s * a[q][k], s * a[p][k] + c * a[q][k]);
                    (v[p][k], v[q][k]) = (c * v[p][k] - s * v[q][k], s * v[p][k] + c * v[q][k]);
                }
                (a[p][q], a[q][p]) = (0.0, 0.0);
            }
        }
    }
    None
}

/// Turns the components two by two until the variance of the squared loadings is greatest.
fn varimax(components: &mut [Vec<f64>], normalise: bool) -> Result<(), Fault> {
    let n = components[0].len();
    let mut lengths = vec![1.0; n];
    if normalise {
        for (k, length) in lengths.iter_mut().enumerate() {
            let explained: f64 = components.iter().map(|c| c[k] * c[k]).sum();
            *length = if explained < NOTHING { 1.0 } else { explained.sqrt() };
        }
    }
    for component in components.iter_mut() {
        component.iter_mut().zip(&lengths).for_each(|(l, length)| *l /= length);
    }
    for _ in 0..SWEEPS {
        let mut greatest = 0.0;
        for q in 1..components.len() {
            let (before, from) = components.split_at_mut(q);
            for p in before {
                let angle = turn(p, &mut from[0]);
                greatest = if angle > greatest { angle } else { greatest };
            }
        }
        if greatest <= 1e-12 {
            for component in components.iter_mut() {
                component.iter_mut().zip(&lengths).for_each(|(l, length)| *l *= length);
            }
            return Ok(());
        }
    }
    Err(Fault::new(format!(
        "the rotation did not settle in {SWEEPS} rounds: set `rotation` to `none`"
    )))
}

/// Turns two components by Kaiser's angle, and returns its size.
fn turn(x: &mut [f64], y: &mut [f64]) -> f64 {
    let n = x.len() as f64;
    let (mut a, mut b, mut c, mut d, mut scale) = (0.0, 0.0, 0.0, 0.0, 0.0);
    for (x, y) in x.iter().zip(y.iter()) {
        let (u, v) = (x * x - y * y, 2.0 * x * y);
        a += u;
        b += v;
        c += u * u - v * v;
        d += 2.0 * u * v;
        scale += u * u + v * v;
    }
    let (up, along) = (d - 2.0 * a * b / n, c - (a * a - b * b) / n);
    // Where no angle is better than another, they stay.
    if up.abs() + along.abs() <= 1e-13 * scale {
        return 0.0;
    }
    let angle = libm::atan2(up, along) / 4.0;
    let (sin, cos) = (libm::sin(angle), libm::cos(angle));
    for (x, y) in x.iter_mut().zip(y.iter_mut()) {
        (*x, *y) = (*x * cos + *y * sin, *y * cos - *x * sin);
    }
    angle.abs()
}

quanheng_plugin::export! { weighting: PrincipalComponents }

#[cfg(test)]
mod tests {
    use super::*;

    const PLAIN: PrincipalComponents = PrincipalComponents {
        components: 0,
        by_eigenvalue: true,
        least_eigenvalue: 1.0,
        share: 0.7,
        rotate: true,
        normalise: true,
        communality: false,
    };

    fn near(a: &[f64], b: &[f64]) {
        let close = a.len() == b.len() && a.iter().zip(b).all(|(a, b)| (a - b).abs() < 1e-12);
        assert!(close, "{a:?}, {b:?}");
    }

    /// 2 and 1 on the diagonal and 1 beside it: the eigenvalues of a chain of three are 2 + 2 cos(k π / 4).
    #[test]
    fn eigenvalues_that_are_known() {
        let chain = vec![vec![2.0, 1.0, 0.0], vec![1.0, 2.0, 1.0], vec![0.0, 1.0, 2.0]];
        let (values, vectors) = eigen(chain.clone()).expect("they settle");
        let root = 2.0_f64.sqrt();
        near(&values, &[2.0 + root, 2.0, 2.0 - root]);
        for (value, v) in values.iter().zip(&vectors) {
            let image: Vec<f64> =
                chain.iter().map(|row| row.iter().zip(v).map(|(a, v)| a * v).sum()).collect();
            near(&image, &v.iter().map(|x| x * value).collect::<Vec<_>>());
            near(&[v.iter().map(|x| x * x).sum()], &[1.0]);
        }
        assert!(eigen(vec![vec![f64::NAN]]).is_none());
    }

    #[test]
    fn how_many_are_kept() {
        let values = [2.2, 1.0 - 1e-12, 0.6, 0.2];
        let kept = |rule: PrincipalComponents| rule.kept(&values, 4.0);
        assert_eq!(kept(PLAIN), 2, "an eigenvalue of 1 but for rounding is kept");
        assert_eq!(
            kept(PrincipalComponents { least_eigenvalue: 3.0, ..PLAIN }),
            1,
            "the first always is"
        );
        let by_share = |share| kept(PrincipalComponents { by_eigenvalue: false, share, ..PLAIN });
        assert_eq!([0.0, 0.55, 0.56, 0.8, 0.95, 1.0].map(by_share), [1, 1, 2, 2, 3, 4]);
        assert_eq!(kept(PrincipalComponents { components: 3, ..PLAIN }), 3);
        assert_eq!(kept(PrincipalComponents { components: 9, ..PLAIN }), 4);
    }

    /// Two pairs of siblings, mixed by a turn of 30°: varimax finds the pairs again.
    #[test]
    fn varimax_undoes_a_turn() {
        let simple = [vec![0.9, 0.8, 0.0, 0.0], vec![0.0, 0.0, 0.7, 0.6]];
        let (c, s) = (3.0_f64.sqrt() / 2.0, 0.5);
        let mixed = |a: &[f64], b: &[f64], c: f64, s: f64| -> Vec<f64> {
            a.iter().zip(b).map(|(a, b)| c * a + s * b).collect()
        };
        let turned = [mixed(&simple[0], &simple[1], c, s), mixed(&simple[0], &simple[1], -s, c)];
        for normalise in [true, false] {
            let mut found = turned.clone();
            varimax(&mut found, normalise).expect("it settles");
            let squares =
                |l: &[Vec<f64>]| -> Vec<f64> { l.iter().flatten().map(|x| x * x).collect() };
            near(&squares(&found), &squares(&simple));
        }
    }

    /// The three columns of the worked example: squared loadings 0.8, 0.8 and 1, whichever rule; one component has the
    /// first two only.
    #[test]
    fn weights_by_hand() {
        let columns: [&[f64]; 3] =
            [&[1.0, 1.0, -1.0, -1.0], &[7.0, -1.0, 1.0, -7.0], &[1.0, -1.0, -1.0, 1.0]];
        let weigh = |rule: PrincipalComponents| {
            let mut out = [f64::NAN; 3];
            rule.weigh(&columns, &mut out).expect("weights");
            out
        };
        near(&weigh(PLAIN), &[0.8, 0.8, 1.0]);
        near(&weigh(PrincipalComponents { communality: true, ..PLAIN }), &[0.8, 0.8, 1.0]);
        near(&weigh(PrincipalComponents { rotate: false, ..PLAIN }), &[0.8, 0.8, 1.0]);
        assert_eq!(weigh(PrincipalComponents { components: 1, ..PLAIN })[2], 0.0);
        // All three components explain everything of everything.
        near(&weigh(PrincipalComponents { components: 3, communality: true, ..PLAIN }), &[1.0; 3]);
    }

    #[test]
    fn columns_that_do_not_vary() {
        let mut out = [f64::NAN; 2];
        assert!(PLAIN.weigh(&[&[3.0, 3.0], &[0.1, 0.1]], &mut out).is_err());
        PLAIN.weigh(&[&[3.0, 3.0, 3.0], &[1.0, 2.0, 4.0]], &mut out).expect("weights");
        assert_eq!(out, [0.0, 1.0]);
        // Numbers whose squares are beyond all numbers.
        PLAIN.weigh(&[&[1e300, 2e300, -1e300], &[1.0, 2.0, -1.0]], &mut out).expect("weights");
        near(&out, &[1.0, 1.0]);
    }
}
