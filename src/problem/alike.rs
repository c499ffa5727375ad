//! When two faults have one cause: the same kind, and the same facts save where it happens.

use quanheng_core::evaluation::EvaluationError;
use quanheng_core::method::MethodError;
use quanheng_core::methodology::ContractProblem;

use super::{DataFault, Fault, ProjectFault, Unread};

impl Fault {
    /// Whether both faults have one cause.
    pub(super) fn is_like(&self, other: &Fault) -> bool {
        match (self, other) {
            (Fault::Evaluation { error: one, .. }, Fault::Evaluation { error: other, .. }) => {
                evaluation(one, other)
            }
            (Fault::Data(one), Fault::Data(other)) => one.is_like(other),
            (Fault::Project(one), Fault::Project(other)) => project(one, other),
            _ => self == other,
        }
    }
}

impl DataFault {
    /// Whether both faults have one cause.
    pub(crate) fn is_like(&self, other: &DataFault) -> bool {
        use DataFault::{
            BadCell, BadNumber, BadTime, Blank, CodedTwice, LostDigits, More, NotANumber, Ragged,
            RepeatedCell, RepeatedRecord, RepeatedRegion, RepeatedRow,
        };
        match (self, other) {
            (More { like, .. }, other) | (other, More { like, .. }) => like.is_like(other),
            (RepeatedRow { .. }, RepeatedRow { .. })
            | (RepeatedCell { .. }, RepeatedCell { .. })
            | (RepeatedRegion { .. }, RepeatedRegion { .. })
            | (RepeatedRecord { .. }, RepeatedRecord { .. })
            | (CodedTwice { .. }, CodedTwice { .. })
            | (LostDigits { .. }, LostDigits { .. }) => true,
            (
                BadTime { column: one, has_date: d, .. },
                BadTime { column: other, has_date: e, .. },
            ) => (one, d) == (other, e),
            (BadNumber { column: m, why: one, .. }, BadNumber { column: n, why: other, .. }) => {
                (m, one) == (n, other)
            }
            (BadCell { why: one, .. }, BadCell { why: other, .. }) => one == other,
            (Blank { column: one }, Blank { column: other }) => one == other,
            (
                Ragged { expected: e, found: f, lines: one },
                Ragged { expected: d, found: g, lines: other },
            ) => (e, f, one) == (d, g, other),
            (
                NotANumber { why: one, shows: s, indicator: i, .. },
                NotANumber { why: other, shows: t, indicator: j, .. },
            ) => match (one, other) {
                // Words in one column, or one word everywhere.
                (Unread::Text, Unread::Text) => s == t || i == j,
                _ => one == other,
            },
            _ => self == other,
        }
    }
}

fn project(one: &ProjectFault, other: &ProjectFault) -> bool {
    match (one, other) {
        (
            ProjectFault::Contract { problem: one, named: a, .. },
            ProjectFault::Contract { problem: other, named: b, .. },
        ) => contract(one, other, (&a.near, &b.near)),
        _ => one == other,
    }
}

/// `near`: columns of the data that look like the missing ones, which are slips of their own.
fn contract(
    one: &ContractProblem,
    other: &ContractProblem,
    near: (&Option<String>, &Option<String>),
) -> bool {
    use ContractProblem::{Absent, NeedsPanel, NoColumn, NoFact, Orientation, Sign};
    match (one, other) {
        (NoColumn { column: one, .. }, NoColumn { column: other, .. }) => match near {
            (None, None) => true,
            _ => one == other,
        },
        (
            Sign { method: m, given_by: g, positive: p, stage: s, .. },
            Sign { method: n, given_by: h, positive: q, stage: t, .. },
        ) => (m, g, p, s) == (n, h, q, t),
        (
            Orientation { method: m, given_by: g, stage: s, .. },
            Orientation { method: n, given_by: h, stage: t, .. },
        ) => (m, g, s) == (n, h, t),
        (Absent { method: m, stage: s, .. }, Absent { method: n, stage: t, .. })
        | (NeedsPanel { method: m, stage: s, .. }, NeedsPanel { method: n, stage: t, .. }) => {
            (m, s) == (n, t)
        }
        (NoFact { method: m, fact: f, .. }, NoFact { method: n, fact: g, .. }) => (m, f) == (n, g),
        _ => one == other,
    }
}

fn evaluation(one: &EvaluationError, other: &EvaluationError) -> bool {
    (one.stage, &one.method) == (other.stage, &other.method) && method(&one.error, &other.error)
}

fn method(one: &MethodError, other: &MethodError) -> bool {
    use MethodError as E;
    match (one, other) {
        (E::TooFew { needed: one, .. }, E::TooFew { needed: other, .. }) => one == other,
        (E::OutOfDomain { needed: one, .. }, E::OutOfDomain { needed: other, .. }) => {
            one.is_like(other)
        }
        (E::Unstated { fact: one, .. }, E::Unstated { fact: other, .. }) => one == other,
        (E::Program(one), E::Program(other)) => {
            (&one.what, &one.hint, &one.sites) == (&other.what, &other.hint, &other.sites)
        }
        (E::Other(one), E::Other(other)) => one.is_like(other),
        (E::Constant { .. }, E::Constant { .. })
        | (E::Absent { .. }, E::Absent { .. })
        | (E::NoCategory { .. }, E::NoCategory { .. })
        | (E::Infeasible { .. }, E::Infeasible { .. })
        | (E::NoNeighbour { .. }, E::NoNeighbour { .. })
        | (E::NoConvergence { .. }, E::NoConvergence { .. })
        | (E::Skewed { .. }, E::Skewed { .. }) => true,
        _ => one == other,
    }
}
