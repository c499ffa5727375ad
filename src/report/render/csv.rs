//! Tables as CSV: UTF-8, comma, every digit.

use super::super::Table;
use super::stored;

/// The table as CSV text, its heads by their keys.
pub fn render(table: &Table) -> String {
    let mut text = String::new();
    line(&mut text, table.columns.iter().map(|head| head.key.as_str()));
    for row in &table.rows {
        let cells: Vec<String> = row.iter().map(stored).collect();
        line(&mut text, cells.iter().map(String::as_str));
    }
    text
}

fn line<'a>(text: &mut String, cells: impl Iterator<Item = &'a str>) {
    for (k, cell) in cells.enumerate() {
        if k > 0 {
            text.push(',');
        }
        if cell.contains([',', '"', '\n', '\r']) {
            text.push('"');
            text.push_str(&cell.replace('"', "\"\""));
            text.push('"');
        } else {
            text.push_str(cell);
        }
    }
    text.push('\n');
}
