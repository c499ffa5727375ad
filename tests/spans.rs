//! Where the program says that something is: exactly the cell that it speaks of, however a table is written.

use std::path::Path;

use proptest::prelude::*;
use quanheng::problem::{Place, Problem};
use quanheng::project;
use quanheng_words::Language;

/// A table as it is written in a file: rows of raw cells.
#[derive(Clone, Debug)]
struct Written {
    rows: Vec<Vec<String>>,
    delimiter: char,
    end: &'static str,
    mark: bool,
    /// Blank lines before each row, and whether the last line ends.
    blank: Vec<usize>,
    closed: bool,
}

impl Written {
    /// The bytes of the file, and the text, the line, the column in characters and the width of what stands before a cell.
    fn file(&self, row: usize, column: usize) -> (Vec<u8>, String, usize, usize) {
        let mut text = String::new();
        let mut before = String::new();
        for (r, cells) in self.rows.iter().enumerate() {
            text.push_str(&self.end.repeat(self.blank.get(r).copied().unwrap_or(0)));
            for (c, cell) in cells.iter().enumerate() {
                if c > 0 {
                    text.push(self.delimiter);
                }
                if (r, c) == (row, column) {
                    before.clone_from(&text);
                }
                text.push_str(cell);
            }
            if r + 1 < self.rows.len() || self.closed {
                text.push_str(self.end);
            }
        }
        let lines = before.replace("\r\n", "\n").replace('\r', "\n");
        let line = lines.matches('\n').count() + 1;
        let last = lines.rsplit('\n').next().unwrap_or_default();
        let mark = if self.mark { "\u{feff}" } else { "" };
        (format!("{mark}{text}").into_bytes(), last.to_owned(), line, last.chars().count() + 1)
    }
}

/// How many columns of a terminal a text takes.
fn width(text: &str) -> usize {
    text.chars().map(|c| if c >= '\u{2e80}' { 2 } else { 1 }).sum()
}

/// A cell that says `text` to its reader.
fn raw(text: &str, quoted: bool) -> String {
    let needed = text.contains(['"', ',', ';', '\t', '\n', '\r']);
    if quoted || needed { format!("\"{}\"", text.replace('"', "\"\"")) } else { text.to_owned() }
}

/// A text that may stand anywhere in a table: names and notes.
fn note() -> impl Strategy<Value = String> {
    prop_oneof![
        "[ab值省 ]{0,5}",
        "[a北,;\"]{1,6}",
        Just("两\n行".to_owned()),
        Just("x\r\ny\r\nz".to_owned()),
    ]
}

/// How a table of so many rows is written.
fn style(rows: usize) -> impl Strategy<Value = Written> {
    (
        prop_oneof![Just("\n"), Just("\r\n"), Just("\r")],
        prop_oneof![Just(','), Just(';'), Just('\t')],
        any::<bool>(),
        proptest::collection::vec(0_usize..3, rows),
        any::<bool>(),
    )
        .prop_map(|(end, delimiter, mark, blank, closed)| Written {
            rows: Vec::new(),
            delimiter,
            end,
            mark,
            blank,
            closed,
        })
}

/// The problem of a project whose place is in this file.
fn found(folder: &Path, file: &str) -> Option<(Problem, String)> {
    let problems = project::open(folder).err()?;
    let of_file = |problem: &&Problem| matches!(problem.places.first(), Some(Place::Text { source, .. }) if source.name.ends_with(file));
    let problem = problems.iter().find(of_file)?.clone();
    let text = quanheng::problem::Problems::from(problem.clone()).render(Language::En, false);
    Some((problem, text))
}

/// Checks that a problem is shown at a cell: the span, the line and column that are named, and the carets below it.
fn shown_at(
    folder: &Path,
    file: &str,
    table: &Written,
    row: usize,
    column: usize,
) -> Result<(), TestCaseError> {
    let (bytes, before, line, character) = table.file(row, column);
    std::fs::write(folder.join(file), &bytes).expect("a file");
    let whole = String::from_utf8_lossy(&bytes).into_owned();
    let Some((problem, text)) = found(folder, file) else {
        return Err(TestCaseError::fail(format!("nothing found in {whole:?}")));
    };
    let Some(Place::Text { source, span }) = problem.places.first() else { unreachable!() };
    let cell = &table.rows[row][column];
    let at = &source.text[span.clone()];
    prop_assert_eq!(
        at.replace("\r\n", "\n"),
        cell.replace("\r\n", "\n").replace('\r', "\n"),
        "{:?}: {}",
        &whole,
        &text
    );
    let start = source.text[..span.start].replace("\r\n", "\n");
    prop_assert_eq!(start.matches('\n').count() + 1, line);
    let named = format!("{file}:{line}:{character}");
    prop_assert!(text.contains(&named), "{} is not in {}: {:?}", named, &text, &whole);
    if !cell.contains(['\n', '\r']) && !before.contains('\t') {
        // The line of the excerpt, and the carets below it.
        let number = format!("{line} | ");
        let mut lines = text.lines().skip_while(|l| !l.trim_start().starts_with(&number));
        let (excerpt, carets) =
            (lines.next().unwrap_or_default(), lines.next().unwrap_or_default());
        let margin = excerpt.find("| ").expect("a margin") + 2;
        let blank = carets[margin..].chars().take_while(|c| *c == ' ').count();
        prop_assert_eq!(blank, width(&before), "{}", &text);
        let count = carets.chars().filter(|c| *c == '^').count();
        prop_assert_eq!(count, width(cell).max(1), "{}", &text);
    }
    Ok(())
}

fn project(folder: &Path, data: &str) {
    let text = format!(
        "[project]\ntitle = \"t\"\n[data]\n{data}\n[system.s]\ntree = \"tree.csv\"\n\
         [methodology.m]\nnormalisation = \"none\"\nweighting = \"equal\"\naggregation = \"arithmetic\"\n"
    );
    std::fs::write(folder.join("quanheng.toml"), text).expect("a file");
}

const TREE: &str = "code,parent,name,weight\nroot,,根,\na,root,甲,1\nb,root,乙,2\n";

proptest! {
    #![proptest_config(ProptestConfig::with_cases(80))]

    /// Every cell of a tree that can be wrong: the head of a column, a parent, a weight, a code.
    #[test]
    fn a_fault_in_a_tree_stands_where_its_cell_is(
        style in style(5),
        names in proptest::collection::vec((note(), any::<bool>()), 4),
        quoted in proptest::collection::vec(any::<bool>(), 16),
        wrong in 0_usize..4,
    ) {
        let folder = tempfile::tempdir().expect("a folder");
        project(folder.path(), "values = \"v.csv\"");
        std::fs::write(folder.path().join("v.csv"), "region,a,b\n1,1,1\n2,2,2\n").expect("a file");
        let mut rows: Vec<Vec<String>> = TREE
            .lines()
            .map(|line| line.split(',').map(str::to_owned).collect())
            .collect();
        for (row, (name, _)) in rows.iter_mut().skip(1).zip(&names) {
            row[2].clone_from(name);
        }
        let (row, column) = [(0, 1), (2, 1), (3, 3), (3, 0)][wrong];
        rows[row][column] = ["parrent", "没有", "多", "a"][wrong].to_owned();
        let mut quoted = quoted.iter();
        for cell in rows.iter_mut().flatten() {
            *cell = raw(cell, *quoted.next().expect("one for each cell"));
        }
        let table = Written { rows, ..style };
        shown_at(folder.path(), "tree.csv", &table, row, column)?;
    }

    /// Every cell of a table of values, and those of a table of regions and of members.
    #[test]
    fn a_fault_in_data_stands_where_its_cell_is(
        style in style(6),
        notes in proptest::collection::vec((note(), any::<bool>()), 6),
        quoted in proptest::collection::vec(any::<bool>(), 24),
        kind in 0_usize..3,
        row in 1_usize..6,
        column in 0_usize..2,
        fault in prop_oneof![Just("x"), Just("十二"), Just("a,b"), Just("\"坏\""), Just("a\r\nb")],
    ) {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::write(folder.path().join("tree.csv"), TREE).expect("a file");
        let file = ["values.csv", "regions.csv", "members.csv"][kind];
        let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).expect("a file");
        write("values.csv", "region,a,b\n01,1,1\n02,2,2\n03,3,3\n04,4,4\n05,5,5\n");
        write("regions.csv", "code\n01\n02\n03\n04\n05\n");
        write("members.csv", "region\n01\n");
        project(
            folder.path(),
            "values = \"values.csv\"\nregions = \"regions.csv\"\n[group.g]\nfile = \"members.csv\"",
        );
        let heads: [&[&str]; 3] =
            [&["region", "note", "a", "b"], &["code", "name"], &["region", "class"]];
        let mut rows = vec![heads[kind].iter().map(|head| head.to_string()).collect::<Vec<_>>()];
        for (k, (note, _)) in notes.iter().take(5).enumerate() {
            let code = format!("0{}", k + 1);
            rows.push(match kind {
                0 => vec![code, note.clone(), "1".into(), "2.5".into()],
                _ => vec![code, format!("n{note}")],
            });
        }
        let (row, column) = match kind {
            0 => (row, [2, 3][column]),
            // A region that is there already; there is one before the second row.
            1 => (row.max(2), 0),
            _ => (row, 0),
        };
        rows[row][column] = if kind == 1 { "01".to_owned() } else { fault.to_owned() };
        let mut quoted = quoted.iter();
        for cell in rows.iter_mut().flatten() {
            *cell = raw(cell, *quoted.next().expect("one for each cell"));
        }
        let table = Written { rows, ..style };
        shown_at(folder.path(), file, &table, row, column)?;
    }
}

/// A tree with CRLF and a weight that is none, and one with an empty line, once ended the program.
#[test]
fn trees_of_other_programs_are_read() {
    for (tree, at) in [
        ("code,parent,name,weight\r\nroot,,根,\r\na,root,中,x\r\n", "tree.csv:3:10"),
        ("code,parent\n\n甲乙\n丙,\n", "tree.csv:3:1"),
        ("\u{feff}code,parent\r\r根,\r\r中,无\r", "tree.csv:5:3"),
    ] {
        let folder = tempfile::tempdir().expect("a folder");
        project(folder.path(), "values = \"v.csv\"");
        std::fs::write(folder.path().join("v.csv"), "region,a\n1,1\n2,2\n").expect("a file");
        std::fs::write(folder.path().join("tree.csv"), tree).expect("a file");
        let (_, text) = found(folder.path(), "tree.csv").expect("a problem");
        assert!(text.contains(at), "{at}: {text}");
    }
}
