//! Every stage as a table: what `--out` writes.

use quanheng_core::evaluation::Evaluation;
use quanheng_core::method::Stage;
use quanheng_core::model::Column;

use super::{Cell, Head, Language, Table, ranking};

/// The tables of an evaluation, one a stage, in the order of the stages; the ranking stands with its tiers in the last.
pub fn tables(evaluation: &Evaluation, language: Language) -> Vec<Table> {
    let of = |stage: Stage| match (evaluation.columns(stage), stage) {
        (Some(columns), _) => leaves(evaluation, stage, columns, language),
        (None, Stage::Weighting) => weighting(evaluation, language),
        (None, Stage::Tiering) => tiering(evaluation, language),
        (None, _) => aggregation(evaluation, language),
    };
    Stage::ALL.into_iter().map(of).collect()
}

fn row_heads(language: Language) -> Vec<Head> {
    vec![
        Head::new("league", language.league()),
        Head::new("period", language.period()),
        Head::new("code", language.code()),
        Head::new("name", language.region()),
    ]
}

fn row_cells(evaluation: &Evaluation, row: usize, language: Language) -> Vec<Cell> {
    let study = evaluation.study();
    let slice = study.panel.slice_of(row);
    let region = &study.regions[study.panel.regions()[row].0 as usize];
    vec![
        Cell::text(&study.leagues[slice.league.0 as usize].code),
        Cell::text(&study.periods[slice.period.0 as usize].label),
        Cell::text(&region.code),
        Cell::text(region.name(language.tag())),
    ]
}

fn leaves(evaluation: &Evaluation, stage: Stage, columns: &[Column], language: Language) -> Table {
    let system = &evaluation.methodology().system;
    let mut heads = row_heads(language);
    for &leaf in system.leaves() {
        let node = system.node(leaf);
        heads.push(Head::number(node.code.clone(), node.name(language.tag()), 4));
    }
    let rows = (0..evaluation.study().panel.rows()).map(|row| {
        let mut cells = row_cells(evaluation, row, language);
        cells.extend(columns.iter().map(|c| Cell::Number(c.values()[row], c.state(row))));
        cells
    });
    Table { name: stage.name().into(), columns: heads, rows: rows.collect() }
}

fn weighting(evaluation: &Evaluation, language: Language) -> Table {
    let study = evaluation.study();
    let system = &evaluation.methodology().system;
    let columns = vec![
        Head::new("league", language.league()),
        Head::new("period", language.period()),
        Head::new("node", language.indicator()),
        Head::new("name", language.indicator()),
        Head::new("parent", "↑"),
        Head::number("weight", language.weight(), 4),
        Head::number("effective_weight", language.effective(), 4),
    ];
    let number = |x| Cell::Number(x, quanheng_core::model::State::Value);
    let mut rows = Vec::new();
    for (index, slice) in study.panel.slices().iter().enumerate() {
        let effective = evaluation.effective_weights(index);
        for (k, node) in system.nodes().iter().enumerate() {
            let parent = node.parent.map(|p| Cell::text(&system.node(p).code));
            rows.push(vec![
                Cell::text(&study.leagues[slice.league.0 as usize].code),
                Cell::text(&study.periods[slice.period.0 as usize].label),
                Cell::text(&node.code),
                Cell::text(node.name(language.tag())),
                parent.unwrap_or(Cell::Empty),
                number(evaluation.weights(index)[k]),
                number(effective[k]),
            ]);
        }
    }
    Table { name: Stage::Weighting.name().into(), columns, rows }
}

fn aggregation(evaluation: &Evaluation, language: Language) -> Table {
    let system = &evaluation.methodology().system;
    let mut nodes = system.inner().to_vec();
    nodes.sort();
    let mut columns = row_heads(language);
    for &id in &nodes {
        let node = system.node(id);
        let digits = ranking::digits(evaluation, id);
        columns.push(Head::number(node.code.clone(), node.name(language.tag()), digits));
    }
    let rows = (0..evaluation.study().panel.rows()).map(|row| {
        let mut cells = row_cells(evaluation, row, language);
        cells.extend(nodes.iter().map(|&node| ranking::score(evaluation, node, row)));
        cells
    });
    Table { name: Stage::Aggregation.name().into(), columns, rows: rows.collect() }
}

fn tiering(evaluation: &Evaluation, language: Language) -> Table {
    let root = evaluation.methodology().system.root();
    let mut columns = row_heads(language);
    columns.push(Head::new("rank", language.rank()));
    let digits = ranking::digits(evaluation, root);
    columns.push(Head::number("score", language.score(), digits));
    columns.push(Head::new("tier", language.tier()));
    let rows = (0..evaluation.study().panel.rows()).map(|row| {
        let mut cells = row_cells(evaluation, row, language);
        cells.push(Cell::Rank(evaluation.ranks()[row]));
        cells.push(ranking::score(evaluation, root, row));
        cells.push(ranking::tier(evaluation, row));
        cells
    });
    Table { name: Stage::Tiering.name().into(), columns, rows: rows.collect() }
}
