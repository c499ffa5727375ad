//! Explanations that can be worked out by hand, and what must hold of every one.

use std::sync::Arc;

use indexmap::IndexMap;
use proptest::prelude::*;

use super::{Change, Explanation, Fraction, Impossible, NoExplanation, Side, Split};
use crate::evaluation::tests::choose;
use crate::method::Value;
use crate::methodology::{Choice, ContractProblem, Methodology, Part, Plan};
use crate::model::{
    Column, Direction, Indicator, League, LeagueIx, NodeDraft, Period, PeriodIx, PeriodKind,
    Region, RegionIx, Study, System,
};
use crate::{aggregation, normalisation, weighting};

fn weights(x1: f64) -> Value {
    Value::Table(IndexMap::from([
        ("x1".to_owned(), x1.into()),
        ("x2".to_owned(), (1.0 - x1).into()),
    ]))
}

/// An index over the leaves `x1` and `x2`; in `x2` less is better where `turned`.
fn system(turned: bool) -> Arc<System> {
    let leaf = |code: &str, direction| NodeDraft {
        code: code.into(),
        parent: Some("index".into()),
        indicator: Indicator { direction, ..Indicator::default() },
        ..NodeDraft::default()
    };
    let second = if turned { Direction::Negative } else { Direction::Positive };
    let root = NodeDraft { code: "index".into(), ..NodeDraft::default() };
    Arc::new(
        System::new(vec![root, leaf("x1", Direction::Positive), leaf("x2", second)])
            .expect("a tree"),
    )
}

fn methodology(
    system: &Arc<System>,
    normalisation: Choice<dyn normalisation::Normalisation>,
    x1: f64,
    aggregation: &str,
) -> Arc<Methodology> {
    let weighting = choose(weighting::TABLE, "given", &[("weights", weights(x1))]);
    let normalisation = Plan::new(system, normalisation, vec![], true);
    let mut made = Methodology::new("m".into(), Arc::clone(system), "s".into(), normalisation);
    made.weighting = Plan::new(system, weighting, vec![], false);
    let aggregation = choose(aggregation::TABLE, aggregation, &[]);
    made.aggregation = Plan::new(system, aggregation, vec![], false);
    Arc::new(made)
}

/// One period of regions with two columns.
fn study(cells: &[[f64; 2]]) -> Arc<Study> {
    let regions = (0..cells.len()).map(|i| Region { code: format!("r{i}"), ..Region::default() });
    let rows: Vec<_> =
        (0..cells.len() as u32).map(|r| (LeagueIx(0), PeriodIx(0), RegionIx(r))).collect();
    let columns = (0..2)
        .map(|k| (format!("x{}", k + 1), Column::new(cells.iter().map(|row| row[k]).collect())));
    let (study, _) = Study::new(
        regions.collect(),
        vec![League::default()],
        vec![Period { label: "2020".into(), kind: PeriodKind::Year, time: 2020.0 }],
        &rows,
        &(0..cells.len()).collect::<Vec<_>>(),
        columns,
    );
    Arc::new(study)
}

fn side(methodology: &Arc<Methodology>) -> Side {
    Side { methodology: Arc::clone(methodology), period: PeriodIx(0) }
}

fn explain(study: &Arc<Study>, a: &Arc<Methodology>, b: &Arc<Methodology>) -> Explanation {
    Explanation::new(study, side(a), side(b)).expect("an explanation")
}

fn normaliser(name: &str) -> Choice<dyn normalisation::Normalisation> {
    choose(normalisation::TABLE, name, &[])
}

fn places(change: &Change) -> Vec<(i128, i128)> {
    let of = |f: Fraction| (f.numerator, f.denominator);
    change.contributions.iter().map(|p| of(p.share.places)).collect()
}

/// Everything that must add up.
fn sums_hold(change: &Change) {
    let add = |parts: &[f64]| parts.iter().fold(0.0, |sum, x| sum + x);
    let of = |f: fn(&super::Share) -> f64| {
        change.contributions.iter().map(|p| f(&p.share)).collect::<Vec<_>>()
    };
    assert_eq!(add(&of(|s| s.score)), change.total.score);
    assert_eq!(add(&of(|s| s.rank)), change.total.rank);
    assert_eq!(change.total.rank, change.ranks.0 - change.ranks.1);
    for part in &change.contributions {
        if let Split::Parts { causes, .. } = &part.split {
            let of = |f: fn(&super::Share) -> f64| {
                causes.iter().map(|c| f(&c.share)).collect::<Vec<_>>()
            };
            assert_eq!(add(&of(|s| s.score)), part.share.score);
            assert_eq!(add(&of(|s| s.rank)), part.share.rank);
        }
    }
}

/// Two stages, three regions. Scores under (normalisation, weights of x1): none and 0.5 give 0.25, 5.15, 50; none and 0.1
/// give 0.45, 1.27, 10; min-max and 0.5 give 0.5, 0.35, 0.5; min-max and 0.1 give 0.9, 0.55, 0.1.
#[test]
fn by_hand() {
    let study = study(&[[0.0, 0.5], [10.0, 0.3], [100.0, 0.0]]);
    let system = system(false);
    let a = methodology(&system, normaliser("none"), 0.5, "arithmetic");
    let b = methodology(&system, normaliser("min_max"), 0.1, "arithmetic");
    let explanation = explain(&study, &a, &b);
    assert_eq!(explanation.players(), [Part::Normalisation, Part::Weighting]);
    assert!(explanation.refused().is_empty());
    let [first, second, third] = [0, 1, 2].map(|r| explanation.of(RegionIx(r)).expect("a change"));
    // First: ranks 3, 3 (weights), 1 (normalisation), 1.
    assert_eq!(places(&first), [(2, 1), (0, 1)], "a stage that moves nothing gets nothing");
    // Second: 2, 2, 3, 2.
    assert_eq!(places(&second), [(-1, 2), (1, 2)]);
    // Third: 1, 1, 1, 3.
    assert_eq!(places(&third), [(-1, 1), (-1, 1)]);
    let scores: Vec<f64> = third.contributions.iter().map(|p| p.share.score).collect();
    assert!((scores[0] - -29.7).abs() < 1e-12 && (scores[1] - -20.2).abs() < 1e-12, "{scores:?}");
    assert_eq!((third.orders, third.all_orders), (2, 2));
    // The first comes before the third in the one order in which weights come before normalisation; so does the second.
    let rivals = |part: usize| {
        let of = third.contributions[part].rivals.iter();
        of.map(|r| (r.region.0, r.passed.numerator, r.passed.denominator)).collect::<Vec<_>>()
    };
    assert_eq!(rivals(0), [(0, -1, 2), (1, -1, 2)]);
    assert_eq!(rivals(1), [(0, -1, 2), (1, -1, 2)]);
    assert_eq!(third.passed, (vec![], vec![RegionIx(0), RegionIx(1)]));
    // Weights one by one, for the third without normalisation: 50, x1 first 100·(0.1/0.6), x2 first 100·(0.5/1.4), 10;
    // with it a hundredth of that.
    let Split::Parts { causes, drawn: None } = &third.contributions[1].split else {
        panic!("parts")
    };
    let x1 = 0.5 * ((100.0 / 6.0 - 50.0) + (10.0 - 100.0 * 0.5 / 1.4)) * (1.0 + 0.01) / 2.0;
    assert_eq!(causes[0].codes, ["x1"]);
    assert!((causes[0].share.score - x1).abs() < 1e-12);
    assert_eq!(causes[0].figure.before.map(|v| v.0), Some(0.5));
    assert_eq!(causes[0].figure.after.map(|v| v.0), Some(0.1));
    [first, second, third].iter().for_each(sums_hold);
    // All at once says the same.
    for (r, change) in explanation.all().into_iter().enumerate() {
        let one = explanation.of(RegionIx(r as u32)).expect("a change");
        assert_eq!(places(&change), places(&one));
        sums_hold(&change);
    }
}

/// A geometric mean of standard scores is forbidden, so that the mean must be exchanged first.
#[test]
fn a_forbidden_order() {
    let study = study(&[[1.0, 9.0], [4.0, 4.0], [9.0, 2.0]]);
    let system = system(false);
    let positive =
        choose(normalisation::TABLE, "min_max", &[("lower", 1.0.into()), ("upper", 100.0.into())]);
    let a = methodology(&system, positive, 0.5, "geometric");
    let b = methodology(&system, normaliser("z_score"), 0.5, "arithmetic");
    let explanation = explain(&study, &a, &b);
    assert_eq!(explanation.players(), [Part::Normalisation, Part::Aggregation]);
    let [refused] = explanation.refused() else { panic!("one hybrid") };
    assert_eq!(refused.taken, [Part::Normalisation]);
    let Impossible::Contract { problems, .. } = &refused.why else { panic!("a contract") };
    assert!(matches!(problems[0], ContractProblem::Sign { positive: true, .. }));
    let change = explanation.of(RegionIx(1)).expect("a change");
    assert_eq!((change.orders, change.all_orders, change.contributions.len()), (1, 2, 2));
    sums_hold(&change);
}

/// The first normalisation leaves a column in which less is better, which the second mean does not take; the second gives
/// values below zero, which the first mean does not take: they go together.
#[test]
fn stages_that_go_together() {
    let study = study(&[[1.0, 9.0], [4.0, 4.0], [9.0, 2.0]]);
    let system = system(true);
    let a = methodology(&system, normaliser("none"), 0.5, "aras");
    let b = methodology(&system, normaliser("z_score"), 0.2, "arithmetic");
    let explanation = explain(&study, &a, &b);
    let groups = explanation.groups();
    assert_eq!(groups, [vec![Part::Normalisation, Part::Aggregation], vec![Part::Weighting]]);
    assert_eq!(explanation.refused().len(), 4);
    for r in 0..3 {
        let change = explanation.of(RegionIx(r)).expect("a change");
        assert_eq!((change.orders, change.all_orders), (2, 2));
        assert_eq!(change.contributions[0].players, groups[0]);
        sums_hold(&change);
    }
}

#[test]
fn nothing_to_explain() {
    let study = study(&[[1.0, 9.0], [4.0, 4.0]]);
    let system = system(false);
    let a = methodology(&system, normaliser("min_max"), 0.5, "arithmetic");
    let same = Explanation::new(&study, side(&a), side(&a)).expect_err("the same");
    assert_eq!(same, NoExplanation::Same { tiering: false });
}

/// A node less: its weight goes to the others. 0.4·x1 + 0.6·x2 becomes x1.
#[test]
fn an_indicator_dropped() {
    let study = study(&[[1.0, 9.0], [4.0, 4.0], [9.0, 2.0]]);
    let both = system(false);
    let root = NodeDraft { code: "index".into(), ..NodeDraft::default() };
    let leaf =
        NodeDraft { code: "x1".into(), parent: Some("index".into()), ..NodeDraft::default() };
    let one = Arc::new(System::new(vec![root, leaf]).expect("a tree"));
    let a = methodology(&both, normaliser("none"), 0.4, "arithmetic");
    let b = methodology(&one, normaliser("none"), 0.4, "arithmetic");
    let explanation = explain(&study, &a, &b);
    assert_eq!(explanation.players(), [Part::System]);
    let change = explanation.of(RegionIx(0)).expect("a change");
    let Split::Parts { causes, .. } = &change.contributions[0].split else { panic!("parts") };
    assert_eq!(causes[0].codes, ["x2"]);
    assert_eq!(causes[0].figure.before.map(|v| v.0), Some(0.6));
    assert_eq!(causes[0].figure.after, None);
    assert!((change.total.score - (1.0 - 5.8)).abs() < 1e-12);
    sums_hold(&change);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]
    /// Efficiency holds in doubles and in fractions, and exchanging the sides changes the sign of every share.
    #[test]
    fn shares_add_up(
        cells in prop::collection::vec([0.5..100.0f64, 0.5..100.0f64], 3..9),
        x1 in 0.05..0.95f64,
        names in [0usize..4, 0usize..4],
        means in [0usize..3, 0usize..3],
    ) {
        let study = study(&cells);
        let system = system(false);
        let normal = ["none", "share_of_max", "rank", "vector"];
        let mean = ["arithmetic", "geometric", "harmonic"];
        let a = methodology(&system, normaliser(normal[names[0]]), 0.5, mean[means[0]]);
        let b = methodology(&system, normaliser(normal[names[1]]), x1, mean[means[1]]);
        let Ok(there) = Explanation::new(&study, side(&a), side(&b)) else { return Ok(()) };
        let back = explain(&study, &b, &a);
        for r in 0..cells.len() as u32 {
            let change = there.of(RegionIx(r)).expect("a change");
            sums_hold(&change);
            let back = back.of(RegionIx(r)).expect("a change");
            for (x, y) in change.contributions.iter().zip(&back.contributions) {
                prop_assert_eq!(x.share.places.numerator, -y.share.places.numerator);
                prop_assert_eq!(x.share.places.denominator, y.share.places.denominator);
            }
            let halves: i128 = change.contributions.iter()
                .map(|p| p.share.places.numerator * (5040 / p.share.places.denominator)).sum();
            prop_assert_eq!(halves, ((change.ranks.0 - change.ranks.1) * 5040.0) as i128);
        }
    }
}
