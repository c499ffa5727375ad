//! Sensitivity and discovery against SALib 1.6.0, OpenTURNS 1.27, SciPy 1.17.1 and ema_workbench 2.5.3; `data/README.md`
//! says where each table comes from.

use std::f64::consts::PI;
use std::path::Path;

use quanheng_core::discovery::{Bounds, Input, Options, Prim};
use quanheng_core::sensitivity::{
    Estimators, First, Runs, Sequence, Total, effects, share_by_order,
};

fn rows(name: &str) -> Vec<Vec<String>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/reference/data").join(name);
    let text = std::fs::read_to_string(path).expect("the table");
    let row = |line: &str| line.split(',').map(str::to_owned).collect();
    text.lines().skip(1).map(row).collect()
}

fn number(text: &str) -> f64 {
    text.parse().expect("a number")
}

fn near(found: f64, expected: f64, within: f64, what: &str) {
    assert!((found - expected).abs() <= within, "{what}: {found} {expected}");
}

/// Points of `qmc.Sobol(21, scramble=False)`. SciPy steps in Gray code: its point i is ours of number i ^ (i >> 1).
#[test]
fn plain_points_are_those_of_scipy() {
    let sequence = Sequence::new(21, None).expect("few dimensions");
    for (i, row) in rows("sensitivity_sobol_points.csv").iter().enumerate() {
        let i = i as u32;
        for (k, x) in row.iter().enumerate() {
            assert_eq!(sequence.at(i ^ (i >> 1), k).to_bits(), number(x).to_bits(), "{i} {k}");
        }
    }
}

fn ishigami(u: &[f64]) -> f64 {
    let [x, y, z] = [0, 1, 2].map(|k| PI * (2.0 * u[k] - 1.0));
    let s = libm::sin(y);
    libm::sin(x) * (1.0 + 0.1 * z * z * z * z) + 7.0 * s * s
}

fn g(u: &[f64]) -> f64 {
    let a = [0.0, 1.0, 4.5, 9.0, 99.0, 99.0, 99.0, 99.0];
    u.iter().zip(a).fold(1.0, |g, (x, a)| g * ((4.0 * x - 2.0).abs() + a) / (1.0 + a))
}

/// The plain design of SALib, in its order of points.
fn plain(n: u32, d: usize, second: bool, f: &dyn Fn(&[f64]) -> f64) -> Runs {
    let sequence = Sequence::new(2 * d, None).expect("few dimensions");
    let mut runs = Runs { ab: vec![Vec::new(); d], ..Runs::default() };
    if second {
        runs.ba = vec![Vec::new(); d];
    }
    for i in 0..n {
        let point: Vec<f64> = (0..2 * d).map(|k| sequence.at(i ^ (i >> 1), k)).collect();
        let (a, b) = point.split_at(d);
        runs.a.push(f(a));
        runs.b.push(f(b));
        for k in 0..d {
            let mut mixed = a.to_vec();
            mixed[k] = b[k];
            runs.ab[k].push(f(&mixed));
            if second {
                let mut mixed = b.to_vec();
                mixed[k] = a[k];
                runs.ba[k].push(f(&mixed));
            }
        }
    }
    runs
}

fn by(first: First, total: Total) -> Estimators {
    Estimators { first, total, resamples: 400, level: 0.95, seed: 3 }
}

/// Every estimate of SALib on the same points; half the width of its intervals, which are of other draws, within a fourth.
#[test]
fn shares_are_those_of_salib() {
    let all = rows("sensitivity_sobol.csv");
    for case in all.chunk_by(|a, b| a[..2] == b[..2]) {
        let n = number(&case[0][1]) as u32;
        let runs = match case[0][0].as_str() {
            "g" => plain(n, 8, false, &g),
            name => plain(n, 3, name == "ishigami_second", &ishigami),
        };
        let shares = runs.shares(&by(First::Saltelli, Total::Jansen));
        let factor = |text: &str| number(&text[1..]) as usize - 1;
        for row in case {
            let found = match row[2].as_str() {
                "first" => shares.first[factor(&row[3])],
                "total" => shares.total[factor(&row[3])],
                _ => {
                    let pair = (factor(&row[3]), factor(&row[4]));
                    shares.second.iter().find(|s| (s.0, s.1) == pair).expect("the pair").2
                }
            };
            let what = row.join(" ");
            near(found.value, number(&row[5]), 1e-11, &what);
            let half = number(&row[6]);
            near(found.half, half, 0.25 * half, &what);
        }
    }
}

/// Martinez's estimator of OpenTURNS on the points of SALib, 1,024 rows.
#[test]
fn shares_are_those_of_openturns() {
    let shares = plain(1024, 3, false, &ishigami).shares(&by(First::Martinez, Total::Martinez));
    let first = [0.312_033_054_790_898_3, 0.422_620_162_072_160_2, -0.002_716_700_121_570_43];
    let total = [0.556_488_858_069_426_2, 0.444_130_063_012_019_8, 0.241_153_670_782_783_9];
    for k in 0..3 {
        near(shares.first[k].value, first[k], 1e-12, "first");
        near(shares.total[k].value, total[k], 1e-12, "total");
    }
}

/// `RankSobolSensitivityAlgorithm` of OpenTURNS on a Latin hypercube of 1,000 points.
#[test]
fn shares_by_order_are_those_of_openturns() {
    let all = rows("sensitivity_latin.csv");
    let column = |k: usize| all.iter().map(|row| number(&row[k])).collect::<Vec<f64>>();
    let y = column(3);
    let expected = [0.292_174_377_435_431_34, 0.486_450_274_381_691, -0.019_184_132_927_697_998];
    for (k, expected) in expected.into_iter().enumerate() {
        let found = share_by_order(&column(k), &y).expect("it varies");
        near(found, expected, 1e-12, "by order");
    }
}

/// Morris's effects of SALib on its own trajectories.
#[test]
fn effects_are_those_of_salib() {
    let all = rows("sensitivity_morris.csv");
    let unit = |x: &String| (number(x) + PI) / (2.0 * PI);
    let points: Vec<Vec<f64>> = all.iter().map(|row| row[..3].iter().map(unit).collect()).collect();
    let y: Vec<f64> = all.iter().map(|row| number(&row[3])).collect();
    let expected = [
        [8.203_957_799_859_756, 8.203_957_799_859_756, 6.292_005_702_371_042],
        [0.944_999_999_999_999_7, 7.874_999_999_999_999, 7.897_467_948_652_904_5],
        [1.499_711_064_799_947_6, 5.498_940_570_933_144_5, 8.235_957_966_059_898],
    ];
    for (found, [mean, size, spread]) in effects(&points, &y, 50, 0.95, 1).iter().zip(expected) {
        assert_eq!(found.n, 50);
        near(found.mean, mean, 1e-12, "mean");
        near(found.size.value, size, 1e-12, "size");
        near(found.spread, spread, 1e-12, "spread");
    }
}

/// Every box of the trajectory of ema_workbench on the same cases, with its quasi-p values.
#[test]
fn boxes_are_those_of_ema_workbench() {
    let cases = rows("discovery_cases.csv");
    let column = |k: usize| cases.iter().map(|row| number(&row[k])).collect::<Vec<f64>>();
    let letters = ["p", "q", "r"];
    let category =
        |row: &Vec<String>| letters.iter().position(|l| *l == row[3]).expect("it") as u32;
    let inputs = (0..3)
        .map(|k| Input::Number(column(k)))
        .chain([Input::Category(cases.iter().map(category).collect(), 3)])
        .collect();
    let interest = cases.iter().map(|row| row[4] == "1").collect();
    let boxes = Prim::new(inputs, interest, Options::default()).trajectory();
    let expected = rows("discovery_trajectory.csv");
    assert_eq!(boxes.len(), expected.len());
    for (found, row) in boxes.iter().zip(&expected) {
        near(found.coverage, number(&row[1]), 1e-12, "coverage");
        near(found.density, number(&row[2]), 1e-12, "density");
        near(found.mass, number(&row[3]), 1e-12, "mass");
        assert_eq!(found.restrictions.len(), number(&row[4]) as usize);
        let quasi_p = |input: usize, upper: bool| {
            let of = found.restrictions.iter().find(|r| r.input == input);
            of.and_then(|r| if upper { r.upper } else { r.lower }).unwrap_or(-1.0)
        };
        let same_p = |found: f64, expected: f64| {
            near(found, expected, 1e-9 * expected.abs(), "quasi-p");
        };
        for k in 0..3 {
            let Bounds::Between(lower, upper) = found.bounds[k] else { panic!("a number") };
            near(lower, number(&row[5 + 4 * k]), 1e-12, "lower");
            near(upper, number(&row[6 + 4 * k]), 1e-12, "upper");
            same_p(quasi_p(k, false), number(&row[7 + 4 * k]));
            same_p(quasi_p(k, true), number(&row[8 + 4 * k]));
        }
        let Bounds::Among(is_in) = &found.bounds[3] else { panic!("categories") };
        let inside: String =
            letters.iter().zip(is_in).filter(|(_, is)| **is).map(|(l, _)| *l).collect();
        assert_eq!(inside, row[17]);
        same_p(quasi_p(3, false), number(&row[18]));
    }
}
