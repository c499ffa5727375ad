//! The sheet of the statistics: how the values of each indicator and the scores of each node are distributed.

use quanheng_core::evaluation::Evaluation;
use quanheng_core::model::{Column, NodeId};
use quanheng_core::statistics::{Kind, Sample, TABLE};
use quanheng_words::word;

use super::super::declaration::Declaration;
use super::super::{Cell, Columns, Language, Reader, Table, in_order};

struct Row<'e> {
    slice: usize,
    id: NodeId,
    column: &'e Column,
    sample: Sample,
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
            rows.push(Row { slice, id, column, sample: Sample::new(&column.values()[range]) });
        }
    }
    let slice = |row: &Row<'_>| &study.panel.slices()[row.slice];
    let is_leaf = |row: &Row<'_>| system.node(row.id).indicator.is_some();
    let end = |row: &Row<'_>, high: bool| match high {
        true => row.sample.ascending.last().copied(),
        false => row.sample.ascending.first().copied(),
    };
    let who = move |row: &Row<'_>, high: bool| {
        let value = end(row, high)?;
        let mut rows = study.panel.slices()[row.slice].rows.clone();
        let at = rows.find(|&at| row.column.values()[at] == value)?;
        Some(study.regions[study.panel.regions()[at].0 as usize].name(language.tag()).to_owned())
    };
    let mut columns = Columns::<Row<'_>>::new()
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
        });
    for entry in TABLE {
        let label = Declaration::statistic(entry.name).says("", language).unwrap_or(entry.label);
        columns = columns.number(entry.name, label, |row: &Row<'_>| {
            (entry.compute)(&row.sample).map(|x| match entry.kind {
                Kind::Count => Cell::Count(x as usize),
                _ => Cell::number(x),
            })
        });
        match entry.kind {
            Kind::Value => columns = columns.digits(4),
            Kind::Share | Kind::Shape => columns = columns.digits(2),
            Kind::Count => {}
        }
    }
    columns
        .text("lowest_region", word!(book_lowest_region, language), move |row| who(row, false))
        .text("highest_region", word!(book_highest_region, language), move |row| who(row, true))
        .table("statistics", Reader::People, rows)
}
