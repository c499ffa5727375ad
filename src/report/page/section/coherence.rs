//! The data and the structure of the index: the sections of a statistical audit.

use quanheng_core::method::Stage;
use quanheng_core::statistics::{Periods, Scope, scopes};
use quanheng_words::word;

use super::super::super::document::printer::{Printer, ROWS, heading, paragraph, with_captions};
use super::super::super::{Block, Reader, describe};
use super::super::figure::Below;
use super::super::{Content, Writer};
use super::{Print, Section};

pub(super) const SECTION: Section = Section {
    name: "coherence",
    command: "describe",
    title: |language| word!(page_coherence, language),
    lead: |language| word!(page_coherence_lead, language),
    is_there: |_| true,
    write,
    print: Some(Print { with_lead: true, write: print }),
};

/// So many rows of a long list are shown.
const SHOWN: usize = 10;

fn write(writer: &mut Writer<'_>) {
    let language = writer.language;
    for view in writer.content.first_views() {
        writer.of_league(&view, |writer| {
            writer.figure("correlation", &view, Below::Here, |_| {});
            writer.figure("dominance", &view, Below::In("coherence"), |_| {});
        });
    }
    let scopes = shown(writer.content);
    let several = scopes.len() > 1;
    for scope in scopes {
        if several {
            let name = writer.content.league(scope.league).to_owned();
            writer.page.leaf("h3", &[], &name);
        }
        let view = view(writer.content, scope);
        for (section, blocks) in audited(&view) {
            writer.element("details", &[("class", "card")], |writer| {
                let tag = if several { "h4" } else { "h3" };
                let title = section.title(language);
                writer.page.element("summary", &[], |page| page.leaf(tag, &[], title));
                writer.page.leaf("p", &[], section.says(language));
                writer.blocks(&blocks, if several { 5 } else { 4 });
            });
            writer.page.line();
        }
    }
}

fn print(printer: &mut Printer<'_>) {
    let language = printer.language;
    let content = printer.content;
    for view in content.first_views() {
        printer.figure("correlation", &view, |_| {});
        printer.figure("dominance", &view, |_| {});
    }
    let scopes = shown(content);
    let several = scopes.len() > 1;
    for scope in scopes {
        if several {
            printer.parts.push(heading(2, content.league(scope.league)));
        }
        let level = if several { 3 } else { 2 };
        let view = view(content, scope);
        for (section, blocks) in audited(&view) {
            if blocks.is_empty() {
                continue;
            }
            printer.parts.push(heading(level, section.title(language)));
            printer.parts.push(paragraph(section.says(language)));
            let named = with_captions(&blocks, section.title(language));
            printer.blocks(&named, level + 1, ROWS);
        }
    }
}

/// The last period of each league that is shown.
fn shown(content: &Content<'_>) -> Vec<Scope> {
    let leagues: Vec<_> = content.first_views().iter().map(|view| view.of().league).collect();
    let mut scopes = scopes(content.study(), &Periods::Last);
    scopes.retain(|scope| leagues.contains(&scope.league));
    scopes
}

/// What the parts of the audit look at.
fn view<'a>(content: &Content<'a>, scope: Scope) -> describe::View<'a> {
    describe::View {
        codings: content.codings,
        evaluation: content.first(),
        scopes: vec![scope],
        group: None,
        stage: Stage::System,
        top: Some(SHOWN),
        language: content.language,
        reader: Reader::People,
    }
}

/// The parts of the audit, each with its blocks below the headings of the scope and of the part.
fn audited(view: &describe::View<'_>) -> Vec<(&'static describe::Section, Vec<Block>)> {
    let sections = describe::AUDIT.iter().filter_map(|name| describe::Section::find(name));
    let of = |section| {
        let report = describe::report(view, &[section]);
        (section, report.blocks.get(2..).unwrap_or_default().to_vec())
    };
    sections.map(of).collect()
}
