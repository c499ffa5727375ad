//! Intermediate results against pymcdm, against print, and against the formulas worked out in numpy.

use quanheng_core::conformance::Trial;
use quanheng_core::method::{
    Entry, Example, Intermediate, IntermediateResult, Scratch, Settings, Value, find,
};
use quanheng_core::model::{Direction, Indicator};
use quanheng_core::{aggregation, tiering, treatment, weighting};

use super::{Figures, agree};

/// What a method gives beside its result.
fn given<M: Trial + ?Sized>(
    table: &'static [Entry<M>],
    name: &str,
    example: &Example,
) -> Vec<IntermediateResult> {
    let entry = find(table, name).expect(name);
    let method = (entry.make)(&example.settings).expect("settings that fit");
    let mut scratch = Scratch { intermediate: Intermediate::asked(), ..Scratch::default() };
    method.trial_in(example, &mut scratch).unwrap_or_else(|e| panic!("{name}: {e}"));
    scratch.intermediate.take()
}

#[track_caller]
fn of<'a>(results: &'a [IntermediateResult], name: &str) -> &'a IntermediateResult {
    let found = results.iter().find(|result| result.name == name);
    found.unwrap_or_else(|| panic!("no `{name}` in {results:?}"))
}

fn figure(results: &[IntermediateResult], name: &str) -> f64 {
    let values = &of(results, name).values;
    assert_eq!(values.len(), 1, "{name}");
    values[0]
}

/// 31 regions by 65 criteria, a third of them costs, with drawn weights.
fn decision() -> Example {
    let criteria = Figures::read("mcdm_rand31x65_criteria");
    let direction = |t: &f64| if *t < 0.0 { Direction::Negative } else { Direction::Positive };
    let indicator = |t| Indicator { direction: direction(t), ..Indicator::default() };
    Example {
        columns: Figures::read("mcdm_rand31x65").columns,
        indicators: criteria.column("type").iter().map(indicator).collect(),
        weights: criteria.column("w_random").to_vec(),
        ..Example::default()
    }
}

/// Agreement on the scale of the column: a figure near zero is not held to its own digits.
#[track_caller]
fn near(what: &str, found: &[f64], expected: &[f64]) {
    assert_eq!(found.len(), expected.len(), "{what}");
    let scale = expected.iter().fold(0.0_f64, |m, x| if x.abs() > m { x.abs() } else { m });
    for (k, (a, b)) in found.iter().zip(expected).enumerate() {
        assert!((a - b).abs() <= 1e-9 * scale, "{what}, {k}: found {a}, expected {b}");
    }
}

#[test]
fn of_aggregations() {
    let expected = Figures::read("intermediate_regions_rand31x65");
    let shape = ("preference", Value::from("vshape_2"));
    let shape =
        Settings::from([shape, ("p", 0.5.into()), ("q", 0.1.into()), ("relative", true.into())]);
    let population = Settings::default();
    let vector = Settings::from([("scale", Value::from("vector"))]);
    for (method, settings, pairs) in [
        (
            "topsis",
            vector,
            &[
                ("d_plus", "topsis_d_plus"),
                ("d_minus", "topsis_d_minus"),
                ("closeness", "topsis_C"),
            ][..],
        ),
        ("vikor", Settings::default(), &[("s", "vikor_S"), ("r", "vikor_R"), ("q", "vikor_Q")][..]),
        (
            "promethee",
            Settings::default(),
            &[
                ("phi_plus", "usual_phi_plus"),
                ("phi_minus", "usual_phi_minus"),
                ("phi", "usual_phi"),
            ][..],
        ),
        (
            "promethee",
            shape,
            &[
                ("phi_plus", "vshape_2_phi_plus"),
                ("phi_minus", "vshape_2_phi_minus"),
                ("phi", "vshape_2_phi"),
            ][..],
        ),
        (
            "edas",
            Settings::default(),
            &[("sp", "edas_sp"), ("sn", "edas_sn"), ("nsp", "edas_nsp"), ("nsn", "edas_nsn")][..],
        ),
        (
            "copras",
            Settings::default(),
            &[("s_plus", "copras_s_plus"), ("s_minus", "copras_s_minus"), ("q", "copras_q")][..],
        ),
        ("waspas", Settings::default(), &[("wsm", "waspas_wsm"), ("wpm", "waspas_wpm")][..]),
        ("aras", Settings::default(), &[("s", "aras_s"), ("k", "aras_k")][..]),
        ("wroclaw", Settings::default(), &[("distance", "wroclaw_distance")][..]),
        (
            "copeland",
            Settings::default(),
            &[("wins", "copeland_wins"), ("losses", "copeland_losses")][..],
        ),
        (
            "mazziotta_pareto",
            population,
            &[("mean", "mpi_mean"), ("deviation", "mpi_deviation"), ("penalty", "mpi_penalty")][..],
        ),
    ] {
        let found = given(aggregation::TABLE, method, &Example { settings, ..decision() });
        for (name, column) in pairs {
            near(column, &of(&found, name).values, expected.column(column));
        }
    }
    let edas = given(aggregation::TABLE, "edas", &decision());
    let column = |name: &str, k: usize| {
        let result = of(&edas, name);
        (0..result.height()).map(|row| result.row(row)[k]).collect::<Vec<_>>()
    };
    near("PDA", &column("pda", 0), expected.column("edas_pda_C01"));
    near("NDA", &column("nda", 1), expected.column("edas_nda_C02"));
}

#[test]
fn of_weightings() {
    let expected = Figures::read("intermediate_siblings_rand31x65");
    for (method, pairs) in [
        ("entropy", &[("entropy", "entropy_e"), ("divergence", "entropy_d")][..]),
        (
            "critic",
            &[
                ("deviation", "critic_deviation"),
                ("conflict", "critic_conflict"),
                ("information", "critic_information"),
            ][..],
        ),
        (
            "coefficient_of_variation",
            &[("mean", "mean"), ("deviation", "deviation"), ("variation", "variation")][..],
        ),
        ("standard_deviation", &[("deviation", "deviation")][..]),
        ("gini", &[("gini", "gini")][..]),
        ("merec", &[("effect", "merec_effect")][..]),
    ] {
        let found = given(weighting::TABLE, method, &decision());
        for (name, column) in pairs {
            near(column, &of(&found, name).values, expected.column(column));
        }
    }
    let critic = given(weighting::TABLE, "critic", &decision());
    near("ρ", of(&critic, "correlation").row(0), expected.column("critic_correlation_C01"));
    let squared = decision().with([("rule", Value::from("squared"))]);
    let pca = given(weighting::TABLE, "pca", &squared);
    for name in ["eigenvalues", "shares", "cumulative"] {
        near(name, &of(&pca, name).values, expected.column(&format!("pca_{name}")));
    }
    let loadings = of(&pca, "loadings");
    for k in 0..3 {
        let column: Vec<f64> = (0..65).map(|j| loadings.row(j)[k]).collect();
        near("loadings", &column, expected.column(&format!("pca_loadings_{}", k + 1)));
    }
}

fn judged(matrix: &[&[f64]]) -> Vec<IntermediateResult> {
    let rows: Vec<Vec<f64>> = matrix.iter().map(|row| row.to_vec()).collect();
    let pairwise = [("index".to_owned(), rows.into())].into_iter().collect();
    let example = Example { columns: vec![vec![1.0]; matrix.len()], ..Example::default() }
        .with([("pairwise", Value::Table(pairwise))]);
    given(weighting::TABLE, "ahp", &example)
}

/// Consistency of judgements as it is printed in textbooks.
#[test]
fn consistency_of_judgements() {
    // Saaty's example of a school or job choice: CR 0.0503.
    let (t, s) = (1.0 / 3.0, 1.0 / 7.0);
    let saaty = judged(&[
        &[1.0, 0.2, 3.0, 0.5, 5.0],
        &[5.0, 1.0, 7.0, 1.0, 7.0],
        &[t, s, 1.0, 0.25, 3.0],
        &[2.0, 1.0, 4.0, 1.0, 7.0],
        &[0.2, s, t, s, 1.0],
    ]);
    assert!((figure(&saaty, "consistency_ratio") - 0.0503).abs() < 5e-5);
    assert_eq!(figure(&saaty, "random_index"), 1.12);
    // The choice of a place to travel to (姜启源): λmax 5.0721, CI 0.01802, CR 0.01609.
    let travel = judged(&[
        &[1.0, 0.5, 4.0, 3.0, 3.0],
        &[2.0, 1.0, 7.0, 5.0, 5.0],
        &[0.25, s, 1.0, 0.5, t],
        &[t, 0.2, 2.0, 1.0, 1.0],
        &[t, 0.2, 3.0, 1.0, 1.0],
    ]);
    assert!((figure(&travel, "lambda_max") - 5.0721).abs() < 5e-5);
    assert!((figure(&travel, "consistency_index") - 0.01802).abs() < 5e-6);
    assert!((figure(&travel, "consistency_ratio") - 0.01609).abs() < 5e-6);
    // pymcdm 1.4.0: λmax 5.1093519274848109.
    let other = judged(&[
        &[1.0, 3.0, 5.0, 7.0, 2.0],
        &[t, 1.0, 3.0, 5.0, 0.5],
        &[0.2, t, 1.0, 2.0, t],
        &[s, 0.2, 0.5, 1.0, 0.25],
        &[0.5, 2.0, 3.0, 4.0, 1.0],
    ]);
    assert!(figure(&other, "lambda_max") > 5.0);
}

/// 博弈论组合: the coefficients worked out by hand, with weights 3/4, 1/4 and 2/5, 3/5.
#[test]
fn coefficients_of_a_combination() {
    let example = Example {
        columns: vec![vec![1.0, 2.0], vec![3.0, 1.0]],
        stated: vec![3.0, 1.0],
        full_marks: vec![40.0, 60.0],
        ..Example::default()
    }
    .with([("of", vec!["given", "full_marks"].into()), ("by", "game".into())]);
    let found = given(weighting::TABLE, "combination", &example);
    // Products 0.625, 0.52 and 0.45: coefficients as 52 to 25.
    near("coefficients", &of(&found, "coefficients").values, &[52.0 / 77.0, 25.0 / 77.0]);
    let parts = of(&found, "weights_of");
    assert_eq!(parts.labels, ["given", "full_marks"]);
    near("weights", &parts.values, &[0.75, 0.4, 0.25, 0.6]);
}

/// Benefit of the doubt: the second region has the most of the second child and none of the first, so that its weight
/// stands on the second alone; and every region's score is its own values under the weights found for it.
#[test]
fn weights_of_the_benefit_of_the_doubt() {
    let columns = vec![vec![4.0, 0.0, 2.0, 3.0], vec![1.0, 5.0, 2.0, 3.0]];
    let example = Example { columns: columns.clone(), ..Example::default() };
    let found = given(aggregation::TABLE, "benefit_of_doubt", &example);
    let weights = of(&found, "weights");
    assert!((weights.row(1)[1] - 0.2).abs() < 1e-12, "{:?}", weights.values);
    let worth = |region: usize, by: usize| {
        columns.iter().zip(weights.row(by)).map(|(c, u)| c[region] * u).sum::<f64>()
    };
    for by in 0..4 {
        assert!((0..4).all(|region| worth(region, by) <= 1.0 + 1e-12), "{by}");
        let shares: f64 = of(&found, "shares").row(by).iter().sum();
        assert!((shares - 1.0).abs() < 1e-12, "{by}");
    }
    // Of the third region: its best weights make the first and the fourth region 1: u = (2, 1)/9 or steeper.
    assert!((worth(2, 2) - 2.0 / 3.0).abs() < 1e-12, "{}", worth(2, 2));
}

#[test]
fn of_treatments_and_tiers() {
    // COINr 1.1.14, winsorise(): skewness 2.989 and kurtosis 8.952 before.
    let entry = find(treatment::TABLE, "winsorise").expect("a method");
    let found = given(treatment::TABLE, "winsorise", &(entry.example)());
    assert!((figure(&found, "skewness_before") - 2.989).abs() < 5e-4);
    assert!((figure(&found, "kurtosis_before") - 8.952).abs() < 5e-4);
    assert_eq!(figure(&found, "changed"), 1.0);
    // {1, 2}, {4}, {9, 10}: 1 within, and 66.8 about the mean 5.2.
    let entry = find(tiering::TABLE, "natural_breaks").expect("a method");
    let found = given(tiering::TABLE, "natural_breaks", &(entry.example)());
    assert_eq!(of(&found, "bounds").values, [9.0, 4.0]);
    assert!((figure(&found, "goodness") - (1.0 - 1.0 / 66.8)).abs() < 1e-12);
    // Mean 5, population standard deviation 2.
    let entry = find(tiering::TABLE, "mean_sd").expect("a method");
    let found = given(tiering::TABLE, "mean_sd", &(entry.example)());
    agree("bounds", &of(&found, "bounds").values, &[7.0, 5.0, 3.0], 1e-12);
    assert_eq!((figure(&found, "mean"), figure(&found, "deviation")), (5.0, 2.0));
}
