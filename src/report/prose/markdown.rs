//! Chapters as parts of a document: Markdown in which what expressions gave stands as marks, so that no text of the data
//! can become markup.

use std::collections::BTreeMap;

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

use crate::report::document::{Part, Run, plain};

/// Before the number of a piece, and after it: signs of private use, which no text has.
pub(super) const OPEN: char = '\u{e000}';
pub(super) const CLOSE: char = '\u{e001}';

/// What stands in place of pieces.
pub(super) trait Pieces {
    /// The text of a piece; nothing for a block.
    fn text(&self, at: usize) -> Option<String>;
    /// The parts of a block, and what it is called.
    fn block(&self, at: usize) -> Option<(Vec<Part>, String)>;
}

/// The options with which chapters are read.
pub(super) fn options() -> Options {
    Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES
}

/// The parts of a chapter, and the names of blocks that stand where none can.
pub(super) fn parts(text: &str, pieces: &dyn Pieces) -> (Vec<Part>, Vec<String>) {
    let mut reader = Reader { pieces, notes: BTreeMap::new(), misplaced: Vec::new() };
    let mut events = Parser::new_ext(text, options());
    let parts = reader.blocks(&mut events, None);
    let notes = std::mem::take(&mut reader.notes);
    let parts = parts.into_iter().map(|part| with_notes(part, &notes)).collect();
    (parts, reader.misplaced)
}

struct Reader<'a> {
    pieces: &'a dyn Pieces,
    /// Footnotes by their labels.
    notes: BTreeMap<String, Vec<Part>>,
    misplaced: Vec<String>,
}

/// A piece of a line: text, or a block that stands in it.
enum Inline {
    Run(Run),
    Block(Vec<Part>, String),
}

/// The label of a footnote whose text is not known yet.
const LABEL: char = '\u{e002}';

impl Reader<'_> {
    /// Parts until the end of what they stand in.
    fn blocks(&mut self, events: &mut Parser<'_>, end: Option<TagEnd>) -> Vec<Part> {
        let mut parts = Vec::new();
        // What stands in a list item without a paragraph of its own.
        let mut loose: Vec<Inline> = Vec::new();
        while let Some(event) = events.next() {
            match event {
                Event::End(of) if Some(&of) == end.as_ref() => break,
                Event::Start(tag) => {
                    if is_inline(&tag) {
                        let inline = self.inline_tag(events, tag);
                        loose.extend(inline);
                        continue;
                    }
                    self.flush(&mut loose, &mut parts);
                    self.block(events, tag, &mut parts);
                }
                Event::Rule => {
                    self.flush(&mut loose, &mut parts);
                    parts.push(Part::NewPage);
                }
                Event::Html(text) => {
                    self.flush(&mut loose, &mut parts);
                    let text = without_comments(&text);
                    if !text.trim().is_empty() {
                        let runs = self.text(&text);
                        loose.extend(runs);
                    }
                }
                other => {
                    let inline = self.leaf(other);
                    loose.extend(inline);
                }
            }
        }
        self.flush(&mut loose, &mut parts);
        parts
    }

    fn block(&mut self, events: &mut Parser<'_>, tag: Tag<'_>, parts: &mut Vec<Part>) {
        let end = tag.to_end();
        match tag {
            Tag::Paragraph => {
                let mut inline = self.inline(events, &end);
                self.flush(&mut inline, parts);
            }
            Tag::Heading { level, .. } => {
                let words = self.runs(events, &end);
                if !plain(&words).trim().is_empty() {
                    parts.push(Part::Heading { level: level as usize, words });
                }
            }
            Tag::BlockQuote(_) => {
                let inside = self.blocks(events, Some(end));
                parts.push(Part::Quote(inside));
            }
            Tag::CodeBlock(kind) => {
                let mut text = String::new();
                for event in events.by_ref() {
                    match event {
                        Event::End(TagEnd::CodeBlock) => break,
                        Event::Text(more) => text.push_str(&more),
                        _ => {}
                    }
                }
                let _: CodeBlockKind<'_> = kind;
                parts.push(Part::Verbatim(self.filled(&text).trim_end().to_owned()));
            }
            Tag::List(first) => {
                let mut items = Vec::new();
                while let Some(event) = events.next() {
                    match event {
                        Event::Start(Tag::Item) => {
                            items.push(self.blocks(events, Some(TagEnd::Item)));
                        }
                        Event::End(TagEnd::List(_)) => break,
                        _ => {}
                    }
                }
                parts.push(Part::List { first, items });
            }
            Tag::FootnoteDefinition(label) => {
                let inside = self.blocks(events, Some(end));
                self.notes.insert(label.to_string(), inside);
            }
            Tag::Table(_) => {
                let mut rows = Vec::new();
                let mut row = Vec::new();
                while let Some(event) = events.next() {
                    match event {
                        Event::Start(Tag::TableCell) => {
                            row.push(self.runs(events, &TagEnd::TableCell));
                        }
                        Event::End(TagEnd::TableHead | TagEnd::TableRow) => {
                            rows.push(std::mem::take(&mut row));
                        }
                        Event::End(TagEnd::Table) => break,
                        _ => {}
                    }
                }
                parts.push(Part::Grid(rows));
            }
            // Comments are for authors; other HTML is no markup here.
            Tag::HtmlBlock => {
                let inside = self.blocks(events, Some(end));
                parts.extend(inside);
            }
            _ => {
                let inside = self.blocks(events, Some(end));
                parts.extend(inside);
            }
        }
    }

    /// Pieces of a line until the end of what they stand in.
    fn inline(&mut self, events: &mut Parser<'_>, end: &TagEnd) -> Vec<Inline> {
        let mut all = Vec::new();
        while let Some(event) = events.next() {
            match event {
                Event::End(of) if of == *end => break,
                Event::Start(tag) => all.extend(self.inline_tag(events, tag)),
                other => all.extend(self.leaf(other)),
            }
        }
        all
    }

    /// The same where no block may stand.
    fn runs(&mut self, events: &mut Parser<'_>, end: &TagEnd) -> Vec<Run> {
        let all = self.inline(events, end);
        let mut runs = Vec::new();
        for one in all {
            match one {
                Inline::Run(run) => push(&mut runs, run),
                Inline::Block(_, name) => self.misplaced.push(name),
            }
        }
        runs
    }

    fn inline_tag(&mut self, events: &mut Parser<'_>, tag: Tag<'_>) -> Vec<Inline> {
        let end = tag.to_end();
        let words = self.runs(events, &end);
        let run = match tag {
            Tag::Emphasis => Run::Emphasis(words),
            Tag::Strong => Run::Strong(words),
            Tag::Link { dest_url, .. } => {
                let to = self.filled(&dest_url);
                if !is_address(&to) {
                    return words.into_iter().map(Inline::Run).collect();
                }
                Run::Link { to, words }
            }
            // A picture from a file was refused before; its words stay.
            _ => return words.into_iter().map(Inline::Run).collect(),
        };
        vec![Inline::Run(run)]
    }

    fn leaf(&mut self, event: Event<'_>) -> Vec<Inline> {
        match event {
            Event::Text(text) => self.text(&text),
            Event::Code(text) => vec![Inline::Run(Run::Typed(self.filled(&text)))],
            Event::SoftBreak => vec![Inline::Run(Run::Text("\n".to_owned()))],
            Event::HardBreak => vec![Inline::Run(Run::Break)],
            Event::FootnoteReference(label) => {
                vec![Inline::Run(Run::Typed(format!("{LABEL}{label}")))]
            }
            Event::InlineHtml(text) | Event::Html(text) => {
                let text = without_comments(&text);
                if text.is_empty() { Vec::new() } else { self.text(&text) }
            }
            _ => Vec::new(),
        }
    }

    /// A text with its pieces.
    fn text(&mut self, text: &str) -> Vec<Inline> {
        let mut all = Vec::new();
        let mut rest = text;
        while let Some(start) = rest.find(OPEN) {
            if start > 0 {
                all.push(Inline::Run(Run::Text(rest[..start].to_owned())));
            }
            rest = &rest[start + OPEN.len_utf8()..];
            let Some(end) = rest.find(CLOSE) else { break };
            if let Ok(at) = rest[..end].parse::<usize>() {
                match self.pieces.block(at) {
                    Some((parts, name)) => all.push(Inline::Block(parts, name)),
                    None => {
                        let words = self.pieces.text(at).unwrap_or_default();
                        all.push(Inline::Run(Run::Text(words)));
                    }
                }
            }
            rest = &rest[end + CLOSE.len_utf8()..];
        }
        if !rest.is_empty() {
            all.push(Inline::Run(Run::Text(rest.to_owned())));
        }
        all
    }

    /// A text in which pieces are filled in.
    fn filled(&self, text: &str) -> String {
        filled(text, self.pieces)
    }

    /// What was gathered becomes paragraphs, with the blocks between them.
    fn flush(&mut self, loose: &mut Vec<Inline>, parts: &mut Vec<Part>) {
        let mut runs: Vec<Run> = Vec::new();
        let finish = |runs: &mut Vec<Run>, parts: &mut Vec<Part>| {
            let all = trimmed(std::mem::take(runs));
            if !all.is_empty() {
                parts.push(Part::Paragraph(all));
            }
        };
        for one in loose.drain(..) {
            match one {
                Inline::Run(run) => push(&mut runs, run),
                Inline::Block(more, _) => {
                    finish(&mut runs, parts);
                    parts.extend(more);
                }
            }
        }
        finish(&mut runs, parts);
    }
}

/// A text in which pieces are filled in; a piece that was itself made of pieces, too.
pub(super) fn filled(text: &str, pieces: &dyn Pieces) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(start) = rest.find(OPEN) {
        out.push_str(&rest[..start]);
        rest = &rest[start + OPEN.len_utf8()..];
        let Some(end) = rest.find(CLOSE) else { break };
        if let Some(words) = rest[..end].parse().ok().and_then(|at| pieces.text(at)) {
            out.push_str(&words);
        }
        rest = &rest[end + CLOSE.len_utf8()..];
    }
    out.push_str(rest);
    out
}

fn is_inline(tag: &Tag<'_>) -> bool {
    matches!(
        tag,
        Tag::Emphasis | Tag::Strong | Tag::Link { .. } | Tag::Image { .. } | Tag::Strikethrough
    )
}

/// Whether something is an address to which a link may lead.
fn is_address(to: &str) -> bool {
    let is_of =
        |scheme: &str| to.get(..scheme.len()).is_some_and(|head| head.eq_ignore_ascii_case(scheme));
    is_of("https://") || is_of("http://") || is_of("mailto:")
}

/// What is not in a comment.
fn without_comments(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(start) = rest.find("<!--") {
        out.push_str(&rest[..start]);
        rest = rest[start..].find("-->").map_or("", |end| &rest[start + end + 3..]);
    }
    out.push_str(rest);
    out
}

/// Adds a run; texts beside each other become one.
fn push(runs: &mut Vec<Run>, run: Run) {
    match (runs.last_mut(), run) {
        (Some(Run::Text(before)), Run::Text(more)) => before.push_str(&more),
        (_, run) => runs.push(run),
    }
}

/// Runs without blanks at their ends; ends of lines are blanks, and nothing between Chinese signs.
fn trimmed(mut runs: Vec<Run>) -> Vec<Run> {
    for run in &mut runs {
        if let Run::Text(text) = run {
            *text = joined(text);
        }
    }
    if let Some(Run::Text(first)) = runs.first_mut() {
        *first = first.trim_start().to_owned();
    }
    if let Some(Run::Text(last)) = runs.last_mut() {
        *last = last.trim_end().to_owned();
    }
    runs.retain(|run| !matches!(run, Run::Text(text) if text.is_empty()));
    runs
}

/// A text whose lines are one: with a blank between words, and without one beside a Chinese sign.
fn joined(text: &str) -> String {
    let is_wide = |sign: char| matches!(sign, '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ffef}' | '“' | '”');
    let mut out = String::new();
    for line in text.split('\n') {
        if out.is_empty() {
            out.push_str(line);
            if line.is_empty() && text.starts_with('\n') {
                out.push(' ');
            }
            continue;
        }
        let (line, last) = (line.trim_start(), out.trim_end().chars().last());
        out.truncate(out.trim_end().len());
        let is_chinese = last.is_some_and(is_wide) || line.chars().next().is_some_and(is_wide);
        if !is_chinese {
            out.push(' ');
        }
        out.push_str(line);
    }
    out
}

/// The part with the footnotes that it refers to.
fn with_notes(part: Part, notes: &BTreeMap<String, Vec<Part>>) -> Part {
    let runs = |all: Vec<Run>| noted(all, notes);
    let parts = |all: Vec<Part>| -> Vec<Part> {
        all.into_iter().map(|part| with_notes(part, notes)).collect()
    };
    match part {
        Part::Heading { level, words } => Part::Heading { level, words: runs(words) },
        Part::Paragraph(words) => Part::Paragraph(runs(words)),
        Part::List { first, items } => {
            Part::List { first, items: items.into_iter().map(parts).collect() }
        }
        Part::Quote(inside) => Part::Quote(parts(inside)),
        Part::Grid(rows) => {
            let row = |row: Vec<Vec<Run>>| row.into_iter().map(runs).collect();
            Part::Grid(rows.into_iter().map(row).collect())
        }
        other => other,
    }
}

fn noted(all: Vec<Run>, notes: &BTreeMap<String, Vec<Part>>) -> Vec<Run> {
    let of = |run: Run| match run {
        Run::Typed(text) => match text.strip_prefix(LABEL) {
            // A footnote in a footnote would never end.
            Some(label) => Run::Note(notes.get(label).cloned().unwrap_or_default()),
            None => Run::Typed(text),
        },
        Run::Emphasis(words) => Run::Emphasis(noted(words, notes)),
        Run::Strong(words) => Run::Strong(noted(words, notes)),
        Run::Link { to, words } => Run::Link { to, words: noted(words, notes) },
        other => other,
    };
    all.into_iter().map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Names;

    impl Pieces for Names {
        fn text(&self, at: usize) -> Option<String> {
            ["**x** [y](javascript:z)", "a|b", "<script>"].get(at).map(|&text| text.to_owned())
        }

        fn block(&self, at: usize) -> Option<(Vec<Part>, String)> {
            (at == 9).then(|| (vec![Part::NewPage], "figure".to_owned()))
        }
    }

    fn read(text: &str) -> Vec<Part> {
        parts(text, &Names).0
    }

    fn says(text: &str) -> Part {
        Part::Paragraph(vec![Run::Text(text.to_owned())])
    }

    #[test]
    fn no_piece_is_markup() {
        assert_eq!(read("\u{e000}0\u{e001} is"), [says("**x** [y](javascript:z) is")]);
        assert_eq!(read("\u{e000}2\u{e001}"), [says("<script>")]);
        let grid = read("| a |\n|---|\n| \u{e000}1\u{e001} |");
        let cell = |text: &str| vec![Run::Text(text.to_owned())];
        assert_eq!(grid, [Part::Grid(vec![vec![cell("a")], vec![cell("a|b")]])]);
        let link = read("[go](\u{e000}0\u{e001})");
        assert_eq!(link, [says("go")], "an address that is none is no link");
    }

    #[test]
    fn blocks_stand_between_paragraphs() {
        let all = read("before\n\u{e000}9\u{e001}\nafter");
        assert_eq!(all, [says("before"), Part::NewPage, says("after")]);
        let (_, misplaced) = parts("# \u{e000}9\u{e001}", &Names);
        assert_eq!(misplaced, ["figure"]);
    }

    #[test]
    fn lines_of_chinese_are_joined_without_blanks() {
        assert_eq!(read("数字\n政府"), [says("数字政府")]);
        assert_eq!(read("one\ntwo <!-- unseen -->"), [says("one two")]);
    }

    #[test]
    fn footnotes_stand_where_they_are_referred_to() {
        let all = read("a[^1]\n\n[^1]: why");
        assert_eq!(
            all,
            [Part::Paragraph(vec![Run::Text("a".to_owned()), Run::Note(vec![says("why")]),])]
        );
    }
}
