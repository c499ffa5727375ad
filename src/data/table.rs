//! Typed tables: the regions, and the values of the indicators that are asked for.

mod coding;
mod records;

use std::collections::{HashMap, HashSet};

use indexmap::{IndexMap, IndexSet};
use quanheng_core::model::{Column, Period, PeriodIx, Region, RegionIx, State, name_column};
use quanheng_words::is_invisible;
use rayon::prelude::*;

use super::codes::Codes;
use super::coding::Coding;
use super::file::{
    BlockColumns, Cell, Chosen, Findings, Format, Input, Record, Short, Spot, TableFile, Wanted,
};
use super::frame::Axis;
use super::grid::{Grid, no_column};
use super::layout::{Across, Body, Columns, Roles};
use super::names::bundled::Table;
use super::names::{self, Index, Match};
use super::number::Notation;
use super::period::{Labels, Met};
use super::records::Records;
use super::rows::Rows;
use crate::problem::{
    AmbiguousRegion, DataFault, Fault, KnownRegion, Place, Problem, UnknownRegion, Unread as Why,
    closest,
};

use records::Counted;
pub use records::Uncounted;

/// Reads every table of values into one: a row a region and period, a column an asked-for indicator. What is wrong is
/// added to `problems`; a file with problems does not keep the others from being read. Tables of records give cells as if
/// a table of values had them, and so do tables of codings.
pub fn read_values(
    files: &[ValueFile],
    (records, codings): (&[Records], &[Coding]),
    regions: &mut Regions,
    wanted: &[String],
    problems: &mut Vec<Problem>,
) -> Values {
    let counted = (records, codings);
    let before = regions.open.then(|| regions.clone());
    let again = |regions: &mut Regions, found: &mut Vec<Problem>| {
        if let Some(before) = &before {
            regions.clone_from(before);
        }
        found.clear();
    };
    let mut found = Vec::new();
    let believed: Vec<ValueFile> = files
        .iter()
        .map(|file| ValueFile { input: file.input.believed(), ..file.clone() })
        .collect();
    let (mut values, mut same) =
        read_once(&believed, counted, regions, wanted, HashMap::new(), &mut found);
    if believed.iter().any(|file| file.input.is_doubted()) {
        again(regions, &mut found);
        (values, same) = read_once(files, counted, regions, wanted, HashMap::new(), &mut found);
    }
    if !same.is_empty() {
        // Which labels of periods mean the same is known when all of them are: rows of 2019 and of 2019.0 are put
        // together by reading again.
        again(regions, &mut found);
        values = read_once(files, counted, regions, wanted, same, &mut found).0;
    }
    problems.extend(found);
    values
}

/// Reads every table, where `same` are labels of periods that mean the same as others. Also returns those that were found
/// to do so.
fn read_once(
    files: &[ValueFile],
    (records, codings): (&[Records], &[Coding]),
    regions: &mut Regions,
    wanted: &[String],
    same: HashMap<String, String>,
    problems: &mut Vec<Problem>,
) -> (Values, HashMap<String, String>) {
    let mut opened = Vec::new();
    let mut remarks = regions.remarks.clone();
    for file in files {
        let fits = |table: &TableFile| Roles::fits(table, &file.columns, wanted);
        let tables = match TableFile::open_all(&file.input, &file.format, &fits) {
            Ok(tables) => tables,
            Err(new) => {
                problems.extend(new);
                continue;
            }
        };
        for table in tables {
            remarks.of_file(&table, &file.format);
            if file.columns.parent.is_some() {
                remarks.uses("parent", file.matching == Match::Name);
            }
            let says = file.format.sheets_say.zip(table.sheet().map(str::to_owned));
            if let Some(roles) = Roles::find(&table, &file.columns, says, wanted, problems) {
                let of_keys =
                    [("indicator", &file.columns.indicator), ("value", &file.columns.value)];
                for (key, _) in of_keys.into_iter().filter(|(_, column)| column.is_some()) {
                    remarks.uses(key, roles.uses(key));
                }
                opened.push((table, roles, file));
            }
        }
    }
    let dated = opened.iter().find_map(|(table, roles, _)| roles.period_name(table));
    let of_records = || records.iter().find_map(|records| records.account.column());
    let of_codings = || codings.iter().find_map(|coding| coding.period.clone());
    let dated = dated.or_else(|| of_records().map(str::to_owned)).or_else(of_codings);
    let mut building = Building::new(regions, wanted, same);
    building.remarks = remarks;
    for (table, roles, file) in opened {
        if let (Some(name), None) = (&dated, roles.period_name(&table)) {
            let fault = DataFault::NoPeriodHere { name: name.clone() };
            problems.push(table.input().problem(fault));
            continue;
        }
        building.matching = file.matching;
        building.is_result = file.is_result;
        building.read(table, &roles, &file.notation, problems);
    }
    for records in records {
        building.count(records, dated.is_some(), problems);
    }
    for coding in codings {
        building.code(coding, dated.is_some(), problems);
    }
    building.finish(problems)
}

/// What a reader of the result must know of the files of data.
#[derive(Clone, Debug, Default)]
pub struct Remarks {
    /// What was chosen in reading a file, by its name.
    pub chosen: Vec<(String, Chosen)>,
    /// Keys that say how files are written, and whether some file has a use for them.
    uses: IndexMap<&'static str, bool>,
    /// Indicators of long tables and columns of wide ones that nothing reads, with the file, each where it is first met.
    pub unread: Vec<Unread>,
    /// Regions that some files of values lack, with the file that has them.
    pub single: Vec<(String, String)>,
    /// Files with values in merged cells, with the first place, and how many cells have one.
    pub merged: Vec<(String, Place, usize)>,
    /// Tables with records that count nowhere.
    pub uncounted: Vec<Uncounted>,
    /// Regions of other projects' results that are not known, by the table.
    pub foreign: IndexMap<String, IndexSet<String>>,
}

/// An indicator of the data that nothing reads.
#[derive(Clone, Debug)]
pub struct Unread {
    /// Its name.
    pub name: String,
    /// Whether it stands in a long table; else it is a column of a wide one.
    pub long: bool,
    /// Where it is first met.
    pub place: Place,
}

impl Remarks {
    /// Adds what there is to say of a file.
    pub fn of_file(&mut self, table: &TableFile, format: &Format) {
        let name = || table.name().to_owned();
        self.chosen.extend(table.chosen(format).map(|chosen| (name(), chosen)));
        table.uses(format).into_iter().for_each(|(key, is_used)| self.uses(key, is_used));
    }

    /// Adds which marks of rows a table that was read has met.
    fn marks(&mut self, table: &TableFile) {
        table.marks().into_iter().for_each(|(key, met)| self.uses(key, met));
    }

    fn uses(&mut self, key: &'static str, is_used: bool) {
        *self.uses.entry(key).or_default() |= is_used;
    }

    /// The keys that say how files are written and that no file has a use for.
    pub fn unused(&self) -> impl Iterator<Item = &'static str> {
        self.uses.iter().filter(|(_, is_used)| !**is_used).map(|(key, _)| *key)
    }

    fn unread(&mut self, name: &str, long: bool, place: impl FnOnce() -> Place) {
        if self.unread.iter().all(|unread| unread.name != name) {
            self.unread.push(Unread { name: name.to_owned(), long, place: place() });
        }
    }
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
pub const REGION_COLUMNS: [FileColumn; 4] = [
    CODE,
    FileColumn {
        name: "name",
        doc: "Its name; `name_zh`, `name_en` and so on are its names in these languages.",
        needed: false,
    },
    FileColumn {
        name: names::ALIAS,
        doc: "Its other names, with `;`, `|` or `、` between them, for files with `match = \"name\"`. It is an attribute too.",
        needed: false,
    },
    FileColumn {
        name: names::PARENT,
        doc: "The code or the name of the region in which it lies, which tells regions of one name apart. It is an attribute too.",
        needed: false,
    },
];

/// Columns of the table of regions that are numbers.
#[derive(Clone, Debug, Default)]
pub struct Numbers {
    /// Their names.
    pub columns: Vec<String>,
    /// How their numbers are written.
    pub notation: Notation,
}

impl Numbers {
    /// The number of each of the columns in a row of the table of regions.
    fn of_row(
        &self,
        grid: &Grid,
        row: usize,
        region: &str,
        problems: &mut Vec<Problem>,
    ) -> Vec<(String, Option<f64>)> {
        let mut numbers = Vec::new();
        for name in &self.columns {
            let Some(column) = grid.column(name) else { continue };
            let shows = grid.text(row, column);
            let notation = self.notation.of(name);
            match notation.as_ref().unwrap_or(&self.notation).read(shows) {
                Ok((number, _)) => {
                    numbers.push((name.clone(), Some(number).filter(|x| !x.is_nan())));
                }
                Err(why) => {
                    let fault = DataFault::NotANumber {
                        indicator: name.clone(),
                        region: region.to_owned(),
                        period: String::new(),
                        shows: shows.to_owned(),
                        why,
                    };
                    let places = vec![grid.place(row, column)];
                    problems.push(Problem { fault: Fault::Data(fault), places });
                }
            }
        }
        numbers
    }
}

/// Reads the table of regions: `code`, names by language, and attributes, some of which are numbers. Unless there is a
/// column `code`, the codes stand in the column that `region` names.
pub fn read_regions(
    input: &Input,
    format: &Format,
    region: Option<&str>,
    numbers: &Numbers,
    problems: &mut Vec<Problem>,
) -> Option<Regions> {
    let stated = region.unwrap_or(CODE.name);
    let fits =
        |table: &TableFile| table.column(CODE.name).or_else(|| table.column(stated)).is_some();
    let grid = Grid::read_fitting(input, format, Short::Refused, &fits, problems)?;
    let code = match grid.column(CODE.name) {
        Some(code) => code,
        None => match grid.column(stated) {
            Some(code) => code,
            None => {
                let name = if region.is_some() { stated } else { CODE.name };
                problems.push(no_column(grid.file(), name, "region", true));
                return None;
            }
        },
    };
    for name in numbers.columns.iter().filter(|name| grid.column(name).is_none()) {
        problems.push(no_column(grid.file(), name, "numbers", false));
    }
    let mut regions = Regions::default();
    regions.remarks.of_file(grid.file(), format);
    let mut rows: Vec<usize> = Vec::new();
    for row in 0..grid.rows() {
        let mut region = Region { code: grid.text(row, code).to_string(), ..Region::default() };
        if region.code.is_empty() {
            let fault = DataFault::Blank { column: CODE.name.into() };
            problems
                .push(Problem { fault: Fault::Data(fault), places: vec![grid.place(row, code)] });
            continue;
        }
        if has_lost_digits(&region.code) {
            let fault = DataFault::LostDigits { code: region.code };
            problems
                .push(Problem { fault: Fault::Data(fault), places: vec![grid.place(row, code)] });
            continue;
        }
        for (column, head) in grid.header().iter().enumerate() {
            let text = grid.text(row, column);
            match name_column(head) {
                _ if column == code || head.is_empty() => {}
                Some(_) if text.is_empty() => {}
                Some(language) => region.names.insert(language, text),
                None => {
                    region.attributes.insert(head.clone(), text.to_string());
                }
            }
        }
        region.numbers = numbers.of_row(&grid, row, &region.code, problems).into_iter().collect();
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
    by_code: Codes,
    open: bool,
    /// The bundled table whose names are keys too.
    names: Option<Table>,
    /// Whether they are the regions of that table, and not of one of the project's.
    is_bundled: bool,
    /// What a reader of the result must know of the table.
    remarks: Remarks,
}

impl Regions {
    /// No regions yet: every code met in the values becomes one. For a project without a table of regions.
    pub fn open() -> Self {
        Regions { open: true, ..Regions::default() }
    }

    /// The regions of a table that comes with the program. Of them, only those that some row names are regions of the
    /// project.
    pub fn bundled(table: Table) -> Self {
        let mut regions = Regions { names: Some(table), is_bundled: true, ..Regions::default() };
        for region in names::regions_of(table) {
            let _ = regions.insert(region);
        }
        regions
    }

    /// The same regions, where the names of a bundled table are keys too.
    #[must_use]
    pub fn with_names(self, names: Option<Table>) -> Self {
        Regions { names, ..self }
    }

    /// The regions, in stated order.
    pub fn list(&self) -> &[Region] {
        &self.list
    }

    /// The regions themselves, in stated order.
    pub fn into_list(self) -> Vec<Region> {
        self.list
    }

    /// The region of this code.
    pub fn find(&self, code: &str) -> Option<RegionIx> {
        self.by_code.find(&self.list, code).map(RegionIx)
    }

    /// Leaves out regions of a bundled table that no row names.
    pub fn keep_named(&mut self, rows: &mut [(RegionIx, PeriodIx)]) {
        if !self.is_bundled {
            return;
        }
        let mut is_named = vec![false; self.list.len()];
        rows.iter().for_each(|(region, _)| is_named[region.0 as usize] = true);
        let mut new = vec![0; self.list.len()];
        let mut kept = Vec::new();
        for (at, region) in std::mem::take(&mut self.list).into_iter().enumerate() {
            if is_named[at] {
                new[at] = kept.len() as u32;
                kept.push(region);
            }
        }
        self.list = kept;
        self.by_code = Codes::of(&self.list);
        rows.iter_mut().for_each(|(region, _)| *region = RegionIx(new[region.0 as usize]));
    }

    /// Puts the regions into the order of their codes and renumbers rows that were read with the old order, so that the
    /// order of the files cannot affect anything that iterates over the regions.
    pub fn sort(&mut self, rows: &mut [(RegionIx, PeriodIx)]) {
        if self.list.is_sorted_by(|a, b| a.code < b.code) {
            return;
        }
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
        self.by_code.renumber(&new);
        rows.iter_mut().for_each(|(region, _)| *region = RegionIx(new[region.0 as usize]));
    }

    /// Adds a region, or says which one has its code already.
    fn insert(&mut self, region: Region) -> Result<(), usize> {
        match self.by_code.look(&self.list, &region.code) {
            Ok(first) => Err(first as usize),
            Err(absent) => {
                self.by_code.insert(absent);
                self.list.push(region);
                Ok(())
            }
        }
    }

    /// The region of this code, which is added if it is not there.
    fn named(&mut self, code: &str) -> u32 {
        let at = self.list.len() as u32;
        self.by_code.look(&self.list, code).unwrap_or_else(|absent| {
            self.by_code.insert(absent);
            self.list.push(Region { code: code.to_owned(), ..Region::default() });
            at
        })
    }

    /// The region that was probably meant, and whether the text is one of its names.
    fn near(&self, text: &str, index: &Index) -> Option<(u32, bool)> {
        let text: String = text.chars().filter(|c| !is_invisible(*c)).collect();
        let text = text.trim();
        if let Some(found) = self.by_code.find(&self.list, text) {
            return Some((found, false));
        }
        if let names::Found::One(found) = index.find(text, None) {
            return Some((found, true));
        }
        let other = self.alike(text).or_else(|| self.by_other_name(text))?;
        self.by_code.find(&self.list, &other).map(|found| (found, false))
    }

    /// What a message shows of a region.
    fn known(&self, at: u32) -> KnownRegion {
        let region = &self.list[at as usize];
        let named = region.names.get("").filter(|name| *name != region.code);
        KnownRegion { code: region.code.clone(), name: named.unwrap_or_default().to_owned() }
    }

    /// The only region whose name is this one without blanks or with another ending: `内蒙古` for `内蒙古自治区`.
    fn by_other_name(&self, text: &str) -> Option<String> {
        let bare = |name: &str| name.chars().filter(|c| is_seen(*c)).collect::<String>();
        let wanted = bare(text);
        let is_digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
        if wanted.chars().count() < 2 {
            return None;
        }
        let begins = |name: &str| {
            let name = bare(name);
            let (short, long) =
                if name.len() < wanted.len() { (&name, &wanted) } else { (&wanted, &name) };
            short.chars().count() >= 2 && !is_digits(short) && long.starts_with(short.as_str())
        };
        let meant = |region: &&Region| {
            begins(&region.code) || region.names.iter().any(|(_, name)| begins(name))
        };
        let mut found = self.list.iter().filter(meant);
        let first = found.next()?;
        found.next().is_none().then(|| first.code.clone())
    }

    fn alike(&self, text: &str) -> Option<String> {
        let bare = |code: &str| code.trim_start_matches('0').trim_end_matches(".0").to_lowercase();
        let by_name = |r: &&Region| r.names.iter().any(|(_, name)| name == text);
        let same = |r: &&Region| !bare(text).is_empty() && bare(&r.code) == bare(text);
        let found = self.list.iter().find(by_name).or_else(|| self.list.iter().find(same));
        found.or_else(|| self.padded(text)).map(|r| r.code.clone()).or_else(|| {
            // Codes of digits differ by one digit all the time; a slip is likely only where letters are in it.
            let letters = text.chars().any(char::is_alphabetic);
            (letters && self.list.len() < 100_000)
                .then(|| closest(text, self.list.iter().map(|r| r.code.as_str())))
                .flatten()
                .map(str::to_owned)
        })
    }

    /// The one code that differs by zeros at its end: 11 and 110000 of the statistical codes.
    fn padded(&self, text: &str) -> Option<&Region> {
        let zeros = |long: &str, short: &str| {
            long.strip_prefix(short).is_some_and(|rest| rest.bytes().all(|b| b == b'0'))
        };
        let fits = |r: &&Region| zeros(&r.code, text) || zeros(text, &r.code);
        let digits = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        let mut found = self.list.iter().filter(|_| digits).filter(fits);
        found.next().filter(|_| found.next().is_none())
    }
}

/// Whether a code is a number with an exponent, as a spreadsheet shows a long number: 1.10101E+11.
fn has_lost_digits(code: &str) -> bool {
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    let mut pairs = code.as_bytes().windows(2);
    let Some(at) = pairs.position(|two| two == b"E+" || two == b"e+") else { return false };
    let (number, exponent) = (&code[..at], &code[at + 2..]);
    let (whole, part) = number.split_once(['.', ',']).unwrap_or((number, ""));
    let has_digits = !exponent.is_empty() && whole.len() + part.len() > 0;
    has_digits && digits(exponent) && digits(whole) && digits(part)
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
    /// By what its rows say which region they are about.
    pub matching: Match,
    /// Whether it holds results of another project: regions that are not known are left out, and the last column says
    /// where each value comes from.
    pub is_result: bool,
}

/// The values of all files.
#[derive(Debug)]
pub struct Values {
    /// The region and the period of each row, in the order in which they were met.
    pub rows: Vec<(RegionIx, PeriodIx)>,
    /// The periods, ascending.
    pub periods: Vec<Period>,
    /// Labels of periods that say nothing about time, and where they stand: all are in the order in which they came.
    pub unread: Vec<(String, Option<Place>)>,
    /// A column for each indicator that was asked for, in that order; wholly missing where no file has it.
    pub columns: Vec<Column>,
    /// The asked-for indicators that no file has, by position.
    pub absent: Vec<usize>,
    /// What a reader of the result must know.
    pub remarks: Remarks,
    parts: Vec<Part>,
    counted: Vec<Counted>,
    coded: Vec<coding::Read>,
}

impl Values {
    /// Adds a row of missing cells for each of these regions in each period for which the data have none, and says for each
    /// row whether it was added; nothing where none was.
    pub fn add_unreported(&mut self, regions: impl Iterator<Item = RegionIx>) -> Vec<bool> {
        let there: HashSet<(u32, u32)> = self.rows.iter().map(|(r, p)| (r.0, p.0)).collect();
        let read = self.rows.len();
        let periods = self.periods.len() as u32;
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

    /// Where the cell in a row and column was read, and what it shows; none where no file has such a cell. `state` is what
    /// the cell holds: the columns themselves may have been given to a study.
    pub fn raw(&self, row: usize, column: usize, state: State) -> Option<(Place, String)> {
        if let Some(raw) = self.counted.iter().find_map(|counted| counted.raw(row, column)) {
            return Some(raw);
        }
        if let Some(raw) = self.coded.iter().find_map(|coded| coded.raw(row, column)) {
            return Some(raw);
        }
        // An empty cell in one file does not hide a value in another.
        let is_value = state != State::Missing;
        let mut found = None;
        for part in &self.parts {
            let Some(spot) = part.spot(row, column) else { continue };
            let (place, shows) = part.table.place(spot);
            let place = match part.is_result {
                // The table is in memory: the reader must know where its values come from.
                true => {
                    let last = part.table.header().len() - 1;
                    Place::File(part.table.place(Spot { column: last, ..spot }).1)
                }
                false => place,
            };
            if !is_value || !shows.trim().is_empty() {
                return Some((place, shows));
            }
            found = Some((place, shows));
        }
        found
    }

    /// Where the head of a column stands, if a file has it as a column.
    pub fn head(&self, column: usize) -> Option<Place> {
        self.parts.iter().find_map(|part| match &part.origin {
            Origin::Wide { columns, .. } => {
                let column = columns[column]?;
                Some(part.table.place(Spot { record: None, column }).0)
            }
            Origin::Long { .. } | Origin::Cross { .. } => None,
        })
    }

    /// The unit of a column as the files state it, with its place.
    pub fn unit(&self, column: usize) -> Option<(String, Place)> {
        self.parts.iter().find_map(|part| {
            let (unit, column) = part.units.get(column)?.as_ref()?;
            Some((unit.clone(), part.table.place(Spot { record: None, column: *column }).0))
        })
    }

    /// Every column name of every file, in the order of the files, and the measures of records.
    pub fn headers(&self) -> Vec<String> {
        let heads = self.parts.iter().flat_map(|p| p.table.header()).map(String::as_str);
        let names: IndexSet<&str> =
            heads.chain(self.counted.iter().flat_map(Counted::names)).collect();
        names.into_iter().filter(|name| !name.is_empty()).map(str::to_owned).collect()
    }
}

/// One file's share of the values, and the way back to its cells.
#[derive(Debug)]
struct Part {
    table: TableFile,
    origin: Origin,
    /// The unit of each indicator, and the column that states it.
    units: Vec<Option<(String, usize)>>,
    /// Whether it holds results of another project.
    is_result: bool,
}

#[derive(Debug)]
enum Origin {
    /// The record of each row, and the column of each indicator.
    Wide { records: Vec<u32>, columns: Vec<Option<usize>> },
    /// The record of each indicator's cell in each row, and the column of values.
    Long { records: Vec<Vec<u32>>, value: usize },
    /// The record of each indicator's cell in each row, and its column.
    Cross { spots: Vec<Vec<(u32, u32)>> },
}

/// No record.
const NONE: u32 = u32::MAX;

/// How many unknown codes of a file are named.
const CODES: usize = 20;

/// Whether a character is neither blank nor invisible.
fn is_seen(c: char) -> bool {
    !c.is_whitespace() && !quanheng_words::is_invisible(c)
}

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
            Origin::Cross { spots } => {
                let (record, column) = spots[column].get(row)?;
                (Some(record), *column as usize)
            }
        };
        record.filter(|r| **r != NONE).map(|r| Spot { record: Some(*r), column })
    }
}

impl Origin {
    /// Which of the asked-for indicators the file has.
    fn provides(&self) -> Vec<bool> {
        match self {
            Origin::Wide { columns, .. } => columns.iter().map(Option::is_some).collect(),
            Origin::Long { records, .. } => records.iter().map(|of| !of.is_empty()).collect(),
            Origin::Cross { spots } => spots.iter().map(|of| !of.is_empty()).collect(),
        }
    }

    /// Whether the file has a row.
    fn has(&self, row: usize) -> bool {
        let there = |records: &Vec<u32>| records.get(row).is_some_and(|record| *record != NONE);
        match self {
            Origin::Wide { records, .. } => there(records),
            Origin::Long { records, .. } => records.iter().any(there),
            Origin::Cross { spots } => {
                spots.iter().any(|of| of.get(row).is_some_and(|(record, _)| *record != NONE))
            }
        }
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
    /// By what the rows of the present file say which region they are about.
    matching: Match,
    /// Whether the present file holds results of another project.
    is_result: bool,
    /// The names of the regions, once a file asks for them.
    index: Option<Index>,
    /// What was found for the names of the present file.
    met_names: HashMap<Asked, Option<u32>>,
    wanted: &'a [String],
    positions: HashMap<&'a str, usize>,
    labels: Labels,
    rows: Rows,
    values: Vec<Vec<f64>>,
    /// The cells that are absent in another way than missing.
    states: Vec<IndexMap<usize, State>>,
    met: Vec<bool>,
    parts: Vec<Part>,
    counted: Vec<Counted>,
    coded: Vec<coding::Read>,
    remarks: Remarks,
}

impl<'a> Building<'a> {
    fn new(regions: &'a mut Regions, wanted: &'a [String], same: HashMap<String, String>) -> Self {
        Building {
            regions,
            matching: Match::default(),
            is_result: false,
            index: None,
            met_names: HashMap::new(),
            wanted,
            positions: wanted.iter().enumerate().map(|(i, name)| (name.as_str(), i)).collect(),
            labels: Labels::new(same),
            rows: Rows::default(),
            values: vec![Vec::new(); wanted.len()],
            states: vec![IndexMap::new(); wanted.len()],
            met: vec![false; wanted.len()],
            parts: Vec::new(),
            counted: Vec::new(),
            coded: Vec::new(),
            remarks: Remarks::default(),
        }
    }

    fn read(
        &mut self,
        mut table: TableFile,
        roles: &Roles,
        notation: &Notation,
        problems: &mut Vec<Problem>,
    ) {
        let notations: Vec<_> = self.wanted.iter().map(|name| notation.of(name)).collect();
        let notations = if notations.iter().all(Option::is_none) { Vec::new() } else { notations };
        let cross = match &roles.body {
            Body::Cross(across) => Some(self.heads(across)),
            _ => None,
        };
        let mut reading = Reading {
            header: table.header().to_vec(),
            roles,
            notation,
            notations: &notations,
            cross: cross.unwrap_or_default(),
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
                Body::Cross(_) => Origin::Cross { spots: vec![Vec::new(); self.wanted.len()] },
            },
            findings: Findings::default(),
            unknown: IndexMap::new(),
            unread: IndexMap::new(),
        };
        for (k, head) in reading.cross.iter().enumerate() {
            let Head { region: Some(Err(code)), .. } = head else { continue };
            let Body::Cross(across) = &roles.body else { continue };
            let spot = Spot { record: None, column: across.columns[k] };
            let asked = Asked { text: code.clone(), within: None };
            reading.unknown.entry(asked).or_insert((spot, 0)).1 += 1;
        }
        let by_columns = match &roles.body {
            Body::Wide(columns) => {
                let there = columns.iter().enumerate();
                let values: Vec<_> = there.filter_map(|(of, at)| Some((of, (*at)?))).collect();
                let written = |of: usize| notations.get(of).and_then(Option::as_ref);
                let wanted = Wanted {
                    keys: roles
                        .region
                        .into_iter()
                        .chain(roles.period)
                        .chain(roles.parent)
                        .collect(),
                    values: values
                        .iter()
                        .map(|(of, at)| (*at, written(*of).unwrap_or(notation)))
                        .collect(),
                };
                table.columns(&wanted, |first, block| reading.block(self, first, block, &values))
            }
            _ => None,
        };
        let wrong = by_columns.unwrap_or_else(|| {
            table.records(&roles.columns(), Short::Refused, |number, record| {
                reading.record(self, number, record);
            })
        });
        problems.extend(wrong);
        let Reading { origin, findings, unknown, unread, .. } = reading;
        self.note_unread(&table, roles, &unread);
        self.remarks.marks(&table);
        self.note_merged(&table, &origin);
        problems.extend(findings.finish(&table));
        if self.is_result && !unknown.is_empty() {
            let foreign = self.remarks.foreign.entry(table.name().to_owned()).or_default();
            foreign.extend(unknown.keys().map(|asked| asked.text.clone()));
        } else if !unknown.is_empty() {
            problems.extend(self.unknown(&table, &unknown));
        }
        let is_result = self.is_result;
        let unit = |name: &String| roles.units.get(name).cloned();
        let units = self.wanted.iter().map(unit).collect();
        self.parts.push(Part { table, origin, units, is_result });
    }

    /// What the heads of the columns of values say.
    fn heads(&mut self, across: &Across) -> Vec<Head> {
        let file = self.parts.len();
        let of = |k: usize| {
            let spot = Spot { record: None, column: across.columns[k] };
            let said = |axis: Axis| across.said(axis, k);
            Head {
                region: said(Axis::Region).map(|code| {
                    let asked = Asked { text: code.to_owned(), within: None };
                    self.region(&asked).ok_or(asked.text)
                }),
                period: said(Axis::Period)
                    .map(|label| self.labels.number(label, Some((file, spot)))),
                indicator: said(Axis::Indicator).map(|name| {
                    let found = self.positions.get(name).copied();
                    if let Some(found) = found {
                        self.met[found] = true;
                    }
                    found
                }),
            }
        };
        (0..across.columns.len()).map(of).collect()
    }

    /// What is wrong with the regions that a file names and that are not known.
    fn unknown(&self, table: &TableFile, unknown: &IndexMap<Asked, (Spot, usize)>) -> Vec<Problem> {
        const TABLES: [Table; 2] = [Table::China, Table::Countries];
        let suggestions = Index::new(&self.regions.list, &TABLES);
        let (mut codes, mut several) = (Vec::new(), Vec::new());
        let mut rows = 0;
        let mut named: Vec<&Asked> = Vec::new();
        let mut are_names = self.matching == Match::Code;
        for (asked, (spot, count)) in unknown {
            let found = match &self.index {
                Some(index) if self.matching == Match::Name => asked.find(index),
                _ => names::Found::Nothing,
            };
            if let names::Found::Several(found) = found {
                several.push((asked, found, *spot));
                continue;
            }
            // Beyond those that are named, a suggestion has no use.
            let near = (codes.len() < CODES)
                .then(|| self.regions.near(&asked.text, &suggestions))
                .flatten();
            are_names &= near.is_none_or(|(_, is_name)| is_name);
            named.extend(near.map(|_| asked));
            let near = near.map(|(at, _)| self.regions.known(at));
            codes.push((UnknownRegion { code: asked.shown(), near }, *spot));
            rows += count;
        }
        let has_all = |tables: &[Table]| {
            let index = Index::new(&self.regions.list, tables);
            named.iter().all(|asked| asked.find(&index) != names::Found::Nothing)
        };
        let are_names = match are_names && !named.is_empty() {
            true if has_all(&[]) => Some(None),
            true => TABLES.into_iter().find(|table| has_all(&[*table])).map(|t| Some(t.word())),
            false => None,
        };
        let places = |spots: &mut dyn Iterator<Item = Spot>| {
            spots.take(super::file::SHOWN).map(|spot| table.place(spot).0).collect()
        };
        let mut problems = Vec::new();
        if !codes.is_empty() {
            let places = places(&mut codes.iter().map(|(_, spot)| *spot));
            let count = codes.len();
            let codes = codes.into_iter().take(CODES).map(|(code, _)| code).collect();
            let fault = DataFault::UnknownRegions { codes, count, rows, are_names };
            problems.push(Problem { fault: Fault::Data(fault), places });
        }
        if !several.is_empty() {
            let places = places(&mut several.iter().map(|(_, _, spot)| *spot));
            let count = several.len();
            let known = |found: Vec<u32>| {
                found.into_iter().map(|at| {
                    let region = self.regions.known(at);
                    let name = format!("{}{}", suggestions.place(at), region.name);
                    KnownRegion { name, ..region }
                })
            };
            let names = several.into_iter().take(CODES).map(|(asked, found, _)| AmbiguousRegion {
                name: asked.shown(),
                of: known(found).collect(),
            });
            let names = names.collect();
            let fault = DataFault::AmbiguousRegions { names, count };
            problems.push(Problem { fault: Fault::Data(fault), places });
        }
        problems
    }

    /// Remembers values that stand in merged cells: each has the one value.
    fn note_merged(&mut self, table: &TableFile, origin: &Origin) {
        // Only workbooks have merged cells.
        if table.sheet().is_none() {
            return;
        }
        let mut count = 0;
        let mut first = None;
        for row in 0..self.rows.len() {
            for column in 0..self.wanted.len() {
                let spot = origin.spot(row, column).filter(|spot| table.is_filled(*spot));
                if let Some(spot) = spot {
                    count += 1;
                    first.get_or_insert(spot);
                }
            }
        }
        let name = || table.name().to_owned();
        self.remarks.merged.extend(first.map(|spot| (name(), table.place(spot).0, count)));
    }

    /// Remembers what of a file nothing reads: indicators of a long table, columns of a wide one.
    fn note_unread(&mut self, table: &TableFile, roles: &Roles, long: &IndexMap<String, Spot>) {
        for (name, spot) in long {
            self.remarks.unread(name, true, || table.place(*spot).0);
        }
        if !matches!(roles.body, Body::Long { .. }) {
            let read = roles.columns();
            for (column, name) in table.header().iter().enumerate() {
                let is_named = !name.is_empty() && name_column(name).is_none();
                if !read.contains(&column) && is_named {
                    let spot = Spot { record: None, column };
                    self.remarks.unread(name, false, || table.place(spot).0);
                }
            }
        }
    }

    /// The regions that lack a file which has columns that no file with them has.
    fn single(&self) -> Vec<(String, String)> {
        if self.parts.len() < 2 {
            return Vec::new();
        }
        let provides: Vec<Vec<bool>> =
            self.parts.iter().map(|part| part.origin.provides()).collect();
        // A slot for each region and file.
        let files = self.parts.len();
        let mut has = vec![false; self.regions.list.len() * files];
        for (f, part) in self.parts.iter().enumerate() {
            for (row, (region, _)) in self.rows.list().iter().enumerate() {
                has[*region as usize * files + f] |= part.origin.has(row);
            }
        }
        let mut found = Vec::new();
        for (region, has) in self.regions.list.iter().zip(has.chunks(files)) {
            let Some(first) = has.iter().position(|has| *has) else { continue };
            let there = |k: usize| (0..files).any(|f| has[f] && provides[f][k]);
            let mut lacks = (0..files).filter(|f| !has[*f]);
            if lacks.any(|f| (0..provides[f].len()).any(|k| provides[f][k] && !there(k))) {
                found.push((region.code.clone(), self.parts[first].table.name().to_owned()));
            }
        }
        found
    }

    fn region(&mut self, asked: &Asked) -> Option<u32> {
        let code = asked.text.as_str();
        if self.regions.open {
            return Some(self.regions.named(code));
        }
        let found = self.regions.by_code.find(&self.regions.list, code);
        if found.is_some() {
            return found;
        }
        if self.matching == Match::Code {
            return None;
        }
        if let Some(found) = self.met_names.get(asked) {
            return *found;
        }
        let tables: Vec<Table> = self.regions.names.into_iter().collect();
        let index = self.index.get_or_insert_with(|| {
            let index = Index::new(&self.regions.list, &tables);
            if self.regions.is_bundled { index.all_alike() } else { index }
        });
        let found = match asked.find(index) {
            names::Found::One(found) => Some(found),
            _ => None,
        };
        self.met_names.insert(asked.clone(), found);
        found
    }

    fn finish(self, problems: &mut Vec<Problem>) -> (Values, HashMap<String, String>) {
        let place = |(file, spot): &Met| self.parts.get(*file).map(|p| p.table.place(*spot).0);
        let periods = self.labels.periods().unwrap_or_else(|wrong| {
            let (fault, met) = *wrong;
            let places = met.iter().filter_map(place).collect();
            problems.push(Problem { fault: Fault::Data(fault), places });
            self.labels.as_met()
        });
        let same = self.labels.same(&periods);
        let unread = self.labels.unread(&periods).into_iter();
        let unread = unread.map(|(label, met)| (label, met.as_ref().and_then(place))).collect();
        let remarks = Remarks { single: self.single(), ..self.remarks.clone() };
        let count = self.rows.len();
        let period = |label: &u32| periods.of.get(*label as usize).copied().unwrap_or(PeriodIx(0));
        let rows =
            self.rows.list().iter().map(|(region, label)| (RegionIx(*region), period(label)));
        let rows = rows.collect();
        let column = |(mut values, states): (Vec<f64>, IndexMap<usize, State>)| {
            values.resize(count, f64::NAN);
            values.shrink_to_fit();
            if states.is_empty() {
                return Column::new(values);
            }
            let mut all = vec![State::Value; count];
            for (row, state) in states {
                all[row] = state;
            }
            Column::with_states(values, all)
        };
        let columns = self.values.into_par_iter().zip(self.states).map(column).collect();
        let absent = (0..self.met.len()).filter(|i| !self.met[*i]).collect();
        let (periods, parts, counted, coded) = (periods.list, self.parts, self.counted, self.coded);
        (Values { rows, periods, unread, columns, absent, remarks, parts, counted, coded }, same)
    }
}

/// What a row says of its region.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Asked {
    /// Its code or name.
    text: String,
    /// The place in which it lies.
    within: Option<String>,
}

impl Asked {
    fn find(&self, index: &Index) -> names::Found {
        index.find(&self.text, self.within.as_deref())
    }

    fn shown(&self) -> String {
        match &self.within {
            Some(within) => format!("{within} {}", self.text),
            None => self.text.clone(),
        }
    }
}

/// What is known while one file is read.
struct Reading<'a> {
    header: Vec<String>,
    roles: &'a Roles,
    notation: &'a Notation,
    /// By indicator, where some have a notation of their own.
    notations: &'a [Option<Notation>],
    /// What the heads of the columns of values say, where they say more than the indicator.
    cross: Vec<Head>,
    origin: Origin,
    findings: Findings,
    /// Each unknown code with the place where it was first met, and in how many rows it is.
    unknown: IndexMap<Asked, (Spot, usize)>,
    /// Each indicator of a long table that nothing reads, with the place where it was first met.
    unread: IndexMap<String, Spot>,
}

/// What the head of a column of values says.
#[derive(Debug)]
struct Head {
    region: Option<Result<u32, String>>,
    period: Option<u32>,
    /// Nothing inside for one that nothing asks for.
    indicator: Option<Option<usize>>,
}

impl Reading<'_> {
    fn record(&mut self, table: &mut Building<'_>, number: u32, record: &dyn Record) {
        let roles = self.roles;
        match &roles.body {
            Body::Wide(columns) => {
                let Some(row) = self.row(table, number, record) else { return };
                if !self.claim(table, row, number) {
                    return;
                }
                for (indicator, column) in columns.iter().enumerate() {
                    if let Some(column) = *column {
                        let spot = Spot { record: Some(number), column };
                        self.cell(table, row, indicator, spot, record.cell(column));
                    }
                }
            }
            Body::Long { indicator, value } => {
                let Some(indicator) = self.indicator(table, *indicator, number, record) else {
                    return;
                };
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
            Body::Cross(across) => self.crossed(table, across, number, record),
        }
    }

    /// The cells of a record whose columns say more than the indicator, or less.
    fn crossed(
        &mut self,
        table: &mut Building<'_>,
        across: &Across,
        number: u32,
        record: &dyn Record,
    ) {
        let indicator = match across.indicator {
            Some(column) => match self.indicator(table, column, number, record) {
                None => return,
                found => found,
            },
            None => None,
        };
        let region = match self.roles.region {
            Some(column) => match self.region(table, column, number, record) {
                None => return,
                found => found,
            },
            None => None,
        };
        let period = match self.roles.period {
            Some(column) => match self.period(table, column, number, record) {
                None => return,
                found => found,
            },
            None => None,
        };
        for (k, &column) in across.columns.iter().enumerate() {
            let head = &self.cross[k];
            let region = region.or(match &head.region {
                Some(Ok(region)) => Some(*region),
                _ => None,
            });
            let (Some(region), Some(indicator)) = (region, indicator.or(head.indicator.flatten()))
            else {
                continue;
            };
            let period = period.or(head.period).unwrap_or_else(|| table.labels.number("", None));
            let row = table.rows.take(region, period);
            let Origin::Cross { spots } = &mut self.origin else { return };
            let spot = |(record, column): (u32, u32)| Spot {
                record: Some(record),
                column: column as usize,
            };
            let of = &mut spots[indicator];
            if of.len() <= row {
                of.resize(row + 1, (NONE, 0));
            }
            let here = (number, column as u32);
            if of[row].0 != NONE {
                let first = of[row];
                let (region, period) = key(table, row);
                let indicator = table.wanted[indicator].clone();
                let fault = DataFault::RepeatedCell { region, period, indicator };
                self.findings.add(fault, vec![spot(here), spot(first)]);
                continue;
            }
            of[row] = here;
            self.cell(table, row, indicator, spot(here), record.cell(column));
        }
    }

    /// The indicator that a record names; none where its name is blank or nothing asks for it.
    fn indicator(
        &mut self,
        table: &mut Building<'_>,
        column: usize,
        number: u32,
        record: &dyn Record,
    ) -> Option<usize> {
        let spot = Spot { record: Some(number), column };
        let (unread, prefix) = (&mut self.unread, &self.roles.prefix);
        let position = with_text(record.cell(column), |name| match name {
            "" => Err(()),
            _ => {
                let found = match prefix.is_empty() {
                    true => table.positions.get(name).copied(),
                    false => table.positions.get(format!("{prefix}{name}").as_str()).copied(),
                };
                if found.is_none() && !unread.contains_key(name) {
                    unread.insert(name.to_owned(), spot);
                }
                Ok(found)
            }
        });
        match position {
            Ok(Some(indicator)) => {
                table.met[indicator] = true;
                Some(indicator)
            }
            Ok(None) => None,
            Err(()) => {
                let column = self.header[column].clone();
                self.findings.add(DataFault::Blank { column }, vec![spot]);
                None
            }
        }
    }

    /// The row of the record's region and period; none where one of them is blank or unknown.
    fn row(&mut self, table: &mut Building<'_>, number: u32, record: &dyn Record) -> Option<usize> {
        let region = self.region(table, self.roles.region?, number, record)?;
        let period = match self.roles.period {
            None => table.labels.number("", None),
            Some(column) => self.period(table, column, number, record)?,
        };
        Some(table.rows.take(region, period))
    }

    fn region(
        &mut self,
        table: &mut Building<'_>,
        column: usize,
        number: u32,
        record: &dyn Record,
    ) -> Option<u32> {
        let spot = Spot { record: Some(number), column };
        let within = self.roles.parent.map(|parent| with_text(record.cell(parent), str::to_owned));
        let within = within.as_deref();
        with_text(record.cell(column), |code| self.region_of(table, code, within, spot))
    }

    fn region_of(
        &mut self,
        table: &mut Building<'_>,
        code: &str,
        within: Option<&str>,
        spot: Spot,
    ) -> Option<u32> {
        if code.is_empty() {
            let fault = DataFault::Blank { column: self.header[spot.column].clone() };
            self.findings.add(fault, vec![spot]);
            return None;
        }
        if table.regions.open && !has_lost_digits(code) {
            return Some(table.regions.named(code));
        }
        if let Some(RegionIx(found)) = table.regions.find(code) {
            return Some(found);
        }
        if has_lost_digits(code) {
            let fault = DataFault::LostDigits { code: code.to_owned() };
            self.findings.add(fault, vec![spot]);
            return None;
        }
        let within = within.filter(|within| !within.is_empty()).map(str::to_owned);
        let asked = Asked { text: code.to_owned(), within };
        let region = table.region(&asked);
        if region.is_none() {
            self.unknown.entry(asked).or_insert((spot, 0)).1 += 1;
        }
        region
    }

    fn period(
        &mut self,
        table: &mut Building<'_>,
        column: usize,
        number: u32,
        record: &dyn Record,
    ) -> Option<u32> {
        let spot = Spot { record: Some(number), column };
        with_text(record.cell(column), |text| self.period_of(table, text, spot))
    }

    fn period_of(&mut self, table: &mut Building<'_>, text: &str, spot: Spot) -> Option<u32> {
        if text.is_empty() {
            let fault = DataFault::Blank { column: self.header[spot.column].clone() };
            self.findings.add(fault, vec![spot]);
            return None;
        }
        Some(table.labels.number(text, Some((table.parts.len(), spot))))
    }

    /// Takes a row of a wide table for a record; refused where another record has it.
    fn claim(&mut self, table: &Building<'_>, row: usize, number: u32) -> bool {
        let Origin::Wide { records, .. } = &mut self.origin else { return false };
        let Err(first) = claim(records, row, number) else { return true };
        let (region, period) = key(table, row);
        let column = self.roles.region.unwrap_or(0);
        let spot = |record| Spot { record: Some(record), column };
        let fault = DataFault::RepeatedRow { region, period };
        self.findings.add(fault, vec![spot(number), spot(first)]);
        false
    }

    /// What a block of a wide table says. `values` are the indicator and the column of each column of values.
    fn block(
        &mut self,
        table: &mut Building<'_>,
        first: u32,
        block: &BlockColumns,
        values: &[(usize, usize)],
    ) {
        let spot = |row: usize, column| Spot { record: Some(first + block.records[row]), column };
        // By column, since that is how they lie; what is no number is gone through row by row.
        let rows = self.rows(table, first, block);
        let base = table.rows.len().saturating_sub(block.records.len());
        let follow = rows.iter().enumerate().all(|(k, row)| *row == Some(base + k));
        let is_new = follow && table.parts.is_empty();
        if is_new {
            let mut new: Vec<&[f64]> = vec![&[]; table.values.len()];
            for ((indicator, _), column) in values.iter().zip(&block.values) {
                new[*indicator] = column;
            }
            table.values.par_iter_mut().with_min_len(8).zip(new).for_each(|(of, new)| {
                if !new.is_empty() {
                    // Room that grows by doubling would leave holes in memory as large as the table.
                    let _ = of.try_reserve_exact(block.expected.unwrap_or(0));
                    of.resize(base, f64::NAN);
                    of.extend_from_slice(new);
                }
            });
        }
        let mut others = block.others.iter().peekable();
        for (k, row) in rows.into_iter().enumerate() {
            if is_new && others.peek().is_none_or(|other| other.row > k) {
                continue;
            }
            for (value, (indicator, column)) in values.iter().enumerate() {
                let other = others.next_if(|other| (other.row, other.value) == (k, value));
                let Some(row) = row else { continue };
                let number = block.values[value][k];
                match other.map(|other| &other.what) {
                    None if is_new || number.is_nan() => {}
                    None => {
                        self.put(table, row, *indicator, spot(k, *column), (number, State::Value));
                    }
                    Some(Ok(state)) => {
                        let read = (f64::NAN, *state);
                        self.put(table, row, *indicator, spot(k, *column), read);
                    }
                    Some(Err((why, shows))) => {
                        self.unread_cell(table, row, *indicator, spot(k, *column), *why, shows);
                    }
                }
            }
        }
    }

    /// The row of each record of a block; none for those that are refused.
    fn rows(
        &mut self,
        table: &mut Building<'_>,
        first: u32,
        block: &BlockColumns,
    ) -> Vec<Option<usize>> {
        // Rows of one period mostly follow one another.
        let mut last: Option<(&str, u32)> = None;
        let mut only = None;
        let mut rows = Vec::with_capacity(block.records.len());
        for (k, record) in block.records.iter().enumerate() {
            let number = first + record;
            let spot = |column| Spot { record: Some(number), column };
            let mut row = || {
                let behind = 1 + usize::from(self.roles.period.is_some());
                let within = self.roles.parent.map(|_| block.key(k, behind));
                let region =
                    self.region_of(table, block.key(k, 0), within, spot(self.roles.region?))?;
                let period = match (self.roles.period, last) {
                    (None, _) => *only.get_or_insert_with(|| table.labels.number("", None)),
                    (Some(_), Some((label, period))) if label == block.key(k, 1) => period,
                    (Some(column), _) => self.period_of(table, block.key(k, 1), spot(column))?,
                };
                if self.roles.period.is_some() {
                    last = Some((block.key(k, 1), period));
                }
                Some(table.rows.take(region, period))
            };
            let row = row();
            rows.push(row.filter(|row| self.claim(table, *row, number)));
        }
        rows
    }

    fn cell(
        &mut self,
        table: &mut Building<'_>,
        row: usize,
        indicator: usize,
        spot: Spot,
        cell: Cell<'_>,
    ) {
        let own = self.notations.get(indicator).and_then(Option::as_ref);
        match own.unwrap_or(self.notation).cell(cell) {
            Ok((_, State::Missing)) => {}
            Ok(read) => self.put(table, row, indicator, spot, read),
            Err(why) => self.unread_cell(table, row, indicator, spot, why, &cell.shows()),
        }
    }

    /// Remembers a cell that is not read.
    fn unread_cell(
        &mut self,
        table: &Building<'_>,
        row: usize,
        indicator: usize,
        spot: Spot,
        why: Why,
        shows: &str,
    ) {
        let (region, period) = key(table, row);
        let mut shows = shows.trim().to_string();
        if shows.chars().count() > 60 {
            shows = shows.chars().take(59).chain(['…']).collect();
        }
        let indicator = table.wanted[indicator].clone();
        let fault = DataFault::NotANumber { indicator, region, period, shows, why };
        self.findings.add(fault, vec![spot]);
    }

    /// Takes over what a cell says: a value, or another state than missing.
    fn put(
        &mut self,
        table: &mut Building<'_>,
        row: usize,
        indicator: usize,
        spot: Spot,
        (value, state): (f64, State),
    ) {
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

fn key(table: &Building<'_>, row: usize) -> (String, String) {
    let (region, period) = table.rows.list()[row];
    (table.regions.list[region as usize].code.clone(), table.labels.label(period).to_owned())
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
        let regions =
            read_regions(&input, &Format::default(), None, &Numbers::default(), &mut problems)
                .unwrap();
        assert_eq!(problems, []);
        regions
    }

    fn file(name: &str, bytes: impl AsRef<[u8]>) -> ValueFile {
        ValueFile {
            input: Input::memory(name, bytes.as_ref()),
            format: Format::default(),
            columns: Columns::default(),
            notation: Notation::default(),
            matching: Match::default(),
            is_result: false,
        }
    }

    fn read(files: &[ValueFile], wanted: &[&str]) -> (Values, Vec<DataFault>) {
        let wanted: Vec<String> = wanted.iter().map(|w| w.to_string()).collect();
        let mut problems = Vec::new();
        let values = read_values(files, (&[], &[]), &mut regions(), &wanted, &mut problems);
        let faults = problems
            .into_iter()
            .map(|p| match p.fault {
                Fault::Data(fault) => fault,
                other => panic!("{other:?}"),
            })
            .collect();
        (values, faults)
    }

    fn raw(values: &Values, row: usize, column: usize) -> Option<(Place, String)> {
        values.raw(row, column, values.columns[column].state(row))
    }

    /// Region, period, values: one line a row.
    fn shown(values: &Values) -> String {
        let regions = regions();
        let mut lines = Vec::new();
        for (row, (region, period)) in values.rows.iter().enumerate() {
            let mut line = format!(
                "{} {}",
                regions.list()[region.0 as usize].code,
                values.periods[period.0 as usize].label
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
        let regions =
            read_regions(&input, &Format::default(), None, &Numbers::default(), &mut problems)
                .unwrap();
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
        let labels: Vec<&str> = values.periods.iter().map(|p| p.label.as_str()).collect();
        assert_eq!(labels, ["2019", "2020"]);
        let (place, shows) = raw(&values, 1, 0).unwrap();
        let Place::Text { source, span } = place else { panic!() };
        assert_eq!((source.name.as_str(), &source.text[span], shows.as_str()), ("w.csv", "2", "2"));
        assert_eq!(raw(&values, 2, 0).unwrap().1, "5");
        assert_eq!(raw(&values, 2, 2), None);
        assert_eq!(values.headers(), ["region", "period", "note", "a", "indicator", "value"]);
    }

    #[test]
    fn other_files_of_the_world() {
        let expected = "01  1.5 Missing\n02  2 3.25";
        let plain = "region;甲;乙\n01;1,5;\n02;2;3,25\n";
        let mut german = file("g.csv", plain);
        german.notation.decimal = ',';
        let mut gb = file("gb.csv", encoding_rs::GB18030.encode(plain).0);
        gb.format.encoding = Some(crate::data::encoding::Encoding::GB18030);
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
            near: near.map(|code| KnownRegion {
                code: code.to_string(),
                name: regions().list()[regions().find(code).unwrap().0 as usize].name("zh").into(),
            }),
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
                    rows: 3,
                    are_names: None,
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
        assert_eq!(faults.len(), 6);
        assert!(matches!(&faults[5], DataFault::More { count: 45, .. }));
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
                    is_key: true,
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
        one.format.sheets = vec!["2020".into()];
        one.notation.states.push(("…".into(), State::Missing));
        let (values, faults) = read(std::slice::from_ref(&one), &["a", "b"]);
        assert_eq!(shown(&values), "01  0.30000000000000004 2\n02  Missing Missing");
        let (place, _) = raw(&values, 0, 1).unwrap();
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
            ] if shows == "#DIV/0!" && codes[0].code == "3" && codes[0].near.as_ref().is_some_and(|near| near.code == "03")
        ));
        let mut problems = Vec::new();
        let wanted = ["a".to_string(), "b".to_string()];
        read_values(
            std::slice::from_ref(&one),
            (&[], &[]),
            &mut Regions::open(),
            &wanted,
            &mut problems,
        );
        let found: Vec<_> = problems.iter().map(|p| p.places[0].clone()).collect();
        assert_eq!(found, [cell(5, 3, "#DIV/0!"), cell(6, 2, "TRUE"), cell(6, 3, "2020-01-05")]);
        one.format.sheets = vec!["2021".into()];
        let sheets = vec!["notes".into(), "2020".into()];
        assert_eq!(read(&[one], &["a"]).1, [DataFault::NoSheet { sheet: "2021".into(), sheets }]);
    }

    /// A long file is taken as UTF-8 by its first lines; where it is not, it is read again and means what it would have meant.
    #[test]
    fn first_lines_that_deceive_are_not_believed() {
        let rows: String = (0..40).map(|year| format!("01,{year},{year}\n")).collect();
        let text = format!("region,period,a\n{rows}02,2019,…\n03,2020,7\n");
        let utf8 = text.clone().into_bytes();
        let gb = encoding_rs::GB18030.encode(&text).0.into_owned();
        let mut broken = utf8.clone();
        let at = broken.len() - 5;
        broken[at] = 0xff;
        let read_of = |bytes: Vec<u8>, by_records: bool, encoding| {
            let mut one = file("v.csv", bytes);
            one.input.encoding = encoding;
            one.notation.states.push(("…".into(), State::NotApplicable));
            if by_records {
                one.format.frame.skip = vec![crate::data::frame::Skip::Row(u32::MAX)];
            }
            let mut problems = Vec::new();
            let values = read_values(
                &[one],
                (&[], &[]),
                &mut Regions::open(),
                &["a".to_owned()],
                &mut problems,
            );
            (values.rows.len(), problems.len(), values.columns[0].state(40))
        };
        for by_records in [false, true] {
            let right = (42, 0, State::NotApplicable);
            assert_eq!(read_of(utf8.clone(), by_records, None), right);
            let stated = crate::data::encoding::Encoding::of("gb18030");
            assert_eq!(read_of(gb.clone(), by_records, stated), right);
            assert_eq!(read_of(broken.clone(), by_records, None).1, 1);
        }
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
            let values = read_values(
                &[file("v.csv", bytes)],
                (&[], &[]),
                &mut Regions::open(),
                &wanted,
                &mut problems,
            );
            assert_eq!(values.rows.len(), 40_000);
            let place = |row, shows: &str| Place::Cell {
                file: "v.csv".into(),
                sheet: None,
                row,
                column: 2,
                shows: shows.into(),
            };
            assert_eq!(problems[0].places, [place(30_002, "x")]);
            assert_eq!(raw(&values, 39_999, 0).unwrap().0, place(40_001, "1"));
        }
    }

    /// The same table read by columns and record by record.
    fn both_ways(text: &str, notation: &Notation, after: Option<&str>) -> [String; 2] {
        [Vec::new(), vec![crate::data::frame::Skip::Row(u32::MAX)]].map(|skip| {
            let mut one = file("v.csv", text);
            one.notation = notation.clone();
            one.format.delimiter = Some(b',');
            let plain = after.map(|text| file("w.csv", text));
            let mut files: Vec<ValueFile> = plain.into_iter().collect();
            one.format.frame.skip = skip;
            files.push(one);
            let wanted = ["a", "b", "c"].map(str::to_owned);
            let mut problems = Vec::new();
            let values = read_values(&files, (&[], &[]), &mut regions(), &wanted, &mut problems);
            let mut said = shown(&values);
            for row in 0..values.rows.len() {
                for column in 0..3 {
                    said.push_str(&format!("\n{:?}", raw(&values, row, column)));
                }
            }
            said.push_str(&format!("\n{problems:#?}"));
            said
        })
    }

    proptest::proptest! {
        #[test]
        fn columns_are_read_as_records_are(
            rows in proptest::collection::vec(
                proptest::collection::vec(
                    "01|02|03|04||2019|2020|-?[0-9]{1,3}(\\.[0-9]{1,3})?|-0|0\\.1|1e3|…|x| 7 |\"1\"|\"1\n2\"|12%|[0-9]{18,22}|\\.5|5\\.|-| ",
                    1..7,
                ),
                0..12,
            ),
            order in 0..3_usize,
            end in "\n|\r\n|\r|\n\n",
            marker in "…|-9999|1",
            beside in 0..2_usize,
        ) {
            let head = [
                "region,period,a,b,c", "a,period,region,b,c", "c,b,x,a,region,period",
            ][order];
            let mut text = head.to_owned();
            for row in rows {
                text.push_str(&end);
                text.push_str(&row.join(","));
            }
            let mut notation = Notation::default();
            notation.states.push((marker, State::NotApplicable));
            let other = "region,period,b\n01,2019,5\n02,2020,\n";
            let [by_columns, by_records] =
                both_ways(&text, &notation, (beside == 1).then_some(other));
            proptest::prop_assert_eq!(by_columns, by_records);
        }
    }
}
