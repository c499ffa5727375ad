//! Why regions move: the shares of the differences, and the causes within each share.

use quanheng_core::evaluation::EvaluationError;
use quanheng_core::explanation::{
    Cause, Change, Contribution, Explanation, Figure, Fraction, Impossible, NoSplit, Other,
    Refused, Rival, Share, Split, printed, printed_parts,
};
use quanheng_core::methodology::{ContractProblem, Part, Shown};
use quanheng_core::model::{RegionIx, State, System};
use quanheng_words::{Text, text, word};

use crate::problem;
use crate::project::of_contract;

use super::{
    Block, Cell, Columns, Importance, Language, Reader, Report, Table, joined as joined_list,
    number, ranking,
};

/// What is shown.
#[derive(Clone, Debug)]
pub struct View {
    /// The language.
    pub language: Language,
    /// What the two sides are called.
    pub labels: [String; 2],
    /// How many causes are shown within a share; the others are shown as one.
    pub causes: usize,
    /// The fingerprint of everything the result was made from.
    pub fingerprint: String,
}

/// The change of one region, for a reader.
pub fn report(explanation: &Explanation, change: &Change, view: &View) -> Report {
    let mut report = Report::default();
    report.blocks.push(Block::Heading(heading(explanation, change, view)));
    report.blocks.push(Block::Line(outcome(explanation, change, view)));
    report.blocks.push(Block::Table(shares(explanation, change, view)));
    let splits = change.contributions.iter().flat_map(|part| division(explanation, part, view));
    let lines = notes(explanation, change.orders, change.all_orders, view).into_iter();
    report.blocks.extend(lines.chain(splits).map(Block::Line));
    report.blocks.push(made_from(view));
    report
}

/// The change of one region as a table for a file: every share and every cause with every digit.
pub fn table(explanation: &Explanation, change: &Change, view: &View) -> Table {
    /// A share, or a cause within it.
    struct Row<'c> {
        part: String,
        share: &'c Share,
        of: Option<(&'c Contribution, Option<&'c Cause>)>,
    }
    let language = view.language;
    let mut rows = Vec::new();
    for part in &change.contributions {
        let key = joined(&part.players, Part::name);
        rows.push(Row { part: key.clone(), share: &part.share, of: Some((part, None)) });
        rows.extend(causes(part).iter().map(|cause| {
            let of = Some((part, Some(cause)));
            Row { part: key.clone(), share: &cause.share, of }
        }));
    }
    rows.push(Row { part: "total".into(), share: &change.total, of: None });
    fn cause<'c>(row: &Row<'c>) -> Option<&'c Cause> {
        row.of.and_then(|(_, cause)| cause)
    }
    let value = |value: Option<(f64, State)>| value.map(|(x, state)| Cell::Number(x, state));
    let rivals = |row: &Row<'_>, ahead: bool| {
        let (part, None) = row.of? else { return None };
        let of = part.rivals.iter().filter(|r| (r.passed.numerator > 0) == ahead);
        Some(of.map(|r| rival_code(explanation, r)).collect::<Vec<_>>().join(";"))
    };
    Columns::<Row<'_>>::new()
        .text("part", word!(label_explained_by, language), |row| row.part.clone())
        .text("node", word!(label_part, language), |row| {
            cause(row).map_or(String::new(), |cause| cause.codes.join(";"))
        })
        .number("score", word!(label_score_share, language), |row| Cell::number(row.share.score))
        .number("rank", word!(label_rank_share, language), |row| Cell::number(row.share.rank))
        .text("places", word!(label_exact_places, language), |row| fraction(row.share.places))
        .number("score_error", word!(label_score_error, language), |row| {
            cause(row)?.errors.map(|e| Cell::number(e.0))
        })
        .number("rank_error", word!(label_rank_error, language), |row| {
            cause(row)?.errors.map(|e| Cell::number(e.1))
        })
        .number("before", word!(label_before, language), |row| value(cause(row)?.figure.before))
        .number("after", word!(label_after, language), |row| value(cause(row)?.figure.after))
        .number("others", word!(label_also_cells, language), |row| {
            Some(cause(row)?.figure.others.len())
        })
        .text("passes", word!(label_passes, language), |row| rivals(row, true))
        .text("falls_behind", word!(label_falls_behind, language), |row| rivals(row, false))
        .table("explanation", Reader::Files, rows)
}

/// The changes of many regions, for a reader.
pub fn all(
    explanation: &Explanation,
    changes: &[Change],
    groups: &[Vec<Part>],
    shown: usize,
    view: &View,
) -> Report {
    let language = view.language;
    let mut report = Report::default();
    let title = explanation.study().title.get(language.tag()).unwrap_or_default().to_owned();
    let [a, b] = &view.labels;
    let moved = changes.iter().filter(|c| c.ranks.0 != c.ranks.1).count();
    let count = changes.len();
    let words = text!(regions_change_rank, moved = moved, n = count).render(language);
    let mut parts = vec![title, periods(explanation), format!("{a} → {b}"), words];
    parts.retain(|part| !part.is_empty());
    report.blocks.push(Block::Heading(parts.join(" · ")));
    report.blocks.push(Block::Table(all_table(explanation, &changes[..shown], groups, view)));
    if shown < count {
        report
            .blocks
            .push(Block::Line(text!(shown_of, shown = shown, all = count).render(language)));
    }
    let apart = changes.iter().filter(|c| !same_groups(c, groups)).count();
    if apart > 0 {
        report.blocks.push(Block::Line(text!(regions_without_shares, n = apart).render(language)));
    }
    let orders = changes.iter().find(|c| same_groups(c, groups));
    let (orders, of) = orders.map_or((0, 0), |c| (c.orders, c.all_orders));
    report.blocks.extend(notes(explanation, orders, of, view).into_iter().map(Block::Line));
    report.blocks.push(made_from(view));
    report
}

/// The changes of many regions as a table; parts add up in every row, as printed too.
pub fn all_table(
    explanation: &Explanation,
    changes: &[Change],
    groups: &[Vec<Part>],
    view: &View,
) -> Table {
    let language = view.language;
    let study = explanation.study();
    let (evaluation, _) = explanation.side(false);
    let digits = score_digits(explanation);
    let [a, b] = &view.labels;
    let fine = changes.iter().filter(|c| same_groups(c, groups)).any(|c| !whole(c));
    let league = |change: &Change| {
        let panel = &evaluation.study().panel;
        let mut slices = panel.slices().iter();
        let own = slices.find(|s| panel.row_of(s, change.region).is_some());
        own.map(|slice| &study.leagues[slice.league.0 as usize].code)
    };
    let region = |change: &Change| &study.regions[change.region.0 as usize];
    let (rank, score) = (word!(label_rank, language), word!(label_score, language));
    let mut columns = Columns::<(&Change, Printed)>::new()
        .text("league", word!(label_league, language), |(change, _)| league(change))
        .only_if(study.leagues.len() > 1)
        .number("rank_before", format!("{rank} {a}"), |(change, _)| Cell::Rank(change.ranks.0))
        .number("rank_after", format!("{rank} {b}"), |(change, _)| Cell::Rank(change.ranks.1))
        .text("code", word!(label_code, language), |(change, _)| &region(change).code)
        .importance(Importance::Detail)
        .text("name", word!(label_region, language), |(change, _)| {
            region(change).name(language.tag())
        })
        .importance(Importance::Key)
        .number("score_before", format!("{score} {a}"), |(change, _)| Cell::number(change.scores.0))
        .digits(digits)
        .importance(Importance::Detail)
        .number("score_after", format!("{score} {b}"), |(change, _)| Cell::number(change.scores.1))
        .digits(digits)
        .importance(Importance::Detail)
        .number("rank", word!(label_rank_share, language), |(change, printed)| {
            printed.rank(&change.total, printed.total.1)
        });
    // Shares by group are there where the change is divided into these groups.
    for (k, group) in groups.iter().enumerate() {
        let (key, words) = (joined(group, Part::name), joined(group, |p| word(p, language)));
        columns = columns.number(format!("rank_{key}"), words, move |(change, printed)| {
            let part = change.contributions.get(k).filter(|_| same_groups(change, groups))?;
            Some(printed.rank(&part.share, printed.parts[k].1))
        });
    }
    columns = columns
        .number("score", word!(label_score_share, language), |(change, printed)| {
            printed.score(&change.total, printed.total.0)
        })
        .importance(Importance::Detail);
    for (k, group) in groups.iter().enumerate() {
        let (key, words) = (joined(group, Part::name), joined(group, |p| word(p, language)));
        columns = columns
            .number(format!("score_{key}"), words, move |(change, printed)| {
                let part = change.contributions.get(k).filter(|_| same_groups(change, groups))?;
                Some(printed.score(&part.share, printed.parts[k].0))
            })
            .importance(Importance::OneOf(0.0));
    }
    let rows = changes.iter().map(|change| (change, Printed::new(change, digits, fine)));
    columns.table("explanation", Reader::People, rows)
}

fn same_groups(change: &Change, groups: &[Vec<Part>]) -> bool {
    change.contributions.iter().map(|p| &p.players).eq(groups)
}

fn made_from(view: &View) -> Block {
    Block::Line(format!("{} {}", word!(label_made_from, view.language), view.fingerprint))
}

/// The two periods, one if they are the same.
fn periods(explanation: &Explanation) -> String {
    let label = |second| {
        let (_, period) = explanation.side(second);
        explanation.study().periods[period.0 as usize].label.clone()
    };
    let (before, after) = (label(false), label(true));
    if before == after { before } else { format!("{before} → {after}") }
}

fn heading(explanation: &Explanation, change: &Change, view: &View) -> String {
    let region = &explanation.study().regions[change.region.0 as usize];
    let [a, b] = &view.labels;
    let mut parts = vec![
        format!("{} {}", region.code, region.name(view.language.tag())),
        periods(explanation),
        format!("{a} → {b}"),
    ];
    parts.retain(|part| !part.is_empty());
    parts.join(" · ")
}

/// Score and rank before and after, and who was passed.
fn outcome(explanation: &Explanation, change: &Change, view: &View) -> String {
    let language = view.language;
    let digits = score_digits(explanation);
    let printed = Printed::new(change, digits, !whole(change));
    let places = number::moved(change.ranks.0 - change.ranks.1);
    let among = match change.ranked {
        (x, y) if x == y => format!("/ {x}"),
        (x, y) => format!("/ {x} → {y}"),
    };
    let mut parts = vec![
        format!(
            "{} {} → {} ({places}) {among}",
            word!(label_rank, language),
            number::rank(change.ranks.0),
            number::rank(change.ranks.1),
        ),
        format!(
            "{} {} → {} ({})",
            word!(label_score, language),
            number::fixed(change.scores.0, digits),
            number::fixed(change.scores.1, digits),
            number::signed(printed.total.0, digits),
        ),
    ];
    for (verb, regions) in [
        (word!(label_passes, language), &change.passed.0),
        (word!(label_falls_behind, language), &change.passed.1),
    ] {
        if !regions.is_empty() {
            let names = regions.iter().map(|r| name(explanation, *r, language));
            parts.push(format!("{verb} {}", listed(names.collect(), language)));
        }
    }
    parts.join(" · ")
}

/// A row a share, and below it a row a cause.
fn shares(explanation: &Explanation, change: &Change, view: &View) -> Table {
    let language = view.language;
    let digits = score_digits(explanation);
    let printed = Printed::new(change, digits, !whole(change));
    /// A line of the table: a share, a cause within it, or the sum.
    struct Row {
        part: String,
        rank: Cell,
        score: Cell,
        figures: String,
        rivals: String,
    }
    let mut rows = Vec::new();
    let row = |part: String, share: &Share, (score, rank): (i128, i128)| Row {
        part,
        rank: printed.rank(share, rank),
        score: printed.score(share, score),
        figures: String::new(),
        rivals: String::new(),
    };
    for (part, at) in change.contributions.iter().zip(&printed.parts) {
        let words = joined(&part.players, |p| word(p, language));
        let rivals = rivals(explanation, &part.rivals, language);
        rows.push(Row { rivals, ..row(words, &part.share, *at) });
        let (kept, rest) = foremost(part, view.causes);
        let all: Vec<&Share> = kept.iter().map(|c| &c.share).chain(rest.as_ref()).collect();
        let within = printed.within(&all, *at);
        for (cause, at) in kept.iter().zip(&within) {
            let name = format!("  {}", cause_name(explanation, cause, language));
            let figures = figures(explanation, part.players[0], cause, language);
            rows.push(Row { figures, ..row(name, &cause.share, *at) });
        }
        if let (Some(rest), Some(at)) = (&rest, within.last()) {
            let count = causes(part).len() - kept.len();
            rows.push(row(format!("  {count} {}", word!(label_causes_left, language)), rest, *at));
        }
    }
    rows.push(row(word!(label_whole_change, language).to_owned(), &change.total, printed.total));
    // A column that is empty in every row is not shown.
    let (figured, moved) = (
        rows.iter().any(|row| !row.figures.is_empty()),
        rows.iter().any(|row| !row.rivals.is_empty()),
    );
    Columns::<Row>::new()
        .text("part", word!(label_explained_by, language), |row| row.part.clone())
        .number("rank", word!(label_rank_share, language), |row| row.rank.clone())
        .number("score", word!(label_score_share, language), |row| row.score.clone())
        .text("figures", word!(label_figures, language), |row| row.figures.clone())
        .only_if(figured)
        .text("rivals", word!(label_who_moved, language), |row| row.rivals.clone())
        .only_if(moved)
        .table("explanation", Reader::People, rows)
}

/// The parts of a change in whole numbers of the last decimals shown, scores first: as printed they still add up.
struct Printed {
    total: (i128, i128),
    parts: Vec<(i128, i128)>,
    digits: usize,
    rank_digits: usize,
}

impl Printed {
    fn new(change: &Change, digits: usize, fine: bool) -> Printed {
        let rank_digits = if fine { 2 } else { 0 };
        let scores: Vec<f64> = change.contributions.iter().map(|p| p.share.score).collect();
        let ranks: Vec<f64> = change.contributions.iter().map(|p| p.share.rank).collect();
        let (score, scores) = printed(change.scores.0, change.scores.1, &scores, digits as u32);
        let (rank, ranks) = printed(-change.ranks.0, -change.ranks.1, &ranks, rank_digits as u32);
        let parts = scores.into_iter().zip(ranks).collect();
        Printed { total: (score, rank), parts, digits, rank_digits }
    }

    fn within(&self, shares: &[&Share], (score, rank): (i128, i128)) -> Vec<(i128, i128)> {
        let scores: Vec<f64> = shares.iter().map(|s| s.score).collect();
        let ranks: Vec<f64> = shares.iter().map(|s| s.rank).collect();
        let scores = printed_parts(&scores, score, self.digits as u32);
        scores.into_iter().zip(printed_parts(&ranks, rank, self.rank_digits as u32)).collect()
    }

    fn score(&self, share: &Share, units: i128) -> Cell {
        Cell::Share { value: share.score, text: number::signed(units, self.digits) }
    }

    fn rank(&self, share: &Share, units: i128) -> Cell {
        Cell::Share { value: share.rank, text: number::moved_part(units, self.rank_digits) }
    }
}

/// Whether every share of the rank, and every share within, is of whole places.
fn whole(change: &Change) -> bool {
    let whole = |share: &Share| share.places.denominator == 1;
    change
        .contributions
        .iter()
        .all(|p| whole(&p.share) && causes(p).iter().all(|c| whole(&c.share)))
        && whole(&change.total)
}

/// One decimal more than a rounded score has, so that what is lost and won in rounding can be seen.
pub(super) fn score_digits(explanation: &Explanation) -> usize {
    let of = |second| {
        let (evaluation, _) = explanation.side(second);
        let root = evaluation.methodology().system.root();
        let rounded = evaluation.methodology().rounding[root.index()].is_some();
        ranking::digits(evaluation, root) + usize::from(rounded)
    };
    of(false).max(of(true))
}

fn causes(part: &Contribution) -> &[Cause] {
    match &part.split {
        Split::Parts { causes, .. } => causes,
        Split::NotAsked | Split::None(_) => &[],
    }
}

/// The causes that count most, in ranks and then in scores, and the sum of the others.
fn foremost(part: &Contribution, count: usize) -> (Vec<&Cause>, Option<Share>) {
    let mut sorted: Vec<&Cause> = causes(part).iter().collect();
    quanheng_core::number::sort_items(&mut sorted, |x, y| {
        let size = |c: &Cause| (c.share.rank.abs(), c.share.score.abs());
        let ((rank_x, score_x), (rank_y, score_y)) = (size(x), size(y));
        rank_y.total_cmp(&rank_x).then(score_y.total_cmp(&score_x))
    });
    if sorted.len() <= count + 1 {
        return (sorted, None);
    }
    let rest = sorted.split_off(count);
    // Doubles of shares add up without rounding error.
    let sum = |of: fn(&Share) -> f64| rest.iter().map(|c| of(&c.share)).sum::<f64>();
    let share =
        Share { score: sum(|s| s.score), rank: sum(|s| s.rank), places: Fraction::new(0, 1) };
    (sorted, Some(share))
}

fn joined(players: &[Part], word: impl Fn(Part) -> &'static str) -> String {
    players.iter().map(|p| word(*p)).collect::<Vec<_>>().join("+")
}

fn word(player: Part, language: Language) -> &'static str {
    player.word(language)
}

fn name(explanation: &Explanation, region: RegionIx, language: Language) -> String {
    explanation.study().regions[region.0 as usize].name(language.tag()).to_owned()
}

/// The first few of a list and how many more there are.
fn listed(names: Vec<String>, language: Language) -> String {
    const SHOWN: usize = 5;
    let rest = names.len().saturating_sub(SHOWN);
    let shown = joined_list(&names[..names.len().min(SHOWN)], language);
    match rest {
        0 => shown,
        _ => text!(first_of_list, names = shown, more = rest).render(language),
    }
}

fn fraction(fraction: Fraction) -> String {
    number::fraction(fraction.numerator, fraction.denominator)
}

fn rivals(explanation: &Explanation, rivals: &[Rival], language: Language) -> String {
    let mut sides = Vec::new();
    for (verb, ahead) in
        [(word!(label_passes, language), true), (word!(label_falls_behind, language), false)]
    {
        let of = rivals.iter().filter(|r| (r.passed.numerator > 0) == ahead);
        let words = of.map(|r| {
            let name = name(explanation, r.region, language);
            let size = Fraction::new(r.passed.numerator.abs(), r.passed.denominator);
            match size.denominator {
                1 => name,
                _ => format!("{name} {}", fraction(size)),
            }
        });
        let words: Vec<String> = words.collect();
        if !words.is_empty() {
            sides.push(format!("{verb} {}", listed(words, language)));
        }
    }
    sides.join("; ")
}

fn rival_code(explanation: &Explanation, rival: &Rival) -> String {
    let code = &explanation.study().regions[rival.region.0 as usize].code;
    format!("{code} {}", fraction(rival.passed))
}

/// The node's code and name, whichever side has it.
fn node_name(explanation: &Explanation, code: &str, language: Language) -> String {
    let found = [false, true].into_iter().find_map(|second| {
        let system = &explanation.side(second).0.methodology().system;
        system.find(code).map(|id| system.node(id).names.get(language.tag()))
    });
    match found.flatten() {
        Some(name) => format!("{code} {name}"),
        None => code.to_owned(),
    }
}

fn cause_name(explanation: &Explanation, cause: &Cause, language: Language) -> String {
    match cause.codes.as_slice() {
        [] => word!(label_rest_of_panel, language).to_owned(),
        [code] => node_name(explanation, code, language),
        [code, rest @ ..] => {
            format!("{} (+{})", node_name(explanation, code, language), rest.len())
        }
    }
}

fn unit(explanation: &Explanation, code: &str) -> String {
    let system = &explanation.side(false).0.methodology().system;
    let other = &explanation.side(true).0.methodology().system;
    let of = |system: &System| {
        let id = system.find(code)?;
        system.node(id).indicator.as_ref().map(|indicator| indicator.unit.clone())
    };
    of(system)
        .or_else(|| of(other))
        .filter(|u| !u.is_empty())
        .map_or(String::new(), |u| format!(" {u}"))
}

fn value((x, state): (f64, State), language: Language) -> String {
    match state {
        State::Value => number::short(x),
        State::Missing => word!(label_missing, language).to_owned(),
        State::NotApplicable => word!(label_not_applicable, language).to_owned(),
        State::Withheld => word!(label_withheld, language).to_owned(),
    }
}

/// What was before and after, with the unit; and the cells of others that moved with it.
fn figures(explanation: &Explanation, player: Part, cause: &Cause, language: Language) -> String {
    let Some(code) = cause.codes.first() else {
        return String::new();
    };
    let Figure { before, after, others } = &cause.figure;
    let shown = player.entry().shown;
    let unit = match shown {
        Shown::Cell | Shown::Column { others: true, .. } => unit(explanation, code),
        _ => String::new(),
    };
    let mut parts = Vec::new();
    match (before, after) {
        (Some(x), Some(y)) if x != y && !(x.0.is_nan() && x.1 == y.1) => {
            let what = match shown {
                Shown::Weight => format!("{} ", word!(label_weight, language)),
                _ => String::new(),
            };
            parts.push(format!("{what}{} → {}{unit}", value(*x, language), value(*y, language)));
        }
        (Some(x), Some(_)) => parts.push(format!("= {}{unit}", value(*x, language))),
        (Some(x), None) => parts.push(format!(
            "{}: {} {}",
            word!(label_only_before, language),
            word!(label_weight, language),
            value(*x, language)
        )),
        (None, Some(x)) => parts.push(format!(
            "{}: {} {}",
            word!(label_only_after, language),
            word!(label_weight, language),
            value(*x, language)
        )),
        (None, None) => {}
    }
    let of_other = |other: &Other| {
        let name = name(explanation, other.region, language);
        format!("{name} {} → {}", value(other.before, language), value(other.after, language))
    };
    match others.as_slice() {
        [] => {}
        [one] => parts.push(of_other(one)),
        [one, rest @ ..] => parts.push(
            text!(explanation_others, one = of_other(one), more = rest.len()).render(language),
        ),
    }
    parts.join("; ")
}

/// How the shares came about, and what was not possible.
fn notes(explanation: &Explanation, orders: u64, of: u64, view: &View) -> Vec<String> {
    let language = view.language;
    let mut lines = vec![text!(explanation_shares, orders = orders, all = of).render(language)];
    for group in explanation.groups().iter().filter(|group| group.len() > 1) {
        let words = joined(group, |p| word(p, language));
        lines.push(text!(explanation_together, parts = words).render(language));
    }
    lines.extend(refusals(explanation, view));
    if explanation.tiering_differs() {
        lines.push(word!(explanation_tiering_too, language).to_owned());
    }
    lines
}

/// The hybrids without scores: those with the fewest exchanges, and why.
fn refusals(explanation: &Explanation, view: &View) -> Vec<String> {
    const SHOWN: usize = 3;
    let language = view.language;
    let [a, b] = &view.labels;
    let refused = explanation.refused();
    let line = |refused: &Refused| {
        let words = joined(&refused.taken, |p| word(p, language));
        let why = why(explanation, &refused.why, language);
        text!(explanation_not_possible, parts = words, second = b, first = a, why = why)
            .render(language)
    };
    let mut lines: Vec<String> = refused.iter().take(SHOWN).map(line).collect();
    if refused.len() > SHOWN {
        let more = refused.len() - SHOWN;
        lines.push(text!(explanation_more_not_possible, more = more).render(language));
    }
    lines
}

fn why(explanation: &Explanation, impossible: &Impossible, language: Language) -> String {
    match impossible {
        Impossible::NotATree => word!(explanation_not_a_tree, language).to_owned(),
        Impossible::Contract { problems, system } => {
            let first = problems.first().map(|p| contract(p, system, language));
            let more = problems.len().saturating_sub(1);
            first.unwrap_or_default() + and_more(more, language).as_str()
        }
        Impossible::Failed { errors, system } => {
            let first = errors.first().map(|e| failure(explanation, e, system, language));
            let more = errors.len().saturating_sub(1);
            first.unwrap_or_default() + and_more(more, language).as_str()
        }
    }
}

fn and_more(more: usize, language: Language) -> String {
    match more {
        0 => String::new(),
        _ => text!(explanation_more_like_it, more = more).render(language),
    }
}

fn contract(problem: &ContractProblem, system: &System, language: Language) -> String {
    problem::contract(problem, &of_contract(system, problem)).what.render(language)
}

fn failure(
    explanation: &Explanation,
    error: &EvaluationError,
    system: &System,
    language: Language,
) -> String {
    let node = &system.node(error.child.unwrap_or(error.node)).code;
    let regions: Vec<String> = error
        .rows
        .iter()
        .filter_map(|&row| {
            let panel = &explanation.side(false).0.study().panel;
            (row < panel.rows()).then(|| name(explanation, panel.regions()[row], language))
        })
        .collect();
    let who = match regions.is_empty() {
        true => Text::default(),
        false => text!(explanation_of_regions, regions = listed(regions, language)),
    };
    let why = error.error.words();
    text!(explanation_no_result, method = &error.method, node = node, who = who, why = why)
        .render(language)
}

/// How a share was divided, where that is not by all orders of its parts.
fn division(explanation: &Explanation, part: &Contribution, view: &View) -> Option<String> {
    let language = view.language;
    let words = joined(&part.players, |p| word(p, language));
    match &part.split {
        Split::Parts { causes, drawn: Some(orders) } => {
            let errors = causes.iter().filter_map(|c| c.errors).map(|e| e.1);
            let worst = errors.fold(0.0, quanheng_core::number::max);
            let (n, worst) = (causes.len(), number::fixed(worst, 2));
            Some(
                text!(
                    explanation_estimates,
                    parts = words,
                    n = n,
                    orders = *orders as u64,
                    error = worst,
                )
                .render(language),
            )
        }
        Split::None(NoSplit::Impossible(why_not)) => {
            let why = why(explanation, why_not, language);
            Some(text!(explanation_not_divided, parts = words, why = why).render(language))
        }
        Split::None(NoSplit::LeagueMarks) => {
            Some(text!(explanation_league_marks, parts = words).render(language))
        }
        Split::Parts { .. } | Split::NotAsked | Split::None(NoSplit::Joined | NoSplit::Single) => {
            None
        }
    }
}

/// The message if there is nothing to explain.
pub fn same(view: &View, tiering: bool) -> String {
    let [a, b] = &view.labels;
    let line = match tiering {
        false => text!(explanation_same, first = a, second = b),
        true => text!(explanation_only_tiering, first = a, second = b),
    };
    line.render(view.language) + "\n"
}
