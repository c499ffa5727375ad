//! A document as one page of HTML that needs nothing else: no network, no script, no font. It reads well on paper too.

use std::fmt::Write as _;

use quanheng_words::{text, word};

use super::super::chart;
use super::super::page::figure::small;
use super::super::page::lean;
use super::super::page::markup::Markup;
use super::super::render::shown;
use super::super::{Cell, Head, Kind, Language, Table};
use super::{Contents, Document, Part, Run, plain};

/// The style sheet of every document.
const STYLE: &str = include_str!("style.css");

/// The page.
pub fn render(document: &Document) -> String {
    let language = document.language;
    let mut writer = Writer {
        page: Markup::default(),
        language,
        notes: Vec::new(),
        headings: Vec::new(),
        figures: 0,
        tables: 0,
        lists: 0,
    };
    writer.page.made("<!DOCTYPE html>\n");
    // What stands before the text is written after it is known what stands in the text.
    let body = writer.body(document);
    let mut page = Markup::default();
    page.made("<!DOCTYPE html>\n");
    page.element("html", &[("lang", language.tag())], |page| {
        head(page, document);
        page.element("body", &[], |page| page.made(&body));
    });
    page.line();
    page.finished()
}

fn head(page: &mut Markup, document: &Document) {
    page.element("head", &[], |page| {
        page.line();
        page.void("meta", &[("charset", "utf-8")]);
        page.void(
            "meta",
            &[("name", "viewport"), ("content", "width=device-width,initial-scale=1")],
        );
        page.void("meta", &[("name", "color-scheme"), ("content", "light dark")]);
        let version = concat!("quanheng ", env!("CARGO_PKG_VERSION"));
        page.void("meta", &[("name", "generator"), ("content", version)]);
        // Whatever the data hold, the page fetches nothing and runs nothing.
        let policy = "default-src 'none';style-src 'unsafe-inline';img-src data:";
        page.void("meta", &[("http-equiv", "Content-Security-Policy"), ("content", policy)]);
        page.leaf("title", &[], &document.title);
        page.line();
        page.element("style", &[], |page| page.made(&lean(STYLE)));
        page.line();
        page.element("style", &[], |page| page.made(&chart::style()));
        page.line();
    });
}

/// A heading, for the contents.
struct Heading {
    level: usize,
    id: String,
    words: String,
}

struct Writer {
    page: Markup,
    language: Language,
    /// Footnotes, in the order in which they are referred to.
    notes: Vec<Vec<Part>>,
    headings: Vec<Heading>,
    figures: usize,
    tables: usize,
    /// How deep in lists and quotes.
    lists: usize,
}

impl Writer {
    fn body(&mut self, document: &Document) -> String {
        let language = self.language;
        // The text first, since contents and footnotes come of it.
        self.page = Markup::default();
        self.page.id("content");
        self.parts(&document.parts);
        self.footnotes();
        let text = std::mem::take(&mut self.page).finished();
        let mut page = Markup::default();
        page.line();
        page.leaf("a", &[("class", "skip"), ("href", "#content")], word!(page_skip, language));
        page.element("header", &[], |page| {
            let title = document.title.as_str();
            page.leaf(
                "h1",
                &[],
                if title.is_empty() { word!(page_report, language) } else { title },
            );
            for line in &document.about {
                page.leaf("p", &[("class", "about")], line);
            }
            marks(page, &document.marks, language);
        });
        page.line();
        if document.contents != Contents::Nothing
            && self.headings.iter().filter(|of| of.level <= 2).count() > 2
        {
            self.contents(&mut page);
        }
        page.element("main", &[("id", "content")], |page| {
            page.line();
            page.made(&text);
        });
        page.line();
        page.element("footer", &[], |page| page.leaf("p", &[], &document.origin));
        page.line();
        page.finished()
    }

    fn contents(&self, page: &mut Markup) {
        let language = self.language;
        page.element("nav", &[("aria-label", word!(page_contents, language))], |page| {
            page.leaf("p", &[("class", "nav-head")], word!(page_contents, language));
            page.element("ol", &[], |page| {
                for of in self.headings.iter().filter(|of| of.level <= 2) {
                    let class = if of.level == 1 { "one" } else { "two" };
                    page.element("li", &[("class", class)], |page| {
                        page.leaf("a", &[("href", &format!("#{}", of.id))], &of.words);
                    });
                }
            });
        });
        page.line();
    }

    fn parts(&mut self, parts: &[Part]) {
        for part in parts {
            self.part(part);
            self.page.line();
        }
    }

    fn part(&mut self, part: &Part) {
        match part {
            Part::Heading { level, words } => {
                const TAGS: [&str; 5] = ["h2", "h3", "h4", "h5", "h6"];
                let said = plain(words);
                let id = self.page.id(&format!("s{}", self.headings.len() + 1));
                self.headings.push(Heading { level: *level, id: id.clone(), words: said });
                self.within(TAGS[(level - 1).min(4)], &[("id", &id)], |w| w.runs(words));
            }
            Part::Paragraph(words) => self.within("p", &[], |w| w.runs(words)),
            Part::List { first, items } => {
                let (tag, start) = match first {
                    None => ("ul", None),
                    Some(1) => ("ol", None),
                    Some(n) => ("ol", Some(n.to_string())),
                };
                let attributes: Vec<(&str, &str)> =
                    start.iter().map(|start| ("start", start.as_str())).collect();
                self.lists += 1;
                self.within(tag, &attributes, |w| {
                    for item in items {
                        w.within("li", &[], |w| match item.as_slice() {
                            [Part::Paragraph(words)] => w.runs(words),
                            parts => w.parts(parts),
                        });
                    }
                });
                self.lists -= 1;
            }
            Part::Quote(parts) => self.within("blockquote", &[], |w| w.parts(parts)),
            Part::Verbatim(text) => {
                let mut lines = Vec::new();
                for line in text.split('\n') {
                    lines.push(line.to_owned());
                }
                self.within("pre", &[("tabindex", "0")], |w| w.page.text(&lines.join("\n")));
            }
            Part::Figure { chart, caption } => {
                self.figures += 1;
                let n = text!(document_figure, n = self.figures).render(self.language);
                let words = caption.clone().unwrap_or_else(|| chart.title.clone());
                let id = self.page.id(&format!("figure-{}", self.figures));
                self.within("figure", &[("id", &id)], |w| {
                    w.page.element("div", &[("class", "drawing")], |page| {
                        page.made(&small(&chart.svg))
                    });
                    w.caption("figcaption", &n, &words);
                });
            }
            Part::Table { table, caption } => {
                self.tables += 1;
                let n = text!(document_table, n = self.tables).render(self.language);
                let words = caption.clone().unwrap_or_else(|| table.label.clone());
                let id = self.page.id(&format!("table-{}", self.tables));
                self.table(table, &id, &n, &words);
            }
            Part::Grid(rows) => self.grid(rows),
            Part::NewPage => self.page.leaf("div", &[("class", "new-page")], ""),
        }
    }

    /// An element with what `fill` writes in it.
    fn within(&mut self, tag: &str, attributes: &[(&str, &str)], fill: impl FnOnce(&mut Self)) {
        // The page is lent to the element, and comes back when it ends.
        let mut page = std::mem::take(&mut self.page);
        page.element(tag, attributes, |page| {
            self.page = std::mem::take(page);
            fill(self);
            *page = std::mem::take(&mut self.page);
        });
        self.page = page;
    }

    fn caption(&mut self, tag: &str, number: &str, words: &str) {
        self.page.element(tag, &[], |page| {
            page.leaf("b", &[], number);
            page.text(&format!("\u{2002}{words}"));
        });
    }

    fn runs(&mut self, words: &[Run]) {
        for run in words {
            match run {
                Run::Text(text) => self.page.text(&text.replace('\n', " ")),
                Run::Emphasis(words) => self.within("em", &[], |w| w.runs(words)),
                Run::Strong(words) => self.within("strong", &[], |w| w.runs(words)),
                Run::Typed(text) => self.page.leaf("code", &[], text),
                Run::Link { to, words } => {
                    self.within("a", &[("href", to), ("rel", "noreferrer")], |w| w.runs(words));
                }
                Run::Note(parts) => {
                    self.notes.push(parts.clone());
                    let n = self.notes.len();
                    let (id, to) = (format!("note-{n}-from"), format!("#note-{n}"));
                    let label = text!(document_note, n = n).render(self.language);
                    self.page.element("sup", &[], |page| {
                        let attributes = [
                            ("href", to.as_str()),
                            ("id", id.as_str()),
                            ("aria-label", label.as_str()),
                        ];
                        page.leaf("a", &attributes, &n.to_string());
                    });
                }
                Run::Break => self.page.void("br", &[]),
            }
        }
    }

    fn footnotes(&mut self) {
        let mut k = 0;
        if self.notes.is_empty() {
            return;
        }
        let label = word!(document_notes, self.language);
        self.within("section", &[("class", "notes"), ("aria-label", label)], |w| {
            w.within("ol", &[], |w| {
                // A footnote may have further footnotes.
                while k < w.notes.len() {
                    let parts = w.notes[k].clone();
                    k += 1;
                    let (id, back) = (format!("note-{k}"), format!("#note-{k}-from"));
                    w.within("li", &[("id", &id)], |w| {
                        w.parts(&parts);
                        let label = word!(document_back, w.language);
                        w.page.leaf("a", &[("href", &back), ("aria-label", label)], "↩");
                    });
                }
            });
        });
        self.page.line();
    }

    fn grid(&mut self, rows: &[Vec<Vec<Run>>]) {
        let Some((head, rows)) = rows.split_first() else { return };
        self.within("div", &[("class", "scroll"), ("tabindex", "0")], |w| {
            w.within("table", &[], |w| {
                w.within("thead", &[], |w| {
                    w.within("tr", &[], |w| {
                        for cell in head {
                            let tag = if cell.is_empty() { "td" } else { "th" };
                            w.within(tag, &[("class", "t")], |w| w.runs(cell));
                        }
                    });
                });
                w.within("tbody", &[], |w| {
                    for row in rows {
                        w.within("tr", &[], |w| {
                            for cell in row {
                                w.within("td", &[("class", "t")], |w| w.runs(cell));
                            }
                        });
                    }
                });
            });
        });
    }

    /// A table with lines above and below its head and below its last row.
    fn table(&mut self, of: &Table, id: &str, number: &str, words: &str) {
        let language = self.language;
        let class = if of.columns.len() > 7 { "wide" } else { "" };
        self.within(
            "div",
            &[("class", "scroll"), ("tabindex", "0"), ("role", "group"), ("aria-label", number)],
            |w| {
                w.within("table", &[("id", id), ("class", class)], |w| {
                    w.caption("caption", number, words);
                    w.page.element("thead", &[], |page| {
                        page.element("tr", &[], |page| {
                            for (k, head) in of.columns.iter().enumerate() {
                                let class = if is_figures(of, k) { "" } else { "t" };
                                let tag = if head.label.is_empty() { "td" } else { "th" };
                                page.leaf(tag, &[("class", class)], &head.label);
                            }
                        });
                    });
                    w.page.element("tbody", &[], |page| {
                        for row in &of.rows {
                            page.element("tr", &[], |page| {
                                for (k, cell) in row.iter().enumerate() {
                                    written(
                                        page,
                                        &of.columns[k],
                                        cell,
                                        is_figures(of, k),
                                        language,
                                    );
                                }
                            });
                        }
                    });
                });
            },
        );
    }
}

/// Whether figures stand in a column, which are aligned at their end.
fn is_figures(of: &Table, column: usize) -> bool {
    matches!(of.columns[column].kind, Kind::Number(_))
}

fn written(page: &mut Markup, head: &Head, cell: &Cell, is_figure: bool, language: Language) {
    let text = shown(cell, head, language);
    let depth = (text.len() - text.trim_start_matches(' ').len()) / 2;
    let mut class = String::new();
    if !is_figure {
        class.push('t');
    }
    if depth > 0 {
        let _ = write!(class, " i{}", depth.min(6));
    }
    page.leaf("td", &[("class", class.trim())], text.trim_start_matches(' '));
}

/// What of the data was not measured and of the index was not published.
fn marks(page: &mut Markup, marks: &[String], language: Language) {
    if marks.is_empty() {
        return;
    }
    let label = word!(mark_head, language);
    let attributes = [("class", "marks"), ("role", "note"), ("aria-label", label)];
    page.element("div", &attributes, |page| {
        for line in marks {
            page.leaf("p", &[], &format!("⚠ {line}"));
        }
    });
}
