//! How missing cells are filled.

use super::value::choice;
use super::{Again, Divided, Entry, Nodes, Says, Shown, Sum, Written, carried_plan};
use crate::imputation;
use crate::method::{Stage, Value, find};

pub(super) const PART: Entry = Entry {
    name: "imputation",
    summary: "How missing cells are filled.",
    written: Written::Plan(Stage::Imputation),
    claims: |name| find(imputation::TABLE, name).map(|method| method.claims),
    again: Again::From(Stage::Imputation),
    divided: Some(Divided::FeltNodes),
    shown: Shown::Column { stage: Stage::Imputation, others: true },
    says: Says::Nodes {
        of: Nodes::All,
        at: |m, node| Value::Table(choice(m.imputation.at(node))),
        sum: Sum::Usual,
    },
    carried: carried_plan!(imputation),
};
