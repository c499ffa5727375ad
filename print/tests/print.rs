//! What the package promises: the same bytes, PDF/UA-1, no missing glyphs, no file but those that are given.
//!
//! The tests need a font. Where the system has none with Latin letters they fail: `.ci/run` installs one.

use quanheng_print::{Fonts, Job, pdf, png};

fn job<'a>(source: &'a str, files: &'a [(String, Vec<u8>)]) -> Job<'a> {
    Job { source, files, identifier: "a test", creator: "a test" }
}

const SVG: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"q\" width=\"60\" height=\"30\" viewBox=\"0 0 60 30\">\
    <style>.q{font-family:sans-serif}.a{fill:#ff0000}@media (prefers-color-scheme:dark){.a{fill:#00ff00}}</style>\
    <rect width=\"60\" height=\"30\" class=\"a\"/></svg>";

/// The head of a document that can be PDF/UA-1, in the first of the fonts.
fn head(fonts: &Fonts) -> String {
    let family = fonts.families().next().expect("the system has a font");
    format!(
        "#set document(title: \"A test\", date: none)\n#set text(font: {family:?}, lang: \"en\")\n"
    )
}

#[test]
fn the_same_job_gives_the_same_bytes() {
    let fonts = Fonts::system();
    let source =
        head(&fonts) + "= Head\n#figure(image(\"a.svg\", alt: \"A box\"), caption: \"Red\")\n";
    let files = [("a.svg".to_owned(), SVG.as_bytes().to_vec())];
    let first = pdf(&job(&source, &files), &fonts).expect("printed");
    let again = pdf(&job(&source, &files), &Fonts::system()).expect("printed");
    assert_eq!(first.bytes, again.bytes);
    assert_eq!((first.pages, &first.warnings[..]), (1, &[][..]));
    // It says that it is PDF/UA-1, and has no date.
    let text = String::from_utf8_lossy(&first.bytes);
    assert!(text.contains("pdfuaid:part"), "no mark of PDF/UA");
    assert!(!text.contains("CreationDate") && !text.contains("xmp:CreateDate"), "a date");
}

#[test]
fn what_is_not_accessible_is_refused() {
    let fonts = Fonts::system();
    let files = [("a.svg".to_owned(), SVG.as_bytes().to_vec())];
    let without_words = head(&fonts) + "= Head\n#image(\"a.svg\")\n";
    let said = pdf(&job(&without_words, &files), &fonts).expect_err("no words for the picture");
    assert!(said.iter().any(|of| of.message.contains("alt")), "{said:?}");
    let untitled = "= Head\n";
    let said = pdf(&job(untitled, &[]), &fonts).expect_err("no title");
    assert!(said.iter().any(|of| of.message.contains("title")), "{said:?}");
}

#[test]
fn nothing_but_the_given_files_is_read() {
    let fonts = Fonts::system();
    for wanted in [
        "#read(\"/etc/hostname\")",
        "#read(\"b.svg\")",
        "#import \"@preview/cetz:0.3.0\"",
        "#include \"b.typ\"",
    ] {
        let said = pdf(&job(&(head(&fonts) + wanted), &[]), &fonts).expect_err(wanted);
        assert_eq!(said[0].line, Some(3), "{said:?}");
    }
    let today = head(&fonts) + "#datetime.today().year()";
    pdf(&job(&today, &[]), &fonts).expect_err("there is no clock");
}

#[test]
fn missing_characters_are_found() {
    let fonts = Fonts::system();
    // Not assigned, a private one, a blank, a mark that nobody sees, a letter.
    let asked = ['\u{2FFFD}', '\u{F8FE}', ' ', '\u{200B}', '\n', 'a'];
    let missing = fonts.missing(asked);
    assert!(missing.contains(&'\u{2FFFD}'), "{missing:?}");
    assert!(!missing.iter().any(|c| [' ', '\u{200B}', '\n', 'a'].contains(c)), "{missing:?}");
    let none = Fonts::in_memory([b"no font".to_vec()]);
    assert!(none.is_empty());
    assert_eq!(none.missing("权a".chars()), ['a', '权']);
    let error = Fonts::named(&["/no/such/font.ttf".into()]).expect_err("no font");
    assert!(error.error.is_some(), "{error}");
}

#[test]
fn dark_colours_are_not_printed() {
    let fonts = Fonts::system();
    let first = png(SVG, 2.0, &[], &fonts).expect("drawn");
    assert_eq!(first, png(SVG, 2.0, &[], &fonts).expect("drawn"));
    assert_eq!(&first[1..4], b"PNG");
    // Width and height stand in the head of the file.
    let side = |at: usize| u32::from_be_bytes(first[at..at + 4].try_into().expect("four bytes"));
    assert_eq!((side(16), side(20)), (120, 60));
    // A drawing of one colour in light or dark: the pixels are compared with those of a drawing without the dark side.
    let light = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"60\" height=\"30\"><rect width=\"60\" height=\"30\" fill=\"#ff0000\"/></svg>";
    assert_eq!(first, png(light, 2.0, &[], &fonts).expect("drawn"));
    assert!(png(light, 100_000.0, &[], &fonts).is_err(), "too many pixels");
    assert!(png("no drawing", 1.0, &[], &fonts).is_err());
}
