//! Tables of codings: what several coders gave each cell, and the value that follows.

use std::collections::HashMap;

use indexmap::{IndexMap, IndexSet};
use quanheng_core::model::{PeriodIx, RegionIx};

use super::{Asked, Building, Values, key};
use crate::data::coding::{Coded, Coding, Unit};
use crate::data::file::{Findings, SHOWN, Short, Spot, TableFile};
use crate::data::frame::Axis;
use crate::data::grid::Grid;
use crate::problem::{DataFault, Fault, Place, Problem};

/// How many cells on which coders disagree a message names.
const LISTED: usize = 20;

/// A table of codings that was read.
#[derive(Debug)]
pub(super) struct Read {
    coding: Coding,
    grid: Grid,
    coders: Vec<String>,
    units: Vec<Cell>,
    /// The unit of each row and column of the values.
    at: HashMap<(usize, usize), usize>,
    /// The column of codes.
    column: usize,
}

/// A cell of the values that was coded.
#[derive(Debug)]
struct Cell {
    row: usize,
    column: usize,
    /// The coders by number, each with the code and the row of the table. The arbiter has the number of all others.
    codes: Vec<(usize, f64, usize)>,
    value: f64,
}

/// The columns of a table of codings.
struct Columns {
    region: usize,
    indicator: usize,
    coder: usize,
    code: usize,
    period: Option<usize>,
}

impl Columns {
    fn find(grid: &Grid, coding: &Coding, problems: &mut Vec<Problem>) -> Option<Columns> {
        let mut need = |name: &str, role| grid.need(name, role, problems);
        let region = need(&coding.region, "coding.region");
        let indicator = need(&coding.indicator, "coding.indicator");
        let coder = need(&coding.coder, "coding.coder");
        let code = need(&coding.column, "coding.column");
        let period = coding.period.as_ref().map(|name| need(name, "coding.period"));
        let period = match period {
            Some(found) => Some(found?),
            None => None,
        };
        Some(Columns { region: region?, indicator: indicator?, coder: coder?, code: code?, period })
    }
}

impl Read {
    /// Where the first code of a cell stands, and what it shows.
    pub(super) fn raw(&self, row: usize, column: usize) -> Option<(Place, String)> {
        let unit = &self.units[*self.at.get(&(row, column))?];
        let (_, _, at) = *unit.codes.first()?;
        Some((self.grid.place(at, self.column), self.grid.text(at, self.column).to_owned()))
    }

    /// The same, as the project sees it.
    fn unit(&self, cell: &Cell, indicator: &str, region: RegionIx, period: PeriodIx) -> Unit {
        let mut unit = Unit {
            region,
            period,
            indicator: indicator.to_owned(),
            codes: vec![f64::NAN; self.coders.len()],
            written: vec![String::new(); self.coders.len()],
            arbiter: None,
            value: cell.value,
            place: String::new(),
        };
        for (coder, code, at) in &cell.codes {
            let written = self.grid.text(*at, self.column).to_owned();
            match unit.codes.get_mut(*coder) {
                Some(slot) => {
                    *slot = *code;
                    unit.written[*coder] = written;
                }
                None => unit.arbiter = Some(written),
            }
            if unit.place.is_empty() {
                unit.place = self.grid.place(*at, self.column).to_string();
            }
        }
        unit
    }
}

impl Building<'_> {
    /// Reads a table of codings. `is_dated` says whether some table has periods.
    pub(super) fn code(&mut self, coding: &Coding, is_dated: bool, problems: &mut Vec<Problem>) {
        let fits = |table: &TableFile| table.column(&coding.coder).is_some();
        let (input, format) = (&coding.input, &coding.format);
        let Some(grid) = Grid::read_fitting(input, format, Short::Refused, &fits, problems) else {
            return;
        };
        self.remarks.of_file(grid.file(), format);
        let Some(columns) = Columns::find(&grid, coding, problems) else { return };
        if is_dated && columns.period.is_none() {
            let fault = DataFault::NoPeriodHere { name: Axis::Period.word().into() };
            problems.push(input.problem(fault));
            return;
        }
        self.matching = coding.matching;
        let mut findings = Findings::default();
        let mut unknown: IndexMap<Asked, (Spot, usize)> = IndexMap::new();
        let mut coders: IndexSet<String> = IndexSet::new();
        let arbiter = |name: &str| coding.arbiter.as_deref() == Some(name);
        let mut met_arbiter = false;
        // Every coder has its number before one is used.
        for row in 0..grid.rows() {
            match grid.text(row, columns.coder) {
                "" => {}
                name if arbiter(name) => met_arbiter = true,
                name => {
                    coders.insert(name.to_owned());
                }
            }
        }
        let mut cells: IndexMap<(usize, usize), Vec<(usize, f64, usize)>> = IndexMap::new();
        let mut unread = IndexSet::new();
        for row in 0..grid.rows() {
            let spot = |column| grid.spot(row, column);
            let blanks = [columns.region, columns.indicator, columns.coder];
            let blanks = blanks.into_iter().chain(columns.period);
            let blank = blanks.into_iter().find(|column| grid.text(row, *column).is_empty());
            if let Some(column) = blank {
                let fault = DataFault::Blank { column: grid.header()[column].clone() };
                findings.add(fault, vec![spot(column)]);
                continue;
            }
            let name = grid.text(row, columns.indicator);
            let Some(&indicator) = self.positions.get(name) else {
                if unread.insert(name) {
                    self.remarks.unread(name, true, || grid.place(row, columns.indicator));
                }
                continue;
            };
            self.met[indicator] = true;
            let asked = Asked { text: grid.text(row, columns.region).to_owned(), within: None };
            let Some(region) = self.region(&asked) else {
                unknown.entry(asked).or_insert((spot(columns.region), 0)).1 += 1;
                continue;
            };
            let label = columns.period.map_or("", |column| grid.text(row, column));
            let label = self.labels.number(label, None);
            let cell = (self.rows.take(region, label), indicator);
            let shows = grid.text(row, columns.code);
            let code = match coding.numbers.iter().find(|(word, _)| word == shows) {
                Some((_, number)) => *number,
                None => match coding.notation.read(shows) {
                    Ok((number, _)) => number,
                    Err(why) => {
                        let (region, period) = key(self, cell.0);
                        let (indicator, shows) = (name.to_owned(), shows.to_owned());
                        let fault = DataFault::NotANumber { indicator, region, period, shows, why };
                        findings.add(fault, vec![spot(columns.code)]);
                        continue;
                    }
                },
            };
            let name = grid.text(row, columns.coder);
            let coder = coders.get_index_of(name).unwrap_or(coders.len());
            let codes = cells.entry(cell).or_default();
            if let Some((_, _, first)) = codes.iter().find(|(other, ..)| *other == coder) {
                let (region, period) = key(self, cell.0);
                let indicator = self.wanted[indicator].clone();
                let coder = name.to_owned();
                let fault = DataFault::CodedTwice { coder, region, period, indicator };
                let first = grid.spot(*first, columns.code);
                findings.add(fault, vec![spot(columns.code), first]);
                continue;
            }
            codes.push((coder, code, row));
        }
        if let (Some(name), false) = (&coding.arbiter, met_arbiter) {
            let fault = DataFault::NoSuchCoder {
                name: name.clone(),
                known: coders.iter().cloned().collect(),
            };
            problems.push(input.problem(fault));
        }
        problems.extend(findings.finish(grid.file()));
        if !unknown.is_empty() {
            problems.extend(self.unknown(grid.file(), &unknown));
        }
        let mut read = Read {
            coding: coding.clone(),
            coders: coders.into_iter().collect(),
            units: Vec::new(),
            at: HashMap::new(),
            column: columns.code,
            grid,
        };
        self.adjudicate(&mut read, cells, problems);
        self.coded.push(read);
    }

    /// Gives each cell the value that follows from its codes, and says where none does.
    fn adjudicate(
        &mut self,
        read: &mut Read,
        cells: IndexMap<(usize, usize), Vec<(usize, f64, usize)>>,
        problems: &mut Vec<Problem>,
    ) {
        let Read { coding, grid, coders, units, at, column: code } = read;
        let mut taken = Findings::default();
        let (mut disputed, mut places, mut count) = (Vec::new(), Vec::new(), 0);
        for ((row, column), codes) in cells {
            let given: Vec<f64> = codes.iter().map(|(_, code, _)| *code).collect();
            let given: Vec<f64> = given.into_iter().filter(|code| !code.is_nan()).collect();
            let word =
                codes.iter().find(|(coder, code, _)| *coder == coders.len() && !code.is_nan());
            let value = match word {
                Some((_, code, _)) => Some(*code),
                None => coding.adjudication.value(&given),
            };
            if value.is_none() && !given.is_empty() {
                count += 1;
                if disputed.len() < LISTED {
                    let (region, period) = key(self, row);
                    let said = |(coder, _, row): &(usize, f64, usize)| {
                        let name = coders.get(*coder).or(coding.arbiter.as_ref());
                        let name = name.map(String::as_str).unwrap_or_default();
                        format!("{name} {}", grid.text(*row, *code))
                    };
                    let said = codes.iter().map(said).collect::<Vec<_>>().join(", ");
                    let cell = [region.as_str(), &self.wanted[column], &period].join(" ");
                    disputed.push(format!("{} ({said})", cell.trim_end()));
                    places.extend(codes.iter().map(|(.., row)| grid.place(*row, *code)));
                }
                continue;
            }
            if let Some(value) = value {
                let first = codes.first().map_or(0, |(.., row)| *row);
                let values = &mut self.values[column];
                if values.len() <= row {
                    values.resize(row + 1, f64::NAN);
                }
                if !values[row].is_nan() || self.states[column].contains_key(&row) {
                    let (region, period) = key(self, row);
                    let indicator = self.wanted[column].clone();
                    let fault = DataFault::RepeatedCell { region, period, indicator };
                    let parts = &self.parts;
                    taken.add_with(fault, vec![grid.spot(first, *code)], || {
                        parts.iter().find_map(|p| p.spot(row, column).map(|s| p.table.place(s).0))
                    });
                    continue;
                }
                values[row] = value;
            }
            at.insert((row, column), units.len());
            units.push(Cell { row, column, codes, value: value.unwrap_or(f64::NAN) });
        }
        if count > 0 {
            places.truncate(SHOWN);
            let fault = DataFault::Disagreements { cells: disputed, count };
            problems.push(Problem { fault: Fault::Data(fault), places });
        }
        problems.extend(taken.finish(grid.file()));
    }
}

impl Values {
    /// What was coded. `of` says for a row of the values which region and period it is about; rows without one are left out.
    pub fn coded(
        &self,
        wanted: &[&str],
        of: impl Fn(usize) -> Option<(RegionIx, PeriodIx)>,
    ) -> Vec<Coded> {
        let units = |read: &Read| -> Vec<Unit> {
            let unit = |cell: &Cell| {
                let (region, period) = of(cell.row)?;
                Some(read.unit(cell, wanted[cell.column], region, period))
            };
            let mut units: Vec<Unit> = read.units.iter().filter_map(unit).collect();
            // Those of one region stay in the order of the file.
            quanheng_core::number::sort_items(&mut units, |a, b| {
                (a.period, a.region).cmp(&(b.period, b.region))
            });
            units
        };
        let coded = |read: &Read| Coded {
            code: read.coding.code.clone(),
            scale: read.coding.scale,
            coders: read.coders.clone(),
            apart: read.coding.apart,
            units: units(read),
        };
        self.coded.iter().map(coded).collect()
    }
}
