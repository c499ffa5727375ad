//! What is counted of the records of each region and period.

use quanheng_core::model::State;
use quanheng_core::number::{ExactSum, weighted_share};

use super::{Empty, Kind, Measure};

/// Of how many records that count the places are kept in each cell.
pub(in crate::data) const FIRST: usize = 3;

/// A record: the number of its file, and its number in there.
pub(in crate::data) type Record = (u32, u32);

/// No record.
const NONE: Record = (u32::MAX, u32::MAX);

/// What a record adds to the measures of its cell.
#[derive(Clone, Debug, Default)]
pub(in crate::data) struct Adds {
    /// The positions of counters that go up by one.
    counters: Vec<u32>,
    /// Measures of numbers.
    numbers: Vec<u32>,
    /// Measures for which it counts.
    counts: Vec<u32>,
}

impl Adds {
    /// The measures whose number is needed.
    pub(in crate::data) fn numbers(&self) -> impl Iterator<Item = usize> {
        self.numbers.iter().map(|measure| *measure as usize)
    }
}

/// The counters of all cells.
///
/// A measure has a counter for its base, one for the records that count, and one for each grade.
#[derive(Debug)]
pub(in crate::data) struct Tally {
    measures: Vec<Measure>,
    /// Where the counters of each measure begin, and where they all end.
    starts: Vec<u32>,
    counters: Vec<u64>,
    sums: Vec<ExactSum>,
    first: Vec<Record>,
}

impl Tally {
    pub(in crate::data) fn new(measures: Vec<Measure>) -> Self {
        let mut starts = vec![0];
        for measure in &measures {
            let start = starts.last().copied().unwrap_or(0);
            starts.push(start + 2 + measure.credit.len() as u32);
        }
        Tally { measures, starts, counters: Vec::new(), sums: Vec::new(), first: Vec::new() }
    }

    pub(in crate::data) fn measures(&self) -> &[Measure] {
        &self.measures
    }

    /// A new cell, in which nothing was counted.
    pub(in crate::data) fn cell(&mut self) -> usize {
        let (width, measures) = (self.width(), self.measures.len());
        let cell = self.counters.len() / width;
        self.counters.resize(self.counters.len() + width, 0);
        self.sums.resize(self.sums.len() + measures, ExactSum::default());
        self.first.resize(self.first.len() + measures * FIRST, NONE);
        cell
    }

    fn width(&self) -> usize {
        self.starts.last().map_or(0, |width| *width as usize)
    }

    /// What a record adds that is or is not in the base of a measure, and has a grade if it counts there.
    pub(in crate::data) fn plan(
        &self,
        adds: &mut Adds,
        measure: usize,
        counts: Option<Option<usize>>,
    ) {
        let start = self.starts[measure];
        let of = &self.measures[measure];
        if of.kind == Kind::Share {
            adds.counters.push(start);
        }
        let Some(grade) = counts else { return };
        if of.column.is_some() && grade.is_none() {
            // Whether it counts is known when its number is.
            adds.numbers.push(measure as u32);
            return;
        }
        adds.counters.push(start + 1);
        adds.counters.extend(grade.map(|grade| start + 2 + grade as u32));
        adds.counts.push(measure as u32);
    }

    /// Adds a record to a cell. `number` is that of a measure; none where the record has none.
    pub(in crate::data) fn add(
        &mut self,
        cell: usize,
        adds: &Adds,
        record: Record,
        number: impl Fn(usize) -> Option<f64>,
    ) {
        let base = cell * self.width();
        for at in &adds.counters {
            self.counters[base + *at as usize] += 1;
        }
        for measure in &adds.counts {
            self.meet(cell, *measure as usize, record);
        }
        for measure in &adds.numbers {
            let measure = *measure as usize;
            if let Some(number) = number(measure) {
                self.counters[base + self.starts[measure] as usize + 1] += 1;
                self.sums[cell * self.measures.len() + measure].add(number);
                self.meet(cell, measure, record);
            }
        }
    }

    fn meet(&mut self, cell: usize, measure: usize, record: Record) {
        let at = (cell * self.measures.len() + measure) * FIRST;
        if self.first[at + FIRST - 1] == NONE
            && let Some(free) = self.first[at..at + FIRST].iter_mut().find(|first| **first == NONE)
        {
            *free = record;
        }
    }

    /// The counters of a measure in a cell: its base, those that count, and those of each grade.
    fn of(&self, cell: usize, measure: usize) -> (u64, u64, &[u64]) {
        let base = cell * self.width();
        let (start, end) = (self.starts[measure] as usize, self.starts[measure + 1] as usize);
        let counters = &self.counters[base + start..base + end];
        (counters[0], counters[1], &counters[2..])
    }

    /// The value of a measure in a cell, or the kind of its absence; infinite where a sum is too large.
    pub(in crate::data) fn value(&self, cell: usize, measure: usize) -> (f64, State) {
        let (base, count, grades) = self.of(cell, measure);
        let of = &self.measures[measure];
        let credits: Vec<f64> = of.credit.iter().map(|(_, credit)| *credit).collect();
        let divisor = match of.kind {
            Kind::Share => base,
            Kind::Mean => count,
            Kind::Count | Kind::Sum => 1,
        };
        if divisor == 0 {
            return match of.empty {
                Empty::NotApplicable => (f64::NAN, State::NotApplicable),
                Empty::Missing => (f64::NAN, State::Missing),
                Empty::Zero => (0.0, State::Value),
            };
        }
        let value = match (of.kind, credits.is_empty(), &of.column) {
            (_, false, _) => weighted_share(grades, &credits, divisor),
            (Kind::Count | Kind::Share, true, _) | (_, true, None) => {
                weighted_share(&[count], &[1.0], divisor)
            }
            (_, true, Some(_)) => {
                self.sums[cell * self.measures.len() + measure].value() / divisor as f64
            }
        };
        (value, State::Value)
    }

    /// How many records are the base of a measure in a cell, how many count, and how many have each grade.
    pub(in crate::data) fn counts(&self, cell: usize, measure: usize) -> (u64, u64, Vec<u64>) {
        let (base, count, grades) = self.of(cell, measure);
        let base = if self.measures[measure].kind == Kind::Share { base } else { count };
        (base, count, grades.to_vec())
    }

    /// The first records that count.
    pub(in crate::data) fn first(
        &self,
        cell: usize,
        measure: usize,
    ) -> impl Iterator<Item = Record> {
        let at = (cell * self.measures.len() + measure) * FIRST;
        self.first[at..at + FIRST].iter().copied().filter(|record| *record != NONE)
    }
}
