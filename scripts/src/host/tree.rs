//! Indicator systems in scripts: trees that are built or rebuilt, with leaves computed from raw columns.

use std::sync::Arc;

use quanheng_core::method::{ABOVE_ZERO, Accepts, SettingFault, Value, closest};
use quanheng_core::model::{Derivation, FACTS, Fact, NodeDraft, NodeFacts, NodeId, System, Unfit};
use quanheng_words::number::exact;
use quanheng_words::text;
use rhai::{Array, Dynamic, FnPtr, ImmutableString, Map};

use super::functions::{Functions, Give, Take, functions, number};
use crate::limits::in_time_for;
use crate::problem::{Failed, a, did_you_mean, fail};
use crate::setting::{plain_value, to_dynamic};

/// A tree of indicators. Every function gives a new one.
#[derive(Clone, Debug)]
pub struct Tree(pub(crate) Arc<Vec<TreeNode>>);

/// A node as a script has it.
#[derive(Clone, Debug)]
pub(crate) struct TreeNode {
    pub(crate) draft: NodeDraft,
    /// The raw columns of a leaf that is made of them, and the function that makes it.
    pub(crate) made: Option<(Vec<String>, FnPtr)>,
}

impl Take for Tree {
    type Raw = Tree;
    const NAME: &'static str = "Tree";
    fn take(raw: Tree) -> Result<Self, Failed> {
        // Nodes are looked up one by one.
        in_time_for(raw.0.len() * 16)?;
        Ok(raw)
    }
}

impl Give for Tree {
    const NAME: &'static str = "Tree";
}

/// How a leaf is made of raw columns, and how a node is stated, as hints show it.
const BY: &str = "by: |raw| ratio(raw.a, raw.b)";
const NODE: &str = "#{ code: \"x\", parent: \"index\" }";

/// More nodes than any system has.
const MOST_NODES: usize = 20_000;

/// What a script can state about a node beyond what a tree in a file can: the raw columns that a leaf is made from, and
/// by what.
const FURTHER_KEYS: [&str; 2] = ["from", "by"];

impl Tree {
    pub(crate) fn of(system: &System) -> Self {
        let node = |node: &quanheng_core::model::Node| TreeNode {
            draft: NodeDraft {
                code: node.code.clone(),
                parent: node.parent.map(|p: NodeId| system.node(p).code.clone()),
                names: node.names.clone(),
                weight: node.weight,
                full_marks: node.full_marks,
                published: node.published.clone(),
                indicator: node.indicator.clone().unwrap_or_default(),
                notes: node.notes.clone(),
            },
            made: None,
        };
        Tree(Arc::new(system.nodes().iter().map(node).collect()))
    }

    fn place(&self, code: &str) -> Result<usize, Failed> {
        match self.0.iter().position(|n| n.draft.code == code) {
            Some(place) => Ok(place),
            None => {
                let near = closest(code, self.0.iter().map(|n| n.draft.code.as_str()));
                let hint = near.map_or_else(|| text!(script_see_codes), did_you_mean);
                Err(fail(text!(script_no_node, code = code), hint))
            }
        }
    }

    fn changed(
        mut self,
        f: impl FnOnce(&mut Vec<TreeNode>) -> Result<(), Failed>,
    ) -> Result<Self, Failed> {
        let nodes = Arc::make_mut(&mut self.0);
        f(nodes)?;
        if nodes.len() > MOST_NODES {
            let what = text!(script_many_nodes, most = MOST_NODES);
            return Err(fail(what, text!(script_fewer_nodes)));
        }
        Ok(self)
    }

    fn children(&self, code: &str) -> impl Iterator<Item = &str> {
        let code = code.to_owned();
        self.0
            .iter()
            .filter(move |n| n.draft.parent.as_deref() == Some(&code))
            .map(|n| n.draft.code.as_str())
    }

    /// Every node below one, and itself.
    fn below(&self, code: &str) -> Vec<String> {
        let mut found = vec![code.to_owned()];
        let mut next = 0;
        while next < found.len() && found.len() <= MOST_NODES {
            let children: Vec<String> = self
                .children(&found[next])
                .filter(|c| found.iter().all(|f| f != c))
                .map(str::to_owned)
                .collect();
            found.extend(children);
            next += 1;
        }
        found
    }
}

fn word(key: &str, value: &Dynamic) -> Result<String, Failed> {
    let text = value.clone().into_immutable_string().map(|t| t.to_string());
    text.map_err(|found| {
        fail(text!(script_key_kind, key = key, kind = a(found)), text!(script_text_belongs))
    })
}

fn texts(key: &str, value: &Dynamic) -> Result<Vec<String>, Failed> {
    match value.read_lock::<Array>() {
        Some(list) => list.iter().map(|t| word(key, t)).collect(),
        None => word(key, value).map(|t| vec![t]),
    }
}

/// Writes the facts of a map into a node.
fn fill(node: &mut TreeNode, facts: &Map) -> Result<(), Failed> {
    let mut stated = NodeFacts::from(std::mem::take(&mut node.draft));
    let (mut from, mut by) = match node.made.take() {
        Some((from, by)) => (Some(from), Some(by)),
        None => (None, None),
    };
    for (key, value) in facts {
        match (key.as_str(), Fact::find(key)) {
            ("from", _) => from = Some(texts(key, value)?),
            ("by", _) => match value.clone().try_cast::<FnPtr>() {
                Some(function) => by = Some(function),
                None => {
                    return Err(fail(
                        text!(script_key_kind, key = "by", kind = a(value.type_name())),
                        text!(script_function_belongs, code = BY),
                    ));
                }
            },
            (_, Some(fact)) => state(&mut stated, fact, value)?,
            (other, None) => {
                let keys = || FACTS.iter().map(|fact| fact.name).chain(FURTHER_KEYS);
                let hint = match closest(other, keys()) {
                    Some(near) => did_you_mean(near),
                    None => text!(one_of, names = keys().collect::<Vec<_>>()),
                };
                return Err(fail(text!(script_no_node_key, key = other), hint));
            }
        }
    }
    let code = stated.draft.code.clone();
    node.draft = stated.finish().map_err(|unfit| match unfit {
        Unfit::Missing("bad" | "good") => {
            fail(text!(script_one_goalpost, code = &code), text!(script_one_goalpost_hint))
        }
        Unfit::Missing(fact) => fail(
            text!(fact_needed, code = &code, fact = fact),
            text!(fact_needed_hint, fact = fact),
        ),
        Unfit::Idle(fact) => {
            fail(text!(fact_idle, code = &code, fact = fact), text!(fact_idle_hint))
        }
    })?;
    let code = &code;
    node.made = match (from, by) {
        (Some(from), Some(by)) => Some((from, by)),
        (None, None) => None,
        (Some(_), None) => {
            let what = text!(script_one_of_two, code = code, there = "from", missing = "by");
            return Err(fail(what, text!(script_example, code = BY)));
        }
        (None, Some(_)) => {
            let what = text!(script_one_of_two, code = code, there = "by", missing = "from");
            return Err(fail(what, text!(script_from_hint)));
        }
    };
    if node.made.is_some() {
        node.draft.indicator.derivation = None;
    }
    Ok(())
}

/// States one fact of a node, or takes it back where the value is `()`.
fn state(node: &mut NodeFacts, fact: &Fact, value: &Dynamic) -> Result<(), Failed> {
    let key = fact.name;
    let accepts = fact.accepts();
    let stated = match (&accepts, value.is_unit()) {
        (_, true) => None,
        // A direction is a sign: 1 or -1.
        (Accepts::Choice(_), _) => match number(value) {
            Ok(x) => Some(Value::Text(exact(x))),
            Err(_) => Some(Value::Text(word(key, value)?)),
        },
        (Accepts::Number, _) => match number(value) {
            Ok(x) => Some(Value::Number(x)),
            Err(_) => {
                return Err(fail(
                    text!(script_key_kind, key = key, kind = a(value.type_name())),
                    text!(script_number_or_nothing),
                ));
            }
        },
        (Accepts::Names, _) if value.is_map() => Some(plain_value(value)?),
        _ => Some(Value::Text(word(key, value)?)),
    };
    node.set(fact, stated).map_err(|fault| match (fault, accepts) {
        (SettingFault::OutOfRange { least, .. }, _) => {
            let hint = match least == ABOVE_ZERO {
                true => text!(accepts_above_zero),
                false => text!(accepts_number_from, least = exact(least)),
            };
            fail(text!(script_fact_misfit, key = key, found = value.to_string()), hint)
        }
        (_, Accepts::Choice(words)) => {
            let hint = text!(one_of, names = words);
            fail(text!(script_fact_misfit, key = key, found = value.to_string()), hint)
        }
        _ => fail(
            text!(script_key_kind, key = key, kind = a(value.type_name())),
            text!(script_text_belongs),
        ),
    })
}

/// The facts of a node as a map.
fn facts(node: &TreeNode) -> Map {
    let stated = NodeFacts::from(node.draft.clone());
    let value = |fact: &Fact| match (fact.name, stated.get(fact)) {
        ("direction", _) => match node.draft.indicator.ideal {
            None => Dynamic::from(node.draft.indicator.direction.sign()),
            Some(ideal) => Dynamic::from(ImmutableString::from(ideal.better().word())),
        },
        // A node without a name is called by its code.
        ("name", None) => Dynamic::from(ImmutableString::from(&node.draft.code)),
        (_, Some(value)) => to_dynamic(&value, &Accepts::Number),
        (_, None) => Dynamic::UNIT,
    };
    FACTS.iter().map(|fact| (fact.name.into(), value(fact))).collect()
}

fn blank() -> TreeNode {
    TreeNode { draft: NodeDraft::default(), made: None }
}

fn codes<'a>(codes: impl Iterator<Item = &'a str>) -> Array {
    codes.map(|c| Dynamic::from(ImmutableString::from(c))).collect()
}

pub(crate) fn register(lib: &mut Functions) {
    functions! { lib, "Tree";
        /// A tree of one node, the root, with this code.
        fn "tree"(code: ImmutableString) -> Tree {
            let mut root = blank();
            root.draft.code = code.to_string();
            Ok(Tree(Arc::new(vec![root])))
        }
        /// A tree of nodes in the order of a list, each a map with `code`, `parent` and whatever else is known of it.
        fn "tree"(nodes: Array) -> Tree {
            let mut made = Vec::with_capacity(nodes.len());
            for facts in nodes {
                let kind = facts.type_name();
                let facts = facts.try_cast::<Map>().ok_or_else(|| fail(text!(script_node_kind, kind = a(kind)), text!(script_map_belongs, code = NODE)))?;
                let mut node = blank();
                fill(&mut node, &facts)?;
                made.push(node);
            }
            Ok(Tree(Arc::new(made)))
        }
        /// The tree with one more node: `code`, `parent`, `name`, `weight`, `full_marks`, `direction`, `unit`, `kind`, `lower`,
        /// `upper`, `bad`, `good`, `target`, `denominator`, `scale`, `column`, `source`; a leaf made of raw columns has
        /// `from`, their names, and `by`, the function.
        fn "add"(tree: Tree, facts: Map) -> Tree {
            let mut node = blank();
            fill(&mut node, &facts)?;
            if node.draft.code.is_empty() {
                return Err(fail(text!(script_node_no_code), text!(script_example, code = NODE)));
            }
            if tree.0.iter().any(|n| n.draft.code == node.draft.code) {
                let what = text!(script_node_twice, code = &node.draft.code);
                return Err(fail(what, text!(script_node_set)));
            }
            tree.changed(|nodes| { nodes.push(node); Ok(()) })
        }
        /// The tree with other facts of one node.
        fn "set"(tree: Tree, code: ImmutableString, facts: Map) -> Tree {
            let place = tree.place(&code)?;
            if facts.contains_key("code") {
                return Err(fail(text!(script_set_code), text!(script_set_code_hint)));
            }
            tree.changed(|nodes| fill(&mut nodes[place], &facts))
        }
        /// The tree without a node and everything below it.
        fn "remove"(tree: Tree, code: ImmutableString) -> Tree {
            tree.place(&code)?;
            let gone = tree.below(&code);
            tree.changed(|nodes| { nodes.retain(|n| !gone.contains(&n.draft.code)); Ok(()) })
        }
        /// The tree with a node, and everything below it, under another parent.
        fn "move"(tree: Tree, code: ImmutableString, parent: ImmutableString) -> Tree {
            let place = tree.place(&code)?;
            tree.place(&parent)?;
            if tree.below(&code).iter().any(|c| c == parent.as_str()) {
                let what = text!(script_node_below, parent = parent.as_str(), code = code.as_str());
                return Err(fail(what, text!(script_node_below_hint)));
            }
            tree.changed(|nodes| { nodes[place].draft.parent = Some(parent.to_string()); Ok(()) })
        }
        /// The tree with another code for a node; a leaf continues to read the same column.
        fn "rename"(tree: Tree, from: ImmutableString, to: ImmutableString) -> Tree {
            let place = tree.place(&from)?;
            if from != to && tree.0.iter().any(|n| n.draft.code == to.as_str()) {
                return Err(fail(text!(script_node_twice, code = to.as_str()), text!(script_own_code)));
            }
            tree.changed(|nodes| {
                let draft = &mut nodes[place].draft;
                draft.code = to.to_string();
                draft.indicator.column.get_or_insert_with(|| from.to_string());
                for node in nodes.iter_mut().filter(|n| n.draft.parent.as_deref() == Some(from.as_str())) {
                    node.draft.parent = Some(to.to_string());
                }
                Ok(())
            })
        }
        /// The tree with these leaves only, and the nodes above them.
        fn "only"(tree: Tree, leaves: Array) -> Tree {
            let mut kept = std::collections::BTreeSet::new();
            for code in texts("only", &Dynamic::from(leaves))? {
                let mut at = Some(tree.place(&code)?);
                while let Some(place) = at {
                    let draft = &tree.0[place].draft;
                    if !kept.insert(draft.code.clone()) {
                        break;
                    }
                    at = match &draft.parent {
                        Some(parent) => Some(tree.place(parent)?),
                        None => None,
                    };
                }
            }
            tree.changed(|nodes| { nodes.retain(|n| kept.contains(&n.draft.code)); Ok(()) })
        }
        /// The same leaves under other nodes: a map from the code of each new node below the root to the codes of its
        /// leaves, or to a map of that kind again. Leaves that are not named are left out.
        fn "regroup"(tree: Tree, groups: Map) -> Tree {
            let root = tree.0.iter().find(|n| n.draft.parent.is_none()).cloned()
                .ok_or_else(|| fail(text!(script_no_root), text!(script_example, code = "tree(\"index\")")))?;
            let mut nodes = vec![root.clone()];
            regrouped(&tree, &root.draft.code, &groups, &mut nodes)?;
            Ok(Tree(Arc::new(nodes)))
        }
        /// The codes of all nodes.
        fn "get codes"(tree: Tree) -> Array { Ok(codes(tree.0.iter().map(|n| n.draft.code.as_str()))) }
        /// The codes of the leaves.
        fn "get leaves"(tree: Tree) -> Array {
            let parents: std::collections::BTreeSet<&str> = tree.0.iter().filter_map(|n| n.draft.parent.as_deref()).collect();
            let is_leaf = |n: &&TreeNode| !parents.contains(n.draft.code.as_str());
            Ok(codes(tree.0.iter().filter(is_leaf).map(|n| n.draft.code.as_str())))
        }
        /// The codes of a node's children.
        fn "children"(tree: Tree, code: ImmutableString) -> Array {
            tree.place(&code)?;
            Ok(codes(tree.children(&code)))
        }
        /// Whether there is a node with this code.
        fn "has"(tree: Tree, code: ImmutableString) -> bool {
            Ok(tree.0.iter().any(|n| n.draft.code == code.as_str()))
        }
        /// The facts of a node, `()` for what is not stated.
        fn "node"(tree: Tree, code: ImmutableString) -> Map { Ok(facts(&tree.0[tree.place(&code)?])) }
    }
}

fn regrouped(
    tree: &Tree,
    parent: &str,
    groups: &Map,
    nodes: &mut Vec<TreeNode>,
) -> Result<(), Failed> {
    for (code, below) in groups {
        let mut group = blank();
        group.draft.code = code.to_string();
        group.draft.parent = Some(parent.to_owned());
        nodes.push(group);
        if let Some(inner) = below.read_lock::<Map>() {
            regrouped(tree, code, &inner, nodes)?;
            continue;
        }
        for leaf in texts(code, below)? {
            let mut node = tree.0[tree.place(&leaf)?].clone();
            node.draft.parent = Some(code.to_string());
            nodes.push(node);
        }
    }
    Ok(())
}

/// Takes the formula of a leaf that had one before.
pub(crate) fn kept(node: &TreeNode) -> Option<Derivation> {
    node.draft.indicator.derivation.clone()
}
