//! The standard report as a document: what the page of `quanheng report` shows, in the order of the page.
//!
//! It is made of the blocks and charts of the page: each of its sections says how it is printed. The profiles of single
//! regions are left to templates.

use quanheng_words::{text, word};

use super::super::page::{Content, Print, SECTIONS, View};
use super::super::{marks, metadata};
use super::printer::{Printer, heading, paragraph};
use super::{Contents, Document};

/// The standard report.
pub fn document(content: &Content<'_>) -> Document {
    let language = content.language;
    let title = match content.title() {
        "" => word!(page_report, language),
        title => title,
    };
    let views = content.first_views();
    let mut about = vec![content.methodology(content.first())];
    about.extend(views.first().map(View::period).filter(|p| !p.is_empty()).map(str::to_owned));
    about.push(text!(count_regions, n = content.study().regions.len()).render(language));
    let mut lines = vec![about.join(" · ")];
    lines.extend(metadata::cited(&content.frame.metadata, language));
    let mut parts = Vec::new();
    for section in SECTIONS.iter().filter(|section| (section.is_there)(content)) {
        let Some(Print { with_lead, write }) = section.print else { continue };
        let mut printer = Printer { content, language, parts: Vec::new() };
        write(&mut printer);
        if !printer.parts.is_empty() {
            parts.push(heading(1, (section.title)(language)));
            parts.extend(with_lead.then(|| paragraph((section.lead)(language))));
            parts.extend(printer.parts);
        }
    }
    let version = concat!("quanheng ", env!("CARGO_PKG_VERSION"));
    let print = &content.frame.fingerprint;
    Document {
        language,
        title: title.to_owned(),
        about: lines,
        marks: marks::lines(&content.frame.marks, language),
        origin: format!("{version} · {} {print}", word!(label_made_from, language)),
        contents: Contents::Everything,
        parts,
    }
}
