//! docs/scripting.md: every snippet in it is run. Its generated parts are in `generated.rs`.
//!
//! Kinds of blocks: ```` ```rhai PATH ```` is a whole script, whose examples hold and whose claims pass the battery;
//! `rhai module PATH` is what others import; in `rhai fragment`, `E // → V` says what an expression gives, and
//! `E // ✗ words` what is said of it; `rhai wrong PATH` is followed by a `text` block, what a person reads of it; `toml` is a
//! part of a project file, whose scripts exist; `sh` is shown only.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use quanheng::problem::{Fault, Place, Problem, Problems};
use quanheng_core::method::{ProgramFault, Settings, Source, Stage, Value};
use quanheng_core::model::{Names, Region};
use quanheng_scripts::{Failure, Host, LIBRARY, Limits, Script, Worked, leagues};

#[derive(Debug)]
struct Block {
    line: usize,
    info: String,
    text: String,
}

fn document() -> String {
    std::fs::read_to_string(docs().join("scripting.md")).expect("docs/scripting.md")
}

fn docs() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("docs")
}

fn blocks() -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut open: Option<Block> = None;
    for (k, line) in document().lines().enumerate() {
        match (line.strip_prefix("```"), &mut open) {
            (Some(info), None) => {
                open = Some(Block { line: k + 1, info: info.to_owned(), text: String::new() });
            }
            (Some(_), Some(_)) => blocks.extend(open.take()),
            (None, Some(block)) => {
                block.text.push_str(line);
                block.text.push('\n');
            }
            (None, None) => {}
        }
    }
    assert!(open.is_none(), "a block is not closed");
    blocks
}

/// A folder with every script of the document in its place.
fn project() -> tempfile::TempDir {
    let root = tempfile::tempdir().expect("a folder");
    for block in blocks() {
        let Some(path) = block.info.split(' ').next_back().filter(|p| p.ends_with(".rhai")) else {
            continue;
        };
        let path = root.path().join(path);
        assert!(!path.exists(), "{} is there twice (line {})", path.display(), block.line);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        std::fs::write(path, block.text).expect("a file");
    }
    root
}

/// What a person reads of faults.
fn rendered(faults: &[ProgramFault]) -> String {
    let problem = |fault: &ProgramFault| Problem {
        places: fault.sites.iter().cloned().map(Place::from).collect(),
        fault: Fault::Script(fault.clone()),
    };
    faults
        .iter()
        .map(problem)
        .collect::<Problems>()
        .render(quanheng_words::Language::En, false)
        .trim_end()
        .to_owned()
        + "\n"
}

#[test]
fn every_snippet_is_of_a_known_kind() {
    let known = ["rhai", "text", "toml", "sh"];
    for Block { line, info, .. } in blocks() {
        let kind = info.split(' ').next().unwrap_or_default();
        assert!(known.contains(&kind), "line {line}: a block of the kind `{info}`");
        if kind == "rhai" {
            assert!(info == "rhai fragment" || info.ends_with(".rhai"), "line {line}: `{info}`");
        }
    }
}

#[test]
fn whole_scripts_hold_and_keep_their_claims() {
    let root = project();
    let host = Host::new(Some(root.path().to_owned()), Limits::default());
    let mut stages: BTreeSet<Stage> = BTreeSet::new();
    let mut wrong = Vec::new();
    for Block { line, info, .. } in blocks() {
        let Some(path) = info.strip_prefix("rhai ").filter(|p| p.ends_with(".rhai")) else {
            continue;
        };
        if path.contains(' ') {
            continue;
        }
        let script = match Script::open(&host, path) {
            Ok(script) => script,
            Err(Ok(faults)) => {
                wrong.push(format!("line {line}: {}", rendered(&faults)));
                continue;
            }
            Err(Err(unread)) => panic!("line {line}: {unread:?}"),
        };
        stages.insert(script.stage());
        assert!(path.starts_with(script.stage().name()), "line {line}: the folder of its stage");
        let outcomes = match script.test(true) {
            Ok(outcomes) => outcomes,
            Err(fault) => {
                wrong.push(format!("line {line}: {}", rendered(&[fault])));
                continue;
            }
        };
        assert!(!outcomes.is_empty(), "line {line}: no example");
        for outcome in outcomes.iter().filter(|o| !o.holds()) {
            match &outcome.result {
                Err(Failure::Fault(fault)) => {
                    wrong.push(format!("line {line}: {}", rendered(std::slice::from_ref(fault))))
                }
                result => {
                    let findings: Vec<String> =
                        outcome.findings.iter().map(ToString::to_string).collect();
                    wrong.push(format!("line {line}: {result:?}\n{}", findings.join("\n")));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(stages.len(), 7, "a script for each stage: {stages:?}");
}

/// The document with the messages of its wrong scripts as they are said now.
pub(crate) fn with_messages(document: &str) -> String {
    let root = project();
    let host = Host::new(Some(root.path().to_owned()), Limits::default());
    let blocks = blocks();
    let mut document = document.to_owned();
    let mut count = 0;
    for (k, Block { line, info, .. }) in blocks.iter().enumerate() {
        let Some(path) = info.strip_prefix("rhai wrong ") else { continue };
        count += 1;
        let faults = match Script::open(&host, path) {
            Err(Ok(faults)) => faults,
            Err(Err(unread)) => panic!("line {line}: {unread:?}"),
            Ok(script) => match script.test(false) {
                Err(fault) => vec![fault],
                Ok(outcomes) => outcomes
                    .into_iter()
                    .filter_map(|o| match o.result {
                        Err(Failure::Fault(fault)) => Some(fault),
                        _ => None,
                    })
                    .collect(),
            },
        };
        assert!(!faults.is_empty(), "line {line}: nothing is wrong with it");
        // The same wherever the folder lies.
        let folder = format!("{}/", root.path().display());
        let text = rendered(&faults).replace(&folder, "");
        let shown = blocks.get(k + 1).filter(|b| b.info == "text");
        let shown = shown.unwrap_or_else(|| panic!("line {line}: no `text` block follows"));
        let script = format!("```rhai wrong {path}\n{}```\n```text\n", blocks[k].text);
        let place = format!("{script}{}", shown.text);
        assert!(document.contains(&place), "line {line}: the message follows at once");
        document = document.replace(&place, &format!("{script}{text}"));
    }
    assert!(count >= 5, "some errors are shown");
    document
}

/// Values of a script as plain lists, so that they can leave it; `()` becomes a text.
const AS_PLAIN: &str = r#"
fn tiers(scores) { scores.cut([0]) }
fn as_plain(value) {
    switch type_of(value) {
        "Column" => as_plain(value.list()),
        "Mask" => value.number().list().map(|k| k == 1),
        "Matrix" => value.columns.map(|c| as_plain(c)),
        "Tiers" => as_plain(value.numbers),
        "array" => value.map(|e| as_plain(e)),
        "()" => "()",
        _ => value,
    }
}
fn example() {
    let found = #{};
"#;

fn alike(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Number(a), Value::Number(b)) => (a - b).abs() <= 1e-9 * (1.0 + b.abs()),
        (Value::List(a), Value::List(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| alike(a, b))
        }
        (Value::Table(a), Value::Table(b)) => {
            a.len() == b.len() && a.iter().all(|(k, a)| b.get(k).is_some_and(|b| alike(a, b)))
        }
        (a, b) => a == b,
    }
}

/// What the expressions of a fragment give, and what the document says.
fn evaluated(host: &Arc<Host>, body: &str) -> Result<Vec<(String, Value, Value)>, ProgramFault> {
    let text = format!("{AS_PLAIN}{body}\n    #{{ column: [1], settings: found }}\n}}\n");
    let source = Arc::new(Source::new("fragment", text));
    let script = Script::compile(host, source).map_err(|mut faults| faults.remove(0))?;
    let Worked::Method(example) = script.examples()?.remove(0) else {
        panic!("an example of a method")
    };
    let pairs = example.settings.0.into_iter().map(|(name, pair)| match pair {
        Value::List(pair) => (name, pair[0].clone(), pair[1].clone()),
        other => panic!("{name}: {other:?}"),
    });
    Ok(pairs.collect())
}

#[test]
fn fragments_give_what_is_said_of_them() {
    let host = Host::new(None, Limits::default());
    let mut wrong = Vec::new();
    let mut count = 0;
    for Block { line, text, .. } in blocks().into_iter().filter(|b| b.info == "rhai fragment") {
        let mut body = String::new();
        for (k, row) in text.lines().enumerate() {
            let here = line + k + 1;
            if let Some((code, words)) = row.split_once("// ✗ ") {
                count += 1;
                let code = code.trim_end().trim_end_matches(';');
                match evaluated(&host, &format!("{body}    {code};")) {
                    Ok(_) => wrong.push(format!("line {here}: nothing is said of `{code}`")),
                    Err(fault) if fault.what.to_string().contains(words.trim()) => {}
                    Err(fault) => wrong.push(format!("line {here}: `{}`", fault.what)),
                }
                continue;
            }
            let Some((code, value)) = row.split_once("// → ") else {
                body.push_str(row);
                body.push('\n');
                continue;
            };
            count += 1;
            let code = code.trim_end().trim_end_matches(';');
            let found = match code.trim_start().strip_prefix("let ") {
                Some(rest) => {
                    body.push_str(&format!("{code};\n"));
                    rest.split([' ', '=']).next().unwrap_or_default()
                }
                None => code.trim(),
            };
            body.push_str(&format!("found.l{here} = [as_plain({found}), as_plain({value})];\n"));
        }
        match evaluated(&host, &body) {
            Err(fault) => wrong.push(format!("the block at line {line}: {}", rendered(&[fault]))),
            Ok(pairs) => {
                for (place, found, said) in pairs.iter().filter(|(_, a, b)| !alike(a, b)) {
                    wrong.push(format!("line {}: {found:?}, not {said:?}", &place[1..]));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(count >= 60, "{count} expressions are looked at");
}

/// What is in backticks in the first cell of each row of the table below a heading.
fn first_cells(heading: &str) -> Vec<String> {
    let text = document();
    let below =
        text.split(&format!("\n## {heading}")).nth(1).unwrap_or_else(|| panic!("{heading}"));
    let section = below.split("\n## ").next().unwrap_or_default();
    let cells = section.lines().filter_map(|l| l.strip_prefix("| ")?.split(" | ").next());
    cells
        .flat_map(|cell| cell.split('`').skip(1).step_by(2))
        .map(|code| code.trim_end_matches(':').to_owned())
        .collect()
}

fn compiled(text: String) -> Result<Arc<Script>, Vec<ProgramFault>> {
    let host = Host::new(None, Limits::default());
    Script::compile(&host, Arc::new(Source::new("s.rhai", text)))
}

/// The words that a hint lists: "one of a, b, c".
fn listed(fault: &ProgramFault) -> Vec<String> {
    let hint = fault.hint.clone().unwrap_or_default().to_string();
    let words = hint.trim_start_matches("one of ").split(", ");
    words.map(|word| word.trim_matches('`').to_owned()).collect()
}

#[test]
fn settings_are_as_the_table_has_them() {
    let forms = first_cells("Settings");
    assert!(forms.len() >= 8, "{forms:?}");
    for form in forms {
        let script = compiled(format!("{form}\nfn treat(x) {{ x }}\n")).expect("a setting");
        assert_eq!(script.settings().len(), 1, "{form}");
    }
}

/// Every word of the head, and every key of an example, is in its table.
#[test]
fn words_of_the_head_and_of_examples_are_in_their_tables() {
    let text = document();
    for key in ["needs", "claims"] {
        let script = format!("//! X.\n//!\n//! {key}: nonsense\nfn treat(x) {{ x }}\n");
        for word in listed(&compiled(script).expect_err("a word that means nothing")[0]) {
            assert!(text.contains(&format!("`{word}`")), "{key}: {word}");
        }
    }
    let claims = first_cells("The head");
    assert!(claims.iter().any(|c| c == "rowwise") && claims.iter().any(|c| c == "gives"));
    for stage in ["fn treat(x) { x }", "fn system() { tree(\"x\") }"] {
        let script = compiled(format!("{stage}\nfn example() {{ #{{ nonsense: 1 }} }}\n"));
        let fault = script.expect("a script").examples().expect_err("a key that is none");
        let keys = first_cells("Examples");
        for key in listed(&fault) {
            assert!(keys.contains(&key), "{key} is not in {keys:?}");
        }
    }
}

#[test]
fn leagues_divide_the_regions() {
    let root = project();
    let host = Host::new(Some(root.path().to_owned()), Limits::default());
    let script = Script::open(&host, "system/leagues_by_level.rhai").expect("a script");
    let prepared = script.prepare(&Settings::default()).expect("no settings");
    let region = |code: &str, level: &str| Region {
        code: code.into(),
        attributes: [("level".to_owned(), level.to_owned())].into_iter().collect(),
        names: Names::default(),
        ..Region::default()
    };
    let regions = Arc::new(vec![region("a", "city"), region("b", "county"), region("c", "city")]);
    let leagues = leagues(&prepared, &regions, &Arc::default()).expect("it has leagues");
    let leagues = leagues.expect("they are whole");
    assert_eq!(leagues[0].members, [true, false, true]);
    assert_eq!(leagues[1].members, [false, true, false]);
    assert_eq!((leagues[1].code.as_str(), leagues[1].name.as_str()), ("counties", "区县"));
    assert_eq!(leagues[1].full_marks.len(), 2);
}

/// The scripts that a part of a project file names.
fn named(value: &toml::Value, names: &mut Vec<String>) {
    match value {
        toml::Value::String(text) => names.extend(text.strip_prefix("script:").map(str::to_owned)),
        toml::Value::Array(items) => items.iter().for_each(|v| named(v, names)),
        toml::Value::Table(table) => {
            for (key, value) in table {
                match (key.as_str(), value.as_str()) {
                    ("script", Some(path)) => names.push(path.to_owned()),
                    _ => named(value, names),
                }
            }
        }
        _ => {}
    }
}

#[test]
fn parts_of_project_files_name_scripts_that_exist() {
    let root = project();
    let host = Host::new(Some(root.path().to_owned()), Limits::default());
    let mut names = Vec::new();
    for Block { line, text, .. } in blocks().into_iter().filter(|b| b.info == "toml") {
        let table: toml::Table = text.parse().unwrap_or_else(|e| panic!("line {line}: {e}"));
        named(&toml::Value::Table(table), &mut names);
    }
    assert!(names.len() >= 4, "some scripts are named: {names:?}");
    for name in names {
        assert!(host.read(&name).is_ok(), "there is no script `{name}`");
    }
}

/// The table of limits, as docs/scripting.md shows it.
pub(crate) fn limits() -> String {
    let Limits {
        operations,
        calls,
        depth,
        variables,
        text,
        list,
        map,
        bytes,
        memory,
        time,
        source,
        modules,
    } = Limits::default();
    format!(
        "| what | at most | key of `[scripts]` |\n|---|---|---|\n\
         | seconds that one call may take | {} | `seconds` |\n\
         | steps of evaluation in one call | {operations} | `operations` |\n\
         | memory of columns, masks and matrices | {} MB | `megabytes` |\n\
         | growth of the whole program while a script runs (Linux) | {} MB, or four times `megabytes` | |\n\
         | functions that call each other, one inside the other | {calls} | |\n\
         | expressions inside each other | {depth} | |\n\
         | variables in one function | {variables} | |\n\
         | bytes of a text | {text} | |\n\
         | elements of a list, those of lists in it counted | {list} | |\n\
         | entries of a map | {map} | |\n\
         | bytes of a script | {source} | |\n\
         | modules that a script imports | {modules} | |\n",
        time.as_secs(),
        bytes >> 20,
        memory >> 20,
    )
}

#[test]
fn scripts_that_the_document_names_exist() {
    let text = document();
    let mut found = 0;
    for name in text
        .split(['`', '"', ' ', '\n'])
        .filter(|w| w.ends_with(".rhai") && w.contains('/') && !w.contains('*'))
    {
        let name = name.trim_start_matches("script:").trim_start_matches("bundled:");
        let bundled = LIBRARY.iter().any(|b| b.name == name);
        let own = blocks().iter().any(|b| b.info.split(' ').next_back() == Some(name));
        assert!(bundled || own, "there is no `{name}`");
        found += 1;
    }
    assert!(found >= 8, "{found} scripts are named");
}
