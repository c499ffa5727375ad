//! Weights that are found in the data, level by level.

use quanheng_core::methodology::Across;
use quanheng_core::model::NodeId;
use quanheng_words::{Text, text};

use super::super::{Kind, Level, Note, Of, Raised, Said, Seen};
use super::with;

pub(super) const KIND: Kind = Kind {
    code: "weights_by_level",
    summary: "A weighting that finds weights in the data, such as entropy or CRITIC, weighs the children of each node by themselves, and nodes by their scores, in a tree with more than one level. Papers usually weigh all leaves at once.",
    of: Of::Node,
    level: Level::Warning,
    raised: Raised::InResult(find),
    words: |count, items| Said {
        what: text!(note_weights_by_level, count = count, items = items),
        hint: text!(note_weights_by_level_hint),
    },
};

fn find(seen: &Seen<'_>) -> Vec<Note> {
    let methodology = seen.evaluation.methodology();
    let system = &methodology.system;
    if system.depth() < 2 || methodology.across == Across::Leaves {
        return Vec::new();
    }
    let from_data = system.inner().iter().rev().filter(|id| {
        // One child has all the weight, however it is found.
        let several = system.node(**id).children.len() > 1;
        several && methodology.weighting.at(**id).method.looks_at_scores()
    });
    let note = |id: &NodeId| {
        let code = &system.node(*id).code;
        Note::new(&KIND, code).shown(with(code, Text::plain(&methodology.weighting.at(*id).name)))
    };
    from_data.map(note).collect()
}
