//! How scores that are missing after normalisation are filled.

use super::value::{Table, choice};
use super::{Again, Carried, Divided, Entry, Nodes, Says, Shown, Sum, Written};
use crate::imputation;
use crate::method::{Stage, Value, find};
use crate::methodology::{Choice, Methodology, Plan};
use crate::model::NodeId;

pub(super) const PART: Entry = Entry {
    name: "fill",
    summary: "How scores of leaves and nodes that are missing after normalisation are filled, as by the mean of a group; the index itself is not.",
    written: Written::Plan(Stage::Imputation),
    claims: |name| find(imputation::TABLE, name).map(|method| method.claims),
    // Leaves are filled where they are normalised.
    again: Again::ByNode { leaves: Stage::Normalisation, inner: Stage::Aggregation },
    divided: Some(Divided::Nodes),
    shown: Shown::Score,
    says: Says::Nodes { of: Nodes::All, at: value, sum: Sum::UsualIfStated },
    carried: Some(Carried {
        put: |from, to| to.fill.clone_from(&from.fill),
        onto: |m, from, to| m.fill = m.fill.as_ref().map(|fill| fill.onto(from, to)),
        mix: Some(|to, mix| {
            let nothing = || Choice::built_in(imputation::TABLE, "fail");
            let of = |m: &Methodology, node| {
                m.fill.as_ref().map_or_else(nothing, |plan| plan.at(node).clone())
            };
            let stated = mix.sides.iter().any(|side| side.fill.is_some());
            to.fill = stated.then(|| Plan::of_nodes(mix.system, mix.each(of)));
        }),
    }),
};

/// What fills nothing says nothing.
fn value(methodology: &Methodology, node: NodeId) -> Value {
    let stated = methodology.fill.as_ref().filter(|_| node != methodology.system.root());
    let chosen = stated.map(|plan| plan.at(node)).filter(|choice| choice.name != "fail");
    Value::Table(chosen.map_or_else(Table::new, choice))
}
