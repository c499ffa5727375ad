//! Tables of records: read block by block, and counted by region and period. A record is not kept, so that a file may be
//! far larger than the memory.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use indexmap::{IndexMap, IndexSet};
use quanheng_core::model::{RegionIx, State};
use rayon::prelude::*;

use super::{Asked, Building, Values, has_lost_digits, no_column, with_text};
use crate::data::file::{
    BlockColumns, Cell, Findings, Record, SHOWN, Short, Spot, TableFile, Wanted,
};
use crate::data::frame::Filter;
use crate::data::number::Notation;
use crate::data::records::tally::{Adds, Record as Case, Tally};
use crate::data::records::{Account, Behind, Measure, Records};
use crate::problem::{DataFault, Fault, Place, Problem, Unread as Why};

/// Of how many combinations of texts it is remembered what they add.
const REMEMBERED: usize = 1 << 16;

/// Of how many repeated keys it is looked for where they stand.
const REPEATED: usize = 1000;

/// A table of records that was counted.
#[derive(Debug)]
pub(super) struct Counted {
    tables: Vec<TableFile>,
    tally: Tally,
    /// The cell of each row of the values.
    cells: HashMap<usize, usize>,
    /// The measure that is a column of the values.
    measures: HashMap<usize, usize>,
}

impl Counted {
    fn at(&self, row: usize, column: usize) -> Option<(usize, usize)> {
        Some((*self.cells.get(&row)?, *self.measures.get(&column)?))
    }

    /// Where the first record that counts stands, and what it shows.
    pub(super) fn raw(&self, row: usize, column: usize) -> Option<(Place, String)> {
        let (cell, measure) = self.at(row, column)?;
        let (file, record) = self.tally.first(cell, measure).next()?;
        Some(self.tables[file as usize].place(Spot { record: Some(record), column: 0 }))
    }

    /// What a cell is made of.
    pub(super) fn behind(&self, row: usize, column: usize) -> Option<Behind> {
        let (cell, measure) = self.at(row, column)?;
        let (base, count, grades) = self.tally.counts(cell, measure);
        let first = self.tally.first(cell, measure).map(|(file, record)| {
            let table = &self.tables[file as usize];
            let shown = |column| table.place(Spot { record: Some(record), column });
            let cells: Vec<String> = (0..table.header().len()).map(|k| shown(k).1).collect();
            (shown(0).0.to_string(), cells.join(", "))
        });
        Some(Behind {
            measure: self.tally.measures()[measure].clone(),
            files: self
                .tables
                .iter()
                .map(|table| table.name().to_owned())
                .collect::<IndexSet<String>>()
                .into_iter()
                .collect(),
            count,
            base,
            grades,
            first: first.collect(),
        })
    }

    /// The names of its measures.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.tally.measures().iter().map(|measure| measure.name.as_str())
    }
}

/// Records that count nowhere.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Uncounted {
    /// The table.
    pub records: String,
    /// How many lie in no window.
    pub outside: u64,
    /// How many name no region.
    pub nowhere: u64,
    /// How many there are in all.
    pub of: u64,
}

/// What was counted so far of one table.
struct Counting<'a> {
    records: &'a Records,
    tally: Tally,
    /// The cell of each region in each period, one higher; 0 for none.
    of: Vec<Vec<u32>>,
    /// The region and the period of each cell.
    rows: Vec<(u32, u32)>,
    /// The period of each window; nothing for one that is not kept.
    windows: HashMap<i64, Option<u32>>,
    /// Of the key of each record.
    hashes: Vec<u64>,
    whole: Option<u32>,
    uncounted: Uncounted,
}

impl Building<'_> {
    /// Counts a table of records. `is_dated` says whether some table has periods.
    pub(super) fn count(&mut self, records: &Records, is_dated: bool, problems: &mut Vec<Problem>) {
        let mut opened = Vec::new();
        for input in &records.inputs {
            let fits = |table: &TableFile| {
                let mut missing = Vec::new();
                Columns::find(table, records, &[], &mut missing);
                missing.is_empty()
            };
            match TableFile::open_all(input, &records.format, &fits) {
                Ok(tables) => opened.extend(tables),
                Err(new) => problems.extend(new),
            }
        }
        let named = |measure: &&Measure| self.positions.contains_key(measure.name.as_str());
        let measures: Vec<Measure> = records.measures.iter().filter(named).cloned().collect();
        let found: Vec<_> =
            opened.iter().map(|table| Columns::find(table, records, &measures, problems)).collect();
        if let (Some(table), true, Account::One) = (opened.first(), is_dated, &records.account) {
            let fault = DataFault::NoPeriodHere { name: "period".into() };
            problems.push(table.input().problem(fault));
        }
        if measures.is_empty() || found.iter().any(Option::is_none) || opened.is_empty() {
            // A measure whose file cannot be read is not one that is missing.
            for measure in &measures {
                self.met[self.positions[measure.name.as_str()]] = true;
            }
            return;
        }
        let asked = |code: &String| Asked { text: code.clone(), within: None };
        self.matching = records.matching;
        let whole = records.whole.as_ref().and_then(|code| self.region(&asked(code)));
        let mut counting = Counting {
            records,
            tally: Tally::new(measures),
            of: Vec::new(),
            rows: Vec::new(),
            windows: HashMap::new(),
            hashes: Vec::new(),
            whole,
            uncounted: Uncounted { records: records.code.clone(), ..Uncounted::default() },
        };
        for (file, (table, columns)) in opened.iter_mut().zip(found.iter().flatten()).enumerate() {
            self.remarks.of_file(table, &records.format);
            let mut pass = Pass::new(file as u32, columns, &counting.tally);
            let wanted = Wanted {
                keys: columns.texts.iter().map(|(_, column)| *column).collect(),
                values: columns.numbers.iter().map(|at| (*at, &records.notation)).collect(),
            };
            let by_blocks = table.columns(&wanted, |first, block| {
                pass.block(self, &mut counting, first, block);
            });
            let wrong = by_blocks.unwrap_or_else(|| {
                table.records(&columns.all(), Short::Refused, |number, record| {
                    pass.one(self, &mut counting, number, record);
                })
            });
            problems.extend(wrong);
            self.remarks.marks(table);
            let Pass { findings, unknown, .. } = pass;
            problems.extend(findings.finish(table));
            if !unknown.is_empty() {
                problems.extend(self.unknown(table, &unknown));
            }
        }
        if let Some(unique) = &records.unique {
            problems.extend(repeated(&mut opened, unique, std::mem::take(&mut counting.hashes)));
        }
        self.lay(opened, counting, problems);
    }

    /// Makes cells of what was counted.
    fn lay(
        &mut self,
        tables: Vec<TableFile>,
        mut counting: Counting<'_>,
        problems: &mut Vec<Problem>,
    ) {
        // A region of the table of regions of which there are no records has none: its counts are 0.
        if !self.regions.open && !self.regions.is_bundled {
            for label in 0..counting.of.len() as u32 {
                if counting.of[label as usize].is_empty() {
                    continue;
                }
                for region in 0..self.regions.list.len() as u32 {
                    counting.cell(region, label);
                }
            }
        }
        let Counting { tally, rows, uncounted, .. } = counting;
        let mut measures = HashMap::new();
        for (k, measure) in tally.measures().iter().enumerate() {
            let column = self.positions[measure.name.as_str()];
            if std::mem::replace(&mut self.met[column], true) {
                let fault = DataFault::MeasureTwice { name: measure.name.clone() };
                problems.push(tables[0].input().problem(fault));
                continue;
            }
            measures.insert(column, k);
        }
        let mut cells = HashMap::new();
        for (cell, (region, label)) in rows.into_iter().enumerate() {
            let row = self.rows.take(region, label);
            cells.insert(row, cell);
            for (k, measure) in tally.measures().iter().enumerate() {
                let column = self.positions[measure.name.as_str()];
                if measures.get(&column) != Some(&k) {
                    continue;
                }
                let (value, state) = tally.value(cell, k);
                if value.is_infinite() || value.is_nan() && state == State::Value {
                    let fault = DataFault::SumTooLarge { measure: measure.name.clone() };
                    problems.push(tables[0].input().problem(fault));
                    continue;
                }
                let values = &mut self.values[column];
                if values.len() <= row {
                    values.resize(row + 1, f64::NAN);
                }
                values[row] = value;
                if !matches!(state, State::Value | State::Missing) {
                    self.states[column].insert(row, state);
                }
            }
        }
        if uncounted.outside + uncounted.nowhere > 0 {
            self.remarks.uncounted.push(uncounted);
        }
        self.counted.push(Counted { tables, tally, cells, measures });
    }
}

impl Counting<'_> {
    /// The cell of a region and period.
    fn cell(&mut self, region: u32, label: u32) -> usize {
        let (label_at, at) = (label as usize, region as usize);
        if self.of.len() <= label_at {
            self.of.resize(label_at + 1, Vec::new());
        }
        let of = &mut self.of[label_at];
        if of.len() <= at {
            of.resize(at + 1, 0);
        }
        if of[at] == 0 {
            of[at] = self.tally.cell() as u32 + 1;
            self.rows.push((region, label));
        }
        of[at] as usize - 1
    }
}

/// Which columns of a file are read.
#[derive(Debug)]
struct Columns {
    /// The columns that are read as text, by name.
    texts: IndexMap<String, usize>,
    /// The columns that are read as numbers and as nothing else.
    numbers: Vec<usize>,
    /// Where among the texts the regions are.
    regions: Vec<usize>,
    when: Option<usize>,
    unique: Option<usize>,
    /// Where among the texts those stand on which it depends what a record adds.
    says: Vec<usize>,
    /// Where the number of each measure stands.
    number: Vec<Option<Number>>,
}

/// Where a number stands.
#[derive(Clone, Copy, Debug)]
enum Number {
    /// Among the numbers.
    Read(usize),
    /// Among the texts, since something else needs its text.
    Text(usize),
}

impl Columns {
    /// All that are read.
    fn all(&self) -> Vec<usize> {
        self.texts.values().chain(&self.numbers).copied().collect()
    }

    /// The same, with the texts in the order in which they stand in the file, which is that in which they are read.
    fn in_file_order(mut self) -> Columns {
        let mut from: Vec<usize> = (0..self.texts.len()).collect();
        quanheng_core::number::sort_by(&mut from, &|a, b| self.texts[a].cmp(&self.texts[b]));
        let mut to = vec![0; from.len()];
        from.iter().enumerate().for_each(|(new, old)| to[*old] = new);
        let texts = from.iter().filter_map(|old| self.texts.get_index(*old));
        self.texts = texts.map(|(name, column)| (name.clone(), *column)).collect();
        let texts = self.regions.iter_mut().chain(&mut self.says).chain(&mut self.when);
        texts.chain(&mut self.unique).for_each(|at| *at = to[*at]);
        for number in self.number.iter_mut().flatten() {
            if let Number::Text(at) = number {
                *at = to[*at];
            }
        }
        self
    }

    /// Finds the columns; nothing where one is missing.
    fn find(
        table: &TableFile,
        records: &Records,
        measures: &[Measure],
        problems: &mut Vec<Problem>,
    ) -> Option<Columns> {
        let mut missing: IndexMap<String, Problem> = IndexMap::new();
        let mut column = |name: &str, role: &'static str| {
            let found = table.column(name);
            if found.is_none() && !missing.contains_key(name) {
                missing.insert(name.to_owned(), no_column(table, name, role, false));
            }
            found
        };
        let mut texts: IndexMap<String, usize> = IndexMap::new();
        let mut text = |name: &str, role| {
            let at = column(name, role).unwrap_or(0);
            texts.insert_full(name.to_owned(), at).0
        };
        let regions = records.regions.iter().map(|name| text(name, "records.region")).collect();
        let role = match records.account {
            Account::Column(_) => "records.period",
            _ => "records.time",
        };
        let when = records.account.column().map(|name| text(name, role));
        let unique = records.unique.as_ref().map(|name| text(name, "records.unique"));
        let mut says = Vec::new();
        let filters = measures.iter().flat_map(|m| [&m.of, &m.filter]);
        for filter in [&records.filter].into_iter().chain(filters).flatten() {
            says.extend(filter.condition.columns().iter().map(|name| text(name, "where")));
        }
        for measure in measures.iter().filter(|measure| !measure.credit.is_empty()) {
            says.extend(measure.column.iter().map(|name| text(name, "records.column")));
        }
        quanheng_core::number::sort_items(&mut says, Ord::cmp);
        says.dedup();
        let mut numbers: Vec<usize> = Vec::new();
        let mut number = |measure: &Measure| {
            let name = measure.column.as_ref().filter(|_| measure.credit.is_empty())?;
            if let Some(at) = texts.get_index_of(name) {
                return Some(Number::Text(at));
            }
            let of = column(name, "records.column").unwrap_or(0);
            let at = numbers.iter().position(|column| *column == of).unwrap_or_else(|| {
                numbers.push(of);
                numbers.len() - 1
            });
            Some(Number::Read(at))
        };
        let number = measures.iter().map(&mut number).collect();
        let is_whole = missing.is_empty();
        problems.extend(missing.into_values());
        let columns = Columns { texts, numbers, regions, when, unique, says, number };
        is_whole.then(|| columns.in_file_order())
    }
}

/// What a record adds, by the texts on which it depends.
#[derive(Debug)]
struct Signature {
    adds: Adds,
    /// Whether it counts at all.
    counts: bool,
    /// What is wrong, and in which text.
    wrong: Vec<(DataFault, usize)>,
}

/// One file on its way.
struct Pass<'a> {
    file: u32,
    columns: &'a Columns,
    measures: Vec<Measure>,
    findings: Findings,
    unknown: IndexMap<Asked, (Spot, usize)>,
    signatures: HashMap<Box<[u8]>, usize>,
    found: Vec<Signature>,
    regions: HashMap<Box<str>, Option<u32>>,
    /// Room for the texts of a record, for its windows and for its regions.
    text: Vec<u8>,
    windows: Vec<i64>,
    labels: Vec<u32>,
    at: Vec<u32>,
    numbers: Vec<Option<f64>>,
}

impl<'a> Pass<'a> {
    fn new(file: u32, columns: &'a Columns, tally: &Tally) -> Self {
        Pass {
            file,
            columns,
            measures: tally.measures().to_vec(),
            findings: Findings::default(),
            unknown: IndexMap::new(),
            signatures: HashMap::new(),
            found: Vec::new(),
            regions: HashMap::new(),
            text: Vec::new(),
            windows: Vec::new(),
            labels: Vec::new(),
            at: Vec::new(),
            numbers: Vec::new(),
        }
    }

    fn block(
        &mut self,
        table: &mut Building<'_>,
        counting: &mut Counting<'_>,
        first: u32,
        block: &BlockColumns,
    ) {
        for (row, record) in block.records.iter().enumerate() {
            let number = |at: usize| {
                let x = block.values[at][row];
                let other = || block.others.binary_search_by_key(&(row, at), |o| (o.row, o.value));
                match x.is_nan().then(other) {
                    Some(Ok(at)) => {
                        let what = block.others[at].what.clone().map(|_| f64::NAN);
                        what.map_err(|(why, shows)| (why, shows.trim().to_owned()))
                    }
                    _ => Ok(x),
                }
            };
            self.record(table, counting, first + record, &|key| block.key(row, key), &number);
        }
    }

    /// A record of a file that is not read by blocks.
    fn one(
        &mut self,
        table: &mut Building<'_>,
        counting: &mut Counting<'_>,
        number: u32,
        record: &dyn Record,
    ) {
        let text = |(at, column): (usize, &usize)| match record.cell(*column) {
            // A date of a spreadsheet is the beginning of that day.
            Cell::Date(date) if Some(at) == self.columns.when && !date.contains([' ', 'T']) => {
                format!("{date} 00:00")
            }
            cell => cell.shows().trim().to_owned(),
        };
        let texts: Vec<String> = self.columns.texts.values().enumerate().map(text).collect();
        let notation = &counting.records.notation;
        let numbers = self.columns.numbers.iter().map(|column| {
            let cell = record.cell(*column);
            read_number(notation, cell)
        });
        let numbers: Vec<_> = numbers.collect();
        let number_at = |at: usize| numbers[at].clone();
        self.record(table, counting, number, &|key| texts[key].as_str(), &number_at);
    }

    fn record<'k>(
        &mut self,
        table: &mut Building<'_>,
        counting: &mut Counting<'_>,
        number: u32,
        key: &impl Fn(usize) -> &'k str,
        read: &impl Fn(usize) -> Result<f64, (Why, String)>,
    ) {
        let spot = |column: usize| Spot { record: Some(number), column };
        let signature = self.signature(counting, key);
        for (fault, text) in &self.found[signature].wrong {
            self.findings.add(fault.clone(), vec![spot(self.columns.texts[*text])]);
        }
        if !self.found[signature].counts {
            return;
        }
        counting.uncounted.of += 1;
        if let Some(unique) = self.columns.unique {
            let text = key(unique);
            if text.is_empty() {
                self.blank(unique, number);
            } else {
                counting.hashes.push(hash(text));
            }
        }
        if !self.when(table, counting, number, key) {
            return;
        }
        if self.labels.is_empty() {
            counting.uncounted.outside += 1;
            return;
        }
        self.at.clear();
        self.at.extend(counting.whole);
        let mut is_named = false;
        for k in 0..self.columns.regions.len() {
            let text = self.columns.regions[k];
            let code = key(text);
            if code.is_empty() {
                continue;
            }
            is_named = true;
            let found = match self.regions.get(code) {
                Some(found) => *found,
                None => {
                    let asked = Asked { text: code.to_owned(), within: None };
                    let found = match has_lost_digits(code) {
                        true => table.regions.find(code).map(|RegionIx(at)| at),
                        false => table.region(&asked),
                    };
                    self.regions.insert(code.into(), found);
                    found
                }
            };
            match found {
                Some(region) if self.at.contains(&region) => {}
                Some(region) => self.at.push(region),
                None => {
                    let asked = Asked { text: code.to_owned(), within: None };
                    let at = self.columns.texts[text];
                    self.unknown.entry(asked).or_insert((spot(at), 0)).1 += 1;
                }
            }
        }
        if !is_named {
            counting.uncounted.nowhere += 1;
        }
        // What is wrong with a number is stated once for a record, not for each of its cells.
        let adds = &self.found[signature].adds;
        let notation = &counting.records.notation;
        let mut bad = Vec::new();
        self.numbers.clear();
        self.numbers.resize(self.measures.len(), None);
        for measure in adds.numbers() {
            let (found, column) = match self.columns.number[measure] {
                None => continue,
                Some(Number::Read(at)) => (read(at), self.columns.numbers[at]),
                Some(Number::Text(at)) => {
                    (read_number(notation, Cell::Text(key(at))), self.columns.texts[at])
                }
            };
            match found {
                Ok(x) => self.numbers[measure] = Some(x).filter(|x| !x.is_nan()),
                // Several measures may be made of one column.
                Err(_) if bad.contains(&column) => {}
                Err((why, shows)) => {
                    bad.push(column);
                    let name = self.measures[measure].column.clone().unwrap_or_default();
                    let fault = DataFault::BadNumber { column: name, shows, why };
                    self.findings.add(fault, vec![spot(column)]);
                }
            }
        }
        let numbers = &self.numbers;
        for region in &self.at {
            for label in &self.labels {
                let cell = counting.cell(*region, *label);
                counting.tally.add(cell, adds, (self.file, number), |measure| numbers[measure]);
            }
        }
    }

    /// Finds the periods for which a record counts; says whether they can be known.
    fn when<'k>(
        &mut self,
        table: &mut Building<'_>,
        counting: &mut Counting<'_>,
        number: u32,
        key: &impl Fn(usize) -> &'k str,
    ) -> bool {
        self.labels.clear();
        let Some(when) = self.columns.when else {
            self.labels.push(table.labels.number("", None));
            return true;
        };
        let text = key(when);
        if text.is_empty() {
            self.blank(when, number);
            return false;
        }
        let Account::Time { column, format, windows, only } = &counting.records.account else {
            self.labels.push(table.labels.number(text, None));
            return true;
        };
        let moment = format.read(text);
        let Some(moment) = moment.filter(|m| m.has_clock || windows.are_of_days()) else {
            let has_date = moment.is_some();
            let (column, shows) = (column.clone(), text.to_owned());
            let spot = Spot { record: Some(number), column: self.columns.texts[when] };
            self.findings.add(DataFault::BadTime { column, shows, has_date }, vec![spot]);
            return false;
        };
        windows.of(moment.seconds, &mut self.windows);
        for window in &self.windows {
            let label = counting.windows.entry(*window).or_insert_with(|| {
                let label = windows.label(*window);
                let is_kept = only.as_ref().is_none_or(|only| only.contains(&label));
                is_kept.then(|| table.labels.number(&label, None))
            });
            self.labels.extend(*label);
        }
        true
    }

    fn blank(&mut self, text: usize, number: u32) {
        let (name, column) = self.columns.texts.get_index(text).expect("a column that is read");
        let spot = Spot { record: Some(number), column: *column };
        self.findings.add(DataFault::Blank { column: name.clone() }, vec![spot]);
    }

    /// What the texts of a record say, each combination being looked at once.
    fn signature<'k>(&mut self, counting: &Counting<'_>, key: &impl Fn(usize) -> &'k str) -> usize {
        self.text.clear();
        for text in &self.columns.says {
            let text = key(*text);
            self.text.extend((text.len() as u32).to_le_bytes());
            self.text.extend(text.as_bytes());
        }
        if let Some(found) = self.signatures.get(self.text.as_slice()) {
            return *found;
        }
        if self.found.len() >= REMEMBERED {
            self.signatures.clear();
            self.found.clear();
        }
        let found = self.look(counting, key);
        self.found.push(found);
        self.signatures.insert(self.text.as_slice().into(), self.found.len() - 1);
        self.found.len() - 1
    }

    fn look<'k>(&self, counting: &Counting<'_>, key: &impl Fn(usize) -> &'k str) -> Signature {
        let mut found = Signature { adds: Adds::default(), counts: true, wrong: Vec::new() };
        let at = |name: &str| self.columns.texts.get_index_of(name).unwrap_or(0);
        let wrong = &mut found.wrong;
        let mut holds = |filter: &Option<Filter>| {
            let Some(filter) = filter else { return true };
            let shows = |name: &str| key(at(name)).to_owned();
            filter.condition.holds(&shows).unwrap_or_else(|name: String| {
                let shows = shows(&name);
                let of = at(&name);
                let fault = DataFault::NotComparable { column: name, shows };
                if wrong.iter().all(|(other, _)| *other != fault) {
                    wrong.push((fault, of));
                }
                false
            })
        };
        if !holds(&counting.records.filter) {
            found.counts = false;
            return found;
        }
        let mut ungraded = Vec::new();
        for (k, measure) in self.measures.iter().enumerate() {
            if !holds(&measure.of) {
                continue;
            }
            let counts = holds(&measure.filter).then(|| {
                let column = measure.column.as_ref().filter(|_| !measure.credit.is_empty())?;
                let grade = key(at(column));
                let known = measure.credit.iter().position(|(of, _)| of == grade);
                if known.is_none() {
                    let fault = DataFault::UnknownGrade {
                        column: column.clone(),
                        shows: grade.to_owned(),
                        known: measure.credit.iter().map(|(of, _)| of.clone()).collect(),
                    };
                    ungraded.push((fault, at(column)));
                }
                known
            });
            counting.tally.plan(&mut found.adds, k, counts);
        }
        for (fault, of) in ungraded {
            if found.wrong.iter().all(|(other, _)| *other != fault) {
                found.wrong.push((fault, of));
            }
        }
        found
    }
}

fn read_number(notation: &Notation, cell: Cell<'_>) -> Result<f64, (Why, String)> {
    let read = notation.cell(cell);
    read.map(|(number, _)| number).map_err(|why| (why, cell.shows().trim().to_owned()))
}

fn hash(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}

/// What is wrong with keys that stand in several records. The files are read again where some probably do: of all keys
/// only eight bytes each are kept.
fn repeated(tables: &mut [TableFile], unique: &str, mut hashes: Vec<u64>) -> Vec<Problem> {
    hashes.par_sort_unstable();
    let twice: Vec<u64> =
        hashes.windows(2).filter(|two| two[0] == two[1]).map(|two| two[0]).collect();
    if twice.is_empty() {
        return Vec::new();
    }
    let count = twice.len();
    let mut seen: HashMap<String, Case> = HashMap::new();
    let mut found: Vec<(String, Case, Case)> = Vec::new();
    for file in 0..tables.len() {
        let Some(column) = tables[file].column(unique) else { continue };
        let mut look = |number: u32, text: &str| {
            if found.len() >= SHOWN || text.is_empty() || twice.binary_search(&hash(text)).is_err()
            {
                return;
            }
            let here = (file as u32, number);
            match seen.get(text) {
                Some(first) => found.push((text.to_owned(), here, *first)),
                None if seen.len() < REPEATED => {
                    seen.insert(text.to_owned(), here);
                }
                None => {}
            }
        };
        let wanted = Wanted { keys: vec![column], values: Vec::new() };
        let by_blocks = tables[file].columns(&wanted, |first, block| {
            for (row, record) in block.records.iter().enumerate() {
                look(first + record, block.key(row, 0));
            }
        });
        if by_blocks.is_none() {
            tables[file].records(&[column], Short::Refused, |number, record| {
                with_text(record.cell(column), |text| look(number, text));
            });
        }
    }
    let place = |(file, record): Case| {
        let table = &tables[file as usize];
        let column = table.column(unique).unwrap_or(0);
        table.place(Spot { record: Some(record), column }).0
    };
    let fault =
        |key: &String| DataFault::RepeatedRecord { column: unique.into(), key: key.clone() };
    let mut problems: Vec<Problem> = found
        .iter()
        .map(|(key, here, first)| Problem {
            fault: Fault::Data(fault(key)),
            places: vec![place(*here), place(*first)],
        })
        .collect();
    if let (Some((key, ..)), true) = (found.first(), count > found.len()) {
        let more = DataFault::More { count: count - found.len(), like: Box::new(fault(key)) };
        problems.push(tables[0].input().problem(more));
    }
    problems
}

impl Values {
    /// What a cell is made of, where it was counted of records. `row` and `column` are those of the values.
    pub fn behind(&self, row: usize, column: usize) -> Option<Behind> {
        self.counted.iter().find_map(|counted| counted.behind(row, column))
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Regions, read_values};
    use super::*;
    use crate::data::file::{Format, Input};
    use crate::data::frame::Skip;
    use crate::data::names::Match;
    use crate::data::records::{Empty, Kind};

    fn measure(name: &str, kind: Kind, column: Option<&str>, credit: &[(&str, f64)]) -> Measure {
        Measure {
            name: name.into(),
            kind,
            of: None,
            filter: None,
            column: column.map(str::to_owned),
            credit: credit.iter().map(|(grade, credit)| ((*grade).to_owned(), *credit)).collect(),
            empty: Empty::NotApplicable,
        }
    }

    /// What is counted of a text and what is wrong in it, read by blocks and record by record.
    fn both_ways(text: &str) -> [String; 2] {
        [Vec::new(), vec![Skip::Row(u32::MAX)]].map(|skip| {
            let mut format = Format { delimiter: Some(b','), ..Format::default() };
            format.frame.skip = skip;
            let credit = [("good", 1.0), ("fair", 0.8), ("bad", 0.0)];
            let records = Records {
                code: "r".into(),
                inputs: vec![Input::memory("r.csv", text.as_bytes())],
                format,
                notation: Notation::default(),
                regions: vec!["a".into(), "b".into()],
                whole: None,
                matching: Match::Code,
                account: Account::Column("month".into()),
                filter: None,
                unique: Some("no".into()),
                measures: vec![
                    measure("n", Kind::Count, None, &[]),
                    measure("share", Kind::Share, Some("grade"), &credit),
                    measure("sum", Kind::Sum, Some("x"), &[]),
                    measure("mean", Kind::Mean, Some("x"), &[]),
                ],
            };
            let wanted = ["n", "share", "sum", "mean"].map(str::to_owned);
            let mut problems = Vec::new();
            let mut regions = Regions::open();
            let values = read_values(&[], (&[records], &[]), &mut regions, &wanted, &mut problems);
            let mut said = String::new();
            for (row, (region, period)) in values.rows.iter().enumerate() {
                let region = &regions.list()[region.0 as usize].code;
                said.push_str(&format!("{region} {}:", values.periods[period.0 as usize].label));
                for (k, column) in values.columns.iter().enumerate() {
                    let (value, behind) = (column.values()[row], values.behind(row, k));
                    said.push_str(&format!(" {value} {:?} {behind:?}", column.state(row)));
                }
                said.push('\n');
            }
            format!("{said}{problems:#?}")
        })
    }

    #[test]
    fn keys_that_stand_twice_are_found_with_their_places() {
        let mut text = String::from("no,a,b,month,grade,x\n");
        (0..40).for_each(|k| text.push_str(&format!("{},A,,2020,good,1\n", k % 33)));
        let [said, other] = both_ways(&text);
        assert_eq!(said, other);
        // Seven numbers stand twice: five are shown, and the others are counted.
        assert_eq!(said.matches("RepeatedRecord").count(), 6, "{said}");
        assert!(said.contains("More {") && said.contains("count: 2,"), "{said}");
    }

    proptest::proptest! {
        #[test]
        fn blocks_are_counted_as_records_are(
            rows in proptest::collection::vec(
                proptest::collection::vec(
                    "A|B|C||2020|2021|good|fair|bad|god|-?[0-9]{1,3}(\\.[0-9]{1,3})?|x| 7 |\"1\"|\"A\n\"|12%",
                    5..7,
                ),
                0..12,
            ),
            order in 0..2_usize,
        ) {
            let head = ["no,a,b,month,grade,x", "x,month,grade,b,a,no"][order];
            let mut text = head.to_owned();
            for row in rows {
                text.push('\n');
                text.push_str(&row.join(","));
            }
            let [by_blocks, by_records] = both_ways(&text);
            proptest::prop_assert_eq!(by_blocks, by_records);
        }

        /// The same records give the same cells in any order, to the last bit.
        #[test]
        fn the_order_of_records_has_no_effect(
            rows in proptest::collection::vec(
                ("A|B", "|C", "2020|2021", "good|fair|bad", -1e6..1e6_f64), 1..30,
            ),
        ) {
            let line = |(a, b, month, grade, x): &(String, String, String, String, f64)| {
                format!("{a},{b},{month},{grade},{x}")
            };
            let cells = |rows: &[String]| {
                let text = format!("a,b,month,grade,x,no\n{}", rows.join("\n"));
                let [said, _] = both_ways(&text);
                // Without what depends on the order: the first records.
                let mut lines: Vec<String> = said.lines().take_while(|l| *l != "[]").map(|line| {
                    let parts = line.split("first: [").map(|part| part.split_once(']').map_or(part, |(_, rest)| rest));
                    parts.collect()
                }).collect();
                lines.sort();
                lines
            };
            let numbered = |rows: Vec<String>| -> Vec<String> {
                rows.into_iter().enumerate().map(|(k, row)| format!("{row},{k}")).collect()
            };
            let mut lines: Vec<String> = rows.iter().map(line).collect();
            let forward = cells(&numbered(lines.clone()));
            lines.reverse();
            proptest::prop_assert_eq!(forward, cells(&numbered(lines)));
        }
    }
}
