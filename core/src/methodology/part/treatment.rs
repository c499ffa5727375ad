//! How outliers and skew are treated.

use super::value::choice;
use super::{Again, Carried, Divided, Entry, Mix, Nodes, Says, Shown, Sum, Written};
use crate::method::{Stage, Value, find};
use crate::methodology::{Choice, Methodology, Plan};
use crate::model::NodeId;
use crate::treatment::{self, Treatment};

pub(super) const PART: Entry = Entry {
    name: "treatment",
    summary: "How outliers and skew are treated: one choice, or a list of steps.",
    written: Written::Steps(Stage::Treatment),
    claims: |name| find(treatment::TABLE, name).map(|method| method.claims),
    again: Again::From(Stage::Treatment),
    divided: Some(Divided::LeafColumns),
    shown: Shown::Column { stage: Stage::Treatment, others: true },
    says: Says::Nodes {
        of: Nodes::Leaves,
        at: |m, leaf| {
            let steps = steps(m, leaf).into_iter();
            Value::List(steps.map(|step| Value::Table(choice(step))).collect())
        },
        sum: Sum::Steps,
    },
    carried: Some(Carried {
        put: |from, to| to.treatment.clone_from(&from.treatment),
        onto: |m, from, to| {
            m.treatment = m.treatment.iter().map(|step| step.onto(from, to)).collect();
        },
        mix: Some(mix),
    }),
};

/// The steps of a leaf that do something.
fn steps(methodology: &Methodology, leaf: NodeId) -> Vec<&Choice<dyn Treatment>> {
    let steps = methodology.treatment.iter().map(|plan| plan.at(leaf));
    steps.filter(|choice| !choice.method.is_identity()).collect()
}

fn mix(to: &mut Methodology, mix: &Mix<'_>) {
    let longest = mix.sides.iter().map(|side| side.treatment.len()).max().unwrap_or(0);
    let step = |k: usize| {
        let at = |side: &Methodology, node| {
            side.treatment.get(k).map_or_else(untreated, |plan| plan.at(node).clone())
        };
        Plan::of_nodes(mix.system, mix.each(at))
    };
    to.treatment = (0..longest).map(step).collect();
}

/// The choice that leaves a column as it is.
pub(crate) fn untreated() -> Choice<dyn Treatment> {
    Choice::built_in(treatment::TABLE, "none")
}
