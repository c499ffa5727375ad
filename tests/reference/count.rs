//! How many figures of other programs' own test suites the program gives, and which case or test holds each of them.

use std::path::Path;

use indexmap::IndexMap;

/// How many figures each suite has.
const FOUND: [(&str, usize); 8] = [
    ("COINr", 57),
    ("JMcDM", 46),
    ("mcdm", 50),
    ("objective-weighting", 17),
    ("pymcdm", 97),
    ("pyrepo-mcda", 40),
    ("pysensmcda", 19),
    ("scikit-criteria", 232),
];

/// What can become of a figure: equal, different, a feature for which no figure is stated, or a method that is not here.
const STATES: [&str; 4] = ["equal", "different", "works", "not here"];

/// A line of the table.
struct Line {
    suite: String,
    test: String,
    needs: String,
    status: String,
    by: String,
    why: String,
}

fn text(path: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

/// The cells of a line; a quoted one may hold commas.
fn cells(line: &str) -> Vec<String> {
    let (mut cells, mut quoted) = (vec![String::new()], false);
    for c in line.chars() {
        match c {
            '"' => quoted = !quoted,
            ',' if !quoted => cells.push(String::new()),
            c => cells.last_mut().expect("a cell").push(c),
        }
    }
    cells
}

fn lines() -> Vec<Line> {
    let table = text("tests/reference/data/suites.csv");
    let rows = table.lines().filter(|line| !line.starts_with('#')).skip(1);
    let line = |row: &str| {
        let cells: Result<[String; 6], _> = cells(row).try_into();
        let [suite, test, needs, status, by, why] = cells.unwrap_or_else(|_| panic!("{row}"));
        Line { suite, test, needs, status, by, why }
    };
    rows.map(line).collect()
}

/// How many figures each suite has in each state, in the order of [`FOUND`] and [`STATES`].
fn counted() -> IndexMap<String, [usize; 4]> {
    let mut counts: IndexMap<String, [usize; 4]> =
        FOUND.iter().map(|(suite, _)| ((*suite).to_owned(), [0; 4])).collect();
    for line in lines().iter().filter(|line| line.status != "convention") {
        let state = STATES.iter().position(|state| *state == line.status);
        let state = state.unwrap_or_else(|| panic!("{}: {}", line.test, line.status));
        let many = match line.test.as_str() {
            "equal before" => line.needs.parse().expect("a count"),
            _ => 1,
        };
        counts.get_mut(&line.suite).unwrap_or_else(|| panic!("{}", line.suite))[state] += many;
    }
    counts
}

/// The table of the counts, as `docs/differences.md` has it.
fn table() -> String {
    let mut table =
        "| suite | figures | equal | different | no figure stated | not here |\n|---|--:|--:|--:|--:|--:|\n"
            .to_owned();
    let mut all = [0; 4];
    let line = |name: &str, counts: &[usize; 4]| {
        let [equal, different, works, not_here] = counts;
        let found: usize = counts.iter().sum();
        format!("| {name} | {found} | {equal} | {different} | {works} | {not_here} |\n")
    };
    for (suite, counts) in counted() {
        table.push_str(&line(&suite, &counts));
        all.iter_mut().zip(counts).for_each(|(sum, n)| *sum += n);
    }
    table.push_str(&line("all", &all));
    table
}

/// Whether a file of tests, or one of the core, has a test function of this name.
fn has_test(file: &str, name: &str) -> bool {
    let source = match file.starts_with("core/") {
        true => text(file),
        false => text(&format!("tests/{file}")),
    };
    let lines: Vec<&str> = source.lines().map(str::trim).collect();
    let head = format!("fn {name}() {{");
    let Some(at) = lines.iter().position(|line| *line == head) else { return false };
    // Attributes and comments stand directly above the function.
    lines[..at].iter().rev().take_while(|line| !line.is_empty()).any(|line| *line == "#[test]")
}

/// Whether a table of cases has this case and, where one is named, this kind of figure.
fn has_case(table: &str, case: &str) -> bool {
    if table == "weights_suites" {
        let file: toml::Table =
            text("tests/reference/data/weights_suites.toml").parse().expect("a table");
        let cases = file["case"].as_array().expect("cases");
        return cases.iter().any(|one| one["name"].as_str() == Some(case));
    }
    let (name, kind) = match table {
        "aggregation_suites" => case.split_once("): ").expect("a kind of figure"),
        _ => (case, "expected"),
    };
    let data = text(&format!("tests/reference/data/{table}.csv"));
    data.lines().any(|line| {
        let cells: Vec<&str> = line.split(',').collect();
        let is_case = match table {
            "aggregation_suites" => format!("{} ({}", cells[0], cells[1]) == name,
            _ => cells[0] == name,
        };
        is_case && cells[4] == kind
    })
}

#[test]
fn every_figure_has_a_case_or_a_reason() {
    let mut wrong = Vec::new();
    for Line { suite, test, status, by, why, .. } in lines() {
        let is_held = match by.split_once("::") {
            _ if by.is_empty() => true,
            Some((file, name)) if file.ends_with(".rs") => has_test(file, name),
            _ => by.split_once(": ").is_some_and(|(table, case)| has_case(table, case)),
        };
        if !is_held {
            wrong.push(format!("{suite}, {test}: there is no {by}"));
        }
        let needs = match status.as_str() {
            "equal" => test == "equal before" || !by.is_empty(),
            "works" => !by.is_empty() && !why.is_empty(),
            "not here" => by.is_empty() && !why.is_empty(),
            _ => !why.is_empty(),
        };
        if !needs {
            wrong.push(format!("{suite}, {test}: {status} by `{by}`, because `{why}`"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn figures_of_other_suites_are_counted() {
    let counts = counted();
    for (suite, found) in FOUND {
        assert_eq!(counts[suite].iter().sum::<usize>(), found, "{suite}");
    }
    let all: usize = counts.values().flatten().sum();
    let not_here: usize = counts.values().map(|counts| counts[3]).sum();
    assert_eq!(all, 558);
    assert_eq!(lines().iter().filter(|line| line.status == "convention").count(), 22);
    assert!(all - not_here >= 500, "{} of {all}", all - not_here);
    insta::assert_snapshot!("suites_counted", table());
    assert!(
        text("docs/differences.md").contains(&table()),
        "docs/differences.md has no\n{}",
        table()
    );
}
