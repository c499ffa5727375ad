//! How the scores of nodes are normalised again, between the children that they are made of and the node above.

use super::value::{Table, choice};
use super::{Again, Carried, Divided, Entry, Nodes, Says, Shown, Sum, Written};
use crate::method::{Stage, Value, find};
use crate::methodology::{Choice, Methodology, Plan};
use crate::model::NodeId;
use crate::normalisation;

pub(super) const PART: Entry = Entry {
    name: "rescaling",
    summary: "How the scores of nodes are normalised among the regions before they are weighed and put together with others; the scores of the index only where `at` names it.",
    written: Written::Plan(Stage::Normalisation),
    claims: |name| find(normalisation::TABLE, name).map(|method| method.claims),
    again: Again::From(Stage::Aggregation),
    divided: Some(Divided::Nodes),
    shown: Shown::Score,
    says: Says::Nodes { of: Nodes::Inner, at: value, sum: Sum::UsualIfStated },
    carried: Some(Carried {
        put: |from, to| to.rescaling.clone_from(&from.rescaling),
        onto: |m, from, to| m.rescaling = m.rescaling.as_ref().map(|plan| plan.onto(from, to)),
        mix: Some(|to, mix| {
            let nothing = || Choice::built_in(normalisation::TABLE, "none");
            let of = |m: &Methodology, node| {
                m.rescaling.as_ref().map_or_else(nothing, |plan| plan.at(node).clone())
            };
            let stated = mix.sides.iter().any(|side| side.rescaling.is_some());
            to.rescaling = stated.then(|| Plan::of_nodes(mix.system, mix.each(of)));
        }),
    }),
};

/// A node whose scores stay as they are says nothing.
fn value(methodology: &Methodology, node: NodeId) -> Value {
    Value::Table(methodology.rescaled(node).map_or_else(Table::new, choice))
}
