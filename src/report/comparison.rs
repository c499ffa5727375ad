//! Two or more results beside each other, and how far they agree.

use std::sync::Arc;

use quanheng_core::comparison::statistic::{Entry, Figure, Kind, Of, TABLE};
use quanheng_core::comparison::{
    Agreement, Aligned, Migration, Mover, Side as Where, Standing, Undefined,
};
use quanheng_core::evaluation::Evaluation;
use quanheng_core::methodology::Part;
use quanheng_core::model::RegionIx;
use quanheng_words::{text, word};

use super::declaration::Declaration;
use super::{
    Block, Cell, Columns, Importance, Language, Reader, Report, Table, joined, number, ranking,
};

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
        let words = format!("{} {fingerprint}", word!(label_made_from, view.language));
        report.blocks.push(Block::Line(words));
    }
    report
}

/// Everything as tables, one of a kind with every league and pair, nothing cut.
pub fn tables(compared: &Compared<'_>, view: &View) -> Vec<Table> {
    let language = view.language;
    let absent = compared.iter().flat_map(|(contest, _)| {
        contest.absent.iter().map(|label| (contest.league.as_str(), label.as_str()))
    });
    vec![
        subjects(sides(compared), Reader::Files, language),
        regions_long(compared, language),
        agreement_long(compared, language),
        movers_long(compared, language),
        migration_long(compared, language),
        apart_long(compared, language),
        Columns::<(&str, &str)>::new()
            .text("league", word!(label_league, language), |row| row.0)
            .text("subject", word!(label_subject, language), |row| row.1)
            .table("without_league", Reader::Files, absent),
    ]
}

/// A fact about a pair.
struct OfPair<'c, T> {
    contest: &'c Contest,
    pair: &'c Pair<'c>,
    what: T,
}

/// The facts about each pair of a whole comparison.
fn of_pairs<'c, T, I: IntoIterator<Item = T>>(
    compared: &'c Compared<'c>,
    say: impl Fn(&'c Contest, &'c Pair<'c>) -> I,
) -> Vec<OfPair<'c, T>> {
    let mut all = Vec::new();
    for (contest, pairs) in compared {
        for pair in pairs {
            all.extend(say(contest, pair).into_iter().map(|what| OfPair { contest, pair, what }));
        }
    }
    all
}

/// The columns that name the pair of a row.
fn pair_columns<'a, 'c, T>(language: Language) -> Columns<'a, OfPair<'c, T>> {
    let label = |of: &OfPair<'c, T>, side: usize| of.contest.sides[side].label.clone();
    Columns::<OfPair<'c, T>>::new()
        .text("league", word!(label_league, language), |of| &of.contest.league)
        .text("first", word!(label_before, language), move |of| label(of, of.pair.first))
        .text("second", word!(label_after, language), move |of| label(of, of.pair.second))
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
        blocks.push(Block::Line(
            text!(no_league, subject = label, league = &contest.league).render(language),
        ));
    }
    if pairs.is_empty() {
        blocks.push(Block::Line(word!(nothing_to_compare, language).to_owned()));
        return;
    }
    let own = contest.sides.iter().map(|side| (contest, side));
    blocks.push(Block::Table(subjects(own, Reader::People, language)));
    if contest.sides.iter().all(|side| side.standing.is_empty()) {
        blocks.push(Block::Line(word!(no_regions_in_period, language).to_owned()));
        return;
    }
    let rows = rows(contest, pairs);
    let (shown, all) = (view.top.unwrap_or(usize::MAX).min(rows.len()), rows.len());
    blocks.push(Block::Table(regions(contest, pairs, &rows[..shown], language)));
    if shown < all {
        blocks.push(Block::Line(text!(shown_of, shown = shown, all = all).render(language)));
    }
    for pair in pairs.iter().filter(|pair| pair.first == 0) {
        apart(blocks, contest, pair, language);
    }
    match pairs {
        [pair] => {
            let [first, second] = [pair.first, pair.second].map(|k| &contest.sides[k].label);
            let words = format!("{} · {first} → {second}", word!(label_agreement, language));
            blocks.push(Block::Heading(words));
            blocks.push(Block::Table(agreement(pair, language)));
        }
        _ => {
            blocks.push(Block::Heading(word!(label_agreement, language).to_owned()));
            agreements(blocks, contest, pairs, language);
        }
    }
    for pair in pairs.iter().filter(|pair| pair.first == 0) {
        let [first, second] = [pair.first, pair.second].map(|k| &contest.sides[k].label);
        movers(blocks, contest, pair, view);
        if let Ok(migration) = &pair.agreement.migration {
            let words = format!("{} · {first} → {second}", word!(label_migration, language));
            blocks.push(Block::Heading(words));
            blocks.push(Block::Table(migration_table(migration, first, second, language)));
        }
    }
}

/// Every side with its contest.
fn sides<'c>(compared: &'c Compared<'c>) -> impl Iterator<Item = (&'c Contest, &'c Side)> {
    compared.iter().flat_map(|(contest, _)| contest.sides.iter().map(|side| (*contest, side)))
}

/// What is compared.
fn subjects<'c>(
    sides: impl IntoIterator<Item = (&'c Contest, &'c Side)>,
    reader: Reader,
    language: Language,
) -> Table {
    let ranked = |side: &Side| side.standing.ranks.iter().filter(|r| !r.is_nan()).count();
    Columns::<(&Contest, &Side)>::new()
        .text("league", word!(label_league, language), |(contest, _)| &contest.league)
        .only_for(Reader::Files)
        .text("subject", word!(label_subject, language), |(_, side)| &side.label)
        .text("methodology", word!(label_methodology, language), |(_, side)| {
            side.evaluation.methodology().code.clone()
        })
        .only_for(Reader::Files)
        .text("system", Part::System.word(language), |(_, side)| {
            side.evaluation.methodology().system_code.clone()
        })
        .only_for(Reader::Files)
        .text("title", word!(label_name, language), |(_, side)| {
            let names = &side.evaluation.methodology().names;
            names.get(language.tag()).unwrap_or_default().to_owned()
        })
        .text("period", word!(label_period, language), |(_, side)| &side.period)
        .number("regions", word!(label_all_regions, language), |(_, side)| side.standing.len())
        .number("ranked", word!(label_ranked, language), move |(_, side)| ranked(side))
        .table("subjects", reader, sides)
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
fn who(contest: &Contest, row: &[Option<usize>], language: Language) -> [String; 2] {
    let mut places = row.iter().enumerate();
    let found = places.find_map(|(side, place)| Some((side, (*place)?)));
    let (side, place) = found.expect("a row is of some side");
    named(&contest.sides[side], place, language)
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
    Cell::number_or_missing(side.standing.scores[place])
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
fn regions(
    contest: &Contest,
    pairs: &[Pair<'_>],
    rows: &[Vec<Option<usize>>],
    language: Language,
) -> Table {
    let who = |row: &[Option<usize>], what: usize| who(contest, row, language)[what].clone();
    let mut columns = Columns::<&Vec<Option<usize>>>::new()
        .text("code", word!(label_code, language), |row| who(row, 0))
        .importance(Importance::Detail)
        .text("name", word!(label_region, language), |row| who(row, 1))
        .importance(Importance::Key);
    for (k, side) in contest.sides.iter().enumerate() {
        let key = |what: &str| format!("{what}.{}", side.label);
        let label = |what: &str| format!("{}\n{what}", side.label);
        let rank = |place: usize| Cell::Rank(side.standing.ranks[place]);
        columns = columns
            .number(key("score"), label(word!(label_score, language)), move |row| {
                row[k].map(|place| score(side, place))
            })
            .digits(digits(side))
            .importance(Importance::Detail)
            .number(key("rank"), label(word!(label_rank, language)), move |row| row[k].map(rank))
            .text(key("tier"), label(word!(label_tier, language)), move |row| {
                row[k].map(|place| tier(side, place))
            })
            .importance(Importance::Detail)
            .only_if(!side.standing.labels.is_empty())
            .number(key("move"), label(word!(label_moved, language)), move |row| {
                move_of(pairs, k, row).map(Cell::Moved)
            })
            .only_if(k > 0);
    }
    columns.table("regions", Reader::People, rows).labelled(word!(label_regions, language))
}

/// The same with a row for each region and subject.
fn regions_long(compared: &Compared<'_>, language: Language) -> Table {
    /// A region on one side of a contest.
    struct Region<'c> {
        contest: &'c Contest,
        who: [String; 2],
        side: &'c Side,
        place: usize,
        places_up: Option<f64>,
        tiers_up: Option<i32>,
    }
    let mut regions = Vec::new();
    for (contest, pairs) in compared {
        for row in rows(contest, pairs) {
            for (k, side) in contest.sides.iter().enumerate() {
                let Some(place) = row[k] else { continue };
                let who = who(contest, &row, language);
                let places_up = move_of(pairs, k, &row).filter(|_| k > 0);
                let tiers_up = rise_of(pairs, k, &row);
                regions.push(Region { contest, who, side, place, places_up, tiers_up });
            }
        }
    }
    Columns::<Region<'_>>::new()
        .text("league", word!(label_league, language), |region| &region.contest.league)
        .text("code", word!(label_code, language), |region| region.who[0].clone())
        .text("name", word!(label_region, language), |region| region.who[1].clone())
        .text("subject", word!(label_subject, language), |region| &region.side.label)
        .text("period", word!(label_period, language), |region| &region.side.period)
        .text("code_there", word!(label_code, language), |region| {
            region.side.standing.regions[region.place].clone()
        })
        .number("score", word!(label_score, language), |region| score(region.side, region.place))
        .digits(4)
        .number("rank", word!(label_rank, language), |region| {
            Cell::Rank(region.side.standing.ranks[region.place])
        })
        .text("tier", word!(label_tier, language), |region| tier(region.side, region.place))
        .number("move", word!(label_moved, language), |region| region.places_up.map(Cell::Moved))
        .number("tiers_up", word!(label_tier, language), |region| {
            region.tiers_up.map(|tiers| Cell::Moved(f64::from(tiers)))
        })
        .table("regions", Reader::Files, regions)
}

/// The name of a statistic.
fn label(entry: &Entry, language: Language) -> &'static str {
    Declaration::statistic(entry.name).says("", language).unwrap_or(entry.label)
}

/// The value of a statistic, where it has one.
fn value(figure: &Figure) -> Option<Cell> {
    let value = *figure.value.as_ref().ok()?;
    Some(match figure.entry.kind {
        Kind::Measure(1..) => Cell::number(value),
        // Without decimals it is a whole number.
        Kind::Measure(0) | Kind::Count => Cell::Count(value as usize),
    })
}

/// The parameter that a statistic was computed with.
fn parameter(figure: &Figure) -> Option<String> {
    figure.parameter.map(|(letter, value)| format!("{letter} = {}", number::exact(value)))
}

/// A note beside a value: why there is none, or with which parameter it was computed.
fn note(figure: &Figure, language: Language) -> String {
    match &figure.value {
        Ok(_) => parameter(figure).unwrap_or_default(),
        Err(why) => undefined(why, language),
    }
}

/// What the statistics say about themselves.
pub fn documented(of: &[Of]) -> Table {
    let entries = TABLE.iter().filter(|entry| of.contains(&entry.of));
    Columns::<&Entry>::new()
        .text("label", "Statistic", |entry| entry.label)
        .text("name", "Key in files", |entry| format!("`{}`", entry.name))
        .text("summary", "Meaning", |entry| entry.summary)
        .text("formula", "Formula", |entry| entry.formula)
        .text("reference", "Source", |entry| entry.reference)
        .table("statistics", Reader::People, entries)
}

/// How many of how many, and the share.
fn share(count: usize, n: usize) -> String {
    let words = format!("{count} / {n}");
    match n {
        0 => words,
        _ => format!("{words} ({}%)", number::fixed(100.0 * count as f64 / n as f64, 1)),
    }
}

/// Counts stand behind measures where statistics are columns or records.
fn measures_first(figures: &[Figure]) -> Vec<&Figure> {
    let mut figures: Vec<&Figure> = figures.iter().collect();
    quanheng_core::number::sort_items(&mut figures, |a, b| {
        let is_count = |figure: &&Figure| figure.entry.kind == Kind::Count;
        is_count(a).cmp(&is_count(b))
    });
    figures
}

/// The statistics of one pair, one below the other.
fn agreement(pair: &Pair<'_>, language: Language) -> Table {
    // One line says that there are no tiers.
    let mut said = false;
    let is_new = |figure: &&Figure| match figure.value {
        Err(Undefined::NoTiers(_)) => !std::mem::replace(&mut said, true),
        _ => true,
    };
    Columns::<&Figure>::new()
        .text("statistic", word!(label_statistic, language), |figure| label(figure.entry, language))
        .number("value", word!(label_value, language), |figure| {
            value(figure).unwrap_or_else(|| "–".into())
        })
        .digits(4)
        .number("n", "n", |figure| figure.n)
        .text("note", word!(label_note, language), |figure| match value(figure) {
            Some(Cell::Count(count)) => share(count, figure.n),
            _ => note(figure, language),
        })
        .table("agreement", Reader::People, pair.agreement.figures.iter().filter(is_new))
}

fn agreement_long(compared: &Compared<'_>, language: Language) -> Table {
    let figures = of_pairs(compared, |_, pair| measures_first(&pair.agreement.figures));
    pair_columns::<&Figure>(language)
        .text("statistic", word!(label_statistic, language), |of| of.what.entry.name)
        .number("value", word!(label_value, language), |of| value(of.what))
        .digits(4)
        .number("n", "n", |of| of.what.n)
        .text("note", word!(label_note, language), |of| note(of.what, language))
        .table("agreement", Reader::Files, figures)
}

/// The statistics of several pairs, a row each, and why some are not there.
fn agreements(blocks: &mut Vec<Block>, contest: &Contest, pairs: &[Pair<'_>], language: Language) {
    let is_of_tiers = |figure: &Figure| figure.entry.of == Of::Tiers;
    let all = || pairs.iter().flat_map(|pair| &pair.agreement.figures);
    let tiered = all().any(|figure| is_of_tiers(figure) && figure.value.is_ok());
    let pair_label = |pair: &Pair<'_>| {
        let [first, second] = [pair.first, pair.second].map(|k| &contest.sides[k].label);
        format!("{first} → {second}")
    };
    let mut columns = Columns::<&Pair<'_>>::new()
        .text("pair", word!(label_pair, language), |pair| pair_label(pair))
        .number("n", "n", |pair| pair.agreement.n);
    // Without tiers on any side one line says so.
    let shown = |figure: &Figure| tiered || !is_of_tiers(figure);
    for head in measures_first(&pairs[0].agreement.figures).into_iter().filter(|f| shown(f)) {
        let Entry { name, kind, .. } = *head.entry;
        let label = label(head.entry, language);
        let figure = move |pair: &&Pair<'_>| pair.agreement.figure(name).clone();
        columns = match kind {
            Kind::Measure(digits) => {
                let parameter = parameter(head).map(|words| format!("\n{words}"));
                let label = format!("{label}{}", parameter.unwrap_or_default());
                let cell =
                    move |pair: &&Pair<'_>| value(&figure(pair)).unwrap_or_else(|| "–".into());
                columns.number(name, label, cell).digits(digits)
            }
            Kind::Count => columns.text(name, label, move |pair| {
                let figure = figure(pair);
                match value(&figure) {
                    Some(Cell::Count(count)) => share(count, figure.n),
                    _ => "–".to_owned(),
                }
            }),
        };
    }
    blocks.push(Block::Table(columns.table("agreement", Reader::People, pairs)));
    let mut reasons: Vec<Reason> = Vec::new();
    let mut say = |of: String, figure: &Figure| {
        let Err(why) = &figure.value else { return };
        let why = undefined(why, language);
        let at = reasons.iter().position(|reason| reason.why == why).unwrap_or_else(|| {
            reasons.push(Reason { why, of: Vec::new() });
            reasons.len() - 1
        });
        let name = label(figure.entry, language);
        match reasons[at].of.last_mut() {
            Some((last, names)) if *last == of => names.push(name),
            _ => reasons[at].of.push((of, vec![name])),
        }
    };
    for pair in pairs {
        for figure in measures_first(&pair.agreement.figures).into_iter().filter(|f| shown(f)) {
            say(pair_label(pair), figure);
        }
    }
    if !tiered {
        for figure in pairs[0].agreement.figures.iter().filter(|figure| is_of_tiers(figure)) {
            say(word!(label_all_pairs, language).to_owned(), figure);
        }
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
    of: Vec<(String, Vec<&'static str>)>,
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
        word!(label_movers, language),
        first.label,
        second.label,
        pair.agreement.n
    );
    blocks.push(Block::Heading(words));
    let rows = all[..shown].iter().map(|what| OfPair { contest, pair, what });
    let labels = [&first.label, &second.label].map(String::as_str);
    let table = mover_columns(Columns::new(), labels, [digits(first), digits(second)], language)
        .table("movers", Reader::People, rows);
    blocks.push(Block::Table(table));
    if shown < all.len() {
        let equal =
            all[shown..].iter().filter(|m| m.places.abs() == all[shown - 1].places.abs()).count();
        let places = number::exact(all[shown - 1].places.abs());
        let all = all.len();
        let shown = text!(shown_of, shown = shown, all = all);
        blocks.push(Block::Line(match equal {
            0 => shown.render(language),
            _ => text!(equal_moves, shown = shown, equal = equal, places = places).render(language),
        }));
    }
}

fn movers_long(compared: &Compared<'_>, language: Language) -> Table {
    let movers = of_pairs(compared, |_, pair| &pair.agreement.movers);
    let labels = [word!(label_before, language), word!(label_after, language)];
    mover_columns(pair_columns(language), labels, [4, 4], language).table(
        "movers",
        Reader::Files,
        movers,
    )
}

/// The facts about a region that moves.
fn mover_columns<'a, 'c: 'a>(
    columns: Columns<'a, OfPair<'c, &'c Mover>>,
    [first, second]: [&str; 2],
    digits: [usize; 2],
    language: Language,
) -> Columns<'a, OfPair<'c, &'c Mover>> {
    type Row<'c> = OfPair<'c, &'c Mover>;
    let places = |of: &Row<'c>| of.pair.aligned.pairs[of.what.pair];
    let ranks = |of: &Row<'c>| of.pair.aligned.ranks(of.what.pair);
    let side = |of: &Row<'c>, k: usize| -> &'c Side { &of.contest.sides[k] };
    let named = move |of: &Row<'c>| named(side(of, of.pair.first), places(of).0, language);
    columns
        .text("code", word!(label_code, language), move |of| named(of)[0].clone())
        .text("name", word!(label_region, language), move |of| named(of)[1].clone())
        .number("rank_first", format!("{first}\n{}", word!(label_rank, language)), move |of| {
            Cell::Rank(ranks(of).0)
        })
        .number("rank_second", format!("{second}\n{}", word!(label_rank, language)), move |of| {
            Cell::Rank(ranks(of).1)
        })
        .number("move", word!(label_moved, language), |of| Cell::Moved(of.what.places))
        .number("score_first", format!("{first}\n{}", word!(label_score, language)), move |of| {
            score(side(of, of.pair.first), places(of).0)
        })
        .digits(digits[0])
        .number("score_second", format!("{second}\n{}", word!(label_score, language)), move |of| {
            score(side(of, of.pair.second), places(of).1)
        })
        .digits(digits[1])
}

/// How many regions go from which tier to which, with sums.
fn migration_table(migration: &Migration, first: &str, second: &str, language: Language) -> Table {
    let sums = (0..migration.to.len()).map(|k| migration.counts.iter().map(|row| row[k]).sum());
    let total = (word!(label_total, language), sums.collect::<Vec<usize>>());
    let rows = migration.from.iter().map(String::as_str).zip(migration.counts.iter().cloned());
    let mut columns = Columns::<(&str, Vec<usize>)>::new().text(
        "from",
        format!("{first} ↓  {second} →"),
        |(from, _)| *from,
    );
    for (k, to) in migration.to.iter().enumerate() {
        columns = columns.number(to, to, move |(_, counts)| counts[k]);
    }
    columns
        .number("n", word!(label_total, language), |(_, counts)| counts.iter().sum::<usize>())
        .table("migration", Reader::People, rows.chain([total]))
}

fn migration_long(compared: &Compared<'_>, language: Language) -> Table {
    let counts = of_pairs(compared, |_, pair| {
        let migration = pair.agreement.migration.as_ref().ok();
        migration.into_iter().flat_map(|migration| {
            let rows = migration.from.iter().zip(&migration.counts);
            rows.flat_map(|(from, counts)| {
                migration.to.iter().zip(counts).map(move |(to, &count)| (from, to, count))
            })
            .map(|(from, to, count)| (from, to, count, migration.n()))
        })
    });
    pair_columns::<(&String, &String, usize, usize)>(language)
        .text("from", word!(label_before, language), |of| of.what.0)
        .text("to", word!(label_after, language), |of| of.what.1)
        .number("count", "n", |of| of.what.2)
        .number("n", word!(label_total, language), |of| of.what.3)
        .table("migration", Reader::Files, counts)
}

/// Regions that a pair leaves out of some figure.
struct LeftOut<'p> {
    key: &'static str,
    words: String,
    /// The side from which they are named.
    side: &'p Side,
    places: Vec<usize>,
}

fn left_out<'p>(contest: &'p Contest, pair: &'p Pair<'_>, language: Language) -> Vec<LeftOut<'p>> {
    let (first, second) = (&contest.sides[pair.first], &contest.sides[pair.second]);
    let aligned = &pair.aligned;
    let of_first = |pairs: &[usize]| pairs.iter().map(|&k| aligned.pairs[k].0).collect::<Vec<_>>();
    let only = |side: &Side| text!(only_on_side, side = &side.label).render(language);
    let (both, one) = (word!(not_ranked_on_both, language), word!(no_tier_on_both, language));
    let unranked = of_first(&aligned.unranked());
    let mut untiered = Vec::new();
    if let Ok(migration) = &pair.agreement.migration {
        untiered = of_first(&migration.untiered);
        untiered.retain(|i| unranked.binary_search(i).is_err());
    }
    let both = format!("{} → {}: {both}", first.label, second.label);
    let one = format!("{} → {}: {one}", first.label, second.label);
    let left = |key, words, side, places| LeftOut { key, words, side, places };
    let mut all = vec![
        left("only_first", only(first), first, aligned.only_first.clone()),
        left("only_second", only(second), second, aligned.only_second.clone()),
        left("unranked", both, first, unranked),
        left("untiered", one, first, untiered),
    ];
    all.retain(|left| !left.places.is_empty());
    all
}

fn apart(blocks: &mut Vec<Block>, contest: &Contest, pair: &Pair<'_>, language: Language) {
    const NAMED: usize = 20;
    for LeftOut { words, side, places, .. } in left_out(contest, pair, language) {
        let names = places.iter().take(NAMED).map(|&place| {
            let [code, name] = named(side, place, language);
            if code == name { code } else { format!("{code} {name}") }
        });
        let mut names: Vec<String> = names.collect();
        if places.len() > NAMED {
            names.push("…".into());
        }
        let n = places.len();
        blocks.push(Block::Line(
            text!(left_out_of_pair, words = words, n = n, names = joined(&names, language))
                .render(language),
        ));
    }
    let Ok(migration) = &pair.agreement.migration else { return };
    let Ok(counterparts) = &migration.counterparts else { return };
    for ((tier, same), counts) in migration.from.iter().zip(counterparts).zip(&migration.counts) {
        let n: usize = counts.iter().sum();
        if same.is_none() && n > 0 {
            let label = &contest.sides[pair.second].label;
            blocks.push(Block::Line(
                text!(tier_without_counterpart, tier = tier, side = label, n = n).render(language),
            ));
        }
    }
}

fn apart_long(compared: &Compared<'_>, language: Language) -> Table {
    let regions = of_pairs(compared, |contest, pair| {
        left_out(contest, pair, language).into_iter().flat_map(move |left| {
            let named = move |place| (left.key, named(left.side, place, language));
            left.places.into_iter().map(named)
        })
    });
    pair_columns::<(&str, [String; 2])>(language)
        .text("where", "", |of| of.what.0)
        .text("code", word!(label_code, language), |of| of.what.1[0].clone())
        .text("name", word!(label_region, language), |of| of.what.1[1].clone())
        .table("apart", Reader::Files, regions)
}

/// Why a statistic is not defined, in words.
fn undefined(why: &Undefined, language: Language) -> String {
    let why = match why {
        Undefined::TooFew { n, least } => text!(undefined_too_few, n = *n, least = *least),
        Undefined::Constant(Where::First) => text!(undefined_constant_first),
        Undefined::Constant(Where::Second) => text!(undefined_constant_second),
        Undefined::Constant(Where::Both) => text!(undefined_constant_both),
        Undefined::NoTiers(Where::First) => text!(undefined_no_tiers_first),
        Undefined::NoTiers(Where::Second) => text!(undefined_no_tiers_second),
        Undefined::NoTiers(Where::Both) => text!(undefined_no_tiers_both),
        Undefined::TierCounts { first, second } => {
            text!(undefined_tier_counts, first = *first, second = *second)
        }
        Undefined::TierNames => text!(undefined_tier_names),
        Undefined::OtherScale => text!(undefined_other_scale),
        Undefined::OneTier => text!(undefined_one_tier),
    };
    text!(undefined_because, why = why).render(language)
}
