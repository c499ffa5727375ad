//! Lines for a project file that state weights.

use quanheng_core::method::Value;
use quanheng_core::methodology::{Choice, Methodology};
use quanheng_core::model::NodeId;
use quanheng_core::weighting::{TABLE, Weighting};

/// The lines that give a project file a methodology like another one, with stated weights for the children of a node, or for
/// all leaves. Its code is that of the other one and `suffix`.
pub fn with_weights(
    methodology: &Methodology,
    suffix: &str,
    node: NodeId,
    leaves: bool,
    weights: &[(NodeId, f64)],
) -> Vec<String> {
    let system = &methodology.system;
    let mut stated = toml::Table::new();
    for (node, weight) in weights {
        stated.insert(system.node(*node).code.clone(), toml::Value::Float(*weight));
    }
    let own = |weights: toml::Table| {
        let mut choice = toml::Table::new();
        choice.insert("method".into(), "given".into());
        choice.insert("weights".into(), weights.into());
        choice
    };
    let plan = &methodology.weighting;
    let usual = plan.default();
    let weighed = |id: &&NodeId| system.node(**id).children.len() > 1;
    let others: Vec<NodeId> =
        system.inner().iter().filter(weighed).copied().filter(|id| *id != node).collect();
    let differing =
        others.iter().filter(|id| !same(plan.at(**id), usual)).copied().collect::<Vec<_>>();
    let weighting = if leaves {
        let mut choice = own(stated);
        choice.insert("across".into(), "leaves".into());
        choice
    } else if usual.name == "given" && usual.settings.0.is_empty() && differing.is_empty() {
        // Those of the other nodes stay as the tree states them.
        own(stated)
    } else {
        let mut choice = table_of(usual);
        let mut at = toml::Table::new();
        for id in differing {
            at.insert(system.node(id).code.clone(), table_of(plan.at(id)).into());
        }
        at.insert(system.node(node).code.clone(), own(stated).into());
        choice.insert("at".into(), at.into());
        choice
    };
    let code = &methodology.code;
    let mut made = toml::Table::new();
    made.insert("extends".into(), code.clone().into());
    made.insert("weighting".into(), weighting.into());
    let named = toml::Table::from_iter([(format!("{code}{suffix}"), made.into())]);
    let root = toml::Table::from_iter([("methodology".to_owned(), toml::Value::Table(named))]);
    let text = toml::to_string(&root).expect("a table of texts and numbers is TOML");
    text.lines().map(str::to_owned).collect()
}

/// Whether two choices are written alike.
fn same(a: &Choice<dyn Weighting>, b: &Choice<dyn Weighting>) -> bool {
    a.name == b.name && a.settings == b.settings && a.over == b.over && a.among == b.among
}

/// A choice as a project file writes it.
fn table_of(choice: &Choice<dyn Weighting>) -> toml::Table {
    let mut table = toml::Table::new();
    let (kind, name) = match choice.name.split_once(':') {
        Some((kind, name)) => (kind, name),
        None => ("method", choice.name.as_str()),
    };
    table.insert(kind.into(), name.into());
    for (key, value) in choice.settings.0.iter() {
        table.insert(key.to_string(), value_of(value));
    }
    let usual = Choice::built_in(TABLE, "equal");
    if choice.over != usual.over {
        table.insert("over".into(), choice.over.word().into());
    }
    if choice.among != usual.among {
        table.insert("among".into(), choice.among.word().into());
    }
    table
}

fn value_of(value: &Value) -> toml::Value {
    match value {
        Value::Bool(x) => toml::Value::Boolean(*x),
        Value::Number(x) if x.fract() == 0.0 && x.abs() < 1e15 => toml::Value::Integer(*x as i64),
        Value::Number(x) => toml::Value::Float(*x),
        Value::Text(text) => toml::Value::String(text.clone()),
        Value::List(items) => toml::Value::Array(items.iter().map(value_of).collect()),
        Value::Table(items) => {
            let item = |(key, value): (&String, &Value)| (key.clone(), value_of(value));
            toml::Value::Table(items.iter().map(item).collect())
        }
    }
}
