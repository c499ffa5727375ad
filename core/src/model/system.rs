//! Indicator systems: a tree whose leaves are indicators.

use indexmap::IndexMap;

use super::{Best, Direction, Goalposts, Indicator, Names};

/// Position of a node in its system, in the order in which the tree was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(pub u32);

impl NodeId {
    /// As an index into [`System::nodes`].
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// A node as written, before the tree is put together.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct NodeDraft {
    /// Its code.
    pub code: String,
    /// The code of its parent; none for the root.
    pub parent: Option<String>,
    /// Its names by language.
    pub names: Names,
    /// Its weight among its siblings.
    pub weight: Option<f64>,
    /// Full marks (满分).
    pub full_marks: Option<f64>,
    /// The column of the data with the node's own scores, as published; its children do not feed it then.
    pub published: Option<String>,
    /// The facts of a leaf; ignored for a node that has children.
    pub indicator: Indicator,
    /// What else the tree says of it, by the heads of its columns: a definition, the reason for a goalpost. It is shown.
    pub notes: IndexMap<String, String>,
}

/// A node of an indicator system.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// Its code.
    pub code: String,
    /// Its names by language.
    pub names: Names,
    /// Its parent; none for the root.
    pub parent: Option<NodeId>,
    /// Its children, in stated order; none for a leaf.
    pub children: Vec<NodeId>,
    /// How far below the root: 0 for the root, 1 for a first-level indicator (一级指标).
    pub depth: usize,
    /// Its stated weight among its siblings.
    pub weight: Option<f64>,
    /// Its full marks, stated or the sum of its children's where each of them has some.
    pub full_marks: Option<f64>,
    /// The column of the data with the node's own scores, as published; its children do not feed it then.
    pub published: Option<String>,
    /// The indicator, for a leaf.
    pub indicator: Option<Indicator>,
    /// What else the tree says of it, by the heads of its columns: a definition, the reason for a goalpost. It is shown.
    pub notes: IndexMap<String, String>,
}

impl Node {
    /// A node with a code and no other facts.
    pub fn plain(code: impl Into<String>) -> Node {
        Node {
            code: code.into(),
            names: Names::default(),
            parent: None,
            children: Vec::new(),
            depth: 0,
            weight: None,
            full_marks: None,
            published: None,
            indicator: None,
            notes: IndexMap::new(),
        }
    }

    /// The name in `language`, or the code where there is none.
    pub fn name(&self, language: &str) -> &str {
        self.names.get(language).unwrap_or(&self.code)
    }
}

/// What keeps drafts from being a tree; `usize` is the position of the draft.
#[derive(Clone, Debug, PartialEq)]
pub enum SystemProblem {
    /// No node at all.
    Empty,
    /// Two nodes have one code.
    DuplicateCode {
        /// The later draft.
        draft: usize,
        /// The earlier one.
        first: usize,
    },
    /// A parent that does not exist.
    UnknownParent {
        /// The draft that names it.
        draft: usize,
    },
    /// Parents that lead round in a circle.
    Cycle {
        /// The drafts on the circle, each followed by its parent.
        drafts: Vec<usize>,
    },
    /// More than one node without a parent.
    SeveralRoots {
        /// The drafts without a parent.
        drafts: Vec<usize>,
    },
    /// A weight that is negative or not finite.
    BadWeight {
        /// The draft.
        draft: usize,
    },
    /// Full marks that are not above zero.
    BadFullMarks {
        /// The draft.
        draft: usize,
    },
    /// A scale without a denominator, which would change nothing.
    ScaleAlone {
        /// The draft.
        draft: usize,
    },
    /// Two goalposts with one value.
    GoalpostsAlike {
        /// The draft.
        draft: usize,
        /// The value.
        value: f64,
    },
    /// A direction that the goalposts contradict.
    AgainstGoalposts {
        /// The draft.
        draft: usize,
        /// The direction.
        direction: Direction,
        /// The goalposts.
        goalposts: Goalposts,
    },
    /// A red threshold that is not worse than the green one, or than the target in its place.
    AgainstThresholds {
        /// The draft.
        draft: usize,
        /// The direction.
        direction: Direction,
        /// The green threshold.
        green: f64,
        /// The red threshold.
        red: f64,
    },
    /// Facts that contradict what is best of an indicator whose best values are neither the greatest nor the least.
    AgainstIdeal {
        /// The draft.
        draft: usize,
        /// The fact.
        fact: &'static str,
        /// Why.
        why: AgainstIdeal,
    },
    /// A leaf with a column of published scores: its column is read as any other.
    PublishedLeaf {
        /// The draft.
        draft: usize,
    },
    /// A node more than [`System::DEEPEST`] levels below the root.
    TooDeep {
        /// The draft.
        draft: usize,
    },
    /// Stated full marks that are not the sum of the children's.
    FullMarksSum {
        /// The parent.
        draft: usize,
        /// What it states.
        stated: f64,
        /// What its children add up to.
        sum: f64,
    },
}

/// An indicator system: a tree of any depth, which may differ between branches.
#[derive(Clone, Debug, PartialEq)]
pub struct System {
    nodes: Vec<Node>,
    root: NodeId,
    leaves: Vec<NodeId>,
    inner: Vec<NodeId>,
    by_code: IndexMap<String, NodeId>,
}

impl System {
    /// How many levels below the root a node may lie. People have five or six; whatever walks down a tree can rely on it.
    pub const DEEPEST: usize = 100;

    /// Puts drafts together, or says everything that is wrong with them.
    pub fn new(drafts: Vec<NodeDraft>) -> Result<Self, Vec<SystemProblem>> {
        let mut problems = Vec::new();
        if drafts.is_empty() {
            return Err(vec![SystemProblem::Empty]);
        }
        let mut by_code: IndexMap<String, NodeId> = IndexMap::new();
        for (i, draft) in drafts.iter().enumerate() {
            if let Some(first) = by_code.get(&draft.code) {
                problems.push(SystemProblem::DuplicateCode { draft: i, first: first.index() });
            } else {
                by_code.insert(draft.code.clone(), NodeId(i as u32));
            }
            if draft.weight.is_some_and(|w| !w.is_finite() || w < 0.0) {
                problems.push(SystemProblem::BadWeight { draft: i });
            }
            if draft.full_marks.is_some_and(|m| !m.is_finite() || m <= 0.0) {
                problems.push(SystemProblem::BadFullMarks { draft: i });
            }
            problems.extend(contradiction(i, &draft.indicator));
        }
        let mut parents: Vec<Option<NodeId>> = Vec::with_capacity(drafts.len());
        for (i, draft) in drafts.iter().enumerate() {
            parents.push(draft.parent.as_ref().and_then(|code| {
                let found = by_code.get(code).copied();
                if found.is_none() {
                    problems.push(SystemProblem::UnknownParent { draft: i });
                }
                found
            }));
        }
        problems.extend(cycles(&parents));
        let roots: Vec<usize> = (0..drafts.len()).filter(|&i| drafts[i].parent.is_none()).collect();
        if roots.len() > 1 {
            problems.push(SystemProblem::SeveralRoots { drafts: roots.clone() });
        }
        if !problems.is_empty() || roots.is_empty() {
            return Err(problems);
        }

        let mut children: Vec<Vec<NodeId>> = vec![Vec::new(); drafts.len()];
        for (i, parent) in parents.iter().enumerate() {
            if let Some(p) = parent {
                children[p.index()].push(NodeId(i as u32));
            }
        }
        let root = NodeId(roots[0] as u32);
        if let Some(draft) = too_deep(&children, root) {
            return Err(vec![SystemProblem::TooDeep { draft }]);
        }
        let mut nodes: Vec<Node> = drafts
            .into_iter()
            .zip(children)
            .zip(parents)
            .map(|((draft, children), parent)| Node {
                indicator: children.is_empty().then_some(draft.indicator),
                code: draft.code,
                names: draft.names,
                parent,
                children,
                depth: 0,
                weight: draft.weight,
                full_marks: draft.full_marks,
                published: draft.published,
                notes: draft.notes,
            })
            .collect();
        let mut leaves = Vec::new();
        let mut inner = Vec::new();
        visit(&mut nodes, root, 0, &mut leaves, &mut inner);
        for &leaf in &leaves {
            if nodes[leaf.index()].published.is_some() {
                problems.push(SystemProblem::PublishedLeaf { draft: leaf.index() });
            }
        }
        for &id in &inner {
            let marks: Option<f64> =
                nodes[id.index()].children.iter().map(|c| nodes[c.index()].full_marks).sum();
            match (nodes[id.index()].full_marks, marks) {
                (None, sum) => nodes[id.index()].full_marks = sum,
                // A tenth of a unit in the last printed place of hundredths: full marks are written by hand.
                (Some(stated), Some(sum)) if (stated - sum).abs() > 1e-6 * stated => {
                    problems.push(SystemProblem::FullMarksSum { draft: id.index(), stated, sum });
                }
                _ => {}
            }
        }
        if !problems.is_empty() {
            return Err(problems);
        }
        Ok(System { nodes, root, leaves, inner, by_code })
    }

    /// The system that is left without these nodes and all that is below them: unlike [`Self::without`], a node that
    /// loses all its children is removed too, and one that loses some has the sum of the others' full marks. `None`
    /// where nothing is left.
    pub fn pruned(&self, left_out: &[NodeId]) -> Option<System> {
        let mut stays = vec![true; self.nodes.len()];
        for (i, stays) in stays.iter_mut().enumerate() {
            let above = std::iter::successors(Some(NodeId(i as u32)), |n| self.node(*n).parent);
            *stays = !above.into_iter().any(|node| left_out.contains(&node));
        }
        for &id in &self.inner {
            let kept = self.node(id).children.iter().any(|c| stays[c.index()]);
            stays[id.index()] &= kept;
        }
        let drafts =
            self.nodes.iter().zip(&stays).filter(|(_, stays)| **stays).map(|(node, _)| NodeDraft {
                code: node.code.clone(),
                parent: node.parent.map(|p| self.node(p).code.clone()),
                names: node.names.clone(),
                weight: node.weight,
                full_marks: node.full_marks.filter(|_| self.whole(node, &stays)),
                published: node.published.clone(),
                indicator: node.indicator.clone().unwrap_or_default(),
                notes: node.notes.clone(),
            });
        // A part of a tree is a tree: only that nothing is left can be wrong with it.
        System::new(drafts.collect()).ok()
    }

    /// Whether no node at any depth below a node is removed.
    fn whole(&self, node: &Node, stays: &[bool]) -> bool {
        node.children.iter().all(|c| stays[c.index()] && self.whole(self.node(*c), stays))
    }

    /// Every node, in the order in which the tree was written.
    pub fn nodes(&self) -> &[Node] {
        &self.nodes
    }

    /// One node.
    pub fn node(&self, id: NodeId) -> &Node {
        &self.nodes[id.index()]
    }

    /// The node with this code.
    pub fn find(&self, code: &str) -> Option<NodeId> {
        self.by_code.get(code).copied()
    }

    /// The node of another system that this one's node `id` corresponds to: the one of the same code; the root to the root.
    pub fn counterpart(&self, id: NodeId, other: &System) -> Option<NodeId> {
        if id == self.root { Some(other.root) } else { other.find(&self.node(id).code) }
    }

    /// The leaves below a node, from left to right; the node itself where it is one. A node with published scores of its own
    /// stands for its leaves.
    pub fn leaves_below(&self, id: NodeId) -> Vec<NodeId> {
        let mut found = Vec::new();
        let mut stack = vec![id];
        while let Some(node) = stack.pop() {
            let of = self.node(node);
            if of.children.is_empty() || (of.published.is_some() && node != id) {
                found.push(node);
            } else {
                stack.extend(of.children.iter().rev());
            }
        }
        found
    }

    /// The same tree without a node and everything below it; what the other nodes state, full marks among it, is kept.
    /// `None` for the root, and for an only child.
    pub fn without(&self, id: NodeId) -> Option<System> {
        let parent = self.node(id).parent?;
        if self.node(parent).children.len() < 2 {
            return None;
        }
        let below = |mut node: NodeId| loop {
            if node == id {
                return true;
            }
            match self.node(node).parent {
                Some(above) => node = above,
                None => return false,
            }
        };
        let mut places = vec![None; self.nodes.len()];
        let mut nodes = Vec::with_capacity(self.nodes.len());
        for (i, node) in self.nodes.iter().enumerate() {
            if !below(NodeId(i as u32)) {
                places[i] = Some(NodeId(nodes.len() as u32));
                nodes.push(node.clone());
            }
        }
        for node in &mut nodes {
            node.parent = node.parent.and_then(|p| places[p.index()]);
            node.children = node.children.iter().filter_map(|c| places[c.index()]).collect();
        }
        let root = places[self.root.index()].expect("the root is kept");
        let (mut leaves, mut inner) = (Vec::new(), Vec::new());
        visit(&mut nodes, root, 0, &mut leaves, &mut inner);
        let coded = nodes.iter().enumerate();
        let by_code = coded.map(|(i, node)| (node.code.clone(), NodeId(i as u32))).collect();
        Some(System { nodes, root, leaves, inner, by_code })
    }

    /// The same tree with other facts of its leaves: what `facts` makes of the column of a leaf and its indicator.
    pub fn with_indicators(&self, facts: impl Fn(usize, &Indicator) -> Indicator) -> System {
        let mut system = self.clone();
        for (k, &leaf) in self.leaves.iter().enumerate() {
            system.nodes[leaf.index()].indicator = Some(facts(k, self.indicator(k)));
        }
        system
    }

    /// The same tree with other codes of its nodes, one for each; leaves are read from the columns of old.
    ///
    /// # Panics
    /// If there is not one code for each node, or a code stands twice.
    pub fn with_codes(&self, codes: Vec<String>) -> System {
        assert_eq!(codes.len(), self.nodes.len(), "a code for each node");
        let mut system = self.clone();
        system.by_code.clear();
        for (i, code) in codes.into_iter().enumerate() {
            let node = &mut system.nodes[i];
            if let Some(indicator) = node.indicator.as_mut().filter(|_| node.code != code)
                && indicator.derivation.is_none()
            {
                indicator.column.get_or_insert_with(|| node.code.clone());
            }
            node.code.clone_from(&code);
            let twice = system.by_code.insert(code, NodeId(i as u32));
            assert!(twice.is_none(), "each code stands once");
        }
        system
    }

    /// The top of the tree.
    pub fn root(&self) -> NodeId {
        self.root
    }

    /// The leaves from left to right: the columns of every table of leaves.
    pub fn leaves(&self) -> &[NodeId] {
        &self.leaves
    }

    /// The indicator of the leaf that is column `column`.
    ///
    /// # Panics
    /// If there is no such column.
    pub fn indicator(&self, column: usize) -> &Indicator {
        self.node(self.leaves[column]).indicator.as_ref().expect("a leaf has an indicator")
    }

    /// The nodes with children, each after all nodes below it: the order of aggregation.
    pub fn inner(&self) -> &[NodeId] {
        &self.inner
    }

    /// The greatest depth.
    pub fn depth(&self) -> usize {
        self.nodes.iter().map(|n| n.depth).max().unwrap_or(0)
    }
}

/// What in the facts of an indicator contradicts something else in them, or changes nothing.
fn contradiction(draft: usize, indicator: &Indicator) -> Option<SystemProblem> {
    if indicator.scale.is_some() && indicator.denominator.is_none() {
        return Some(SystemProblem::ScaleAlone { draft });
    }
    if let Some((fact, why)) = against_ideal(indicator) {
        return Some(SystemProblem::AgainstIdeal { draft, fact, why });
    }
    let direction = indicator.direction;
    if let Some((green, red)) = indicator.thresholds()
        && direction.sign() * (green - red) <= 0.0
    {
        return Some(SystemProblem::AgainstThresholds { draft, direction, green, red });
    }
    let goalposts = indicator.goalposts?;
    match goalposts.direction() {
        None => Some(SystemProblem::GoalpostsAlike { draft, value: goalposts.bad }),
        Some(direction) if direction != indicator.direction => {
            let direction = indicator.direction;
            Some(SystemProblem::AgainstGoalposts { draft, direction, goalposts })
        }
        Some(_) => None,
    }
}

/// Why a fact contradicts what is best.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AgainstIdeal {
    /// The interval of the best values ends before it begins.
    Order,
    /// A value that is tolerated no more is one of the best.
    Tolerance,
    /// It is in the unit of the column, and the values are not.
    Unit,
    /// It is a target, and something else is best.
    Target,
}

fn against_ideal(indicator: &Indicator) -> Option<(&'static str, AgainstIdeal)> {
    let ideal = indicator.ideal?;
    let (from, to) = match ideal.best {
        Best::Value(best) => (Some(best), Some(best)),
        Best::Middle => (None, None),
        Best::Between(from, to) => (Some(from), Some(to)),
    };
    let crossed = |a: Option<f64>, b: Option<f64>, or_equal: bool| {
        a.zip(b).is_some_and(|(a, b)| a > b || (or_equal && a == b))
    };
    if crossed(from, to, false) {
        return Some(("best_to", AgainstIdeal::Order));
    }
    if crossed(ideal.tolerance_from, from, true) {
        return Some(("tolerance_from", AgainstIdeal::Tolerance));
    }
    if crossed(to, ideal.tolerance_to, true) {
        return Some(("tolerance_to", AgainstIdeal::Tolerance));
    }
    // The best values are not known before the data: both ends may be on either side of them.
    if crossed(ideal.tolerance_from, ideal.tolerance_to, true) {
        return Some(("tolerance_to", AgainstIdeal::Tolerance));
    }
    let in_unit = [
        ("bad", indicator.goalposts.map(|posts| posts.bad), AgainstIdeal::Unit),
        ("target", indicator.target, AgainstIdeal::Target),
        ("green", indicator.green, AgainstIdeal::Unit),
        ("red", indicator.red, AgainstIdeal::Unit),
    ];
    let stated = in_unit.into_iter().find(|(_, fact, _)| fact.is_some());
    stated.map(|(fact, _, why)| (fact, why))
}

/// The first node, from above, that lies deeper than a node may.
fn too_deep(children: &[Vec<NodeId>], root: NodeId) -> Option<usize> {
    let mut level = vec![root];
    for _ in 0..=System::DEEPEST {
        level = level.iter().flat_map(|node| &children[node.index()]).copied().collect();
    }
    level.first().map(|node| node.index())
}

fn visit(
    nodes: &mut [Node],
    id: NodeId,
    depth: usize,
    leaves: &mut Vec<NodeId>,
    inner: &mut Vec<NodeId>,
) {
    nodes[id.index()].depth = depth;
    let children = nodes[id.index()].children.clone();
    if children.is_empty() {
        leaves.push(id);
        return;
    }
    for child in children {
        visit(nodes, child, depth + 1, leaves, inner);
    }
    inner.push(id);
}

/// Each circle once, found by walking up from every node and marking what a walk has seen.
fn cycles(parents: &[Option<NodeId>]) -> Vec<SystemProblem> {
    let mut seen = vec![0usize; parents.len()];
    let mut found = Vec::new();
    for start in 0..parents.len() {
        let walk = start + 1;
        let mut at = start;
        while seen[at] == 0 {
            seen[at] = walk;
            match parents[at] {
                Some(p) => at = p.index(),
                None => break,
            }
        }
        if seen[at] == walk && parents[at].is_some() {
            let mut drafts = vec![at];
            let mut next = parents[at].expect("on a circle").index();
            while next != at {
                drafts.push(next);
                next = parents[next].expect("on a circle").index();
            }
            found.push(SystemProblem::Cycle { drafts });
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft(code: &str, parent: &str) -> NodeDraft {
        NodeDraft {
            code: code.into(),
            parent: (!parent.is_empty()).then(|| parent.into()),
            ..NodeDraft::default()
        }
    }

    #[test]
    fn trees_have_a_depth_that_can_be_walked() {
        let chain = |levels: usize| {
            let code = |k: usize| format!("n{k}");
            let below = (1..=levels).map(|k| draft(&code(k), &code(k - 1)));
            System::new(std::iter::once(draft("n0", "")).chain(below).collect())
        };
        assert!(chain(System::DEEPEST).is_ok());
        let draft = System::DEEPEST + 1;
        assert_eq!(chain(50_000).unwrap_err(), [SystemProblem::TooDeep { draft }]);
    }

    #[test]
    fn ragged_tree_keeps_the_written_order() {
        let system = System::new(vec![
            draft("x2", "b"),
            draft("index", ""),
            draft("a", "index"),
            draft("b", "index"),
            draft("x1", "b"),
        ])
        .unwrap();
        let codes = |ids: &[NodeId]| {
            ids.iter().map(|&i| system.node(i).code.clone()).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(codes(system.leaves()), "a x2 x1");
        assert_eq!(codes(system.inner()), "b index");
        assert_eq!(system.depth(), 2);
    }

    #[test]
    fn everything_wrong_is_said_at_once() {
        let problems = System::new(vec![
            draft("index", ""),
            draft("a", "b"),
            draft("b", "a"),
            draft("b", "index"),
            draft("c", "nowhere"),
            draft("other", ""),
        ])
        .unwrap_err();
        assert_eq!(
            problems,
            vec![
                SystemProblem::DuplicateCode { draft: 3, first: 2 },
                SystemProblem::UnknownParent { draft: 4 },
                SystemProblem::Cycle { drafts: vec![1, 2] },
                SystemProblem::SeveralRoots { drafts: vec![0, 5] },
            ]
        );
    }

    #[test]
    fn a_part_of_a_tree_is_a_tree() {
        let marked = |code: &str, parent: &str, marks: f64| NodeDraft {
            full_marks: Some(marks),
            ..draft(code, parent)
        };
        let system = System::new(vec![
            draft("index", ""),
            draft("a", "index"),
            draft("b", "index"),
            marked("x1", "a", 10.0),
            marked("x2", "a", 20.0),
            marked("x3", "b", 70.0),
        ])
        .unwrap();
        let without = |codes: &[&str]| {
            let nodes: Vec<NodeId> = codes.iter().map(|c| system.find(c).unwrap()).collect();
            system.pruned(&nodes)
        };
        let less = without(&["x1"]).unwrap();
        assert_eq!(less.leaves().len(), 2);
        assert_eq!(less.node(less.root()).full_marks, Some(90.0));
        assert_eq!(less.node(less.find("b").unwrap()).full_marks, Some(70.0));
        let less = without(&["x3"]).unwrap();
        assert!(less.find("b").is_none(), "a node without children goes");
        assert_eq!(less.node(less.root()).full_marks, Some(30.0));
        assert_eq!(without(&["a"]).unwrap().leaves().len(), 1);
        assert_eq!(without(&[]).unwrap(), system);
        assert!(without(&["a", "x3"]).is_none());
    }

    #[test]
    fn full_marks_add_up_the_tree() {
        let marked = |code: &str, parent: &str, marks: f64| NodeDraft {
            full_marks: Some(marks),
            ..draft(code, parent)
        };
        let system = System::new(vec![
            draft("index", ""),
            marked("a", "index", 40.0),
            marked("b", "index", 60.0),
        ])
        .unwrap();
        assert_eq!(system.node(system.root()).full_marks, Some(100.0));
        let problems = System::new(vec![
            marked("index", "", 110.0),
            marked("a", "index", 40.0),
            marked("b", "index", 60.0),
        ])
        .unwrap_err();
        assert_eq!(
            problems,
            vec![SystemProblem::FullMarksSum { draft: 0, stated: 110.0, sum: 100.0 }]
        );
    }
}
