//! Every stage as a table: what `--out` writes.

use quanheng_core::evaluation::Evaluation;
use quanheng_core::method::Stage;
use quanheng_core::methodology::Part;
use quanheng_core::model::{Column, Node, Slice};
use quanheng_words::word;

use super::{Cell, Columns, Language, Reader, Table, changes, in_order, ranking, screening};

/// The tables of an evaluation, one for each stage, in the order of the stages; the ranking stands with its tiers in
/// the last. The regions that are left out for want of data stand in a table after them, where a methodology leaves out
/// any.
pub fn tables(evaluation: &Evaluation, language: Language) -> Vec<Table> {
    let of = |stage: Stage| match (evaluation.columns(stage), stage) {
        (Some(columns), _) => leaves(evaluation, stage, columns, language),
        (None, Stage::Weighting) => weighting(evaluation, language),
        (None, Stage::Tiering) => tiering(evaluation, language),
        (None, _) => aggregation(evaluation, language),
    };
    let labelled = |stage: Stage| of(stage).labelled(Part::of_stage(stage).word(language));
    let stages = Stage::ALL.into_iter().map(labelled);
    let ranks = ranks(evaluation, language).labelled(word!(book_result, language));
    let further = [
        Some(ranks),
        indicators(evaluation, language),
        screening::table(evaluation, language),
        Some(changes::table(evaluation, language)),
    ];
    stages.chain(further.into_iter().flatten()).collect()
}

fn league(evaluation: &Evaluation, slice: &Slice) -> String {
    evaluation.study().leagues[slice.league.0 as usize].code.clone()
}

fn period(evaluation: &Evaluation, slice: &Slice) -> String {
    evaluation.study().periods[slice.period.0 as usize].label.clone()
}

/// The columns that say which row of the panel a row is.
fn row_columns(evaluation: &Evaluation, language: Language) -> Columns<'_, usize> {
    region_columns(slice_columns(evaluation, language), evaluation, language)
}

fn slice_columns(evaluation: &Evaluation, language: Language) -> Columns<'_, usize> {
    let panel = &evaluation.study().panel;
    Columns::new()
        .text("league", word!(label_league, language), |&row| {
            league(evaluation, panel.slice_of(row))
        })
        .text("period", word!(label_period, language), |&row| {
            period(evaluation, panel.slice_of(row))
        })
}

fn region_columns<'a>(
    columns: Columns<'a, usize>,
    evaluation: &'a Evaluation,
    language: Language,
) -> Columns<'a, usize> {
    let panel = &evaluation.study().panel;
    let region = move |row: usize| &evaluation.study().regions[panel.regions()[row].0 as usize];
    columns.text("code", word!(label_code, language), move |&row| &region(row).code).text(
        "name",
        word!(label_region, language),
        move |&row| region(row).name(language.tag()),
    )
}

fn leaves(evaluation: &Evaluation, stage: Stage, values: &[Column], language: Language) -> Table {
    let system = &evaluation.methodology().system;
    let mut columns = row_columns(evaluation, language);
    for (&leaf, values) in system.leaves().iter().zip(values) {
        let node = system.node(leaf);
        let value = |&row: &usize| Cell::Number(values.values()[row], values.state(row));
        columns = columns.number(&node.code, node.name(language.tag()), value).digits(4);
    }
    columns.table(stage.name(), Reader::Files, 0..evaluation.study().panel.rows())
}

fn weighting(evaluation: &Evaluation, language: Language) -> Table {
    /// A node in a slice of the panel.
    struct Row<'e> {
        slice: &'e Slice,
        node: &'e Node,
        weight: f64,
        effective: f64,
    }
    let system = &evaluation.methodology().system;
    let slices = evaluation.study().panel.slices().iter().enumerate();
    let rows = slices.flat_map(|(index, slice)| {
        let weights = evaluation.weights(index).iter().zip(evaluation.effective_weights(index));
        let row = |(node, (&weight, effective))| Row { slice, node, weight, effective };
        system.nodes().iter().zip(weights).map(row).collect::<Vec<_>>()
    });
    Columns::<Row<'_>>::new()
        .text("league", word!(label_league, language), |row| league(evaluation, row.slice))
        .text("period", word!(label_period, language), |row| period(evaluation, row.slice))
        .text("node", word!(label_code, language), |row| &row.node.code)
        .text("name", word!(label_indicator, language), |row| row.node.name(language.tag()))
        .text("parent", word!(label_parent, language), |row| {
            row.node.parent.map(|parent| &system.node(parent).code)
        })
        .number("weight", word!(label_weight, language), |row| Cell::number(row.weight))
        .digits(4)
        .number("effective_weight", word!(label_effective, language), |row| {
            Cell::number(row.effective)
        })
        .digits(4)
        .table(Stage::Weighting.name(), Reader::Files, rows)
}

/// The nodes with what the tree says of them beyond their facts, a column for each head; none where it says nothing.
fn indicators(evaluation: &Evaluation, language: Language) -> Option<Table> {
    let system = &evaluation.methodology().system;
    let all = system.nodes().iter().flat_map(|node| node.notes.keys().map(String::as_str));
    let heads: indexmap::IndexSet<&str> = all.collect();
    if heads.is_empty() {
        return None;
    }
    let mut columns = Columns::<&Node>::new()
        .text("node", word!(label_code, language), |node| &node.code)
        .text("name", word!(label_indicator, language), |node| node.name(language.tag()))
        .text("unit", word!(label_unit, language), |node| {
            node.indicator.as_ref().map(|indicator| &indicator.unit)
        })
        .text("source", word!(label_source, language), |node| {
            node.indicator.as_ref().map(|indicator| &indicator.source)
        });
    for head in heads {
        columns = columns.text(head, head, move |node: &&Node| node.notes.get(head));
    }
    let table = columns.table("indicators", Reader::Files, system.nodes());
    Some(table.labelled(word!(label_indicators, language)))
}

fn aggregation(evaluation: &Evaluation, language: Language) -> Table {
    let system = &evaluation.methodology().system;
    let mut nodes = system.inner().to_vec();
    quanheng_core::number::sort_items(&mut nodes, Ord::cmp);
    let mut columns = row_columns(evaluation, language);
    for id in nodes {
        let node = system.node(id);
        let score = move |&row: &usize| ranking::score(evaluation, id, row);
        columns = columns
            .number(&node.code, node.name(language.tag()), score)
            .digits(ranking::digits(evaluation, id));
    }
    columns.table(Stage::Aggregation.name(), Reader::Files, 0..evaluation.study().panel.rows())
}

fn tiering(evaluation: &Evaluation, language: Language) -> Table {
    let root = evaluation.methodology().system.root();
    row_columns(evaluation, language)
        .number("rank", word!(label_rank, language), |&row| Cell::Rank(evaluation.ranks()[row]))
        .number("score", word!(label_score, language), |&row| ranking::score(evaluation, root, row))
        .digits(ranking::digits(evaluation, root))
        .text("tier", word!(label_tier, language), |&row| ranking::tier(evaluation, root, row))
        .table(Stage::Tiering.name(), Reader::Files, 0..evaluation.study().panel.rows())
}

/// The result in one wide table, slice by slice and by rank: the score, rank and, where it is cut, the tier of each region
/// by every node, from the index down.
fn ranks(evaluation: &Evaluation, language: Language) -> Table {
    let system = &evaluation.methodology().system;
    let root = system.root();
    let rated = system.node(root).full_marks.is_some();
    let mut columns =
        slice_columns(evaluation, language).number("rank", word!(label_rank, language), |&row| {
            Cell::Rank(evaluation.ranks()[row])
        });
    columns = region_columns(columns, evaluation, language)
        .number("score", word!(label_score, language), |&row| ranking::score(evaluation, root, row))
        .digits(ranking::digits(evaluation, root))
        .number("rate", word!(label_rate, language), |&row| {
            evaluation.rate_of_attainment(row, root).map(Cell::number)
        })
        .digits(4)
        .only_if(rated)
        .text("tier", word!(label_tier, language), |&row| ranking::tier(evaluation, root, row))
        .only_if(evaluation.methodology().tiering.is_some());
    for id in in_order(system, root).into_iter().skip(1) {
        let node = system.node(id);
        columns = columns
            .number(&node.code, node.name(language.tag()), move |&row: &usize| {
                ranking::score(evaluation, id, row)
            })
            .digits(ranking::digits(evaluation, id));
        columns = ranking::with_outcome(columns, evaluation, id, language, |&row| row);
    }
    let slices = evaluation.study().panel.slices().iter();
    let rows = slices.flat_map(|slice| ranking::by_rank(evaluation.ranks(), slice));
    columns.table(Part::Ranking.name(), Reader::Files, rows)
}
