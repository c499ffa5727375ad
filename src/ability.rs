//! What built-in methods can do, found by running them: it cannot differ from what they do.

use quanheng_core::conformance::Trial;
use quanheng_core::method::{Entry, Example, Stage};
use quanheng_core::number::{self, Correlation};
use quanheng_core::{aggregation, imputation, normalisation, tiering, treatment, weighting};
use quanheng_words::{Text, text};

/// Something that a method can do or not.
pub struct Ability {
    /// Its word on the command line.
    pub name: &'static str,
    /// What it means.
    pub words: fn() -> Text,
    /// The stages whose methods can have it.
    stages: &'static [Stage],
    holds: fn(&Probe) -> bool,
}

impl std::fmt::Debug for Ability {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Ability").field("name", &self.name).finish_non_exhaustive()
    }
}

const ALL: &[Stage] = &Stage::ALL;
const SCORES: &[Stage] = &[Stage::Normalisation, Stage::Aggregation];

/// Every ability, in the order of a report.
pub static ABILITIES: &[Ability] = &[
    Ability {
        name: "zeros",
        words: || text!(ability_zeros),
        stages: ALL,
        holds: Probe::takes_zeros,
    },
    Ability {
        name: "negatives",
        words: || text!(ability_negatives),
        stages: ALL,
        holds: Probe::takes_negatives,
    },
    Ability {
        name: "absent",
        words: || text!(ability_absent),
        stages: ALL,
        holds: Probe::takes_absent,
    },
    Ability {
        name: "keeps_order",
        words: || text!(ability_keeps_order),
        stages: SCORES,
        holds: Probe::keeps_order,
    },
    Ability {
        name: "own_values",
        words: || text!(ability_own_values),
        stages: SCORES,
        holds: Probe::needs_own_values,
    },
    Ability {
        name: "uses_data",
        words: || text!(ability_uses_data),
        stages: &[Stage::Weighting],
        holds: Probe::uses_data,
    },
];

impl Ability {
    /// The ability of this name.
    pub fn find(name: &str) -> Option<&'static Ability> {
        ABILITIES.iter().find(|ability| ability.name == name)
    }

    /// Whether a method of a stage has it; none where that is not known.
    pub fn of(&self, stage: Stage, name: &str) -> Option<bool> {
        if !self.stages.contains(&stage) {
            return None;
        }
        Probe::new(stage, name).map(|probe| (self.holds)(&probe))
    }
}

type Run = Box<dyn Fn(&Example) -> Option<Vec<f64>>>;

/// Runs a method on tables like that of its worked example, with its settings.
struct Probe {
    run: Run,
    example: Example,
    /// The least and the greatest number of each column of the example.
    ends: Vec<(f64, f64)>,
}

/// Tables that are drawn, and rows of each.
const TABLES: u64 = 40;
const ROWS: usize = 8;

/// So many columns show more than the two of most worked examples.
const COLUMNS: usize = 4;

impl Probe {
    /// None where the method cannot be run without more than columns: groups, several periods.
    fn new(stage: Stage, name: &str) -> Option<Probe> {
        let (run, example) = entry(stage, name)?;
        let by_columns = matches!(stage, Stage::Weighting | Stage::Aggregation);
        let wide = by_columns.then(|| Probe::of(&run, widened(&example))).flatten();
        let own = wide.or_else(|| Probe::of(&run, example));
        own.map(|(example, ends)| Probe { run, example, ends })
    }

    /// The example with the ends of its columns, where the method runs on tables like it.
    fn of(run: &Run, example: Example) -> Option<(Example, Vec<(f64, f64)>)> {
        let ends = |column: &Vec<f64>| match number::extremes(column) {
            Some((least, greatest)) if least < greatest => (least, greatest),
            Some((one, _)) => (one, one + 1.0),
            None => (1.0, 10.0),
        };
        let ends: Vec<(f64, f64)> = example.columns.iter().map(ends).collect();
        run(&table(&example, &ends, 0)).is_some().then_some((example, ends))
    }

    fn table(&self, seed: u64) -> Example {
        table(&self.example, &self.ends, seed)
    }

    fn takes(&self, value: f64) -> bool {
        let with = |k: usize| {
            let mut table = self.table(1);
            table.columns[k][2] = value;
            (self.run)(&table).is_some()
        };
        (0..self.ends.len()).all(with)
    }

    fn takes_zeros(&self) -> bool {
        self.takes(0.0)
    }

    fn takes_negatives(&self) -> bool {
        self.takes(-1.0)
    }

    fn takes_absent(&self) -> bool {
        self.takes(f64::NAN)
    }

    /// Whether the order of two regions is the same without any third one.
    fn keeps_order(&self) -> bool {
        let order = |a: f64, b: f64| {
            let apart = a - b;
            let noise = 1e-9 * number::max(number::max(a.abs(), b.abs()), 1.0);
            if apart.abs() <= noise { 0 } else { apart.total_cmp(&0.0) as i8 }
        };
        (0..TABLES).all(|seed| {
            let table = self.table(seed);
            let Some(all) = (self.run)(&table) else { return true };
            (0..ROWS).all(|gone| {
                let mut fewer = table.clone();
                fewer.columns.iter_mut().for_each(|column| {
                    column.remove(gone);
                });
                let Some(left) = (self.run)(&fewer) else { return true };
                let rows: Vec<usize> = (0..ROWS).filter(|row| *row != gone).collect();
                let alike = |i: usize, j: usize| {
                    order(all[rows[i]], all[rows[j]]) == order(left[i], left[j])
                };
                (0..left.len()).all(|i| (0..i).all(|j| alike(i, j)))
            })
        })
    }

    /// Whether the score of a region stays what it is when another region has other values.
    fn needs_own_values(&self) -> bool {
        (0..TABLES).all(|seed| {
            let (table, other) = (self.table(seed), self.table(seed + TABLES));
            let mut changed = table.clone();
            for (column, other) in changed.columns.iter_mut().zip(&other.columns) {
                column[0] = other[0];
            }
            match ((self.run)(&table), (self.run)(&changed)) {
                (Some(a), Some(b)) => {
                    let near =
                        |(x, y): (&f64, &f64)| (x - y).abs() <= 1e-9 * number::max(x.abs(), 1.0);
                    a[1..].iter().zip(&b[1..]).all(near)
                }
                _ => true,
            }
        })
    }

    fn uses_data(&self) -> bool {
        let first = (self.run)(&self.table(1));
        (2..6).any(|seed| (self.run)(&self.table(seed)) != first)
    }
}

/// The example with more columns, where its settings do not state something of each.
fn widened(example: &Example) -> Example {
    let all = |k: usize| k % example.columns.len();
    let indicator = |k: usize| example.indicators.get(all(k)).cloned().unwrap_or_default();
    let each = |stated: &[f64]| if stated.is_empty() { Vec::new() } else { vec![1.0; COLUMNS] };
    Example {
        columns: (0..COLUMNS).map(|k| example.columns[all(k)].clone()).collect(),
        indicators: (0..COLUMNS).map(indicator).collect(),
        codes: Vec::new(),
        weights: Vec::new(),
        stated: each(&example.stated),
        full_marks: each(&example.full_marks),
        ..example.clone()
    }
}

/// A table like that of an example, with numbers between the ends of its columns.
fn table(example: &Example, ends: &[(f64, f64)], seed: u64) -> Example {
    let cell = |k: usize, row: usize| {
        let (least, greatest) = ends[k];
        let share = number::uniform(seed + 1, k as u64, row as u64);
        // Above zero where the example is: values of 0 are tried by themselves.
        least + (greatest - least) * (0.1 + 0.8 * share)
    };
    let column = |k: usize| (0..ROWS).map(|row| cell(k, row)).collect();
    Example { columns: (0..ends.len()).map(column).collect(), ..example.clone() }
}

/// A method ready to be run, and its worked example.
fn entry(stage: Stage, name: &str) -> Option<(Run, Example)> {
    fn of<M: Trial + ?Sized>(table: &'static [Entry<M>], name: &str) -> Option<(Run, Example)> {
        let entry = quanheng_core::method::find(table, name)?;
        let run = |example: &Example| {
            let found = (entry.make)(&example.settings).ok()?.trial(example).ok()?;
            Some(found)
        };
        Some((Box::new(run), (entry.example)()))
    }
    match stage {
        Stage::Imputation => of(imputation::TABLE, name),
        Stage::Treatment => of(treatment::TABLE, name),
        Stage::Normalisation => of(normalisation::TABLE, name),
        Stage::Weighting => of(weighting::TABLE, name),
        Stage::Aggregation => of(aggregation::TABLE, name),
        Stage::Tiering => of(tiering::TABLE, name),
        Stage::System => None,
    }
}

/// The aggregations whose orders are nearest to that of one: their names and the mean rank correlation, without its sign,
/// over drawn tables of three columns with equal weights and usual settings. Nothing for other stages.
pub fn nearest(stage: Stage, name: &str) -> Vec<(&'static str, f64)> {
    if stage != Stage::Aggregation {
        return Vec::new();
    }
    let Some(own) = scores_of(name) else { return Vec::new() };
    let others = aggregation::TABLE.iter().filter(|entry| entry.name != name);
    let mut all: Vec<(&'static str, f64)> = others
        .filter_map(|entry| {
            let other = scores_of(entry.name)?;
            let each = own.iter().zip(&other).filter_map(|(a, b)| Correlation::Spearman.of(a, b));
            let each: Vec<f64> = each.map(f64::abs).collect();
            Some((entry.name, number::mean(&each)?))
        })
        .collect();
    number::sort_items(&mut all, |a, b| b.1.total_cmp(&a.1));
    all.truncate(3);
    all
}

/// The scores that an aggregation gives on drawn tables.
fn scores_of(name: &str) -> Option<Vec<Vec<f64>>> {
    let (run, _) = entry(Stage::Aggregation, name)?;
    let order = |seed: u64| {
        let cell = |k: u64, row: u64| 1.0 + 9.0 * number::uniform(seed + 7, k, row);
        let column = |k: u64| (0..12).map(|row| cell(k, row)).collect();
        let example = Example { columns: (0..3).map(column).collect(), ..Example::default() };
        run(&example)
    };
    (0..TABLES).map(order).collect()
}
