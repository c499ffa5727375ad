//! The cells of a region that can be changed, and how far.

use super::{Limit, Options, Still};
use crate::evaluation::Evaluation;
use crate::model::{IndicatorKind, NodeId, State};
use crate::number;

/// How many standard deviations beyond the best value seen a cell may go where nothing limits it.
pub const FAR: f64 = 10.0;

/// A cell that can be changed.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Cell {
    /// The leaf, by its position among the leaves.
    pub(super) leaf: usize,
    /// The column of the data that holds it.
    pub(super) column: String,
    /// Its value.
    pub(super) from: f64,
    /// The change of the value that is better by one standard deviation; below zero where less is better.
    pub(super) unit: f64,
    /// The furthest value, and why it goes no further.
    pub(super) to: f64,
    pub(super) limit: Limit,
    /// Whether it is a whole number.
    pub(super) whole: bool,
}

impl Cell {
    /// The value after a change of so many standard deviations.
    pub(super) fn at(&self, change: f64) -> f64 {
        if change <= 0.0 {
            return self.from;
        }
        let to = self.from + change * self.unit;
        let beyond = (to - self.to) * self.unit.signum() > 0.0;
        if beyond { self.to } else { to }
    }

    /// The same, and a whole number where the cell is one and the change leads to it but for the last digits.
    pub(super) fn settled(&self, change: f64) -> f64 {
        let to = self.at(change);
        let near = to.round();
        let is_near = (to - near).abs() <= 1e-9 * number::max(1.0, to.abs());
        if self.whole && is_near { near } else { to }
    }

    /// How many standard deviations it can change.
    pub(super) fn room(&self) -> f64 {
        (self.to - self.from) / self.unit
    }

    /// The change that leads to a value.
    pub(super) fn change(&self, to: f64) -> f64 {
        (to - self.from) / self.unit
    }
}

/// The cells of a row that can be changed, and those that stay with the reason.
pub(super) fn cells(
    evaluation: &Evaluation,
    row: usize,
    options: &Options,
) -> (Vec<Cell>, Vec<(NodeId, Still)>) {
    let system = &evaluation.methodology().system;
    let (mut cells, mut still) = (Vec::new(), Vec::new());
    for (k, &leaf) in system.leaves().iter().enumerate() {
        match cell(evaluation, row, k, options) {
            Ok(cell) => cells.push(cell),
            Err(why) => still.push((leaf, why)),
        }
    }
    (cells, still)
}

fn cell(evaluation: &Evaluation, row: usize, k: usize, options: &Options) -> Result<Cell, Still> {
    let (study, methodology) = (evaluation.study(), evaluation.methodology());
    let system = &methodology.system;
    let leaf = system.leaves()[k];
    let named = |nodes: &[NodeId]| {
        let above = std::iter::successors(Some(leaf), |node| system.node(*node).parent);
        above.into_iter().any(|node| nodes.contains(&node))
    };
    if options.only.as_ref().is_some_and(|only| !named(only)) || named(&options.fixed) {
        return Err(Still::AsAsked);
    }
    let indicator = system.indicator(k);
    if indicator.is_computed() {
        return Err(Still::Formula);
    }
    let name = indicator.column.as_deref().unwrap_or(&system.node(leaf).code);
    let users = |j: &usize| {
        let code = &system.node(system.leaves()[*j]).code;
        let steps = methodology.treatment.iter();
        let mut beside =
            steps.filter_map(|plan| plan.at(system.leaves()[*j]).method.other_column());
        system.indicator(*j).columns(code).contains(&name) || beside.any(|other| other == name)
    };
    if (0..system.leaves().len()).filter(users).count() > 1 {
        return Err(Still::Shared);
    }
    let Some(raw) = study.columns.get(name) else { return Err(Still::NoValue) };
    let shown = evaluation.indicators().column(k);
    if raw.state(row) != State::Value || shown.state(row) != State::Value {
        return Err(Still::NoValue);
    }
    let slice = study.panel.slice_of(row).rows.clone();
    let spread = number::sample_variance(&shown.values()[slice.clone()]).filter(|v| *v > 0.0);
    let spread = libm::sqrt(spread.ok_or(Still::Constant)?);
    let from = raw.values()[row];
    // A ratio is its raw value times what is the same for all changes of it.
    let times = match &indicator.denominator {
        None => 1.0,
        Some(below) => {
            let below = study.columns.get(below).map_or(f64::NAN, |column| column.values()[row]);
            indicator.scale.unwrap_or(1.0) / below
        }
    };
    if !(times > 0.0 && times.is_finite()) {
        return Err(Still::Denominator);
    }
    let sign = indicator.direction.sign();
    let unit = sign * spread / times;
    let (to, limit) = limit(evaluation, row, k, &raw.values()[slice], times, unit, options);
    let whole = matches!(
        indicator.kind,
        IndicatorKind::Count | IndicatorKind::Ordinal | IndicatorKind::Binary
    );
    let cell = Cell { leaf: k, column: name.to_owned(), from, unit, to, limit, whole };
    if cell.room() > 0.0 && cell.room().is_finite() { Ok(cell) } else { Err(Still::Best) }
}

/// The furthest value of a cell: the nearest of those that the tree states, the end of the scale, and what the kind of the
/// indicator allows.
fn limit(
    evaluation: &Evaluation,
    row: usize,
    k: usize,
    raw: &[f64],
    times: f64,
    unit: f64,
    options: &Options,
) -> (f64, Limit) {
    let methodology = evaluation.methodology();
    let system = &methodology.system;
    let (leaf, indicator) = (system.leaves()[k], system.indicator(k));
    let up = unit > 0.0;
    let (least, most) = number::extremes(raw).unwrap_or((0.0, 0.0));
    let best = if up { most } else { least };
    let mut found = vec![(best + FAR * unit, Limit::Far)];
    let (lower, upper) = indicator.ends();
    let stated = if up { upper } else { lower };
    found.extend(stated.map(|to| (to, Limit::Stated)));
    let untreated = methodology.treatment.iter().all(|plan| plan.at(leaf).method.is_identity());
    let curve = methodology.normalisation.at(leaf).method.curve(indicator);
    if let Some(curve) = curve.filter(|curve| untreated && curve.best.is_finite()) {
        found.push((curve.best / times, Limit::Goalpost));
    }
    if !up && stated.is_none() && least >= 0.0 {
        found.push((0.0, Limit::Zero));
    }
    match indicator.kind {
        IndicatorKind::Binary => found.push((f64::from(u8::from(up)), Limit::Kind)),
        IndicatorKind::Ordinal if stated.is_none() => found.push((best, Limit::Seen)),
        _ => {}
    }
    if options.seen {
        found.push((best, Limit::Seen));
    }
    let sign = unit.signum();
    let (mut to, mut why) = found[0];
    for (other, limit) in found {
        // Of equal ends the more telling one, which comes later.
        if sign * other <= sign * to {
            (to, why) = (other, limit);
        }
    }
    if matches!(indicator.kind, IndicatorKind::Count | IndicatorKind::Ordinal) {
        to = if up { to.floor() } else { to.ceil() };
    }
    let from = evaluation
        .study()
        .columns
        .get(indicator.column.as_deref().unwrap_or(&system.node(leaf).code));
    let from = from.map_or(to, |column| column.values()[row]);
    // A value that is beyond its end already has no room.
    if sign * to < sign * from { (from, why) } else { (to, why) }
}
