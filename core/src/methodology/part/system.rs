//! The indicator system.

use super::value::Table;
use super::{Again, Divided, Entry, Says, Shown, Written};
use crate::method::{Settings, Stage, Value};
use crate::methodology::Methodology;
use crate::model::{Best, Node, NodeId, Study, System};

pub(super) const PART: Entry = Entry {
    name: "system",
    summary: "The indicator system. It can be left out where there is only one.",
    written: Written::System,
    claims: |_| None,
    again: Again::From(Stage::System),
    divided: Some(Divided::Subtrees),
    shown: Shown::Weight,
    says: Says::Tree(value),
    carried: None,
};

/// The script or plugin that made a system, as a value.
#[derive(Clone, Debug, PartialEq)]
pub struct Made {
    /// Its name, as in a choice.
    pub name: String,
    /// All its settings: those that are stated, and for the others their defaults.
    pub filled: Settings,
    /// What it is made of, as in [`Choice::content`](crate::methodology::Choice::content).
    pub content: String,
}

fn value(methodology: &Methodology, study: &Study) -> Value {
    let system = &methodology.system;
    let code_of = |node: NodeId| system.node(node).code.clone();
    let mut whole = Table::new();
    if let Some(made) = &methodology.system_made {
        whole.insert("made_by".into(), made.name.as_str().into());
        whole.insert("settings".into(), Value::Table(made.filled.0.clone()));
        whole.insert("content".into(), made.content.as_str().into());
    }
    let root = system.root();
    whole.insert("root".into(), code_of(root).as_str().into());
    let mut nodes: Table = system
        .nodes()
        .iter()
        .map(|node| (node.code.clone(), Value::Table(node_value(system, node))))
        .collect();
    nodes.sort_keys();
    whole.insert("nodes".into(), Value::Table(nodes));
    let marked = study.leagues.iter().filter(|league| !league.full_marks.is_empty());
    let leagues: Table = marked
        .map(|league| {
            let marks = league.full_marks.iter();
            let mut marks: Table =
                marks.map(|(node, marks)| (code_of(*node), (*marks).into())).collect();
            marks.sort_keys();
            (league.code.clone(), Value::Table(marks))
        })
        .collect();
    if !leagues.is_empty() {
        whole.insert("full_marks_of_leagues".into(), Value::Table(leagues));
    }
    Value::Table(whole)
}

fn node_value(system: &System, node: &Node) -> Table {
    let code_of = |node: NodeId| system.node(node).code.clone();
    let mut value = Table::new();
    let mut put = |key: &str, x: Option<Value>| {
        if let Some(x) = x {
            value.insert(key.to_owned(), x);
        }
    };
    put("parent", node.parent.map(|p| code_of(p).as_str().into()));
    put("weight", node.weight.map(Value::from));
    put("full_marks", node.full_marks.map(Value::from));
    put("published", node.published.as_deref().map(Value::from));
    let Some(leaf) = &node.indicator else {
        let children: Vec<Value> =
            node.children.iter().map(|c| code_of(*c).as_str().into()).collect();
        put("children", Some(Value::List(children)));
        return value;
    };
    put("direction", Some(leaf.better().word().into()));
    if let Some(ideal) = leaf.ideal {
        put(
            "best",
            match ideal.best {
                Best::Value(best) => Some(best.into()),
                Best::Middle => None,
                Best::Between(from, to) => Some(vec![from, to].into()),
            },
        );
        put("tolerance_from", ideal.tolerance_from.map(Value::from));
        put("tolerance_to", ideal.tolerance_to.map(Value::from));
    }
    put("kind", Some(leaf.kind.word().into()));
    put("unit", (!leaf.unit.is_empty()).then(|| leaf.unit.as_str().into()));
    put("lower", leaf.lower.map(Value::from));
    put("upper", leaf.upper.map(Value::from));
    put("goalposts", leaf.goalposts.map(|g| vec![g.bad, g.good].into()));
    put("target", leaf.target.map(Value::from));
    put("target_year", leaf.target_year.map(Value::from));
    put("green", leaf.green.map(Value::from));
    put("red", leaf.red.map(Value::from));
    put("scale", leaf.scale.map(Value::from));
    let columns: Vec<&str> = leaf.columns(&node.code);
    put("columns", Some(columns.into()));
    put("formula", leaf.derivation.as_ref().map(|d| d.0.name().into()));
    value
}
