//! The data.

use super::{Again, Divided, Entry, Says, Shown, Written};

pub(super) const PART: Entry = Entry {
    name: "data",
    summary: "The cells of the period that is looked at.",
    written: Written::No,
    claims: |_| None,
    again: Again::All,
    divided: Some(Divided::Columns),
    shown: Shown::Cell,
    says: Says::Nothing,
    carried: None,
};
