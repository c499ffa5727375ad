//! Scores of several periods put together into one, with weights of the periods.

use indexmap::IndexMap;
use quanheng_words::text;

use crate::method::{ABOVE_ZERO, SettingError, choice, fault, settings};
use crate::model::{Direction, NodeId, RegionIx};
use crate::number::{self, Grid, entropy, greatest_entropy, least_variance, orness};
use crate::ranking::{Key, ranks};

use super::finding::{FIRST, WHOLE, columns};
use super::{Cell, Column, Form, Found, Need, Reason, Subject, analysis};

choice! {
    /// How the weights of periods are found.
    pub enum PeriodWeights {
        /// All periods alike.
        Equal = "equal",
        /// Stated numbers.
        Given = "given",
        /// The greatest entropy with a stated time degree.
        Entropy = "entropy",
        /// The least variance with a stated time degree.
        Variance = "variance",
        /// Each period a stated multiple of the one before.
        Ratio = "ratio",
    }
}

choice! {
    /// How the scores of a region are put together.
    pub enum Operator {
        /// The weighted arithmetic mean (TOWA).
        Arithmetic = "arithmetic",
        /// The weighted geometric mean (TOWGA).
        Geometric = "geometric",
    }
}

settings! {
    /// Settings of the evaluation over periods.
    pub(super) struct Settings {
        /// The node whose scores are put together; the index unless stated.
        node: Option<String> = None,
        /// The periods that are put together; unless stated, all up to the one that is looked at, or those of `given`.
        periods: Vec<String> = Vec::new(),
        /// How the weights of the periods are found: `equal` makes all alike; `given` takes stated numbers; `entropy` and `variance` take the weights with the greatest entropy or the least variance among those whose time degree is `time_degree`; with `ratio` each period has `ratio` times the weight of the one before.
        weights: PeriodWeights = PeriodWeights::Equal,
        /// The weight of each period by its label, beside `weights = "given"`. They are divided by their sum.
        given: IndexMap<String, f64> = IndexMap::new(),
        /// The time degree λ = Σ w_k·(N − k) / (N − 1), with k = 1 for the first of N periods, beside `entropy` or `variance`: below 0.5 late periods count more, 0.5 makes all weights equal, and with 0 only the last period counts.
        time_degree: Option<f64> [0, 1] = None,
        /// How many times the weight of the period before a period has, beside `weights = "ratio"`: above 1 late periods count more.
        ratio: Option<f64> [ABOVE_ZERO, 1_000_000.0] = None,
        /// How scores are put together: the weighted arithmetic mean (TOWA), or the weighted geometric mean (TOWGA), which takes scores above zero.
        operator: Operator = Operator::Arithmetic,
        /// In how many of the periods a region needs a score; in all of them unless stated. The weights of the periods in which it has one are divided by their sum.
        least: Option<usize> [1, 100_000] = None,
    }
}

analysis!(Settings, compute, check = sound, {
    name: "over_periods",
    label: "Evaluation over periods",
    summary: "One score and one rank for each region from its scores in several periods, with weights by which late periods may count more (dynamic comprehensive evaluation).",
    formula: "h_i = Σ_k w_k·y_ik (arithmetic, TOWA), or h_i = Π_k y_ik^w_k (geometric, TOWGA); w ≥ 0, Σ w = 1, time degree λ = Σ_k w_k·(N − k) / (N − 1); entropy: the greatest −Σ w·ln w with this λ; variance: the least Σ (w − 1/N)² / N with this λ; ratio: w_k = r·w_(k−1)",
    reference: "Guo, Yao & Yi (2007), Systems Engineering - Theory & Practice 27(10), 154-158, for TOWA, TOWGA and the time degree; Fullér & Majlender (2001), Fuzzy Sets and Systems 124, 53-57, for the greatest entropy, and (2003), Fuzzy Sets and Systems 136, 203-215, for the least variance; Xu (2008), Knowledge-Based Systems 21, 164-171, for weights in a geometric series",
    needs: Need::Periods,
    forms: &[REGIONS, WEIGHTS, MEASURES],
});

const REGIONS: Form = Form {
    name: "regions",
    label: "Scores over the periods",
    columns: &[
        columns::REGION,
        columns::SCORE,
        columns::RANK,
        Column::score("score_last_period", "Score in the last period").detail(),
        Column::number("rank_last_period", "Rank in the last period"),
        Column::number("places_over_last", "Places better than in the last period"),
        Column::number("periods", "Periods"),
        columns::WHY.detail(),
    ],
    shown: FIRST,
};

const WEIGHTS: Form = Form {
    name: "weights",
    label: "Weights of the periods",
    columns: &[
        columns::PERIOD,
        Column::decimals("weight", "Weight", 6),
        columns::N,
        columns::MEAN.detail(),
    ],
    shown: FIRST,
};

const MEASURES: Form = Form {
    name: "measures",
    label: "Measures of the weights",
    columns: &[
        Column::number("periods", "Periods"),
        Column::decimals("time_degree", "Time degree λ", 4),
        Column::decimals("entropy", "Entropy", 6),
        Column::decimals("variance", "Variance", 6),
    ],
    shown: WHOLE,
};

/// The score of one region: the weighted mean of its scores, whose weights are divided by the sum of those that have a
/// score (NaN where there is none).
///
/// # Errors
/// Scores in fewer than `least` periods, weights that are all zero, or a score that is not above zero where the geometric
/// mean is asked for.
///
/// # Panics
/// If there are not as many weights as scores.
pub fn over_periods(
    scores: &[f64],
    weights: &[f64],
    operator: Operator,
    least: usize,
) -> Result<f64, Reason> {
    assert_eq!(scores.len(), weights.len(), "a weight for each period");
    let there: Vec<usize> = (0..scores.len()).filter(|&k| !scores[k].is_nan()).collect();
    if there.len() < least.max(1) {
        return Err(Reason::AbsentPeriods { n: scores.len() - there.len() });
    }
    let of =
        |f: &dyn Fn(usize) -> f64| number::sum(&there.iter().map(|&k| f(k)).collect::<Vec<_>>());
    let total = of(&|k| weights[k]);
    if total <= 0.0 {
        return Err(Reason::NoWeights);
    }
    match operator {
        Operator::Arithmetic => Ok(of(&|k| weights[k] * scores[k]) / total),
        Operator::Geometric => {
            let n = there.iter().filter(|&&k| scores[k] <= 0.0).count();
            match n {
                0 => Ok(libm::exp(of(&|k| weights[k] * libm::log(scores[k])) / total)),
                n => Err(Reason::NotPositive { n }),
            }
        }
    }
}

/// What `given`, `periods`, `time_degree` and `ratio` must be, beside `weights`.
fn sound(settings: &Settings) -> Result<(), SettingError> {
    let Settings { weights, given, periods, time_degree, ratio, .. } = settings;
    let by_degree = matches!(weights, PeriodWeights::Entropy | PeriodWeights::Variance);
    if by_degree != time_degree.is_some() {
        return Err(fault("time_degree", text!(expect_time_degree)));
    }
    if (*weights == PeriodWeights::Ratio) != ratio.is_some() {
        return Err(fault("ratio", text!(expect_ratio_of_periods)));
    }
    let is_given = *weights == PeriodWeights::Given;
    let numbers = given.values().all(|w| *w >= 0.0) && given.values().any(|w| *w > 0.0);
    if is_given != numbers || (!is_given && !given.is_empty()) {
        return Err(fault("given", text!(expect_weights_of_periods)));
    }
    if is_given && !periods.is_empty() {
        return Err(fault("periods", text!(expect_no_periods_beside)));
    }
    Ok(())
}

/// The slices that are put together, in the order of their periods, and their weights.
fn weighted(subject: &Subject<'_>, settings: &Settings) -> Result<(Vec<usize>, Vec<f64>), Reason> {
    if settings.weights == PeriodWeights::Given {
        let of = |(label, w): (&String, &f64)| Ok((subject.labelled(label)?, *w));
        let mut given: Vec<(usize, f64)> =
            settings.given.iter().map(of).collect::<Result<_, Reason>>()?;
        number::sort_items(&mut given, |a, b| a.0.cmp(&b.0));
        let total = number::sum(&given.iter().map(|one| one.1).collect::<Vec<_>>());
        return Ok(given.into_iter().map(|(slice, w)| (slice, w / total)).unzip());
    }
    let slices = slices(subject, &settings.periods)?;
    let n = slices.len();
    let degree = settings.time_degree.unwrap_or(0.5);
    let weights = match settings.weights {
        PeriodWeights::Equal | PeriodWeights::Given => vec![1.0 / n as f64; n],
        PeriodWeights::Entropy => greatest_entropy(n, degree),
        PeriodWeights::Variance => least_variance(n, degree),
        PeriodWeights::Ratio => series(n, settings.ratio.unwrap_or(1.0)),
    };
    Ok((slices, weights))
}

/// The slices of these periods, each once; of all up to the one that is looked at where none is stated.
fn slices(subject: &Subject<'_>, periods: &[String]) -> Result<Vec<usize>, Reason> {
    if periods.is_empty() {
        let now = subject.now()?;
        return Ok(subject.slices().into_iter().filter(|slice| *slice <= now).collect());
    }
    let labelled = periods.iter().map(|label| subject.labelled(label));
    let mut slices: Vec<usize> = labelled.collect::<Result<_, _>>()?;
    number::sort_items(&mut slices, |a, b| a.cmp(b));
    slices.dedup();
    Ok(slices)
}

/// Weights that are each the one before it multiplied by the same ratio, and whose sum is 1.
fn series(n: usize, ratio: f64) -> Vec<f64> {
    // From the greatest on, so that no weight becomes too large to be a number.
    let step = number::min(ratio, 1.0 / ratio);
    let mut weights = vec![1.0; n];
    for k in 1..n {
        weights[k] = weights[k - 1] * step;
    }
    let total = number::sum(&weights);
    weights.iter_mut().for_each(|w| *w /= total);
    if ratio > 1.0 {
        weights.reverse();
    }
    weights
}

/// Each region that is ranked, with its score in each slice; NaN where it has none.
fn regions(subject: &Subject<'_>, node: NodeId, slices: &[usize]) -> Vec<(RegionIx, Vec<f64>)> {
    let unranked = &subject.study().leagues[subject.league.0 as usize].unranked;
    let mut rows = vec![None; subject.study().regions.len()];
    for (k, &slice) in slices.iter().enumerate() {
        for (region, score) in subject.regions(slice).iter().zip(subject.scores(node, slice)) {
            let row = rows[region.0 as usize].get_or_insert_with(|| vec![f64::NAN; slices.len()]);
            row[k] = score;
        }
    }
    let rows = rows.into_iter().enumerate();
    let rows = rows.filter_map(|(at, row)| Some((RegionIx(at as u32), row?)));
    rows.filter(|(region, _)| unranked.binary_search(region).is_err()).collect()
}

/// The ranks of scores over periods, by the rules of the methodology for the node.
fn ranked(subject: &Subject<'_>, node: NodeId, scores: &[f64]) -> Vec<f64> {
    let methodology = subject.evaluation.methodology();
    let rule = methodology.ranking.at(node);
    let grid = methodology.precision.grid(number::largest(scores));
    let key = Key { scores, direction: subject.evaluation.better(node), grid };
    let mut out = vec![f64::NAN; scores.len()];
    ranks(key, None, rule.ties, rule.tolerance, &mut Vec::new(), &mut out);
    out
}

/// How many places each region is better by the first ranks than by the second, among those that have both.
fn places(subject: &Subject<'_>, node: NodeId, over: &[f64], last: &[f64]) -> Vec<f64> {
    let both = Subject::complete(&[over, last]);
    let ties = subject.evaluation.methodology().ranking.at(node).ties;
    let again = |all: &[f64]| {
        let scores: Vec<f64> = both.iter().map(|&i| all[i]).collect();
        let key = Key { scores: &scores, direction: Direction::Negative, grid: Grid::EXACT };
        let mut out = vec![f64::NAN; scores.len()];
        ranks(key, None, ties, 0.0, &mut Vec::new(), &mut out);
        out
    };
    let (over_again, last_again) = (again(over), again(last));
    let mut places = vec![f64::NAN; over.len()];
    for (at, &i) in both.iter().enumerate() {
        places[i] = last_again[at] - over_again[at];
    }
    places
}

fn compute(subject: &Subject<'_>, settings: &Settings) -> Result<Vec<Found>, Reason> {
    let node = subject.node(settings.node.as_deref())?;
    let (slices, weights) = weighted(subject, settings)?;
    let n = slices.len();
    let Some(&last) = slices.last().filter(|_| n > 1) else { return Err(Reason::OnePeriod) };
    let rows = regions(subject, node, &slices);
    let least = settings.least.unwrap_or(n);
    let of = |scores: &Vec<f64>| over_periods(scores, &weights, settings.operator, least);
    let found: Vec<Result<f64, Reason>> = rows.iter().map(|(_, scores)| of(scores)).collect();
    let scores: Vec<f64> =
        found.iter().map(|found| found.as_ref().map_or(f64::NAN, |score| *score)).collect();
    let over = ranked(subject, node, &scores);
    let of_last = subject.taking_part(last, subject.evaluation.ranks_in(node, last));
    let place = |region| subject.regions(last).iter().position(|other| *other == region);
    let before: Vec<f64> =
        rows.iter().map(|(region, _)| place(*region).map_or(f64::NAN, |at| of_last[at])).collect();
    let places = places(subject, node, &over, &before);

    let mut table = Found::new(&REGIONS);
    // The best first; those without a score at the end.
    let mut order: Vec<usize> = (0..rows.len()).collect();
    let key = |i: usize| if over[i].is_nan() { f64::INFINITY } else { over[i] };
    number::sort_items(&mut order, |&a, &b| number::ascending(key(a), key(b)));
    let rank = |rank: f64| if rank.is_nan() { Cell::Empty } else { Cell::Rank(rank) };
    for i in order {
        let (region, of_periods) = &rows[i];
        table.push([
            Cell::Region(*region),
            scores[i].into(),
            rank(over[i]),
            of_periods[n - 1].into(),
            rank(before[i]),
            if places[i].is_nan() { Cell::Empty } else { Cell::Moved(places[i]) },
            number::count(of_periods).into(),
            found[i].as_ref().err().map_or(Cell::Empty, |why| Cell::None(why.clone())),
        ]);
    }
    let mut of_periods = Found::new(&WEIGHTS);
    // The last period first.
    for (&slice, weight) in slices.iter().zip(&weights).rev() {
        let scores = subject.scores(node, slice);
        of_periods.push([
            Cell::Period(subject.period_of(slice)),
            (*weight).into(),
            number::count(&scores).into(),
            number::mean(&scores).unwrap_or(f64::NAN).into(),
        ]);
    }
    let mut measures = Found::new(&MEASURES);
    let gaps: Vec<f64> = weights.iter().map(|w| w - 1.0 / n as f64).collect();
    measures.push([
        n.into(),
        orness(&weights).into(),
        entropy(&weights).into(),
        (number::dot(&gaps, &gaps) / n as f64).into(),
    ]);
    Ok(vec![table, of_periods, measures])
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::super::{Inputs, Unwatched, find};
    use super::*;
    use crate::evaluation::Evaluation;
    use crate::evaluation::tests::choose;
    use crate::method::{self, Value};
    use crate::methodology::{Methodology, Plan};
    use crate::model::{
        Column as Cells, League, LeagueIx, NodeDraft, Period, PeriodIx, PeriodKind, Region, Study,
        System,
    };
    use crate::{imputation, normalisation};

    /// Three periods of four regions, by region; the fourth has no score in the first of them.
    const SCORES: [[f64; 3]; 4] =
        [[90.0, 60.0, 75.0], [60.0, 75.0, 75.0], [30.0, 90.0, 60.0], [f64::NAN, 80.0, 85.0]];

    fn evaluation() -> Evaluation {
        let node = |code: &str, parent: Option<&str>| NodeDraft {
            code: code.into(),
            parent: parent.map(Into::into),
            ..NodeDraft::default()
        };
        let system = System::new(vec![node("index", None), node("x", Some("index"))]);
        let system = Arc::new(system.expect("a tree"));
        let none = choose(normalisation::TABLE, "none", &[]);
        let normalisation = Plan::new(&system, none, vec![], true);
        let mut methodology =
            Methodology::new("m".into(), Arc::clone(&system), "s".into(), normalisation);
        let renormalise = choose(imputation::TABLE, "renormalise", &[]);
        methodology.imputation = Plan::new(&system, renormalise, vec![], true);
        let mut rows = Vec::new();
        let mut values = Vec::new();
        for period in 0..3 {
            for (region, scores) in SCORES.iter().enumerate() {
                rows.push((LeagueIx(0), PeriodIx(period), RegionIx(region as u32)));
                values.push(scores[period as usize]);
            }
        }
        let region = |code: &str| Region { code: code.into(), ..Region::default() };
        let period = |year: u32| Period {
            label: year.to_string(),
            kind: PeriodKind::Year,
            time: f64::from(year),
        };
        let (study, _) = Study::new(
            ["a", "b", "c", "d"].map(region).into(),
            vec![League::default()],
            [2019, 2020, 2021].map(period).into(),
            &rows,
            &(0..rows.len()).collect::<Vec<_>>(),
            [("x".to_owned(), Cells::new(values))],
        );
        Evaluation::new(Arc::new(study), Arc::new(methodology)).expect("evaluated")
    }

    fn run(period: u32, settings: &[(&str, Value)]) -> Result<Vec<Found>, Reason> {
        let entry = find("over_periods").expect("an analysis");
        let settings = settings.iter().map(|(name, value)| ((*name).to_owned(), value.clone()));
        let settings = method::Settings(settings.collect());
        (entry.check)(&settings).expect("settings that fit");
        let evaluation = evaluation();
        let subject = Subject {
            evaluation: &evaluation,
            league: LeagueIx(0),
            period: PeriodIx(period),
            inputs: &Inputs::default(),
            watch: &Unwatched,
        };
        entry.compute(&subject, &settings)
    }

    fn numbers(found: &Found, key: &str) -> Vec<f64> {
        found.numbers(key).expect("a column")
    }

    fn near(found: &[f64], expected: &[f64]) {
        let same = |x: &f64, y: &f64| (x - y).abs() < 1e-12 || (x.is_nan() && y.is_nan());
        let all =
            found.len() == expected.len() && found.iter().zip(expected).all(|(x, y)| same(x, y));
        assert!(all, "{found:?} and not {expected:?}");
    }

    /// The least variance of three weights with λ = 0.3 is that of 2/15, 5/15 and 8/15: b has (2·60 + 5·75 + 8·75) / 15.
    #[test]
    fn a_ranking_by_hand() {
        let found = run(2, &[("weights", "variance".into()), ("time_degree", 0.3.into())]);
        let [regions, weights, measures] = found.expect("found").try_into().expect("three tables");
        near(&numbers(&weights, "weight"), &[8.0 / 15.0, 5.0 / 15.0, 2.0 / 15.0]);
        near(&numbers(&weights, "n"), &[4.0, 4.0, 3.0]);
        near(&numbers(&measures, "time_degree"), &[0.3]);
        near(&numbers(&measures, "variance"), &[0.08 / 3.0]);
        let order: Vec<Cell> = [1, 0, 2, 3].map(|i| Cell::Region(RegionIx(i))).into();
        assert_eq!(regions.column("region").unwrap(), order.iter().collect::<Vec<_>>());
        near(&numbers(&regions, "score"), &[73.0, 72.0, 66.0, f64::NAN]);
        near(&numbers(&regions, "rank"), &[1.0, 2.0, 3.0, f64::NAN]);
        // d is the best of the last period, and has no rank over the periods.
        near(&numbers(&regions, "rank_last_period"), &[2.0, 2.0, 4.0, 1.0]);
        near(&numbers(&regions, "places_over_last"), &[0.0, -1.0, 0.0, f64::NAN]);
        near(&numbers(&regions, "periods"), &[3.0, 3.0, 3.0, 2.0]);
        let why = Cell::None(Reason::AbsentPeriods { n: 1 });
        assert_eq!(regions.column("why").unwrap()[3], &why);
    }

    #[test]
    fn a_region_may_lack_a_period() {
        let given = Value::Table(
            [("2021", 8.0), ("2019", 2.0), ("2020", 5.0)]
                .map(|(k, w)| (k.to_owned(), w.into()))
                .into(),
        );
        let settings = [("weights", "given".into()), ("given", given), ("least", 2.0.into())];
        let found = run(2, &settings).expect("found");
        near(&numbers(&found[0], "score"), &[1080.0 / 13.0, 73.0, 72.0, 66.0]);
        near(&numbers(&found[0], "places_over_last"), &[0.0, 0.0, -1.0, 0.0]);
    }

    #[test]
    fn a_product_over_two_periods() {
        let ratio =
            [("weights", "ratio".into()), ("ratio", 3.0.into()), ("operator", "geometric".into())];
        let found = run(1, &ratio).expect("found");
        near(&numbers(&found[1], "weight"), &[0.75, 0.25]);
        let expected = [[90.0, 60.0], [60.0, 75.0], [30.0, 90.0]];
        let mean = |two: [f64; 2]| libm::pow(two[0] * two[1] * two[1] * two[1], 0.25);
        let [a, b, c] = expected.map(mean);
        near(&numbers(&found[0], "score"), &[b, c, a, f64::NAN]);
        assert_eq!(run(0, &[]).unwrap_err(), Reason::OnePeriod);
        let one = [("periods", vec!["2021"; 2].into())];
        assert_eq!(run(2, &one).unwrap_err(), Reason::OnePeriod);
        let unknown = [("periods", vec!["2018", "2021"].into())];
        assert_eq!(run(2, &unknown).unwrap_err(), Reason::NoPeriod("2018".into()));
    }

    #[test]
    fn scores_that_cannot_be_put_together() {
        let of = |scores: &[f64], weights: &[f64], operator, least| {
            over_periods(scores, weights, operator, least)
        };
        let weights = [0.0, 0.25, 0.75];
        let product = of(&[1.0, 0.0, -2.0], &weights, Operator::Geometric, 3);
        assert_eq!(product, Err(Reason::NotPositive { n: 2 }));
        assert_eq!(of(&[1.0, 0.0, -2.0], &weights, Operator::Arithmetic, 3), Ok(-1.5));
        let first = [5.0, f64::NAN, f64::NAN];
        assert_eq!(of(&first, &weights, Operator::Arithmetic, 1), Err(Reason::NoWeights));
        let why = Err(Reason::AbsentPeriods { n: 2 });
        assert_eq!(of(&first, &weights, Operator::Arithmetic, 2), why);
    }

    #[test]
    fn settings_that_do_not_fit() {
        let entry = find("over_periods").expect("an analysis");
        let table = |w: f64| Value::Table([("2021".to_owned(), w.into())].into());
        let refused: [(&str, &[(&str, Value)]); 7] = [
            ("time_degree", &[("weights", "entropy".into())]),
            ("time_degree", &[("time_degree", 0.5.into())]),
            ("ratio", &[("weights", "ratio".into())]),
            ("given", &[("weights", "given".into())]),
            ("given", &[("weights", "given".into()), ("given", table(0.0))]),
            ("given", &[("given", table(1.0))]),
            (
                "periods",
                &[
                    ("weights", "given".into()),
                    ("given", table(1.0)),
                    ("periods", vec!["2021"].into()),
                ],
            ),
        ];
        for (setting, stated) in refused {
            let stated = stated.iter().map(|(name, value)| ((*name).to_owned(), value.clone()));
            let error = (entry.check)(&method::Settings(stated.collect())).unwrap_err();
            assert_eq!(error.setting, setting);
        }
    }

    #[test]
    fn weights_in_a_series() {
        near(&series(3, 2.0), &[1.0 / 7.0, 2.0 / 7.0, 4.0 / 7.0]);
        near(&series(3, 0.5), &[4.0 / 7.0, 2.0 / 7.0, 1.0 / 7.0]);
        near(&series(4, 1.0), &[0.25; 4]);
        assert_eq!(number::sum(&series(500, 1e6)), 1.0);
    }
}
