//! Trees of arithmetic means, collapsed to one weight a leaf.

use super::Evaluation;
use crate::model::Column;

impl Evaluation {
    /// The weight of each leaf in the index for a slice of the panel, where the whole tree is arithmetic means of complete
    /// columns without rounding on the way: then `index = Σ weight · score` over the leaves. `None` for any other tree.
    pub fn leaf_weights(&self, slice: usize) -> Option<Vec<f64>> {
        let methodology = self.methodology();
        let system = &methodology.system;
        let linear = system.inner().iter().all(|&node| {
            methodology.is_linear(node)
                && system.node(node).published.is_none()
                && (node == system.root() || methodology.rounding[node.index()].is_none())
        });
        if !linear || !self.normalised().columns().iter().all(Column::is_complete) {
            return None;
        }
        let effective = self.effective_weights(slice);
        Some(system.leaves().iter().map(|leaf| effective[leaf.index()]).collect())
    }

    /// Index scores of a slice under many draws of leaf weights: `draws` holds one weight a leaf for each draw, `out` gets
    /// one score a row for each draw. Rows are taken in blocks, so that a block of scores stays in the cache over all
    /// draws.
    ///
    /// # Panics
    /// If `draws` or `out` is not of the right length.
    pub fn linear_scores(&self, slice: usize, draws: &[f64], out: &mut [f64]) {
        const BLOCK: usize = 512;
        let rows = self.study().panel.slices()[slice].rows.clone();
        let columns = self.normalised().columns();
        let leaves = columns.len();
        assert_eq!(draws.len() % leaves, 0, "one weight a leaf for each draw");
        assert_eq!(out.len(), draws.len() / leaves * rows.len(), "one score a row for each draw");
        for start in (0..rows.len()).step_by(BLOCK) {
            let end = (start + BLOCK).min(rows.len());
            for (draw, scores) in draws.chunks_exact(leaves).zip(out.chunks_exact_mut(rows.len())) {
                let scores = &mut scores[start..end];
                scores.fill(0.0);
                for (column, &weight) in columns.iter().zip(draw) {
                    let values = &column.values()[rows.start + start..rows.start + end];
                    for (score, &x) in scores.iter_mut().zip(values) {
                        *score += weight * x;
                    }
                }
            }
        }
    }
}
