//! The documents: the runs that they show are what the program prints, both READMEs say the same, and they are in
//! plain English, as is the documentation of the code; one word for a concept.

use std::path::{Path, PathBuf};
use std::process::Command;

use quanheng::report::render::{FORMATS, Format, Render, markdown};
use quanheng::report::{Columns, Language, Reader, Report, Table, comparison};
use quanheng_core::comparison::statistic::{self, Of};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn text(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

/// Every Markdown file of the repository, without those that lie in build folders.
fn documents() -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![root().to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            let name = path.file_name().expect("a name").to_string_lossy().into_owned();
            if path.is_dir() && name != "target" && !name.starts_with('.') {
                folders.push(path);
            } else if name.ends_with(".md") {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

/// A fenced block of a document.
struct Block<'a> {
    /// The word behind the first fence.
    language: &'a str,
    body: &'a str,
}

fn blocks(document: &str) -> Vec<Block<'_>> {
    let mut found = Vec::new();
    let mut rest = document;
    while let Some((_, after)) = rest.split_once("\n```") {
        let (language, after) = after.split_once('\n').expect("a line below the fence");
        let end = if after.starts_with("```") {
            0
        } else {
            after.find("\n```").expect("a closing fence") + 1
        };
        found.push(Block { language, body: &after[..end] });
        rest = &after[end + 3..];
    }
    found
}

/// The document without its fenced blocks.
fn prose(document: &str) -> String {
    let lines = document.split("\n```").step_by(2);
    lines.collect::<Vec<_>>().join("\n")
}

/// A command of a transcript, and the output that is shown below it.
struct Step<'a> {
    command: &'a str,
    shown: Vec<&'a str>,
}

/// A transcript is a block whose first line begins with `$ `.
fn transcript<'a>(block: &Block<'a>) -> Option<Vec<Step<'a>>> {
    block.body.starts_with("$ ").then(|| {
        let mut steps: Vec<Step> = Vec::new();
        for line in block.body.lines() {
            match (line.strip_prefix("$ "), steps.last_mut()) {
                (Some(command), _) => steps.push(Step { command, shown: Vec::new() }),
                (None, Some(step)) => step.shown.push(line),
                (None, None) => unreachable!("the first line is a command"),
            }
        }
        let ends = steps.len() - 1;
        for step in &mut steps[..ends] {
            // An empty line parts a step from the next one.
            step.shown.pop_if(|line| line.is_empty());
        }
        steps
    })
}

const ELLIPSIS: &str = "…";

/// Whether the lines shown are those printed, `…` standing for any number of lines.
fn agrees(shown: &[&str], printed: &[&str]) -> bool {
    match shown.split_first() {
        None => printed.is_empty(),
        Some((&ELLIPSIS, rest)) => {
            (0..=printed.len()).any(|skipped| agrees(rest, &printed[skipped..]))
        }
        Some((line, rest)) => printed.first() == Some(line) && agrees(rest, &printed[1..]),
    }
}

/// The lines that take the place of `shown`: as many as before of the head, of the foot, and below the first line of
/// each part between two ellipses. None if such a line is no longer printed.
fn renewed<'a>(shown: &[&str], printed: &[&'a str]) -> Option<Vec<&'a str>> {
    let parts: Vec<&[&str]> = shown.split(|&line| line == ELLIPSIS).collect();
    let last = parts.len() - 1;
    if last == 0 {
        return Some(printed.to_vec());
    }
    let mut made = Vec::new();
    for (k, part) in parts.iter().enumerate() {
        let start = match k {
            0 => 0,
            _ if k == last => printed.len().checked_sub(part.len())?,
            _ => printed.iter().position(|line| line == &part[0])?,
        };
        made.extend(printed.get(start..start + part.len())?);
        if k < last {
            made.push(ELLIPSIS);
        }
    }
    Some(made)
}

/// Both streams of a command, run by a shell that knows this program as `quanheng`, for a user whose settings lie below
/// `home`.
fn run(command: &str, folder: &Path, home: &Path) -> String {
    let program = Path::new(env!("CARGO_BIN_EXE_quanheng")).parent().expect("its folder");
    let path = std::env::join_paths(
        std::iter::once(program.to_owned())
            .chain(std::env::split_paths(&std::env::var_os("PATH").unwrap_or_default())),
    );
    let done = Command::new("sh")
        .args(["-c", &format!("exec 2>&1; {command}")])
        .env("PATH", path.expect("a path"))
        .env("NO_COLOR", "1")
        .env("XDG_CONFIG_HOME", home)
        .env_remove("QUANHENG_FOLDERS")
        .env_remove("LANG")
        .current_dir(folder)
        .output()
        .expect("a shell");
    String::from_utf8(done.stdout).expect("text")
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a folder");
    for entry in std::fs::read_dir(from).expect("a folder") {
        let path = entry.expect("an entry").path();
        let target = to.join(path.file_name().expect("a name"));
        if path.is_dir() {
            copy(&path, &target);
        } else {
            std::fs::copy(&path, &target).expect("copied");
        }
    }
}

/// Documents whose transcripts go on where the one before ended; elsewhere each of them begins in a fresh folder.
const CONTINUED: [&str; 3] = ["docs/publishing.md", "docs/tutorial.md", "docs/tutorial.zh.md"];

/// A folder with what the documents use of the repository.
fn fresh() -> tempfile::TempDir {
    let place = tempfile::tempdir().expect("a folder");
    for folder in ["examples", "docs/tutorial"] {
        copy(&root().join(folder), &place.path().join(folder));
    }
    place
}

/// Every transcript in the documents is what the program prints. `$ cd FOLDER` changes the folder for the steps
/// below it. With `QUANHENG_WRITE=1` the documents are written instead of compared.
#[test]
#[cfg(unix)]
fn shown_runs_are_what_is_printed() {
    let write = std::env::var("QUANHENG_WRITE").is_ok_and(|value| value == "1");
    let mut stale = Vec::new();
    for path in documents() {
        let document = text(&path);
        let mut made = document.clone();
        let is_continued = CONTINUED.iter().any(|name| path == root().join(name));
        let mut place: Option<(tempfile::TempDir, PathBuf)> = None;
        for block in blocks(&document) {
            let Some(steps) = transcript(&block) else { continue };
            if !is_continued {
                place = None;
            }
            let (place, folder) = place.get_or_insert_with(|| {
                let place = fresh();
                let folder = place.path().to_owned();
                (place, folder)
            });
            let mut body = Vec::new();
            for step in &steps {
                body.push(format!("$ {}", step.command));
                if let Some(inside) = step.command.strip_prefix("cd ") {
                    *folder = folder.join(inside);
                    assert!(folder.is_dir(), "{}: {}", path.display(), step.command);
                    continue;
                }
                let output = run(step.command, folder, &place.path().join("home"));
                let here = place.path().canonicalize().expect("it is there").display().to_string();
                let output = output.replace(&here, "/home/you");
                let printed: Vec<&str> = output.trim_end().lines().collect();
                let renewed = renewed(&step.shown, &printed).filter(|_| write);
                if !agrees(renewed.as_ref().unwrap_or(&step.shown), &printed) {
                    let head: Vec<&str> = printed.iter().take(20).copied().collect();
                    let head = head.join("\n");
                    stale.push(format!("{}: $ {}\n{head}", path.display(), step.command));
                }
                let lines = renewed.as_ref().unwrap_or(&step.shown);
                body.extend(lines.iter().map(|line| (*line).to_owned()));
                if !lines.is_empty() {
                    body.push(String::new());
                }
            }
            if body.last().is_some_and(String::is_empty) {
                body.pop();
            }
            made = made.replace(block.body, &(body.join("\n") + "\n"));
        }
        if write && made != document {
            std::fs::write(&path, made).expect("written");
        }
    }
    assert!(stale.is_empty(), "QUANHENG_WRITE=1 writes these outputs:\n{}", stale.join("\n"));
}

/// The commands of a README: its shell blocks without comments, and without the language that is asked for.
fn commands(document: &str) -> Vec<String> {
    let shell = blocks(document).into_iter().filter(|block| block.language == "sh");
    let lines = shell.flat_map(|block| block.body.lines());
    lines
        .map(|line| line.split(" # ").next().expect("a part").trim_end())
        .map(|line| line.replace(" --lang en", "").replace(" --lang zh", ""))
        .collect()
}

/// Every number of a text, in ascending order of their digits.
fn figures(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut number = String::new();
    for c in text.chars().chain([' ']) {
        let inside = !number.is_empty() && matches!(c, '.' | ',' | '-' | 'e');
        if c.is_ascii_digit() || inside {
            number.push(c);
        } else if !number.is_empty() {
            let kept = number.trim_end_matches(['.', ',', '-', 'e']);
            found.push(kept.to_owned());
            number.clear();
        }
    }
    found.sort();
    found
}

/// README.md and README.zh.md show the same commands and figures, and link to each other and to the same files.
#[test]
fn both_readmes_say_the_same() {
    let (english, chinese) = (text(&root().join("README.md")), text(&root().join("README.zh.md")));
    assert_eq!(commands(&english), commands(&chinese));
    assert!(!commands(&english).is_empty());
    assert_eq!(figures(&prose(&english)), figures(&prose(&chinese)));
    let outputs = |document: &str| {
        let shown: Vec<_> = blocks(document).into_iter().filter(|b| b.language == "text").collect();
        shown.iter().map(|block| figures(block.body)).collect::<Vec<_>>()
    };
    assert_eq!(outputs(&english), outputs(&chinese));
    let links = |document: &str| {
        let mut found: Vec<String> = document
            .split("](")
            .skip(1)
            .map(|part| part.split(')').next().expect("an end").replace(".zh.md", ".md"))
            .filter(|link| !link.starts_with("README"))
            .collect();
        found.sort();
        found
    };
    assert_eq!(links(&english), links(&chinese));
    assert!(english.contains("(README.zh.md)") && chinese.contains("(README.md)"));
}

/// Every link from one document to a file of the repository leads somewhere.
/// A merge that is half done leaves such lines.
#[test]
fn no_document_keeps_both_sides_of_a_merge() {
    let halves = ["<<<<<<< ", "=======", ">>>>>>> "];
    for document in documents() {
        let of = text(&document);
        let left = of.lines().find(|line| halves.iter().any(|half| line.starts_with(half)));
        assert_eq!(left, None, "in {}", document.display());
    }
}

#[test]
fn links_lead_somewhere() {
    for path in documents() {
        let document = text(&path);
        let folder = path.parent().expect("its folder");
        for part in prose(&document).split("](").skip(1) {
            let link = part.split([')', '#']).next().expect("a link");
            if !link.is_empty() && !link.contains(':') {
                assert!(folder.join(link).exists(), "{} links to {link}", path.display());
            }
        }
    }
}

/// The rows of the tables of docs/words.md: English, Chinese, and the Chinese words that are not used.
fn words() -> Vec<[String; 3]> {
    let document = text(&root().join("docs/words.md"));
    let rows = document.lines().filter(|line| line.starts_with("| ") && !line.contains("中文"));
    rows.map(|row| {
        let cells: Vec<&str> = row.split('|').map(str::trim).collect();
        assert_eq!(cells.len(), 6, "{row}");
        [cells[1].to_owned(), cells[2].to_owned(), cells[4].to_owned()]
    })
    .collect()
}

/// The terms of a language file by their ids.
fn terms(file: &str) -> Vec<(String, String)> {
    let language = text(&root().join("words").join(file));
    let terms = language.lines().filter_map(|line| line.strip_prefix('-')?.split_once(" = "));
    terms.map(|(id, term)| (id.to_owned(), term.to_owned())).collect()
}

/// Every term of the language files stands in docs/words.md, with the same word in both languages.
#[test]
fn terms_are_those_of_the_word_list() {
    let words = words();
    let chinese = terms("zh.ftl");
    let mut wrong = Vec::new();
    for (id, english) in terms("en.ftl") {
        let chinese = chinese.iter().find(|(other, _)| *other == id).map_or("", |(_, term)| term);
        if !words.iter().any(|[en, zh, _]| *en == english && zh == chinese) {
            wrong.push(format!("{id}: {english}, {chinese}"));
        }
    }
    assert!(wrong.is_empty(), "not in docs/words.md:\n{}", wrong.join("\n"));
}

/// No Chinese text uses another word for a concept than that of docs/words.md.
#[test]
fn one_chinese_word_for_a_concept() {
    let avoided: Vec<String> =
        words().into_iter().map(|[.., avoided]| avoided).filter(|word| !word.is_empty()).collect();
    assert!(!avoided.is_empty());
    let mut wrong = Vec::new();
    for document in ["words/zh.ftl", "README.zh.md", "docs/tutorial.zh.md"] {
        // What the program prints is in blocks, and is made of the language files.
        for line in prose(&text(&root().join(document))).lines() {
            for word in avoided.iter().filter(|word| line.contains(word.as_str())) {
                wrong.push(format!("{document}: {word}: {line}"));
            }
        }
    }
    assert!(wrong.is_empty(), "docs/words.md has another word:\n{}", wrong.join("\n"));
}

/// Phrases that readers found hard, each with what to write in its place.
const RIDDLES: [(&str, &str); 23] = [
    ("is told", "receives, is informational"),
    ("are told", "receive, are reported"),
    ("told apart", "distinguished"),
    ("hold against", "compare with"),
    ("holds against", "compares with"),
    ("held against", "compared with"),
    ("as it was", "unchanged"),
    ("as they were", "unchanged"),
    ("is said", "is reported"),
    ("are said", "are reported"),
    ("be said", "be reported"),
    ("is no", "is not a, there is no"),
    ("are no", "are not, there are no"),
    ("can feel", "affects"),
    ("no result feels", "affects no result"),
    ("whoever", "anyone who"),
    ("Whoever", "Anyone who"),
    ("anew", "again"),
    ("of which", "whose, with"),
    ("the word of whoever", "the consent of"),
    ("so too", "also"),
    ("not a byte", "no code"),
    ("Not a byte", "No code"),
];

/// What may stand around a phrase that is plain English after all: words before it, words after it.
const PLAIN: [(&str, &[&str], &[&str]); 3] = [
    ("is no", &["there", "There"], &["longer", "more", "less", "better", "worse"]),
    ("are no", &["there", "There"], &["longer", "more", "less", "better", "worse"]),
    ("of which", &["all", "each", "one", "some", "none", "most", "both"], &[]),
];

/// The phrases of [`RIDDLES`] in a text, each with the words around it.
fn riddles(text: &str) -> Vec<String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    // A mark at the end of a word stays, so that no phrase runs over the end of a sentence.
    let bare = |word: &str| word.trim_start_matches(|c: char| !c.is_alphanumeric()).to_owned();
    let bared: Vec<String> = words.iter().map(|word| bare(word)).collect();
    let mut found = Vec::new();
    for (phrase, better) in RIDDLES {
        let phrase_words: Vec<&str> = phrase.split(' ').collect();
        for k in 0..bared.len().saturating_sub(phrase_words.len() - 1) {
            let end = k + phrase_words.len();
            let last = bared[end - 1].trim_end_matches(|c: char| !c.is_alphanumeric());
            let first = bared[k..end - 1].iter().map(String::as_str);
            if first.chain([last]).ne(phrase_words.iter().copied()) {
                continue;
            }
            let before = k.checked_sub(1).map_or("", |k| bared[k].as_str());
            let after = bared.get(end).map_or("", String::as_str);
            let plain = PLAIN.iter().any(|(plain, befores, afters)| {
                *plain == phrase && (befores.contains(&before) || afters.contains(&after))
            });
            if !plain {
                let around = words[k.saturating_sub(6)..(end + 4).min(words.len())].join(" ");
                found.push(format!("\"{phrase}\" (better: {better}): … {around} …"));
            }
        }
    }
    found
}

/// Documents, messages and the documentation of the code are in plain English.
#[test]
fn the_english_is_plain() {
    let mut wrong = Vec::new();
    for path in documents() {
        let prose = prose(&text(&path));
        // What stands in back quotes is quoted from somewhere.
        let kept: Vec<&str> = prose.split('`').step_by(2).collect();
        wrong.extend(
            riddles(&kept.join("`")).into_iter().map(|r| format!("{}: {r}", path.display())),
        );
    }
    let messages = riddles(&text(&root().join("words/en.ftl")));
    wrong.extend(messages.into_iter().map(|r| format!("words/en.ftl: {r}")));
    let folders = ["core/src", "src", "scripts/src", "plugins", "words", "benches"];
    for path in folders.into_iter().flat_map(rust_files) {
        let source = text(&path);
        let comment = |line: &str| {
            let line = line.trim_start();
            let doc = line.strip_prefix("///").or_else(|| line.strip_prefix("//!"));
            // A line of code parts two comments.
            doc.map_or("¶".to_owned(), str::to_owned)
        };
        let comments: Vec<String> = source.lines().map(comment).collect();
        let found = riddles(&comments.join("\n"));
        wrong.extend(found.into_iter().map(|r| format!("{}: {r}", path.display())));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn rust_files(folder: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "rs") {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

fn as_markdown(table: Table) -> String {
    markdown::render(&Report::from(vec![table]), Language::En, 2).trim_end().to_owned() + "\n"
}

/// The table of the statistics of a comparison, of one kind or the other, as docs/comparing.md shows it.
pub(crate) fn statistics(of: &[Of]) -> String {
    as_markdown(comparison::documented(of))
}

/// The table of forms of output, as docs/output.md shows it.
pub(crate) fn formats() -> String {
    let table = Columns::<&Format>::new()
        .text("name", "Form", |format| format!("`{}`", format.name))
        .text("reader", "For", |format| match format.reader {
            Reader::People => "people",
            Reader::Files => "files",
        })
        .text("made", "Made by", |format| match format.render {
            Render::Text(_) => "`--format`",
            Render::EachTable(_) | Render::Book(_) => "`run --out`",
        })
        .text("doc", "What it is", |format| format.doc)
        .table("formats", Reader::People, FORMATS);
    // Parquet is there in programs that are built with it.
    let made = as_markdown(table);
    let made: Vec<&str> = made.lines().filter(|line| !line.contains("`parquet`")).collect();
    made.join("\n") + "\n"
}

/// A form whose file is there and that is not in the table would be printed by nobody.
#[test]
fn every_form_of_output_is_in_the_table() {
    let mut files: Vec<String> = std::fs::read_dir(root().join("src/report/render"))
        .expect("a folder")
        .map(|entry| entry.expect("an entry").path())
        .map(|path| path.file_stem().expect("a name").to_string_lossy().into_owned())
        .filter(|name| name != "mod" && (cfg!(feature = "parquet") || name != "parquet"))
        .collect();
    let mut named: Vec<&str> = FORMATS.iter().map(|format| format.name).collect();
    files.sort();
    named.sort_unstable();
    assert_eq!(files, named, "each file of src/report/render has an entry in FORMATS");
}

/// A statistic whose file is there and that is not in the table would be computed by nobody.
#[test]
fn every_statistic_is_in_the_table() {
    let mut files: Vec<String> = std::fs::read_dir(root().join("core/src/comparison/statistic"))
        .expect("a folder")
        .map(|entry| entry.expect("an entry").path())
        .map(|path| path.file_stem().expect("a name").to_string_lossy().into_owned())
        .filter(|name| name != "mod")
        .collect();
    let mut named: Vec<&str> = statistic::TABLE.iter().map(|entry| entry.name).collect();
    files.sort();
    named.sort_unstable();
    assert_eq!(files, named, "each file of core/src/comparison/statistic has an entry in TABLE");
}
