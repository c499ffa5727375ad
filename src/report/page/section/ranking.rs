//! The rankings: one for each methodology, league and period.

use quanheng_words::word;

use super::super::super::Block;
use super::super::blocks::{self, Look};
use super::super::{View, Writer};
use super::Section;

pub(super) const SECTION: Section = Section {
    name: "ranking",
    title: |language| word!(book_ranking, language),
    lead: |language| word!(page_ranking_lead, language),
    is_there: |_| true,
    write,
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
            writer.of_league(&view, |writer| writer.figure("bump", &view, None, |_| {}));
        }
    }
}

/// What narrows the rows down; the script shows it.
fn filter(writer: &mut Writer<'_>) {
    let language = writer.language;
    let label = word!(page_filter, language);
    let page = &mut writer.page;
    page.element("form", &[("id", "filter"), ("aria-label", label), ("hidden", "")], |page| {
        page.element("label", &[], |page| {
            page.text(word!(page_filter_text, language));
            page.text(" ");
            page.void("input", &[("type", "search"), ("name", "text"), ("autocomplete", "off")]);
        });
        for (name, words) in
            [("tier", word!(label_tier, language)), ("group", word!(page_filter_group, language))]
        {
            page.element("label", &[("hidden", "")], |page| {
                page.text(words);
                page.text(" ");
                page.element("select", &[("name", name)], |_| {});
            });
        }
        page.leaf("output", &[("name", "count")], "");
    });
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
            writer.figure("ranking", view, Some("ranking"), |_| {});
        }
        for block in &report.blocks {
            match block {
                Block::Heading(_) => {}
                Block::Line(words) => blocks::lines(&mut writer.page, words),
                Block::Table(table) => {
                    let is_ranking = table.name == "ranking";
                    let label = heading.as_str();
                    let role = if is_ranking { "ranking" } else { "summary" };
                    let look = Look {
                        label,
                        role,
                        linked: is_ranking,
                        sorted: is_ranking,
                        ..Look::default()
                    };
                    writer.table(table, look);
                }
            }
        }
    });
    writer.page.line();
}
