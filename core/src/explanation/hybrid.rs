//! Methodologies that take some parts from one methodology and the others from another.

use std::sync::Arc;

use super::Player;
use crate::method::{Entry, Settings, find};
use crate::methodology::{
    Across, Among, Choice, Made, Methodology, Over, Part, Plan, Ranking, Rounding,
};
use crate::model::{Node, NodeDraft, NodeId, Study, System};
use crate::treatment::{self, Treatment};

/// Which parts come from the second methodology.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Coalition {
    /// The players that come as a whole, as bits.
    pub(super) whole: usize,
    /// A player that is exchanged in part: the positions, in its list, of the parts that are exchanged.
    pub(super) partly: Option<(usize, Vec<bool>)>,
}

impl Coalition {
    pub(super) fn whole(whole: usize) -> Self {
        Coalition { whole, partly: None }
    }
}

/// Two methodologies and what can be taken from the one or the other.
#[derive(Debug)]
pub(super) struct Pair {
    pub(super) a: Arc<Methodology>,
    pub(super) b: Arc<Methodology>,
    /// Where they differ.
    pub(super) players: Vec<Player>,
    /// Whether their tiers are cut differently, which moves no score and no rank.
    pub(super) tiering: bool,
}

impl Pair {
    pub(super) fn new(study: &Study, a: Arc<Methodology>, b: Arc<Methodology>, data: bool) -> Pair {
        let (of_a, of_b) = (a.canonical(study), b.canonical(study));
        let differs = |stage: &str| of_a[stage] != of_b[stage];
        let mut pair = Pair { a, b, players: Vec::new(), tiering: differs("tiering") };
        let of_nodes = |player| !pair.differing(player).is_empty();
        let across = pair.a.across != pair.b.across;
        for (player, differ) in [
            (Player::Data, data),
            (Player::Periods, differs("periods")),
            (Player::System, differs("system")),
            (Player::Imputation, of_nodes(Player::Imputation)),
            (Player::Treatment, of_nodes(Player::Treatment)),
            (Player::Normalisation, of_nodes(Player::Normalisation)),
            (Player::Weighting, across || of_nodes(Player::Weighting)),
            (Player::Aggregation, of_nodes(Player::Aggregation)),
            (Player::Rounding, of_nodes(Player::Rounding)),
            (Player::Ranking, pair.rankings_differ()),
        ] {
            if differ {
                pair.players.push(player);
            }
        }
        pair
    }

    fn rankings_differ(&self) -> bool {
        let code = |m: &Methodology| m.ranking.then.map(|n| m.system.node(n).code.clone());
        let rest = |m: &Methodology| Ranking { then: None, ..m.ranking.clone() };
        rest(&self.a) != rest(&self.b) || code(&self.a) != code(&self.b)
    }

    /// The codes of the nodes that both systems have and at which a stage makes different choices. A choice for a node
    /// that one system lacks comes and goes with the node.
    pub(super) fn differing(&self, player: Player) -> Vec<String> {
        let (a, b) = (&*self.a, &*self.b);
        let node = |&i: &u32| {
            let here = NodeId(i);
            let there = a.system.counterpart(here, &b.system)?;
            let leaf = a.system.node(here).children.is_empty();
            let differs = match player {
                Player::Imputation => !same(a.imputation.at(here), b.imputation.at(there)),
                Player::Treatment => {
                    let (of_a, of_b) = (steps(a, here), steps(b, there));
                    let all = of_a.iter().zip(&of_b).all(|(x, y)| same(x, y));
                    leaf && !(of_a.len() == of_b.len() && all)
                }
                Player::Normalisation => {
                    leaf && !same(a.normalisation.at(here), b.normalisation.at(there))
                }
                Player::Weighting => {
                    let counts = |m: &Methodology| m.across == Across::Siblings;
                    let root = here == a.system.root();
                    let asked = !leaf && (root || counts(a) || counts(b));
                    asked && !same(a.weighting.at(here), b.weighting.at(there))
                }
                Player::Aggregation => {
                    !leaf && !same(a.aggregation.at(here), b.aggregation.at(there))
                }
                Player::Rounding => a.rounding[here.index()] != b.rounding[there.index()],
                Player::Data | Player::Periods | Player::System | Player::Ranking => false,
            };
            differs.then(|| a.system.node(here).code.clone())
        };
        (0..a.system.nodes().len() as u32).filter_map(|i| node(&i)).collect()
    }

    /// The methodology of a coalition; `parts` are the exchanged parts of the player that is exchanged only in part.
    ///
    /// # Errors
    /// If the nodes taken from both systems are not a tree.
    pub(super) fn methodology(
        &self,
        coalition: &Coalition,
        parts: &[Vec<String>],
    ) -> Result<Methodology, NotATree> {
        let (a, b) = (&*self.a, &*self.b);
        let takes = |player: Player, code: &str| {
            let Some(at) = self.players.iter().position(|p| *p == player) else {
                return false;
            };
            match &coalition.partly {
                Some((partly, which)) if *partly == at => parts
                    .iter()
                    .zip(which)
                    .any(|(part, taken)| *taken && part.iter().any(|c| c == code)),
                _ => coalition.whole >> at & 1 == 1,
            }
        };
        let whole = |player: Player| takes(player, "");
        let system_at = self.players.iter().position(|p| *p == Player::System);
        let some = |at: &usize| matches!(&coalition.partly, Some((p, _)) if p == at);
        let system = match system_at.filter(some) {
            Some(_) => Arc::new(mixed(&a.system, &b.system, |code| takes(Player::System, code))?),
            None if whole(Player::System) => Arc::clone(&b.system),
            None => Arc::clone(&a.system),
        };
        let (code, made): (&str, &Option<Made>) = match whole(Player::System) {
            true => (&b.system_code, &b.system_made),
            false => (&a.system_code, &a.system_made),
        };
        // Where a node's choice comes from: its own methodology if only one has it, else as the coalition says.
        let sources = |player: Player| -> Vec<From> {
            let nodes = (0..system.nodes().len() as u32).map(NodeId);
            nodes
                .map(|node| {
                    let in_a = system.counterpart(node, &a.system);
                    let in_b = system.counterpart(node, &b.system);
                    match (in_a, in_b) {
                        (Some(_), Some(there)) if takes(player, code_in(a, in_a)) => From::B(there),
                        (Some(here), _) => From::A(here),
                        (None, Some(there)) => From::B(there),
                        (None, None) => {
                            unreachable!("a node of a mixed system is of one of the two")
                        }
                    }
                })
                .collect()
        };
        let rounding = sources(Player::Rounding).into_iter().map(|from| match from {
            From::A(node) => a.rounding[node.index()],
            From::B(node) => b.rounding[node.index()],
        });
        let rounding: Vec<Option<Rounding>> = rounding.collect();
        let of_treatment = sources(Player::Treatment);
        let longest = a.treatment.len().max(b.treatment.len());
        let treatment = (0..longest).map(|step| {
            let choice = |from: &From| {
                let (steps, node) = match from {
                    From::A(node) => (&a.treatment, *node),
                    From::B(node) => (&b.treatment, *node),
                };
                steps.get(step).map_or_else(untreated, |plan| plan.at(node).clone())
            };
            per_node(&system, of_treatment.iter().map(choice).collect())
        });
        let (ranks, of) = if whole(Player::Ranking) { (&b.ranking, b) } else { (&a.ranking, a) };
        let ranking = Ranking {
            then: ranks.then.and_then(|node| of.system.counterpart(node, &system)),
            ..ranks.clone()
        };
        let across = |from: &From| match from {
            From::A(_) => a.across,
            From::B(_) => b.across,
        };
        let weighting = sources(Player::Weighting);
        Ok(Methodology {
            code: a.code.clone(),
            names: a.names.clone(),
            system_code: code.to_owned(),
            system_made: made.clone(),
            imputation: of_nodes(
                &system,
                &sources(Player::Imputation),
                &a.imputation,
                &b.imputation,
            ),
            treatment: treatment.collect(),
            normalisation: of_nodes(
                &system,
                &sources(Player::Normalisation),
                &a.normalisation,
                &b.normalisation,
            ),
            across: across(&weighting[system.root().index()]),
            weighting: of_nodes(&system, &weighting, &a.weighting, &b.weighting),
            aggregation: of_nodes(
                &system,
                &sources(Player::Aggregation),
                &a.aggregation,
                &b.aggregation,
            ),
            rounding,
            ranking,
            // Tiers move no score and no rank.
            tiering: None,
            league_tiering: Vec::new(),
            periods: if whole(Player::Periods) { b.periods.clone() } else { a.periods.clone() },
            system,
        })
    }
}

/// Nodes that do not make one tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct NotATree;

#[derive(Clone, Copy, Debug)]
enum From {
    A(NodeId),
    B(NodeId),
}

fn code_in(m: &Methodology, node: Option<NodeId>) -> &str {
    node.map_or("", |node| m.system.node(node).code.as_str())
}

fn same<M: ?Sized>(a: &Choice<M>, b: &Choice<M>) -> bool {
    let key = |c: &Choice<M>| (c.over, c.among);
    a.name == b.name && a.filled == b.filled && a.content == b.content && key(a) == key(b)
}

/// The treatments of a leaf that do something.
fn steps(m: &Methodology, leaf: NodeId) -> Vec<&Choice<dyn Treatment>> {
    m.treatment.iter().map(|plan| plan.at(leaf)).filter(|c| !c.method.is_identity()).collect()
}

fn untreated() -> Choice<dyn Treatment> {
    let entry: &Entry<dyn Treatment> = find(treatment::TABLE, "none").expect("a built-in");
    let settings = Settings::default();
    Choice {
        name: "none".into(),
        filled: settings.clone(),
        method: Arc::from((entry.make)(&settings).expect("a method without settings")),
        settings,
        content: None,
        over: Over::Period,
        among: Among::League,
    }
}

fn of_nodes<M: ?Sized>(system: &System, from: &[From], a: &Plan<M>, b: &Plan<M>) -> Plan<M> {
    let choice = |from: &From| match from {
        From::A(node) => a.at(*node).clone(),
        From::B(node) => b.at(*node).clone(),
    };
    per_node(system, from.iter().map(choice).collect())
}

/// A plan with a choice of its own for each node.
fn per_node<M: ?Sized>(system: &System, choices: Vec<Choice<M>>) -> Plan<M> {
    let default = choices[0].clone();
    let nodes = (0..choices.len() as u32).map(|i| Part::Node(NodeId(i)));
    Plan::new(system, default, nodes.zip(choices).collect(), false)
}

/// The differences of two systems as parts that can be taken one by one: codes of nodes that come or go together (a node
/// with all below it that comes or goes), and single nodes whose facts differ.
pub(super) fn parts_of_systems(a: &System, b: &System) -> Vec<Vec<String>> {
    let mut parts: Vec<Vec<String>> = Vec::new();
    let all = |system: &System| (0..system.nodes().len() as u32).map(NodeId).collect::<Vec<_>>();
    for id in all(a) {
        if let Some(there) = a.counterpart(id, b)
            && facts(a, id) != facts(b, there)
        {
            parts.push(vec![a.node(id).code.clone()]);
        }
    }
    for (one, other) in [(a, b), (b, a)] {
        for id in all(one) {
            let alone = |id: NodeId| one.counterpart(id, other).is_none();
            let parent = one.node(id).parent;
            if alone(id) && parent.is_none_or(|p| !alone(p)) {
                let mut part = Vec::new();
                let mut stack = vec![id];
                while let Some(at) = stack.pop() {
                    part.push(one.node(at).code.clone());
                    stack.extend(one.node(at).children.iter().rev().filter(|c| alone(**c)));
                }
                parts.push(part);
            }
        }
    }
    parts
}

/// The facts of a node as they would have to be stated; the sum of the children's full marks is left out.
fn facts(system: &System, id: NodeId) -> NodeDraft {
    let node: &Node = system.node(id);
    let marks: Option<f64> = node.children.iter().map(|c| system.node(*c).full_marks).sum();
    let summed = !node.children.is_empty() && marks == node.full_marks;
    let parent = node.parent.map(|p| match p == system.root() {
        true => String::new(),
        false => system.node(p).code.clone(),
    });
    let mut indicator = node.indicator.clone().unwrap_or_default();
    indicator.source.clear();
    // A leaf reads the column of its code unless another is stated: the same thing said in two ways.
    if indicator.column.as_deref() == Some(&node.code) {
        indicator.column = None;
    }
    NodeDraft {
        code: if id == system.root() { String::new() } else { node.code.clone() },
        parent,
        names: Default::default(),
        weight: node.weight.filter(|_| id != system.root()),
        full_marks: node.full_marks.filter(|_| !summed),
        indicator,
    }
}

/// The system that takes from the second what is `taken`: nodes of one system only are there if theirs is the side they
/// are taken from, nodes of both have the facts of that side.
fn mixed(a: &System, b: &System, taken: impl Fn(&str) -> bool) -> Result<System, NotATree> {
    // The order of the second, with what only the first has after what it follows there: the order of leaves is that of
    // sums.
    let mut order: Vec<(Option<NodeId>, Option<NodeId>)> = (0..b.nodes().len() as u32)
        .map(|i| (b.counterpart(NodeId(i), a), Some(NodeId(i))))
        .collect();
    let mut place = 0;
    for i in 0..a.nodes().len() as u32 {
        match order.iter().position(|(of_a, _)| *of_a == Some(NodeId(i))) {
            Some(at) => place = at + 1,
            None => {
                order.insert(place, (Some(NodeId(i)), None));
                place += 1;
            }
        }
    }
    let root = a.node(a.root()).code.clone();
    let draft = |(of_a, of_b): (Option<NodeId>, Option<NodeId>)| {
        let (system, id) = match (of_a, of_b) {
            (Some(id), None) if !taken(&a.node(id).code) => (a, id),
            (None, Some(id)) if taken(&b.node(id).code) => (b, id),
            (Some(id), Some(_)) if !taken(&a.node(id).code) => (a, id),
            (Some(_), Some(id)) => (b, id),
            _ => return None,
        };
        let mut draft = facts(system, id);
        draft.names = system.node(id).names.clone();
        if id == system.root() {
            draft.code.clone_from(&root);
        }
        if draft.parent.as_deref() == Some("") {
            draft.parent = Some(root.clone());
        }
        Some(draft)
    };
    System::new(order.into_iter().filter_map(draft).collect()).map_err(|_| NotATree)
}
