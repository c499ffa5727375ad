//! The cells of the data that an evaluation filled in or changed, one by one.

use quanheng_core::evaluation::Evaluation;
use quanheng_core::method::Stage;
use quanheng_core::model::Column;
use quanheng_words::word;

use super::{Cell, Columns, Language, Reader, Table};

/// A cell that a stage filled in or changed.
struct Change<'e> {
    row: usize,
    leaf: usize,
    stage: Stage,
    before: &'e Column,
    after: &'e Column,
    method: String,
}

/// Every cell that imputation filled in, and every one that treatment changed, for files.
pub(super) fn table(evaluation: &Evaluation, language: Language) -> Table {
    let study = evaluation.study();
    let methodology = evaluation.methodology();
    let system = &methodology.system;
    let raw = evaluation.indicators().columns();
    let (complete, treated) = (evaluation.complete().columns(), evaluation.treated().columns());
    let mut changes = Vec::new();
    for (k, &leaf) in system.leaves().iter().enumerate() {
        let steps = methodology.treatment.iter().map(|plan| plan.at(leaf));
        let steps = steps.filter(|choice| !choice.method.is_identity());
        let treatment = steps.map(|choice| choice.name.as_str()).collect::<Vec<_>>().join(" + ");
        let stages = [
            (
                Stage::Imputation,
                &raw[k],
                &complete[k],
                methodology.imputation.at(leaf).name.clone(),
            ),
            (Stage::Treatment, &complete[k], &treated[k], treatment),
        ];
        for (stage, before, after, method) in stages {
            if before.same_storage(after) {
                continue;
            }
            let cells = before.values().iter().zip(after.values()).enumerate();
            let changed = cells.filter(|(_, (x, y))| !y.is_nan() && (x.is_nan() || x != y));
            changes.extend(changed.map(|(row, _)| Change {
                row,
                leaf: k,
                stage,
                before,
                after,
                method: method.clone(),
            }));
        }
    }
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
        .table("changed_cells", Reader::Files, changes)
        .labelled(word!(change_head, language))
}
