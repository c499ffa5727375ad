//! Kendall's tau-b.

use super::{Entry, Kind, Of, Pair};
use crate::comparison::{Side, Statistic, Undefined};
use crate::number::Correlation;

pub(super) const ENTRY: Entry = Entry {
    name: "kendall_tau_b",
    label: "Kendall tau-b",
    summary: "Pairs of regions in the same order on both sides against pairs in the opposite order, from -1 to 1.",
    formula: "(C − D) / √((N − T_r)(N − T_s)): C pairs in the same order and D in the opposite one, of \
              N = n(n − 1)/2; T_r and T_s are those that are tied on a side",
    reference: "Kendall (1945), Biometrika 33(3), 239-251; computed by sorting: Knight (1966), Journal of the American \
                Statistical Association 61(314), 436-439",
    of: Of::Ranks,
    kind: Kind::Measure(4),
    parameter: None,
    compute,
};

fn compute(pair: &Pair<'_>) -> Statistic {
    let [x, y] = pair.aligned.varying_ranks()?;
    Correlation::Kendall.of(&x, &y).ok_or(Undefined::Constant(Side::Both))
}
