//! From the text of a snapshot to what it pins, or to what is wrong with it and where.

use std::path::Path;
use std::sync::Arc;

use quanheng_core::model::State;
use quanheng_words::{Text, text};

use super::text::{COLUMNS, FORM, LEAGUE, METHODOLOGY, Origin, PERIOD, REGIONS, TABLES};
use super::{Row, Score, Slice, Snapshot, Table};
use crate::gate::Folder;
use crate::gate::bounds::WHOLE_FILE;
use crate::problem::{Fault, Place, Problem, Reason, SnapshotFault, Source};

/// A snapshot that was read from a file.
#[derive(Clone, Debug)]
pub struct Read {
    /// What is pinned.
    pub snapshot: Snapshot,
    /// What made it, as far as it says so.
    pub origin: Origin,
    /// The file, as it is.
    pub text: String,
}

/// Reads the snapshot of a methodology; `None` where there is no such file.
///
/// # Errors
/// A file that cannot be opened, or the first thing that is wrong in it, with its place.
pub fn read(
    project: &Folder,
    path: &Path,
    methodology: &str,
) -> Result<Option<Read>, Box<Problem>> {
    let name = path.display().to_string();
    let unreadable = |reason: Reason| Box::new(Problem::unreadable(&name, reason));
    let bytes = match project.read(path, WHOLE_FILE) {
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(e) => return Err(unreadable(e.into())),
        Ok(bytes) => bytes,
    };
    let text = String::from_utf8(bytes)
        .map_err(|e| unreadable(Reason::NotUtf8 { byte: e.utf8_error().valid_up_to() }))?;
    let source = Arc::new(Source::new(name.clone(), text));
    let (snapshot, origin) = parse(&source)?;
    if snapshot.methodology != methodology {
        let at = source.text.find(FORM).unwrap_or_default();
        let end = source.text[at..].find(['\r', '\n']).map_or(source.text.len(), |n| at + n);
        let place = Place::Text { source: Arc::clone(&source), span: at..end };
        let (of, expected) = (snapshot.methodology, methodology.to_owned());
        let fault = Fault::Snapshot(SnapshotFault::Other { of, expected });
        return Err(Box::new(Problem { fault, places: vec![place] }));
    }
    Ok(Some(Read { snapshot, origin, text: source.text.clone() }))
}

fn parse(source: &Arc<Source>) -> Result<(Snapshot, Origin), Box<Problem>> {
    let mut lines = Lines::new(source);
    lines.refuse_conflicts()?;
    let origin = head(&mut lines)?;
    Ok((body(&mut lines)?, origin))
}

/// The lines of a file with their places.
struct Lines<'s> {
    source: &'s Arc<Source>,
    /// Each line without its end, and where it starts.
    all: Vec<(usize, &'s str)>,
    next: usize,
}

impl<'s> Lines<'s> {
    fn new(source: &'s Arc<Source>) -> Self {
        let mut at = 0;
        let all = source.text.split_inclusive('\n').map(|whole| {
            let start = at;
            at += whole.len();
            match whole.strip_prefix('\u{feff}') {
                Some(rest) if start == 0 => (start + '\u{feff}'.len_utf8(), rest),
                _ => (start, whole),
            }
        });
        let bare = |(start, line): (usize, &'s str)| {
            let line = line.strip_suffix('\n').unwrap_or(line);
            (start, line.strip_suffix('\r').unwrap_or(line))
        };
        Lines { source, all: all.map(bare).collect(), next: 0 }
    }

    /// The next line, with its position.
    fn take(&mut self) -> Option<(usize, &'s str)> {
        let line = self.all.get(self.next)?.1;
        self.next += 1;
        Some((self.next - 1, line))
    }

    fn skip_blank(&mut self) {
        while self.all.get(self.next).is_some_and(|(_, line)| line.trim().is_empty()) {
            self.next += 1;
        }
    }

    /// A fault at a line; at the end of the file where there is none of that position.
    fn fault(&self, at: usize, fault: SnapshotFault) -> Box<Problem> {
        let end = self.source.text.len();
        let span = self.all.get(at).map_or(end..end, |(start, line)| *start..start + line.len());
        let place = Place::Text { source: Arc::clone(self.source), span };
        Box::new(Problem { fault: Fault::Snapshot(fault), places: vec![place] })
    }

    /// A cell of a line that must be a number.
    fn not_a_number(&self, at: usize, found: &str) -> Box<Problem> {
        let mut problem = self.fault(at, SnapshotFault::NotANumber { found: found.to_owned() });
        let (start, line) = self.all[at];
        if let (Some(within), [Place::Text { span, .. }]) =
            (line.find(found), problem.places.as_mut_slice())
        {
            *span = start + within..start + within + found.len();
        }
        problem
    }

    fn expected(&self, at: usize, what: Text) -> Box<Problem> {
        self.fault(at, SnapshotFault::Expected { what })
    }

    /// An unfinished merge is reported as such, whatever else it breaks.
    fn refuse_conflicts(&self) -> Result<(), Box<Problem>> {
        let marks = |line: &str| {
            ["<<<<<<<", "|||||||", ">>>>>>>"].iter().any(|mark| line.starts_with(mark))
                || line == "======="
        };
        match self.all.iter().position(|(_, line)| marks(line)) {
            Some(at) => Err(self.fault(at, SnapshotFault::Conflict)),
            None => Ok(()),
        }
    }
}

/// The head that insta gives a file. Of its keys only what we put there is read; others are passed over.
fn head(lines: &mut Lines<'_>) -> Result<Origin, Box<Problem>> {
    match lines.take() {
        Some((_, "---")) => {}
        _ => return Err(lines.expected(0, text!(snapshot_line_begin))),
    }
    let mut origin = Origin::default();
    loop {
        let Some((at, line)) = lines.take() else {
            return Err(lines.expected(lines.all.len(), text!(snapshot_line_end)));
        };
        if line == "---" {
            return Ok(origin);
        }
        // The body's first line, where the line that ends the head is lost.
        if line.starts_with(FORM) {
            return Err(lines.expected(at, text!(snapshot_line_end)));
        }
        let Some((key, value)) = line.split_once(':') else { continue };
        match key {
            "  program" => origin.program = unquoted(value),
            "  fingerprint" => origin.fingerprint = unquoted(value),
            _ => {}
        }
    }
}

fn unquoted(value: &str) -> String {
    let value = value.trim();
    serde_json::from_str(value).unwrap_or_else(|_| value.to_owned())
}

fn body(lines: &mut Lines<'_>) -> Result<Snapshot, Box<Problem>> {
    lines.skip_blank();
    let Some((at, line)) = lines.take() else {
        return Err(lines.expected(lines.all.len(), text!(snapshot_line_first)));
    };
    let first = cells(line);
    if let [form, ..] = first.as_slice()
        && form.starts_with("quanheng snapshot ")
        && form != FORM
    {
        return Err(lines.fault(at, SnapshotFault::Form { form: form.clone() }));
    }
    let (methodology, stated) = match first.as_slice() {
        [form, methodology, tables] if form == FORM => (
            after(methodology, METHODOLOGY),
            after(tables, TABLES).and_then(|n| n.parse::<usize>().ok()),
        ),
        _ => (None, None),
    };
    let (Some(methodology), Some(stated)) = (methodology, stated) else {
        return Err(lines.expected(at, text!(snapshot_line_first)));
    };
    let mut snapshot = Snapshot { methodology, nodes: Vec::new(), tables: Vec::new() };
    loop {
        lines.skip_blank();
        let Some((at, line)) = lines.take() else { break };
        let table = table(lines, at, line, &mut snapshot)?;
        snapshot.tables.push(table);
    }
    let found = snapshot.tables.len();
    if found != stated {
        return Err(lines.fault(at, SnapshotFault::Tables { stated, found }));
    }
    Ok(snapshot)
}

/// One table, from its first line on. The first table says which nodes are pinned.
fn table(
    lines: &mut Lines<'_>,
    at: usize,
    line: &str,
    snapshot: &mut Snapshot,
) -> Result<Table, Box<Problem>> {
    let title = line.strip_prefix("# ").map(cells).unwrap_or_default();
    let mut title = title.iter().peekable();
    let mut stated = |word: &str| {
        let found = after(title.peek()?, word)?;
        title.next();
        Some(found)
    };
    let (league, period) = (stated(LEAGUE), stated(PERIOD).unwrap_or_default());
    let regions = stated(REGIONS).and_then(|n| n.parse::<usize>().ok());
    let Some(stated) = regions.filter(|_| title.next().is_none()) else {
        return Err(lines.expected(at, text!(snapshot_line_title)));
    };
    let slice = Slice { league, period };
    if snapshot.tables.iter().any(|table| table.slice == slice) {
        return Err(lines.fault(at, SnapshotFault::RepeatedTable));
    }
    let heads = lines.take().map(|(at, line)| (at, cells(line)));
    let (under, nodes) = match heads {
        Some((at, heads)) if heads.len() >= COLUMNS.len() && heads[..5] == COLUMNS => {
            (at, heads[5..].to_vec())
        }
        Some((at, _)) => return Err(lines.expected(at, text!(snapshot_line_heads))),
        None => return Err(lines.expected(lines.all.len(), text!(snapshot_line_heads))),
    };
    if snapshot.tables.is_empty() {
        snapshot.nodes = nodes;
    } else if snapshot.nodes != nodes {
        return Err(lines.expected(under, text!(snapshot_line_heads)));
    }
    let mut rows: Vec<Row> = Vec::new();
    while let Some(&(_, line)) = lines.all.get(lines.next) {
        if line.trim().is_empty() || line.starts_with("# ") {
            break;
        }
        lines.next += 1;
        let row = row(lines, lines.next - 1, line, snapshot.nodes.len())?;
        rows.push(row);
    }
    if rows.len() != stated {
        let found = rows.len();
        return Err(lines.fault(at, SnapshotFault::Regions { stated, found }));
    }
    let mut codes: Vec<(&str, usize)> =
        rows.iter().enumerate().map(|(k, row)| (row.code.as_str(), k)).collect();
    quanheng_core::number::sort_items(&mut codes, Ord::cmp);
    if let Some(pair) = codes.windows(2).find(|pair| pair[0].0 == pair[1].0) {
        let code = pair[1].0.to_owned();
        return Err(lines.fault(under + 1 + pair[1].1, SnapshotFault::RepeatedRegion { code }));
    }
    Ok(Table { slice, rows })
}

fn row(lines: &Lines<'_>, at: usize, line: &str, nodes: usize) -> Result<Row, Box<Problem>> {
    let mut cells = cells(line);
    let expected = COLUMNS.len() + nodes;
    if cells.len() != expected {
        let found = cells.len();
        return Err(lines.fault(at, SnapshotFault::Cells { expected, found }));
    }
    let number = |text: &str| text.parse::<f64>().ok().filter(|x| x.is_finite());
    let scores = cells.split_off(COLUMNS.len());
    let score = |text: &String| match text.as_str() {
        "missing" => Ok(Score::Absent(State::Missing)),
        "not_applicable" => Ok(Score::Absent(State::NotApplicable)),
        "withheld" => Ok(Score::Absent(State::Withheld)),
        text => number(text).map(Score::Value).ok_or_else(|| lines.not_a_number(at, text)),
    };
    let rank = match cells[0].as_str() {
        "" => None,
        text => Some(number(text).ok_or_else(|| lines.not_a_number(at, text))?),
    };
    let index = score(&cells[3])?;
    let tier = cells.pop().filter(|tier| !tier.is_empty());
    let mut texts = cells.into_iter().skip(1);
    Ok(Row {
        rank,
        code: texts.next().unwrap_or_default(),
        name: texts.next().unwrap_or_default(),
        tier,
        score: index,
        nodes: scores.iter().map(score).collect::<Result<_, _>>()?,
    })
}

/// What stands after a word; nothing where the cell ends with it.
fn after(cell: &str, word: &str) -> Option<String> {
    let rest = cell.strip_prefix(word)?;
    if rest.is_empty() { Some(String::new()) } else { rest.strip_prefix(' ').map(str::to_owned) }
}

/// The cells of a line, without escapes.
fn cells(line: &str) -> Vec<String> {
    let mut raw = vec![String::new()];
    let mut after_stroke = false;
    for c in line.chars() {
        if c == '|' && !after_stroke {
            raw.push(String::new());
            continue;
        }
        raw.last_mut().expect("one at least").push(c);
        after_stroke = c == '\\' && !after_stroke;
    }
    raw.iter().map(|cell| unescaped(cell.trim_matches(' '))).collect()
}

fn unescaped(text: &str) -> String {
    let mut out = String::new();
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => match chars.next() {
                Some('n') => out.push('\n'),
                Some('r') => out.push('\r'),
                Some('s') => out.push(' '),
                Some(other) => out.push(other),
                None => {}
            },
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::text;
    use super::*;

    fn parsed(text: &str) -> Result<(Snapshot, Origin), Box<Problem>> {
        parse(&Arc::new(Source::new("m.snap", text)))
    }

    /// Names with everything that has a meaning in the format, and scores at the ends of what a number can be.
    fn difficult() -> Snapshot {
        let row = |code: &str, name: &str, x: f64, tier: Option<&str>| Row {
            code: code.into(),
            name: name.into(),
            rank: Some(x.abs()),
            tier: tier.map(str::to_owned),
            score: Score::Value(x),
            nodes: vec![Score::Value(-x / 3.0), Score::Absent(State::NotApplicable)],
        };
        let slice = |league: Option<&str>, period: &str| Slice {
            league: league.map(str::to_owned),
            period: period.into(),
        };
        let empty = Row {
            rank: None,
            score: Score::Absent(State::Withheld),
            nodes: vec![Score::Absent(State::Missing), Score::Absent(State::Withheld)],
            ..row("z", "北京 | 天津", 1.0, None)
        };
        Snapshot {
            methodology: "a|b: \\n".into(),
            nodes: vec!["health".into(), "tier".into()],
            tables: vec![
                Table {
                    slice: slice(Some("league | period"), "2019 | regions 3"),
                    rows: vec![
                        row(" a", "line\nfeed\\", 5e-324, Some("A ")),
                        row("b|", "# period", f64::MAX, None),
                        empty,
                    ],
                },
                Table { slice: slice(None, "---"), rows: vec![row("---", "", 1e-300, Some("|"))] },
                Table { slice: slice(None, ""), rows: Vec::new() },
            ],
        }
    }

    #[test]
    fn what_is_written_is_read_back() {
        let origin = Origin { program: "quanheng 0.1.0".into(), fingerprint: "12345e7".into() };
        let snapshot = difficult();
        let text = text(&snapshot, &origin);
        assert!(text.contains("fingerprint: \"12345e7\""), "no number: {text}");
        assert_eq!(parsed(&text).unwrap(), (snapshot.clone(), origin.clone()));
        let saved_elsewhere = format!("\u{feff}{}", text.replace('\n', "\r\n"));
        assert_eq!(parsed(&saved_elsewhere).unwrap(), (snapshot, origin));
    }

    /// Wherever a file ends too early, it is refused, unless nothing but its last line feed is gone.
    #[test]
    fn a_file_that_was_cut_is_refused() {
        let text = text(&difficult(), &Origin::default());
        for (end, _) in text.char_indices() {
            let lost_nothing = text[end..].trim_end().is_empty();
            // Cut within the last line, a shorter line of the same meaning may be left: `tier` for `tier_`.
            match parsed(&text[..end]) {
                Ok((read, _)) => assert!(lost_nothing || read != difficult(), "cut at {end}"),
                Err(problem) => assert_eq!(problem.places.len(), 1),
            }
            let whole_lines = text[..end].ends_with('\n');
            assert!(!whole_lines || lost_nothing || parsed(&text[..end]).is_err(), "cut at {end}");
        }
    }

    #[test]
    fn other_keys_of_the_head_are_passed_over() {
        let text = text(&difficult(), &Origin::default());
        let more = text.replacen("---\n", "---\nassertion_line: 3\ninput_file: a\n", 1);
        assert_eq!(parsed(&more).unwrap().0, difficult());
    }
}
