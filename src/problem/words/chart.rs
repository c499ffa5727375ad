//! The words for what is wrong with a chart that is asked for.

use quanheng_words::{Language, Text, text};

use super::Words;
use crate::data::map::MapFault;
use crate::problem::ChartFault;
use crate::report::chart::Reason;

pub(super) fn words(fault: &ChartFault) -> Words {
    let (kind, reason) = match fault {
        ChartFault::None { kind, reason } => (kind, reason),
        ChartFault::Ending { file } => {
            return Words::new(text!(chart_ending, file = file), text!(chart_ending_hint));
        }
        ChartFault::Map { file, fault } => {
            let what = match fault {
                MapFault::NotJson { line } => text!(map_not_json, file = file, line = *line),
                MapFault::NoAreas => text!(map_no_areas, file = file),
                MapFault::TooLong { most } => text!(map_too_long, file = file, most = *most),
                MapFault::Broken => text!(map_broken, file = file),
            };
            return Words::new(what, text!(map_hint));
        }
    };
    let label = Text::by_language(|language: Language| kind.label(language).to_owned());
    let needs = kind.needs.words();
    let why = because(reason);
    let hint = match reason {
        Reason::NoScores => text!(chart_no_scores_hint),
        Reason::RegionWithoutScore => text!(no_score_hint),
        Reason::Leaf { .. } => text!(chart_leaf_hint),
        Reason::MapOfOthers => text!(chart_map_of_others_hint),
        Reason::NoBranches => text!(chart_no_branches_hint),
        Reason::Same => text!(chart_same_hint),
        Reason::NoOther => text!(chart_no_other_hint),
        Reason::NotTheIndex => text!(chart_not_the_index_hint),
        Reason::NotExact { .. } => text!(chart_not_exact_hint),
        Reason::NoDraws { .. } => text!(chart_no_draws_hint),
        Reason::TooManyToCount => text!(chart_too_many_to_count_hint),
        Reason::NoTierBounds => text!(chart_no_tier_bounds_hint),
        Reason::NothingMoves => text!(chart_nothing_moves_hint),
        Reason::TooMany { .. } => text!(chart_too_many_hint),
        Reason::TooManyParts { .. } => text!(chart_too_many_parts_hint),
        Reason::TooFew { .. } | Reason::Unevaluated => text!(chart_too_few_hint),
        _ => text!(chart_needs_hint, needs = needs, kind = kind.name),
    };
    Words::new(text!(chart_none, chart = label, why = why), hint)
}

fn because(reason: &Reason) -> Text {
    match reason {
        Reason::NoScores => text!(chart_no_scores),
        Reason::NoRegion => text!(chart_no_region),
        Reason::RegionWithoutScore => text!(chart_region_without_score),
        Reason::Leaf { node } => text!(chart_leaf, node = node),
        Reason::OneResult => text!(chart_one_result),
        Reason::NotTwo { found } => text!(chart_not_two, found = *found),
        Reason::NoTiers => text!(chart_no_tiers),
        Reason::NoCase => text!(chart_no_case),
        Reason::NoSteps => text!(chart_no_steps),
        Reason::NoDates => text!(chart_no_dates),
        Reason::NoProvinces => text!(chart_no_provinces),
        Reason::NoMap => text!(chart_no_map),
        Reason::MapOfOthers => text!(chart_map_of_others),
        Reason::NoMultiverse => text!(chart_no_multiverse),
        Reason::NoBranches => text!(chart_no_branches),
        Reason::Same => text!(chart_same),
        Reason::Unevaluated => text!(chart_unevaluated),
        Reason::NoOther => text!(chart_no_other),
        Reason::NoRobustness => text!(chart_no_robustness),
        Reason::NotTheIndex => text!(chart_not_the_index),
        Reason::NotExact { why } | Reason::NoDraws { why } => why.clone(),
        Reason::TooManyToCount => text!(chart_too_many_to_count),
        Reason::NoTierBounds => text!(chart_no_tier_bounds),
        Reason::NoSensitivity => text!(chart_no_sensitivity),
        Reason::NothingMoves => text!(chart_nothing_moves),
        Reason::TooMany { n, most } => text!(chart_too_many, n = *n, most = *most),
        Reason::TooManyParts { n, most } => text!(chart_too_many_parts, n = *n, most = *most),
        Reason::TooFew { n, least } => text!(chart_too_few, n = *n, least = *least),
    }
}
