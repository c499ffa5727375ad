//! Notes: what is said, where, and how a project silences it.

use std::path::Path;
use std::process::Command;

use quanheng::note::KINDS;

/// A project in a folder of its own.
struct Project(tempfile::TempDir);

impl Project {
    fn new(files: &[(&str, &str)]) -> Project {
        let folder = tempfile::tempdir().expect("a folder");
        for (name, text) in files {
            std::fs::write(folder.path().join(name), text).expect("a file");
        }
        Project(folder)
    }

    /// A project with one system of these lines below `code,parent,weight,direction`, these values, and what else stands
    /// in its file.
    fn of(tree: &str, values: &str, toml: &str) -> Project {
        let toml =
            format!("[data]\nvalues = \"values.csv\"\n[system.s]\ntree = \"tree.csv\"\n{toml}");
        let tree = format!("code,parent,weight,direction\n{tree}");
        Project::new(&[("quanheng.toml", &toml), ("tree.csv", &tree), ("values.csv", values)])
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    /// What a command prints and its exit code.
    fn prints(&self, arguments: &[&str]) -> (String, i32) {
        let done = Command::new(env!("CARGO_BIN_EXE_quanheng"))
            .args(arguments)
            .current_dir(self.path())
            .output()
            .expect("the program starts");
        let text = [done.stdout, done.stderr].concat();
        (String::from_utf8_lossy(&text).into_owned(), done.status.code().unwrap_or(-1))
    }

    /// The lines of `check` about notes of a kind; empty where there is none.
    fn notes(&self, code: &str) -> String {
        let (text, exit) = self.prints(&["check"]);
        assert_eq!(exit, 0, "{text}");
        let is_of = |line: &&str| line.contains(&format!(" {code}: "));
        text.lines().filter(is_of).collect::<Vec<_>>().join("\n")
    }
}

const TREE: &str = "index,,,\na,index,1,1\nb,index,1,1\n";
const M: &str = "[methodology.m]\nnormalisation = \"min_max\"\nweighting = \"given\"\n";

#[test]
fn a_note_is_shown_counted_written_and_silenced() {
    let values = "region,a,b\nx,1,5\ny,2,5\nz,3,6\n全国,6,16\n";
    let project = Project::of(TREE, values, M);
    assert_eq!(
        project.notes("total_row"),
        "warning total_row: a row that is ranked seems to be a total or a mean of the others: `全国`"
    );
    let (text, exit) = project.prints(&["run"]);
    assert_eq!(exit, 0);
    assert!(text.contains("1 note (total_row): quanheng check shows it\n"), "{text}");
    let (text, _) = project.prints(&["run", "--lang", "zh"]);
    assert!(text.contains("1 条说明（total_row）：见 quanheng check\n"), "{text}");
    let (text, exit) = project.prints(&["run", "--out", "out"]);
    assert_eq!(exit, 0, "{text}");
    let written = std::fs::read_to_string(project.path().join("out/m/result.json")).expect("it");
    let written: serde_json::Value = serde_json::from_str(&written).expect("JSON");
    let note = &written["notes"][0];
    assert_eq!(note["code"], "total_row");
    assert_eq!(note["about"][0]["of"], "全国");
    assert_eq!(note["methodologies"][0], "m");
    assert_eq!(note["places"][0], "values.csv:5");
    assert!(note["silenced"].is_null());
    let table = std::fs::read_to_string(project.path().join("out/m/notes.csv")).expect("a table");
    assert!(table.contains("total_row,warning,"), "{table}");

    let silence = "[notes]\ntotal_row = { of = \"全国\", reason = \"shown for comparison\" }\n";
    let project = Project::of(TREE, values, &format!("{M}{silence}"));
    assert_eq!(project.notes("total_row"), "");
    let (text, _) = project.prints(&["run"]);
    assert!(!text.contains("note ("), "{text}");
    let (text, _) = project.prints(&["check"]);
    assert!(text.contains("0 notes, and 1 silenced with a reason\n"), "{text}");
    let (_, exit) = project.prints(&["run", "--out", "out"]);
    assert_eq!(exit, 0);
    let written = std::fs::read_to_string(project.path().join("out/m/result.json")).expect("it");
    let written: serde_json::Value = serde_json::from_str(&written).expect("JSON");
    assert_eq!(written["notes"][0]["silenced"], "shown for comparison");

    // What is not there need not be silenced.
    let values = values.replace("全国,6,16\n", "");
    let project = Project::of(TREE, &values, &format!("{M}{silence}"));
    assert_eq!(
        project.notes("needless_silence"),
        "remark needless_silence: a silence in [notes] silences no note: `total_row of 全国`"
    );
}

#[test]
fn a_silence_names_a_note_and_has_a_reason() {
    let values = "region,a,b\nx,1,5\ny,2,6\n";
    let said = |notes: &str| {
        Project::of(TREE, values, &format!("{M}[notes]\n{notes}\n")).prints(&["check"])
    };
    let (text, exit) = said("total_rows = \"x\"");
    assert_eq!(exit, 65);
    assert!(
        text.contains("[notes] has no key `total_rows`") && text.contains("`total_row`?"),
        "{text}"
    );
    let (text, exit) = said("total_row = \" \"");
    assert_eq!(exit, 65);
    assert!(text.contains("the note `total_row` is silenced without a reason"), "{text}");
    let (text, exit) = said("total_row = { of = \"x\" }");
    assert_eq!(exit, 65);
    assert!(text.contains("`reason`"), "{text}");
}

/// One cause is one note, whatever number of things and methodologies it concerns.
#[test]
fn one_cause_is_one_note() {
    let tree: String = std::iter::once("index,,,\n".to_owned())
        .chain((0..44).map(|k| format!("x{k},index,,1\n")))
        .collect();
    let head: String = (0..44).map(|k| format!(",x{k}")).collect();
    let row = |name: &str, first: u8| format!("{name},{first}{}\n", ",100".repeat(43));
    let values = format!("region{head}\n{}{}", row("r", 1), row("s", 2));
    let toml = "[methodology.m]\nnormalisation = \"none\"\nweighting = \"equal\"\n\
                [methodology.n]\nextends = \"m\"\naggregation = \"minimum\"\n";
    let (text, exit) = Project::of(&tree, &values, toml).prints(&["check"]);
    assert_eq!(exit, 0, "{text}");
    let at = text.find("remark constant_indicator").expect("a note");
    assert_eq!(
        text[at..],
        *"remark constant_indicator: 43 indicators have the same value in every region: `x1` (100), `x2` (100), \
          `x3` (100), `x4` (100), `x5` (100) and 38 more\n  \
          in methodology `m`, `n`\n  \
          at values.csv:2\n  \
          help: such an indicator tells no region from another; check its data, or leave it out of the system\n\
          1 note\nnothing wrong found\n"
    );
}

#[test]
fn a_region_without_data_is_said_and_moves_nobody() {
    let values = "region,period,a,b\nx,2019,9,9\ny,2019,5,5\nz,2019,1,1\ny,2020,5,5\nz,2020,1,1\n";
    let project = Project::of(TREE, values, M);
    assert_eq!(
        project.notes("no_data"),
        "warning no_data: a region has no data in the period that is shown: `x` (2020)"
    );
    let (text, _) = project.prints(&["run", "--format", "markdown"]);
    assert!(text.contains("Without data in 2020 (1): x"), "{text}");
    assert!(text.contains("1 note (no_data)"), "{text}");
    assert!(!text.contains('↑'), "nobody has passed anybody: {text}");
    // A row whose cells are all empty is no data either.
    let project =
        Project::of(TREE, &format!("{values}x,2020,,\n"), &format!("{M}imputation = \"mean\"\n"));
    assert!(project.notes("no_data").ends_with("`x` (2020)"));
    assert_eq!(
        project.notes("imputed_cells"),
        "remark imputed_cells: cells of 2 indicators were filled in: `a` (1 of 6 by mean), `b` (1 of 6 by mean)"
    );
}

#[test]
fn totals_are_found_by_name_and_by_sum() {
    let sum = "region,a,b\nx,1,5\ny,2,5\nz,3,6\nw,4,1\nall of them,10,17\n";
    assert!(Project::of(TREE, sum, M).notes("total_row").ends_with("`all of them`"));
    let none = "region,a,b\nx,1,5\ny,2,5\nz,3,6\nw,4,1\nv,10,16\n";
    assert_eq!(Project::of(TREE, none, M).notes("total_row"), "");
    // One that is left out is not ranked.
    let left_out = format!("{M}screening = {{ exclude = [\"EU27_2020\"] }}\n");
    let project = Project::of(TREE, "region,a,b\nx,1,5\ny,2,6\nEU27_2020,2,4\n", &left_out);
    assert_eq!(project.notes("total_row"), "");
    assert!(project.notes("region_left_out").contains("`EU27_2020`"));
}

#[test]
fn near_ties_are_said() {
    let toml = "[methodology.m]\nnormalisation = \"none\"\nweighting = \"equal\"\n";
    let values = "region,a,b\nx,1,1\ny,1.0000000004,1\nz,3,1\n";
    let said = Project::of(TREE, values, toml).notes("near_tie");
    assert!(said.contains("`y` and `x` (1)"), "{said}");
    let rounded = format!("{toml}rounding = {{ index = 3 }}\nranking = {{ on = \"rounded\" }}\n");
    assert_eq!(Project::of(TREE, values, &rounded).notes("near_tie"), "");
}

#[test]
fn weights_that_do_not_sum_to_one_are_said() {
    let values = "region,a,b,c\nx,1,1,1\ny,2,1,3\nz,3,2,2\n";
    let tree = |weights: [&str; 3]| {
        let [a, b, c] = weights;
        format!("index,,,\na,index,{a},\nb,index,{b},\nc,index,{c},\n")
    };
    let said = |weights: [&str; 3]| {
        let project = Project::of(&tree(weights), values, M);
        [project.notes("weights_rescaled"), project.notes("weights_in_points")]
    };
    assert_eq!(said(["0.5", "0.3", "0.2"]), ["", ""]);
    assert_eq!(said(["1/3", "1/3", "1/3"]), ["", ""]);
    assert_eq!(said(["1", "1", "1"]), ["", ""], "equal weights");
    let [rescaled, points] = said(["0.5", "0.6", "0"]);
    assert!(rescaled.ends_with("`index` (0.5 + 0.6 + 0 = 1.1)"), "{rescaled}");
    assert_eq!(points, "");
    let [rescaled, points] = said(["50", "30", "20"]);
    assert_eq!(rescaled, "");
    assert!(points.ends_with("`index` (50 + 30 + 20 = 100)"), "{points}");
    // Where others are percentages, these are not.
    let tree = "index,,,\nu,index,50,\nv,index,50,\na,u,60,\nb,u,50,\nc,v,100,\n";
    let project = Project::of(tree, values, M);
    assert!(project.notes("weights_rescaled").ends_with("`u` (60 + 50 = 110)"));
    assert!(project.notes("weights_in_points").contains("`index` (50 + 50 = 100)"));
}

#[test]
fn tiers_without_regions_are_said() {
    let tiers =
        "tiering = { method = \"cut_points\", cuts = [-1, 2], labels = [\"C\", \"B\", \"A\"] }\n";
    let project = Project::of(TREE, "region,a,b\nx,1,5\ny,2,6\n", &format!("{M}{tiers}"));
    let said = project.notes("empty_tier");
    assert!(said.contains("2 tiers have no region") && said.contains("`A`"), "{said}");
}

/// Published ranks are compared with the published scores beside them, league by league and node by node, whichever table
/// they stand in; a rule that ranks by fewer digits explains a shared rank.
#[test]
fn published_ranks_that_disagree_with_their_scores_are_said() {
    let values = "region,a,b\nu,9,9\nv,8,8\nw,7,7\nx,6.2,6\ny,6.1,6\nz,1,1\n";
    let project = |official: &str, toml: &str| {
        let toml = format!("{M}{toml}[[official]]\nfile = \"official.csv\"\n");
        let project = Project::of(TREE, values, &toml);
        std::fs::write(project.path().join("official.csv"), official).expect("a file");
        project.notes("official_order")
    };
    let fine = "region,score,rank\nu,90,1\nv,80,2\nw,80,2\nx,70,4\n";
    assert_eq!(project(fine, ""), "");
    let swapped = "region,score,rank\nu,90,1\nw,70,3\nv,60,2\nx,50,4\nz,,5\n";
    let said = project(swapped, "");
    assert!(
        said.ends_with(
            "disagrees with the published scores: `v` (rank 2, 60) above `w` (rank 3, 70)"
        ),
        "{said}"
    );
    let shared = "region,score,rank\nu,90,1\nv,61.2,2\nw,61.4,2\n";
    assert!(project(shared, "").ends_with("`v` and `w` (one rank 2 for 61.2 and 61.4)"));
    assert_eq!(project(shared, "ranking = { on = 0 }\n"), "");
    // An index in which less is better is ranked the other way round.
    let risk = "region,score,rank\nu,10,1\nv,20,2\nw,30,3\n";
    assert!(project(risk, "").contains("2 published ranks"));
    assert_eq!(project(risk, "ranking = { order = \"lowest_first\" }\n"), "");
}

/// The cells that were filled in or changed are listed one by one.
#[test]
fn changed_cells_are_listed() {
    let values = "region,a,b\nx,1,5\ny,2,\nz,3,6\nw,4,7\nv,100,8\nu,5,9\nt,6,4\n";
    let toml = format!("{M}imputation = \"median\"\ntreatment = {{ method = \"clip_iqr\" }}\n");
    let project = Project::of(TREE, values, &toml);
    let (text, exit) = project.prints(&["run", "--out", "out"]);
    assert_eq!(exit, 0, "{text}");
    let table =
        std::fs::read_to_string(project.path().join("out/m/changed_cells.csv")).expect("it");
    let lines: Vec<&str> = table.lines().collect();
    assert_eq!(lines.len(), 3, "{table}");
    assert!(
        lines[1].contains(",v,v,a,treatment,100,") && lines[1].ends_with(",clip_iqr"),
        "{table}"
    );
    assert!(lines[2].contains(",y,y,b,imputation,,6.5,median"), "{table}");
}

#[test]
fn what_nothing_reads_is_said() {
    // A long table with `B` for `b`, and with what no system has.
    let tree = "index,,,\na,index,,\nb,index,,\n";
    let long = "region,indicator,value\nx,a,1\nx,b,2\ny,a,2\ny,B,3\ny,c,3\n";
    let toml = "[methodology.m]\nnormalisation = \"min_max\"\nimputation = \"mean\"\nweighting = \"equal\"\n";
    let said = Project::of(tree, long, &toml.replace("min_max", "none")).notes("unread_indicator");
    assert_eq!(
        said,
        "warning unread_indicator: no system reads 2 indicators of the data: `B` (did you mean `b`?), `c`"
    );
    let wide = "region,name,a,b,remark\nx,X,1,2,new\ny,Y,2,3,\n";
    assert_eq!(
        Project::of(tree, wide, toml).notes("unread_column"),
        "remark unread_column: no system reads a column of the data: `remark`"
    );
    // Columns of a tree.
    let tree = "code,parent,level\nindex,,0\na,index,1\nb,index,1\n";
    let toml = format!("[data]\nvalues = \"values.csv\"\n[system.s]\ntree = \"tree.csv\"\n{toml}");
    let files = [
        ("quanheng.toml", toml.as_str()),
        ("tree.csv", tree),
        ("values.csv", "region,a,b\nx,1,2\ny,2,3\n"),
    ];
    // What is no fact of a node is kept as a note on it.
    let (text, exit) = Project::new(&files).prints(&["show", ".", "x"]);
    assert_eq!(exit, 0);
    let has = |words: [&str; 3]| {
        text.lines().any(|line| line.split_whitespace().collect::<Vec<_>>() == words)
    };
    assert!(has(["a", "level", "1"]) && has(["index", "level", "0"]), "{text}");
    let tree = tree.replace("level", "wieght");
    let (text, exit) = Project::new(&[files[0], ("tree.csv", &tree), files[2]]).prints(&["check"]);
    assert_eq!(exit, 65);
    assert!(text.contains("did you mean `weight`?"), "{text}");
}

#[test]
fn regions_of_some_files_only_are_said() {
    let toml = "[data]\nvalues = [\"v.csv\", \"w.csv\"]\n[system.s]\ntree = \"tree.csv\"\n\
                [methodology.m]\nnormalisation = \"min_max\"\nimputation = \"mean\"\nweighting = \"equal\"\n";
    let tree = "code,parent\nindex,\na,index\nb,index\n";
    let project = Project::new(&[
        ("quanheng.toml", toml),
        ("tree.csv", tree),
        ("v.csv", "region,a\n内蒙古,1\n北京,2\n河北,3\n"),
        ("w.csv", "region,b\n内蒙古自治区,1\n北京,2\n河北,4\n"),
    ]);
    assert_eq!(
        project.notes("region_in_one_file"),
        "warning region_in_one_file: 2 regions are missing in some files of values: `内蒙古` (only in v.csv; did you \
         mean `内蒙古自治区`?), `内蒙古自治区` (only in w.csv; did you mean `内蒙古`?)"
    );
    assert!(project.notes("near_regions").ends_with("`内蒙古` and `内蒙古自治区`"));
    // Files that share out the regions, or the periods, are as they should be.
    let project = Project::new(&[
        ("quanheng.toml", toml),
        ("tree.csv", tree),
        ("v.csv", "region,a,b\n内蒙古,1,5\n北京,2,4\n"),
        ("w.csv", "region,a,b\n河北,1,2\n"),
    ]);
    assert_eq!(project.notes("region_in_one_file"), "");
}

#[test]
fn what_was_chosen_in_reading_is_said() {
    let toml = "[data]\nvalues = \"values.csv\"\nsheet = \"s\"\n[system.s]\ntree = \"tree.csv\"\n\
                [methodology.m]\nnormalisation = \"min_max\"\nweighting = \"equal\"\n";
    let project =
        Project::new(&[("quanheng.toml", toml), ("tree.csv", "code,parent\nindex,\na,index\n")]);
    let bytes = b"region,a\n\xb1\xb1\xbe\xa9,1\n\xcc\xec\xbd\xf2,2\n";
    std::fs::write(project.path().join("values.csv"), bytes).expect("a file");
    assert_eq!(
        project.notes("encoding_chosen"),
        "warning encoding_chosen: a file is neither UTF-8 nor marked, and the encoding was judged by the content: `values.csv` (gb18030)"
    );
    assert!(project.notes("no_effect").contains("`data.sheet`"));
}

#[test]
fn a_mixture_of_encodings_is_said() {
    let toml = "[data]\nregions = \"regions.csv\"\nvalues = \"values.csv\"\n[system.s]\ntree = \"tree.csv\"\n\
                [methodology.m]\nnormalisation = \"min_max\"\nweighting = \"equal\"\n";
    let project = Project::new(&[("quanheng.toml", toml), ("values.csv", "region,a\n1,1\n2,3\n")]);
    let write = |name: &str, encoding: &'static encoding_rs::Encoding, text: &str| {
        let (bytes, _, lost) = encoding.encode(text);
        assert!(!lost);
        std::fs::write(project.path().join(name), bytes).expect("a file");
    };
    let tree = "code,parent,name\nindex,,综合发展指数\na,index,经济增长与社会发展\n";
    write("tree.csv", encoding_rs::GB18030, tree);
    write("regions.csv", encoding_rs::BIG5, "code,name\n1,臺北市大安區\n2,高雄市鳳山區與前鎮區\n");
    assert_eq!(
        project.notes("encodings_differ"),
        "warning encodings_differ: files of the project were read in different encodings, which nobody states: \
         `tree.csv` (gb18030), `regions.csv` (Big5)"
    );
    let (text, _) = project.prints(&["show", ".", "1"]);
    assert!(text.contains("臺北市大安區") && text.contains("经济增长与社会发展"), "{text}");
    write(
        "regions.csv",
        encoding_rs::GB18030,
        "code,name\n1,台北市大安区\n2,高雄市凤山区与前镇区\n",
    );
    assert_eq!(project.notes("encodings_differ"), "");
    assert!(
        project.notes("encoding_chosen").ends_with("`tree.csv` (gb18030), `regions.csv` (gb18030)")
    );
}

#[test]
fn names_that_no_file_asks_for_are_said() {
    let toml = "[data]\nregions = \"regions.csv\"\nnames = \"china\"\nvalues = \"values.csv\"\n[system.s]\n\
                tree = \"tree.csv\"\n[methodology.m]\nnormalisation = \"min_max\"\nweighting = \"equal\"\n";
    let project = Project::new(&[
        ("quanheng.toml", toml),
        ("tree.csv", "code,parent\nindex,\na,index\n"),
        ("regions.csv", "code\n11\n12\n"),
        ("values.csv", "region,a\n11,1\n12,3\n"),
    ]);
    assert!(project.notes("no_effect").contains("`data.names`"), "{}", project.notes("no_effect"));
}

#[test]
fn methods_for_all_leaves_in_a_deep_tree_are_said() {
    let tree = "index,,,\nu,index,,\nv,index,,\na,u,,\nb,u,,\nc,v,,\nd,v,,\n";
    let values = "region,a,b,c,d\nx,1,5,2,4\ny,2,4,4,3\nz,3,6,1,9\nw,6,1,3,5\n";
    let toml = "[methodology.m]\nnormalisation = { method = \"min_max\", lower = 1, upper = 100 }\n\
                weighting = \"entropy\"\naggregation = \"topsis\"\n";
    let project = Project::of(tree, values, toml);
    assert_eq!(
        project.notes("weights_by_level"),
        "warning weights_by_level: weights are found in the data level by level, where papers usually weigh all leaves \
         at once, at 3 nodes: `index` (entropy), `v` (entropy), `u` (entropy)"
    );
    assert!(
        project.notes("node_by_node").ends_with("`index` (topsis), `v` (topsis), `u` (topsis)")
    );
    let leaves = toml.replace("\"entropy\"", "{ method = \"entropy\", across = \"leaves\" }");
    assert_eq!(Project::of(tree, values, &leaves).notes("weights_by_level"), "");
    // In a tree of one level, or at one node of leaves, they work as in papers.
    assert_eq!(
        Project::of("index,,,\na,index,,\nb,index,,\n", values, toml).notes("node_by_node"),
        ""
    );
    let one = "[methodology.m]\nnormalisation = \"min_max\"\nweighting = \"equal\"\n\
               aggregation = { method = \"arithmetic\", at = { u = \"topsis\" } }\n";
    assert_eq!(Project::of(tree, values, one).notes("node_by_node"), "");
}

#[test]
fn settings_and_choices_without_effect_are_said() {
    let values = "region,a,b\nx,1,5\ny,2,6\nz,3,4\n";
    let said = |choices: &str| {
        let toml = format!(
            "[methodology.m]\nnormalisation = {{ method = \"min_max\", lower = 1, upper = 100 }}\n{choices}\n"
        );
        Project::of(TREE, values, &toml).notes("no_effect")
    };
    let entropy =
        said("weighting = { method = \"entropy\", zero = \"shift\", epsilon = 0.1, shift = 0.01 }");
    assert!(
        entropy.ends_with("`entropy.epsilon` (it works only where `zero` is one of `interior`)"),
        "{entropy}"
    );
    assert_eq!(said("weighting = { method = \"entropy\", zero = \"shift\", shift = 0.01 }"), "");
    let shadowed = said(
        "weighting = \"equal\"\naggregation = { method = \"arithmetic\", at = { index = \"geometric\", level0 = \"minimum\" } }",
    );
    assert!(
        shadowed.contains("`aggregation` (other choices")
            && shadowed.contains("`aggregation.at.level0` (other choices"),
        "{shadowed}"
    );
}

#[test]
fn scores_on_other_scales_are_not_subtracted() {
    let toml = "[methodology.m]\nnormalisation = \"min_max\"\nweighting = \"equal\"\n\
                [methodology.n]\nextends = \"m\"\nnormalisation = { method = \"min_max\", upper = 100 }\n\
                [methodology.z]\nextends = \"m\"\nnormalisation = \"z_score\"\n\
                [methodology.o]\nextends = \"m\"\naggregation = \"geometric\"\nnormalisation = { method = \"min_max\", lower = 0.1 }\n";
    let project = Project::of(TREE, "region,a,b\nx,1,5\ny,2,6\nz,3,4\nw,9,4\n", toml);
    let said = |other: &str| project.prints(&["compare", ".", "m", other]).0;
    for other in ["n", "z"] {
        let text = said(other);
        assert!(text.contains("the scores are on different scales"), "{text}");
    }
    let text = said("o");
    assert!(!text.contains("different scales"), "{text}");
}

#[test]
fn every_kind_says_everything_of_itself() {
    for kind in KINDS {
        assert!(kind.summary.ends_with('.') && !kind.code.contains(' '), "{}", kind.code);
    }
    let mut codes: Vec<&str> = KINDS.iter().map(|kind| kind.code).collect();
    codes.sort_unstable();
    codes.dedup();
    assert_eq!(codes.len(), KINDS.len());
    // A Chinese name and summary for each, and for nothing else.
    let mut wanted: Vec<(String, &str)> = codes
        .iter()
        .flat_map(|code| ["", "summary"].map(|attribute| (format!("note-{code}"), attribute)))
        .collect();
    wanted.sort_unstable();
    let declared = quanheng_words::declared_ids().filter(|(id, _)| id.starts_with("note-"));
    let declared: Vec<(String, &str)> = declared.map(|(id, a)| (id.to_owned(), a)).collect();
    assert_eq!(declared, wanted);
    // One file a kind.
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/note/kind");
    let mut files: Vec<String> = std::fs::read_dir(folder)
        .expect("a folder")
        .filter_map(|entry| Some(entry.ok()?.path().file_stem()?.to_str()?.to_owned()))
        .filter(|name| name != "mod")
        .collect();
    files.sort_unstable();
    assert_eq!(files, codes);
}
