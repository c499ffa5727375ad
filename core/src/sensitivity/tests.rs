//! Shares against analytic values.

use std::f64::consts::PI;

use super::*;

fn by(first: First, total: Total) -> Estimators {
    Estimators { first, total, resamples: 100, level: 0.95, seed: 1 }
}

fn ishigami(u: &[f64]) -> f64 {
    let [x, y, z] = [0, 1, 2].map(|k| PI * (2.0 * u[k] - 1.0));
    let s = libm::sin(y);
    libm::sin(x) * (1.0 + 0.1 * z * z * z * z) + 7.0 * s * s
}

/// Every estimator comes near the analytic shares of Ishigami's function (Saltelli et al. 2008, p. 179), and its intervals
/// hold them; the second order of the first and third factor is what is left of their totals.
#[test]
fn shares_of_ishigami() {
    let design = Design::new(4096, vec![1; 3], true, 5).expect("few dimensions");
    let y: Vec<f64> = (0..design.runs()).map(|run| ishigami(&design.point(run))).collect();
    let runs = design.part(&y);
    let first = [0.313_905_191_147_811_46, 0.442_411_144_790_040_9, 0.0];
    let total = [0.557_588_855_209_959_2, 0.442_411_144_790_040_9, 0.243_683_664_062_147_7];
    for f in [First::Saltelli, First::Jansen, First::Martinez, First::Janon] {
        for t in [Total::Jansen, Total::Martinez, Total::Janon] {
            let shares = runs.shares(&by(f, t));
            for k in 0..3 {
                let (a, b) = (shares.first[k], shares.total[k]);
                assert!((a.value - first[k]).abs() < 0.012, "{f:?} {k} {a:?}");
                assert!((b.value - total[k]).abs() < 0.012, "{t:?} {k} {b:?}");
                assert!((a.value - first[k]).abs() < 2.0 * a.half + 1e-3, "{f:?} {k} {a:?}");
                assert!((b.value - total[k]).abs() < 2.0 * b.half + 1e-3, "{t:?} {k} {b:?}");
            }
            assert!((shares.variance - 13.844_587_940_719_254).abs() < 0.1);
            let second = |i, j| shares.second.iter().find(|s| (s.0, s.1) == (i, j)).expect("it");
            assert!((second(0, 2).2.value - 0.243_683_664).abs() < 0.02);
            assert!(second(0, 1).2.value.abs() < 0.02);
        }
    }
}

/// Sobol's g-function with a = 0, 1, 4.5, 9, 99, 99: shares are products of 1 / (3 (1 + a)^2).
#[test]
fn shares_of_the_g_function() {
    let a = [0.0, 1.0, 4.5, 9.0, 99.0, 99.0];
    let design = Design::new(8192, vec![1; 6], false, 11).expect("few dimensions");
    let g = |u: &[f64]| {
        u.iter().zip(a).fold(1.0, |g, (x, a)| g * ((4.0 * x - 2.0).abs() + a) / (1.0 + a))
    };
    let y: Vec<f64> = (0..design.runs()).map(|run| g(&design.point(run))).collect();
    let shares = design.part(&y).shares(&by(First::Saltelli, Total::Jansen));
    let own: Vec<f64> = a.iter().map(|a| 1.0 / (3.0 * (1.0 + a) * (1.0 + a))).collect();
    let all = own.iter().fold(1.0, |p, v| p * (1.0 + v));
    for k in 0..6 {
        let first = own[k] / (all - 1.0);
        let total = own[k] * (all / (1.0 + own[k])) / (all - 1.0);
        assert!((shares.first[k].value - first).abs() < 0.01, "{k} {:?} {first}", shares.first[k]);
        assert!((shares.total[k].value - total).abs() < 0.01, "{k} {:?} {total}", shares.total[k]);
    }
}

/// Rows in which a run failed are counted and left out; the other rows give the same as a design without those rows.
#[test]
fn failed_runs_are_counted() {
    let design = Design::new(64, vec![1; 3], false, 2).expect("few dimensions");
    let mut y: Vec<f64> = (0..design.runs()).map(|run| ishigami(&design.point(run))).collect();
    let whole = design.part(&y).shares(&by(First::Martinez, Total::Jansen));
    y[3] = f64::NAN;
    y[64 * 3 + 7] = f64::NAN;
    y[64 * 4 + 7] = f64::NAN;
    let shares = design.part(&y).shares(&by(First::Martinez, Total::Jansen));
    assert_eq!((whole.rows, whole.left_out), (64, 0));
    assert_eq!((shares.rows, shares.left_out), (62, 2));
    let constant = design.part(&vec![2.5; y.len()]).shares(&by(First::Saltelli, Total::Jansen));
    assert!(constant.first.is_empty() && constant.total.is_empty(), "nothing varies");
}

/// The share by order comes near the analytic one on a plain sample, does not depend on the order of rows, and is the
/// correlation ratio, up to 1/n, where the factor is a choice.
#[test]
fn shares_by_order() {
    let n = 8192;
    let points: Vec<Vec<f64>> = (0..n).map(|run| independent(9, run, 3)).collect();
    let y: Vec<f64> = points.iter().map(|p| ishigami(p)).collect();
    for (k, first) in [0.313_905_191, 0.442_411_144, 0.0].into_iter().enumerate() {
        let x: Vec<f64> = points.iter().map(|p| p[k]).collect();
        let share = share_by_order(&x, &y).expect("it varies");
        assert!((share - first).abs() < 0.03, "{k}: {share}");
        let options: Vec<f64> = x.iter().map(|x| (x * 4.0).floor()).collect();
        let share = share_by_order(&options, &y).expect("it varies");
        let back: Vec<f64> = options.iter().rev().copied().collect();
        let y_back: Vec<f64> = y.iter().rev().copied().collect();
        let other = share_by_order(&back, &y_back).expect("it varies");
        assert!((share - other).abs() < 1e-12);
        let mean = crate::number::mean(&y).expect("rows");
        let between: f64 = (0..4)
            .map(|option| {
                let own: Vec<f64> =
                    (0..n).filter(|&i| options[i] == f64::from(option)).map(|i| y[i]).collect();
                let m = crate::number::mean(&own).expect("rows");
                own.len() as f64 * (m - mean) * (m - mean)
            })
            .sum();
        let variance = crate::number::population_variance(&y).expect("rows");
        let ratio = between / n as f64 / variance;
        assert!((share - ratio).abs() < 2e-3, "{share} {ratio}");
    }
}

/// A linear function has effects that are its slopes, whatever the trajectories.
#[test]
fn effects_of_a_linear_function() {
    let design = Trajectories { count: 12, levels: 4, seed: 3 };
    let (points, orders) = design.points(3);
    assert_eq!((points.len(), orders.len()), (48, 12));
    assert!(points.iter().flatten().all(|x| (-1e-12..=1.0 + 1e-12).contains(x)));
    let y: Vec<f64> = points.iter().map(|p| 2.0 * p[0] - 5.0 * p[1] + 0.5 * p[2]).collect();
    for (effects, slope) in effects(&points, &y, 50, 0.95, 1).iter().zip([2.0, -5.0, 0.5_f64]) {
        assert_eq!(effects.n, 12);
        assert!((effects.mean - slope).abs() < 1e-12 && effects.spread < 1e-12);
        assert!((effects.size.value - slope.abs()).abs() < 1e-12);
    }
}
