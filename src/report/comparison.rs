//! Two or more results beside each other, and how far they agree.

use std::sync::Arc;

use quanheng_core::comparison::{
    Agreement, Aligned, Migration, Mover, Side as Where, Standing, Statistic, Undefined,
};
use quanheng_core::evaluation::Evaluation;
use quanheng_core::model::{RegionIx, State};

use super::{Block, Cell, Head, Language, Report, Table, number, ranking};

/// One subject in one league.
#[derive(Debug)]
pub struct Side {
    /// Its place among the subjects of the whole comparison.
    pub number: usize,
    /// What it is called.
    pub label: String,
    /// Which of the projects it is of.
    pub project: usize,
    /// The period.
    pub period: String,
    /// Its league, by position in its study.
    pub league: usize,
    /// The regions of the standing.
    pub regions: Vec<RegionIx>,
    /// How they stand.
    pub standing: Standing,
    /// Where it comes from.
    pub evaluation: Arc<Evaluation>,
}

/// One league of all subjects.
#[derive(Debug, Default)]
pub struct Contest {
    /// Its code.
    pub league: String,
    /// Whether each subject has one league only, whatever it is called.
    pub single: bool,
    /// The subjects that have it, in their order.
    pub sides: Vec<Side>,
    /// The labels of those that do not.
    pub absent: Vec<String>,
}

/// Two sides of a contest.
#[derive(Debug)]
pub struct Pair<'a> {
    /// The first, by its place in the contest.
    pub first: usize,
    /// The second.
    pub second: usize,
    /// Their regions beside each other.
    pub aligned: Aligned<'a>,
    /// How far they agree.
    pub agreement: Agreement,
}

/// What is shown.
#[derive(Clone, Debug)]
pub struct View {
    /// The language.
    pub language: Language,
    /// The title of the first project.
    pub title: String,
    /// How many regions are shown; all where it is not given.
    pub top: Option<usize>,
    /// How many of the largest movers of a pair are shown.
    pub movers: usize,
    /// The persistence of the rank-biased overlap.
    pub persistence: f64,
    /// The fingerprints of the projects.
    pub made_from: Vec<String>,
}

/// A comparison: each contest with the pairs of its sides, all of them, by first and second.
pub type Compared<'a> = [(&'a Contest, Vec<Pair<'a>>)];

/// The comparison for people, league by league. Where there are several pairs, movers and tiers are shown of those with
/// the first subject.
pub fn report(compared: &Compared<'_>, view: &View) -> Report {
    let mut report = Report::default();
    for (contest, pairs) in compared {
        of_contest(&mut report.blocks, contest, pairs, view);
    }
    for fingerprint in &view.made_from {
        let words = format!("{} {fingerprint}", view.language.made_from());
        report.blocks.push(Block::Line(words));
    }
    report
}

/// Everything as tables, one of a kind with every league and pair, nothing cut.
pub fn tables(compared: &Compared<'_>, view: &View) -> Vec<Table> {
    let mut kinds: Vec<Table> = Vec::new();
    let mut add = |league: &str, table: Table| {
        let head = Head::new("league", view.language.league());
        let labelled = |mut row: Vec<Cell>| {
            row.insert(0, Cell::text(league));
            row
        };
        let rows = table.rows.into_iter().map(labelled);
        match kinds.iter_mut().find(|kind| kind.name == table.name) {
            Some(kind) => kind.rows.extend(rows),
            None => {
                let columns = std::iter::once(head).chain(table.columns).collect();
                kinds.push(Table { name: table.name, columns, rows: rows.collect() });
            }
        }
    };
    for (contest, pairs) in compared {
        add(&contest.league, sides(contest, view.language, true));
        add(&contest.league, regions_long(contest, pairs, view.language));
        let lines = |of: &dyn Fn(&Pair<'_>) -> Vec<Vec<Cell>>| -> Vec<Vec<Cell>> {
            let named = |pair: &Pair<'_>, row: Vec<Cell>| {
                let labels = [pair.first, pair.second].map(|k| Cell::text(&contest.sides[k].label));
                labels.into_iter().chain(row).collect()
            };
            let rows =
                pairs.iter().flat_map(|pair| of(pair).into_iter().map(move |row| named(pair, row)));
            rows.collect()
        };
        let heads = |own: &[&str]| -> Vec<Head> {
            let all = ["first", "second"].iter().chain(own);
            all.map(|key| Head::new(*key, *key)).collect()
        };
        let of_pairs = [
            (
                "agreement",
                heads(&["statistic", "value", "n", "note"]),
                lines(&|pair| statistics_long(pair, view)),
            ),
            (
                "movers",
                heads(&[
                    "code",
                    "name",
                    "rank_first",
                    "rank_second",
                    "move",
                    "score_first",
                    "score_second",
                ]),
                lines(&|pair| {
                    let all = pair.agreement.movers.iter();
                    all.map(|mover| mover_cells(contest, pair, mover, view.language)).collect()
                }),
            ),
            ("migration", heads(&["from", "to", "count", "n"]), lines(&migration_long)),
            (
                "apart",
                heads(&["where", "code", "name"]),
                lines(&|pair| apart_long(contest, pair, view.language)),
            ),
        ];
        for (name, columns, rows) in of_pairs {
            add(&contest.league, Table { name: name.into(), columns, rows });
        }
        let absent = contest.absent.iter().map(|label| vec![Cell::text(label)]).collect();
        let columns = vec![Head::new("subject", view.language.subject())];
        add(&contest.league, Table { name: "without_league".into(), columns, rows: absent });
    }
    kinds
}

fn of_contest(blocks: &mut Vec<Block>, contest: &Contest, pairs: &[Pair<'_>], view: &View) {
    let language = view.language;
    let Some(reference) = contest.sides.first() else { return };
    let study = reference.evaluation.study();
    let league = &study.leagues[reference.league];
    let league = (study.leagues.len() > 1)
        .then(|| league.names.get(language.tag()).unwrap_or(&league.code).to_owned());
    let labels: Vec<&str> = contest.sides.iter().map(|side| side.label.as_str()).collect();
    let parts = [Some(view.title.clone()), league, Some(labels.join(" · "))];
    let parts: Vec<String> = parts.into_iter().flatten().filter(|p| !p.is_empty()).collect();
    blocks.push(Block::Heading(parts.join(" · ")));
    for label in &contest.absent {
        blocks.push(Block::Line(match language {
            Language::Zh => format!("{label} 没有组别 {}", contest.league),
            Language::En => format!("{label} has no league {}", contest.league),
        }));
    }
    if pairs.is_empty() {
        blocks.push(Block::Line(match language {
            Language::Zh => "没有可比较的对象".into(),
            Language::En => "there is nothing to compare it with".into(),
        }));
        return;
    }
    blocks.push(Block::Table(sides(contest, language, false)));
    if contest.sides.iter().all(|side| side.standing.is_empty()) {
        blocks.push(Block::Line(match language {
            Language::Zh => "这一时期没有地区".into(),
            Language::En => "there are no regions in this period".into(),
        }));
        return;
    }
    let mut table = regions(contest, pairs, language);
    let (shown, all) = (view.top.unwrap_or(usize::MAX).min(table.rows.len()), table.rows.len());
    table.rows.truncate(shown);
    blocks.push(Block::Table(table));
    if shown < all {
        blocks.push(Block::Line(format!("… {} {shown} / {all}", language.shown())));
    }
    for pair in pairs.iter().filter(|pair| pair.first == 0) {
        apart(blocks, contest, pair, language);
    }
    match pairs {
        [pair] => {
            let [first, second] = [pair.first, pair.second].map(|k| &contest.sides[k].label);
            let words = format!("{} · {first} → {second}", language.agreement());
            blocks.push(Block::Heading(words));
            blocks.push(Block::Table(statistics(pair, view)));
        }
        _ => {
            blocks.push(Block::Heading(language.agreement().to_owned()));
            agreements(blocks, contest, pairs, view);
        }
    }
    for pair in pairs.iter().filter(|pair| pair.first == 0) {
        let [first, second] = [pair.first, pair.second].map(|k| &contest.sides[k].label);
        movers(blocks, contest, pair, view);
        if let Ok(migration) = &pair.agreement.migration {
            let words = format!("{} · {first} → {second}", language.migration());
            blocks.push(Block::Heading(words));
            blocks.push(Block::Table(migration_table(migration, first, second, language)));
        }
    }
}

/// The subjects of a contest.
fn sides(contest: &Contest, language: Language, long: bool) -> Table {
    let mut columns = vec![
        Head::new("subject", language.subject()),
        Head::new("title", language.name()),
        Head::new("period", language.period()),
        Head::new("regions", language.all_regions()),
        Head::new("ranked", language.ranked()),
    ];
    if long {
        columns.insert(1, Head::new("methodology", language.methodology()));
        columns.insert(2, Head::new("system", "system"));
    }
    let rows = contest.sides.iter().map(|side| {
        let methodology = side.evaluation.methodology();
        let ranked = side.standing.ranks.iter().filter(|r| !r.is_nan()).count();
        let mut row = vec![
            Cell::text(&side.label),
            Cell::text(methodology.names.get(language.tag()).unwrap_or_default()),
            Cell::text(&side.period),
            Cell::Rank(side.standing.len() as f64),
            Cell::Rank(ranked as f64),
        ];
        if long {
            row.insert(1, Cell::text(&methodology.code));
            row.insert(2, Cell::text(&methodology.system_code));
        }
        row
    });
    Table { name: "subjects".into(), columns, rows: rows.collect() }
}

/// The rows of a contest: for each side the place of the region there, those of the first side by rank.
fn rows(contest: &Contest, pairs: &[Pair<'_>]) -> Vec<Vec<Option<usize>>> {
    let sides = &contest.sides;
    let of = |first: usize, second: usize| {
        pairs.iter().find(|pair| (pair.first, pair.second) == (first, second)).map(|p| &p.aligned)
    };
    let mut rows = Vec::new();
    let mut placed: Vec<Vec<bool>> = sides.iter().map(|s| vec![false; s.standing.len()]).collect();
    for (k, side) in sides.iter().enumerate() {
        let ranks = &side.standing.ranks;
        let mut order: Vec<usize> = (0..side.standing.len()).collect();
        quanheng_core::number::sort_by_key(&mut order, &|i| ranks[i]);
        for i in order {
            if placed[k][i] {
                continue;
            }
            let mut row = vec![None; sides.len()];
            row[k] = Some(i);
            for j in k + 1..sides.len() {
                let there = of(k, j).and_then(|aligned| aligned.counterpart(i));
                row[j] = there.filter(|&there| !placed[j][there]);
                if let Some(there) = row[j] {
                    placed[j][there] = true;
                }
            }
            rows.push(row);
        }
    }
    rows
}

/// Code and name of a row, from the first side that has it.
fn who(contest: &Contest, row: &[Option<usize>], language: Language) -> [Cell; 2] {
    let (side, place) = row
        .iter()
        .enumerate()
        .find_map(|(k, place)| Some((k, (*place)?)))
        .expect("a row is of some side");
    let [code, name] = named(&contest.sides[side], place, language);
    [Cell::Text(code), Cell::Text(name)]
}

/// Code and name of a region.
fn named(side: &Side, place: usize, language: Language) -> [String; 2] {
    let region = &side.evaluation.study().regions[side.regions[place].0 as usize];
    [region.code.clone(), region.name(language.tag()).to_owned()]
}

/// How many places a region rises from the first side.
fn move_of(pairs: &[Pair<'_>], side: usize, row: &[Option<usize>]) -> Option<f64> {
    let pair = pairs.iter().find(|pair| (pair.first, pair.second) == (0, side))?;
    let at = pair.aligned.pairs.binary_search_by_key(&row[0]?, |p| p.0).ok()?;
    Some(pair.aligned.move_of(at)).filter(|places| !places.is_nan())
}

/// How many tiers a region rises from the first side.
fn rise_of(pairs: &[Pair<'_>], side: usize, row: &[Option<usize>]) -> Option<i32> {
    let pair = pairs.iter().find(|pair| (pair.first, pair.second) == (0, side))?;
    let at = pair.aligned.pairs.binary_search_by_key(&row[0]?, |p| p.0).ok()?;
    pair.agreement.migration.as_ref().ok()?.rise(&pair.aligned, at)
}

fn score(side: &Side, place: usize) -> Cell {
    let score = side.standing.scores[place];
    Cell::Number(score, if score.is_nan() { State::Missing } else { State::Value })
}

fn tier(side: &Side, place: usize) -> Cell {
    match (side.standing.tiers[place], side.standing.tier(place)) {
        (Some(at), Some(label)) => {
            let of = side.standing.labels.len();
            Cell::Tier { at: usize::from(at), of, label: label.to_owned() }
        }
        _ => Cell::Empty,
    }
}

fn digits(side: &Side) -> usize {
    ranking::digits(&side.evaluation, side.evaluation.methodology().system.root())
}

/// Scores, ranks, tiers and moves side by side.
fn regions(contest: &Contest, pairs: &[Pair<'_>], language: Language) -> Table {
    let mut columns =
        vec![Head::new("code", language.code()), Head::new("name", language.region())];
    for (k, side) in contest.sides.iter().enumerate() {
        let key = |what: &str| format!("{what}.{}", side.label);
        let label = |what: &str| format!("{}\n{what}", side.label);
        columns.push(Head::number(key("score"), label(language.score()), digits(side)));
        columns.push(Head::new(key("rank"), label(language.rank())));
        if !side.standing.labels.is_empty() {
            columns.push(Head::new(key("tier"), label(language.tier())));
        }
        if k > 0 {
            columns.push(Head::new(key("move"), label(language.moved())));
        }
    }
    let cells = |row: &Vec<Option<usize>>| {
        let mut cells = who(contest, row, language).to_vec();
        for (k, side) in contest.sides.iter().enumerate() {
            let tiered = !side.standing.labels.is_empty();
            match row[k] {
                Some(place) => {
                    cells.push(score(side, place));
                    cells.push(Cell::Rank(side.standing.ranks[place]));
                    if tiered {
                        cells.push(tier(side, place));
                    }
                }
                None => cells.extend(vec![Cell::Empty; 2 + usize::from(tiered)]),
            }
            if k > 0 {
                cells.push(move_of(pairs, k, row).map_or(Cell::Empty, Cell::Moved));
            }
        }
        cells
    };
    let rows = rows(contest, pairs).iter().map(cells).collect();
    Table { name: "regions".into(), columns, rows }
}

/// The same with a line for each region and subject.
fn regions_long(contest: &Contest, pairs: &[Pair<'_>], language: Language) -> Table {
    let columns = [
        "code",
        "name",
        "subject",
        "period",
        "code_there",
        "score",
        "rank",
        "tier",
        "move",
        "tiers_up",
    ];
    let columns = columns.map(|key| match key {
        "score" => Head::number(key, key, 4),
        _ => Head::new(key, key),
    });
    let mut lines = Vec::new();
    for row in rows(contest, pairs) {
        let who = who(contest, &row, language);
        for (k, side) in contest.sides.iter().enumerate() {
            let Some(place) = row[k] else { continue };
            let mut cells = who.to_vec();
            cells.extend([
                Cell::text(&side.label),
                Cell::text(&side.period),
                Cell::text(&side.standing.regions[place]),
                score(side, place),
                Cell::Rank(side.standing.ranks[place]),
                tier(side, place),
                move_of(pairs, k, &row).filter(|_| k > 0).map_or(Cell::Empty, Cell::Moved),
                rise_of(pairs, k, &row).map_or(Cell::Empty, |tiers| Cell::Moved(f64::from(tiers))),
            ]);
            lines.push(cells);
        }
    }
    Table { name: "regions".into(), columns: columns.to_vec(), rows: lines }
}

/// The statistics of a pair: key, name, value, n.
fn of_pair(
    pair: &Pair<'_>,
    language: Language,
) -> Vec<(&'static str, &'static str, Statistic, usize)> {
    let a = &pair.agreement;
    let (n, scored) = (a.n, a.scored);
    let tiered = a.tiers_moved.as_ref().map_or(0, |(_, n)| *n);
    let [plain, linear, quadratic] = a.kappa.clone();
    vec![
        ("spearman", language.spearman(), a.spearman.clone(), n),
        ("kendall_tau_b", language.kendall(), a.kendall.clone(), n),
        ("weighted_tau", language.weighted_tau(), a.weighted_tau.clone(), n),
        ("rank_biased_overlap", language.overlap(), a.rank_biased_overlap.clone(), n),
        ("mean_move_in_rank", language.mean_shift(), a.mean_shift.clone(), n),
        ("mean_move_in_score", language.mean_score_shift(), a.mean_score_shift.clone(), scored),
        ("kappa", language.kappa(), plain, tiered),
        ("kappa_linear", language.kappa_linear(), linear, tiered),
        ("kappa_quadratic", language.kappa_quadratic(), quadratic, tiered),
    ]
}

fn statistics_long(pair: &Pair<'_>, view: &View) -> Vec<Vec<Cell>> {
    let language = view.language;
    let line = |key: &str, value: Statistic, n: usize| {
        let (value, note) = match value {
            Ok(value) => (Cell::Number(value, State::Value), String::new()),
            Err(why) => (Cell::Empty, undefined(&why, language)),
        };
        let note = match key {
            "rank_biased_overlap" if note.is_empty() => p_of(view),
            _ => note,
        };
        vec![Cell::text(key), value, Cell::Rank(n as f64), Cell::text(note)]
    };
    let mut lines: Vec<Vec<Cell>> =
        of_pair(pair, language).into_iter().map(|(key, _, value, n)| line(key, value, n)).collect();
    let n = pair.agreement.n;
    lines.push(line("change_rank", Ok(pair.agreement.movers.len() as f64), n));
    lines.push(match &pair.agreement.tiers_moved {
        Ok((moved, n)) => line("change_tier", Ok(*moved as f64), *n),
        Err(why) => line("change_tier", Err(why.clone()), 0),
    });
    lines
}

fn p_of(view: &View) -> String {
    format!("p = {}", number::exact(view.persistence))
}

/// How many of how many, and the share.
fn share(count: usize, n: usize) -> String {
    let words = format!("{count} / {n}");
    match n {
        0 => words,
        _ => format!("{words} ({}%)", number::fixed(100.0 * count as f64 / n as f64, 1)),
    }
}

/// The statistics of one pair, one below the other.
fn statistics(pair: &Pair<'_>, view: &View) -> Table {
    let language = view.language;
    let columns = vec![
        Head::new("statistic", language.statistic()),
        Head::number("value", language.value(), 4),
        Head::new("n", "n"),
        Head::new("note", language.note()),
    ];
    let mut rows = Vec::new();
    let untiered = matches!(pair.agreement.tiers_moved, Err(Undefined::NoTiers(_)));
    for (key, name, value, n) in of_pair(pair, language) {
        if key == "kappa" {
            rows.extend(shares(pair, language));
        }
        // One line has said that there are no tiers.
        if untiered && key.starts_with("kappa") {
            continue;
        }
        let (value, note) = match value {
            Ok(x) => (Cell::Number(x, State::Value), String::new()),
            Err(why) => (Cell::text("–"), undefined(&why, language)),
        };
        let note = if key == "rank_biased_overlap" && note.is_empty() { p_of(view) } else { note };
        rows.push(vec![Cell::text(name), value, Cell::Rank(n as f64), Cell::text(note)]);
    }
    Table { name: "agreement".into(), columns, rows }
}

/// The lines on how many regions move.
fn shares(pair: &Pair<'_>, language: Language) -> Vec<Vec<Cell>> {
    let line = |name: &str, count: usize, n: usize| {
        let count_of = Cell::Rank(count as f64);
        vec![Cell::text(name), count_of, Cell::Rank(n as f64), Cell::text(share(count, n))]
    };
    let n = pair.agreement.n;
    let mut rows = vec![line(language.change_rank(), pair.agreement.movers.len(), n)];
    rows.push(match &pair.agreement.tiers_moved {
        Ok((moved, n)) => line(language.change_tier(), *moved, *n),
        Err(why) => vec![
            Cell::text(language.change_tier()),
            Cell::text("–"),
            Cell::Rank(0.0),
            Cell::text(undefined(why, language)),
        ],
    });
    rows
}

/// The statistics of several pairs, a line each, and why some are not there.
fn agreements(blocks: &mut Vec<Block>, contest: &Contest, pairs: &[Pair<'_>], view: &View) {
    let language = view.language;
    let tiered = pairs.iter().any(|pair| pair.agreement.tiers_moved.is_ok());
    let mut columns = vec![Head::new("pair", language.pair()), Head::new("n", "n")];
    let mut heads = of_pair(&pairs[0], language);
    // Without tiers on any side one line says so.
    heads.retain(|(key, ..)| tiered || !key.starts_with("kappa"));
    for (key, name, ..) in &heads {
        let name = match *key {
            "rank_biased_overlap" => format!("{name}\n{}", p_of(view)),
            _ => (*name).to_owned(),
        };
        columns.push(Head::number(*key, name, 4));
    }
    columns.push(Head::new("change_rank", language.change_rank()));
    if tiered {
        columns.push(Head::new("change_tier", language.change_tier()));
    }
    let mut reasons: Vec<Reason> = Vec::new();
    let mut rows = Vec::new();
    for pair in pairs {
        let [first, second] = [pair.first, pair.second].map(|k| &contest.sides[k].label);
        let label = format!("{first} → {second}");
        let mut row = vec![Cell::text(&label), Cell::Rank(pair.agreement.n as f64)];
        let mut say = |name: &str, why: &Undefined| {
            let why = undefined(why, language);
            let at = reasons.iter().position(|reason| reason.why == why).unwrap_or_else(|| {
                reasons.push(Reason { why, of: Vec::new() });
                reasons.len() - 1
            });
            match reasons[at].of.last_mut() {
                Some((of, names)) if *of == label => names.push(name.to_owned()),
                _ => reasons[at].of.push((label.clone(), vec![name.to_owned()])),
            }
        };
        for (_, name, value, _) in
            of_pair(pair, language).into_iter().filter(|s| heads.iter().any(|h| h.0 == s.0))
        {
            row.push(match value {
                Ok(x) => Cell::Number(x, State::Value),
                Err(why) => {
                    say(name, &why);
                    Cell::text("–")
                }
            });
        }
        row.push(Cell::text(share(pair.agreement.movers.len(), pair.agreement.n)));
        if tiered {
            row.push(match &pair.agreement.tiers_moved {
                Ok((moved, n)) => Cell::text(share(*moved, *n)),
                Err(why) => {
                    say(language.change_tier(), why);
                    Cell::text("–")
                }
            });
        }
        rows.push(row);
    }
    blocks.push(Block::Table(Table { name: "agreement".into(), columns, rows }));
    if !tiered && let Err(why) = &pairs[0].agreement.tiers_moved {
        let names = vec![language.kappa().to_owned()];
        let of = vec![(language.change_tier().to_owned(), names)];
        reasons.push(Reason { why: undefined(why, language), of });
    }
    for Reason { why, of } in reasons {
        let of = of.iter().map(|(pair, names)| format!("{pair} ({})", names.join(", ")));
        blocks.push(Block::Line(format!("{}: {why}", of.collect::<Vec<_>>().join("; "))));
    }
}

/// Why statistics are not defined.
struct Reason {
    why: String,
    /// The pairs, and of each the names of the statistics.
    of: Vec<(String, Vec<String>)>,
}

fn mover_cells(contest: &Contest, pair: &Pair<'_>, mover: &Mover, language: Language) -> Vec<Cell> {
    let (i, j) = pair.aligned.pairs[mover.pair];
    let (first, second) = (&contest.sides[pair.first], &contest.sides[pair.second]);
    let [code, name] = named(first, i, language);
    let (before, after) = pair.aligned.ranks(mover.pair);
    vec![
        Cell::Text(code),
        Cell::Text(name),
        Cell::Rank(before),
        Cell::Rank(after),
        Cell::Moved(mover.places),
        score(first, i),
        score(second, j),
    ]
}

fn movers(blocks: &mut Vec<Block>, contest: &Contest, pair: &Pair<'_>, view: &View) {
    let language = view.language;
    let all = &pair.agreement.movers;
    let shown = view.movers.min(all.len());
    if shown == 0 {
        return;
    }
    let (first, second) = (&contest.sides[pair.first], &contest.sides[pair.second]);
    let words = format!(
        "{} · {} → {} · n = {}",
        language.movers(),
        first.label,
        second.label,
        pair.agreement.n
    );
    blocks.push(Block::Heading(words));
    let label = |side: &Side, what: &str| format!("{}\n{what}", side.label);
    let columns = vec![
        Head::new("code", language.code()),
        Head::new("name", language.region()),
        Head::new("rank_first", label(first, language.rank())),
        Head::new("rank_second", label(second, language.rank())),
        Head::new("move", language.moved()),
        Head::number("score_first", label(first, language.score()), digits(first)),
        Head::number("score_second", label(second, language.score()), digits(second)),
    ];
    let rows =
        all[..shown].iter().map(|mover| mover_cells(contest, pair, mover, language)).collect();
    blocks.push(Block::Table(Table { name: "movers".into(), columns, rows }));
    if shown < all.len() {
        let equal =
            all[shown..].iter().filter(|m| m.places.abs() == all[shown - 1].places.abs()).count();
        let places = number::exact(all[shown - 1].places.abs());
        let all = all.len();
        blocks.push(Block::Line(match (language, equal) {
            (Language::Zh, 0) => format!("… {} {shown} / {all}", language.shown()),
            (Language::En, 0) => format!("… {} {shown} / {all}", language.shown()),
            (Language::Zh, _) => {
                format!("… {} {shown} / {all}；另有 {equal} 个也变动 {places} 位", language.shown())
            }
            (Language::En, _) => {
                format!("… {} {shown} / {all}; {equal} more move by {places}", language.shown())
            }
        }));
    }
}

fn migration_table(migration: &Migration, first: &str, second: &str, language: Language) -> Table {
    let count = |x: usize| Cell::Rank(x as f64);
    let mut columns = vec![Head::new("from", format!("{first} ↓  {second} →"))];
    columns.extend(migration.to.iter().map(|to| Head::new(to.clone(), to.clone())));
    columns.push(Head::new("n", language.total()));
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    for (from, counts) in migration.from.iter().zip(&migration.counts) {
        let mut row = vec![Cell::text(from)];
        row.extend(counts.iter().map(|&c| count(c)));
        row.push(count(counts.iter().sum()));
        rows.push(row);
    }
    let mut last = vec![Cell::text(language.total())];
    for k in 0..migration.to.len() {
        last.push(count(migration.counts.iter().map(|row| row[k]).sum()));
    }
    last.push(count(migration.n()));
    rows.push(last);
    Table { name: "migration".into(), columns, rows }
}

fn migration_long(pair: &Pair<'_>) -> Vec<Vec<Cell>> {
    let Ok(migration) = &pair.agreement.migration else { return Vec::new() };
    let mut rows = Vec::new();
    for (from, counts) in migration.from.iter().zip(&migration.counts) {
        for (to, &count) in migration.to.iter().zip(counts) {
            let n = Cell::Rank(migration.n() as f64);
            rows.push(vec![Cell::text(from), Cell::text(to), Cell::Rank(count as f64), n]);
        }
    }
    rows
}

/// Regions that a pair leaves out of some figure: key, words, and which side they are named from.
fn left_out<'p>(
    contest: &'p Contest,
    pair: &'p Pair<'_>,
    language: Language,
) -> Vec<(&'static str, String, &'p Side, Vec<usize>)> {
    let (first, second) = (&contest.sides[pair.first], &contest.sides[pair.second]);
    let aligned = &pair.aligned;
    let of_first = |pairs: &[usize]| pairs.iter().map(|&k| aligned.pairs[k].0).collect::<Vec<_>>();
    let only = |side: &Side| match language {
        Language::Zh => format!("只在 {} 中", side.label),
        Language::En => format!("only in {}", side.label),
    };
    let (both, one) = match language {
        Language::Zh => ("并非两边都有位次", "并非两边都有等级"),
        Language::En => ("not ranked on both sides", "without a tier on one side or both"),
    };
    let unranked = of_first(&aligned.unranked());
    let mut untiered = Vec::new();
    if let Ok(migration) = &pair.agreement.migration {
        untiered = of_first(&migration.untiered);
        untiered.retain(|i| unranked.binary_search(i).is_err());
    }
    let both = format!("{} → {}: {both}", first.label, second.label);
    let one = format!("{} → {}: {one}", first.label, second.label);
    let all = vec![
        ("only_first", only(first), first, aligned.only_first.clone()),
        ("only_second", only(second), second, aligned.only_second.clone()),
        ("unranked", both, first, unranked),
        ("untiered", one, first, untiered),
    ];
    all.into_iter().filter(|(.., places)| !places.is_empty()).collect()
}

fn apart(blocks: &mut Vec<Block>, contest: &Contest, pair: &Pair<'_>, language: Language) {
    const NAMED: usize = 20;
    for (_, words, side, places) in left_out(contest, pair, language) {
        let names = places.iter().take(NAMED).map(|&place| {
            let [code, name] = named(side, place, language);
            if code == name { code } else { format!("{code} {name}") }
        });
        let mut names: Vec<String> = names.collect();
        if places.len() > NAMED {
            names.push("…".into());
        }
        let n = places.len();
        blocks.push(Block::Line(match language {
            Language::Zh => format!("{words}（{n}）：{}", names.join("、")),
            Language::En => format!("{words} ({n}): {}", names.join(", ")),
        }));
    }
    let Ok(migration) = &pair.agreement.migration else { return };
    let Ok(counterparts) = &migration.counterparts else { return };
    for ((tier, same), counts) in migration.from.iter().zip(counterparts).zip(&migration.counts) {
        let n: usize = counts.iter().sum();
        if same.is_none() && n > 0 {
            let label = &contest.sides[pair.second].label;
            blocks.push(Block::Line(match language {
                Language::Zh => format!("等级 {tier} 在 {label} 中没有对应等级（{n} 个地区）"),
                Language::En => format!("tier {tier} has no counterpart in {label} ({n} regions)"),
            }));
        }
    }
}

fn apart_long(contest: &Contest, pair: &Pair<'_>, language: Language) -> Vec<Vec<Cell>> {
    let mut rows = Vec::new();
    for (key, _, side, places) in left_out(contest, pair, language) {
        for place in places {
            let [code, name] = named(side, place, language);
            rows.push(vec![Cell::text(key), Cell::Text(code), Cell::Text(name)]);
        }
    }
    rows
}

/// Why a statistic is not defined, in words.
fn undefined(why: &Undefined, language: Language) -> String {
    let side = |side: &Where| match (side, language) {
        (Where::First, Language::Zh) => "第一方",
        (Where::Second, Language::Zh) => "第二方",
        (Where::Both, Language::Zh) => "双方",
        (Where::First, Language::En) => "on the first side",
        (Where::Second, Language::En) => "on the second side",
        (Where::Both, Language::En) => "on both sides",
    };
    match language {
        Language::Zh => {
            let why = match why {
                Undefined::TooFew { n, least } => format!("n = {n}，至少需要 {least}"),
                Undefined::Constant(of) => format!("{}所有地区位次相同", side(of)),
                Undefined::NoTiers(of) => format!("{}没有等级", side(of)),
                Undefined::TierCounts { first, second } => {
                    format!("等级数不同：{first} 与 {second}；用 --map-tiers 说明对应关系")
                }
                Undefined::TierNames => "等级名称不同；用 --map-tiers 说明对应关系".into(),
                Undefined::OneTier => "双方所有地区同在一个等级".into(),
            };
            format!("无定义，因为{why}")
        }
        Language::En => {
            let why = match why {
                Undefined::TooFew { n, least } => format!("n = {n}, and it takes {least}"),
                Undefined::Constant(of) => format!("all regions share one rank {}", side(of)),
                Undefined::NoTiers(Where::Both) => "there are no tiers on either side".into(),
                Undefined::NoTiers(of) => format!("there are no tiers {}", side(of)),
                Undefined::TierCounts { first, second } => format!(
                    "the numbers of tiers differ, {first} and {second}; --map-tiers says which is which"
                ),
                Undefined::TierNames => {
                    "the names of the tiers differ; --map-tiers says which is which".into()
                }
                Undefined::OneTier => "all regions are in one and the same tier".into(),
            };
            format!("not defined, because {why}")
        }
    }
}
