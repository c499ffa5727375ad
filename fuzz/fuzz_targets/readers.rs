//! Tables as they come: the same bytes as delimited text, as a workbook, as the sheet of one and as the content of an ods
//! file; and as a condition. They are read, or refused in words.
#![no_main]

use std::io::Write;

use quanheng::data::file::{Format, Input};
use quanheng::data::grid::Grid;
use quanheng::problem::Problems;
use quanheng_words::Language;

libfuzzer_sys::fuzz_target!(init: quanheng_fuzz::pass_caught_faults(), |data: &[u8]| {
    read(data.to_vec());
    read(workbook(data));
    read(zip(&[
        ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
        ("content.xml", data),
    ]));
    if let Ok(text) = std::str::from_utf8(data) {
        let _ = quanheng::project::is_condition(text);
    }
});

fn read(bytes: Vec<u8>) {
    let mut problems = Vec::new();
    let input = Input::memory("input", bytes);
    if let Some(grid) = Grid::read(&input, &Format::default(), &mut problems) {
        for row in 0..grid.rows() {
            for column in 0..grid.header().len() {
                let _ = (grid.text(row, column), grid.place(row, column));
            }
        }
    }
    let _ = Problems::from(problems).render(Language::En, false);
}

fn zip(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, content) in parts {
        let options = zip::write::SimpleFileOptions::default();
        archive.start_file(*name, options).expect("begun");
        archive.write_all(content).expect("written");
    }
    archive.finish().expect("finished").into_inner()
}

/// An xlsx file whose sheet has these bytes between its first and its last tag.
fn workbook(rows: &[u8]) -> Vec<u8> {
    const RELATION: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
    let relation = |id: &str, kind: &str, target: &str| {
        format!("<Relationship Id=\"{id}\" Type=\"{RELATION}/{kind}\" Target=\"{target}\"/>")
    };
    let relations =
        |all: String| format!("<Relationships xmlns=\"{PACKAGE}\">{all}</Relationships>");
    let top = relations(relation("a", "officeDocument", "xl/workbook.xml"));
    let of_book = relations(
        [
            relation("a", "worksheet", "worksheets/sheet1.xml"),
            relation("b", "sharedStrings", "sharedStrings.xml"),
        ]
        .concat(),
    );
    let book = format!(
        "<workbook xmlns:r=\"{RELATION}\"><sheets><sheet name=\"a\" sheetId=\"1\" r:id=\"a\"/></sheets></workbook>"
    );
    let sheet = [b"<worksheet><sheetData>", rows, b"</sheetData></worksheet>"].concat();
    zip(&[
        ("[Content_Types].xml", b"<Types/>"),
        ("_rels/.rels", top.as_bytes()),
        ("xl/_rels/workbook.xml.rels", of_book.as_bytes()),
        ("xl/workbook.xml", book.as_bytes()),
        ("xl/sharedStrings.xml", b"<sst uniqueCount=\"1\"><si><t>a</t></si></sst>"),
        ("xl/worksheets/sheet1.xml", &sheet),
    ])
}
