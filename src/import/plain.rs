//! A spreadsheet or CSV file as people keep it: a table of regions, perhaps with a title above, units below the head,
//! notes at the end, and a tree of indicators in another sheet.

use indexmap::IndexMap;
use quanheng_words::{Text, text};

use super::sheets::{Book, Cell, Sheet};
use super::text::{csv, number, quoted};
use super::{Draft, counted};

/// What a table was taken for.
struct Table<'a> {
    sheet: &'a Sheet,
    /// The row of the head.
    head: usize,
    /// Whether the row below the head has units.
    units: bool,
    /// The rows with data.
    rows: Vec<usize>,
    /// The column of codes of regions, or of their names where there are none.
    region: usize,
    /// The column of names beside the codes.
    name: Option<usize>,
    period: Option<usize>,
    /// The columns of numbers.
    numbers: Vec<usize>,
    /// Columns of texts, which describe the regions.
    texts: Vec<usize>,
    /// Columns of numbers that are years of one indicator.
    years: bool,
}

const CODE: [&str; 9] =
    ["code", "region", "代码", "编码", "地区代码", "行政区划代码", "区划代码", "iso3", "ucode"];
const NAME: [&str; 14] = [
    "name",
    "地区",
    "地区名称",
    "名称",
    "省份",
    "省",
    "城市",
    "市",
    "区县",
    "单位",
    "国家",
    "country",
    "province",
    "city",
];
const PERIOD: [&str; 9] = ["period", "year", "time", "年份", "年度", "年", "时期", "月份", "季度"];
/// What stands where there is no value.
const ABSENT: [&str; 12] =
    ["…", "...", "..", "-", "—", "－", "--", "NA", "N/A", "n/a", "缺失", "无"];

fn is_one_of(words: &[&str], text: &str) -> bool {
    let text = text.trim().to_lowercase();
    words.iter().any(|word| *word == text)
}

/// A number as a person writes it: with commas, a percent sign, full-width digits or blanks.
fn figure(cell: &Cell) -> Option<f64> {
    match cell {
        Cell::Number(x) => Some(*x),
        Cell::Empty => None,
        Cell::Text(text) => {
            let plain: String =
                text.chars().filter(|c| !matches!(c, ',' | '，' | ' ' | '%')).collect();
            plain.parse().ok().filter(|x: &f64| x.is_finite() && !text.trim().is_empty())
        }
    }
}

fn is_year(text: &str) -> bool {
    let digits = text.trim().trim_end_matches('年');
    digits.len() == 4 && digits.parse().is_ok_and(|year: u32| (1900..2100).contains(&year))
}

/// The project of a plain table; `None` where no sheet has one.
pub(super) fn import(books: &[Book]) -> Option<Draft> {
    let sheets = books.iter().flat_map(|book| book.sheets.iter().map(move |sheet| (book, sheet)));
    let tables = sheets.filter_map(|(book, sheet)| Some((book, table(sheet)?)));
    // The sheet with the most figures has the data.
    let size = |table: &Table<'_>| table.rows.len() * table.numbers.len();
    let (book, data) =
        tables.fold(None, |best: Option<(&Book, Table<'_>)>, (book, table)| match best {
            Some((of, best)) if size(&best) >= size(&table) => Some((of, best)),
            _ => Some((book, table)),
        })?;
    let mut draft = Draft::default();
    let sheet = data.sheet;
    let shown = |column: usize| sheet.cell(data.head, column).text();
    draft.understood.push(match book.is_workbook {
        true => text!(import_is_sheet, file = &book.name, sheet = &sheet.name),
        false => text!(import_is_table, file = &book.name),
    });
    let one = |what: Text, name: String| text!(import_one, what = what, name = name);
    draft.understood.push(one(text!(import_head_row), (data.head + 1).to_string()));
    draft.understood.push(one(text!(import_region_column), shown(data.region)));
    draft.understood.extend(data.name.map(|column| one(text!(import_name_column), shown(column))));
    draft
        .understood
        .extend(data.period.map(|column| one(text!(import_period_column), shown(column))));
    if data.years {
        draft.understood.push(text!(import_years));
    }
    if data.units {
        draft.understood.push(one(text!(import_units_row), (data.head + 2).to_string()));
    }
    let last = data.rows.last().copied().unwrap_or(data.head);
    if last + 1 < sheet.rows.len() {
        draft.understood.push(text!(import_notes_below, row = last + 2));
    }
    let states = states(&data);
    if !states.is_empty() {
        let texts: Vec<Text> =
            states.keys().map(|state| Text::plain(format!("\"{state}\""))).collect();
        draft.understood.push(text!(import_states, states = texts));
    }
    draft.understood.push(counted(text!(import_regions), regions(&data).len()));
    draft.understood.push(counted(text!(import_indicators), leaves(&data).len()));

    let tree = books
        .iter()
        .flat_map(|book| &book.sheets)
        .filter(|other| !std::ptr::eq(*other, sheet))
        .find_map(|other| tree_of_levels(other, &data));
    let flat = tree.is_none();
    let weights = tree.as_ref().map_or(Weights::Absent, |(_, weights)| *weights);
    match weights {
        Weights::Absent => {}
        Weights::Whole => draft.understood.push(text!(import_weights_whole)),
        Weights::Siblings => draft.understood.push(text!(import_weights_siblings)),
    }
    draft.left.extend(flat.then(|| text!(import_flat_tree)));
    draft.left.push(text!(import_directions));
    let percent = data.rows.iter().any(|row| {
        data.numbers.iter().any(|column| sheet.cell(*row, *column).text().ends_with('%'))
    });
    let thousands = data.rows.iter().any(|row| {
        data.numbers.iter().any(|column| {
            matches!(sheet.cell(*row, *column), Cell::Text(t) if t.contains(',') && figure(sheet.cell(*row, *column)).is_some())
        })
    });
    // Rows of a workbook are counted as its user counts them; a text may have empty lines or cells of several lines.
    let lies = lies(&data);
    let as_it_is = book.is_workbook || lies.is_empty();
    let mut toml = format!(
        "[project]\ntitle = {}\nsource = {}\n\n[data]\nregions = \"regions.csv\"\n",
        quoted(book.name.rsplit_once('.').map_or(book.name.as_str(), |(stem, _)| stem)),
        quoted(&book.name)
    );
    if as_it_is {
        let mut keys = vec![
            format!("file = {}", quoted(&book.name)),
            format!("region = {}", quoted(&shown(data.region))),
        ];
        if book.is_workbook {
            keys.push(format!("sheet = {}", quoted(&sheet.name)));
        }
        keys.extend(lies);
        keys.extend(data.period.map(|column| format!("period = {}", quoted(&shown(column)))));
        keys.extend(percent.then(|| "percent = \"points\"".to_owned()));
        keys.extend(thousands.then(|| "thousands = \",\"".to_owned()));
        toml.push_str(&format!("values = {{ {} }}\n", keys.join(", ")));
        let marks: Vec<String> = states.keys().cloned().collect();
        if !marks.is_empty() {
            let all: Vec<String> = std::iter::once(String::new()).chain(marks).collect();
            toml.push_str(&format!("states = {{ missing = {} }}\n", super::text::list(&all)));
        }
    } else {
        toml.push_str("values = \"values.csv\"\n");
        draft.left.push(text!(import_values_copied, file = &book.name));
        draft.files.push(("values.csv".into(), values(&data)));
    }
    toml.push_str("\n[system.index]\ntree = \"tree.csv\"\n\n# Each line names one step; `quanheng methods` lists the others.\n[methodology.first]\nimputation = \"renormalise\"\ntreatment = \"none\"\nnormalisation = { method = \"min_max\", upper = 100, constant = \"leave_out\" }\n");
    let given = weights != Weights::Absent;
    toml.push_str(if given { "weighting = \"given\"\n" } else { "weighting = \"equal\"\n" });
    toml.push_str("aggregation = \"arithmetic\"\nranking = { ties = \"competition\" }\n\n[methodology.entropy]\nextends = \"first\"\nweighting = \"entropy\"\n");
    draft.files.insert(0, ("quanheng.toml".into(), toml));
    draft.files.push(("regions.csv".into(), region_table(&data)));
    draft.files.push(("tree.csv".into(), tree.map_or_else(|| flat_tree(&data), |(tree, _)| tree)));
    Some(draft)
}

/// The keys that say how the table lies in its sheet; none where the head stands in the first row and data alone follow.
fn lies(data: &Table<'_>) -> Vec<String> {
    let sheet = data.sheet;
    let first = data.head + 1 + usize::from(data.units);
    let last = data.rows.last().copied().unwrap_or(data.head);
    let begins = |row: usize| {
        let texts = (0..sheet.width()).map(|column| sheet.cell(row, column).text());
        texts.into_iter().find(|text| !text.is_empty())
    };
    let mut keys = Vec::new();
    if data.head > 0 {
        keys.push(format!("header = {}", data.head + 1));
    }
    if data.units {
        keys.push(format!("units = {}", data.head + 2));
    }
    let between = (first..last).filter(|row| !data.rows.contains(row) && begins(*row).is_some());
    let skip: Vec<String> = between.map(|row| (row + 1).to_string()).collect();
    if !skip.is_empty() {
        keys.push(format!("skip = [{}]", skip.join(", ")));
    }
    if let Some(text) = (last + 1..sheet.rows.len()).find_map(begins) {
        keys.push(format!("end = {}", quoted(&text)));
    }
    if data.years {
        keys.push("layout = \"periods_across\"".to_owned());
        keys.push(format!("constant = {{ indicator = {} }}", quoted("value")));
    }
    keys
}

/// A sheet as a table of regions: a head, and rows below it that begin with a name and go on with figures.
fn table(sheet: &Sheet) -> Option<Table<'_>> {
    let width = sheet.width();
    let is_data = |row: usize| {
        (0..width).any(|column| {
            figure(sheet.cell(row, column)).is_some() && !is_year(&sheet.cell(row, column).text())
        })
    };
    let filled =
        |row: usize| (0..width).filter(|column| !sheet.cell(row, *column).is_empty()).count();
    let head = (0..sheet.rows.len()).find(|row| {
        let words = |row: usize| {
            (0..width).all(|column| {
                let text = sheet.cell(row, column).text();
                text.is_empty() || is_year(&text) || figure(sheet.cell(row, column)).is_none()
            })
        };
        filled(*row) >= 2
            && filled(*row) * 2 > width
            && words(*row)
            && (is_data(row + 1) || is_data(row + 2))
    })?;
    let units = !is_data(head + 1);
    let first = head + 1 + usize::from(units);
    let used: Vec<usize> =
        (0..width).filter(|column| !sheet.cell(head, *column).is_empty()).collect();
    let rows: Vec<usize> =
        (first..sheet.rows.len()).filter(|row| filled(*row) >= 2 && is_data(*row)).collect();
    let numeric = |column: &usize| {
        let cells = rows.iter().map(|row| sheet.cell(*row, *column));
        let there: Vec<&Cell> = cells.filter(|cell| !cell.is_empty()).collect();
        let figures = there.iter().filter(|cell| figure(cell).is_some()).count();
        figures > 0
            && there.iter().all(|cell| {
                figure(cell).is_some()
                    || is_one_of(&ABSENT.map(|a| a), &cell.text())
                    || ABSENT.contains(&cell.text().as_str())
            })
    };
    let head_of = |column: usize| sheet.cell(head, column).text();
    let named =
        |words: &[&str]| used.iter().copied().find(|column| is_one_of(words, &head_of(*column)));
    let period = named(&PERIOD).or_else(|| {
        used.iter()
            .copied()
            .find(|column| rows.iter().all(|row| is_year(&sheet.cell(*row, *column).text())))
    });
    let code = named(&CODE).filter(|column| Some(*column) != period);
    let name = named(&NAME).filter(|column| Some(*column) != code).or_else(|| {
        used.iter()
            .copied()
            .find(|column| !numeric(column) && Some(*column) != period && Some(*column) != code)
    });
    let (region, name) = match (code, name) {
        (Some(code), name) => (code, name),
        (None, Some(name)) => (name, None),
        (None, None) => return None,
    };
    let is_key = |column: &usize| [Some(region), name, period].contains(&Some(*column));
    let (numbers, texts): (Vec<usize>, Vec<usize>) =
        used.iter().copied().filter(|column| !is_key(column)).partition(numeric);
    let years = numbers.len() > 1 && numbers.iter().all(|column| is_year(&head_of(*column)));
    let texts = texts
        .into_iter()
        .filter(|column| rows.iter().any(|row| !sheet.cell(*row, *column).is_empty()))
        .collect();
    (!rows.is_empty() && !numbers.is_empty()).then_some(Table {
        sheet,
        head,
        units,
        rows,
        region,
        name,
        period,
        numbers,
        texts,
        years,
    })
}

/// What stands in cells without a value, with how many there are.
fn states(table: &Table<'_>) -> IndexMap<String, usize> {
    let mut states = IndexMap::new();
    for (row, column) in
        table.rows.iter().flat_map(|row| table.numbers.iter().map(move |c| (*row, *c)))
    {
        let cell = table.sheet.cell(row, column);
        if !cell.is_empty() && figure(cell).is_none() {
            *states.entry(cell.text()).or_default() += 1;
        }
    }
    states
}

fn regions(table: &Table<'_>) -> IndexMap<String, usize> {
    let mut regions = IndexMap::new();
    for &row in &table.rows {
        let code = table.sheet.cell(row, table.region).text();
        if !code.is_empty() {
            regions.entry(code).or_insert(row);
        }
    }
    regions
}

fn region_table(table: &Table<'_>) -> String {
    let head = |column: &usize| table.sheet.cell(table.head, *column).text();
    let names: Vec<String> = table.texts.iter().map(head).collect();
    let mut heads = vec!["code", "name"];
    heads.extend(names.iter().map(String::as_str));
    let rows: Vec<Vec<String>> = regions(table)
        .into_iter()
        .map(|(code, row)| {
            let name = table.sheet.cell(row, table.name.unwrap_or(table.region)).text();
            let texts = table.texts.iter().map(|column| table.sheet.cell(row, *column).text());
            [code, name].into_iter().chain(texts).collect()
        })
        .collect();
    csv(&heads, &rows)
}

/// The indicators: their codes, which are their heads, and their units.
fn leaves(table: &Table<'_>) -> Vec<(String, String)> {
    if table.years {
        return vec![("value".into(), String::new())];
    }
    let one = |column: &usize| {
        let unit = if table.units {
            table.sheet.cell(table.head + 1, *column).text()
        } else {
            String::new()
        };
        let unit = unit.trim_matches(['(', ')', '（', '）']).to_owned();
        (table.sheet.cell(table.head, *column).text(), unit)
    };
    table.numbers.iter().map(one).collect()
}

fn values(table: &Table<'_>) -> String {
    let sheet = table.sheet;
    let leaves = leaves(table);
    let cell =
        |row: usize, column: usize| figure(sheet.cell(row, column)).map(number).unwrap_or_default();
    let region = |row: usize| sheet.cell(row, table.region).text();
    let mut heads = vec!["region", "period"];
    heads.extend(leaves.iter().map(|(code, _)| code.as_str()));
    let mut rows = Vec::new();
    for &row in table.rows.iter().filter(|row| !region(**row).is_empty()) {
        if table.years {
            rows.extend(table.numbers.iter().map(|column| {
                vec![region(row), sheet.cell(table.head, *column).text(), cell(row, *column)]
            }));
            continue;
        }
        let period = table.period.map(|column| sheet.cell(row, column).text()).unwrap_or_default();
        let cells = table.numbers.iter().map(|column| cell(row, *column));
        rows.push([region(row), period].into_iter().chain(cells).collect());
    }
    if !table.years && table.period.is_none() {
        heads.remove(1);
        rows.iter_mut().for_each(|row: &mut Vec<String>| drop(row.remove(1)));
    }
    csv(&heads, &rows)
}

fn flat_tree(table: &Table<'_>) -> String {
    let mut rows = vec![vec!["index".to_owned(), String::new(), String::new(), String::new()]];
    rows.extend(
        leaves(table)
            .into_iter()
            .map(|(code, unit)| vec![code.clone(), "index".into(), code, unit]),
    );
    csv(&["code", "parent", "name", "unit"], &rows)
}

/// A tree of a sheet with the columns 一级指标, 二级指标 and so on (or Level 1, Level 2), in which a name stands once above
/// those that belong to it. `None` where a leaf of it is not a column of the data.
fn tree_of_levels(sheet: &Sheet, data: &Table<'_>) -> Option<(String, Weights)> {
    const LEVELS: [[&str; 3]; 4] = [
        ["一级指标", "level 1", "目标层"],
        ["二级指标", "level 2", "准则层"],
        ["三级指标", "level 3", "指标层"],
        ["四级指标", "level 4", "方案层"],
    ];
    let row = (0..sheet.rows.len()).find(|row| {
        (0..sheet.width()).any(|column| is_one_of(&LEVELS[0], &sheet.cell(*row, column).text()))
    })?;
    let find = |words: &[&str]| {
        (0..sheet.width()).find(|column| is_one_of(words, &sheet.cell(row, *column).text()))
    };
    let levels: Vec<usize> = LEVELS.iter().map_while(|words| find(words)).collect();
    let weight = find(&["权重", "weight", "权重(%)", "权重（%）"]);
    let direction = find(&["方向", "属性", "指标属性", "direction", "性质", "指标方向"]);
    let unit = find(&["单位", "unit"]);
    let known = leaves(data);
    let mut rows = vec![vec![
        "index".to_owned(),
        String::new(),
        String::new(),
        String::new(),
        String::new(),
        String::new(),
    ]];
    let mut above: Vec<String> = vec![String::new(); levels.len()];
    for line in row + 1..sheet.rows.len() {
        let text = |column: usize| sheet.cell(line, column).text();
        if levels.iter().all(|column| text(*column).is_empty()) {
            continue;
        }
        let last = levels.len() - 1;
        for (depth, &column) in levels.iter().enumerate() {
            let name = text(column);
            if name.is_empty() {
                continue;
            }
            let parent = match depth {
                0 => "index".to_owned(),
                _ => above[depth - 1].clone(),
            };
            let leaf = depth == last;
            let code = match (leaf, known.iter().any(|(code, _)| *code == name)) {
                (true, true) | (false, false) => name.clone(),
                (true, false) => return None,
                // A node that is called as a leaf.
                (false, true) => format!("{name}·{}", depth + 1),
            };
            if !leaf && rows.iter().any(|row| row[0] == code) {
                above[depth] = code;
                continue;
            }
            let of_leaf =
                |column: Option<usize>| column.filter(|_| leaf).map(text).unwrap_or_default();
            let negative = |text: &str| {
                ["-", "−", "－", "-1", "负", "逆"].iter().any(|sign| text.starts_with(sign))
                    || text.contains("越小")
            };
            let way = of_leaf(direction);
            let share = of_leaf(weight);
            let share = match share.strip_suffix('%') {
                Some(points) => points.trim().parse().map(|x: f64| number(x)).unwrap_or_default(),
                None => share,
            };
            rows.push(vec![
                code.clone(),
                parent,
                name,
                share,
                if way.is_empty() {
                    way
                } else if negative(&way) {
                    "-1".into()
                } else {
                    "1".into()
                },
                of_leaf(unit),
            ]);
            above[depth] = code;
        }
    }
    if rows.len() == 1 {
        return None;
    }
    let weights = weigh(&mut rows);
    Some((csv(&["code", "parent", "name", "weight", "direction", "unit"], &rows), weights))
}

/// What the weights of a tree are.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Weights {
    /// Some leaf has none.
    Absent,
    /// Shares of the whole: a node has the sum of those below it.
    Whole,
    /// Shares among siblings: the nodes above have equal weights.
    Siblings,
}

/// Gives the nodes above the leaves their weights.
fn weigh(rows: &mut [Vec<String>]) -> Weights {
    let parents: Vec<String> = rows.iter().map(|row| row[1].clone()).collect();
    let is_leaf = |row: &Vec<String>| !parents.contains(&row[0]);
    let leaves: Vec<Option<f64>> =
        rows.iter().filter(|row| is_leaf(row)).map(|row| row[3].parse().ok()).collect();
    if leaves.iter().any(Option::is_none) {
        return Weights::Absent;
    }
    let all: Vec<f64> = leaves.into_iter().flatten().collect();
    let total = quanheng_core::number::sum(&all);
    let is_near = |whole: f64| (total - whole).abs() <= whole * 0.01;
    let whole = is_near(1.0) || is_near(100.0);
    // From the lowest level up: a parent stands above its children.
    for at in (1..rows.len()).rev() {
        if is_leaf(&rows[at]) {
            continue;
        }
        let code = rows[at][0].clone();
        let below = rows.iter().filter(|row| row[1] == code).filter_map(|row| row[3].parse().ok());
        let below: Vec<f64> = below.collect();
        let sum = quanheng_core::number::sum(&below);
        // The sum of decimals, without what binary numbers add to it.
        let sum = quanheng_core::number::round(sum, 10, quanheng_core::number::RoundMode::HalfUp);
        rows[at][3] = if whole { number(sum) } else { "1".to_owned() };
    }
    if whole { Weights::Whole } else { Weights::Siblings }
}
