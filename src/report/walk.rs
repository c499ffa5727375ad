//! The walk of one region: from tier to score to aggregate to treated cell to raw cell and its source.

use quanheng_core::evaluation::{Evaluation, Screened};
use quanheng_core::method::FoundAt;
use quanheng_core::methodology::Across;
use quanheng_core::model::{Column, Indicator, Node, NodeId, State, System};
use quanheng_words::{text, word};

use super::{
    Block, Cell, Columns, Language, Reader, Report, Table, in_order, intermediate, number, ranking,
    screening,
};

/// Where a raw cell stands, in words, for a column of the data and a row of the panel.
pub type Places<'a> = dyn Fn(&str, usize) -> Option<String> + 'a;

/// How the score of the region in `row` came about, with the intermediate results of the methods.
pub fn report(
    evaluation: &Evaluation,
    found: &[FoundAt],
    row: usize,
    language: Language,
    places: &Places<'_>,
) -> Report {
    let mut report = Report::default();
    report.blocks.push(Block::Heading(heading(evaluation, row, language)));
    let weights = Weights::new(evaluation, found, row);
    report.blocks.push(Block::Table(tree(evaluation, &weights, row, language)));
    report.blocks.extend(weights.lines(evaluation, language));
    report.blocks.push(Block::Table(cells(evaluation, row, language, places)));
    let system = &evaluation.methodology().system;
    report.blocks.extend(notes(system, language).map(Block::Table));
    report.blocks.extend(intermediate::of_row(evaluation, found, row, language));
    report
}

/// Why a region is left out of a period.
pub fn left_out(evaluation: &Evaluation, screened: &Screened, language: Language) -> Report {
    let study = evaluation.study();
    let region = &study.regions[screened.region.0 as usize];
    let mut parts = vec![
        format!("{} {}", region.code, region.name(language.tag())),
        study.periods[screened.period.0 as usize].label.clone(),
        format!("{} {}", word!(label_methodology, language), evaluation.methodology().code),
    ];
    parts.retain(|part| !part.is_empty());
    let of = (screened.league, screened.period);
    let why = text!(screened_alone, why = screening::why(screened)).render(language);
    let all = screening::line(evaluation, of, language);
    let blocks = [Block::Heading(parts.join(" · ")), Block::Line(why)];
    Report { blocks: blocks.into_iter().chain(all.map(Block::Line)).collect() }
}

fn heading(evaluation: &Evaluation, row: usize, language: Language) -> String {
    let study = evaluation.study();
    let methodology = evaluation.methodology();
    let slice = study.panel.slice_of(row);
    let region = &study.regions[study.panel.regions()[row].0 as usize];
    let ranked = slice.rows.clone().filter(|&r| !evaluation.ranks()[r].is_nan()).count();
    let place = match evaluation.ranks()[row] {
        rank if rank.is_nan() => word!(label_unranked, language).to_owned(),
        rank => format!("{} {} / {ranked}", word!(label_rank, language), number::rank(rank)),
    };
    let mut parts = vec![
        format!("{} {}", region.code, region.name(language.tag())),
        study.periods[slice.period.0 as usize].label.clone(),
        format!("{} {}", word!(label_methodology, language), methodology.code),
        place,
    ];
    if let Cell::Tier { label, .. } =
        ranking::tier(evaluation, evaluation.methodology().system.root(), row)
    {
        parts.push(format!("{} {label}", word!(label_tier, language)));
    }
    // Data without periods have one without a label.
    parts.retain(|part| !part.is_empty());
    parts.join(" · ")
}

/// The tree from the index down: score, weight, what it adds to its parent under an arithmetic mean, full marks.
fn tree(evaluation: &Evaluation, weights: &Weights, row: usize, language: Language) -> Table {
    let methodology = evaluation.methodology();
    let system = &methodology.system;
    let marked = system.nodes().iter().any(|n| n.full_marks.is_some());
    let name = |node: &Node| match node.names.get(language.tag()) {
        Some(name) => format!("{}{} {name}", "  ".repeat(node.depth), node.code),
        None => format!("{}{}", "  ".repeat(node.depth), node.code),
    };
    let method = |id: NodeId| method(evaluation, id, language);
    let nodes = in_order(system, system.root());
    let panel = &evaluation.study().panel;
    let (slice, place) = (panel.slice_at(row), row - panel.slice_of(row).rows.start);
    let rank = |id| evaluation.ranks_in(NodeId(id), slice)[place];
    let ranks: Vec<f64> = (0..system.nodes().len() as u32).map(rank).collect();
    let tiered = |id: &NodeId| *id != system.root() && evaluation.tiers_of(*id).is_some();
    let tiered = nodes.iter().any(tiered);
    Columns::<NodeId>::new()
        .text("node", word!(label_indicator, language), |&id| name(system.node(id)))
        .number("score", word!(label_score, language), |&id| ranking::score(evaluation, id, row))
        .digits(4)
        .number("rank", word!(label_rank, language), |id| Cell::Rank(ranks[id.index()]))
        .text("tier", word!(label_tier, language), |&id| ranking::tier(evaluation, id, row))
        .only_if(tiered)
        .number("weight", word!(label_weight, language), |id| weights.of[id.index()])
        .digits(4)
        .number("effective_weight", word!(label_effective, language), |id| {
            weights.effective[id.index()]
        })
        .digits(4)
        .text("method", word!(label_method, language), |&id| method(id))
        .text("full_marks", word!(label_full_marks, language), |&id| {
            evaluation.node_at(row, id).full_marks.map(number::short)
        })
        .only_if(marked)
        .text("rate", word!(label_rate, language), |&id| {
            let rate = evaluation.rate_of_attainment(row, id);
            rate.map(|rate| format!("{}%", number::fixed(100.0 * rate, 1)))
        })
        .only_if(marked)
        .table("tree", Reader::People, nodes)
}

/// The method by which the scores of a node come about: for a leaf its normalisation, else its aggregation.
pub(super) fn method(evaluation: &Evaluation, id: NodeId, language: Language) -> String {
    let methodology = evaluation.methodology();
    let node = methodology.system.node(id);
    match (&node.indicator, &node.published) {
        (Some(_), _) => methodology.normalisation.at(id).name.clone(),
        (None, Some(column)) => text!(method_published, column = column).render(language),
        (None, None) => match methodology.aggregation.at(id) {
            choice if choice.across == Across::Leaves => {
                text!(method_across_leaves, method = &choice.name).render(language)
            }
            choice => choice.name.clone(),
        },
    }
}

/// The weights by which the nodes count for a region; none where they do not count by weights.
struct Weights {
    of: Vec<Option<f64>>,
    effective: Vec<Option<f64>>,
    /// The nodes whose children do not count by the weights of the weighting, and whether their method found others.
    others: Vec<(NodeId, bool)>,
}

impl Weights {
    fn new(evaluation: &Evaluation, found: &[FoundAt], row: usize) -> Weights {
        let panel = &evaluation.study().panel;
        let index = panel.slice_at(row);
        let methodology = evaluation.methodology();
        let system = &methodology.system;
        let some = |weights: &[f64]| weights.iter().map(|w| Some(*w)).collect::<Vec<_>>();
        let mut weights = Weights {
            of: some(evaluation.weights(index)),
            effective: some(&evaluation.effective_weights(index)),
            others: Vec::new(),
        };
        // Where the index is made of all leaves at once, what stands between has no effect on it.
        let root = system.root();
        let whole = methodology.aggregation.at(root).across == Across::Leaves;
        // From the root down: what a weight is in the whole is not known below a node without weights.
        for &node in system.inner().iter().rev() {
            let own = intermediate::found_weights(found, node, row);
            let counts = own.is_none() && methodology.aggregation.at(node).method.uses_weights();
            if !counts {
                weights.others.push((node, own.is_some()));
            }
            for child in methodology.put_together(node).iter() {
                if !counts {
                    let of = own.iter().flatten().find(|(id, _)| id == child);
                    weights.of[child.index()] = of.map(|(_, w)| *w).filter(|w| !w.is_nan());
                }
                if (!counts || weights.effective[node.index()].is_none())
                    && (!whole || node == root)
                {
                    weights.effective[child.index()] = None;
                }
            }
        }
        weights
    }

    /// Which weights are not those of the weighting.
    fn lines(&self, evaluation: &Evaluation, language: Language) -> Vec<Block> {
        let methodology = evaluation.methodology();
        let line = |(node, is_found): &(NodeId, bool)| {
            let method = &methodology.aggregation.at(*node).name;
            let code = &methodology.system.node(*node).code;
            let words = match is_found {
                true => text!(weights_found, node = code, method = method),
                false => text!(weights_unused, node = code, method = method),
            };
            Block::Line(words.render(language))
        };
        self.others.iter().map(line).collect()
    }
}

/// The values of a leaf on their way: those of the data, of the indicator, and after each stage up to the treatment.
struct Leaf<'e> {
    code: &'e str,
    indicator: &'e Indicator,
    /// The columns of the data that it is made from.
    names: Vec<&'e str>,
    /// Its own column of the data; a leaf that a formula makes from several has none.
    raw: Option<&'e Column>,
    stages: [&'e Column; 3],
    normalised: &'e Column,
}

impl<'e> Leaf<'e> {
    fn all(evaluation: &'e Evaluation) -> Vec<Leaf<'e>> {
        let system = &evaluation.methodology().system;
        let leaves = system.leaves().iter().enumerate().map(|(k, &leaf)| {
            let node = system.node(leaf);
            let indicator = node.indicator.as_ref().expect("a leaf has an indicator");
            let names: Vec<&str> = indicator.columns(&node.code);
            let own = names.first().filter(|_| indicator.derivation.is_none());
            Leaf {
                code: &node.code,
                raw: own.and_then(|name| evaluation.study().columns.get(*name)),
                indicator,
                names,
                stages: [
                    evaluation.indicators().column(k),
                    &evaluation.complete().columns()[k],
                    &evaluation.treated().columns()[k],
                ],
                normalised: &evaluation.normalised().columns()[k],
            }
        });
        leaves.collect()
    }

    /// The value after a stage, the raw value being before the first. A stage that changed nothing says so by a blank,
    /// so that changes stand out.
    fn after(&self, stage: usize, row: usize) -> Cell {
        let now = self.stages[stage];
        let before = match stage {
            0 => self.raw,
            _ => Some(self.stages[stage - 1]),
        };
        let is_same = |before: &Column| {
            before.state(row) == now.state(row)
                && (before.values()[row] == now.values()[row] || now.values()[row].is_nan())
        };
        if before.is_some_and(is_same) { Cell::Empty } else { value(now, row) }
    }

    /// Where its raw cells stand.
    fn place(&self, row: usize, places: &Places<'_>) -> Option<String> {
        let mut at: Vec<String> = self.names.iter().filter_map(|name| places(name, row)).collect();
        at.dedup();
        match self.indicator.derivation {
            None => at.first().cloned(),
            Some(_) => Some(format!("{}: {}", self.names.join(", "), at.join(", "))),
        }
    }
}

/// The value of a cell, or why there is none.
pub(super) fn value(column: &Column, row: usize) -> Cell {
    match column.state(row) {
        State::Value => Cell::Text(number::short(column.values()[row])),
        absent => Cell::Number(f64::NAN, absent),
    }
}

/// Every leaf from its raw cell to its score.
fn cells(evaluation: &Evaluation, row: usize, language: Language, places: &Places<'_>) -> Table {
    let leaves = Leaf::all(evaluation);
    let sourced = leaves.iter().any(|leaf| !leaf.indicator.source.is_empty());
    Columns::<Leaf<'_>>::new()
        .text("leaf", word!(label_indicator, language), |leaf| leaf.code)
        .text("raw", word!(label_raw, language), |leaf| leaf.raw.map(|raw| value(raw, row)))
        .text("indicator", word!(label_indicator_value, language), |leaf| leaf.after(0, row))
        .text("complete", word!(label_complete, language), |leaf| leaf.after(1, row))
        .text("treated", word!(label_treated, language), |leaf| leaf.after(2, row))
        .number("normalised", word!(label_normalised, language), |leaf| {
            Cell::Number(leaf.normalised.values()[row], leaf.normalised.state(row))
        })
        .digits(4)
        .text("unit", word!(label_unit, language), |leaf| &leaf.indicator.unit)
        .text("place", word!(label_place, language), |leaf| leaf.place(row, places))
        .text("source", word!(label_source, language), |leaf| &leaf.indicator.source)
        .only_if(sourced)
        .table("cells", Reader::People, leaves)
}

/// What the tree says of its nodes beyond their facts: definitions, sources, the reasons for goalposts.
pub(super) fn notes(system: &System, language: Language) -> Option<Table> {
    let all = system.nodes().iter().flat_map(|node| {
        node.notes.iter().map(move |(head, text)| (node, head.as_str(), text.as_str()))
    });
    let all: Vec<_> = all.collect();
    let table = || {
        Columns::<(&Node, &str, &str)>::new()
            .text("node", word!(label_indicator, language), |(node, ..)| &node.code)
            .text("head", word!(label_note_head, language), |(_, head, _)| *head)
            .text("text", word!(label_note_text, language), |(.., text)| *text)
            .table("notes_of_indicators", Reader::People, all.iter().copied())
    };
    (!all.is_empty()).then(table)
}
