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

/// The number of pages.
fn pages(of: &[u8]) -> usize {
    let text = String::from_utf8_lossy(of);
    let kinds = text.split("/Type/Page").skip(1);
    kinds.filter(|rest| !rest.starts_with(|c: char| c.is_ascii_alphabetic())).count()
}

fn is_accessible(of: &[u8]) -> bool {
    let marked = b"pdfuaid:part";
    of.starts_with(b"%PDF-1.7") && of.windows(marked.len()).any(|at| at == marked)
}

#[test]
fn a_report_is_the_same_pdf_each_time() {
    let folder = tempfile::tempdir().expect("a folder");
    // The commands in it name the file.
    let file = folder.path().join("a.pdf");
    let words = ["--lang", "zh", "report", "examples/china-shdi"];
    let (first, again) = (written(&words, &file), written(&words, &file));
    assert!(is_accessible(&first));
    assert!(first == again, "other bytes");
}

#[test]
fn templates_are_printed() {
    let folder = tempfile::tempdir().expect("a folder");
    let printed = |language: &str, project: &str, template: &str| {
        let file = folder.path().join(format!("{template}.pdf"));
        let words = ["--lang", language, "report", project, "--template", template];
        let bytes = written(&words, &file);
        assert!(is_accessible(&bytes), "{project} {template}");
        pages(&bytes)
    };
    // A director has two pages.
    for project in ["examples/china-shdi", "examples/asem"] {
        for language in ["zh", "en"] {
            assert!(printed(language, project, "brief") <= 2, "{project} {language}");
        }
    }
    printed("zh", "examples/online-service", "audit");
    printed("en", "examples/china-shdi", "research");
    // A page for each region, and the contents.
    assert_eq!(printed("zh", "examples/china-shdi", "profile"), 32);
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
