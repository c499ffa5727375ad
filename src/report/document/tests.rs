//! The source of a small document is pinned; whatever a user wrote stays text.

use std::collections::BTreeSet;

use super::typst::{Faces, source};
use super::*;
use crate::report::chart::Chart;
use crate::report::{Columns, Reader};

/// Names that try to be markup.
const HOSTILE: [&str; 9] = [
    "#import \"x\": *",
    "$x^2$ @ref <label>",
    "\\u{1F600} \\",
    "\"); #panic(\"",
    "*bold* _emph_ `raw`",
    "= Heading",
    "] #pagebreak() [",
    "a\u{0}b\u{7f}\u{202e}c\u{200b}",
    "// comment /* */ ~ -- ...",
];

fn text(words: &str) -> Vec<Run> {
    vec![Run::Text(words.to_owned())]
}

fn table(cells: &[&str], columns: usize) -> Table {
    let mut heads = Columns::<usize>::new().text("name", "Region", |&row| cells[row].to_owned());
    for k in 1..columns {
        heads = heads.number(format!("x{k}"), format!("Indicator number {k}"), |&row| row as f64);
    }
    heads.table("t", Reader::People, 0..cells.len())
}

fn small(language: Language) -> Document {
    let chart = Chart {
        kind: "ranking",
        title: "Title of the chart".to_owned(),
        svg: "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"60\" height=\"30\"><title>没有</title>\
              <text x=\"1\" y=\"9\">权</text></svg>\n"
            .to_owned(),
        alternative: "What \"it\" shows.".to_owned(),
        table: table(&["a"], 2),
        source: "Source".to_owned(),
    };
    Document {
        language,
        title: "A report".to_owned(),
        about: vec!["By nobody".to_owned()],
        marks: vec!["data: invented".to_owned()],
        origin: "quanheng · fingerprint 0".to_owned(),
        contents: Contents::Everything,
        parts: vec![
            Part::Heading { level: 3, words: text("Too deep") },
            Part::Paragraph(vec![
                Run::Text("Plain, ".to_owned()),
                Run::Emphasis(text("emphasised")),
                Run::Strong(text("strong")),
                Run::Typed("quanheng run".to_owned()),
                Run::Break,
                Run::Link { to: "https://example.org/?a=\"b\"".to_owned(), words: text("a link") },
                Run::Link { to: "javascript:alert(1)".to_owned(), words: text("no link") },
                Run::Note(vec![Part::Paragraph(text("A footnote"))]),
            ]),
            Part::List {
                first: Some(3),
                items: vec![
                    vec![Part::Paragraph(text("three"))],
                    vec![Part::Paragraph(text("four"))],
                ],
            },
            Part::List { first: None, items: vec![vec![Part::Paragraph(text("point"))]] },
            Part::Quote(vec![Part::Paragraph(text("said"))]),
            Part::Verbatim("  y = a + b\n  z".to_owned()),
            Part::Figure { chart: Box::new(chart), caption: None },
            Part::Table {
                table: table(&["Zhejiang", "  below"], 3),
                caption: Some("Scores".to_owned()),
            },
            Part::NewPage,
            Part::Grid(vec![vec![text("Head"), text("")], vec![text("one")]]),
        ],
    }
}

#[test]
fn a_small_document_is_this_source() {
    let faces = Faces::of(["Noto Serif CJK SC", "Liberation Serif", "DejaVu Sans Mono"], false);
    let made = source(&small(Language::Zh), &faces);
    let preamble = include_str!("preamble.typ");
    insta::assert_snapshot!(made.text.replace(preamble, "// preamble.typ\n"));
    assert_eq!(made.files.len(), 1);
    // What is seen of a drawing is its text, not its title.
    assert!(made.characters.contains(&'权') && !made.characters.contains(&'没'));
}

#[test]
fn nothing_that_a_user_wrote_is_markup() {
    for hostile in HOSTILE {
        let mut document = small(Language::En);
        document.title = hostile.to_owned();
        document.about = vec![hostile.to_owned()];
        document.marks = vec![hostile.to_owned()];
        document.origin = hostile.to_owned();
        document.parts = vec![
            Part::Heading { level: 1, words: text(hostile) },
            Part::Paragraph(vec![Run::Typed(hostile.to_owned()), Run::Strong(text(hostile))]),
            Part::Verbatim(hostile.to_owned()),
            Part::Table { table: table(&[hostile], 2), caption: Some(hostile.to_owned()) },
            Part::Grid(vec![vec![text(hostile)], vec![text(hostile)]]),
        ];
        let made = source(&document, &Faces::default());
        // Without its strings, the source of every name is the same.
        let mut plain = document.clone();
        for words in [&mut plain.title, &mut plain.about[0], &mut plain.marks[0], &mut plain.origin]
        {
            *words = "x".to_owned();
        }
        plain.parts = vec![
            Part::Heading { level: 1, words: text("x") },
            Part::Paragraph(vec![Run::Typed("x".to_owned()), Run::Strong(text("x"))]),
            Part::Verbatim("x".to_owned()),
            Part::Table { table: table(&["x"], 2), caption: Some("x".to_owned()) },
            Part::Grid(vec![vec![text("x")], vec![text("x")]]),
        ];
        let usual = source(&plain, &Faces::default());
        assert_eq!(without_strings(&made.text), without_strings(&usual.text), "{hostile}");
        let controls: BTreeSet<char> =
            made.characters.iter().copied().filter(|c| c.is_control()).collect();
        assert_eq!(controls, BTreeSet::new(), "{hostile}");
    }
}

/// A source without what stands in quotation marks.
fn without_strings(source: &str) -> String {
    let mut out = String::new();
    let mut signs = source.chars();
    while let Some(sign) = signs.next() {
        out.push(sign);
        if sign == '"' {
            while let Some(inner) = signs.next() {
                match inner {
                    '\\' => drop(signs.next()),
                    '"' => break,
                    _ => {}
                }
            }
        }
    }
    out
}

#[test]
fn wide_tables_lie_or_are_divided() {
    let faces = Faces::default();
    for (columns, lies, pieces) in [(4, false, 1), (14, true, 1), (66, true, 5)] {
        let mut document = small(Language::En);
        document.parts =
            vec![Part::Table { table: table(&["Zhejiang", "Tianjin"], columns), caption: None }];
        let text = source(&document, &faces).text;
        let text = text.replace(include_str!("preamble.typ"), "");
        assert_eq!(text.contains("#lying("), lies, "{columns}");
        assert_eq!(text.matches("numbered(").count(), pieces, "{columns}");
        // Each piece says what its rows are about.
        assert_eq!(text.matches("\"Tianjin\"").count(), pieces, "{columns}");
    }
}

/// A drawing in a file of its own has its style in it: without it, everything is black.
#[test]
fn drawings_in_files_have_their_colours() {
    let mut document = small(Language::En);
    let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\">\n<title>a</title>\n<desc>b</desc>\n<defs></defs></svg>\n";
    for part in &mut document.parts {
        if let Part::Figure { chart, .. } = part {
            chart.svg = svg.to_owned();
        }
    }
    let printed = source(&document, &Faces::default()).files;
    let drawings = markdown::render(&document, "figures").drawings;
    let all: Vec<_> = printed.into_iter().chain(drawings).collect();
    assert_eq!(all.len(), 2);
    for (name, svg) in all {
        assert_eq!(svg.matches("<style>").count(), 1, "{name}: {svg}");
    }
}
