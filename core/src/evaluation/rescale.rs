//! Scores of nodes that are normalised among the regions once their children are put together.

use quanheng_words::text;

use super::columns::{finite, locate};
use super::intermediate::keep;
use super::{Evaluation, EvaluationError};
use crate::method::{MethodError, Stage};
use crate::methodology::{RankOn, indicator_of_scores};
use crate::model::NodeId;
use crate::normalisation::{NormalisationInput, normalise};
use crate::number;

/// The name of the scores of a node before they are normalised, among the intermediate results of its normalisation.
pub const BEFORE_RESCALING: &str = "before_rescaling";

impl Evaluation {
    /// Normalises the scores of a node, where the methodology says how. They were measured before, so that scores which are
    /// equal to the digits of the precision stay equal on the new scale.
    pub(super) fn rescale(
        &mut self,
        node: NodeId,
        scores: &mut [f64],
    ) -> Result<(), EvaluationError> {
        let methodology = self.methodology.clone();
        let Some(choice) = methodology.rescaled(node) else { return Ok(()) };
        let domain = methodology.domain_before_rescaling(node, &methodology.domains());
        let indicator = indicator_of_scores(domain.direction);
        let code = &methodology.system.node(node).code;
        let before = scores.to_vec();
        let mut scratch = std::mem::take(&mut self.scratch);
        let mut order = Vec::new();
        let mut sets = self.layout.sets(choice.over, choice.among).iter();
        let done = sets.try_for_each(|set| {
            let grid = self.set_grid(node, RankOn::Full, set);
            let rows = set.rows(&self.study, &self.layout.times);
            set.run(&before, scores, |values, out| {
                if values.iter().all(|x| x.is_nan()) {
                    return Ok(());
                }
                let mut settled = vec![f64::NAN; values.len()];
                grid.settle(values, &mut order, &mut settled);
                let input =
                    NormalisationInput { values: &settled, indicator: &indicator, code, rows };
                if normalise(&*choice.method, &input, &mut scratch, out)? {
                    return Err(MethodError::Other(text!(node_constant_left_out)));
                }
                finite(&settled, out)?;
                if scratch.intermediate.is_asked() {
                    scratch.intermediate.regions(BEFORE_RESCALING, settled.iter().copied());
                }
                Ok(())
            })
            .map_err(|e| locate(Stage::Normalisation, choice, node, &[node], set, e))?;
            keep(&mut scratch, Stage::Normalisation, choice, node, &[node], set);
            Ok(())
        });
        self.scratch = scratch;
        done?;
        for (slice, scales) in self.study.panel.slices().iter().zip(&mut self.scales) {
            scales[node.index()] = number::largest(&scores[slice.rows.clone()]);
        }
        Ok(())
    }
}
