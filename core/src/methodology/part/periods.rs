//! The periods that a methodology is made for.

use super::{Again, Carried, Divided, Entry, Says, Shown, Written};
use crate::method::Value;
use crate::methodology::Methodology;
use crate::model::Study;

pub(super) const PART: Entry = Entry {
    name: "periods",
    summary: "The periods that it is made for. Unless stated, it is made for all.",
    written: Written::Periods,
    claims: |_| None,
    again: Again::All,
    divided: Some(Divided::No),
    shown: Shown::Nothing,
    says: Says::Whole(|m, study| Some(value(m, study))),
    carried: Some(Carried {
        put: |from, to| to.periods.clone_from(&from.periods),
        onto: |_, _, _| {},
        mix: None,
    }),
};

fn value(methodology: &Methodology, study: &Study) -> Value {
    let Some(periods) = &methodology.periods else { return "all".into() };
    let mut periods = periods.clone();
    crate::number::sort_items(&mut periods, Ord::cmp);
    periods.dedup();
    let label = |p: &crate::model::PeriodIx| study.periods[p.0 as usize].label.clone();
    periods.iter().map(label).map(Value::Text).collect::<Vec<_>>().into()
}
