//! How one score is made of several.

use super::value::choice;
use super::{Again, Divided, Entry, Nodes, Says, Shown, Sum, Written, carried_plan};
use crate::aggregation;
use crate::method::{Stage, Value, find};

pub(super) const PART: Entry = Entry {
    name: "aggregation",
    summary: "How one score is made of several.",
    written: Written::Plan(Stage::Aggregation),
    claims: |name| find(aggregation::TABLE, name).map(|method| method.claims),
    again: Again::From(Stage::Aggregation),
    divided: Some(Divided::Nodes),
    shown: Shown::Score,
    says: Says::Nodes {
        of: Nodes::Inner,
        at: |m, node| Value::Table(choice(m.aggregation.at(node))),
        sum: Sum::Usual,
    },
    carried: carried_plan!(aggregation),
};
