//! Projects and inputs of somebody who means harm: nothing is read or written outside, nothing hangs, no exit code is
//! outside the table of README.md. Each test is about one row of a table of attacks, with its smallest input.

#![cfg(unix)]

use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

/// The exit codes of the table in README.md.
const EXITS: [i32; 8] = [0, 1, 2, 65, 66, 70, 73, 130];

/// No run takes longer, in a debug build on a machine that does other things too.
const LONGEST: Duration = Duration::from_secs(60);

/// A small project in a folder `p`, beside which there is a folder `other` that is none of its business.
struct Stage {
    above: tempfile::TempDir,
}

const TOML: &str = "[data]\nregions = \"regions.csv\"\nvalues = \"values.csv\"\n[system.s]\ntree = \"tree.csv\"\n\
                    [methodology.m]\nnormalisation = \"min_max\"\nweighting = \"equal\"\naggregation = \"arithmetic\"\n";

impl Stage {
    fn new() -> Stage {
        let stage = Stage { above: tempfile::tempdir().expect("a folder") };
        std::fs::create_dir(stage.path("")).expect("made");
        std::fs::create_dir(stage.other("")).expect("made");
        stage.write("quanheng.toml", TOML);
        stage.write("regions.csv", "code,name,level\n01,甲,city\n02,乙,town\n");
        stage.write("values.csv", "region,x,y\n01,1,2\n02,3,4\n");
        stage.write("tree.csv", "code,parent\nindex,\nx,index\ny,index\n");
        stage
    }

    /// One whose project file goes on.
    fn with(more: &str) -> Stage {
        let stage = Stage::new();
        stage.write("quanheng.toml", &format!("{TOML}{more}"));
        stage
    }

    fn path(&self, name: &str) -> PathBuf {
        self.above.path().join("p").join(name)
    }

    fn other(&self, name: &str) -> PathBuf {
        self.above.path().join("other").join(name)
    }

    fn write(&self, name: &str, content: impl AsRef<[u8]>) {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().expect("a folder above")).expect("made");
        std::fs::write(path, content).expect("written");
    }

    /// Runs a command on the project, with bounded memory and time.
    fn run(&self, words: &[&str]) -> Ran {
        self.run_in("p", words)
    }

    /// The same, from the folder above.
    fn run_above(&self, words: &[&str]) -> Ran {
        self.run_in("", words)
    }

    fn run_in(&self, folder: &str, words: &[&str]) -> Ran {
        let program = env!("CARGO_BIN_EXE_quanheng");
        // Three gigabytes of addresses: what asks for more than that for one small project would end here.
        let line = "ulimit -v 3000000; ulimit -c 0; exec timeout -k 1 60 \"$0\" \"$@\"";
        let began = Instant::now();
        let child = Command::new("sh")
            .args(["-c", line, program, "--threads", "2", "--lang", "en"])
            .args(words)
            .current_dir(self.above.path().join(folder))
            .stdin(Stdio::null())
            .output();
        Ran { words: words.join(" "), took: began.elapsed(), output: child.expect("it starts") }
    }

    /// Everything that is in the folder beside the project.
    fn others(&self) -> Vec<(PathBuf, Option<Vec<u8>>)> {
        fn below(folder: &Path, found: &mut Vec<(PathBuf, Option<Vec<u8>>)>) {
            for entry in std::fs::read_dir(folder).expect("a folder") {
                let path = entry.expect("an entry").path();
                let content = std::fs::read(&path).ok();
                if path.is_dir() {
                    below(&path, found);
                }
                found.push((path, content));
            }
        }
        let mut found = Vec::new();
        below(&self.other(""), &mut found);
        found.sort();
        found
    }
}

struct Ran {
    words: String,
    took: Duration,
    output: Output,
}

impl Ran {
    fn text(&self) -> String {
        let (out, err) = (&self.output.stdout, &self.output.stderr);
        String::from_utf8_lossy(&[out.as_slice(), err].concat()).into_owned()
    }

    fn exit(&self) -> i32 {
        use std::os::unix::process::ExitStatusExt;
        let status = self.output.status;
        status.code().unwrap_or_else(|| 128 + status.signal().unwrap_or(0))
    }

    /// Ended as a program may end, soon, and with words of a length that a person reads.
    fn sound(&self) -> &Self {
        let shown: String = self.text().chars().take(2000).collect();
        assert!(EXITS.contains(&self.exit()), "{}: exit {}: {shown}", self.words, self.exit());
        assert!(!self.text().contains("panicked"), "{}: {shown}", self.words);
        assert!(self.took < LONGEST, "{}: {:?}", self.words, self.took);
        let length = self.output.stderr.len();
        assert!(length < 100_000, "{}: {length} bytes of problems", self.words);
        self
    }

    fn exits(&self, code: i32) -> &Self {
        self.sound();
        let shown: String = self.text().chars().take(2000).collect();
        assert_eq!(self.exit(), code, "{}: {shown}", self.words);
        self
    }

    fn says(&self, words: &str) -> &Self {
        let shown: String = self.text().chars().take(4000).collect();
        assert!(self.text().contains(words), "{}: not {words:?} in: {shown}", self.words);
        self
    }

    fn does_not_say(&self, words: &str) -> &Self {
        assert!(!self.text().contains(words), "{}: {words:?} in: {}", self.words, self.text());
        self
    }
}

/// Row A: blank lines and Chinese names in trees.
#[test]
fn blank_lines_of_trees() {
    for tree in
        ["code,parent\n\n,甲乙\n", "code,parent\r\n\r\n,甲乙\r\n", "code,parent\n\n\n\n,x\n"]
    {
        let stage = Stage::new();
        stage.write("tree.csv", tree);
        stage.run(&["check"]).exits(65).says("tree.csv");
        stage.run(&["run"]).exits(65);
    }
}

/// Row B: a row of a tree that has more cells than the header is not cut.
#[test]
fn rows_of_trees_beyond_the_header() {
    let stage = Stage::new();
    stage.write("tree.csv", "code,parent,weight\nindex,,\nx,index,0,5\ny,index,0,5\n");
    stage.run(&["run"]).exits(65).says("tree.csv:3");
}

/// Row C: a code is never a path.
#[test]
fn codes_are_not_paths() {
    let choices = "choices.weighting = [\"equal\", \"given\"]\n";
    for code in
        ["../../../x", "..", ".", "../other/x", "a/b", "/tmp/quanheng-abs-x", "C:x", "a\\\\b"]
    {
        let stage = Stage::with(&format!("[multiverse.\"{code}\"]\n{choices}"));
        let regions = std::fs::read(stage.path("regions.csv")).expect("there");
        let before = stage.others();
        stage.run(&["multiverse"]).exits(0);
        assert_eq!(stage.others(), before, "{code}");
        let entries = std::fs::read_dir(stage.path("multiverse")).expect("made");
        assert_eq!(entries.count(), 1, "{code}: one folder");
        assert_eq!(std::fs::read(stage.path("regions.csv")).expect("there"), regions);
        let above = std::fs::read_dir(stage.above.path()).expect("there").count();
        assert_eq!(above, 2, "{code}");

        let stage = Stage::with(&format!("[methodology.\"{code}\"]\nextends = \"m\"\n"));
        stage.run(&["run", "--methodology", "all", "--out", "results"]).exits(0);
        stage.run(&["test", "--accept"]).exits(0);
        for folder in ["results", "snapshots"] {
            let entries = std::fs::read_dir(stage.path(folder)).expect("made");
            assert_eq!(entries.count(), 2, "{code}: {folder}");
        }
        assert_eq!(std::fs::read_dir(stage.above.path()).expect("there").count(), 2, "{code}");
    }
    assert!(!Path::new("/tmp/quanheng-abs-x").exists());
}

/// Row D: nothing is written through a link that a project brings.
#[test]
fn links_out_of_the_project_are_not_written_through() {
    let multiverse = "[multiverse.v]\nchoices.weighting = [\"equal\", \"given\"]\n";
    let all: [(&str, &[&str]); 10] = [
        ("quanheng.lock", &["lock"]),
        ("snapshots/m.snap", &["test", "--accept"]),
        ("snapshots/m.snap.new", &["test"]),
        ("snapshots", &["test", "--accept"]),
        ("multiverse", &["multiverse"]),
        ("multiverse/v", &["multiverse"]),
        ("multiverse/v/ledger", &["multiverse", "--fresh"]),
        ("multiverse/v/branches.csv", &["multiverse"]),
        ("results", &["run", "--out", "results"]),
        ("results/m/result.json", &["run", "--out", "results"]),
    ];
    for (link, words) in all {
        for to in ["target", "not-there/x", "not-there"] {
            let stage = Stage::with(multiverse);
            let is_folder = !link.rsplit('/').next().expect("a name").contains('.')
                && !link.ends_with("ledger");
            match is_folder {
                true => std::fs::create_dir(stage.other("target")).expect("made"),
                false => std::fs::write(stage.other("target"), "kept").expect("written"),
            }
            let before = stage.others();
            let path = stage.path(link);
            std::fs::create_dir_all(path.parent().expect("above")).expect("made");
            symlink(stage.other(to), &path).expect("linked");
            let ran = stage.run(words);
            ran.sound();
            assert_ne!(ran.exit(), 0, "{link} to {to}: {}", ran.text());
            ran.says("link");
            assert_eq!(stage.others(), before, "{link} to {to}");
        }
    }
    // Nothing is deleted through one either.
    let stage = Stage::new();
    std::fs::write(stage.other("gone.snap"), "kept").expect("written");
    symlink(stage.other(""), stage.path("snapshots")).expect("linked");
    let ran = stage.run(&["test", "--unreferenced", "delete"]);
    ran.sound();
    assert_ne!(ran.exit(), 0);
    assert!(stage.other("gone.snap").exists());
    // A folder that the user allows is written to.
    let other = stage.other("");
    stage.run(&["test", "--accept", "--allow-folder", other.to_str().expect("text")]).exits(0);
    assert!(stage.other("m.snap").exists());
    // A folder of results that the user names elsewhere is the user's.
    stage.run(&["run", "--out", stage.other("mine").to_str().expect("text")]).exits(0);
}

/// Row E: nothing outside the project is read because a project names it.
#[test]
fn files_outside_the_project_are_not_read() {
    const SECRET: &str = "hush-hush";
    let secret = |stage: &Stage| {
        let text = format!("{SECRET},{SECRET}\n{SECRET}\n");
        std::fs::write(stage.other("secret.csv"), &text).expect("written");
        std::fs::write(stage.other("secret.toml"), &text).expect("written");
    };
    let group = "[group.g]\nfile = \"NAME\"\n";
    let places: [(&str, &str); 6] = [
        ("values = \"values.csv\"", "values = \"NAME\""),
        ("values = \"values.csv\"", "values = [{ file = \"NAME\" }]"),
        ("regions = \"regions.csv\"", "regions = \"NAME\""),
        ("tree = \"tree.csv\"", "tree = \"NAME\""),
        ("[data]", "[lock]\nalso = \"NAME\"\n[data]"),
        ("[methodology.m]", &format!("{group}[methodology.m]")),
    ];
    for (at, put) in places {
        for name in [
            "../other/secret.csv",
            "ABSOLUTE/secret.csv",
            "link.csv",
            "folder/secret.csv",
            "../other/none.csv",
            "/etc/passwd",
        ] {
            let stage = Stage::new();
            secret(&stage);
            symlink(stage.other("secret.csv"), stage.path("link.csv")).expect("linked");
            symlink(stage.other(""), stage.path("folder")).expect("linked");
            let name = name.replace("ABSOLUTE", stage.other("").to_str().expect("text"));
            let name = name.replace("//", "/");
            stage.write("quanheng.toml", TOML.replace(at, &put.replace("NAME", &name)));
            for words in [&["check"][..], &["lock"], &["run"]] {
                stage
                    .run(words)
                    .exits(65)
                    .says("--allow-folder")
                    .does_not_say(SECRET)
                    .does_not_say("root:");
            }
        }
    }
    // A project file that is a link, and the files that a lock names.
    let stage = Stage::new();
    secret(&stage);
    std::fs::remove_file(stage.path("quanheng.toml")).expect("gone");
    symlink(stage.other("secret.toml"), stage.path("quanheng.toml")).expect("linked");
    stage.run(&["check"]).exits(65).does_not_say(SECRET);
    let stage = Stage::new();
    secret(&stage);
    stage.run(&["lock"]).exits(0);
    let lock = std::fs::read_to_string(stage.path("quanheng.lock")).expect("written");
    stage.write("quanheng.lock", lock.replace("values.csv", "../other/secret.csv"));
    stage.run(&["verify"]).exits(1).does_not_say(SECRET);
    std::fs::remove_file(stage.path("quanheng.lock")).expect("gone");
    symlink(stage.other("secret.toml"), stage.path("quanheng.lock")).expect("linked");
    stage.run(&["verify"]).exits(65).does_not_say(SECRET);
    // What the user allows is read.
    let stage = Stage::new();
    std::fs::copy(stage.path("values.csv"), stage.other("values.csv")).expect("copied");
    stage.write("quanheng.toml", TOML.replace("values.csv", "../other/values.csv"));
    stage.run(&["run"]).exits(65);
    stage.run(&["run", "--allow-folder", "../other"]).exits(0);
    stage.run(&["run", "--allow-folder", "../none"]).exits(66);
    // A project that is opened by another way than its own folder is the same project.
    let stage = Stage::new();
    symlink(stage.path(""), stage.above.path().join("q")).expect("linked");
    stage.run_above(&["run", "q"]).exits(0);
    stage.run_above(&["run", "p/../p"]).exits(0);
    stage.run_above(&["run", "p/quanheng.toml", "--out", "p/results"]).exits(0);
}

/// Row H: devices, pipes and files without an end.
#[test]
fn devices_are_not_read() {
    for (at, put) in [
        ("values = \"values.csv\"", "values = \"odd\""),
        ("regions = \"regions.csv\"", "regions = \"odd\""),
        ("tree = \"tree.csv\"", "tree = \"odd\""),
        ("tree = \"tree.csv\"", "tree = \"odd.toml\""),
    ] {
        for odd in ["pipe", "/dev/zero", "/dev/stdin", "/proc/self/fd/0"] {
            let stage = Stage::new();
            for name in ["odd", "odd.toml"] {
                match odd {
                    "pipe" => {
                        let made = Command::new("mkfifo").arg(stage.path(name)).status();
                        assert!(made.expect("mkfifo").success());
                    }
                    device => symlink(device, stage.path(name)).expect("linked"),
                }
            }
            stage.write("quanheng.toml", TOML.replace(at, put));
            stage.run(&["check"]).exits(65);
            if odd.starts_with("/dev/zero") {
                stage.run(&["check", "--allow-folder", "/dev"]).exits(65).says("regular file");
            }
        }
    }
    for name in ["quanheng.toml", "quanheng.lock", "snapshots/m.snap"] {
        let stage = Stage::new();
        stage.write(name, "");
        std::fs::remove_file(stage.path(name)).expect("gone");
        let made = Command::new("mkfifo").arg(stage.path(name)).status();
        assert!(made.expect("mkfifo").success());
        for words in [&["check"][..], &["verify"], &["test"]] {
            stage.run(words).sound();
        }
    }
}
