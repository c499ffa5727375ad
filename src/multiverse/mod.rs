//! Evaluates a multiverse branch by branch into a ledger, from which a stopped run continues.

mod ledger;

use std::sync::Arc;
use std::time::{Duration, Instant};

use indexmap::IndexSet;
use quanheng_core::evaluation::Evaluation;
use quanheng_core::multiverse::{
    ByRow, Design, Failure, Fate, Kept, LEVELS, Outcome, Results, RowKey, Summary, Tree, Walk,
};
use quanheng_words::{Text, text};

use crate::gate::Folder;
use crate::problem::{Problem, Problems};
use crate::progress::Progress;
use crate::project::{Multiverse, Resolved};
use ledger::{Ledger, Record};

/// A multiverse in which every branch has ended.
#[derive(Debug)]
pub struct Evaluated {
    /// The branches and what became of them.
    pub tree: Tree,
    /// The outcome of each evaluation: ranks and tiers, or the reason why there are none.
    pub results: Vec<Result<Kept, Text>>,
    /// For each evaluation with a result, a hash of its scores, ranks and tiers; otherwise nothing.
    pub hashes: Vec<String>,
    /// The result of the base methodology of the multiverse; `None` if it fails.
    pub base: Option<Kept>,
    /// The names of tiers.
    pub labels: Vec<String>,
    /// How many evaluations were taken from the ledger.
    pub taken: usize,
    /// How many blocks of the ledger were damaged, and so were evaluated again.
    pub dropped: usize,
    /// How often each level was computed in this run.
    pub computed: [u64; LEVELS.len()],
}

/// A block is written about this often; a killed run loses only the current block.
const BLOCK: Duration = Duration::from_millis(250);

/// A block holds no more cells than this, so that memory does not grow with the size of the data.
const BLOCK_CELLS: usize = 1 << 23;

/// Evaluates every branch that the ledger in `folder` does not have yet.
///
/// # Errors
/// A ledger that cannot be used or written. It is not changed, and another run can continue it.
pub fn evaluate(
    resolved: &Resolved,
    multiverse: &Multiverse,
    folder: &Folder,
    fresh: bool,
    progress: &Progress,
) -> Result<Evaluated, Problems> {
    let tree = Tree::new(multiverse.space.clone());
    let (mut ledger, records, dropped) =
        Ledger::open(folder, &folder.join("ledger"), &ledger::head(&tree, multiverse), fresh)?;
    let mut all: Vec<Option<Record>> = vec![None; tree.evaluations()];
    let by_branch: std::collections::BTreeMap<u64, usize> =
        (0..tree.evaluations()).map(|e| (tree.first_branch(e), e)).collect();
    for record in records {
        if let Some(&at) = by_branch.get(&record.branch) {
            all[at] = Some(record);
        }
    }
    let taken = all.iter().flatten().count();
    let left: Vec<usize> = (0..all.len()).filter(|&e| all[e].is_none()).collect();

    let widest = (0..tree.evaluations().min(1)).map(|e| tree.methodology(e)).next();
    let nodes = widest.map_or(1, |m| m.system.nodes().len());
    let most = (BLOCK_CELLS / (nodes * tree.rows().len()).max(1)).max(1);
    let mut size = most.min(16);
    let mut walk = Walk::new(&tree);
    let mut at = 0;
    // Failures that many branches share are put into words once.
    let mut worded: Vec<(Arc<Failure>, Text)> = Vec::new();
    while at < left.len() {
        progress.step(&text!(progress_branches), taken + at, all.len());
        let began = Instant::now();
        let block = &left[at..tree.block_end(&left, at, size)];
        let mut records = Vec::with_capacity(block.len());
        for (&evaluation, outcome) in block.iter().zip(walk.block(block)) {
            let words = |failure: &Failure| {
                let methodology = tree.methodology(evaluation);
                resolved.branch_words(tree.study(evaluation), &methodology, failure)
            };
            records.push(record(tree.first_branch(evaluation), outcome, &mut worded, words));
        }
        ledger.append(&records)?;
        for (&evaluation, record) in block.iter().zip(records) {
            all[evaluation] = Some(record);
        }
        at += block.len();
        worded.truncate(64);
        if began.elapsed() < BLOCK / 2 {
            size = (size * 2).min(most);
        } else if began.elapsed() > BLOCK * 2 {
            size = (size / 2).max(1);
        }
    }
    progress.step(&text!(progress_base), all.len(), all.len());
    let base = base(resolved, multiverse, tree.rows());
    let computed = walk.computed();

    let all: Vec<Record> = all.into_iter().map(|r| r.expect("every branch has ended")).collect();
    let base_labels = base.as_ref().map(|(_, labels)| labels);
    let mut labels: IndexSet<&str> = IndexSet::new();
    let of_branches = all.iter().map(|r| &r.labels);
    for own in base_labels.into_iter().chain(of_branches) {
        labels.extend(own.iter().map(String::as_str));
    }
    let common = |own: &[String], tiers: &[u16]| -> Vec<u16> {
        let places: Vec<u16> =
            own.iter().map(|l| labels.get_index_of(l.as_str()).expect("in") as u16).collect();
        tiers.iter().map(|t| places.get(usize::from(*t)).copied().unwrap_or(Kept::NONE)).collect()
    };
    let hashes = all.iter().map(|r| r.hash.clone()).collect();
    let results = all
        .iter()
        .map(|record| match &record.failed {
            Some(why) => Err(why.clone()),
            None => Ok(Kept {
                ranks: record.ranks.clone(),
                tiers: common(&record.labels, &record.tiers),
            }),
        })
        .collect();
    let base = base
        .as_ref()
        .map(|(kept, own)| Kept { ranks: kept.ranks.clone(), tiers: common(own, &kept.tiers) });
    let labels = labels.into_iter().map(str::to_owned).collect();
    Ok(Evaluated { tree, results, hashes, base, labels, taken, dropped, computed })
}

fn record(
    branch: u64,
    outcome: Outcome,
    worded: &mut Vec<(Arc<Failure>, Text)>,
    words: impl FnOnce(&Failure) -> Text,
) -> Record {
    match outcome {
        Ok(standing) => {
            let hash = hash(&standing);
            let kept = kept(&standing);
            let Kept { ranks, tiers } = kept;
            Record { branch, hash, ranks, tiers, labels: standing.labels, failed: None }
        }
        Err(failure) => {
            let known = worded.iter().find(|(f, _)| Arc::ptr_eq(f, &failure));
            let why = match known {
                Some((_, why)) => why.clone(),
                None => {
                    let why = words(&failure);
                    worded.insert(0, (failure, why.clone()));
                    why
                }
            };
            Record { branch, failed: Some(why), ..Record::default() }
        }
    }
}

fn kept(standing: &ByRow) -> Kept {
    Kept {
        ranks: standing.ranks.iter().map(|r| *r as f32).collect(),
        tiers: standing.tiers.iter().map(|t| t.unwrap_or(Kept::NONE)).collect(),
    }
}

/// A hash of scores, ranks and tiers, bit by bit: 32 hexadecimal digits.
fn hash(standing: &ByRow) -> String {
    let mut hasher = blake3::Hasher::new();
    for x in standing.scores.iter().chain(&standing.ranks) {
        hasher.update(&if x.is_nan() { u64::MAX } else { x.to_bits() }.to_le_bytes());
    }
    for tier in &standing.tiers {
        hasher.update(&tier.unwrap_or(Kept::NONE).to_le_bytes());
    }
    for label in &standing.labels {
        hasher.update(label.as_bytes());
        hasher.update(&[0]);
    }
    hasher.finalize().to_hex()[..32].to_owned()
}

/// The result of the base methodology of the multiverse on the data as published.
fn base(
    resolved: &Resolved,
    multiverse: &Multiverse,
    rows: &[RowKey],
) -> Option<(Kept, Vec<String>)> {
    let methodology = Arc::clone(resolved.methodologies.get(&multiverse.base)?);
    let evaluation = Evaluation::new(Arc::clone(&resolved.study), methodology).ok()?;
    let standing = ByRow::of(&evaluation, rows);
    Some((kept(&standing), standing.labels))
}

/// Regions that are ranked together, summed up.
#[derive(Clone, Debug)]
pub struct Group {
    /// The code of the league.
    pub league: String,
    /// The label of the period.
    pub period: String,
    /// What all branches say of them.
    pub summary: Summary,
}

/// Rows that are ranked together: the code of the league, the label of the period, and the rows.
pub type Together = (String, String, Vec<usize>);

/// The rows of each league in each period asked for. `all` stands for every period; where none is asked for, it is the last
/// one of each league.
///
/// # Errors
/// A period that no row has.
pub fn together(
    resolved: &Resolved,
    rows: &[RowKey],
    periods: &[String],
) -> Result<Vec<Together>, Problems> {
    let mut groups: Vec<Together> = Vec::new();
    for (row, key) in rows.iter().enumerate() {
        match groups.iter_mut().find(|(l, p, _)| *l == key.league && *p == key.period) {
            Some((.., rows)) => rows.push(row),
            None => groups.push((key.league.clone(), key.period.clone(), vec![row])),
        }
    }
    let known: Vec<String> = resolved.study.periods.iter().map(|p| p.label.clone()).collect();
    let all = periods.iter().any(|p| p == "all");
    for label in periods.iter().filter(|p| *p != "all") {
        if groups.iter().all(|(_, p, _)| p != label) {
            return Err(Problem::unknown(text!(thing_period), label, known).into());
        }
    }
    if periods.is_empty() {
        let place = |label: &str| known.iter().position(|p| p == label);
        let last: Vec<(String, String)> = groups
            .iter()
            .filter(|(l, p, _)| {
                groups.iter().all(|(other, q, _)| other != l || place(q) <= place(p))
            })
            .map(|(l, p, _)| (l.clone(), p.clone()))
            .collect();
        groups.retain(|(l, p, _)| last.iter().any(|(a, b)| a == l && b == p));
    } else if !all {
        groups.retain(|(_, p, _)| periods.contains(p));
    }
    Ok(groups)
}

impl Evaluated {
    /// The branches that have results, and how their options are spread over them.
    pub fn ended(&self) -> (Results<'_>, Design) {
        let tree = &self.tree;
        let ended = tree.numbers().iter().zip(tree.fates());
        let (branches, of): (Vec<u64>, Vec<_>) = ended
            .filter_map(|(branch, fate)| match fate {
                Fate::Evaluated(at) => Some((*branch, self.results[*at].as_ref().ok()?)),
                _ => None,
            })
            .unzip();
        let forks = &tree.space().forks;
        let design = Design::new(forks, &branches);
        let base = self.base.as_ref();
        (Results { forks, branches, of, base, labels: &self.labels }, design)
    }
}

/// Sums up each league in each period asked for.
///
/// # Errors
/// A period that no branch has.
pub fn parts(
    resolved: &Resolved,
    evaluated: &Evaluated,
    periods: &[String],
    top: usize,
) -> Result<Vec<Group>, Problems> {
    let (results, design) = evaluated.ended();
    let part = |(league, period, rows): Together| {
        let summary = Summary::new(&results, &design, &rows, top);
        Group { league, period, summary }
    };
    Ok(together(resolved, evaluated.tree.rows(), periods)?.into_iter().map(part).collect())
}
