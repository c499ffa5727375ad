//! Drawn tables of decimals, evaluated and worked out in fractions: no rounding is wrong, no tie is split, no order is
//! reversed.

use std::cmp::Ordering;
use std::sync::Arc;

use super::Evaluation;
use super::tests::choose;
use crate::aggregation;
use crate::methodology::{
    Choice, Methodology, Plan, RankOn, Ranking, Rankings, Rounding, Scope, Tierings,
};
use crate::model::{
    Column, Indicator, League, LeagueIx, NodeDraft, NodeId, Period, PeriodIx, PeriodKind, Region,
    RegionIx, Study, System,
};
use crate::normalisation;
use crate::number::{Precision, RoundMode, uniform};
use crate::tiering;

/// An exact number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Fraction {
    up: i128,
    down: i128,
}

impl Fraction {
    const ZERO: Fraction = Fraction { up: 0, down: 1 };

    fn new(up: i128, down: i128) -> Fraction {
        let (mut a, mut b) = (up.abs(), down);
        while b != 0 {
            (a, b) = (b, a % b);
        }
        Fraction { up: up / a.max(1), down: down / a.max(1) }
    }

    fn plus(self, other: Fraction) -> Fraction {
        Fraction::new(self.up * other.down + other.up * self.down, self.down * other.down)
    }

    fn times(self, other: Fraction) -> Fraction {
        Fraction::new(self.up * other.up, self.down * other.down)
    }

    fn over(self, other: Fraction) -> Fraction {
        Fraction::new(self.up * other.down * other.up.signum(), self.down * other.up.abs())
    }

    fn compare(self, other: Fraction) -> Ordering {
        (self.up * other.down).cmp(&(other.up * self.down))
    }

    /// Rounded by the definition of the mode.
    fn rounded(self, digits: u32, mode: RoundMode) -> Fraction {
        let power = 10_i128.pow(digits);
        let scaled = self.up.abs() * power;
        let (whole, rest) = (scaled / self.down, scaled % self.down);
        let up = match (2 * rest).cmp(&self.down) {
            Ordering::Less => false,
            Ordering::Greater => true,
            Ordering::Equal => match mode {
                RoundMode::HalfUp => true,
                RoundMode::HalfEven => whole % 2 == 1,
                RoundMode::HalfDown | RoundMode::R => false,
            },
        };
        Fraction::new((whole + i128::from(up)) * self.up.signum(), power)
    }

    /// The double nearest to it: the quotient of two whole numbers below 2^53.
    fn double(self) -> f64 {
        assert!(self.up.abs() < 1 << 53 && self.down < 1 << 53);
        self.up as f64 / self.down as f64
    }
}

/// Numbers that look random.
struct Draws {
    seed: u64,
    at: u64,
}

impl Draws {
    fn below(&mut self, n: usize) -> usize {
        self.at += 1;
        (uniform(self.seed, 0, self.at) * n as f64) as usize
    }

    fn one<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())]
    }
}

/// A tree of weights and decimals, and how its nodes are put together.
struct Drawn {
    nodes: Vec<NodeDraft>,
    /// The weight of each node as a fraction.
    weights: Vec<Fraction>,
    /// The cells of each leaf, by position among the nodes.
    cells: Vec<Vec<Fraction>>,
    depth: usize,
    regions: usize,
}

fn draw(draws: &mut Draws, greatest: i128, depth: usize, places: u32, weighed: bool) -> Drawn {
    let regions = 3 + draws.below(12);
    let mut drawn = Drawn {
        nodes: vec![NodeDraft { code: "index".into(), ..NodeDraft::default() }],
        weights: vec![Fraction::new(1, 1)],
        cells: vec![Vec::new()],
        depth,
        regions,
    };
    let mut level = vec![0];
    for at in 0..depth {
        let mut next = Vec::new();
        for &parent in &level {
            let children = 1 + draws.below(if depth > 2 { 4 } else { 13 });
            // Ones, whole numbers, points of a hundred, twentieths of one.
            let (step, down) = draws.one(&[(1, 1), (1, 1), (5, 1), (1, 20), (1, 10), (7, 100)]);
            let kind = draws.below(3);
            for _ in 0..children {
                let times = if kind == 0 || !weighed { 1 } else { 1 + draws.below(19) as i128 };
                let weight = Fraction::new(step * times, down);
                let code = format!("n{}", drawn.nodes.len());
                next.push(drawn.nodes.len());
                drawn.nodes.push(NodeDraft {
                    code,
                    parent: Some(drawn.nodes[parent].code.clone()),
                    weight: Some(weight.double()),
                    indicator: Indicator::default(),
                    ..NodeDraft::default()
                });
                drawn.weights.push(weight);
                drawn.cells.push(Vec::new());
            }
        }
        level = next;
        if at + 1 == depth {
            // Few different cells, so that many scores are equal.
            let base = draws.one(&[0, 0, -(greatest / 2)]);
            for &leaf in &level {
                let cell = |draws: &mut Draws| {
                    let n = base + draws.below(greatest as usize + 1) as i128;
                    Fraction::new(n, 10_i128.pow(places))
                };
                drawn.cells[leaf] = (0..regions).map(|_| cell(draws)).collect();
            }
            // The last region has the cells of the first in another order, where the weights let that be a tie.
            let firsts: Vec<Fraction> = level.iter().map(|&leaf| drawn.cells[leaf][0]).collect();
            for (&leaf, cell) in level.iter().rev().zip(&firsts) {
                drawn.cells[leaf][regions - 1] = *cell;
            }
        }
    }
    drawn
}

impl Drawn {
    fn study(&self) -> Arc<Study> {
        let region = |k| Region { code: format!("r{k:02}"), ..Region::default() };
        let rows: Vec<_> =
            (0..self.regions as u32).map(|r| (LeagueIx(0), PeriodIx(0), RegionIx(r))).collect();
        let leaves = self.nodes.iter().zip(&self.cells).filter(|(_, cells)| !cells.is_empty());
        let columns = leaves.map(|(node, cells)| {
            (node.code.clone(), Column::new(cells.iter().map(|cell| cell.double()).collect()))
        });
        let (study, _) = Study::new(
            (0..self.regions).map(region).collect(),
            vec![League::default()],
            vec![Period { label: "2024".into(), kind: PeriodKind::Year, time: 2024.0 }],
            &rows,
            &(0..rows.len()).collect::<Vec<_>>(),
            columns,
        );
        Arc::new(study)
    }

    fn methodology(&self, aggregation: Choice<dyn aggregation::Aggregation>) -> Methodology {
        let system = Arc::new(System::new(self.nodes.clone()).expect("a tree"));
        let none: Choice<dyn normalisation::Normalisation> =
            choose(normalisation::TABLE, "none", &[]);
        let mut made = Methodology::new(
            "m".into(),
            Arc::clone(&system),
            "s".into(),
            Plan::new(&system, none, vec![], true),
        );
        made.aggregation = Plan::new(&system, aggregation, Vec::<(Scope, _)>::new(), false);
        made
    }

    /// The exact scores of the index, each node rounded as stated.
    fn exact(&self, together: &Together, rounding: &[Option<Rounding>]) -> Vec<[Fraction; 2]> {
        let score = |region: usize| {
            let mut scores: Vec<[Fraction; 2]> = vec![[Fraction::ZERO; 2]; self.nodes.len()];
            for at in (0..self.nodes.len()).rev() {
                let full = match self.cells[at].get(region) {
                    Some(cell) => *cell,
                    None => {
                        let code = Some(&self.nodes[at].code);
                        let children = (at + 1..self.nodes.len())
                            .filter(|&k| self.nodes[k].parent.as_ref() == code)
                            .map(|k| (self.weights[k], scores[k][1]));
                        together(&children.collect::<Vec<_>>())
                    }
                };
                let shown = rounding[at].map_or(full, |r| full.rounded(r.digits, r.mode));
                scores[at] = [full, shown];
            }
            scores[0]
        };
        (0..self.regions).map(score).collect()
    }
}

/// The score of weights and scores of children.
type Together = dyn Fn(&[(Fraction, Fraction)]) -> Fraction;

fn mean(children: &[(Fraction, Fraction)]) -> Fraction {
    let (mut sum, mut all) = (Fraction::ZERO, Fraction::ZERO);
    for (weight, score) in children {
        sum = sum.plus(weight.times(*score));
        all = all.plus(*weight);
    }
    sum.over(all)
}

/// What an evaluation says must be what the fractions say.
fn check(drawn: &Drawn, mut methodology: Methodology, exact: &[[Fraction; 2]], what: &str) {
    let root = methodology.system.root();
    let rounded = methodology.rounding[root.index()].is_some();
    let compared = |region: usize| exact[region][1];
    // A pass mark at the score of some region, as far as it is a decimal.
    let mark = (0..drawn.regions).map(compared).find(|score| 1_000_000 % score.down == 0);
    if let Some(mark) = mark {
        let cuts = [("cuts", vec![mark.double()].into())];
        let choice = choose(tiering::TABLE, "cut_points", &cuts);
        methodology.tiering = Some(Tierings::index(&methodology.system, choice));
    }
    let evaluation = Evaluation::new(drawn.study(), Arc::new(methodology)).expect("scores");
    let scores = evaluation.scores(root).values();
    for a in 0..drawn.regions {
        if rounded {
            assert_eq!(scores[a], compared(a).double(), "{what}: region {a} of {exact:?}");
        }
        if let Some(mark) = mark {
            let passes = compared(a).compare(mark) != Ordering::Less;
            assert_eq!(evaluation.tiers()[a], Some(u16::from(!passes)), "{what}: tier of {a}");
        }
        for b in 0..a {
            let order = compared(b).compare(compared(a));
            let ranks = (evaluation.ranks()[a], evaluation.ranks()[b]);
            let found = ranks.0.total_cmp(&ranks.1);
            assert_eq!(found, order, "{what}: ranks of {a} and {b} of {exact:?}");
        }
    }
}

const MODES: [RoundMode; 3] = [RoundMode::HalfUp, RoundMode::HalfEven, RoundMode::HalfDown];

#[test]
fn means_of_decimals_are_rounded_ranked_and_cut_as_in_fractions() {
    for seed in 0..3_000 {
        let mut draws = Draws { seed, at: 0 };
        let depth = draws.one(&[1, 1, 2, 3]);
        let (places, greatest) = draws.one(&[(0, 100), (0, 9), (1, 999), (2, 500), (3, 9999)]);
        let drawn = draw(&mut draws, greatest, depth, places, true);
        let mut methodology = drawn.methodology(choose(aggregation::TABLE, "arithmetic", &[]));
        let what = format!("table {seed}, {} nodes in {} levels", drawn.nodes.len(), drawn.depth);
        let none = vec![None; drawn.nodes.len()];
        check(&drawn, methodology.clone(), &drawn.exact(&mean, &none), &what);
        let node = |k: usize| methodology.system.find(&drawn.nodes[k].code).expect("a node");
        let at: Vec<NodeId> = (0..drawn.nodes.len()).map(node).collect();
        for mode in MODES {
            // The index alone, and every node.
            let rounding = Some(Rounding { digits: draws.below(4) as u32, mode });
            let mut stated = none.clone();
            stated[0] = rounding;
            for all in [false, true] {
                if all {
                    stated.fill(rounding);
                }
                for (k, node) in at.iter().enumerate() {
                    methodology.rounding[node.index()] = stated[k];
                }
                let exact = drawn.exact(&mean, &stated);
                check(&drawn, methodology.clone(), &exact, &format!("{what}, {stated:?}"));
            }
        }
    }
}

#[test]
fn sums_and_products_of_decimals_are_ranked_as_in_fractions() {
    for seed in 10_000..11_000 {
        let mut draws = Draws { seed, at: 0 };
        let depth = draws.one(&[1, 1, 2]);
        let (places, greatest) = draws.one(&[(0, 9), (1, 99), (2, 500)]);
        let drawn = draw(&mut draws, greatest, depth, places, true);
        let none = vec![None; drawn.nodes.len()];
        let sum = |children: &[(Fraction, Fraction)]| {
            children.iter().fold(Fraction::ZERO, |sum, (_, score)| sum.plus(*score))
        };
        let methodology = drawn.methodology(choose(aggregation::TABLE, "sum", &[]));
        check(&drawn, methodology, &drawn.exact(&sum, &none), &format!("sums of table {seed}"));
        // Products of numbers that are not negative, few enough for exact fractions.
        let fits = drawn.nodes.len() <= 5 && drawn.cells.iter().flatten().all(|x| x.up >= 0);
        if fits {
            let product = |children: &[(Fraction, Fraction)]| {
                children.iter().fold(Fraction::new(1, 1), |all, (_, score)| all.times(*score))
            };
            let methodology = drawn.methodology(choose(aggregation::TABLE, "product", &[]));
            let exact = drawn.exact(&product, &none);
            if exact.iter().all(|[score, _]| score.up < 1 << 40 && score.down < 1 << 40) {
                check(&drawn, methodology, &exact, &format!("products of table {seed}"));
            }
        }
    }
}

/// The geometric mean of two squares is the product of their roots.
#[test]
fn geometric_means_of_squares_are_ranked_as_their_roots() {
    for seed in 20_000..20_500 {
        let mut draws = Draws { seed, at: 0 };
        let mut drawn = draw(&mut draws, 9, 1, 0, false);
        drawn.nodes.truncate(1);
        drawn.weights.truncate(1);
        drawn.cells.truncate(1);
        let mut roots = vec![Fraction::new(1, 1); drawn.regions];
        for k in 1..=2 {
            let cell = |_| Fraction::new(1 + draws.below(12) as i128, draws.one(&[1, 10]));
            let cells: Vec<Fraction> = (0..drawn.regions).map(cell).collect();
            for (root, cell) in roots.iter_mut().zip(&cells) {
                *root = root.times(*cell);
            }
            let parent = Some("index".into());
            let code = format!("n{k}");
            drawn.nodes.push(NodeDraft { code, parent, weight: Some(1.0), ..NodeDraft::default() });
            drawn.weights.push(Fraction::new(1, 1));
            drawn.cells.push(cells.iter().map(|cell| cell.times(*cell)).collect());
        }
        let exact: Vec<[Fraction; 2]> = roots.into_iter().map(|root| [root, root]).collect();
        let mut methodology = drawn.methodology(choose(aggregation::TABLE, "geometric", &[]));
        check(&drawn, methodology.clone(), &exact, &format!("geometric means of table {seed}"));
        for mode in MODES {
            methodology.rounding[0] = Some(Rounding { digits: 1, mode });
            let exact: Vec<_> = exact.iter().map(|[x, _]| [*x, x.rounded(1, mode)]).collect();
            check(&drawn, methodology.clone(), &exact, &format!("{mode:?} of table {seed}"));
        }
    }
}

/// A table by its columns, weights of the columns, and a change of the methodology.
fn evaluated(
    weights: &[f64],
    columns: &[&[f64]],
    change: impl FnOnce(&mut Methodology),
) -> Evaluation {
    let mut drawn = Drawn {
        nodes: vec![NodeDraft { code: "index".into(), ..NodeDraft::default() }],
        weights: Vec::new(),
        cells: Vec::new(),
        depth: 1,
        regions: columns[0].len(),
    };
    for (k, weight) in weights.iter().enumerate() {
        drawn.nodes.push(NodeDraft {
            code: format!("n{k}"),
            parent: Some("index".into()),
            weight: Some(*weight),
            ..NodeDraft::default()
        });
    }
    let mut methodology = drawn.methodology(choose(aggregation::TABLE, "arithmetic", &[]));
    change(&mut methodology);
    let mut study = Arc::unwrap_or_clone(drawn.study());
    for (k, column) in columns.iter().enumerate() {
        study.columns.insert(format!("n{k}"), Column::new(column.to_vec()));
    }
    Evaluation::new(Arc::new(study), Arc::new(methodology)).expect("scores")
}

/// The score of one region, rounded.
fn rounded(weights: &[f64], cells: &[f64], digits: u32, mode: RoundMode) -> f64 {
    let columns: Vec<&[f64]> = cells.iter().map(std::slice::from_ref).collect();
    let rounding = Some(Rounding { digits, mode });
    evaluated(weights, &columns, |m| m.rounding[0] = rounding).scores(NodeId(0)).values()[0]
}

#[test]
fn exact_halves_of_published_indices() {
    let six = [45.0, 50.0, 47.0, 68.0, 65.0, 58.0];
    let four = [44.8, 96.1, 50.7, 56.6];
    assert_eq!(rounded(&[1.0; 6], &six, 0, RoundMode::HalfUp), 56.0);
    assert_eq!(rounded(&[1.0; 6], &six, 0, RoundMode::HalfEven), 56.0);
    assert_eq!(rounded(&[1.0; 6], &six, 0, RoundMode::HalfDown), 55.0);
    assert_eq!(rounded(&[0.25; 4], &four, 1, RoundMode::HalfUp), 62.1);
    assert_eq!(rounded(&[0.25; 4], &four, 1, RoundMode::HalfEven), 62.0);
    // The mean is stored as the decimal that it is.
    assert_eq!(
        evaluated(&[1.0; 6], &[&[45.0], &[50.0], &[47.0], &[68.0], &[65.0], &[58.0]], |_| ())
            .exact()
            .values(),
        [55.5]
    );
}

#[test]
fn equal_means_share_a_rank_and_a_tier() {
    let cells: [&[f64]; 3] = [
        &[60.0, 54.0, 74.0, 53.0, 46.0, 67.0, 70.0, 40.0, 80.0],
        &[60.0, 60.0, 58.0, 61.0, 62.0, 59.0, 60.0, 60.0, 60.0],
        &[60.0, 63.0, 60.0, 60.0, 60.0, 60.0, 55.0, 70.0, 50.0],
    ];
    let pass = |m: &mut Methodology| {
        let choice = choose(tiering::TABLE, "cut_points", &[("cuts", vec![60.0].into())]);
        m.tiering = Some(Tierings::index(&m.system, choice));
    };
    for weights in [[0.1, 0.7, 0.2], [10.0, 70.0, 20.0]] {
        let evaluation = evaluated(&weights, &cells, pass);
        assert_eq!(evaluation.ranks(), [1.0; 9]);
        assert_eq!(evaluation.tiers(), [Some(0); 9]);
        assert_eq!(evaluation.exact().values(), [60.0; 9]);
    }
    let permutations: [&[f64]; 3] =
        [&[0.1, 0.3, 0.2, 0.3], &[0.2, 0.2, 0.3, 0.1], &[0.3, 0.1, 0.1, 0.2]];
    assert_eq!(evaluated(&[1.0; 3], &permutations, |_| ()).ranks(), [1.0; 4]);
    let all = |m: &mut Methodology| m.precision = Precision::All;
    assert_ne!(evaluated(&[1.0; 3], &permutations, all).ranks(), [1.0; 4]);
    // Scores that cancel out: z-scores in another order leave 0 and 1e-17.
    let cancelling: [&[f64]; 3] =
        [&[-1.0, 0.3, 0.7, 0.3], &[0.3, 0.7, -1.0, -1.0], &[0.7, -1.0, 0.3, 0.7]];
    assert_eq!(evaluated(&[1.0; 3], &cancelling, |_| ()).ranks(), [1.0; 4]);
}

/// Methods that ask which of two regions is better on a child.
fn by_pairs(name: &str) -> impl FnOnce(&mut Methodology) {
    let method = choose(aggregation::TABLE, name, &[]);
    move |m| m.aggregation = Plan::new(&m.system, method, Vec::<(Scope, _)>::new(), false)
}

#[test]
fn flows_of_a_ninth_share_a_rank() {
    // Wins less losses: -3 -1 1 3, then 3 -3 -1 1, then -1 3 -3 1; in sum -1 -1 -3 5, of nine.
    let columns: [&[f64]; 3] =
        [&[1.0, 2.0, 3.0, 4.0], &[4.0, 1.0, 2.0, 3.0], &[2.0, 4.0, 1.0, 3.0]];
    let evaluation = evaluated(&[1.0; 3], &columns, by_pairs("promethee"));
    assert_eq!(evaluation.ranks(), [2.0, 2.0, 4.0, 1.0]);
}

/// A child that is a mean itself: of equal means neither is preferred and neither wins.
#[test]
fn equal_children_are_equal_for_methods_that_compare_regions() {
    let permutations = [[1, 3, 2, 3], [2, 2, 3, 1], [3, 1, 1, 2]];
    let mut drawn = Drawn {
        nodes: vec![NodeDraft { code: "index".into(), ..NodeDraft::default() }],
        weights: Vec::new(),
        cells: vec![Vec::new()],
        depth: 2,
        regions: 4,
    };
    let mut add = |code: &str, parent: &str, cells: &[i128]| {
        let parent = Some(parent.into());
        let weight = Some(1.0);
        let draft = NodeDraft { code: code.into(), parent, weight, ..NodeDraft::default() };
        drawn.nodes.push(draft);
        drawn.cells.push(cells.iter().map(|n| Fraction::new(*n, 10)).collect());
    };
    add("mean", "index", &[]);
    for (k, cells) in permutations.iter().enumerate() {
        add(&format!("n{k}"), "mean", cells);
    }
    for name in ["promethee", "copeland"] {
        let mut methodology = drawn.methodology(choose(aggregation::TABLE, "arithmetic", &[]));
        let root = methodology.system.root();
        let parts = vec![(Scope::Node(root), choose(aggregation::TABLE, name, &[]))];
        let mean = choose(aggregation::TABLE, "arithmetic", &[]);
        methodology.aggregation = Plan::new(&methodology.system, mean, parts, false);
        let of = |methodology: Methodology| {
            Evaluation::new(drawn.study(), Arc::new(methodology)).expect("scores")
        };
        assert_eq!(of(methodology.clone()).exact().values(), [0.0; 4], "{name}");
        methodology.precision = Precision::All;
        assert_ne!(of(methodology).exact().values(), [0.0; 4], "{name}");
    }
}

#[test]
fn ranks_and_tiers_follow_the_rounding_unless_stated_otherwise() {
    let scores: &[f64] = &[61.4, 60.6, 59.6, 40.0];
    let change = |on: Option<RankOn>, of_tiers: Option<RankOn>| {
        move |m: &mut Methodology| {
            m.rounding[0] = Some(Rounding { digits: 0, mode: RoundMode::HalfUp });
            let rule = Ranking { on: on.unwrap_or_default(), ..Ranking::default() };
            m.ranking = Rankings::whole(&m.system, rule);
            let cuts = [("cuts", vec![60.0].into())];
            let choice = choose(tiering::TABLE, "cut_points", &cuts);
            let choice = Choice { on: of_tiers, ..choice };
            m.tiering = Some(Tierings::index(&m.system, choice));
        }
    };
    let of = |on, of_tiers| evaluated(&[1.0], &[scores], change(on, of_tiers));
    let usual = of(None, None);
    assert_eq!(usual.ranks(), [1.0, 1.0, 3.0, 4.0]);
    assert_eq!(usual.tiers(), [Some(0), Some(0), Some(0), Some(1)]);
    let full = of(Some(RankOn::Full), None);
    assert_eq!(full.ranks(), [1.0, 2.0, 3.0, 4.0]);
    assert_eq!(full.tiers(), usual.tiers(), "tiers have an `on` of their own");
    let tiers = of(None, Some(RankOn::Full));
    assert_eq!(tiers.ranks(), usual.ranks());
    assert_eq!(tiers.tiers(), [Some(0), Some(0), Some(1), Some(1)]);
    assert_eq!(of(None, Some(RankOn::Digits(1))).tiers(), tiers.tiers());
    assert_eq!(usual.exact().values(), scores);
}

/// Decimals that the precision does not have are kept where they are asked for.
#[test]
fn a_rounding_finer_than_the_precision_is_no_worse() {
    let scores: &[f64] = &[123456.1234561, 123456.1234564, 123456.1234569, 123456.1234575];
    let evaluation = evaluated(&[1.0], &[scores], |m| {
        m.precision = Precision::Digits(6);
        m.rounding[0] = Some(Rounding { digits: 6, mode: RoundMode::HalfUp });
    });
    let shown = evaluation.scores(NodeId(0)).values();
    assert_eq!(shown, [123456.123456, 123456.123456, 123456.123457, 123456.123458]);
    assert_eq!(evaluation.ranks(), [3.0, 3.0, 2.0, 1.0]);
}
