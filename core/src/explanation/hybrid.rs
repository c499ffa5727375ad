//! Methodologies that take some parts from one methodology and the others from another.

use std::sync::Arc;

use crate::methodology::{Methodology, Mix, Part};
use crate::model::{Node, NodeDraft, NodeId, Study, System};

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
    /// The parts in which they differ.
    pub(super) players: Vec<Part>,
    /// Whether their tiers are cut differently, which moves no score and no rank.
    pub(super) tiering: bool,
}

impl Pair {
    pub(super) fn new(study: &Study, a: Arc<Methodology>, b: Arc<Methodology>, data: bool) -> Pair {
        let mut players = super::players(study, &a, &b);
        if data {
            players.insert(0, Part::Data);
        }
        let tiering = Part::Tiering.differs(&a, &b, study);
        Pair { a, b, players, tiering }
    }

    /// The codes of the nodes that both systems have and at which the two make different choices in a part. A choice
    /// for a node that one system lacks comes and goes with the node.
    pub(super) fn differing(&self, player: Part) -> Vec<String> {
        let nodes = player.differing(&self.a, &self.b).into_iter();
        nodes.map(|node| self.a.system.node(node).code.clone()).collect()
    }

    /// The methodology of a coalition; `causes` are the exchanged nodes of the player that is exchanged only in part.
    ///
    /// # Errors
    /// If the nodes taken from both systems are not a tree.
    pub(super) fn methodology(
        &self,
        coalition: &Coalition,
        causes: &[Vec<String>],
    ) -> Result<Methodology, NotATree> {
        let sides = [&*self.a, &*self.b];
        let takes = |player: Part, code: &str| self.takes(coalition, causes, player, code);
        let whole = |player: Part| usize::from(takes(player, ""));
        let system = self.system(coalition, causes)?;
        let mut hybrid = Methodology::clone(&self.a);
        let of_system = sides[whole(Part::System)];
        hybrid.system = Arc::clone(&system);
        hybrid.system_code.clone_from(&of_system.system_code);
        hybrid.system_made.clone_from(&of_system.system_made);
        for part in Part::ALL {
            let Some(carried) = part.entry().carried else { continue };
            match carried.mix {
                Some(mix) => {
                    let from = self.sources(&system, |code| takes(part, code));
                    mix(&mut hybrid, &Mix { system: &system, sides, from });
                }
                None => {
                    let side = sides[whole(part)];
                    (carried.put)(side, &mut hybrid);
                    (carried.onto)(&mut hybrid, &side.system, &system);
                }
            }
        }
        // Tiers move no score and no rank.
        hybrid.tiering = None;
        hybrid.league_tiering.clear();
        Ok(hybrid)
    }

    /// Whether a coalition takes a player from the second side at a node; of a player that comes as a whole, anywhere.
    fn takes(
        &self,
        coalition: &Coalition,
        causes: &[Vec<String>],
        player: Part,
        code: &str,
    ) -> bool {
        let Some(at) = self.players.iter().position(|p| *p == player) else { return false };
        match &coalition.partly {
            Some((partly, which)) if *partly == at => {
                let taken = causes.iter().zip(which).filter(|(_, taken)| **taken);
                taken.flat_map(|(cause, _)| cause).any(|c| c == code)
            }
            _ => coalition.whole >> at & 1 == 1,
        }
    }

    fn system(
        &self,
        coalition: &Coalition,
        causes: &[Vec<String>],
    ) -> Result<Arc<System>, NotATree> {
        let (a, b) = (&self.a.system, &self.b.system);
        let at = self.players.iter().position(|p| *p == Part::System);
        let takes = |code: &str| self.takes(coalition, causes, Part::System, code);
        match &coalition.partly {
            Some((partly, _)) if Some(*partly) == at => Ok(Arc::new(mixed(a, b, takes)?)),
            _ if takes("") => Ok(Arc::clone(b)),
            _ => Ok(Arc::clone(a)),
        }
    }

    /// Where each node's choice comes from: from its own methodology if only one has it, else as the coalition says.
    fn sources(&self, system: &System, takes: impl Fn(&str) -> bool) -> Vec<(usize, NodeId)> {
        let source = |node: NodeId| {
            let in_a = system.counterpart(node, &self.a.system);
            let in_b = system.counterpart(node, &self.b.system);
            match (in_a, in_b) {
                (Some(here), Some(there)) => match takes(&self.a.system.node(here).code) {
                    true => (1, there),
                    false => (0, here),
                },
                (Some(here), None) => (0, here),
                (None, Some(there)) => (1, there),
                (None, None) => unreachable!("a node of a mixed system is of one of the two"),
            }
        };
        (0..system.nodes().len() as u32).map(|i| source(NodeId(i))).collect()
    }
}

/// Nodes that do not make one tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct NotATree;

/// The differences of two systems as causes that can be taken one by one: codes of nodes that come or go together (a node
/// with all below it that comes or goes), and single nodes whose facts differ.
pub(super) fn causes_of_systems(a: &System, b: &System) -> Vec<Vec<String>> {
    let mut causes: Vec<Vec<String>> = Vec::new();
    let all = |system: &System| (0..system.nodes().len() as u32).map(NodeId).collect::<Vec<_>>();
    for id in all(a) {
        if let Some(there) = a.counterpart(id, b)
            && facts(a, id) != facts(b, there)
        {
            causes.push(vec![a.node(id).code.clone()]);
        }
    }
    for (one, other) in [(a, b), (b, a)] {
        for id in all(one) {
            let alone = |id: NodeId| one.counterpart(id, other).is_none();
            let parent = one.node(id).parent;
            if alone(id) && parent.is_none_or(|p| !alone(p)) {
                let mut cause = Vec::new();
                let mut stack = vec![id];
                while let Some(at) = stack.pop() {
                    cause.push(one.node(at).code.clone());
                    stack.extend(one.node(at).children.iter().rev().filter(|c| alone(**c)));
                }
                causes.push(cause);
            }
        }
    }
    causes
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
        published: node.published.clone(),
        indicator,
        notes: Default::default(),
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
