//! Intervals and rank sets, against statsmodels, scipy and numpy.

use std::path::Path;

use quanheng_core::robustness::{
    Estimates, count_interval, differences_of_counts, greater_by_chance, wilson,
};

/// The rows of a table below `data/` after its header.
fn rows(name: &str) -> Vec<Vec<String>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/reference/data").join(name);
    let text = std::fs::read_to_string(path).expect("the table");
    let row = |line: &str| line.split(',').map(str::to_owned).collect();
    text.lines().skip(1).map(row).collect()
}

fn number(text: &str) -> f64 {
    text.parse().expect("a number")
}

#[test]
fn intervals_of_shares_and_counts() {
    let near = |found: f64, expected: &str| {
        let expected = number(expected);
        assert!((found - expected).abs() <= 1e-12 * (1.0 + expected.abs()), "{found} {expected}");
    };
    for row in rows("robustness_wilson.csv") {
        let (count, n) = (number(&row[0]), number(&row[1]));
        let (lower, upper) = wilson(count / n, n, number(&row[2]));
        near(lower, &row[3]);
        near(upper, &row[4]);
    }
    for row in rows("robustness_counts.csv") {
        let (lower, upper) = count_interval(number(&row[0]), number(&row[1]));
        near(lower, &row[2]);
        near(upper, &row[3]);
    }
}

#[test]
fn rank_sets_of_counts() {
    let all = rows("robustness_multinomial.csv");
    for case in all.chunk_by(|a, b| a[0] == b[0]) {
        let counts: Vec<f64> = case.iter().map(|row| number(&row[1])).collect();
        let sets = differences_of_counts(&counts, 0.95).rank_sets();
        for (i, row) in case.iter().enumerate() {
            assert_eq!(sets[i], (number(&row[2]) as usize, number(&row[3]) as usize), "{row:?}");
            if i > 0 {
                let p = greater_by_chance(counts[i], counts[0]);
                assert!((p - number(&row[4])).abs() < 1e-12, "{p} {row:?}");
            }
        }
    }
}

/// The sets of numpy are made of 400,000 draws and ours of 10,000, so that a pair may differ whose distance is the
/// critical value within the error of its draws: ends of sets are two places apart at most, and few of them are.
#[test]
fn rank_sets_of_pisa_2018() {
    let all = rows("robustness_pisa2018.csv");
    let critical = rows("robustness_pisa2018_critical.csv");
    for (subject, critical) in all.chunk_by(|a, b| a[0] == b[0]).zip(critical) {
        assert_eq!(subject[0][0], critical[0]);
        let column =
            |at: usize| -> Vec<f64> { subject.iter().map(|row| number(&row[at])).collect() };
        let estimates = Estimates::independent(column(2), &column(3), 10_000, 1);
        let steps = estimates.differences(0.95, true);
        let one_step = estimates.differences(0.95, false);
        // The standard error of the quantile is some 0.015.
        for (found, expected) in [(&one_step, &critical[1]), (&steps, &critical[2])] {
            let c = found.critical.expect("there are errors");
            assert!((c - number(expected)).abs() < 0.06, "{c} {expected}");
        }
        let sets = [one_step.rank_sets(), steps.rank_sets(), estimates.marginal(0.95, true)];
        for (sets, at) in sets.into_iter().zip([6, 4, 8]) {
            let ends: Vec<(usize, usize)> = sets
                .iter()
                .zip(column(at))
                .map(|(s, x)| (s.0, x as usize))
                .chain(sets.iter().zip(column(at + 1)).map(|(s, x)| (s.1, x as usize)))
                .collect();
            assert!(ends.iter().all(|(a, b)| a.abs_diff(*b) <= 2), "{ends:?}");
            let equal = ends.iter().filter(|(a, b)| a == b).count();
            assert!(equal * 100 >= ends.len() * 94, "{equal} of {}", ends.len());
        }
    }
}
