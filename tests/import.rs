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
    let tree = std::fs::read_to_string(at("tree.csv")).expect("the tree");
    assert!(tree.contains("失业率,经济,失业率,40,-1"), "{tree}");
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
    assert!(text.contains("file = \"table.csv\", region = \"country\""), "{text}");
    assert!(printed(&["run", shown(folder.path())]).contains("3 regions"));
    let nothing = at("nothing.csv");
    std::fs::write(&nothing, "a\nb\n").expect("written");
    let refused = quanheng(&["import", shown(&nothing), "--into", shown(&at("other"))]);
    assert_eq!(refused.status.code(), Some(65));
}
