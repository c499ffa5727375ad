//! `quanheng test`, `accept` and `review`: results held against what is pinned.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

const TREE: &str = "code,parent,weight,name_en\nindex,,,Index\na,index,0.5,\nb,index,0.5,\n";
const REGIONS: &str = "code,name\nn1,北一\nn2,北二\nn3,北三\nn4,北四\n";
const VALUES: &str = "region,period,a,b\nn1,2019,10,30\nn2,2019,40,60\nn3,2019,70,90\nn4,2019,5,5\n\
                      n1,2020,11,31\nn2,2020,41,61\nn3,2020,71,91\nn4,2020,6,6\n";
const TOML: &str = r#"
[data]
regions = "regions.csv"
values = "values.csv"
[system.s]
tree = "tree.csv"
[methodology.mean]
normalisation = "none"
tiering = { method = "cut_points", cuts = [50, 20], labels = ["high", "middle", "low"] }
[methodology.least]
extends = "mean"
aggregation = "minimum"
weighting = "script:weighting/entropy.rhai"
"#;

struct Project(tempfile::TempDir);

impl Project {
    fn new() -> Self {
        let project = Project(tempfile::tempdir().expect("a folder"));
        for (name, text) in [
            ("tree.csv", TREE),
            ("regions.csv", REGIONS),
            ("values.csv", VALUES),
            ("quanheng.toml", TOML),
        ] {
            project.write(name, text);
        }
        project
    }

    /// One whose results are pinned.
    fn pinned() -> Self {
        let project = Project::new();
        let done = project.quanheng(&["test", "--accept"]);
        assert_eq!(done.code, 0, "{}", done.err);
        project
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn write(&self, name: &str, text: &str) {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().expect("a folder above")).expect("made");
        std::fs::write(path, text).expect("written");
    }

    fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.path(name)).expect(name)
    }

    /// Replaces a text that must be in a file.
    fn replace(&self, name: &str, from: &str, to: &str) {
        let text = self.read(name);
        assert!(text.contains(from), "{name} has no {from:?}");
        self.write(name, &text.replace(from, to));
    }

    /// The files in the folder of snapshots.
    fn snapshots(&self) -> Vec<String> {
        let entries = std::fs::read_dir(self.path("snapshots")).into_iter().flatten();
        let name = |e: std::io::Result<std::fs::DirEntry>| e.expect("an entry").file_name();
        let mut names: Vec<String> =
            entries.map(|e| name(e).to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }

    /// Runs the program in the project's folder.
    fn quanheng(&self, arguments: &[&str]) -> Done {
        run(self.0.path(), arguments)
    }
}

struct Done {
    code: i32,
    out: String,
    err: String,
}

impl Done {
    /// Whether these texts were printed, in this order.
    fn says(&self, texts: &[&str]) {
        let mut rest = self.out.as_str();
        for text in texts {
            let at = rest.find(text);
            let at = at.unwrap_or_else(|| panic!("no {text:?} in its place:\n{}", self.out));
            rest = &rest[at + text.len()..];
        }
    }
}

fn run(folder: &Path, arguments: &[&str]) -> Done {
    let Output { status, stdout, stderr } = Command::new(env!("CARGO_BIN_EXE_quanheng"))
        .args(arguments)
        .current_dir(folder)
        .stdin(std::process::Stdio::null())
        .output()
        .expect("the program starts");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
    Done { code: status.code().expect("it ends"), out: text(stdout), err: text(stderr) }
}

/// Every example of the repository is as pinned, on every machine.
#[test]
fn examples_are_as_pinned() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    let mut rows = 0;
    for entry in std::fs::read_dir(&folder).expect("the examples") {
        let path = entry.expect("an entry").path();
        if !path.join("quanheng.toml").exists() {
            continue;
        }
        let arguments = [
            "test",
            ".",
            "--read-only",
            "--allow-folder",
            "..",
            "--unreferenced",
            "reject",
            "--format",
            "csv",
            "--lang",
            "en",
        ];
        let done = run(&path, &arguments);
        assert_eq!(done.code, 0, "{}:\n{}{}", path.display(), done.out, done.err);
        // The table of results ends at a blank line; that of marks may follow.
        for line in done.out.lines().skip(1).take_while(|line| !line.is_empty()) {
            let cells: Vec<&str> = line.split(',').collect();
            assert_eq!(cells[1], "as pinned", "{}: {line}", path.display());
            rows += cells[3].parse::<usize>().expect("a number of rows");
        }
    }
    assert!(rows > 8000, "{rows} rows are pinned");
}

#[test]
fn from_nothing_to_pinned() {
    let project = Project::new();
    let figures = project.quanheng(&["run", "--format", "json"]).out;
    let done = project.quanheng(&["test", "--lang", "en"]);
    assert_eq!(done.code, 1);
    done.says(&["mean", "new", "2", "8", "least", "new"]);
    assert!(done.err.contains("no methodology has a snapshot yet"), "{}", done.err);
    assert_eq!(project.snapshots(), ["least.snap.new", "mean.snap.new"]);

    let asked = project.quanheng(&["accept"]);
    assert_eq!(asked.code, 2, "which?");
    assert!(asked.err.contains("`least`, `mean`"), "{}", asked.err);
    let wrong = project.quanheng(&["accept", "maen"]);
    assert_eq!(wrong.code, 2);
    assert!(wrong.err.contains("did you mean `mean`?"), "{}", wrong.err);
    assert_eq!(project.quanheng(&["accept", ".", "mean"]).code, 0);
    assert_eq!(project.snapshots(), ["least.snap.new", "mean.snap"]);
    assert_eq!(project.quanheng(&["test", "-m", "mean"]).code, 0);
    assert_eq!(project.quanheng(&["test"]).code, 1, "least is still new");
    assert_eq!(project.quanheng(&["accept", "--all"]).code, 0);

    let before = project.read("snapshots/mean.snap");
    let done = project.quanheng(&["test", "--lang", "en"]);
    assert_eq!(done.code, 0, "{}{}", done.out, done.err);
    done.says(&["mean", "as pinned", "least", "as pinned"]);
    assert_eq!(project.read("snapshots/mean.snap"), before);
    assert_eq!(project.snapshots(), ["least.snap", "mean.snap"]);
    // The fingerprint and the data know nothing of snapshots.
    assert_eq!(project.quanheng(&["run", "--format", "json"]).out, figures);
}

/// What a person and a comparison of versions sees: a line a region, every digit.
#[test]
fn the_text() {
    let project = Project::pinned();
    project.replace("values.csv", "n1,2019,10,30", "n1,2019,10,30.1");
    assert_eq!(project.quanheng(&["test"]).code, 1);
    let body = |name: &str| {
        let text = project.read(name);
        text.split("\n---\n").nth(1).expect("a body").to_owned()
    };
    assert_eq!(
        body("snapshots/mean.snap.new"),
        "quanheng snapshot 1 | methodology mean | tables 2\n\
         \n\
         # period 2019 | regions 4\n\
         rank | code     | name             | score                | tier     | a                    | b\n   \
            3 | n1       | 北一             | 20.05                | middle   | 10                   | 30.1\n   \
            2 | n2       | 北二             | 50                   | high     | 40                   | 60\n   \
            1 | n3       | 北三             | 80                   | high     | 70                   | 90\n   \
            4 | n4       | 北四             | 5                    | low      | 5                    | 5\n\
         \n\
         # period 2020 | regions 4\n\
         rank | code     | name             | score                | tier     | a                    | b\n   \
            3 | n1       | 北一             | 21                   | middle   | 11                   | 31\n   \
            2 | n2       | 北二             | 51                   | high     | 41                   | 61\n   \
            1 | n3       | 北三             | 81                   | high     | 71                   | 91\n   \
            4 | n4       | 北四             | 6                    | low      | 6                    | 6\n"
    );
    let (old, new) = (body("snapshots/mean.snap"), body("snapshots/mean.snap.new"));
    let differ: Vec<&str> =
        old.lines().zip(new.lines()).filter(|(a, b)| a != b).map(|(a, _)| a).collect();
    assert_eq!(differ.len(), 1, "the line of the region that moved: {differ:?}");
}

/// insta's reader finds the same text, and its writer makes the same file.
#[test]
fn insta_reads_and_writes_it() {
    let project = Project::new();
    project
        .write("quanheng.toml", &TOML.replace("[methodology.least]", "[methodology.\"最小: 1\"]"));
    assert_eq!(project.quanheng(&["test"]).code, 1);
    for (file, code) in [("mean", "mean"), ("最小%3A%201", "最小: 1")] {
        let path = project.path(&format!("snapshots/{file}.snap.new"));
        let written = std::fs::read_to_string(&path).expect("what was written");
        let snapshot = insta::Snapshot::from_file(&path).expect("a snapshot");
        let metadata = snapshot.metadata();
        assert_eq!(metadata.source(), Some("quanheng.toml"));
        assert_eq!(metadata.expression(), Some(format!("quanheng test -m {code}").as_str()));
        let body = written.split("\n---\n").nth(1).expect("a body");
        assert_eq!(snapshot.as_text().expect("a text").to_string(), body.trim_end());
        let saved = project.path("saved.snap");
        snapshot.save(&saved).expect("saved");
        assert_eq!(std::fs::read_to_string(saved).expect("what insta wrote"), written);
    }
    let done = project.quanheng(&["accept", "最小: 1", "mean"]);
    assert_eq!(done.code, 0, "{}", done.err);
    assert_eq!(project.quanheng(&["test", "--unreferenced", "reject"]).code, 0);
}

#[test]
fn one_digit() {
    let project = Project::pinned();
    let before = project.read("snapshots/mean.snap");
    project.replace("values.csv", "n2,2020,41,61", "n2,2020,41,61.00000000000001");
    let done = project.quanheng(&["test", "-m", "mean", "--lang", "en"]);
    assert_eq!(done.code, 1);
    done.says(&[
        "0 of 8 ranks moved, 0 of 8 tiers (2 of 2 tables compared)",
        "2 of 24 scores differ; the greatest difference is 7.1054e-15",
        "2020    n2    北二",
        "51.00000000000001",
        "61.00000000000001",
    ]);
    assert!(done.err.contains("of one methodology, one differs from its snapshot"), "{}", done.err);
    assert_eq!(project.read("snapshots/mean.snap"), before, "nothing is accepted by itself");
    assert_eq!(project.snapshots(), ["least.snap", "mean.snap", "mean.snap.new"]);
    // As it was: what was pending is taken away.
    project.write("values.csv", VALUES);
    assert_eq!(project.quanheng(&["test"]).code, 0);
    assert_eq!(project.snapshots(), ["least.snap", "mean.snap"]);
}

#[test]
fn ranks_and_tiers_come_first() {
    let project = Project::pinned();
    project.replace("values.csv", "n1,2019,10,30", "n1,2019,65,66");
    project.replace("values.csv", "n3,2020,71,91", "n3,2020,71,");
    project.replace("quanheng.toml", "normalisation", "imputation = \"none\"\nnormalisation");
    project.replace("quanheng.toml", "\"none\"\nnorm", "\"renormalise\"\nnorm");
    let done = project.quanheng(&["test", "-m", "mean", "--lang", "en"]);
    assert_eq!(done.code, 1);
    done.says(&[
        "methodology mean · differs from its snapshot",
        "2 of 8 ranks moved, 1 of 8 tiers",
        " Period  Code  Region  Pinned  Now  Moved  n",
        " 2019    n1    北一         3    2     ↑1  4",
        " 2019    n2    北二         2    3     ↓1  4",
        "Tiers moved",
        " 2019    n1    北一    middle  high  4",
        "5 of 24 scores differ",
        " 2020    n3    北三    b          91      missing",
        " 2019    n1    北一    a          10      65",
    ]);
    let few = project.quanheng(&["test", "-m", "mean", "--lang", "en", "--top", "1"]);
    few.says(&["↑1", "… shown: 1 / 2", "… shown: 1 / 5"]);
    let zh = project.quanheng(&["test", "-m", "mean", "--lang", "zh"]);
    zh.says(&[
        "与快照不同",
        "8 行中 2 个排名变动，1 个等级变动（共 2 张表，比较了 2 张）",
        "24 个得分中 5 个不同",
    ]);
    for (format, sign) in [("json", "\"name\":\"ranks\""), ("markdown", "| 2019 | n1 |")] {
        let done = project.quanheng(&["test", "--lang", "en", "--format", format]);
        assert_eq!(done.code, 1);
        done.says(&[sign]);
    }
}

#[test]
fn who_came_and_went() {
    let project = Project::pinned();
    let values = VALUES.replace("n4,2019,5,5\n", "").replace("2020", "2021");
    project.write("values.csv", &(values + "n5,2021,80,1\n"));
    project.write("regions.csv", &format!("{REGIONS}n5,北五\n"));
    let done = project.quanheng(&["test", "-m", "mean", "--lang", "en"]);
    assert_eq!(done.code, 1);
    done.says(&[
        "0 of 3 ranks moved, 0 of 3 tiers (1 of 2 tables compared)",
        "Tables added (1): 2021",
        "Tables gone (1): 2020",
        "Regions gone (1): n4 北四 · 2019",
    ]);
    let project = Project::pinned();
    project.write("values.csv", &format!("{VALUES}n5,2020,80,1\n"));
    project.write("regions.csv", &format!("{REGIONS}n5,北五\n"));
    project.write("quanheng.toml", &format!("{TOML}[snapshot]\ndetail = \"index\"\n"));
    let done = project.quanheng(&["test", "-m", "mean", "--lang", "en"]);
    done.says(&["2 of 8 ranks moved", "Regions added (1): n5 北五 · 2020", "Nodes gone (2): a; b"]);
    assert!(!done.out.contains("scores differ;"), "{}", done.out);
}

/// Scores may differ as far as is stated; ranks and tiers may not.
#[test]
fn tolerance() {
    let project = Project::pinned();
    project.replace("values.csv", "n2,2020,41,61", "n2,2020,41,61.002");
    assert_eq!(project.quanheng(&["test"]).code, 1);
    let policy = |text: &str| project.write("quanheng.toml", &format!("{TOML}{text}"));
    policy("[snapshot]\nabsolute = 0.0021\n");
    let done = project.quanheng(&["test", "--lang", "en"]);
    assert_eq!(done.code, 0, "{}{}", done.out, done.err);
    // The figure of b and the mean of the two; and b under `least`.
    done.says(&["mean", "within tolerance", "2", "0.002", "least", "within tolerance", "1"]);
    policy("[snapshot]\nrelative = 1e-6\n");
    assert_eq!(project.quanheng(&["test"]).code, 1);
    policy("[snapshot]\nrelative = 1e-6\n[snapshot.methodology.mean]\nrelative = 1e-4\n");
    assert_eq!(project.quanheng(&["test", "-m", "mean"]).code, 0);
    let done = project.quanheng(&["test", "-m", "least", "--lang", "en"]);
    assert_eq!(done.code, 1);
    done.says(&["0 of 8 ranks moved"]);
    assert!(project.snapshots().contains(&"least.snap.new".to_owned()));

    // n2 and n3 end up equal: no score is off by more than is allowed, but a rank moves.
    let project = Project::new();
    project.replace("values.csv", "n2,2020,41,61", "n2,2020,71,90.9999");
    project.write("quanheng.toml", &format!("{TOML}[snapshot]\nabsolute = 0.1\n"));
    assert_eq!(project.quanheng(&["test", "--accept"]).code, 0);
    project.replace("values.csv", "n2,2020,71,90.9999", "n2,2020,71,91");
    let done = project.quanheng(&["test", "-m", "mean", "--lang", "en"]);
    assert_eq!(done.code, 1);
    done.says(&[
        "1 of 8 ranks moved",
        "2 of 24 scores differ within the stated tolerance: by 0.0001",
    ]);
}

/// What stands around the result does not count, and is renewed when asked for.
#[test]
fn names_and_origins_do_not_count() {
    let project = Project::pinned();
    let before = project.read("snapshots/mean.snap");
    project.write("regions.csv", &REGIONS.replace("北一", "北方一"));
    assert_eq!(project.quanheng(&["test"]).code, 0);
    assert_eq!(project.read("snapshots/mean.snap"), before);
    assert_eq!(project.quanheng(&["test", "--accept"]).code, 0);
    let after = project.read("snapshots/mean.snap");
    assert!(after.contains("北方一") && after != before);
    // Keys of the head that others put there.
    project.replace(
        "snapshots/mean.snap",
        "---\nsource: quanheng.toml\n",
        "---\ndescription: mine\n",
    );
    assert_eq!(project.quanheng(&["test"]).code, 0);
}

/// A file that is not as it was written is an error with its line, and stays as it is.
#[test]
fn damaged() {
    let line = "   3 | n1       | 北一             | 20 ";
    for (from, to, at, what) in [
        (line, format!("<<<<<<< mine\n{line}"), 12, "the marks of an unfinished merge"),
        (line, "   3 | n1       | 北一             | 2O ".into(), 12, "`2O` is not a number"),
        (line, "   3 | n1   | 20 ".into(), 12, "a line has 6 cells, and needs 7"),
        (
            "# period 2019 | regions 4",
            "# period 2020 | regions 4".into(),
            17,
            "a second table for this league and period",
        ),
        ("regions 4\n", "regions 5\n".into(), 10, "it states 5 regions here, but holds 4"),
        (
            "methodology mean |",
            "methodology least |".into(),
            8,
            "this is the snapshot of methodology `least`, not of `mean`",
        ),
        ("tables 2", "tables 3".into(), 8, "it states 3 tables here, but holds 2"),
        (
            "snapshot 1 ",
            "snapshot 2 ".into(),
            8,
            "the form `quanheng snapshot 2`, which this program does not know",
        ),
        ("   2 | n2", "   2 | n1".into(), 13, "`n1` stands in this table twice"),
        ("\n---\n", "\n".into(), 7, "`---` at the end of its head was expected here"),
        ("---\nsource", "source".into(), 1, "`---` at the beginning was expected here"),
    ] {
        let project = Project::pinned();
        project.replace("snapshots/mean.snap", from, &to);
        let broken = project.read("snapshots/mean.snap");
        let done = project.quanheng(&["test", "--lang", "en"]);
        assert_eq!(done.code, 65, "{what}\n{}", done.err);
        done.says(&["mean", "snapshot unreadable", "least", "as pinned"]);
        assert!(done.err.contains(what), "{what}\n{}", done.err);
        let place = format!("snapshots/mean.snap:{at}:");
        assert!(done.err.contains(&place), "{place}\n{}", done.err);
        assert_eq!(project.read("snapshots/mean.snap"), broken, "it is left alone");
        assert_eq!(project.quanheng(&["accept", "mean"]).code, 0, "a new one can be had");
        assert_eq!(project.quanheng(&["test"]).code, 0);
    }
    let project = Project::pinned();
    std::fs::write(project.path("snapshots/mean.snap"), b"---\n\xff\n").expect("written");
    let done = project.quanheng(&["test"]);
    assert_eq!(done.code, 66);
    assert!(done.err.contains("it is not UTF-8"), "{}", done.err);
}

#[test]
fn what_is_pending_must_be_whole_too() {
    let project = Project::pinned();
    let before = project.read("snapshots/mean.snap");
    project.write("snapshots/mean.snap.new", &before[..before.len() - 100]);
    let done = project.quanheng(&["accept", "--all"]);
    assert_eq!(done.code, 65, "{}", done.out);
    assert_eq!(project.read("snapshots/mean.snap"), before);
    // What cannot be written leaves what is pending where it is.
    project.write("snapshots/mean.snap.new", &before);
    std::fs::remove_file(project.path("snapshots/mean.snap")).expect("removed");
    project.write("snapshots/mean.snap/in the way", "");
    let done = project.quanheng(&["accept", "--all"]);
    assert_eq!(done.code, 73, "{}", done.err);
    assert_eq!(project.read("snapshots/mean.snap.new"), before);
}

#[test]
fn snapshots_that_no_methodology_has() {
    let project = Project::pinned();
    project.replace("quanheng.toml", "[methodology.least]", "[methodology.lowest]");
    let test = |what: &str| {
        project.quanheng(&["test", "-m", "mean", "--lang", "en", "--unreferenced", what])
    };
    let done = test("warn");
    assert_eq!(done.code, 0);
    done.says(&["No methodology has this snapshot: snapshots/least.snap"]);
    assert!(!test("ignore").out.contains("least"));
    let done = test("reject");
    assert_eq!(done.code, 1);
    assert!(done.err.contains("no methodology of the project has"), "{}", done.err);
    assert_eq!(test("delete").code, 0);
    assert_eq!(project.snapshots(), ["mean.snap"]);
}

#[test]
fn what_cannot_be_evaluated_fails() {
    let project = Project::pinned();
    let more = "[methodology.impossible]\nextends = \"mean\"\nnormalisation = \"none\"\n\
                aggregation = { script = \"broken.rhai\" }\n\
                [methodology.plugged]\nextends = \"mean\"\nweighting = { plugin = \"p\" }\n\
                [plugin.p]\npath = \"p.so\"\n";
    project.write("quanheng.toml", &format!("{TOML}{more}"));
    project.write("p.so", "no library");
    project.write("broken.rhai", "//! Fails.\nfn aggregate(children) { throw \"it fails\" }\n");
    let done = project.quanheng(&["test", "--lang", "en"]);
    assert_eq!(done.code, 65);
    done.says(&["mean", "as pinned", "impossible", "not evaluated", "plugged", "not evaluated"]);
    assert!(done.err.contains("it fails") && done.err.contains("is not trusted"), "{}", done.err);
    assert!(done.err.contains("of 4 methodologies, 2 could not be compared"), "{}", done.err);
    assert_eq!(project.snapshots(), ["least.snap", "mean.snap"]);
}

#[test]
fn nothing_is_written_where_nothing_may_be() {
    let project = Project::new();
    let done = project.quanheng(&["test", "--read-only"]);
    assert_eq!(done.code, 1);
    assert!(done.err.contains("without `--read-only`"), "{}", done.err);
    assert!(project.snapshots().is_empty());
}

#[test]
fn some_periods_only() {
    let project = Project::new();
    project.write("quanheng.toml", &format!("{TOML}[snapshot]\nperiods = [\"2020\"]\n"));
    assert_eq!(project.quanheng(&["test", "--accept"]).code, 0);
    assert!(!project.read("snapshots/mean.snap").contains("2019"));
    let early = format!("{TOML}periods = [\"2019\"]\n[snapshot]\nperiods = [\"2020\"]\n");
    project.write("quanheng.toml", &early);
    let done = project.quanheng(&["test", "-m", "least"]);
    assert_eq!(done.code, 65);
    assert!(done.err.contains("nothing would be pinned for methodology `least`"), "{}", done.err);
}

#[test]
fn a_review_needs_somebody_to_answer() {
    let done = Project::pinned().quanheng(&["review"]);
    assert_eq!(done.code, 2);
    assert!(done.err.contains("standard input is not a terminal"), "{}", done.err);
    let nowhere = tempfile::tempdir().expect("a folder");
    let done = run(nowhere.path(), &["accept", "some/project", "--all"]);
    assert_eq!(done.code, 66);
    assert!(done.err.contains("there is no quanheng.toml in some/project"), "{}", done.err);
}

/// A project file with a name of its own has snapshots of its own.
#[test]
fn two_projects_in_a_folder() {
    let project = Project::pinned();
    project.write("variant.toml", &TOML.replace("cuts = [50, 20]", "cuts = [60, 20]"));
    assert_eq!(project.quanheng(&["test", "variant.toml", "--accept"]).code, 0);
    assert!(project.path("snapshots/variant/mean.snap").is_file());
    assert_eq!(project.quanheng(&["test", "--unreferenced", "reject"]).code, 0);
    assert_eq!(project.quanheng(&["test", "variant.toml", "--unreferenced", "reject"]).code, 0);
}
