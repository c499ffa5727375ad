//! Tables as people keep them, read by a project without a change in the file.

use std::process::Command;

use rust_xlsxwriter::{Format, Workbook, Worksheet};

/// A project in a folder of its own.
struct Project(tempfile::TempDir);

impl Project {
    fn new(files: &[(&str, &[u8])]) -> Project {
        let folder = tempfile::tempdir().expect("a folder");
        for (name, bytes) in files {
            std::fs::write(folder.path().join(name), bytes).expect("a file");
        }
        Project(folder)
    }

    /// What a command prints and its exit code.
    fn prints(&self, arguments: &[&str]) -> (String, i32) {
        let done = Command::new(env!("CARGO_BIN_EXE_quanheng"))
            .args(arguments)
            .current_dir(self.0.path())
            .output()
            .expect("the program starts");
        let text = [done.stdout, done.stderr].concat();
        (String::from_utf8_lossy(&text).into_owned(), done.status.code().unwrap_or(-1))
    }

    /// Codes and scores, by rank.
    fn ranking(&self, arguments: &[&str]) -> Vec<(String, String)> {
        let all = [&["run", "--format", "csv"], arguments].concat();
        let (text, exit) = self.prints(&all);
        assert_eq!(exit, 0, "{text}");
        let lines = text.lines().skip_while(|line| !line.contains("score"));
        let cells = |line: &str| line.split(',').map(str::to_owned).collect::<Vec<_>>();
        let mut lines = lines.map(cells);
        let head = lines.next().expect("a head");
        let at = |name: &str| head.iter().position(|h| h == name).expect("a column");
        let (code, score) = (at("code"), at("score"));
        let rows = lines.filter(|row| row.len() == head.len());
        rows.map(|row| (row[code].clone(), row[score].clone())).collect()
    }
}

fn write(sheet: &mut Worksheet, row: u32, texts: &[&str]) {
    for (column, text) in texts.iter().enumerate().filter(|(_, text)| !text.is_empty()) {
        match text.parse::<f64>() {
            Ok(x) => sheet.write(row, column as u16, x),
            Err(_) => sheet.write(row, column as u16, *text),
        }
        .expect("a cell");
    }
}

/// A workbook as a statistical yearbook has it: a title over merged cells, indicators over years, a row of units, a row
/// for the whole country, notes below, shares in per cent; beside it a tree with merged cells, and a hidden draft.
fn yearbook() -> Vec<u8> {
    let mut book = Workbook::new();
    let plain = Format::new();
    let cover = book.add_worksheet().set_name("说明").expect("a name");
    write(cover, 0, &["统计年鉴"]);
    let sheet = book.add_worksheet().set_name("数据").expect("a name");
    sheet.merge_range(0, 0, 0, 4, "2-1 各地区主要指标", &plain).expect("merged");
    sheet.merge_range(1, 0, 2, 0, "地区", &plain).expect("merged");
    sheet.merge_range(1, 1, 1, 2, "地区生产总值", &plain).expect("merged");
    sheet.merge_range(1, 3, 1, 4, "失业率", &plain).expect("merged");
    write(sheet, 2, &["", "2022年", "2023年", "2022年", "2023年"]);
    write(sheet, 3, &["", "亿元", "亿元", "%", "%"]);
    write(sheet, 4, &["全国", "60", "90"]);
    let share = Format::new().set_num_format("0.0%");
    for (k, (name, product, out_of_work)) in [
        ("甲", [10.0, 40.0], [0.07, 0.05]),
        ("乙", [20.0, 20.0], [0.06, 0.045]),
        ("丙", [30.0, 30.0], [0.05, 0.03]),
    ]
    .into_iter()
    .enumerate()
    {
        let row = 5 + k as u32;
        sheet.write(row, 0, name).expect("a cell");
        for (year, (x, y)) in product.into_iter().zip(out_of_work).enumerate() {
            sheet.write(row, 1 + year as u16, x).expect("a cell");
            sheet.write_with_format(row, 3 + year as u16, y, &share).expect("a cell");
        }
    }
    write(sheet, 8, &["注：本表数据为年末数。"]);
    write(sheet, 9, &["资料来源：年鉴", "", "", "", "", "1"]);
    let tree = book.add_worksheet().set_name("指标体系").expect("a name");
    write(tree, 0, &["评价指标体系"]);
    write(tree, 1, &["一级指标", "二级指标", "权重", "方向", "满分标准", "下阈值", "指标解释"]);
    write(tree, 2, &["经济", "地区生产总值", "60%", "正向", "40", "0", "现价"]);
    write(tree, 3, &["民生", "失业率", "40%", "越小越好", "0", "10", "城镇调查失业率"]);
    let draft = book.add_worksheet().set_name("草稿").expect("a name").set_hidden(true);
    write(draft, 0, &["地区", "x"]);
    book.save_to_buffer().expect("a workbook")
}

const TOML: &str = "[data]\nvalues = \"book.xlsx\"\nregion = \"地区\"\nheader = { indicator = 2, period = 3 }\n\
    units = 4\nskip = \"全国\"\nend = [\"注\", \"资料来源\"]\npercent = \"points\"\n[system.s]\n\
    tree = { file = \"book.xlsx\", header = 2 }\n[methodology.m]\n\
    normalisation = { method = \"goalposts\" }\nweighting = \"given\"\naggregation = \"arithmetic\"\n";

#[test]
fn a_yearbook_is_ranked_as_it_is() {
    let project = Project::new(&[("quanheng.toml", TOML.as_bytes()), ("book.xlsx", &yearbook())]);
    let ranking = project.ranking(&[]);
    // 0.6 · 40/40 + 0.4 · (10 − 5)/10; 0.6 · 30/40 + 0.4 · 0.7; 0.6 · 20/40 + 0.4 · 0.55
    let expected = [("甲", 0.8), ("丙", 0.73), ("乙", 0.52)];
    assert_eq!(ranking.len(), 3);
    for ((code, score), (region, right)) in ranking.iter().zip(expected) {
        assert_eq!(code, region);
        assert!((score.parse::<f64>().expect("a number") - right).abs() < 1e-12, "{score}");
    }
    let (text, exit) = project.prints(&["show", ".", "甲", "--lang", "zh"]);
    assert_eq!(exit, 0, "{text}");
    for part in ["亿元", "book.xlsx 数据!C6", "book.xlsx 数据!E6", "指标解释", "城镇调查失业率"]
    {
        assert!(text.contains(part), "{part}: {text}");
    }
    let (text, _) = project.prints(&["check"]);
    for code in ["weights_of_whole", "sheet_chosen"] {
        assert!(text.contains(code), "{code}: {text}");
    }
    assert!(!text.contains("weights_rescaled"), "{text}");
    // What the tree says beyond its facts stands in a file of its own.
    assert_eq!(project.prints(&["run", "--out", "out"]).1, 0);
    let text = std::fs::read_to_string(project.0.path().join("out/m/indicators.csv"));
    let text = text.expect("the file of the indicators");
    assert!(text.contains("指标解释") && text.contains("城镇调查失业率"), "{text}");
    // A lock pins it.
    assert_eq!(project.prints(&["lock"]).1, 0);
    assert_eq!(project.prints(&["verify"]).1, 0);
}

#[test]
fn what_is_wrong_in_a_yearbook_is_said_of_its_cells() {
    let without = |line: &str| TOML.replace(line, "");
    let said = |toml: &str| {
        let files = [("quanheng.toml", toml.as_bytes()), ("book.xlsx", &yearbook()[..])];
        let (text, exit) = Project::new(&files).prints(&["check"]);
        assert_eq!(exit, 65, "{text}");
        text
    };
    let text = said(&without("percent = \"points\"\n"));
    assert!(text.contains("数据!D6") && text.contains("percent = \"points\""), "{text}");
    let text = said(&without("header = { indicator = 2, period = 3 }\n"));
    assert!(text.contains("header = [2, 3]"), "{text}");
    let text =
        said(&TOML.replace("indicator = 2", "indicator = 3").replace("period = 3", "period = 2"));
    assert!(text.contains("地区生产总值"), "{text}");
    let text = said(&TOML.replace("region = \"地区\"", "region = \"地域\""));
    assert!(text.contains("地域") && text.contains("columns are \"地区\""), "{text}");
}

#[test]
fn rows_by_a_condition() {
    let toml = "[data]\nvalues = { file = \"values.csv\", where = \"ref_year >= 2019 and `Status (b)` != 'estimate'\" }\n\
        regions = { file = \"regions.csv\", region = \"uCode\", where = \"use == 1\" }\n[system.s]\ntree = \"tree.csv\"\n\
        [methodology.m]\nnormalisation = \"none\"\nweighting = \"equal\"\naggregation = \"arithmetic\"\n";
    let project = Project::new(&[
        ("quanheng.toml", toml.as_bytes()),
        ("regions.csv", b"uCode,name,use\nA,Alpha,1\nB,Beta,1.0\nC,Gamma,0\n"),
        ("tree.csv", b"code,parent\nindex,\na,index\n"),
        (
            "values.csv",
            b"region,ref_year,Status (b),a\nA,2018,final,9\nA,2020,final,1\nB,2019,final,2\nB,2021,estimate,8\n",
        ),
    ]);
    let ranking = project.ranking(&[]);
    assert_eq!(ranking, [("B".to_owned(), "2".to_owned()), ("A".to_owned(), "1".to_owned())]);
}

#[test]
fn a_tree_with_heads_in_chinese() {
    let toml = "[data]\nvalues = \"values.csv\"\n[system.s]\ntree = \"tree.csv\"\n\
        [methodology.m]\nnormalisation = \"none\"\nweighting = \"given\"\naggregation = \"arithmetic\"\n";
    let values = "region,a,b\nA,1,2\nB,3,1\n";
    let plain = "代码,上级,名称,英文名,权重(%),方向\nindex,,总指数,Index,,\na,index,甲,First,75,＋\nb,index,乙,Second,25%,正向\n";
    let drawn = "目标层,准则层,权重,指标层,指标代码,权重,备注\n总指数,经济,75%,甲,a,100%,说明\n,社会,0.25,乙,b,1,\n";
    let mut seen = Vec::new();
    for tree in [&plain.replace("25%", "25"), drawn] {
        let files = [("quanheng.toml", toml), ("values.csv", values), ("tree.csv", tree)];
        let files = files.map(|(name, text)| (name, text.as_bytes()));
        seen.push(Project::new(&files).ranking(&[]));
    }
    let scores = |all: [(&str, &str); 2]| all.map(|(c, s)| (c.to_owned(), s.to_owned())).to_vec();
    assert_eq!(seen[0], scores([("B", "2.5"), ("A", "1.25")]));
    assert_eq!(seen[1], scores([("B", "2.5"), ("A", "1.25")]));
}
