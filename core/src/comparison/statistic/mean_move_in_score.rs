//! The mean move in score.

use super::{Entry, Kind, Of, Pair};
use crate::comparison::{Statistic, Undefined};
use crate::number;

pub(super) const ENTRY: Entry = Entry {
    name: "mean_move_in_score",
    label: "Mean move in score",
    summary: "How much a score changes on average, up or down. It means something only where both sides are on one \
              scale: between periods of one methodology, not between a min-max score to 100 and a z-score.",
    formula: "Σ |x − y| / n over the scores x and y of the regions that have both",
    reference: "",
    of: Of::Scores,
    kind: Kind::Measure(4),
    parameter: None,
    compute,
};

fn compute(pair: &Pair<'_>) -> Statistic {
    if pair.aligned.on_other_scales() {
        return Err(Undefined::OtherScale);
    }
    number::mean(&pair.aligned.score_shifts()).ok_or(Undefined::TooFew { n: 0, least: 1 })
}
