//! `fn example()`: a worked example that is run as a test, shown to readers, and put in the documents.
//!
//! ```text
//! fn example() {
//!     #{
//!         settings: #{ zero: "limit" },
//!         columns: [[1.0, 1.0, 1.0, 1.0], [0.0, 1.0, 1.0, 0.0]],   // `column: […]` for one
//!         expected: [0.0, 1.0],
//!         source: "by hand",
//!     }
//! }
//! ```
//! Further keys: `weights`, `stated`, `full_marks`, `periods`, `groups` (`#{ coast: #{ inland: [1, 2] } }`, regions counted
//! from 1), `neighbours` (`[[1, 2], [2, 3, 0.5]]`: two regions, counted from 1, and the weight of each for the other, 1 unless
//! stated), `indicators` (a map of facts a column). `()` in a column is an absent cell. A list of maps is several examples.
//! A system script's example has `tree` (the nodes of its base, if it takes one), `raw` (raw columns by name), `periods`, and
//! `expected`, a map from codes of nodes to `()`, and of leaves to their columns; other nodes are not looked at. `source`
//! says where the figures come from.

use std::sync::Arc;

use indexmap::IndexMap;
use quanheng_core::method::{
    Example, MethodError, PlainRows, ProgramFault, Settings, Stage, Value,
};
use quanheng_core::model::{
    Column as RawColumn, Direction, Goalposts, Group, Indicator, Neighbours, RegionIx, System,
};
use quanheng_words::{Text, text};
use rhai::{Array, Dynamic, Map};

use crate::host::column::Numbers;
use crate::host::functions::{Take, number};
use crate::host::tree::Tree;
use crate::problem::{Failed, a, fail};
use crate::script::{Prepared, Script};
use crate::setting::plain_value;
use crate::stage::{self, SystemFault};

const FUNCTION: &str = "example";

/// A worked example of a script.
#[derive(Clone, Debug)]
pub enum Worked {
    /// Of a method.
    Method(Example),
    /// Of a system.
    System(SystemExample),
}

/// A worked example of a system script.
#[derive(Clone, Debug, Default)]
pub struct SystemExample {
    /// The settings.
    pub settings: Settings,
    /// The system that it starts from.
    pub base: Option<Arc<System>>,
    /// Raw columns.
    pub raw: IndexMap<String, Vec<f64>>,
    /// How many periods the rows run over, period by period.
    pub periods: usize,
    /// The codes of the nodes that it gives, and the columns of leaves.
    pub expected: IndexMap<String, Option<Vec<f64>>>,
    /// Where the figures come from.
    pub source: String,
}

impl Script {
    /// The worked examples that the script carries; none where it has no `example()`.
    ///
    /// # Errors
    /// An example that cannot be read.
    pub fn examples(self: &Arc<Self>) -> Result<Vec<Worked>, ProgramFault> {
        if !self.has(FUNCTION, 0) {
            return Ok(Vec::new());
        }
        let prepared = self.for_looking()?;
        let made = prepared.call(FUNCTION, Vec::new())?;
        let maps: Vec<Dynamic> = match made.read_lock::<Array>() {
            Some(list) => list.iter().cloned().collect(),
            None => vec![made.clone()],
        };
        let mut examples = Vec::new();
        for map in maps {
            let Some(map) = map.read_lock::<Map>() else {
                let what = text!(script_gave, function = FUNCTION, kind = a(map.type_name()));
                return Err(self.fault_at(FUNCTION, what, text!(script_gave_maps)));
            };
            let read = match self.stage() {
                Stage::System => system_example(&map).map(Worked::System),
                _ => example(&map).map(Worked::Method),
            };
            examples.push(read.map_err(|e| {
                let fault = self.explain(*e);
                self.fault_at(FUNCTION, fault.what, fault.hint.unwrap_or_default())
            })?);
        }
        Ok(examples)
    }
}

/// A key of an example that nothing reads.
fn only(map: &Map, keys: &[&str]) -> Result<(), Failed> {
    match map.keys().find(|k| !keys.contains(&k.as_str())) {
        None => Ok(()),
        Some(key) => {
            Err(fail(text!(script_example_key, key = key.as_str()), text!(one_of, names = keys)))
        }
    }
}

fn numbers(map: &Map, key: &str) -> Result<Vec<f64>, Failed> {
    match map.get(key) {
        None => Ok(Vec::new()),
        Some(value) => Numbers::take(value.clone()).map(|n| n.0).map_err(|_| {
            let what = text!(script_example_numbers, key = key);
            fail(what, text!(script_example, code = "[1.0, 2.0, ()]"))
        }),
    }
}

fn settings(map: &Map) -> Result<Settings, Failed> {
    match map.get("settings").map(plain_value) {
        None => Ok(Settings::default()),
        Some(Ok(Value::Table(items))) => Ok(Settings(items)),
        Some(_) => Err(fail(
            text!(script_example_map, key = "settings"),
            text!(script_example, code = "settings: #{ name: value }"),
        )),
    }
}

fn lists(map: &Map, key: &str) -> Result<Vec<Dynamic>, Failed> {
    match map.get(key) {
        None => Ok(Vec::new()),
        Some(value) => value.clone().into_array().map_err(|_| {
            fail(text!(script_example_list, key = key), text!(script_example_list_hint))
        }),
    }
}

fn example(map: &Map) -> Result<Example, Failed> {
    only(
        map,
        &[
            "settings",
            "column",
            "columns",
            "weights",
            "stated",
            "full_marks",
            "periods",
            "groups",
            "neighbours",
            "indicator",
            "indicators",
            "expected",
            "source",
        ],
    )?;
    let mut columns: Vec<Vec<f64>> = Vec::new();
    for column in lists(map, "columns")? {
        columns.push(Numbers::take(column)?.0);
    }
    if map.contains_key("column") {
        columns.push(numbers(map, "column")?);
    }
    if columns.is_empty() || columns.iter().any(|c| c.len() != columns[0].len()) {
        return Err(fail(
            text!(script_example_columns),
            text!(script_example, code = "columns: [[1.0, 2.0], [3.0, 4.0]]"),
        ));
    }
    for key in ["weights", "stated", "full_marks"] {
        let found = numbers(map, key)?;
        if !found.is_empty() && found.len() != columns.len() {
            let (found, columns) = (found.len(), columns.len());
            let what = text!(script_example_count, found = found, key = key, columns = columns);
            return Err(fail(what, text!(script_one_a_column)));
        }
        let sum: f64 = found.iter().sum();
        if key == "weights" && !found.is_empty() && !(sum > 0.0 && sum.is_finite()) {
            return Err(fail(text!(script_example_weights), text!(script_from_0)));
        }
    }
    let (mut indicators, mut codes) = (Vec::new(), Vec::new());
    for facts in lists(map, "indicators")?.iter().chain(map.get("indicator")) {
        let facts = facts.read_lock::<Map>().ok_or_else(|| {
            let hint = text!(script_example, code = "indicator: #{ direction: -1 }");
            fail(text!(script_example_indicator), hint)
        })?;
        indicators.push(indicator(&facts)?);
        codes.push(facts.get("code").map_or(String::new(), ToString::to_string));
    }
    let mut groups = Vec::new();
    if let Some(value) = map.get("groups") {
        let wrong = || {
            let hint = text!(script_example, code = "groups: #{ coast: #{ inland: [1, 2] } }");
            fail(text!(script_example_groups), hint)
        };
        let of = value.read_lock::<Map>().ok_or_else(wrong)?;
        for (code, classes) in of.iter() {
            let classes = classes.read_lock::<Map>().ok_or_else(wrong)?;
            let mut group = Group { code: code.to_string(), classes: IndexMap::new() };
            for (class, members) in classes.iter() {
                let members = Numbers::take(members.clone())?.0;
                let members = members.iter().map(|x| RegionIx((*x as u32).saturating_sub(1)));
                group.classes.insert(class.to_string(), members.collect());
            }
            groups.push(group);
        }
    }
    let periods = match map.get("periods") {
        None => 0,
        Some(x) => number(x)? as usize,
    };
    if periods > 1 && !columns[0].len().is_multiple_of(periods) {
        return Err(fail(text!(script_example_periods), text!(script_row_a_region)));
    }
    let neighbours = neighbours(map, columns[0].len() / periods.max(1))?;
    Ok(Example {
        settings: settings(map)?,
        columns,
        indicators,
        codes,
        weights: numbers(map, "weights")?,
        stated: numbers(map, "stated")?,
        full_marks: numbers(map, "full_marks")?,
        periods,
        groups,
        neighbours,
        expected: numbers(map, "expected")?,
        source: map.get("source").map_or(String::new(), ToString::to_string).into(),
    })
}

/// Pairs of neighbours, each in both directions, as in a table of neighbours.
fn neighbours(map: &Map, regions: usize) -> Result<Option<Neighbours>, Failed> {
    if !map.contains_key("neighbours") {
        return Ok(None);
    }
    let wrong = || {
        let hint = text!(script_example, code = "neighbours: [[1, 2], [2, 3, 0.5]]");
        fail(text!(script_example_neighbours), hint)
    };
    let place = |x: f64| {
        let is_place = x.fract() == 0.0 && x >= 1.0 && x <= regions as f64;
        if is_place { Ok(RegionIx(x as u32 - 1)) } else { Err(wrong()) }
    };
    let mut links = Vec::new();
    for pair in lists(map, "neighbours")? {
        let pair = Numbers::take(pair)?.0;
        let (from, to, weight) = match *pair.as_slice() {
            [from, to] => (from, to, 1.0),
            [from, to, weight] if weight > 0.0 => (from, to, weight),
            _ => return Err(wrong()),
        };
        let (from, to) = (place(from)?, place(to)?);
        let is_new = |&(a, b, _): &(RegionIx, RegionIx, f64)| (a, b) != (from, to);
        if from == to || !links.iter().all(is_new) {
            return Err(wrong());
        }
        links.extend([(from, to, weight), (to, from, weight)]);
    }
    Ok(Some(Neighbours::new(links)))
}

fn indicator(facts: &Map) -> Result<Indicator, Failed> {
    let mut indicator = Indicator::default();
    let figure = |key: &str| facts.get(key).map(number).transpose();
    only(facts, &["code", "direction", "unit", "lower", "upper", "bad", "good", "target"])?;
    if figure("direction")? == Some(-1.0) {
        indicator.direction = Direction::Negative;
    }
    if let Some(unit) = facts.get("unit") {
        indicator.unit = unit.to_string();
    }
    indicator.lower = figure("lower")?;
    indicator.upper = figure("upper")?;
    indicator.target = figure("target")?;
    if let (Some(bad), Some(good)) = (figure("bad")?, figure("good")?) {
        indicator.goalposts = Some(Goalposts { bad, good });
    }
    Ok(indicator)
}

fn system_example(map: &Map) -> Result<SystemExample, Failed> {
    only(map, &["settings", "tree", "raw", "periods", "expected", "source"])?;
    let base = match map.get("tree") {
        None => None,
        Some(value) => {
            let wrong = || {
                let code = "tree: tree([#{ code: \"index\" }, …])";
                fail(text!(script_example_tree), text!(script_example, code = code))
            };
            let tree = value.clone().try_cast::<Tree>().ok_or_else(wrong)?;
            let drafts = tree.0.iter().map(|n| n.draft.clone()).collect();
            Some(Arc::new(System::new(drafts).map_err(|_| wrong())?))
        }
    };
    let table = |key: &str| match map.get(key) {
        None => Ok(Map::new()),
        Some(value) => value.clone().try_cast::<Map>().ok_or_else(|| {
            fail(text!(script_example_map, key = key), text!(script_columns_by_name))
        }),
    };
    let mut raw = IndexMap::new();
    for (name, column) in table("raw")? {
        raw.insert(name.to_string(), Numbers::take(column)?.0);
    }
    let mut expected = IndexMap::new();
    for (code, column) in table("expected")? {
        let column = match column.is_unit() {
            true => None,
            false => Some(Numbers::take(column)?.0),
        };
        expected.insert(code.to_string(), column);
    }
    let rows = raw.values().next().map_or(0, Vec::len);
    let periods = map.get("periods").map_or(Ok(1.0), number)? as usize;
    if periods == 0
        || !rows.is_multiple_of(periods)
        || raw.values().any(|column| column.len() != rows)
    {
        return Err(fail(text!(script_example_raw), text!(script_row_a_region)));
    }
    let source = map.get("source").map_or(String::new(), ToString::to_string);
    Ok(SystemExample { settings: settings(map)?, base, raw, periods, expected, source })
}

/// What a system script gives in its example: codes in the order of the tree, with the columns of leaves that are made.
///
/// # Errors
/// A fault of the script.
pub fn system_trial(
    script: &Arc<Prepared>,
    example: &SystemExample,
) -> Result<IndexMap<String, Option<Vec<f64>>>, SystemFault> {
    let system = stage::build(script, "script", example.base.as_deref())?;
    let rows = example.raw.values().next().map_or(0, Vec::len);
    let periods = example.periods.max(1);
    let plain = PlainRows::panel(rows / periods, periods);
    let mut found = IndexMap::new();
    for node in system.nodes() {
        let made = node.indicator.as_ref().and_then(|i| i.derivation.as_ref());
        let column = match made {
            None => None,
            Some(made) => {
                let raw: Vec<RawColumn> = made
                    .0
                    .columns()
                    .iter()
                    .map(|name| {
                        RawColumn::new(
                            example.raw.get(name).cloned().unwrap_or(vec![f64::NAN; rows]),
                        )
                    })
                    .collect();
                let made = made.0.derive(&raw.iter().collect::<Vec<_>>(), plain.rows());
                let made = made.map_err(|e| match e {
                    MethodError::Program(fault) => SystemFault::Fault(*fault),
                    other => SystemFault::Fault(ProgramFault {
                        what: Text::plain(other.to_string()),
                        ..ProgramFault::default()
                    }),
                })?;
                Some(made.values().to_vec())
            }
        };
        found.insert(node.code.clone(), column);
    }
    Ok(found)
}
