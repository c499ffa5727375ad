//! A snapshot as text.
//!
//! A line depends on its own region alone: cells are filled up to widths that do not look at other lines, and rows
//! stand by code, so that a region that moves changes its line where it stands.

use quanheng_core::model::State;

use super::{Row, Score, Slice, Snapshot};
use crate::report::number;

/// What made a snapshot; it is kept with it and does not count when snapshots are compared.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Origin {
    /// The program and its version.
    pub program: String,
    /// The fingerprint of everything the result was made from.
    pub fingerprint: String,
}

/// The version of the body's form.
pub(super) const FORM: &str = "quanheng snapshot 1";
pub(super) const LEAGUE: &str = "league";
pub(super) const PERIOD: &str = "period";
pub(super) const REGIONS: &str = "regions";
pub(super) const METHODOLOGY: &str = "methodology";
pub(super) const TABLES: &str = "tables";
/// The columns that every table has, before those of the nodes.
pub(super) const COLUMNS: [&str; 5] = ["rank", "code", "name", "score", "tier"];

/// A `.snap` file: the head that insta gives it, then the body.
pub fn text(snapshot: &Snapshot, origin: &Origin) -> String {
    let expression = format!("quanheng test -m {}", snapshot.methodology);
    format!(
        "---\nsource: quanheng.toml\nexpression: {}\ninfo:\n  program: {}\n  fingerprint: {}\n---\n{}",
        plain(&expression),
        plain(&origin.program),
        plain(&origin.fingerprint),
        body(snapshot),
    )
}

/// The part that counts.
pub fn body(snapshot: &Snapshot) -> String {
    let mut text = format!(
        "{FORM} | {METHODOLOGY} {} | {TABLES} {}\n",
        escaped(&snapshot.methodology),
        snapshot.tables.len()
    );
    for table in &snapshot.tables {
        text.push_str("\n# ");
        let Slice { league, period } = &table.slice;
        if let Some(league) = league {
            text.push_str(&format!("{LEAGUE} {} | ", escaped(league)));
        }
        if !period.is_empty() {
            text.push_str(&format!("{PERIOD} {} | ", escaped(period)));
        }
        text.push_str(&format!("{REGIONS} {}\n", table.rows.len()));
        let heads = COLUMNS.into_iter().map(str::to_owned);
        line(&mut text, heads.chain(snapshot.nodes.iter().map(|code| escaped(code))));
        for row in &table.rows {
            line(&mut text, cells(row));
        }
    }
    text
}

fn cells(row: &Row) -> impl Iterator<Item = String> {
    let rank = row.rank.map_or_else(String::new, number::rank);
    let tier = row.tier.as_deref().map_or_else(String::new, escaped);
    let start = [rank, escaped(&row.code), escaped(&row.name), score(&row.score), tier];
    start.into_iter().chain(row.nodes.iter().map(score))
}

/// A score with every digit, or the word for why there is none.
pub(super) fn score(score: &Score) -> String {
    match score {
        Score::Value(x) => number::exact(*x),
        Score::Absent(State::NotApplicable) => "not_applicable".into(),
        Score::Absent(State::Withheld) => "withheld".into(),
        Score::Absent(State::Missing | State::Value) => "missing".into(),
    }
}

fn line(text: &mut String, cells: impl Iterator<Item = String>) {
    /// Screen columns that a cell of each column takes at least; those of the nodes are like that of the score.
    const WIDTHS: [usize; 5] = [4, 8, 16, 20, 8];
    let mut line = String::new();
    for (k, cell) in cells.enumerate() {
        let filling = " ".repeat(WIDTHS.get(k).unwrap_or(&20).saturating_sub(width(&cell)));
        line.push_str(if k > 0 { " | " } else { "" });
        if k == 0 {
            line.push_str(&filling);
        }
        line.push_str(&cell);
        if k > 0 {
            line.push_str(&filling);
        }
    }
    text.push_str(line.trim_end_matches(' '));
    text.push('\n');
}

/// How many columns of a screen a text takes, near enough for filling up: two for a wide character.
fn width(text: &str) -> usize {
    let wide = |c: char| {
        matches!(c, '\u{1100}'..='\u{115f}' | '\u{2e80}'..='\u{a4cf}' | '\u{ac00}'..='\u{d7a3}'
            | '\u{f900}'..='\u{faff}' | '\u{fe30}'..='\u{fe6f}' | '\u{ff00}'..='\u{ff60}'
            | '\u{20000}'..='\u{3fffd}')
    };
    text.chars().map(|c| if wide(c) { 2 } else { 1 }).sum()
}

/// A text in which nothing looks like the border of a cell or of a line.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    let last = text.chars().count().saturating_sub(1);
    for (k, c) in text.chars().enumerate() {
        match c {
            '\\' => out.push_str("\\\\"),
            '|' => out.push_str("\\|"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            ' ' if k == 0 || k == last => out.push_str("\\s"),
            c => out.push(c),
        }
    }
    out
}

/// A value of the head: as it is where that reads back as the same text, else in quotation marks with escapes that JSON
/// and YAML share.
fn plain(text: &str) -> String {
    const MEANT: [&str; 7] = ["yes", "no", "on", "off", "true", "false", "null"];
    let harmless = |c: char| c.is_alphanumeric() || " -_./".contains(c);
    let word = text.chars().all(harmless)
        && text.starts_with(char::is_alphanumeric)
        && !text.ends_with(' ')
        && text.parse::<f64>().is_err()
        && !text.starts_with("0x")
        && MEANT.iter().all(|word| !text.eq_ignore_ascii_case(word));
    if word { text.to_owned() } else { serde_json::Value::String(text.to_owned()).to_string() }
}
