//! The workbooks of the tutorial: two years of examples/china-shdi, as people keep such figures.

use std::collections::HashMap;
use std::path::Path;

use quanheng_words::Language;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, XlsxError};

/// The words of a workbook.
struct Words {
    file: &'static str,
    name: &'static str,
    title: &'static str,
    region: &'static str,
    /// Of each indicator: its dimension, name and unit.
    indicators: [[&'static str; 3]; 4],
    source: &'static str,
    sheets: [&'static str; 2],
    levels: [&'static str; 3],
    positive: &'static str,
}

const COLUMNS: [&str; 4] = ["lifexp", "esch", "msch", "gnic"];
const YEARS: [&str; 2] = ["2018", "2019"];

fn words(language: Language) -> Words {
    match language {
        Language::En => Words {
            file: "provinces.xlsx",
            name: "name_en",
            title: "Human development of the provinces of China",
            region: "Province",
            indicators: [
                ["Health", "Life expectancy", "years"],
                ["Education", "Expected schooling", "years"],
                ["Education", "Mean schooling", "years"],
                ["Income", "Income per head", "2011 PPP $"],
            ],
            source: "Source: Global Data Lab, Subnational HDI 5.0 (Smits and Permanyer 2019)",
            sheets: ["Provinces", "Indicators"],
            levels: ["Level 1", "Level 2", "Direction"],
            positive: "+",
        },
        Language::Zh => Words {
            file: "provinces.zh.xlsx",
            name: "name_zh",
            title: "各省份人类发展指标",
            region: "省份",
            indicators: [
                ["健康", "预期寿命", "岁"],
                ["教育", "预期受教育年限", "年"],
                ["教育", "平均受教育年限", "年"],
                ["收入", "人均国民总收入", "2011年国际元"],
            ],
            source: "资料来源：Global Data Lab, Subnational HDI 5.0 (Smits and Permanyer 2019)",
            sheets: ["数据", "指标体系"],
            levels: ["一级指标", "二级指标", "方向"],
            positive: "正向",
        },
    }
}

/// The rows of a CSV file of the example, each by its heads.
fn rows(name: &str) -> Vec<HashMap<String, String>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/china-shdi").join(name);
    let mut csv = csv::Reader::from_path(path).expect("a table");
    csv.deserialize().map(|row| row.expect("a row")).collect()
}

fn workbook(language: Language) -> Result<Vec<u8>, XlsxError> {
    let words = words(language);
    let mut book = Workbook::new();
    // The same bytes on every day.
    let day = ExcelDateTime::from_ymd(2020, 1, 1)?;
    book.set_properties(&DocProperties::new().set_creation_datetime(&day));
    let plain = Format::new();
    let sheet = book.add_worksheet().set_name(words.sheets[0])?;
    sheet.set_column_width(0, 16)?;
    sheet.merge_range(0, 0, 0, 8, words.title, &plain)?;
    sheet.merge_range(1, 0, 2, 0, words.region, &plain)?;
    for (k, [_, name, unit]) in words.indicators.iter().enumerate() {
        let column = 1 + 2 * k as u16;
        sheet.merge_range(1, column, 1, column + 1, name, &plain)?;
        for (column, year) in (column..).zip(YEARS) {
            sheet.write(2, column, year.parse::<f64>().expect("a year"))?;
            sheet.write(3, column, *unit)?;
        }
    }
    let mut values = HashMap::new();
    for row in rows("values.csv") {
        values.insert((row["region"].clone(), row["period"].clone()), row);
    }
    let regions = rows("regions.csv");
    for (row, region) in (4..).zip(&regions) {
        sheet.write(row, 0, &region[words.name])?;
        for (k, column) in COLUMNS.iter().enumerate() {
            for (at, year) in (1 + 2 * k as u16..).zip(YEARS) {
                let value = &values[&(region["code"].clone(), year.to_owned())][*column];
                sheet.write(row, at, value.parse::<f64>().expect("a figure"))?;
            }
        }
    }
    sheet.write(4 + regions.len() as u32, 0, words.source)?;
    let sheet = book.add_worksheet().set_name(words.sheets[1])?;
    for (column, head) in (0..).zip(words.levels) {
        sheet.set_column_width(column, 20)?;
        sheet.write(0, column, head)?;
    }
    let mut above = "";
    for (row, [dimension, name, _]) in (1..).zip(words.indicators) {
        // A dimension stands once, above its indicators.
        if dimension != above {
            sheet.write(row, 0, dimension)?;
            above = dimension;
        }
        sheet.write(row, 1, name)?;
        sheet.write(row, 2, words.positive)?;
    }
    book.save_to_buffer()
}

/// The workbooks of docs/tutorial have the figures of the example. `QUANHENG_WRITE=1` writes them.
#[test]
fn workbooks_have_the_figures_of_the_example() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/tutorial");
    let write = std::env::var("QUANHENG_WRITE").is_ok_and(|value| value == "1");
    for language in [Language::En, Language::Zh] {
        let path = folder.join(words(language).file);
        let made = workbook(language).expect("a workbook");
        if write {
            std::fs::write(&path, &made).expect("written");
        }
        let there = std::fs::read(&path).unwrap_or_default();
        assert!(there == made, "QUANHENG_WRITE=1 writes {}", path.display());
    }
}

/// Both tutorials run the same commands, but for words of their languages and the name of the workbook.
#[test]
fn both_tutorials_run_the_same_commands() {
    let commands = |name: &str| -> Vec<String> {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs").join(name);
        let text = std::fs::read_to_string(path).expect("a tutorial");
        let commands = text.lines().filter_map(|line| line.strip_prefix("$ "));
        let words = |command: &str| -> Vec<String> {
            let words = command.replace(".zh.xlsx", ".xlsx").replace("--lang zh", "--lang en");
            words.split_whitespace().take(2).map(str::to_owned).collect()
        };
        commands.map(|command| words(command).join(" ")).collect()
    };
    let english = commands("tutorial.md");
    assert!(english.len() >= 20, "{english:?}");
    assert_eq!(english, commands("tutorial.zh.md"));
}
