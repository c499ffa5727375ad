//! The cells of the data that an evaluation filled in or changed, one by one.

use quanheng_core::evaluation::Evaluation;
use quanheng_core::model::Column;
use quanheng_core::statistics::{Change, changes};
use quanheng_words::word;

use super::{Cell, Columns, Language, Reader, Table};

/// Every cell that imputation filled in, and every one that treatment changed, for files.
pub(super) fn table(evaluation: &Evaluation, language: Language) -> Table {
    let study = evaluation.study();
    let system = &evaluation.methodology().system;
    let panel = &study.panel;
    let region = |change: &Change<'_>| &study.regions[panel.regions()[change.row].0 as usize];
    let leaf = |change: &Change<'_>| system.node(system.leaves()[change.leaf]);
    let value = |column: &Column, row: usize| Cell::Number(column.values()[row], column.state(row));
    Columns::<Change<'_>>::new()
        .text("league", word!(label_league, language), |change| {
            &study.leagues[panel.slice_of(change.row).league.0 as usize].code
        })
        .text("period", word!(label_period, language), |change| {
            &study.periods[panel.periods()[change.row].0 as usize].label
        })
        .text("code", word!(label_code, language), move |change| &region(change).code)
        .text("name", word!(label_region, language), move |change| {
            region(change).name(language.tag())
        })
        .text("indicator", word!(label_indicator, language), move |change| &leaf(change).code)
        .text("stage", word!(label_stage, language), |change| change.stage.name())
        .number("before", word!(change_head_before, language), move |change| {
            value(change.before, change.row)
        })
        .number("after", word!(change_head_after, language), move |change| {
            value(change.after, change.row)
        })
        .text("method", word!(change_head_method, language), |change| change.method.clone())
        .table("changed_cells", Reader::Files, changes(evaluation))
        .labelled(word!(change_head, language))
}
