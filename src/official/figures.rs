//! Published figures of groups: what they say, and whether they can all be true.

use indexmap::IndexMap;
use quanheng_core::model::{Names, RegionIx, Study};
use quanheng_core::plausibility::{Bound, Part, Printed, Sums, Verdict, counts_of, sizes_of};
use quanheng_words::text;

use super::file::decimals_of;
use crate::data::file::{Format, Input};
use crate::data::grid::Grid;
use crate::data::number::Notation;
use crate::problem::{Fault, OfficialFault, Place, Problem, Problems, ProjectFault};

/// A table of published figures of the classes of a group.
#[derive(Clone, Debug)]
pub struct Published {
    /// Its name in the project.
    pub code: String,
    /// Its title by language.
    pub names: Names,
    /// The file.
    pub input: Input,
    /// Its form.
    pub format: Format,
    /// How it writes numbers.
    pub notation: Notation,
    /// The position of the group.
    pub group: usize,
    /// The least and the greatest score that a region can have.
    pub each: (f64, f64),
    /// Why the figures are known to contradict each other.
    pub contradicts: Option<String>,
    /// Where the project file states it.
    pub place: Place,
}

/// A row of published figures.
#[derive(Clone, Debug)]
pub struct Row {
    /// The class; none for all regions of the group.
    pub class: Option<usize>,
    /// Of what the count and the share are, such as a tier; none for the other figures.
    pub of: Option<String>,
    /// How many regions are in the class.
    pub size: Option<usize>,
    /// Their mean score.
    pub mean: Option<Printed>,
    /// How many of them are `of`.
    pub count: Option<usize>,
    /// The same as a percentage.
    pub share: Option<Printed>,
    /// How many members the project has.
    pub members: usize,
    /// The counts that fit the share in a class of this size.
    pub counts: Vec<usize>,
    /// The sizes of a class that fit the count and the share.
    pub sizes: Vec<usize>,
    /// Where it stands.
    pub place: String,
}

/// Regions that are in the same classes, and what the figures say of them.
#[derive(Clone, Debug)]
pub struct Share {
    /// The classes.
    pub classes: Vec<usize>,
    /// How many regions there are.
    pub size: usize,
    /// Between which numbers their mean score lies.
    pub mean: Option<(f64, f64)>,
    /// For each thing that is counted, between which numbers its count lies.
    pub counts: Vec<(String, (f64, f64))>,
}

/// Figures that cannot all be true.
#[derive(Clone, Debug, PartialEq)]
pub enum Contradiction {
    /// A size is not the number of members that the project has.
    Size {
        /// The row.
        row: usize,
    },
    /// A count is not this share of the members.
    Share {
        /// The row.
        row: usize,
        /// The share that it is, as a percentage.
        is: f64,
        /// If only one size fits, the size, how many different regions all classes would have together then, and how many
        /// are published.
        together: Option<(usize, usize, usize)>,
    },
    /// No count is this share of the members.
    NoCount {
        /// The row.
        row: usize,
    },
    /// These means contradict each other.
    Means {
        /// The rows.
        rows: Vec<usize>,
    },
    /// These counts contradict each other.
    Counts {
        /// The rows.
        rows: Vec<usize>,
    },
}

/// What there is to say of published figures.
#[derive(Clone, Debug)]
pub struct Figures {
    /// Their table.
    pub published: Published,
    /// The names of the classes.
    pub classes: Vec<String>,
    /// The figures.
    pub rows: Vec<Row>,
    /// What they say of regions in the same classes.
    pub shares: Vec<Share>,
    /// What cannot be true.
    pub contradictions: Vec<Contradiction>,
}

/// Up to which size it is tried whether a count is the share.
const LARGEST: usize = 100_000;

/// Reads published figures and checks whether they can all be true.
///
/// # Errors
/// A file that cannot be read, or names no class of the group.
pub fn figures(published: &Published, study: &Study) -> Result<Figures, Problems> {
    let group = &study.groups[published.group];
    let classes: Vec<String> = group.classes.keys().cloned().collect();
    // Regions in the same classes are one part.
    let mut parts: IndexMap<Vec<bool>, usize> = IndexMap::new();
    for region in (0..study.regions.len() as u32).map(RegionIx) {
        let is_in = |all: &Vec<RegionIx>| all.binary_search(&region).is_ok();
        let groups: Vec<bool> = group.classes.values().map(is_in).collect();
        if groups.contains(&true) {
            *parts.entry(groups).or_default() += 1;
        }
    }
    let parts: Vec<Part> = parts.into_iter().map(|(groups, size)| Part { size, groups }).collect();
    let rows = read(published, &classes, &parts)?;
    let mut contradictions = Vec::new();
    for (at, row) in rows.iter().enumerate() {
        if row.size.is_some_and(|size| size != row.members) {
            contradictions.push(Contradiction::Size { row: at });
        }
        let Some(share) = row.share else { continue };
        match row.count {
            Some(count) => {
                let is = 100.0 * count as f64 / row.members as f64;
                if !share.is_of(is) {
                    let together = together(row, &rows, &parts);
                    contradictions.push(Contradiction::Share { row: at, is, together });
                }
            }
            None if row.counts.is_empty() => {
                contradictions.push(Contradiction::NoCount { row: at })
            }
            None => {}
        }
    }
    let mut shares: Vec<Share> = parts.iter().map(share_of).collect();
    let means: Vec<usize> = (0..rows.len()).filter(|at| rows[*at].mean.is_some()).collect();
    let bound = |at: &usize| {
        let row = &rows[*at];
        let (low, high) = row.mean.map(Printed::range)?;
        let size = row.members as f64;
        Some(Bound { group: row.class, low: low * size, high: high * size })
    };
    let bounds = means.iter().filter_map(bound).collect();
    if !means.is_empty() {
        let sums = Sums { parts: parts.clone(), bounds, each: published.each };
        match sums.judge() {
            Verdict::Possible(ranges) => {
                for (share, (low, high)) in shares.iter_mut().zip(ranges) {
                    let size = share.size as f64;
                    share.mean = Some((low / size, high / size));
                }
            }
            Verdict::Contradiction(of) => {
                let rows = of.into_iter().map(|at| means[at]).collect();
                contradictions.push(Contradiction::Means { rows });
            }
        }
    }
    counted(&rows, &parts, &mut shares, &mut contradictions);
    Ok(Figures { published: published.clone(), classes, rows, shares, contradictions })
}

fn share_of(part: &Part) -> Share {
    let classes = part.groups.iter().enumerate().filter(|(_, is_in)| **is_in).map(|(at, _)| at);
    Share { classes: classes.collect(), size: part.size, mean: None, counts: Vec::new() }
}

/// If only one size fits a count and its share: that size, how many different regions all classes would have together with
/// it, and how many are published.
fn together(row: &Row, rows: &[Row], parts: &[Part]) -> Option<(usize, usize, usize)> {
    let [size] = row.sizes.as_slice() else { return None };
    let whole = rows.iter().find_map(|row| row.size.filter(|_| row.class.is_none()))?;
    let all: usize = parts.iter().map(|part| part.size).sum();
    Some((*size, (all + size).checked_sub(row.members)?, whole))
}

/// What the counts of each thing say of the parts.
fn counted(
    rows: &[Row],
    parts: &[Part],
    shares: &mut [Share],
    contradictions: &mut Vec<Contradiction>,
) {
    let mut by: IndexMap<&str, Vec<usize>> = IndexMap::new();
    for (at, row) in rows.iter().enumerate() {
        if let Some(of) = &row.of {
            by.entry(of).or_default().push(at);
        }
    }
    for (of, at) in by {
        let bound = |at: &usize| {
            let row = &rows[*at];
            let (low, high) = match (row.count, row.counts.as_slice()) {
                (Some(count), _) => (count, count),
                (None, [first, ..]) => (*first, *row.counts.last().unwrap_or(first)),
                (None, []) => return None,
            };
            let bound = Bound { group: row.class, low: low as f64, high: high as f64 };
            Some((*at, bound))
        };
        let (at, bounds): (Vec<usize>, Vec<Bound>) = at.iter().filter_map(bound).unzip();
        let sums = Sums { parts: parts.to_vec(), bounds, each: (0.0, 1.0) };
        match sums.judge() {
            Verdict::Possible(ranges) => {
                for (share, (low, high)) in shares.iter_mut().zip(ranges) {
                    // Counts are whole; the solver leaves a rounding error.
                    let range = ((low - 1e-6).ceil() + 0.0, (high + 1e-6).floor());
                    share.counts.push((of.to_owned(), range));
                }
            }
            Verdict::Contradiction(of) => {
                let rows = of.into_iter().map(|k| at[k]).collect();
                contradictions.push(Contradiction::Counts { rows });
            }
        }
    }
}

/// The rows of the file.
fn read(published: &Published, classes: &[String], parts: &[Part]) -> Result<Vec<Row>, Problems> {
    let mut problems = Vec::new();
    let grid = Grid::read(&published.input, &published.format, &mut problems);
    let Some(grid) = grid else { return Err(problems.into()) };
    let class_at = grid.need("class", "published.class", &mut problems);
    let mut rows = Vec::new();
    for row in 0..grid.rows() {
        let text = |name: &str| grid.column(name).map_or("", |column| grid.text(row, column));
        let mut wrong = |name: &str| {
            let column = grid.column(name).unwrap_or(0);
            let (column_name, shows) = (name.to_owned(), text(name).to_owned());
            let fault = Fault::Official(OfficialFault::NoFigure { column: column_name, shows });
            problems.push(Problem { fault, places: vec![grid.place(row, column)] });
        };
        let notation = &published.notation;
        let mut printed = |name: &str| -> Option<Printed> {
            let shows = text(name);
            match notation.read(shows) {
                _ if shows.is_empty() => None,
                Ok((value, _)) if value.is_finite() => {
                    let decimals = decimals_of(shows, notation.decimal, value);
                    Some(Printed { value, decimals })
                }
                _ => {
                    wrong(name);
                    None
                }
            }
        };
        let (mean, share) = (printed("mean"), printed("share"));
        let mut whole = |name: &str| -> Option<usize> {
            let shows = text(name);
            let found = shows.parse().ok();
            if found.is_none() && !shows.is_empty() {
                wrong(name);
            }
            found
        };
        let (size, count) = (whole("size"), whole("count"));
        let class = match text("class") {
            "" => None,
            name => match classes.iter().position(|class| class == name) {
                Some(at) => Some(at),
                None => {
                    let what = text!(thing_class);
                    let (name, known) = (name.to_owned(), classes.to_vec());
                    let fault = Fault::Project(ProjectFault::UnknownName { what, name, known });
                    let place = grid.place(row, class_at.unwrap_or(0));
                    problems.push(Problem { fault, places: vec![place] });
                    continue;
                }
            },
        };
        let is_in = |part: &&Part| class.is_none_or(|class| part.groups[class]);
        let members: usize = parts.iter().filter(is_in).map(|part| part.size).sum();
        let of = Some(text("of").to_owned()).filter(|of| !of.is_empty());
        let sizes = match (count, share) {
            (Some(count), Some(share)) => sizes_of(count, share, LARGEST),
            _ => Vec::new(),
        };
        let counts = share.map_or(Vec::new(), |share| counts_of(share, members));
        let place = grid.row_place(row).to_string();
        rows.push(Row { class, of, size, mean, count, share, members, counts, sizes, place });
    }
    if problems.is_empty() { Ok(rows) } else { Err(problems.into()) }
}
