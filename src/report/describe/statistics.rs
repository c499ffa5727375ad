//! The statistics of each indicator.

use quanheng_core::method::Stage;
use quanheng_core::model::NodeId;
use quanheng_core::statistics::{self, Flag, Kind, Sample, Scope, TABLE};
use quanheng_words::word;

use super::super::declaration::Declaration;
use super::super::{Block, Cell, Importance, Language, Reader, joined};
use super::{Section, View};

pub(super) const SECTION: Section = Section {
    name: "statistics",
    label: "Indicators",
    summary: "Statistics of each indicator: how many values, where they lie, how they are spread, and flags.",
    usual: true,
    build,
};

/// The stages after which the values of indicators are in their own unit.
pub const STAGES: [Stage; 3] = [Stage::System, Stage::Imputation, Stage::Treatment];

struct Row {
    scope: Scope,
    stage: Stage,
    leaf: NodeId,
    sample: Sample,
    /// How many cells of the scope imputation filled and treatment changed.
    filled: usize,
    treated: usize,
}

fn build(view: &View<'_>) -> Vec<Block> {
    let evaluation = view.evaluation;
    let mut marks = vec![[0_u8; 2]; 0];
    let leaves = evaluation.methodology().system.leaves();
    let rows_of_panel = evaluation.study().panel.rows();
    marks.resize(leaves.len() * rows_of_panel, [0; 2]);
    for change in statistics::changes(evaluation) {
        let which = usize::from(change.stage == Stage::Treatment);
        marks[change.leaf * rows_of_panel + change.row][which] = 1;
    }
    let stages: Vec<Stage> = match view.reader {
        Reader::Files => STAGES.to_vec(),
        Reader::People => vec![view.stage],
    };
    let mut rows = Vec::new();
    for scope in &view.scopes {
        let scopes = View { scopes: vec![scope.clone()], ..view.clone() }.scopes_with_classes();
        for stage in &stages {
            let columns = evaluation.columns(*stage).unwrap_or_default();
            for (k, (&leaf, column)) in leaves.iter().zip(columns).enumerate() {
                for scope in &scopes {
                    let marked = |which: usize| {
                        let is = |row: &&usize| marks[k * rows_of_panel + **row][which] == 1;
                        scope.rows.iter().filter(is).count()
                    };
                    rows.push(Row {
                        scope: scope.clone(),
                        stage: *stage,
                        leaf,
                        sample: Sample::new(&view.values(column.values(), scope)),
                        filled: marked(0),
                        treated: marked(1),
                    });
                }
            }
        }
    }
    let language = view.language;
    let any = |of: fn(&Row) -> usize| rows.iter().any(|row| of(row) > 0);
    let (is_filled, is_treated) = (any(|row| row.filled), any(|row| row.treated));
    let columns = view.scope_columns(|row: &Row| &row.scope);
    let mut columns = view
        .node_columns(columns, |row| row.leaf)
        .text("stage", word!(label_stage, language), |row| row.stage.name())
        .only_for(Reader::Files);
    for entry in TABLE {
        let label = Declaration::statistic(entry.name).says("", language).unwrap_or(entry.label);
        columns = columns.number(entry.name, label, |row: &Row| {
            (entry.compute)(&row.sample).map(|x| match entry.kind {
                Kind::Count => Cell::Count(x as usize),
                _ => Cell::number(x),
            })
        });
        match entry.kind {
            Kind::Share | Kind::Shape => columns = columns.digits(2),
            Kind::Count | Kind::Value => {}
        }
        if entry.detail {
            columns = columns.importance(Importance::Detail);
        }
    }
    let count = |n: usize| (n > 0 || view.reader == Reader::Files).then_some(n);
    let table = columns
        .number("filled", word!(describe_filled, language), |row| count(row.filled))
        .importance(Importance::Detail)
        .only_if(is_filled || view.reader == Reader::Files)
        .number("treated", word!(describe_treated, language), |row| count(row.treated))
        .importance(Importance::Detail)
        .only_if(is_treated || view.reader == Reader::Files)
        .text("flags", word!(describe_flags, language), |row| {
            let flags = statistics::flags(&row.sample);
            let words: Vec<String> = flags
                .iter()
                .map(|flag| match view.reader {
                    Reader::Files => code(*flag).to_owned(),
                    Reader::People => said(*flag, language).to_owned(),
                })
                .collect();
            joined(&words, language)
        })
        .importance(Importance::Key)
        .table(SECTION.name, view.reader, rows)
        .labelled(SECTION.title(language));
    vec![Block::Table(table)]
}

fn code(flag: Flag) -> &'static str {
    match flag {
        Flag::Outliers => "outliers",
        Flag::FewValues => "few_values",
        Flag::Constant => "constant",
    }
}

fn said(flag: Flag, language: Language) -> &'static str {
    match flag {
        Flag::Outliers => word!(describe_flag_outliers, language),
        Flag::FewValues => word!(describe_flag_few_values, language),
        Flag::Constant => word!(describe_flag_constant, language),
    }
}
