//! The files of a new project that is like another one: its systems, methodologies and leagues, with its data or with
//! illustrative data in their place.

use std::collections::HashSet;
use std::path::{Component, Path};
use std::sync::Arc;

use quanheng_core::evaluation::Evaluation;
use quanheng_core::methodology::Methodology;
use quanheng_core::model::{Column, State, Study};
use quanheng_core::number::{RoundMode, round};
use quanheng_words::number::exact;

use crate::data::write;
use crate::gate::{self, Folder};
use crate::problem::{Problem, Problems};
use crate::project::{self, Drawn, ReadFile, Resolved, Template};

/// The file with illustrative data.
const VALUES: &str = "values.csv";

/// What a copy of data carries along, if it is there: where they come from, under which licence.
const PROVENANCE: &str = "PROVENANCE.md";

/// How many different values a column has at most whose cells are drawn among them, such as grades.
const FEW: usize = 12;

/// How often values are drawn until every methodology has a result.
const DRAWS: usize = 10;

/// What stands in a cell that is not applicable or withheld.
const NOT_APPLICABLE: &str = "n/a";
const WITHHELD: &str = "withheld";

/// Every file of a project like this one, by its name below the project's folder. With its data, these are the files of
/// its own that the project reads, unchanged. Without, its project file loses what is about its data (`[records]`, `[input]`, `[official]`,
/// `[notes]`, `[snapshot]`, `[lock]`, and multiverses over other data), and each row of values is drawn at random between
/// two rows of the same league and period; the values are marked as illustrative.
///
/// # Errors
/// A project that cannot be used, or a file of it that cannot be read.
pub fn files(project: &Path, with_data: bool) -> Result<Vec<(String, Vec<u8>)>, Problems> {
    let resolved = project::open_whole(project)?;
    let file = resolved.said.file();
    let folder = Folder::of(file);
    let bytes = |read: &ReadFile| -> Result<(String, Vec<u8>), Problems> {
        let bytes = gate::read(&read.path, u64::MAX);
        let bytes = bytes.map_err(|e| Problem::unreadable(read.path.display(), e))?;
        Ok((name_of(read, file), bytes))
    };
    let own = || resolved.files.iter().filter(|read| is_own(read, file));
    if with_data {
        let mut files = own().map(bytes).collect::<Result<Vec<_>, _>>()?;
        if files.iter().all(|(name, _)| name != PROVENANCE)
            && let Ok(text) = folder.read(&folder.join(PROVENANCE), gate::bounds::WHOLE_FILE)
        {
            files.push((PROVENANCE.to_owned(), text));
        }
        return Ok(files);
    }
    let name = file.parent().and_then(|folder| folder.canonicalize().ok());
    let name = name.as_deref().and_then(Path::file_name).map(|n| n.to_string_lossy().into_owned());
    let Template { text, region, period, names } = resolved.said.template(&Drawn {
        file: VALUES,
        like: name.as_deref().unwrap_or_default(),
        not_applicable: NOT_APPLICABLE,
        withheld: WITHHELD,
    })?;
    let is_named = |read: &&ReadFile| {
        let is_script = read.name.ends_with(".rhai");
        is_script || names.iter().any(|name| name.strip_prefix("./").unwrap_or(name) == read.name)
    };
    let kept = own().filter(|read| read.path != file && read.name != VALUES);
    let mut files = vec![("quanheng.toml".to_owned(), text.into_bytes())];
    for read in kept.filter(is_named) {
        files.push(bytes(read)?);
    }
    let drawn = |draw: usize| -> Result<Vec<(String, Vec<u8>)>, Problems> {
        let values = values(&resolved, draw, &region, &period)?;
        Ok(files.iter().cloned().chain([(VALUES.to_owned(), values)]).collect())
    };
    // A method may refuse what was drawn, such as a treatment that does not bring the skewness down.
    for draw in 0..DRAWS {
        let files = drawn(draw)?;
        if can_be_used(&files)? {
            return Ok(files);
        }
    }
    drawn(0)
}

/// Whether a project of these files has a result under each of its methodologies. It is tried in a folder of its own.
fn can_be_used(files: &[(String, Vec<u8>)]) -> Result<bool, Problems> {
    let aside = |e: std::io::Error| Problem::unwritable(std::env::temp_dir().display(), e);
    let folder = tempfile::tempdir().map_err(aside)?;
    for (name, bytes) in files {
        write::bytes(&folder.path().join(name), bytes)?;
    }
    let Ok(resolved) = project::open_whole(folder.path()) else { return Ok(false) };
    let has_result = |methodology: &Arc<Methodology>| {
        Evaluation::new(Arc::clone(&resolved.study), Arc::clone(methodology)).is_ok()
    };
    let is_whole = resolved.methodologies.len() == resolved.stated.len();
    Ok(is_whole && resolved.methodologies.values().all(has_result))
}

/// Whether a file lies in the folder of the project: those of projects whose results are inputs, and of folders that the
/// user allows, do not. The new project names them too, and does not have them.
fn is_own(read: &ReadFile, file: &Path) -> bool {
    let mut parts = Path::new(&read.name).components();
    read.path == file || parts.all(|part| matches!(part, Component::Normal(_) | Component::CurDir))
}

/// The project file is called as in every folder.
fn name_of(read: &ReadFile, file: &Path) -> String {
    if read.path == file { "quanheng.toml".to_owned() } else { read.name.clone() }
}

/// The table of drawn values: a row for each region and period of the data, a column for each of theirs.
fn values(
    resolved: &Resolved,
    draw: usize,
    region: &str,
    period: &str,
) -> Result<Vec<u8>, Problems> {
    let unwritable = |e: std::io::Error| Problems::from(Problem::unwritable(VALUES, e));
    let study = &resolved.study;
    let mut bytes = Vec::new();
    let mut fill = || -> std::io::Result<()> {
        let mut csv = write::csv(&mut bytes, false)?;
        let has_periods = study.periods.iter().any(|period| !period.label.is_empty());
        let heads = [region].into_iter().chain(has_periods.then_some(period));
        csv.write_record(heads.chain(study.columns.keys().map(String::as_str)))?;
        let columns: Vec<(&Column, Drawing)> =
            study.columns.values().map(|column| (column, Drawing::of(column))).collect();
        let mut seen = HashSet::new();
        for slice in study.panel.slices() {
            let rows: Vec<usize> =
                slice.rows.clone().filter(|row| is_reported(study, *row)).collect();
            let mut turns: Vec<usize> = (0..rows.len()).collect();
            quanheng_core::number::sort_by_key(&mut turns, &|turn| {
                let region = study.panel.regions()[rows[turn]];
                let period = &study.periods[slice.period.0 as usize].label;
                let region = study.regions[region.0 as usize].code.as_str();
                Chance { draw, region, period }.part("turn")
            });
            for (&row, &turn) in rows.iter().zip(&turns) {
                let (region, period) = (study.panel.regions()[row], study.panel.periods()[row]);
                // A region of two leagues has a row in each.
                if !seen.insert((region.0, period.0)) {
                    continue;
                }
                let code = study.regions[region.0 as usize].code.as_str();
                let label = study.periods[period.0 as usize].label.as_str();
                let chance = Chance { draw, region: code, period: label };
                // A row is fit that has a value wherever this one has; every other draw takes all rows, because rows
                // that lack something may be of a kind of their own.
                let is_fit = |other: usize| {
                    if draw % 2 == 1 {
                        return true;
                    }
                    let has = |column: &Column, row: usize| column.state(row) == State::Value;
                    columns.iter().all(|(column, _)| !has(column, row) || has(column, other))
                };
                let between = Between::of(&rows, turn, chance, is_fit);
                let cell = |(k, (column, drawing)): (usize, &(&Column, Drawing))| match column
                    .state(row)
                {
                    State::Value => exact(drawing.draw(column, between, chance, k)),
                    State::Missing => String::new(),
                    State::NotApplicable => NOT_APPLICABLE.to_owned(),
                    State::Withheld => WITHHELD.to_owned(),
                };
                let own = [code.to_owned()].into_iter();
                let own = own.chain(has_periods.then(|| label.to_owned()));
                csv.write_record(own.chain(columns.iter().enumerate().map(cell)))?;
            }
        }
        csv.flush()
    };
    fill().map_err(unwritable)?;
    Ok(bytes)
}

/// Whether the data have this row.
fn is_reported(study: &Study, row: usize) -> bool {
    !study.unreported.get(row).copied().unwrap_or(false)
}

/// Where random numbers come from: the names of a region and a period, and nothing else.
#[derive(Clone, Copy, Debug)]
struct Chance<'a> {
    /// The number of the draw.
    draw: usize,
    region: &'a str,
    period: &'a str,
}

impl Chance<'_> {
    /// A number from 0 to below 1, another one for each purpose.
    fn part(self, purpose: &str) -> f64 {
        let Chance { draw, region, period } = self;
        let hash = blake3::hash(format!("{draw}\0{region}\0{period}\0{purpose}").as_bytes());
        let first: [u8; 8] = hash.as_bytes()[..8].try_into().expect("a hash has more bytes");
        // 53 bits are a fraction exactly.
        (u64::from_le_bytes(first) >> 11) as f64 / (1u64 << 53) as f64
    }

    /// A whole number below another one.
    fn below(self, purpose: &str, count: usize) -> usize {
        (self.part(purpose) * count as f64) as usize
    }
}

/// Two rows of the data and a point between them. All cells of a drawn row lie there, so that what holds for the cells of
/// every row, such as that a part is not greater than the whole, holds for it too.
#[derive(Clone, Copy, Debug)]
struct Between {
    first: usize,
    second: usize,
    /// How far it is from the first to the second: nearer to the first, and no copy of it.
    way: f64,
}

impl Between {
    /// A row and another one of these that are both fit, if such are found; none if there are so few rows that a drawn one
    /// would tell what they have. `turn` is the row that is taken first if it is fit, so that each row has its turn and
    /// columns keep their distribution.
    fn of(
        rows: &[usize],
        turn: usize,
        chance: Chance<'_>,
        is_fit: impl Fn(usize) -> bool,
    ) -> Option<Between> {
        const LEAST: usize = 3;
        const TRIALS: usize = 30;
        let count = rows.len();
        if count < LEAST {
            return None;
        }
        let pair = |trial: usize| {
            let first = match trial < TRIALS / 2 {
                true => turn,
                false => chance.below(&format!("first {trial}"), count),
            };
            let second = chance.below(&format!("second {trial}"), count - 1);
            [rows[first], rows[(first + 1 + second) % count]]
        };
        let fit = (0..TRIALS).map(pair).find(|pair| pair.iter().all(|row| is_fit(*row)));
        let [first, second] = fit.unwrap_or_else(|| pair(0));
        Some(Between { first, second, way: 0.25 + 0.25 * chance.part("way") })
    }
}

/// How the values of a column are drawn.
#[derive(Clone, Debug, PartialEq)]
enum Drawing {
    /// Among these, such as grades.
    Among(Vec<f64>),
    /// From the least to the greatest, with so many decimals.
    Range(f64, f64, u32),
}

impl Drawing {
    fn of(column: &Column) -> Drawing {
        let mut values: Vec<f64> =
            column.values().iter().copied().filter(|x| !x.is_nan()).collect();
        let count = values.len();
        quanheng_core::number::sort_items(&mut values, f64::total_cmp);
        values.dedup();
        let (Some(&least), Some(&greatest)) = (values.first(), values.last()) else {
            return Drawing::Among(values);
        };
        let is_whole = values.iter().all(|x| x.fract() == 0.0);
        // Whole numbers, such as grades and answers of yes and no, stay whole by rounding.
        if !is_whole && values.len() <= FEW && count >= 3 * values.len() {
            return Drawing::Among(values);
        }
        let enough = |decimals: &u32| {
            (0..*decimals).fold(greatest - least, |range, _| range * 10.0) >= 1000.0
        };
        let decimals = if is_whole { 0 } else { (0..15).find(enough).unwrap_or(15) };
        Drawing::Range(least, greatest, decimals)
    }

    /// The value of a row: between two rows where both have one, else anywhere in the range of the column. `k` numbers the
    /// column.
    fn draw(&self, column: &Column, between: Option<Between>, chance: Chance<'_>, k: usize) -> f64 {
        let ends = between.and_then(|between| {
            let [a, b] = [between.first, between.second].map(|row| column.values()[row]);
            (!a.is_nan() && !b.is_nan()).then_some((a, b, between.way))
        });
        match (self, ends) {
            (Drawing::Among(_), Some((a, b, way))) => {
                if way < 0.5 {
                    a
                } else {
                    b
                }
            }
            (Drawing::Among(values), None) => {
                let at = chance.below(&k.to_string(), values.len());
                values.get(at).copied().unwrap_or(f64::NAN)
            }
            (Drawing::Range(least, greatest, decimals), ends) => {
                let x = match ends {
                    Some((a, b, way)) => a + way * (b - a),
                    None => least + chance.part(&k.to_string()) * (greatest - least),
                };
                let x = round(x, *decimals, RoundMode::HalfUp);
                // Rounding may leave the range.
                if x < *least {
                    *least
                } else if x > *greatest {
                    *greatest
                } else {
                    x
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_part_is_not_drawn_greater_than_its_whole(
            rows in proptest::collection::vec((0..10_000u32, 0..10_000u32), 1..40),
            period in "[a-z]{1,8}",
        ) {
            let whole = Column::new(rows.iter().map(|(a, b)| f64::from(a + b)).collect());
            let part = Column::new(rows.iter().map(|(a, _)| f64::from(*a)).collect());
            let places: Vec<usize> = (0..rows.len()).collect();
            for region in ["x", "y", "z"] {
                let chance = Chance { draw: 0, region, period: &period };
                let between = Between::of(&places, 0, chance, |_| true);
                let draw = |column: &Column, k| Drawing::of(column).draw(column, between, chance, k);
                let (drawn_whole, drawn_part) = (draw(&whole, 0), draw(&part, 1));
                for (column, drawn) in [(&whole, drawn_whole), (&part, drawn_part)] {
                    let values = column.values().iter();
                    prop_assert!(values.clone().any(|x| *x <= drawn) && values.clone().any(|x| *x >= drawn));
                    prop_assert_eq!(drawn.fract(), 0.0);
                }
                if between.is_some() {
                    prop_assert!(drawn_part <= drawn_whole);
                }
            }
        }
    }

    #[test]
    fn no_row_of_few_is_copied() {
        let chance = Chance { draw: 0, region: "x", period: "y" };
        assert!(Between::of(&[0, 1], 0, chance, |_| true).is_none());
        let between = Between::of(&[4, 5, 6], 2, chance, |_| true).expect("three rows");
        assert_ne!(between.first, between.second);
        assert_eq!(between.first, 6);
        assert!((0.25..0.5).contains(&between.way));
    }
}
