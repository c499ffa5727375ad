//! Published results beside those of small projects: what is equal, what differs, and what is no longer an exception.

use std::path::Path;

use quanheng::official::{self, Compared, Found, Standing};
use quanheng::project;
use quanheng_words::Language;

const PROJECT: &str = r#"
[project]
title = "Three"
[data]
regions = "regions.csv"
values = "values.csv"
[system.s]
tree = "tree.csv"
[methodology.m]
normalisation = "none"
tiering = { method = "cut_points", cuts = [4, 2], labels = ["top", "high", "low"] }
"#;

/// The scores of i are 1.5, 2.25 and 3 in 2020, and twice as much in 2021.
const FILES: [(&str, &str); 3] = [
    ("regions.csv", "code,name\na,Alpha\nb,Beta\nc,Gamma\n"),
    (
        "values.csv",
        "region,period,x,y\na,2020,1,2\nb,2020,2,2.5\nc,2020,3,3\na,2021,2,4\nb,2021,4,5\nc,2021,6,6\n",
    ),
    ("tree.csv", "code,parent\ni,\nx,i\ny,i\n"),
];

/// The comparison of the project with a table of published results, and everything that is said of it.
fn compared(official: &str, table: &str) -> (Vec<Compared>, String) {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, text: &str| {
        std::fs::write(folder.path().join(name), text).expect("written");
    };
    FILES.iter().for_each(|(name, text)| write(name, text));
    write("quanheng.toml", &format!("{PROJECT}{official}"));
    write("official.csv", table);
    of(folder.path())
}

fn of(folder: &Path) -> (Vec<Compared>, String) {
    let resolved = project::open(folder)
        .unwrap_or_else(|problems| panic!("{}", problems.render(Language::En, false)));
    let (compared, mut problems) = official::reproduce(&resolved, |_| true, |_, _| {});
    problems.extend(official::unmet(&compared));
    (compared, problems.render(Language::En, false))
}

#[test]
fn scores_are_compared_at_the_decimals_that_are_written() {
    let table = "region,period,score,rank,tier\na,2020,1.5,3,low\nb,2020,2.3,2,high\nAlpha,2021,3.0,3,high\n";
    let (all, said) = compared("[official]\nfile = \"official.csv\"\nat_least = 9\n", table);
    assert_eq!(said, "");
    let [one] = all.as_slice() else { panic!("one comparison") };
    let lines: Vec<_> = one
        .lines
        .iter()
        .map(|line| (line.period.as_str(), line.decimals, line.greatest.clone()))
        .collect();
    let greatest = Some((2.3 - 2.25, "b".to_owned()));
    // 2.25 is 2.3 at one decimal; of 2020 the greatest difference is that of b.
    assert_eq!(lines[0].1, Some(1));
    assert!(
        (lines[0].2.as_ref().expect("a score").0 - greatest.as_ref().expect("one").0).abs() < 1e-12
    );
    assert_eq!(lines[0].2.as_ref().expect("a score").1, "b");
    assert_eq!(lines[1], ("2021", Some(1), Some((0.0, "a".to_owned()))));
    assert_eq!(one.count(), 9);
}

#[test]
fn what_differs_is_found_and_counted() {
    let table = "region,period,score,rank,tier\na,2020,1.52,3,low\nb,2020,2.25,1,low\nc,2020,,,\n";
    let (all, said) = compared("[official]\nfile = \"official.csv\"\n", table);
    let found: Vec<_> = all[0]
        .cells
        .iter()
        .map(|cell| (cell.published.region.as_str(), cell.found.clone(), cell.standing.clone()))
        .collect();
    assert_eq!(
        found,
        [
            ("a", Found::Number(1.5), Standing::Differs),
            ("b", Found::Number(2.0), Standing::Differs),
            ("b", Found::Tier("high".into()), Standing::Differs),
        ]
    );
    assert!(said.contains("methodology `m` differs from"), "{said}");
    assert!(said.contains("3 cells of 6"), "{said}");
    let (all, said) = compared(
        "[official]\nfile = \"official.csv\"\ntolerance = 0.02\ncompare = \"score\"\n",
        table,
    );
    assert_eq!((said.as_str(), all[0].cells[0].standing.clone()), ("", Standing::Within));
}

#[test]
fn exceptions_must_differ() {
    let table = "region,period,rank\na,2020,1\nb,2020,2\na,2021,2\n";
    let stated = |except: &str| {
        let official = format!("[official]\nfile = \"official.csv\"\n{except}");
        compared(&official, table).1
    };
    let right =
        "[official.except]\nregions = { 2020 = \"a\", 2021 = \"a\" }\nreason = \"a misprint\"\n";
    assert_eq!(stated(right), "");
    let without =
        stated("[official.except]\nregions = \"a\"\nperiods = \"2020\"\nreason = \"a misprint\"\n");
    assert!(without.contains("one cell of 3"), "{without}");
    let more = stated("[[official.except]]\nregions = [\"a\", \"b\"]\nreason = \"a misprint\"\n");
    assert!(more.contains("an exception no longer holds: b"), "{more}");
    let nothing =
        stated("[[official.except]]\nregions = [\"a\", \"z\"]\nreason = \"a misprint\"\n");
    assert!(nothing.contains("an exception means nothing that is compared: z"), "{nothing}");
}

#[test]
fn a_table_may_have_a_column_for_each_node() {
    let table = "Country,i,x,other\nAlpha,1.5,1,7\nGamma,3,3,8\n";
    let stated = "[official]\nfile = \"official.csv\"\nregion = \"Country\"\nperiods = \"2020\"\nat_least = 4\n";
    let (all, said) = compared(stated, table);
    assert_eq!(said, "");
    let nodes: Vec<_> = all[0].lines.iter().map(|line| line.node.as_str()).collect();
    assert_eq!(nodes, ["i", "x"]);
}

/// What nobody evaluates cannot be equal, and too few cells are no comparison.
#[test]
fn nothing_is_left_out_in_silence() {
    let (all, said) = compared(
        "[official]\nfile = \"official.csv\"\nperiods = \"2020\"\nat_least = 5\n",
        "region,score\na,1.5\nWorld,2\n",
    );
    assert_eq!(all[0].cells[0].found, Found::Nothing);
    assert!(said.contains("one cell of 2"), "{said}");
    assert!(said.contains("2 cells were compared, and `at_least` asks for 5"), "{said}");
    let (_, said) =
        compared("[official]\nfile = \"official.csv\"\n", "region,period,score\na,2019,1.5\n");
    assert!(said.contains("there is no period `2019`"), "{said}");
    let (_, said) = compared(
        "[official]\nfile = \"official.csv\"\n",
        "region,period,node,score\na,2020,z,1.5\n",
    );
    assert!(said.contains("there is no node `z`"), "{said}");
    let (_, said) = compared("", "");
    assert!(said.contains("the project names no published results"), "{said}");
}
