//! Multiverses: how branches ended, what each choice does, and how far each region's rank goes.

use quanheng_core::model::{RegionIx, State, Study};
use quanheng_core::multiverse::{Fate, LEVELS, RowKey, Share, Summary};
use quanheng_words::{text, word};

use super::{Block, Cell, Head, Language, Report, Table, number};
use crate::multiverse::Evaluated;

/// What is shown, and whose words it is shown in.
#[derive(Clone, Copy, Debug)]
pub struct View<'a> {
    /// The language.
    pub language: Language,
    /// The study: for the names of regions and leagues.
    pub study: &'a Study,
    /// What the multiverse is called.
    pub name: &'a str,
    /// How many places the top has.
    pub top: usize,
    /// For people: shares of variance by region in one line each, long lists cut.
    pub short: bool,
}

/// Regions that are ranked together, summed up.
#[derive(Clone, Debug)]
pub struct Part {
    /// The code of the league.
    pub league: String,
    /// The label of the period.
    pub period: String,
    /// What all branches say of them.
    pub summary: Summary,
}

/// How many movers a line names.
const MOVERS: usize = 5;

/// The whole report.
pub fn report(evaluated: &Evaluated, parts: &[Part], view: &View<'_>) -> Report {
    let language = view.language;
    let tree = &evaluated.tree;
    let space = tree.space();
    let title = view.study.title.get(language.tag()).unwrap_or_default();
    let (count, drawn) = (space.forks.count(), tree.numbers().len());
    let of = match space.sample {
        Some(_) => text!(branches_drawn, drawn = drawn, n = count).render(language),
        None => text!(count_branches, n = count).render(language),
    };
    let heading =
        [title.to_owned(), format!("{} {}", word!(label_multiverse, language), view.name), of];
    let heading: Vec<String> = heading.into_iter().filter(|t| !t.is_empty()).collect();
    let mut report = Report::default();
    report.blocks.push(Block::Heading(heading.join(" · ")));
    report.blocks.push(Block::Table(outcomes(evaluated, language)));
    report.blocks.push(Block::Table(sharing(evaluated, language)));
    for part in parts {
        let summary = &part.summary;
        let words = [
            league_name(view, &part.league),
            Some(part.period.clone()).filter(|p| !p.is_empty()),
            Some(text!(count_branches, n = summary.n).render(language)),
            Some(top_words(view)),
        ];
        let words: Vec<String> = words.into_iter().flatten().collect();
        report.blocks.push(Block::Heading(words.join(" · ")));
        // For people the heading says which part it is.
        let shown = |table: Table| Block::Table(if view.short { bare(table) } else { table });
        report.blocks.push(shown(choices(evaluated, part, language)));
        if view.short {
            movers(&mut report, evaluated, summary, view);
            report.blocks.push(Block::Line(String::new()));
        }
        report.blocks.push(shown(options(evaluated, part, language)));
        report.blocks.push(shown(regions(evaluated, part, view)));
        match view.short {
            true => report.blocks.push(Block::Table(shares_across(evaluated, part, view))),
            false => {
                report.blocks.push(Block::Table(shares(evaluated, part, view)));
                report.blocks.push(Block::Table(mover_table(evaluated, part, view)));
            }
        }
        report.blocks.push(Block::Line(match summary.complete {
            true => word!(label_shares_exact, language).to_owned(),
            false => word!(label_shares_estimated, language).to_owned(),
        }));
    }
    report.blocks.push(Block::Line(word!(label_ranks_only, language).to_owned()));
    report
}

/// The tables of the report and, branch by branch, the ledger and the ranks: for files.
pub fn tables(evaluated: &Evaluated, parts: &[Part], view: &View<'_>) -> Vec<Table> {
    let language = view.language;
    let mut tables = vec![outcomes(evaluated, language), sharing(evaluated, language)];
    let mut of_parts: Vec<Table> = Vec::new();
    for part in parts {
        for table in [
            choices(evaluated, part, language),
            options(evaluated, part, language),
            regions(evaluated, part, view),
            shares(evaluated, part, view),
            mover_table(evaluated, part, view),
        ] {
            match of_parts.iter_mut().find(|t| t.name == table.name) {
                Some(whole) => whole.rows.extend(table.rows),
                None => of_parts.push(table),
            }
        }
    }
    tables.extend(of_parts);
    tables.push(ledger(evaluated, language));
    tables.push(ranks(evaluated, language));
    tables
}

fn top_words(view: &View<'_>) -> String {
    text!(top_is, top = view.top).render(view.language)
}

fn league_name(view: &View<'_>, code: &str) -> Option<String> {
    let leagues = &view.study.leagues;
    let league = leagues.iter().find(|l| l.code == code).filter(|_| leagues.len() > 1)?;
    Some(league.names.get(view.language.tag()).unwrap_or(code).to_owned())
}

fn value(x: f64) -> Cell {
    Cell::Number(x, State::Value)
}

fn maybe(x: Option<f64>) -> Cell {
    x.filter(|x| !x.is_nan()).map_or(Cell::Empty, value)
}

fn whole(n: usize) -> Cell {
    value(n as f64)
}

fn share_of(n: usize, all: usize) -> Cell {
    if all == 0 { Cell::Empty } else { value(n as f64 / all as f64) }
}

/// How branches ended, reasons grouped.
fn outcomes(evaluated: &Evaluated, language: Language) -> Table {
    let tree = &evaluated.tree;
    let mut ok = 0;
    let mut others: Vec<(&str, String, usize)> = Vec::new();
    // The same failure with other figures is one reason; the first is shown, and the ledger has each.
    let alike = |a: &str, b: &str| {
        let words = |text: &str| -> String {
            text.chars().filter(|c| !c.is_ascii_digit() && !matches!(c, '.' | '-' | '+')).collect()
        };
        words(a) == words(b)
    };
    let mut add = |outcome: &'static str, why: &str| {
        let failed = outcome == word!(label_branch_failed, language);
        let same = |w: &str| w == why || (failed && alike(w, why));
        match others.iter_mut().find(|(o, w, _)| *o == outcome && same(w)) {
            Some((.., n)) => *n += 1,
            None => others.push((outcome, why.to_owned(), 1)),
        }
    };
    for fate in tree.fates() {
        match fate {
            Fate::Invalid(at) => {
                add(word!(label_branch_invalid, language), &tree.space().constraints[*at].text)
            }
            Fate::Misfit(at) => add(word!(label_branch_failed, language), &tree.misfits()[*at]),
            Fate::Evaluated(at) => match &evaluated.results[*at] {
                Ok(_) => ok += 1,
                Err(why) => add(word!(label_branch_failed, language), why),
            },
        }
    }
    let all = tree.fates().len();
    let row = |outcome: &str, n: usize, why: &str| {
        vec![Cell::text(outcome), whole(n), share_of(n, all), Cell::text(why)]
    };
    let mut rows = vec![row(word!(label_branch_ok, language), ok, "")];
    for outcome in [word!(label_branch_invalid, language), word!(label_branch_failed, language)] {
        let mut own: Vec<_> = others.iter().filter(|(o, ..)| *o == outcome).collect();
        own.sort_by_key(|(.., n)| std::cmp::Reverse(*n));
        if own.is_empty() {
            rows.push(row(outcome, 0, ""));
        }
        rows.extend(own.into_iter().map(|(o, why, n)| row(o, *n, why)));
    }
    Table {
        name: "outcomes".into(),
        columns: vec![
            Head::new("outcome", word!(label_outcome, language)),
            Head::number("n", word!(label_count, language), 0),
            Head::number("share", word!(label_share, language), 3),
            Head::new("why", word!(label_why, language)),
        ],
        rows,
    }
}

/// How often each stage is computed, and how often it would be if each branch were evaluated by itself.
fn sharing(evaluated: &Evaluated, language: Language) -> Table {
    let tree = &evaluated.tree;
    let is_evaluated = |f: &&Fate| matches!(f, Fate::Evaluated(_));
    let alone = tree.fates().iter().filter(is_evaluated).count();
    let rows = LEVELS
        .iter()
        .zip(tree.computed())
        .map(|(stage, n)| vec![Cell::text(stage.name()), whole(n as usize), whole(alone)]);
    Table {
        name: "sharing".into(),
        columns: vec![
            Head::new("stage", word!(label_stage, language)),
            Head::number("computed", word!(label_computed, language), 0),
            Head::number("unshared", word!(label_unshared, language), 0),
        ],
        rows: rows.collect(),
    }
}

fn of_part(part: &Part) -> [Cell; 2] {
    [Cell::text(&part.league), Cell::text(&part.period)]
}

/// The columns that say which part a row is of: for files, where all parts are in one table.
fn heads_of_part(language: Language) -> Vec<Head> {
    vec![
        Head::new("league", word!(label_league, language)),
        Head::new("period", word!(label_period, language)),
    ]
}

/// Leaves out the columns of the league and the period where they say nothing.
fn trimmed(mut table: Table) -> Table {
    for column in [1, 0] {
        if table.rows.iter().all(|row| row[column] == Cell::text("")) {
            table.columns.remove(column);
            table.rows.iter_mut().for_each(|row| drop(row.remove(column)));
        }
    }
    table
}

/// Leaves out the columns of the league and the period.
fn bare(mut table: Table) -> Table {
    for key in ["league", "period"] {
        if let Some(column) = table.columns.iter().position(|head| head.key == key) {
            table.columns.remove(column);
            table.rows.iter_mut().for_each(|row| drop(row.remove(column)));
        }
    }
    table
}

fn choices(evaluated: &Evaluated, part: &Part, language: Language) -> Table {
    let forks = evaluated.tree.space().forks.list();
    let first = |s: &Option<Share>| maybe(s.map(|s| s.first));
    let total = |s: &Option<Share>| maybe(s.map(|s| s.total));
    let rows = forks.iter().zip(&part.summary.forks).map(|(fork, summary)| {
        let pairs = summary.pairs as usize;
        let mut row = of_part(part).to_vec();
        row.extend([
            Cell::text(&fork.name),
            whole(fork.options.len()),
            first(&summary.ranks),
            total(&summary.ranks),
            first(&summary.shift),
            total(&summary.shift),
            whole(pairs),
            whole(summary.top_changes as usize),
            share_of(summary.top_changes as usize, pairs),
            whole(summary.tier_changes as usize),
            share_of(summary.tier_changes as usize, pairs),
        ]);
        row
    });
    let mut columns = heads_of_part(language);
    columns.extend([
        Head::new("choice", word!(label_choice, language)),
        Head::number("options", word!(label_options, language), 0),
        Head::number("rank_first", word!(label_rank_first, language), 3),
        Head::number("rank_total", word!(label_rank_total, language), 3),
        Head::number("shift_first", word!(label_shift_first, language), 3),
        Head::number("shift_total", word!(label_shift_total, language), 3),
        Head::number("pairs", word!(label_pairs, language), 0),
        Head::number("top_changes", word!(label_top_changes, language), 0),
        Head::number("top_change_share", word!(label_of_pairs, language), 3),
        Head::number("tier_changes", word!(label_tier_changes, language), 0),
        Head::number("tier_change_share", word!(label_of_pairs, language), 3),
    ]);
    let mut rows: Vec<Vec<Cell>> = rows.collect();
    if evaluated.labels.is_empty() {
        columns.truncate(columns.len() - 2);
        rows.iter_mut().for_each(|row| row.truncate(columns.len()));
    }
    trimmed(Table { name: "choices".into(), columns, rows })
}

fn options(evaluated: &Evaluated, part: &Part, language: Language) -> Table {
    let forks = evaluated.tree.space().forks.list();
    let mut rows = Vec::new();
    for (fork, summary) in forks.iter().zip(&part.summary.forks) {
        for (label, option) in fork.options.iter().zip(&summary.options) {
            let mut row = of_part(part).to_vec();
            row.extend([
                Cell::text(&fork.name),
                Cell::text(label),
                whole(option.n),
                maybe(option.shift),
                whole(option.same_top),
                share_of(option.same_top, option.n),
            ]);
            rows.push(row);
        }
    }
    let mut columns = heads_of_part(language);
    columns.extend([
        Head::new("choice", word!(label_choice, language)),
        Head::new("option", word!(label_option, language)),
        Head::number("n", word!(label_count, language), 0),
        Head::number("mean_shift", word!(label_branch_shift, language), 2),
        Head::number("same_top", word!(label_same_top, language), 0),
        Head::number("same_top_share", word!(label_of_branches, language), 3),
    ]);
    trimmed(Table { name: "options".into(), columns, rows })
}

fn regions(evaluated: &Evaluated, part: &Part, view: &View<'_>) -> Table {
    let language = view.language;
    let keys = evaluated.tree.rows();
    let rows = part.summary.spreads.iter().map(|spread| {
        let key = &keys[spread.row];
        let mut row = of_part(part).to_vec();
        row.extend([
            Cell::text(&key.region),
            Cell::text(name(view, key)),
            Cell::Rank(spread.base.unwrap_or(f64::NAN)),
        ]);
        match spread.ranks {
            Some(ranks) => row.extend(ranks.map(value)),
            None => row.extend(std::iter::repeat_n(Cell::Empty, 5)),
        }
        row.extend([whole(spread.n), whole(spread.in_top), share_of(spread.in_top, spread.n)]);
        let tiered = spread.tiers.iter().sum::<usize>();
        row.extend(spread.tiers.iter().map(|n| share_of(*n, tiered)));
        row
    });
    let mut columns = heads_of_part(language);
    columns.extend([
        Head::new("code", word!(label_code, language)),
        Head::new("region", word!(label_region, language)),
        Head::new("base", word!(label_base_rank, language)),
        Head::number("best", word!(label_best, language), 1),
        Head::number("q05", word!(label_low, language), 1),
        Head::number("median", word!(label_median, language), 1),
        Head::number("q95", word!(label_high, language), 1),
        Head::number("worst", word!(label_worst, language), 1),
        Head::number("n", word!(label_count, language), 0),
        Head::number("in_top", word!(label_in_top, language), 0),
        Head::number("in_top_share", word!(label_of_branches, language), 3),
    ]);
    let tiers = evaluated.labels.iter();
    columns.extend(tiers.map(|label| Head::number(format!("tier_{label}"), label, 3)));
    trimmed(Table { name: "regions".into(), columns, rows: rows.collect() })
}

fn name<'v>(view: &View<'v>, key: &RowKey) -> &'v str {
    match view.study.region(&key.region) {
        Some(RegionIx(at)) => view.study.regions[at as usize].name(view.language.tag()),
        None => "",
    }
}

/// A row for each region and choice.
fn shares(evaluated: &Evaluated, part: &Part, view: &View<'_>) -> Table {
    let language = view.language;
    let (forks, keys) = (evaluated.tree.space().forks.list(), evaluated.tree.rows());
    let mut rows = Vec::new();
    for spread in &part.summary.spreads {
        for (fork, share) in forks.iter().zip(&spread.shares) {
            let mut row = of_part(part).to_vec();
            row.extend([
                Cell::text(&keys[spread.row].region),
                Cell::text(name(view, &keys[spread.row])),
                Cell::text(&fork.name),
                value(share.first),
                value(share.total),
                whole(spread.n),
            ]);
            rows.push(row);
        }
    }
    let mut columns = heads_of_part(language);
    columns.extend([
        Head::new("code", word!(label_code, language)),
        Head::new("region", word!(label_region, language)),
        Head::new("choice", word!(label_choice, language)),
        Head::number("first", word!(label_rank_first, language), 3),
        Head::number("total", word!(label_rank_total, language), 3),
        Head::number("n", word!(label_count, language), 0),
    ]);
    trimmed(Table { name: "region_shares".into(), columns, rows })
}

/// A row for each region, and for each choice a column: its share alone, and in brackets with others.
fn shares_across(evaluated: &Evaluated, part: &Part, view: &View<'_>) -> Table {
    let language = view.language;
    let (forks, keys) = (evaluated.tree.space().forks.list(), evaluated.tree.rows());
    let rows = part.summary.spreads.iter().map(|spread| {
        let mut row = vec![
            Cell::text(&keys[spread.row].region),
            Cell::text(name(view, &keys[spread.row])),
            whole(spread.n),
        ];
        let text = |s: &Share| {
            Cell::text(format!("{} ({})", number::fixed(s.first, 2), number::fixed(s.total, 2)))
        };
        match spread.shares.is_empty() {
            true => row.extend(std::iter::repeat_n(Cell::text("–"), forks.len())),
            false => row.extend(spread.shares.iter().map(text)),
        }
        row
    });
    let mut columns = vec![
        Head::new("code", word!(label_code, language)),
        Head::new("region", word!(label_region, language)),
        Head::number("n", word!(label_count, language), 0),
    ];
    columns.extend(forks.iter().map(|fork| Head::new(&fork.name, &fork.name)));
    Table { name: "region_shares".into(), columns, rows: rows.collect() }
}

/// For each choice the regions that it brings in and out of the top, or from tier to tier.
fn movers(report: &mut Report, evaluated: &Evaluated, summary: &Summary, view: &View<'_>) {
    let language = view.language;
    let (forks, keys) = (evaluated.tree.space().forks.list(), evaluated.tree.rows());
    for (fork, of_fork) in forks.iter().zip(&summary.forks) {
        for (words, movers) in [
            (word!(label_top_movers, language), &of_fork.top_movers),
            (word!(label_tier_movers, language), &of_fork.tier_movers),
        ] {
            if movers.is_empty() {
                continue;
            }
            let shown: Vec<String> = movers
                .iter()
                .take(MOVERS)
                .map(|(row, n)| format!("{} {n}", keys[*row].region))
                .collect();
            let more = if movers.len() > MOVERS { " …" } else { "" };
            let (list, pairs) = (shown.join(", "), of_fork.pairs);
            report.blocks.push(Block::Line(
                text!(
                    choice_movers,
                    choice = &fork.name,
                    words = words,
                    list = format!("{list}{more}"),
                    pairs = pairs,
                )
                .render(language),
            ));
        }
    }
}

fn mover_table(evaluated: &Evaluated, part: &Part, view: &View<'_>) -> Table {
    let language = view.language;
    let (forks, keys) = (evaluated.tree.space().forks.list(), evaluated.tree.rows());
    let mut rows = Vec::new();
    for (fork, of_fork) in forks.iter().zip(&part.summary.forks) {
        let mut at: Vec<usize> = of_fork.top_movers.iter().map(|(row, _)| *row).collect();
        let tiers = of_fork.tier_movers.iter().map(|(row, _)| *row);
        at.extend(tiers.filter(|row| of_fork.top_movers.iter().all(|(r, _)| r != row)));
        for moved in at {
            let of = |movers: &[(usize, u64)]| {
                movers.iter().find(|(row, _)| *row == moved).map_or(0, |(_, n)| *n as usize)
            };
            let mut row = of_part(part).to_vec();
            row.extend([
                Cell::text(&fork.name),
                Cell::text(&keys[moved].region),
                Cell::text(name(view, &keys[moved])),
                whole(of(&of_fork.top_movers)),
                whole(of(&of_fork.tier_movers)),
                whole(of_fork.pairs as usize),
            ]);
            rows.push(row);
        }
    }
    let mut columns = heads_of_part(language);
    columns.extend([
        Head::new("choice", word!(label_choice, language)),
        Head::new("code", word!(label_code, language)),
        Head::new("region", word!(label_region, language)),
        Head::number("top_changes", word!(label_top_changes, language), 0),
        Head::number("tier_changes", word!(label_tier_changes, language), 0),
        Head::number("pairs", word!(label_pairs, language), 0),
    ]);
    trimmed(Table { name: "movers".into(), columns, rows })
}

fn labels_of(evaluated: &Evaluated, branch: u64) -> impl Iterator<Item = Cell> + '_ {
    let forks = &evaluated.tree.space().forks;
    let label = move |(k, fork): (usize, &quanheng_core::multiverse::Fork)| {
        Cell::text(&fork.options[forks.option(branch, k)])
    };
    forks.list().iter().enumerate().map(label)
}

/// Every branch: its options, how it ended and why.
fn ledger(evaluated: &Evaluated, language: Language) -> Table {
    let tree = &evaluated.tree;
    let rows = tree.numbers().iter().zip(tree.fates()).map(|(&branch, fate)| {
        let mut row = vec![value(branch as f64)];
        row.extend(labels_of(evaluated, branch));
        let (status, why, same, hash) = match fate {
            Fate::Invalid(at) => ("invalid", tree.space().constraints[*at].text.as_str(), None, ""),
            Fate::Misfit(at) => ("failed", tree.misfits()[*at].as_str(), None, ""),
            Fate::Evaluated(at) => {
                let first = Some(tree.first_branch(*at)).filter(|f| *f != branch);
                match &evaluated.results[*at] {
                    Ok(_) => ("ok", "", first, evaluated.hashes[*at].as_str()),
                    Err(why) => ("failed", why.as_str(), first, ""),
                }
            }
        };
        let same = same.map_or(Cell::Empty, |b| value(b as f64));
        row.extend([Cell::text(status), Cell::text(why), same, Cell::text(hash)]);
        row
    });
    let mut columns = vec![Head::number("branch", word!(label_branch, language), 0)];
    let forks = tree.space().forks.list();
    columns.extend(forks.iter().map(|fork| Head::new(&fork.name, &fork.name)));
    columns.extend([
        Head::new("status", word!(label_outcome, language)),
        Head::new("why", word!(label_why, language)),
        Head::number("same_as", word!(label_same_as, language), 0),
        Head::new("hash", word!(label_hash, language)),
    ]);
    Table { name: "branches".into(), columns, rows: rows.collect() }
}

/// Every branch with a result: each region's rank.
fn ranks(evaluated: &Evaluated, language: Language) -> Table {
    let tree = &evaluated.tree;
    let keys = tree.rows();
    let several = keys.iter().any(|k| k.period != keys[0].period || k.league != keys[0].league);
    let head = |key: &RowKey| {
        let parts = [&key.region, &key.period, &key.league];
        let parts = parts.into_iter().filter(|p| !p.is_empty());
        match several {
            true => Head::new(parts.cloned().collect::<Vec<_>>().join("@"), key.region.clone()),
            false => Head::new(key.region.clone(), key.region.clone()),
        }
    };
    let rows = tree.numbers().iter().zip(tree.fates()).filter_map(|(&branch, fate)| {
        let Fate::Evaluated(at) = fate else { return None };
        let kept = evaluated.results[*at].as_ref().ok()?;
        let mut row = vec![value(branch as f64)];
        row.extend(kept.ranks.iter().map(|r| Cell::Rank(f64::from(*r))));
        Some(row)
    });
    let mut columns = vec![Head::number("branch", word!(label_branch, language), 0)];
    columns.extend(keys.iter().map(head));
    Table { name: "ranks".into(), columns, rows: rows.collect() }
}

/// One region under every branch, from its best rank to its worst, with the options beside (a specification curve:
/// Simonsohn, Simmons & Nelson 2020, Nature Human Behaviour 4). Where `most` is stated, the middle of a longer list is
/// left out.
pub fn region(evaluated: &Evaluated, row: usize, most: Option<usize>, view: &View<'_>) -> Report {
    let language = view.language;
    let tree = &evaluated.tree;
    let forks = tree.space().forks.list();
    let key = &tree.rows()[row];
    let mut found: Vec<(f64, u64, Cell)> = Vec::new();
    for (&branch, fate) in tree.numbers().iter().zip(tree.fates()) {
        let Fate::Evaluated(at) = fate else { continue };
        let Ok(kept) = &evaluated.results[*at] else { continue };
        let tier = kept.tiers.get(row).and_then(|t| evaluated.labels.get(usize::from(*t)));
        let tier = tier.map_or(Cell::Empty, Cell::text);
        found.push((f64::from(kept.ranks[row]), branch, tier));
    }
    found.sort_by(|a, b| {
        a.0.is_nan().cmp(&b.0.is_nan()).then(a.0.total_cmp(&b.0)).then(a.1.cmp(&b.1))
    });
    let all = found.len();
    let left_out = most.filter(|most| all > *most).map_or(0..0, |most| most / 2..all - most / 2);
    let mut rows = Vec::new();
    for (at, (rank, branch, tier)) in found.into_iter().enumerate() {
        if left_out.contains(&at) {
            if at == left_out.start {
                rows.push(vec![Cell::text("…"); forks.len() + 3]);
            }
            continue;
        }
        let mut row = vec![Cell::Rank(rank), tier];
        row.extend(labels_of(evaluated, branch));
        row.push(value(branch as f64));
        rows.push(row);
    }
    let base = evaluated.base.as_ref().map(|b| f64::from(b.ranks[row]));
    let mut words = vec![
        [key.region.as_str(), name(view, key)].join(" ").trim().to_owned(),
        key.period.clone(),
        text!(count_branches, n = all).render(language),
    ];
    if let Some(base) = base.filter(|b| !b.is_nan()) {
        words.push(format!("{} {}", word!(label_base_rank, language), number::rank(base)));
    }
    words.retain(|w| !w.is_empty());
    let mut columns = vec![
        Head::new("rank", word!(label_rank, language)),
        Head::new("tier", word!(label_tier, language)),
    ];
    columns.extend(forks.iter().map(|fork| Head::new(&fork.name, &fork.name)));
    columns.push(Head::number("branch", word!(label_branch, language), 0));
    if evaluated.labels.is_empty() {
        columns.remove(1);
        rows.iter_mut().for_each(|row| drop(row.remove(1)));
    }
    let table = Table { name: "region".into(), columns, rows };
    Report { blocks: vec![Block::Heading(words.join(" · ")), Block::Table(table)] }
}
