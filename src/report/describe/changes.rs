//! The cells that imputation filled in and those that treatment changed.

use quanheng_core::evaluation::Donors;
use quanheng_core::method::Stage;
use quanheng_core::model::Column;
use quanheng_core::statistics::{Change, Scope, changes};
use quanheng_words::word;

use super::super::{Block, Cell, Columns, Reader, joined};
use super::{Section, View};

pub(super) const FILLED: Section = Section {
    name: "filled",
    label: "Cells filled in",
    summary: "Every cell that imputation filled in: the value, the method, and the regions or classes whose values it was made of.",
    usual: false,
    build: |view| build(view, &FILLED, Stage::Imputation),
};

pub(super) const TREATED: Section = Section {
    name: "treated",
    label: "Cells treated",
    summary: "Every cell that treatment changed: the value before and after, and the methods.",
    usual: false,
    build: |view| build(view, &TREATED, Stage::Treatment),
};

fn build(view: &View<'_>, section: &Section, stage: Stage) -> Vec<Block> {
    struct Row<'e> {
        scope: &'e Scope,
        change: Change<'e>,
    }
    let evaluation = view.evaluation;
    let (study, language) = (evaluation.study(), view.language);
    let of_stage = changes(evaluation).into_iter().filter(|change| change.stage == stage);
    let in_scope = of_stage.filter_map(|change| {
        let mut scopes = view.scopes.iter();
        let scope = scopes.find(|scope| scope.rows.binary_search(&change.row).is_ok())?;
        Some(Row { scope, change })
    });
    let mut rows: Vec<Row<'_>> = in_scope.collect();
    if rows.is_empty() && view.reader == Reader::People {
        return Vec::new();
    }
    let more = view.cut(&mut rows);
    let has_donors = stage == Stage::Imputation
        && rows.iter().any(|row| evaluation.donors(row.change.leaf, row.change.row).is_some());
    let region = |row: &Row<'_>| &study.regions[study.panel.regions()[row.change.row].0 as usize];
    let value = |column: &Column, row: usize| Cell::Number(column.values()[row], column.state(row));
    let system = &evaluation.methodology().system;
    let columns = Columns::<Row<'_>>::new()
        .text("league", word!(label_league, language), |row| {
            &study.leagues[row.scope.league.0 as usize].code
        })
        .only_for(Reader::Files)
        .text("period", word!(label_period, language), |row| {
            &study.periods[study.panel.periods()[row.change.row].0 as usize].label
        })
        .only_if(view.reader == Reader::Files || view.scopes.iter().any(|s| s.period.is_none()));
    let table = columns
        .text("indicator", word!(label_indicator, language), |row| {
            &system.node(system.leaves()[row.change.leaf]).code
        })
        .text("code", word!(label_code, language), |row| &region(row).code)
        .text("name", word!(label_region, language), |row| region(row).name(language.tag()))
        .number("before", word!(change_head_before, language), |row| {
            value(row.change.before, row.change.row)
        })
        .number("after", word!(change_head_after, language), |row| {
            value(row.change.after, row.change.row)
        })
        .text("method", word!(change_head_method, language), |row| row.change.method.clone())
        .text("made_of", word!(describe_made_of, language), |row| {
            let donors = evaluation.donors(row.change.leaf, row.change.row)?;
            Some(made_of(view, &donors))
        })
        .only_if(stage == Stage::Imputation && (view.reader == Reader::Files || has_donors))
        .table(section.name, view.reader, rows)
        .labelled(section.title(language));
    [Some(Block::Table(table)), more].into_iter().flatten().collect()
}

/// The regions or classes whose values make the value of a filled cell; for files regions by code.
fn made_of(view: &View<'_>, donors: &Donors) -> String {
    let study = view.evaluation.study();
    let name = |row: &usize| {
        let region = &study.regions[study.panel.regions()[*row].0 as usize];
        match view.reader {
            Reader::People => region.name(view.language.tag()).to_owned(),
            Reader::Files => region.code.clone(),
        }
    };
    let names: Vec<String> = match donors {
        Donors::Rows(rows) => rows.iter().map(name).collect(),
        Donors::Classes { group, classes } => {
            classes.iter().map(|(class, n)| format!("{group} {class} (n = {n})")).collect()
        }
    };
    match view.reader {
        Reader::People => joined(&names, view.language),
        Reader::Files => names.join("; "),
    }
}
