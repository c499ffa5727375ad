//! The walk of one region: from tier to score to aggregate to treated cell to raw cell and its source.

use quanheng_core::evaluation::Evaluation;
use quanheng_core::model::{NodeId, State};

use super::{Block, Cell, Head, Language, Report, Table, number, ranking};

/// Where a raw cell stands, in words, for a column of the data and a row of the panel.
pub type Places<'a> = dyn Fn(&str, usize) -> Option<String> + 'a;

/// How the score of the region in `row` came about.
pub fn report(
    evaluation: &Evaluation,
    row: usize,
    language: Language,
    places: &Places<'_>,
) -> Report {
    let mut report = Report::default();
    report.blocks.push(Block::Heading(heading(evaluation, row, language)));
    report.blocks.push(Block::Table(tree(evaluation, row, language)));
    report.blocks.push(Block::Table(cells(evaluation, row, language, places)));
    report
}

fn heading(evaluation: &Evaluation, row: usize, language: Language) -> String {
    let study = evaluation.study();
    let methodology = evaluation.methodology();
    let slice = study.panel.slice_of(row);
    let region = &study.regions[study.panel.regions()[row].0 as usize];
    let ranked = slice.rows.clone().filter(|&r| !evaluation.ranks()[r].is_nan()).count();
    let place = match evaluation.ranks()[row] {
        rank if rank.is_nan() => language.unranked().to_owned(),
        rank => format!("{} {} / {ranked}", language.rank(), number::rank(rank)),
    };
    let mut parts = vec![
        format!("{} {}", region.code, region.name(language.tag())),
        study.periods[slice.period.0 as usize].label.clone(),
        format!("{} {}", language.methodology(), methodology.code),
        place,
    ];
    if let Cell::Tier { label, .. } = ranking::tier(evaluation, row) {
        parts.push(format!("{} {label}", language.tier()));
    }
    // Data without periods have one without a label.
    parts.retain(|part| !part.is_empty());
    parts.join(" · ")
}

/// The tree from the index down: score, weight, what it adds to its parent under an arithmetic mean, full marks.
fn tree(evaluation: &Evaluation, row: usize, language: Language) -> Table {
    let study = evaluation.study();
    let methodology = evaluation.methodology();
    let system = &methodology.system;
    let slice = study.panel.slice_of(row);
    let index = study.panel.slices().iter().position(|s| s == slice).expect("a slice of the panel");
    let effective = evaluation.effective_weights(index);
    let marked = system.nodes().iter().any(|n| n.full_marks.is_some());
    let mut columns = vec![
        Head::new("node", language.indicator()),
        Head::number("score", language.score(), 4),
        Head::number("weight", language.weight(), 4),
        Head::number("effective_weight", language.effective(), 4),
        Head::new("method", language.method()),
    ];
    if marked {
        columns.push(Head::new("full_marks", language.full_marks()));
        columns.push(Head::new("rate", language.rate()));
    }
    let mut rows = Vec::new();
    let mut stack = vec![system.root()];
    while let Some(id) = stack.pop() {
        let node = system.node(id);
        stack.extend(node.children.iter().rev());
        let method = match node.indicator {
            Some(_) => &methodology.normalisation.at(id).name,
            None => &methodology.aggregation.at(id).name,
        };
        let name = match node.names.get(language.tag()) {
            Some(name) => format!("{}{} {name}", "  ".repeat(node.depth), node.code),
            None => format!("{}{}", "  ".repeat(node.depth), node.code),
        };
        let mut cells = vec![
            Cell::Text(name),
            ranking::score(evaluation, id, row),
            Cell::Number(evaluation.weights(index)[id.index()], State::Value),
            Cell::Number(effective[id.index()], State::Value),
            Cell::text(method),
        ];
        if marked {
            cells.push(match evaluation.node_at(row, id).full_marks {
                Some(marks) => Cell::text(number::short(marks)),
                None => Cell::Empty,
            });
            cells.push(match evaluation.rate_of_attainment(row, id) {
                Some(rate) => Cell::Text(format!("{}%", number::fixed(100.0 * rate, 1))),
                None => Cell::Empty,
            });
        }
        rows.push(cells);
    }
    Table { name: "tree".into(), columns, rows }
}

/// Every leaf from its raw cell to its score.
fn cells(evaluation: &Evaluation, row: usize, language: Language, places: &Places<'_>) -> Table {
    let study = evaluation.study();
    let system = &evaluation.methodology().system;
    let mut columns = vec![
        Head::new("leaf", language.indicator()),
        Head::new("raw", language.raw()),
        Head::new("indicator", language.indicator_value()),
        Head::new("complete", language.complete()),
        Head::new("treated", language.treated()),
        Head::number("normalised", language.normalised(), 4),
        Head::new("unit", language.unit()),
        Head::new("place", language.place()),
    ];
    let source = system.leaves().iter().any(|&leaf| !indicator(evaluation, leaf).source.is_empty());
    if source {
        columns.push(Head::new("source", language.source()));
    }
    let rows = system.leaves().iter().enumerate().map(|(k, &leaf)| {
        let facts = indicator(evaluation, leaf);
        let names = facts.columns(&system.node(leaf).code);
        // A leaf made of several raw columns by a formula has no raw value of its own.
        let raw = match names.as_slice() {
            [name] | [name, ..] if facts.derivation.is_none() => study.columns.get(*name),
            _ => None,
        };
        let before = evaluation.indicators().column(k);
        let steps =
            [before, &evaluation.complete().columns()[k], &evaluation.treated().columns()[k]];
        let value = |column: &quanheng_core::model::Column| match column.state(row) {
            State::Value => Cell::Text(number::short(column.values()[row])),
            absent => Cell::Number(f64::NAN, absent),
        };
        let mut cells = vec![Cell::text(&system.node(leaf).code)];
        cells.push(raw.map_or(Cell::Empty, value));
        // A stage that did not change the value shows a blank, so that changes are visible.
        let mut earlier = raw.unwrap_or(before);
        if raw.is_none() {
            cells.push(value(before));
        }
        for column in steps.into_iter().skip(usize::from(raw.is_none())) {
            let same = column.state(row) == earlier.state(row)
                && (column.values()[row] == earlier.values()[row] || column.values()[row].is_nan());
            cells.push(if same { Cell::Empty } else { value(column) });
            earlier = column;
        }
        let score = &evaluation.normalised().columns()[k];
        cells.push(Cell::Number(score.values()[row], score.state(row)));
        cells.push(Cell::text(&facts.unit));
        let mut at: Vec<String> = names.iter().filter_map(|name| places(name, row)).collect();
        at.dedup();
        let at = match facts.derivation {
            None => at.first().cloned(),
            Some(_) => Some(format!("{}: {}", names.join(", "), at.join(", "))),
        };
        cells.push(at.map_or(Cell::Empty, Cell::Text));
        if source {
            cells.push(Cell::text(&facts.source));
        }
        cells
    });
    Table { name: "cells".into(), rows: rows.collect(), columns }
}

fn indicator(evaluation: &Evaluation, leaf: NodeId) -> &quanheng_core::model::Indicator {
    let node = evaluation.methodology().system.node(leaf);
    node.indicator.as_ref().expect("a leaf has an indicator")
}
