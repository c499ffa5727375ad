//! A project's data and tree as tables that other programs read.

use std::collections::BTreeMap;

use quanheng_core::evaluation::Evaluation;
use quanheng_core::model::{Better, Column, NodeId, State, Study, System};
use quanheng_words::{Language, Text, text, word};

use crate::report::{Cell, Head, Importance, Kind, Table};

/// Tables, and what of the project they do not have.
#[derive(Debug, Default)]
pub struct Exported {
    /// The tables.
    pub tables: Vec<Table>,
    /// What they lack, a line each.
    pub left: Vec<Text>,
}

/// A column while a table is put together: the name in files, the name for readers, and the cells.
struct Draft {
    key: String,
    label: String,
    kind: Kind,
    cells: Vec<Cell>,
}

fn table(name: &str, label: &str, columns: Vec<Draft>) -> Table {
    let rows = columns.first().map_or(0, |column| column.cells.len());
    let rows =
        (0..rows).map(|row| columns.iter().map(|column| column.cells[row].clone()).collect());
    let rows = rows.collect();
    let head =
        |Draft { key, label, kind, .. }| Head { key, label, kind, importance: Importance::Usual };
    let columns = columns.into_iter().map(head).collect();
    Table { name: name.into(), label: label.into(), columns, rows }
}

fn texts(key: &str, label: &str, cells: impl Iterator<Item = String>) -> Draft {
    let cell = |text: String| if text.is_empty() { Cell::Empty } else { text.into() };
    let cells = cells.map(cell).collect();
    Draft { key: key.into(), label: label.into(), kind: Kind::Text, cells }
}

fn numbers(key: &str, label: &str, cells: impl Iterator<Item = Option<f64>>) -> Draft {
    let cells = cells.map(Cell::from).collect();
    Draft { key: key.into(), label: label.into(), kind: Kind::Number(None), cells }
}

/// A column of the study; what is absent is blank.
fn raw(key: &str, label: &str, column: &Column) -> Draft {
    let cell = |row: usize| (column.state(row) == State::Value).then(|| column.values()[row]);
    numbers(key, label, (0..column.len()).map(cell))
}

/// The columns of the leaves as the data have them; those that a script makes as it makes them.
fn of_leaves(evaluation: &Evaluation) -> Vec<(NodeId, &Column)> {
    let system = &evaluation.methodology().system;
    let study = evaluation.study();
    let leaf = |(k, id): (usize, &NodeId)| {
        let (node, indicator) = (system.node(*id), system.indicator(k));
        let name = indicator.column.as_deref().unwrap_or(&node.code);
        let raw = study.columns.get(name).filter(|_| !indicator.is_computed());
        (*id, raw.unwrap_or_else(|| evaluation.indicators().column(k)))
    };
    system.leaves().iter().enumerate().map(leaf).collect()
}

/// The denominators of leaves, each once.
fn denominators(system: &System) -> Vec<&str> {
    let leaves = system.leaves().len();
    let mut names: Vec<&str> =
        (0..leaves).filter_map(|k| system.indicator(k).denominator.as_deref()).collect();
    names.sort_unstable();
    names.dedup();
    names
}

/// The class of each region in a group; none where it is in several or in none.
fn classes(study: &Study, group: &quanheng_core::model::Group) -> BTreeMap<u32, String> {
    let mut of: BTreeMap<u32, String> = BTreeMap::new();
    let mut several = Vec::new();
    for (class, members) in &group.classes {
        for member in members {
            if of.insert(member.0, class.clone()).is_some() {
                several.push(member.0);
            }
        }
    }
    several.into_iter().for_each(|member| drop(of.remove(&member)));
    of.retain(|at, _| (*at as usize) < study.regions.len());
    of
}

/// The two tables of COINr: `iData` and `iMeta`.
pub fn coinr(evaluation: &Evaluation, language: Language) -> Exported {
    let (study, system) = (evaluation.study(), &evaluation.methodology().system);
    let tag = language.tag();
    let panel = &study.panel;
    let mut exported = Exported::default();
    let region = |row: usize| &study.regions[panel.regions()[row].0 as usize];
    let rows = || 0..panel.rows();
    let period = |row: usize| study.periods[panel.periods()[row].0 as usize].label.clone();
    let mut data = vec![
        texts("uCode", "uCode", rows().map(|row| region(row).code.clone())),
        texts("uName", "uName", rows().map(|row| region(row).name(tag).to_owned())),
    ];
    if study.periods.len() > 1 {
        if study.periods.iter().any(|period| period.label.parse::<f64>().is_err()) {
            exported.left.push(text!(export_periods));
        }
        data.push(texts("Time", "Time", rows().map(period)));
    }
    for group in study.groups.iter() {
        let of = classes(study, group);
        let class = |row: usize| of.get(&panel.regions()[row].0).cloned().unwrap_or_default();
        data.push(texts(&group.code, &group.code, rows().map(class)));
    }
    let names = denominators(system);
    let leaves = of_leaves(evaluation);
    let is_leaf = |name: &str| leaves.iter().any(|(id, _)| system.node(*id).code == name);
    for name in names.iter().filter(|name| !is_leaf(name)) {
        data.extend(study.columns.get(*name).map(|column| raw(name, name, column)));
    }
    for (id, column) in &leaves {
        let code = &system.node(*id).code;
        data.push(raw(code, code, column));
    }

    let depth = system.depth();
    if system.leaves().iter().any(|leaf| system.node(*leaf).depth != depth) {
        exported.left.push(text!(export_ragged));
    }
    // COINr counts levels from the leaves, and its tables begin with these.
    let mut nodes: Vec<NodeId> = (0..system.nodes().len() as u32).map(NodeId).collect();
    quanheng_core::number::sort_items(&mut nodes, |a, b| {
        let level = |id: &NodeId| depth - system.node(*id).depth;
        level(a).cmp(&level(b))
    });
    let indicator = |id: &NodeId| system.node(*id).indicator.as_ref();
    if nodes.iter().filter_map(indicator).any(|i| i.scale.is_some()) {
        exported.left.push(text!(export_scales));
    }
    let extra: Vec<(&str, &str)> = study
        .groups
        .iter()
        .map(|group| (group.code.as_str(), "Group"))
        .chain(names.iter().filter(|name| !is_leaf(name)).map(|name| (*name, "Denominator")))
        .collect();
    let both = |of: &dyn Fn(&NodeId) -> String, other: &dyn Fn(&(&str, &str)) -> String| {
        nodes.iter().map(of).chain(extra.iter().map(other)).collect::<Vec<String>>()
    };
    let figures = |of: &dyn Fn(&NodeId) -> Option<f64>| {
        nodes.iter().map(of).chain(extra.iter().map(|_| None)).collect::<Vec<Option<f64>>>()
    };
    let none = |_: &(&str, &str)| String::new();
    let direction = |id: &NodeId| {
        let negative = indicator(id).is_some_and(|i| i.direction.is_negative());
        Some(if negative { -1.0 } else { 1.0 })
    };
    let parent = |id: &NodeId| {
        system.node(*id).parent.map(|parent| system.node(parent).code.clone()).unwrap_or_default()
    };
    let of_indicator = |of: fn(&quanheng_core::model::Indicator) -> Option<String>| {
        move |id: &NodeId| indicator(id).and_then(of).unwrap_or_default()
    };
    let column = |name: &str, cells: Vec<String>| texts(name, name, cells.into_iter());
    let number = |name: &str, cells: Vec<Option<f64>>| numbers(name, name, cells.into_iter());
    let level = |id: &NodeId| Some((depth - system.node(*id).depth + 1) as f64);
    let meta = vec![
        number("Level", figures(&level)),
        column("iCode", both(&|id| system.node(*id).code.clone(), &|(code, _)| (*code).to_owned())),
        column(
            "iName",
            both(&|id| system.node(*id).name(tag).to_owned(), &|(code, _)| (*code).to_owned()),
        ),
        number("Direction", figures(&direction)),
        number("Weight", figures(&|id| Some(system.node(*id).weight.unwrap_or(1.0)))),
        column("Unit", both(&of_indicator(|i| Some(i.unit.clone())), &none)),
        number("Target", figures(&|id| indicator(id).and_then(|i| i.target))),
        column("Denominator", both(&of_indicator(|i| i.denominator.clone()), &none)),
        column("Parent", both(&parent, &none)),
        column(
            "Type",
            both(
                &|id| if indicator(id).is_some() { "Indicator" } else { "Aggregate" }.to_owned(),
                &|(_, kind)| (*kind).to_owned(),
            ),
        ),
    ];
    exported.tables = vec![table("iData", "iData", data), table("iMeta", "iMeta", meta)];
    exported
}

/// A workbook with the data, a row for each region and period, and the tree.
pub fn workbook(evaluation: &Evaluation, language: Language) -> Exported {
    let (study, system) = (evaluation.study(), &evaluation.methodology().system);
    let tag = language.tag();
    let panel = &study.panel;
    let region = |row: usize| &study.regions[panel.regions()[row].0 as usize];
    let rows = || 0..panel.rows();
    let mut data = vec![
        texts("code", word!(label_code, language), rows().map(|row| region(row).code.clone())),
        texts(
            "name",
            word!(label_region, language),
            rows().map(|row| region(row).name(tag).to_owned()),
        ),
    ];
    if study.periods.len() > 1 {
        let label = |row: usize| study.periods[panel.periods()[row].0 as usize].label.clone();
        data.push(texts("period", word!(label_period, language), rows().map(label)));
    }
    let mut attributes: Vec<&String> = Vec::new();
    for name in study.regions.iter().flat_map(|region| region.attributes.keys()) {
        if !attributes.contains(&name) {
            attributes.push(name);
        }
    }
    for name in attributes {
        let of = |row: usize| region(row).attributes.get(name).cloned().unwrap_or_default();
        data.push(texts(name, name, rows().map(of)));
    }
    let leaves = of_leaves(evaluation);
    for name in denominators(system) {
        if leaves.iter().all(|(id, _)| system.node(*id).code != name) {
            data.extend(study.columns.get(name).map(|column| raw(name, name, column)));
        }
    }
    for (id, column) in &leaves {
        let code = &system.node(*id).code;
        data.push(raw(code, code, column));
    }
    let nodes = || (0..system.nodes().len() as u32).map(|k| system.node(NodeId(k)));
    let of = |key: &'static str, of: &dyn Fn(&quanheng_core::model::Indicator) -> String| {
        texts(key, key, nodes().map(|node| node.indicator.as_ref().map(of).unwrap_or_default()))
    };
    let figure = |key: &'static str,
                  of: &dyn Fn(&quanheng_core::model::Indicator) -> Option<f64>| {
        numbers(key, key, nodes().map(|node| node.indicator.as_ref().and_then(of)))
    };
    // The heads are those of a tree in a file, so that a project can read the sheet.
    let tree = vec![
        texts("code", "code", nodes().map(|node| node.code.clone())),
        texts(
            "parent",
            "parent",
            nodes().map(|node| {
                node.parent.map(|parent| system.node(parent).code.clone()).unwrap_or_default()
            }),
        ),
        texts("name", "name", nodes().map(|node| node.name(tag).to_owned())),
        numbers("weight", "weight", nodes().map(|node| node.weight)),
        of("direction", &|i| match i.better() {
            Better::More => "1".to_owned(),
            Better::Less => "-1".to_owned(),
            other => other.word().to_owned(),
        }),
        of("unit", &|i| i.unit.clone()),
        figure("bad", &|i| i.goalposts.map(|posts| posts.bad)),
        figure("good", &|i| i.goalposts.map(|posts| posts.good)),
        figure("target", &|i| i.target),
        of("denominator", &|i| i.denominator.clone().unwrap_or_default()),
        figure("scale", &|i| i.scale),
        of("source", &|i| i.source.clone()),
    ];
    let tables = vec![
        table("data", word!(export_data, language), data),
        table("tree", word!(export_tree, language), tree),
    ];
    Exported { tables, left: Vec::new() }
}
