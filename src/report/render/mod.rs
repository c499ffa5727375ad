//! Reports as text, files and workbooks: one file a format.

pub mod csv;
pub mod json;
pub mod markdown;
#[cfg(feature = "parquet")]
pub mod parquet;
pub mod terminal;
pub mod workbook;

use quanheng_core::model::State;

use super::{Cell, Head, Language, number};

/// A cell as a reader sees it.
fn shown(cell: &Cell, head: &Head, language: Language) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Text(text) => text.clone(),
        Cell::Number(x, State::Value) => match head.digits {
            Some(digits) => number::fixed(*x, digits),
            None => number::short(*x),
        },
        Cell::Number(_, State::Missing) => language.missing().to_owned(),
        Cell::Number(_, State::NotApplicable) => language.not_applicable().to_owned(),
        Cell::Number(_, State::Withheld) => language.withheld().to_owned(),
        Cell::Rank(rank) => number::rank(*rank),
        Cell::Tier { label, .. } => label.clone(),
        Cell::Moved(places) => number::moved(*places),
        Cell::Share { text, .. } => text.clone(),
    }
}

/// A cell as a file holds it: every digit, the state of an absent cell by its name in English.
fn stored(cell: &Cell) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Text(text) => text.clone(),
        Cell::Number(x, State::Value) => number::exact(*x),
        Cell::Number(_, state) => state_name(*state).to_owned(),
        Cell::Rank(rank) => number::rank(*rank),
        Cell::Tier { label, .. } => label.clone(),
        Cell::Moved(places) => number::exact(*places),
        Cell::Share { value, .. } => number::exact(*value),
    }
}

fn state_name(state: State) -> &'static str {
    match state {
        State::Value => "value",
        State::Missing => "",
        State::NotApplicable => "not_applicable",
        State::Withheld => "withheld",
    }
}
