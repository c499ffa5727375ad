//! Elementary effects: what each factor does when it alone takes a step.

use crate::number;

use super::sobol::{Estimate, counts};
use crate::robustness::normal_width;

/// Trajectories through a grid: each is a point and, for each factor in some order, the point with that factor moved.
#[derive(Clone, Copy, Debug)]
pub struct Trajectories {
    /// The number of trajectories.
    pub count: usize,
    /// The number of levels of the grid, even.
    pub levels: u32,
    /// Which draw.
    pub seed: u64,
}

/// The elementary effects of a factor.
#[derive(Clone, Debug, PartialEq)]
pub struct Effects {
    /// How many there are.
    pub n: usize,
    /// Their mean.
    pub mean: f64,
    /// The mean of their sizes, with its interval.
    pub size: Estimate,
    /// Their standard deviation: large where the factor acts together with others, or not in proportion.
    pub spread: f64,
}

impl Trajectories {
    /// The step of a factor in the unit cube: levels / (2 (levels - 1)).
    pub fn step(&self) -> f64 {
        f64::from(self.levels) / (2.0 * (f64::from(self.levels) - 1.0))
    }

    /// The points, `d` + 1 a trajectory, each with `d` coordinates; and for each trajectory the factor that each step
    /// moves. Morris (1991), Factorial sampling plans for preliminary computational experiments, Technometrics 33(2).
    pub fn points(&self, d: usize) -> (Vec<Vec<f64>>, Vec<Vec<usize>>) {
        let lower = self.levels / 2;
        let unit = f64::from(self.levels - 1);
        let (mut points, mut orders) = (Vec::new(), Vec::new());
        for trajectory in 0..self.count as u64 {
            let draw = |k: u64| number::uniform(self.seed, trajectory, k);
            let mut ups = Vec::with_capacity(d);
            let mut at: Vec<f64> = (0..d as u64)
                .map(|k| {
                    let level = (draw(3 * k) * f64::from(lower)).floor();
                    let up = draw(3 * k + 1) < 0.5;
                    ups.push(up);
                    if up { level / unit } else { level / unit + self.step() }
                })
                .collect();
            let mut order: Vec<usize> = (0..d).collect();
            number::sort_by_key(&mut order, &|k| draw(3 * k as u64 + 2));
            points.push(at.clone());
            for &k in &order {
                at[k] += if ups[k] { self.step() } else { -self.step() };
                points.push(at.clone());
            }
            orders.push(order);
        }
        (points, orders)
    }
}

/// The effects of every factor, from points, `d` + 1 a trajectory, and their results. Which factor a step moves is seen
/// from the points. A step with a result that is not there (NaN) is left out.
///
/// Mean and spread are Morris's; the mean of sizes is that of Campolongo, Cariboni & Saltelli (2007), An effective screening
/// design for sensitivity analysis of large models, Environmental Modelling & Software 22.
pub fn effects(
    points: &[Vec<f64>],
    y: &[f64],
    resamples: usize,
    level: f64,
    seed: u64,
) -> Vec<Effects> {
    let d = points.first().map_or(0, Vec::len);
    let mut found: Vec<Vec<f64>> = vec![Vec::new(); d];
    for (points, y) in points.chunks_exact(d + 1).zip(y.chunks_exact(d + 1)) {
        for at in 0..d {
            let (before, after) = (&points[at], &points[at + 1]);
            let moved = (0..d).find(|&k| before[k] != after[k]);
            let Some(k) = moved else { continue };
            let effect = (y[at + 1] - y[at]) / (after[k] - before[k]);
            if !effect.is_nan() {
                found[k].push(effect);
            }
        }
    }
    let of = |effects: Vec<f64>| {
        let sizes: Vec<f64> = effects.iter().map(|x| x.abs()).collect();
        let n = sizes.len();
        let again: Vec<f64> = (0..resamples)
            .map(|draw| number::dot(&counts(seed, draw, n), &sizes) / n as f64)
            .filter(|x| x.is_finite())
            .collect();
        let half =
            number::sample_variance(&again).map_or(f64::NAN, |v| normal_width(level) * v.sqrt());
        Effects {
            n,
            mean: number::mean(&effects).unwrap_or(f64::NAN),
            size: Estimate { value: number::mean(&sizes).unwrap_or(f64::NAN), half },
            spread: number::sample_variance(&effects).map_or(f64::NAN, f64::sqrt),
        }
    };
    found.into_iter().map(of).collect()
}
