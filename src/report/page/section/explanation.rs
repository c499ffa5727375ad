//! Why regions move between the usual methodology and the others.

use quanheng_words::word;

use super::super::super::Block;
use super::super::super::document::printer::{Printer, ROWS};
use super::super::blocks::{self, Look};
use super::super::{MANY, Writer};
use super::{Print, Section};

pub(super) const SECTION: Section = Section {
    name: "explanation",
    command: "explain",
    title: |language| word!(page_explanation, language),
    lead: |language| word!(page_explanation_lead, language),
    is_there: |content| !content.explained.is_empty(),
    write,
    print: Some(Print { with_lead: true, write: print }),
};

fn write(writer: &mut Writer<'_>) {
    for of in writer.content.explained {
        let [a, b] = &of.labels;
        let heading = of.report.blocks.iter().find_map(|block| match block {
            Block::Heading(words) => Some(words.clone()),
            _ => None,
        });
        let heading = heading.unwrap_or_else(|| format!("{a} → {b}"));
        let attributes =
            [("class", "card"), ("data-first", a.as_str()), ("data-second", b.as_str())];
        writer.element("details", &attributes, |writer| {
            writer.page.element("summary", &[], |page| page.leaf("h3", &[], &heading));
            for block in &of.report.blocks {
                match block {
                    Block::Heading(_) => {}
                    Block::Line(words) => blocks::lines(&mut writer.page, words),
                    Block::Table(table) => {
                        let look = Look {
                            label: &heading,
                            role: "explained",
                            sorted: true,
                            most: (table.rows.len() > MANY).then_some(MANY),
                            ..Look::default()
                        };
                        writer.table(table, look);
                    }
                }
            }
        });
        writer.page.line();
    }
}

fn print(printer: &mut Printer<'_>) {
    for of in printer.content.explained {
        printer.blocks(&of.report.blocks, 2, ROWS);
    }
}
