//! The parts of a methodology: everything that two methodologies can do differently. One file a part.
//!
//! An [`Entry`] says everything of its part: how it is written in a project file, its canonical value, what must be
//! computed again when it changes, how it is taken from another methodology, and how an explanation divides what it
//! does. The canonical form, `diff`, `explain`, the multiverse, the audit, the lock, the reader of the project file and
//! the reports all go through this list. There is no other list of parts.
//!
//! Two methodologies do the same in a part if and only if its values are equal ([`Part::value`]; for a part that is
//! chosen node by node, the values at the nodes that both systems have). No other notion of equality exists.

mod aggregation;
mod data;
mod fill;
mod imputation;
mod normalisation;
mod periods;
mod precision;
mod ranking;
mod rescaling;
mod rounding;
mod screening;
mod system;
mod tiering;
mod treatment;
mod value;
mod weighting;

use indexmap::IndexMap;

use super::{Methodology, Plan};
use crate::method::{Claims, Setting, Stage, Value};
use crate::model::{NodeId, Study, System};
use quanheng_words::Language;

pub use precision::PrecisionKeys;
pub use ranking::{RankOn, RankOrder, RankTies, Ranking, RankingKeys, Rankings};
pub use rounding::{Rounding, RoundingKeys};
pub use screening::Screening;
pub use system::Made;
pub use tiering::{TieredNodes, Tierings};
pub use weighting::Across;

pub(crate) use treatment::untreated;
pub(crate) use value::Sum;

macro_rules! parts {
    ($($(#[$doc:meta])* $variant:ident = $module:ident),+ $(,)?) => {
        /// A part of a methodology.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Part { $($(#[$doc])* $variant),+ }

        impl Part {
            /// Every part, in the order in which they are applied and shown.
            pub const ALL: [Part; [$(Part::$variant),+].len()] = [$(Part::$variant),+];

            /// Everything that is known of it.
            pub fn entry(self) -> &'static Entry {
                match self { $(Part::$variant => &$module::PART),+ }
            }
        }
    };
}

parts! {
    /// The data: no part that a methodology states, but what differs between two periods.
    Data = data,
    /// The indicator system.
    System = system,
    /// Which regions are left out for want of data.
    Screening = screening,
    /// How missing cells are filled.
    Imputation = imputation,
    /// How outliers and skew are treated.
    Treatment = treatment,
    /// How columns are brought to one scale.
    Normalisation = normalisation,
    /// How siblings are weighed.
    Weighting = weighting,
    /// How children become their parent's score.
    Aggregation = aggregation,
    /// How the scores of nodes are normalised again.
    Rescaling = rescaling,
    /// How scores that are missing after normalisation are filled.
    Fill = fill,
    /// To how many digits scores are compared.
    Precision = precision,
    /// The decimals to which scores are rounded.
    Rounding = rounding,
    /// How scores become ranks.
    Ranking = ranking,
    /// How scores are cut into tiers.
    Tiering = tiering,
    /// The periods that the methodology is made for.
    Periods = periods,
}

/// Everything that is known of a part.
#[derive(Debug)]
pub struct Entry {
    /// Its key in a project file; also its word in every other file, and the name of its own source file.
    pub name: &'static str,
    /// What it says, in one sentence.
    pub summary: &'static str,
    /// How it is written in a project file.
    pub written: Written,
    /// What the built-in method of a name claims of itself; none where there is no such method.
    pub claims: fn(&str) -> Option<Claims>,
    /// From which stage on an evaluation must be computed again when it changes.
    pub again: Again,
    /// How an explanation divides the share of this part; none where the part moves no score and no rank.
    pub divided: Option<Divided>,
    /// What can be shown, before and after, where the part did something.
    pub shown: Shown,
    /// What a methodology says of it.
    pub(crate) says: Says,
    /// How it is carried from one methodology to another; none for what does not belong to the value, and for the
    /// system, on which all others depend.
    pub(crate) carried: Option<Carried>,
}

/// How a part is written in a table `[methodology.*]`.
#[derive(Clone, Copy, Debug)]
pub enum Written {
    /// Not at all.
    No,
    /// The code of one of the project's systems.
    System,
    /// A choice of a method of this stage.
    Choice(Stage),
    /// A choice of a method of this stage, and others for parts of the tree.
    Plan(Stage),
    /// A plan, or a list of plans, which are steps.
    Steps(Stage),
    /// A table with these keys.
    Table(fn() -> Vec<Setting>),
    /// A table with these keys, and `at` with tables of the same keys for parts of the tree. What such a table does not
    /// state is as for the whole tree.
    TableAt(fn() -> Vec<Setting>),
    /// A table by node, level or "leaves", of tables with these keys. The first key alone may stand for a table.
    ByScope(fn() -> Vec<Setting>),
    /// A value alone, that of the only key of these.
    Alone(fn() -> Vec<Setting>),
    /// Labels of periods.
    Periods,
}

/// What must be computed again when a part changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Again {
    /// Everything: other rows are evaluated.
    All,
    /// This stage and all after it.
    From(Stage),
    /// The same, from one stage for choices at leaves and from another for choices at the nodes above them.
    ByNode {
        /// For leaves.
        leaves: Stage,
        /// For the nodes above them.
        inner: Stage,
    },
}

impl Again {
    /// The first stage that must be computed again; none where other rows are evaluated, which comes before all stages.
    pub fn first(self) -> Option<Stage> {
        match self {
            Again::All => None,
            Again::From(stage) => Some(stage),
            Again::ByNode { leaves, inner } => Some(leaves.min(inner)),
        }
    }
}

/// How an explanation divides the share of a part among smaller causes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Divided {
    /// Not at all: it is one thing.
    No,
    /// By raw column.
    Columns,
    /// By node that comes, goes or changes, each with all below it that comes or goes.
    Subtrees,
    /// By node whose choice differs.
    Nodes,
    /// By node whose choice differs, less those leaves whose columns come out the same.
    FeltNodes,
    /// By leaf whose column, which is worked on for itself, comes out different.
    LeafColumns,
    /// By node whose weight differs.
    Weights,
}

/// What can be shown of a cause, before and after.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown {
    /// Nothing.
    Nothing,
    /// The raw cell.
    Cell,
    /// The leaf's cell after this stage; with the cells of other regions where `others`.
    Column {
        /// The stage.
        stage: Stage,
        /// Whether other regions' cells are shown too.
        others: bool,
    },
    /// The weight of the node among its siblings.
    Weight,
    /// The score of the node.
    Score,
}

/// What a methodology says of a part.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Says {
    /// Nothing.
    Nothing,
    /// A tree with facts of its nodes.
    Tree(fn(&Methodology, &Study) -> Value),
    /// One value, or nothing.
    Whole(fn(&Methodology, &Study) -> Option<Value>),
    /// One value for each node of a kind.
    Nodes {
        /// Which nodes.
        of: Nodes,
        /// The value at one of them.
        at: fn(&Methodology, NodeId) -> Value,
        /// How the values of all of them are written as one.
        sum: Sum,
    },
}

/// Nodes of a system.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Nodes {
    /// All of them.
    All,
    /// Those without children.
    Leaves,
    /// Those with children.
    Inner,
}

impl Nodes {
    fn of(self, system: &System) -> Vec<NodeId> {
        match self {
            Nodes::All => (0..system.nodes().len() as u32).map(NodeId).collect(),
            Nodes::Leaves => system.leaves().to_vec(),
            Nodes::Inner => system.inner().to_vec(),
        }
    }

    fn has(self, system: &System, node: NodeId) -> bool {
        let leaf = system.node(node).children.is_empty();
        match self {
            Nodes::All => true,
            Nodes::Leaves => leaf,
            Nodes::Inner => !leaf,
        }
    }
}

/// How a part is carried from one methodology to another.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Carried {
    /// Copies it from the first to the second; both have one system.
    pub(crate) put: fn(&Methodology, &mut Methodology),
    /// Carries it over from the first system to the second: what is stated for a node holds for the node of the same
    /// code there. The methodology's system is the second already.
    pub(crate) onto: fn(&mut Methodology, &System, &System),
    /// Puts it together from two methodologies, node by node; none where it is one thing.
    pub(crate) mix: Option<fn(&mut Methodology, &Mix<'_>)>,
}

/// Two methodologies, and for each node of a third system from which of them it takes a part.
#[derive(Debug)]
pub(crate) struct Mix<'m> {
    /// The system of the third.
    pub(crate) system: &'m System,
    /// The two.
    pub(crate) sides: [&'m Methodology; 2],
    /// Which of the two, and the node there.
    pub(crate) from: Vec<(usize, NodeId)>,
}

impl Mix<'_> {
    /// What the side of each node says there.
    pub(crate) fn each<T>(&self, of: impl Fn(&Methodology, NodeId) -> T) -> Vec<T> {
        self.from.iter().map(|&(side, node)| of(self.sides[side], node)).collect()
    }

    /// A plan of what the side of each node chooses there.
    pub(crate) fn plan<M: ?Sized>(&self, of: fn(&Methodology) -> &Plan<M>) -> Plan<M> {
        Plan::of_nodes(self.system, self.each(|side, node| of(side).at(node).clone()))
    }
}

/// How a plan of this name is carried.
macro_rules! carried_plan {
    ($field:ident) => {
        Some(crate::methodology::part::Carried {
            put: |from, to| to.$field = from.$field.clone(),
            onto: |m, from, to| m.$field = m.$field.onto(from, to),
            mix: Some(|to, mix| to.$field = mix.plan(|m| &m.$field)),
        })
    };
}
use carried_plan;

impl Part {
    /// The key of the project file, which is its word in every file.
    pub fn name(self) -> &'static str {
        self.entry().name
    }

    /// The word for it in a report.
    pub fn word(self, language: Language) -> &'static str {
        let id = format!("part-{}", self.name());
        quanheng_words::declared(language, &id, "").unwrap_or(self.name())
    }

    /// The part of this name.
    pub fn find(name: &str) -> Option<Part> {
        Part::ALL.into_iter().find(|part| part.name() == name)
    }

    /// The part that a stage computes.
    pub fn of_stage(stage: Stage) -> Part {
        Part::find(stage.name()).expect("a part for each stage")
    }

    /// The parts that an explanation can exchange, in the order in which they are applied: which rows are evaluated
    /// comes before the stages.
    pub fn players() -> impl Iterator<Item = Part> {
        let all = |whole: bool| {
            Part::ALL.into_iter().filter(move |part| {
                part.entry().divided.is_some() && (part.entry().again == Again::All) == whole
            })
        };
        all(true).chain(all(false))
    }

    /// The parts that are computed over rows and a system that are there: those that a multiverse varies one by one.
    pub fn varied() -> impl Iterator<Item = Part> {
        Part::ALL.into_iter().filter(|part| part.entry().again.first() > Some(Stage::System))
    }

    /// The nodes of a system at which a choice in this part has an effect; none for a part that is one thing.
    pub fn nodes(self, system: &System) -> Vec<NodeId> {
        match self.entry().says {
            Says::Nodes { of, .. } => of.of(system),
            Says::Nothing | Says::Tree(_) | Says::Whole(_) => Vec::new(),
        }
    }

    /// Everything that a methodology states for this part and that can affect a result; none if it states nothing.
    /// Settings have their defaults, and what is stated for a level or for "leaves" is repeated at each node to which
    /// it applies, so that two ways to write the same choice give the same value.
    pub fn value(self, methodology: &Methodology, study: &Study) -> Option<Value> {
        match self.entry().says {
            Says::Nothing => None,
            Says::Tree(value) => Some(value(methodology, study)),
            Says::Whole(value) => value(methodology, study),
            Says::Nodes { of, at, sum } => {
                let system = &methodology.system;
                let nodes = of.of(system).into_iter();
                let whole = sum.of(nodes.map(|n| (code(system, n).to_owned(), at(methodology, n))));
                (sum != Sum::UsualIfStated || whole != Value::Table(IndexMap::new()))
                    .then_some(whole)
            }
        }
    }

    /// The same, of the leaves or of the nodes above them only.
    pub(crate) fn value_of(self, methodology: &Methodology, leaves: bool) -> Option<Value> {
        let Says::Nodes { of, at, sum } = self.entry().says else { return None };
        let system = &methodology.system;
        let nodes = of.of(system).into_iter();
        let nodes = nodes.filter(|node| system.node(*node).children.is_empty() == leaves);
        Some(sum.of(nodes.map(|n| (code(system, n).to_owned(), at(methodology, n)))))
    }

    /// What two methodologies say of this part, each read with its study, as far as it can be compared: of a part that is
    /// chosen node by node, at the nodes for which there is a counterpart, under the codes of the first system. They do
    /// the same if and only if the two are equal. None where neither says anything.
    pub(crate) fn values(
        self,
        first: (&Methodology, &Study),
        second: (&Methodology, &Study),
        counterpart: &dyn Fn(NodeId) -> Option<NodeId>,
    ) -> Option<(Value, Value)> {
        let Says::Nodes { of, at, sum } = self.entry().says else {
            let nothing = || Value::Table(IndexMap::new());
            return match (self.value(first.0, first.1), self.value(second.0, second.1)) {
                (None, None) => None,
                (a, b) => Some((a.unwrap_or_else(nothing), b.unwrap_or_else(nothing))),
            };
        };
        let (a, b) = (&*first.0.system, &*second.0.system);
        let there = |here: &NodeId| Some((*here, counterpart(*here).filter(|n| of.has(b, *n))?));
        let pairs: Vec<(NodeId, NodeId)> = of.of(a).iter().filter_map(there).collect();
        let code = |here: NodeId| code(a, here).to_owned();
        let first = sum.of(pairs.iter().map(|&(here, _)| (code(here), at(first.0, here))));
        let second = sum.of(pairs.iter().map(|&(here, there)| (code(here), at(second.0, there))));
        let nothing = |value: &Value| *value == Value::Table(IndexMap::new());
        let says = sum != Sum::UsualIfStated || !nothing(&first) || !nothing(&second);
        says.then_some((first, second))
    }

    /// Whether two methodologies over one study do something else in this part. What is chosen for a node that one system
    /// lacks comes and goes with the node: it belongs to the system.
    pub fn differs(self, a: &Methodology, b: &Methodology, study: &Study) -> bool {
        let counterpart = |node| a.system.counterpart(node, &b.system);
        self.values((a, study), (b, study), &counterpart).is_some_and(|(a, b)| a != b)
    }

    /// The name of the method that a methodology chooses for a node in this part, steps joined by +; empty where there is
    /// none. Where leaves are weighed all at once, it is the root's.
    pub(crate) fn method_at(self, methodology: &Methodology, node: NodeId) -> String {
        let Says::Nodes { at, .. } = self.entry().says else { return String::new() };
        fn names(value: &Value) -> Vec<&str> {
            match value {
                Value::Table(choice) => {
                    choice.get("method").and_then(Value::text).into_iter().collect()
                }
                Value::List(steps) => steps.iter().flat_map(names).collect(),
                _ => Vec::new(),
            }
        }
        let own = at(methodology, node);
        if own == Value::Table(IndexMap::new()) {
            return names(&at(methodology, methodology.system.root())).join(" + ");
        }
        names(&own).join(" + ")
    }

    /// The nodes of the first system at which two methodologies make different choices in this part, of those that both
    /// systems have; none for a part that is one thing.
    pub fn differing(self, a: &Methodology, b: &Methodology) -> Vec<NodeId> {
        let Says::Nodes { of, at, .. } = self.entry().says else { return Vec::new() };
        let differs = |here: &NodeId| {
            let there = a.system.counterpart(*here, &b.system);
            there
                .filter(|there| of.has(&b.system, *there))
                .is_some_and(|there| at(a, *here) != at(b, there))
        };
        let mut nodes: Vec<NodeId> = of.of(&a.system).into_iter().filter(differs).collect();
        crate::number::sort_items(&mut nodes, Ord::cmp);
        nodes
    }
}

fn code(system: &System, node: NodeId) -> &str {
    &system.node(node).code
}

impl Methodology {
    /// Everything in the methodology that can affect a result, part by part ([`Part::value`]): two methodologies with
    /// equal values give equal results on equal data. Names, titles and sources are left out, and so are parts for
    /// which nothing is stated. Full marks and tiers of leagues are those of `study`.
    pub fn canonical(&self, study: &Study) -> IndexMap<&'static str, Value> {
        let parts = Part::ALL.iter();
        parts.filter_map(|part| Some((part.name(), part.value(self, study)?))).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_says_everything_of_itself() {
        for part in Part::ALL {
            assert!(part.name().chars().all(|c| c.is_ascii_lowercase()), "{part:?}");
            assert_eq!(format!("{part:?}").to_lowercase(), part.name());
            assert!(part.entry().summary.ends_with('.'), "{part:?}");
            assert_eq!(Part::find(part.name()), Some(part));
        }
    }

    /// The stages are the parts that are computed, in the same order.
    #[test]
    fn stages_are_parts_in_their_order() {
        let of_stages: Vec<Part> = Stage::ALL.map(Part::of_stage).into();
        assert!(of_stages.is_sorted(), "{of_stages:?}");
        for (stage, part) in Stage::ALL.into_iter().zip(of_stages) {
            assert_eq!(part.entry().again, Again::From(stage), "{part:?}");
            assert!(!matches!(part.entry().written, Written::No), "{part:?}");
        }
    }
}
