//! The least change of a region's cells that brings it to a rank or a tier.

use quanheng_core::evaluation::Evaluation;
use quanheng_core::model::{NodeId, State, System};
use quanheng_core::reach::{Goal, Limit, Move, Norm, Outcome, Proof, Reach, Reached, Still};
use quanheng_words::{Text, text, word};

use super::{Block, Cell, Columns, Importance, Language, Reader, Report, Table, number, ranking};

/// What is shown.
#[derive(Clone, Debug)]
pub struct View {
    /// The language.
    pub language: Language,
    /// Where the region is to come.
    pub goal: Goal,
    /// How a change is measured.
    pub norm: Norm,
    /// The fingerprint of everything the result was made from.
    pub fingerprint: String,
}

/// The change for a reader, with its proof and the moves of other regions.
pub fn report(evaluation: &Evaluation, row: usize, reach: &Reach, view: &View) -> Report {
    let language = view.language;
    let system = &evaluation.methodology().system;
    let mut report = Report::default();
    let line = |text: Text| Block::Line(text.render(language));
    report.blocks.push(Block::Heading(heading(evaluation, row, view)));
    let blocks = &mut report.blocks;
    match &reach.outcome {
        Outcome::Already => blocks.push(line(text!(reach_already))),
        Outcome::Reached(reached) => {
            let cells = reached.moves.len();
            let size = number::short(reached.size);
            let measure = measure(view.norm);
            blocks.push(line(text!(
                reach_least,
                size = size,
                measure = measure,
                n = cells,
                all = reach.movable
            )));
            blocks.push(Block::Table(moves(evaluation, &reached.moves, Reader::People, language)));
            blocks.push(line(proof(reached)));
            if let Some(needed) = reached.needed.filter(|needed| needed.is_finite()) {
                let own = evaluation.exact().values()[row];
                let (own, needed) = number::apart(own, needed);
                blocks.push(line(text!(reach_needed, own = own, needed = needed)));
            }
            blocks.push(line(text!(reach_proved)));
            blocks.push(Block::Table(ranks(
                evaluation,
                row,
                &reached.after,
                Reader::People,
                language,
            )));
        }
        Outcome::OutOfReach { proved, best, moves: limits } => {
            let at = place(evaluation, row, best).map_or(f64::NAN, |row| best.ranks()[row]);
            let rank = number::rank(at);
            blocks.push(line(match proved {
                true => text!(reach_cannot, rank = rank),
                false => text!(reach_not_found, rank = rank),
            }));
            blocks.push(Block::Table(moves(evaluation, limits, Reader::People, language)));
            blocks.push(line(text!(reach_proved)));
            blocks.push(Block::Table(ranks(evaluation, row, best, Reader::People, language)));
        }
    }
    if !reach.still.is_empty() {
        blocks.push(line(text!(reach_still, reasons = reasons(system, &reach.still))));
    }
    blocks.push(Block::Line(format!("{} {}", word!(label_made_from, language), view.fingerprint)));
    report
}

/// The same for files: the cells, the ranks of all regions that move, and what is known of the size.
pub fn tables(evaluation: &Evaluation, row: usize, reach: &Reach, view: &View) -> Vec<Table> {
    let language = view.language;
    let (after, changed) = match &reach.outcome {
        Outcome::Already => (evaluation, &[][..]),
        Outcome::Reached(reached) => (&reached.after, reached.moves.as_slice()),
        Outcome::OutOfReach { best, moves, .. } => (&**best, moves.as_slice()),
    };
    let (outcome, size, bound) = match &reach.outcome {
        Outcome::Already => ("already", Some(0.0), Some(0.0)),
        Outcome::Reached(reached) => match reached.proof {
            Proof::Linear { bound, .. } => ("linear", Some(reached.size), Some(bound)),
            Proof::Concave { bound } => ("concave", Some(reached.size), Some(bound)),
            Proof::Search { .. } => ("search", Some(reached.size), None),
        },
        Outcome::OutOfReach { proved: true, .. } => ("out_of_reach", None, None),
        Outcome::OutOfReach { proved: false, .. } => ("not_found", None, None),
    };
    let summary = Columns::<()>::new()
        .text("outcome", word!(label_outcome, language), move |()| outcome)
        .text("norm", word!(label_measure, language), |()| view.norm.word())
        .number("size", word!(label_size, language), move |()| size.map(Cell::number))
        .number("bound", word!(label_bound, language), move |()| bound.map(Cell::number))
        .table("reach", Reader::Files, [()]);
    vec![
        summary,
        moves(evaluation, changed, Reader::Files, language),
        ranks(evaluation, row, after, Reader::Files, language),
    ]
}

/// Why cells do not change, with the codes of their leaves.
pub fn reasons(system: &System, still: &[(NodeId, Still)]) -> Vec<Text> {
    let mut found: Vec<(Still, Vec<String>)> = Vec::new();
    for (leaf, why) in still {
        let code = system.node(*leaf).code.clone();
        match found.iter_mut().find(|(of, _)| of == why) {
            Some((_, codes)) => codes.push(code),
            None => found.push((*why, vec![code])),
        }
    }
    let said = |(why, codes): (Still, Vec<String>)| match why {
        Still::AsAsked => text!(reach_still_as_asked, codes = codes),
        Still::Best => text!(reach_still_best, codes = codes),
        Still::NoValue => text!(reach_still_no_value, codes = codes),
        Still::Constant => text!(reach_still_constant, codes = codes),
        Still::Formula => text!(reach_still_formula, codes = codes),
        Still::Shared => text!(reach_still_shared, codes = codes),
        Still::Denominator => text!(reach_still_denominator, codes = codes),
    };
    found.into_iter().map(said).collect()
}

/// The names of the tiers of the index, best first, in the league of a row; numbers where they have no names.
pub fn tier_labels(evaluation: &Evaluation, row: usize) -> Vec<String> {
    let labels = evaluation.tier_labels(row);
    if !labels.is_empty() {
        return labels.to_vec();
    }
    let seen = evaluation.tiers().iter().flatten().map(|at| usize::from(*at) + 1).max();
    let count = evaluation.tier_count(row).or(seen).unwrap_or(0);
    (1..=count).map(|at| at.to_string()).collect()
}

fn heading(evaluation: &Evaluation, row: usize, view: &View) -> String {
    let language = view.language;
    let study = evaluation.study();
    let slice = study.panel.slice_of(row);
    let region = &study.regions[study.panel.regions()[row].0 as usize];
    let root = evaluation.methodology().system.root();
    let ranked = slice.rows.clone().filter(|&r| !evaluation.ranks()[r].is_nan()).count();
    let goal = match view.goal {
        Goal::Rank(to) => {
            let from = number::rank(evaluation.ranks()[row]);
            format!("{} {from} → {} / {ranked}", word!(label_rank, language), number::rank(to))
        }
        Goal::Tier(to) => {
            let from = match ranking::tier(evaluation, root, row) {
                Cell::Tier { label, .. } => label,
                _ => String::new(),
            };
            let to = tier_labels(evaluation, row).get(to).cloned().unwrap_or_default();
            format!("{} {from} → {to}", word!(label_tier, language))
        }
    };
    let mut parts = vec![
        format!("{} {}", region.code, region.name(language.tag())),
        study.periods[slice.period.0 as usize].label.clone(),
        format!("{} {}", word!(label_methodology, language), evaluation.methodology().code),
        goal,
    ];
    parts.retain(|part| !part.is_empty());
    parts.join(" · ")
}

fn measure(norm: Norm) -> Text {
    match norm {
        Norm::Euclidean => text!(reach_measure_euclidean),
        Norm::Sum => text!(reach_measure_sum),
        Norm::Largest => text!(reach_measure_largest),
    }
}

/// What is known of smaller changes.
fn proof(reached: &Reached) -> Text {
    match reached.proof {
        Proof::Linear { bound, .. } => {
            let (bound, size) = number::apart(bound, reached.size);
            text!(reach_linear, bound = bound, size = size)
        }
        Proof::Concave { bound } => {
            let (bound, size) = number::apart(bound, reached.size);
            text!(reach_concave, bound = bound, size = size)
        }
        Proof::Search { evaluated } => text!(reach_search, n = evaluated),
    }
}

fn limit(limit: Limit) -> Text {
    match limit {
        Limit::Stated => text!(reach_limit_stated),
        Limit::Goalpost => text!(reach_limit_goalpost),
        Limit::Kind => text!(reach_limit_kind),
        Limit::Zero => text!(reach_limit_zero),
        Limit::Seen => text!(reach_limit_seen),
        Limit::Far => text!(reach_limit_far),
    }
}

/// The cells that change.
fn moves(evaluation: &Evaluation, moves: &[Move], reader: Reader, language: Language) -> Table {
    let system = &evaluation.methodology().system;
    let people = reader == Reader::People;
    let value = move |x: f64| match people {
        true => Cell::Text(number::short(x)),
        false => Cell::number(x),
    };
    let name = move |leaf: NodeId| {
        let node = system.node(leaf);
        match node.names.get(language.tag()) {
            Some(name) if people => format!("{} {name}", node.code),
            _ => node.code.clone(),
        }
    };
    Columns::<&Move>::new()
        .text("node", word!(label_indicator, language), move |of| name(of.leaf))
        .importance(Importance::Key)
        .text("column", word!(label_column, language), |of| of.column.clone())
        .only_for(Reader::Files)
        .number("from", word!(label_before, language), move |of| value(of.from))
        .number("to", word!(label_after, language), move |of| value(of.to))
        .number("change", word!(label_deviations, language), |of| Cell::number(of.change))
        .digits(3)
        .number("furthest", word!(label_furthest, language), move |of| value(of.furthest))
        .importance(Importance::Detail)
        .text("limit", word!(label_limit, language), move |of| limit(of.limit).render(language))
        .importance(Importance::Detail)
        .table("moves", reader, moves)
}

/// The row of the same region and period in another evaluation of the same data.
fn place(evaluation: &Evaluation, row: usize, after: &Evaluation) -> Option<usize> {
    let (before, panel) = (&evaluation.study().panel, &after.study().panel);
    let of = (before.regions()[row], before.periods()[row]);
    (0..panel.rows()).find(|&r| (panel.regions()[r], panel.periods()[r]) == of)
}

/// The region and all others of its league and period whose rank or tier changes, by the rank that they come to.
fn ranks(
    evaluation: &Evaluation,
    row: usize,
    after: &Evaluation,
    reader: Reader,
    language: Language,
) -> Table {
    let study = evaluation.study();
    let root = evaluation.methodology().system.root();
    let slice = study.panel.slice_of(row);
    let tier = |of: &Evaluation, row: usize| ranking::tier(of, root, row);
    let pairs = slice.rows.clone().map(|r| (r, place(evaluation, r, after)));
    let mut rows: Vec<(usize, Option<usize>)> = pairs
        .filter(|&(r, to)| {
            let rank = to.map_or(f64::NAN, |to| after.ranks()[to]);
            let same_rank = rank.to_bits() == evaluation.ranks()[r].to_bits();
            r == row || !same_rank || to.is_none_or(|to| evaluation.tiers()[r] != after.tiers()[to])
        })
        .collect();
    let rank_after = |to: Option<usize>| to.map_or(f64::NAN, |to| after.ranks()[to]);
    quanheng_core::number::sort_items(&mut rows, |a, b| {
        (a.0 != row).cmp(&(b.0 != row)).then(rank_after(a.1).total_cmp(&rank_after(b.1)))
    });
    let region = |r: usize| &study.regions[study.panel.regions()[r].0 as usize];
    let digits = ranking::digits(evaluation, root);
    let (rank, score) = (word!(label_rank, language), word!(label_score, language));
    let (before, then) = (word!(label_before, language), word!(label_after, language));
    let tiered = evaluation.tiers_of(root).is_some_and(|tiers| tiers.iter().any(Option::is_some));
    type Pair = (usize, Option<usize>);
    Columns::<Pair>::new()
        .text("code", word!(label_code, language), move |&(r, _)| &region(r).code)
        .importance(Importance::Detail)
        .text("name", word!(label_region, language), move |&(r, _)| region(r).name(language.tag()))
        .importance(Importance::Key)
        .number("rank_before", format!("{rank} {before}"), |&(r, _)| {
            Cell::Rank(evaluation.ranks()[r])
        })
        .number("rank_after", format!("{rank} {then}"), move |&(_, to)| Cell::Rank(rank_after(to)))
        .number("moved", "Δ", move |&(r, to)| Cell::Moved(evaluation.ranks()[r] - rank_after(to)))
        .number("score_before", format!("{score} {before}"), move |&(r, _)| {
            ranking::score(evaluation, root, r)
        })
        .digits(digits)
        .number("score_after", format!("{score} {then}"), move |&(_, to)| match to {
            Some(to) => ranking::score(after, root, to),
            None => Cell::Number(f64::NAN, State::Missing),
        })
        .digits(digits)
        .text("tier_before", format!("{} {before}", word!(label_tier, language)), move |&(r, _)| {
            tier(evaluation, r)
        })
        .only_if(tiered)
        .importance(Importance::Detail)
        .text("tier_after", format!("{} {then}", word!(label_tier, language)), move |&(_, to)| {
            to.map_or(Cell::Empty, |to| tier(after, to))
        })
        .only_if(tiered)
        .table("ranks", reader, rows)
}
