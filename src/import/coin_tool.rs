//! The COIN Tool of the Joint Research Centre: the sheets `Database` and `Framework` of its workbook.

use indexmap::{IndexMap, IndexSet};
use quanheng_words::text;

use super::sheets::{Book, Sheet};
use super::text::{csv, number, quoted};
use super::{Draft, counted};

/// The sheet `Database` from its row 7 on, counted from 0: goalposts, directions and weights of the indicators in
/// columns from E on, then the codes of their aggregates and their own names and codes, then a row for each unit.
mod at {
    pub(super) const WEIGHT: usize = 6;
    pub(super) const DIRECTION: usize = 7;
    pub(super) const GOOD: usize = 9;
    pub(super) const BAD: usize = 8;
    /// The index, the sub-index, the pillar and the sub-pillar.
    pub(super) const LEVELS: std::ops::RangeInclusive<usize> = 10..=13;
    pub(super) const NAME: usize = 14;
    pub(super) const CODE: usize = 15;
    pub(super) const FIRST_UNIT: usize = 16;
    pub(super) const LAST_UNIT: usize = 314;
    pub(super) const UNIT_NAME: usize = 1;
    pub(super) const UNIT_CODE: usize = 2;
    pub(super) const FIRST: usize = 4;
    pub(super) const LAST: usize = 102;
}

/// The project of a workbook of the COIN Tool; `None` where the files are none.
pub(super) fn import(books: &[Book]) -> Option<Draft> {
    let book = books.iter().find(|book| {
        book.sheet("Framework").is_some()
            && book.sheet("Database").is_some_and(|sheet| sheet.rows.len() > at::FIRST_UNIT)
    })?;
    let (data, framework) = (book.sheet("Database")?, book.sheet("Framework")?);
    let columns: Vec<usize> = (at::FIRST..=at::LAST)
        .filter(|column| {
            let rows = at::FIRST_UNIT..=at::LAST_UNIT;
            !data.cell(at::CODE, *column).is_empty()
                && rows.into_iter().any(|row| data.cell(row, *column).number().is_some())
        })
        .collect();
    if columns.is_empty() {
        return None;
    }
    let units: Vec<usize> = (at::FIRST_UNIT..=at::LAST_UNIT)
        .filter(|row| columns.iter().any(|column| data.cell(*row, *column).number().is_some()))
        .collect();
    let mut draft = Draft::default();
    draft.understood.push(text!(import_is_coin_tool));
    draft.understood.push(counted(text!(import_regions), units.len()));
    draft.understood.push(counted(text!(import_indicators), columns.len()));
    draft.left.push(text!(import_coin_tool_steps));

    let (tree, root) = tree(data, framework, &columns);
    let code = |column: usize| data.cell(at::CODE, column).text();
    let unit = |row: usize| {
        let (code, name) =
            (data.cell(row, at::UNIT_CODE).text(), data.cell(row, at::UNIT_NAME).text());
        if code.is_empty() { (name.clone(), name) } else { (code, name) }
    };
    let regions: Vec<Vec<String>> = units
        .iter()
        .map(|row| {
            let (code, name) = unit(*row);
            vec![code, name]
        })
        .collect();
    let codes: Vec<String> = columns.iter().map(|column| code(*column)).collect();
    let mut heads = vec!["region"];
    heads.extend(codes.iter().map(String::as_str));
    let values: Vec<Vec<String>> = units
        .iter()
        .map(|row| {
            let cells = columns
                .iter()
                .map(|column| data.cell(*row, *column).number().map(number).unwrap_or_default());
            std::iter::once(unit(*row).0).chain(cells).collect()
        })
        .collect();
    let toml = format!(
        "[project]\ntitle = {}\nsource = {}\nmethodology = \"coin_tool\"\n\n[data]\nregions = \"regions.csv\"\nvalues = \"values.csv\"\n\n[system.index]\ntree = \"tree.csv\"\n\n[methodology.coin_tool]\nimputation = \"renormalise\"\ntreatment = \"none\"\nnormalisation = {{ method = \"min_max\", upper = 100 }}\nweighting = \"given\"\naggregation = \"arithmetic\"\nranking = {{ ties = \"competition\", on = \"full\" }}\n",
        quoted(&root),
        quoted(&book.name),
    );
    draft.files = vec![
        ("quanheng.toml".into(), toml),
        ("regions.csv".into(), csv(&["code", "name"], &regions)),
        ("values.csv".into(), csv(&heads, &values)),
        ("tree.csv".into(), tree),
    ];
    Some(draft)
}

/// The tree, and the name of its root. A level on which every indicator has the same code is not used, but for the
/// index.
fn tree(data: &Sheet, framework: &Sheet, columns: &[usize]) -> (String, String) {
    // Code, name and weight of aggregates: the columns C (code), E (weight) and H (name) of `Framework`.
    let mut known: IndexMap<String, (String, Option<f64>)> = IndexMap::new();
    for row in 0..framework.rows.len() {
        let code = framework.cell(row, 2).text();
        if !code.is_empty() && code != "--" {
            let name = framework.cell(row, 7).text();
            known.entry(code).or_insert((name, framework.cell(row, 4).number()));
        }
    }
    let levels: Vec<usize> = at::LEVELS
        .filter(|row| {
            let codes: IndexSet<String> =
                columns.iter().map(|column| data.cell(*row, *column).text()).collect();
            *row == *at::LEVELS.start() || codes.len() > 1
        })
        .collect();
    let mut nodes: IndexMap<String, Vec<String>> = IndexMap::new();
    let mut leaves = Vec::new();
    for &column in columns {
        let mut above = String::new();
        for &row in &levels {
            let code = data.cell(row, column).text();
            if code.is_empty() || code == "--" {
                continue;
            }
            let (name, weight) = known.get(&code).cloned().unwrap_or_default();
            let weight = weight.filter(|_| !above.is_empty()).map(number).unwrap_or_default();
            nodes.entry(code.clone()).or_insert(vec![
                code.clone(),
                above,
                name,
                weight,
                "".into(),
                "".into(),
                "".into(),
            ]);
            above = code;
        }
        let cell = |row: usize| data.cell(row, column);
        let negative = cell(at::DIRECTION).number().is_some_and(|x| x < 0.0);
        let posts = [cell(at::BAD).number(), cell(at::GOOD).number()];
        let posts = match posts {
            [Some(lower), Some(upper)] if lower != upper => match negative {
                true => [number(upper), number(lower)],
                false => [number(lower), number(upper)],
            },
            _ => [String::new(), String::new()],
        };
        let [bad, good] = posts;
        leaves.push(vec![
            cell(at::CODE).text(),
            above,
            cell(at::NAME).text(),
            cell(at::WEIGHT).number().map(number).unwrap_or_default(),
            if negative { "-1" } else { "1" }.into(),
            bad,
            good,
        ]);
    }
    let root = nodes.values().next().map(|node| node[2].clone()).unwrap_or_default();
    let rows: Vec<Vec<String>> = nodes.into_values().chain(leaves).collect();
    (csv(&["code", "parent", "name", "weight", "direction", "bad", "good"], &rows), root)
}
