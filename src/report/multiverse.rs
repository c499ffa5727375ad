//! Multiverses: how branches ended, what each choice does, and how far each region's rank goes.

use quanheng_core::method::Stage;
use quanheng_core::model::{RegionIx, Study};
use quanheng_core::multiverse::{
    Fate, Fork, ForkSummary, LEVELS, OptionSummary, RowKey, Share, Spread, Summary,
};
use quanheng_core::number::{ascending, sort_items};
use quanheng_words::{text, word};

use super::{Block, Cell, Columns, Language, Reader, Report, Table, number};
use crate::multiverse::{Evaluated, Group};

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

/// How many movers a line names.
const MOVERS: usize = 5;

/// The whole report.
pub fn report(evaluated: &Evaluated, groups: &[Group], view: &View<'_>) -> Report {
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
    for group in groups {
        let summary = &group.summary;
        let words = [
            league_name(view, &group.league),
            Some(group.period.clone()).filter(|p| !p.is_empty()),
            Some(text!(count_branches, n = summary.n).render(language)),
            Some(top_words(view)),
        ];
        let words: Vec<String> = words.into_iter().flatten().collect();
        report.blocks.push(Block::Heading(words.join(" · ")));
        let own = std::slice::from_ref(group);
        report.blocks.push(Block::Table(choices(evaluated, own, view)));
        if view.short {
            movers(&mut report, evaluated, summary, view);
            report.blocks.push(Block::Line(String::new()));
        }
        report.blocks.push(Block::Table(options(evaluated, own, view)));
        report.blocks.push(Block::Table(regions(evaluated, own, view)));
        match view.short {
            true => report.blocks.push(Block::Table(shares_across(evaluated, group, view))),
            false => {
                report.blocks.push(Block::Table(shares(evaluated, own, view)));
                report.blocks.push(Block::Table(mover_table(evaluated, own, view)));
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
pub fn tables(evaluated: &Evaluated, groups: &[Group], view: &View<'_>) -> Vec<Table> {
    let view = &View { short: false, ..*view };
    vec![
        outcomes(evaluated, view.language),
        sharing(evaluated, view.language),
        choices(evaluated, groups, view),
        options(evaluated, groups, view),
        regions(evaluated, groups, view),
        shares(evaluated, groups, view),
        mover_table(evaluated, groups, view),
        ledger(evaluated, view.language),
        ranks(evaluated, view.language),
    ]
}

fn top_words(view: &View<'_>) -> String {
    text!(top_is, top = view.top).render(view.language)
}

fn league_name(view: &View<'_>, code: &str) -> Option<String> {
    let leagues = &view.study.leagues;
    let league = leagues.iter().find(|l| l.code == code).filter(|_| leagues.len() > 1)?;
    Some(league.names.get(view.language.tag()).unwrap_or(code).to_owned())
}

fn share_of(n: usize, all: usize) -> Option<Cell> {
    (all > 0).then(|| Cell::number(n as f64 / all as f64))
}

fn known(x: Option<f64>) -> Option<Cell> {
    x.filter(|x| !x.is_nan()).map(Cell::number)
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
            Fate::Misfit(at) => {
                add(word!(label_branch_failed, language), &tree.misfits()[*at].render(language))
            }
            Fate::Evaluated(at) => match &evaluated.results[*at] {
                Ok(_) => ok += 1,
                Err(why) => add(word!(label_branch_failed, language), &why.render(language)),
            },
        }
    }
    let all = tree.fates().len();
    let mut rows = vec![(word!(label_branch_ok, language), ok, String::new())];
    for outcome in [word!(label_branch_invalid, language), word!(label_branch_failed, language)] {
        let mut own: Vec<_> = others.iter().filter(|(o, ..)| *o == outcome).collect();
        sort_items(&mut own, |(.., a), (.., b)| b.cmp(a));
        if own.is_empty() {
            rows.push((outcome, 0, String::new()));
        }
        rows.extend(own.into_iter().map(|(_, why, n)| (outcome, *n, why.clone())));
    }
    Columns::<(&str, usize, String)>::new()
        .text("outcome", word!(label_outcome, language), |row| row.0)
        .number("n", word!(label_count, language), |row| row.1)
        .number("share", word!(label_share, language), |row| share_of(row.1, all))
        .digits(3)
        .text("why", word!(label_why, language), |row| row.2.clone())
        .table("outcomes", Reader::People, rows)
}

/// How often each stage is computed, and how often it would be if each branch were evaluated by itself.
fn sharing(evaluated: &Evaluated, language: Language) -> Table {
    let tree = &evaluated.tree;
    let is_evaluated = |f: &&Fate| matches!(f, Fate::Evaluated(_));
    let alone = tree.fates().iter().filter(is_evaluated).count();
    let levels = LEVELS.iter().zip(tree.computed());
    Columns::new()
        .text("stage", word!(label_stage, language), |(stage, _): &(&Stage, u64)| stage.name())
        .number("computed", word!(label_computed, language), |(_, n)| *n as usize)
        .number("unshared", word!(label_unshared, language), |_| alone)
        .table("sharing", Reader::People, levels)
}

/// Who reads the tables of a view.
fn reader(view: &View<'_>) -> Reader {
    if view.short { Reader::People } else { Reader::Files }
}

/// A row of a table, and its group.
type Of<'g, T> = (&'g Group, T);

/// The columns that name the group of a row, if groups have names: for files, where all groups are in one
/// table. For people the heading says it.
fn columns<'a, 'g, T>(groups: &[Group], view: &View<'_>) -> Columns<'a, Of<'g, T>> {
    Columns::<Of<'g, T>>::new()
        .text("league", word!(label_league, view.language), |(group, _)| &group.league)
        .only_for(Reader::Files)
        .only_if(groups.iter().any(|group| !group.league.is_empty()))
        .text("period", word!(label_period, view.language), |(group, _)| &group.period)
        .only_for(Reader::Files)
        .only_if(groups.iter().any(|group| !group.period.is_empty()))
}

fn choices(evaluated: &Evaluated, groups: &[Group], view: &View<'_>) -> Table {
    let language = view.language;
    let forks = evaluated.tree.space().forks.list();
    let tiered = !evaluated.labels.is_empty();
    let first = |s: &Option<Share>| known(s.as_ref().map(|s| s.first));
    let total = |s: &Option<Share>| known(s.as_ref().map(|s| s.total));
    let rows = groups
        .iter()
        .flat_map(|group| forks.iter().zip(&group.summary.forks).map(move |of| (group, of)));
    let changes = |n: u64, pairs: u64| share_of(n as usize, pairs as usize);
    columns::<(&Fork, &ForkSummary)>(groups, view)
        .text("choice", word!(label_choice, language), |(_, (fork, _))| &fork.name)
        .number("options", word!(label_options, language), |(_, (fork, _))| fork.options.len())
        .number("rank_first", word!(label_rank_first, language), |(_, (_, s))| first(&s.ranks))
        .digits(3)
        .number("rank_total", word!(label_rank_total, language), |(_, (_, s))| total(&s.ranks))
        .digits(3)
        .number("shift_first", word!(label_shift_first, language), |(_, (_, s))| first(&s.shift))
        .digits(3)
        .number("shift_total", word!(label_shift_total, language), |(_, (_, s))| total(&s.shift))
        .digits(3)
        .number("pairs", word!(label_pairs, language), |(_, (_, s))| s.pairs as usize)
        .number("top_changes", word!(label_top_changes, language), |(_, (_, s))| {
            s.top_changes as usize
        })
        .number("top_change_share", word!(label_of_pairs, language), |(_, (_, s))| {
            changes(s.top_changes, s.pairs)
        })
        .digits(3)
        .number("tier_changes", word!(label_tier_changes, language), |(_, (_, s))| {
            s.tier_changes as usize
        })
        .only_if(tiered)
        .number("tier_change_share", word!(label_of_pairs, language), |(_, (_, s))| {
            changes(s.tier_changes, s.pairs)
        })
        .digits(3)
        .only_if(tiered)
        .table("choices", reader(view), rows)
}

fn options(evaluated: &Evaluated, groups: &[Group], view: &View<'_>) -> Table {
    let language = view.language;
    let forks = evaluated.tree.space().forks.list();
    let rows = groups.iter().flat_map(|group| {
        let forks = forks.iter().zip(&group.summary.forks);
        forks.flat_map(move |(fork, summary)| {
            let options = fork.options.iter().zip(&summary.options);
            options.map(move |(label, option)| (group, (fork, label, option)))
        })
    });
    columns::<(&Fork, &String, &OptionSummary)>(groups, view)
        .text("choice", word!(label_choice, language), |(_, (fork, ..))| &fork.name)
        .text("option", word!(label_option, language), |(_, (_, label, _))| *label)
        .number("n", word!(label_count, language), |(_, (.., option))| option.n)
        .number("mean_shift", word!(label_branch_shift, language), |(_, (.., option))| {
            known(option.shift)
        })
        .digits(2)
        .number("same_top", word!(label_same_top, language), |(_, (.., option))| option.same_top)
        .number("same_top_share", word!(label_of_branches, language), |(_, (.., option))| {
            share_of(option.same_top, option.n)
        })
        .digits(3)
        .table("options", reader(view), rows)
}

fn regions(evaluated: &Evaluated, groups: &[Group], view: &View<'_>) -> Table {
    let language = view.language;
    let keys = evaluated.tree.rows();
    let rank = |spread: &Spread, at: usize| spread.ranks.map(|ranks| Cell::number(ranks[at]));
    let mut columns = columns::<&Spread>(groups, view)
        .text("code", word!(label_code, language), |(_, spread)| &keys[spread.row].region)
        .text("region", word!(label_region, language), |(_, spread)| name(view, &keys[spread.row]))
        .number("base", word!(label_base_rank, language), |(_, spread)| {
            Cell::Rank(spread.base.unwrap_or(f64::NAN))
        });
    for (at, key, label) in [
        (0, "best", word!(label_best, language)),
        (1, "q05", word!(label_low, language)),
        (2, "median", word!(label_median, language)),
        (3, "q95", word!(label_high, language)),
        (4, "worst", word!(label_worst, language)),
    ] {
        columns = columns.number(key, label, move |(_, spread)| rank(spread, at)).digits(1);
    }
    columns = columns
        .number("n", word!(label_count, language), |(_, spread)| spread.n)
        .number("in_top", word!(label_in_top, language), |(_, spread)| spread.in_top)
        .number("in_top_share", word!(label_of_branches, language), |(_, spread)| {
            share_of(spread.in_top, spread.n)
        })
        .digits(3);
    for (at, label) in evaluated.labels.iter().enumerate() {
        columns = columns
            .number(format!("tier_{label}"), label, move |(_, spread)| {
                share_of(*spread.tiers.get(at)?, spread.tiers.iter().sum())
            })
            .digits(3);
    }
    let rows = groups
        .iter()
        .flat_map(|group| group.summary.spreads.iter().map(move |spread| (group, spread)));
    columns.table("regions", reader(view), rows)
}

fn name<'v>(view: &View<'v>, key: &RowKey) -> &'v str {
    match view.study.region(&key.region) {
        Some(RegionIx(at)) => view.study.regions[at as usize].name(view.language.tag()),
        None => "",
    }
}

/// A row for each region and choice.
fn shares(evaluated: &Evaluated, groups: &[Group], view: &View<'_>) -> Table {
    let language = view.language;
    let (forks, keys) = (evaluated.tree.space().forks.list(), evaluated.tree.rows());
    let rows = groups.iter().flat_map(|group| {
        group.summary.spreads.iter().flat_map(move |spread| {
            forks
                .iter()
                .zip(&spread.shares)
                .map(move |(fork, share)| (group, (spread, fork, share)))
        })
    });
    columns::<(&Spread, &Fork, &Share)>(groups, view)
        .text("code", word!(label_code, language), |(_, (spread, ..))| &keys[spread.row].region)
        .text("region", word!(label_region, language), |(_, (spread, ..))| {
            name(view, &keys[spread.row])
        })
        .text("choice", word!(label_choice, language), |(_, (_, fork, _))| &fork.name)
        .number("first", word!(label_rank_first, language), |(_, (.., s))| Cell::number(s.first))
        .digits(3)
        .number("total", word!(label_rank_total, language), |(_, (.., s))| Cell::number(s.total))
        .digits(3)
        .number("n", word!(label_count, language), |(_, (spread, ..))| spread.n)
        .table("region_shares", reader(view), rows)
}

/// A row for each region, and for each choice a column: its share alone, and in brackets with others.
fn shares_across(evaluated: &Evaluated, group: &Group, view: &View<'_>) -> Table {
    let language = view.language;
    let (forks, keys) = (evaluated.tree.space().forks.list(), evaluated.tree.rows());
    let text = |s: &Share| format!("{} ({})", number::fixed(s.first, 2), number::fixed(s.total, 2));
    let mut columns = Columns::<&Spread>::new()
        .text("code", word!(label_code, language), |spread| &keys[spread.row].region)
        .text("region", word!(label_region, language), |spread| name(view, &keys[spread.row]))
        .number("n", word!(label_count, language), |spread| spread.n);
    for (k, fork) in forks.iter().enumerate() {
        columns = columns.text(&fork.name, &fork.name, move |spread| {
            spread.shares.get(k).map_or("–".to_owned(), text)
        });
    }
    columns.table("region_shares", Reader::People, &group.summary.spreads)
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

fn mover_table(evaluated: &Evaluated, groups: &[Group], view: &View<'_>) -> Table {
    let language = view.language;
    let (forks, keys) = (evaluated.tree.space().forks.list(), evaluated.tree.rows());
    let mut rows = Vec::new();
    for group in groups {
        for (fork, of_fork) in forks.iter().zip(&group.summary.forks) {
            let mut moved: Vec<usize> = of_fork.top_movers.iter().map(|(row, _)| *row).collect();
            let tiers = of_fork.tier_movers.iter().map(|(row, _)| *row);
            moved.extend(tiers.filter(|row| of_fork.top_movers.iter().all(|(r, _)| r != row)));
            rows.extend(moved.into_iter().map(|row| (group, (fork, of_fork, row))));
        }
    }
    let times = |movers: &[(usize, u64)], moved: usize| {
        movers.iter().find(|(row, _)| *row == moved).map_or(0, |(_, n)| *n as usize)
    };
    columns::<(&Fork, &ForkSummary, usize)>(groups, view)
        .text("choice", word!(label_choice, language), |(_, (fork, ..))| &fork.name)
        .text("code", word!(label_code, language), |(_, (.., row))| &keys[*row].region)
        .text("region", word!(label_region, language), |(_, (.., row))| name(view, &keys[*row]))
        .number("top_changes", word!(label_top_changes, language), move |(_, (_, s, row))| {
            times(&s.top_movers, *row)
        })
        .number("tier_changes", word!(label_tier_changes, language), move |(_, (_, s, row))| {
            times(&s.tier_movers, *row)
        })
        .number("pairs", word!(label_pairs, language), |(_, (_, s, _))| s.pairs as usize)
        .table("movers", reader(view), rows)
}

/// The option that a branch takes of each choice, in a column for each; rows without a branch have an ellipsis.
fn with_options<'a, R>(
    mut columns: Columns<'a, R>,
    evaluated: &'a Evaluated,
    branch: impl Fn(&R) -> Option<u64> + Copy + 'a,
) -> Columns<'a, R> {
    let forks = &evaluated.tree.space().forks;
    for (k, fork) in forks.list().iter().enumerate() {
        columns = columns.text(&fork.name, &fork.name, move |row| match branch(row) {
            Some(branch) => fork.options[forks.option(branch, k)].as_str(),
            None => "…",
        });
    }
    columns
}

/// Every branch: its options, how it ended and why.
fn ledger(evaluated: &Evaluated, language: Language) -> Table {
    /// How a branch ended.
    struct Ended<'e> {
        branch: u64,
        status: &'static str,
        why: String,
        /// The first branch that is equal.
        same: Option<u64>,
        hash: &'e str,
    }
    let tree = &evaluated.tree;
    let rows = tree.numbers().iter().zip(tree.fates()).map(|(&branch, fate)| {
        let unevaluated = |status, why| Ended { branch, status, why, same: None, hash: "" };
        match fate {
            Fate::Invalid(at) => unevaluated("invalid", tree.space().constraints[*at].text.clone()),
            Fate::Misfit(at) => unevaluated("failed", tree.misfits()[*at].render(language)),
            Fate::Evaluated(at) => {
                let same = Some(tree.first_branch(*at)).filter(|first| *first != branch);
                let (status, why, hash) = match &evaluated.results[*at] {
                    Ok(_) => ("ok", String::new(), evaluated.hashes[*at].as_str()),
                    Err(why) => ("failed", why.render(language), ""),
                };
                Ended { branch, status, why, same, hash }
            }
        }
    });
    let columns =
        Columns::<Ended<'_>>::new().number("branch", word!(label_branch, language), |row| {
            Cell::Count(row.branch as usize)
        });
    with_options(columns, evaluated, |row| Some(row.branch))
        .text("status", word!(label_outcome, language), |row| row.status)
        .text("why", word!(label_why, language), |row| row.why.clone())
        .number("same_as", word!(label_same_as, language), |row| row.same.map(|b| b as usize))
        .text("hash", word!(label_hash, language), |row| row.hash)
        .table("branches", Reader::Files, rows)
}

/// Every branch with a result: each region's rank.
fn ranks(evaluated: &Evaluated, language: Language) -> Table {
    let tree = &evaluated.tree;
    let keys = tree.rows();
    let several = keys.iter().any(|k| k.period != keys[0].period || k.league != keys[0].league);
    let rows = tree.numbers().iter().zip(tree.fates()).filter_map(|(&branch, fate)| {
        let Fate::Evaluated(at) = fate else { return None };
        Some((branch, &evaluated.results[*at].as_ref().ok()?.ranks))
    });
    let mut columns =
        Columns::new().number("branch", word!(label_branch, language), |row: &(u64, &Vec<f32>)| {
            row.0 as usize
        });
    for (k, key) in keys.iter().enumerate() {
        let parts = [&key.region, &key.period, &key.league];
        let parts = parts.into_iter().filter(|part| !part.is_empty());
        let whole = match several {
            true => parts.cloned().collect::<Vec<_>>().join("@"),
            false => key.region.clone(),
        };
        columns =
            columns.number(whole, &key.region, move |(_, ranks)| Cell::Rank(f64::from(ranks[k])));
    }
    columns.table("ranks", Reader::Files, rows)
}

/// One region under every branch, from its best rank to its worst, with the options beside (a specification curve:
/// Simonsohn, Simmons & Nelson 2020, Nature Human Behaviour 4). Where `most` is stated, the middle of a longer list is
/// left out.
pub fn region(evaluated: &Evaluated, row: usize, most: Option<usize>, view: &View<'_>) -> Report {
    let language = view.language;
    let tree = &evaluated.tree;
    let key = &tree.rows()[row];
    let mut found: Vec<(f64, u64, Option<&String>)> = Vec::new();
    for (&branch, fate) in tree.numbers().iter().zip(tree.fates()) {
        let Fate::Evaluated(at) = fate else { continue };
        let Ok(kept) = &evaluated.results[*at] else { continue };
        let tier = kept.tiers.get(row).and_then(|t| evaluated.labels.get(usize::from(*t)));
        found.push((f64::from(kept.ranks[row]), branch, tier));
    }
    sort_items(&mut found, |a, b| ascending(a.0, b.0).then(a.1.cmp(&b.1)));
    let all = found.len();
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
    // One row without a branch stands for those that are left out.
    let mut rows: Vec<Option<(f64, u64, Option<&String>)>> = found.into_iter().map(Some).collect();
    if let Some(most) = most.filter(|most| all > *most) {
        rows.splice(most / 2..all - most / 2, [None]);
    }
    let columns = Columns::<Option<(f64, u64, Option<&String>)>>::new()
        .number("rank", word!(label_rank, language), |row| match row {
            Some((rank, ..)) => Cell::Rank(*rank),
            None => "…".into(),
        })
        .text("tier", word!(label_tier, language), |row| match row {
            Some((.., tier)) => Cell::from(*tier),
            None => "…".into(),
        })
        .only_if(!evaluated.labels.is_empty());
    let table = with_options(columns, evaluated, |row| row.map(|(_, branch, _)| branch))
        .number("branch", word!(label_branch, language), |row| match row {
            Some((_, branch, _)) => Cell::Count(*branch as usize),
            None => "…".into(),
        })
        .table("region", Reader::People, rows);
    Report { blocks: vec![Block::Heading(words.join(" · ")), Block::Table(table)] }
}
