//! The tree of the index: its nodes and indicators with weights, units, directions, goalposts and methods.

use quanheng_words::word;

use super::super::super::document::printer::{Printer, filled};
use super::super::super::{tree, walk};
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
    let table = tree::table(writer.content.first(), language);
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
    let table = tree::table(printer.content.first(), language);
    printer.table(&filled(&table), Some(word!(page_tree, language).to_owned()), usize::MAX);
    if let Some(notes) = walk::notes(&printer.content.first().methodology().system, language) {
        printer.table(&notes, Some(word!(page_tree_notes, language).to_owned()), usize::MAX);
    }
}
