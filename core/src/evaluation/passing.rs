//! Large studies: the normalised columns of the leaves take as much memory as the data, and are needed for a moment only.
//! They are computed for one node at a time and let go, and are computed again when somebody asks for them.

use std::sync::OnceLock;

use super::{Evaluation, ScoreTable};
use crate::methodology::{Across, Methodology};
use crate::model::{Column, NodeId, System};

/// From this many cells on, normalised columns are not kept.
const LARGE: usize = 1 << 24;

/// Whether the normalised columns of the leaves are kept.
#[derive(Clone, Debug, Default)]
pub(super) enum Leaves {
    /// They are.
    #[default]
    Kept,
    /// They are not; here they are once somebody has asked for them.
    LetGo(OnceLock<ScoreTable>),
}

impl Leaves {
    /// How an evaluation of so many cells treats them.
    pub(super) fn of(methodology: &Methodology, cells: usize) -> Leaves {
        match cells >= LARGE && goes_node_by_node(methodology) {
            true => Leaves::LetGo(OnceLock::new()),
            false => Leaves::Kept,
        }
    }

    pub(super) fn are_let_go(&self) -> bool {
        matches!(self, Leaves::LetGo(_))
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

impl Evaluation {
    /// The normalised columns that were asked for, where they are not kept.
    pub(super) fn computed_again(&self) -> Option<&ScoreTable> {
        let Leaves::LetGo(again) = &self.leaves else { return None };
        Some(again.get_or_init(|| {
            let mut all = Evaluation { leaves: Leaves::Kept, ..self.clone() };
            all.normalise(None).expect("the same columns were normalised before");
            all.normalised
        }))
    }

    /// The scores of a node that is a leaf, where they are not kept.
    pub(super) fn computed_again_of(&self, node: NodeId) -> Option<&Column> {
        if !self.leaves.are_let_go() {
            return None;
        }
        let leaf = self.methodology.system.leaves().iter().position(|leaf| *leaf == node)?;
        Some(&self.computed_again()?.columns()[leaf])
    }

    /// Keeps the normalised columns from here on, for stages that are computed again.
    pub(super) fn keep_leaves(&mut self) {
        if let Some(table) = self.computed_again() {
            self.normalised = table.clone();
            self.leaves = Leaves::Kept;
            for (k, leaf) in self.methodology.system.leaves().iter().enumerate() {
                self.scores[leaf.index()] = self.normalised.columns()[k].clone();
            }
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

    /// Lets them go again.
    pub(super) fn let_leaves_go(&mut self, system: &System, node: NodeId) {
        let children = &system.node(node).children;
        for (k, leaf) in system.leaves().iter().enumerate().filter(|(_, l)| children.contains(l)) {
            self.normalised.0.columns_mut()[k] = Column::default();
            self.scores[leaf.index()] = Column::default();
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
            let go = Leaves::LetGo(OnceLock::new());
            let passed = Evaluation::with_leaves(Arc::clone(&study), Arc::clone(&methodology), go);
            let kept = Evaluation::new(study, Arc::clone(&methodology));
            let (mut kept, mut passed) = match (kept, passed) {
                (Ok(kept), Ok(passed)) => (kept, passed),
                (Err(kept), Err(passed)) => {
                    prop_assert_eq!(kept, passed);
                    return Ok(());
                }
                (kept, passed) => panic!("{:?} {:?}", kept.err(), passed.err()),
            };
            prop_assert!(matches!(passed.leaves, Leaves::LetGo(_)));
            prop_assert!(passed.normalised.columns().iter().all(|column| *column == Column::default()));
            let bits = |ranks: Vec<f64>| ranks.into_iter().map(f64::to_bits).collect::<Vec<_>>();
            let leaf = system.leaves()[0];
            prop_assert_eq!(bits(kept.ranks_of(leaf)), bits(passed.ranks_of(leaf)));
            prop_assert_eq!(kept.tiers(), passed.tiers());
            prop_assert_eq!(kept.normalised(), passed.normalised());
            // Stages that are computed again find the columns.
            let again = |of: &mut Evaluation| of.replay(Arc::clone(&methodology), Stage::Aggregation);
            prop_assert_eq!(again(&mut kept), again(&mut passed));
            prop_assert!(matches!(passed.leaves, Leaves::Kept));
            same(&kept, &passed);
        }
    }
}
