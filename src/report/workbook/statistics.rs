//! The sheet of the statistics: how the values of each indicator and the scores of each node are distributed.

use quanheng_core::evaluation::Evaluation;
use quanheng_core::model::{Column, NodeId};
use quanheng_core::number::{extremes, median, moments, sorted};
use quanheng_words::word;

use super::super::{Cell, Columns, Language, Reader, Table, in_order};

struct Row<'e> {
    slice: usize,
    id: NodeId,
    column: &'e Column,
    values: Vec<f64>,
}

/// A row for each indicator, of its values as the data have them, and one for each node above, of its scores; in each of
/// these slices.
pub(super) fn table(evaluation: &Evaluation, slices: &[usize], language: Language) -> Table {
    let study = evaluation.study();
    let system = &evaluation.methodology().system;
    let of = |id: NodeId| match system.leaves().iter().position(|&leaf| leaf == id) {
        Some(k) => evaluation.indicators().column(k),
        None => evaluation.scores(id),
    };
    let mut rows = Vec::new();
    for &slice in slices {
        for id in in_order(system, system.root()) {
            let column = of(id);
            let range = study.panel.slices()[slice].rows.clone();
            let there = column.values()[range].iter().copied().filter(|x| !x.is_nan());
            rows.push(Row { slice, id, column, values: there.collect() });
        }
    }
    let slice = |row: &Row<'_>| &study.panel.slices()[row.slice];
    let is_leaf = |row: &Row<'_>| system.node(row.id).indicator.is_some();
    let finite = |x: f64| Cell::number_or_missing(if x.is_finite() { x } else { f64::NAN });
    let end =
        |row: &Row<'_>, high: bool| extremes(&row.values).map(|(a, b)| if high { b } else { a });
    let who = move |row: &Row<'_>, high: bool| {
        let value = end(row, high)?;
        let mut rows = study.panel.slices()[row.slice].rows.clone();
        let at = rows.find(|&at| row.column.values()[at] == value)?;
        Some(study.regions[study.panel.regions()[at].0 as usize].name(language.tag()).to_owned())
    };
    Columns::<Row<'_>>::new()
        .text("league", word!(label_league, language), |row| {
            study.leagues[slice(row).league.0 as usize].code.clone()
        })
        .only_if(study.leagues.len() > 1)
        .text("period", word!(label_period, language), |row| {
            study.periods[slice(row).period.0 as usize].label.clone()
        })
        .only_if(study.periods.len() > 1)
        .text("code", word!(label_code, language), |row| &system.node(row.id).code)
        .text("name", word!(label_name, language), |row| {
            let node = system.node(row.id);
            format!("{}{}", "  ".repeat(node.depth), node.name(language.tag()))
        })
        .text("of", word!(intermediate_of, language), |row| match is_leaf(row) {
            true => word!(book_of_values, language),
            false => word!(book_of_scores, language),
        })
        .number("n", word!(label_count, language), |row| row.values.len())
        .number("missing", word!(label_missing, language), |row| {
            slice(row).rows.len() - row.values.len()
        })
        .number("mean", word!(book_mean, language), |row| {
            quanheng_core::number::mean(&row.values).map(Cell::number)
        })
        .digits(4)
        .number("sd", word!(book_sd, language), |row| moments(&row.values).map(|m| finite(m.sd)))
        .digits(4)
        .number("lowest", word!(book_lowest, language), move |row| end(row, false))
        .digits(4)
        .number("median", word!(label_median, language), |row| {
            let mut ascending = Vec::new();
            sorted(&row.values, &mut ascending);
            median(&ascending).map(Cell::number)
        })
        .digits(4)
        .number("highest", word!(book_highest, language), move |row| end(row, true))
        .digits(4)
        .number("skewness", word!(book_skewness, language), |row| {
            moments(&row.values).filter(|m| m.n > 2).map(|m| finite(m.skewness))
        })
        .digits(2)
        .number("kurtosis", word!(book_kurtosis, language), |row| {
            moments(&row.values).filter(|m| m.n > 3).map(|m| finite(m.kurtosis))
        })
        .digits(2)
        .text("lowest_region", word!(book_lowest_region, language), move |row| who(row, false))
        .text("highest_region", word!(book_highest_region, language), move |row| who(row, true))
        .table("statistics", Reader::People, rows)
}
