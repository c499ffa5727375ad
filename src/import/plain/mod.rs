//! A spreadsheet or CSV file as people keep it: a table of regions, perhaps with a title above, a header of several rows,
//! units below it, notes at the end, and a tree of indicators in another sheet. The project that is made of it reads the
//! file where it lies.

mod table;
mod tree;

use indexmap::IndexMap;
use quanheng_words::{Text, text};

use super::sheets::{Book, Cell};
use super::text::{csv, list, quoted};
use super::{Draft, counted};
use crate::note::is_total;
use table::{Across, Table, is_year, table};
use tree::Weights;

/// The project of a plain table; `None` where no sheet has one.
pub(super) fn import(books: &[Book]) -> Option<Draft> {
    let sheets = books.iter().flat_map(|book| book.sheets.iter().map(move |sheet| (book, sheet)));
    let tables: Vec<(&Book, Table<'_>)> =
        sheets.filter_map(|(book, sheet)| Some((book, table(sheet)?))).collect();
    // The sheet with the most figures has the data.
    let size = |table: &Table<'_>| table.rows.len() * table.numbers.len();
    let mut best = 0;
    for at in 1..tables.len() {
        if size(&tables[at].1) > size(&tables[best].1) {
            best = at;
        }
    }
    let (book, data) = tables.get(best)?;
    let years = sheets_of_years(book, data, &tables);
    let all: Vec<&Table<'_>> = if years.is_empty() { vec![data] } else { years };
    let mut leaves = IndexMap::new();
    for (code, unit) in all.iter().flat_map(|table| table.leaves()) {
        leaves.entry(code).or_insert(unit);
    }

    let understood = understood(book, &all, leaves.len());
    let mut draft = Draft { understood, ..Draft::default() };
    let mut system = String::new();
    let drawn = books
        .iter()
        .flat_map(|book| book.sheets.iter().map(move |sheet| (book, sheet)))
        .filter(|(_, sheet)| !all.iter().any(|table| std::ptr::eq(*sheet, table.sheet)))
        .find_map(|(book, sheet)| Some((book, tree::tree(sheet, &leaves)?)));
    let fitting = drawn.as_ref().filter(|(_, tree)| tree.unknown.is_empty());
    let mut weights = Weights::Absent;
    if let Some((of, tree)) = fitting {
        weights = tree.weights;
        let mut keys = vec![format!("file = {}", quoted(&of.name))];
        if of.is_workbook {
            keys.push(format!("sheet = {}", quoted(&tree.sheet.name)));
            draft.understood.push(text!(
                import_tree_sheet,
                file = &of.name,
                sheet = &tree.sheet.name
            ));
        } else {
            draft.understood.push(text!(import_tree_file, file = &of.name));
        }
        if tree.head > 0 {
            keys.push(format!("header = {}", tree.head + 1));
        }
        system = format!("tree = {{ {} }}\n", keys.join(", "));
    }
    if let Weights::Siblings(_) = weights {
        draft.understood.push(text!(import_weights_siblings));
    }
    if system.is_empty() {
        system.push_str("tree = \"tree.csv\"\n");
        draft.files.push(("tree.csv".into(), tree::flat(&leaves)));
        match &drawn {
            Some((_, tree)) => {
                let unknown: Vec<Text> =
                    tree.unknown.iter().map(|name| Text::plain(format!("`{name}`"))).collect();
                draft.left.push(text!(import_tree_unknown, names = unknown));
            }
            None => draft.left.push(text!(import_flat_tree)),
        }
        draft.left.push(text!(import_directions));
    }
    draft.files.insert(0, ("quanheng.toml".into(), project(book, &all, &system, weights)));
    draft.files.push(("regions.csv".into(), region_table(&all)));
    Some(draft)
}

/// The sheets that have the same table for a year each; none where the names of the sheets are not years.
fn sheets_of_years<'t>(
    book: &Book,
    data: &'t Table<'t>,
    tables: &'t [(&Book, Table<'t>)],
) -> Vec<&'t Table<'t>> {
    let lies = |table: &Table<'_>| (table.heads.clone(), table.units, table.across);
    let is_alike = |table: &Table<'_>| {
        is_year(&table.sheet.name)
            && lies(table) == lies(data)
            && table.head(table.key) == data.head(data.key)
    };
    if data.period.is_some() || data.across == Across::Periods {
        return Vec::new();
    }
    let of_book = tables.iter().filter(|(of, _)| std::ptr::eq(*of, book));
    let alike: Vec<&Table<'_>> =
        of_book.map(|(_, table)| table).filter(|table| is_alike(table)).collect();
    if alike.len() > 1 { alike } else { Vec::new() }
}

/// What the user reads of the table before anything is written.
fn understood(book: &Book, all: &[&Table<'_>], leaves: usize) -> Vec<Text> {
    let data = all[0];
    let one = |what: Text, name: String| text!(import_one, what = what, name = name);
    let mut lines = vec![match book.is_workbook {
        true => {
            let names = all.iter().map(|table| Text::plain(&table.sheet.name)).collect::<Vec<_>>();
            text!(import_is_sheet, file = &book.name, sheet = names)
        }
        false => text!(import_is_table, file = &book.name),
    }];
    let heads = data.heads.iter().map(|row| Text::plain((row + 1).to_string()));
    lines.push(text!(import_head_rows, rows = heads.collect::<Vec<Text>>()));
    let key = data.head(data.key);
    match data.across {
        Across::Regions => {
            lines.push(one(text!(import_indicator_column), key));
            lines.push(text!(import_regions_across));
        }
        _ => lines.push(one(text!(import_region_column), key)),
    }
    lines.extend(data.name.map(|column| one(text!(import_name_column), data.head(column))));
    lines.extend(data.period.map(|column| one(text!(import_period_column), data.head(column))));
    match data.across {
        Across::Periods => lines.push(text!(import_years)),
        Across::IndicatorsOverPeriods => lines.push(text!(import_indicators_over_periods)),
        Across::PeriodsOverIndicators => lines.push(text!(import_periods_over_indicators)),
        Across::Indicators if all.len() > 1 => lines.push(text!(import_sheets_of_years)),
        _ => {}
    }
    lines.extend(data.units.map(|row| one(text!(import_units_row), (row + 1).to_string())));
    if data.last() + 1 < data.sheet.rows.len() {
        lines.push(text!(import_notes_below, row = data.last() + 2));
    }
    let states = states(all);
    if !states.is_empty() {
        let states: Vec<Text> =
            states.iter().map(|state| Text::plain(format!("\"{state}\""))).collect();
        lines.push(text!(import_states, states = states));
    }
    let totals: Vec<Text> = totals(all).into_iter().map(Text::plain).collect();
    if !totals.is_empty() {
        lines.push(text!(import_totals, names = totals));
    }
    lines.push(counted(text!(import_regions), regions(all).len()));
    lines.push(counted(text!(import_indicators), leaves));
    lines
}

/// The project file.
fn project(book: &Book, all: &[&Table<'_>], system: &str, weights: Weights) -> String {
    let data = all[0];
    let title = book.name.rsplit_once('.').map_or(book.name.as_str(), |(stem, _)| stem);
    let mut toml = format!(
        "[project]\ntitle = {}\nsource = {}\n\n[data]\nregions = \"regions.csv\"\n[data.values]\nfile = {}\n",
        quoted(title),
        quoted(&book.name),
        quoted(&book.name)
    );
    let mut key = |line: String| {
        toml.push_str(&line);
        toml.push('\n');
    };
    if book.is_workbook {
        let names: Vec<String> = all.iter().map(|table| table.sheet.name.clone()).collect();
        match names.as_slice() {
            [one] => key(format!("sheet = {}", quoted(one))),
            several => {
                key(format!("sheet = {}", list(several)));
                key("sheet_names = \"period\"".into());
            }
        }
    }
    let head = quoted(&data.head(data.key));
    key(match data.across {
        Across::Regions => format!("layout = \"regions_across\"\nindicator = {head}"),
        _ => format!("region = {head}"),
    });
    if let Some(column) = data.period {
        key(format!("period = {}", quoted(&data.head(column))));
    }
    lies(all).into_iter().for_each(&mut key);
    if data.across == Across::Periods {
        key("layout = \"periods_across\"\nconstant = { indicator = \"value\" }".into());
    }
    if data.across == Across::Regions && !data.texts.is_empty() {
        let used: Vec<usize> =
            [data.key].into_iter().chain(data.period).chain(data.numbers.iter().copied()).collect();
        let heads: Vec<String> = used.into_iter().map(|column| data.head(column)).collect();
        key(format!("columns = {}", list(&heads)));
    }
    if all.iter().any(|table| table.any_figure(|cell| cell.text().ends_with('%'))) {
        key("percent = \"points\"".into());
    }
    let has_comma = |cell: &Cell| matches!(cell, Cell::Text(text) if text.contains(','));
    if all.iter().any(|table| table.any_figure(has_comma)) {
        key("thousands = \",\"".into());
    }
    let states = states(all);
    if !states.is_empty() {
        let missing: Vec<String> = [String::new()].into_iter().chain(states).collect();
        key(format!("states = {{ missing = {} }}", list(&missing)));
    }
    toml.push_str("\n[system.index]\n");
    toml.push_str(system);
    toml.push_str("\n# Each line names one step; `quanheng methods` lists the others.\n[methodology.first]\nimputation = \"renormalise\"\ntreatment = \"none\"\nnormalisation = { method = \"min_max\", upper = 100, constant = \"leave_out\" }\n");
    toml.push_str(&match weights {
        Weights::Absent => "weighting = \"equal\"\n".to_owned(),
        Weights::Stated => "weighting = \"given\"\n".to_owned(),
        Weights::Siblings(levels) => format!(
            "weighting = {{ method = \"equal\", at = {{ level{} = \"given\" }} }}\n",
            levels - 1
        ),
    });
    toml.push_str("aggregation = \"arithmetic\"\nranking = { ties = \"competition\" }\n\n[methodology.entropy]\nextends = \"first\"\nweighting = { method = \"entropy\", across = \"leaves\" }\n");
    toml
}

/// The keys that say how the table lies in its file; none where the header stands in the first row and data alone follow.
fn lies(all: &[&Table<'_>]) -> Vec<String> {
    let data = all[0];
    let mut keys = Vec::new();
    let rows: Vec<String> = data.heads.iter().map(|row| (row + 1).to_string()).collect();
    match (data.across, rows.as_slice()) {
        (Across::IndicatorsOverPeriods, [first, second]) => {
            keys.push(format!("header = {{ indicator = {first}, period = {second} }}"));
        }
        (Across::PeriodsOverIndicators, [first, second]) => {
            keys.push(format!("header = {{ period = {first}, indicator = {second} }}"));
        }
        (_, [one]) if one == "1" => {}
        (_, [one]) => keys.push(format!("header = {one}")),
        (_, several) => keys.push(format!("header = [{}]", several.join(", "))),
    }
    keys.extend(data.units.map(|row| format!("units = {}", row + 1)));
    let mut skip: Vec<String> = Vec::new();
    if all.len() == 1 {
        let first = data.units.or(data.heads.last().copied()).map_or(0, |row| row + 1);
        let is_between = |row: &usize| !data.rows.contains(row) && data.begins(*row).is_some();
        skip.extend((first..data.last()).filter(is_between).map(|row| (row + 1).to_string()));
    }
    skip.extend(totals(all).iter().map(|name| quoted(name)));
    if !skip.is_empty() {
        keys.push(format!("skip = [{}]", skip.join(", ")));
    }
    let mut ends: Vec<String> = Vec::new();
    for table in all {
        let below = table.last() + 1..table.sheet.rows.len();
        ends.extend(below.filter_map(|row| table.begins(row)).next());
    }
    ends.dedup();
    match ends.as_slice() {
        [] => {}
        [one] => keys.push(format!("end = {}", quoted(one))),
        several => keys.push(format!("end = {}", list(several))),
    }
    keys
}

/// The signs for values that are absent.
fn states(all: &[&Table<'_>]) -> Vec<String> {
    let mut states = IndexMap::new();
    states.extend(all.iter().flat_map(|table| table.states()));
    states.into_keys().collect()
}

/// Rows that seem to be totals of the regions, by their names; they are skipped.
fn totals(all: &[&Table<'_>]) -> Vec<String> {
    let mut totals = IndexMap::new();
    for table in all.iter().filter(|table| table.across != Across::Regions) {
        for (_, row) in table.regions() {
            // A row is skipped by what it begins with.
            let name = table.begins(row).unwrap_or_default();
            if is_total(&name, &mut String::new()) {
                totals.insert(name, ());
            }
        }
    }
    totals.into_keys().collect()
}

fn regions<'t>(all: &[&'t Table<'t>]) -> IndexMap<String, (&'t Table<'t>, usize)> {
    let skipped = totals(all);
    let mut regions = IndexMap::new();
    for &table in all {
        for (code, at) in table.regions() {
            let is_skipped = table.across != Across::Regions
                && table.begins(at).is_some_and(|name| skipped.contains(&name));
            if !is_skipped {
                regions.entry(code).or_insert((table, at));
            }
        }
    }
    regions
}

fn region_table(all: &[&Table<'_>]) -> String {
    let data = all[0];
    let is_across = data.across == Across::Regions;
    let names: Vec<String> = match is_across {
        true => Vec::new(),
        false => data.texts.iter().map(|column| data.head(*column)).collect(),
    };
    let mut heads = vec!["code", "name"];
    heads.extend(names.iter().map(String::as_str));
    let row = |(code, (table, at)): (String, (&Table<'_>, usize))| -> Vec<String> {
        if is_across {
            return vec![code.clone(), code];
        }
        let text = |column: usize| table.sheet.cell(at, column).text();
        let name = text(table.name.unwrap_or(table.key));
        let texts = table.texts.iter().map(|column| text(*column));
        let mut row: Vec<String> = [code, name].into_iter().chain(texts).collect();
        row.resize(heads.len(), String::new());
        row
    };
    let rows: Vec<Vec<String>> = regions(all).into_iter().map(row).collect();
    csv(&heads, &rows)
}
