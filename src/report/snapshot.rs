//! Differences between results and snapshots: ranks and tiers first, then regions that were added or removed, then
//! digits.

use quanheng_core::model::State;
use quanheng_words::{text, word};

use super::{Block, Cell, Columns, Language, Reader, Report, Table, number};
use crate::snapshot::{Change, Difference, Move, Origin, Outcome, Score, Slice, Snapshot};

/// A methodology that was compared with its snapshot.
#[derive(Clone, Debug)]
pub struct Tested {
    /// Its code.
    pub methodology: String,
    /// What came of it.
    pub outcome: Outcome,
    /// What made the snapshot; empty where there is none.
    pub pinned_by: Origin,
}

/// What a test found: each difference on its own, then one line a methodology. `now` is what made the new results;
/// tables show their first `top` rows.
pub fn report(tested: &[Tested], now: &Origin, language: Language, top: usize) -> Report {
    let mut report = Report::default();
    for one in tested {
        let code = &one.methodology;
        let title = format!("{} {code}", word!(label_methodology, language));
        if let Outcome::Differs(difference) = &one.outcome {
            let words = word!(label_snapshot_differs_from, language);
            report.blocks.push(Block::Heading(format!("{title} · {words}")));
            report.blocks.extend(blocks(difference, language, top));
            report.blocks.extend(origins(&one.pinned_by, now, language).map(Block::Line));
        }
    }
    if !report.blocks.is_empty() {
        report.blocks.push(Block::Heading(word!(label_snapshot_result, language).to_owned()));
    }
    report.blocks.push(Block::Table(summary(tested, language)));
    report
}

/// One row for each methodology; columns in which nobody has anything to say are left out.
pub fn summary(tested: &[Tested], language: Language) -> Table {
    let difference = |one: &Tested| match &one.outcome {
        Outcome::Held(d) | Outcome::Differs(d) => Some(d.clone()),
        _ => None,
    };
    let size = |x: f64| number::short(x);
    let compared = tested.iter().any(|one| difference(one).is_some());
    let counted = compared || tested.iter().any(|one| matches!(one.outcome, Outcome::New(_)));
    let differs = tested.iter().filter_map(difference).any(|d| d.greatest.is_some());
    let within = tested.iter().filter_map(difference).any(|d| d.within.is_some());
    Columns::<&Tested>::new()
        .text("methodology", word!(label_snapshot_methodology, language), |one| &one.methodology)
        .text("result", word!(label_snapshot_result, language), |one| {
            outcome_word(&one.outcome, language)
        })
        .number("tables", word!(label_snapshot_tables, language), |one| match &one.outcome {
            Outcome::New(new) => Some(new.tables.len()),
            _ => difference(one).map(|d| d.tables),
        })
        .only_if(counted)
        .number("rows", word!(label_snapshot_rows, language), |one| match &one.outcome {
            Outcome::New(new) => Some(new.rows()),
            _ => difference(one).map(|d| d.rows),
        })
        .only_if(counted)
        .number("ranks", word!(label_snapshot_ranks_moved, language), |one| {
            difference(one).map(|d| d.ranks.len())
        })
        .only_if(compared)
        .number("tiers", word!(label_snapshot_tiers_moved, language), |one| {
            difference(one).map(|d| d.tiers.len())
        })
        .only_if(compared)
        .number("scores", word!(label_snapshot_scores_differ, language), |one| {
            difference(one).map(|d| d.changes.len())
        })
        .only_if(compared)
        .text("greatest", word!(label_snapshot_greatest, language), |one| {
            difference(one)?.greatest.map(size)
        })
        .only_if(differs)
        .number("within", word!(label_snapshot_within, language), |one| {
            Some(difference(one)?.within.map_or(0, |within| within.scores))
        })
        .only_if(within)
        .text("greatest_within", word!(label_snapshot_greatest_within, language), |one| {
            difference(one)?.within.map(|within| size(within.greatest))
        })
        .only_if(within)
        .table("snapshots", Reader::People, tested)
}

fn outcome_word(outcome: &Outcome, language: Language) -> &'static str {
    match outcome {
        Outcome::Held(d) if d.within.is_some() => word!(label_snapshot_within_tolerance, language),
        Outcome::Held(_) => word!(label_snapshot_as_pinned, language),
        Outcome::Differs(_) => word!(label_snapshot_differs, language),
        Outcome::New(_) => word!(label_snapshot_new, language),
        Outcome::Damaged => word!(label_snapshot_damaged, language),
        Outcome::Failed => word!(label_snapshot_failed, language),
    }
}

/// A difference, from what matters most.
pub fn blocks(difference: &Difference, language: Language, top: usize) -> Vec<Block> {
    let mut blocks = Vec::new();
    let d = difference;
    let n = d.rows;
    blocks.push(Block::Line(
        text!(
            snapshot_moves,
            n = n,
            ranks = d.ranks.len(),
            tiers = d.tiers.len(),
            compared = d.tables - d.tables_added.len(),
            tables = d.tables,
        )
        .render(language),
    ));
    if !d.ranks.is_empty() {
        blocks.push(Block::Table(ranks(&d.ranks, language, top)));
        blocks.extend(cut(d.ranks.len(), top, language));
    }
    if !d.tiers.is_empty() {
        blocks.push(Block::Line(word!(label_snapshot_tiers_moved, language).to_owned()));
        blocks.push(Block::Table(tiers(&d.tiers, language, top)));
        blocks.extend(cut(d.tiers.len(), top, language));
    }
    let slices = |slices: &[Slice]| slices.iter().map(place).collect::<Vec<_>>();
    let regions = |regions: &[(Slice, String, String)]| {
        let one = |(slice, code, name): &(Slice, String, String)| {
            let region = if code == name { code.clone() } else { format!("{code} {name}") };
            [region, place(slice)]
                .into_iter()
                .filter(|p| !p.is_empty())
                .collect::<Vec<_>>()
                .join(" · ")
        };
        regions.iter().map(one).collect::<Vec<_>>()
    };
    for (words, names) in [
        (word!(label_snapshot_tables_added, language), slices(&d.tables_added)),
        (word!(label_snapshot_tables_removed, language), slices(&d.tables_removed)),
        (word!(label_snapshot_regions_added, language), regions(&d.regions_added)),
        (word!(label_snapshot_regions_removed, language), regions(&d.regions_removed)),
        (word!(label_snapshot_nodes_added, language), d.nodes_added.clone()),
        (word!(label_snapshot_nodes_removed, language), d.nodes_removed.clone()),
    ] {
        if !names.is_empty() {
            let shown = names[..names.len().min(top)].join("; ");
            let more = if names.len() > top { "; …" } else { "" };
            blocks.push(Block::Line(format!("{words} ({}): {shown}{more}", names.len())));
        }
    }
    if !d.changes.is_empty() {
        let size = |x: Option<f64>| x.map_or("–".to_owned(), number::short);
        let (greatest, relative) = (size(d.greatest), size(d.greatest_relative));
        let (k, n) = (d.changes.len(), d.scores);
        blocks.push(Block::Line(
            text!(snapshot_scores, k = k, n = n, greatest = greatest, relative = relative)
                .render(language),
        ));
        blocks.push(Block::Table(changes(&d.changes, language, top)));
        blocks.extend(cut(k, top, language));
    }
    blocks.extend(within(d, language).map(Block::Line));
    blocks
}

/// That scores differ by less than counts, in one line.
pub fn within(difference: &Difference, language: Language) -> Option<String> {
    let within = difference.within?;
    let (k, n, greatest) = (within.scores, difference.scores, number::short(within.greatest));
    Some(text!(snapshot_within_stated, k = k, n = n, greatest = greatest).render(language))
}

/// What would be pinned for the first time: the first `top` places of the last table.
pub fn preview(new: &Snapshot, language: Language, top: usize) -> Vec<Block> {
    let (tables, rows) = (new.tables.len(), new.rows());
    let mut blocks =
        vec![Block::Line(text!(snapshot_none_yet, tables = tables, rows = rows).render(language))];
    let Some(last) = new.tables.last() else { return blocks };
    let mut order: Vec<&crate::snapshot::Row> = last.rows.iter().collect();
    quanheng_core::number::sort_items(&mut order, |a, b| {
        let place = |rank: Option<f64>| rank.unwrap_or(f64::INFINITY);
        place(a.rank).total_cmp(&place(b.rank))
    });
    let place = place(&last.slice);
    if !place.is_empty() {
        blocks.push(Block::Line(place));
    }
    let table = Columns::<&crate::snapshot::Row>::new()
        .number("rank", word!(label_rank, language), |row| row.rank.map(Cell::Rank))
        .text("code", word!(label_code, language), |row| &row.code)
        .text("name", word!(label_region, language), |row| &row.name)
        .text("score", word!(label_score, language), |row| score(row.score, language))
        .text("tier", word!(label_tier, language), |row| row.tier.clone())
        .table("new", Reader::People, order.into_iter().take(top));
    blocks.push(Block::Table(table));
    blocks.extend(cut(last.rows.len(), top, language));
    blocks
}

/// Whether the snapshot was made from the same files by the same program.
pub fn origins(pinned: &Origin, now: &Origin, language: Language) -> Option<String> {
    if pinned.fingerprint.is_empty() {
        return None;
    }
    let short = |origin: &Origin| {
        let start: String = origin.fingerprint.chars().take(12).collect();
        text!(snapshot_origin, program = &origin.program, fingerprint = start)
    };
    let words = match pinned == now {
        true => text!(snapshot_same_origin, now = short(now)),
        false => text!(snapshot_origins, pinned = short(pinned), now = short(now)),
    };
    Some(words.render(language))
}

fn cut(all: usize, top: usize, language: Language) -> Option<Block> {
    (all > top).then(|| Block::Line(text!(shown_of, shown = top, all = all).render(language)))
}

/// A league and a period, as far as they have names.
fn place(slice: &Slice) -> String {
    let league = slice.league.iter().map(String::as_str);
    let parts = league.chain([slice.period.as_str()]).filter(|part| !part.is_empty());
    parts.collect::<Vec<_>>().join(" · ")
}

/// The columns that say where something is, as far as they say anything.
fn place_columns<'a, R>(
    slices: impl Iterator<Item = &'a Slice> + Clone,
    at: impl for<'r> Fn(&'r R) -> (&'r Slice, &'r str, &'r str) + Copy + 'a,
    language: Language,
) -> Columns<'a, R> {
    Columns::<R>::new()
        .text("period", word!(label_period, language), move |row| at(row).0.period.clone())
        .only_if(slices.clone().any(|slice| !slice.period.is_empty()))
        .text("league", word!(label_league, language), move |row| {
            at(row).0.league.clone().unwrap_or_default()
        })
        .only_if(slices.clone().any(|slice| slice.league.is_some()))
        .text("code", word!(label_code, language), move |row| at(row).1.to_owned())
        .text("name", word!(label_region, language), move |row| at(row).2.to_owned())
}

fn move_columns<'a, T>(moves: &'a [Move<T>], language: Language) -> Columns<'a, &'a Move<T>> {
    let slices = moves.iter().map(|m| &m.slice);
    place_columns(slices, at_move, language)
}

fn ranks(moves: &[Move<Option<f64>>], language: Language, top: usize) -> Table {
    let rank = |rank: Option<f64>| match rank {
        Some(rank) => Cell::Rank(rank),
        None => word!(label_unranked, language).into(),
    };
    move_columns(moves, language)
        .number("from", word!(label_snapshot_from, language), |m| rank(m.from))
        .number("to", word!(label_snapshot_to, language), |m| rank(m.to))
        .number("moved", word!(label_snapshot_moved, language), |m| {
            m.from.zip(m.to).map(|(from, to)| Cell::Moved(from - to))
        })
        .number("n", "n", |m| m.of)
        .table("ranks", Reader::People, moves.iter().take(top))
}

fn tiers(moves: &[Move<Option<String>>], language: Language, top: usize) -> Table {
    let tier = |tier: &Option<String>| tier.as_deref().unwrap_or("–").to_owned();
    move_columns(moves, language)
        .text("from", word!(label_snapshot_from, language), |m| tier(&m.from))
        .text("to", word!(label_snapshot_to, language), |m| tier(&m.to))
        .number("n", "n", |m| m.of)
        .table("tiers", Reader::People, moves.iter().take(top))
}

/// A score with every digit: the last one may be what differs.
fn score(score: Score, language: Language) -> Cell {
    match score {
        Score::Value(x) => number::exact(x).into(),
        Score::Absent(State::NotApplicable) => word!(label_not_applicable, language).into(),
        Score::Absent(State::Withheld) => word!(label_withheld, language).into(),
        Score::Absent(State::Missing | State::Value) => word!(label_missing, language).into(),
    }
}

fn changes(changes: &[Change], language: Language, top: usize) -> Table {
    let slices = changes.iter().map(|change| &change.slice);
    let size = |x: Option<f64>| x.map(number::short);
    place_columns::<&Change>(slices, at_change, language)
        .text("node", word!(label_indicator, language), |c| match &c.node {
            Some(node) => node.clone(),
            None => word!(label_score, language).to_owned(),
        })
        .text("from", word!(label_snapshot_from, language), |c| score(c.from, language))
        .text("to", word!(label_snapshot_to, language), |c| score(c.to, language))
        .text("difference", word!(label_snapshot_difference, language), |c| size(c.absolute))
        .text("relative", word!(label_snapshot_relative, language), |c| size(c.relative))
        .table("scores", Reader::People, changes.iter().take(top))
}

fn at_move<'r, T>(moved: &'r &Move<T>) -> (&'r Slice, &'r str, &'r str) {
    (&moved.slice, &moved.code, &moved.name)
}

fn at_change<'r>(change: &'r &Change) -> (&'r Slice, &'r str, &'r str) {
    (&change.slice, &change.code, &change.name)
}
