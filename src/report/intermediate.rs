//! Intermediate results: how each method came to its numbers.
//!
//! What a method gives is found once ([`Evaluation::intermediate`]). Files have it in wide tables as papers print them: of
//! each method one of figures, one with a row for each region, one with a row for each sibling, and so on. The walk of a
//! region shows what concerns that region.

use indexmap::IndexMap;
use quanheng_core::evaluation::{self, BEFORE_RESCALING, Evaluation};
use quanheng_core::method::{Axis, FoundAt, Given, IntermediateResult, Shape, Stage};
use quanheng_core::model::{Node, NodeId};
use quanheng_words::{text, word};

use super::declaration::Declaration;
use super::{Block, Cell, Columns, Language, Reader, Table, stage_title};

/// The sign of a result: as papers print it, or its name where it has none.
fn symbol(found: &FoundAt, name: &str) -> String {
    let given =
        evaluation::declared(found.stage, &found.method).iter().find(|given| given.name == name);
    let weight = found.stage == Stage::Weighting && name == "weight";
    let symbol = given.map(|given| given.symbol).filter(|symbol| !symbol.is_empty());
    let symbol = symbol.or(weight.then_some("w"));
    symbol.unwrap_or(name).to_owned()
}

/// What a result is, in one sentence; empty where its method does not say.
fn meaning(found: &FoundAt, name: &str, language: Language) -> String {
    if name == BEFORE_RESCALING {
        return word!(intermediate_before_rescaling, language).to_owned();
    }
    let given =
        evaluation::declared(found.stage, &found.method).iter().find(|given| given.name == name);
    given.map_or("", |given| summary(found.stage, &found.method, given, language)).to_owned()
}

/// What a declared result is, in one sentence.
pub(super) fn summary(
    stage: Stage,
    method: &str,
    given: &Given,
    language: Language,
) -> &'static str {
    let said = Declaration::method(stage, method).says(&format!("given_{}", given.name), language);
    said.unwrap_or(given.summary)
}

/// What the rows and columns of a result are, in words.
pub(super) fn shape_words(shape: Shape, language: Language) -> &'static str {
    match (shape.rows, shape.columns) {
        (Axis::One, _) => word!(intermediate_figure, language),
        (Axis::Regions, Axis::Regions) => word!(intermediate_regions_regions, language),
        (Axis::Regions, Axis::Siblings) => word!(intermediate_regions_siblings, language),
        (Axis::Regions, _) => word!(intermediate_regions, language),
        (Axis::Siblings, Axis::Siblings) => word!(intermediate_siblings_siblings, language),
        (Axis::Siblings, Axis::List) => word!(intermediate_siblings_list, language),
        (Axis::Siblings, _) => word!(intermediate_siblings, language),
        (Axis::List, _) => word!(intermediate_list, language),
    }
}

/// One line of a wide table: where it stands, and its figures by column.
struct Line {
    league: String,
    period: String,
    node: Option<NodeId>,
    /// What the line is about: a region, a sibling, an item of a list; its code and name.
    code: String,
    name: String,
    cells: IndexMap<String, f64>,
}

/// Results of one method that stand in one table.
struct Sheet {
    stage: Stage,
    method: String,
    /// What its lines are about.
    rows: Axis,
    /// The end of its name: what the lines are, or the result whose columns these are.
    what: String,
    /// The heads of its columns: key and label.
    heads: IndexMap<String, String>,
    lines: IndexMap<(usize, usize, usize), Line>,
}

/// The tables of all intermediate results, for files.
pub fn tables(evaluation: &Evaluation, found: &[FoundAt], language: Language) -> Vec<Table> {
    sheets(evaluation, found, language)
        .into_iter()
        .map(|sheet| {
            let label = label(&sheet, language);
            table(evaluation, sheet, Reader::Files, language).labelled(label)
        })
        .collect()
}

/// What the walk of a region shows: the results that concern the row of the panel.
pub(super) fn of_row(
    evaluation: &Evaluation,
    found: &[FoundAt],
    row: usize,
    language: Language,
) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mine = found.iter().filter_map(|at| restricted(at, row));
    let mine: Vec<FoundAt> = mine.collect();
    blocks.extend(figures(evaluation, &mine, language));
    for sheet in sheets(evaluation, &mine, language) {
        let one = sheet.rows == Axis::One && !is_repeated(&mine, sheet.stage, &sheet.method);
        if one || sheet.rows == Axis::Regions {
            continue;
        }
        let stage = stage_title(sheet.stage, language);
        let heading = match sheet.what.as_str() {
            "siblings" | "list" | "figures" => format!("{stage} · {}", sheet.method),
            what => format!("{stage} · {} · {what}", sheet.method),
        };
        blocks.push(Block::Heading(heading));
        if sheet.heads.len() > WIDE {
            blocks.push(Block::Line(
                text!(intermediate_wide, n = sheet.heads.len()).render(language),
            ));
        } else {
            blocks.push(Block::Table(table(evaluation, sheet, Reader::People, language)));
        }
    }
    blocks
}

/// Whether a method gives single figures at several nodes: they stand in a line for each node then.
fn is_repeated(found: &[FoundAt], stage: Stage, method: &str) -> bool {
    let of = found.iter().filter(|at| at.stage == stage && at.method == method);
    let of = of.filter(|at| at.results.iter().any(|result| result.shape == Shape::FIGURE));
    let mut nodes = of.map(|at| at.node);
    let first = nodes.next();
    nodes.any(|node| Some(node) != first)
}

/// The weights that an aggregation found for a row, by child of `node`; none where it found none.
pub(super) fn found_weights(
    found: &[FoundAt],
    node: NodeId,
    row: usize,
) -> Option<Vec<(NodeId, f64)>> {
    let at = found
        .iter()
        .find(|at| at.stage == Stage::Aggregation && at.node == node && at.rows.contains(&row))?;
    let weights = at.result("weights").filter(|r| r.shape == Shape::REGIONS_SIBLINGS)?;
    let k = at.rows.iter().position(|r| *r == row)?;
    Some(at.siblings.iter().copied().zip(weights.row(k).iter().copied()).collect())
}

/// More columns than this are not printed: files have them.
const WIDE: usize = 10;

/// The part of what was found that concerns a row: its own figures, and those that belong to the whole. What it has of each
/// sibling stands beside what the method found of the siblings.
fn restricted(at: &FoundAt, row: usize) -> Option<FoundAt> {
    let k = at.rows.iter().position(|r| *r == row)?;
    let of = |result: &IntermediateResult| match result.shape.rows {
        // Files have what stands between two regions.
        Axis::Regions if k >= result.height() || result.shape == Shape::REGIONS_REGIONS => None,
        Axis::Regions => {
            let (shape, width) = match result.shape.columns {
                Axis::Siblings => (Shape::SIBLINGS, 1),
                _ => (Shape::FIGURE, result.width),
            };
            Some(IntermediateResult {
                values: result.row(k).to_vec(),
                shape,
                width,
                ..result.clone()
            })
        }
        _ => Some(result.clone()),
    };
    let results = at.results.iter().filter_map(of).collect();
    Some(FoundAt { rows: vec![row], results, ..at.clone() })
}

/// The single figures of each method that gives them at one node, with their meaning.
fn figures(evaluation: &Evaluation, found: &[FoundAt], language: Language) -> Vec<Block> {
    struct Figure<'a> {
        at: &'a FoundAt,
        result: &'a IntermediateResult,
    }
    let system = &evaluation.methodology().system;
    let once = found.iter().filter(|at| !is_repeated(found, at.stage, &at.method));
    let each = once.flat_map(|at| {
        let figures = at.results.iter().filter(|result| result.shape == Shape::FIGURE);
        figures.map(move |result| Figure { at, result })
    });
    let all: Vec<Figure<'_>> = each.collect();
    if all.is_empty() {
        return Vec::new();
    }
    let described = all.iter().any(|f| !meaning(f.at, &f.result.name, language).is_empty());
    let table = Columns::<Figure<'_>>::new()
        .text("node", word!(label_node, language), |f| &system.node(f.at.node).code)
        .text("method", word!(label_method, language), |f| &f.at.method)
        .text("figure", word!(intermediate_sign, language), |f| symbol(f.at, &f.result.name))
        .number("value", word!(intermediate_value, language), |f| {
            Cell::number_or_missing(f.result.values[0])
        })
        .digits(4)
        .text("meaning", word!(label_meaning, language), |f| {
            meaning(f.at, &f.result.name, language)
        })
        .only_if(described)
        .table("figures", Reader::People, all);
    vec![Block::Heading(word!(intermediate_results, language).to_owned()), Block::Table(table)]
}

/// The results in wide tables: those of a method with one column and the same rows side by side, every other one alone.
fn sheets(evaluation: &Evaluation, found: &[FoundAt], language: Language) -> Vec<Sheet> {
    let system = &evaluation.methodology().system;
    let mut sheets: IndexMap<(Stage, String, String), Sheet> = IndexMap::new();
    for (place, at) in found.iter().enumerate() {
        for result in &at.results {
            let what = match (result.shape.is_column(), result.shape.rows) {
                (false, _) => result.name.clone(),
                (true, Axis::One) => "figures".to_owned(),
                (true, Axis::Regions) => "regions".to_owned(),
                (true, Axis::Siblings) => "siblings".to_owned(),
                (true, Axis::List) => "list".to_owned(),
            };
            let key = (at.stage, at.method.clone(), what.clone());
            let sheet = sheets.entry(key).or_insert_with(|| Sheet {
                stage: at.stage,
                method: at.method.clone(),
                rows: result.shape.rows,
                what,
                heads: IndexMap::new(),
                lines: IndexMap::new(),
            });
            let heads: Vec<(String, String)> = match result.shape.columns {
                Axis::Siblings => {
                    let node = |id: &NodeId| system.node(*id);
                    let head =
                        |node: &Node| (node.code.clone(), node.name(language.tag()).to_owned());
                    at.siblings.iter().map(node).map(head).collect()
                }
                Axis::Regions => rows_as_heads(evaluation, at, language),
                Axis::List => {
                    let label = |k| (result.label(k), result.label(k));
                    (0..result.width).map(label).collect()
                }
                _ => vec![(result.name.clone(), symbol(at, &result.name))],
            };
            sheet.heads.extend(heads.iter().cloned());
            // A region's figures of the siblings of several nodes stand in one line.
            let whole = result.shape == Shape::REGIONS_SIBLINGS;
            for k in 0..result.height() {
                let row = at.rows.get(k).copied().filter(|_| result.shape.rows == Axis::Regions);
                let key = match row {
                    Some(row) if whole => (0, row, 0),
                    Some(row) => (1 + at.node.index(), row, 0),
                    None => (1 + at.node.index(), place, k),
                };
                let line = sheet.lines.entry(key).or_insert_with(|| {
                    let (code, name) = subject(evaluation, at, result, k, language);
                    let (league, period) = slice(evaluation, at, row);
                    let node = (!whole).then_some(at.node);
                    Line { league, period, node, code, name, cells: IndexMap::new() }
                });
                // Nothing stands between a region and itself.
                let is_itself = |at: usize| result.shape == Shape::REGIONS_REGIONS && at == k;
                let cells = heads.iter().zip(result.row(k)).enumerate();
                let cells = cells.filter(|(at, _)| !is_itself(*at));
                line.cells.extend(cells.map(|(_, ((key, _), x))| (key.clone(), *x)));
            }
        }
    }
    sheets.into_values().collect()
}

/// The heads of columns that belong to the rows of the panel: with the period where the rows are of several.
fn rows_as_heads(
    evaluation: &Evaluation,
    at: &FoundAt,
    language: Language,
) -> Vec<(String, String)> {
    let study = evaluation.study();
    let (_, period) = slice(evaluation, at, None);
    let head = |row: &usize| {
        let region = &study.regions[study.panel.regions()[*row].0 as usize];
        let (code, name) = (region.code.clone(), region.name(language.tag()).to_owned());
        let (_, own) = slice(evaluation, at, Some(*row));
        match period == own {
            true => (code, name),
            false => (format!("{code} {own}"), format!("{name} {own}")),
        }
    };
    at.rows.iter().map(head).collect()
}

/// What line `k` of a result is about: code and name.
fn subject(
    evaluation: &Evaluation,
    at: &FoundAt,
    result: &IntermediateResult,
    k: usize,
    language: Language,
) -> (String, String) {
    let study = evaluation.study();
    match result.shape.rows {
        Axis::One => (String::new(), String::new()),
        Axis::List => (result.label(k), String::new()),
        Axis::Regions => {
            let region = study.panel.regions()[at.rows[k]];
            let region = &study.regions[region.0 as usize];
            (region.code.clone(), region.name(language.tag()).to_owned())
        }
        Axis::Siblings => {
            let node = evaluation.methodology().system.node(at.siblings[k]);
            (node.code.clone(), node.name(language.tag()).to_owned())
        }
    }
}

/// League and period of a row, or of all rows of what was found; empty where these are of several.
fn slice(evaluation: &Evaluation, at: &FoundAt, row: Option<usize>) -> (String, String) {
    let study = evaluation.study();
    let (first, last) = match row {
        Some(row) => (row, row),
        None => match (at.rows.first(), at.rows.last()) {
            (Some(first), Some(last)) => (*first, *last),
            _ => return (String::new(), String::new()),
        },
    };
    let (first, last) = (study.panel.slice_of(first), study.panel.slice_of(last));
    let league = &study.leagues[first.league.0 as usize].code;
    let period = &study.periods[first.period.0 as usize].label;
    let of = |same: bool, text: &String| if same { text.clone() } else { String::new() };
    (of(first.league == last.league, league), of(first.period == last.period, period))
}

fn table(evaluation: &Evaluation, sheet: Sheet, reader: Reader, language: Language) -> Table {
    let system = &evaluation.methodology().system;
    let (is_region, is_item) = (sheet.rows == Axis::Regions, sheet.rows == Axis::List);
    let noded = sheet.lines.values().any(|line| line.node.is_some());
    let nodes: std::collections::BTreeSet<_> = sheet.lines.values().map(|l| l.node).collect();
    let several = reader == Reader::Files || nodes.len() > 1;
    let head = match sheet.rows {
        Axis::Regions => word!(label_code, language),
        Axis::List => word!(intermediate_item, language),
        _ => word!(label_indicator, language),
    };
    let mut columns = Columns::<Line>::new()
        .text("league", word!(label_league, language), |line| line.league.clone())
        .only_for(Reader::Files)
        .text("period", word!(label_period, language), |line| line.period.clone())
        .only_for(Reader::Files)
        .text("node", word!(label_node, language), |line| {
            line.node.map(|node| &system.node(node).code)
        })
        .only_if(noded && several)
        .text(if is_region { "code" } else { "item" }, head, |line| line.code.clone())
        .only_if(sheet.rows != Axis::One)
        .text("name", word!(label_name, language), |line| line.name.clone())
        .only_if(!is_item && sheet.rows != Axis::One);
    for (key, label) in &sheet.heads {
        columns = columns
            .number(key, label, move |line| {
                line.cells.get(key).map(|x| Cell::number_or_missing(*x))
            })
            .digits(4);
    }
    let name = format!("intermediate-{}-{}-{}", sheet.stage.name(), sheet.method, sheet.what);
    let is_plain = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
    let name: String = name.chars().map(|c| if is_plain(c) { c } else { '-' }).collect();
    columns.table(name, reader, sheet.lines.into_values())
}

/// What a table is called: the method and what the lines are.
fn label(sheet: &Sheet, language: Language) -> String {
    let title = Declaration::method(sheet.stage, &sheet.method).says("", language);
    let title = title.unwrap_or(&sheet.method);
    let title = title.split('（').next().unwrap_or(title).trim();
    let what = match sheet.what.as_str() {
        "figures" => word!(intermediate_figure, language),
        "regions" => word!(intermediate_regions, language),
        "siblings" => word!(intermediate_siblings, language),
        "list" => word!(intermediate_list, language),
        what => what,
    };
    format!("{title} {what}")
}
