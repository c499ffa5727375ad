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
        stage.write("quanheng.toml", format!("{TOML}{more}"));
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

/// A zip archive.
fn zip(parts: &[(&str, &str)]) -> Vec<u8> {
    use std::io::Write;
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, content) in parts {
        let options = zip::write::SimpleFileOptions::default().compression_level(Some(9));
        archive.start_file(*name, options).expect("begun");
        archive.write_all(content.as_bytes()).expect("written");
    }
    archive.finish().expect("finished").into_inner()
}

/// A workbook in xlsx: the rows of its sheet, and its list of texts.
fn xlsx(rows: &str, texts: &str) -> Vec<u8> {
    const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    const RELATION: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
    let content = "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>";
    let relations = format!(
        "<Relationships xmlns=\"{PACKAGE}\"><Relationship Id=\"a\" Type=\"{RELATION}/officeDocument\" \
         Target=\"xl/workbook.xml\"/></Relationships>"
    );
    let sheets = format!(
        "<Relationships xmlns=\"{PACKAGE}\"><Relationship Id=\"a\" Type=\"{RELATION}/worksheet\" \
         Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"b\" Type=\"{RELATION}/sharedStrings\" \
         Target=\"sharedStrings.xml\"/></Relationships>"
    );
    let book = format!(
        "<workbook xmlns=\"{MAIN}\" xmlns:r=\"{RELATION}\"><sheets><sheet name=\"a\" sheetId=\"1\" r:id=\"a\"/>\
         </sheets></workbook>"
    );
    let sheet = format!("<worksheet xmlns=\"{MAIN}\"><sheetData>{rows}</sheetData></worksheet>");
    zip(&[
        ("[Content_Types].xml", content),
        ("_rels/.rels", &relations),
        ("xl/_rels/workbook.xml.rels", &sheets),
        ("xl/workbook.xml", &book),
        ("xl/sharedStrings.xml", texts),
        ("xl/worksheets/sheet1.xml", &sheet),
    ])
}

fn ods(rows: &str) -> Vec<u8> {
    let content = format!(
        "<office:document-content><office:body><office:spreadsheet><table:table table:name=\"a\">{rows}\
         </table:table></office:spreadsheet></office:body></office:document-content>"
    );
    let manifest = "<manifest:manifest/>";
    zip(&[
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        ("META-INF/manifest.xml", manifest),
        ("content.xml", &content),
    ])
}

/// Rows F and H: workbooks that are small as files and large as tables.
#[test]
fn workbooks_have_bounds() {
    const HEAD: &str = "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>region</t></is></c>\
                        <c r=\"B1\" t=\"inlineStr\"><is><t>x</t></is></c></row>\
                        <row r=\"2\"><c r=\"A2\"><v>1</v></c><c r=\"B2\"><v>2</v></c></row>";
    let run = |name: &str, bytes: &[u8]| {
        let stage = Stage::new();
        stage.write(name, bytes);
        let toml = TOML.replace("regions = \"regions.csv\"\n", "").replace("values.csv", name);
        stage.write("quanheng.toml", toml);
        let ran = stage.run(&["run"]);
        ran.sound();
        ran
    };
    // The workbook that the others are made from is read.
    let whole = HEAD
        .replace("</row><row", "<c r=\"C1\" t=\"s\"><v>0</v></c></row><row")
        .replace("<v>2</v></c></row>", "<v>2</v></c><c r=\"C2\"><v>3</v></c></row>");
    let whole = whole
        + "<row r=\"3\"><c r=\"A3\"><v>2</v></c><c r=\"B3\"><v>5</v></c><c r=\"C3\"><v>7</v></c></row>";
    let fine = xlsx(&whole, "<sst uniqueCount=\"1\"><si><t>y</t></si></sst>");
    run("v.xlsx", &fine).exits(0);
    for cell in ["XFD1048576", "XFD65536", "CV1048576", "ZZZZZZ9", "A4294967295"] {
        let row: String = cell.chars().filter(char::is_ascii_digit).collect();
        let rows = format!("{HEAD}<row r=\"{row}\"><c r=\"{cell}\"><v>1</v></c></row>");
        run("v.xlsx", &xlsx(&rows, "<sst/>")).exits(65).says("v.xlsx");
    }
    let rows = format!("{HEAD}<row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row>");
    run("v.xlsx", &xlsx(&rows, "<sst/>")).says("XFD1048576").says("CSV");
    // A cell without a value, of a sheet with formats to its end, is no harm.
    let rows = format!("{HEAD}<row r=\"1048576\"><c r=\"XFD1048576\" s=\"0\"/></row>");
    run("v.xlsx", &xlsx(&rows, "<sst/>")).does_not_say("XFD1048576");
    // Lists of texts that say how many they are.
    for count in ["18446744073709551615", "1000000000000"] {
        let texts = format!("<sst uniqueCount=\"{count}\"><si><t>a</t></si></sst>");
        run("v.xlsx", &xlsx(HEAD, &texts)).exits(65).says("v.xlsx");
    }
    // Texts that are long, or repeated.
    let long = "a".repeat(40 << 20);
    run("v.xlsx", &xlsx(&HEAD.replace("region", &long), "<sst/>")).exits(65).says("too long");
    let texts = format!("<sst><si><t>{}</t></si></sst>", "b".repeat(1 << 19));
    let mut rows = HEAD.to_owned();
    for row in 3..5000 {
        rows.push_str(&format!("<row r=\"{row}\"><c r=\"A{row}\" t=\"s\"><v>0</v></c></row>"));
    }
    run("v.xlsx", &xlsx(&rows, &texts)).exits(65).says("too long");
    // What is nothing but length when it is unpacked.
    let blank = format!("{HEAD}{}", "<a/>".repeat(9 << 20));
    run("v.xlsx", &xlsx(&blank, "<sst/>")).exits(65).says("times as long");
    // Formulas that say where they are shared.
    let rows = HEAD.replace(
        "<c r=\"B2\"><v>2</v></c>",
        "<c r=\"B2\"><f t=\"shared\" si=\"4294967295\" ref=\"A1:XFD1048576\">1+1</f><v>2</v></c>",
    );
    run("v.xlsx", &xlsx(&rows, "<sst/>"));

    let cells = "<table:table-row><table:table-cell office:value-type=\"string\"><text:p>region</text:p>\
                 </table:table-cell><table:table-cell office:value-type=\"string\"><text:p>x</text:p></table:table-cell>\
                 <table:table-cell office:value-type=\"string\"><text:p>y</text:p></table:table-cell></table:table-row>\
                 <table:table-row><table:table-cell office:value-type=\"string\"><text:p>a</text:p></table:table-cell>\
                 <table:table-cell office:value-type=\"float\" office:value=\"1\"/>\
                 <table:table-cell office:value-type=\"float\" office:value=\"2\"/></table:table-row>";
    let second = cells[cells.find("<text:p>y").expect("a head")..].find("<table:table-row>");
    let second = &cells[cells.find("<text:p>y").expect("a head") + second.expect("a row")..];
    let more = second
        .replace(">a<", ">b<")
        .replace("value=\"1\"", "value=\"4\"")
        .replace("value=\"2\"", "value=\"5\"");
    let cells = &format!("{cells}{more}");
    run("v.ods", &ods(cells)).exits(0);
    let blank = "<table:table-row table:number-rows-repeated=\"1048500\"><table:table-cell \
                 table:number-columns-repeated=\"16384\"/></table:table-row>";
    run("v.ods", &ods(&format!("{cells}{blank}"))).exits(0);
    for more in [
        "<table:table-cell office:value-type=\"string\"><text:p><text:s text:c=\"1000000000\"/></text:p></table:table-cell>",
        "<table:table-cell office:value-type=\"string\"><text:p><text:s text:c=\"18446744073709551615\"/></text:p></table:table-cell>",
        "<table:table-cell table:number-columns-repeated=\"16384\" office:value-type=\"float\" office:value=\"1\"/>",
    ] {
        for repeated in [1, 1_000_000] {
            // One row of very many numbers is a wide row, and no more.
            let is_small = repeated == 1 && more.contains("float");
            let row = format!(
                "<table:table-row table:number-rows-repeated=\"{repeated}\">{more}</table:table-row>"
            );
            let ran = run("v.ods", &ods(&format!("{cells}{row}")));
            assert!(is_small || ran.exit() == 65, "{more} {repeated}: {}", ran.text());
            let far = format!("{cells}{blank}{row}");
            run("v.ods", &ods(&far)).exits(65);
        }
    }
    let wide = "<table:table-row><table:table-cell table:number-columns-repeated=\"9000\"/><table:table-cell \
                table:number-columns-repeated=\"9000\"/></table:table-row>";
    run("v.ods", &ods(&format!("{cells}{}", wide.repeat(100_000)))).exits(65);

    for extent in [[0_u32, 0xffff_ffff, 0x00ff_0000], [5, 1, 0xffff_0000]] {
        run(
            "v.xls",
            &xls(&[(0x0200, extent.iter().flat_map(|n| n.to_le_bytes()).chain([0, 0]).collect())]),
        )
        .exits(65);
    }
    let cell = |row: u16, column: u16| {
        let mut data = [row.to_le_bytes(), column.to_le_bytes(), [0; 2]].concat();
        data.extend(1_f64.to_le_bytes());
        (0x0203, data)
    };
    run("v.xls", &xls(&[cell(0, 0), cell(65535, 65535)])).exits(65).says("CSV");
    run("v.xls", &xls(&[cell(0, 0), cell(0, 1), cell(1, 0), cell(1, 1)])).does_not_say("CSV");
    // Damaged files of every kind are refused, and nobody panics.
    for whole in [fine, ods(cells), xls(&[cell(0, 0), cell(1, 1)])] {
        for cut in [whole.len() / 4, whole.len() / 2, whole.len() - 20] {
            run("v.xlsx", &whole[..cut]).exits(65);
        }
    }
}

/// A workbook in xls whose only sheet has these records: an OLE file with one long stream.
fn xls(records: &[(u16, Vec<u8>)]) -> Vec<u8> {
    let record = |(kind, data): &(u16, Vec<u8>)| {
        let length = u16::try_from(data.len()).expect("short").to_le_bytes();
        [&kind.to_le_bytes()[..], &length, data].concat()
    };
    let begin = |kind: u8| (0x0809, vec![0, 6, kind, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    let end = (0x000a, Vec::new());
    let mut sheet = record(&begin(0x10));
    sheet.extend(records.iter().flat_map(record));
    sheet.extend(record(&end));
    let book = |at: u32| {
        let mut bound = at.to_le_bytes().to_vec();
        bound.extend([0, 0, 1, 0, b'a']);
        [record(&begin(5)), record(&(0x0085, bound)), record(&end)].concat()
    };
    let at = u32::try_from(book(0).len()).expect("short");
    let mut stream = [book(at), sheet].concat();
    stream.resize(stream.len().max(4096).next_multiple_of(512), 0);
    // Sectors: 0 which follows which, 1 the folder, 2 and on the stream.
    let sectors = u32::try_from(stream.len() / 512).expect("short");
    let mut file = vec![0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
    file.resize(24, 0);
    file.extend([0x3e, 0, 3, 0, 0xfe, 0xff, 9, 0, 6, 0]);
    file.resize(44, 0);
    for n in [1, 1, 0, 4096, 0xffff_fffe_u32, 0, 0xffff_fffe, 0, 0] {
        file.extend(n.to_le_bytes());
    }
    file.resize(76 + 4, 0);
    file.resize(512, 0xff);
    let mut next: Vec<u32> = vec![0xffff_fffd, 0xffff_fffe];
    next.extend((0..sectors).map(|k| if k + 1 == sectors { 0xffff_fffe } else { k + 3 }));
    next.resize(128, 0xffff_ffff);
    file.extend(next.iter().flat_map(|n| n.to_le_bytes()));
    let entry = |name: &str, kind: u8, start: u32, length: u32| {
        let mut entry: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        entry.resize(64, 0);
        entry.extend(u16::try_from(2 * name.len() + 2).expect("short").to_le_bytes());
        entry.extend([kind, 1]);
        entry.resize(116, 0xff);
        entry.extend(start.to_le_bytes());
        entry.extend(length.to_le_bytes());
        entry.resize(128, 0);
        entry
    };
    file.extend(entry("Root Entry", 5, 0xffff_fffe, 0));
    file.extend(entry("Workbook", 2, 2, sectors * 512));
    file.resize(512 * 3, 0);
    file.extend(stream);
    file
}

/// Rows F and H: tables of text with one line that never ends, or with very many cells in it.
#[test]
fn lines_of_tables_have_bounds() {
    let stage = Stage::new();
    let mut text = b"region,x,y\n01,1,2\n02,3,\"".to_vec();
    text.resize(200 << 20, b'4');
    stage.write("values.csv", text);
    stage.run(&["run"]).exits(65).says("values.csv").says("MB");
    let stage = Stage::new();
    stage.write("values.csv", format!("region,x,y{}\n", ",".repeat(3 << 20)));
    stage.run(&["run"]).exits(65).says("values.csv");
    let stage = Stage::new();
    stage.write("values.csv", format!("region,x,y\n01,1,2\n{}", "a".repeat(100 << 20)));
    stage.run(&["run"]).exits(65).says("values.csv");
}

/// Row K: no exit code beside those of README.md, whatever the streams and signals.
#[test]
fn exit_codes_are_those_of_the_table() {
    let stage = Stage::new();
    let shell = |line: &str| {
        let line = line.replace("quanheng", env!("CARGO_BIN_EXE_quanheng"));
        let done = Command::new("sh").args(["-c", &line]).current_dir(stage.path("")).output();
        let done = done.expect("a shell");
        (done.status.code().unwrap_or(-1), String::from_utf8_lossy(&done.stderr).into_owned())
    };
    for (line, exit) in [
        ("quanheng run none 2>/dev/full", 66),
        ("quanheng run --nothing 2>/dev/full", 2),
        ("quanheng run . 2>/dev/full", 0),
        ("quanheng multiverse 2>/dev/full", 2),
        ("quanheng run . >/dev/full", 73),
        ("quanheng run . >/dev/full 2>&1", 73),
        ("quanheng --help >/dev/full", 73),
        ("quanheng run --help >/dev/full", 73),
        ("quanheng --version >/dev/full", 73),
        ("quanheng schema >/dev/full", 73),
        ("quanheng completions bash >/dev/full", 73),
        ("quanheng run . | head -c 1 >/dev/null", 0),
        ("quanheng run . >&- 2>&-", 0),
    ] {
        let (found, said) = shell(line);
        assert_eq!(found, exit, "{line}: {said}");
    }
    for signal in ["TERM", "HUP", "INT"] {
        // It is stopped while it waits for its answer.
        let line = format!(
            "mkfifo {signal}; quanheng review . <{signal} >/dev/null 2>&1 & child=$!; exec 3>{signal}; \
             sleep 1; kill -{signal} $child; wait $child"
        );
        let (exit, said) = shell(&line);
        assert!(EXITS.contains(&exit), "{signal}: {exit}: {said}");
    }
}

/// Rows F and G: projects that are small as files and take much work.
#[test]
fn work_has_bounds() {
    let rows =
        |count: usize, row: &dyn Fn(usize) -> String| -> String { (0..count).map(row).collect() };
    let tables = |count: usize, table: &dyn Fn(usize) -> String| Stage::with(&rows(count, table));
    let league = |text: &str| Stage::with(&format!("[league.l]\nwhere = \"{text}\"\n"));
    let deep = |open: &str, n: usize, close: &str| {
        format!("{}level == 'city'{}", open.repeat(n), close.repeat(n))
    };
    league(&deep("(", 7500, ")")).run(&["check"]).exits(65).says("100");
    league(&deep("not ", 19_000, "")).run(&["check"]).exits(65).says("100");
    league(&["level == 'city'"; 87_000].join(" and ")).run(&["check"]).exits(65).says("50000");
    let choices = "[multiverse.v]\nchoices.weighting = [\"given\", \"equal\"]\n";
    let long = ["weighting == 'equal'"; 10_400].join(" and ");
    Stage::with(&format!("{choices}constraints = [\"{long}\"]\n")).run(&["check"]).sound();
    let extends = |last: usize| {
        tables(2000, &move |k| {
            let of = if k == 0 && last == 0 {
                "m".to_owned()
            } else {
                format!("e{}", (k + last) % (1999 + last))
            };
            let of = if last == 0 && k > 0 { format!("e{}", k - 1) } else { of };
            format!("[methodology.e{k}]\nextends = \"{of}\"\n")
        })
    };
    extends(0).run(&["check"]).exits(65).says("100");
    extends(1).run(&["check"]).exits(65);
    let tree = |rows: String| {
        let stage = Stage::new();
        stage.write("tree.csv", format!("code,parent\n{rows}"));
        stage
    };
    let below = |k: usize| if k == 0 { "index".to_owned() } else { format!("n{}", k - 1) };
    tree(format!("index,\n{}", rows(39_500, &|k| format!("n{k},{}\n", below(k)))))
        .run(&["check"])
        .exits(65)
        .says("100 levels");
    tree(rows(16_000, &|k| format!("n{k},n{}\n", (k + 1) % 16_000)))
        .run(&["check"])
        .exits(65)
        .says("circle");
    tree(rows(10_000, &|k| format!("n{k},\n"))).run(&["check"]).exits(65);
    tree(format!("index,\n{}", rows(5000, &|k| format!("n{k},p{k}\n")))).run(&["check"]).exits(65);
    tree(format!("index,\n{}", rows(20_000, &|k| format!("n{k},index\n"))))
        .run(&["check"])
        .exits(65);
    tree(format!("index,\n{}", rows(1_000_000, &|k| format!("n{k},index\n"))))
        .run(&["check"])
        .exits(65)
        .says("100000");
    let stage = Stage::new();
    stage.write("values.csv", format!("region,x,y{}\n", ",x".repeat(10_000)));
    stage.run(&["check"]).exits(65);
    Stage::with(&rows(10_000, &|k| format!("zz{k} = 1\n")))
        .run(&["check"])
        .exits(65)
        .says("not listed");
    let options = rows(10_000, &|k| format!("{},", k + 1));
    Stage::with(&format!("[multiverse.v]\nchoices.\"normalisation.upper\" = [{options}]\n"))
        .run(&["check"])
        .exits(0);
}

/// Row I: nothing that steers a terminal comes out of a project. Row M: nothing that a spreadsheet takes for a formula,
/// where that is asked for.
#[test]
fn names_do_not_steer_terminals_or_spreadsheets() {
    const ODD: &str = "\u{1b}]0;gone\u{7}\u{9b}2J\u{202e}x";
    let stage =
        Stage::with("[project]\ntitle = \"t\\u001b[2J\\u202e\"\nsource = \"s\\u001b[2J\"\n");
    stage.write("regions.csv", format!("code,name,level\n01,{ODD},city\n02,=1+1,town\n"));
    stage.write("tree.csv", format!("code,parent,name\nindex,,{ODD}\nx,index,{ODD}\ny,index,\n"));
    for words in [
        &["run"][..],
        &["run", "--format", "markdown"],
        &["show", ".", "01"],
        &["check"],
        &["run", ".", "--node", ODD],
        &["show", ".", ODD],
        &["compare", ".", "m", "m"],
        &["lock"],
    ] {
        let ran = stage.run(words);
        ran.sound();
        let text = ran.text();
        let steers = text.chars().find(
            |c| matches!(*c, '\u{1b}' | '\u{7}' | '\u{80}'..='\u{9f}' | '\u{202a}'..='\u{202e}'),
        );
        assert_eq!(steers, None, "{words:?}: {text}");
    }
    stage.run(&["run", "--format", "csv"]).exits(0).says("=1+1").does_not_say("'=1+1");
    stage.run(&["run", "--format", "csv", "--safe-csv", "--out", "results"]).exits(0).says("'=1+1");
    let file = std::fs::read_to_string(stage.path("results/m/ranking.csv")).expect("written");
    assert!(file.contains("'=1+1"), "{file}");
}

/// Row J: a name that two regions have is asked about.
#[test]
fn names_of_several_regions_are_asked_about() {
    let stage = Stage::new();
    stage.write("regions.csv", "code,name,level\n01,鼓楼区,city\n02,鼓楼区,town\n");
    stage.run(&["show", ".", "鼓楼区"]).exits(2).says("01").says("02");
}
