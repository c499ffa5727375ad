//! What the page was made from, and how it is made again.

use quanheng_words::word;

use super::super::super::document::printer::{Printer, paragraph};
use super::super::super::document::{Part, Run};
use super::super::super::metadata;
use super::super::{Content, Writer};
use super::{Print, Section};

pub(super) const SECTION: Section = Section {
    name: "origin",
    command: "verify",
    title: |language| word!(page_origin, language),
    lead: |language| word!(page_origin_lead, language),
    is_there: |_| true,
    write,
    print: Some(Print { with_lead: false, write: print }),
};

fn write(writer: &mut Writer<'_>) {
    let language = writer.language;
    let content = writer.content;
    for line in metadata::lines(&content.frame.metadata, language) {
        writer.page.leaf("p", &[], &line);
    }
    writer.page.element("dl", &[], |page| {
        for (name, what) in facts(content) {
            page.leaf("dt", &[], name);
            page.leaf("dd", &[], &what);
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

fn print(printer: &mut Printer<'_>) {
    let language = printer.language;
    let content = printer.content;
    for line in metadata::lines(&content.frame.metadata, language) {
        printer.parts.push(paragraph(&line));
    }
    for (name, what) in facts(content) {
        printer.parts.push(Part::Paragraph(vec![
            Run::Strong(vec![Run::Text(name.to_owned())]),
            Run::Break,
            Run::Text(what),
        ]));
    }
    let name = word!(page_commands, language).to_owned();
    printer.parts.push(Part::Paragraph(vec![Run::Strong(vec![Run::Text(name)])]));
    printer.parts.push(Part::Verbatim(content.commands.join("\n")));
}

/// What the report was made from, each with what it is called.
fn facts(content: &Content<'_>) -> Vec<(&'static str, String)> {
    let language = content.language;
    let mut facts = vec![
        (word!(label_source, language), content.frame.source.clone()),
        (word!(page_version, language), concat!("quanheng ", env!("CARGO_PKG_VERSION")).to_owned()),
        (word!(page_fingerprint, language), content.frame.fingerprint.clone()),
        (word!(page_lock, language), content.lock.render(language)),
    ];
    facts.retain(|(_, what)| !what.is_empty());
    facts
}
