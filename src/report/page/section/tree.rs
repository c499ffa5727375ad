//! The tree of the index: its nodes and indicators with weights, units, directions, goalposts and methods.

use quanheng_words::word;

use super::super::super::workbook::indicators;
use super::super::super::{Cell, Head, Importance, Kind, walk};
use super::super::Writer;
use super::super::blocks::Look;
use super::super::figure::Below;
use super::Section;

pub(super) const SECTION: Section = Section {
    name: "tree",
    command: "show",
    title: |language| word!(page_tree, language),
    lead: |language| word!(page_tree_lead, language),
    is_there: |_| true,
    write,
};

fn write(writer: &mut Writer<'_>) {
    let language = writer.language;
    for view in writer.content.first_views() {
        writer.of_league(&view, |writer| writer.figure("icicle", &view, Below::In("tree"), |_| {}));
    }
    let evaluation = writer.content.first();
    let system = &evaluation.methodology().system;
    let mut table = indicators::table(evaluation, language);
    // The level is seen in the tree, and the parent too.
    let kept: Vec<usize> = (0..table.columns.len())
        .filter(|&k| !["level", "parent"].contains(&table.columns[k].key.as_str()))
        .collect();
    table = table.with_columns(&kept);
    let name = table.columns.iter().position(|head| head.key == "name").unwrap_or(0);
    table.columns[name].importance = Importance::Key;
    table.columns.iter_mut().filter(|head| head.key == "code").for_each(|head| {
        head.importance = Importance::Detail;
    });
    table.columns.push(Head {
        key: "method".to_owned(),
        label: word!(label_method, language).to_owned(),
        kind: Kind::Text,
        importance: Importance::Usual,
    });
    let nodes = super::super::super::in_order(system, system.root());
    for (row, id) in table.rows.iter_mut().zip(nodes) {
        row.push(Cell::Text(walk::method(evaluation, id, language)));
    }
    let label = word!(page_tree, language);
    writer.table(&table, Look { label, role: "tree", ..Look::default() });
    if let Some(notes) = walk::notes(system, language) {
        let label = word!(page_tree_notes, language);
        writer.closed(label, |writer| {
            writer.table(&notes, Look { label, ..Look::default() });
        });
    }
}
