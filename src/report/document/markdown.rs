//! A document as Markdown, with its figures as files beside it.

use std::fmt::Write as _;

use quanheng_words::text;

use super::super::render::shown;
use super::super::{Kind, Language, Table};
use super::{Document, Part, Run};

/// A document as Markdown, and the drawings that it shows.
#[derive(Clone, Debug, PartialEq)]
pub struct Written {
    /// The text.
    pub text: String,
    /// The drawings: the name of each in the folder, and its SVG.
    pub drawings: Vec<(String, String)>,
}

/// The document, whose drawings will lie in a folder of this name beside it.
pub fn render(document: &Document, folder: &str) -> Written {
    let mut writer = Writer {
        language: document.language,
        folder,
        notes: Vec::new(),
        drawings: Vec::new(),
        tables: 0,
    };
    let mut text = format!("# {}\n\n", escaped(&document.title));
    for line in &document.about {
        let _ = write!(text, "{}\n\n", escaped(line));
    }
    for mark in &document.marks {
        let _ = write!(text, "> ⚠ {}\n\n", escaped(mark));
    }
    text.push_str(&writer.parts(&document.parts));
    let mut at = 0;
    while at < writer.notes.len() {
        let parts = writer.notes[at].clone();
        at += 1;
        let inside = writer.parts(&parts);
        let _ = write!(text, "[^{at}]: {}\n\n", indented(inside.trim_end(), "    "));
    }
    let _ = writeln!(text, "---\n\n{}", escaped(&document.origin));
    Written { text, drawings: writer.drawings }
}

struct Writer<'a> {
    language: Language,
    folder: &'a str,
    notes: Vec<Vec<Part>>,
    drawings: Vec<(String, String)>,
    tables: usize,
}

impl Writer<'_> {
    fn parts(&mut self, parts: &[Part]) -> String {
        let mut out = String::new();
        for part in parts {
            let _ = write!(out, "{}\n\n", self.part(part).trim_end());
        }
        out
    }

    fn part(&mut self, part: &Part) -> String {
        match part {
            Part::Heading { level, words } => {
                // The title of the document is the first heading.
                let level = (level + 1).min(6);
                format!("{} {}", "#".repeat(level), self.runs(words))
            }
            Part::Paragraph(words) => self.runs(words),
            Part::List { first, items } => {
                let mut out = String::new();
                for (k, item) in items.iter().enumerate() {
                    let mark = match first {
                        None => "- ".to_owned(),
                        Some(n) => format!("{}. ", n + k as u64),
                    };
                    let inside = self.parts(item);
                    let indent = " ".repeat(mark.len());
                    let _ = writeln!(out, "{mark}{}", indented(inside.trim_end(), &indent));
                }
                out
            }
            Part::Quote(parts) => {
                let inside = self.parts(parts);
                let lines = inside.trim_end().lines().map(|line| format!("> {line}"));
                lines.collect::<Vec<_>>().join("\n")
            }
            Part::Verbatim(text) => {
                let mut fence = "```".to_owned();
                while text.contains(&fence) {
                    fence.push('`');
                }
                format!("{fence}\n{text}\n{fence}")
            }
            Part::Figure { chart, caption } => {
                let n = self.drawings.len() + 1;
                let name = format!("{n:02}-{}.svg", chart.kind);
                let number = text!(document_figure, n = n).render(self.language);
                let words = caption.clone().unwrap_or_else(|| chart.title.clone());
                let words = format!("{number} {}", escaped(&words));
                let folder = address(self.folder);
                self.drawings.push((name.clone(), chart.alone()));
                format!("![{words}]({folder}/{name})\n\n*{words}*")
            }
            Part::Table { table, caption } => {
                self.tables += 1;
                let number = text!(document_table, n = self.tables).render(self.language);
                let words = caption.clone().unwrap_or_else(|| table.label.clone());
                format!("*{number} {}*\n\n{}", escaped(&words), self.table(table))
            }
            Part::Grid(rows) => {
                let mut out = String::new();
                for (k, row) in rows.iter().enumerate() {
                    let cells: Vec<String> = row.iter().map(|cell| self.runs(cell)).collect();
                    let _ = writeln!(out, "| {} |", cells.join(" | "));
                    if k == 0 {
                        let _ = writeln!(out, "|{}", "---|".repeat(row.len()));
                    }
                }
                out
            }
            Part::NewPage => "---".to_owned(),
        }
    }

    fn table(&self, of: &Table) -> String {
        let heads: Vec<String> = of.columns.iter().map(|head| escaped(&head.label)).collect();
        let mut out = format!("| {} |\n|", heads.join(" | "));
        for head in &of.columns {
            out.push_str(if matches!(head.kind, Kind::Number(_)) { "---:|" } else { "---|" });
        }
        out.push('\n');
        for row in &of.rows {
            let cell = |(cell, head)| {
                let text = shown(cell, head, self.language);
                let blanks = text.len() - text.trim_start_matches(' ').len();
                let words = escaped(text.trim_start());
                // A cell is no beginning of a line.
                let is_sign = words.starts_with("\\+") || words.starts_with("\\-");
                let words = if is_sign { &words[1..] } else { &words[..] };
                format!("{}{words}", "\u{2003}".repeat(blanks / 2))
            };
            let cells: Vec<String> = row.iter().zip(&of.columns).map(cell).collect();
            let _ = writeln!(out, "| {} |", cells.join(" | "));
        }
        out
    }

    fn runs(&mut self, words: &[Run]) -> String {
        let mut out = String::new();
        for run in words {
            match run {
                Run::Text(text) => out.push_str(&escaped(text)),
                Run::Emphasis(words) => {
                    let _ = write!(out, "*{}*", self.runs(words));
                }
                Run::Strong(words) => {
                    let _ = write!(out, "**{}**", self.runs(words));
                }
                Run::Typed(text) => {
                    let mut mark = "`".to_owned();
                    while text.contains(&mark) {
                        mark.push('`');
                    }
                    let pad = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
                    let _ = write!(out, "{mark}{pad}{text}{pad}{mark}");
                }
                Run::Link { to, words } => {
                    let words = self.runs(words);
                    let _ = write!(out, "[{words}](<{}>)", to.replace(['<', '>', '\n'], ""));
                }
                Run::Note(parts) => {
                    self.notes.push(parts.clone());
                    let _ = write!(out, "[^{}]", self.notes.len());
                }
                Run::Break => out.push_str("\\\n"),
            }
        }
        out
    }
}

/// A text in which no sign is markup.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    let mut before = None;
    let mut signs = text.chars().peekable();
    while let Some(sign) = signs.next() {
        let ends = signs.peek().is_none_or(|next| next.is_whitespace());
        let is_word = |of: Option<char>| of.is_some_and(char::is_alphanumeric);
        let acts = match sign {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '~' | '&' | '$' | '^' => true,
            // These act at the beginning of a line only.
            '#' | '+' | '-' | '=' | ':' => before.is_none(),
            // So does `1.` or `1)`.
            '.' | ')' => ends && !out.is_empty() && out.chars().all(|c| c.is_ascii_digit()),
            '!' => !is_word(before),
            _ => false,
        };
        if acts {
            out.push('\\');
        }
        out.push(if sign == '\n' { ' ' } else { sign });
        before = Some(sign);
    }
    out
}

/// A name as part of an address.
fn address(name: &str) -> String {
    let mut out = String::new();
    for byte in name.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'.' | b'-' | b'_' | b'/' => {
                out.push(char::from(byte));
            }
            byte => {
                let _ = write!(out, "%{byte:02X}");
            }
        }
    }
    out
}

/// The lines of a text, indented except for the first.
fn indented(text: &str, indent: &str) -> String {
    let lines = text.lines().enumerate().map(|(k, line)| match k == 0 || line.is_empty() {
        true => line.to_owned(),
        false => format!("{indent}{line}"),
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn no_text_is_markup() {
        assert_eq!(escaped("[x](javascript:y) <b> a|b"), "\\[x\\](javascript:y) \\<b\\> a\\|b");
        assert_eq!(escaped("# 1"), "\\# 1");
        assert_eq!(escaped("1. a. b"), "1\\. a. b");
        assert_eq!(escaped("2.5-3"), "2.5-3");
    }
}
