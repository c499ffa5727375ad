//! From options to computations: a tree of prefixes, keyed by content.

use std::sync::Arc;

use indexmap::{IndexMap, IndexSet};

use super::{Constraint, Forks, Sample};
use crate::method::{Stage, Value};
use crate::methodology::Methodology;
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
    /// For each of [`Part::ALL`], methodologies from which only that part is used, by the forks on which it depends.
    pub parts: [Variants<Arc<Methodology>>; Part::ALL.len()],
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

/// A part of a methodology that options change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// How missing cells are filled.
    Imputation,
    /// How columns are treated.
    Treatment,
    /// How columns are brought to one scale.
    Normalisation,
    /// Decimals of scores.
    Rounding,
    /// How siblings are weighed.
    Weighting,
    /// How one score is made of several.
    Aggregation,
    /// How regions are ranked.
    Ranking,
    /// How scores are cut into tiers.
    Tiering,
}

impl Part {
    /// All of them.
    pub const ALL: [Part; 8] = [
        Part::Imputation,
        Part::Treatment,
        Part::Normalisation,
        Part::Rounding,
        Part::Weighting,
        Part::Aggregation,
        Part::Ranking,
        Part::Tiering,
    ];

    /// The key of the project file.
    pub fn name(self) -> &'static str {
        match self {
            Part::Imputation => "imputation",
            Part::Treatment => "treatment",
            Part::Normalisation => "normalisation",
            Part::Rounding => "rounding",
            Part::Weighting => "weighting",
            Part::Aggregation => "aggregation",
            Part::Ranking => "ranking",
            Part::Tiering => "tiering",
        }
    }

    /// Puts this part of `from` into `to`; both have one system.
    fn put(self, from: &Methodology, to: &mut Methodology) {
        match self {
            Part::Imputation => to.imputation = from.imputation.clone(),
            Part::Treatment => to.treatment = from.treatment.clone(),
            Part::Normalisation => to.normalisation = from.normalisation.clone(),
            Part::Rounding => to.rounding = from.rounding.clone(),
            Part::Weighting => {
                to.weighting = from.weighting.clone();
                to.across = from.across;
            }
            Part::Aggregation => to.aggregation = from.aggregation.clone(),
            Part::Ranking => to.ranking = from.ranking.clone(),
            Part::Tiering => {
                to.tiering = from.tiering.clone();
                to.league_tiering = from.league_tiering.clone();
            }
        }
    }
}

/// One thing for each combination of the options of some forks, or why there is none.
#[derive(Clone, Debug)]
pub struct Variants<T> {
    forks: Vec<usize>,
    made: Vec<Result<T, String>>,
}

impl<T> Variants<T> {
    /// Makes the thing of each combination of options of `forks` (positions, ascending); `make` gets the options, one
    /// a fork.
    pub fn new(
        all: &Forks,
        forks: Vec<usize>,
        mut make: impl FnMut(&[usize]) -> Result<T, String>,
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
    pub fn made(&self) -> &[Result<T, String>] {
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

/// Data, imputation, treatment, normalisation, weights and aggregation, ranks and tiers, each as a number for its
/// content: branches with a common prefix share what is computed up to there.
pub(super) type Path = [u32; 6];

/// The branches, in the order in which they are evaluated.
#[derive(Debug)]
pub struct Tree {
    space: Space,
    numbers: Vec<u64>,
    fates: Vec<Fate>,
    misfits: Vec<String>,
    /// Paths ascend, so that what shares a prefix lies together; beside each the first branch that has it.
    paths: Vec<(Path, u64)>,
    /// Studies with the rows of the methodology's periods only, and where each of their rows stands among all rows.
    grounds: Vec<Result<Laid, String>>,
    rows: Vec<RowKey>,
    /// For each part, by ground and variant: the methodology laid onto the ground's system, and its content.
    laid: Vec<IndexMap<(usize, usize), LaidPart>>,
    contents: Vec<IndexSet<String>>,
}

#[derive(Debug)]
struct Laid {
    study: Arc<Study>,
    methodology: Arc<Methodology>,
    places: Vec<u32>,
    id: u32,
}

type LaidPart = (Arc<Methodology>, [String; 2]);

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
            laid: vec![IndexMap::new(); Part::ALL.len()],
            contents: vec![IndexSet::new(); 6],
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
                let canonical = ground.methodology.canonical(&study);
                let text = format!(
                    "{} {:?} {:?}",
                    ground.content, canonical["system"], canonical["periods"]
                );
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
            for (k, part) in Part::ALL.into_iter().enumerate() {
                let variants = &self.space.parts[k];
                let at = variants.of(forks, branch);
                let Ok(own) = &variants.made[at] else { continue };
                self.laid[k].entry((ground_at, at)).or_insert_with(|| {
                    let system = &ground.methodology.system;
                    let laid = match Arc::ptr_eq(&own.system, system) {
                        true => Arc::clone(own),
                        false => {
                            let code = ground.methodology.system_code.clone();
                            let made = ground.methodology.system_made.clone();
                            Arc::new(own.onto(Arc::clone(system), code, made))
                        }
                    };
                    let content = content(part, &laid, &ground.study);
                    (laid, content)
                });
            }
        }
    }

    fn find_fates(&mut self) {
        let mut misfits: IndexSet<String> = IndexSet::new();
        let mut firsts: IndexMap<Path, u64> = IndexMap::new();
        let mut of = Vec::with_capacity(self.numbers.len());
        let mut ids: Vec<IndexMap<(usize, usize), [u32; 2]>> = Vec::new();
        for laid in &self.laid {
            ids.push(laid.keys().map(|key| (*key, [u32::MAX; 2])).collect());
        }
        // Contents become numbers in the order in which branches meet them; the two texts of a part belong to two levels.
        let mut texts: Vec<IndexSet<&str>> = vec![IndexSet::new(); Part::ALL.len() * 2];
        for (k, laid) in self.laid.iter().enumerate() {
            for (key, (_, content)) in laid {
                let id = [0, 1].map(|i| texts[2 * k + i].insert_full(content[i].as_str()).0 as u32);
                ids[k][key] = id;
            }
        }
        let mut levels: Vec<IndexSet<Vec<u32>>> = vec![IndexSet::new(); 6];
        for &branch in &self.numbers {
            let forks = &self.space.forks;
            let broken = self.space.constraints.iter().position(|c| !c.rule.holds(forks, branch));
            if let Some(broken) = broken {
                of.push(Fate::Invalid(broken));
                continue;
            }
            let ground_at = self.space.grounds.of(forks, branch);
            let mut why = self.grounds[ground_at].as_ref().err();
            let mut of_parts = [[0; 2]; Part::ALL.len()];
            for (k, variants) in self.space.parts.iter().enumerate() {
                let at = variants.of(forks, branch);
                why = why.or(variants.made[at].as_ref().err());
                if why.is_none() {
                    of_parts[k] = ids[k][&(ground_at, at)];
                }
            }
            let ground = match (why, &self.grounds[ground_at]) {
                (None, Ok(ground)) => ground,
                (why, _) => {
                    let why = why.expect("a ground that is not there says why").clone();
                    of.push(Fate::Misfit(misfits.insert_full(why).0));
                    continue;
                }
            };
            let part = |part: Part, i: usize| of_parts[part as usize][i];
            let keys = [
                vec![ground.id],
                vec![part(Part::Imputation, 0)],
                vec![part(Part::Treatment, 0)],
                vec![part(Part::Normalisation, 0), part(Part::Rounding, 0)],
                vec![part(Part::Weighting, 0), part(Part::Aggregation, 0), part(Part::Rounding, 1)],
                vec![part(Part::Ranking, 0), part(Part::Tiering, 0)],
            ];
            let mut path = [0; 6];
            for ((id, level), key) in path.iter_mut().zip(&mut levels).zip(keys) {
                *id = match level.get_index_of(&key) {
                    Some(at) => at,
                    None => level.insert_full(key).0,
                } as u32;
            }
            let (at, _) = match firsts.get_index_of(&path) {
                Some(at) => (at, None),
                None => firsts.insert_full(path, branch),
            };
            of.push(Fate::Evaluated(at));
        }
        let mut order: Vec<usize> = (0..firsts.len()).collect();
        order.sort_unstable_by_key(|&i| firsts.get_index(i).expect("in range").0);
        let mut place = vec![0; order.len()];
        for (at, &i) in order.iter().enumerate() {
            place[i] = at;
        }
        self.paths = order
            .iter()
            .map(|&i| firsts.get_index(i).map(|(path, first)| (*path, *first)).expect("in range"))
            .collect();
        self.fates = of
            .into_iter()
            .map(|fate| match fate {
                Fate::Evaluated(i) => Fate::Evaluated(place[i]),
                other => other,
            })
            .collect();
        self.misfits = misfits.into_iter().collect();
        for (k, texts) in texts.into_iter().enumerate() {
            let level = 1 + (k / 2).min(4);
            for text in texts {
                self.contents[level].insert(format!("{} {text}", Part::ALL[k / 2].name()));
            }
        }
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
    pub fn misfits(&self) -> &[String] {
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
    pub fn computed(&self) -> [u64; 6] {
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
    pub(super) fn places(&self, evaluation: usize) -> &[u32] {
        &self.ground(evaluation).1.places
    }

    /// The methodology of an evaluation.
    pub fn methodology(&self, evaluation: usize) -> Methodology {
        let (ground_at, ground) = self.ground(evaluation);
        let mut methodology = Methodology::clone(&ground.methodology);
        for (k, part) in Part::ALL.into_iter().enumerate() {
            let at = self.space.parts[k].of(&self.space.forks, self.paths[evaluation].1);
            part.put(&self.laid[k][&(ground_at, at)].0, &mut methodology);
        }
        methodology
    }

    /// Where a block of about `size` ends that begins at `start` of evaluations (ascending): those that share a score are
    /// not parted.
    pub fn block_end(&self, evaluations: &[usize], start: usize, size: usize) -> usize {
        let mut end = (start + size.max(1)).min(evaluations.len());
        let score = |i: usize| &self.path(evaluations[i])[..5];
        while end > start && end < evaluations.len() && score(end) == score(end - 1) {
            end += 1;
        }
        end
    }
}

/// What each row of a study is about.
pub(super) fn row_keys(study: &Study) -> impl Iterator<Item = RowKey> + '_ {
    (0..study.panel.rows()).map(|row| RowKey {
        league: study.leagues[study.panel.slice_of(row).league.0 as usize].code.clone(),
        period: study.periods[study.panel.periods()[row].0 as usize].label.clone(),
        region: study.regions[study.panel.regions()[row].0 as usize].code.clone(),
    })
}

/// What a part says, for the level of its own and, of rounding, for that of the nodes above the leaves.
fn content(part: Part, methodology: &Methodology, study: &Study) -> [String; 2] {
    let canonical = methodology.canonical(study);
    let value = &canonical[part.name()];
    match (part, value) {
        (Part::Rounding, Value::Table(of)) => {
            let is_leaf = |code: &str| {
                let node = methodology.system.find(code);
                node.is_some_and(|id| methodology.system.node(id).children.is_empty())
            };
            [true, false].map(|leaf| {
                let some: Vec<_> = of.iter().filter(|(code, _)| is_leaf(code) == leaf).collect();
                format!("{some:?}")
            })
        }
        _ => [format!("{value:?}"), String::new()],
    }
}

/// The stage that is computed at a level.
pub(super) const STAGES: [Stage; 6] = [
    Stage::System,
    Stage::Imputation,
    Stage::Treatment,
    Stage::Normalisation,
    Stage::Aggregation,
    Stage::Tiering,
];
