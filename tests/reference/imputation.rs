//! Imputation against COINr, and the imputation step of the ASEM index.

use quanheng_core::conformance::Trial;
use quanheng_core::imputation::TABLE;
use quanheng_core::method::{Example, MethodError, Settings, Value, find};
use quanheng_core::model::{Direction, Group, Indicator, RegionIx};

use super::{Figures, agree};

fn impute(
    method: &str,
    settings: &[(&str, Value)],
    column: &[f64],
    periods: usize,
    groups: Vec<Group>,
) -> Result<Vec<f64>, MethodError> {
    let settings = Settings(settings.iter().map(|(k, v)| (k.to_string(), v.clone())).collect());
    let method = (find(TABLE, method).expect("a method").make)(&settings).expect("good settings");
    method.trial(&Example { columns: vec![column.to_vec()], periods, groups, ..Example::default() })
}

/// A group from a column of class numbers.
fn group(code: &str, classes: &[f64]) -> Group {
    let mut group = Group { code: code.to_owned(), ..Group::default() };
    for (region, class) in classes.iter().enumerate() {
        group.classes.entry(class.to_string()).or_default().push(RegionIx(region as u32));
    }
    group
}

/// The column with its empty cells taken from a table keyed by indicator and row.
fn filled(code: &str, rows: &[String], values: &[f64], cells: &Figures, of: &str) -> Vec<f64> {
    let figures = cells.column(of);
    let cell = |row: &str| {
        let key = format!("{code}/{row}");
        cells.keys.iter().position(|k| *k == key).map_or(f64::NAN, |at| figures[at])
    };
    let pairs = values.iter().zip(rows);
    pairs.map(|(&x, row)| if x.is_nan() { cell(row) } else { x }).collect()
}

#[test]
fn columns_and_groups() {
    let raw = Figures::read("coinr_asem_raw");
    let expected = Figures::read("coinr_impute");
    for (method, by, of) in [
        ("mean", None, "mean"),
        ("median", None, "median"),
        ("group_mean", Some("EurAsia_group"), "mean_EurAsia"),
        ("group_mean", Some("GDP_group"), "mean_GDP"),
        ("group_median", Some("EurAsia_group"), "median_EurAsia"),
    ] {
        let groups = by.map(|code| group(code, raw.column(code)));
        let settings: Vec<_> = by.map(|code| ("group", Value::from(code))).into_iter().collect();
        for code in &raw.names[6..] {
            let values = raw.column(code);
            let found = impute(method, &settings, values, 1, groups.clone().into_iter().collect());
            let wanted = filled(code, &raw.keys, values, &expected, of);
            agree(&format!("{of} {code}"), &found.expect("filled"), &wanted, 1e-9);
        }
    }
}

#[test]
fn panels() {
    let panel = Figures::read("coinr_panel");
    let expected = Figures::read("coinr_impute_panel");
    let leave = ("unfilled", Value::from("leave"));
    for (method, settings, of) in [
        ("carry", vec![leave.clone()], "latest"),
        ("carry", vec![("max_gap", 1.0.into()), leave], "latest_1"),
        ("carry", vec![("backward", true.into())], "constant"),
        ("interpolate", vec![], "linear"),
    ] {
        for code in &panel.names {
            let values = panel.column(code);
            let found = impute(method, &settings, values, 5, vec![]).expect("filled");
            let wanted = filled(code, &panel.keys, values, &expected, of);
            agree(&format!("{of} {code}"), &found, &wanted, 1e-9);
        }
    }
    // What cannot be filled is named.
    let refused = impute("carry", &[], panel.column("LPI"), 5, vec![]);
    assert!(matches!(refused, Err(MethodError::Absent { column: 0, .. })), "{refused:?}");
}

/// Against scikit-learn's KNNImputer on columns divided by their standard deviations.
#[test]
fn nearest_regions() {
    let data = Figures::read("asem_denominated");
    let expected = Figures::read("sklearn_nearest");
    for (k, of) in [(1.0, "nearest_1"), (5.0, "nearest_5")] {
        let settings = Settings::from([("k", k.into())]);
        let method = (find(TABLE, "nearest").expect("a method").make)(&settings).expect("made");
        for (at, code) in data.names.iter().enumerate() {
            let mut columns = data.columns.clone();
            columns.swap(0, at);
            let found = method.trial(&Example { columns, ..Example::default() }).expect("filled");
            let wanted = filled(code, &data.keys, data.column(code), &expected, of);
            agree(&format!("{of} {code}"), &found, &wanted, 1e-9);
        }
    }
}

/// Against imputePCA of missMDA, on its own table and on columns of ASEM.
#[test]
fn principal_components() {
    let orange = Figures::read("missmda_orange");
    let mut asem = Figures::read("asem_denominated");
    let expected = Figures::read("missmda_impute_pca");
    let gaps = |column: &Vec<f64>| column.iter().any(|x| x.is_nan());
    let taken: Vec<usize> = (0..asem.names.len())
        .filter(|&k| {
            gaps(&asem.columns[k]) || ["LPI", "CPI", "Cov4G"].contains(&asem.names[k].as_str())
        })
        .collect();
    assert_eq!(taken.len(), 21);
    asem.names = taken.iter().map(|&k| asem.names[k].clone()).collect();
    asem.columns = taken.iter().map(|&k| asem.columns[k].clone()).collect();
    let variants: [(&str, &[(&str, Value)]); 6] = [
        ("default", &[]),
        ("em_1", &[("components", 1.0.into()), ("shrinkage", 0.0.into())]),
        ("unscaled", &[("scale", false.into())]),
        ("half", &[("shrinkage", 0.5.into())]),
        ("tight", &[("tolerance", 1e-10.into()), ("steps", 100_000.0.into())]),
        (
            "em_2",
            &[("shrinkage", 0.0.into()), ("tolerance", 1e-5.into()), ("steps", 100_000.0.into())],
        ),
    ];
    for (of, settings) in variants {
        let settings = settings.iter().map(|(k, v)| ((*k).to_owned(), v.clone()));
        let settings = Settings(settings.collect());
        let method = (find(TABLE, "iterative_pca").expect("a method").make)(&settings);
        let method = method.expect("good settings");
        for data in [&orange, &asem] {
            for (at, code) in
                data.names.iter().enumerate().filter(|(at, _)| gaps(&data.columns[*at]))
            {
                let mut columns = data.columns.clone();
                columns.swap(0, at);
                let found = method.trial(&Example { columns, ..Example::default() });
                let wanted = filled(code, &data.keys, data.column(code), &expected, of);
                agree(&format!("{of} {code}"), &found.expect("filled"), &wanted, 1e-8);
            }
        }
    }
}

#[test]
fn small_columns() {
    let edge = Figures::read("coinr_edge_treatment");
    let mut start = 0;
    while start < edge.keys.len() {
        let name = |at: usize| edge.keys[at].split('/').next().expect("a name");
        let end = (start..edge.keys.len()).find(|&at| name(at) != name(start));
        let rows = start..end.unwrap_or(edge.keys.len());
        let values = &edge.column("x")[rows.clone()];
        for (method, of) in [("mean", "i_mean"), ("median", "i_median")] {
            let found = impute(method, &[], values, 1, vec![]).expect("filled");
            agree(&format!("{of} {}", name(start)), &found, &edge.column(of)[rows.clone()], 1e-9);
        }
        start = rows.end;
    }
}

/// The ASEM index fills each cell with the mean of Asia or of Europe, after denomination.
#[test]
fn asem_index() {
    let denominated = Figures::read("asem_denominated");
    let expected = Figures::read("asem_imputed_treated");
    let continents = group("continent", Figures::read("coinr_asem_raw").column("EurAsia_group"));
    for code in &denominated.names {
        let values = denominated.column(code);
        let by = [("group", Value::from("continent"))];
        let found = impute("group_mean", &by, values, 1, vec![continents.clone()]).expect("filled");
        let wanted = filled(code, &denominated.keys, values, &expected, "imputed");
        agree(code, &found, &wanted, 1e-13);
    }
}

/// Against COINr's `Impute` by the rows of each group, which scales the indicators by min-max first.
#[test]
fn rows_within_a_group() {
    let raw = Figures::read("coinr_asem_raw");
    let groups = Figures::read("coinr_asem_groups");
    let expected = Figures::read("coinr_impute_row");
    let method = (find(TABLE, "row").expect("a method").make)(&Settings::default());
    let method = method.expect("no settings");
    let (of, directions) = (groups.column("group"), groups.column("direction"));
    for (at, code) in groups.keys.iter().enumerate() {
        let others = (0..of.len()).filter(|k| *k != at && of[*k] == of[at]);
        let members: Vec<usize> = std::iter::once(at).chain(others).collect();
        let direction = |k: &usize| Indicator {
            direction: if directions[*k] < 0.0 { Direction::Negative } else { Direction::Positive },
            ..Indicator::default()
        };
        let example = Example {
            columns: members.iter().map(|k| raw.column(&groups.keys[*k]).to_vec()).collect(),
            indicators: members.iter().map(direction).collect(),
            ..Example::default()
        };
        let wanted = filled(code, &raw.keys, &example.columns[0], &expected, "mean");
        let found = method.trial(&example).expect("filled");
        agree(&format!("row mean {code}"), &found, &wanted, 1e-9);
    }
}

/// Against COINr's `Impute` of a data frame by the medians of its rows, on the scale of the columns.
#[test]
fn medians_of_rows() {
    let table = Figures::read("coinr_impute_row_median");
    let settings = Settings::from([("centre", "median".into()), ("scale", "none".into())]);
    let method = (find(TABLE, "row").expect("a method").make)(&settings).expect("settings");
    for k in 1..=5 {
        let others = (1..=5).filter(|other| *other != k);
        let columns = std::iter::once(k).chain(others);
        let columns = columns.map(|k| table.column(&format!("x{k}")).to_vec()).collect();
        let found = method.trial(&Example { columns, ..Example::default() }).expect("filled");
        agree(&format!("row median x{k}"), &found, table.column(&format!("e{k}")), 1e-12);
    }
}
