//! Every combination of choices, where a multiverse was evaluated.

use quanheng_words::word;

use super::super::Writer;
use super::Section;

pub(super) const SECTION: Section = Section {
    name: "multiverse",
    title: |language| word!(page_multiverse, language),
    lead: |language| word!(page_multiverse_lead, language),
    is_there: |content| !content.multiverses.is_empty(),
    write,
};

fn write(writer: &mut Writer<'_>) {
    for (title, report) in writer.content.multiverses {
        writer.page.leaf("h3", &[], title);
        writer.blocks(&report.blocks, 4);
    }
}
