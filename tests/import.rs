//! Projects made of what other programs keep, and tables written back for them.

use std::path::Path;
use std::process::{Command, Output};

use quanheng::{official, project};
use quanheng_words::Language;
use rust_xlsxwriter::Workbook;

fn quanheng(arguments: &[&str]) -> Output {
    let mut run = Command::new(env!("CARGO_BIN_EXE_quanheng"));
    run.args(arguments).args(["--lang", "en"]).output().expect("it runs")
}

/// The same with the text that it printed, which must have been a success.
fn printed(arguments: &[&str]) -> String {
    let output = quanheng(arguments);
    let errors = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{arguments:?}: {errors}");
    String::from_utf8(output.stdout).expect("text")
}

fn shown(path: &Path) -> &str {
    path.to_str().expect("a path")
}

fn example(name: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("examples").join(name)
}

/// How many cells of the published results are equal, and of how many.
fn reproduced(folder: &Path) -> (usize, usize) {
    let resolved = project::open(folder)
        .unwrap_or_else(|problems| panic!("{}", problems.render(Language::En, false)));
    let (compared, problems) = official::reproduce(&resolved, |_| true, |_, _| {});
    assert!(problems.is_empty(), "{}", problems.render(Language::En, false));
    let count: usize = compared.iter().map(official::Compared::count).sum();
    let differing: usize = compared.iter().map(official::Compared::differing).sum();
    (count - differing, count)
}

/// The log of COINr's example, in an order of its own: JSON has none.
const LOG: &str = r#"{
  "Aggregate": {"dset": "Normalised", "f_ag": "a_amean", "w": null},
  "new_coin": {"level_names": ["Indicator", "Pillar", "Sub-index", "Index"]},
  "Normalise": {"dset": "Treated", "global_specs": {"f_n": "n_minmax", "f_n_para": [[0, 100]]}},
  "Treat": {"dset": "Screened", "global_specs": {"f1_para": {"winmax": 5}}, "indiv_specs": null},
  "Screen": {"dset": "Imputed", "dat_thresh": 0.9, "unit_screen": ["byNA"]},
  "Impute": {"dset": ["Denominated"], "f_i": "i_mean_grp", "use_group": "continent"},
  "Denominate": {"dset": "Raw", "denoms": null}
}"#;

/// To COINr's tables and back by one command: the 561 scores are those of COINr, within 1e-9.
#[test]
fn asem_goes_to_coinr_and_comes_back() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str| folder.path().join(name);
    let asem = example("asem");
    printed(&[
        "export",
        shown(&asem),
        "-m",
        "coinr",
        "--as",
        "coinr",
        "--into",
        shown(folder.path()),
    ]);
    std::fs::write(at("log.json"), LOG).expect("written");
    let said = printed(&[
        "import",
        shown(&at("iData.csv")),
        shown(&at("iMeta.csv")),
        shown(&at("log.json")),
    ]);
    assert!(
        said.contains("Denominate → Impute → Screen → Treat → Normalise → Aggregate"),
        "{said}"
    );
    std::fs::copy(asem.join("coinr.csv"), at("coinr.csv")).expect("copied");
    let file = at("quanheng.toml");
    let text = std::fs::read_to_string(&file).expect("the project file");
    let official = "\n[official]\nfile = \"coinr.csv\"\ndecimals = 9\n";
    std::fs::write(&file, text + official).expect("written");
    assert_eq!(reproduced(folder.path()), (561, 561));

    // Nothing is written over, neither by an import nor by an export.
    let before = std::fs::read(at("tree.csv")).expect("the tree");
    let again = quanheng(&["import", shown(&at("iData.csv")), shown(&at("iMeta.csv"))]);
    assert_eq!(again.status.code(), Some(2));
    let errors = String::from_utf8_lossy(&again.stderr).into_owned();
    assert!(errors.contains("quanheng.toml exists already"), "{errors}");
    assert_eq!(std::fs::read(at("tree.csv")).expect("the tree"), before);
    let again =
        quanheng(&["export", shown(&asem), "--as", "coinr", "--into", shown(folder.path())]);
    assert_eq!(again.status.code(), Some(2));
}

/// A workbook of `export_to_excel` has no arguments of the steps; its own results say what they were.
#[test]
fn steps_are_found_by_the_results_of_a_workbook() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str| folder.path().join(name);
    let asem = example("asem");
    printed(&[
        "export",
        shown(&asem),
        "-m",
        "coinr",
        "--as",
        "coinr",
        "--into",
        shown(&at("tables")),
    ]);
    let rows = |path: &Path| -> Vec<Vec<String>> {
        let mut reader =
            csv::ReaderBuilder::new().has_headers(false).from_path(path).expect("a table");
        reader.records().map(|r| r.expect("a row").iter().map(str::to_owned).collect()).collect()
    };
    let data = rows(&at("tables/iData.csv"));
    let meta = rows(&at("tables/iMeta.csv"));
    let pick = |keep: &dyn Fn(&str) -> bool| -> Vec<Vec<String>> {
        let columns: Vec<usize> = (0..data[0].len()).filter(|k| keep(&data[0][*k])).collect();
        data.iter().map(|row| columns.iter().map(|k| row[*k].clone()).collect()).collect()
    };
    let kind = |code: &str| meta.iter().find(|row| row[1] == code).map(|row| row[9].clone());
    let raw = pick(&|head| head == "uCode" || kind(head).as_deref() == Some("Indicator"));
    let unit = pick(&|head| kind(head).as_deref() != Some("Indicator"));
    let coinr = rows(&asem.join("coinr.csv"));
    let nodes: Vec<String> = coinr[1..12].iter().map(|row| row[1].clone()).collect();
    let mut aggregated = vec![vec!["uCode".to_owned()]];
    aggregated[0].extend(nodes.iter().cloned());
    for rows in coinr[1..].chunks(11) {
        let mut line = vec![rows[0][0].clone()];
        line.extend(rows.iter().map(|row| row[2].clone()));
        aggregated.push(line);
    }
    let mut book = Workbook::new();
    let sheets = [
        ("Data.Raw", &raw),
        ("Data.Denominated", &raw),
        ("Data.Imputed", &raw),
        ("Data.Treated", &raw),
        ("Data.Normalised", &raw),
        ("Data.Aggregated", &aggregated),
        ("Meta.Ind", &meta),
        ("Meta.Unit", &unit),
    ];
    for (name, rows) in sheets {
        let sheet = book.add_worksheet();
        sheet.set_name(name).expect("a name");
        for (i, row) in rows.iter().enumerate() {
            for (k, cell) in row.iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
                let (i, k) = (i as u32, k as u16);
                match cell.parse::<f64>() {
                    Ok(x) => sheet.write_number(i, k, x).map(|_| ()),
                    Err(_) => sheet.write_string(i, k, cell).map(|_| ()),
                }
                .expect("written");
            }
        }
    }
    book.save(at("coin.xlsx")).expect("saved");
    let said = printed(&["import", shown(&at("coin.xlsx"))]);
    assert!(said.contains("gives 561 of 561 cells"), "{said}");
    let text = std::fs::read_to_string(at("quanheng.toml")).expect("the project file");
    assert!(text.contains("group = \"continent\""), "{text}");
    assert_eq!(reproduced(folder.path()), (561, 561));
}

/// A yearbook: a title, heads, units, years down, an ellipsis for what is missing, notes below, and a tree in a second
/// sheet whose names stand once. From the file to a ranking without editing anything.
#[test]
fn a_workbook_as_people_keep_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str| folder.path().join(name);
    let mut book = Workbook::new();
    let data = book.add_worksheet();
    data.set_name("数据").expect("a name");
    let rows: [&[&str]; 9] = [
        &["各地区主要指标"],
        &["地区", "年份", "人均收入", "失业率", "绿地面积"],
        &["", "", "元", "%", "公顷"],
        &["北京", "2020", "69,434", "2.6", "93000"],
        &["北京", "2021", "75002", "3.2", "…"],
        &["天津", "2020", "43854", "3.6", "46000"],
        &["天津", "2021", "47449", "3.7", "47500"],
        &["河北", "2020", "27136", "3.5", "101000"],
        &["注：本表为示例，数据为虚构。"],
    ];
    for (i, row) in rows.iter().enumerate() {
        for (k, cell) in row.iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
            let (i, k) = (i as u32, k as u16);
            match cell.parse::<f64>() {
                Ok(x) => data.write_number(i, k, x).map(|_| ()),
                Err(_) => data.write_string(i, k, *cell).map(|_| ()),
            }
            .expect("written");
        }
    }
    let tree = book.add_worksheet();
    tree.set_name("指标体系").expect("a name");
    let rows: [&[&str]; 4] = [
        &["一级指标", "二级指标", "权重", "方向"],
        &["经济", "人均收入", "60%", "正向"],
        &["", "失业率", "40%", "负向"],
        &["环境", "绿地面积", "100%", "正向"],
    ];
    for (i, row) in rows.iter().enumerate() {
        for (k, cell) in row.iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
            tree.write_string(i as u32, k as u16, *cell).expect("written");
        }
    }
    book.save(at("年鉴.xlsx")).expect("saved");
    let said = printed(&["import", shown(&at("年鉴.xlsx"))]);
    for part in [
        "sheet 数据",
        "row of heads: 2",
        "column of regions: 地区",
        "column of periods: 年份",
        "row of units: 3",
        "regions: 3",
        "indicators: 3",
        "\"…\"",
    ] {
        assert!(said.contains(part), "{part}: {said}");
    }
    // The tree is read where it lies too.
    assert!(!at("tree.csv").exists() && !at("values.csv").exists());
    let shares = printed(&["show", shown(folder.path()), "北京"]);
    assert!(shares.contains("0.6") && shares.contains("0.4"), "{shares}");
    let ranking = printed(&["run", shown(folder.path()), "--period", "2021"]);
    assert!(ranking.contains("北京"), "{ranking}");
    let original = std::fs::metadata(at("年鉴.xlsx")).expect("it is there");
    assert!(original.len() > 0);
}

/// A plain CSV file is read where it lies, with its own heads and marks.
#[test]
fn a_plain_table_is_read_as_it_is() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str| folder.path().join(name);
    std::fs::write(at("table.csv"), "country,gdp,jobs\nA,1,…\nB,2,3\nC,5,4\n").expect("written");
    printed(&["import", shown(&at("table.csv"))]);
    let text = std::fs::read_to_string(at("quanheng.toml")).expect("the project file");
    assert!(text.contains("file = \"table.csv\"\nregion = \"country\""), "{text}");
    assert!(printed(&["run", shown(folder.path())]).contains("3 regions"));
    let nothing = at("nothing.csv");
    std::fs::write(&nothing, "a\nb\n").expect("written");
    let refused = quanheng(&["import", shown(&nothing), "--into", shown(&at("other"))]);
    assert_eq!(refused.status.code(), Some(65));
}

/// A word among figures does not turn the column into names: reading says where it stands.
#[test]
fn a_word_among_figures_is_found() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str| folder.path().join(name);
    let table = "country,gdp,jobs,kind\nA,1,x,new\nB,2,3,old\nC,5,4,old\n";
    std::fs::write(at("table.csv"), table).expect("written");
    printed(&["import", shown(&at("table.csv"))]);
    let tree = std::fs::read_to_string(at("tree.csv")).expect("the tree");
    assert!(tree.contains("jobs") && !tree.contains("kind"), "{tree}");
    let checked = quanheng(&["check", shown(folder.path())]);
    let said = String::from_utf8_lossy(&checked.stderr).into_owned();
    assert_eq!(checked.status.code(), Some(65), "{said}");
    assert!(said.contains("table.csv:2:5") && said.contains("\"x\""), "{said}");
}

/// Writes texts and numbers into a sheet, from its first cell on.
fn write(sheet: &mut rust_xlsxwriter::Worksheet, rows: &[&[&str]]) {
    for (i, row) in rows.iter().enumerate() {
        for (k, cell) in row.iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
            let (i, k) = (i as u32, k as u16);
            match cell.parse::<f64>() {
                Ok(x) => sheet.write_number(i, k, x).map(|_| ()),
                Err(_) => sheet.write_string(i, k, *cell).map(|_| ()),
            }
            .expect("written");
        }
    }
}

/// The scores of a project by code, in the order of ranks.
fn scores(folder: &Path) -> Vec<(String, f64)> {
    let text = printed(&["run", shown(folder), "--format", "csv"]);
    let mut lines = text.lines().map(|line| line.split(',').map(str::to_owned).collect::<Vec<_>>());
    let head = lines.next().expect("a head");
    let at = |name: &str| head.iter().position(|h| h == name).expect("a column");
    let (code, score) = (at("code"), at("score"));
    lines.map(|row| (row[code].clone(), row[score].parse().expect("a score"))).collect()
}

/// What an import says of a file, after which the project gives a ranking at once, and the scores.
fn imported(name: &str, bytes: &[u8]) -> (String, Vec<(String, f64)>, String) {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join(name);
    std::fs::write(&file, bytes).expect("written");
    let said = printed(&["import", shown(&file)]);
    let checked = printed(&["check", shown(folder.path())]);
    assert!(checked.contains("nothing wrong found"), "{checked}");
    // The figures are read where they lie.
    assert!(!folder.path().join("values.csv").exists());
    let toml = std::fs::read_to_string(folder.path().join("quanheng.toml")).expect("a project");
    (said, scores(folder.path()), toml)
}

fn assert_scores(found: &[(String, f64)], right: &[(&str, f64)]) {
    assert_eq!(found.len(), right.len(), "{found:?}");
    for ((code, score), (region, expected)) in found.iter().zip(right) {
        assert!(code == region && (score - expected).abs() < 1e-9, "{found:?}");
    }
}

/// A title, indicators over years in merged cells, units, a row for the whole country, notes with figures in them.
#[test]
fn a_header_of_two_rows_is_understood() {
    let mut book = Workbook::new();
    let plain = rust_xlsxwriter::Format::new();
    let sheet = book.add_worksheet();
    sheet.merge_range(0, 0, 0, 4, "2-1 各地区主要指标", &plain).expect("merged");
    sheet.merge_range(1, 0, 2, 0, "地区", &plain).expect("merged");
    sheet.merge_range(1, 1, 1, 2, "产值", &plain).expect("merged");
    sheet.merge_range(1, 3, 1, 4, "失业率", &plain).expect("merged");
    for (k, text) in ["2022年", "2023年", "2022年", "2023年"].iter().enumerate() {
        sheet.write_string(2, k as u16 + 1, *text).expect("written");
        sheet.write_string(3, k as u16 + 1, if k < 2 { "亿元" } else { "%" }).expect("written");
    }
    let rows: [(&str, [f64; 4]); 4] = [
        ("全国", [60.0, 90.0, 6.0, 5.0]),
        ("甲", [10.0, 40.0, 7.0, 5.0]),
        ("乙", [20.0, 20.0, 6.0, 4.5]),
        ("丙", [30.0, 30.0, 5.0, 3.0]),
    ];
    for (i, (name, cells)) in rows.iter().enumerate() {
        sheet.write_string(4 + i as u32, 0, *name).expect("written");
        for (k, cell) in cells.iter().enumerate() {
            sheet.write_number(4 + i as u32, k as u16 + 1, *cell).expect("written");
        }
    }
    sheet.write_string(8, 0, "注：第二行").expect("written");
    sheet.write_string(9, 0, "资料来源：年鉴").expect("written");
    sheet.write_number(9, 5, 1.0).expect("written");
    let (said, scores, toml) = imported("b.xlsx", &book.save_to_buffer().expect("a workbook"));
    for part in ["row of heads: 2, 3", "periods below them", "row of units: 4", "totals", "全国"]
    {
        assert!(said.contains(part), "{part}: {said}");
    }
    assert!(toml.contains("header = { indicator = 2, period = 3 }"), "{toml}");
    // Both indicators count as the more the better: (100 + 100)/2, (50 + 0)/2, (0 + 75)/2.
    assert_scores(&scores, &[("甲", 100.0), ("乙", 37.5), ("丙", 25.0)]);
}

/// A CSV file with lines above, among them a blank one, and years across, saved by a Chinese spreadsheet program.
#[test]
fn a_text_with_a_title_is_read_where_it_lies() {
    let text = "表1 各市人均收入\n单位：元,,,\n\n城市,2018年,2019年,2020年\n甲市,\"1,200\",2,3\n乙市,4,5,6\n丙市,7,-,9\n来源：年鉴\n";
    let (bytes, ..) = encoding_rs::GB18030.encode(text);
    let (said, scores, toml) = imported("t.csv", &bytes);
    assert!(said.contains("row of heads: 4"), "{said}");
    assert!(toml.contains("layout = \"periods_across\""), "{toml}");
    assert_scores(&scores, &[("丙市", 100.0), ("乙市", 50.0), ("甲市", 0.0)]);
}

/// Percentages of a workbook are numbers with a format: the project says how they count.
#[test]
fn percentages_of_a_workbook_are_stated() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    write(sheet, &[&["地区", "覆盖率", "项目"], &["", "%", "个"]]);
    let percent = rust_xlsxwriter::Format::new().set_num_format("0.0%");
    for (row, (name, share, count)) in
        [("北京", 0.5, 1.0), ("天津", 0.25, 2.0), ("河北", 0.0, 3.0)].into_iter().enumerate()
    {
        let row = row as u32 + 2;
        sheet.write(row, 0, name).expect("a name");
        sheet.write_with_format(row, 1, share, &percent).expect("a share");
        sheet.write(row, 2, count).expect("a count");
    }
    let (_, scores, toml) = imported("b.xlsx", &book.save_to_buffer().expect("a workbook"));
    assert!(toml.contains("percent = \"points\""), "{toml}");
    assert_scores(&scores, &[("北京", 50.0), ("天津", 50.0), ("河北", 50.0)]);
}

/// Numbered indicators are not periods, with a column of years or without one.
#[test]
fn numbered_indicators_are_indicators() {
    let text =
        "地区,年份,指标01,指标02\n北京,2019,1,5\n北京,2020,2,4\n天津,2019,3,1\n天津,2020,1,6\n";
    let (said, scores, toml) = imported("t.csv", text.as_bytes());
    assert!(said.contains("column of periods: 年份") && said.contains("indicators: 2"), "{said}");
    assert!(toml.contains("period = \"年份\"") && !toml.contains("layout"), "{toml}");
    assert_scores(&scores, &[("北京", 50.0), ("天津", 50.0)]);
    let (_, scores, toml) = imported("t.csv", b"region,x11,x12\nA,1,4\nB,2,2\nC,3,3\n");
    assert!(!toml.contains("layout"), "{toml}");
    assert_scores(&scores, &[("C", 75.0), ("A", 50.0), ("B", 25.0)]);
}

#[test]
fn indicators_that_go_down_are_understood() {
    let text = "指标,单位,北京,天津,河北\n收入,元,100,80,60\n就业,人,3,4,5\n住房,间,1,3,2\n";
    let (said, scores, toml) = imported("t.csv", text.as_bytes());
    assert!(said.contains("column of indicators: 指标"), "{said}");
    assert!(toml.contains("layout = \"regions_across\""), "{toml}");
    assert_scores(&scores, &[("天津", 200.0 / 3.0), ("河北", 50.0), ("北京", 100.0 / 3.0)]);
}

#[test]
fn a_sheet_a_year_is_understood() {
    let mut book = Workbook::new();
    for year in [2019, 2020] {
        let sheet = book.add_worksheet();
        sheet.set_name(year.to_string()).expect("a name");
        let last = if year == 2020 { "9" } else { "2" };
        let note = format!("注：{year}年");
        write(
            sheet,
            &[&["省份", "收入"], &["北京", "1"], &["天津", last], &["河北", "5"], &[&note]],
        );
    }
    let (said, scores, toml) = imported("b.xlsx", &book.save_to_buffer().expect("a workbook"));
    assert!(said.contains("2019, 2020") && said.contains("one year"), "{said}");
    assert!(toml.contains("sheet_names = \"period\""), "{toml}");
    assert_scores(&scores, &[("天津", 100.0), ("河北", 50.0), ("北京", 0.0)]);
}

/// Names of a tree that no column has: the tree is not half taken, and it is said which names they are.
#[test]
fn a_tree_that_does_not_fit_is_named() {
    let mut book = Workbook::new();
    let data = book.add_worksheet();
    write(data, &[&["Country", "gdp", "jobs"], &["A", "1", "2"], &["B", "3", "1"]]);
    let tree = book.add_worksheet();
    write(tree, &[&["Level 1", "Level 2"], &["Economy", "gdp"], &["", "employment"]]);
    let (said, ..) = imported("b.xlsx", &book.save_to_buffer().expect("a workbook"));
    assert!(said.contains("`employment`") && !said.contains("`gdp`"), "{said}");
}

/// A workbook in the layout of the COIN Tool: 12 indicators in 4 pillars of 2 sub-indices, 20 units.
#[test]
fn a_workbook_of_the_coin_tool_comes_over() {
    let mut book = Workbook::new();
    let data = book.add_worksheet();
    data.set_name("Database").expect("a name");
    let value = |unit: usize, k: usize| ((unit * 7 + k * 5) % 23) as f64 + k as f64;
    for k in 0..12 {
        let column = 4 + k as u16;
        data.write_number(6, column, if k % 3 == 0 { 0.5 } else { 0.25 }).expect("written");
        data.write_number(7, column, if k == 4 { -1.0 } else { 1.0 }).expect("written");
        let codes = ["Index".to_owned(), format!("si.0{}", k / 6 + 1), format!("p.0{}", k / 3 + 1)];
        for (row, code) in (10..).zip(&codes) {
            data.write_string(row, column, code).expect("written");
        }
        data.write_string(13, column, "--").expect("written");
        data.write_string(14, column, format!("Indicator {}", k + 1)).expect("written");
        data.write_string(15, column, format!("ind.{:02}", k + 1)).expect("written");
        for unit in 0..20 {
            data.write_number(16 + unit as u32, column, value(unit, k)).expect("written");
        }
    }
    for unit in 0..20_u32 {
        data.write_string(16 + unit, 1, format!("Unit {unit}")).expect("written");
        data.write_string(16 + unit, 2, format!("U{unit:02}")).expect("written");
    }
    let framework = book.add_worksheet();
    framework.set_name("Framework").expect("a name");
    let nodes = [
        ("Index", "1", "The index"),
        ("si.01", "0.7", "First"),
        ("si.02", "0.3", "Second"),
        ("p.01", "0.5", "One"),
        ("p.02", "0.5", "Two"),
        ("p.03", "0.4", "Three"),
        ("p.04", "0.6", "Four"),
    ];
    for (row, (code, weight, name)) in nodes.iter().enumerate() {
        let row = row as u32 + 3;
        framework.write_string(row, 2, *code).expect("written");
        framework.write_number(row, 4, weight.parse::<f64>().expect("a number")).expect("written");
        framework.write_string(row, 7, *name).expect("written");
    }
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("COIN.xlsm");
    std::fs::write(&file, book.save_to_buffer().expect("a workbook")).expect("written");
    let said = printed(&["import", shown(&file)]);
    for part in ["a workbook of the COIN Tool", "regions: 20", "indicators: 12"] {
        assert!(said.contains(part), "{part}: {said}");
    }
    // The same by hand: min-max from 0 to 100, weights among siblings.
    let scaled = |unit: usize, k: usize| {
        let all: Vec<f64> = (0..20).map(|unit| value(unit, k)).collect();
        let low = all.iter().copied().fold(f64::INFINITY, quanheng_core::number::min);
        let high = all.iter().copied().fold(f64::NEG_INFINITY, quanheng_core::number::max);
        let score = 100.0 * (value(unit, k) - low) / (high - low);
        if k == 4 { 100.0 - score } else { score }
    };
    let pillar = |unit: usize, p: usize| {
        let of = |k: usize| scaled(unit, 3 * p + k);
        0.5 * of(0) + 0.25 * of(1) + 0.25 * of(2)
    };
    let index = |unit: usize| {
        let first = 0.5 * pillar(unit, 0) + 0.5 * pillar(unit, 1);
        let second = 0.4 * pillar(unit, 2) + 0.6 * pillar(unit, 3);
        0.7 * first + 0.3 * second
    };
    let found = scores(folder.path());
    assert_eq!(found.len(), 20);
    for (code, score) in found {
        let unit: usize = code[1..].parse().expect("a number");
        assert!((score - index(unit)).abs() < 1e-9, "{code}: {score} {}", index(unit));
    }
}
