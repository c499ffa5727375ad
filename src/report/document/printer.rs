//! What sections are printed with: headings, paragraphs, figures and tables as parts of a document.

use quanheng_words::text;

use super::super::chart::{Kind, Scene};
use super::super::page::{Content, View};
use super::super::{Block, Language, Table};
use super::{Part, Run};

/// So many rows of a table of an analysis are printed: a page on paper has no filter.
pub(in crate::report) const ROWS: usize = 31;

/// What a section writes its parts with.
pub(in crate::report) struct Printer<'a> {
    pub(in crate::report) content: &'a Content<'a>,
    pub(in crate::report) language: Language,
    pub(in crate::report) parts: Vec<Part>,
}

pub(in crate::report) fn heading(level: usize, words: &str) -> Part {
    Part::Heading { level, words: vec![Run::Text(words.to_owned())] }
}

/// A line of text; one of several lines keeps them.
pub(in crate::report) fn paragraph(words: &str) -> Part {
    let mut runs = Vec::new();
    for (k, line) in words.split('\n').enumerate() {
        if k > 0 {
            runs.push(Run::Break);
        }
        runs.extend(words_of(line));
    }
    Part::Paragraph(runs)
}

/// A text in which what stands between backticks is typed.
fn words_of(line: &str) -> Vec<Run> {
    let pieces: Vec<&str> = line.split('`').collect();
    if pieces.len().is_multiple_of(2) {
        return vec![Run::Text(line.to_owned())];
    }
    let run = |(k, piece): (usize, &&str)| match k % 2 {
        0 => Run::Text((*piece).to_owned()),
        _ => Run::Typed((*piece).to_owned()),
    };
    let runs = pieces.iter().enumerate().filter(|(_, piece)| !piece.is_empty()).map(run);
    runs.collect()
}

impl<'a> Printer<'a> {
    /// A league, where there are several.
    pub(in crate::report) fn league(&mut self, view: &View<'a>) {
        if self.content.study().leagues.len() > 1 {
            self.parts.push(heading(2, self.content.league(view.of().league)));
        }
    }

    pub(in crate::report) fn figure(
        &mut self,
        kind: &str,
        view: &View<'a>,
        change: impl FnOnce(&mut Scene<'a>),
    ) {
        let kind = Kind::find(kind).expect("a kind of chart");
        let content = self.content;
        let mut scene = content.scene(view, "q");
        change(&mut scene);
        // What there is nothing to draw of has no figure.
        let Ok(chart) = kind.draw(&scene) else { return };
        self.parts.push(Part::Figure { chart: Box::new(chart), caption: None });
    }

    /// Blocks in reading order. A heading that stands above a table is its caption; any other is one of this level.
    pub(in crate::report) fn blocks(&mut self, blocks: &[Block], level: usize, rows: usize) {
        let mut above: Option<&str> = None;
        for block in blocks {
            match block {
                Block::Heading(words) => {
                    self.parts.extend(above.replace(words).map(|words| heading(level, words)));
                }
                Block::Line(words) => {
                    self.parts.extend(above.take().map(|words| heading(level, words)));
                    self.parts.push(paragraph(words));
                }
                Block::Table(table) => {
                    self.table(table, above.take().map(str::to_owned), rows);
                }
            }
        }
        self.parts.extend(above.map(|words| heading(level, words)));
    }

    /// A table with so many rows at most.
    pub(in crate::report) fn table(&mut self, table: &Table, caption: Option<String>, rows: usize) {
        if table.rows.is_empty() {
            return;
        }
        let mut table = table.clone();
        let all = table.rows.len();
        table.rows.truncate(rows);
        let shown = table.rows.len();
        self.parts.push(Part::Table { table, caption });
        if shown < all {
            let said = text!(page_shown, shown = shown, all = all).render(self.language);
            self.parts.push(paragraph(&said));
        }
    }
}

/// A table without the columns in which nothing stands.
pub(in crate::report) fn filled(table: &Table) -> Table {
    let kept: Vec<usize> = (0..table.columns.len())
        .filter(|&k| table.rows.iter().any(|row| !row[k].is_empty()))
        .collect();
    table.with_columns(&kept)
}

/// The same blocks, in which every table has a heading: where it has none, that of its section.
pub(in crate::report) fn with_captions(blocks: &[Block], section: &str) -> Vec<Block> {
    let mut out: Vec<Block> = Vec::new();
    for block in blocks {
        let is_headed = matches!(out.last(), Some(Block::Heading(_)));
        if matches!(block, Block::Table(_)) && !is_headed {
            out.push(Block::Heading(section.to_owned()));
        }
        out.push(block.clone());
    }
    out
}
