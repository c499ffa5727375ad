//! How sure the ranks of a league are, for charts, pages and profiles: what the kinds `weights` and `draws` of robustness
//! find, put together by region.

use std::collections::BTreeMap;

use indexmap::IndexMap;
use quanheng_core::analysis::{Cell, Entry, Found, Inputs, Reason, Subject, Unwatched, Word};
use quanheng_core::evaluation::Evaluation;
use quanheng_core::method::{Settings, Value};
use quanheng_core::model::RegionIx;
use quanheng_core::number::{clamp, max, min};
use quanheng_core::robustness::{find, is_linear};

/// How much may be computed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effort {
    /// What the settings of the project state.
    Whole,
    /// At most what takes a small part of the time of a page.
    Small,
    /// What is exact, and nothing that is drawn.
    Exact,
}

/// So many draws with small effort, and fewer where there are many regions, whose pairs are counted in each.
const DRAWS: (f64, f64) = (2_000.0, 20_000.0);

/// So many scores and pairs of them are computed for all draws with small effort.
const PAIRS: f64 = 1e8;

/// At most so many scores are computed again with small effort: evaluations times rows times nodes.
const SCORES: f64 = 2e7;

/// Of more regions than this nothing is computed with small effort: there are too many pairs.
const MANY: usize = 500;

/// Whether everything can be evaluated so many times with small effort.
pub fn is_quick(evaluation: &Evaluation, times: usize) -> bool {
    let nodes = evaluation.methodology().system.nodes().len();
    times as f64 * (evaluation.study().panel.rows() * nodes) as f64 <= SCORES
}

/// Why there are no draws.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoDraws {
    /// They cannot be had.
    Reason(Reason),
    /// They would take too long: everything would have to be evaluated for each.
    Slow,
    /// Nobody asked for them.
    NotAsked,
}

/// How sure the ranks of a league are.
#[derive(Clone, Debug)]
pub struct Robust {
    /// The position of the league and period in the panel.
    pub slice: usize,
    /// What follows from all weights, exactly.
    pub weights: Result<Exact, Reason>,
    /// What was drawn.
    pub draws: Result<Drawn, NoDraws>,
}

/// What follows from all weights, exactly.
#[derive(Clone, Debug)]
pub struct Exact {
    /// Whose weights are open: a node, or all indicators.
    pub at: Cell,
    /// How many regions are compared.
    pub n: usize,
    /// The best and the worst rank of each region, whatever the weights.
    always: BTreeMap<RegionIx, [f64; 2]>,
    winning: Winning,
    /// Radius, how many of how many pairs are robust, and their share in per cent.
    pub curve: Vec<Robustness>,
    tiers: Option<Tiers>,
}

/// A point of the curve of robust comparisons.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Robustness {
    /// How much other weights count, from 0 to 1.
    pub radius: f64,
    /// The pairs that have one order with all of them.
    pub robust: usize,
    /// How many pairs there are.
    pub pairs: usize,
    /// The share in per cent.
    pub share: f64,
}

/// What was drawn.
#[derive(Clone, Debug)]
pub struct Drawn {
    /// How many draws have figures.
    pub n: usize,
    /// What was drawn.
    pub of: Of,
    /// Whether everything was evaluated again for each.
    pub evaluated: bool,
    /// The probability of the intervals.
    pub level: f64,
    /// The best, the median and the worst rank of each region within the probability.
    intervals: BTreeMap<RegionIx, [f64; 3]>,
    /// How often each region has a rank, in per cent.
    ranks: BTreeMap<RegionIx, Vec<(usize, f64)>>,
    winning: Winning,
    tiers: Option<Tiers>,
}

/// For each pair, the one with the better rank first, how probable it is that the first is ahead.
#[derive(Clone, Debug, Default)]
struct Winning(BTreeMap<(RegionIx, RegionIx), f64>);

impl Winning {
    fn new(found: Option<&Found>) -> Winning {
        let pair = |row: &[Cell]| {
            let at = row.iter().filter_map(|cell| match cell {
                Cell::Region(region) => Some(*region),
                _ => None,
            });
            let regions: Vec<RegionIx> = at.collect();
            let [probability] = numbers(found?, row, ["probability"]);
            Some(((*regions.first()?, *regions.get(1)?), probability))
        };
        Winning(rows(found).filter_map(pair).collect())
    }

    fn of(&self, of: RegionIx, over: RegionIx) -> Option<f64> {
        let turned = || self.0.get(&(over, of)).map(|p| 1.0 - p);
        self.0.get(&(of, over)).copied().or_else(turned)
    }
}

/// What a draw is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Of {
    /// Weights.
    Weights,
    /// Weights, and errors of the data or of what imputation filled.
    Both,
    /// Errors of the data or of what imputation filled.
    Data,
    /// Several methodologies, and perhaps weights and data.
    Methodologies,
}

/// How probable each tier is.
#[derive(Clone, Debug)]
pub struct Tiers {
    /// The names, best first.
    pub names: Vec<String>,
    of: BTreeMap<RegionIx, Vec<f64>>,
}

impl Tiers {
    /// The probability of each tier of a region, best first.
    pub fn of(&self, region: RegionIx) -> Option<&[f64]> {
        self.of.get(&region).map(Vec::as_slice)
    }
}

impl Exact {
    /// The best and the worst rank of a region, whatever the weights.
    pub fn always(&self, region: RegionIx) -> Option<[f64; 2]> {
        self.always.get(&region).copied()
    }

    /// How probable it is that a region is ahead of another under all weights, if each is as probable as the others.
    pub fn winning(&self, of: RegionIx, over: RegionIx) -> Option<f64> {
        self.winning.of(of, over)
    }
}

impl Drawn {
    /// In which share of the draws a region is ahead of another, ties counting half; none of very many regions.
    pub fn winning(&self, of: RegionIx, over: RegionIx) -> Option<f64> {
        self.winning.of(of, over)
    }

    /// The best, the median and the worst rank of a region within the probability.
    pub fn interval(&self, region: RegionIx) -> Option<[f64; 3]> {
        self.intervals.get(&region).copied()
    }

    /// How often a region has each of its ranks, in per cent; none where there are too many regions to count them.
    pub fn ranks(&self, region: RegionIx) -> Option<&[(usize, f64)]> {
        self.ranks.get(&region).map(Vec::as_slice)
    }
}

impl Robust {
    /// How sure the ranks of a subject are, by the settings of the project.
    pub fn new(
        subject: &Subject<'_>,
        settings: &IndexMap<String, Settings>,
        effort: Effort,
    ) -> Robust {
        let of = |kind: &str| settings.get(kind).cloned().unwrap_or_default();
        let slices = subject.study().panel.slices();
        let is_own = |s: &quanheng_core::model::Slice| {
            s.league == subject.league && s.period == subject.period
        };
        let slice = slices.iter().position(is_own).unwrap_or(0);
        let n = slices.get(slice).map_or(0, |slice| slice.rows.len());
        if effort == Effort::Small && n > MANY {
            let reason = Reason::TooMany { n, most: MANY };
            return Robust { slice, weights: Err(reason), draws: Err(NoDraws::Slow) };
        }
        let found = entry("weights").compute(subject, &of("weights"));
        Robust {
            slice,
            weights: found.map(|tables| Exact::new(&tables)),
            draws: match effort {
                Effort::Exact => Err(NoDraws::NotAsked),
                _ => draws(subject, n, of("draws"), effort),
            },
        }
    }

    /// How sure the ranks of a slice are, as far as that takes little time.
    pub fn of_slice(
        evaluation: &Evaluation,
        slice: usize,
        inputs: &Inputs,
        settings: &IndexMap<String, Settings>,
    ) -> Robust {
        let of = &evaluation.study().panel.slices()[slice];
        let subject =
            Subject { evaluation, league: of.league, period: of.period, inputs, watch: &Unwatched };
        Robust::new(&subject, settings, Effort::Small)
    }

    /// How probable each tier is, and whether that is exact; none where tiers are not cut at stated scores.
    pub fn tiers(&self) -> Option<(&Tiers, bool)> {
        let exact = self.weights.as_ref().ok().and_then(|exact| exact.tiers.as_ref());
        let drawn = self.draws.as_ref().ok().and_then(|drawn| drawn.tiers.as_ref());
        exact.map(|tiers| (tiers, true)).or(drawn.map(|tiers| (tiers, false)))
    }
}

fn entry(name: &str) -> &'static Entry {
    find(name).expect("a kind of robustness")
}

/// What is drawn of a subject with `n` regions.
fn draws(
    subject: &Subject<'_>,
    n: usize,
    mut stated: Settings,
    effort: Effort,
) -> Result<Drawn, NoDraws> {
    let entry = entry("draws");
    let filled = stated.filled(&(entry.settings)());
    let number = |name: &str| filled.0.get(name).and_then(Value::as_number).unwrap_or(f64::NAN);
    let is = |name: &str, value: Value| filled.0.get(name) == Some(&value);
    let of_data = is("errors", true.into()) || is("imputation", true.into());
    let of_methodologies =
        matches!(filled.0.get("methodologies"), Some(Value::List(codes)) if !codes.is_empty());
    let of = match (is("weights", "stated".into()), of_data) {
        _ if of_methodologies => Of::Methodologies,
        (true, _) => Of::Data,
        (false, true) => Of::Both,
        (false, false) => Of::Weights,
    };
    if effort == Effort::Small {
        let at = match filled.0.get("at") {
            Some(Value::List(at)) => at.iter().filter_map(Value::text).map(str::to_owned).collect(),
            _ => Vec::new(),
        };
        let replays = of != Of::Weights || !is_linear(subject, &at);
        let nodes = subject.evaluation.methodology().system.nodes().len();
        match replays {
            true if !is_quick(subject.evaluation, number("evaluations") as usize) => {
                return Err(NoDraws::Slow);
            }
            true => {}
            false => {
                let n = n as f64;
                let each = n * (nodes as f64 + n / 2.0);
                let most = clamp(libm::floor(PAIRS / max(each, 1.0)), DRAWS.0, DRAWS.1);
                let most = min(number("draws"), most);
                stated.0.insert("draws".to_owned(), most.into());
            }
        }
    }
    let tables = entry.compute(subject, &stated).map_err(NoDraws::Reason)?;
    Ok(Drawn::new(&tables, of, number("level")))
}

/// The table of a name.
fn table<'t>(tables: &'t [Found], name: &str) -> Option<&'t Found> {
    tables.iter().find(|found| found.form.name == name)
}

/// The rows of a table, which are about some open weights: those of the first row.
fn rows(found: Option<&Found>) -> impl Iterator<Item = &[Cell]> {
    let has_at = found.is_some_and(|found| found.form.columns[0].key == "at");
    let all = found.map_or(&[][..], |found| &found.rows[..]);
    let first = all.first().filter(|_| has_at).map(|row| &row[0]);
    all.iter().map(Vec::as_slice).filter(move |row| first.is_none_or(|at| row[0] == *at))
}

/// The numbers of some columns of a row.
fn numbers<const N: usize>(found: &Found, row: &[Cell], keys: [&str; N]) -> [f64; N] {
    keys.map(|key| {
        let at = found.form.columns.iter().position(|column| column.key == key);
        at.map_or(f64::NAN, |at| row[at].number())
    })
}

/// The region of a row.
fn region(row: &[Cell]) -> Option<RegionIx> {
    row.iter().find_map(|cell| match cell {
        Cell::Region(region) => Some(*region),
        _ => None,
    })
}

/// Some numbers of each region of a table.
fn by_region<const N: usize>(
    found: Option<&Found>,
    keys: [&str; N],
) -> BTreeMap<RegionIx, [f64; N]> {
    let of = |row: &[Cell]| Some((region(row)?, numbers(found?, row, keys)));
    rows(found).filter_map(of).collect()
}

fn tiers(found: Option<&Found>) -> Option<Tiers> {
    let found = found?;
    let name = |cell: &Cell| match cell {
        Cell::Tier(_, _, name) => name.clone(),
        _ => String::new(),
    };
    let first = found.form.columns.len();
    let shares = |row: &[Cell]| row[first..].iter().map(Cell::number).collect();
    Some(Tiers {
        names: found.more.iter().map(|further| name(&further.of)).collect(),
        of: rows(Some(found)).filter_map(|row| Some((region(row)?, shares(row)))).collect(),
    })
}

impl Exact {
    fn new(tables: &[Found]) -> Exact {
        let of = |name: &str| table(tables, name);
        let point = |row: &[Cell]| {
            let keys = ["radius", "robust", "pairs", "share"];
            let [radius, robust, pairs, share] = numbers(of("curve")?, row, keys);
            Some(Robustness { radius, robust: robust as usize, pairs: pairs as usize, share })
        };
        let always = by_region(of("ranks"), ["rank_first_always", "rank_last_always"]);
        Exact {
            at: rows(of("ranks")).next().map_or(Cell::Empty, |row| row[0].clone()),
            n: always.len(),
            always,
            winning: Winning::new(of("pairs")),
            curve: rows(of("curve")).filter_map(point).collect(),
            tiers: tiers(of("tiers")),
        }
    }
}

impl Drawn {
    fn new(tables: &[Found], drawn: Of, level: f64) -> Drawn {
        let of = |name: &str| table(tables, name);
        let first = |key: &str| {
            let found = of("summary")?;
            found.column(key)?.first().copied()
        };
        let mut ranks: BTreeMap<RegionIx, Vec<(usize, f64)>> = BTreeMap::new();
        if let Some(found) = of("acceptability") {
            for row in &found.rows {
                let [rank, share] = numbers(found, row, ["rank_drawn", "share"]);
                if let Some(region) = region(row) {
                    ranks.entry(region).or_default().push((rank as usize, share));
                }
            }
        }
        Drawn {
            of: drawn,
            n: first("draws").map_or(0, |cell| cell.number() as usize),
            evaluated: first("figures") == Some(&Cell::Word(Word::Evaluated)),
            level,
            intervals: by_region(of("ranks"), ["rank_lower", "rank_median", "rank_upper"]),
            ranks,
            winning: Winning::new(of("pairs")),
            tiers: tiers(of("tiers")),
        }
    }
}
