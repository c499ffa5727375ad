//! What the page was made from, and how it is made again.

use quanheng_words::word;

use super::super::super::metadata;
use super::super::Writer;
use super::Section;

pub(super) const SECTION: Section = Section {
    name: "origin",
    command: "verify",
    title: |language| word!(page_origin, language),
    lead: |language| word!(page_origin_lead, language),
    is_there: |_| true,
    write,
};

fn write(writer: &mut Writer<'_>) {
    let language = writer.language;
    let content = writer.content;
    let version = format!("quanheng {}", env!("CARGO_PKG_VERSION"));
    let lock = content.lock.render(language);
    let facts = [
        (word!(label_source, language), content.frame.source.as_str()),
        (word!(page_version, language), version.as_str()),
        (word!(page_fingerprint, language), content.frame.fingerprint.as_str()),
        (word!(page_lock, language), lock.as_str()),
    ];
    for line in metadata::lines(&content.frame.metadata, language) {
        writer.page.leaf("p", &[], &line);
    }
    writer.page.element("dl", &[], |page| {
        for (name, what) in facts.into_iter().filter(|(_, what)| !what.is_empty()) {
            page.leaf("dt", &[], name);
            page.leaf("dd", &[], what);
        }
        page.leaf("dt", &[], word!(page_commands, language));
        page.element("dd", &[], |page| {
            for command in &content.commands {
                page.element("p", &[], |page| page.leaf("code", &[], command));
            }
        });
    });
    writer.page.line();
}
