//! Plugins that do what a plugin must not: each ends in a clear error, and everything else goes on.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

use quanheng_core::method::{MethodError, PlainRows, Scratch, Settings, Stage};
use quanheng_core::model::Indicator;
use quanheng_core::normalisation::{Normalisation, NormalisationInput};
use quanheng_plugin_host::{ChildLimits, Isolation, Plugged, Plugin, hash};

const REGIONS: &str = "code,name\n01,甲\n02,乙\n03,丙\n04,丁\n";
const TREE: &str = "code,parent,direction\nindex,,\na,index,\nx,a,1\ny,a,-1\nz,index,1\n";
const VALUES: &str = "region,x,y,z,w\n01,0,4,0,1\n02,2,2,20,2\n03,3,3,10,\n04,4,0,40,4\n";
const GOOD: &str = "[methodology.good]\nnormalisation = \"min_max\"\nweighting = \"equal\"\n";

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Compiles a plugin in C.
fn compile(source: &str, defines: &[&str], library: &Path) {
    let done = Command::new("cc")
        .args(["-shared", "-fPIC", "-O1", "-w", "-I"])
        .arg(root().join("plugins/api"))
        .args(defines.iter().map(|d| format!("-D{d}")))
        .arg("-o")
        .arg(library)
        .arg(root().join(source))
        .args(["-lm", "-lpthread"])
        .output()
        .expect("a C compiler");
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
}

const HOSTILE: &str = "tests/plugins/hostile/hostile.c";

/// The hostile plugin whose table is right.
fn hostile() -> &'static Path {
    static BUILT: OnceLock<(tempfile::TempDir, PathBuf)> = OnceLock::new();
    let build = || {
        let folder = tempfile::tempdir().expect("a folder");
        let library = folder.path().join("hostile.so");
        compile(HOSTILE, &[], &library);
        (folder, library)
    };
    &BUILT.get_or_init(build).1
}

/// A project with one good methodology and whatever is added to it.
struct Project {
    /// Whether the user takes its pins for his own word.
    trusting: bool,
    folder: tempfile::TempDir,
    toml: String,
}

impl Project {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let gaps = "code,parent\nindex,\nw,index\n";
        let files = [
            ("regions.csv", REGIONS),
            ("tree.csv", TREE),
            ("gaps.csv", gaps),
            ("values.csv", VALUES),
        ];
        for (name, text) in files {
            std::fs::write(folder.path().join(name), text).expect("written");
        }
        let toml = "[project]\nmethodology = \"good\"\n[data]\nregions = \"regions.csv\"\nvalues = \"values.csv\"\n\
            [system.s]\ntree = \"tree.csv\"\n[system.gaps]\ntree = \"gaps.csv\"\n"
            .to_owned();
        Project { trusting: true, folder, toml }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Declares a plugin whose file lies in the folder, its hash pinned.
    fn plugin(&mut self, code: &str, file: &str, more: &str) {
        let pinned = hash(&self.path(file)).expect("it can be read");
        let _ =
            write!(self.toml, "[plugin.{code}]\npath = \"{file}\"\nblake3 = \"{pinned}\"\n{more}");
    }

    /// Adds a methodology that is the good one but for a choice.
    fn methodology(&mut self, code: &str, choice: &str) {
        let system = if choice.contains("system =") { "" } else { "system = \"s\"\n" };
        let _ = write!(self.toml, "[methodology.{code}]\nextends = \"good\"\n{system}{choice}\n");
    }

    /// Runs the program in the folder.
    fn run(&self, arguments: &[&str]) -> Output {
        let text = format!("{}{GOOD}system = \"s\"\n", self.toml);
        std::fs::write(self.path("quanheng.toml"), text).expect("written");
        Command::new(env!("CARGO_BIN_EXE_quanheng"))
            .args(arguments)
            .current_dir(self.folder.path())
            .env("XDG_CONFIG_HOME", self.path("config"))
            .env("QUANHENG_TRUST_PINS", if self.trusting { "1" } else { "" })
            .output()
            .expect("the program runs")
    }
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// What was said, with hashes and the system replaced, and without the excerpts of the project file.
fn said(output: &Output) -> String {
    let mut said = String::new();
    for line in text(&output.stderr).lines() {
        if line.starts_with("error: ") || line.trim_start().starts_with("= help: ") {
            // How far help stands in depends on the number of the line above it.
            let line = line.trim();
            let indent = if line.starts_with("= help") { " " } else { "" };
            said.push_str(&format!("{indent}{line}\n"));
        }
    }
    let own = format!("{}-{}", std::env::consts::ARCH, std::env::consts::OS);
    said = said.replace(&own, "[this system]");
    let word = |w: &str| w.len() == 64 && w.bytes().all(|b| b.is_ascii_hexdigit());
    for hash in said.clone().split(|c: char| !c.is_ascii_alphanumeric()).filter(|w| word(w)) {
        said = said.replace(hash, "[hash]");
    }
    said
}

fn snapshot(name: &str, text: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("snapshots/plugins_hostile");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, text));
}

/// The table that the good methodology prints.
fn good() -> &'static str {
    static TABLE: OnceLock<String> = OnceLock::new();
    TABLE.get_or_init(|| {
        let output = Project::new().run(&["run", "--format", "csv"]);
        assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
        let table = text(&output.stdout);
        assert!(table.contains("甲") && table.lines().count() >= 5, "{table}");
        table
    })
}

/// Runs every methodology: the good one gives its table, the others their errors, and it is over soon.
fn all_but_the_good_fail(project: &Project) -> Output {
    let start = Instant::now();
    let output = project.run(&["run", "-m", "all", "--format", "csv"]);
    assert!(start.elapsed() < Duration::from_secs(60), "{:?}", start.elapsed());
    assert_eq!(output.status.code(), Some(65), "{}", text(&output.stderr));
    assert!(text(&output.stdout).contains(good()), "{}", text(&output.stdout));
    output
}

/// Libraries that are not taken: what is defined when they are compiled.
const TABLES: [(&str, &[&str]); 32] = [
    ("newer", &["CONTRACT=2"]),
    ("older", &["CONTRACT=0"]),
    ("no-table", &["NULL_TABLE"]),
    ("lost-table", &["LOST_TABLE"]),
    ("truncated", &["SIZE=24"]),
    ("no-size", &["SIZE=0"]),
    ("no-make", &["MAKE=NULL"]),
    ("no-entry", &["NO_ENTRY"]),
    ("other-target", &["TARGET=\"z80-cpm\""]),
    ("target-with-orders", &["TARGET=\"\\033[2J\""]),
    ("name-not-text", &["NAME=TEXT(\"\\xff\\xfe\")"]),
    ("name-of-10-mb", &["NAME={(const uint8_t*)1,10000000}"]),
    ("no-name", &["NAME=TEXT(\"\")"]),
    ("long-name", &[LONG]),
    ("lost-name", &["NAME={(const uint8_t*)16,8}"]),
    ("null-methods", &["LIST=NULL", "HOW_MANY=3"]),
    ("lost-methods", &["LIST=(const qh_method*)4096", "HOW_MANY=3"]),
    ("no-methods", &["HOW_MANY=0"]),
    ("many-methods", &["HOW_MANY=(size_t)-1"]),
    ("method-size-0", &["METHOD_SIZE=0"]),
    ("method-size-huge", &["METHOD_SIZE=(size_t)1<<40"]),
    ("two-alike", &["METHODS=METHOD(5,\"same\"),METHOD(5,\"same\")"]),
    ("method-not-text", &["METHODS=METHOD(5,\"\\xc3\\x28\")"]),
    ("no-stage", &["METHODS=METHOD(9,\"nowhere\")"]),
    ("null-settings", &["METHODS={.stage=5,.name=TEXT(\"m\"),.setting_count=2,.setting_size=200}"]),
    (
        "many-settings",
        &["METHODS={.stage=5,.name=TEXT(\"m\"),.setting_count=1<<30,.setting_size=200,\
           .settings=(const qh_declared*)4096}"],
    ),
    (
        "bad-default",
        &[
            "METHODS={.stage=5,.name=TEXT(\"m\"),.setting_count=1,.setting_size=sizeof(qh_declared),\
           .settings=(const qh_declared[]){{.default_={.name=TEXT(\"s\"),.kind=2,.number=5},.bounded=1,.greatest=1}}}",
        ],
    ),
    (
        "huge-example",
        &["METHODS={.stage=5,.name=TEXT(\"m\"),.example=(const qh_example[]){{\
           .rows=(size_t)1<<62,.columns=8}}}"],
    ),
    ("answers", &["ANSWERS_WHEN_OPENED"]),
    ("hangs", &["HANG_WHEN_OPENED"]),
    ("aborts", &["ABORT_WHEN_OPENED"]),
    ("exits", &["EXIT_WHEN_OPENED"]),
];

const LONG: &str = "NAME=TEXT(\"0123456789012345678901234567890123456789012345678901234567890123456789\
    01234567890123456789012345678901234567890123456789\")";

#[test]
fn a_library_that_is_none_is_refused() {
    let mut project = Project::new();
    for (code, defines) in TABLES {
        let file = format!("{code}.so");
        compile(HOSTILE, defines, &project.path(&file));
    }
    let mut files: Vec<String> = TABLES.iter().map(|(code, _)| format!("{code}.so")).collect();
    let mut craft = |name: &str, bytes: &[u8]| {
        std::fs::write(project.path(name), bytes).expect("written");
        files.push(name.to_owned());
    };
    let sound = std::fs::read(hostile()).expect("the library");
    // The machine that an ELF file is for is its 19th byte; 22 is one of IBM's.
    let mut elsewhere = sound.clone();
    elsewhere[18] = 22;
    craft("other-machine.so", &elsewhere);
    craft("cut-off.so", &sound[..sound.len() / 3]);
    craft("text.so", b"this is a text, and no library\n");
    craft("empty.so", b"");
    for file in &files {
        let code = file.trim_end_matches(".so");
        project.plugin(code, file, "seconds = 2\n");
        project.methodology(code, &format!("weighting = \"plugin:{code}\""));
    }
    std::fs::write(project.path("gone.so"), b"now you see it").expect("written");
    std::fs::write(project.path("changed.so"), b"one").expect("written");
    for code in ["gone", "changed"] {
        project.plugin(code, &format!("{code}.so"), "");
        project.methodology(code, &format!("weighting = \"plugin:{code}\""));
    }
    std::fs::remove_file(project.path("gone.so")).expect("removed");
    std::fs::write(project.path("changed.so"), b"another").expect("written");

    let output = all_but_the_good_fail(&project);
    let said = said(&output);
    for code in files.iter().map(|f| f.trim_end_matches(".so")).chain(["gone", "changed"]) {
        assert!(
            said.contains(&format!("error: the plugin {code}.so cannot be used: ")),
            "{code}\n{said}"
        );
    }
    let whole = text(&output.stderr);
    assert!(!whole.contains('\x1b'), "no order for the terminal");
    snapshot("refused", &said);
    let check = project.run(&["check"]);
    assert_eq!(check.status.code(), Some(65));
    assert_eq!(text(&check.stderr), whole, "check says the same");
}

/// A table that ends before `drop`, the last field, is one of the first contract.
#[test]
fn a_shorter_table_of_the_first_contract_is_taken() {
    let mut project = Project::new();
    let file = project.path("short.so");
    compile(HOSTILE, &["SIZE=offsetof(qh_table,drop)"], &file);
    project.plugin("short", "short.so", "");
    project.methodology("short", "weighting = { plugin = \"short\", method = \"healthy\" }");
    let output = project.run(&["run", "-m", "short", "--format", "csv"]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    assert_eq!(scores(&output), scores_of(good()));
}

/// Lines of a table without the words on the methodology.
fn scores_of(table: &str) -> Vec<String> {
    table.lines().filter(|l| l.contains(",0")).map(str::to_owned).collect()
}

fn scores(output: &Output) -> Vec<String> {
    scores_of(&text(&output.stdout))
}

/// Methods that fail when they are made or called, with their stages.
const FAILING: [(&str, &str); 36] = [
    ("segfault", "weighting"),
    ("abort", "weighting"),
    ("hang", "weighting"),
    ("exit", "weighting"),
    ("close", "weighting"),
    ("memory", "weighting"),
    ("stack", "weighting"),
    ("divide", "weighting"),
    ("answers", "weighting"),
    ("half-answer", "weighting"),
    ("nan", "weighting"),
    ("negative", "weighting"),
    ("infinite", "weighting"),
    ("short", "weighting"),
    ("past", "weighting"),
    ("before", "weighting"),
    ("code", "weighting"),
    ("code-with-words", "weighting"),
    ("long-words", "weighting"),
    ("words-not-text", "weighting"),
    ("words-with-orders", "weighting"),
    ("row", "weighting"),
    ("make-hangs", "weighting"),
    ("make-dies", "weighting"),
    ("make-fails", "weighting"),
    ("stops", "weighting"),
    ("absent-all", "normalisation"),
    ("beyond", "normalisation"),
    ("absent-some", "treatment"),
    ("no-score", "aggregation"),
    ("infinite-score", "aggregation"),
    ("half-tier", "tiering"),
    ("many-tiers", "tiering"),
    ("changes", "imputation"),
    ("panics", "weighting"),
    ("make-panics", "tiering"),
];

const SYSTEMS: [&str; 7] =
    ["cycle", "not-text", "million", "null-node", "long-node", "none", "system-dies"];

/// What misbehaves without any effect.
const HARMLESS: [&str; 5] = ["healthy", "prints", "inputs", "shrinks", "thread"];

/// The plugin in Rust that panics: Cargo has built it beside this program.
fn panics() -> PathBuf {
    std::env::current_exe().expect("this program").with_file_name(format!(
        "{}quanheng_panics{}",
        std::env::consts::DLL_PREFIX,
        std::env::consts::DLL_SUFFIX
    ))
}

/// Adds a methodology that needs a method which fails.
fn failing(project: &mut Project, method: &str, stage: &str) {
    let plugin = if method.ends_with("panics") { "panics" } else { "hostile" };
    // Only an absent cell is filled.
    let system = if stage == "imputation" { "system = \"gaps\"\n" } else { "" };
    project.methodology(
        method,
        &format!("{system}{stage} = {{ plugin = \"{plugin}\", method = \"{method}\" }}"),
    );
}

/// What ends or holds up the process that it runs in, or takes all of its memory.
const RUINOUS: [&str; 13] = [
    "segfault",
    "abort",
    "hang",
    "exit",
    "close",
    "memory",
    "stack",
    "divide",
    "answers",
    "half-answer",
    "make-hangs",
    "make-dies",
    "stops",
];

/// Whatever does not end the process is found in the program itself too, in the same words.
#[test]
fn both_isolations_find_the_same_faults() {
    let found = |isolation: &str| {
        let mut project = Project::new();
        std::fs::copy(hostile(), project.path("hostile.so")).expect("copied");
        std::fs::copy(panics(), project.path("panics.so")).expect("copied");
        project.plugin("hostile", "hostile.so", isolation);
        project.plugin("panics", "panics.so", isolation);
        let mild = || FAILING.into_iter().filter(|(method, _)| !RUINOUS.contains(method));
        mild().for_each(|(method, stage)| failing(&mut project, method, stage));
        let said = said(&all_but_the_good_fail(&project));
        assert_eq!(said.matches("error: ").count(), mild().count(), "{said}");
        said
    };
    assert_eq!(found(""), found("isolation = \"none\"\n"));
}

#[test]
fn a_method_that_fails_takes_nothing_with_it() {
    let mut project = Project::new();
    std::fs::copy(hostile(), project.path("hostile.so")).expect("copied");
    project.plugin("hostile", "hostile.so", "seconds = 2\nmegabytes = 500\n");
    std::fs::copy(panics(), project.path("panics.so")).expect("copied");
    project.plugin("panics", "panics.so", "seconds = 2\n");
    for (method, stage) in FAILING {
        failing(&mut project, method, stage);
    }
    for method in SYSTEMS {
        let _ = write!(
            project.toml,
            "[system.{method}]\nplugin = \"hostile\"\nmethod = \"{method}\"\n"
        );
        project.methodology(method, &format!("system = \"{method}\""));
    }
    for method in HARMLESS {
        project.methodology(
            method,
            &format!("weighting = {{ plugin = \"hostile\", method = \"{method}\" }}"),
        );
    }
    let output = all_but_the_good_fail(&project);
    let said = said(&output);
    for (method, stage) in FAILING {
        let named = |line: &&str| {
            line.starts_with("error: ")
                && line.contains(&format!("`{method}`"))
                && line.contains(stage)
                && (line.contains("plugin `") || line.contains("`plugin:"))
        };
        assert_eq!(said.lines().filter(named).count(), 1, "{method}\n{said}");
    }
    for method in SYSTEMS {
        let named = format!("error: plugin `hostile`, system `{method}`: ");
        assert_eq!(said.matches(&named).count(), 1, "{method}\n{said}");
    }
    let printed = text(&output.stdout);
    for method in HARMLESS {
        let alone = project.run(&["run", "-m", method, "--format", "csv"]);
        assert_eq!(alone.status.code(), Some(0), "{method}: {}", text(&alone.stderr));
        assert_eq!(scores(&alone), scores_of(good()), "{method}");
        assert!(printed.contains(&text(&alone.stdout)), "{method}");
    }
    assert!(!text(&output.stderr).contains('\x1b'), "no order for the terminal");
    assert!(!printed.contains("nobody asked"), "what a plugin prints goes nowhere");
    // How these end depends on where the stack ends, and on whether the child has seen its pipe go.
    const EITHER: [(&str, [&str; 2]); 2] = [
        ("`stack`: its process ended by signal ", ["6 (it aborted)", "11 (it accessed memory"]),
        ("`close`: it", [" closed the pipe that its", "s process ended with code 0"]),
    ];
    let line = |line: &str| {
        for (start, ends) in EITHER {
            if let Some((before, end)) = line.split_once(start) {
                assert!(ends.iter().any(|e| end.starts_with(e)), "{line}");
                return format!("{before}{start}[{} or {}]\n", ends[0], ends[1]);
            }
        }
        format!("{line}\n")
    };
    snapshot("failed", &said.lines().map(line).collect::<String>());
}

/// The names of everything in a folder.
fn listing(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).expect("a folder");
    let mut names: Vec<String> =
        entries.map(|e| e.expect("an entry").file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

/// A library whose constructor leaves marks, if it can, runs only where it is trusted, and leaves none then.
#[test]
fn nothing_runs_that_is_not_trusted() {
    let marks = tempfile::tempdir().expect("a folder");
    let mark = marks.path().join("mark");
    let mut project = Project::new();
    let define = format!("MARK=\"{}\"", mark.display());
    compile(HOSTILE, &[&define], &project.path("marks.so"));
    let choice = "weighting = { plugin = \"marks\", method = \"healthy\" }";
    let stranger = |blake3: &str, more: &str| {
        let mut stranger = Project::new();
        stranger.trusting = false;
        std::fs::copy(project.path("marks.so"), stranger.path("marks.so")).expect("copied");
        let _ = write!(stranger.toml, "[plugin.marks]\npath = \"marks.so\"\n{blake3}{more}");
        stranger.methodology("marked", choice);
        stranger
    };
    let wrong = format!("blake3 = \"{}\"\n", "0".repeat(64));
    // The pin is right, and somebody else's.
    let right =
        format!("blake3 = \"{}\"\n", hash(&project.path("marks.so")).expect("it can be read"));
    for (blake3, more) in [
        ("", ""),
        ("", "isolation = \"none\"\n"),
        (&wrong, "isolation = \"none\"\n"),
        (&right, ""),
        (&right, "isolation = \"none\"\n"),
    ] {
        let stranger = stranger(blake3, more);
        for arguments in [
            &["check"][..],
            &["run"],
            &["run", "-m", "all"],
            &["run", "-m", "marked"],
            &["show", "-m", "marked", "01"],
        ] {
            let output = stranger.run(arguments);
            let fails = arguments != ["run"];
            assert_eq!(output.status.success(), !fails, "{arguments:?}");
            if fails {
                let said = text(&output.stderr);
                let why =
                    if blake3.is_empty() { "is not trusted" } else { "you have not trusted it" };
                assert!(said.contains("marks.so") && said.contains(why), "{arguments:?}: {said}");
            }
        }
        assert!(listing(marks.path()).is_empty(), "{:?}", listing(marks.path()));
    }
    // Trusted by a word of the user's, which also pins it: it runs.
    let own = stranger("", "");
    let trusted = own.run(&["plugin", "trust", "marks.so"]);
    assert_eq!(trusted.status.code(), Some(0), "{}", text(&trusted.stderr));
    let pinned = std::fs::read_to_string(own.path("quanheng.toml")).expect("it is there");
    assert!(pinned.contains(right.trim()), "{pinned}");
    let output = Command::new(env!("CARGO_BIN_EXE_quanheng"))
        .args(["run", "-m", "marked", "--format", "csv"])
        .current_dir(own.folder.path())
        .env("XDG_CONFIG_HOME", own.path("config"))
        .output()
        .expect("the program runs");
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    // Trusted, in a process of its own: it runs, and can do none of what it tries.
    project.plugin("marks", "marks.so", "");
    project.methodology("marked", choice);
    let output = project.run(&["run", "-m", "marked", "--format", "csv"]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    assert!(listing(marks.path()).is_empty(), "{:?}", listing(marks.path()));
    // Trusted, in the program itself: the marks are there, so this test would have seen them.
    project.toml =
        project.toml.replace("[methodology.marked]", "isolation = \"none\"\n[methodology.marked]");
    let output = project.run(&["run", "-m", "marked", "--format", "csv"]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    for name in ["mark", "mark.fork", "mark.shell"] {
        assert!(listing(marks.path()).contains(&name.to_owned()), "{:?}", listing(marks.path()));
    }
}

fn opened(library: &Path, isolation: Isolation) -> Arc<Plugin> {
    let pinned = hash(library).expect("it can be read");
    Plugin::open(library, &pinned, isolation).unwrap_or_else(|e| panic!("{e:?}"))
}

fn child() -> Isolation {
    let program = PathBuf::from(env!("CARGO_BIN_EXE_quanheng"));
    let limits = ChildLimits { time: Duration::from_secs(10), ..ChildLimits::default() };
    Isolation::Process { program, limits }
}

fn normalisation(plugin: &Arc<Plugin>, method: &str) -> Arc<dyn Normalisation> {
    let index = plugin.find(Stage::Normalisation, Some(method)).expect("it is offered");
    let prepared = plugin.prepare(index, &Settings::default()).unwrap_or_else(|e| panic!("{e:?}"));
    <dyn Normalisation>::plugged(prepared)
}

/// What a method says that always fails.
fn words(method: &dyn Normalisation) -> String {
    let (rows, indicator) = (PlainRows::new(3), Indicator::default());
    let values = [1.0, 2.0, 3.0];
    let input =
        NormalisationInput { values: &values, indicator: &indicator, code: "x", rows: rows.rows() };
    match method.normalise(&input, &mut Scratch::default(), &mut [0.0; 3]) {
        Err(MethodError::Program(fault)) => fault.what.to_string(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_walls_stand() {
    let plugin = opened(hostile(), child());
    let walls = plugin.walls().expect("it runs in a child");
    assert!(walls.files && walls.calls && walls.memory, "{walls:?}");
    let said = words(&*normalisation(&plugin, "walls"));
    let tried = said.rsplit_once("`walls`: ").expect("what it tried").1;
    let tried: Vec<(&str, &str)> =
        tried.split(", ").map(|t| t.split_once(' ').expect("what became of it")).collect();
    assert!(tried.len() >= 50, "{said}");
    for (what, error) in tried {
        assert_eq!(error, "EPERM", "{what}: {said}");
    }
    assert!(opened(hostile(), Isolation::None).walls().is_none());

    // While it is opened only libraries can be read, where the kernel has landlock; where it has not, that is said.
    let folder = tempfile::tempdir().expect("a folder");
    let library = folder.path().join("marks.so");
    let mark = folder.path().join("mark");
    compile(HOSTILE, &[&format!("MARK=\"{}\"", mark.display())], &library);
    let plugin = opened(&library, child());
    let said = words(&*normalisation(&plugin, "opening"));
    let read = said.rsplit_once("`opening`: ").expect("what it tried").1;
    let landlock = plugin.walls().expect("it runs in a child").opening;
    assert_eq!(read, if landlock { "EACCES" } else { "DONE" });
    assert_eq!(listing(folder.path()), ["marks.so"]);
}

fn pid(method: &dyn Normalisation) -> u32 {
    let said = words(method);
    said.rsplit_once("pid ").and_then(|(_, n)| n.parse().ok()).unwrap_or_else(|| panic!("{said}"))
}

#[test]
fn a_child_is_used_again() {
    let plugin = opened(hostile(), child());
    let method = normalisation(&plugin, "pid");
    let first = pid(&*method);
    assert_ne!(first, std::process::id());
    assert!((0..20).all(|_| pid(&*method) == first), "one child");
    // Another method of the same plugin is made in the same child.
    assert_eq!(pid(&*normalisation(&plugin, "pid")), first);

    // One that is ended from outside while it waits is replaced, and nobody notices.
    let killed = Command::new("kill").args(["-9", &first.to_string()]).status().expect("kill");
    assert!(killed.success());
    let patience = Instant::now();
    let state = || std::fs::read_to_string(format!("/proc/{first}/status")).unwrap_or_default();
    // Its first thread may be gone before its second, which still holds the pipes.
    while !["State:\tZ", "Threads:\t1\n"].iter().all(|part| state().contains(part)) {
        assert!(patience.elapsed() < Duration::from_secs(20), "{}", state());
        std::thread::sleep(Duration::from_millis(1));
    }
    let second = pid(&*method);
    assert_ne!(second, first);
    assert_eq!(pid(&*method), second);

    // Several threads at a time have no more children than there are threads, and go on using them.
    let pids: Vec<u32> = std::thread::scope(|scope| {
        let method = &method;
        let work = || (0..25).map(|_| pid(&**method)).collect::<Vec<_>>();
        let threads: Vec<_> = (0..4).map(|_| scope.spawn(work)).collect();
        threads.into_iter().flat_map(|t| t.join().expect("no panic")).collect()
    });
    assert_eq!(pids.len(), 100);
    let distinct: std::collections::BTreeSet<u32> = pids.into_iter().collect();
    assert!(distinct.contains(&second) && distinct.len() <= 4, "{distinct:?}");
    assert!(distinct.contains(&pid(&*method)));

    // In this process it is this process.
    let here = opened(hostile(), Isolation::None);
    assert_eq!(pid(&*normalisation(&here, "pid")), std::process::id());
}

/// 200 periods of figures that nobody thought of, weighted by the same plugin here and in a child: every digit alike.
#[test]
fn both_isolations_give_the_same_bits() {
    let mut project = Project::new();
    compile("plugins/variation/variation.c", &[], &project.path("variation.so"));
    project.plugin("apart", "variation.so", "");
    project.plugin("here", "variation.so", "isolation = \"none\"\n");
    for plugin in ["apart", "here"] {
        project.methodology(plugin, &format!("weighting = \"plugin:{plugin}\""));
    }
    let mut state = 20_260_101_u64;
    let mut next = || {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 11) as f64 / (1u64 << 53) as f64 * 1000.0 + 1.0
    };
    let mut values = "region,period,x,y,z,w\n".to_owned();
    for period in 1801..2001 {
        for region in 1..=4 {
            let _ = writeln!(values, "{region:02},{period},{},{},{},", next(), next(), next());
        }
    }
    std::fs::write(project.path("values.csv"), values).expect("written");
    let of = |code: &str| {
        let output = project.run(&["run", "-m", code, "-p", "all", "--format", "csv"]);
        assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
        text(&output.stdout)
    };
    let (apart, here) = (of("apart"), of("here"));
    assert!(apart.lines().count() >= 800, "{} lines", apart.lines().count());
    assert_eq!(apart, here);
    assert_ne!(apart, of("good"), "the plugin has a say");
}

/// The blocks of a document in a language.
fn blocks(document: &str, language: &str) -> Vec<String> {
    let fence = format!("\n```{language}\n");
    let parts = document.split(&fence).skip(1);
    parts.map(|part| part.split("\n```").next().expect("an end").to_owned() + "\n").collect()
}

/// What docs/plugins.md shows is what there is: the Rust of the crate's own test, a C plugin that works, the header.
#[test]
fn the_document_is_true() {
    let read = |path: &str| std::fs::read_to_string(root().join(path)).expect("it is there");
    let document = read("docs/plugins.md");
    let shown: Vec<String> = read("plugins/api/src/lib.rs")
        .lines()
        .filter_map(|line| line.strip_prefix("//!"))
        .map(|line| line.strip_prefix(' ').unwrap_or(line).to_owned())
        .skip_while(|line| line != "```")
        .skip(1)
        .take_while(|line| line != "```")
        .filter(|line| !line.starts_with("# "))
        .collect();
    assert_eq!(blocks(&document, "rust"), [shown.join("\n") + "\n"]);
    let c = blocks(&document, "c");
    assert_eq!(c.len(), 2);
    let header = read("plugins/api/quanheng_plugin.h");
    assert!(c[1] == header.trim_end().to_owned() + "\n", "docs/plugins.md ends with the header");

    let mut project = Project::new();
    let source = project.path("spread.c");
    std::fs::write(&source, &c[0]).expect("written");
    compile(&source.to_string_lossy(), &[], &project.path("spread.so"));
    project.plugin("spread", "spread.so", "");
    project.methodology("one", "weighting = \"plugin:spread\"");
    project.methodology("none", "weighting = { plugin = \"spread\", power = 0 }");
    let output = project.run(&["run", "-m", "one", "--format", "csv"]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    // Every range is 100 after `min_max`, and to the power of 0 or 1 they are alike.
    assert_eq!(scores(&output), scores_of(good()));
    assert_eq!(scores(&project.run(&["run", "-m", "none", "--format", "csv"])), scores_of(good()));
    project.methodology("much", "weighting = { plugin = \"spread\", power = 11 }");
    let output = project.run(&["run", "-m", "much"]);
    assert!(said(&output).contains("`power` of `spread` is out of range"), "{}", said(&output));
}

/// A child does not outlive a program that is killed in the middle of a call, and files of the program do not outlive it
/// where it ends by itself.
#[test]
fn nothing_is_left_behind() {
    let mut project = Project::new();
    std::fs::copy(hostile(), project.path("hostile.so")).expect("copied");
    project.plugin("hostile", "hostile.so", "seconds = 100\n");
    project.methodology("hang", "weighting = { plugin = \"hostile\", method = \"hang\" }");
    project.methodology("abort", "weighting = { plugin = \"hostile\", method = \"abort\" }");
    project.methodology("fine", "weighting = { plugin = \"hostile\", method = \"healthy\" }");
    assert_eq!(project.run(&["check", "--quick"]).status.code(), Some(0));
    let files = project.path("files");
    std::fs::create_dir(&files).expect("made");
    let start = |methodology: &str| {
        Command::new(env!("CARGO_BIN_EXE_quanheng"))
            .args(["run", "-m", methodology])
            .current_dir(project.folder.path())
            .env("TMPDIR", &files)
            .env("QUANHENG_TRUST_PINS", "1")
            .stdout(std::process::Stdio::null())
            .stderr(std::process::Stdio::null())
            .spawn()
            .expect("the program runs")
    };
    for (methodology, code) in [("fine", 0), ("abort", 65)] {
        assert_eq!(start(methodology).wait().expect("it ends").code(), Some(code));
        assert!(listing(&files).is_empty(), "{:?}", listing(&files));
    }
    // Its children are the processes that are started with a file of that folder.
    let named = files.display().to_string();
    let children = || {
        let processes = std::fs::read_dir("/proc").expect("processes");
        let command = |e: std::io::Result<std::fs::DirEntry>| {
            std::fs::read(e.ok()?.path().join("cmdline")).ok().map(|c| text(&c))
        };
        processes.filter_map(command).filter(|c| c.contains(&named)).count()
    };
    let patience = Instant::now();
    let waits = || {
        std::thread::sleep(Duration::from_millis(5));
        patience.elapsed() < Duration::from_secs(20)
    };
    let mut program = start("hang");
    while children() == 0 && waits() {}
    // Long enough for the call to have begun.
    std::thread::sleep(Duration::from_millis(500));
    assert_eq!(children(), 1);
    program.kill().expect("killed");
    program.wait().expect("it ends");
    while children() > 0 && waits() {}
    assert_eq!(children(), 0);
}
