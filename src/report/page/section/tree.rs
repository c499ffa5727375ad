//! The tree of the index: its nodes and indicators with weights, units, directions, goalposts and methods.

use quanheng_core::evaluation::Evaluation;
use quanheng_words::word;

use super::super::super::document::printer::{Printer, filled};
use super::super::super::workbook::indicators;
use super::super::super::{Cell, Head, Importance, Kind, Language, Table, in_order, walk};
use super::super::Writer;
use super::super::blocks::Look;
use super::super::figure::Below;
use super::{Print, Section};

pub(super) const SECTION: Section = Section {
    name: "tree",
    command: "show",
    title: |language| word!(page_tree, language),
    lead: |language| word!(page_tree_lead, language),
    is_there: |_| true,
    write,
    print: Some(Print { with_lead: true, write: print }),
};

fn write(writer: &mut Writer<'_>) {
    let language = writer.language;
    for view in writer.content.first_views() {
        writer.of_league(&view, |writer| writer.figure("icicle", &view, Below::In("tree"), |_| {}));
    }
    let table = table(writer.content.first(), language);
    let label = word!(page_tree, language);
    writer.table(&table, Look { label, role: "tree", ..Look::default() });
    if let Some(notes) = walk::notes(&writer.content.first().methodology().system, language) {
        let label = word!(page_tree_notes, language);
        writer.closed(label, |writer| {
            writer.table(&notes, Look { label, ..Look::default() });
        });
    }
}

fn print(printer: &mut Printer<'_>) {
    let language = printer.language;
    for view in printer.content.first_views() {
        printer.figure("icicle", &view, |_| {});
    }
    let table = table(printer.content.first(), language);
    printer.table(&filled(&table), Some(word!(page_tree, language).to_owned()), usize::MAX);
    if let Some(notes) = walk::notes(&printer.content.first().methodology().system, language) {
        printer.table(&notes, Some(word!(page_tree_notes, language).to_owned()), usize::MAX);
    }
}

/// The nodes of the index in the order of the tree, with what is stated for each and the method by which its score is made.
fn table(evaluation: &Evaluation, language: Language) -> Table {
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
