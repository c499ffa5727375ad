//! The tables that chapters can show, by the words of the commands that show them too.

use minijinja::Value;
use quanheng_core::method::Stage;
use quanheng_core::model::State;
use quanheng_core::statistics::{Periods, scopes};
use quanheng_words::{text, word};

use super::Sources;
use super::request::Request;
use super::thing::Thing;
use super::world::World;
use super::wrong::Wrong;
use crate::case::Case;
use crate::problem::ProseFault;
use crate::report::document::Part;
use crate::report::ranking::Frame;
use crate::report::workbook::methods;
use crate::report::{
    Block, Cell, Columns, Head, Importance, Kind, Reader, Report, Table, analysis, cases,
    comparison, describe, in_order, multiverse, notes, number, profile, ranking, tree,
};

/// Every table, and what it is. `NAME.PART` is one of several tables with the name of its file.
pub(super) static NAMES: &[(&str, &str)] = &[
    ("ranking", "ranks, scores, tiers and the nodes below, as `run` shows them"),
    ("tree", "the nodes of the index with weights, units, directions and methods"),
    ("groups", "the means of the classes of every group, or of the one that `group=` names"),
    ("methods", "the methods of a methodology with their settings"),
    ("formulas", "the methods of a methodology with formulas and sources"),
    ("notes", "the notes on the project and its results"),
    ("spread", "the ranks of each region over the multiverse"),
    ("analysis.NAME", "an analysis of `analyse`: `analysis.gradient`, `analysis.movement`"),
    ("describe.NAME", "a section of `describe`: `describe.correlations`, `describe.consistency`"),
    (
        "compare",
        "the methodologies side by side, as `compare` shows them; `compare.PART` is one of its tables",
    ),
    ("multiverse", "the tables of `multiverse`; `multiverse.PART` is one of them"),
    (
        "profile",
        "the tables of `profile` of the region that `region=` names; `profile.PART` is one of them",
    ),
    ("cases", "the cases of the project, those of the region where `region=` names one"),
    ("explain", "the moves of all regions between two methodologies, which `compare=` names"),
];

/// Tables wider than this lose the columns that matter least.
const WIDEST: usize = 9;

/// The tables of a request.
pub(super) fn parts(
    request: &Request,
    world: &World,
    of: &Sources<'_>,
) -> Result<Vec<Part>, Wrong> {
    let (blocks, tables) = match found(request, world, of) {
        Ok(found) => found,
        Err(wrong) if request.optional && wrong.is_no_table() => return Ok(Vec::new()),
        Err(wrong) => return Err(wrong),
    };
    if tables.is_empty() {
        return match (request.optional, blocks.is_empty()) {
            (true, _) | (_, true) => Ok(Vec::new()),
            _ => {
                let why = blocks.join(" ");
                Err(ProseFault::NoTable { table: request.name.clone(), why }.into())
            }
        };
    }
    let only = tables.len() == 1;
    let part = |table: Table| -> Result<Part, Wrong> {
        let table = with_columns(table, &request.columns)?.in_form(world.form);
        let caption = request.caption.clone().filter(|_| only);
        Ok(Part::Table { table, caption })
    };
    tables.into_iter().map(part).collect()
}

/// The rows of a request, as things whose fields are the columns.
pub(super) fn rows(
    request: &Request,
    world: &World,
    of: &Sources<'_>,
) -> Result<Vec<Value>, Wrong> {
    let tables = match found(request, world, of) {
        Ok((_, tables)) => tables,
        Err(wrong) if wrong.is_no_table() => Vec::new(),
        Err(wrong) => return Err(wrong),
    };
    let Some(table) = tables.into_iter().next() else { return Ok(Vec::new()) };
    let row = |cells: &Vec<Cell>| {
        let fields: Vec<(String, Value)> = table
            .columns
            .iter()
            .zip(cells)
            .map(|(head, cell)| (head.key.clone(), value(world, head, cell)))
            .collect();
        Thing::value("row", ("", ""), fields)
    };
    Ok(table.rows.iter().map(row).collect())
}

/// A cell as a value.
fn value(world: &World, head: &Head, cell: &Cell) -> Value {
    let digits = match head.kind {
        Kind::Number(Some(digits)) => digits,
        _ => 4,
    };
    match cell {
        Cell::Empty => Value::from(()),
        Cell::Text(of) => super::values::text(of),
        Cell::Number(x, State::Value) => world.figure(*x, digits),
        Cell::Number(..) => Value::from(()),
        Cell::Count(n) => Value::from(*n),
        Cell::Rank(x) | Cell::Moved(x) => world.places(*x),
        Cell::Tier { label, .. } => super::values::text(label),
        Cell::Share { value, .. } => world.figure(*value, digits),
    }
}

/// The columns that are asked for, or as many as a page has room for.
fn with_columns(table: Table, wanted: &[String]) -> Result<Table, Wrong> {
    if !wanted.is_empty() {
        let find = |name: &String| {
            table
                .columns
                .iter()
                .position(|head| head.key == *name || head.label == *name)
                .ok_or_else(|| {
                    let known = table.columns.iter().map(|head| head.key.clone()).collect();
                    Wrong::unknown(text!(thing_column), name, known)
                })
        };
        let columns: Vec<usize> = wanted.iter().map(find).collect::<Result<_, _>>()?;
        return Ok(table.with_columns(&columns));
    }
    // A column in which nothing stands says nothing.
    let says = |k: &usize| table.rows.iter().any(|row| !matches!(&row[*k], Cell::Empty));
    let mut kept: Vec<usize> = (0..table.columns.len()).filter(says).collect();
    while kept.len() > WIDEST {
        let least = |a: &&usize, b: &&usize| {
            let of = |k: usize| table.columns[k].importance;
            of(**a).partial_cmp(&of(**b)).unwrap_or(std::cmp::Ordering::Equal).then(b.cmp(a))
        };
        let Some(&drop) = kept.iter().min_by(least) else { break };
        if table.columns[drop].importance == Importance::Key {
            break;
        }
        kept.retain(|k| *k != drop);
    }
    Ok(table.with_columns(&kept))
}

/// Lines that stand beside tables, and the tables.
type Found = (Vec<String>, Vec<Table>);

fn of_report(report: Report, wanted: Option<&str>, name: &str) -> Result<Found, Wrong> {
    let mut lines = Vec::new();
    let mut tables = Vec::new();
    let mut heading = String::new();
    for block in report.blocks {
        match block {
            Block::Heading(words) => heading = words,
            Block::Line(words) => lines.push(words),
            Block::Table(table) if table.rows.is_empty() => {}
            Block::Table(table) => {
                // What has no name for readers stands below a heading that says what it is.
                let label = match table.label == table.name && !heading.is_empty() {
                    true => heading.clone(),
                    false => table.label.clone(),
                };
                tables.push(table.labelled(label));
            }
        }
    }
    let Some(wanted) = wanted else { return Ok((lines, tables)) };
    let known: Vec<String> = tables.iter().map(|table| format!("{name}.{}", table.name)).collect();
    tables.retain(|table| table.name == wanted);
    match tables.is_empty() {
        true if known.is_empty() => Ok((lines, tables)),
        true => Err(Wrong::unknown(text!(thing_table), &format!("{name}.{wanted}"), known)),
        false => Ok((lines, tables)),
    }
}

fn no_table(name: &str, why: quanheng_words::Text, world: &World) -> Wrong {
    ProseFault::NoTable { table: name.to_owned(), why: why.render(world.language) }.into()
}

fn found(request: &Request, world: &World, of: &Sources<'_>) -> Result<Found, Wrong> {
    let language = world.language;
    let content = of.content;
    let at = world.evaluation(request.methodology.as_deref())?;
    let evaluation = &*content.evaluations[at];
    let mut words = request.name.splitn(3, '.');
    let (name, second, third) = (words.next().unwrap_or_default(), words.next(), words.next());
    let region = request.region.as_deref().map(|code| world.region(code)).transpose()?;
    let league = match (&request.league, region) {
        (None, Some(region)) => world.league_with(at, region),
        (league, _) => world.league_of(league.as_deref())?,
    };
    let slice = world.slice(at, league, request.period.as_deref())?;
    let Some(slice) = slice else {
        return Err(no_table(&request.name, text!(prose_no_regions), world));
    };
    let period = evaluation.study().panel.slices()[slice].period;
    let one = |table: Table| of_report(Report::from(vec![table]), second, name);
    match name {
        "ranking" => {
            let view = ranking::View {
                language,
                periods: Some(&[period]),
                leagues: Some(&[league]),
                node: request.node.as_deref(),
                every_node: false,
                top: request.top,
                bottom: request.bottom,
            };
            let report = ranking::report(evaluation, &view, &Frame::default());
            let label =
                crate::report::chart::Kind::find("ranking").map(|kind| kind.label(language));
            let mut found = of_report(report, Some("ranking"), name)?;
            let tables = found.1.into_iter().map(|t| t.labelled(label.unwrap_or_default()));
            found.1 = tables.collect();
            Ok(found)
        }
        "tree" => one(tree_from(evaluation, request.node.as_deref(), language)),
        "groups" => one(groups(request, world)?),
        "methods" | "formulas" => one(said(evaluation, name == "formulas", language)),
        "notes" => {
            let table = notes::table(content.notes, language);
            let kept: Vec<usize> = (0..table.columns.len())
                .filter(|&k| {
                    ["level", "what", "hint", "silenced"].contains(&&*table.columns[k].key)
                })
                .collect();
            one(table.with_columns(&kept))
        }
        "spread" => one(spread(world, request.top)?),
        "analysis" => {
            let known = || content.analyses.iter().map(|p| format!("analysis.{}", p.entry.name));
            let wanted = second.unwrap_or_default();
            if quanheng_core::analysis::find(wanted).is_none() {
                let known = known().collect();
                return Err(Wrong::unknown(text!(thing_table), &request.name, known));
            }
            let mut own = content
                .analyses
                .iter()
                .filter(|part| part.entry.name == wanted && part.subject.league == league);
            let Some(part) = own.next() else {
                return Err(no_table(&request.name, text!(prose_no_regions), world));
            };
            let view = analysis::View { language, groups: content.groups };
            let mut report = analysis::report(std::slice::from_ref(part), &view);
            // The first heading is that of the league, which the report has said.
            if !report.blocks.is_empty() {
                report.blocks.remove(0);
            }
            of_report(report, third, &format!("analysis.{wanted}"))
        }
        "describe" => {
            let wanted = second.unwrap_or_default();
            let Some(section) = describe::Section::find(wanted) else {
                let known = describe::SECTIONS.iter().map(|of| format!("describe.{}", of.name));
                return Err(Wrong::unknown(text!(thing_table), &request.name, known.collect()));
            };
            let mut scopes = scopes(evaluation.study(), &Periods::Last);
            scopes.retain(|scope| scope.league == league);
            let view = describe::View {
                codings: content.codings,
                evaluation,
                scopes,
                group: None,
                stage: Stage::System,
                top: request.top,
                language,
                reader: Reader::People,
            };
            let mut report = describe::report(&view, &[section]);
            // The headings are those of the scope and of the section.
            report.blocks.drain(..report.blocks.len().min(1));
            of_report(report, third, &format!("describe.{wanted}"))
        }
        "compare" => {
            let code = &evaluation.study().leagues[league.0 as usize].code;
            let own = content
                .compared
                .iter()
                .find(|(contest, _)| contest.single || contest.league == *code);
            let Some(own) = own else {
                return Err(no_table(&request.name, text!(chart_one_result), world));
            };
            let view = comparison::View {
                language,
                title: String::new(),
                top: request.top,
                movers: request.top.unwrap_or(5),
                persistence: crate::report::page::PERSISTENCE,
                made_from: Vec::new(),
            };
            of_report(comparison::report(std::slice::from_ref(own), &view), second, name)
        }
        "multiverse" => {
            let base = &content.evaluations[0].methodology().code;
            let Some(own) = content.multiverses.iter().find(|of| of.base == *base) else {
                return Err(no_table(&request.name, text!(chart_no_multiverse), world));
            };
            let view = multiverse::View {
                language,
                study: content.evaluations[0].study(),
                name: &own.title,
                top: own.top,
                short: true,
            };
            of_report(multiverse::report(&own.evaluated, &own.groups, &view), second, name)
        }
        "profile" => {
            let Some(region) = region.or(world.region) else {
                let (function, argument) = ("table", "region");
                return Err(ProseFault::Missing { function, argument }.into());
            };
            let panel = &content.evaluations[0].study().panel;
            let own = content.made.iter().find(|of| panel.regions()[of.row] == region);
            let Some(own) = own else {
                return Err(no_table(&request.name, text!(chart_region_without_score), world));
            };
            let view = profile::View {
                language,
                groups: content.groups,
                cases: &[],
                robust: content.robust,
                fingerprint: String::new(),
            };
            of_report(profile::report(content.profiles, own, &view), second, name)
        }
        "cases" => {
            let is_meant = |case: &&Case| region.is_none_or(|region| case.is_about(region));
            let own: Vec<&Case> =
                content.cases.iter().map(|(case, _)| *case).filter(is_meant).collect();
            if own.is_empty() {
                return Err(no_table(&request.name, text!(no_cases), world));
            }
            one(cases::table(&own, &content.view_of_cases(), Reader::People)
                .labelled(word!(page_cases, language)))
        }
        "explain" => {
            let pair = match request.compare.as_slice() {
                [a, b] => [a.clone(), b.clone()],
                _ => match content.explained.first() {
                    Some(of) => of.labels.clone(),
                    None => return Err(no_table(&request.name, text!(chart_one_result), world)),
                },
            };
            let Some(own) = content.explained.iter().find(|of| of.labels == pair) else {
                let [first, second] = pair;
                return Err(ProseFault::NoDifference { first, second }.into());
            };
            of_report(own.report.clone(), second, name)
        }
        _ => {
            let known = NAMES.iter().map(|(name, _)| (*name).to_owned()).collect();
            Err(Wrong::unknown(text!(thing_table), &request.name, known))
        }
    }
}

/// The tree of the index or of a node, with a method for each node.
fn tree_from(
    evaluation: &quanheng_core::evaluation::Evaluation,
    from: Option<&str>,
    language: quanheng_words::Language,
) -> Table {
    let system = &evaluation.methodology().system;
    let mut table = tree::table(evaluation, language);
    // A document leaves it out where the table is too wide.
    for head in table.columns.iter_mut().filter(|head| head.key == "method") {
        head.importance = Importance::Detail;
    }
    if let Some(from) = from.and_then(|code| system.find(code)) {
        let (nodes, below) = (in_order(system, system.root()), in_order(system, from));
        let mut keep = nodes.iter().map(|id| below.contains(id));
        table.rows.retain(|_| keep.next().unwrap_or(true));
    }
    table.labelled(word!(page_tree, language))
}

/// The methods with their settings, or with their formulas and sources.
fn said(
    evaluation: &quanheng_core::evaluation::Evaluation,
    formulas: bool,
    language: quanheng_words::Language,
) -> Table {
    let table = methods::table(evaluation, language);
    let of_formulas = ["summary", "formula", "reference"];
    let is_there = |k: &usize| {
        let key = table.columns[*k].key.as_str();
        match formulas {
            true => of_formulas.contains(&key) || key == "title",
            false => !of_formulas.contains(&key) && key != "name",
        }
    };
    let kept: Vec<usize> = (0..table.columns.len()).filter(is_there).collect();
    let mut table = table.with_columns(&kept);
    if formulas {
        // What has no formula is not a method.
        let formula = table.columns.iter().position(|head| head.key == "formula").unwrap_or(0);
        table.rows.retain(|row| matches!(&row[formula], Cell::Text(t) if !t.is_empty()));
        let mut seen: Vec<Vec<Cell>> = Vec::new();
        table.rows.retain(|row| {
            let is_new = !seen.contains(row);
            seen.push(row.clone());
            is_new
        });
        return table.labelled(word!(page_formulas, language));
    }
    table.labelled(word!(page_methods, language))
}

/// The classes of groups with their means.
fn groups(request: &Request, world: &World) -> Result<Table, Wrong> {
    let language = world.language;
    let at = world.evaluation(request.methodology.as_deref())?;
    let league = world.league_of(request.league.as_deref())?;
    let node = world.node(at, request.node.as_deref())?;
    let view = world
        .slice(at, league, request.period.as_deref())?
        .map(|slice| world.ranked(at, slice, node))
        .ok_or_else(|| no_table(&request.name, text!(prose_no_regions), world))?;
    let study = view.evaluation.study();
    let known = || study.groups.iter().map(|group| group.code.clone()).collect::<Vec<_>>();
    if let Some(wanted) = &request.group
        && !known().contains(wanted)
    {
        return Err(Wrong::unknown(text!(thing_group), wanted, known()));
    }
    let mut rows: Vec<(String, String, Vec<f64>, Vec<usize>)> = Vec::new();
    for group in study.groups.iter() {
        if request.group.as_ref().is_some_and(|wanted| *wanted != group.code) {
            continue;
        }
        let about = world.groups.get(&group.code);
        let name = about.and_then(|a| a.names.get(language.tag())).unwrap_or(&group.code);
        for (class, regions) in &group.classes {
            let own: Vec<usize> = view
                .rows
                .iter()
                .copied()
                .filter(|&row| regions.contains(&view.region(row)))
                .collect();
            let scores = own.iter().map(|&row| view.score(row)).collect();
            if !own.is_empty() {
                rows.push((name.to_owned(), class.clone(), scores, own));
            }
        }
    }
    if rows.is_empty() {
        return Err(no_table(&request.name, text!(prose_no_groups), world));
    }
    let several = rows.iter().any(|row| row.0 != rows[0].0);
    let digits = view.digits;
    let mean = |scores: &[f64]| quanheng_core::number::mean(scores).unwrap_or(f64::NAN);
    Ok(Columns::<(String, String, Vec<f64>, Vec<usize>)>::new()
        .text("group", word!(label_group, language), |row| row.0.clone())
        .only_if(several)
        .text("class", word!(label_class, language), |row| row.1.clone())
        .importance(Importance::Key)
        .number("count", word!(label_count, language), |row| row.3.len())
        .number("mean", word!(profile_mean, language), move |row| Cell::number(mean(&row.2)))
        .digits(digits)
        .text("best", word!(profile_best_region, language), |row| {
            let region = &study.regions[view.region(row.3[0]).0 as usize];
            format!("{} ({})", region.name(language.tag()), number::rank(view.ranks[row.3[0]]))
        })
        .table("groups", Reader::People, rows)
        .labelled(word!(prose_groups, language)))
}

/// The ranks of each region over the multiverse.
fn spread(world: &World, top: Option<usize>) -> Result<Table, Wrong> {
    let language = world.language;
    let view = world.own().ok_or_else(|| no_table("spread", text!(prose_no_regions), world))?;
    let of = |row: usize| {
        let region = &view.evaluation.study().regions[view.region(row).0 as usize];
        let key = [view.league().to_owned(), view.period().to_owned(), region.code.clone()];
        let spread = world.spreads.get(&key).copied()?;
        Some((view.ranks[row], region.name(language.tag()).to_owned(), spread))
    };
    let mut rows: Vec<(f64, String, [f64; 5])> =
        view.rows.iter().filter_map(|&row| of(row)).collect();
    if rows.is_empty() {
        return Err(no_table("spread", text!(chart_no_multiverse), world));
    }
    rows.truncate(top.unwrap_or(usize::MAX));
    Ok(Columns::<(f64, String, [f64; 5])>::new()
        .number("rank", word!(label_rank, language), |row| Cell::Rank(row.0))
        .text("name", word!(label_region, language), |row| row.1.clone())
        .importance(Importance::Key)
        .number("least", word!(prose_spread_least, language), |row| Cell::Rank(row.2[0]))
        .number("median", word!(prose_spread_median, language), |row| Cell::Rank(row.2[2]))
        .number("greatest", word!(prose_spread_greatest, language), |row| Cell::Rank(row.2[4]))
        .table("spread", Reader::People, rows)
        .labelled(word!(prose_spread, language)))
}
