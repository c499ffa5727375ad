use std::sync::Arc;

use proptest::prelude::*;

use super::*;
use crate::evaluation::tests::choose;
use crate::methodology::{Choice, Methodology, Over, Plan};
use crate::model::{
    Column, Direction, Goalposts, Group, Indicator, League, LeagueIx, NodeDraft, Period,
    PeriodKind, Region, RegionIx, Study, System,
};
use crate::normalisation::{self, Normalisation};
use crate::{imputation, number};

/// A tree of `index` over `a` (with `x0` and `x1`) and the other leaves.
fn system(leaves: usize, facts: impl Fn(usize) -> Indicator) -> Arc<System> {
    let node = |code: &str, parent: &str| NodeDraft {
        code: code.into(),
        parent: (!parent.is_empty()).then(|| parent.into()),
        ..NodeDraft::default()
    };
    let mut drafts = vec![node("index", ""), node("a", "index")];
    drafts.extend((0..leaves).map(|k| NodeDraft {
        indicator: facts(k),
        ..node(&format!("x{k}"), if k < 2 { "a" } else { "index" })
    }));
    Arc::new(System::new(drafts).expect("a tree"))
}

fn positive(_: usize) -> Indicator {
    let goalposts = Some(Goalposts { bad: 0.0, good: 100.0 });
    Indicator { goalposts, ..Indicator::default() }
}

/// Rows of regions `r00`, `r01` and so on in the years from 2015 on: `cells[year][region][leaf]`.
fn study(cells: &[Vec<Vec<f64>>]) -> Study {
    let count = cells[0].len();
    let regions = (0..count).map(|i| Region { code: format!("r{i:02}"), ..Region::default() });
    let year = |k: usize| {
        let time = 2015.0 + k as f64;
        Period { label: format!("{time}"), kind: PeriodKind::Year, time }
    };
    let mut places = Vec::new();
    for period in 0..cells.len() as u32 {
        places.extend((0..count as u32).map(|r| (LeagueIx(0), PeriodIx(period), RegionIx(r))));
    }
    let from: Vec<usize> = (0..places.len()).collect();
    let columns = (0..cells[0][0].len()).map(|k| {
        let cells = cells.iter().flatten().map(|row| row[k]).collect();
        (format!("x{k}"), Column::new(cells))
    });
    let periods = (0..cells.len()).map(year).collect();
    Study::new(regions.collect(), vec![League::default()], periods, &places, &from, columns).0
}

fn evaluate(study: Study, system: &Arc<System>, impute: Option<&str>) -> Evaluation {
    let scale: Choice<dyn Normalisation> =
        choose(normalisation::TABLE, "goalposts", &[("upper", 100.0.into())]);
    let scale = Plan::new(system, scale, vec![], true);
    let mut made = Methodology::new("m".into(), Arc::clone(system), "s".into(), scale);
    if let Some(name) = impute {
        let mut choice = choose(imputation::TABLE, name, &[]);
        if choice.method.needs().panel {
            choice.over = Over::Panel;
        }
        made.imputation = Plan::whole(system, choice);
    }
    Evaluation::new(Arc::new(study), Arc::new(made)).expect("an evaluation")
}

fn profiles(evaluation: &Evaluation, options: Options) -> Profiles<'_> {
    let last = evaluation.study().panel.slices().len() - 1;
    Profiles::new(evaluation, &[last], options).expect("profiles")
}

fn node<'p>(evaluation: &Evaluation, profile: &'p Profile, code: &str) -> &'p Standing {
    let id = evaluation.methodology().system.find(code).expect("a node");
    profile.nodes.iter().find(|standing| standing.node == id).expect("it stands")
}

/// One year of eleven regions: region `i` has `10·i` at every leaf but the last, where it has `100 − 10·i`.
fn ladder(leaves: usize) -> Vec<Vec<f64>> {
    let row = |i: usize| {
        let mut row = vec![10.0 * i as f64; leaves];
        row[leaves - 1] = 100.0 - 10.0 * i as f64;
        row
    };
    (0..11).map(row).collect()
}

#[test]
fn standing_by_hand() {
    let system = system(4, positive);
    let mut study = study(&[ladder(4)]);
    let mut group = Group { code: "g".into(), ..Group::default() };
    group.classes.insert("low".into(), (0..4).map(RegionIx).collect());
    study.groups = Arc::new(vec![group]);
    let evaluation = evaluate(study, &system, None);
    let options = Options {
        groups: vec![0],
        peers: Some(Peers { by: "x0".into(), n: 2 }),
        ..Options::default()
    };
    let profiles = profiles(&evaluation, options);
    let profile = profiles.of(3).expect("a row of the slice");
    assert_eq!(profile.among.len(), 3);
    let x0 = node(&evaluation, &profile, "x0");
    assert_eq!((x0.score, x0.value, x0.source), (30.0, Some(30.0), Some(Source::Own)));
    // Rank 8 of 11: three are worse, seven are better.
    assert_eq!((x0.percentile, x0.decile), (Some(0.3), Some(7)));
    let [league, class, peers] = x0.places.as_slice() else { panic!("three places") };
    assert_eq!((league.rank, league.of, league.mean), (8.0, 11, Some(50.0)));
    assert_eq!((league.best, &*league.leaders), (Some(100.0), &[10][..]));
    // 0, 10, 20 and 30 have the mean 15 and, with divisor 3, the standard deviation 12.91: 30 is 1.16 of them above it.
    assert_eq!((class.rank, class.of, class.mean), (1.0, 4, Some(15.0)));
    assert_eq!(class.mark, Some(Mark::Strength));
    let worst = profiles.of(0).expect("a row");
    assert_eq!(node(&evaluation, &worst, "x0").places[1].mark, Some(Mark::Weakness));
    // The neighbours of 30 are 20 and 40; their mean is without the region itself.
    assert_eq!(profile.peers, [2, 4]);
    assert_eq!((peers.rank, peers.of, peers.mean), (2.0, 3, Some(30.0)));
    assert_eq!(league.mark, None, "only classes of groups have this mark");
}

#[test]
fn each_clause_of_the_rule() {
    // Five leaves: a quarter of them is one. Region 3 is the fourth worst in four and the fourth best in one.
    let system = system(5, positive);
    let cells = ladder(5);
    let evaluation = evaluate(study(std::slice::from_ref(&cells)), &system, None);
    let made = profiles(&evaluation, Options::default());
    let mark = |row: usize, code: &str| node(&evaluation, &made.of(row).unwrap(), code).mark;
    let profile = made.of(3).unwrap();
    let cuts = profile.cuts.unwrap();
    assert_eq!((cuts.n, cuts.of, cuts.upper, cuts.lower), (1, 5, 0.7, 0.3));
    assert_eq!(mark(3, "x4"), Some((Mark::Strength, Why::Percentile)));
    // Ties: all four leaves at the cut are weaknesses, and so is the node above two of them.
    for code in ["x0", "x1", "x2", "x3", "a"] {
        assert_eq!(mark(3, code), Some((Mark::Weakness, Why::Percentile)), "{code}");
    }
    assert_eq!(mark(3, "index"), None, "the index is neither");
    // Region 8 has rank 3 in four leaves, which are above its cut of 0.8 too.
    assert_eq!(mark(8, "x0"), Some((Mark::Strength, Why::Percentile)));
    assert_eq!(mark(8, "x4"), Some((Mark::Weakness, Why::Percentile)));

    // A rank that is a strength although the percentile rank is below the cut: rank 2 beside four firsts.
    let mut second = cells.clone();
    second[10] = vec![100.0, 100.0, 100.0, 100.0, 95.0];
    let evaluation = evaluate(study(&[second]), &system, None);
    let made = profiles(&evaluation, Options::default());
    let best = made.of(10).unwrap();
    let x4 = node(&evaluation, &best, "x4");
    assert_eq!((x4.places[0].rank, x4.mark), (2.0, Some((Mark::Strength, Why::Rank))));
    assert_eq!(node(&evaluation, &best, "x0").mark, Some((Mark::Strength, Why::Percentile)));
    let strict = Rule { rank: 0.0, ..Rule::default() };
    let made = profiles(&evaluation, Options { rule: strict, ..Options::default() });
    let x4 = node(&evaluation, &made.of(10).unwrap(), "x4").mark;
    assert_eq!(x4, Some((Mark::Weakness, Why::Percentile)), "without this clause it is the worst");

    // Silence under low coverage: `a` has one of two values, and what is filled in is nobody's strength.
    let mut missing = ladder(5);
    missing[3][0] = f64::NAN;
    let evaluation = evaluate(study(&[missing]), &system, Some("mean"));
    let made = profiles(&evaluation, Options::default());
    let profile = made.of(3).unwrap();
    let (a, x0) = (node(&evaluation, &profile, "a"), node(&evaluation, &profile, "x0"));
    assert_eq!((a.coverage, a.mark), (0.5, None));
    assert_eq!((x0.source, x0.mark), (Some(Source::Filled), None));
    assert_eq!(profile.cuts.unwrap().of, 4);
    let lenient = Rule { coverage: 0.5, ..Rule::default() };
    let made = profiles(&evaluation, Options { rule: lenient, ..Options::default() });
    let profile = made.of(3).unwrap();
    assert!(node(&evaluation, &profile, "a").coverage >= 0.5);
}

#[test]
fn the_cuts_of_the_global_innovation_index() {
    // 78 indicators with the percentile ranks 0/77 to 77/77: the tenth best is 68/77, the tenth worst 9/77; with a tie at
    // the tenth, eleven are strengths.
    let mut ranks: Vec<f64> = (0..78).map(|i| f64::from(i) / 77.0).collect();
    let cuts = Rule::default().cuts(&ranks).unwrap();
    assert_eq!((cuts.n, cuts.upper, cuts.lower), (10, 68.0 / 77.0, 9.0 / 77.0));
    ranks[67] = ranks[68];
    let cuts = Rule::default().cuts(&ranks).unwrap();
    let strong = ranks.iter().filter(|rank| cuts.mark(**rank) == Some(Mark::Strength)).count();
    assert_eq!(strong, 11);
    assert_eq!(Rule::default().cuts(&[]), None);
    // What is the best and the worst at once is what the half of the league says.
    let alike = |x: f64| Rule::default().cuts(&[x; 20]).unwrap().mark(x);
    let found = [0.0, 0.4, 0.5, 0.6].map(alike);
    let (strength, weakness) = (Some(Mark::Strength), Some(Mark::Weakness));
    assert_eq!(found, [weakness, weakness, None, strength]);
}

#[test]
fn a_trend_and_the_pace_to_a_target() {
    let aim = |k: usize| match k {
        // Less is better: from 40 in 2015 to 20 in 2030 takes 20/15 a year.
        0 => Indicator {
            direction: Direction::Negative,
            goalposts: Some(Goalposts { bad: 100.0, good: 0.0 }),
            target: Some(10.0),
            green: Some(20.0),
            red: Some(35.0),
            ..Indicator::default()
        },
        _ => positive(k),
    };
    let system = system(3, aim);
    let year = |x: f64| vec![vec![x, 50.0, 50.0], vec![10.0, 60.0, 70.0]];
    let run = |values: &[f64]| {
        let cells: Vec<_> = values.iter().map(|x| year(*x)).collect();
        let evaluation = evaluate(study(&cells), &system, Some("carry"));
        let options = Options { target_year: Some(2030.0), ..Options::default() };
        let made = profiles(&evaluation, options);
        let row = made.rows().next().unwrap();
        made.of(row).unwrap()
    };
    let profile = run(&[40.0, 38.0, 34.0]);
    let [found] = profile.aims.as_slice() else { panic!("one indicator has an aim") };
    assert_eq!((found.aim, found.gap, found.pace), (Some(10.0), Some(24.0), Some(3.0)));
    assert_eq!(found.colour, Some(Colour::Orange));
    assert!((found.needed.unwrap() - 20.0 / 15.0).abs() < 1e-12);
    assert_eq!(found.arrow, Some(Arrow::OnTrack));
    assert_eq!(run(&[40.0, 40.0, 38.6]).aims[0].arrow, Some(Arrow::Moderate));
    assert_eq!(run(&[40.0, 40.0, 39.0]).aims[0].arrow, Some(Arrow::Stagnating));
    assert_eq!(run(&[40.0, 40.0, 41.0]).aims[0].arrow, Some(Arrow::Decreasing));
    let there = run(&[15.0, 15.0, 19.0]);
    assert_eq!(
        (there.aims[0].arrow, there.aims[0].colour),
        (Some(Arrow::OnTrack), Some(Colour::Green))
    );
    assert_eq!(run(&[40.0]).aims[0].arrow, None);
    assert_eq!(run(&[40.0]).trends, Err(NoTrend::OnePeriod));

    let trends = profile.trends.unwrap();
    let index = &trends[0];
    // The index is the mean of `a` and `x2`, and `a` that of (100 − x0) and x1.
    assert_eq!(
        index.scores,
        (((60.0 + 50.0) / 2.0 + 50.0) / 2.0, ((66.0 + 50.0) / 2.0 + 50.0) / 2.0)
    );
    assert!((index.change - 0.75).abs() < 1e-12);
    assert_eq!(index.ranks, Some((2.0, 2.0)));
    let x0 = trends.iter().find(|trend| trend.values.is_some()).unwrap();
    assert_eq!(x0.values, Some((40.0, 34.0, -3.0)));

    // A value that is carried has the year from which it came, and a pace ends with the last value.
    let carried = run(&[40.0, 37.0, f64::NAN]);
    let x0 = carried.nodes.iter().find(|of| of.source != Some(Source::Own) && of.source.is_some());
    assert_eq!(x0.unwrap().source, Some(Source::Carried(PeriodIx(1))));
    assert_eq!(carried.aims[0].pace, Some(3.0));
}

#[test]
fn a_figure_that_nothing_has() {
    let system = system(3, positive);
    let evaluation = evaluate(study(&[ladder(3)]), &system, None);
    let by =
        |by: &str| Options { peers: Some(Peers { by: by.into(), n: 3 }), ..Options::default() };
    let wrong = Profiles::new(&evaluation, &[0], by("gdp")).unwrap_err();
    let PeersFault::Unknown { by: name, nodes } = wrong;
    assert_eq!((name.as_str(), nodes.len()), ("gdp", 5));
    // A node: its scores.
    let made = Profiles::new(&evaluation, &[0], by("a")).unwrap();
    assert_eq!(made.of(10).unwrap().peers, [9, 8, 7]);
    // An attribute of plain numbers.
    let region = |gdp: &str| {
        let mut region = Region::default();
        region.attributes.insert("gdp".to_owned(), gdp.to_owned());
        region
    };
    let numbers = numbers_of_attribute(&[region("1.5"), region(""), region("-2")], "gdp").unwrap();
    assert_eq!((numbers[0], numbers[2]), (1.5, -2.0));
    assert!(numbers[1].is_nan());
    assert_eq!(numbers_of_attribute(&[region("XL")], "gdp"), None);
    assert_eq!(numbers_of_attribute(&[region("1")], "area"), None);
}

#[test]
fn one_region_and_a_constant_column() {
    let system = system(3, positive);
    let evaluation = evaluate(study(&[vec![vec![10.0, 20.0, 30.0]]]), &system, None);
    let made = profiles(&evaluation, Options::default());
    let profile = made.of(0).unwrap();
    assert_eq!((profile.cuts, profile.nodes[0].percentile), (None, None));
    assert_eq!((profile.nodes[0].decile, profile.nodes[0].places[0].rank), (Some(1), 1.0));
    let constant = evaluate(study(&[vec![vec![10.0, 20.0, 30.0]; 4]]), &system, None);
    let made = profiles(&constant, Options::default());
    assert!(made.of(2).unwrap().nodes.iter().all(|of| of.mark.is_none()), "all are alike");
}

proptest! {
    /// Percentile ranks, ranks and tenths agree with their definitions, counted again.
    #[test]
    fn figures_agree_with_their_definitions(
        values in prop::collection::vec(prop::collection::vec((0..8_i32).prop_map(|x| f64::from(x) * 12.5), 4), 2..24),
    ) {
        let system = system(4, positive);
        let n = values.len();
        let evaluation = evaluate(study(&[values]), &system, None);
        let made = profiles(&evaluation, Options::default());
        for row in 0..n {
            for of in made.of(row).unwrap().nodes {
                let scores = evaluation.scores(of.node).values();
                let ranks = evaluation.ranks_of(of.node);
                let better = ranks.iter().filter(|rank| **rank < ranks[row]).count();
                let worse = ranks.iter().filter(|rank| **rank > ranks[row]).count();
                prop_assert_eq!(of.percentile, Some(worse as f64 / (n - 1) as f64));
                prop_assert_eq!(of.decile.map(usize::from), Some(10 * better / n + 1));
                prop_assert_eq!(of.places[0].rank, ranks[row]);
                prop_assert_eq!(of.places[0].mean, number::mean(scores));
                prop_assert_eq!(of.score, scores[row]);
            }
        }
    }
}
