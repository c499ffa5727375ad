//! To how many digits scores are compared.

use super::{Again, Carried, Divided, Entry, Says, Shown, Written};
use crate::method::{FromValue, Stage, settings};
use crate::number::Precision;

pub(super) const PART: Entry = Entry {
    name: "precision",
    summary: "To how many significant digits scores are compared where they are rounded, ranked and cut into tiers.",
    written: Written::Alone(PrecisionKeys::declared),
    claims: |_| None,
    // Leaves are rounded where they are normalised.
    again: Again::From(Stage::Normalisation),
    divided: Some(Divided::No),
    shown: Shown::Nothing,
    says: Says::Whole(|m, _| m.precision.to_value()),
    carried: Some(Carried {
        put: |from, to| to.precision = from.precision,
        onto: |_, _, _| {},
        mix: None,
    }),
};

settings! {
    /// The key `precision`.
    pub struct PrecisionKeys {
        /// To how many significant digits scores are compared where they are rounded, ranked and cut into tiers, relative to the greatest numbers at hand; `all` compares every bit.
        precision: Precision = Precision::default(),
    }
}
