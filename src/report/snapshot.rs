//! How results stand to their snapshots: ranks and tiers first, then who came and went, then digits.

use quanheng_core::model::State;
use quanheng_words::{text, word};

use super::{Block, Cell, Head, Language, Report, Table, number};
use crate::snapshot::{Change, Difference, Move, Origin, Outcome, Score, Slice, Snapshot};

/// A methodology that was held against its snapshot.
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

/// One line a methodology.
pub fn summary(tested: &[Tested], language: Language) -> Table {
    let columns = vec![
        Head::new("methodology", word!(label_snapshot_methodology, language)),
        Head::new("result", word!(label_snapshot_result, language)),
        Head::number("tables", word!(label_snapshot_tables, language), 0),
        Head::number("rows", word!(label_snapshot_rows, language), 0),
        Head::number("ranks", word!(label_snapshot_ranks_moved, language), 0),
        Head::number("tiers", word!(label_snapshot_tiers_moved, language), 0),
        Head::number("scores", word!(label_snapshot_scores_differ, language), 0),
        Head::new("greatest", word!(label_snapshot_greatest, language)),
        Head::number("within", word!(label_snapshot_within, language), 0),
        Head::new("greatest_within", word!(label_snapshot_greatest_within, language)),
    ];
    let count = |n: usize| Cell::Number(n as f64, State::Value);
    let size = |x: Option<f64>| x.map_or(Cell::Empty, |x| Cell::text(number::short(x)));
    let row = |one: &Tested| {
        let mut cells =
            vec![Cell::text(&one.methodology), Cell::text(word(&one.outcome, language))];
        match &one.outcome {
            Outcome::Held(d) | Outcome::Differs(d) => cells.extend([
                count(d.tables),
                count(d.rows),
                count(d.ranks.len()),
                count(d.tiers.len()),
                count(d.changes.len()),
                size(d.greatest),
                count(d.within.map_or(0, |w| w.scores)),
                size(d.within.map(|w| w.greatest)),
            ]),
            Outcome::New(new) => cells.extend([count(new.tables.len()), count(new.rows())]),
            Outcome::Damaged | Outcome::Failed => {}
        }
        cells.resize(columns.len(), Cell::Empty);
        cells
    };
    let rows = tested.iter().map(row).collect();
    let mut table = Table { name: "snapshots".into(), columns, rows };
    // Columns in which nobody has anything to say.
    for k in (0..table.columns.len()).rev() {
        if table.rows.iter().all(|row| row[k] == Cell::Empty || (k > 7 && row[k] == count(0))) {
            table.columns.remove(k);
            table.rows.iter_mut().for_each(|row| drop(row.remove(k)));
        }
    }
    table
}

fn word(outcome: &Outcome, language: Language) -> &'static str {
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
    order.sort_by(|a, b| {
        let place = |rank: Option<f64>| rank.unwrap_or(f64::INFINITY);
        place(a.rank).total_cmp(&place(b.rank))
    });
    let columns = vec![
        Head::new("rank", word!(label_rank, language)),
        Head::new("code", word!(label_code, language)),
        Head::new("name", word!(label_region, language)),
        Head::new("score", word!(label_score, language)),
        Head::new("tier", word!(label_tier, language)),
    ];
    let row = |row: &&crate::snapshot::Row| {
        vec![
            row.rank.map_or(Cell::Empty, Cell::Rank),
            Cell::text(&row.code),
            Cell::text(&row.name),
            score(row.score, language),
            row.tier.as_ref().map_or(Cell::Empty, Cell::text),
        ]
    };
    let place = place(&last.slice);
    if !place.is_empty() {
        blocks.push(Block::Line(place));
    }
    let rows = order.iter().take(top).map(row).collect();
    blocks.push(Block::Table(Table { name: "new".into(), columns, rows }));
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

/// The columns that say where something is, and which of them say anything.
struct Where {
    league: bool,
    period: bool,
}

impl Where {
    fn of<'s>(slices: impl Iterator<Item = &'s Slice> + Clone) -> Where {
        Where {
            league: slices.clone().any(|slice| slice.league.is_some()),
            period: slices.clone().any(|slice| !slice.period.is_empty()),
        }
    }

    fn heads(&self, language: Language) -> Vec<Head> {
        let period = self.period.then(|| Head::new("period", word!(label_period, language)));
        let league = self.league.then(|| Head::new("league", word!(label_league, language)));
        let region = [
            Head::new("code", word!(label_code, language)),
            Head::new("name", word!(label_region, language)),
        ];
        period.into_iter().chain(league).chain(region).collect()
    }

    fn cells(&self, slice: &Slice, code: &str, name: &str) -> Vec<Cell> {
        let period = self.period.then(|| Cell::text(&slice.period));
        let league = slice.league.clone().unwrap_or_default();
        let league = self.league.then(|| Cell::text(league));
        period.into_iter().chain(league).chain([Cell::text(code), Cell::text(name)]).collect()
    }
}

fn ranks(moves: &[Move<Option<f64>>], language: Language, top: usize) -> Table {
    let at = Where::of(moves.iter().map(|m| &m.slice));
    let mut columns = at.heads(language);
    columns.extend([
        Head::new("from", word!(label_snapshot_from, language)),
        Head::new("to", word!(label_snapshot_to, language)),
        Head::new("moved", word!(label_snapshot_moved, language)),
        Head::number("n", "n", 0),
    ]);
    let rank = |rank: Option<f64>| match rank {
        Some(rank) => Cell::Rank(rank),
        None => Cell::text(word!(label_unranked, language)),
    };
    let row = |m: &Move<Option<f64>>| {
        let mut cells = at.cells(&m.slice, &m.code, &m.name);
        let moved = m.from.zip(m.to).map_or(Cell::Empty, |(from, to)| Cell::Moved(from - to));
        cells.extend([rank(m.from), rank(m.to), moved, Cell::Number(m.of as f64, State::Value)]);
        cells
    };
    Table { name: "ranks".into(), columns, rows: moves.iter().take(top).map(row).collect() }
}

fn tiers(moves: &[Move<Option<String>>], language: Language, top: usize) -> Table {
    let at = Where::of(moves.iter().map(|m| &m.slice));
    let mut columns = at.heads(language);
    columns.extend([
        Head::new("from", word!(label_snapshot_from, language)),
        Head::new("to", word!(label_snapshot_to, language)),
        Head::number("n", "n", 0),
    ]);
    let tier = |tier: &Option<String>| Cell::text(tier.as_deref().unwrap_or("–"));
    let row = |m: &Move<Option<String>>| {
        let mut cells = at.cells(&m.slice, &m.code, &m.name);
        cells.extend([tier(&m.from), tier(&m.to), Cell::Number(m.of as f64, State::Value)]);
        cells
    };
    Table { name: "tiers".into(), columns, rows: moves.iter().take(top).map(row).collect() }
}

/// A score with every digit: the last one may be what differs.
fn score(score: Score, language: Language) -> Cell {
    match score {
        Score::Value(x) => Cell::text(number::exact(x)),
        Score::Absent(State::NotApplicable) => Cell::text(word!(label_not_applicable, language)),
        Score::Absent(State::Withheld) => Cell::text(word!(label_withheld, language)),
        Score::Absent(State::Missing | State::Value) => Cell::text(word!(label_missing, language)),
    }
}

fn changes(changes: &[Change], language: Language, top: usize) -> Table {
    let at = Where::of(changes.iter().map(|c| &c.slice));
    let mut columns = at.heads(language);
    columns.extend([
        Head::new("node", word!(label_indicator, language)),
        Head::new("from", word!(label_snapshot_from, language)),
        Head::new("to", word!(label_snapshot_to, language)),
        Head::new("difference", word!(label_snapshot_difference, language)),
        Head::new("relative", word!(label_snapshot_relative, language)),
    ]);
    let size = |x: Option<f64>| x.map_or(Cell::Empty, |x| Cell::text(number::short(x)));
    let row = |c: &Change| {
        let mut cells = at.cells(&c.slice, &c.code, &c.name);
        let node = c.node.clone().unwrap_or_else(|| word!(label_score, language).to_owned());
        cells.extend([Cell::text(node), score(c.from, language), score(c.to, language)]);
        cells.extend([size(c.absolute), size(c.relative)]);
        cells
    };
    Table { name: "scores".into(), columns, rows: changes.iter().take(top).map(row).collect() }
}
