//! What `calamine` does not say of a sheet of an ods file: merged cells, and numbers that are shown in per cent.

use std::io::{BufReader, Cursor, Read};

use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;

/// A region of cells, from its first to its last: row and column, from 0.
pub(crate) type Area = ((u32, u32), (u32, u32));

/// The merged cells of a sheet, and the cells that are percentages: row and column, from 0.
#[derive(Debug, Default)]
pub(super) struct Sheet {
    pub(super) merged: Vec<Area>,
    pub(super) percents: Vec<(u32, u32)>,
}

/// Reads them for the cells from `first` to `last`, which are those that hold something.
pub(super) fn read(
    bytes: &[u8],
    name: &str,
    first: (u32, u32),
    last: (u32, u32),
) -> Result<Sheet, String> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|e| e.to_string())?;
    let content = archive.by_name("content.xml").map_err(|e| e.to_string())?;
    of_content(content, name, first, last)
}

fn of_content(
    content: impl Read,
    name: &str,
    first: (u32, u32),
    last: (u32, u32),
) -> Result<Sheet, String> {
    let mut reader = quick_xml::Reader::from_reader(BufReader::new(content));
    reader.config_mut().expand_empty_elements = true;
    let mut sheet = Sheet::default();
    let mut buffer = Vec::new();
    let (mut inside, mut row, mut column, mut rows) = (false, 0_u32, 0_u32, 1_u32);
    // A table may stand in a cell of another one.
    let mut depth = 0;
    loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer).map_err(|e| e.to_string())? {
            Event::Start(e) => match e.name().as_ref() {
                "table:table" => {
                    depth += 1;
                    if depth == 1 {
                        inside = text(&e, "table:name")?.as_deref() == Some(name);
                        row = 0;
                    }
                }
                "table:table-row" if inside && depth == 1 => {
                    rows = count(&e, "table:number-rows-repeated")?;
                    column = 0;
                }
                "table:table-cell" | "table:covered-table-cell" if inside && depth == 1 => {
                    let columns = count(&e, "table:number-columns-repeated")?;
                    let (down, right) = (
                        count(&e, "table:number-rows-spanned")?,
                        count(&e, "table:number-columns-spanned")?,
                    );
                    let is_cell = e.name().as_ref() == "table:table-cell";
                    if is_cell && (down > 1 || right > 1) {
                        let bottom = row.saturating_add(down - 1);
                        sheet
                            .merged
                            .push(((row, column), (bottom, column.saturating_add(right - 1))));
                    }
                    if text(&e, "office:value-type")?.as_deref() == Some("percentage") {
                        let of_row = row.max(first.0)..=row.saturating_add(rows - 1).min(last.0);
                        let to = column.saturating_add(columns - 1).min(last.1);
                        for r in of_row {
                            sheet.percents.extend((column.max(first.1)..=to).map(|c| (r, c)));
                        }
                    }
                    column = column.saturating_add(columns);
                }
                _ => {}
            },
            Event::End(e) => match e.name().as_ref() {
                "table:table-row" if inside && depth == 1 => row = row.saturating_add(rows),
                "table:table" => {
                    depth -= 1;
                    if depth == 0 && inside {
                        return Ok(sheet);
                    }
                }
                _ => {}
            },
            Event::Eof => return Ok(sheet),
            _ => {}
        }
    }
}

fn text(element: &BytesStart<'_>, name: &str) -> Result<Option<String>, String> {
    let found = element.try_get_attribute(name).map_err(|e| e.to_string())?;
    let value = |a: quick_xml::events::attributes::Attribute<'_>| {
        a.normalized_value(XmlVersion::Implicit1_0).map(|v| v.into_owned())
    };
    found.map(value).transpose().map_err(|e| e.to_string())
}

/// How often something is repeated, or over how many cells it goes: 1 unless stated.
fn count(element: &BytesStart<'_>, name: &str) -> Result<u32, String> {
    let stated = text(element, name)?;
    Ok(stated.and_then(|n| n.parse().ok()).filter(|n| *n > 0).unwrap_or(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentages_and_merged_cells() {
        let content = r#"<office:spreadsheet>
            <table:table table:name="other"><table:table-row><table:table-cell office:value-type="percentage"/></table:table-row></table:table>
            <table:table table:name="a &amp; b">
            <table:table-row table:number-rows-repeated="2"><table:table-cell/></table:table-row>
            <table:table-row><table:table-cell table:number-rows-spanned="2" table:number-columns-spanned="2"/><table:covered-table-cell/>
            <table:table-cell table:number-columns-repeated="3" office:value-type="percentage"/></table:table-row>
            </table:table></office:spreadsheet>"#;
        let sheet = of_content(content.as_bytes(), "a & b", (0, 0), (9, 3)).unwrap();
        assert_eq!(sheet.merged, [((2, 0), (3, 1))]);
        assert_eq!(sheet.percents, [(2, 2), (2, 3)]);
    }
}
