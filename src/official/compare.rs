//! Published results beside those of an evaluation, cell by cell.

use std::collections::BTreeMap;

use indexmap::IndexMap;
use quanheng_core::evaluation::Evaluation;
use quanheng_core::methodology::RankOn;
use quanheng_core::model::{Names, NodeId};
use quanheng_core::number;

use super::{Exception, Kind, Official, Published, Stated};
use crate::problem::Place;

/// How one table of published results and an evaluation agree.
#[derive(Clone, Debug)]
pub struct Compared {
    /// The methodology.
    pub methodology: String,
    /// The file.
    pub file: String,
    /// Where the project file states the comparison.
    pub place: Place,
    /// A line for each node and period.
    pub lines: Vec<Line>,
    /// Every cell that is not equal, and every one that is named as an exception.
    pub cells: Vec<Cell>,
    /// Exceptions that name something that does not differ.
    pub stale: Vec<Stale>,
    /// How many cells must have been compared.
    pub at_least: Option<usize>,
}

impl Compared {
    /// How many cells were compared.
    pub fn count(&self) -> usize {
        let of_line = |line: &Line| Kind::ALL.map(|kind| line.tally(kind).cells);
        self.lines.iter().flat_map(of_line).sum()
    }

    /// How many cells differ that no exception names.
    pub fn differing(&self) -> usize {
        self.cells.iter().filter(|cell| cell.standing == Standing::Differs).count()
    }

    /// How many cells differ as an exception says.
    pub fn excepted(&self) -> usize {
        self.cells.iter().filter(|cell| matches!(cell.standing, Standing::Excepted(_))).count()
    }

    /// How many cells must have been compared, if fewer were.
    pub fn too_few(&self) -> Option<usize> {
        self.at_least.filter(|least| self.count() < *least)
    }

    /// Whether everything is as published, or as the exceptions say.
    pub fn holds(&self) -> bool {
        self.differing() == 0 && self.stale.is_empty() && self.too_few().is_none()
    }
}

/// How many cells of a kind were compared.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// All.
    pub cells: usize,
    /// Those that are equal, scores at the published decimals.
    pub equal: usize,
    /// Scores that are not equal and differ by no more than is allowed.
    pub within: usize,
}

/// What was compared of a node in a period.
#[derive(Clone, Debug)]
pub struct Line {
    /// The code of the node.
    pub node: String,
    /// Its names.
    pub names: Names,
    /// The label of the period.
    pub period: String,
    /// The decimals at which its scores are compared; none where no score is.
    pub decimals: Option<u32>,
    /// By kind.
    tallies: [Tally; 3],
    /// The greatest difference of a score, and the region that has it.
    pub greatest: Option<(f64, String)>,
    /// How many cells differ as an exception says.
    pub excepted: usize,
}

impl Line {
    /// How many cells of a kind were compared.
    pub fn tally(&self, kind: Kind) -> Tally {
        self.tallies[kind as usize]
    }
}

/// What an evaluation has beside a published cell.
#[derive(Clone, Debug, PartialEq)]
pub enum Found {
    /// A score or a rank.
    Number(f64),
    /// A tier.
    Tier(String),
    /// Nothing: the region has no score, or is not evaluated.
    Nothing,
}

/// How a cell stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It is equal.
    Equal,
    /// It differs by no more than is allowed.
    Within,
    /// It differs.
    Differs,
    /// It differs, for this reason.
    Excepted(String),
}

/// A published cell beside what was found.
#[derive(Clone, Debug)]
pub struct Cell {
    /// What is published.
    pub published: Published,
    /// The names of its region.
    pub names: Names,
    /// What was found.
    pub found: Found,
    /// By how much they differ, for numbers.
    pub difference: Option<f64>,
    /// How it stands.
    pub standing: Standing,
}

/// An exception that names something that does not differ.
#[derive(Clone, Debug)]
pub struct Stale {
    /// The exception's reason.
    pub reason: String,
    /// What it names: the period, the region, the node and the kind, as far as they are stated.
    pub names: Vec<String>,
    /// How many cells it means; all of them are equal.
    pub cells: usize,
    /// Where the project file states it.
    pub place: Place,
}

/// What an exception names, one of each: none where it states none.
type Named = [Option<String>; 4];

/// For each exception and each thing that it names, how many cells it means and how many of them differ.
struct Watch<'a> {
    exceptions: &'a [Exception],
    seen: Vec<BTreeMap<Named, (usize, usize)>>,
}

impl<'a> Watch<'a> {
    fn new(exceptions: &'a [Exception]) -> Self {
        let all = |texts: &Option<Vec<String>>| match texts {
            Some(texts) => texts.iter().cloned().map(Some).collect(),
            None => vec![None],
        };
        let seen = |exception: &Exception| {
            let kinds = exception.kinds.as_ref();
            let kinds = kinds.map(|kinds| kinds.iter().map(|k| k.word().to_owned()).collect());
            let mut named: Vec<Named> = vec![Named::default()];
            let axes = [&exception.periods, &exception.regions, &exception.nodes, &kinds];
            for (axis, texts) in axes.into_iter().enumerate() {
                let with = |named: &Named| {
                    let one = |text| {
                        let mut named = named.clone();
                        named[axis] = text;
                        named
                    };
                    all(texts).into_iter().map(one).collect::<Vec<_>>()
                };
                named = named.iter().flat_map(with).collect();
            }
            named.into_iter().map(|named| (named, (0, 0))).collect()
        };
        Watch { exceptions, seen: exceptions.iter().map(seen).collect() }
    }

    /// The reason for which a cell may differ, if it is an exception.
    fn look(&mut self, cell: &Published, differs: bool) -> Option<&'a str> {
        let is = |texts: &Option<Vec<String>>, name: &str| {
            texts.as_ref().is_none_or(|texts| texts.iter().any(|text| text == name))
        };
        let kind = cell.stated.kind();
        let mut reason = None;
        for (exception, seen) in self.exceptions.iter().zip(&mut self.seen) {
            let holds = is(&exception.periods, &cell.period)
                && is(&exception.regions, &cell.region)
                && is(&exception.nodes, &cell.node)
                && exception.kinds.as_ref().is_none_or(|kinds| kinds.contains(&kind));
            if !holds {
                continue;
            }
            let named = [
                exception.periods.as_ref().map(|_| cell.period.clone()),
                exception.regions.as_ref().map(|_| cell.region.clone()),
                exception.nodes.as_ref().map(|_| cell.node.clone()),
                exception.kinds.as_ref().map(|_| kind.word().to_owned()),
            ];
            let (cells, differing) = seen.entry(named).or_default();
            *cells += 1;
            *differing += usize::from(differs);
            reason = reason.or(Some(exception.reason.as_str()));
        }
        reason
    }

    /// What does not differ.
    fn stale(self) -> Vec<Stale> {
        let of = |(exception, seen): (&Exception, BTreeMap<Named, (usize, usize)>)| {
            let stale = seen.into_iter().filter(|(_, (_, differing))| *differing == 0);
            let one = |(named, (cells, _)): (Named, (usize, usize))| Stale {
                reason: exception.reason.clone(),
                names: named.into_iter().flatten().collect(),
                cells,
                place: exception.place.clone(),
            };
            stale.map(one).collect::<Vec<_>>()
        };
        self.exceptions.iter().zip(self.seen).flat_map(of).collect()
    }
}

/// Compares published cells with an evaluation.
pub fn compare(official: &Official, evaluation: &Evaluation, published: &[Published]) -> Compared {
    let study = evaluation.study();
    let system = &evaluation.methodology().system;
    let panel = &study.panel;
    let mut row_of = BTreeMap::new();
    for row in 0..panel.rows() {
        let region = study.regions[panel.regions()[row].0 as usize].code.as_str();
        let period = study.periods[panel.periods()[row].0 as usize].label.as_str();
        row_of.insert((period, region), row);
    }
    let names_of: BTreeMap<&str, &Names> =
        study.regions.iter().map(|region| (region.code.as_str(), &region.names)).collect();
    let mut written: BTreeMap<(&str, &str), u32> = BTreeMap::new();
    for cell in published {
        if let Stated::Score(_, decimals) = cell.stated {
            let most = written.entry((&cell.node, &cell.period)).or_default();
            *most = decimals.max(*most);
        }
    }
    let mut ranks: BTreeMap<u32, Vec<f64>> = BTreeMap::new();
    let mut lines: IndexMap<(NodeId, &str), Line> = IndexMap::new();
    let mut watch = Watch::new(&official.except);
    let mut cells = Vec::new();
    for cell in published {
        let Some(node) = system.find(&cell.node) else { continue };
        let row = row_of.get(&(cell.period.as_str(), cell.region.as_str())).copied();
        let at = row.map(|row| panel.slice_at(row));
        let grid = at.map(|slice| evaluation.grid(node, slice, RankOn::Rounded));
        let decimals = official.decimals.or_else(|| {
            let written = written.get(&(cell.node.as_str(), cell.period.as_str())).copied()?;
            // Digits beyond those to which scores are compared are noise.
            Some(grid.and_then(|grid| grid.decimals()).map_or(written, |most| written.min(most)))
        });
        let found = match (&cell.stated, row) {
            (_, None) => Found::Nothing,
            (Stated::Score(..), Some(row)) => {
                number_or_nothing(evaluation.scores(node).values()[row])
            }
            (Stated::Rank(_), Some(row)) => {
                let ranks = ranks.entry(node.0).or_insert_with(|| evaluation.ranks_of(node));
                number_or_nothing(ranks[row])
            }
            (Stated::Tier(_), Some(row)) => tier(evaluation, node, row),
        };
        let difference = match (&cell.stated, &found) {
            (Stated::Score(stated, _) | Stated::Rank(stated), Found::Number(found)) => {
                Some(found - stated)
            }
            _ => None,
        };
        let standing = match (&cell.stated, &found) {
            (Stated::Score(stated, _), Found::Number(found)) => {
                let rounded = |x: f64| match (grid, decimals) {
                    (Some(grid), Some(decimals)) => grid.round(x, decimals, official.mode),
                    _ => x,
                };
                // 1.52 - 1.5 is a little more than 0.02.
                let size = (found - stated).abs();
                let is_near = |most: f64| grid.is_some_and(|grid| !grid.below(most, size));
                // Two numbers that `precision` does not tell apart may lie on both sides of a half.
                let is_same = grid.is_some_and(|grid| grid.same(*found, *stated));
                if is_same || rounded(*found) == rounded(*stated) {
                    Standing::Equal
                } else if official.tolerance.is_some_and(is_near) {
                    Standing::Within
                } else {
                    Standing::Differs
                }
            }
            (Stated::Rank(stated), Found::Number(found)) if stated == found => Standing::Equal,
            (Stated::Tier(stated), Found::Tier(found)) if stated == found => Standing::Equal,
            _ => Standing::Differs,
        };
        let reason = watch.look(cell, standing == Standing::Differs);
        let standing = match (standing, reason) {
            (Standing::Differs, Some(reason)) => Standing::Excepted(reason.to_owned()),
            (standing, _) => standing,
        };
        let line = lines.entry((node, cell.period.as_str())).or_insert_with(|| Line {
            node: cell.node.clone(),
            names: system.node(node).names.clone(),
            period: cell.period.clone(),
            decimals: None,
            tallies: [Tally::default(); 3],
            greatest: None,
            excepted: 0,
        });
        let tally = &mut line.tallies[cell.stated.kind() as usize];
        tally.cells += 1;
        tally.equal += usize::from(standing == Standing::Equal);
        tally.within += usize::from(standing == Standing::Within);
        line.excepted += usize::from(matches!(standing, Standing::Excepted(_)));
        if cell.stated.kind() == Kind::Score {
            line.decimals = line.decimals.max(decimals);
            let size = difference.map(f64::abs);
            if let Some(size) = size.filter(|s| line.greatest.as_ref().is_none_or(|(g, _)| s > g)) {
                line.greatest = Some((size, cell.region.clone()));
            }
        }
        if standing != Standing::Equal {
            let names = names_of.get(cell.region.as_str());
            cells.push(Cell {
                published: cell.clone(),
                names: names.map(|names| (*names).clone()).unwrap_or_default(),
                found,
                difference,
                standing,
            });
        }
    }
    let mut lines: Vec<((NodeId, &str), Line)> = lines.into_iter().collect();
    let place = |period: &str| study.periods.iter().position(|p| p.label == period);
    number::sort_items(&mut lines, |((a, p), _), ((b, q), _)| {
        a.index().cmp(&b.index()).then(place(p).cmp(&place(q)))
    });
    Compared {
        methodology: official.methodology.clone(),
        file: official.input.name.clone(),
        place: official.place.clone(),
        lines: lines.into_iter().map(|(_, line)| line).collect(),
        cells,
        stale: watch.stale(),
        at_least: official.at_least,
    }
}

fn number_or_nothing(x: f64) -> Found {
    if x.is_nan() { Found::Nothing } else { Found::Number(x) }
}

/// The tier of a row by the scores of a node: its name, or its number from the best where tiers have none.
fn tier(evaluation: &Evaluation, node: NodeId, row: usize) -> Found {
    let at = evaluation.tiers_of(node).and_then(|tiers| tiers[row]).map(usize::from);
    let Some(at) = at else { return Found::Nothing };
    let labels = evaluation.tier_labels_of(node, row);
    Found::Tier(labels.get(at).cloned().unwrap_or_else(|| (at + 1).to_string()))
}
