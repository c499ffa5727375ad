//! Writes the trees, the regions, the illustrative values and the illustrative codes of the example
//! `examples/digital-government`:
//!
//! ```sh
//! cargo run --example digital-government -- examples/digital-government
//! ```
//! Nothing that it writes was measured. It always writes the same files. What was published, and is not made here, stands in
//! published.csv, published-classes.csv and official.csv.

use std::fmt::Write as _;
use std::path::Path;

use quanheng_core::number::uniform;

/// With another seed the values are others.
const SEED: u64 = 2022;

/// First level: code and name. Second level: names, or nothing where a name was not found.
const FIRST: [(&str, &str, &[&str]); 4] = [
    ("A", "组织机构", &["", "", ""]),
    ("B", "制度体系", &["", "", ""]),
    ("C", "治理能力", &["平台管理", "政民互动", "", ""]),
    ("D", "治理效果", &["覆盖度", "满意度", ""]),
];

/// An edition: its year; for each first-level indicator how many third-level ones stand below each second-level one, and
/// their full marks (so many of each size); and leaves that have another number than their series in values.csv.
struct Edition {
    year: &'static str,
    counts: [&'static [usize]; 4],
    marks: [&'static [(usize, &'static str)]; 4],
    renumbered: &'static [(&'static str, &'static str)],
}

/// Full marks, and how many there are of each kind of leaf, are placeholders. So are the numbers that changed.
const EDITIONS: [Edition; 3] = [
    Edition {
        year: "2021",
        counts: [&[3, 3, 2], &[6, 5, 5], &[9, 7, 7], &[7, 5, 6]],
        marks: [
            &[(8, "1.25")],
            &[(16, "1.25")],
            &[(22, "1.5"), (1, "2")],
            &[(16, "2"), (2, "1.5")],
        ],
        renumbered: &[("B205", "B206")],
    },
    Edition {
        year: "2022",
        counts: [&[4, 3, 3], &[7, 7, 6], &[9, 7, 7, 5], &[8, 6, 7]],
        marks: [&[(10, "1")], &[(20, "1")], &[(28, "1.25")], &[(14, "1.5"), (7, "2")]],
        renumbered: &[],
    },
    Edition {
        year: "2024",
        counts: [&[4, 3, 3], &[7, 7, 6], &[10, 8, 8, 6], &[10, 7, 9]],
        marks: [
            &[(10, "1")],
            &[(20, "1")],
            &[(20, "1"), (12, "1.25")],
            &[(16, "1.25"), (10, "1.5")],
        ],
        renumbered: &[("C109", "C110"), ("C110", "C109")],
    },
];

/// The leaves of 2022 under other theories, by the second-level indicator. The assignment is a placeholder.
type Theory = (&'static str, &'static [(&'static str, &'static [&'static str])]);
const THEORIES: [Theory; 4] = [
    (
        "five",
        &[
            ("工具论", &["A1", "C3", "D1"]),
            ("数据论", &["B3", "C4"]),
            ("平台论", &["A2", "C1"]),
            ("治理论", &["A3", "B1", "B2", "C2"]),
            ("赛博论", &["D2", "D3"]),
        ],
    ),
    (
        "mechanisms",
        &[
            ("技术赋能", &["A1", "A2", "B1", "B2", "C1", "C3", "C4", "D1"]),
            ("技术赋权", &["A3", "B3", "C2", "D2", "D3"]),
        ],
    ),
    (
        "features",
        &[
            ("治理内容系统化", &["B1", "B2", "B3", "D1", "D3"]),
            ("治理技术数字化", &["A1", "A2", "C1", "C3", "C4"]),
            ("治理主体多元化", &["A3", "C2", "D2"]),
        ],
    ),
    (
        "crisis",
        &[("危机信息", &["B3", "C4"]), ("危机沟通", &["C2", "D2"]), ("危机服务", &["C1", "D1"])],
    ),
];

/// The provinces by their codes, with 四大区域 and 七大区.
const PROVINCES: &str = "110000 东部 华北|120000 东部 华北|130000 东部 华北|140000 中部 华北|150000 西部 华北|210000 东北 东北|\
220000 东北 东北|230000 东北 东北|310000 东部 华东|320000 东部 华东|330000 东部 华东|340000 中部 华东|350000 东部 华东|\
360000 中部 华东|370000 东部 华东|410000 中部 华中|420000 中部 华中|430000 中部 华中|440000 东部 华南|450000 西部 华南|\
460000 东部 华南|500000 西部 西南|510000 西部 西南|520000 西部 西南|530000 西部 西南|540000 西部 西南|610000 西部 西北|\
620000 西部 西北|630000 西部 西北|640000 西部 西北|650000 西部 西北";
/// 副省级 by law, and 苏州 (320500), which the publication of 2020 counts with them.
const VICE_PROVINCIAL: [&str; 16] = [
    "210100", "210200", "220100", "230100", "320100", "320500", "330100", "330200", "350200",
    "370100", "370200", "420100", "440100", "440300", "510100", "610100",
];
const CAPITALS: [&str; 27] = [
    "130100", "140100", "150100", "210100", "220100", "230100", "320100", "330100", "340100",
    "350100", "360100", "370100", "410100", "420100", "430100", "440100", "450100", "460100",
    "510100", "520100", "530100", "540100", "610100", "620100", "630100", "640100", "650100",
];
/// Codes and names of GB/T 2260, which come with the program.
const CHINA: &str = include_str!("../../src/data/names/china.tsv");

/// What kind of leaf is where, and its best value.
const KINDS: [(&str, u32); 3] = [("binary", 1), ("ordinal", 4), ("continuous", 100)];

const FACTS: &str = "代码,三级指标,数据列,类型,满分,最差值,最优值,下限,上限";

/// A leaf of an edition.
struct Leaf {
    code: String,
    /// Its series in values.csv.
    series: String,
    name: String,
    kind: usize,
    marks: &'static str,
    first: usize,
    second: usize,
}

/// A region.
struct Region {
    code: String,
    name: String,
    level: &'static str,
    area: (String, String),
}

fn main() -> std::io::Result<()> {
    let Some(folder) = std::env::args().nth(1) else {
        return Err(std::io::Error::other("state the folder in which the files are written"));
    };
    for (name, text) in files() {
        std::fs::write(Path::new(&folder).join(name), text)?;
    }
    Ok(())
}

/// Every file, by its name.
pub fn files() -> Vec<(String, String)> {
    let mut files = Vec::new();
    for edition in &EDITIONS {
        files.push((format!("tree-{}.csv", edition.year), tree(edition)));
    }
    for (name, groups) in THEORIES {
        files.push((format!("tree-{name}.csv"), theory(groups)));
    }
    for pair in EDITIONS.windows(2) {
        let name = format!("editions-{}-{}.csv", pair[0].year, pair[1].year);
        files.push((name, mapping(&pair[0], &pair[1])));
    }
    let regions = regions();
    let mut text = String::from("code,name,level,region4,region7\n");
    for Region { code, name, level, area: (four, seven) } in &regions {
        let _ = writeln!(text, "{code},{name},{level},{four},{seven}");
    }
    files.push(("regions.csv".into(), text));
    let is_ordinary = |region: &&Region| {
        let code = region.code.as_str();
        region.level == "city" && !VICE_PROVINCIAL.contains(&code) && !CAPITALS.contains(&code)
    };
    let class = |of: &dyn Fn(&Region) -> bool| {
        let mut members: Vec<(String, &str)> = Vec::new();
        members.extend(VICE_PROVINCIAL.map(|code| (code.to_owned(), "副省级")));
        members.extend(CAPITALS.map(|code| (code.to_owned(), "省会")));
        let ordinary = regions.iter().filter(is_ordinary).filter(|region| of(region));
        members.extend(ordinary.map(|region| (region.code.clone(), "普通")));
        members.sort();
        let lines = members.iter().map(|(code, class)| format!("{code},{class}\n"));
        format!("region,class\n{}", lines.collect::<String>())
    };
    files.push(("classes.csv".into(), class(&|_| true)));
    files.push(("classes-2020.csv".into(), class(&|region| region.code.starts_with("city"))));
    let (values, codes) = values(&regions);
    files.push(("values.csv".into(), values));
    files.push(("codes.csv".into(), codes));
    files
}

/// The leaves of an edition.
fn leaves(edition: &Edition) -> Vec<Leaf> {
    let mut found = Vec::new();
    for (first, (letter, first_name, seconds)) in FIRST.iter().enumerate() {
        let marks = edition.marks[first].iter();
        let mut marks = marks.flat_map(|(n, marks)| std::iter::repeat_n(*marks, *n));
        for (second, &count) in edition.counts[first].iter().enumerate() {
            let name = match seconds[second] {
                "" => format!("{first_name}第{}项", second + 1),
                name => name.to_owned(),
            };
            for third in 0..count {
                let code = format!("{letter}{}{:02}", second + 1, third + 1);
                let other = edition.renumbered.iter().find(|(number, _)| *number == code);
                let series = other.map_or(code.clone(), |(_, series)| (*series).to_owned());
                // What a series is does not depend on its number in an edition.
                let place: usize = series[2..].parse().expect("a number");
                found.push(Leaf {
                    name: format!("{name}之{place}（占位）"),
                    kind: (place - 1 + second) % 3,
                    marks: marks.next().expect("full marks for each leaf"),
                    code,
                    series,
                    first,
                    second,
                });
            }
        }
    }
    found
}

fn facts(leaf: &Leaf) -> String {
    let Leaf { code, series, name, kind, marks, .. } = leaf;
    let (kind, good) = KINDS[*kind];
    let column = if series == code { "" } else { series };
    format!("{code},{name},{column},{kind},{marks},0,{good},0,{good}")
}

/// A tree as people draw it: what stands above is left blank below.
fn tree(edition: &Edition) -> String {
    let facts_head = FACTS.replacen("代码", "三级指标代码", 1);
    let mut text = format!("一级指标代码,一级指标,二级指标代码,二级指标,{facts_head}\n");
    let mut above = (usize::MAX, usize::MAX);
    for leaf in leaves(edition) {
        let (letter, first_name, seconds) = FIRST[leaf.first];
        let first = match above.0 == leaf.first {
            true => ",".to_owned(),
            false => format!("{letter},{first_name}"),
        };
        let second = match above == (leaf.first, leaf.second) {
            true => ",".to_owned(),
            false => {
                let name = match seconds[leaf.second] {
                    "" => format!("{first_name}第{}项（占位）", leaf.second + 1),
                    name => name.to_owned(),
                };
                format!("{letter}{},{name}", leaf.second + 1)
            }
        };
        above = (leaf.first, leaf.second);
        let _ = writeln!(text, "{first},{second},{}", facts(&leaf));
    }
    text
}

/// The leaves of 2022 below other nodes.
fn theory(groups: &[(&str, &[&str])]) -> String {
    let head = FACTS.replacen("代码", "二级指标代码", 1).replacen("三级指标", "二级指标", 1);
    let mut text = format!("一级指标,{head}\n");
    for (group, seconds) in groups {
        let mut name = *group;
        for leaf in leaves(&EDITIONS[1]).iter().filter(|leaf| seconds.contains(&&leaf.code[..2])) {
            let _ = writeln!(text, "{name},{}", facts(leaf));
            name = "";
        }
    }
    text
}

/// Which leaf of an edition is which leaf of the next one: those of one series.
fn mapping(before: &Edition, after: &Edition) -> String {
    let next = leaves(after);
    let mut text = String::from("from,to\n");
    for leaf in leaves(before) {
        let same = next.iter().find(|other| other.series == leaf.series);
        let _ = writeln!(text, "{},{}", leaf.code, same.map_or("", |other| &other.code));
    }
    text
}

/// The provinces, the 333 cities and prefectures, and the ordinary cities of the editions with 101 cities, whose names were
/// not found.
fn regions() -> Vec<Region> {
    let areas: Vec<(&str, (String, String))> = PROVINCES
        .split('|')
        .map(|line| {
            let mut words = line.split(' ');
            let mut word = || words.next().expect("a word");
            (word(), (word().to_owned(), word().to_owned()))
        })
        .collect();
    let area = |code: &str| {
        areas.iter().find(|(other, _)| other[..2] == code[..2]).map(|(_, area)| area.clone())
    };
    let mut regions = Vec::new();
    for line in CHINA.lines().skip(1) {
        let cells: Vec<&str> = line.split('\t').collect();
        let (code, short) = (cells[0], cells[2]);
        let is_province = code.ends_with("0000");
        if let (Some(area), true) = (area(code), code.ends_with("00")) {
            let level = if is_province { "province" } else { "city" };
            regions.push(Region { code: code.into(), name: short.into(), level, area });
        }
    }
    regions.sort_by_key(|region| (region.level != "province", region.code.clone()));
    for n in 1..=68 {
        let (code, name) = (format!("city{n:02}"), format!("普通城市{n:02}（占位）"));
        let area = areas[n % areas.len()].1.clone();
        regions.push(Region { code, name, level: "city", area });
    }
    regions
}

/// The mean of four draws, which is nearly normal, around a middle and between 0 and 1.
fn around(what: u64, row: u64, middle: f64, spread: f64) -> f64 {
    let mean = (0..4).map(|k| uniform(SEED, 4 * what + k, row)).sum::<f64>() / 4.0;
    (middle + spread * (mean - 0.5)).clamp(0.0, 1.0)
}

/// The values of all editions, and the codes that coders give the binary and ordinal leaves of the provinces in 2022, which
/// stand in no other file.
fn values(regions: &[Region]) -> (String, String) {
    let columns = leaves(&EDITIONS[2]);
    let mut series: Vec<&Leaf> = columns.iter().collect();
    series.sort_by(|a, b| a.series.cmp(&b.series));
    let heads: Vec<&str> = series.iter().map(|leaf| leaf.series.as_str()).collect();
    let mut values = format!("region,period,{}\n", heads.join(","));
    let mut codes = String::from("region,period,indicator,kind,coder,code\n");
    for (step, edition) in EDITIONS.iter().enumerate() {
        let asked: Vec<String> = leaves(edition).into_iter().map(|leaf| leaf.series).collect();
        for (row, region) in (0..).zip(regions) {
            // In 2021 there are 101 cities, most of them without a name; later there are 333.
            let code = region.code.as_str();
            let is_named = VICE_PROVINCIAL.contains(&code) || CAPITALS.contains(&code);
            let takes_part = match (region.level, edition.year) {
                ("city", "2021") => is_named || code.starts_with("city"),
                _ => !code.starts_with("city"),
            };
            if !takes_part {
                continue;
            }
            let _ = write!(values, "{code},{}", edition.year);
            for (column, leaf) in (0..).zip(&series) {
                values.push(',');
                if !asked.contains(&leaf.series) {
                    continue;
                }
                let x = level(regions, row, leaf, column, step as u64);
                let of_coders = region.level == "province" && edition.year == "2022";
                match leaf.kind {
                    0 | 1 if of_coders => coded(&mut codes, code, leaf, x, (row, column)),
                    0 => values.push_str(&u32::from(x > 0.5).to_string()),
                    1 => values.push_str(&fourths(x).to_string()),
                    _ => {
                        let tenths = (1000.0 * x).round() as u32;
                        let _ = write!(values, "{}.{}", tenths / 10, tenths % 10);
                    }
                }
            }
            values.push('\n');
        }
    }
    (values, codes)
}

fn fourths(x: f64) -> u32 {
    ((5.0 * x) as u32).min(4)
}

/// How far a region is at a leaf, between 0 and 1: it follows the level of the region, what the region is good at, and how
/// hard the leaf is.
fn level(regions: &[Region], row: u64, leaf: &Leaf, column: u64, step: u64) -> f64 {
    let region = &regions[row as usize];
    let code = region.code.as_str();
    let middle = match region.area.0.as_str() {
        "东部" => 0.62,
        "中部" => 0.52,
        _ => 0.46,
    };
    let lift = match region.level {
        "province" => 0.0,
        _ if VICE_PROVINCIAL.contains(&code) => 0.08,
        _ if CAPITALS.contains(&code) => 0.0,
        _ => -0.06,
    };
    let able = around(1, row, middle + lift, 0.5);
    let second = (10 * leaf.first + leaf.second) as u64;
    let good_at = around(10 + second, row, 0.5, 1.2);
    let hard = around(2, column, 0.5, 0.8);
    let middle = 0.5 * able + 0.3 * good_at + 0.2 * (1.0 - hard);
    around(1000 + 200 * step + column, row, middle + 0.04 * step as f64, 0.9)
}

/// What two coders give a leaf, and the arbiter where they disagree. Each errs now and then; the second one is generous to
/// every tenth region.
fn coded(codes: &mut String, region: &str, leaf: &Leaf, x: f64, (row, column): (u64, u64)) {
    let (kind, most) = KINDS[leaf.kind];
    let truth = if leaf.kind == 0 { u32::from(x > 0.5) } else { fourths(x) };
    let errs = |coder: u64| {
        let generous = if coder == 1 && row % 10 == 4 { 0.12 } else { 0.0 };
        match uniform(SEED, 5000 + 10 * column + coder, row) {
            draw if draw < 0.02 => truth.saturating_sub(1),
            draw if draw < 0.04 + generous => (truth + 1).min(most),
            _ => truth,
        }
    };
    let said = [errs(0), errs(1)];
    let mut line = |coder: &str, code: u32| {
        let series = &leaf.series;
        let _ = writeln!(codes, "{region},2022,{series},{kind},{coder},{code}");
    };
    line("甲", said[0]);
    line("乙", said[1]);
    if leaf.kind == 0 && said[0] != said[1] {
        line("裁定", truth);
    }
}
