//! The rankings: one for each methodology, league and period.

use quanheng_words::{text, word};

use super::super::super::document::printer::Printer;
use super::super::super::{
    Block, Cell, Head, Importance, Kind, Language, Table, number, robustness,
};
use super::super::blocks::{self, Look};
use super::super::figure::Below;
use super::super::{Content, DRAWN, MANY, View, WHOLE, Writer};
use super::{Print, Section};

pub(super) const SECTION: Section = Section {
    name: "ranking",
    command: "run",
    title: |language| word!(book_ranking, language),
    lead: |language| word!(page_ranking_lead, language),
    is_there: |_| true,
    write,
    print: Some(Print { with_lead: false, write: print }),
};

fn write(writer: &mut Writer<'_>) {
    filter(writer);
    for view in writer.content.views() {
        one(writer, &view);
    }
    // Periods beside each other, where there are several.
    for view in writer.content.first_views() {
        let of = writer.content.study().periods.len();
        if of > 1 {
            writer.of_league(&view, |writer| {
                let top = view.has_many().then_some(DRAWN / 2);
                writer.figure("bump", &view, Below::Here, |scene| scene.top = top);
            });
        }
    }
}

fn print(printer: &mut Printer<'_>) {
    for view in printer.content.first_views() {
        printer.league(&view);
        printer.figure("ranking", &view, |_| {});
        let report = view.ranking(printer.language);
        printer.blocks(&report.blocks, 2, usize::MAX);
        if printer.content.study().periods.len() > 1 {
            printer.figure("bump", &view, |_| {});
        }
    }
}

/// What narrows the rows down; the script shows it.
fn filter(writer: &mut Writer<'_>) {
    let language = writer.language;
    let label = word!(page_filter, language);
    let page = &mut writer.page;
    page.element(
        "form",
        &[("id", "filter"), ("class", "filter"), ("aria-label", label), ("hidden", "")],
        |page| {
            page.element("label", &[], |page| {
                page.text(word!(page_filter_text, language));
                page.text(" ");
                page.void(
                    "input",
                    &[("type", "search"), ("name", "text"), ("autocomplete", "off")],
                );
            });
            for (name, words) in [
                ("tier", word!(label_tier, language)),
                ("group", word!(page_filter_group, language)),
            ] {
                page.element("label", &[("hidden", "")], |page| {
                    page.text(words);
                    page.text(" ");
                    page.element("select", &[("name", name)], |_| {});
                });
            }
            page.leaf("output", &[("name", "count")], "");
        },
    );
    page.line();
}

fn one<'a>(writer: &mut Writer<'a>, view: &View<'a>) {
    let report = view.ranking(writer.language);
    let heading = report.blocks.iter().find_map(|block| match block {
        Block::Heading(words) => Some(words.clone()),
        _ => None,
    });
    let heading = heading.unwrap_or_default();
    let code = &view.evaluation.methodology().code;
    let mut attributes = vec![
        ("class", "view"),
        ("data-methodology", code.as_str()),
        ("data-league", view.league()),
        ("data-period", view.period()),
    ];
    if view.is_first {
        attributes.push(("open", ""));
    }
    writer.element("details", &attributes, |writer| {
        writer.page.element("summary", &[], |page| page.leaf("h3", &[], &heading));
        writer.page.line();
        if view.is_first {
            let top = view.has_many().then_some(DRAWN);
            writer.figure("ranking", view, Below::In("ranking"), |scene| scene.top = top);
        }
        for block in &report.blocks {
            match block {
                Block::Heading(_) => {}
                Block::Line(words) => blocks::lines(&mut writer.page, words),
                Block::Table(table) => {
                    let is_ranking = table.name == "ranking";
                    let label = heading.as_str();
                    // The ranking that is seen first has everybody in it.
                    let n = table.rows.len();
                    let most = match view.is_first {
                        true => Some(n),
                        false => (n > WHOLE).then_some(MANY),
                    };
                    let lean;
                    let table = match is_ranking && !view.is_first && view.has_many() {
                        true => {
                            lean = without_parts(table);
                            &lean
                        }
                        false => table,
                    };
                    let with_intervals;
                    let table = match intervals(writer.content, view, table, writer.language) {
                        Some(more) if is_ranking => {
                            with_intervals = more;
                            &with_intervals
                        }
                        _ => table,
                    };
                    let role = if is_ranking { "ranking" } else { "summary" };
                    let look = Look {
                        label,
                        role,
                        linked: is_ranking,
                        sorted: is_ranking,
                        most,
                        ..Look::default()
                    };
                    writer.table(table, look);
                }
            }
        }
    });
    writer.page.line();
}

/// A ranking without the parts of the index, which would make up most of a page of many regions and methodologies.
fn without_parts(table: &Table) -> Table {
    let is_kept = |k: &usize| {
        ["rank", "code", "name", "score", "tier"].contains(&table.columns[*k].key.as_str())
    };
    let kept: Vec<usize> = (0..table.columns.len()).filter(is_kept).collect();
    table.with_columns(&kept)
}

/// The ranking with the ranks that each region has in nine of ten combinations of choices, beside its score; or where no
/// multiverse of the methodology was evaluated, the ranks when the weights are drawn.
fn intervals(
    content: &Content<'_>,
    view: &View<'_>,
    table: &Table,
    language: Language,
) -> Option<Table> {
    let scene = content.scene(view, "q");
    let drawn = scene.robust.and_then(|robust| robust.draws.as_ref().ok());
    if scene.many.is_none() && drawn.is_none() {
        return None;
    }
    let code = table.columns.iter().position(|head| head.key == "code")?;
    let score = table.columns.iter().position(|head| head.key == "score")?;
    let mut table = table.clone();
    let mut is_there = false;
    for row in &mut table.rows {
        let of = match (&row[code], scene.many, drawn) {
            (Cell::Text(code), Some(_), _) => {
                let ranks = scene.spread(code).and_then(|spread| spread.ranks);
                ranks.map(|[_, low, _, high, _]| [low, high])
            }
            (Cell::Text(code), None, Some(drawn)) => {
                let region = content.study().region(code);
                let interval = region.and_then(|region| drawn.interval(region));
                interval.map(|[low, _, high]| [low, high])
            }
            _ => None,
        };
        let cell = match of {
            Some([low, high]) if low == high => {
                is_there = true;
                Cell::Text(number::rank(low))
            }
            Some([low, high]) => {
                is_there = true;
                Cell::Text(format!("{}–{}", number::rank(low), number::rank(high)))
            }
            None => Cell::Empty,
        };
        row.insert(score + 1, cell);
    }
    let label = match drawn.filter(|_| scene.many.is_none()) {
        None => word!(page_interval, language).to_owned(),
        Some(drawn) => {
            let share = number::short(100.0 * drawn.level);
            let of = robustness::of(drawn);
            text!(page_robust_interval, share = share, of = of).render(language)
        }
    };
    let head =
        Head { key: "interval".to_owned(), label, kind: Kind::Text, importance: Importance::Usual };
    table.columns.insert(score + 1, head);
    is_there.then_some(table)
}
