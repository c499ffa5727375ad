//! Several coders of one cell: the value that follows, what is shown of agreement, and the way back to the codes.

use std::path::Path;
use std::process::Command;

use quanheng::project::{self, Resolved};
use quanheng_words::Language;

const TOML: &str = r#"
[data]
regions = "regions.csv"
values = "values.csv"
[coding.check]
file = "codes.csv"
period = "year"
where = "round == '1'"
codes = { "有" = 1, "无" = 0 }
missing = ["", "?"]
RULE
[system.s]
tree = "tree.csv"
[methodology.m]
normalisation = "none"
imputation = "renormalise"
"#;

/// Three coders; a second round, which is not read; and z, which is measured.
const CODES: &str = "\
round,region,year,indicator,coder,code
1,a,2020,x,P,有
1,a,2020,x,Q,有
1,a,2020,x,R,无
1,a,2020,y,P,2
1,a,2020,y,Q,4
1,b,2020,x,P,无
1,b,2020,x,Q,?
1,b,2020,x,R,有
1,b,2020,y,P,3
1,b,2020,y,Q,3
1,b,2020,y,R,3
2,b,2020,y,R,9
";

fn folder(rule: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let files = [
        ("regions.csv", "code,name\na,Alpha\nb,Beta\n"),
        ("values.csv", "region,year,z\na,2020,5\nb,2020,6\n"),
        ("tree.csv", "code,parent\ni,\nx,i\ny,i\nz,i\n"),
        ("codes.csv", CODES),
    ];
    for (name, text) in files {
        std::fs::write(folder.path().join(name), text).expect("written");
    }
    let toml =
        TOML.replace("RULE", rule).replace("values.csv\"", "values.csv\"\nperiod = \"year\"");
    std::fs::write(folder.path().join("quanheng.toml"), toml).expect("written");
    folder
}

fn opened(folder: &Path) -> Result<Resolved, String> {
    project::open(folder).map_err(|problems| problems.render(Language::En, false))
}

/// The values of x and y in a and b.
fn values(rule: &str) -> [f64; 4] {
    let folder = folder(rule);
    let resolved = opened(folder.path()).unwrap_or_else(|said| panic!("{said}"));
    let of = |column: &str, row: usize| resolved.study.columns[column].values()[row];
    [of("x", 0), of("y", 0), of("x", 1), of("y", 1)]
}

#[test]
fn the_value_of_a_cell_follows_from_its_codes() {
    let by = |rule: &str| values(rule);
    // 有, 有, 无; 2, 4; 无, 有; 3, 3, 3.
    assert_eq!(by("rule = \"median\""), [1.0, 3.0, 0.5, 3.0]);
    assert_eq!(by("rule = \"mean\""), [2.0 / 3.0, 3.0, 0.5, 3.0]);
    assert_eq!(by("rule = \"majority\"\ntie = \"lowest\""), [1.0, 2.0, 0.0, 3.0]);
    assert_eq!(by("rule = \"majority\"\ntie = \"highest\""), [1.0, 4.0, 1.0, 3.0]);
    // R decides wherever R has a code; of y in a, R has none, and there the rule holds.
    assert_eq!(by("rule = \"mean\"\narbiter = \"R\""), [0.0, 3.0, 1.0, 3.0]);
    let refused = opened(folder("rule = \"majority\"").path()).expect_err("two ties");
    assert!(refused.contains("coders disagree on 2 cells"), "{refused}");
    assert!(refused.contains("a y 2020 (P 2, Q 4)"), "{refused}");
}

fn printed(folder: &Path, words: &[&str]) -> String {
    let program = env!("CARGO_BIN_EXE_quanheng");
    let done = Command::new(program).args(words).current_dir(folder).output().expect("it runs");
    let said = String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success(), "{words:?}: {said}");
    String::from_utf8(done.stdout).expect("text")
}

#[test]
fn agreement_and_disagreements_are_shown() {
    let folder = folder("rule = \"median\"\nscale = \"interval\"\napart = 0.2");
    let of = |section: &str| {
        let words = ["describe", "--show", section, "--format", "csv", "--lang", "en"];
        printed(folder.path(), &words)
    };
    let agreement = of("agreement");
    // Of eight pairs four agree: of x, P and Q in a; of y, all three in b. The fourth unit of Fleiss' kappa has other
    // numbers of codes.
    let figures: Vec<&str> = agreement.lines().take(4).collect();
    assert_eq!(figures[0].split(',').nth(3), Some("indicator"), "{agreement}");
    let all: Vec<&str> = figures[1].split(',').collect();
    assert_eq!(all[5..9], ["3", "4", "3", "0.5"], "{agreement}");
    // P and Q have coded x and y in a and y in b; R only some. All have coded x in a and y in b: totals 4, 4 and 3.
    assert!(agreement.contains(",b,Beta,1,P 3; Q 3; R 3,0,\n"), "{agreement}");
    assert!(agreement.contains(",a,Alpha,1,P 1; Q 1; R 0,1,apart\n"), "{agreement}");
    let disagreements = of("disagreements");
    let row = ",check,a,Alpha,x,P 有; Q 有; R 无,,1,codes.csv:2\n";
    assert!(disagreements.contains(row), "{disagreements}");
    assert_eq!(disagreements.lines().count(), 4, "{disagreements}");
    let checked = printed(folder.path(), &["check", "--lang", "en"]);
    assert!(checked.contains("coders_apart: the totals of coders differ by more than is allowed in one region: `a` (check 2020 100.00 %)"), "{checked}");
    // The arbiter is not one of the coders whose agreement is measured.
    let folder = self::folder("arbiter = \"R\"\nrule = \"mean\"");
    let words = ["describe", "--show", "agreement", "--format", "csv", "--lang", "en"];
    let text = printed(folder.path(), &words);
    let all: Vec<&str> = text.lines().nth(1).expect("a row").split(',').collect();
    assert_eq!(all[5..8], ["2", "3", "1"], "{text}");
}

#[test]
fn a_value_leads_back_to_its_codes() {
    let folder = folder("rule = \"median\"");
    let text = printed(folder.path(), &["show", "a", "--lang", "en"]);
    assert!(text.contains("codes.csv:2"), "{text}");
    assert!(text.contains("values.csv:2"), "{text}");
    let lock = printed(folder.path(), &["lock", "--lang", "en"]);
    let written = std::fs::read_to_string(folder.path().join("quanheng.lock")).expect("a lock");
    assert!(written.contains("codes.csv"), "{lock}{written}");
}
