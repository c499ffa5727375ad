//! Choices of methods, and which part of the tree each one is for.

use std::fmt;
use std::sync::Arc;

use super::Across;
use super::part::RankOn;
use crate::method::{Entry, Settings, find};
use crate::model::{NodeId, System};

/// A chosen method with its settings.
pub struct Choice<M: ?Sized> {
    /// Its name.
    pub name: String,
    /// The settings as stated.
    pub settings: Settings,
    /// All its settings: those that are stated, and for the others their defaults.
    pub filled: Settings,
    /// Of a script or a plugin, what it is made of: the BLAKE3 hash, in hexadecimal, of the script's text with what it
    /// imports, or of the plugin's file.
    pub content: Option<String>,
    /// The method itself.
    pub method: Arc<M>,
    /// Over which periods it looks at a time.
    pub over: Over,
    /// Among which regions it looks at a time.
    pub among: Among,
    /// Of tiers, which scores are compared; none where nothing is stated, and elsewhere.
    pub on: Option<RankOn>,
    /// Of an aggregation: whether it puts the children of its node together, or all leaves below it at once.
    pub across: Across,
}

impl<M: ?Sized> Choice<M> {
    /// A built-in without stated settings, which looks at one period and one league at a time.
    ///
    /// # Panics
    /// If the table has no method of this name, or one that cannot do without settings.
    pub fn built_in(table: &'static [Entry<M>], name: &str) -> Self {
        let entry = find(table, name).expect("a built-in");
        let settings = Settings::default();
        Choice {
            name: name.to_owned(),
            filled: settings.filled(&(entry.settings)()),
            method: Arc::from((entry.make)(&settings).expect("defaults that fit")),
            settings,
            content: None,
            over: Over::Period,
            among: Among::League,
            on: None,
            across: Across::Siblings,
        }
    }
}

impl<M: ?Sized> Clone for Choice<M> {
    fn clone(&self) -> Self {
        Choice {
            name: self.name.clone(),
            settings: self.settings.clone(),
            filled: self.filled.clone(),
            content: self.content.clone(),
            method: Arc::clone(&self.method),
            over: self.over,
            among: self.among,
            on: self.on,
            across: self.across,
        }
    }
}

impl<M: ?Sized> fmt::Debug for Choice<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Choice")
            .field("name", &self.name)
            .field("settings", &self.settings)
            .field("over", &self.over)
            .field("among", &self.among)
            .field("on", &self.on)
            .field("across", &self.across)
            .finish_non_exhaustive()
    }
}

crate::method::choice! {
    /// Over which periods a method looks at a time.
    pub enum Over {
        /// Each period on its own.
        Period = "period",
        /// All periods together.
        Panel = "panel",
    }
}

crate::method::choice! {
    /// Among which regions a method looks at a time.
    pub enum Among {
        /// The regions of one league.
        League = "league",
        /// All regions.
        All = "all",
    }
}

/// The part of the tree that a choice is stated for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// A node or leaf; for stages that work on leaves, all leaves below it.
    Node(NodeId),
    /// All nodes at this distance from the root.
    Level(usize),
    /// All leaves.
    Leaves,
}

impl Scope {
    /// Whether it holds for a node, whatever else is stated; where choices are `inherited`, a node stands for all below it.
    pub fn reaches(self, system: &System, node: NodeId, inherited: bool) -> bool {
        Scope::holding(&[self], system, node, inherited).is_some()
    }

    /// Of several scopes, the position of the most particular one that holds for a node: the node itself, then (where
    /// choices are `inherited`) the nearest node above it but the root, then its level, then "leaves", then the root.
    pub fn holding(
        scopes: &[Scope],
        system: &System,
        node: NodeId,
        inherited: bool,
    ) -> Option<usize> {
        let stated = |scope: Scope| scopes.iter().position(|s| *s == scope);
        let of = system.node(node);
        let inherited = inherited && of.children.is_empty();
        let mut at = Some(node);
        while let Some(id) = at {
            // What is stated for the root is stated for the whole tree.
            let whole = id == system.root() && id != node;
            if let Some(found) = stated(Scope::Node(id)).filter(|_| !whole) {
                return Some(found);
            }
            at = if inherited { system.node(id).parent } else { None };
        }
        stated(Scope::Level(of.depth))
            .or_else(|| stated(Scope::Leaves).filter(|_| of.children.is_empty()))
            .or_else(|| stated(Scope::Node(system.root())).filter(|_| inherited))
    }
}

/// Which choice holds for each node of a system.
pub struct Plan<M: ?Sized> {
    /// The default, then one for each of `scopes`.
    choices: Vec<Choice<M>>,
    scopes: Vec<Scope>,
    inherited: bool,
    of: Vec<usize>,
}

impl<M: ?Sized> Clone for Plan<M> {
    fn clone(&self) -> Self {
        Plan {
            choices: self.choices.clone(),
            scopes: self.scopes.clone(),
            inherited: self.inherited,
            of: self.of.clone(),
        }
    }
}

impl<M: ?Sized> fmt::Debug for Plan<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Plan")
            .field("choices", &self.choices)
            .field("of", &self.of)
            .finish_non_exhaustive()
    }
}

impl<M: ?Sized> Plan<M> {
    /// A default for the whole tree and choices for scopes of it; the most particular scope counts
    /// ([`Scope::holding`]). For a stage that works on nodes (weighting, aggregation; `inherited` is false) a node
    /// above does not count.
    pub fn new(
        system: &System,
        default: Choice<M>,
        stated: Vec<(Scope, Choice<M>)>,
        inherited: bool,
    ) -> Self {
        let (scopes, own): (Vec<Scope>, Vec<Choice<M>>) = stated.into_iter().unzip();
        let of = (0..system.nodes().len() as u32)
            .map(|i| Scope::holding(&scopes, system, NodeId(i), inherited).map_or(0, |at| at + 1));
        let of = of.collect();
        let choices = std::iter::once(default).chain(own).collect();
        Plan { choices, scopes, inherited, of }
    }

    /// A choice that looks across all leaves below the root, and another for the nodes between, with choices for scopes of
    /// the tree; one that is stated for the root itself counts before the first.
    pub fn across(
        system: &System,
        root: Choice<M>,
        inner: Choice<M>,
        mut stated: Vec<(Scope, Choice<M>)>,
        inherited: bool,
    ) -> Self {
        let of_root = Scope::Node(system.root());
        if stated.iter().all(|(scope, _)| *scope != of_root) {
            stated.push((of_root, root));
        }
        Plan::new(system, inner, stated, inherited)
    }

    /// One choice for the whole tree.
    pub fn whole(system: &System, choice: Choice<M>) -> Self {
        Plan::new(system, choice, Vec::new(), false)
    }

    /// A plan with a choice of its own for each node.
    ///
    /// # Panics
    /// If there is not a choice for each node.
    pub(crate) fn of_nodes(system: &System, choices: Vec<Choice<M>>) -> Self {
        assert_eq!(choices.len(), system.nodes().len(), "a choice for each node");
        let default = choices[0].clone();
        let nodes = (0..choices.len() as u32).map(|i| Scope::Node(NodeId(i)));
        Plan::new(system, default, nodes.zip(choices).collect(), false)
    }

    /// The same plan for another system: what is stated for a node holds for the node of the same code there, and falls
    /// away where there is none.
    pub fn onto(&self, from: &System, to: &System) -> Self {
        let carried = |scope: &Scope| match *scope {
            Scope::Node(id) => from.counterpart(id, to).map(Scope::Node),
            other => Some(other),
        };
        let stated = self.scopes.iter().zip(&self.choices[1..]);
        let stated = stated.filter_map(|(scope, choice)| Some((carried(scope)?, choice.clone())));
        Plan::new(to, self.choices[0].clone(), stated.collect(), self.inherited)
    }

    /// The same plan with another choice for one node: for that node alone, whatever stands below it.
    pub fn with(&self, node: NodeId, choice: Choice<M>) -> Self {
        let mut plan = self.clone();
        plan.scopes.push(Scope::Node(node));
        plan.choices.push(choice);
        plan.of[node.index()] = plan.choices.len() - 1;
        plan
    }

    /// The choice for a node.
    pub fn at(&self, node: NodeId) -> &Choice<M> {
        &self.choices[self.of[node.index()]]
    }

    /// Whether a choice of its own is stated for a node, or for a part of the tree that it belongs to.
    pub fn is_stated(&self, node: NodeId) -> bool {
        self.of[node.index()] > 0
    }

    /// The choices that hold for none of some nodes, by their position in [`Plan::choices`].
    pub fn idle(&self, nodes: &[NodeId]) -> Vec<usize> {
        let mut holds = vec![false; self.choices.len()];
        nodes.iter().for_each(|node| holds[self.of[node.index()]] = true);
        (0..holds.len()).filter(|at| !holds[*at]).collect()
    }

    /// Every choice: the default first, then those for scopes in stated order.
    pub fn choices(&self) -> &[Choice<M>] {
        &self.choices
    }

    /// The choice for the whole tree.
    pub fn default(&self) -> &Choice<M> {
        &self.choices[0]
    }
}
