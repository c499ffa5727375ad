//! How scores are cut into tiers.

use super::value::{Table, choice};
use super::{Again, Carried, Entry, Says, Shown, Written};
use crate::method::{FromValue, Stage, Value, find};
use crate::methodology::{Choice, Methodology};
use crate::model::Study;
use crate::tiering::{self, Tiering};

pub(super) const PART: Entry = Entry {
    name: "tiering",
    summary: "How scores are cut into tiers.",
    written: Written::Choice(Stage::Tiering),
    claims: |name| find(tiering::TABLE, name).map(|method| method.claims),
    again: Again::From(Stage::Tiering),
    // Tiers move no score and no rank.
    divided: None,
    shown: Shown::Nothing,
    says: Says::Whole(|m, study| Some(value(m, study))),
    carried: Some(Carried {
        put: |from, to| {
            to.tiering.clone_from(&from.tiering);
            to.league_tiering.clone_from(&from.league_tiering);
        },
        onto: |_, _, _| {},
        mix: None,
    }),
};

/// Everything in a choice of tiers that can affect a result.
fn tiers(chosen: &Choice<dyn Tiering>) -> Table {
    let mut value = choice(chosen);
    value
        .insert("on".into(), chosen.on.unwrap_or_default().to_value().expect("a word or a number"));
    value
}

fn value(methodology: &Methodology, study: &Study) -> Value {
    let mut value = methodology.tiering.as_ref().map(tiers).unwrap_or_default();
    let own = methodology.league_tiering.iter().map(|(league, own)| {
        (study.leagues[league.0 as usize].code.clone(), Value::Table(tiers(own)))
    });
    let own: Table = own.collect();
    if !own.is_empty() {
        value.insert("leagues".into(), Value::Table(own));
    }
    Value::Table(value)
}
