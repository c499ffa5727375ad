//! Typed tables: the regions, and the values of the indicators that are asked for.

use std::collections::{HashMap, HashSet};

use indexmap::{IndexMap, IndexSet};
use quanheng_core::model::{Column, Names, PeriodIx, Region, RegionIx, State, name_column};

use super::file::{Cell, Findings, Format, Input, Record, Short, Spot, TableFile};
use super::grid::{Grid, no_column};
use super::number::Notation;
use super::period::Periods;
use crate::problem::{DataFault, Fault, Place, Problem, UnknownRegion, closest};

/// Reads every table of values into one: a row a region and period, a column an asked-for indicator. What is wrong is
/// added to `problems`; a file with problems does not keep the others from being read.
pub fn read_values(
    files: &[ValueFile],
    regions: &mut Regions,
    wanted: &[String],
    problems: &mut Vec<Problem>,
) -> Values {
    let mut opened = Vec::new();
    for file in files {
        match TableFile::open(&file.input, &file.format) {
            Ok(table) => {
                if let Some(roles) = Roles::find(&table, &file.columns, wanted, problems) {
                    opened.push((table, roles, &file.notation));
                }
            }
            Err(new) => problems.extend(new),
        }
    }
    let dated = opened
        .iter()
        .find_map(|(table, roles, _)| roles.period.map(|column| table.header()[column].clone()));
    let mut building = Building::new(regions, wanted);
    for (table, roles, notation) in opened {
        if let (Some(name), None) = (&dated, roles.period) {
            let fault = DataFault::NoPeriodHere { name: name.clone() };
            problems.push(table.input().problem(fault));
            continue;
        }
        building.read(table, &roles, notation, problems);
    }
    building.finish()
}

/// A column of a table that is not one of values.
#[derive(Clone, Copy, Debug)]
pub struct FileColumn {
    /// Its head.
    pub name: &'static str,
    /// What stands in it.
    pub doc: &'static str,
    /// Whether it must be there.
    pub needed: bool,
}

const CODE: FileColumn = FileColumn {
    name: "code",
    doc: "The code of the region, exactly as written: leading zeros are kept.",
    needed: true,
};

/// The columns of the table of regions; any other is an attribute.
pub const REGION_COLUMNS: [FileColumn; 2] = [
    CODE,
    FileColumn {
        name: "name",
        doc: "Its name; `name_zh`, `name_en` and so on are its names in these languages.",
        needed: false,
    },
];

/// Reads the table of regions: `code`, names by language, and attributes.
pub fn read_regions(
    input: &Input,
    format: &Format,
    problems: &mut Vec<Problem>,
) -> Option<Regions> {
    let grid = Grid::read(input, format, problems)?;
    let code = grid.need(CODE.name, CODE.name, problems)?;
    let mut regions = Regions::default();
    let mut rows: Vec<usize> = Vec::new();
    for row in 0..grid.rows() {
        let mut region = Region { code: grid.text(row, code).to_string(), ..Region::default() };
        if region.code.is_empty() {
            let fault = DataFault::Blank { column: CODE.name.into() };
            problems
                .push(Problem { fault: Fault::Data(fault), places: vec![grid.place(row, code)] });
            continue;
        }
        for (column, head) in grid.header().iter().enumerate() {
            let text = grid.text(row, column);
            match name_column(head) {
                _ if column == code => {}
                Some(_) if text.is_empty() => {}
                Some(language) => region.names.insert(language, text),
                None => {
                    region.attributes.insert(head.clone(), text.to_string());
                }
            }
        }
        match regions.insert(region) {
            Ok(()) => rows.push(row),
            Err(first) => problems.push(Problem {
                fault: Fault::Data(DataFault::RepeatedRegion { code: grid.text(row, code).into() }),
                places: vec![grid.place(row, code), grid.place(rows[first], code)],
            }),
        }
    }
    Some(regions)
}

/// The regions, each code once.
#[derive(Clone, Debug, Default)]
pub struct Regions {
    list: Vec<Region>,
    by_code: HashMap<String, u32>,
    open: bool,
}

impl Regions {
    /// No regions yet: every code met in the values becomes one. For a project without a table of regions.
    pub fn open() -> Self {
        Regions { open: true, ..Regions::default() }
    }

    /// The regions, in stated order.
    pub fn list(&self) -> &[Region] {
        &self.list
    }

    /// The region of this code.
    pub fn find(&self, code: &str) -> Option<RegionIx> {
        self.by_code.get(code).map(|i| RegionIx(*i))
    }

    /// Puts the regions into the order of their codes and renumbers rows that were read with the old order, so that the
    /// order of the files cannot affect anything that iterates over the regions.
    pub fn sort(&mut self, rows: &mut [(RegionIx, PeriodIx)]) {
        let mut from: Vec<usize> = (0..self.list.len()).collect();
        quanheng_core::number::sort_by(&mut from, &|a, b| {
            self.list[a].code.cmp(&self.list[b].code)
        });
        let mut new = vec![0u32; from.len()];
        for (place, &old) in from.iter().enumerate() {
            new[old] = place as u32;
        }
        let mut list: Vec<Option<Region>> =
            std::mem::take(&mut self.list).into_iter().map(Some).collect();
        self.list = from.iter().filter_map(|&old| list[old].take()).collect();
        self.by_code.values_mut().for_each(|place| *place = new[*place as usize]);
        rows.iter_mut().for_each(|(region, _)| *region = RegionIx(new[region.0 as usize]));
    }

    /// Adds a region, or says which one has its code already.
    fn insert(&mut self, region: Region) -> Result<(), usize> {
        if let Some(first) = self.by_code.get(&region.code) {
            return Err(*first as usize);
        }
        self.by_code.insert(region.code.clone(), self.list.len() as u32);
        self.list.push(region);
        Ok(())
    }

    /// The code that was probably meant.
    fn near(&self, text: &str) -> Option<String> {
        let bare = |code: &str| code.trim_start_matches('0').trim_end_matches(".0").to_lowercase();
        let by_name = |r: &&Region| r.names.iter().any(|(_, name)| name == text);
        let same = |r: &&Region| !bare(text).is_empty() && bare(&r.code) == bare(text);
        let found = self.list.iter().find(by_name).or_else(|| self.list.iter().find(same));
        found.map(|r| r.code.clone()).or_else(|| {
            // Codes of digits differ by one digit all the time; a slip is likely only where letters are in it.
            let letters = text.chars().any(char::is_alphabetic);
            (letters && self.list.len() < 100_000)
                .then(|| closest(text, self.list.iter().map(|r| r.code.as_str())))
                .flatten()
                .map(str::to_owned)
        })
    }
}

/// A table of values and how to read it.
#[derive(Clone, Debug)]
pub struct ValueFile {
    /// The file.
    pub input: Input,
    /// Its form.
    pub format: Format,
    /// Its columns.
    pub columns: Columns,
    /// How it writes numbers.
    pub notation: Notation,
}

/// The names of the columns of a table of values.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Columns {
    /// The layout; found from the header where not stated.
    pub layout: Option<Layout>,
    /// The column of regions; `region` unless stated.
    pub region: Option<String>,
    /// The column of periods; `period` unless stated, and then it may be absent.
    pub period: Option<String>,
    /// The column of indicators of a long table; `indicator` unless stated.
    pub indicator: Option<String>,
    /// The column of values of a long table; `value` unless stated.
    pub value: Option<String>,
}

quanheng_core::method::choice! {
    /// How a table of values is laid out.
    pub enum Layout {
        /// A column an indicator.
        Wide = "wide",
        /// A row a value.
        Long = "long",
    }
}

/// Which column of a file is what.
struct Roles {
    region: usize,
    period: Option<usize>,
    body: Body,
}

enum Body {
    /// For each asked-for indicator, its column.
    Wide(Vec<Option<usize>>),
    Long {
        indicator: usize,
        value: usize,
    },
}

impl Roles {
    fn find(
        table: &TableFile,
        columns: &Columns,
        wanted: &[String],
        problems: &mut Vec<Problem>,
    ) -> Option<Roles> {
        let mut need = |stated: &Option<String>, role: &'static str| {
            let name = stated.as_deref().unwrap_or(role);
            let column = table.column(name);
            if column.is_none() {
                problems.push(no_column(table, name, role));
            }
            column
        };
        let has = |stated: &Option<String>, role: &str| {
            table.column(stated.as_deref().unwrap_or(role)).is_some()
        };
        let long = match columns.layout {
            Some(layout) => layout == Layout::Long,
            None => has(&columns.indicator, "indicator") && has(&columns.value, "value"),
        };
        let region = need(&columns.region, "region");
        let period = match &columns.period {
            Some(_) => Some(need(&columns.period, "period")?),
            None => table.column("period"),
        };
        let body = if long {
            let indicator = need(&columns.indicator, "indicator");
            let value = need(&columns.value, "value");
            Body::Long { indicator: indicator?, value: value? }
        } else {
            Body::Wide(wanted.iter().map(|name| table.column(name)).collect())
        };
        Some(Roles { region: region?, period, body })
    }

    fn columns(&self) -> Vec<usize> {
        let mut columns = vec![self.region];
        columns.extend(self.period);
        match &self.body {
            Body::Wide(indicators) => columns.extend(indicators.iter().flatten()),
            Body::Long { indicator, value } => columns.extend([*indicator, *value]),
        }
        columns
    }
}

/// The values of all files.
#[derive(Debug)]
pub struct Values {
    /// The region and the period of each row, in the order in which they were met.
    pub rows: Vec<(RegionIx, PeriodIx)>,
    /// The periods, ascending.
    pub periods: Periods,
    /// A column for each indicator that was asked for, in that order; wholly missing where no file has it.
    pub columns: Vec<Column>,
    /// The asked-for indicators that no file has, by position.
    pub absent: Vec<usize>,
    parts: Vec<Part>,
}

impl Values {
    /// Adds a row of missing cells for each of these regions in each period for which the data have none, and says for each
    /// row whether it was added; nothing where none was.
    pub fn add_unreported(&mut self, regions: impl Iterator<Item = RegionIx>) -> Vec<bool> {
        let there: HashSet<(u32, u32)> = self.rows.iter().map(|(r, p)| (r.0, p.0)).collect();
        let read = self.rows.len();
        let periods = self.periods.labels().len() as u32;
        for region in regions {
            let lacking = (0..periods).filter(|period| !there.contains(&(region.0, *period)));
            self.rows.extend(lacking.map(|period| (region, PeriodIx(period))));
        }
        let rows = self.rows.len();
        if read == rows || read == 0 {
            self.rows.truncate(read);
            return Vec::new();
        }
        for column in &mut self.columns {
            let states = (0..rows).map(|row| match row < read {
                true => column.state(row),
                false => State::Missing,
            });
            let states = states.collect();
            let mut values = column.values().to_vec();
            values.resize(rows, f64::NAN);
            *column = Column::with_states(values, states);
        }
        (0..rows).map(|row| row >= read).collect()
    }

    /// Where the value in a row and column was read, and what its cell shows; none where no file has such a cell.
    pub fn raw(&self, row: usize, column: usize) -> Option<(Place, String)> {
        // An empty cell in one file does not hide a value in another.
        let is_value = self.columns[column].state(row) != State::Missing;
        let mut found = None;
        for part in &self.parts {
            let Some(spot) = part.spot(row, column) else { continue };
            let (place, shows) = part.table.place(spot);
            if !is_value || !shows.trim().is_empty() {
                return Some((place, shows));
            }
            found = Some((place, shows));
        }
        found
    }

    /// Every column name of every file, in the order of the files.
    pub fn headers(&self) -> Vec<String> {
        let names: IndexSet<&String> = self.parts.iter().flat_map(|p| p.table.header()).collect();
        names.into_iter().cloned().collect()
    }
}

/// One file's share of the values, and the way back to its cells.
#[derive(Debug)]
struct Part {
    table: TableFile,
    origin: Origin,
}

#[derive(Debug)]
enum Origin {
    /// The record of each row, and the column of each indicator.
    Wide { records: Vec<u32>, columns: Vec<Option<usize>> },
    /// The record of each indicator's cell in each row, and the column of values.
    Long { records: Vec<Vec<u32>>, value: usize },
}

/// No record.
const NONE: u32 = u32::MAX;

impl Part {
    fn spot(&self, row: usize, column: usize) -> Option<Spot> {
        self.origin.spot(row, column)
    }
}

impl Origin {
    fn spot(&self, row: usize, column: usize) -> Option<Spot> {
        let (record, column) = match self {
            Origin::Wide { records, columns } => (records.get(row), columns[column]?),
            Origin::Long { records, value } => (records[column].get(row), *value),
        };
        record.filter(|r| **r != NONE).map(|r| Spot { record: Some(*r), column })
    }
}

/// Puts `record` at `row`, or gives the record that is there.
fn claim(records: &mut Vec<u32>, row: usize, record: u32) -> Result<(), u32> {
    if records.len() <= row {
        records.resize(row + 1, NONE);
    }
    match records[row] {
        NONE => {
            records[row] = record;
            Ok(())
        }
        first => Err(first),
    }
}

/// The table while its files are read.
struct Building<'a> {
    regions: &'a mut Regions,
    wanted: &'a [String],
    positions: HashMap<&'a str, usize>,
    labels: IndexSet<String>,
    rows: IndexSet<(u32, u32)>,
    values: Vec<Vec<f64>>,
    /// The cells that are absent in another way than missing.
    states: Vec<IndexMap<usize, State>>,
    met: Vec<bool>,
    parts: Vec<Part>,
}

impl<'a> Building<'a> {
    fn new(regions: &'a mut Regions, wanted: &'a [String]) -> Self {
        Building {
            regions,
            wanted,
            positions: wanted.iter().enumerate().map(|(i, name)| (name.as_str(), i)).collect(),
            labels: IndexSet::new(),
            rows: IndexSet::new(),
            values: vec![Vec::new(); wanted.len()],
            states: vec![IndexMap::new(); wanted.len()],
            met: vec![false; wanted.len()],
            parts: Vec::new(),
        }
    }

    fn read(
        &mut self,
        mut table: TableFile,
        roles: &Roles,
        notation: &Notation,
        problems: &mut Vec<Problem>,
    ) {
        let mut reading = Reading {
            header: table.header().to_vec(),
            roles,
            notation,
            origin: match &roles.body {
                Body::Wide(columns) => {
                    for (met, column) in self.met.iter_mut().zip(columns) {
                        *met |= column.is_some();
                    }
                    Origin::Wide { records: Vec::new(), columns: columns.clone() }
                }
                Body::Long { value, .. } => {
                    Origin::Long { records: vec![Vec::new(); self.wanted.len()], value: *value }
                }
            },
            findings: Findings::default(),
            unknown: IndexMap::new(),
            unknown_rows: 0,
        };
        let wrong = table.records(&roles.columns(), Short::Refused, |number, record| {
            reading.record(self, number, record);
        });
        problems.extend(wrong);
        let Reading { origin, findings, unknown, unknown_rows, .. } = reading;
        problems.extend(findings.finish(&table));
        if !unknown.is_empty() {
            let shown = || unknown.iter().take(super::file::SHOWN);
            let codes = shown()
                .map(|(code, _)| UnknownRegion {
                    code: code.clone(),
                    near: self.regions.near(code),
                })
                .collect();
            problems.push(Problem {
                fault: Fault::Data(DataFault::UnknownRegions {
                    codes,
                    count: unknown.len(),
                    rows: unknown_rows,
                }),
                places: shown().map(|(_, spot)| table.place(*spot).0).collect(),
            });
        }
        self.parts.push(Part { table, origin });
    }

    fn region(&mut self, code: &str) -> Option<u32> {
        let found = self.regions.by_code.get(code).copied();
        if found.is_some() || !self.regions.open {
            return found;
        }
        let region =
            Region { code: code.to_string(), names: Names::default(), ..Region::default() };
        let _ = self.regions.insert(region);
        self.regions.by_code.get(code).copied()
    }

    fn finish(self) -> Values {
        let (periods, order) = Periods::new(self.labels.into_iter().collect());
        let count = self.rows.len();
        let rows = self
            .rows
            .iter()
            .map(|(region, label)| (RegionIx(*region), order[*label as usize]))
            .collect();
        let mut columns = Vec::with_capacity(self.values.len());
        for (mut values, states) in self.values.into_iter().zip(self.states) {
            values.resize(count, f64::NAN);
            values.shrink_to_fit();
            columns.push(if states.is_empty() {
                Column::new(values)
            } else {
                let mut all = vec![State::Value; count];
                for (row, state) in states {
                    all[row] = state;
                }
                Column::with_states(values, all)
            });
        }
        let absent = (0..self.met.len()).filter(|i| !self.met[*i]).collect();
        Values { rows, periods, columns, absent, parts: self.parts }
    }
}

/// What is known while one file is read.
struct Reading<'a> {
    header: Vec<String>,
    roles: &'a Roles,
    notation: &'a Notation,
    origin: Origin,
    findings: Findings,
    /// Each unknown code with the place where it was first met.
    unknown: IndexMap<String, Spot>,
    unknown_rows: usize,
}

impl Reading<'_> {
    fn record(&mut self, table: &mut Building<'_>, number: u32, record: &dyn Record) {
        let roles = self.roles;
        match &roles.body {
            Body::Wide(columns) => {
                let Some(row) = self.row(table, number, record) else { return };
                let Origin::Wide { records, .. } = &mut self.origin else { return };
                if let Err(first) = claim(records, row, number) {
                    let (region, period) = key(table, row);
                    let spot = |record| Spot { record: Some(record), column: roles.region };
                    self.findings.add(
                        DataFault::RepeatedRow { region, period },
                        vec![spot(number), spot(first)],
                    );
                    return;
                }
                for (indicator, column) in columns.iter().enumerate() {
                    if let Some(column) = *column {
                        let spot = Spot { record: Some(number), column };
                        self.cell(table, row, indicator, spot, record.cell(column));
                    }
                }
            }
            Body::Long { indicator: column, value } => {
                let spot = Spot { record: Some(number), column: *column };
                let position = with_text(record.cell(*column), |name| match name {
                    "" => Err(()),
                    _ => Ok(table.positions.get(name).copied()),
                });
                let indicator = match position {
                    Ok(Some(indicator)) => indicator,
                    Ok(None) => return,
                    Err(()) => {
                        let column = self.header[*column].clone();
                        return self.findings.add(DataFault::Blank { column }, vec![spot]);
                    }
                };
                table.met[indicator] = true;
                let Some(row) = self.row(table, number, record) else { return };
                let Origin::Long { records, .. } = &mut self.origin else { return };
                let spot = |record| Spot { record: Some(record), column: *value };
                if let Err(first) = claim(&mut records[indicator], row, number) {
                    let (region, period) = key(table, row);
                    let indicator = table.wanted[indicator].clone();
                    let fault = DataFault::RepeatedCell { region, period, indicator };
                    return self.findings.add(fault, vec![spot(number), spot(first)]);
                }
                self.cell(table, row, indicator, spot(number), record.cell(*value));
            }
        }
    }

    /// The row of the record's region and period; none where one of them is blank or unknown.
    fn row(&mut self, table: &mut Building<'_>, number: u32, record: &dyn Record) -> Option<usize> {
        let mut blank = |column: usize, header: &[String]| {
            let fault = DataFault::Blank { column: header[column].clone() };
            self.findings.add(fault, vec![Spot { record: Some(number), column }]);
        };
        let column = self.roles.region;
        let region = with_text(record.cell(column), |code| {
            if code.is_empty() {
                blank(column, &self.header);
                return None;
            }
            let region = table.region(code);
            if region.is_none() {
                self.unknown_rows += 1;
                if !self.unknown.contains_key(code) {
                    let spot = Spot { record: Some(number), column };
                    self.unknown.insert(code.to_string(), spot);
                }
            }
            region
        })?;
        let period = match self.roles.period {
            None => label(&mut table.labels, ""),
            Some(column) => with_text(record.cell(column), |text| {
                if text.is_empty() {
                    blank(column, &self.header);
                    return None;
                }
                Some(label(&mut table.labels, text))
            })?,
        };
        Some(table.rows.insert_full((region, period)).0)
    }

    fn cell(
        &mut self,
        table: &mut Building<'_>,
        row: usize,
        indicator: usize,
        spot: Spot,
        cell: Cell<'_>,
    ) {
        let (value, state) = match self.notation.cell(cell) {
            Ok(read) => read,
            Err(why) => {
                let (region, period) = key(table, row);
                let mut shows = cell.shows().trim().to_string();
                if shows.chars().count() > 60 {
                    shows = shows.chars().take(59).chain(['…']).collect();
                }
                let indicator = table.wanted[indicator].clone();
                let fault = DataFault::NotANumber { indicator, region, period, shows, why };
                return self.findings.add(fault, vec![spot]);
            }
        };
        if state == State::Missing {
            return;
        }
        let values = &mut table.values[indicator];
        if values.len() <= row {
            values.resize(row + 1, f64::NAN);
        }
        // Within a file a second cell was refused before: what is here already came from another one.
        let taken = !values[row].is_nan() || table.states[indicator].contains_key(&row);
        if taken {
            let (region, period) = key(table, row);
            let fault = DataFault::RepeatedCell {
                region,
                period,
                indicator: table.wanted[indicator].clone(),
            };
            let parts = &table.parts;
            return self.findings.add_with(fault, vec![spot], || {
                parts.iter().find_map(|p| p.spot(row, indicator).map(|s| p.table.place(s).0))
            });
        }
        values[row] = value;
        if state != State::Value {
            table.states[indicator].insert(row, state);
        }
    }
}

/// Calls `with` on what the cell shows, without the blanks around it.
fn with_text<T>(cell: Cell<'_>, with: impl FnOnce(&str) -> T) -> T {
    match cell {
        Cell::Text(text) => with(text.trim()),
        other => with(&other.shows()),
    }
}

fn label(labels: &mut IndexSet<String>, text: &str) -> u32 {
    match labels.get_index_of(text) {
        Some(at) => at as u32,
        None => labels.insert_full(text.to_string()).0 as u32,
    }
}

fn key(table: &Building<'_>, row: usize) -> (String, String) {
    let (region, period) = table.rows[row];
    (table.regions.list[region as usize].code.clone(), table.labels[period as usize].clone())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::problem::Unread;

    const REGIONS: &str =
        "code,name,name_en,level\n01,北京,Beijing,city\n02,天津,Tianjin,city\n03,河北,,province\n";

    fn regions() -> Regions {
        let mut problems = Vec::new();
        let input = Input::memory("regions.csv", REGIONS.as_bytes());
        let regions = read_regions(&input, &Format::default(), &mut problems).unwrap();
        assert_eq!(problems, []);
        regions
    }

    fn file(name: &str, bytes: impl AsRef<[u8]>) -> ValueFile {
        ValueFile {
            input: Input::memory(name, bytes.as_ref()),
            format: Format::default(),
            columns: Columns::default(),
            notation: Notation::default(),
        }
    }

    fn read(files: &[ValueFile], wanted: &[&str]) -> (Values, Vec<DataFault>) {
        let wanted: Vec<String> = wanted.iter().map(|w| w.to_string()).collect();
        let mut problems = Vec::new();
        let values = read_values(files, &mut regions(), &wanted, &mut problems);
        let faults = problems
            .into_iter()
            .map(|p| match p.fault {
                Fault::Data(fault) => fault,
                other => panic!("{other:?}"),
            })
            .collect();
        (values, faults)
    }

    /// Region, period, values: one line a row.
    fn shown(values: &Values) -> String {
        let regions = regions();
        let mut lines = Vec::new();
        for (row, (region, period)) in values.rows.iter().enumerate() {
            let mut line = format!(
                "{} {}",
                regions.list()[region.0 as usize].code,
                values.periods.labels()[period.0 as usize]
            );
            for column in &values.columns {
                match column.state(row) {
                    State::Value => line.push_str(&format!(" {}", column.values()[row])),
                    state => line.push_str(&format!(" {state:?}")),
                }
            }
            lines.push(line);
        }
        lines.join("\n")
    }

    #[test]
    fn regions_keep_zeros_names_and_attributes() {
        let regions = regions();
        let first = &regions.list()[0];
        assert_eq!(
            (first.code.as_str(), first.name("en"), first.name("zh")),
            ("01", "Beijing", "北京")
        );
        assert_eq!(regions.list()[2].name("en"), "河北");
        assert_eq!(first.attributes["level"], "city");
        assert_eq!(regions.find("03"), Some(RegionIx(2)));
        let mut problems = Vec::new();
        let input = Input::memory("r.csv", "code\n1\n2\n1\n".as_bytes());
        let regions = read_regions(&input, &Format::default(), &mut problems).unwrap();
        assert_eq!(regions.list().len(), 2);
        assert_eq!(problems.len(), 1);
        assert_eq!(problems[0].fault, Fault::Data(DataFault::RepeatedRegion { code: "1".into() }));
        let Place::Text { source, span } = &problems[0].places[0] else { panic!() };
        assert_eq!((span.clone(), &source.text[span.clone()]), (9..10, "1"));
    }

    #[test]
    fn wide_and_long_tables_are_merged() {
        let wide =
            "region,period,note,a\r\n01,2020,x,1\r\n02,2020,\"y\r\nz\",2\r\n01,2019,,\r\n\r\n";
        let long = "region,period,indicator,value\n01,2020,b,3\n03,2019,b,4\n01,2019,a,5\n01,2019,c,oops\n";
        let (values, faults) = read(&[file("w.csv", wide), file("l.csv", long)], &["a", "b", "d"]);
        assert_eq!(faults, []);
        assert_eq!(
            shown(&values),
            "01 2020 1 3 Missing\n02 2020 2 Missing Missing\n01 2019 5 Missing Missing\n03 2019 Missing 4 Missing"
        );
        assert_eq!(values.absent, [2]);
        assert_eq!(values.periods.labels(), ["2019", "2020"]);
        let (place, shows) = values.raw(1, 0).unwrap();
        let Place::Text { source, span } = place else { panic!() };
        assert_eq!((source.name.as_str(), &source.text[span], shows.as_str()), ("w.csv", "2", "2"));
        assert_eq!(values.raw(2, 0).unwrap().1, "5");
        assert_eq!(values.raw(2, 2), None);
        assert_eq!(values.headers(), ["region", "period", "note", "a", "indicator", "value"]);
    }

    #[test]
    fn other_files_of_the_world() {
        let expected = "01  1.5 Missing\n02  2 3.25";
        let plain = "region;甲;乙\n01;1,5;\n02;2;3,25\n";
        let mut german = file("g.csv", plain);
        german.notation.decimal = ',';
        let mut gb = file("gb.csv", encoding_rs::GB18030.encode(plain).0);
        gb.notation.decimal = ',';
        let mut tabs =
            file("t.tsv", plain.replace(';', "\t").replace("1,5", "１．５").replace(',', "."));
        tabs.notation.decimal = '.';
        for one in [german, gb, tabs] {
            let (values, faults) = read(&[one], &["甲", "乙"]);
            assert_eq!(faults, []);
            assert_eq!(shown(&values), expected);
        }
    }

    #[test]
    fn every_problem_is_told() {
        let text = "region,a,b\n01,\"1,234\",12%\n1,5,5\n天津,5,5\n09,5,5\n,1,1\n01,7,7\n02,1\n03,#N/A,x\n,,\n";
        let (values, faults) = read(&[file("v.csv", text)], &["a", "b"]);
        assert_eq!(shown(&values), "01  Missing Missing\n03  Missing Missing");
        let number = |indicator: &str, region: &str, shows: &str, why| DataFault::NotANumber {
            indicator: indicator.into(),
            region: region.into(),
            period: String::new(),
            shows: shows.into(),
            why,
        };
        let unknown = |code: &str, near: Option<&str>| UnknownRegion {
            code: code.into(),
            near: near.map(str::to_string),
        };
        assert_eq!(
            faults,
            [
                DataFault::Ragged { expected: 3, found: 2, lines: 1 },
                number(
                    "a",
                    "01",
                    "1,234",
                    Unread::Separator { mark: ',', thousands: true, decimal: true }
                ),
                number("b", "01", "12%", Unread::Percent),
                DataFault::Blank { column: "region".into() },
                DataFault::RepeatedRow { region: "01".into(), period: String::new() },
                number("a", "03", "#N/A", Unread::Spreadsheet),
                number("b", "03", "x", Unread::Text),
                DataFault::UnknownRegions {
                    codes: vec![
                        unknown("1", Some("01")),
                        unknown("天津", Some("02")),
                        unknown("09", None)
                    ],
                    count: 3,
                    rows: 3
                },
            ]
        );
        for fault in faults {
            let words = Fault::Data(fault).words();
            assert!(!words.what.is_empty() && words.hint.is_some(), "{words:?}");
        }
    }

    #[test]
    fn one_cell_has_one_value() {
        let long = "region,indicator,value\n01,a,1\n01,a,\n02,a,2\n";
        let (_, faults) = read(&[file("l.csv", long)], &["a"]);
        let repeated = |region: &str| DataFault::RepeatedCell {
            region: region.into(),
            period: String::new(),
            indicator: "a".into(),
        };
        assert_eq!(faults, [repeated("01")]);
        let (values, faults) = read(
            &[file("l.csv", "region,a\n01,1\n"), file("m.csv", "region,a\n01,2\n02,3\n")],
            &["a"],
        );
        assert_eq!(faults, [repeated("01")]);
        assert_eq!(shown(&values), "01  1\n02  3");
    }

    #[test]
    fn many_problems_are_counted() {
        let mut text = String::from("region,period,a\n");
        for year in 0..50 {
            text.push_str(&format!("01,{year},x\n"));
        }
        let (_, faults) = read(&[file("v.csv", text)], &["a"]);
        assert_eq!(faults.len(), 21);
        assert!(matches!(&faults[20], DataFault::More { count: 30, .. }));
    }

    #[test]
    fn headers_that_cannot_be_right() {
        for (text, expected) in [
            ("", DataFault::Empty),
            ("\n\n", DataFault::Empty),
            ("region,a,a\n", DataFault::RepeatedColumn { name: "a".into() }),
            ("region,,a\n", DataFault::UnnamedColumn { column: 2 }),
            ("region,a;b\n", DataFault::Delimiters { found: vec![',', ';'] }),
            (
                "Region,a\n",
                DataFault::NoColumn {
                    name: "region".into(),
                    role: "region",
                    columns: vec!["Region".into(), "a".into()],
                    near: Some("Region".into()),
                },
            ),
        ] {
            let (_, faults) = read(&[file("v.csv", text)], &["a"]);
            assert_eq!(faults, [expected], "{text:?}");
        }
        let (values, faults) = read(&[file("v.csv", "region, a ,,\n01,1,,\n")], &["a"]);
        assert_eq!((shown(&values).as_str(), faults), ("01  1", vec![]));
        let (values, faults) = read(
            &[file("v.csv", "region,a,period\n01,1,1\n"), file("w.csv", "region,b\n01,1\n")],
            &["a"],
        );
        assert_eq!(shown(&values), "01 1 1");
        assert_eq!(faults, [DataFault::NoPeriodHere { name: "period".into() }]);
    }

    #[test]
    fn a_workbook_is_read_as_it_is_typed() {
        use rust_xlsxwriter::{ExcelDateTime, Format as Style, Formula, Workbook};
        let mut book = Workbook::new();
        book.add_worksheet().set_name("notes").unwrap().write(0, 0, "nothing").unwrap();
        let sheet = book.add_worksheet().set_name("2020").unwrap();
        for (column, name) in ["region", "a", "b"].into_iter().enumerate() {
            sheet.write(2, 1 + column as u16, name).unwrap();
        }
        sheet.write(3, 1, "01").unwrap().write(3, 2, 0.1 + 0.2).unwrap();
        sheet.write(3, 3, Formula::new("=1+1").set_result("2")).unwrap();
        sheet.write(4, 1, "02").unwrap().write(4, 2, "…").unwrap();
        sheet.write(4, 3, Formula::new("=1/0").set_result("#DIV/0!")).unwrap();
        let date = ExcelDateTime::from_ymd(2020, 1, 5).unwrap();
        sheet.write(5, 1, 3).unwrap().write(5, 2, true).unwrap();
        sheet.write_with_format(5, 3, date, &Style::new().set_num_format("yyyy-mm-dd")).unwrap();
        let mut one = file("v.xlsx", book.save_to_buffer().unwrap());
        one.format.sheet = Some("2020".into());
        one.notation.states.push(("…".into(), State::Missing));
        let (values, faults) = read(std::slice::from_ref(&one), &["a", "b"]);
        assert_eq!(shown(&values), "01  0.30000000000000004 2\n02  Missing Missing");
        let (place, _) = values.raw(0, 1).unwrap();
        let cell = |row, column, shows: &str| Place::Cell {
            file: "v.xlsx".into(),
            sheet: Some("2020".into()),
            row,
            column,
            shows: shows.into(),
        };
        assert_eq!(place, cell(4, 3, "2"));
        assert!(matches!(
            &faults[..],
            [
                DataFault::NotANumber { why: Unread::Spreadsheet, shows, .. },
                DataFault::UnknownRegions { codes, .. },
            ] if shows == "#DIV/0!" && codes[0].code == "3" && codes[0].near.as_deref() == Some("03")
        ));
        let mut problems = Vec::new();
        let wanted = ["a".to_string(), "b".to_string()];
        read_values(std::slice::from_ref(&one), &mut Regions::open(), &wanted, &mut problems);
        let found: Vec<_> = problems.iter().map(|p| p.places[0].clone()).collect();
        assert_eq!(found, [cell(5, 3, "#DIV/0!"), cell(6, 2, "TRUE"), cell(6, 3, "2020-01-05")]);
        one.format.sheet = Some("2021".into());
        let sheets = vec!["notes".into(), "2020".into()];
        assert_eq!(read(&[one], &["a"]).1, [DataFault::NoSheet { sheet: "2021".into(), sheets }]);
    }

    #[test]
    fn a_long_file_still_knows_its_places() {
        let mut text = String::from("region,period,a,filler\r\n");
        let filler = "长".repeat(100);
        for year in 0..40_000 {
            text.push_str(&format!(
                "01,{year},{},\"{filler}\"\r\n",
                if year == 30_000 { "x" } else { "1" }
            ));
        }
        for bytes in [text.clone().into_bytes(), encoding_rs::GB18030.encode(&text).0.into_owned()]
        {
            let mut problems = Vec::new();
            let wanted = ["a".to_string()];
            let values =
                read_values(&[file("v.csv", bytes)], &mut Regions::open(), &wanted, &mut problems);
            assert_eq!(values.rows.len(), 40_000);
            let place = |row, shows: &str| Place::Cell {
                file: "v.csv".into(),
                sheet: None,
                row,
                column: 2,
                shows: shows.into(),
            };
            assert_eq!(problems[0].places, [place(30_002, "x")]);
            assert_eq!(values.raw(39_999, 0).unwrap().0, place(40_001, "1"));
        }
    }
}
