//! A document as source text of Typst, which the package `print` makes a PDF of.
//!
//! Nothing that a user wrote is markup there: every text is a string in quotation marks, and what could steer the text
//! around it is written out. The looks stand in `preamble.typ`.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use quanheng_words::{is_invisible, word};
use quick_xml::Reader;
use quick_xml::events::Event;
use unicode_width::UnicodeWidthStr;

use super::super::render::shown;
use super::super::{Language, Table};
use super::{Contents, Document, Part, Run};

/// What stands above the text of every document.
const PREAMBLE: &str = include_str!("preamble.typ");

/// A document in the language of Typst.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// The text.
    pub text: String,
    /// The files that it names, with their contents.
    pub files: Vec<(String, String)>,
    /// Every character that will be seen.
    pub characters: BTreeSet<char>,
}

/// Families of fonts that there are, the first choice first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Faces {
    /// For running text: Song in Chinese.
    pub serif: Vec<String>,
    /// For headings, tables and charts: Hei in Chinese.
    pub sans: Vec<String>,
    /// For what is typed.
    pub mono: Vec<String>,
}

/// Families with serifs that have Latin letters.
const SERIF: [&str; 7] = [
    "Libertinus Serif",
    "Source Serif 4",
    "Noto Serif",
    "Liberation Serif",
    "Times New Roman",
    "Georgia",
    "DejaVu Serif",
];
/// Song typefaces.
const SONG: [&str; 8] = [
    "Noto Serif CJK SC",
    "Source Han Serif SC",
    "Noto Serif SC",
    "Songti SC",
    "STSong",
    "SimSun",
    "NSimSun",
    "FandolSong",
];
/// Families without serifs that have Latin letters.
const SANS: [&str; 6] =
    ["Helvetica Neue", "Arial", "Liberation Sans", "Noto Sans", "Segoe UI", "DejaVu Sans"];
/// Hei typefaces.
const HEI: [&str; 10] = [
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "Noto Sans SC",
    "PingFang SC",
    "Heiti SC",
    "Microsoft YaHei",
    "SimHei",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
    "Droid Sans Fallback",
];
/// Families in which every letter is as wide as the others.
const MONO: [&str; 6] =
    ["DejaVu Sans Mono", "Liberation Mono", "Noto Sans Mono", "Menlo", "Consolas", "Courier New"];

impl Faces {
    /// Chooses among the families that there are. Families that we do not know are taken for everything: somebody named
    /// them.
    pub fn of<'a>(families: impl IntoIterator<Item = &'a str>, are_named: bool) -> Faces {
        let there: Vec<&str> = families.into_iter().collect();
        let is_known = |name: &str| {
            [&SERIF[..], &SONG, &SANS, &HEI, &MONO].iter().any(|of| of.contains(&name))
        };
        let of = |lists: &[&[&'static str]]| -> Vec<String> {
            let mut all: Vec<&str> = Vec::new();
            all.extend(there.iter().filter(|name| are_named && !is_known(name)));
            all.extend(lists.iter().copied().flatten().filter(|name| there.contains(name)));
            // Any family is better than a name that no font has.
            all.extend(there.first().filter(|_| all.is_empty()));
            all.into_iter().map(str::to_owned).collect()
        };
        Faces {
            serif: of(&[&SERIF, &SONG, &HEI, &SANS]),
            sans: of(&[&SANS, &HEI, &SONG, &SERIF]),
            mono: of(&[&MONO, &HEI, &SONG]),
        }
    }
}

/// Writes a document.
pub fn source(document: &Document, faces: &Faces) -> Source {
    let mut writer = Writer {
        language: document.language,
        out: String::new(),
        files: Vec::new(),
        characters: ('0'..='9').collect(),
        sans: faces.sans.clone(),
        depth: 0,
    };
    writer.document(document, faces);
    Source { text: writer.out, files: writer.files, characters: writer.characters }
}

struct Writer {
    language: Language,
    out: String,
    files: Vec<(String, String)>,
    characters: BTreeSet<char>,
    /// Families for drawings.
    sans: Vec<String>,
    /// The level of the last heading: none may be skipped.
    depth: usize,
}

impl Writer {
    fn document(&mut self, of: &Document, faces: &Faces) {
        let language = self.language;
        let title = match of.title.trim() {
            "" => word!(page_report, language),
            title => title,
        };
        let title = self.literal(title);
        let _ = writeln!(self.out, "#let language = \"{}\"", language.tag());
        self.family("serif", &faces.serif, language == Language::Zh);
        self.family("sans", &faces.sans, language == Language::Zh);
        self.family("mono", &faces.mono, false);
        let warned = match of.marks.is_empty() {
            true => "none".to_owned(),
            false => self.literal(word!(document_marked, language)),
        };
        let _ = writeln!(
            self.out,
            "#let heading-of-page = {{ {title}; h(1fr); text(fill: rgb(\"#b84a00\"), {warned}) }}"
        );
        let _ = writeln!(self.out, "#set document(title: {title}, date: none)");
        self.out.push_str(PREAMBLE);
        self.out.push('\n');
        if !of.marks.is_empty() {
            let head = self.literal(word!(mark_head, language));
            let lines: Vec<String> = of.marks.iter().map(|line| self.literal(line)).collect();
            let _ = writeln!(self.out, "#marked({head}, {})", lines.join(", "));
        }
        let about: Vec<String> = of.about.iter().map(|line| self.literal(line) + ",").collect();
        let _ = writeln!(self.out, "#headed(({}))", about.join(" "));
        if of.contents != Contents::Nothing {
            self.contents(&of.parts, of.contents == Contents::Everything);
        }
        self.parts(&of.parts);
        if !of.origin.is_empty() {
            let origin = self.literal(&of.origin);
            let _ = writeln!(self.out, "#ended({origin})");
        }
    }

    fn family(&mut self, name: &str, of: &[String], is_mixed: bool) {
        // In Chinese, quotation marks and dashes are those of the Chinese font.
        let has_chinese = of.iter().any(|name| is_of_chinese(name));
        let one = |name: &String| match is_mixed && has_chinese && !is_of_chinese(name) {
            true => format!("(name: {}, covers: \"latin-in-cjk\"),", quoted(name)),
            false => format!("{},", quoted(name)),
        };
        let all: Vec<String> = of.iter().map(one).collect();
        // An empty list is not allowed; any font then takes its place.
        let all = if all.is_empty() { "\"none\",".to_owned() } else { all.join(" ") };
        let _ = writeln!(self.out, "#let {name} = ({all})");
    }

    fn contents(&mut self, parts: &[Part], with_lists: bool) {
        let language = self.language;
        let title = self.literal(word!(page_contents, language));
        let _ = writeln!(self.out, "#outline(title: {title}, depth: 2, indent: 1.5em)");
        let lists = [
            (
                "image",
                word!(document_figures, language),
                parts.iter().any(|p| matches!(p, Part::Figure { .. })),
            ),
            (
                "table",
                word!(document_tables, language),
                parts.iter().any(|p| matches!(p, Part::Table { .. })),
            ),
        ];
        for (kind, title, is_there) in lists {
            if with_lists && is_there {
                let title = self.literal(title);
                let _ = writeln!(
                    self.out,
                    "#outline(title: {title}, target: figure.where(kind: {kind}))"
                );
            }
        }
        self.out.push_str("#pagebreak(weak: true)\n");
    }

    fn parts(&mut self, parts: &[Part]) {
        for part in parts {
            self.part(part);
        }
    }

    fn part(&mut self, part: &Part) {
        match part {
            Part::Heading { level, words } => {
                self.depth = (*level).clamp(1, self.depth + 1).min(6);
                let _ = write!(self.out, "\n#heading(level: {})[", self.depth);
                self.runs(words);
                self.out.push_str("]\n");
            }
            Part::Paragraph(words) => {
                self.out.push('\n');
                self.runs(words);
                self.out.push_str("\n\n");
            }
            Part::List { first, items } => {
                match first {
                    Some(n) => {
                        let _ = write!(self.out, "\n#enum(start: {n}");
                    }
                    None => self.out.push_str("\n#list("),
                }
                for (k, item) in items.iter().enumerate() {
                    self.out.push_str(if first.is_some() || k > 0 { ", [" } else { "[" });
                    self.parts(item);
                    self.out.push(']');
                }
                self.out.push_str(")\n");
            }
            Part::Quote(parts) => {
                self.out.push_str("\n#quote(block: true)[");
                self.parts(parts);
                self.out.push_str("]\n");
            }
            Part::Verbatim(text) => {
                let text = self.literal(text);
                let _ = writeln!(self.out, "\n#raw({text}, block: true)");
            }
            Part::Figure { chart, caption } => {
                let name = format!("figure-{}.svg", self.files.len() + 1);
                let size = size_of(&chart.svg);
                let alternative = self.literal(&chart.alternative);
                let caption = self.literal(caption.as_ref().unwrap_or(&chart.title));
                let _ =
                    writeln!(self.out, "\n#drawn(\"{name}\", {alternative}, {caption}, {size})");
                self.characters.extend(drawn(&chart.svg));
                self.files.push((name, with_faces(&chart.alone(), &self.sans)));
            }
            Part::Table { table, caption } => {
                let caption = caption.as_ref().unwrap_or(&table.label).clone();
                self.table(table, &caption);
            }
            Part::Grid(rows) => self.grid(rows),
            Part::NewPage => self.out.push_str("\n#pagebreak(weak: true)\n"),
        }
    }

    fn runs(&mut self, words: &[Run]) {
        for run in words {
            match run {
                Run::Text(text) => {
                    let text = self.literal(text);
                    let _ = write!(self.out, "#{text}");
                }
                Run::Emphasis(of) => self.within("#emph[", of),
                Run::Strong(of) => self.within("#strong[", of),
                Run::Typed(text) => {
                    let text = self.literal(text);
                    let _ = write!(self.out, "#raw({text})");
                }
                Run::Link { to, words } => {
                    let leads = ["https://", "http://", "mailto:"];
                    match leads.iter().any(|of| to.starts_with(of)) {
                        true => {
                            let begin = format!("#link({})[", quoted(to));
                            self.within(&begin, words);
                        }
                        false => self.runs(words),
                    }
                }
                Run::Note(parts) => {
                    self.out.push_str("#footnote[");
                    // What stands in a footnote is one paragraph where it can be.
                    match &parts[..] {
                        [Part::Paragraph(words)] => self.runs(words),
                        parts => self.parts(parts),
                    }
                    self.out.push(']');
                }
                Run::Break => self.out.push_str("#linebreak()"),
            }
        }
    }

    fn within(&mut self, begin: &str, words: &[Run]) {
        self.out.push_str(begin);
        self.runs(words);
        self.out.push(']');
    }

    fn grid(&mut self, rows: &[Vec<Vec<Run>>]) {
        let Some((head, body)) = rows.split_first() else { return };
        let n = rows.iter().map(Vec::len).max().unwrap_or(0);
        let empty = Vec::new();
        let _ = write!(self.out, "\n#ruled(9pt, {n}, left, (");
        for k in 0..n {
            self.within("[", head.get(k).unwrap_or(&empty));
            self.out.push(',');
        }
        self.out.push_str("), (\n");
        for row in body {
            for k in 0..n {
                self.within("[", row.get(k).unwrap_or(&empty));
                self.out.push(',');
            }
            self.out.push('\n');
        }
        self.out.push_str("))\n");
    }

    fn table(&mut self, table: &Table, caption: &str) {
        if table.columns.is_empty() {
            return;
        }
        let pieces = Layout::of(table, self.language);
        let several = pieces.parts.len() > 1;
        for (k, columns) in pieces.parts.iter().enumerate() {
            let caption = match several {
                true => format!("{caption} ({}/{})", k + 1, pieces.parts.len()),
                false => caption.to_owned(),
            };
            let caption = self.literal(&caption);
            let begin = if pieces.lies { "\n#lying(" } else { "\n#" };
            let _ = write!(self.out, "{begin}numbered({caption}, ");
            self.rows(&table.with_columns(columns), pieces.size);
            self.out.push_str(if pieces.lies { "))\n" } else { ")\n" });
        }
    }

    fn rows(&mut self, table: &Table, size: f64) {
        let language = self.language;
        let align: Vec<&str> = (0..table.columns.len())
            .map(|k| if table.is_numeric(k) { "right," } else { "left," })
            .collect();
        let n = table.columns.len();
        let size = quanheng_words::number::coordinate(size);
        let _ = write!(self.out, "ruled({size}pt, {n}, ({}), (", align.join(" "));
        for head in &table.columns {
            let label = self.literal_in_column(&head.label);
            let _ = write!(self.out, "{label}, ");
        }
        self.out.push_str("), (\n");
        for row in &table.rows {
            for (cell, head) in row.iter().zip(&table.columns) {
                let text = shown(cell, head, language);
                let depth = text.len() - text.trim_start_matches(' ').len();
                let text = self.literal_in_column(text.trim_start_matches(' '));
                let _ = match depth {
                    0 => write!(self.out, "{text}, "),
                    depth => write!(self.out, "h({}pt) + {text}, ", 3 * depth.min(32)),
                };
            }
            self.out.push('\n');
        }
        self.out.push_str("))");
    }

    /// A text as a string of Typst; what it shows is noted.
    fn literal(&mut self, text: &str) -> String {
        let text = seen(text);
        self.characters.extend(text.chars());
        quoted(&text)
    }

    /// A text in a column, which may be broken within long words.
    fn literal_in_column(&mut self, text: &str) -> String {
        let text = seen(text);
        self.characters.extend(text.chars());
        quoted(&breakable(&text))
    }
}

/// A text in which what cannot be seen, and could steer the text around it, is written by its number. Blanks of other
/// widths stay.
fn seen(text: &str) -> String {
    let mut out = String::new();
    for sign in text.replace("\r\n", "\n").chars() {
        match is_invisible(sign) && !sign.is_whitespace() {
            true => {
                let _ = write!(out, "<U+{:04X}>", u32::from(sign));
            }
            false => out.push(sign),
        }
    }
    out
}

/// A string in quotation marks.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for sign in text.chars() {
        match sign {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push(' '),
            sign if sign.is_control() => {
                let _ = write!(out, "\\u{{{:x}}}", u32::from(sign));
            }
            sign => out.push(sign),
        }
    }
    out.push('"');
    out
}

/// A text that may be broken within words that are too long for a column, such as addresses and names of files.
fn breakable(text: &str) -> String {
    const LONG: usize = 18;
    let mut out = String::new();
    for (k, word) in text.split(' ').enumerate() {
        if k > 0 {
            out.push(' ');
        }
        if !word.is_ascii() || word.len() <= LONG {
            out.push_str(word);
            continue;
        }
        let mut since = 0;
        for sign in word.chars() {
            out.push(sign);
            since += 1;
            if (since >= 4 && !sign.is_ascii_alphanumeric()) || since >= LONG {
                out.push('\u{200B}');
                since = 0;
            }
        }
    }
    out
}

/// The size at which a drawing fits onto a page: as wide as the text, unless it is then too high.
fn size_of(svg: &str) -> &'static str {
    let side = |name: &str| -> Option<f64> {
        let head = svg.split('>').next()?;
        let (_, rest) = head.split_once(&format!(" {name}=\""))?;
        rest.split('"').next()?.parse().ok()
    };
    // Width and height of the text of a page without a caption of two lines, in millimetres.
    match (side("width"), side("height")) {
        (Some(width), Some(height)) if height / width > 228.0 / 170.0 => "height: 228mm",
        _ => "width: 100%",
    }
}

/// A drawing whose letters are of these families. One with Chinese in it has the Chinese family for everything: what a
/// first family does not have would come from any font, and that may be a Japanese one.
pub fn with_faces(svg: &str, families: &[String]) -> String {
    const BEGIN: &str = "font-family:";
    let Some((before, rest)) = svg.split_once(BEGIN) else { return svg.to_owned() };
    let Some(end) = rest.find([';', '}']) else { return svg.to_owned() };
    let is_chinese = |sign: char| ('\u{2E80}'..='\u{9FFF}').contains(&sign) || sign >= '\u{20000}';
    let has_chinese = drawn(svg).into_iter().any(is_chinese);
    let is_first = |name: &&String| has_chinese && is_of_chinese(name);
    let (first, others): (Vec<_>, Vec<_>) = families.iter().partition(is_first);
    let all = first.into_iter().chain(others).filter(|name| !name.contains(['"', '<', '&', '\\']));
    let all: Vec<String> = all.map(|name| format!("\"{name}\"")).collect();
    format!("{before}{BEGIN}{},sans-serif{}", all.join(","), &rest[end..])
}

/// Whether a family is one of our Chinese ones.
fn is_of_chinese(name: &str) -> bool {
    SONG.contains(&name) || HEI.contains(&name)
}

/// The characters that a drawing shows.
pub fn drawn(svg: &str) -> BTreeSet<char> {
    let mut reader = Reader::from_str(svg);
    let mut depth = 0_usize;
    let mut found = BTreeSet::new();
    loop {
        match reader.read_event() {
            Ok(Event::Start(of)) if of.local_name().as_ref() == "text" => depth += 1,
            Ok(Event::End(of)) if of.local_name().as_ref() == "text" => {
                depth = depth.saturating_sub(1);
            }
            Ok(Event::Text(text)) if depth > 0 => {
                found.extend(text.chars());
            }
            Ok(Event::Eof) | Err(_) => return found,
            _ => {}
        }
    }
}

/// How a table is put onto pages.
#[derive(Clone, Debug, PartialEq)]
struct Layout {
    /// The size of letters in points.
    size: f64,
    /// Whether it stands on pages of its own that lie.
    lies: bool,
    /// The columns of each piece.
    parts: Vec<Vec<usize>>,
}

impl Layout {
    /// The first that has room: letters of 9 to 7 points on an upright page, of 8.5 to 7.5 points on a page that lies, and
    /// at last several tables, each with the first column.
    fn of(table: &Table, language: Language) -> Layout {
        let needs: Vec<f64> = (0..table.columns.len()).map(|k| need(table, k, language)).collect();
        let all: Vec<usize> = (0..needs.len()).collect();
        // In points, without margins.
        const UPRIGHT: f64 = 481.0;
        const LYING: f64 = 728.0;
        const SIZES: [(f64, bool, f64); 7] = [
            (9.0, false, UPRIGHT),
            (8.5, false, UPRIGHT),
            (8.0, false, UPRIGHT),
            (7.5, false, UPRIGHT),
            (7.0, false, UPRIGHT),
            (8.5, true, LYING),
            (7.5, true, LYING),
        ];
        let width = |columns: &[usize], size: f64| -> f64 {
            let inset = if size < 8.0 { 6.0 } else { 8.0 };
            columns.iter().map(|&k| needs[k] * size + inset).sum()
        };
        for (size, lies, room) in SIZES {
            if width(&all, size) <= room {
                return Layout { size, lies, parts: vec![all] };
            }
        }
        let size = 7.5;
        let mut parts: Vec<Vec<usize>> = Vec::new();
        for k in 1..needs.len() {
            let has_room = parts.last().is_some_and(|last| {
                let mut more = last.clone();
                more.push(k);
                width(&more, size) <= LYING
            });
            match parts.last_mut() {
                Some(last) if has_room => last.push(k),
                _ => parts.push(vec![0, k]),
            }
        }
        Layout { size, lies: true, parts }
    }
}

/// The room that a column needs, in widths of a Chinese character: numbers stand in one line, and a long text is broken.
fn need(table: &Table, column: usize, language: Language) -> f64 {
    /// A long text has lines of so many Latin letters.
    const LINE: usize = 20;
    let head = &table.columns[column];
    let longest = |text: &str| {
        let pieces = breakable(text);
        let pieces = pieces.split([' ', '\u{200B}', '\n']);
        let of = |piece: &str| match piece.is_ascii() {
            true => piece.len(),
            // Chinese is broken anywhere.
            false => piece.width().min(6),
        };
        pieces.map(of).max().unwrap_or(0)
    };
    let mut most = longest(&head.label);
    for row in &table.rows {
        let text = shown(&row[column], head, language);
        let whole = if table.is_numeric(column) { text.width() } else { text.width().min(LINE) };
        most = most.max(whole).max(longest(&text));
    }
    most as f64 * 0.54
}
