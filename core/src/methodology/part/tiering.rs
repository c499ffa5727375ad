//! How scores are cut into tiers.

use super::value::{Table, choice};
use super::{Again, Carried, Entry, Says, Shown, Written};
use crate::method::{FromValue, Stage, Value, find};
use crate::methodology::{Choice, Methodology, Plan};
use crate::model::{NodeId, Study, System};
use crate::tiering::{self, Tiering};

pub(super) const PART: Entry = Entry {
    name: "tiering",
    summary: "How scores are cut into tiers.",
    written: Written::Plan(Stage::Tiering),
    claims: |name| find(tiering::TABLE, name).map(|method| method.claims),
    again: Again::From(Stage::Tiering),
    // Tiers move no score and no rank.
    divided: None,
    shown: Shown::Nothing,
    says: Says::Whole(|m, study| Some(value(m, study))),
    carried: Some(Carried {
        put: |from, to| {
            to.tiering.clone_from(&from.tiering);
            to.league_tiering.clone_from(&from.league_tiering);
        },
        onto: |m, from, to| {
            m.tiering = m.tiering.as_ref().map(|tierings| tierings.onto(from, to));
        },
        mix: None,
    }),
};

crate::method::choice! {
    /// Which nodes a rule for tiers holds for, beside those that `at` names.
    #[derive(Default)]
    pub enum TieredNodes {
        /// The index alone.
        #[default]
        Index = "index",
        /// Every node and every leaf.
        All = "all",
    }
}

/// How the scores of each node are cut into tiers: a rule for the index or for all nodes, and other rules for parts of
/// the tree.
#[derive(Clone, Debug)]
pub struct Tierings {
    plan: Plan<dyn Tiering>,
    nodes: TieredNodes,
}

impl Tierings {
    /// A plan whose default holds for the index alone, or for all nodes that it says nothing else of.
    pub fn new(plan: Plan<dyn Tiering>, nodes: TieredNodes) -> Self {
        Tierings { plan, nodes }
    }

    /// A rule for the index alone.
    pub fn index(system: &System, choice: Choice<dyn Tiering>) -> Self {
        Tierings::new(Plan::whole(system, choice), TieredNodes::Index)
    }

    /// The rule for a node; none where its scores are not cut.
    pub fn at(&self, node: NodeId, system: &System) -> Option<&Choice<dyn Tiering>> {
        let own = self.plan.is_stated(node);
        let holds = own || node == system.root() || self.nodes == TieredNodes::All;
        holds.then(|| self.plan.at(node))
    }

    /// The rule that is stated for the whole.
    pub fn default(&self) -> &Choice<dyn Tiering> {
        self.plan.default()
    }

    fn onto(&self, from: &System, to: &System) -> Self {
        Tierings { plan: self.plan.onto(from, to), nodes: self.nodes }
    }
}

/// Everything in a choice of tiers that can affect a result.
fn tiers(chosen: &Choice<dyn Tiering>) -> Table {
    let mut value = choice(chosen);
    value
        .insert("on".into(), chosen.on.unwrap_or_default().to_value().expect("a word or a number"));
    value
}

fn value(methodology: &Methodology, study: &Study) -> Value {
    let system = &methodology.system;
    let mut nodes: Vec<NodeId> = (0..system.nodes().len() as u32).map(NodeId).collect();
    let at = |node: NodeId| methodology.tiering.as_ref()?.at(node, system).map(tiers);
    let mut value = at(system.root()).unwrap_or_default();
    nodes.retain(|node| *node != system.root());
    let code = |node: NodeId| system.node(node).code.clone();
    let own = nodes.into_iter().filter_map(|n| Some((code(n), Value::Table(at(n)?))));
    let mut own: Table = own.collect();
    if !own.is_empty() {
        own.sort_keys();
        value.insert("at".into(), Value::Table(own));
    }
    let own = methodology.league_tiering.iter().map(|(league, own)| {
        (study.leagues[league.0 as usize].code.clone(), Value::Table(tiers(own)))
    });
    let own: Table = own.collect();
    if !own.is_empty() {
        value.insert("leagues".into(), Value::Table(own));
    }
    Value::Table(value)
}
