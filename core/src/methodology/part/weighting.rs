//! How siblings are weighed.

use super::value::choice;
use super::{Again, Carried, Divided, Entry, Nodes, Says, Shown, Sum, Written};
use crate::method::{Stage, Value, find};
use crate::methodology::Methodology;
use crate::model::NodeId;
use crate::weighting;

pub(super) const PART: Entry = Entry {
    name: "weighting",
    summary: "How siblings are weighed.",
    written: Written::Plan(Stage::Weighting),
    claims: |name| find(weighting::TABLE, name).map(|method| method.claims),
    again: Again::From(Stage::Weighting),
    divided: Some(Divided::Weights),
    shown: Shown::Weight,
    says: Says::Nodes { of: Nodes::Inner, at: value, sum: Sum::UsualOrAcross },
    carried: Some(Carried {
        put: |from, to| {
            to.weighting = from.weighting.clone();
            to.across = from.across;
        },
        onto: |m, from, to| m.weighting = m.weighting.onto(from, to),
        mix: Some(|to, mix| {
            let (side, _) = mix.from[mix.system.root().index()];
            to.across = mix.sides[side].across;
            to.weighting = mix.plan(|m| &m.weighting);
        }),
    }),
};

crate::method::choice! {
    /// Which nodes are weighed against each other, or put together.
    #[derive(Default)]
    pub enum Across {
        /// The children of each node.
        #[default]
        Siblings = "siblings",
        /// All leaves below a node at once; in weighting, a node's weight is the sum of its leaves'.
        Leaves = "leaves",
    }
}

/// Where all leaves are weighed at once, only the choice of the root is ever asked.
fn value(methodology: &Methodology, node: NodeId) -> Value {
    let mut value = choice(methodology.weighting.at(node));
    match methodology.across {
        Across::Siblings => {}
        Across::Leaves if node == methodology.system.root() => {
            value.insert("across".into(), Across::Leaves.word().into());
        }
        Across::Leaves => value.clear(),
    }
    Value::Table(value)
}
