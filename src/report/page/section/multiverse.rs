//! Every combination of choices, where a multiverse was evaluated.

use quanheng_words::word;

use super::super::super::multiverse;
use super::super::Writer;
use super::Section;

pub(super) const SECTION: Section = Section {
    name: "multiverse",
    command: "multiverse",
    title: |language| word!(page_multiverse, language),
    lead: |language| word!(page_multiverse_lead, language),
    is_there: |content| !content.multiverses.is_empty(),
    write,
};

fn write(writer: &mut Writer<'_>) {
    let content = writer.content;
    for of in content.multiverses {
        let view = multiverse::View {
            language: writer.language,
            study: content.study(),
            name: &of.title,
            top: of.top,
            short: true,
        };
        writer.page.leaf("h3", &[], &of.title);
        let report = multiverse::report(&of.evaluated, &of.groups, &view);
        writer.blocks(&report.blocks, 4);
    }
}
