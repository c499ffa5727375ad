//! Stated weights that do not add up to 1.

use quanheng_words::{number, text};

use super::super::{Kind, Level, Note, Of, Raised, Said, Seen};
use super::with;

pub(super) const KIND: Kind = Kind {
    code: "weights_rescaled",
    summary: "The weights that the tree states for the children of a node do not add up to 1, and were divided by their sum.",
    of: Of::Node,
    level: Level::Warning,
    raised: Raised::InResult(find),
    words: |count, items| Said {
        what: text!(note_weights_rescaled, count = count, items = items),
        hint: text!(note_weights_rescaled_hint),
    },
};

fn find(seen: &Seen<'_>) -> Vec<Note> {
    notes(seen, &KIND, false)
}

/// Notes on the nodes whose children's stated weights do not add up to 1: those that are stated in points, or the others.
pub(super) fn notes(seen: &Seen<'_>, kind: &'static Kind, in_points: bool) -> Vec<Note> {
    let methodology = seen.evaluation.methodology();
    let system = &methodology.system;
    let mut sums = Vec::new();
    for &id in system.inner() {
        let weighting = &methodology.weighting.at(id).method;
        // Full marks are points, whose sum says something else.
        if weighting.needs_fact() != Some("weight") || !weighting.rescales() {
            continue;
        }
        let children = system.node(id).children.iter().map(|child| system.node(*child));
        let stated: Option<Vec<f64>> = children.map(|child| weighting.stated(child)).collect();
        let Some(weights) = stated else { continue };
        let sum = quanheng_core::number::sum(&weights);
        // Shares of the whole tree: the children add up to what their parent has.
        let own = weighting.stated(system.node(id)).filter(|_| id != system.root());
        if own.is_some_and(|own| (own - sum).abs() <= 1e-9 * own.abs()) {
            continue;
        }
        if (sum - 1.0).abs() > 1e-9 && sum > 0.0 {
            sums.push((id, weights, sum));
        }
    }
    // Whole numbers are points. Where they add up to 100 at some node, they are percentages, and should everywhere.
    let whole = |weights: &[f64]| weights.iter().all(|w| w.fract() == 0.0);
    let of_hundred = |sum: f64| (sum - 100.0).abs() <= 1e-9 * 100.0;
    let percent = sums.iter().any(|(_, _, sum)| of_hundred(*sum));
    let is_points = |weights: &[f64], sum: f64| match percent {
        true => of_hundred(sum) || weights.iter().all(|w| *w == 1.0),
        false => whole(weights),
    };
    let of_kind = sums.iter().filter(|(_, weights, sum)| is_points(weights, *sum) == in_points);
    // Ones say that the siblings have equal weights, and nothing else.
    let telling = of_kind.filter(|(_, weights, _)| weights.iter().any(|w| *w != 1.0));
    let note = |(id, weights, sum): &(_, Vec<f64>, f64)| {
        let code = &system.node(*id).code;
        const SHOWN: usize = 4;
        let mut parts: Vec<String> =
            weights.iter().take(SHOWN).map(|w| number::exact(*w)).collect();
        if weights.len() > SHOWN {
            parts.push("…".into());
        }
        let about = text!(note_sum, parts = parts.join(" + "), sum = number::short(*sum));
        let children = system.node(*id).children.iter().map(|child| &system.node(*child).code);
        let places = children.filter_map(|child| {
            seen.resolved.place_of_fact(&methodology.system_code, child, "weight")
        });
        Note::new(kind, code).shown(with(code, about)).at(places)
    };
    telling.map(note).collect()
}
