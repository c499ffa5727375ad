//! Texts of project files and tables.

use quanheng_words::number::exact;

/// A text in TOML.
pub(super) fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            c if c.is_control() => out.push_str(&format!("\\u{:04X}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// A key in TOML.
pub(super) fn key(text: &str) -> String {
    let is_bare = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    if !text.is_empty() && text.chars().all(is_bare) { text.to_owned() } else { quoted(text) }
}

/// A list of texts in TOML.
pub(super) fn list(texts: &[String]) -> String {
    format!("[{}]", texts.iter().map(|text| quoted(text)).collect::<Vec<_>>().join(", "))
}

/// A number in TOML and in tables, with every digit.
pub(super) fn number(x: f64) -> String {
    exact(x)
}

/// A table as CSV; columns without any text are left out.
pub(super) fn csv(heads: &[&str], rows: &[Vec<String>]) -> String {
    let used: Vec<usize> =
        (0..heads.len()).filter(|k| *k < 2 || rows.iter().any(|row| !row[*k].is_empty())).collect();
    let mut out = String::new();
    let mut line = |cells: Vec<&str>| {
        let cells: Vec<String> = cells.into_iter().map(cell).collect();
        out.push_str(&cells.join(","));
        out.push('\n');
    };
    line(used.iter().map(|k| heads[*k]).collect());
    for row in rows {
        line(used.iter().map(|k| row[*k].as_str()).collect());
    }
    out
}

fn cell(text: &str) -> String {
    match text.contains([',', '"', '\n', '\r']) || text.trim() != text {
        true => format!("\"{}\"", text.replace('"', "\"\"")),
        false => text.to_owned(),
    }
}
