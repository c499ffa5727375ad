//! The tree of an index as a table.

use quanheng_core::evaluation::Evaluation;
use quanheng_words::word;

use super::workbook::indicators;
use super::{Cell, Head, Importance, Kind, Language, Table, in_order, walk};

/// The nodes of the index in the order of the tree, with what is stated for each and the method by which its score is made.
pub(super) fn table(evaluation: &Evaluation, language: Language) -> Table {
    let system = &evaluation.methodology().system;
    let mut table = indicators::table(evaluation, language);
    // The level is seen in the tree, and the parent too.
    let kept: Vec<usize> = (0..table.columns.len())
        .filter(|&k| !["level", "parent"].contains(&table.columns[k].key.as_str()))
        .collect();
    table = table.with_columns(&kept);
    for head in &mut table.columns {
        match head.key.as_str() {
            "name" => head.importance = Importance::Key,
            "code" => head.importance = Importance::Detail,
            _ => {}
        }
    }
    table.columns.push(Head {
        key: "method".to_owned(),
        label: word!(label_method, language).to_owned(),
        kind: Kind::Text,
        importance: Importance::Usual,
    });
    for (row, id) in table.rows.iter_mut().zip(in_order(system, system.root())) {
        row.push(Cell::Text(walk::method(evaluation, id, language)));
    }
    table
}
