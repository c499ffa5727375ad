//! How columns are brought to one scale.

use super::value::choice;
use super::{Again, Divided, Entry, Nodes, Says, Shown, Sum, Written, carried_plan};
use crate::method::{Stage, Value, find};
use crate::normalisation;

pub(super) const PART: Entry = Entry {
    name: "normalisation",
    summary: "How columns are brought to one scale.",
    written: Written::Plan(Stage::Normalisation),
    claims: |name| find(normalisation::TABLE, name).map(|method| method.claims),
    again: Again::From(Stage::Normalisation),
    divided: Some(Divided::FeltNodes),
    shown: Shown::Column { stage: Stage::Normalisation, others: false },
    says: Says::Nodes {
        of: Nodes::Leaves,
        at: |m, node| Value::Table(choice(m.normalisation.at(node))),
        sum: Sum::Usual,
    },
    carried: carried_plan!(normalisation),
};
