//! A method for all indicators at once that works node by node.

use quanheng_core::methodology::Across;
use quanheng_core::model::NodeId;
use quanheng_words::{Text, text};

use super::super::{Kind, Level, Note, Of, Raised, Said, Seen};
use super::with;

pub(super) const KIND: Kind = Kind {
    code: "node_by_node",
    summary: "An aggregation that papers use over all indicators at once, such as TOPSIS, works node by node in a tree with more than one level. Scores and ranks can differ greatly.",
    of: Of::Node,
    level: Level::Warning,
    raised: Raised::InResult(find),
    words: |count, items| Said {
        what: text!(note_node_by_node, count = count, items = items),
        hint: text!(note_node_by_node_hint),
    },
};

fn find(seen: &Seen<'_>) -> Vec<Note> {
    let methodology = seen.evaluation.methodology();
    let system = &methodology.system;
    let is_flat = |id: &NodeId| {
        let choice = methodology.aggregation.at(*id);
        choice.method.is_flat() && choice.across == Across::Siblings
    };
    // At one node with nothing but leaves below it the method sees what it is made for.
    let above = |id: &NodeId| {
        let children = &system.node(*id).children;
        children.iter().any(|child| !system.node(*child).children.is_empty())
    };
    let nodes: Vec<NodeId> = system.inner().iter().rev().copied().filter(is_flat).collect();
    let note = |id: &NodeId| {
        let code = &system.node(*id).code;
        Note::new(&KIND, code).shown(with(code, Text::plain(&methodology.aggregation.at(*id).name)))
    };
    nodes.iter().filter(|id| nodes.len() > 1 || above(id)).map(note).collect()
}
