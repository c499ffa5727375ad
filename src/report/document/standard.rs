//! The standard report as a document: what the page of `quanheng report` shows, in the order of a printed report.
//!
//! It is made of the blocks and charts of the page. The profiles of single regions are left to templates, and long tables
//! of analyses are cut: a page on paper has no filter.

use quanheng_core::method::Stage;
use quanheng_core::statistics::{Periods, scopes};
use quanheng_words::{text, word};

use super::super::chart::{Kind, Scene};
use super::super::page::{Content, PERSISTENCE, View};
use super::super::workbook::{indicators, methods};
use super::super::{
    Block, Cell, Head, Importance, Kind as Holds, Language, Reader, Table, analysis, comparison,
    describe, in_order, marks, metadata, multiverse, notes, walk,
};
use super::{Document, Part, Run};

/// So many rows of a table of an analysis are printed.
const ROWS: usize = 31;

/// So many rows of a long list of the audit are printed.
const AUDITED: usize = 10;

/// So many of the largest moves are printed.
const MOVERS: usize = 5;

/// The lines of more regions than this cannot be followed.
const FOLLOWED: usize = 40;

/// A chapter: its heading, the sentence below it, and what it writes.
struct Chapter {
    title: fn(Language) -> &'static str,
    lead: Option<fn(Language) -> &'static str>,
    write: fn(&mut Writer<'_>),
}

/// Every chapter, in reading order. One that writes nothing is left out.
const CHAPTERS: [Chapter; 11] = [
    Chapter { title: |l| word!(book_ranking, l), lead: None, write: rankings },
    Chapter { title: |l| word!(page_map, l), lead: None, write: map },
    Chapter { title: |l| word!(page_analyses, l), lead: None, write: analyses },
    Chapter {
        title: |l| word!(page_comparison, l),
        lead: Some(|l| word!(page_comparison_lead, l)),
        write: compared,
    },
    Chapter {
        title: |l| word!(page_explanation, l),
        lead: Some(|l| word!(page_explanation_lead, l)),
        write: explained,
    },
    Chapter {
        title: |l| word!(page_multiverse, l),
        lead: Some(|l| word!(page_multiverse_lead, l)),
        write: multiverses,
    },
    Chapter {
        title: |l| word!(page_tree, l),
        lead: Some(|l| word!(page_tree_lead, l)),
        write: tree,
    },
    Chapter {
        title: |l| word!(page_coherence, l),
        lead: Some(|l| word!(page_coherence_lead, l)),
        write: coherence,
    },
    Chapter {
        title: |l| word!(page_methods, l),
        lead: Some(|l| word!(page_methods_lead, l)),
        write: methods_used,
    },
    Chapter {
        title: |l| word!(note_head, l),
        lead: Some(|l| word!(page_notes_lead, l)),
        write: noted,
    },
    Chapter { title: |l| word!(page_origin, l), lead: None, write: origin },
];

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
    for chapter in &CHAPTERS {
        let mut writer = Writer { content, language, parts: Vec::new() };
        (chapter.write)(&mut writer);
        if !writer.parts.is_empty() {
            parts.push(heading(1, (chapter.title)(language)));
            parts.extend(chapter.lead.map(|lead| paragraph(lead(language))));
            parts.extend(writer.parts);
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
        contents: true,
        parts,
    }
}

struct Writer<'a> {
    content: &'a Content<'a>,
    language: Language,
    parts: Vec<Part>,
}

fn heading(level: usize, words: &str) -> Part {
    Part::Heading { level, words: vec![Run::Text(words.to_owned())] }
}

/// A line of text; one of several lines keeps them.
fn paragraph(words: &str) -> Part {
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

impl<'a> Writer<'a> {
    /// A league, where there are several.
    fn league(&mut self, view: &View<'a>) {
        if self.content.study().leagues.len() > 1 {
            self.parts.push(heading(2, self.content.league(view.of().league)));
        }
    }

    fn figure(&mut self, kind: &str, view: &View<'a>, change: impl FnOnce(&mut Scene<'a>)) {
        let kind = Kind::find(kind).expect("a kind of chart");
        let content = self.content;
        let mut scene = content.scene(view, "q");
        scene.is_alone = true;
        change(&mut scene);
        // What there is nothing to draw of has no figure.
        let Ok(chart) = kind.draw(&scene) else { return };
        self.parts.push(Part::Figure { chart: Box::new(chart), caption: None });
    }

    /// Blocks in reading order. A heading that stands above a table is its caption; any other is one of this level.
    fn blocks(&mut self, blocks: &[Block], level: usize, rows: usize) {
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
    fn table(&mut self, table: &Table, caption: Option<String>, rows: usize) {
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

fn rankings(writer: &mut Writer<'_>) {
    for view in writer.content.first_views() {
        writer.league(&view);
        writer.figure("ranking", &view, |_| {});
        let report = view.ranking(writer.language);
        writer.blocks(&report.blocks, 2, usize::MAX);
        if writer.content.study().periods.len() > 1 {
            writer.figure("bump", &view, |_| {});
        }
    }
}

fn map(writer: &mut Writer<'_>) {
    for view in writer.content.first_views() {
        writer.figure("tiles", &view, |_| {});
    }
}

fn analyses(writer: &mut Writer<'_>) {
    let language = writer.language;
    let content = writer.content;
    for view in content.first_views() {
        writer.league(&view);
        writer.figure("tiers", &view, |_| {});
        writer.figure("membership", &view, |_| {});
        let group = content.study().groups.first().map(|of| of.code.as_str());
        writer.figure("distribution", &view, |scene| scene.group = group);
        if let Some(with) = content.inputs.covariates.first() {
            writer.figure("scatter", &view, |scene| scene.with = Some(&with.code));
        }
    }
    let view = analysis::View { language, groups: content.groups };
    let several = content.study().leagues.len() > 1;
    for part in content.analyses.iter().filter(|part| part.found.is_ok()) {
        let report = analysis::report(std::slice::from_ref(part), &view);
        // The first heading is that of the league.
        let blocks = report.blocks.get(1..).unwrap_or_default();
        if blocks.is_empty() {
            continue;
        }
        let [name, summary, formula, reference] = analysis::about(part.entry, language);
        let name = match several {
            true => format!("{name} · {}", content.league(part.subject.league)),
            false => name.to_owned(),
        };
        writer.parts.push(heading(2, &name));
        writer.parts.push(paragraph(summary));
        writer.blocks(blocks, 3, ROWS);
        let method = format!("{} ", word!(page_method, language));
        writer.parts.push(Part::Paragraph(vec![
            Run::Strong(vec![Run::Text(method)]),
            Run::Text(reference.to_owned()),
        ]));
        writer.parts.push(Part::Verbatim(formula.to_owned()));
    }
}

fn compared(writer: &mut Writer<'_>) {
    let content = writer.content;
    if content.compared.is_empty() {
        return;
    }
    for view in content.first_views() {
        writer.league(&view);
        let sides = content.sides(&view);
        // Of many regions only the lines of the best can be followed.
        let many = view.of().rows.len() > FOLLOWED;
        writer.figure("bump", &view, |scene| {
            scene.sides.clone_from(&sides);
            scene.top = many.then_some(FOLLOWED / 2);
        });
        writer.figure("migration", &view, |scene| scene.sides = sides);
    }
    let view = comparison::View {
        language: writer.language,
        title: String::new(),
        top: None,
        movers: MOVERS,
        persistence: PERSISTENCE,
        made_from: Vec::new(),
    };
    for one in content.compared {
        let report = comparison::report(std::slice::from_ref(one), &view);
        writer.blocks(&report.blocks, 2, usize::MAX);
    }
}

fn explained(writer: &mut Writer<'_>) {
    for of in writer.content.explained {
        writer.blocks(&of.report.blocks, 2, ROWS);
    }
}

fn multiverses(writer: &mut Writer<'_>) {
    let content = writer.content;
    for of in content.multiverses {
        let view = multiverse::View {
            language: writer.language,
            study: content.study(),
            name: &of.title,
            top: of.top,
            short: true,
        };
        writer.parts.push(heading(2, &of.title));
        let report = multiverse::report(&of.evaluated, &of.groups, &view);
        writer.blocks(&report.blocks, 3, ROWS);
    }
}

fn tree(writer: &mut Writer<'_>) {
    let language = writer.language;
    for view in writer.content.first_views() {
        writer.figure("icicle", &view, |_| {});
    }
    let evaluation = writer.content.first();
    let system = &evaluation.methodology().system;
    let mut table = indicators::table(evaluation, language);
    // The level is seen in the tree, and the parent too.
    let kept: Vec<usize> = (0..table.columns.len())
        .filter(|&k| !["level", "parent"].contains(&table.columns[k].key.as_str()))
        .collect();
    table = table.with_columns(&kept);
    table.columns.push(Head {
        key: "method".to_owned(),
        label: word!(label_method, language).to_owned(),
        kind: Holds::Text,
        importance: Importance::Usual,
    });
    let nodes = in_order(system, system.root());
    for (row, id) in table.rows.iter_mut().zip(nodes) {
        row.push(Cell::Text(walk::method(evaluation, id, language)));
    }
    writer.table(&filled(&table), Some(word!(page_tree, language).to_owned()), usize::MAX);
    if let Some(notes) = walk::notes(system, language) {
        writer.table(&notes, Some(word!(page_tree_notes, language).to_owned()), usize::MAX);
    }
}

/// A table without the columns in which nothing stands.
fn filled(table: &Table) -> Table {
    let kept: Vec<usize> = (0..table.columns.len())
        .filter(|&k| table.rows.iter().any(|row| !row[k].is_empty()))
        .collect();
    table.with_columns(&kept)
}

fn coherence(writer: &mut Writer<'_>) {
    let language = writer.language;
    let content = writer.content;
    let evaluation = content.first();
    for view in content.first_views() {
        writer.figure("correlation", &view, |_| {});
        writer.figure("dominance", &view, |_| {});
    }
    let scopes = scopes(evaluation.study(), &Periods::Last);
    let several = scopes.len() > 1;
    for scope in scopes {
        if several {
            writer.parts.push(heading(2, content.league(scope.league)));
        }
        let level = if several { 3 } else { 2 };
        let view = describe::View {
            codings: content.codings,
            evaluation,
            scopes: vec![scope],
            group: None,
            stage: Stage::System,
            top: Some(AUDITED),
            language,
            reader: Reader::People,
        };
        for section in describe::AUDIT.iter().filter_map(|name| describe::Section::find(name)) {
            let report = describe::report(&view, &[section]);
            // The headings are those of the scope and of the section.
            let blocks = report.blocks.get(2..).unwrap_or_default();
            if blocks.is_empty() {
                continue;
            }
            writer.parts.push(heading(level, section.title(language)));
            writer.parts.push(paragraph(section.says(language)));
            let named: Vec<Block> = with_captions(blocks, section.title(language));
            writer.blocks(&named, level + 1, ROWS);
        }
    }
}

/// The same blocks, in which every table has a heading: where it has none, that of its section.
fn with_captions(blocks: &[Block], section: &str) -> Vec<Block> {
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

fn methods_used(writer: &mut Writer<'_>) {
    let language = writer.language;
    let mut known: Vec<Vec<String>> = Vec::new();
    for evaluation in writer.content.evaluations {
        let table = methods::table(evaluation, language);
        let at = |key: &str| table.columns.iter().position(|head| head.key == key);
        let keys = ["part", "title", "name", "nodes", "settings"];
        let used: Vec<usize> = keys.iter().filter_map(|key| at(key)).collect();
        let caption = writer.content.methodology(evaluation);
        writer.table(&filled(&table.with_columns(&used)), Some(caption), usize::MAX);
        for row in &table.rows {
            let text = |key: &str| match at(key).map(|k| &row[k]) {
                Some(Cell::Text(text)) => text.clone(),
                _ => String::new(),
            };
            let said: Vec<String> =
                ["part", "title", "summary", "formula", "reference"].map(text).to_vec();
            if !said[3].is_empty() && !known.contains(&said) {
                known.push(said);
            }
        }
    }
    if !known.is_empty() {
        writer.parts.push(heading(2, word!(page_formulas, language)));
    }
    for said in known {
        let [part, title, summary, formula, reference] = &said[..] else { continue };
        writer.parts.push(heading(3, &format!("{title} ({part})")));
        writer.parts.push(paragraph(summary));
        writer.parts.push(Part::Verbatim(formula.clone()));
        if !reference.is_empty() {
            writer.parts.push(paragraph(reference));
        }
    }
}

fn noted(writer: &mut Writer<'_>) {
    let language = writer.language;
    if writer.content.notes.all().is_empty() {
        return;
    }
    let table = notes::table(writer.content.notes, language);
    let keys = ["code", "what", "methodologies", "hint", "silenced"];
    let kept: Vec<usize> = keys
        .iter()
        .filter_map(|key| table.columns.iter().position(|head| head.key == *key))
        .collect();
    let table = filled(&table.with_columns(&kept));
    writer.table(&table, Some(word!(note_head, language).to_owned()), usize::MAX);
}

fn origin(writer: &mut Writer<'_>) {
    let language = writer.language;
    let content = writer.content;
    let lock = content.lock.render(language);
    let facts = [
        (word!(label_source, language), content.frame.source.as_str()),
        (word!(page_version, language), concat!("quanheng ", env!("CARGO_PKG_VERSION"))),
        (word!(page_fingerprint, language), content.frame.fingerprint.as_str()),
        (word!(page_lock, language), lock.as_str()),
    ];
    for line in metadata::lines(&content.frame.metadata, language) {
        writer.parts.push(paragraph(&line));
    }
    for (name, what) in facts.into_iter().filter(|(_, what)| !what.is_empty()) {
        writer.parts.push(Part::Paragraph(vec![
            Run::Strong(vec![Run::Text(name.to_owned())]),
            Run::Break,
            Run::Text(what.to_owned()),
        ]));
    }
    let name = word!(page_commands, language).to_owned();
    writer.parts.push(Part::Paragraph(vec![Run::Strong(vec![Run::Text(name)])]));
    writer.parts.push(Part::Verbatim(content.commands.join("\n")));
}
