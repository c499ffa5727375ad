//! The cases: each with its steps as a flow, its dates as a timeline, its figures and its sources.

use quanheng_words::word;

use super::super::super::document::printer::{Printer, heading, paragraph};
use super::super::super::document::{Part, Run};
use super::super::super::{Reader, cases};
use super::super::Writer;
use super::super::blocks::Look;
use super::super::figure::Below;
use super::{Print, Section};

pub(super) const SECTION: Section = Section {
    name: "cases",
    command: "cases",
    title: |language| word!(page_cases, language),
    lead: |language| word!(page_cases_lead, language),
    is_there: |content| !content.cases.is_empty(),
    write,
    print: Some(Print { with_lead: true, write: print }),
};

/// A search among so few is of no use.
const SEARCHED: usize = 2;

fn write(writer: &mut Writer<'_>) {
    let (content, language) = (writer.content, writer.language);
    if content.cases.len() >= SEARCHED {
        filter(writer);
    }
    let view = content.view_of_cases();
    let tag = language.tag();
    let Some(first) = content.first_views().into_iter().next() else { return };
    for (case, frame) in content.cases {
        let id = writer.page.id(&format!("case-{}", case.code));
        let codes = case.regions.iter().map(|of| &content.study().regions[of.0 as usize].code);
        let codes = codes.map(String::as_str).collect::<Vec<_>>().join(" ");
        let is_open = content.cases.len() == 1;
        let mut attributes =
            vec![("class", "card"), ("id", id.as_str()), ("data-case", codes.as_str())];
        if is_open {
            attributes.push(("open", ""));
        }
        writer.element("details", &attributes, |writer| {
            let title = case.title(language);
            writer.page.element("summary", &[], |page| {
                page.leaf("h3", &[], title);
                page.text(" ");
                let mut about = vec![view.regions(case), case.dates(language)];
                about.retain(|part| !part.is_empty());
                page.leaf("span", &[("class", "soft")], &about.join(" · "));
            });
            writer.page.line();
            for text in case.text.get(tag).unwrap_or_default().split("\n\n") {
                writer.page.leaf("p", &[], text);
            }
            writer.page.element("dl", &[], |page| {
                for (label, what) in cases::about(case, &view) {
                    page.leaf("dt", &[], label);
                    page.leaf("dd", &[], &what);
                }
            });
            writer.page.line();
            for kind in ["flow", "timeline"] {
                writer.figure(kind, &first, Below::Here, |scene| {
                    scene.case = Some(case);
                    scene.frame = frame;
                });
            }
            let figures = cases::figures(case, &view, Reader::People);
            if !figures.rows.is_empty() {
                writer.page.leaf("h4", &[], &figures.label);
                let look = Look { label: &figures.label, ..Look::default() };
                writer.table(&figures, look);
            }
            if !case.sources.is_empty() {
                writer.page.leaf("h4", &[], word!(case_sources, language));
                writer.page.element("ul", &[("class", "sources")], |page| {
                    for source in &case.sources {
                        page.leaf("li", &[], source);
                    }
                });
            }
        });
        writer.page.line();
    }
}

fn print(printer: &mut Printer<'_>) {
    let (content, language) = (printer.content, printer.language);
    let view = content.view_of_cases();
    let Some(first) = content.first_views().into_iter().next() else { return };
    for (case, frame) in content.cases {
        printer.parts.push(heading(2, case.title(language)));
        let texts = case.text.get(language.tag()).unwrap_or_default().split("\n\n");
        printer.parts.extend(texts.filter(|text| !text.is_empty()).map(paragraph));
        let about = cases::about(case, &view).into_iter();
        let about = about.map(|(label, what)| {
            vec![Part::Paragraph(vec![
                Run::Strong(vec![Run::Text(label.to_owned())]),
                Run::Text(format!(" {what}")),
            ])]
        });
        printer.parts.push(Part::List { first: None, items: about.collect() });
        for kind in ["flow", "timeline"] {
            printer.figure(kind, &first, |scene| {
                scene.case = Some(case);
                scene.frame = frame;
            });
        }
        let figures = cases::figures(case, &view, Reader::People);
        printer.table(&figures, Some(figures.label.clone()), usize::MAX);
        if !case.sources.is_empty() {
            printer.parts.push(heading(3, word!(case_sources, language)));
            let items = case.sources.iter().map(|source| vec![paragraph(source)]);
            printer.parts.push(Part::List { first: None, items: items.collect() });
        }
    }
}

/// What narrows the cases down; the script shows it.
fn filter(writer: &mut Writer<'_>) {
    let language = writer.language;
    let label = word!(page_cases_filter, language);
    let attributes = [("id", "search"), ("class", "filter"), ("aria-label", label), ("hidden", "")];
    writer.page.element("form", &attributes, |page| {
        page.element("label", &[], |page| {
            page.text(word!(page_cases_text, language));
            page.text(" ");
            page.void("input", &[("type", "search"), ("name", "text"), ("autocomplete", "off")]);
        });
        page.element("label", &[], |page| {
            page.text(word!(label_region, language));
            page.text(" ");
            page.element("select", &[("name", "region")], |_| {});
        });
        page.leaf("output", &[("name", "count")], "");
    });
    writer.page.line();
}
