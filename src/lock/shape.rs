//! A file as short digests of its lines, or of its rows and columns: enough to say where it changed, without keeping it.

use std::ops::Range;
use std::path::Path;

use crate::data::encoding::Encoding;
use crate::data::file::{Format, Input};
use crate::data::grid::Grid;
use crate::problem::{Change, Place, Source};

/// More digests than this are not kept: rows are then taken together in blocks.
const MOST: usize = 4096;

/// At most this many cells or lines are named; the rest is counted.
const NAMED: usize = 3;

/// What is kept of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// Nothing but the hash of its bytes.
    None,
    /// A text, by lines.
    Lines(Vec<Digest>),
    /// A table.
    Table {
        /// The sheet, for one of a workbook.
        sheet: Option<String>,
        /// The names of the columns, and a digest of each over all rows.
        columns: Vec<(String, Digest)>,
        /// How many rows each digest of `rows` is for.
        block: usize,
        /// How many rows there are.
        count: usize,
        /// The rows.
        rows: Vec<Digest>,
    },
}

/// Thirty-two bits of BLAKE3: they locate a change; the hash of the whole file protects against forgery.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Digest(pub(super) u32);

impl Digest {
    fn of<'a>(texts: impl Iterator<Item = &'a str>) -> Digest {
        let mut hasher = blake3::Hasher::new();
        for text in texts {
            hasher.update(&(text.len() as u64).to_le_bytes());
            hasher.update(text.as_bytes());
        }
        let hash = hasher.finalize();
        let first: [u8; 4] = hash.as_bytes()[..4].try_into().expect("a hash is longer");
        Digest(u32::from_be_bytes(first))
    }
}

impl Shape {
    /// The shape of a file of these bytes. One that is not plain is known by its lines, if it has some.
    pub(super) fn of(path: &Path, bytes: &[u8], sheet: Option<&str>, is_plain: bool) -> Shape {
        let now = if is_plain { Now::of(path, bytes, sheet) } else { Now::of_lines(bytes) };
        match now {
            Now::Opaque => Shape::None,
            Now::Text(text) => Shape::Lines(lines(&text)),
            Now::Table(grid) => table(&grid, sheet, None),
        }
    }
}

/// A file as it is now.
enum Now {
    Opaque,
    Text(String),
    Table(Box<Grid>),
}

impl Now {
    fn of(path: &Path, bytes: &[u8], sheet: Option<&str>) -> Now {
        let kind = path.extension().and_then(|e| e.to_str()).unwrap_or_default().to_lowercase();
        match kind.as_str() {
            "csv" | "tsv" | "xlsx" | "xls" | "ods" | "parquet" => {
                let format = Format {
                    sheets: sheet.into_iter().map(str::to_owned).collect(),
                    ..Format::default()
                };
                let input = Input::memory(path.display().to_string(), bytes);
                let grid = Grid::read(&input, &format, &mut Vec::new());
                // Cells of any encoding can be compared: where it is not known which, as one letter a byte.
                let bytes = Format { encoding: Encoding::of("windows-1252"), ..format };
                match grid.or_else(|| Grid::read(&input, &bytes, &mut Vec::new())) {
                    Some(grid) => Now::Table(Box::new(grid)),
                    None => Now::Opaque,
                }
            }
            _ => Now::of_lines(bytes),
        }
    }

    fn of_lines(bytes: &[u8]) -> Now {
        match std::str::from_utf8(bytes) {
            Ok(text) if !text.contains('\0') => Now::Text(text.to_owned()),
            _ => Now::Opaque,
        }
    }
}

fn lines(text: &str) -> Vec<Digest> {
    let digests: Vec<Digest> = text.lines().map(|line| Digest::of([line].into_iter())).collect();
    if digests.len() > MOST { Vec::new() } else { digests }
}

/// The digests of a table, its rows in blocks of a given size or of one that keeps them few.
fn table(grid: &Grid, sheet: Option<&str>, block: Option<usize>) -> Shape {
    let width = grid.header().len();
    let block = block.unwrap_or_else(|| grid.rows().div_ceil(MOST).max(1));
    let row = |row: usize| (0..width).map(move |column| grid.text(row, column));
    let starts = (0..grid.rows()).step_by(block);
    let rows = starts
        .map(|start| Digest::of((start..(start + block).min(grid.rows())).flat_map(row)))
        .collect();
    let columns = grid.header().iter().enumerate();
    let columns = columns
        .map(|(k, name)| {
            let cells = (0..grid.rows()).map(|row| grid.text(row, k));
            (name.clone(), Digest::of(cells))
        })
        .collect();
    Shape::Table { sheet: sheet.map(str::to_owned), columns, block, count: grid.rows(), rows }
}

/// Where a file differs from its shape, its bytes being known to differ; with the places as they are now.
pub(super) fn changes(
    locked: &Shape,
    path: &Path,
    name: &str,
    bytes: &[u8],
) -> Vec<(Change, Vec<Place>)> {
    let sheet = match locked {
        Shape::Table { sheet, .. } => sheet.as_deref(),
        _ => None,
    };
    let now = match locked {
        Shape::Lines(_) => Now::of_lines(bytes),
        _ => Now::of(path, bytes, sheet),
    };
    let found = match (locked, now) {
        (Shape::Lines(before), Now::Text(text)) if !before.is_empty() => {
            of_lines(before, &text, name)
        }
        (Shape::Table { columns, block, count, rows, .. }, Now::Table(grid)) => {
            let Shape::Table { columns: columns_now, rows: rows_now, .. } =
                table(&grid, sheet, Some(*block))
            else {
                unreachable!("a table has the shape of one")
            };
            let before = Side { columns, rows, count: *count };
            let now = Side { columns: &columns_now, rows: &rows_now, count: grid.rows() };
            of_table(before, now, *block, &grid)
        }
        _ => vec![(Change::Bytes, vec![])],
    };
    match found.is_empty() {
        true => vec![(Change::Spelling, vec![Place::File(name.to_owned())])],
        false => found,
    }
}

#[derive(Clone, Copy)]
struct Side<'a> {
    columns: &'a [(String, Digest)],
    rows: &'a [Digest],
    count: usize,
}

fn of_table(
    before: Side<'_>,
    now: Side<'_>,
    block: usize,
    grid: &Grid,
) -> Vec<(Change, Vec<Place>)> {
    let names = |side: Side<'_>| side.columns.iter().map(|(n, _)| n.clone()).collect::<Vec<_>>();
    let (names_before, names_now) = (names(before), names(now));
    let gone: Vec<String> =
        names_before.iter().filter(|n| !names_now.contains(n)).cloned().collect();
    let new: Vec<String> =
        names_now.iter().filter(|n| !names_before.contains(n)).cloned().collect();
    let head = |name: &String| {
        names_now.iter().position(|n| n == name).map(|column| grid.head_place(column))
    };
    let mut found = Vec::new();
    if !gone.is_empty() || !new.is_empty() {
        let places = new.iter().filter_map(head).take(1).collect();
        return vec![(Change::Columns { gone, new }, places)];
    }
    if names_before != names_now {
        return vec![(Change::ColumnOrder, vec![grid.head_place(0)])];
    }
    let mut sorted = (before.rows.to_vec(), now.rows.to_vec());
    sorted.0.sort();
    sorted.1.sort();
    if block == 1 && sorted.0 == sorted.1 && before.rows != now.rows {
        return vec![(Change::RowOrder, vec![])];
    }
    let (changed, rest) = middle(before.rows, now.rows);
    let differing = |name: &String| {
        let digest = |side: Side<'_>| side.columns.iter().find(|(n, _)| n == name).map(|c| c.1);
        digest(before) != digest(now)
    };
    let columns: Vec<usize> = (0..names_now.len()).filter(|&k| differing(&names_now[k])).collect();
    if before.count == now.count {
        let rows: Vec<usize> = changed.filter(|&k| before.rows[k] != now.rows[k]).collect();
        if rows.is_empty() {
            return found;
        }
        let row_names = |k: usize| (k * block, ((k + 1) * block).min(now.count) - 1);
        // One row or one column that changed: the cells are known. Else they lie where these rows and columns meet.
        if block == 1 && (rows.len() == 1 || columns.len() == 1) {
            for &row in &rows {
                for &column in &columns {
                    let column_name = names_now[column].clone();
                    let change = Change::Cell { column: column_name, key: key(grid, row, column) };
                    found.push((change, vec![grid.place(row, column)]));
                }
            }
            let more = found.len().saturating_sub(NAMED);
            found.truncate(NAMED);
            if more > 0 {
                found.push((Change::More { cells: more }, vec![]));
            }
        } else {
            let column = columns.first().copied().unwrap_or(0);
            let places = rows.iter().take(NAMED).map(|&k| grid.place(row_names(k).0, column));
            let change = Change::Cells {
                rows: rows.len(),
                block,
                columns: columns.iter().map(|&k| names_now[k].clone()).collect(),
            };
            found.push((change, places.collect()));
        }
        return found;
    }
    let places = match changed.is_empty() || now.count == 0 {
        false => vec![grid.place((changed.start * block).min(now.count - 1), 0)],
        true => vec![],
    };
    let rows = now.count.abs_diff(before.count);
    found.push((
        match now.count > before.count {
            true => Change::RowsNew { rows },
            false => Change::RowsGone { rows, after: after(grid, changed.start * block) },
        },
        places,
    ));
    let beside = changed.len().min(rest.len());
    if block == 1 && beside > 0 {
        found.push((Change::RowsBeside { rows: beside }, vec![]));
    }
    found
}

/// The first cell of a row, which tells what it is about, before `column`.
fn key(grid: &Grid, row: usize, column: usize) -> String {
    if column == 0 { String::new() } else { grid.text(row, 0).to_owned() }
}

fn after(grid: &Grid, row: usize) -> Option<String> {
    let row = row.checked_sub(1).filter(|row| *row < grid.rows())?;
    Some(grid.text(row, 0).to_owned())
}

fn of_lines(before: &[Digest], text: &str, name: &str) -> Vec<(Change, Vec<Place>)> {
    let now: Vec<Digest> = text.lines().map(|line| Digest::of([line].into_iter())).collect();
    let (changed, rest) = middle(before, &now);
    if changed.is_empty() && rest.is_empty() {
        return Vec::new();
    }
    let source = std::sync::Arc::new(Source::new(name, text));
    let place = |line: usize| {
        let span = line_span(text, line);
        Place::Text { source: source.clone(), span }
    };
    if before.len() == now.len() {
        let lines: Vec<usize> = changed.filter(|&k| before[k] != now[k]).collect();
        let places = lines.iter().take(NAMED).map(|&k| place(k)).collect();
        return vec![(Change::Lines { lines: lines.len() }, places)];
    }
    let at = if changed.is_empty() { vec![] } else { vec![place(changed.start)] };
    let (gone, new) = (rest.len(), changed.len());
    vec![(Change::LinesNewAndGone { new, gone, line: changed.start + 1 }, at)]
}

/// The stretch of `now`, and that of `before`, between what both begin with and what both end with.
fn middle(before: &[Digest], now: &[Digest]) -> (Range<usize>, Range<usize>) {
    let start = before.iter().zip(now).take_while(|(a, b)| a == b).count();
    let most = before.len().min(now.len()) - start;
    let pairs = before.iter().rev().zip(now.iter().rev());
    let end = pairs.take(most).take_while(|(a, b)| a == b).count();
    (start..now.len() - end, start..before.len() - end)
}

fn line_span(text: &str, line: usize) -> Range<usize> {
    let mut start = 0;
    for (k, part) in text.split_inclusive('\n').enumerate() {
        if k == line {
            return start..start + part.trim_end().len();
        }
        start += part.len();
    }
    start..start
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(before: &str, now: &str) -> Vec<Change> {
        let path = Path::new("t.csv");
        let shape = Shape::of(path, before.as_bytes(), None, true);
        changes(&shape, path, "t.csv", now.as_bytes())
            .into_iter()
            .map(|(change, _)| change)
            .collect()
    }

    #[test]
    fn rows_of_a_long_table_in_blocks() {
        let table = |odd: usize| {
            let row = |k: usize| format!("{k},{}\n", if k == odd { 0 } else { k + 1 });
            format!("code,x\n{}", (1..=10_000).map(row).collect::<String>())
        };
        let columns = vec!["x".to_owned()];
        assert_eq!(said(&table(0), &table(7000)), [Change::Cells { rows: 1, block: 3, columns }]);
        let shorter = table(0).lines().take(9_000).map(|l| format!("{l}\n")).collect::<String>();
        let after = Some("8997".to_owned());
        assert_eq!(said(&table(0), &shorter), [Change::RowsGone { rows: 1001, after }]);
    }

    #[test]
    fn many_cells_of_one_column() {
        let before = "code,x,y\na,1,1\nb,2,2\nc,3,3\nd,4,4\n";
        let now = "code,x,y\na,1,10\nb,2,20\nc,3,30\nd,4,40\n";
        let cell = |key: &str| Change::Cell { column: "y".into(), key: key.into() };
        let expected = [cell("a"), cell("b"), cell("c"), Change::More { cells: 1 }];
        assert_eq!(said(before, now), expected);
        assert_eq!(said(before, &before.replace("y\n", "z\n")).len(), 1);
        assert_eq!(said(before, "code,y,x\na,1,1\nb,2,2\nc,3,3\nd,4,4\n"), [Change::ColumnOrder]);
        assert_eq!(said(before, &before.replace("a,1,1", "\"a\", 1,1")), [Change::Spelling]);
    }
}
