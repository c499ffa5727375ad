//! The decimals to which scores are rounded where they arise.

use super::value::Table;
use super::{Again, Carried, Divided, Entry, Nodes, Says, Shown, Sum, Written};
use crate::method::{Stage, Value, settings};
use crate::methodology::Methodology;
use crate::model::{NodeId, System};
use crate::number::{Grid, RoundMode};

pub(super) const PART: Entry = Entry {
    name: "rounding",
    summary: "Decimals to which scores are rounded where they arise, by node or level.",
    written: Written::ByScope(RoundingKeys::declared),
    claims: |_| None,
    // Leaves are rounded where they are normalised.
    again: Again::ByNode { leaves: Stage::Normalisation, inner: Stage::Aggregation },
    divided: Some(Divided::Nodes),
    shown: Shown::Score,
    says: Says::Nodes { of: Nodes::All, at: value, sum: Sum::Stated },
    carried: Some(Carried {
        put: |from, to| to.rounding.clone_from(&from.rounding),
        onto,
        mix: Some(|to, mix| to.rounding = mix.each(|m, node| m.rounding[node.index()])),
    }),
};

settings! {
    /// The keys of a table of `rounding`.
    pub struct RoundingKeys {
        /// The number of decimals.
        digits: Option<usize> [0, 15] = None,
        /// What happens to a number half way between two.
        mode: RoundMode = RoundMode::HalfUp,
    }
}

/// Decimal rounding of scores.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rounding {
    /// How many decimals are kept.
    pub digits: u32,
    /// What happens half way.
    pub mode: RoundMode,
}

impl Rounding {
    /// Rounds scores that are compared on a grid.
    pub(crate) fn apply(self, grid: Grid, scores: &mut [f64]) {
        scores.iter_mut().for_each(|x| *x = grid.round(*x, self.digits, self.mode));
    }
}

fn value(methodology: &Methodology, node: NodeId) -> Value {
    let Some(rounding) = methodology.rounding[node.index()] else {
        return Value::Table(Table::new());
    };
    let digits = Value::Number(f64::from(rounding.digits));
    let pairs = [("digits".into(), digits), ("mode".into(), rounding.mode.word().into())];
    Value::Table(Table::from(pairs))
}

/// A node that the old system lacks is rounded as all nodes of its depth are there, if they agree.
fn onto(methodology: &mut Methodology, from: &System, to: &System) {
    let old = &methodology.rounding;
    let rounding = (0..to.nodes().len() as u32).map(|i| {
        if let Some(counterpart) = to.counterpart(NodeId(i), from) {
            return old[counterpart.index()];
        }
        let node = to.node(NodeId(i));
        let mut alike = from.nodes().iter().zip(old).filter(|(other, _)| {
            other.depth == node.depth && other.children.is_empty() == node.children.is_empty()
        });
        let (_, &first) = alike.next()?;
        first.filter(|_| alike.all(|(_, rounding)| *rounding == first))
    });
    methodology.rounding = rounding.collect();
}
