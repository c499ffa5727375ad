//! The same study by a system without one of its nodes.

use std::sync::Arc;

use super::{Evaluation, EvaluationError};
use crate::methodology::Methodology;
use crate::model::{League, NodeId, Study, System};

impl Evaluation {
    /// The evaluation of the same rows by a system without a node and everything below it. What is stated for the other
    /// nodes is kept, so that siblings share the weight of the node in proportion to their own. `None` where the node cannot
    /// be taken out: it is the root or an only child, or ties are decided by it.
    ///
    /// # Errors
    /// As [`Evaluation::new`], within the option.
    pub fn without_node(&self, node: NodeId) -> Option<Result<Evaluation, Vec<EvaluationError>>> {
        let system = &self.methodology.system;
        let other = Arc::new(system.without(node)?);
        let decides = self.methodology.ranking.at(system.root()).then;
        if decides.is_some_and(|then| system.counterpart(then, &other).is_none()) {
            return None;
        }
        let mut without = self.methodology.onto(
            Arc::clone(&other),
            self.methodology.system_code.clone(),
            self.methodology.system_made.clone(),
        );
        // The rows are those that are left already.
        without = Methodology { screening: None, ..without };
        let study = remarked(&self.study, system, &other);
        Some(Evaluation::new(Arc::new(study), Arc::new(without)))
    }
}

/// The study with the full marks of its leagues for another system.
pub(crate) fn remarked(study: &Study, system: &System, other: &System) -> Study {
    let league = |league: &League| League {
        full_marks: league
            .full_marks
            .iter()
            .filter_map(|(node, marks)| Some((system.counterpart(*node, other)?, *marks)))
            .collect(),
        ..league.clone()
    };
    Study { leagues: study.leagues.iter().map(league).collect(), ..study.clone() }
}
