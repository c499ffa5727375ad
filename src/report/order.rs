//! Weights that give a stated order of regions, or the proof that no weights give it.

use quanheng_core::evaluation::Evaluation;
use quanheng_core::model::NodeId;
use quanheng_core::preference::{Answer, Contradiction, Held, NoScores, Order, Weighed};
use quanheng_words::{Text, text, word};

use super::{Block, Cell, Columns, Importance, Language, Reader, Report, Table, number, ranking};

/// What is shown.
#[derive(Clone, Debug)]
pub struct View {
    /// The language.
    pub language: Language,
    /// For each statement the line of the file in which it stands.
    pub lines: Vec<usize>,
    /// The lines that give a project file a methodology with the weights that were found.
    pub pasted: Vec<String>,
    /// The fingerprint of everything the result was made from.
    pub fingerprint: String,
}

/// The regions that people see at most, beside those that are stated.
const SHOWN: usize = 60;

/// The answer for a reader, with its proof, the ranking and the lines for the project file.
pub fn report(evaluation: &Evaluation, order: &Order, view: &View) -> Report {
    let language = view.language;
    let mut report = Report::default();
    let line = |text: Text| Block::Line(text.render(language));
    report.blocks.push(Block::Heading(heading(evaluation, order, view)));
    let blocks = &mut report.blocks;
    let n = order.question.comparisons.len();
    match &order.answer {
        Answer::Weights { margin, bound, .. } => {
            blocks.push(line(text!(order_found, n = n)));
            if margin.is_finite() {
                let (margin, bound) = (number::short(*margin), number::short(*bound));
                blocks.push(line(match order.scored.is_score {
                    true => text!(order_margin, margin = margin, bound = bound),
                    false => text!(order_margin_of_function, margin = margin, bound = bound),
                }));
            }
        }
        Answer::Contradiction(found) => {
            blocks.push(line(text!(order_none, n = n, part = found.parts.len())));
            blocks.push(Block::Table(proof(evaluation, order, found, view, Reader::People)));
            blocks.push(line(sum(order, found)));
            blocks.push(line(text!(order_verified)));
            if order.proof.is_some() {
                blocks.push(line(text!(order_nearest)));
            }
        }
        Answer::Undecided => blocks.push(line(text!(order_undecided))),
        Answer::NoWeights => {}
    }
    if let Some(proof) = &order.proof {
        blocks.push(Block::Table(weights(evaluation, order, proof, view, Reader::People)));
        blocks.push(line(text!(order_statements)));
        blocks.push(Block::Table(statements(evaluation, order, proof, view, Reader::People)));
        blocks.push(line(text!(order_proved)));
        blocks.push(Block::Table(ranks(evaluation, order, proof, view, Reader::People)));
        let by_score = proof.held.iter().filter(|held| held.by_score).count();
        let by_rank = proof.held.iter().filter(|held| held.by_rank).count();
        blocks.push(line(match by_rank == n {
            true => text!(order_all_hold, n = n),
            false => text!(order_some_hold, n = n, by_score = by_score, by_rank = by_rank),
        }));
        blocks.push(line(text!(order_paste)));
        blocks.extend(view.pasted.iter().cloned().map(Block::Line));
    }
    blocks.push(Block::Line(format!("{} {}", word!(label_made_from, language), view.fingerprint)));
    report
}

/// The same for files.
pub fn tables(evaluation: &Evaluation, order: &Order, view: &View) -> Vec<Table> {
    let language = view.language;
    let (outcome, margin, bound) = match &order.answer {
        Answer::Weights { margin, bound, .. } => ("weights", Some(*margin), Some(*bound)),
        Answer::Contradiction(found) => ("contradiction", None, Some(found.greatest)),
        Answer::NoWeights => ("no_weights", None, None),
        Answer::Undecided => ("undecided", None, None),
    };
    let finite = |x: Option<f64>| x.filter(|x| x.is_finite()).map(Cell::number);
    let mut tables = vec![
        Columns::<()>::new()
            .text("outcome", word!(label_outcome, language), move |()| outcome)
            .number("margin", word!(label_margin, language), move |()| finite(margin))
            .number("bound", word!(label_bound, language), move |()| finite(bound))
            .table("order", Reader::Files, [()]),
    ];
    if let Answer::Contradiction(found) = &order.answer {
        tables.push(proof(evaluation, order, found, view, Reader::Files));
    }
    if let Some(proof) = &order.proof {
        tables.push(weights(evaluation, order, proof, view, Reader::Files));
        tables.push(statements(evaluation, order, proof, view, Reader::Files));
        tables.push(ranks(evaluation, order, proof, view, Reader::Files));
    }
    tables
}

/// Why the score of a node is not a weighted sum.
pub fn reason(evaluation: &Evaluation, why: &NoScores, language: Language) -> Text {
    let system = &evaluation.methodology().system;
    let code = |node: NodeId| system.node(node).code.clone();
    let region = |row: usize| name(evaluation, row, language);
    match *why {
        NoScores::Leaf => text!(order_why_leaf),
        NoScores::OneChild => text!(order_why_one_child),
        NoScores::Published { node } => text!(order_why_published, node = code(node)),
        NoScores::Method { node } => {
            let method = &evaluation.methodology().aggregation.at(node).name;
            text!(order_why_method, node = code(node), method = method)
        }
        NoScores::WeighsLeaves => text!(order_why_leaves),
        NoScores::Rounded { node } => text!(order_why_rounded, node = code(node)),
        NoScores::Absent { row, node } => {
            text!(order_why_absent, region = region(row), node = code(node))
        }
        NoScores::OutOfDomain { row, node } => {
            text!(order_why_domain, region = region(row), node = code(node))
        }
    }
}

fn heading(evaluation: &Evaluation, order: &Order, view: &View) -> String {
    let language = view.language;
    let study = evaluation.study();
    let system = &evaluation.methodology().system;
    let slice = study.panel.slice_of(order.rows[0]);
    let node = order.question.node;
    let mut parts = vec![
        word!(order_heading, language).to_owned(),
        label(evaluation, node, language),
        study.periods[slice.period.0 as usize].label.clone(),
        format!("{} {}", word!(label_methodology, language), evaluation.methodology().code),
    ];
    if node == system.root() {
        parts.remove(1);
    }
    parts.retain(|part| !part.is_empty());
    parts.join(" · ")
}

/// A node as people know it.
fn label(evaluation: &Evaluation, node: NodeId, language: Language) -> String {
    let node = evaluation.methodology().system.node(node);
    match node.names.get(language.tag()) {
        Some(name) if name != node.code => format!("{} {name}", node.code),
        _ => node.code.clone(),
    }
}

/// The region of a row as people know it.
fn name(evaluation: &Evaluation, row: usize, language: Language) -> String {
    let study = evaluation.study();
    study.regions[study.panel.regions()[row].0 as usize].name(language.tag()).to_owned()
}

/// A statement as people read it.
fn said(evaluation: &Evaluation, order: &Order, statement: usize, language: Language) -> String {
    let stated = &order.question.comparisons[statement];
    let (better, worse) =
        (name(evaluation, stated.better, language), name(evaluation, stated.worse, language));
    format!("{better} {} {worse}", if stated.equal { "=" } else { ">" })
}

/// What the sum of a contradiction says.
fn sum(order: &Order, found: &Contradiction) -> Text {
    let strict = |(c, _): &&(usize, f64)| !order.question.comparisons[*c].equal;
    let has_strict = found.parts.iter().any(|part| strict(&part));
    let greatest = number::short(found.greatest);
    match (found.for_all_weights, has_strict) {
        (true, true) => text!(order_sum, greatest = greatest),
        (true, false) => text!(order_sum_of_ties, greatest = greatest),
        (false, true) => text!(order_sum_within, greatest = greatest),
        (false, false) => text!(order_sum_of_ties_within, greatest = greatest),
    }
}

/// The statements that contradict each other, each with its multiplier and its part at each child, and their sum.
fn proof(
    evaluation: &Evaluation,
    order: &Order,
    found: &Contradiction,
    view: &View,
    reader: Reader,
) -> Table {
    let language = view.language;
    let at = |row: usize| order.rows.iter().position(|r| *r == row).expect("a row that is named");
    let part = move |statement: usize, times: f64, child: usize| {
        let stated = &order.question.comparisons[statement];
        let scores = &order.scored.scores;
        times * (scores[at(stated.better)][child] - scores[at(stated.worse)][child])
    };
    let people = reader == Reader::People;
    let shown = move |x: f64| match people {
        true => Cell::Text(number::short(x)),
        false => Cell::number(x),
    };
    let rows = found.parts.iter().copied().map(Some).chain([None]);
    let mut columns = Columns::<Option<(usize, f64)>>::new()
        .number("times", word!(label_times, language), move |row| {
            row.map_or(Cell::Empty, |(_, times)| shown(times))
        })
        .text("statement", word!(label_statement, language), move |row| match row {
            Some((statement, _)) => said(evaluation, order, *statement, language),
            None => word!(label_sum, language).to_owned(),
        })
        .importance(Importance::Key)
        .number("line", word!(label_line, language), move |row| {
            row.map(|(statement, _)| view.lines[statement])
        });
    for (child, node) in order.scored.nodes.iter().enumerate() {
        let code = evaluation.methodology().system.node(*node).code.clone();
        let combined = found.combined[child];
        columns = columns
            .number(code.clone(), code, move |row| match row {
                Some((statement, times)) => shown(part(*statement, *times, child)),
                None => shown(combined),
            })
            .importance(Importance::OneOf(combined.abs()));
    }
    columns.table("proof", reader, rows)
}

/// The weights before and after.
fn weights(
    evaluation: &Evaluation,
    order: &Order,
    proof: &Weighed,
    view: &View,
    reader: Reader,
) -> Table {
    let language = view.language;
    let before = order.weights_before(evaluation);
    let people = reader == Reader::People;
    let node = move |id: NodeId| match people {
        true => label(evaluation, id, language),
        false => evaluation.methodology().system.node(id).code.clone(),
    };
    let weight = word!(label_weight, language);
    let rows: Vec<(NodeId, f64, f64)> = (order.scored.nodes.iter().zip(before).zip(&proof.weights))
        .map(|((id, before), after)| (*id, before, *after))
        .collect();
    Columns::<(NodeId, f64, f64)>::new()
        .text("node", word!(label_part, language), move |row| node(row.0))
        .number("before", format!("{weight} {}", word!(label_before, language)), |row| {
            Cell::number(row.1)
        })
        .digits(4)
        .number("after", format!("{weight} {}", word!(label_after, language)), |row| {
            Cell::number(row.2)
        })
        .digits(4)
        .table("weights", reader, rows)
}

/// Each statement, by how much it holds before and after, and which of them are the tightest.
fn statements(
    evaluation: &Evaluation,
    order: &Order,
    proof: &Weighed,
    view: &View,
    reader: Reader,
) -> Table {
    let language = view.language;
    let before = order.held_before(evaluation);
    let people = reader == Reader::People;
    // Scores that count as equal may differ in their last bits.
    let shown = move |statement: usize, held: Held| {
        let is_tie = order.question.comparisons[statement].equal && held.by_score;
        match people {
            true => Cell::Text(number::short(if is_tie { 0.0 } else { held.difference })),
            false => Cell::number(held.difference),
        }
    };
    let holds = move |held: Held| match (held.by_rank, held.by_score) {
        (true, _) => word!(order_holds, language),
        (false, true) => word!(order_holds_by_score, language),
        (false, false) => word!(order_holds_not, language),
    };
    let rows: Vec<(usize, Held, Held)> = (before.into_iter().zip(&proof.held).enumerate())
        .map(|(k, (before, after))| (k, before, *after))
        .collect();
    let difference = word!(label_difference, language);
    Columns::<(usize, Held, Held)>::new()
        .text("statement", word!(label_statement, language), move |row| {
            said(evaluation, order, row.0, language)
        })
        .importance(Importance::Key)
        .number("line", word!(label_line, language), move |row| view.lines[row.0])
        .importance(Importance::Detail)
        .number(
            "difference_before",
            format!("{difference} {}", word!(label_before, language)),
            move |row| shown(row.0, row.1),
        )
        .number(
            "difference_after",
            format!("{difference} {}", word!(label_after, language)),
            move |row| shown(row.0, row.2),
        )
        .text("before", word!(label_before, language), move |row| holds(row.1))
        .text("after", word!(label_after, language), move |row| holds(row.2))
        .table("statements", reader, rows)
}

/// The regions of the league and period by the rank that the weights give them. People see those that are stated, and the
/// others as far as there is room.
fn ranks(
    evaluation: &Evaluation,
    order: &Order,
    proof: &Weighed,
    view: &View,
    reader: Reader,
) -> Table {
    let language = view.language;
    let study = evaluation.study();
    let node = order.question.node;
    let at = study.panel.slice_at(order.rows[0]);
    let rows = study.panel.slices()[at].rows.clone();
    let (before, after) = (evaluation.ranks_in(node, at), proof.after.ranks_in(node, at));
    let start = rows.start;
    let places = order.places();
    let place = move |row: usize| {
        let known = order.rows.iter().position(|r| *r == row)?;
        places.as_ref().map(|places| places[known])
    };
    let is_stated = |row: &usize| order.rows.contains(row);
    let mut shown: Vec<usize> = match reader == Reader::People && rows.len() > SHOWN {
        true => rows.clone().filter(is_stated).collect(),
        false => rows.clone().collect(),
    };
    quanheng_core::number::sort_items(&mut shown, |a, b| {
        after[a - start].total_cmp(&after[b - start]).then(a.cmp(b))
    });
    let region = |row: usize| &study.regions[study.panel.regions()[row].0 as usize];
    let digits = ranking::digits(evaluation, node);
    let (rank, score) = (word!(label_rank, language), word!(label_score, language));
    let (was, is) = (word!(label_before, language), word!(label_after, language));
    let moved = |row: usize| before[row - start] - after[row - start];
    Columns::<usize>::new()
        .number("stated", word!(label_stated, language), move |&row| place(row))
        .text("code", word!(label_code, language), move |&row| &region(row).code)
        .importance(Importance::Detail)
        .text("name", word!(label_region, language), move |&row| region(row).name(language.tag()))
        .importance(Importance::Key)
        .number("rank_before", format!("{rank} {was}"), |&row| Cell::Rank(before[row - start]))
        .number("rank_after", format!("{rank} {is}"), |&row| Cell::Rank(after[row - start]))
        .number("moved", "Δ", move |&row| Cell::Moved(moved(row)))
        .number("score_before", format!("{score} {was}"), move |&row| {
            ranking::score(evaluation, node, row)
        })
        .digits(digits)
        .number("score_after", format!("{score} {is}"), move |&row| {
            ranking::score(&proof.after, node, row)
        })
        .digits(digits)
        .table("ranks", reader, shown)
}
