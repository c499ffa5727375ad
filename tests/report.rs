//! `quanheng report`: the page that it writes, as text. `tests/browser/run` opens it in a browser.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::path::Path;
use std::process::Command;

/// The examples whose pages are looked at: one league with periods, one without periods, two leagues.
const PROJECTS: [&str; 3] = ["china-shdi", "asem", "digital-government"];

fn quanheng(arguments: &[&str]) -> (String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_quanheng"))
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .args(arguments)
        .output()
        .expect("the program runs");
    let text = [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).expect("text"));
    let [out, err] = text;
    (out, err)
}

/// The page of a project.
fn page(project: &str, language: &str, more: &[&str]) -> String {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("report.html");
    let out = file.to_str().expect("a name");
    let arguments = [&["--lang", language, "report", project, "--out", out], more].concat();
    let (_, err) = quanheng(&arguments);
    std::fs::read_to_string(&file).unwrap_or_else(|_| panic!("no page: {err}"))
}

fn example(name: &str) -> String {
    format!("examples/{name}")
}

/// A piece of a page.
#[derive(Clone, Debug, PartialEq)]
enum Token {
    Open(String, BTreeMap<String, String>),
    Close(String),
    Text(String),
}

const VOID: [&str; 5] = ["meta", "input", "br", "link", "col"];

/// The pieces of a page. It knows HTML as far as our pages use it, and panics at anything else.
fn tokens(html: &str) -> Vec<Token> {
    let mut rest = html.strip_prefix("<!DOCTYPE html>").expect("a document type");
    let mut tokens = Vec::new();
    while !rest.is_empty() {
        let Some(after) = rest.strip_prefix('<') else {
            let end = rest.find('<').unwrap_or(rest.len());
            let text = unescaped(&rest[..end]);
            tokens.push(Token::Text(text));
            rest = &rest[end..];
            continue;
        };
        if let Some(closing) = after.strip_prefix('/') {
            let (name, more) = closing.split_once('>').expect("the end of a tag");
            tokens.push(Token::Close(name.to_owned()));
            rest = more;
            continue;
        }
        let name_end = after.find(|c: char| !c.is_ascii_alphanumeric()).expect("a tag");
        let name = &after[..name_end];
        assert!(!name.is_empty(), "a sign < that begins no tag: {}", excerpt(rest));
        let (attributes, more, is_closed) = attributes(&after[name_end..]);
        rest = more;
        tokens.push(Token::Open(name.to_owned(), attributes));
        if is_closed || VOID.contains(&name) {
            tokens.push(Token::Close(name.to_owned()));
        }
        if name == "script" || name == "style" {
            let end = rest.find(&format!("</{name}")).expect("its end");
            tokens.push(Token::Text(rest[..end].to_owned()));
            rest = &rest[end..];
        }
    }
    with_ends(tokens)
}

/// The same with the ends of rows and cells, which HTML lets a page leave out.
fn with_ends(tokens: Vec<Token>) -> Vec<Token> {
    let mut all: Vec<Token> = Vec::new();
    let mut open: Vec<String> = Vec::new();
    let ends = |open: &mut Vec<String>, all: &mut Vec<Token>, of: &[&str]| {
        while open.last().is_some_and(|last| of.contains(&last.as_str())) {
            all.extend(open.pop().map(Token::Close));
        }
    };
    for token in tokens {
        match &token {
            Token::Open(name, _) => {
                match name.as_str() {
                    "td" | "th" => ends(&mut open, &mut all, &["td", "th"]),
                    "tr" => ends(&mut open, &mut all, &["td", "th", "tr"]),
                    _ => {}
                }
                open.push(name.clone());
            }
            Token::Close(name) => {
                if !["td", "th", "tr"].contains(&name.as_str()) {
                    ends(&mut open, &mut all, &["td", "th", "tr"]);
                }
                if open.last() == Some(name) {
                    open.pop();
                }
            }
            Token::Text(_) => {}
        }
        all.push(token);
    }
    all
}

fn excerpt(text: &str) -> String {
    text.chars().take(60).collect()
}

fn attributes(mut rest: &str) -> (BTreeMap<String, String>, &str, bool) {
    let mut found = BTreeMap::new();
    loop {
        rest = rest.trim_start();
        if let Some(more) = rest.strip_prefix("/>") {
            return (found, more, true);
        }
        if let Some(more) = rest.strip_prefix('>') {
            return (found, more, false);
        }
        let end = rest.find(['=', ' ', '>', '/']).expect("the end of an attribute");
        let name = &rest[..end];
        assert!(!name.is_empty() && !name.contains(['"', '<']), "{}", excerpt(rest));
        rest = &rest[end..];
        let mut value = String::new();
        if let Some(more) = rest.strip_prefix('=').filter(|more| !more.starts_with('"')) {
            // Without quotation marks a value ends at a blank or with the tag.
            let end = more.find([' ', '>']).expect("the end of a value");
            let wrong = ['"', '\'', '<', '=', '`', '&', '/'];
            assert!(end > 0 && !more[..end].contains(wrong), "{}", excerpt(more));
            value = more[..end].to_owned();
            rest = &more[end..];
        } else if let Some(more) = rest.strip_prefix("=\"") {
            let (text, more) = more.split_once('"').expect("the end of a value");
            assert!(!text.contains('<'), "a value with markup: {text}");
            value = unescaped(text);
            rest = more;
        }
        let before = found.insert(name.to_owned(), value);
        assert_eq!(before, None, "an attribute twice: {name}");
    }
}

fn unescaped(text: &str) -> String {
    for part in text.split('&').skip(1) {
        let known = ["amp;", "lt;", "gt;", "quot;", "#39;", "apos;", "nbsp;"];
        assert!(known.iter().any(|of| part.starts_with(of)), "a bare &: {}", excerpt(part));
    }
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}

/// The texts of the cells of each table that `is_meant` by its attributes, row by row.
fn tables(
    tokens: &[Token],
    is_meant: impl Fn(&BTreeMap<String, String>) -> bool,
) -> Vec<Vec<Vec<String>>> {
    let mut found = Vec::new();
    let (mut inside, mut in_cell) = (false, false);
    for token in tokens {
        match token {
            Token::Open(name, attributes) if name == "table" && is_meant(attributes) => {
                inside = true;
                found.push(Vec::new());
            }
            Token::Close(name) if name == "table" => inside = false,
            _ if !inside => {}
            Token::Open(name, _) if name == "tr" => {
                found.last_mut().expect("a table").push(Vec::new());
            }
            Token::Open(name, _) if name == "td" || name == "th" => {
                let rows: &mut Vec<Vec<String>> = found.last_mut().expect("a table");
                rows.last_mut().expect("a row").push(String::new());
                in_cell = true;
            }
            Token::Close(name) if name == "td" || name == "th" => in_cell = false,
            Token::Text(text) if in_cell => {
                let rows: &mut Vec<Vec<String>> = found.last_mut().expect("a table");
                rows.last_mut().and_then(|row| row.last_mut()).expect("a cell").push_str(text);
            }
            _ => {}
        }
    }
    found
}

#[test]
fn pages_are_well_formed() {
    for project in PROJECTS {
        for language in ["zh", "en"] {
            let html = page(&example(project), language, &[]);
            let mut open: Vec<String> = Vec::new();
            let mut ids = HashSet::new();
            let mut targets = BTreeSet::new();
            for token in tokens(&html) {
                match token {
                    Token::Open(name, attributes) => {
                        if let Some(id) = attributes.get("id") {
                            assert!(
                                ids.insert(id.clone()),
                                "{project}: the id {id} is given twice"
                            );
                        }
                        let links = ["href", "aria-labelledby", "aria-controls", "for"];
                        for (attribute, value) in &attributes {
                            if links.contains(&attribute.as_str()) {
                                let words =
                                    value.split(' ').map(|id| (attribute.clone(), id.to_owned()));
                                targets.extend(words);
                            }
                            assert!(
                                !attribute.starts_with("on"),
                                "{project}: a handler {attribute}"
                            );
                            // Nothing is fetched.
                            let fetched = attribute == "src" || value.contains("//");
                            let is_name = attribute == "xmlns" || attribute == "content";
                            assert!(!fetched || is_name, "{project}: {attribute} = {value}");
                        }
                        open.push(name);
                    }
                    Token::Close(name) => assert_eq!(open.pop(), Some(name), "{project}"),
                    Token::Text(_) => {}
                }
            }
            assert!(open.is_empty(), "{project}: {open:?}");
            for (attribute, target) in targets {
                let id = target.trim_start_matches('#');
                assert!(
                    ids.contains(id),
                    "{project}: {attribute} leads to {target}, which is not there"
                );
            }
        }
    }
}

/// The ranking of each methodology that a page shows is that of `run`, cell by cell.
#[test]
fn the_ranking_is_that_of_run() {
    for project in PROJECTS {
        let path = example(project);
        let html = page(&path, "en", &[]);
        let shown =
            tables(&tokens(&html), |of| of.get("data-table").is_some_and(|t| t == "ranking"));
        // How sure ranks are stands beside the scores of the ranking that is seen first, and `run` does not show it.
        let without = |table: Vec<Vec<String>>| -> Vec<Vec<String>> {
            let kept = |k: &usize| !table[0][*k].starts_with("Ranks in ");
            let kept: Vec<usize> = (0..table[0].len()).filter(kept).collect();
            table.iter().map(|row| kept.iter().map(|&k| row[k].clone()).collect()).collect()
        };
        let shown: Vec<Vec<Vec<String>>> = shown.into_iter().map(without).collect();
        let (run, _) = quanheng(&["--lang", "en", "run", &path, "-m", "all", "--format", "html"]);
        let printed = tables(&tokens(&run), |_| true);
        assert!(!printed.is_empty(), "{project}");
        let mut compared = 0;
        for table in &printed {
            // A summary of all regions has no ranks.
            if table[0][0] != "Rank" {
                continue;
            }
            // Of many regions, only the ranking that is seen first has the parts of the index.
            let lean = |table: &Vec<Vec<String>>| -> Vec<Vec<String>> {
                let keys = ["Rank", "Code", "Region", "Score", "Tier"];
                let kept = |k: &usize| keys.contains(&table[0][*k].as_str());
                let kept: Vec<usize> = (0..table[0].len()).filter(kept).collect();
                table.iter().map(|row| kept.iter().map(|&k| row[k].clone()).collect()).collect()
            };
            assert!(
                shown.contains(table) || (table.len() > 101 && shown.contains(&lean(table))),
                "{project}: no such ranking on the page: {:?}",
                table[..2].to_vec()
            );
            compared += table.len();
        }
        assert!(compared > 30, "{project}");
    }
}

#[test]
fn pages_are_small_and_always_the_same() {
    for project in ["china-shdi", "asem"] {
        for language in ["zh", "en"] {
            let html = page(&example(project), language, &[]);
            assert!(html.len() < 400_000, "{project} {language}: {} bytes", html.len());
            let again = page(&example(project), language, &["--threads", "2"]);
            assert!(html == again, "{project} {language} differs");
        }
    }
    // 31 regions by 65 indicators, of a project that has more leagues: what is not shown takes no room.
    let options = ["--methodology", "cdg", "--league", "provinces"];
    let html = page(&example("digital-government"), "zh", &options);
    assert!(html.len() < 400_000, "{} bytes", html.len());
}

#[test]
fn marks_stand_at_the_top() {
    let html = page(&example("digital-government"), "en", &[]);
    let head = &html[..html.find("<main").expect("the content")];
    assert!(
        head.contains("class=marks") && head.contains("Illustrative data, which nobody measured")
    );
    assert!(head.contains("<title>") && head.contains("illustrative data, placeholders</title>"));
    let without = page(&example("china-shdi"), "en", &[]);
    assert!(!without.contains("class=marks"));
}

/// A project in which everything that can have a name has one that would be markup.
fn hostile(folder: &Path) {
    let write = |name: &str, text: &str| std::fs::write(folder.join(name), text).expect("a file");
    const BAD: &str = "</script><script>alert(1)</script><!--";
    write(
        "quanheng.toml",
        &format!(
            r#"[project]
title = {{ zh = "{BAD}", en = "{BAD}" }}
source = "{BAD}"
[data]
regions = "regions.csv"
values = "values.csv"
[group.g]
title = {{ zh = "\" onload=\"alert(1)", en = "\" onload=\"alert(1)" }}
column = "g"
[system.s]
tree = "tree.csv"
[methodology.m]
title = {{ zh = "<img src=x>", en = "<img src=x>" }}
normalisation = "min_max"
[methodology.n]
normalisation = "z_score"
"#
        ),
    );
    write(
        "regions.csv",
        &format!(
            "code,name_zh,name_en,g\n\"a b\",{BAD},{BAD},\"\"\"><b>\"\n<i>,\"\"\" onclick=\"\"x\",\"\"\" onclick=\"\"x\",&amp;\n\
             c-1,\u{202e}丙,\u{202e}C,&amp;\nregion-head,丁,D,&amp;\n"
        ),
    );
    write(
        "tree.csv",
        &format!(
            "code,parent,name_zh,name_en,unit\nindex,,{BAD},{BAD},\nx,index,<x>,<x>,</td>\ny,index,\"\"\"\",\"\"\"\",&\n"
        ),
    );
    write("values.csv", "region,x,y\na b,1,2\n<i>,2,3\nc-1,3,1\nregion-head,5,4\n");
}

#[test]
fn no_name_is_markup() {
    let folder = tempfile::tempdir().expect("a folder");
    hostile(folder.path());
    let html = page(folder.path().to_str().expect("a name"), "en", &[]);
    let tokens = tokens(&html);
    let mut open = Vec::new();
    let mut scripts = 0;
    for token in &tokens {
        match token {
            Token::Open(name, attributes) => {
                let harmless = !attributes.keys().any(|name| name.starts_with("on"));
                assert!(
                    harmless && name != "img" && name != "b" && name != "i",
                    "{name} {attributes:?}"
                );
                scripts += usize::from(name == "script");
                open.push(name.clone());
            }
            Token::Close(name) => assert_eq!(open.pop().as_ref(), Some(name)),
            Token::Text(_) => {}
        }
    }
    assert_eq!(scripts, 2, "ours alone");
    assert!(!html.contains('\u{202e}'), "a mark of direction");
    // The names are there to be read.
    let texts =
        tokens.iter().filter_map(|of| if let Token::Text(text) = of { Some(text) } else { None });
    assert!(texts.filter(|text| text.contains("</script><script>alert(1)")).count() > 3);
}

#[test]
fn both_languages_lead_to_each_other() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("r.html");
    let out = file.to_str().expect("a name");
    let (said, err) =
        quanheng(&["--lang", "zh", "report", "examples/china-shdi", "--both", "--out", out]);
    assert_eq!(said.lines().count(), 2, "{said}{err}");
    let [zh, en] = ["r.html", "r.en.html"]
        .map(|name| std::fs::read_to_string(folder.path().join(name)).expect("a page"));
    assert!(zh.contains("<html lang=zh") && zh.contains("href=r.en.html"));
    assert!(en.contains("<html lang=en") && en.contains("href=r.html"));
}

/// Cases stand in a section of their own, and numbers have the form that is asked for.
#[test]
fn cases_and_the_form_of_numbers() {
    let html = page(&example("online-service"), "en", &["--decimals", "1", "--thousands"]);
    let text: Vec<String> = tokens(&html)
        .into_iter()
        .filter_map(|token| if let Token::Text(text) = token { Some(text) } else { None })
        .collect();
    for wanted in ["Cases", "At most one visit (最多跑一次)", "53 % → 97 %", "24 September 2021"]
    {
        assert!(text.iter().any(|text| text.contains(wanted)), "{wanted}");
    }
    let cells = tables(&tokens(&html), |of| of.get("data-table").is_some_and(|t| t == "ranking"));
    let score = cells[0][0].iter().position(|head| head == "Score").expect("scores");
    assert_eq!(cells[0][1][score], "96.7");
    let figures = tables(&tokens(&html), |of| of.get("data-table").is_some_and(|t| t == "figures"));
    assert!(figures.iter().flatten().flatten().any(|cell| cell == "10,000"), "{figures:?}");
}

/// A page of very many regions has the ranking of all, and says by which commands the rest is shown.
#[test]
fn many_regions_have_a_page() {
    const N: usize = 700;
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, text: &str| {
        std::fs::write(folder.path().join(name), text).expect("a file");
    };
    let rows = |row: &dyn Fn(usize) -> String| (0..N).map(row).collect::<String>();
    write("regions.csv", &format!("code,name\n{}", rows(&|k| format!("r{k},Region {k}\n"))));
    let value = |k: usize| format!("r{k},{},{}\n", (k * 37) % 701, (k * 61) % 709);
    write("values.csv", &format!("region,x,y\n{}", rows(&value)));
    write("tree.csv", "code,parent\nindex,\nx,index\ny,index\n");
    write(
        "quanheng.toml",
        "[data]\nregions = \"regions.csv\"\nvalues = \"values.csv\"\n[system.s]\ntree = \"tree.csv\"\n\
         [methodology.m]\nnormalisation = \"min_max\"\n[methodology.n]\nnormalisation = \"rank\"\n",
    );
    let path = folder.path().to_str().expect("a name");
    let html = page(path, "en", &[]);
    let tokens = tokens(&html);
    let rankings = tables(&tokens, |of| of.get("data-table").is_some_and(|t| t == "ranking"));
    assert_eq!(rankings.iter().map(Vec::len).collect::<Vec<_>>(), [N + 1, 101]);
    assert!(html.contains("all of them, a page each and tables: quanheng profile"), "the command");
    assert!(tables(&tokens, |of| of.get("data-table").is_some_and(|t| t == "scores")).is_empty());
    assert!(html.len() < 900_000, "{} bytes", html.len());
}

#[test]
fn what_cannot_be_reported_is_said() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("r.html");
    let out = out.to_str().expect("a name");
    let nowhere = folder.path().join("nowhere.html").join("r.html");
    std::fs::write(folder.path().join("nowhere.html"), "").expect("a file");
    let project = "examples/china-shdi";
    for (arguments, wanted, code) in [
        (&["report", project, "--out", out, "-m", "entropi"][..], "no methodology `entropi`", 2),
        (&["report", project, "--out", out, "-p", "1066"], "no period `1066`", 2),
        (&["report", project, "--out", out, "-l", "x"], "no league `x`", 2),
        (&["report", project, "--out", nowhere.to_str().expect("a name")], "cannot be written", 73),
        (
            &["report", project, "--out", out, "--map", "no.geojson"],
            "no.geojson cannot be read",
            66,
        ),
        (&["report", "examples/nothing", "--out", out], "examples/nothing", 66),
    ] {
        let output = Command::new(env!("CARGO_BIN_EXE_quanheng"))
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .args(["--lang", "en"])
            .args(arguments)
            .output()
            .expect("the program runs");
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(said.contains(wanted), "{arguments:?}: {said}");
        assert_eq!(output.status.code(), Some(code), "{arguments:?}: {said}");
    }
}
