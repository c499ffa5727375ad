//! How important a child is for the scores of its parent, beside the weight that is stated for it.

use indexmap::IndexMap;
use multiversion::multiversion;
use rayon::prelude::*;

use super::Scores;
use crate::method::{Rows, Scratch, find};
use crate::model::{Direction, NodeId, PeriodIx, RegionIx};
use crate::number::{self, Correlation, population_variance, sum};
use crate::weighting::{self, Siblings};

/// The importance of a child for its parent.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Importance {
    /// The parent.
    pub parent: NodeId,
    /// The child.
    pub child: NodeId,
    /// In how many rows both have a score.
    pub n: usize,
    /// Its weight among its siblings, the sum being 1.
    pub weight: f64,
    /// The squared correlation with the parent; `None` where one of them does not vary.
    pub linear: Option<f64>,
    /// Its share of the squared correlations of all siblings.
    pub share: Option<f64>,
    /// The correlation ratio var(E(y | x)) / var(y), E(y | x) being estimated by [`smooth`].
    pub ratio: Option<f64>,
    /// Its share of the correlation ratios of all siblings.
    pub ratio_share: Option<f64>,
    /// The weight with which its share of the squared correlations would be its stated weight (the weighting
    /// `target_importance`); `None` where no weights of 0 or more reach that.
    pub reaching: Option<f64>,
}

/// The importance of every child, parent by parent in the order of the tree, as Paruolo, Saisana & Saltelli (2013, J. Royal
/// Statistical Society A 176(3), 609-634) define it. Stated weights are those in the first row.
pub fn importance(scores: &Scores<'_>) -> Vec<Importance> {
    let Some(&first) = scores.rows().first() else { return Vec::new() };
    let (system, evaluation) = (scores.system(), scores.evaluation());
    let weights = evaluation.weights(evaluation.study().panel.slice_at(first));
    let mut found: Vec<Importance> = Vec::new();
    for parent in (0..system.nodes().len() as u32).map(NodeId) {
        let children = &system.node(parent).children;
        let y = scores.of(parent);
        let total: f64 = children.iter().map(|child| weights[child.index()]).sum();
        let stated: Vec<f64> =
            children.iter().map(|child| weights[child.index()] / total).collect();
        let reaching = reaching(scores, parent, &stated);
        let from = found.len();
        // Each local straight line looks at many rows for every row.
        let ratio = |child: &NodeId| correlation_ratio(scores.of(*child), y);
        let ratios: Vec<Option<f64>> = children.par_iter().map(ratio).collect();
        for (k, &child) in children.iter().enumerate() {
            let x = scores.of(child);
            let n = x.iter().zip(y).filter(|(x, y)| !x.is_nan() && !y.is_nan()).count();
            let linear = Correlation::Pearson.of(x, y).map(|r| r * r);
            found.push(Importance {
                parent,
                child,
                n,
                weight: stated[k],
                linear,
                share: None,
                ratio: ratios[k],
                ratio_share: None,
                reaching: reaching.get(&child.0).copied(),
            });
        }
        let of_parent = &mut found[from..];
        let all = |of: fn(&Importance) -> Option<f64>, of_parent: &[Importance]| -> f64 {
            sum(&of_parent.iter().map(|i| of(i).unwrap_or(0.0)).collect::<Vec<_>>())
        };
        let (linear, ratio) = (all(|i| i.linear, of_parent), all(|i| i.ratio, of_parent));
        for i in of_parent {
            i.share = i.linear.filter(|_| linear > 0.0).map(|x| x / linear);
            i.ratio_share = i.ratio.filter(|_| ratio > 0.0).map(|x| x / ratio);
        }
    }
    found
}

/// The correlation ratio of y given x: the variance of the smoothed values over that of y, from 0 to 1. `None` with fewer
/// than five rows or where one of them does not vary.
fn correlation_ratio(x: &[f64], y: &[f64]) -> Option<f64> {
    let both = x.iter().zip(y).filter(|(x, y)| !x.is_nan() && !y.is_nan());
    let (x, y): (Vec<f64>, Vec<f64>) = both.map(|(x, y)| (*x, *y)).unzip();
    let (of_x, of_y) = (population_variance(&x)?, population_variance(&y)?);
    let constant = |values: &[f64]| values.iter().all(|v| *v == values[0]);
    if x.len() < 5 || constant(&x) || constant(&y) || of_x == 0.0 || of_y == 0.0 {
        return None;
    }
    let smoothed = smooth(&x, &y, of_x.sqrt());
    Some(number::clamp(population_variance(&smoothed)? / of_y, 0.0, 1.0))
}

/// The regression of y on x at each x: a local straight line with the kernel of Epanechnikov and the bandwidth
/// h = 2.345 · sd(x) · n^(-1/5), which is Silverman's rule for this kernel (Silverman 1986, Density Estimation, 3.4; Fan &
/// Gijbels 1996, Local Polynomial Modelling). Where fewer than two different x lie within h, it is their mean.
fn smooth(x: &[f64], y: &[f64], sd: f64) -> Vec<f64> {
    let n = x.len();
    let mut order: Vec<usize> = (0..n).collect();
    number::sort_by(&mut order, &|i, j| x[i].total_cmp(&x[j]).then(i.cmp(&j)));
    let h = 2.345 * sd / libm::pow(n as f64, 0.2);
    let middle = x[order[n / 2]];
    let u: Vec<f64> = order.iter().map(|&k| (x[k] - middle) / h).collect();
    let y: Vec<f64> = order.iter().map(|&k| y[k]).collect();
    let mut lines = vec![0.0; n];
    smooth_sorted(&u, &y, &mut lines);
    let mut smoothed = vec![0.0; n];
    order.iter().zip(lines).for_each(|(&k, line)| smoothed[k] = line);
    smoothed
}

/// As [`smooth`], of ascending `u` in units of the bandwidth. Compiled also for processors with wider registers; the lanes
/// of the sums, and so their bits, are the same.
#[multiversion(targets("x86_64+avx512f", "x86_64+avx2"))]
fn smooth_sorted(u: &[f64], y: &[f64], smoothed: &mut [f64]) {
    let (mut from, mut to) = (0, 0);
    for (at, smoothed) in u.iter().zip(smoothed) {
        while at - u[from] >= 1.0 {
            from += 1;
        }
        while to < u.len() && u[to] - at < 1.0 {
            to += 1;
        }
        let [s0, s1, s2, t0, t1] = local_sums(*at, &u[from..to], &y[from..to]);
        let determinant = s0 * s2 - s1 * s1;
        *smoothed = match determinant > 1e-12 * s0 * s0 {
            true => (s2 * t0 - s1 * t1) / determinant,
            false => t0 / s0,
        };
    }
}

/// The sums of w, w d, w d², w y and w d y with d = u - `at` and w = 1 - d².
#[inline(always)]
fn local_sums(at: f64, u: &[f64], y: &[f64]) -> [f64; 5] {
    const LANES: usize = 8;
    let mut sums = [[0.0; LANES]; 5];
    let (u, u_rest) = u.as_chunks::<LANES>();
    let (y, y_rest) = y.as_chunks::<LANES>();
    for (u, y) in u.iter().zip(y) {
        for k in 0..LANES {
            let d = u[k] - at;
            let w = 1.0 - d * d;
            let wd = w * d;
            sums[0][k] += w;
            sums[1][k] += wd;
            sums[2][k] += wd * d;
            sums[3][k] += w * y[k];
            sums[4][k] += wd * y[k];
        }
    }
    for (k, (u, y)) in u_rest.iter().zip(y_rest).enumerate() {
        let d = u - at;
        let w = 1.0 - d * d;
        let wd = w * d;
        for (sums, term) in sums.iter_mut().zip([w, wd, wd * d, w * y, wd * y]) {
            sums[k] += term;
        }
    }
    sums.map(|[a, b, c, d, e, f, g, h]| ((a + b) + (c + d)) + ((e + f) + (g + h)))
}

/// The weights, by the number of the child, with which the shares of the squared correlations are the stated weights; none
/// where there are no such weights.
fn reaching(scores: &Scores<'_>, parent: NodeId, stated: &[f64]) -> IndexMap<u32, f64> {
    let none = IndexMap::new();
    let (system, study) = (scores.system(), scores.evaluation().study());
    let children = &system.node(parent).children;
    let Some(entry) = find(weighting::TABLE, "target_importance") else { return none };
    let Ok(method) = (entry.make)(&crate::method::Settings::default()) else { return none };
    let nodes: Vec<crate::model::Node> = children
        .iter()
        .zip(stated)
        .map(|(&child, &weight)| crate::model::Node {
            weight: Some(weight),
            ..system.node(child).clone()
        })
        .collect();
    let columns: Vec<&[f64]> = children.iter().map(|&child| scores.of(child)).collect();
    let rows = scores.rows();
    let regions: Vec<RegionIx> = rows.iter().map(|&row| study.panel.regions()[row]).collect();
    let periods: Vec<PeriodIx> = rows.iter().map(|&row| study.panel.periods()[row]).collect();
    let times: Vec<f64> = study.periods.iter().map(|period| period.time).collect();
    let siblings = Siblings {
        columns: &columns,
        nodes: &nodes.iter().collect::<Vec<_>>(),
        parent: system.node(parent),
        directions: &vec![Direction::Positive; children.len()],
        rows: Rows {
            regions: &regions,
            periods: &periods,
            all: &study.regions,
            groups: &study.groups,
            neighbours: study.neighbours.as_ref(),
            times: &times,
        },
    };
    let mut weights = vec![0.0; children.len()];
    if children.len() < 2
        || method.weights(&siblings, &mut Scratch::default(), &mut weights).is_err()
    {
        return none;
    }
    let total = sum(&weights);
    children.iter().zip(weights).map(|(child, weight)| (child.0, weight / total)).collect()
}
