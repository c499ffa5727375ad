//! How sure the rank of a region is, in a sentence.

use quanheng_core::analysis::Cell as Found;
use quanheng_core::evaluation::Evaluation;
use quanheng_core::model::RegionIx;
use quanheng_words::{Text, text, word};

use super::{Language, analysis, number};
use crate::robustness::{Drawn, NoDraws, Of, Robust};

/// Between which ranks a region is when weights are others; none where nothing is known of it.
pub fn sentence(robust: &Robust, region: RegionIx, language: Language) -> Option<String> {
    let exact = robust.weights.as_ref().ok();
    let always = exact.and_then(|exact| exact.always(region));
    if let Some([best, worst]) = always
        && best == worst
    {
        return Some(text!(robust_fixed, rank = ordinal(best)).render(language));
    }
    let drawn = robust.draws.as_ref().ok();
    let interval = drawn.and_then(|drawn| Some((drawn, drawn.interval(region)?)));
    let between = interval.map(|(drawn, [best, _, worst])| {
        let share = number::short(100.0 * drawn.level);
        let (of, from) = (of(drawn), from(drawn));
        match best == worst {
            true => text!(robust_at, rank = ordinal(best), share = share, of = of, from = from),
            false => text!(
                robust_between,
                best = ordinal(best),
                worst = ordinal(worst),
                share = share,
                of = of,
                from = from
            ),
        }
    });
    // That a rank is between the first and the last says nothing.
    let n = exact.map_or(0, |exact| exact.n) as f64;
    let told = always.filter(|[best, worst]| *best > 1.0 || *worst < n);
    let whatever = told
        .map(|[best, worst]| text!(robust_whatever, best = ordinal(best), worst = ordinal(worst)));
    let said: Vec<String> =
        between.into_iter().chain(whatever).map(|text| text.render(language)).collect();
    let space = if language == Language::Zh { "" } else { " " };
    (!said.is_empty()).then(|| said.join(space))
}

/// What a draw is.
pub(super) fn of(drawn: &Drawn) -> Text {
    match drawn.of {
        Of::Weights => text!(robust_of_weights),
        Of::Both => text!(robust_of_both),
        Of::Data => text!(robust_of_data),
        Of::Methodologies => text!(robust_of_methodologies),
    }
}

/// How figures were found: by how many draws, with the scores computed in closed form or everything evaluated again.
pub(super) fn from(drawn: &Drawn) -> Text {
    match drawn.evaluated {
        true => text!(robust_from_evaluations, n = drawn.n),
        false => text!(robust_from_draws, n = drawn.n),
    }
}

/// Whose weights are open.
pub(super) fn open(at: &Found, evaluation: &Evaluation, language: Language) -> String {
    match at {
        Found::Node(node) => {
            evaluation.methodology().system.node(*node).name(language.tag()).to_owned()
        }
        _ => word!(robustness_all_leaves, language).to_owned(),
    }
}

/// Why there are no draws.
pub(crate) fn why(reason: &NoDraws) -> Text {
    match reason {
        NoDraws::Reason(reason) => analysis::because(reason),
        NoDraws::Slow => text!(robust_slow),
        NoDraws::NotAsked => text!(chart_no_robustness),
    }
}

/// A rank as readers say it: `4th`.
fn ordinal(rank: f64) -> Text {
    let rank = number::rank(rank);
    Text::by_language(move |language: Language| {
        let ending = match (language, rank.as_bytes()) {
            (Language::Zh, _) => "",
            (_, [.., b'1', _]) => "th",
            (_, [.., b'1']) => "st",
            (_, [.., b'2']) => "nd",
            (_, [.., b'3']) => "rd",
            _ => "th",
        };
        format!("{rank}{ending}")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinals_are_english() {
        let said = |rank: f64| ordinal(rank).render(Language::En);
        let ranks = [1.0, 2.0, 3.0, 4.0, 11.0, 12.0, 13.0, 21.0, 102.0, 111.0];
        let words = ["1st", "2nd", "3rd", "4th", "11th", "12th", "13th", "21st", "102nd", "111th"];
        assert_eq!(ranks.map(said), words);
        assert_eq!(ordinal(3.0).render(Language::Zh), "3");
    }
}
