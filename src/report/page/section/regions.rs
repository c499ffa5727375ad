//! The regions: what each is good at, and its scores, ranks and values at every node. Of these tables the script puts
//! together the profile of one region, with its walk from the index down to the raw cells.

use std::collections::{BTreeMap, HashMap};

use quanheng_core::evaluation::Evaluation;
use quanheng_core::model::{Node, NodeId, RegionIx, Slice};
use quanheng_core::profile::{Among, Mark, Profile};
use quanheng_words::{text, word};

use super::super::super::{
    Cell, Columns, Importance, Language, Reader, Table, changes, in_order, joined, number, ranking,
    walk,
};
use super::super::blocks::Look;
use super::super::{Content, View, Writer};
use super::Section;

pub(super) const SECTION: Section = Section {
    name: "regions",
    command: "profile",
    title: |language| word!(page_regions, language),
    lead: |language| word!(page_regions_lead, language),
    is_there: |_| true,
    write,
    print: None,
};

fn write(writer: &mut Writer<'_>) {
    let language = writer.language;
    let choose = word!(page_choose_region, language);
    writer.page.element("div", &[("id", "profile"), ("hidden", "")], |page| {
        page.leaf("p", &[("class", "soft")], choose);
    });
    writer.page.line();
    if writer.content.is_large() {
        let n = writer.content.study().regions.len();
        let command = |rest: &str| format!("quanheng profile {} {rest}", writer.content.project);
        let one = command(word!(page_region_slot, language));
        let all = command("--all --out profiles");
        let said = text!(page_regions_large, n = n, one = one, all = all).render(language);
        writer.page.leaf("p", &[], &said);
        writer.page.line();
        return;
    }
    for view in writer.content.first_views() {
        let name = of_league(writer.content, &view);
        let about = about(writer.content, &view);
        let label = format!("{}{name}", word!(page_regions_about, language));
        writer.closed(&label, |writer| {
            let look = Look {
                label: &label,
                role: "about",
                anchored: true,
                sorted: true,
                ..Look::default()
            };
            writer.table(&about, look);
        });
        let marks = marks(writer.content, &view);
        let tables = [
            ("scores", word!(page_scores, language), scores(&view, language)),
            ("ranks", word!(page_ranks, language), ranks(&view, language)),
            ("values", word!(page_values, language), values(&view, language)),
        ];
        for (role, label, table) in tables {
            let label = format!("{label}{name}");
            let marks = (role == "ranks").then_some(&marks);
            writer.closed(&label, |writer| {
                if role == "ranks" {
                    writer.page.leaf(
                        "p",
                        &[("class", "soft")],
                        word!(page_strengths_rule, language),
                    );
                }
                let look = Look { label: &label, role, sorted: true, marks, ..Look::default() };
                writer.table(&table, look);
            });
        }
    }
    let changed = changed(writer.content);
    if !changed.rows.is_empty() {
        let label = word!(change_head, language);
        writer.closed(label, |writer| {
            writer
                .table(&changed, Look { label, role: "changed", sorted: true, ..Look::default() });
        });
    }
}

/// The league in brackets, where there are several.
fn of_league(content: &Content<'_>, view: &View<'_>) -> String {
    match content.study().leagues.len() {
        0 | 1 => String::new(),
        _ => format!(" · {}", content.league(view.of().league)),
    }
}

/// Every region: its classes, what it is good and less good at, its peers, where its raw values stand.
fn about(content: &Content<'_>, view: &View<'_>) -> Table {
    let language = content.language;
    let tag = language.tag();
    let study = content.study();
    let evaluation = view.evaluation;
    let panel = &evaluation.study().panel;
    let own = view.of().rows.clone();
    let made: Vec<&Profile> = content.made.iter().filter(|of| own.contains(&of.row)).collect();
    let index = |row: usize| panel.regions()[row];
    let region = move |row: usize| &study.regions[index(row).0 as usize];
    let mut columns = region_columns(Columns::<&Profile>::new(), content, view, |of| of.row);
    for (g, group) in study.groups.iter().enumerate() {
        let about = content.groups.get(&group.code);
        let label = about.and_then(|about| about.names.get(tag)).unwrap_or(&group.code);
        columns = columns.text(format!("group-{}", group.code), label, move |of| {
            let place = |class: usize| {
                let at =
                    of.among.iter().position(|among| *among == Among::Class { group: g, class })?;
                let place = &of.nodes[0].places[at];
                let rank = number::rank(place.rank);
                Some(text!(page_place_in_class, rank = rank, of = place.of).render(language))
            };
            let own = group.classes.iter().enumerate();
            let own = own.filter(|(_, (_, members))| members.contains(&index(of.row)));
            let said = own.map(|(k, (class, _))| match place(k) {
                Some(place) => format!("{class} {place}"),
                None => class.clone(),
            });
            joined(&said.collect::<Vec<_>>(), language)
        });
    }
    columns
        .text("peers", word!(profile_head_peers, language), move |of| {
            let names = of.peers.iter().map(|&row| region(row).name(tag).to_owned());
            joined(&names.collect::<Vec<_>>(), language)
        })
        .only_if(made.iter().any(|of| !of.peers.is_empty()))
        .text("places", word!(page_raw_cells, language), |of| {
            places(content, view, index(of.row)).join("; ")
        })
        .table("about", Reader::People, made)
}

/// The first columns of a table about regions.
fn region_columns<'a, R>(
    columns: Columns<'a, R>,
    content: &'a Content<'a>,
    view: &View<'a>,
    row: impl Fn(&R) -> usize + Copy + 'a,
) -> Columns<'a, R> {
    let language = content.language;
    let evaluation = view.evaluation;
    let study = evaluation.study();
    let region = move |row: usize| &study.regions[study.panel.regions()[row].0 as usize];
    columns
        .text("name", word!(label_region, language), move |of| region(row(of)).name(language.tag()))
        .importance(Importance::Key)
        .text("code", word!(label_code, language), move |of| &region(row(of)).code)
}

/// The files and lines in which the raw values of a region stand: each file once, with the lines from and to.
fn places(content: &Content<'_>, view: &View<'_>, region: RegionIx) -> Vec<String> {
    let system = &view.evaluation.methodology().system;
    let mut lines: BTreeMap<String, (u64, u64)> = BTreeMap::new();
    for (k, &leaf) in system.leaves().iter().enumerate() {
        for column in system.indicator(k).columns(&system.node(leaf).code) {
            let Some(place) = (content.places)(column, region, view.of().period) else { continue };
            let (file, line) = match place.rsplit_once(':') {
                Some((file, line)) => (file.to_owned(), line.parse().unwrap_or(0)),
                None => (place, 0),
            };
            let range = lines.entry(file).or_insert((line, line));
            *range = (range.0.min(line), range.1.max(line));
        }
    }
    let said = |(file, (from, to)): (String, (u64, u64))| match from == to {
        true => format!("{file}:{from}"),
        false => format!("{file}:{from}–{to}"),
    };
    lines.into_iter().map(said).collect()
}

/// A table of the regions of a league by rank, with a column for each of some nodes.
fn matrix<'a>(
    view: &View<'a>,
    name: &str,
    nodes: impl Iterator<Item = NodeId>,
    language: Language,
    column: impl Fn(Columns<'a, usize>, NodeId, &'a Node) -> Columns<'a, usize>,
) -> Table {
    let evaluation = view.evaluation;
    let study = evaluation.study();
    let region = move |row: usize| &study.regions[study.panel.regions()[row].0 as usize];
    let mut columns = Columns::<usize>::new()
        .text("name", word!(label_region, language), move |&row| region(row).name(language.tag()))
        .importance(Importance::Key);
    for id in nodes {
        columns = column(columns, id, evaluation.methodology().system.node(id));
    }
    let slice: &Slice = view.of();
    columns.table(name, Reader::People, ranking::by_rank(evaluation.ranks(), slice))
}

fn all_nodes(evaluation: &Evaluation) -> std::vec::IntoIter<NodeId> {
    let system = &evaluation.methodology().system;
    in_order(system, system.root()).into_iter()
}

fn scores(view: &View<'_>, language: Language) -> Table {
    let evaluation = view.evaluation;
    matrix(view, "scores", all_nodes(evaluation), language, |columns, id, node| {
        columns
            .number(&node.code, node.name(language.tag()), move |&row| {
                ranking::score(evaluation, id, row)
            })
            .digits(ranking::digits(evaluation, id))
    })
}

fn ranks(view: &View<'_>, language: Language) -> Table {
    let evaluation = view.evaluation;
    let start = view.of().rows.start;
    let at = view.slice;
    matrix(view, "ranks", all_nodes(evaluation), language, |columns, id, node| {
        let ranks = evaluation.ranks_in(id, at);
        columns.number(&node.code, node.name(language.tag()), move |&row| {
            Cell::Rank(ranks[row - start])
        })
    })
}

/// The values of the indicators as the data have them, ratios formed.
fn values(view: &View<'_>, language: Language) -> Table {
    let evaluation = view.evaluation;
    let system = &evaluation.methodology().system;
    let places: BTreeMap<NodeId, usize> =
        system.leaves().iter().enumerate().map(|(k, &leaf)| (leaf, k)).collect();
    let leaves = all_nodes(evaluation).filter(|id| places.contains_key(id));
    matrix(view, "values", leaves, language, |columns, id, node| {
        let column = evaluation.indicators().column(places[&id]);
        let label = match node.indicator.as_ref().map(|of| of.unit.as_str()) {
            None | Some("") => node.name(language.tag()).to_owned(),
            Some(unit) => format!("{} ({unit})", node.name(language.tag())),
        };
        columns.number(&node.code, label, move |&row| walk::value(column, row))
    })
}

/// The cells that were filled in or treated, of what is seen first.
fn changed(content: &Content<'_>) -> Table {
    let mut table = changes::table(content.first(), content.language);
    let views = content.first_views();
    let own: Vec<[&str; 2]> = views.iter().map(|view| [view.league(), view.period()]).collect();
    let text = |cell: &Cell| match cell {
        Cell::Text(text) => text.clone(),
        _ => String::new(),
    };
    table.rows.retain(|row| own.iter().any(|of| text(&row[0]) == of[0] && text(&row[1]) == of[1]));
    // League and period are those of the page.
    let several = content.study().leagues.len() > 1;
    let kept: Vec<usize> =
        (0..table.columns.len()).filter(|&k| k > 1 || (k == 0 && several)).collect();
    table.with_columns(&kept)
}

/// The strengths and weaknesses of the regions, as classes of the cells of the table of ranks.
fn marks(content: &Content<'_>, view: &View<'_>) -> HashMap<(usize, usize), &'static str> {
    let evaluation = view.evaluation;
    let columns: HashMap<NodeId, usize> =
        all_nodes(evaluation).enumerate().map(|(k, id)| (id, k + 1)).collect();
    let rows: HashMap<usize, usize> = (ranking::by_rank(evaluation.ranks(), view.of()).into_iter())
        .enumerate()
        .map(|(at, row)| (row, at))
        .collect();
    let mut marks = HashMap::new();
    for profile in content.made {
        let Some(&at) = rows.get(&profile.row) else { continue };
        for (of, mark) in profile.nodes.iter().filter_map(|of| Some((of, of.mark?.0))) {
            let class = match mark {
                Mark::Strength => "s",
                Mark::Weakness => "w",
            };
            marks.insert((at, columns[&of.node]), class);
        }
    }
    marks
}
