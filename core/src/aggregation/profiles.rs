//! What the methods share that sort regions into categories by profiles.

use indexmap::IndexMap;
use quanheng_words::{Text, text};

use crate::method::{Axis, MethodError, SettingError, Shape, fault};

/// The values of each child in the profiles, from the worst profile to the best, by its code.
pub(super) type Profiles = IndexMap<String, Vec<f64>>;

/// A figure for each region and profile.
pub(super) const BY_PROFILE: Shape = Shape { rows: Axis::Regions, columns: Axis::List };

/// How many profiles there are: refuses fewer than `least`, and children that have them in different numbers.
pub(super) fn how_many(
    profiles: &Profiles,
    least: usize,
    expected: Text,
) -> Result<usize, SettingError> {
    let count = profiles.values().map(Vec::len).next().unwrap_or(0);
    if count < least || profiles.values().any(|of| of.len() != count) {
        return Err(fault("profiles", expected));
    }
    Ok(count)
}

/// The profiles of a child: refuses a child that has none, and profiles that are not in order.
pub(super) fn of_child<'p>(
    profiles: &'p Profiles,
    code: &str,
    cost: bool,
) -> Result<&'p [f64], MethodError> {
    let Some(own) = profiles.get(code) else {
        return Err(MethodError::Other(text!(profiles_absent, code = code)));
    };
    let falls = |pair: &[f64]| if cost { pair[0] < pair[1] } else { pair[0] > pair[1] };
    if own.windows(2).any(falls) {
        return Err(MethodError::Other(text!(profiles_disordered, code = code)));
    }
    Ok(own)
}
