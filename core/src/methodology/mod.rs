//! A methodology: a system, and one choice of method for each stage, with overrides for parts of the tree.

mod contract;
mod difference;
mod part;
mod plan;

use std::borrow::Cow;
use std::sync::Arc;

use crate::aggregation::{self, Aggregation};
use crate::imputation::{self, Imputation};
use crate::method::Domain;
use crate::model::{Direction, Indicator, LeagueIx, Names, NodeId, PeriodIx, System};
use crate::normalisation::{Constant, Normalisation};
use crate::number::{self, Precision};
use crate::tiering::Tiering;
use crate::treatment::{self, Treatment};
use crate::weighting::{self, Weighting};

pub use contract::{ContractProblem, contract_problems};
pub use difference::{Difference, differences};
pub use part::{
    Across, Again, Divided, Entry, Made, Part, PrecisionKeys, RankOn, RankOrder, RankTies, Ranking,
    RankingKeys, Rankings, Rounding, RoundingKeys, Screening, Shown, TieredNodes, Tierings,
    Written,
};
pub use plan::{Among, Choice, Over, Plan, Scope};

pub(crate) use part::{Mix, Says, Sum};

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
    /// The script or plugin that made the system; none for a tree from a file.
    pub system_made: Option<Made>,
    /// Which regions are left out for want of data; none where all are kept.
    pub screening: Option<Screening>,
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
    /// How the scores of nodes are normalised among the regions: one choice a node; `None` where they stay as they are.
    pub rescaling: Option<Plan<dyn Normalisation>>,
    /// To how many digits scores are compared where they are rounded, ranked and cut into tiers.
    pub precision: Precision,
    /// How scores that are missing after normalisation are filled: one choice a leaf or node; `None` where they stay absent.
    pub fill: Option<Plan<dyn Imputation>>,
    /// Decimals to which each node's scores are rounded where they arise; one a node.
    pub rounding: Vec<Option<Rounding>>,
    /// How regions are ranked by each node.
    pub ranking: Rankings,
    /// How scores are cut into tiers; `None` for no tiers.
    pub tiering: Option<Tierings>,
    /// Leagues that have tiers of the index of their own.
    pub league_tiering: Vec<(LeagueIx, Choice<dyn Tiering>)>,
    /// The periods that it is made for; all where none is stated.
    pub periods: Option<Vec<PeriodIx>>,
}

impl Methodology {
    /// A methodology that says nothing but how columns of a system are brought to one scale. Nothing is filled or treated,
    /// siblings are weighed as the tree states (equally where it states no weights), scores are arithmetic means.
    pub fn new(
        code: String,
        system: Arc<System>,
        system_code: String,
        normalisation: Plan<dyn Normalisation>,
    ) -> Self {
        let weighed = system.nodes().iter().all(|n| n.parent.is_none() || n.weight.is_some());
        let weighting = if weighed { "given" } else { "equal" };
        Methodology {
            code,
            names: Names::default(),
            system_code,
            system_made: None,
            screening: None,
            imputation: Plan::whole(&system, Choice::built_in(imputation::TABLE, "fail")),
            treatment: vec![Plan::whole(&system, Choice::built_in(treatment::TABLE, "none"))],
            normalisation,
            weighting: Plan::whole(&system, Choice::built_in(weighting::TABLE, weighting)),
            across: Across::default(),
            aggregation: Plan::whole(&system, Choice::built_in(aggregation::TABLE, "arithmetic")),
            rescaling: None,
            precision: Precision::default(),
            fill: None,
            rounding: vec![None; system.nodes().len()],
            ranking: Rankings::whole(&system, Ranking::default()),
            tiering: None,
            league_tiering: Vec::new(),
            periods: None,
            system,
        }
    }

    /// Whether anything fills cells: the imputation of some leaf, which is neither `fail` nor `renormalise`, or a rule for
    /// scores.
    pub(crate) fn fills_cells(&self) -> bool {
        let mut leaves = self.system.leaves().iter();
        self.fill.is_some() || leaves.any(|leaf| self.imputation.at(*leaf).method.fills())
    }

    /// How the scores of a node are normalised once its children are put together; none where they stay as they are.
    pub fn rescaled(&self, node: NodeId) -> Option<&Choice<dyn Normalisation>> {
        let choice = self.rescaling.as_ref()?.at(node);
        (!choice.method.is_identity()).then_some(choice)
    }

    /// Whether the score of a node is the weighted arithmetic mean or sum of its children's, whatever their scores.
    pub fn is_linear(&self, node: NodeId) -> bool {
        self.aggregation.at(node).method.is_linear() && self.rescaled(node).is_none()
    }

    /// What the scores of each node can be, by the words of the methods alone.
    pub fn domains(&self) -> Vec<Domain> {
        let system = &self.system;
        let mut domains = vec![Domain::ANY; system.nodes().len()];
        for (column, &leaf) in system.leaves().iter().enumerate() {
            let normalisation = &*self.normalisation.at(leaf).method;
            domains[leaf.index()] = domain_after(normalisation, system.indicator(column));
        }
        for &node in system.inner() {
            domains[node.index()] = self.domain_before_rescaling(node, &domains);
            if let Some(choice) = self.rescaled(node) {
                let scores = indicator_of_scores(domains[node.index()].direction);
                domains[node.index()] = domain_after(&*choice.method, &scores);
            }
        }
        domains
    }

    /// What the scores of a node can be before they are normalised again, by what those below it can be.
    pub(crate) fn domain_before_rescaling(&self, node: NodeId, domains: &[Domain]) -> Domain {
        if self.system.node(node).published.is_some() {
            return Domain::ANY;
        }
        let below = self.put_together(node);
        let below: Vec<Domain> = below.iter().map(|c| domains[c.index()]).collect();
        self.aggregation.at(node).method.gives(&below)
    }

    /// The nodes that the aggregation of a node puts together: its children, or all leaves below it.
    pub fn put_together(&self, node: NodeId) -> Cow<'_, [NodeId]> {
        match self.aggregation.at(node).across {
            Across::Siblings => Cow::Borrowed(&self.system.node(node).children),
            Across::Leaves => Cow::Owned(self.system.leaves_below(node)),
        }
    }

    /// Whether the weights of a node's children are used as printed: those of siblings where their weighting says so, and
    /// those of all leaves at once in the whole, which is to say below the root only.
    pub fn uses_printed_weights(&self, node: NodeId) -> bool {
        let of = match self.across {
            Across::Siblings => node,
            Across::Leaves => self.system.root(),
        };
        of == node && !self.weighting.at(of).method.rescales()
    }

    /// The same methodology over another system: what is stated for a node holds for the node of the same code there.
    pub fn onto(&self, system: Arc<System>, code: String, made: Option<Made>) -> Methodology {
        let mut carried = self.clone();
        carried.system_code = code;
        carried.system_made = made;
        carried.system = Arc::clone(&system);
        for carry in Part::ALL.iter().filter_map(|part| part.entry().carried) {
            (carry.onto)(&mut carried, &self.system, &system);
        }
        carried
    }
}

/// The facts of the scores of a node, as a normalisation asks for them.
pub(crate) fn indicator_of_scores(direction: Direction) -> Indicator {
    Indicator { direction, ..Indicator::default() }
}

/// What the scores of an indicator can be after a normalisation.
fn domain_after(normalisation: &dyn Normalisation, indicator: &Indicator) -> Domain {
    let mut domain = normalisation.gives(indicator);
    if let Some(Constant::Score(score)) = normalisation.constant() {
        domain.lower = number::min(domain.lower, score);
        domain.upper = number::max(domain.upper, score);
    }
    domain
}
