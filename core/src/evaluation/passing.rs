//! Large studies: the normalised columns of the leaves take as much memory as the data, and are needed for a moment only.
//! So are the scores of nodes between the leaves and the first level. They are computed for one node at a time and let go,
//! and are computed again when somebody asks for them.

use std::sync::OnceLock;

use super::{Evaluation, ScoreTable};
use crate::methodology::{Across, Methodology};
use crate::model::{Column, NodeId, System};

/// From this many cells on, columns are let go.
const LARGE: usize = 1 << 24;

/// Whether columns that only the node above needs are kept.
#[derive(Clone, Debug, Default)]
pub(super) enum Passing {
    /// They are.
    #[default]
    Kept,
    /// They are not; here they are once somebody has asked for them.
    LetGo(OnceLock<Again>),
}

/// What was let go, computed again.
#[derive(Clone, Debug)]
pub(super) struct Again {
    normalised: ScoreTable,
    /// The scores of all nodes.
    scores: Vec<Column>,
}

impl Passing {
    /// How an evaluation of so many cells treats them.
    pub(super) fn of(methodology: &Methodology, cells: usize) -> Passing {
        match cells >= LARGE && goes_node_by_node(methodology) {
            true => Passing::LetGo(OnceLock::new()),
            false => Passing::Kept,
        }
    }

    pub(super) fn lets_go(&self) -> bool {
        matches!(self, Passing::LetGo(_))
    }
}

/// Whether no stage looks at the leaves of two nodes at once, and none changes them after they are normalised.
fn goes_node_by_node(methodology: &Methodology) -> bool {
    let system = &methodology.system;
    let siblings = |node: &NodeId| methodology.aggregation.at(*node).across == Across::Siblings;
    methodology.across == Across::Siblings
        && methodology.fill.is_none()
        && system.inner().iter().all(siblings)
        && system.leaves().iter().all(|leaf| methodology.rounding[leaf.index()].is_none())
}

/// Whether the scores of a node are needed no more when those of the node above are there: it is a leaf, or lies below the
/// first level.
fn is_passing(system: &System, node: NodeId) -> bool {
    let node = system.node(node);
    node.children.is_empty() || node.depth > 1
}

impl Evaluation {
    fn again(&self) -> Option<&Again> {
        let Passing::LetGo(again) = &self.passing else { return None };
        Some(again.get_or_init(|| {
            let mut all = Evaluation { passing: Passing::Kept, ..self.clone() };
            let system = all.methodology.system.clone();
            all.normalise(None).expect("the same columns were normalised before");
            (0..system.leaves().len()).for_each(|leaf| all.take_leaf(&system, leaf));
            for &node in system.inner().iter().filter(|node| is_passing(&system, **node)) {
                all.put_together(&system, node).expect("the same columns were put together before");
            }
            Again { normalised: all.normalised, scores: all.scores }
        }))
    }

    /// The normalised columns that were asked for, where they are not kept.
    pub(super) fn computed_again(&self) -> Option<&ScoreTable> {
        self.again().map(|again| &again.normalised)
    }

    /// The scores of a node, where they are not kept.
    pub(super) fn computed_again_of(&self, node: NodeId) -> Option<&Column> {
        if !self.passing.lets_go() || !is_passing(&self.methodology.system, node) {
            return None;
        }
        Some(&self.again()?.scores[node.index()])
    }

    /// Keeps all columns from here on, for stages that are computed again.
    pub(super) fn keep_all(&mut self) {
        if let Some(Again { normalised, scores }) = self.again().cloned() {
            for (column, again) in self.scores.iter_mut().zip(scores) {
                *column = again;
            }
            self.normalised = normalised;
            self.passing = Passing::Kept;
        }
    }

    /// Computes the normalised columns of the leaves right below a node.
    pub(super) fn fetch_leaves(
        &mut self,
        system: &System,
        node: NodeId,
    ) -> Result<(), Vec<super::EvaluationError>> {
        let children = &system.node(node).children;
        let only: Vec<bool> = system.leaves().iter().map(|leaf| children.contains(leaf)).collect();
        self.normalise(Some(&only))?;
        (0..only.len()).filter(|k| only[*k]).for_each(|k| self.take_leaf(system, k));
        Ok(())
    }

    /// Lets go what only this node needed.
    pub(super) fn let_go(&mut self, system: &System, node: NodeId) {
        let children = &system.node(node).children;
        for (k, _) in system.leaves().iter().enumerate().filter(|(_, l)| children.contains(l)) {
            self.normalised.0.columns_mut()[k] = Column::default();
        }
        for &child in children.iter().filter(|child| is_passing(system, **child)) {
            self.scores[child.index()] = Column::default();
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use proptest::prelude::*;

    use super::*;
    use crate::evaluation::exchange::tests::{cells, methodology, same, study, system};
    use crate::method::Stage;

    proptest! {
        #[test]
        fn what_is_let_go_is_the_same_when_it_is_asked_for(
            cells in cells(),
            draw in prop::collection::vec(0..16_usize, 11),
            leagues in 1..3_u32,
        ) {
            let (study, system) = (study(&cells, leagues), system());
            let methodology = Arc::new(methodology(&system, &draw));
            prop_assume!(goes_node_by_node(&methodology));
            let go = Passing::LetGo(OnceLock::new());
            let passed = Evaluation::with_passing(Arc::clone(&study), Arc::clone(&methodology), go);
            let kept = Evaluation::new(study, Arc::clone(&methodology));
            let (mut kept, mut passed) = match (kept, passed) {
                (Ok(kept), Ok(passed)) => (kept, passed),
                (Err(kept), Err(passed)) => {
                    prop_assert_eq!(kept, passed);
                    return Ok(());
                }
                (kept, passed) => panic!("{:?} {:?}", kept.err(), passed.err()),
            };
            prop_assert!(matches!(passed.passing, Passing::LetGo(_)));
            prop_assert!(passed.normalised.columns().iter().all(|column| *column == Column::default()));
            let bits = |ranks: Vec<f64>| ranks.into_iter().map(f64::to_bits).collect::<Vec<_>>();
            for (at, node) in system.nodes().iter().enumerate().map(|(at, node)| (NodeId(at as u32), node)) {
                prop_assert_eq!(kept.scores(at), passed.scores(at), "{}", node.code);
                prop_assert_eq!(bits(kept.ranks_of(at)), bits(passed.ranks_of(at)));
            }
            prop_assert_eq!(kept.tiers(), passed.tiers());
            prop_assert_eq!(kept.normalised(), passed.normalised());
            // Stages that are computed again find the columns.
            let again = |of: &mut Evaluation| of.replay(Arc::clone(&methodology), Stage::Aggregation);
            prop_assert_eq!(again(&mut kept), again(&mut passed));
            prop_assert!(matches!(passed.passing, Passing::Kept));
            same(&kept, &passed);
        }
    }
}
