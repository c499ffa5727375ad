//! The rule for constant columns of normalisations that are scripts or plugins.

use quanheng_core::method::{Setting, Stage};
use quanheng_core::normalisation::CONSTANT;

use super::value::Entry;

/// The setting `constant` among those that are stated for a normalisation that does not declare it: it then holds for the
/// method from without.
pub(super) fn rule_for_constants<'e>(
    stage: Stage,
    declared: &[Setting],
    stated: &[&'e Entry],
) -> Option<&'e Entry> {
    let is_own = declared.iter().any(|setting| setting.name == CONSTANT);
    if stage != Stage::Normalisation || is_own {
        return None;
    }
    stated.iter().copied().find(|entry| entry.key == CONSTANT)
}

/// The names of settings that a script or plugin takes: its own, and `constant` for a normalisation.
pub(super) fn known_settings(stage: Stage, declared: &[Setting]) -> Vec<String> {
    let mut known: Vec<String> = declared.iter().map(|s| s.name.to_string()).collect();
    if stage == Stage::Normalisation && known.iter().all(|name| name != CONSTANT) {
        known.push(CONSTANT.to_owned());
    }
    known
}
