//! Every combination of choices, where a multiverse was evaluated.

use quanheng_words::word;

use super::super::super::document::printer::{Printer, ROWS, heading};
use super::super::super::{Report, multiverse};
use super::super::{Content, Multiverse, Writer};
use super::{Print, Section};

pub(super) const SECTION: Section = Section {
    name: "multiverse",
    command: "multiverse",
    title: |language| word!(page_multiverse, language),
    lead: |language| word!(page_multiverse_lead, language),
    is_there: |content| !content.multiverses.is_empty(),
    write,
    print: Some(Print { with_lead: true, write: print }),
};

fn write(writer: &mut Writer<'_>) {
    let content = writer.content;
    for of in content.multiverses {
        writer.page.leaf("h3", &[], &of.title);
        let report = report(content, of);
        writer.blocks(&report.blocks, 4);
    }
}

fn print(printer: &mut Printer<'_>) {
    let content = printer.content;
    for of in content.multiverses {
        printer.parts.push(heading(2, &of.title));
        let report = report(content, of);
        printer.blocks(&report.blocks, 3, ROWS);
    }
}

fn report(content: &Content<'_>, of: &Multiverse) -> Report {
    let view = multiverse::View {
        language: content.language,
        study: content.study(),
        name: &of.title,
        top: of.top,
        short: true,
    };
    multiverse::report(&of.evaluated, &of.groups, &view)
}
