//! The kinds of notes, each in its own file.

mod absent_cells;
mod coders_apart;
mod constant_indicator;
mod empty_tier;
mod encoding_chosen;
mod encodings_differ;
mod imputed_cells;
mod input_regions;
mod merged_cells;
mod near_regions;
mod near_tie;
mod needless_silence;
mod no_data;
mod no_effect;
mod node_by_node;
mod number_in_prose;
mod official_order;
mod period_without_time;
mod records_uncounted;
mod region_in_no_league;
mod region_in_one_file;
mod region_left_out;
mod sheet_chosen;
mod total_row;
mod treated_cells;
mod units_differ;
mod unread_column;
mod unread_indicator;
mod unused_group;
mod weights_by_level;
mod weights_in_points;
mod weights_of_whole;
mod weights_rescaled;

pub(crate) use total_row::is_total;

use quanheng_core::evaluation::Evaluation;
use quanheng_core::model::Slice;
use quanheng_words::{Text, text};

use super::{Kind, Seen};
use crate::problem::Place;

pub(crate) use coders_apart::KIND as CODERS_APART;
pub(crate) use encoding_chosen::KIND as ENCODING_CHOSEN;
pub(crate) use encodings_differ::KIND as ENCODINGS_DIFFER;
pub(crate) use input_regions::KIND as INPUT_REGIONS;
pub(crate) use merged_cells::KIND as MERGED_CELLS;
pub(crate) use near_regions::KIND as NEAR_REGIONS;
pub(crate) use needless_silence::KIND as NEEDLESS_SILENCE;
pub(crate) use no_effect::KIND as NO_EFFECT;
pub(crate) use number_in_prose::KIND as NUMBER_IN_PROSE;
pub(crate) use period_without_time::KIND as PERIOD_WITHOUT_TIME;
pub(crate) use records_uncounted::KIND as RECORDS_UNCOUNTED;
pub(crate) use region_in_no_league::KIND as REGION_IN_NO_LEAGUE;
pub(crate) use region_in_one_file::KIND as REGION_IN_ONE_FILE;
pub(crate) use sheet_chosen::KIND as SHEET_CHOSEN;
pub(crate) use units_differ::KIND as UNITS_DIFFER;
pub(crate) use unread_column::KIND as UNREAD_COLUMN;
pub(crate) use unread_indicator::KIND as UNREAD_INDICATOR;
pub(crate) use unused_group::KIND as UNUSED_GROUP;
pub(crate) use weights_of_whole::KIND as WEIGHTS_OF_WHOLE;

/// Every kind of note: one file each.
pub static KINDS: &[&Kind] = &[
    &absent_cells::KIND,
    &coders_apart::KIND,
    &constant_indicator::KIND,
    &empty_tier::KIND,
    &encoding_chosen::KIND,
    &encodings_differ::KIND,
    &imputed_cells::KIND,
    &input_regions::KIND,
    &merged_cells::KIND,
    &near_regions::KIND,
    &near_tie::KIND,
    &needless_silence::KIND,
    &no_data::KIND,
    &no_effect::KIND,
    &node_by_node::KIND,
    &number_in_prose::KIND,
    &official_order::KIND,
    &period_without_time::KIND,
    &records_uncounted::KIND,
    &region_in_no_league::KIND,
    &region_in_one_file::KIND,
    &region_left_out::KIND,
    &sheet_chosen::KIND,
    &total_row::KIND,
    &treated_cells::KIND,
    &units_differ::KIND,
    &unread_column::KIND,
    &unread_indicator::KIND,
    &unused_group::KIND,
    &weights_by_level::KIND,
    &weights_in_points::KIND,
    &weights_of_whole::KIND,
    &weights_rescaled::KIND,
];

/// The last period of each league, which is the one that is shown, with its position.
fn last_slices(evaluation: &Evaluation) -> Vec<(usize, &Slice)> {
    let slices = evaluation.study().panel.slices();
    let is_last =
        |at: usize| slices.get(at + 1).is_none_or(|next| next.league != slices[at].league);
    slices.iter().enumerate().filter(|(at, _)| is_last(*at)).collect()
}

/// A code with something about it in brackets; without brackets where there is nothing to say.
fn with(code: &str, about: impl Into<Text>) -> Text {
    let about = about.into();
    match about.is_empty() {
        true => Text::plain(format!("`{code}`")),
        false => text!(note_item, code = code, about = about),
    }
}

/// The period of a slice, and its league where there are several.
fn place_of(evaluation: &Evaluation, slice: &Slice) -> Text {
    let study = evaluation.study();
    let period = &study.periods[slice.period.0 as usize].label;
    let league = &study.leagues[slice.league.0 as usize].code;
    let parts = [(study.leagues.len() > 1).then_some(league), Some(period)];
    let parts: Vec<Text> =
        parts.into_iter().flatten().filter(|p| !p.is_empty()).map(Text::plain).collect();
    match parts.is_empty() {
        true => Text::default(),
        false => text!(note_list, items = parts),
    }
}

/// The code of the region of a row.
fn region(evaluation: &Evaluation, row: usize) -> &str {
    let study = evaluation.study();
    &study.regions[study.panel.regions()[row].0 as usize].code
}

/// Where the raw cell of a leaf, which is a column, stands in a row.
fn cell(seen: &Seen<'_>, column: usize, row: usize) -> Option<Place> {
    let system = &seen.evaluation.methodology().system;
    let code = &system.node(system.leaves()[column]).code;
    let name = *system.indicator(column).columns(code).first()?;
    let panel = &seen.evaluation.study().panel;
    let (place, _) = seen.resolved.raw(name, panel.regions()[row], panel.periods()[row])?;
    Some(place)
}
