//! What two methodologies do differently, part by part and node by node.

use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexMap;

use crate::method::Value;
use crate::methodology::{Difference, Methodology, Part, Says, Sum, differences};
use crate::model::{NodeId, Study, System};

type Table = IndexMap<String, Value>;

/// One part of two methodologies.
#[derive(Clone, Debug, PartialEq)]
pub struct PartChanges {
    /// The part.
    pub part: Part,
    /// What the first says; of a part that is chosen node by node, at the nodes that both systems have.
    pub first: Value,
    /// What the second says, under the codes of the first.
    pub second: Value,
    /// What differs; empty if and only if the two are equal.
    pub changes: Vec<Change>,
}

/// One difference between two methodologies.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// The node, by its code on the first side where it is there; `None` for the whole tree.
    pub node: Option<String>,
    /// What it is.
    pub what: What,
    /// What the first has, if anything.
    pub before: Option<Value>,
    /// What the second has, if anything.
    pub after: Option<Value>,
}

/// Kinds of changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// A node that only the second has; `after` is what it is.
    Added,
    /// A node that only the first has; `before` is what it is.
    Removed,
    /// A node with another code; `after` is the new one.
    Renamed,
    /// A node with another parent; both are codes.
    Moved,
    /// The order of the children that both have.
    Order,
    /// Something else: the keys that lead to it; none for another method, with all that belongs to it. A step of a
    /// treatment of several is a number from 1.
    At(Vec<String>),
}

/// The differences between two methodologies, for all parts that at least one of them states, in their order. Each is
/// read with the study of its own project.
///
/// Only what can affect a result counts; names and titles do not. What is chosen for a node that one system lacks comes
/// and goes with the node: it belongs to the system.
pub fn changes(first: (&Methodology, &Study), second: (&Methodology, &Study)) -> Vec<PartChanges> {
    let (from, to) = (&*first.0.system, &*second.0.system);
    let nodes = |of: (&Methodology, &Study)| {
        nodes_of(&Part::System.value(of.0, of.1).unwrap_or(Value::Bool(false)))
    };
    let renamed = renamed(from, to, &nodes(first), &nodes(second));
    let counterpart = |node: NodeId| {
        let new = renamed.get(&from.node(node).code).and_then(|code| to.find(code));
        new.or_else(|| from.counterpart(node, to))
    };
    let of_part = |part: &Part| {
        let (first, second) = part.values(first, second, &counterpart)?;
        let changes = match part.entry().says {
            _ if first == second => Vec::new(),
            Says::Nothing => Vec::new(),
            Says::Tree(_) => of_system(&first, &second, &renamed),
            Says::Whole(_) => of_plan(&first, &second, &[], from),
            Says::Nodes { sum: Sum::Usual | Sum::UsualIfStated | Sum::UsualOrAcross, .. } => {
                of_plan(&first, &second, &[], from)
            }
            Says::Nodes { sum: Sum::Steps, .. } => of_steps(&first, &second, from),
            Says::Nodes { sum: Sum::Stated, .. } => of_nodes(&first, &second, from),
        };
        let changes = match changes.is_empty() && first != second {
            // Whatever the words above do not know is still a difference.
            true => differences(&first, &second).into_iter().map(|d| at(None, d)).collect(),
            false => changes,
        };
        Some(PartChanges { part: *part, first, second, changes })
    };
    Part::ALL.iter().filter_map(of_part).collect()
}

/// Nodes with another title, which affects no result: code, name before, name after, in `language`.
pub fn retitled(first: &System, second: &System, language: &str) -> Vec<(String, String, String)> {
    let common = first.nodes().iter().filter_map(|node| {
        let other = second.node(second.find(&node.code)?);
        let (before, after) = (node.name(language), other.name(language));
        (before != after).then(|| (node.code.clone(), before.to_owned(), after.to_owned()))
    });
    common.collect()
}

fn at(node: Option<String>, difference: Difference) -> Change {
    let Difference { path, before, after } = difference;
    Change { node, what: What::At(path), before, after }
}

fn table(value: &Value) -> Table {
    match value {
        Value::Table(table) => table.clone(),
        _ => Table::new(),
    }
}

fn nodes_of(system: &Value) -> Table {
    table(system).get("nodes").map(table).unwrap_or_default()
}

/// New codes of nodes by their old ones: nodes that only one side has, alike but for their code, or of one name, each
/// the only one of its kind.
fn renamed(
    first: &System,
    second: &System,
    before: &Table,
    after: &Table,
) -> BTreeMap<String, String> {
    let gone: Vec<&String> = before.keys().filter(|code| !after.contains_key(*code)).collect();
    let new: Vec<&String> = after.keys().filter(|code| !before.contains_key(*code)).collect();
    let mut renamed = BTreeMap::new();
    let names = |system: &System, code: &str| -> Vec<String> {
        let node = system.find(code).map(|id| system.node(id));
        node.map(|n| n.names.iter().map(|(_, name)| name.to_owned()).collect()).unwrap_or_default()
    };
    type Alike<'a> = &'a dyn Fn(&str, &str) -> bool;
    let alike: [Alike<'_>; 2] = [
        &|old, new| {
            let (old, new) = (names(first, old), names(second, new));
            old.iter().any(|name| !name.is_empty() && new.contains(name))
        },
        &|old, new| stripped(&before[old], old) == stripped(&after[new], new),
    ];
    for alike in alike {
        let of = |old: &str| new.iter().filter(|n| alike(old, n)).copied().collect::<Vec<_>>();
        let back = |new: &str| gone.iter().filter(|o| alike(o, new)).count();
        for old in &gone {
            if let [only] = of(old)[..]
                && back(only) == 1
                && !renamed.contains_key(*old)
                && renamed.values().all(|n| n != only)
            {
                renamed.insert((*old).clone(), only.clone());
            }
        }
    }
    renamed
}

/// The facts of a node without codes: those of its parent, of its children, and the column named after itself.
fn stripped(node: &Value, code: &str) -> Table {
    let mut node = table(node);
    let own = Value::List(vec![code.into()]);
    if node.get("columns") == Some(&own) {
        node.shift_remove("columns");
    }
    let children = node.get("children").cloned();
    if let Some(Value::List(children)) = children {
        node.insert("children".into(), Value::Number(children.len() as f64));
    }
    node
}

fn of_system(first: &Value, second: &Value, renamed: &BTreeMap<String, String>) -> Vec<Change> {
    let (a, b) = (nodes_of(first), nodes_of(second));
    let new_name = |code: &str| renamed.get(code).cloned().unwrap_or_else(|| code.to_owned());
    let taken: BTreeSet<&String> = renamed.values().collect();
    let mut changes = Vec::new();
    let without = |value: &Value| {
        let mut whole = table(value);
        whole.shift_remove("nodes");
        if let Some(Value::Text(root)) = whole.get("root") {
            let root = Value::Text(new_name(root));
            whole.insert("root".into(), root);
        }
        Value::Table(whole)
    };
    let mut rest = table(second);
    rest.shift_remove("nodes");
    changes
        .extend(differences(&without(first), &Value::Table(rest)).into_iter().map(|d| at(None, d)));
    for (code, node) in &a {
        let change = |what, before, after| Change { node: Some(code.clone()), what, before, after };
        let new = new_name(code);
        let Some(other) = b.get(&new) else {
            changes.push(change(What::Removed, Some(node.clone()), None));
            continue;
        };
        if new != *code {
            changes.push(change(
                What::Renamed,
                Some(code.as_str().into()),
                Some(new.as_str().into()),
            ));
        }
        let (mut x, mut y) = (table(node), table(other));
        let (parent, other_parent) = (x.shift_remove("parent"), y.shift_remove("parent"));
        let here = parent.as_ref().and_then(Value::text).map(&new_name);
        if here.as_deref() != other_parent.as_ref().and_then(Value::text) {
            changes.push(change(What::Moved, parent, other_parent));
        }
        let own = |code: &str| Value::List(vec![code.into()]);
        if new != *code
            && x.get("columns") == Some(&own(code))
            && y.get("columns") == Some(&own(&new))
        {
            x.shift_remove("columns");
            y.shift_remove("columns");
        }
        // The facts of the children state which children a node has; only their order is added here.
        if let (Some(Value::List(here)), Some(Value::List(there))) =
            (x.get("children"), y.get("children"))
        {
            let here: Vec<String> = here.iter().filter_map(Value::text).map(&new_name).collect();
            let there: Vec<String> =
                there.iter().filter_map(Value::text).map(str::to_owned).collect();
            let common = |one: &[String], other: &[String]| -> Value {
                let kept = one.iter().filter(|c| other.contains(c)).cloned();
                Value::List(kept.map(Value::Text).collect())
            };
            let (before, after) = (common(&here, &there), common(&there, &here));
            if before != after {
                changes.push(change(What::Order, Some(before), Some(after)));
            }
            x.shift_remove("children");
            y.shift_remove("children");
        }
        let own = differences(&Value::Table(x), &Value::Table(y));
        changes.extend(own.into_iter().map(|d| at(Some(code.clone()), d)));
    }
    for (code, node) in b.iter().filter(|(code, _)| !a.contains_key(*code) && !taken.contains(code))
    {
        let (node, after) = (Some(code.clone()), Some(node.clone()));
        changes.push(Change { node, what: What::Added, before: None, after });
    }
    changes
}

/// Steps one by one; a step that only one side has is one change.
fn of_steps(first: &Value, second: &Value, system: &System) -> Vec<Change> {
    let (Value::List(a), Value::List(b)) = (first, second) else { return Vec::new() };
    let mut changes = Vec::new();
    for k in 0..a.len().max(b.len()) {
        // A single step needs no number.
        let path = if a.len().max(b.len()) > 1 { vec![(k + 1).to_string()] } else { Vec::new() };
        match (a.get(k), b.get(k)) {
            (Some(x), Some(y)) => changes.extend(of_plan(x, y, &path, system)),
            (before, after) => {
                let (before, after) = (before.cloned(), after.cloned());
                changes.push(Change { node: None, what: What::At(path), before, after });
            }
        }
    }
    changes
}

/// A table of nodes.
fn of_nodes(first: &Value, second: &Value, system: &System) -> Vec<Change> {
    let (a, b) = (table(first), table(second));
    let mut changes = Vec::new();
    for code in codes(system) {
        let (before, after) = (a.get(code), b.get(code));
        if before != after {
            let (before, after) = (before.cloned(), after.cloned());
            let (node, what) = (Some(code.to_owned()), What::At(Vec::new()));
            changes.push(Change { node, what, before, after });
        }
    }
    changes
}

/// A choice for the whole tree, and for some nodes their own. A node that has none of its own has that of the whole.
fn of_plan(first: &Value, second: &Value, path: &[String], system: &System) -> Vec<Change> {
    let (Value::Table(a), Value::Table(b)) = (first, second) else {
        return differences(first, second).into_iter().map(|d| at(None, d)).collect();
    };
    let split = |whole: &Table| {
        let mut whole = whole.clone();
        let own = whole.shift_remove("at").as_ref().map(table).unwrap_or_default();
        (Value::Table(whole), own)
    };
    let ((usual_a, own_a), (usual_b, own_b)) = (split(a), split(b));
    let mut changes = Vec::new();
    let method = |value: &Value| table(value).get("method").cloned();
    let mut say = |node: Option<String>, before: &Value, after: &Value| {
        if method(before) != method(after) {
            // Settings of two methods have nothing to do with each other.
            let (before, after) = (Some(before.clone()), Some(after.clone()));
            let what = What::At(path.to_vec());
            changes.push(Change { node, what, before, after });
            return;
        }
        changes.extend(differences(before, after).into_iter().map(|mut difference| {
            difference.path.splice(0..0, path.iter().cloned());
            at(node.clone(), difference)
        }));
    };
    say(None, &usual_a, &usual_b);
    for code in codes(system) {
        let (x, y) = (own_a.get(code), own_b.get(code));
        if x.is_some() || y.is_some() {
            say(Some(code.to_owned()), x.unwrap_or(&usual_a), y.unwrap_or(&usual_b));
        }
    }
    changes
}

fn codes(system: &System) -> impl Iterator<Item = &str> {
    system.nodes().iter().map(|node| node.code.as_str())
}
