//! Tiering against mapclassify, scikit-learn, scipy and print.

use super::{Figures, agree};
use quanheng_core::conformance::Trial;
use quanheng_core::method::{Example, Settings, Value, find};
use quanheng_core::tiering::TABLE;

fn tiers<const N: usize>(name: &str, settings: [(&str, Value); N], scores: &[f64]) -> Vec<f64> {
    let method = (find(TABLE, name).unwrap().make)(&Settings::from(settings)).unwrap();
    let example = Example { columns: vec![scores.to_vec()], ..Example::default() };
    method.trial(&example).unwrap()
}

const SERIES: [&str; 3] = ["asem", "tied60", "lognormal80"];
const CLASSES: [usize; 5] = [2, 3, 4, 5, 7];

#[test]
fn classes_of_mapclassify_and_scikit_learn() {
    for series in SERIES {
        let figures = Figures::read(&format!("tiers_{series}"));
        let scores = figures.column("score");
        for k in CLASSES {
            let count = || ("tiers", Value::from(k as f64));
            let exclusive = || ("inclusive", Value::from(false));
            for (what, found) in [
                ("jenks", tiers("natural_breaks", [count()], scores)),
                ("kmeans", tiers("k_means", [count()], scores)),
                ("quantiles", tiers("quantiles", [count(), exclusive()], scores)),
                ("equal", tiers("equal_interval", [count(), exclusive()], scores)),
            ] {
                // Seven classes of mapclassify leave 70.382 within them, the least is 70.379: see docs/differences.
                let jenks_is_not_least = (series, what, k) == ("asem", "jenks", 7);
                let what = format!("{}{k}", if jenks_is_not_least { "kmeans" } else { what });
                agree(&format!("{series} {what}"), &found, figures.column(&what), 0.0);
            }
        }
    }
}

/// On series without ties: of pairs that are equally near ours merges the lowest, scipy has an order of its own.
#[test]
fn clusters_of_scipy() {
    for series in ["asem", "lognormal80"] {
        let figures = Figures::read(&format!("tiers_{series}"));
        for linkage in ["single", "complete", "average", "ward"] {
            for k in CLASSES {
                let settings = [("tiers", Value::from(k as f64)), ("linkage", linkage.into())];
                let found = tiers("hierarchical", settings, figures.column("score"));
                let what = format!("{linkage}{k}");
                agree(&format!("{series} {what}"), &found, figures.column(&what), 0.0);
            }
        }
    }
}

#[test]
fn bounds_of_mapclassify() {
    let bounds = Figures::read("tiers_bounds");
    for series in SERIES {
        let scores = Figures::read(&format!("tiers_{series}")).column("score").to_vec();
        let above = |method: &str, least: fn(f64, f64) -> bool| -> Vec<f64> {
            let cells = bounds.keys.iter().zip(bounds.column(series));
            let cuts: Vec<f64> = cells
                .filter(|(key, bound)| key.starts_with(method) && !bound.is_nan())
                .map(|(_, bound)| *bound)
                .filter(|bound| scores.iter().any(|s| s > bound))
                .collect();
            let tier = |s: &f64| 1.0 + cuts.iter().filter(|cut| least(**cut, *s)).count() as f64;
            scores.iter().map(tier).collect()
        };
        let found = tiers(
            "mean_sd",
            [("multiples", vec![-2.0, -1.0, 1.0, 2.0].into()), ("inclusive", false.into())],
            &scores,
        );
        // Bounds above every score hold nobody, and are left out of the figures.
        let empty = found.iter().copied().fold(f64::INFINITY, quanheng_core::number::min) - 1.0;
        let found: Vec<f64> = found.iter().map(|t| t - empty).collect();
        agree(series, &found, &above("StdMean", |cut, s| s <= cut), 0.0);
        let found = tiers("head_tail", [("head", 1.0.into())], &scores);
        let last_is_reached = above("HeadTailBreaks", |cut, s| s < cut);
        let empty = found.iter().copied().fold(f64::INFINITY, quanheng_core::number::min) - 1.0;
        let found: Vec<f64> = found.iter().map(|t| t - empty).collect();
        agree(series, &found, &last_is_reached, 0.0);
    }
}

#[test]
fn provincial_online_services_2019() {
    let figures = Figures::read("tiers_ccps2019");
    let settings = [
        ("cuts", Value::from(vec![90.0, 80.0])),
        ("labels", vec!["非常高", "高", "中"].into()),
        ("except", vec![90.0].into()),
    ];
    let found = tiers("cut_points", settings, figures.column("score"));
    agree("tiers", &found, figures.column("tier"), 0.0);
    let size = |tier: f64| found.iter().filter(|t| **t == tier).count();
    // The report counts 9 in the last tier: 新疆生产建设兵团, whose score is not printed, is one of them.
    assert_eq!([size(1.0), size(2.0), size(3.0)], [8, 15, 8]);
}

#[test]
fn equal_scores_over_a_border_go_where_stated() {
    let scores = [9.0, 8.0, 8.0, 8.0, 7.0, f64::NAN];
    let counts = || ("counts", Value::from(vec![2.0, 3.0]));
    let better = tiers("counts", [counts()], &scores);
    agree("better", &better, &[1.0, 1.0, 1.0, 1.0, 2.0, f64::NAN], 0.0);
    let worse = tiers("counts", [counts(), ("ties", "worse".into())], &scores);
    agree("worse", &worse, &[1.0, 2.0, 2.0, 2.0, 2.0, f64::NAN], 0.0);
    let method = find(TABLE, "counts").unwrap();
    let method = (method.make)(&Settings::from([counts()])).unwrap();
    let example = Example { columns: vec![scores[..4].to_vec()], ..Example::default() };
    assert!(method.trial(&example).is_err());
    let last = tiers("counts", [counts(), ("remainder", "last".into())], &scores[..4]);
    agree("the rest", &last, &[1.0, 1.0, 1.0, 1.0], 0.0);
}

#[test]
fn linkages_agree_on_one_wide_gap() {
    let scores = [0.0, 3.0, 6.0, 9.5, 12.5];
    let by = |linkage: &str| {
        tiers("hierarchical", [("tiers", 2.0.into()), ("linkage", linkage.into())], &scores)
    };
    // Gaps 3, 3, 3.5 and 3: single keeps the widest; complete, average and ward join 0-3 and 9.5-12.5 first.
    agree("single", &by("single"), &[2.0, 2.0, 2.0, 1.0, 1.0], 0.0);
    agree("complete", &by("complete"), &[2.0, 2.0, 2.0, 1.0, 1.0], 0.0);
    agree("average", &by("average"), &[2.0, 2.0, 2.0, 1.0, 1.0], 0.0);
    agree("ward", &by("ward"), &[2.0, 2.0, 2.0, 1.0, 1.0], 0.0);
}

#[test]
fn natural_breaks_of_three_thousand() {
    let scores: Vec<f64> =
        (0..3000).map(|i| f64::from(i * 7919 % 3001) + f64::from(i % 7)).collect();
    let found = tiers("natural_breaks", [("tiers", 5.0.into())], &scores);
    assert!((1..=5).all(|t| found.contains(&f64::from(t))));
}
