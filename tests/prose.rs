//! Documents made of chapters: `quanheng report --template` and `--document`.

use std::path::Path;
use std::process::Command;

struct Ran {
    out: String,
    err: String,
    code: Option<i32>,
}

fn quanheng(arguments: &[&str]) -> Ran {
    let output = Command::new(env!("CARGO_BIN_EXE_quanheng"))
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .args(arguments)
        .output()
        .expect("the program runs");
    let text = |bytes| String::from_utf8(bytes).expect("text");
    Ran { out: text(output.stdout), err: text(output.stderr), code: output.status.code() }
}

/// What is written of an example, in the form that the ending says.
fn written(words: &[&str], ending: &str) -> String {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join(format!("a.{ending}"));
    let out = file.to_str().expect("a name");
    let ran = quanheng(&[words, &["--out", out]].concat());
    assert_eq!(ran.code, Some(0), "{words:?}: {}", ran.err);
    std::fs::read_to_string(&file).expect("it is written")
}

/// A copy of china-shdi with this chapter.
fn with_chapter(chapter: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/china-shdi");
    copy(&from, folder.path());
    let file = folder.path().join("quanheng.toml");
    let text = std::fs::read_to_string(&file).expect("the project");
    std::fs::write(&file, format!("{text}\n[document.d]\nchapters = [\"d.md\"]\n"))
        .expect("the project");
    std::fs::write(folder.path().join("d.md"), chapter).expect("a chapter");
    folder
}

fn copy(from: &Path, to: &Path) {
    for entry in std::fs::read_dir(from).expect("a folder") {
        let entry = entry.expect("an entry");
        let to = to.join(entry.file_name());
        match entry.path().is_dir() {
            true => {
                std::fs::create_dir_all(&to).expect("a folder");
                copy(&entry.path(), &to);
            }
            false => {
                std::fs::copy(entry.path(), to).expect("a file");
            }
        }
    }
}

/// The document of a copy of china-shdi with this chapter.
fn of_chapter(chapter: &str, language: &str, ending: &str) -> String {
    let folder = with_chapter(chapter);
    let path = folder.path().to_str().expect("a name");
    written(&["--lang", language, "report", path, "--document", "d"], ending)
}

/// What an expression gives is what the commands print.
#[test]
fn values_are_those_of_run() {
    let run = quanheng(&["--lang", "en", "run", "examples/china-shdi", "--format", "csv"]);
    let mut lines = run.out.lines();
    let head: Vec<&str> = lines.next().expect("a head").split(',').collect();
    let at = |name: &str| head.iter().position(|of| *of == name).expect("a column");
    let (rank, code, name, score) = (at("rank"), at("code"), at("name"), at("score"));
    let rows: Vec<Vec<&str>> = lines.map(|line| line.split(',').collect()).collect();
    assert_eq!(rows.len(), 31, "{}", run.err);
    let chapter = "{% for region in regions %}\n- {{ region.rank }}/{{ region.code }}/{{ region }}/{{ score(region) }}\n{% endfor %}\n";
    let document = of_chapter(chapter, "en", "md");
    let said: Vec<&str> = document.lines().filter_map(|line| line.strip_prefix("- ")).collect();
    assert_eq!(said.len(), rows.len(), "{document}");
    for (row, said) in rows.iter().zip(said) {
        let said: Vec<&str> = said.split('/').collect();
        assert_eq!([row[rank], row[code], row[name]], said[..3]);
        let (printed, written): (f64, f64) =
            (row[score].parse().expect("a score"), said[3].parse().expect("a score"));
        assert!((printed - written).abs() <= 0.0005, "{printed} {written}");
    }
}

/// The same document has the same bytes each time, in every form, and the mean is that of the scores.
#[test]
fn documents_are_the_same_each_time() {
    for (template, ending) in [("brief", "html"), ("research", "md"), ("profile", "html")] {
        let words = ["--lang", "zh", "report", "examples/china-shdi", "--template", template];
        assert!(written(&words, ending) == written(&words, ending), "{template}");
    }
}

/// Every template can be written of projects of every kind, and nothing of the machinery stands in it.
#[test]
fn templates_suit_every_project() {
    for (k, project) in ["china-shdi", "asem", "hotline-12345"].into_iter().enumerate() {
        let path = format!("examples/{project}");
        for (at, template) in ["research", "audit", "brief", "profile"].into_iter().enumerate() {
            let language = ["zh", "en"][(k + at) % 2];
            let text =
                written(&["--lang", language, "report", &path, "--template", template], "md");
            let said: Vec<&str> =
                text.lines().filter(|line| !line.starts_with('|') && !line.contains('`')).collect();
            for wrong in ["NaN", "undefined", "\u{e000}", "\u{e001}", "{{", "%}"] {
                let is_there = said.iter().any(|line| line.contains(wrong));
                assert!(!is_there, "{project} {template} {language}: {wrong}\n{text}");
            }
            assert!(!text.contains("\n\n\n"), "{project} {template} {language}: blank lines");
        }
    }
}

/// A name is text, whatever stands in it.
#[test]
fn names_are_no_markup() {
    let folder = with_chapter(
        "# {{ region(\"110000\") }}\n\n{{ region(\"110000\") }} and {{ region(\"120000\") }}\n\n\
         {{ table(\"ranking\", top=3) }}\n",
    );
    let regions = std::fs::read_dir(folder.path())
        .expect("a folder")
        .map(|entry| entry.expect("a file").path())
        .find(|path| std::fs::read_to_string(path).is_ok_and(|text| text.contains("北京")))
        .expect("the regions");
    let text = std::fs::read_to_string(&regions).expect("the regions");
    let text = text
        .replace("北京", "<script>alert(1)</script>{{ 7 * 7 }}")
        .replace("天津", "**x** ![y](https://a.b/c) 甲");
    std::fs::write(&regions, text).expect("the regions");
    let path = folder.path().to_str().expect("a name");
    let words = ["--lang", "zh", "report", path, "--document", "d"];
    let html = written(&words, "html");
    assert!(!html.contains("<script") && !html.contains("<img"), "markup");
    assert!(
        html.contains("&lt;script>alert(1)&lt;/script>{{ 7 * 7 }}")
            || html.contains("&lt;script&gt;")
    );
    assert!(html.contains("**x** ![y](https://a.b/c) 甲") && !html.contains("href=https://a.b"));
    let markdown = written(&words, "md");
    assert!(markdown.contains("\\<script\\>") && markdown.contains("\\*\\*x\\*\\*"), "{markdown}");
}

/// Every mistake of a chapter is said with its place, several at once, in both languages.
#[test]
fn mistakes_are_said_with_their_places() {
    let chapter = "# One\n\n{{ rank(\"31000\") }} {{ rank() }} {{ rnak(\"310000\") }}\n\n\
        {{ region(\"310000\").scor }} {{ 2 ** 3 }} {{ rank }} {{ top(0) }} {{ 3|digit(1) }}\n\n\
        {{ figure(\"rankin\") }} {{ table(\"rankng\") }} {{ score(\"310000\", nodes=\"a\") }}\n\n\
        ![a](b.png)\n";
    let folder = with_chapter(chapter);
    let path = folder.path().to_str().expect("a name");
    let mut said = String::new();
    for language in ["en", "zh"] {
        let out = folder.path().join("o.html");
        let out = out.to_str().expect("a name");
        let ran = quanheng(&["--lang", language, "report", path, "--document", "d", "--out", out]);
        assert_eq!(ran.code, Some(65), "{}", ran.err);
        said.push_str(&ran.err.replace(path, "the folder"));
    }
    insta::assert_snapshot!(said);
    let folder = with_chapter("{% for x in regions %}{{ x }}\n");
    let path = folder.path().to_str().expect("a name");
    let out = folder.path().join("o.html");
    let out = out.to_str().expect("a name");
    let ran = quanheng(&["--lang", "en", "report", path, "--document", "d", "--out", out]);
    assert!(ran.err.contains("cannot be read") && ran.err.contains("d.md:"), "{}", ran.err);
    let ran = quanheng(&["--lang", "en", "report", path, "--document", "e", "--out", out]);
    assert!(ran.err.contains("`e`") && ran.err.contains("d"), "{}", ran.err);
    let ran = quanheng(&["--lang", "en", "report", path, "--template", "brief", "--out", "a.docx"]);
    assert!(ran.err.contains("a.docx") && ran.err.contains(".md"), "{}", ran.err);
}

/// A template can be copied, and gives the same as before.
#[test]
fn a_template_can_be_copied() {
    let folder = with_chapter("# One\n");
    let path = folder.path().to_str().expect("a name");
    let words = ["--lang", "en", "report", path];
    let ran = quanheng(&[&words[..], &["--template", "research", "--copy", "chapters"]].concat());
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    let entry: String = ran
        .out
        .lines()
        .skip_while(|line| !line.trim().starts_with('['))
        .collect::<Vec<_>>()
        .join("\n");
    let file = folder.path().join("quanheng.toml");
    let text = std::fs::read_to_string(&file).expect("the project");
    std::fs::write(&file, format!("{text}\n{entry}\n")).expect("the project");
    let copied = written(&[&words[..], &["--document", "research"]].concat(), "md");
    let first = written(&[&words[..], &["--template", "research"]].concat(), "md");
    // The fingerprint and the state of the lock are of the project file, and the kind of report is that of the template.
    let body = |text: &str| {
        let from = text.find("\n## ").expect("a chapter");
        let to = text.find("## Appendix").expect("the appendix");
        text[from..to].to_owned()
    };
    assert_eq!(body(&copied), body(&first));
    let again = quanheng(&[&words[..], &["--template", "research", "--copy", "chapters"]].concat());
    assert!(again.err.contains("1-index.md"), "{}", again.err);
}

/// A number that was written by hand is a note.
#[test]
fn numbers_by_hand_are_noted() {
    let folder =
        with_chapter("Shanghai has 0.873.\n\nThe hotline 12345 <!-- number: its name -->\n");
    let path = folder.path().to_str().expect("a name");
    let ran = quanheng(&["--lang", "en", "check", path]);
    let said = format!("{}{}", ran.out, ran.err);
    assert!(said.contains("number_in_prose") && said.contains("0.873"), "{said}");
    assert!(!said.contains("12345"), "{said}");
}
