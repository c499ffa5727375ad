//! A methodology: a system, and one choice of method for each stage, with overrides for parts of the tree.

mod canonical;
mod contract;
mod difference;
mod plan;

use std::sync::Arc;

use crate::aggregation::Aggregation;
use crate::imputation::Imputation;
use crate::method::{Domain, Settings};
use crate::model::{LeagueIx, Names, NodeId, PeriodIx, System};
use crate::normalisation::Normalisation;
use crate::number::RoundMode;
use crate::tiering::Tiering;
use crate::treatment::Treatment;
use crate::weighting::Weighting;

pub use contract::{ContractProblem, contract_problems};
pub use difference::{Difference, differences};
pub use plan::{Among, Choice, Over, Part, Plan};

/// One way to turn raw columns into scores, ranks and tiers: a value that can be compared, changed and replayed.
#[derive(Clone, Debug)]
pub struct Methodology {
    /// Its code in the project file.
    pub code: String,
    /// Its names by language.
    pub names: Names,
    /// The indicator system.
    pub system: Arc<System>,
    /// The code of the system.
    pub system_code: String,
    /// The script or plugin that made the system; none for a tree as it was written.
    pub system_made: Option<Made>,
    /// How missing cells are filled: one choice a leaf.
    pub imputation: Plan<dyn Imputation>,
    /// How columns are treated: steps, each with one choice a leaf.
    pub treatment: Vec<Plan<dyn Treatment>>,
    /// How columns are brought to one scale: one choice a leaf.
    pub normalisation: Plan<dyn Normalisation>,
    /// How the children of a node are weighed: one choice a node.
    pub weighting: Plan<dyn Weighting>,
    /// Whether siblings are weighed among each other, or all leaves at once.
    pub across: Across,
    /// How the children of a node become one score: one choice a node.
    pub aggregation: Plan<dyn Aggregation>,
    /// Decimals to which each node's scores are rounded where they arise; one a node.
    pub rounding: Vec<Option<Rounding>>,
    /// How regions are ranked.
    pub ranking: Ranking,
    /// How the index is cut into tiers; none where no tiers are wanted.
    pub tiering: Option<Choice<dyn Tiering>>,
    /// Leagues that have tiers of their own.
    pub league_tiering: Vec<(LeagueIx, Choice<dyn Tiering>)>,
    /// The periods that it is made for; all where none is stated.
    pub periods: Option<Vec<PeriodIx>>,
}

impl Methodology {
    /// What the scores of each node can be, by the words of the methods alone.
    pub fn domains(&self) -> Vec<Domain> {
        let system = &self.system;
        let mut domains = vec![Domain::ANY; system.nodes().len()];
        for (column, &leaf) in system.leaves().iter().enumerate() {
            let normalisation = self.normalisation.at(leaf);
            domains[leaf.index()] = normalisation.method.gives(system.indicator(column));
        }
        for &node in system.inner() {
            let below: Vec<Domain> =
                system.node(node).children.iter().map(|c| domains[c.index()]).collect();
            domains[node.index()] = self.aggregation.at(node).method.gives(&below);
        }
        domains
    }

    /// The same methodology over another system: what is stated for a node holds for the node of the same code there.
    /// A node that the old system lacks is rounded as all nodes of its depth are there, if they agree.
    pub fn onto(&self, system: Arc<System>, code: String, made: Option<Made>) -> Methodology {
        let (from, to) = (&*self.system, &*system);
        let rounding = (0..to.nodes().len() as u32).map(|i| {
            if let Some(old) = to.counterpart(NodeId(i), from) {
                return self.rounding[old.index()];
            }
            let node = to.node(NodeId(i));
            let mut alike = from.nodes().iter().zip(&self.rounding).filter(|(old, _)| {
                old.depth == node.depth && old.children.is_empty() == node.children.is_empty()
            });
            let (_, &first) = alike.next()?;
            first.filter(|_| alike.all(|(_, rounding)| *rounding == first))
        });
        Methodology {
            code: self.code.clone(),
            names: self.names.clone(),
            system_code: code,
            system_made: made,
            imputation: self.imputation.onto(from, to),
            treatment: self.treatment.iter().map(|step| step.onto(from, to)).collect(),
            normalisation: self.normalisation.onto(from, to),
            weighting: self.weighting.onto(from, to),
            across: self.across,
            aggregation: self.aggregation.onto(from, to),
            rounding: rounding.collect(),
            ranking: Ranking {
                then: self.ranking.then.and_then(|node| from.counterpart(node, to)),
                ..self.ranking.clone()
            },
            tiering: self.tiering.clone(),
            league_tiering: self.league_tiering.clone(),
            periods: self.periods.clone(),
            system,
        }
    }
}

/// The script or plugin that made a system, as a value.
#[derive(Clone, Debug, PartialEq)]
pub struct Made {
    /// Its name, as in a choice.
    pub name: String,
    /// All its settings: those that are stated, and for the others their defaults.
    pub filled: Settings,
    /// What it is made of, as in [`Choice::content`].
    pub content: String,
}

crate::method::choice! {
    /// Which nodes are weighed against each other.
    #[derive(Default)]
    pub enum Across {
        /// The children of each node.
        #[default]
        Siblings = "siblings",
        /// All leaves at once; a node's weight is the sum of its leaves'.
        Leaves = "leaves",
    }
}

/// Decimal rounding of scores.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rounding {
    /// How many decimals are kept.
    pub digits: u32,
    /// What happens half way.
    pub mode: RoundMode,
}

/// How scores become ranks.
#[derive(Clone, Debug, PartialEq)]
pub struct Ranking {
    /// What equal scores share.
    pub ties: RankTies,
    /// At which precision scores are compared.
    pub on: RankOn,
    /// Scores that differ by this or less are equal; zero unless stated.
    pub tolerance: f64,
    /// The node that decides between equal scores.
    pub then: Option<NodeId>,
}

impl Default for Ranking {
    fn default() -> Self {
        Ranking { ties: RankTies::Competition, on: RankOn::Full, tolerance: 0.0, then: None }
    }
}

crate::method::choice! {
    /// What regions with equal scores share.
    pub enum RankTies {
        /// The best of the places they take: 1 2 2 4.
        Competition = "competition",
        /// The next number, without gaps: 1 2 2 3.
        Dense = "dense",
        /// The mean of the places they take: 1 2.5 2.5 4.
        Average = "average",
        /// The worst of the places they take: 1 3 3 4.
        Worst = "worst",
        /// Nothing: places go by the second key, then by region code: 1 2 3 4.
        Ordinal = "ordinal",
    }
}

/// At which precision scores are compared for ranks and tiers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RankOn {
    /// As computed, before the index itself is rounded.
    Full,
    /// As rounded by the methodology.
    Rounded,
    /// At this many decimals, half up.
    Digits(u32),
}
