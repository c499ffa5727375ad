//! From options to computations: a tree of prefixes, keyed by content.

use std::sync::Arc;

use indexmap::{IndexMap, IndexSet};
use quanheng_words::Text;

use super::{Constraint, Forks, Sample};
use crate::method::{Stage, Value};
use crate::methodology::{Again, Methodology, Part};
use crate::model::Study;

/// Everything that is declared: forks, excluded combinations, and the meaning of each combination of options.
#[derive(Clone, Debug)]
pub struct Space {
    /// The forks.
    pub forks: Forks,
    /// What must hold of a branch.
    pub constraints: Vec<Constraint>,
    /// How many branches are drawn; all where none is stated.
    pub sample: Option<Sample>,
    /// Data and system, by the forks that they depend on.
    pub grounds: Variants<Ground>,
    /// For each of [`Part::varied`], methodologies from which only that part is used, by the forks on which it depends.
    pub parts: IndexMap<Part, Variants<Arc<Methodology>>>,
}

/// Data and the system laid over them.
#[derive(Clone, Debug)]
pub struct Ground {
    /// The data.
    pub study: Arc<Study>,
    /// What the data are made of: equal texts mean equal data.
    pub content: String,
    /// The methodology without the changes of other parts, over the system of this ground.
    pub methodology: Arc<Methodology>,
}

/// One thing for each combination of the options of some forks, or why there is none.
#[derive(Clone, Debug)]
pub struct Variants<T> {
    forks: Vec<usize>,
    made: Vec<Result<T, Text>>,
}

impl<T> Variants<T> {
    /// Makes the thing of each combination of options of `forks` (positions, ascending); `make` gets the options, one
    /// a fork.
    pub fn new(
        all: &Forks,
        forks: Vec<usize>,
        mut make: impl FnMut(&[usize]) -> Result<T, Text>,
    ) -> Self {
        let sizes: Vec<usize> = forks.iter().map(|&f| all.list()[f].options.len()).collect();
        let count = sizes.iter().product();
        let mut options = vec![0; forks.len()];
        let mut made = Vec::with_capacity(count);
        for i in 0..count {
            let mut rest = i;
            for (option, size) in options.iter_mut().zip(&sizes).rev() {
                *option = rest % size;
                rest /= size;
            }
            made.push(make(&options));
        }
        Variants { forks, made }
    }

    /// Everything that was made.
    pub fn made(&self) -> &[Result<T, Text>] {
        &self.made
    }

    /// The position, in what was made, of that for a branch.
    fn of(&self, all: &Forks, branch: u64) -> usize {
        self.forks
            .iter()
            .fold(0, |at, &fork| at * all.list()[fork].options.len() + all.option(branch, fork))
    }
}

/// What a row of results is about, whatever data and system it comes from.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct RowKey {
    /// The code of the league.
    pub league: String,
    /// The label of the period.
    pub period: String,
    /// The code of the region.
    pub region: String,
}

/// What happens to a branch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It breaks a constraint, by position.
    Invalid(usize),
    /// Its options do not fit together, by position in [`Tree::misfits`].
    Misfit(usize),
    /// It is evaluated, by position in the order of evaluation; branches that say the same share one.
    Evaluated(usize),
}

/// For each of [`LEVELS`] a number for the content of what is computed there: branches with a common prefix share what
/// is computed up to there.
pub(super) type Path = [u32; LEVELS.len()];

/// What is computed at each level of the tree, in order: each with the earlier stages that do not have a level of their
/// own, which are weighting (with aggregation) and ranks (with tiers).
pub const LEVELS: [Stage; 6] = [
    Stage::System,
    Stage::Imputation,
    Stage::Treatment,
    Stage::Normalisation,
    Stage::Aggregation,
    Stage::Tiering,
];

/// The level at which a stage is computed.
fn level_of(stage: Stage) -> usize {
    LEVELS.partition_point(|level| *level < stage)
}

/// The branches, in the order in which they are evaluated.
#[derive(Debug)]
pub struct Tree {
    space: Space,
    numbers: Vec<u64>,
    fates: Vec<Fate>,
    misfits: Vec<Text>,
    /// Paths ascend, so that what shares a prefix lies together; beside each the first branch that has it.
    paths: Vec<(Path, u64)>,
    /// Studies with the rows of the methodology's periods only, and where each of their rows stands among all rows.
    grounds: Vec<Result<Laid, Text>>,
    rows: Vec<RowKey>,
    /// For each part, by ground and variant: the methodology laid onto the ground's system, and what the part says.
    laid: IndexMap<Part, IndexMap<(usize, usize), LaidPart>>,
    /// The values, by level and part, to which the variants of a part refer by number.
    contents: [IndexSet<String>; LEVELS.len()],
}

#[derive(Debug)]
struct Laid {
    study: Arc<Study>,
    methodology: Arc<Methodology>,
    places: Vec<u32>,
    id: u32,
}

#[derive(Debug)]
struct LaidPart {
    methodology: Arc<Methodology>,
    /// Levels at which the part counts, and the number of what it says there.
    says: Vec<(usize, u32)>,
}

impl Tree {
    /// Works out what there is to compute. Nothing is evaluated.
    pub fn new(space: Space) -> Tree {
        let numbers = match space.sample {
            Some(sample) => sample.draw(space.forks.count()),
            None => (0..space.forks.count()).collect(),
        };
        let mut tree = Tree {
            numbers,
            fates: Vec::new(),
            misfits: Vec::new(),
            paths: Vec::new(),
            grounds: Vec::new(),
            rows: Vec::new(),
            laid: Part::varied().map(|part| (part, IndexMap::new())).collect(),
            contents: Default::default(),
            space,
        };
        tree.lay_grounds();
        tree.lay_parts();
        tree.find_fates();
        tree
    }

    fn lay_grounds(&mut self) {
        let mut rows: IndexSet<RowKey> = IndexSet::new();
        for ground in &self.space.grounds.made {
            let laid = ground.as_ref().map_err(Clone::clone).map(|ground| {
                let mut methodology = Methodology::clone(&ground.methodology);
                let study = match methodology.periods.take() {
                    None => Arc::clone(&ground.study),
                    Some(periods) => Arc::new(ground.study.only(&periods)),
                };
                let places = row_keys(&study).map(|key| rows.insert_full(key).0 as u32).collect();
                let below = Part::ALL
                    .iter()
                    .filter(|part| part.entry().again.first() <= Some(Stage::System));
                let said = below.filter_map(|part| part.value(&ground.methodology, &study));
                let said: Vec<String> = said.map(|value| format!("{value:?}")).collect();
                let text = format!("{} {}", ground.content, said.join(" "));
                let id = self.contents[0].insert_full(text).0 as u32;
                Laid { study, methodology: Arc::new(methodology), places, id }
            });
            self.grounds.push(laid);
        }
        self.rows = rows.into_iter().collect();
    }

    /// Lays each variant of a part onto each system that it meets. Combinations that no branch has are left out.
    fn lay_parts(&mut self) {
        for &branch in &self.numbers {
            let forks = &self.space.forks;
            let ground_at = self.space.grounds.of(forks, branch);
            let Ok(ground) = &self.grounds[ground_at] else { continue };
            for (&part, laid) in &mut self.laid {
                let variants = &self.space.parts[&part];
                let at = variants.of(forks, branch);
                let Ok(own) = &variants.made[at] else { continue };
                let contents = &mut self.contents;
                laid.entry((ground_at, at)).or_insert_with(|| {
                    let system = &ground.methodology.system;
                    let methodology = match Arc::ptr_eq(&own.system, system) {
                        true => Arc::clone(own),
                        false => {
                            let code = ground.methodology.system_code.clone();
                            let made = ground.methodology.system_made.clone();
                            Arc::new(own.onto(Arc::clone(system), code, made))
                        }
                    };
                    let says = said(part, &methodology, &ground.study).into_iter();
                    let says = says
                        .map(|(level, text)| (level, contents[level].insert_full(text).0 as u32));
                    LaidPart { says: says.collect(), methodology }
                });
            }
        }
    }

    fn find_fates(&mut self) {
        let mut misfits: IndexSet<Text> = IndexSet::new();
        let mut firsts: IndexMap<Path, u64> = IndexMap::new();
        let mut levels: [IndexSet<Vec<u32>>; LEVELS.len()] = Default::default();
        let mut fates = Vec::with_capacity(self.numbers.len());
        for &branch in &self.numbers {
            fates.push(match self.said_by(branch) {
                Err(Unfit::Broken(constraint)) => Fate::Invalid(constraint),
                Err(Unfit::Misfit(why)) => Fate::Misfit(misfits.insert_full(why.clone()).0),
                Ok(said) => {
                    let mut path = Path::default();
                    for ((number, level), said) in path.iter_mut().zip(&mut levels).zip(said) {
                        *number = level.insert_full(said).0 as u32;
                    }
                    let entry = firsts.entry(path);
                    let at = entry.index();
                    entry.or_insert(branch);
                    Fate::Evaluated(at)
                }
            });
        }
        let mut order: Vec<usize> = (0..firsts.len()).collect();
        let prefix = |i: usize| firsts.get_index(i).expect("in range").0;
        crate::number::sort_by(&mut order, &|i, j| prefix(i).cmp(prefix(j)));
        let mut place = vec![0; order.len()];
        for (at, &i) in order.iter().enumerate() {
            place[i] = at;
        }
        let path = |i: usize| firsts.get_index(i).map(|(path, first)| (*path, *first));
        self.paths = order.iter().map(|&i| path(i).expect("in range")).collect();
        self.fates = fates
            .into_iter()
            .map(|fate| match fate {
                Fate::Evaluated(i) => Fate::Evaluated(place[i]),
                other => other,
            })
            .collect();
        self.misfits = misfits.into_iter().collect();
    }

    /// What a branch says at each level, as numbers; of all branches, equal numbers are equal content.
    fn said_by(&self, branch: u64) -> Result<[Vec<u32>; LEVELS.len()], Unfit<'_>> {
        let Space { forks, constraints, grounds, parts, .. } = &self.space;
        if let Some(broken) = constraints.iter().position(|c| !c.rule.holds(forks, branch)) {
            return Err(Unfit::Broken(broken));
        }
        let ground_at = grounds.of(forks, branch);
        let ground = self.grounds[ground_at].as_ref().map_err(Unfit::Misfit)?;
        let mut said: [Vec<u32>; LEVELS.len()] = Default::default();
        said[0].push(ground.id);
        for (part, variants) in parts {
            let at = variants.of(forks, branch);
            variants.made[at].as_ref().map_err(Unfit::Misfit)?;
            for &(level, number) in &self.laid[part][&(ground_at, at)].says {
                said[level].push(number);
            }
        }
        Ok(said)
    }

    /// What was declared.
    pub fn space(&self) -> &Space {
        &self.space
    }

    /// The numbers of the branches that are looked at, ascending: all, or those of a sample.
    pub fn numbers(&self) -> &[u64] {
        &self.numbers
    }

    /// What becomes of each of them.
    pub fn fates(&self) -> &[Fate] {
        &self.fates
    }

    /// Why options do not fit together.
    pub fn misfits(&self) -> &[Text] {
        &self.misfits
    }

    /// The number of evaluations; branches with equal content share one.
    pub fn evaluations(&self) -> usize {
        self.paths.len()
    }

    /// The first branch of an evaluation.
    pub fn first_branch(&self, evaluation: usize) -> u64 {
        self.paths[evaluation].1
    }

    /// What the rows of all results are about.
    pub fn rows(&self) -> &[RowKey] {
        &self.rows
    }

    /// Everything that results depend on, as text: data and system first, then what options mean. Equal texts mean
    /// equal results.
    pub fn contents(&self) -> impl Iterator<Item = &str> {
        self.contents.iter().flatten().map(String::as_str)
    }

    /// How often each of [`super::LEVELS`] is computed.
    pub fn computed(&self) -> [u64; LEVELS.len()] {
        std::array::from_fn(|level| {
            let mut prefixes = self.paths.iter().map(|(path, _)| &path[..=level]);
            let mut count = 0;
            let mut last = None;
            for prefix in prefixes.by_ref() {
                count += u64::from(last != Some(prefix));
                last = Some(prefix);
            }
            count
        })
    }

    pub(super) fn path(&self, evaluation: usize) -> &Path {
        &self.paths[evaluation].0
    }

    fn ground(&self, evaluation: usize) -> (usize, &Laid) {
        let at = self.space.grounds.of(&self.space.forks, self.paths[evaluation].1);
        (at, self.grounds[at].as_ref().expect("an evaluation has its ground"))
    }

    /// The study of an evaluation.
    pub fn study(&self, evaluation: usize) -> &Arc<Study> {
        &self.ground(evaluation).1.study
    }

    /// Where each row of an evaluation's study stands in [`Self::rows`].
    pub(crate) fn places(&self, evaluation: usize) -> &[u32] {
        &self.ground(evaluation).1.places
    }

    /// The methodology of an evaluation.
    pub fn methodology(&self, evaluation: usize) -> Methodology {
        let (ground_at, ground) = self.ground(evaluation);
        let mut methodology = Methodology::clone(&ground.methodology);
        for (part, laid) in &self.laid {
            let at = self.space.parts[part].of(&self.space.forks, self.paths[evaluation].1);
            let carried = part.entry().carried.expect("a part that is varied is carried");
            (carried.put)(&laid[&(ground_at, at)].methodology, &mut methodology);
        }
        methodology
    }

    /// Where a block of about `size` ends that begins at `start` of evaluations (ascending): those that share a score are
    /// not parted.
    pub fn block_end(&self, evaluations: &[usize], start: usize, size: usize) -> usize {
        let mut end = (start + size.max(1)).min(evaluations.len());
        let score = |i: usize| &self.path(evaluations[i])[..LEVELS.len() - 1];
        while end > start && end < evaluations.len() && score(end) == score(end - 1) {
            end += 1;
        }
        end
    }
}

/// What each row of a study is about.
pub(crate) fn row_keys(study: &Study) -> impl Iterator<Item = RowKey> + '_ {
    (0..study.panel.rows()).map(|row| RowKey {
        league: study.leagues[study.panel.slice_of(row).league.0 as usize].code.clone(),
        period: study.periods[study.panel.periods()[row].0 as usize].label.clone(),
        region: study.regions[study.panel.regions()[row].0 as usize].code.clone(),
    })
}

/// Why a branch is not evaluated.
enum Unfit<'t> {
    /// It breaks a constraint, by position.
    Broken(usize),
    /// Its options do not fit together.
    Misfit(&'t Text),
}

/// What a part says, by the level at which it counts.
fn said(part: Part, methodology: &Methodology, study: &Study) -> Vec<(usize, String)> {
    let named = |value: Option<Value>| format!("{} {value:?}", part.name());
    match part.entry().again {
        Again::All => vec![(0, named(part.value(methodology, study)))],
        Again::From(stage) => vec![(level_of(stage), named(part.value(methodology, study)))],
        Again::ByNode { leaves, inner } => [(leaves, true), (inner, false)]
            .map(|(stage, of_leaves)| {
                (level_of(stage), named(part.value_of(methodology, of_leaves)))
            })
            .into(),
    }
}
