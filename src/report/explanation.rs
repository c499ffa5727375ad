//! Why regions move: the shares of what differs, and what did it within each share.

use quanheng_core::evaluation::EvaluationError;
use quanheng_core::explanation::{
    Cause, Change, Contribution, Explanation, Figure, Fraction, Impossible, NoSplit, Other,
    Refused, Rival, Share, Split, printed, printed_parts,
};
use quanheng_core::methodology::{ContractProblem, Part, Shown};
use quanheng_core::model::{NodeId, RegionIx, State, System};

use super::{Block, Cell, Head, Language, Report, Table, number, ranking};

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
    let language = view.language;
    let columns = vec![
        Head::new("part", language.explained_by()),
        Head::new("node", language.part()),
        Head::new("score", language.score_share()),
        Head::new("rank", language.rank_share()),
        Head::new("places", language.exact_places()),
        Head::new("score_error", language.score_error()),
        Head::new("rank_error", language.rank_error()),
        Head::new("before", language.before()),
        Head::new("after", language.after()),
        Head::new("others", language.also_cells()),
        Head::new("passes", language.passes()),
        Head::new("falls_behind", language.falls_behind()),
    ];
    let plain = |x: f64| Cell::Number(x, State::Value);
    let line = |part: String, node: String, share: &Share| {
        vec![
            Cell::Text(part),
            Cell::Text(node),
            plain(share.score),
            plain(share.rank),
            Cell::Text(fraction(share.places)),
        ]
    };
    let mut rows = Vec::new();
    for part in &change.contributions {
        let key = joined(&part.players, Part::name);
        let mut row = line(key.clone(), String::new(), &part.share);
        row.extend(std::iter::repeat_n(Cell::Empty, 5));
        for ahead in [true, false] {
            let of = part.rivals.iter().filter(|r| (r.passed.numerator > 0) == ahead);
            let words: Vec<String> = of.map(|r| rival_code(explanation, r)).collect();
            row.push(Cell::Text(words.join(";")));
        }
        rows.push(row);
        for cause in causes(part) {
            let mut row = line(key.clone(), cause.codes.join(";"), &cause.share);
            let error =
                |of: fn((f64, f64)) -> f64| cause.errors.map_or(Cell::Empty, |e| plain(of(e)));
            row.extend([error(|e| e.0), error(|e| e.1)]);
            for value in [cause.figure.before, cause.figure.after] {
                row.push(value.map_or(Cell::Empty, |(x, state)| Cell::Number(x, state)));
            }
            row.push(Cell::Number(cause.figure.others.len() as f64, State::Value));
            row.extend([Cell::Empty, Cell::Empty]);
            rows.push(row);
        }
    }
    let mut row = line("total".into(), String::new(), &change.total);
    row.extend(std::iter::repeat_n(Cell::Empty, 7));
    rows.push(row);
    Table { name: "explanation".into(), columns, rows }
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
    let words = match language {
        Language::Zh => format!("{moved} / {count} {}位次变动", language.regions()),
        Language::En => format!("{moved} of {count} {} change rank", language.regions()),
    };
    let mut parts = vec![title, periods(explanation), format!("{a} → {b}"), words];
    parts.retain(|part| !part.is_empty());
    report.blocks.push(Block::Heading(parts.join(" · ")));
    report.blocks.push(Block::Table(all_table(explanation, &changes[..shown], groups, view)));
    if shown < count {
        report.blocks.push(Block::Line(format!("… {} {shown} / {count}", language.shown())));
    }
    let apart = changes.iter().filter(|c| !same_groups(c, groups)).count();
    if apart > 0 {
        report.blocks.push(Block::Line(match language {
            Language::Zh => format!("{apart} 个地区在某些组合下无得分，只列合计；可用 explain 逐一查看"),
            Language::En => format!(
                "{apart} regions have no score in some hybrids: only their sum is shown; explain them one by one"
            ),
        }));
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
    let leagues = study.leagues.len() > 1;
    let digits = score_digits(explanation);
    let [a, b] = &view.labels;
    let mut columns = Vec::new();
    if leagues {
        columns.push(Head::new("league", language.league()));
    }
    columns.extend([
        Head::new("rank_before", format!("{} {a}", language.rank())),
        Head::new("rank_after", format!("{} {b}", language.rank())),
        Head::new("code", language.code()),
        Head::new("name", language.region()),
        Head::number("score_before", format!("{} {a}", language.score()), digits),
        Head::number("score_after", format!("{} {b}", language.score()), digits),
        Head::new("rank", language.rank_share()),
    ]);
    for group in groups {
        let (key, words) = (joined(group, Part::name), joined(group, |p| word(p, language)));
        columns.push(Head::new(format!("rank_{key}"), words));
    }
    columns.push(Head::new("score", language.score_share()));
    for group in groups {
        let (key, words) = (joined(group, Part::name), joined(group, |p| word(p, language)));
        columns.push(Head::new(format!("score_{key}"), words));
    }
    let fine = changes.iter().filter(|c| same_groups(c, groups)).any(|c| !whole(c));
    let rows = changes.iter().map(|change| {
        let region = &study.regions[change.region.0 as usize];
        let mut cells = Vec::new();
        if leagues {
            let panel = &evaluation.study().panel;
            let mut slices = panel.slices().iter();
            let own = slices.find(|s| panel.row_of(s, change.region).is_some());
            cells.push(own.map_or(Cell::Empty, |slice| {
                Cell::text(&study.leagues[slice.league.0 as usize].code)
            }));
        }
        cells.extend([
            Cell::Rank(change.ranks.0),
            Cell::Rank(change.ranks.1),
            Cell::text(&region.code),
            Cell::text(region.name(language.tag())),
            Cell::Number(change.scores.0, State::Value),
            Cell::Number(change.scores.1, State::Value),
        ]);
        let printed = Printed::new(change, digits, fine);
        let parts = same_groups(change, groups);
        let none = || std::iter::repeat_n(Cell::Empty, groups.len());
        cells.push(printed.rank(&change.total, printed.total.1));
        match parts {
            false => cells.extend(none()),
            true => cells.extend(
                change
                    .contributions
                    .iter()
                    .zip(&printed.parts)
                    .map(|(p, at)| printed.rank(&p.share, at.1)),
            ),
        }
        cells.push(printed.score(&change.total, printed.total.0));
        match parts {
            false => cells.extend(none()),
            true => cells.extend(
                change
                    .contributions
                    .iter()
                    .zip(&printed.parts)
                    .map(|(p, at)| printed.score(&p.share, at.0)),
            ),
        }
        cells
    });
    Table { name: "explanation".into(), rows: rows.collect(), columns }
}

fn same_groups(change: &Change, groups: &[Vec<Part>]) -> bool {
    change.contributions.iter().map(|p| &p.players).eq(groups)
}

fn made_from(view: &View) -> Block {
    Block::Line(format!("{} {}", view.language.made_from(), view.fingerprint))
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
            language.rank(),
            number::rank(change.ranks.0),
            number::rank(change.ranks.1),
        ),
        format!(
            "{} {} → {} ({})",
            language.score(),
            number::fixed(change.scores.0, digits),
            number::fixed(change.scores.1, digits),
            number::signed(printed.total.0, digits),
        ),
    ];
    for (verb, regions) in
        [(language.passes(), &change.passed.0), (language.falls_behind(), &change.passed.1)]
    {
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
    let mut columns = vec![
        Head::new("part", language.explained_by()),
        Head::new("rank", language.rank_share()),
        Head::new("score", language.score_share()),
        Head::new("figures", language.figures()),
        Head::new("rivals", language.who_moved()),
    ];
    let mut rows = Vec::new();
    for (part, at) in change.contributions.iter().zip(&printed.parts) {
        rows.push(vec![
            Cell::Text(joined(&part.players, |p| word(p, language))),
            printed.rank(&part.share, at.1),
            printed.score(&part.share, at.0),
            Cell::Empty,
            Cell::Text(rivals(explanation, &part.rivals, language)),
        ]);
        let (kept, rest) = foremost(part, view.causes);
        let all: Vec<&Share> = kept.iter().map(|c| &c.share).chain(rest.as_ref()).collect();
        let within = printed.within(&all, *at);
        for (cause, at) in kept.iter().zip(&within) {
            rows.push(vec![
                Cell::Text(format!("  {}", cause_name(explanation, cause, language))),
                printed.rank(&cause.share, at.1),
                printed.score(&cause.share, at.0),
                Cell::Text(figures(explanation, part.players[0], cause, language)),
                Cell::Empty,
            ]);
        }
        if let (Some(rest), Some(at)) = (&rest, within.last()) {
            let count = causes(part).len() - kept.len();
            rows.push(vec![
                Cell::Text(format!("  {count} {}", language.causes_left())),
                printed.rank(rest, at.1),
                printed.score(rest, at.0),
                Cell::Empty,
                Cell::Empty,
            ]);
        }
    }
    rows.push(vec![
        Cell::text(language.whole_change()),
        printed.rank(&change.total, printed.total.1),
        printed.score(&change.total, printed.total.0),
        Cell::Empty,
        Cell::Empty,
    ]);
    // A column in which nobody has anything to say is not shown.
    for column in [4, 3] {
        let silent = |row: &Vec<Cell>| match &row[column] {
            Cell::Empty => true,
            Cell::Text(text) => text.is_empty(),
            _ => false,
        };
        if rows.iter().all(silent) {
            columns.remove(column);
            for row in &mut rows {
                row.remove(column);
            }
        }
    }
    Table { name: "explanation".into(), columns, rows }
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
fn score_digits(explanation: &Explanation) -> usize {
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
    sorted.sort_by(|x, y| {
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
    player.word(language.into())
}

fn name(explanation: &Explanation, region: RegionIx, language: Language) -> String {
    explanation.study().regions[region.0 as usize].name(language.tag()).to_owned()
}

/// The first few of a list and how many more there are.
fn listed(names: Vec<String>, language: Language) -> String {
    const SHOWN: usize = 5;
    let rest = names.len().saturating_sub(SHOWN);
    let (comma, more) = match language {
        Language::Zh => ("、", format!("等 {} 个", names.len())),
        Language::En => (", ", format!(" and {rest} more")),
    };
    let shown = names.into_iter().take(SHOWN).collect::<Vec<_>>().join(comma);
    if rest > 0 { shown + more.as_str() } else { shown }
}

fn fraction(fraction: Fraction) -> String {
    number::fraction(fraction.numerator, fraction.denominator)
}

fn rivals(explanation: &Explanation, rivals: &[Rival], language: Language) -> String {
    let mut sides = Vec::new();
    for (verb, ahead) in [(language.passes(), true), (language.falls_behind(), false)] {
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
        [] => language.rest_of_panel().to_owned(),
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
        State::Missing => language.missing().to_owned(),
        State::NotApplicable => language.not_applicable().to_owned(),
        State::Withheld => language.withheld().to_owned(),
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
                Shown::Weight => format!("{} ", language.weight()),
                _ => String::new(),
            };
            parts.push(format!("{what}{} → {}{unit}", value(*x, language), value(*y, language)));
        }
        (Some(x), Some(_)) => parts.push(format!("= {}{unit}", value(*x, language))),
        (Some(x), None) => parts.push(format!(
            "{}: {} {}",
            language.only_before(),
            language.weight(),
            value(*x, language)
        )),
        (None, Some(x)) => parts.push(format!(
            "{}: {} {}",
            language.only_after(),
            language.weight(),
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
        [one, rest @ ..] => parts.push(match language {
            Language::Zh => format!("{} 等 {} 个地区", of_other(one), rest.len() + 1),
            Language::En => format!("{} and {} more", of_other(one), rest.len()),
        }),
    }
    parts.join("; ")
}

/// How the shares came about, and what was not possible.
fn notes(explanation: &Explanation, orders: u64, of: u64, view: &View) -> Vec<String> {
    let language = view.language;
    let mut lines = vec![match language {
        Language::Zh => format!(
            "份额: Shapley 值，对 {orders} / {of} 种替换顺序取平均；各份额之和恰为变动，按最大余数法舍入使列示值之和不变"
        ),
        Language::En => format!(
            "Shares: Shapley values, means over {orders} of {of} orders of exchange; they add up to the change exactly, \
             and are rounded by largest remainder so that they still do as printed"
        ),
    }];
    for group in explanation.groups().iter().filter(|group| group.len() > 1) {
        let words = joined(group, |p| word(p, language));
        lines.push(match language {
            Language::Zh => format!("{words} 只能一起替换，作为一项"),
            Language::En => format!("{words} can only be exchanged together, and count as one"),
        });
    }
    lines.extend(refusals(explanation, view));
    if explanation.tiering_differs() {
        lines.push(match language {
            Language::Zh => "等级划分也不同，但不影响得分和名次".into(),
            Language::En => {
                "Tiers are cut differently too, which moves no score and no rank".into()
            }
        });
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
        match language {
            Language::Zh => format!("不可行: {b} 的{words}配 {a} 的其余步骤: {why}"),
            Language::En => format!("Not possible: {words} of {b} with the rest of {a}: {why}"),
        }
    };
    let mut lines: Vec<String> = refused.iter().take(SHOWN).map(line).collect();
    if refused.len() > SHOWN {
        let more = refused.len() - SHOWN;
        lines.push(match language {
            Language::Zh => format!("另有 {more} 种组合不可行"),
            Language::En => format!("… and {more} more hybrids are not possible"),
        });
    }
    lines
}

fn why(explanation: &Explanation, impossible: &Impossible, language: Language) -> String {
    match impossible {
        Impossible::NotATree => match language {
            Language::Zh => "两个指标体系的节点合不成一棵树".into(),
            Language::En => "the nodes of both systems do not make one tree".into(),
        },
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
    match (more, language) {
        (0, _) => String::new(),
        (_, Language::Zh) => format!("（另有 {more} 处）"),
        (_, Language::En) => format!(" (and {more} more like it)"),
    }
}

fn contract(problem: &ContractProblem, system: &System, language: Language) -> String {
    let code = |node: NodeId| system.node(node).code.clone();
    match (problem, language) {
        (ContractProblem::NoColumn { leaf, column }, Language::Zh) => {
            format!("{} 所需的数据列 {column} 不存在", code(*leaf))
        }
        (ContractProblem::NoColumn { leaf, column }, Language::En) => {
            format!("the data have no column `{column}`, which {} is read from", code(*leaf))
        }
        (ContractProblem::Sign { node, child, method, given_by, positive, .. }, Language::Zh) => {
            let needs = if *positive { "大于0" } else { "不小于0" };
            format!(
                "{} 的 {method} 要求值{needs}，而 {} 经 {given_by} 后并非如此",
                code(*node),
                code(*child)
            )
        }
        (ContractProblem::Sign { node, child, method, given_by, positive, .. }, Language::En) => {
            let needs = if *positive { "above 0" } else { "of 0 or more" };
            format!(
                "`{method}` of {} needs values {needs}, and {} has others after `{given_by}`",
                code(*node),
                code(*child)
            )
        }
        (ContractProblem::Orientation { node, child, method, given_by, .. }, Language::Zh) => {
            format!(
                "{} 的 {method} 以大为优，而 {} 经 {given_by} 后以小为优",
                code(*node),
                code(*child)
            )
        }
        (ContractProblem::Orientation { node, child, method, given_by, .. }, Language::En) => {
            format!(
                "`{method}` of {} takes more to be better, and in {} less is better after `{given_by}`",
                code(*node),
                code(*child)
            )
        }
        (ContractProblem::Absent { node, leaf, method, cells, .. }, Language::Zh) => {
            format!("{} 的 {method} 要求无缺失，而 {} 缺 {cells} 个值", code(*node), code(*leaf))
        }
        (ContractProblem::Absent { node, leaf, method, cells, .. }, Language::En) => format!(
            "`{method}` of {} needs every value, and {} has {cells} absent cells",
            code(*node),
            code(*leaf)
        ),
        (ContractProblem::NeedsPanel { node, method, .. }, Language::Zh) => {
            format!("{method} 需要各时期一起看，而 {} 逐期处理", code(*node))
        }
        (ContractProblem::NeedsPanel { node, method, .. }, Language::En) => {
            format!(
                "`{method}` looks along time, and {} is looked at one period at a time",
                code(*node)
            )
        }
        (ContractProblem::NoFact { node, fact, method }, Language::Zh) => {
            format!("{method} 需要 {} 的 {fact}，而指标树未给出", code(*node))
        }
        (ContractProblem::NoFact { node, fact, method }, Language::En) => {
            format!("`{method}` needs `{fact}` of {}, and the tree states none", code(*node))
        }
    }
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
        true => String::new(),
        false => format!(" ({})", listed(regions, language)),
    };
    match language {
        Language::Zh => format!("{} 在 {node} 算不出结果{who}: {}", error.method, error.error),
        Language::En => {
            format!("`{}` gives no result at {node}{who}: {}", error.method, error.error)
        }
    }
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
            Some(match language {
                Language::Zh => format!(
                    "{words}内 {n} 项为估计值: {orders} 个随机顺序的平均（固定种子），位次标准误不超过 {worst}；其和仍恰为该份额"
                ),
                Language::En => format!(
                    "Within {words}: the {n} parts are estimates, means over {orders} random orders (fixed seed), standard \
                     error of rank at most {worst}; their sum is the share exactly"
                ),
            })
        }
        Split::None(NoSplit::Impossible(why_not)) => {
            let why = why(explanation, why_not, language);
            Some(match language {
                Language::Zh => format!("{words}无法逐项分解: {why}"),
                Language::En => format!("Within {words}: its parts cannot come one by one: {why}"),
            })
        }
        Split::None(NoSplit::LeagueMarks) => Some(match language {
            Language::Zh => format!("{words}未逐项分解: 各组别另有满分"),
            Language::En => {
                format!("Within {words}: not divided, since leagues have full marks of their own")
            }
        }),
        Split::Parts { .. } | Split::NotAsked | Split::None(NoSplit::Joined | NoSplit::Single) => {
            None
        }
    }
}

/// What is said where there is nothing to explain.
pub fn same(view: &View, tiering: bool) -> String {
    let [a, b] = &view.labels;
    let line = match (view.language, tiering) {
        (Language::Zh, false) => format!("{a} 与 {b} 各步骤相同: 得分和名次没有变动"),
        (Language::Zh, true) => format!("{a} 与 {b} 只有等级划分不同: 得分和名次没有变动"),
        (Language::En, false) => {
            format!("{a} and {b} do the same at every stage: no score and no rank changes")
        }
        (Language::En, true) => {
            format!("{a} and {b} differ only in how tiers are cut: no score and no rank changes")
        }
    };
    line + "\n"
}
