//! What a careful reader must know and is not wrong.

use quanheng_words::word;

use super::super::super::notes;
use super::super::Writer;
use super::super::blocks::Look;
use super::Section;

pub(super) const SECTION: Section = Section {
    name: "notes",
    command: "check",
    title: |language| word!(note_head, language),
    lead: |language| word!(page_notes_lead, language),
    is_there: |content| !content.notes.all().is_empty(),
    write,
};

fn write(writer: &mut Writer<'_>) {
    let language = writer.language;
    let table = notes::table(writer.content.notes, language);
    let label = word!(note_head, language);
    writer.table(&table, Look { label, role: "notes", ..Look::default() });
}
