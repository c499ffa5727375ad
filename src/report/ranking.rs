//! The ranking: one table for each league and period.

use std::borrow::Cow;

use quanheng_core::evaluation::Evaluation;
use quanheng_core::methodology::{RankOn, RankTies};
use quanheng_core::model::{LeagueIx, NodeId, PeriodIx, Slice, Summary};
use quanheng_core::number::Precision;
use quanheng_words::{Text, text, word};

use crate::case::Case;
use crate::project::{Marks, Metadata, Resolved};

use super::{
    Block, Cell, Columns, Importance, Language, Reader, Report, Table, in_order, joined, metadata,
    number, screening,
};

/// What a ranking shows.
#[derive(Clone, Debug)]
pub struct View<'a> {
    /// The language.
    pub language: Language,
    /// The periods; the last one of each league where none is given.
    pub periods: Option<&'a [PeriodIx]>,
    /// The leagues; all where none is given.
    pub leagues: Option<&'a [LeagueIx]>,
    /// The code of the node by which regions are ranked; the index where none is given, and for a system that lacks it.
    pub node: Option<&'a str>,
    /// Whether every node below it is shown, with its rank and tier, in place of its children alone.
    pub every_node: bool,
    /// How many of the best regions of each table are shown; those that share the last place are shown with it.
    pub top: Option<usize>,
    /// How many of the worst, likewise; all regions where neither is given.
    pub bottom: Option<usize>,
}

/// What stands around a ranking and is not part of the evaluation.
#[derive(Clone, Debug, Default)]
pub struct Frame {
    /// Where the data come from.
    pub source: String,
    /// What the project says of itself for those who cite it.
    pub metadata: Metadata,
    /// The fingerprint of everything the result was made from.
    pub fingerprint: String,
    /// How many regions belong to no league.
    pub left_out: usize,
    /// What of the project was not published.
    pub marks: Marks,
}

impl Frame {
    /// What stands around a case: its own sources. No figure of it is one of the project's.
    pub fn of_case(case: &Case) -> Frame {
        Frame { source: case.sources.join("; "), ..Frame::default() }
    }

    /// What stands around results of a project, with what of them was not published.
    pub fn of(project: &Resolved, marks: Marks) -> Frame {
        Frame {
            source: project.source.clone(),
            metadata: project.metadata.clone(),
            fingerprint: project.fingerprint.clone(),
            left_out: project.left_out,
            marks,
        }
    }
}

/// The regions as ranked by one node.
struct Ranked<'e> {
    evaluation: &'e Evaluation,
    node: NodeId,
    ranks: Cow<'e, [f64]>,
}

impl<'e> Ranked<'e> {
    fn new(evaluation: &'e Evaluation, node: NodeId) -> Self {
        let ranks = match node == evaluation.methodology().system.root() {
            true => Cow::Borrowed(evaluation.ranks()),
            false => Cow::Owned(evaluation.ranks_of(node)),
        };
        Ranked { evaluation, node, ranks }
    }
}

/// The rankings of an evaluation, each under a heading that says what it is.
pub fn report(evaluation: &Evaluation, view: &View<'_>, frame: &Frame) -> Report {
    let study = evaluation.study();
    let methodology = evaluation.methodology();
    let language = view.language;
    let title = study.title.get(language.tag()).unwrap_or_default().to_owned();
    let mut report = Report::default();
    let system = &methodology.system;
    let node = view.node.and_then(|code| system.find(code)).unwrap_or(system.root());
    let by = (node != system.root()).then(|| {
        let node = system.node(node);
        let name = node.names.get(language.tag());
        name.map_or(node.code.clone(), |name| format!("{} {name}", node.code))
    });
    let ranked = &Ranked::new(evaluation, node);
    for (index, slice) in shown(evaluation, view) {
        let period = &study.periods[slice.period.0 as usize].label;
        let league = &study.leagues[slice.league.0 as usize];
        let league = if study.leagues.len() > 1 {
            Some(league.names.get(language.tag()).unwrap_or(&league.code).to_owned())
        } else {
            None
        };
        let name = methodology.names.get(language.tag());
        let count = slice.rows.clone().filter(|&r| !ranked.ranks[r].is_nan()).count();
        let regions = text!(count_regions, n = count).render(language);
        let method = titled(&methodology.code, name, language);
        let by = by.clone();
        let parts =
            [Some(title.clone()), by, league, Some(period.clone()), Some(method), Some(regions)];
        let parts: Vec<String> = parts.into_iter().flatten().filter(|p| !p.is_empty()).collect();
        report.blocks.push(Block::Heading(parts.join(" · ")));
        let rows = by_rank(&ranked.ranks, slice);
        let kept = kept(ranked, &rows, view.top, view.bottom);
        let (shown, all) = (kept.len(), rows.len());
        let (digits, apart) = decimals(ranked, index, &kept);
        report.blocks.push(Block::Table(table(ranked, index, kept, digits, view)));
        if !apart {
            report.blocks.push(Block::Line(why_apart(ranked, language)));
        }
        report.blocks.extend(summary(ranked, slice, digits, view).map(Block::Table));
        if shown < all {
            report
                .blocks
                .push(Block::Line(text!(shown_of, shown = shown, all = all).render(language)));
        }
        let left_out = screening::line(evaluation, (slice.league, slice.period), language);
        report.blocks.extend(left_out.map(Block::Line));
        report.blocks.extend(without_data(evaluation, slice, language).map(Block::Line));
    }
    if frame.left_out > 0 {
        let words = text!(regions_in_no_league, n = frame.left_out);
        report.blocks.push(Block::Line(words.render(language)));
    }
    if !frame.source.is_empty() {
        report.blocks.push(Block::Line(format!(
            "{}: {}",
            word!(label_source, language),
            frame.source
        )));
    }
    let stated = metadata::cited(&frame.metadata, language);
    report.blocks.extend(stated.into_iter().map(Block::Line));
    if !frame.fingerprint.is_empty() {
        let words = format!("{} {}", word!(label_made_from, language), frame.fingerprint);
        report.blocks.push(Block::Line(words));
    }
    report
}

/// The regions of a league that have data in some period and none in this one; none where all have.
pub(super) fn without_data(
    evaluation: &Evaluation,
    slice: &Slice,
    language: Language,
) -> Option<String> {
    let study = evaluation.study();
    let regions = evaluation.without_data(slice);
    let names = regions.iter().map(|region| study.regions[region.0 as usize].name(language.tag()));
    let names: Vec<Text> = names.map(Text::plain).collect();
    let period = &study.periods[slice.period.0 as usize].label;
    let (count, regions_shown) = (names.len(), crate::note::listed(names.iter()));
    let line = match period.is_empty() {
        true => text!(without_data_alone, count = count, regions = regions_shown),
        false => text!(without_data, count = count, period = period, regions = regions_shown),
    };
    (!regions.is_empty()).then(|| line.render(language))
}

/// The rows of a slice by rank, those without one last.
pub(super) fn by_rank(ranks: &[f64], slice: &Slice) -> Vec<usize> {
    let mut rows: Vec<usize> = slice.rows.clone().collect();
    quanheng_core::number::sort_by_key(&mut rows, &|row| ranks[row]);
    rows
}

/// The first of the ordered rows and the last ranked ones, with those that share the rank at the cut.
fn kept(by: &Ranked<'_>, rows: &[usize], top: Option<usize>, bottom: Option<usize>) -> Vec<usize> {
    if top.is_none() && bottom.is_none() {
        return rows.to_vec();
    }
    let rank = |place: usize| by.ranks[rows[place]];
    let ranked = rows.iter().take_while(|&&row| !by.ranks[row].is_nan()).count();
    let mut head = top.unwrap_or(0).min(ranked);
    while head > 0 && head < ranked && rank(head) == rank(head - 1) {
        head += 1;
    }
    let mut tail = ranked - bottom.unwrap_or(0).min(ranked);
    while tail > 0 && tail < ranked && rank(tail - 1) == rank(tail) {
        tail -= 1;
    }
    let ranked = (0..ranked).filter(|&place| place < head || tail <= place);
    ranked.map(|place| rows[place]).collect()
}

/// The slices that a view shows, with their positions in the panel: every stated period, else each league's last.
fn shown<'e>(evaluation: &'e Evaluation, view: &View<'_>) -> Vec<(usize, &'e Slice)> {
    let slices = evaluation.study().panel.slices();
    let last =
        |slice: &Slice| slices.iter().filter(|s| s.league == slice.league).map(|s| s.period).max();
    let wanted = |slice: &Slice| {
        view.leagues.is_none_or(|leagues| leagues.contains(&slice.league))
            && match view.periods {
                Some(periods) => periods.contains(&slice.period),
                None => Some(slice.period) == last(slice),
            }
    };
    slices.iter().enumerate().filter(|(_, slice)| wanted(slice)).collect()
}

/// The ranking of some rows of one slice: rank, region, score, tier, the nodes below the ranked one, and the change of
/// rank since the period before.
fn table(
    ranked: &Ranked<'_>,
    slice: usize,
    rows: Vec<usize>,
    decimals: usize,
    view: &View<'_>,
) -> Table {
    let language = view.language;
    let &Ranked { evaluation, node: root, ref ranks } = ranked;
    let study = evaluation.study();
    let system = &evaluation.methodology().system;
    let slices = study.panel.slices();
    let before = period_before(evaluation, slice);
    let moves = before.map(|(before, _)| evaluation.moves(root, ranks, before, slice));
    let weights = evaluation.effective_weights(slice);
    let slice = &slices[slice];

    let rated = slice.rows.clone().any(|row| evaluation.rate_of_attainment(row, root).is_some());
    let tiers = evaluation.tiers_of(root);
    let tiered = tiers.is_some_and(|tiers| slice.rows.clone().any(|row| tiers[row].is_some()));
    let region = |row: usize| &study.regions[study.panel.regions()[row].0 as usize];
    let mut columns = Columns::new()
        .number("rank", word!(label_rank, language), |&row: &usize| Cell::Rank(ranks[row]))
        .importance(Importance::Key)
        .text("code", word!(label_code, language), |&row| &region(row).code)
        .importance(Importance::Detail)
        .text("name", word!(label_region, language), |&row| region(row).name(language.tag()))
        .importance(Importance::Key)
        .number("score", word!(label_score, language), |&row| score(evaluation, root, row))
        .digits(decimals)
        .number("rate", word!(label_rate, language), |&row| {
            evaluation.rate_of_attainment(row, root).map(Cell::number)
        })
        .digits(4)
        .only_if(rated)
        .text("tier", word!(label_tier, language), |&row| tier(evaluation, root, row))
        .only_if(tiered);
    let below = match view.every_node {
        true => in_order(system, root)[1..].to_vec(),
        false => system.node(root).children.clone(),
    };
    for part in below {
        let (node, weight) = (system.node(part), weights[part.index()]);
        let importance = Importance::OneOf(if weight.is_finite() { weight } else { 0.0 });
        columns = columns
            .number(&node.code, node.name(language.tag()), move |&row| score(evaluation, part, row))
            .digits(digits(evaluation, part))
            .importance(importance);
        if view.every_node {
            columns = with_outcome(columns, evaluation, part, language, |&row| row);
        }
    }
    if let Some((_, label)) = before {
        let label = text!(change_since, period = label).render(language);
        let first = slice.rows.start;
        columns = columns
            .number("change", label, move |&row| {
                let moved = moves.as_ref().map_or(f64::NAN, |moves| moves[row - first]);
                (!moved.is_nan()).then_some(Cell::Moved(moved))
            })
            .importance(Importance::Detail);
    }
    columns.table("ranking", Reader::People, rows)
}

/// What a league states of all its ranked regions together: a row for each kind of figure, with the columns of the
/// ranking. None where it states nothing of the nodes that are shown.
fn summary(by: &Ranked<'_>, slice: &Slice, digits: usize, view: &View<'_>) -> Option<Table> {
    let language = view.language;
    let evaluation = by.evaluation;
    let league = &evaluation.study().leagues[slice.league.0 as usize];
    let system = &evaluation.methodology().system;
    let below = match view.every_node {
        true => in_order(system, by.node)[1..].to_vec(),
        false => system.node(by.node).children.clone(),
    };
    let stated = |node: NodeId| {
        let code = &system.node(node).code;
        league.summary.iter().find(|(of, _)| of == code).map(|(_, by)| *by)
    };
    let nodes: Vec<NodeId> = [by.node].into_iter().chain(below).collect();
    let kinds: Vec<Summary> = [Summary::Mean, Summary::Sum]
        .into_iter()
        .filter(|kind| nodes.iter().any(|n| stated(*n) == Some(*kind)))
        .collect();
    if kinds.is_empty() {
        return None;
    }
    let mut columns = Columns::<Summary>::new()
        .text("summary", word!(label_of_all, language), |kind| match kind {
            Summary::Mean => word!(label_of_all_mean, language),
            Summary::Sum => word!(label_of_all_sum, language),
        })
        .importance(Importance::Key);
    for id in nodes {
        let (label, digits) = match id == by.node {
            true => (word!(label_score, language).to_owned(), digits),
            false => {
                (system.node(id).name(language.tag()).to_owned(), self::digits(evaluation, id))
            }
        };
        columns = columns
            .number(&system.node(id).code, label, move |kind| {
                let of = (stated(id) == Some(*kind)).then(|| evaluation.summary(id, slice, *kind));
                of.flatten().map(Cell::number)
            })
            .digits(digits);
    }
    Some(columns.table("summary", Reader::People, kinds))
}

/// The slice of the same league in the period before, and what that period is called.
pub(super) fn period_before(evaluation: &Evaluation, slice: usize) -> Option<(usize, &str)> {
    let study = evaluation.study();
    let slices = study.panel.slices();
    let before = slice.checked_sub(1)?;
    let period = &study.periods[slices[before].period.0 as usize];
    // A change means something between points in time, and nothing between life events.
    let is_before = slices[before].league == slices[slice].league && period.kind.is_time();
    is_before.then_some((before, period.label.as_str()))
}

/// The decimals at which the index is shown in a slice. `rows` are those of the slice by rank.
pub(super) fn shown_digits(evaluation: &Evaluation, slice: usize, rows: &[usize]) -> usize {
    let root = evaluation.methodology().system.root();
    decimals(&Ranked::new(evaluation, root), slice, rows).0
}

/// The decimals at which the scores of a node are shown in a slice. `rows` are those of the slice by rank.
pub(super) fn digits_apart(
    evaluation: &Evaluation,
    node: NodeId,
    slice: usize,
    rows: &[usize],
) -> usize {
    decimals(&Ranked::new(evaluation, node), slice, rows).0
}

/// Adds the rank of each row by a node, and its tier where the node is cut into tiers.
pub(super) fn with_outcome<'a, R>(
    columns: Columns<'a, R>,
    evaluation: &'a Evaluation,
    id: NodeId,
    language: Language,
    row: impl Fn(&R) -> usize + Copy + 'a,
) -> Columns<'a, R> {
    let node = evaluation.methodology().system.node(id);
    let ranks = evaluation.ranks_of(id);
    let label = |of: &str| format!("{} · {of}", node.name(language.tag()));
    columns
        .number(format!("{}_rank", node.code), label(word!(label_rank, language)), move |at| {
            Cell::Rank(ranks[row(at)])
        })
        .importance(Importance::OneOf(0.0))
        .text(format!("{}_tier", node.code), label(word!(label_tier, language)), move |at| {
            tier(evaluation, id, row(at))
        })
        .importance(Importance::OneOf(0.0))
        .only_if(evaluation.tiers_of(id).is_some())
}

/// The decimals at which the index is shown, and whether regions with different ranks then have different scores. As
/// many decimals are shown as that takes, unless the index is rounded, but none that the precision does not tell apart.
fn decimals(ranked: &Ranked<'_>, slice: usize, rows: &[usize]) -> (usize, bool) {
    let &Ranked { evaluation, node: root, ref ranks } = ranked;
    let methodology = evaluation.methodology();
    let scores = evaluation.scores(root).values();
    let apart = |digits: usize| {
        let same = |a: usize, b: usize| {
            number::fixed(scores[a], digits) == number::fixed(scores[b], digits)
        };
        let ranked = |pair: &[usize]| pair.iter().all(|&row| !ranks[row].is_nan());
        rows.windows(2)
            .filter(|pair| ranked(pair))
            .all(|pair| ranks[pair[0]] == ranks[pair[1]] || !same(pair[0], pair[1]))
    };
    let usual = digits(evaluation, root);
    if apart(usual) || methodology.rounding[root.index()].is_some() {
        return (usual, apart(usual));
    }
    let grid = evaluation.grid(root, slice, RankOn::Full);
    let most = grid.decimals().map_or(Precision::MOST as usize, |decimals| decimals as usize);
    match (usual..=most).find(|&digits| apart(digits)) {
        Some(digits) => (digits, true),
        None => (usual, false),
    }
}

/// Why regions that show the same score have different ranks.
fn why_apart(ranked: &Ranked<'_>, language: Language) -> String {
    let methodology = ranked.evaluation.methodology();
    let ranking = methodology.ranking.at(ranked.node);
    let rounded = methodology.rounding[ranked.node.index()].is_some();
    let mut why = Vec::new();
    match ranking.on {
        RankOn::Full if rounded => why.push(text!(apart_unrounded).render(language)),
        RankOn::Digits(n) => why.push(text!(apart_at_decimals, n = n).render(language)),
        RankOn::Full | RankOn::Rounded => {}
    }
    if let Some(node) = ranking.then {
        let node = methodology.system.node(node).name(language.tag());
        why.push(text!(apart_by_node, node = node).render(language));
    }
    if ranking.ties == RankTies::Ordinal {
        why.push(text!(apart_by_code).render(language));
    }
    text!(equal_scores_apart, why = joined(&why, language)).render(language)
}

/// A methodology by its code, and its title in brackets.
pub(super) fn titled(code: &str, title: Option<&str>, language: Language) -> String {
    let methodology = word!(label_methodology, language);
    match title {
        Some(title) => format!("{methodology} {code} ({title})"),
        None => format!("{methodology} {code}"),
    }
}

/// The score of a node for a row.
pub(super) fn score(evaluation: &Evaluation, node: NodeId, row: usize) -> Cell {
    let column = evaluation.scores(node);
    Cell::Number(column.values()[row], column.state(row))
}

/// The tier of a row by a node.
pub(super) fn tier(evaluation: &Evaluation, node: NodeId, row: usize) -> Cell {
    let Some(at) = evaluation.tiers_of(node).and_then(|tiers| tiers[row]) else {
        return Cell::Empty;
    };
    let at = usize::from(at);
    let labels = evaluation.tier_labels_of(node, row);
    let label = labels.get(at).cloned().unwrap_or_else(|| (at + 1).to_string());
    let of = labels.len().max(at + 1);
    Cell::Tier { at, of, label }
}

/// The decimals at which a node's scores are shown: those it is rounded to, else a usual number of them.
pub(super) fn digits(evaluation: &Evaluation, node: NodeId) -> usize {
    if let Some(rounding) = evaluation.methodology().rounding[node.index()] {
        return rounding.digits as usize;
    }
    let greatest = quanheng_core::number::extremes(evaluation.scores(node).values());
    number::usual_digits(
        greatest.map_or(0.0, |(low, high)| quanheng_core::number::max(low.abs(), high.abs())),
    )
}
