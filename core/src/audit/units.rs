//! A raw column in another unit, and with it everything that a methodology states in that unit.

use std::sync::Arc;

use super::Reason;
use super::bench::{Bench, place, sample};
use super::finding::{Change, CounterExample, Quantity, Tally, Trial};
use super::origin::{self, Expected};
use super::scale::NOISE;
use crate::evaluation::Evaluation;
use crate::imputation;
use crate::method::{Entry, Settings, Value, find};
use crate::methodology::{Choice, Methodology};
use crate::model::{Column, Goalposts, Indicator, IndicatorKind, State, Study};
use crate::normalisation;

/// `x` in another unit: `factor · x + constant`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Unit {
    pub(super) factor: f64,
    pub(super) constant: f64,
}

impl Unit {
    pub(super) fn of(self, x: f64) -> f64 {
        self.factor * x + self.constant
    }
}

/// The raw columns that leaves are read from, each once, in the order of the leaves.
pub(super) fn columns(bench: &Bench) -> Vec<String> {
    let system = &bench.methodology().system;
    let mut found: Vec<String> = Vec::new();
    for (k, &leaf) in system.leaves().iter().enumerate() {
        for name in system.indicator(k).columns(&system.node(leaf).code) {
            if !found.iter().any(|f| f == name) {
                found.push(name.to_owned());
            }
        }
    }
    found
}

/// What a leaf has to do with a raw column.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Role {
    own: bool,
    divides: bool,
    treats: bool,
}

fn role(methodology: &Methodology, k: usize, column: &str) -> Role {
    let system = &methodology.system;
    let leaf = system.leaves()[k];
    let indicator = system.indicator(k);
    let own = indicator.column.as_deref().unwrap_or(&system.node(leaf).code) == column;
    let divides = indicator.denominator.as_deref() == Some(column);
    let steps = methodology.treatment.iter().map(|step| step.at(leaf));
    let treats = steps.filter_map(|c| c.method.other_column()).any(|name| name == column);
    Role { own, divides, treats }
}

/// The study and the methodology with one raw column in another unit.
///
/// # Errors
/// Why the property says nothing about the column.
fn changed(
    bench: &Bench,
    column: &str,
    unit: Unit,
) -> Result<(Study, Arc<Methodology>, Vec<Expected>), Reason> {
    let methodology = bench.methodology();
    let system = &methodology.system;
    let mut expected: Vec<Expected> = Vec::new();
    let mut facts: Vec<Option<Unit>> = vec![None; system.leaves().len()];
    for (k, &leaf) in system.leaves().iter().enumerate() {
        let indicator = system.indicator(k);
        if let Some(derivation) = &indicator.derivation {
            if derivation.0.columns().iter().any(|c| c == column) {
                return Err(Reason::Formula);
            }
            continue;
        }
        let Role { own, divides, treats } = role(methodology, k, column);
        if !own && !divides && !treats {
            continue;
        }
        if own && matches!(indicator.kind, IndicatorKind::Ordinal | IndicatorKind::Binary) {
            return Err(Reason::NoUnit);
        }
        if own && methodology.normalisation.at(leaf).method.is_identity() {
            return Err(Reason::Score);
        }
        let ratio = indicator.denominator.is_some() || treats;
        if unit.constant != 0.0 && ratio {
            return Err(Reason::Denominator);
        }
        let mut factor = if own { unit.factor } else { 1.0 };
        if divides {
            factor /= unit.factor;
        }
        expected.push(Expected { column: k, factor, constant: unit.constant });
        if treats {
            factor /= unit.factor;
        }
        facts[k] = Some(Unit { factor, constant: unit.constant });
        let states = methodology.normalisation.at(leaf).method.states_in_unit(indicator);
        let steps = methodology.treatment.iter().map(|step| step.at(leaf));
        let transform = steps.into_iter().find(|choice| !choice.method.keeps_unit());
        if states && let Some(choice) = transform {
            return Err(Reason::UnitAfterTreatment { method: choice.name.clone() });
        }
    }
    let other = Arc::new(system.with_indicators(|k, indicator| match facts[k] {
        None => indicator.clone(),
        Some(unit) => in_unit(indicator, unit),
    }));
    let mut methodology = Methodology { system: other, ..Methodology::clone(methodology) };
    for (k, &leaf) in system.leaves().iter().enumerate() {
        let Some(unit) = facts[k] else { continue };
        let imputation = methodology.imputation.at(leaf);
        if let Some(choice) = restated(imputation::TABLE, imputation, unit) {
            methodology.imputation = methodology.imputation.with(leaf, choice);
        }
        let normalisation = methodology.normalisation.at(leaf);
        if let Some(choice) = restated(normalisation::TABLE, normalisation, unit) {
            methodology.normalisation = methodology.normalisation.with(leaf, choice);
        }
    }
    let raw = &bench.study().columns[column];
    let values = raw.values().iter().map(|&x| unit.of(x)).collect();
    let states = (0..raw.len()).map(|row| raw.state(row)).collect::<Vec<State>>();
    let study = bench.study().with_column(column, Column::with_states(values, states));
    Ok((study, Arc::new(methodology), expected))
}

fn in_unit(indicator: &Indicator, unit: Unit) -> Indicator {
    let posts = |g: Goalposts| Goalposts { bad: unit.of(g.bad), good: unit.of(g.good) };
    Indicator {
        goalposts: indicator.goalposts.map(posts),
        target: indicator.target.map(|x| unit.of(x)),
        green: indicator.green.map(|x| unit.of(x)),
        red: indicator.red.map(|x| unit.of(x)),
        lower: indicator.lower.map(|x| unit.of(x)),
        upper: indicator.upper.map(|x| unit.of(x)),
        ..indicator.clone()
    }
}

/// A choice with its settings in another unit; none where it states nothing in a unit.
fn restated<M: ?Sized>(
    table: &'static [Entry<M>],
    choice: &Choice<M>,
    unit: Unit,
) -> Option<Choice<M>> {
    let entry = find(table, &choice.name)?;
    let declared = (entry.settings)();
    let in_unit = |key: &str| declared.iter().any(|setting| setting.in_unit && setting.name == key);
    if declared.iter().all(|setting| !setting.in_unit) {
        return None;
    }
    let of = |settings: &Settings| {
        let item = |(key, value): (&String, &Value)| {
            let value = if in_unit(key) { moved(value, unit) } else { value.clone() };
            (key.clone(), value)
        };
        Settings(settings.0.iter().map(item).collect())
    };
    let (settings, filled) = (of(&choice.settings), of(&choice.filled));
    let method = (entry.make)(&settings).ok()?;
    Some(Choice { settings, filled, method: Arc::from(method), ..choice.clone() })
}

/// A number in another unit; of a pair (a value and its points) the first; of a list or table each.
fn moved(value: &Value, unit: Unit) -> Value {
    match value {
        Value::Number(x) => Value::Number(unit.of(*x)),
        Value::List(pair) if matches!(pair.as_slice(), [Value::Number(_), Value::Number(_)]) => {
            Value::List(vec![moved(&pair[0], unit), pair[1].clone()])
        }
        Value::List(items) => Value::List(items.iter().map(|v| moved(v, unit)).collect()),
        Value::Table(items) => {
            Value::Table(items.iter().map(|(k, v)| (k.clone(), moved(v, unit))).collect())
        }
        other => other.clone(),
    }
}

/// Tries columns in other units, each by a number.
pub(super) fn test(
    bench: &Bench,
    tally: &mut Tally,
    items: Vec<(String, f64)>,
    unit: impl Fn(f64) -> Unit + Sync,
    change: impl Fn(String, f64) -> Change + Sync,
) {
    tally.of = items.len();
    let items = sample(items, bench.options().cells);
    let trials = bench.each(&items, |(column, by)| {
        let change = change(column.clone(), *by);
        match changed(bench, column, unit(*by)) {
            Err(reason) => Trial::LeftOut(reason),
            Ok((study, methodology, expected)) => match bench.evaluate(study, &methodology) {
                Err(errors) => Trial::Faults(change, errors),
                Ok(after) => unmoved(bench, &after, change, &expected),
            },
        }
    });
    tally.add(trials);
    if tally.tests > 0 {
        let difference = tally.difference;
        tally.measure(Quantity::LargestDifference, difference, None);
    }
}

/// Whether every region under test keeps its score, rank and tier.
fn unmoved(bench: &Bench, after: &Evaluation, change: Change, expected: &[Expected]) -> Trial {
    moved_between(bench, bench.base(), after, change, expected)
}

/// Whether every region under test has the same score, rank and tier in two evaluations of the same rows.
pub(super) fn moved_between(
    bench: &Bench,
    base: &Evaluation,
    after: &Evaluation,
    change: Change,
    expected: &[Expected],
) -> Trial {
    let rows = bench.rows();
    let mut largest = 0.0;
    let mut worst: Option<(f64, usize)> = None;
    for &row in &rows {
        if base.exact().values()[row].is_nan() && after.exact().values()[row].is_nan() {
            continue;
        }
        let (was, is) = (place(base, row), place(after, row));
        let difference = (was.score - is.score).abs() / bench.scale(row);
        largest = crate::number::max(largest, difference);
        if difference <= NOISE && was.rank == is.rank && was.tier == is.tier {
            continue;
        }
        let places = (was.rank - is.rank).abs();
        let severity =
            if is.score.is_nan() || places.is_nan() { f64::INFINITY } else { places + difference };
        if worst.is_none_or(|(most, _)| severity > most) {
            worst = Some((severity, row));
        }
    }
    let Some((severity, row)) = worst else { return Trial::Holds(largest) };
    let pairs: Vec<(usize, usize)> = rows.iter().map(|&row| (row, row)).collect();
    let example = CounterExample {
        change,
        who: bench.party(row),
        before: place(base, row),
        after: place(after, row),
        other: None,
        origin: origin::difference(base, after, &pairs, expected),
        severity,
    };
    Trial::Breaks(Box::new(example), largest)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A methodology restates exactly these when a column is measured in another unit.
    #[test]
    fn settings_in_a_unit() {
        fn of<M: ?Sized>(table: &'static [Entry<M>], found: &mut Vec<String>) {
            for entry in table {
                let settings = (entry.settings)();
                let own = settings.iter().filter(|s| s.in_unit);
                found.extend(own.map(|s| format!("{}.{}", entry.name, s.name)));
            }
        }
        let mut found = Vec::new();
        of(imputation::TABLE, &mut found);
        of(normalisation::TABLE, &mut found);
        found.sort();
        assert_eq!(
            found,
            [
                "categories.bands",
                "categories.leaves",
                "constant.value",
                "distance_to_target.target",
                "goalposts.bad",
                "goalposts.good",
                "points.bands",
                "points.leaves",
            ]
        );
        // Nothing else is restated: settings of the other stages are in no unit of a column.
        let mut others = Vec::new();
        of(crate::treatment::TABLE, &mut others);
        of(crate::weighting::TABLE, &mut others);
        of(crate::aggregation::TABLE, &mut others);
        of(crate::tiering::TABLE, &mut others);
        assert!(others.is_empty(), "{others:?}");
    }

    #[test]
    fn of_pairs_only_the_value_moves() {
        let bands: Value = vec![vec![0.0, 0.0], vec![10.0, 5.0]].into();
        let tenfold = Unit { factor: 10.0, constant: 0.0 };
        assert_eq!(moved(&bands, tenfold), vec![vec![0.0, 0.0], vec![100.0, 5.0]].into());
    }
}
