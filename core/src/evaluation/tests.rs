//! Evaluations small enough to check by hand.

use std::sync::Arc;

use indexmap::IndexMap;

use super::Evaluation;
use crate::imputation;
use crate::method::{Entry, MethodError, Settings, Stage, Value, find};
use crate::methodology::{
    Across, Among, Choice, Methodology, Over, Plan, RankOn, Ranking, Rankings, Rounding, Scope,
    Tierings,
};
use crate::model::{
    Direction, Indicator, League, LeagueIx, NodeDraft, Period, PeriodIx, PeriodKind, Region,
    RegionIx, State, Study, System,
};
use crate::normalisation::{self, Normalisation};
use crate::number::RoundMode;
use crate::tiering;

pub(crate) fn choose<M: ?Sized>(
    table: &'static [Entry<M>],
    name: &str,
    settings: &[(&str, Value)],
) -> Choice<M> {
    let settings: IndexMap<String, Value> =
        settings.iter().map(|(k, v)| ((*k).to_owned(), v.clone())).collect();
    let settings = Settings(settings);
    let entry = find(table, name).expect("a built-in");
    let method = Arc::from((entry.make)(&settings).expect("settings that fit"));
    Choice {
        name: name.into(),
        filled: settings.filled(&(entry.settings)()),
        settings,
        content: None,
        method,
        over: Over::Period,
        among: Among::League,
        on: None,
        across: Across::Siblings,
    }
}

fn node(code: &str, parent: &str, indicator: Indicator) -> NodeDraft {
    NodeDraft {
        code: code.into(),
        parent: (!parent.is_empty()).then(|| parent.into()),
        indicator,
        ..NodeDraft::default()
    }
}

pub(crate) fn system() -> Arc<System> {
    let negative = Indicator { direction: Direction::Negative, ..Indicator::default() };
    Arc::new(
        System::new(vec![
            node("index", "", Indicator::default()),
            node("a", "index", Indicator::default()),
            node("x1", "a", Indicator::default()),
            node("x2", "a", negative),
            node("x3", "index", Indicator::default()),
        ])
        .expect("a tree"),
    )
}

pub(crate) fn methodology(system: &Arc<System>) -> Methodology {
    let normalisation: Choice<dyn Normalisation> = choose(normalisation::TABLE, "min_max", &[]);
    let normalisation = Plan::new(system, normalisation, vec![], true);
    let mut made =
        Methodology::new("official".into(), Arc::clone(system), "s".into(), normalisation);
    let cuts = choose(tiering::TABLE, "cut_points", &[("cuts", vec![0.5].into())]);
    made.tiering = Some(Tierings::index(system, cuts));
    made
}

pub(crate) type Cells = Vec<(LeagueIx, PeriodIx, RegionIx, [f64; 3])>;

/// Two periods of three regions; the second period's region `c` is the best in all.
pub(crate) fn cells() -> Cells {
    let cell = |p, r, x| (LeagueIx(0), PeriodIx(p), RegionIx(r), x);
    vec![
        cell(0, 0, [10.0, 5.0, 0.0]),
        cell(0, 1, [20.0, 1.0, 4.0]),
        cell(0, 2, [30.0, 9.0, 8.0]),
        cell(1, 0, [0.0, 4.0, 1.0]),
        cell(1, 1, [2.0, 2.0, 0.0]),
        cell(1, 2, [4.0, 0.0, 2.0]),
    ]
}

pub(crate) fn study_of(cells: &Cells, leagues: usize) -> Arc<Study> {
    let region = |code: &str| Region { code: code.into(), ..Region::default() };
    let period = |label: &str, time| Period { label: label.into(), kind: PeriodKind::Year, time };
    let rows: Vec<_> = cells.iter().map(|(l, p, r, _)| (*l, *p, *r)).collect();
    let columns = (0..3).map(|k| {
        (
            format!("x{}", k + 1),
            crate::model::Column::new(cells.iter().map(|(_, _, _, x)| x[k]).collect()),
        )
    });
    let (study, _) = Study::new(
        vec![region("a"), region("b"), region("c")],
        vec![League::default(); leagues],
        vec![period("2019", 2019.0), period("2020", 2020.0)],
        &rows,
        &(0..rows.len()).collect::<Vec<_>>(),
        columns,
    );
    Arc::new(study)
}

#[test]
fn a_small_index_by_hand() {
    let system = system();
    let e = Evaluation::new(study_of(&cells(), 1), Arc::new(methodology(&system))).unwrap();
    // 2019: x1 → 0, ½, 1; x2 (less is better) → ½, 1, 0; x3 → 0, ½, 1.
    assert_eq!(e.scores(system.find("a").unwrap()).values()[..3], [0.25, 0.75, 0.5]);
    assert_eq!(e.exact().values()[..3], [0.125, 0.625, 0.75]);
    assert_eq!(e.ranks(), [3.0, 2.0, 1.0, 2.0, 2.0, 1.0]);
    assert_eq!(e.tiers()[..3], [Some(1), Some(0), Some(0)]);
    assert_eq!(e.leaf_weights(0).unwrap(), [0.25, 0.25, 0.5]);
    let mut out = vec![0.0; 6];
    e.linear_scores(0, &[0.25, 0.25, 0.5, 1.0, 0.0, 0.0], &mut out);
    assert_eq!(out, [0.125, 0.625, 0.75, 0.0, 0.5, 1.0]);
}

#[test]
fn shuffled_rows_give_the_same_bits() {
    let system = system();
    let shuffled: Cells = [4, 0, 5, 2, 3, 1].map(|i| cells()[i]).to_vec();
    let one = Evaluation::new(study_of(&cells(), 1), Arc::new(methodology(&system))).unwrap();
    let other = Evaluation::new(study_of(&shuffled, 1), Arc::new(methodology(&system))).unwrap();
    assert_eq!(one.exact(), other.exact());
    assert_eq!(one.study().panel, other.study().panel);
}

#[test]
fn the_whole_panel_on_one_scale() {
    let system = system();
    let mut m = methodology(&system);
    let mut choice: Choice<dyn Normalisation> = choose(normalisation::TABLE, "min_max", &[]);
    choice.over = Over::Panel;
    m.normalisation = Plan::new(&system, choice, vec![], true);
    let e = Evaluation::new(study_of(&cells(), 1), Arc::new(m)).unwrap();
    let x1 = e.scores(system.find("x1").unwrap());
    assert_eq!(x1.values()[0], 10.0 / 30.0);
    assert_eq!(x1.values()[3], 0.0);
}

#[test]
fn leagues_apart_and_together() {
    let system = system();
    let mut apart = cells();
    for (league, _, region, _) in &mut apart {
        *league = LeagueIx(u32::from(region.0 == 2));
    }
    // Alone in its league, a region has no scale to stand on.
    let study = study_of(&apart, 2);
    let errors = Evaluation::new(study.clone(), Arc::new(methodology(&system))).unwrap_err();
    assert!(matches!(errors[0].error, MethodError::Constant { .. }), "{errors:?}");
    assert_eq!(errors.len(), 3, "one a leaf");
    let mut m = methodology(&system);
    let mut choice: Choice<dyn Normalisation> = choose(normalisation::TABLE, "min_max", &[]);
    choice.among = Among::All;
    m.normalisation = Plan::new(&system, choice, vec![], true);
    let e = Evaluation::new(study, Arc::new(m)).unwrap();
    assert_eq!(e.exact().values(), [0.125, 0.625, 0.25, 0.25, 0.75, 1.0]);
    assert_eq!(e.ranks(), [2.0, 1.0, 1.0, 1.0, 1.0, 1.0]);
}

#[test]
fn a_replay_is_the_same_as_a_run() {
    let system = system();
    let study = study_of(&cells(), 1);
    let official = Arc::new(methodology(&system));
    let mut other = methodology(&system);
    other.normalisation = Plan::new(
        &system,
        choose(normalisation::TABLE, "min_max", &[("lower", 0.1.into())]),
        vec![(
            Scope::Node(system.find("x3").unwrap()),
            choose(normalisation::TABLE, "min_max", &[("upper", 2.0.into())]),
        )],
        true,
    );
    other.rounding[0] = Some(Rounding { digits: 1, mode: RoundMode::HalfUp });
    other.ranking =
        Rankings::whole(&other.system, Ranking { on: RankOn::Full, ..Ranking::default() });
    let other = Arc::new(other);
    let fresh = Evaluation::new(study.clone(), other.clone()).unwrap();
    let mut replayed = Evaluation::new(study, official.clone()).unwrap();
    let before = replayed.exact().clone();
    replayed.replay(other, Stage::Normalisation).unwrap();
    assert_eq!(replayed.exact(), fresh.exact());
    assert_eq!(replayed.scores(system.root()), fresh.scores(system.root()));
    assert_eq!(replayed.ranks(), fresh.ranks());
    replayed.replay(official, Stage::Normalisation).unwrap();
    assert_eq!(*replayed.exact(), before);
}

#[test]
fn a_missing_cell_stops_a_run_that_fills_nothing() {
    let system = system();
    let mut holes = cells();
    holes[1].3[2] = f64::NAN;
    let errors = Evaluation::new(study_of(&holes, 1), Arc::new(methodology(&system))).unwrap_err();
    assert_eq!(errors[0].stage, Stage::Imputation);
    assert_eq!(errors[0].rows, [1]);
    assert_eq!(errors[0].child, system.find("x3"));
}

#[test]
fn a_cell_that_does_not_apply_stops_nothing() {
    let system = system();
    let mut study = Arc::unwrap_or_clone(study_of(&cells()[..3].to_vec(), 1));
    let states = vec![State::Value, State::NotApplicable, State::Value];
    let column = crate::model::Column::with_states(vec![0.0, 4.0, 8.0], states);
    study.columns.insert("x3".into(), column);
    let study = Arc::new(study);
    let mut m = methodology(&system);
    for method in ["fail", "mean", "carry"] {
        let choice = choose(imputation::TABLE, method, &[]);
        m.imputation = Plan::new(&system, choice, vec![], true);
        let e = Evaluation::new(study.clone(), Arc::new(m.clone())).expect(method);
        assert_eq!(e.exact().values(), [0.125, 0.75, 0.75], "{method}");
    }
}

#[test]
fn ratios_keep_the_reason_of_absence() {
    let ratio = Indicator {
        column: Some("x1".into()),
        denominator: Some("x2".into()),
        scale: Some(10.0),
        ..Indicator::default()
    };
    let system = Arc::new(
        System::new(vec![
            node("index", "", Indicator::default()),
            node("r", "index", ratio),
            node("x3", "index", Indicator::default()),
        ])
        .unwrap(),
    );
    let mut study = Arc::unwrap_or_clone(study_of(&cells()[..3].to_vec(), 1));
    let e = Evaluation::new(Arc::new(study.clone()), Arc::new(methodology(&system))).unwrap();
    assert_eq!(e.indicators().column(0).values(), [20.0, 200.0, 30.0 / 9.0 * 10.0]);
    let states = vec![State::Value, State::Withheld, State::Value];
    let withheld = crate::model::Column::with_states(vec![5.0, 1.0, 9.0], states);
    study.columns.insert("x2".into(), withheld);
    let errors = Evaluation::new(Arc::new(study), Arc::new(methodology(&system))).unwrap_err();
    assert_eq!(errors[0].stage, Stage::Imputation);
    assert_eq!(errors[0].rows, [1]);
}

#[test]
fn weights_of_all_leaves_at_once() {
    let system = system();
    let mut m = methodology(&system);
    m.across = Across::Leaves;
    let e = Evaluation::new(study_of(&cells(), 1), Arc::new(m)).unwrap();
    let leaf = e.leaf_weights(1).unwrap();
    for weight in leaf {
        assert!((weight - 1.0 / 3.0).abs() < 1e-15);
    }
    let a = system.find("a").unwrap();
    assert!((e.weights(0)[a.index()] - 2.0 / 3.0).abs() < 1e-15);
    // However deep the tree: a level more, and each leaf still has a third of the whole.
    let plain = Indicator::default;
    let deep = Arc::new(
        System::new(vec![
            node("index", "", plain()),
            node("a", "index", plain()),
            node("b", "a", plain()),
            node("x1", "b", plain()),
            node("x2", "b", plain()),
            node("c", "a", plain()),
            node("x3", "c", plain()),
        ])
        .unwrap(),
    );
    let mut m = methodology(&deep);
    m.across = Across::Leaves;
    let e = Evaluation::new(study_of(&cells(), 1), Arc::new(m)).unwrap();
    for weight in e.leaf_weights(1).unwrap() {
        assert!((weight - 1.0 / 3.0).abs() < 1e-15);
    }
    let b = deep.find("b").unwrap();
    assert!((e.weights(0)[b.index()] - 2.0 / 3.0).abs() < 1e-15);
}
