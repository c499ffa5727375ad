//! The workbook that `run --out` writes: sheets that one hands over first (ranking, scores of every node, charts, profile,
//! indicators, methods, statistics, notes), and behind them every stage as a table.

pub(super) mod indicators;
pub(super) mod methods;
mod statistics;

use quanheng_core::evaluation::Evaluation;
use quanheng_core::model::{NodeId, Slice};
use quanheng_core::number::{extremes, mean};
use quanheng_words::{text, word};

use super::ranking::{self, Frame};
use super::{
    Cell, Columns, Kind, Language, Reader, Table, in_order, marks, metadata, number, screening,
};

/// A workbook.
#[derive(Clone, Debug)]
pub struct Workbook {
    /// What it is about.
    pub title: String,
    /// The language of its heads.
    pub language: Language,
    /// Its sheets, in order.
    pub sheets: Vec<Sheet>,
}

impl Workbook {
    /// A workbook with a plain sheet for each table.
    pub fn of_tables(title: &str, language: Language, tables: &[Table]) -> Workbook {
        let sheet = |table: &Table| Sheet {
            name: if table.label.is_empty() { table.name.clone() } else { table.label.clone() },
            title: None,
            above: Vec::new(),
            content: Content::Table(table.clone()),
            below: Vec::new(),
        };
        let sheets = tables.iter().map(sheet).collect();
        Workbook { title: title.to_owned(), language, sheets }
    }
}

/// A sheet.
#[derive(Clone, Debug)]
pub struct Sheet {
    /// Its name; the writer makes it one that a workbook can have.
    pub name: String,
    /// The title above what is on it; none for a sheet that begins with the heads of its table.
    pub title: Option<String>,
    /// Lines below the title.
    pub above: Vec<String>,
    /// What is on it.
    pub content: Content,
    /// Lines below it.
    pub below: Vec<Below>,
}

/// What is on a sheet.
#[derive(Clone, Debug)]
pub enum Content {
    /// A table.
    Table(Table),
    /// Charts of the tables of other sheets.
    Charts(Vec<Chart>),
    /// A region beside its group.
    Profile(Profile),
}

/// A line below a table.
#[derive(Clone, Debug)]
pub enum Below {
    /// What the next lines are about.
    Heading(String),
    /// A line.
    Line(String),
}

/// A chart of columns of a sheet's table.
#[derive(Clone, Debug)]
pub struct Chart {
    /// What it shows.
    pub title: String,
    /// How.
    pub shape: Shape,
    /// The sheet, by its place in the workbook.
    pub sheet: usize,
    /// How many of the first rows it shows.
    pub rows: usize,
    /// The column of the names.
    pub names: usize,
    /// The columns of the numbers.
    pub values: Vec<usize>,
}

/// How a chart shows numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// A bar for each row.
    Bars,
    /// A bar for each row, made of its parts.
    Stack,
    /// Points above each other for each row.
    Points,
}

/// A region, chosen on the sheet, beside its group: formulas find its figures in the table of another sheet.
#[derive(Clone, Debug)]
pub struct Profile {
    /// The sheet of the table, by its place in the workbook.
    pub sheet: usize,
    /// The column of that table by which a region is chosen: each value stands there once.
    pub chosen_by: usize,
    /// Level by level, from the index down.
    pub nodes: Vec<ProfileNode>,
    /// Which of them the chart shows.
    pub charted: std::ops::Range<usize>,
}

/// A node of a profile.
#[derive(Clone, Debug)]
pub struct ProfileNode {
    /// What it is called.
    pub name: String,
    /// What its parent is called.
    pub parent: String,
    /// The columns of its scores and ranks.
    pub columns: [usize; 2],
    /// The decimals of its scores.
    pub digits: usize,
    /// Of its scores: mean, lowest, highest; none where there are none.
    pub group: Option<[f64; 3]>,
    /// How many regions have a score.
    pub count: usize,
}

/// What stands in a workbook beside the evaluation.
#[derive(Clone, Debug)]
pub struct Beside<'a> {
    /// The source and the fingerprint.
    pub frame: &'a Frame,
    /// The tables of all stages, their notes, and the intermediate results.
    pub tables: &'a [Table],
    /// The notes, each in a sentence or two.
    pub notes: &'a [String],
}

/// More parts than this do not fit beside each other on a page: those that weigh most are shown.
const PARTS: usize = 10;

/// A chart of more regions than this cannot be read.
const CHARTED: usize = 60;

/// Fewer regions than this need no chart to be compared.
const COMPARED: usize = 3;

/// More leagues than this have no charts of their own: the workbook would have more sheets than anybody opens.
const LEAGUES: usize = 12;

/// The workbook of an evaluation.
pub fn workbook(evaluation: &Evaluation, beside: &Beside<'_>, language: Language) -> Workbook {
    let study = evaluation.study();
    let title = study.title.get(language.tag()).unwrap_or_default().to_owned();
    let slices = last_slices(evaluation);
    let views: Vec<View<'_>> =
        slices.into_iter().map(|slice| View::new(evaluation, slice, language)).collect();
    let mut sheets: Vec<Sheet> = Vec::new();
    for view in &views {
        sheets.push(view.ranking(beside));
    }
    let rankings = sheets.len();
    for view in &views {
        sheets.push(view.scores());
    }
    if views.len() <= LEAGUES {
        for (i, view) in views.iter().enumerate().filter(|(_, view)| view.rows.len() >= COMPARED) {
            let contributions = view.contributions();
            let stack = contributions.map(|(sheet, values)| {
                sheets.push(sheet);
                (sheets.len() - 1, values)
            });
            let charts = view.charts(i, stack);
            sheets.push(charts);
            sheets.push(view.profile(rankings + i));
        }
    }
    sheets.push(titled(
        word!(book_indicators, language),
        &title,
        indicators::table(evaluation, language),
    ));
    sheets.push(titled(
        word!(book_methods, language),
        &title,
        methods::table(evaluation, language),
    ));
    sheets.push(titled(
        word!(book_statistics, language),
        &title,
        statistics::table(
            evaluation,
            &views.iter().map(|view| view.at).collect::<Vec<_>>(),
            language,
        ),
    ));
    let plain = |table: &Table| Sheet {
        name: table.label.clone(),
        title: None,
        above: Vec::new(),
        content: Content::Table(table.clone()),
        below: Vec::new(),
    };
    sheets.extend(beside.tables.iter().map(plain));
    if let Some(short) = marks::short(&beside.frame.marks, language) {
        mark(&mut sheets, &short);
    }
    Workbook { title, language, sheets }
}

/// Puts a few words behind the title of every sheet and of every chart.
fn mark(sheets: &mut [Sheet], words: &str) {
    for sheet in sheets {
        let charts = match &mut sheet.content {
            Content::Charts(charts) => charts.as_mut_slice(),
            Content::Table(_) | Content::Profile(_) => &mut [],
        };
        let titles = charts.iter_mut().map(|chart| &mut chart.title).chain(&mut sheet.title);
        for title in titles {
            *title = format!("{title} · {words}");
        }
    }
}

fn titled(name: &str, of: &str, table: Table) -> Sheet {
    let title = if of.is_empty() { name.to_owned() } else { format!("{of} · {name}") };
    Sheet {
        name: name.to_owned(),
        title: Some(title),
        above: Vec::new(),
        content: Content::Table(table),
        below: Vec::new(),
    }
}

/// The last slice of each league, by its place in the panel.
fn last_slices(evaluation: &Evaluation) -> Vec<usize> {
    let slices = evaluation.study().panel.slices();
    let is_last = |slice: &Slice| {
        slices.iter().all(|other| other.league != slice.league || other.period <= slice.period)
    };
    (0..slices.len()).filter(|&at| is_last(&slices[at])).collect()
}

/// One league in its last period.
struct View<'e> {
    evaluation: &'e Evaluation,
    /// The place of its slice.
    at: usize,
    slice: &'e Slice,
    language: Language,
    /// The rows by rank.
    rows: Vec<usize>,
    /// The parts of the index that are shown: all of them, or those that weigh most.
    parts: Vec<NodeId>,
}

impl<'e> View<'e> {
    fn new(evaluation: &'e Evaluation, at: usize, language: Language) -> View<'e> {
        let slice = &evaluation.study().panel.slices()[at];
        let system = &evaluation.methodology().system;
        let weights = evaluation.weights(at);
        let all = &system.node(system.root()).children;
        let mut order: Vec<usize> = (0..all.len()).collect();
        quanheng_core::number::sort_by_key(&mut order, &|k| -weights[all[k].index()]);
        order.truncate(PARTS);
        order.sort_unstable();
        View {
            evaluation,
            at,
            slice,
            language,
            rows: ranking::by_rank(evaluation.ranks(), slice),
            parts: order.into_iter().map(|k| all[k]).collect(),
        }
    }

    /// The name of a sheet about it, with the league where there are several.
    fn name(&self, what: &str) -> String {
        match self.league() {
            Some(league) => format!("{what} {league}"),
            None => what.to_owned(),
        }
    }

    fn league(&self) -> Option<String> {
        let leagues = &self.evaluation.study().leagues;
        let league = &leagues[self.slice.league.0 as usize];
        let name = league.names.get(self.language.tag()).unwrap_or(&league.code);
        (leagues.len() > 1).then(|| name.to_owned())
    }

    /// What a sheet is about, and the line below it: league, period, methodology, how many regions.
    fn heading(&self, what: &str) -> (String, String) {
        let study = self.evaluation.study();
        let language = self.language;
        let title = study.title.get(language.tag()).unwrap_or_default();
        let title = if title.is_empty() { what.to_owned() } else { format!("{title} · {what}") };
        let methodology = self.evaluation.methodology();
        let name = methodology.names.get(language.tag());
        let count = self.rows.iter().filter(|&&r| !self.evaluation.ranks()[r].is_nan()).count();
        let parts = [
            self.league(),
            Some(study.periods[self.slice.period.0 as usize].label.clone()),
            Some(ranking::titled(&methodology.code, name, language)),
            Some(text!(count_regions, n = count).render(language)),
        ];
        let parts: Vec<String> = parts.into_iter().flatten().filter(|p| !p.is_empty()).collect();
        (title, parts.join(" · "))
    }

    /// The columns that every sheet about regions begins with: rank, code, name, score.
    fn columns(&self) -> Columns<'_, usize> {
        let (evaluation, language) = (self.evaluation, self.language);
        let study = evaluation.study();
        let region = |row: usize| &study.regions[study.panel.regions()[row].0 as usize];
        let root = evaluation.methodology().system.root();
        Columns::new()
            .number("rank", word!(label_rank, language), |&row: &usize| {
                Cell::Rank(evaluation.ranks()[row])
            })
            .text("code", word!(label_code, language), move |&row| &region(row).code)
            .text("name", word!(label_region, language), move |&row| {
                region(row).name(language.tag())
            })
            .number("score", word!(label_score, language), move |&row| {
                ranking::score(evaluation, root, row)
            })
            .digits(ranking::shown_digits(evaluation, self.at, &self.rows))
    }

    fn tiered<'a>(&'a self, columns: Columns<'a, usize>) -> Columns<'a, usize> {
        let evaluation = self.evaluation;
        let root = evaluation.methodology().system.root();
        let tiers = evaluation.tiers();
        let is_tiered = self.slice.rows.clone().any(|row| tiers[row].is_some());
        let rated =
            self.slice.rows.clone().any(|row| evaluation.rate_of_attainment(row, root).is_some());
        columns
            .number("rate", word!(label_rate, self.language), move |&row| {
                evaluation.rate_of_attainment(row, root).map(Cell::number)
            })
            .digits(4)
            .only_if(rated)
            .text("tier", word!(label_tier, self.language), move |&row| {
                ranking::tier(evaluation, root, row)
            })
            .only_if(is_tiered)
    }

    fn with_node<'a>(&'a self, columns: Columns<'a, usize>, id: NodeId) -> Columns<'a, usize> {
        let (evaluation, language) = (self.evaluation, self.language);
        let node = evaluation.methodology().system.node(id);
        let columns = columns
            .number(&node.code, node.name(language.tag()), move |&row: &usize| {
                ranking::score(evaluation, id, row)
            })
            .digits(ranking::digits(evaluation, id));
        ranking::with_outcome(columns, evaluation, id, language, |&row| row)
    }

    /// The sheet that comes first: the ranking, and what one must know to read it.
    fn ranking(&self, beside: &Beside<'_>) -> Sheet {
        let (evaluation, language) = (self.evaluation, self.language);
        let (title, line) = self.heading(word!(book_ranking, language));
        let table = self.ranking_table();
        let mut below = Vec::new();
        let all = evaluation.methodology().system.node(evaluation.methodology().system.root());
        if all.children.len() > self.parts.len() {
            let more = text!(
                book_more_parts,
                shown = self.parts.len(),
                all = all.children.len(),
                sheet = self.name(word!(book_scores, language))
            );
            below.push(Below::Line(more.render(language)));
        }
        below.extend(
            screening::line(evaluation, (self.slice.league, self.slice.period), language)
                .map(Below::Line),
        );
        below.extend(ranking::without_data(evaluation, self.slice, language).map(Below::Line));
        let frame = beside.frame;
        if frame.left_out > 0 {
            let line = text!(regions_in_no_league, n = frame.left_out);
            below.push(Below::Line(line.render(language)));
        }
        below.extend(marks::lines(&frame.marks, language).into_iter().map(Below::Line));
        if !frame.source.is_empty() {
            below.push(Below::Heading(word!(label_source, language).to_owned()));
            below.push(Below::Line(frame.source.clone()));
        }
        let stated = metadata::lines(&frame.metadata, language);
        below.extend(stated.into_iter().map(Below::Line));
        below.push(Below::Heading(word!(book_methods, language).to_owned()));
        below.extend(methods::sentences(evaluation, language).into_iter().map(Below::Line));
        if !beside.notes.is_empty() {
            below.push(Below::Heading(word!(note_head, language).to_owned()));
            below.extend(beside.notes.iter().cloned().map(Below::Line));
        }
        below.push(Below::Heading(word!(label_made_from, language).to_owned()));
        let program = format!("quanheng {}", env!("CARGO_PKG_VERSION"));
        below.push(Below::Line(format!("{} · {program}", frame.fingerprint)));
        let above = vec![line, methods::in_short(evaluation, language)];
        let name = self.name(word!(book_ranking, language));
        Sheet { name, title: Some(title), above, content: Content::Table(table), below }
    }

    /// The ranking with the parts of the index.
    fn ranking_table(&self) -> Table {
        let (evaluation, language) = (self.evaluation, self.language);
        let mut columns = self.tiered(self.columns());
        if let Some((before, label)) = ranking::period_before(evaluation, self.at) {
            let root = evaluation.methodology().system.root();
            let moves = evaluation.moves(root, evaluation.ranks(), before, self.at);
            let first = self.slice.rows.start;
            let label = text!(change_since, period = label).render(language);
            columns = columns.number("change", label, move |&row| {
                let moved = moves[row - first];
                (!moved.is_nan()).then_some(Cell::Moved(moved))
            });
        }
        for &part in &self.parts {
            columns = self.with_node(columns, part);
        }
        columns.table("ranking", Reader::People, self.rows.iter().copied())
    }

    /// Every node with its score and rank.
    fn scores(&self) -> Sheet {
        let (title, line) = self.heading(word!(book_scores, self.language));
        Sheet {
            name: self.name(word!(book_scores, self.language)),
            title: Some(title),
            above: vec![line],
            content: Content::Table(self.scores_table()),
            below: Vec::new(),
        }
    }

    fn scores_table(&self) -> Table {
        let system = &self.evaluation.methodology().system;
        let mut columns = self.tiered(self.columns());
        for id in in_order(system, system.root()).into_iter().skip(1) {
            columns = self.with_node(columns, id);
        }
        columns.table("scores", Reader::People, self.rows.iter().copied())
    }

    /// What each part contributes to the score of each region: its score times its weight, or its score alone where the
    /// index is a sum of points. With the sheet come the columns of the parts. None where the contributions of no kind add
    /// up to the index.
    fn contributions(&self) -> Option<(Sheet, Vec<usize>)> {
        let (evaluation, language) = (self.evaluation, self.language);
        let system = &evaluation.methodology().system;
        let root = system.root();
        let children = &system.node(root).children;
        let weights = evaluation.weights(self.at);
        let index = evaluation.unrounded(root).values();
        let score = |id: NodeId, row: usize| evaluation.scores(id).values()[row];
        let by_weight = |id: NodeId, row: usize| weights[id.index()] * score(id, row);
        let adds_up = |of: &dyn Fn(NodeId, usize) -> f64| {
            let ranked = self.rows.iter().filter(|&&row| !index[row].is_nan());
            let mut count = 0;
            let all = ranked.clone().all(|&row| {
                count += 1;
                let parts: Vec<f64> = children.iter().map(|&id| of(id, row)).collect();
                let sum = quanheng_core::number::sum(&parts);
                let size = parts.iter().map(|part| part.abs()).collect::<Vec<_>>();
                (sum - index[row]).abs() <= 1e-9 * quanheng_core::number::sum(&size)
            });
            all && count > 0
        };
        let of: Box<dyn Fn(NodeId, usize) -> f64 + '_> = if adds_up(&by_weight) {
            Box::new(by_weight)
        } else if adds_up(&score) {
            Box::new(score)
        } else {
            return None;
        };
        let (of, digits) = (&of, ranking::digits(evaluation, root));
        let mut columns = self.columns();
        for &id in &self.parts {
            let node = system.node(id);
            columns = columns
                .number(&node.code, node.name(language.tag()), move |&row| {
                    Cell::number_or_missing(of(id, row))
                })
                .digits(digits);
        }
        let others: Vec<NodeId> =
            children.iter().copied().filter(|id| !self.parts.contains(id)).collect();
        let is_cut = !others.is_empty();
        columns = columns
            .number("others", word!(book_others, language), move |&row| {
                let rest: Vec<f64> = others.iter().map(|&id| of(id, row)).collect();
                Cell::number_or_missing(quanheng_core::number::sum(&rest))
            })
            .digits(digits)
            .only_if(is_cut);
        let table = columns.table("contributions", Reader::People, self.rows.iter().copied());
        let (title, line) = self.heading(word!(book_contributions, language));
        let values = (4..table.columns.len()).collect();
        let sheet = Sheet {
            name: self.name(word!(book_contributions, language)),
            title: Some(title),
            above: vec![line],
            content: Content::Table(table),
            below: vec![Below::Line(word!(book_contributions_why, language).to_owned())],
        };
        Some((sheet, values))
    }

    /// The charts of the ranking on the sheet at `ranking`, and of the contributions, which another sheet has.
    fn charts(&self, ranking: usize, contributions: Option<(usize, Vec<usize>)>) -> Sheet {
        let language = self.language;
        let scored =
            self.rows.iter().filter(|&&row| !self.evaluation.ranks()[row].is_nan()).count();
        let rows = scored.min(CHARTED);
        let what = |words: &str| match rows < scored {
            true => text!(book_best_of, what = words, shown = rows, all = scored).render(language),
            false => words.to_owned(),
        };
        let chart = |title: String, shape: Shape, sheet: usize, values: Vec<usize>| Chart {
            title,
            shape,
            sheet,
            rows,
            names: 2,
            values,
        };
        let mut charts =
            vec![chart(what(word!(book_scores_chart, language)), Shape::Bars, ranking, vec![3])];
        match contributions {
            Some((sheet, values)) => {
                let title = what(word!(book_contributions_chart, language));
                charts.push(chart(title, Shape::Stack, sheet, values));
            }
            None => {
                let found = self.part_columns();
                if !found.is_empty() {
                    let title = what(word!(book_parts_chart, language));
                    charts.push(chart(title, Shape::Points, ranking, found));
                }
            }
        }
        let (title, line) = self.heading(word!(book_charts, language));
        Sheet {
            name: self.name(word!(book_charts, language)),
            title: Some(title),
            above: vec![line],
            content: Content::Charts(charts),
            below: Vec::new(),
        }
    }

    /// The columns of the parts in the sheet of the ranking.
    fn part_columns(&self) -> Vec<usize> {
        let system = &self.evaluation.methodology().system;
        let table = self.ranking_table();
        let heads = table.columns.iter().enumerate().skip(4);
        let is_part = |key: &str| self.parts.iter().any(|&part| system.node(part).code == key);
        heads.filter(|(_, head)| is_part(&head.key)).map(|(k, _)| k).collect()
    }

    /// A region beside its group; its figures are those of the sheet at `scores`.
    fn profile(&self, scores: usize) -> Sheet {
        let (evaluation, language) = (self.evaluation, self.language);
        let study = evaluation.study();
        let system = &evaluation.methodology().system;
        let table = self.scores_table();
        let place = |key: &str| table.columns.iter().position(|head| head.key == key);
        let mut levels: Vec<Vec<NodeId>> = Vec::new();
        for id in in_order(system, system.root()) {
            let depth = system.node(id).depth;
            if levels.len() <= depth {
                levels.resize(depth + 1, Vec::new());
            }
            levels[depth].push(id);
        }
        let name = |id: NodeId| system.node(id).name(language.tag()).to_owned();
        let node = |id: NodeId| {
            let of = system.node(id);
            let columns = match id == system.root() {
                true => [place("score")?, place("rank")?],
                false => [place(&of.code)?, place(&format!("{}_rank", of.code))?],
            };
            let found: Vec<f64> =
                self.rows.iter().map(|&row| evaluation.scores(id).values()[row]).collect();
            let there: Vec<f64> = found.into_iter().filter(|x| !x.is_nan()).collect();
            let group = mean(&there).zip(extremes(&there)).map(|(m, (low, high))| [m, low, high]);
            Some(ProfileNode {
                name: name(id),
                parent: of.parent.map(name).unwrap_or_default(),
                columns,
                digits: ranking::digits(evaluation, id),
                group,
                count: there.len(),
            })
        };
        let mut nodes = Vec::new();
        let mut charted = 0..0;
        for level in &levels {
            let start = nodes.len();
            nodes.extend(level.iter().filter_map(|&id| node(id)));
            // The chart shows the lowest level that can be read.
            if level.len() <= 2 * PARTS && level.len() >= charted.len() {
                charted = start..nodes.len();
            }
        }
        let names: Vec<&str> = self
            .rows
            .iter()
            .map(|&row| study.regions[study.panel.regions()[row].0 as usize].name(language.tag()))
            .collect();
        let mut distinct = names.clone();
        quanheng_core::number::sort_items(&mut distinct, Ord::cmp);
        distinct.dedup();
        let chosen_by = if distinct.len() == names.len() { 2 } else { 1 };
        let (title, line) = self.heading(word!(book_profile, language));
        Sheet {
            name: self.name(word!(book_profile, language)),
            title: Some(title),
            above: vec![line],
            content: match table.rows.is_empty() {
                true => Content::Charts(Vec::new()),
                false => Content::Profile(Profile { sheet: scores, chosen_by, nodes, charted }),
            },
            below: Vec::new(),
        }
    }
}

/// With how many decimals a column of numbers is shown: as many as stated, but no more than any of them has; six at most
/// where nothing is stated.
pub fn decimals(table: &Table, column: usize) -> usize {
    let stated = match table.columns[column].kind {
        Kind::Number(Some(digits)) => digits,
        Kind::Number(None) | Kind::Text => 6,
    };
    let of = |cell: &Cell| match cell {
        Cell::Number(x, _) | Cell::Rank(x) | Cell::Moved(x) | Cell::Share { value: x, .. } => {
            let text = number::exact(*x);
            match text.split_once('e') {
                Some((_, exponent)) if exponent.starts_with('-') => stated,
                Some(_) => 0,
                None => text.split_once('.').map_or(0, |(_, after)| after.len()),
            }
        }
        _ => 0,
    };
    let mut most = 0;
    for row in &table.rows {
        most = most.max(of(&row[column]));
        if most >= stated {
            return stated;
        }
    }
    most
}
