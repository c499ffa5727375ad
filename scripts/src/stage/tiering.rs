//! `fn tiers(scores)` or `fn tiers(scores, at)`: a tier for each region.

use std::sync::OnceLock;

use quanheng_core::method::{MethodError, Scratch};
use quanheng_core::tiering::{Tier, Tiering, TieringInput};

use quanheng_words::text;

use super::{Method, facts};
use crate::host::{Column, Tiers};
use crate::problem::a;

pub(super) struct Script {
    method: Method,
    /// The names of the tiers, known once the script has run; they are the same for all regions.
    labels: OnceLock<Vec<String>>,
}

impl Script {
    pub(super) fn new(method: Method) -> Self {
        Script { method, labels: OnceLock::new() }
    }
}

impl Tiering for Script {
    fn tiers(
        &self,
        input: &TieringInput<'_>,
        scratch: &mut Scratch,
        out: &mut [Option<Tier>],
    ) -> Result<(), MethodError> {
        let result = self.method.on_column(input.scores, scratch, || {
            let mut facts = facts(input.rows, "", None);
            facts.ranks = Some(Column::copy(input.ranks)?);
            facts.less_is_better = input.less_is_better;
            Ok(facts)
        })?;
        let Some(tiers) = result.read_lock::<Tiers>() else {
            let function = self.method.function;
            let what = text!(script_gave, function = function, kind = a(result.type_name()));
            return Err(self.method.wrong(what, text!(script_tiers_belong)));
        };
        let found = &tiers.tiers.0;
        self.method.same_length(found.len(), out.len())?;
        for (row, (out, tier)) in out.iter_mut().zip(found).enumerate() {
            // A region without a score has no tier, whatever the script says.
            *out = tier.filter(|_| !input.scores[row].is_nan());
        }
        let labels = self.labels.get_or_init(|| tiers.labels.to_vec());
        if *labels != **tiers.labels {
            let what = text!(
                script_tier_labels,
                here = tiers.labels.to_vec(),
                elsewhere = labels.to_vec()
            );
            return Err(self.method.wrong(what, text!(script_tier_labels_hint)));
        }
        Ok(())
    }

    fn labels(&self) -> &[String] {
        self.labels.get().map_or(&[], Vec::as_slice)
    }
}
