//! What a careful reader must know and is not wrong.

use quanheng_words::word;

use super::super::super::document::printer::{Printer, filled};
use super::super::super::notes;
use super::super::Writer;
use super::super::blocks::Look;
use super::{Print, Section};

pub(super) const SECTION: Section = Section {
    name: "notes",
    command: "check",
    title: |language| word!(note_head, language),
    lead: |language| word!(page_notes_lead, language),
    is_there: |content| !content.notes.all().is_empty(),
    write,
    print: Some(Print { with_lead: true, write: print }),
};

fn write(writer: &mut Writer<'_>) {
    let language = writer.language;
    let table = notes::table(writer.content.notes, language);
    let label = word!(note_head, language);
    writer.table(&table, Look { label, role: "notes", ..Look::default() });
}

fn print(printer: &mut Printer<'_>) {
    let language = printer.language;
    if printer.content.notes.all().is_empty() {
        return;
    }
    let table = notes::table(printer.content.notes, language);
    let keys = ["code", "what", "methodologies", "hint", "silenced"];
    let kept: Vec<usize> = keys
        .iter()
        .filter_map(|key| table.columns.iter().position(|head| head.key == *key))
        .collect();
    let table = filled(&table.with_columns(&kept));
    printer.table(&table, Some(word!(note_head, language).to_owned()), usize::MAX);
}
