//! Aggregation against pymcdm and Compind.

use super::{Figures, agree};
use quanheng_core::aggregation::TABLE;
use quanheng_core::conformance::Trial;
use quanheng_core::method::{Example, Settings, Value, find};
use quanheng_core::model::{Direction, Indicator, Neighbours, RegionIx};

fn scores(name: &str, settings: Settings, example: &Example) -> Vec<f64> {
    let entry = find(TABLE, name).expect("a method");
    let method = (entry.make)(&settings).expect("settings that fit");
    method.trial(example).unwrap_or_else(|e| panic!("{name}: {e}"))
}

#[test]
fn weighing_regions_against_each_other() {
    let text = |k, v: &str| Settings::from([(k, Value::from(v))]);
    let shape = |name: &str| {
        let shape = ("preference", Value::from(name));
        Settings::from([shape, ("p", 0.5.into()), ("q", 0.1.into()), ("relative", true.into())])
    };
    for input in ["asem51x49", "rand31x65"] {
        let matrix = Figures::read(&format!("mcdm_{input}"));
        let criteria = Figures::read(&format!("mcdm_{input}_criteria"));
        let expected = Figures::read(&format!("aggregation_mcdm_{input}"));
        assert_eq!(matrix.keys, expected.keys);
        let direction = |t: &f64| if *t < 0.0 { Direction::Negative } else { Direction::Positive };
        let indicator = |t| Indicator { direction: direction(t), ..Indicator::default() };
        let example = Example {
            columns: matrix.columns.clone(),
            indicators: criteria.column("type").iter().map(indicator).collect(),
            weights: criteria.column("w_random").to_vec(),
            ..Example::default()
        };
        for (column, method, settings) in [
            ("TOPSIS_minmax_default", "topsis", text("scale", "min_max")),
            ("TOPSIS_vector", "topsis", text("scale", "vector")),
            ("VIKOR_v0.5", "vikor", Settings::default()),
            ("VIKOR_v0.7", "vikor", Settings::from([("v", 0.7.into())])),
            ("PROMETHEE_II_usual", "promethee", Settings::default()),
            ("PROMETHEE_II_ushape", "promethee", shape("ushape")),
            ("PROMETHEE_II_vshape", "promethee", shape("vshape")),
            ("PROMETHEE_II_level", "promethee", shape("level")),
            ("PROMETHEE_II_vshape_2", "promethee", shape("vshape_2")),
            ("WASPAS_l0.5", "waspas", Settings::default()),
            ("MOORA", "moora", Settings::default()),
            ("EDAS", "edas", Settings::default()),
            ("ARAS_sum_default", "aras", Settings::default()),
            ("COPRAS_canonical", "copras", Settings::default()),
            ("sk:TOPSIS_vector_native", "topsis", text("scale", "vector")),
            ("sk:VIKOR", "vikor", Settings::default()),
            ("sk:RatioMOORA_vector", "moora", Settings::default()),
            ("sk:EDAS", "edas", Settings::default()),
        ] {
            if expected.names.iter().any(|n| n == column) {
                let found = scores(method, settings, &example);
                near(&format!("{column} of {input}"), &found, expected.column(column));
            }
        }
    }
}

/// The children of each node of the ASEM tree that has some, lowest level first.
fn asem_tree() -> Vec<(String, Vec<String>)> {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/asem/tree.csv");
    let text = std::fs::read_to_string(path).expect("the tree");
    let mut nodes: indexmap::IndexMap<String, Vec<String>> = indexmap::IndexMap::new();
    for line in text.lines().skip(1) {
        let mut cells = line.split(',').map(str::to_owned);
        let (code, parent) = (cells.next().expect("a code"), cells.next().expect("a parent"));
        if !parent.is_empty() {
            nodes.entry(parent).or_default().push(code);
        }
    }
    let mut nodes: Vec<_> = nodes.into_iter().collect();
    nodes.reverse();
    nodes
}

/// Every node of COINr's ASEM example, from the figures that COINr has for its children; `*` with random weights.
fn means_of_asem(leaves: &Figures, expected: &Figures, variants: &[(&str, &str, Settings)]) {
    let rows: Vec<usize> = expected.keys.iter().map(|k| leaves.row(k)).collect();
    let weights = Figures::read("aggregation_coinr_weights");
    let weight = |code: &String| {
        let at = weights.keys.iter().position(|k| k == code).expect("a weight");
        weights.column("random")[at]
    };
    for (variant, method, settings) in variants {
        for (node, children) in asem_tree() {
            let child = |code: &String| {
                if leaves.names.contains(code) {
                    let from = leaves.column(code);
                    return rows.iter().map(|&row| from[row]).collect();
                }
                expected.column(&format!("{variant}:{code}")).to_vec()
            };
            let own = variant.ends_with('*');
            let example = Example {
                columns: children.iter().map(child).collect(),
                weights: children.iter().map(|c| if own { weight(c) } else { 1.0 }).collect(),
                ..Example::default()
            };
            let column = format!("{variant}:{node}");
            let mut found = scores(method, settings.clone(), &example);
            if *method == "power" {
                // COINr's power mean is absent where one child is; ours goes on with the others.
                for (row, score) in found.iter_mut().enumerate() {
                    if example.columns.iter().any(|c| c[row].is_nan()) {
                        *score = f64::NAN;
                    }
                }
            }
            agree(&column, &found, expected.column(&column), 1e-9);
        }
    }
}

fn power(exponent: f64) -> Settings {
    Settings::from([("exponent", exponent.into())])
}

#[test]
fn means_of_coinr() {
    let leaves = Figures::read("mcdm_asem51x49_norm");
    let none = Settings::default;
    let variants = [
        ("arithmetic", "arithmetic", none()),
        ("arithmetic*", "arithmetic", none()),
        ("geometric", "geometric", none()),
        ("geometric*", "geometric", none()),
        ("harmonic", "harmonic", none()),
        ("harmonic*", "harmonic", none()),
        ("power-1", "power", power(-1.0)),
        ("power0.5", "power", power(0.5)),
        ("power0.5*", "power", power(0.5)),
        ("power2", "power", power(2.0)),
        ("power3", "power", power(3.0)),
    ];
    means_of_asem(&leaves, &Figures::read("aggregation_coinr_complete"), &variants);
}

#[test]
fn means_of_coinr_over_what_is_present() {
    let table = Figures::read("aggregation_coinr_gaps");
    let none = Settings::default;
    let variants = [
        ("arithmetic", "arithmetic", none()),
        ("arithmetic*", "arithmetic", none()),
        ("geometric", "geometric", none()),
        ("geometric*", "geometric", none()),
        ("harmonic", "harmonic", none()),
        ("harmonic*", "harmonic", none()),
        ("power0.5", "power", power(0.5)),
        ("power2", "power", power(2.0)),
        ("power3", "power", power(3.0)),
    ];
    means_of_asem(&table, &table, &variants);
}

/// Pairs of equal weight are ties here; COINr parts some of them by the rounding of a sum, see docs/differences.
#[test]
fn copeland_with_exact_ties() {
    let leaves = Figures::read("mcdm_asem51x49_norm");
    let expected = Figures::read("aggregation_coinr_copeland");
    let example = Example { columns: leaves.columns.clone(), ..Example::default() };
    let found = scores("copeland", Settings::default(), &example);
    agree("exact:all49", &found, expected.column("exact:all49"), 1e-12);
}

#[test]
fn pillars_of_asem() {
    let t = Figures::read("aggregation_compind_asem");
    let pillars = Example { columns: t.columns[..8].to_vec(), ..Example::default() };
    for (column, lower, upper) in [("bod", 0.0, 1.0), ("bod_0.05_0.3", 0.05, 0.3)] {
        let shares = Settings::from([("lower", lower.into()), ("upper", upper.into())]);
        agree(column, &scores("benefit_of_doubt", shares, &pillars), t.column(column), 1e-9);
    }
}

#[test]
fn roads_and_railways() {
    let t = Figures::read("aggregation_compind_eu");
    let pair = |prefix: &str, by: f64, more: f64| Example {
        columns: ["roads", "trains"]
            .map(|n| t.column(&format!("{prefix}{n}")).iter().map(|x| x * by + more).collect())
            .into(),
        ..Example::default()
    };
    let none = Settings::default;
    let two = |a: (&'static str, f64), b: (&'static str, f64)| {
        Settings::from([(a.0, a.1.into()), (b.0, b.1.into())])
    };
    let shares = |lower, upper| two(("lower", lower), ("upper", upper));
    let mean_min = |beta| two(("alpha", 0.5), ("beta", beta));
    let sample = Settings::from([("variance", "sample".into())]);
    let (raw, scaled) = (pair("", 1.0, 0.0), pair("mm_", 1.0, 0.0));
    let (above_zero, around_100) = (pair("mm_", 1.0, 0.01), pair("z_", 10.0, 100.0));
    for (column, method, settings, input) in [
        ("bod_raw", "benefit_of_doubt", none(), &raw),
        ("bod_minmax", "benefit_of_doubt", none(), &scaled),
        ("bod_constr_up0.6_low0.4", "benefit_of_doubt", shares(0.4, 0.6), &scaled),
        ("bod_constr_up0.8_low0.2", "benefit_of_doubt", shares(0.2, 0.8), &scaled),
        ("bod_constr_up1_low0.05", "benefit_of_doubt", shares(0.05, 1.0), &scaled),
        ("wroclaw_raw", "wroclaw", none(), &raw),
        ("wroclaw_minmax", "wroclaw", none(), &scaled),
        ("mean_min_0", "mean_min", mean_min(0.0), &around_100),
        ("mean_min_10", "mean_min", mean_min(10.0), &around_100),
        ("generalized_-1", "power", power(-1.0), &above_zero),
        ("generalized_2", "power", power(2.0), &above_zero),
        ("mpi_POSPOS_penaltyPOS", "mazziotta_pareto", sample, &around_100),
    ] {
        near(column, &scores(method, settings, input), t.column(column));
    }
}

/// Compind rounds to three decimals.
#[test]
fn adjusted_mazziotta_pareto() {
    let t = Figures::read("aggregation_compind_ampi");
    let columns = t.columns[..2].to_vec();
    let reference = vec![50.0, 100.0];
    for (column, second) in [("POSPOS", Direction::Positive), ("POSNEG", Direction::Negative)] {
        let indicator = |direction| Indicator { direction, ..Indicator::default() };
        let example = Example {
            columns: columns.clone(),
            indicators: vec![indicator(Direction::Positive), indicator(second)],
            ..Example::default()
        };
        let settings = Settings::from([("reference", reference.clone().into())]);
        let found = scores("adjusted_mazziotta_pareto", settings, &example);
        for (row, (a, b)) in found.iter().zip(t.column(column)).enumerate() {
            assert!((a - b).abs() < 5.1e-4, "{column}, row {row}: found {a}, expected {b}");
        }
    }
}

#[test]
fn better_life() {
    let t = Figures::read("aggregation_compind_bli");
    let with = |columns: &[Vec<f64>]| Example { columns: columns.to_vec(), ..Example::default() };
    let raw = with(&t.columns[..11]);
    for (column, lower, upper) in [
        ("bod_raw", 0.0, 1.0),
        ("bod_constr_up0.3_low0.03", 0.03, 0.3),
        ("bod_constr_up0.2_low0.05", 0.05, 0.2),
        ("bod_constr_up1_low0.01", 0.01, 1.0),
    ] {
        let shares = Settings::from([("lower", lower.into()), ("upper", upper.into())]);
        agree(column, &scores("benefit_of_doubt", shares, &raw), t.column(column), 1e-9);
    }
    let z = t.names.iter().position(|n| n.starts_with("z_")).expect("z-scores");
    let z = with(&t.columns[z..z + 11]);
    for (column, penalty) in [("mpi_penaltyNEG", "add"), ("mpi_penaltyPOS", "subtract")] {
        let settings = Settings::from([("penalty", penalty.into()), ("variance", "sample".into())]);
        agree(column, &scores("mazziotta_pareto", settings, &z), t.column(column), 1e-9);
    }
    let mm = t.names.iter().position(|n| n.starts_with("mm_")).expect("min-max");
    let mm = with(&t.columns[mm..mm + 11]);
    let order = |first: f64, split: usize| {
        let weight = |j| if j < split { first } else { 1.0 - first };
        Settings::from([("order_weights", (0..11).map(weight).collect::<Vec<f64>>().into())])
    };
    near("CI_OWA_p", &scores("owa", order(1.0, 5), &mm), t.column("CI_OWA_p"));
    near("CI_OWA_n", &scores("owa", order(0.0, 6), &mm), t.column("CI_OWA_n"));
}

/// The spatial lag by PySAL's libpysal: with the diagonal and without it, with weights of rows made 1 and as they are.
#[test]
fn spatial_lags() {
    let t = Figures::read("aggregation_spatial");
    let stated = Figures::read("aggregation_spatial_links");
    let mut links = Vec::new();
    for (pair, &weight) in stated.keys.iter().zip(stated.column("weight")) {
        let (one, other) = pair.split_once('-').expect("a pair");
        let [one, other] = [one, other].map(|code| RegionIx(t.row(code) as u32));
        links.extend([(one, other, weight), (other, one, weight)]);
    }
    let example = Example {
        columns: t.columns[..3].to_vec(),
        weights: vec![0.5, 0.3, 0.2],
        neighbours: Some(Neighbours::new(links)),
        ..Example::default()
    };
    for (column, standardised, diagonal) in [
        ("lag", "rows", 0.0),
        ("lag_sum", "none", 0.0),
        ("window", "rows", 1.0),
        ("window_sum", "none", 1.0),
        ("half", "rows", 0.5),
    ] {
        let settings =
            Settings::from([("standardised", standardised.into()), ("diagonal", diagonal.into())]);
        agree(column, &scores("spatial_lag", settings, &example), t.column(column), 1e-13);
    }
}

/// Agreement where scores can be close to zero.
fn near(what: &str, found: &[f64], expected: &[f64]) {
    for (row, (a, b)) in found.iter().zip(expected).enumerate() {
        assert!((a - b).abs() <= 1e-10, "{what}, row {row}: found {a}, expected {b}");
    }
}
