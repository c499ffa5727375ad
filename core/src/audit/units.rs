//! A raw column in another unit, and with it everything that a methodology states in that unit.

use std::sync::Arc;

use super::Reason;
use super::bench::{Bench, place, sample};
use super::finding::{Change, CounterExample, Quantity, Tally, Trial};
use super::origin::{self, Expected};
use super::scale::NOISE;
use crate::evaluation::Evaluation;
use crate::imputation;
use crate::method::{Entry, Settings, Stage, Value, find};
use crate::methodology::{Choice, Methodology};
use crate::model::{Column, Goalposts, Indicator, IndicatorKind, State, Study};
use crate::normalisation;

/// Settings of built-ins that are numbers in the unit of the leaf's column.
pub(super) const IN_UNIT: &[(Stage, &str, &[&str])] = &[
    (Stage::Imputation, "constant", &["value"]),
    (Stage::Normalisation, "categories", &["bands", "leaves"]),
    (Stage::Normalisation, "distance_to_target", &["target"]),
    (Stage::Normalisation, "goalposts", &["bad", "good"]),
    (Stage::Normalisation, "points", &["bands", "leaves"]),
];

/// Built-in treatments after which a column is in the unit that it was in. `winsorise` is one unless it falls back on a
/// logarithm.
const KEEPS_UNIT: &[&str] = &["none", "clip_percentile", "clip_iqr", "denominate"];

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
struct Part {
    own: bool,
    divides: bool,
    treats: bool,
}

fn part(methodology: &Methodology, k: usize, column: &str) -> Part {
    let system = &methodology.system;
    let leaf = system.leaves()[k];
    let indicator = system.indicator(k);
    let own = indicator.column.as_deref().unwrap_or(&system.node(leaf).code) == column;
    let divides = indicator.denominator.as_deref() == Some(column);
    let steps = methodology.treatment.iter().map(|step| step.at(leaf));
    let treats = steps.filter_map(|c| c.method.other_column()).any(|name| name == column);
    Part { own, divides, treats }
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
        let Part { own, divides, treats } = part(methodology, k, column);
        if !own && !divides && !treats {
            continue;
        }
        if own && matches!(indicator.kind, IndicatorKind::Ordinal | IndicatorKind::Binary) {
            return Err(Reason::NoUnit);
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
        let states = states_in_unit(methodology, indicator, leaf);
        let transform = methodology.treatment.iter().map(|step| step.at(leaf)).find(|choice| {
            let word = |key: &str| choice.filled.0.get(key).and_then(Value::text);
            let winsorises =
                choice.name == "winsorise" && word("fallback").is_none_or(|f| f == "none");
            !winsorises && !KEEPS_UNIT.contains(&choice.name.as_str())
        });
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
        if let Some(choice) = restated(Stage::Imputation, imputation::TABLE, imputation, unit) {
            methodology.imputation = methodology.imputation.with(leaf, choice);
        }
        let normalisation = methodology.normalisation.at(leaf);
        let table = normalisation::TABLE;
        if let Some(choice) = restated(Stage::Normalisation, table, normalisation, unit) {
            methodology.normalisation = methodology.normalisation.with(leaf, choice);
        }
    }
    let raw = &bench.study().columns[column];
    let values = raw.values().iter().map(|&x| unit.of(x)).collect();
    let states = (0..raw.len()).map(|row| raw.state(row)).collect::<Vec<State>>();
    let study = bench.study().with_column(column, Column::with_states(values, states));
    Ok((study, Arc::new(methodology), expected))
}

/// Whether the normalisation of a leaf goes by something that is stated in its unit.
fn states_in_unit(
    methodology: &Methodology,
    indicator: &Indicator,
    leaf: crate::model::NodeId,
) -> bool {
    let name = methodology.normalisation.at(leaf).name.as_str();
    match name {
        "goalposts" | "distance_to_target" | "categories" | "points" => true,
        // What a script goes by is not known; it may go by these.
        _ => {
            find(normalisation::TABLE, name).is_none()
                && (indicator.goalposts.is_some() || indicator.target.is_some())
        }
    }
}

fn in_unit(indicator: &Indicator, unit: Unit) -> Indicator {
    let posts = |g: Goalposts| Goalposts { bad: unit.of(g.bad), good: unit.of(g.good) };
    Indicator {
        goalposts: indicator.goalposts.map(posts),
        target: indicator.target.map(|x| unit.of(x)),
        lower: indicator.lower.map(|x| unit.of(x)),
        upper: indicator.upper.map(|x| unit.of(x)),
        ..indicator.clone()
    }
}

/// A choice with its settings in another unit; none where it states nothing in a unit.
fn restated<M: ?Sized>(
    stage: Stage,
    table: &'static [Entry<M>],
    choice: &Choice<M>,
    unit: Unit,
) -> Option<Choice<M>> {
    let (_, _, keys) = IN_UNIT.iter().find(|(s, name, _)| *s == stage && *name == choice.name)?;
    let of = |settings: &Settings| {
        let item = |(key, value): (&String, &Value)| {
            let value =
                if keys.contains(&key.as_str()) { moved(value, unit) } else { value.clone() };
            (key.clone(), value)
        };
        Settings(settings.0.iter().map(item).collect())
    };
    let (settings, filled) = (of(&choice.settings), of(&choice.filled));
    let method = (find(table, &choice.name)?.make)(&settings).ok()?;
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

/// Whether every region that is looked at stands where it stood.
fn unmoved(bench: &Bench, after: &Evaluation, change: Change, expected: &[Expected]) -> Trial {
    moved_between(bench, bench.base(), after, change, expected)
}

/// Whether every region that is looked at stands in two evaluations of the same rows where it stands in the other.
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

    /// A setting that is renamed is renamed here too.
    #[test]
    fn settings_in_a_unit_are_declared() {
        for (stage, name, keys) in IN_UNIT {
            let declared = match stage {
                Stage::Imputation => (find(imputation::TABLE, name).expect(name).settings)(),
                _ => (find(normalisation::TABLE, name).expect(name).settings)(),
            };
            for key in *keys {
                assert!(declared.iter().any(|s| s.name == *key), "{name} has no {key}");
            }
        }
        for name in KEEPS_UNIT {
            assert!(find(crate::treatment::TABLE, name).is_some(), "{name}");
        }
    }

    #[test]
    fn of_pairs_only_the_value_moves() {
        let bands: Value = vec![vec![0.0, 0.0], vec![10.0, 5.0]].into();
        let tenfold = Unit { factor: 10.0, constant: 0.0 };
        assert_eq!(moved(&bands, tenfold), vec![vec![0.0, 0.0], vec![100.0, 5.0]].into());
    }
}
