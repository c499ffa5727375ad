//! Names that were probably meant.

/// The name that differs from `name` by a slip or two, capitals aside; the first of the nearest.
pub fn closest<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    /// Longer names are not typed by hand; distances take time by the product of the lengths.
    const LONGEST: usize = 100;
    /// Nor is a name looked for among more than these: it would take minutes.
    const MOST: usize = 20_000;
    let name = name.to_lowercase();
    let length = name.chars().count();
    if length > LONGEST {
        return None;
    }
    let limit = (length / 3).min(2);
    known
        .take(MOST)
        .filter(|k| k.len() <= 4 * LONGEST)
        .map(|k| (k.to_lowercase(), k))
        .filter(|(lower, _)| lower.chars().count().abs_diff(length) <= limit)
        .map(|(lower, k)| (strsim::damerau_levenshtein(&name, &lower), k))
        .filter(|(distance, _)| *distance <= limit)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, k)| k)
}
