//! PDF and PNG as the program writes them, with the feature `print`. The compiler refuses what is not PDF/UA-1, so that a
//! file that is there conforms to it.

use std::path::Path;
use std::process::{Command, Output};

fn quanheng(words: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_quanheng"));
    let done = command.current_dir(env!("CARGO_MANIFEST_DIR")).args(words).output();
    done.expect("the program starts")
}

fn written(words: &[&str], file: &Path) -> Vec<u8> {
    let file = file.to_str().expect("a name");
    let done = quanheng(&[words, &["--out", file]].concat());
    assert!(done.status.success(), "{words:?}: {}", String::from_utf8_lossy(&done.stderr));
    std::fs::read(file).expect("written")
}

#[test]
fn a_report_is_the_same_pdf_each_time() {
    let folder = tempfile::tempdir().expect("a folder");
    for language in ["zh", "en"] {
        let words = ["--lang", language, "report", "examples/china-shdi"];
        // The commands in it name the file.
        let file = folder.path().join("a.pdf");
        let (first, again) = (written(&words, &file), written(&words, &file));
        assert!(first.starts_with(b"%PDF-1.7"), "{language}");
        let marked = b"pdfuaid:part";
        assert!(first.windows(marked.len()).any(|of| of == marked), "{language}: not PDF/UA");
        assert!(first == again, "{language}: other bytes");
    }
}

#[test]
fn wide_and_marked_reports_are_written() {
    let folder = tempfile::tempdir().expect("a folder");
    let words = ["--lang", "zh", "report", "examples/digital-government", "--methodology", "cdg"];
    assert!(written(&words, &folder.path().join("a.pdf")).starts_with(b"%PDF"));
}

#[test]
fn a_chart_is_the_same_png_each_time() {
    let folder = tempfile::tempdir().expect("a folder");
    let words = ["--lang", "zh", "plot", "tiles", "examples/china-shdi"];
    let first = written(&words, &folder.path().join("a.png"));
    assert_eq!(&first[1..4], b"PNG");
    assert!(first == written(&words, &folder.path().join("b.png")));
    let small = written(&[&words[..], &["--scale", "1"]].concat(), &folder.path().join("c.png"));
    let width = |of: &[u8]| u32::from_be_bytes(of[16..20].try_into().expect("four bytes"));
    assert_eq!(width(&first), 2 * width(&small));
}

#[test]
fn missing_glyphs_are_an_error_that_names_them() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("a.pdf");
    let out = file.to_str().expect("a name");
    // No Chinese is in it.
    let font = "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf";
    let done =
        quanheng(&["--lang", "en", "report", "examples/china-shdi", "--out", out, "--font", font]);
    let said = String::from_utf8_lossy(&done.stderr).into_owned();
    assert_eq!(done.status.code(), Some(2), "{said}");
    assert!(said.contains("东 (U+4E1C)") && said.contains("name one more"), "{said}");
    assert!(!file.exists());
    let done = quanheng(&[
        "--lang",
        "en",
        "report",
        "examples/china-shdi",
        "--out",
        out,
        "--font",
        "docs",
    ]);
    let said = String::from_utf8_lossy(&done.stderr).into_owned();
    assert!(said.contains("there is no font in \"docs\""), "{said}");
}
