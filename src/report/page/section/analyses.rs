//! The analyses: leaders, tiers, groups, obstacles, movement and the others that `analyse` shows.

use quanheng_words::word;

use super::super::super::document::printer::{Printer, ROWS, heading, paragraph};
use super::super::super::document::{Part, Run};
use super::super::super::{Block, analysis};
use super::super::figure::Below;
use super::super::{WHOLE, Writer};
use super::{Print, Section};

pub(super) const SECTION: Section = Section {
    name: "analyses",
    command: "analyse",
    title: |language| word!(page_analyses, language),
    lead: |language| word!(page_analyses_lead, language),
    is_there: |content| !content.analyses.is_empty(),
    write,
    print: Some(Print { with_lead: false, write: print }),
};

fn write(writer: &mut Writer<'_>) {
    let language = writer.language;
    let covariates = &writer.content.inputs.covariates;
    for view in writer.content.first_views() {
        writer.of_league(&view, |writer| {
            writer.figure("tiers", &view, Below::Here, |_| {});
            // A name or a point for each region.
            if view.of().rows.len() > WHOLE {
                return;
            }
            writer.figure("membership", &view, Below::In("ranking"), |_| {});
            let group = writer.content.study().groups.first().map(|of| of.code.as_str());
            writer.figure("distribution", &view, Below::In("ranking"), |scene| scene.group = group);
            if let Some(with) = covariates.first() {
                writer.figure("scatter", &view, Below::Here, |scene| scene.with = Some(&with.code));
            }
        });
    }
    let view = analysis::View { language, groups: writer.content.groups };
    let mut missing = Vec::new();
    let several = writer.content.study().leagues.len() > 1;
    for part in writer.content.analyses {
        let report = analysis::report(std::slice::from_ref(part), &view);
        // The first heading is that of the league.
        let blocks = report.blocks.get(1..).unwrap_or_default();
        if part.found.is_err() {
            missing.extend(blocks.iter().cloned());
            continue;
        }
        if blocks.is_empty() {
            continue;
        }
        let [name, summary, formula, reference] = analysis::about(part.entry, language);
        let name = match several {
            true => format!("{name} · {}", writer.content.league(part.subject.league)),
            false => name.to_owned(),
        };
        let is_open = part.entry.name == "gradient";
        let attributes: &[(&str, &str)] =
            if is_open { &[("class", "card"), ("open", "")] } else { &[("class", "card")] };
        writer.element("details", attributes, |writer| {
            writer.page.element("summary", &[], |page| page.leaf("h3", &[], &name));
            writer.page.leaf("p", &[], summary);
            writer.blocks(blocks, 4);
            writer.closed(word!(page_method, language), |writer| {
                writer.page.leaf("p", &[("class", "formula")], formula);
                writer.page.leaf("p", &[("class", "soft")], reference);
            });
        });
        writer.page.line();
    }
    let missing: Vec<Block> = missing.into_iter().filter(|b| matches!(b, Block::Line(_))).collect();
    if !missing.is_empty() {
        writer.closed(word!(page_analyses_missing, language), |writer| writer.blocks(&missing, 4));
    }
}

fn print(printer: &mut Printer<'_>) {
    let language = printer.language;
    let content = printer.content;
    for view in content.first_views() {
        printer.league(&view);
        printer.figure("tiers", &view, |_| {});
        printer.figure("membership", &view, |_| {});
        let group = content.study().groups.first().map(|of| of.code.as_str());
        printer.figure("distribution", &view, |scene| scene.group = group);
        if let Some(with) = content.inputs.covariates.first() {
            printer.figure("scatter", &view, |scene| scene.with = Some(&with.code));
        }
    }
    let view = analysis::View { language, groups: content.groups };
    let several = content.study().leagues.len() > 1;
    for part in content.analyses.iter().filter(|part| part.found.is_ok()) {
        let report = analysis::report(std::slice::from_ref(part), &view);
        // The first heading is that of the league.
        let blocks = report.blocks.get(1..).unwrap_or_default();
        if blocks.is_empty() {
            continue;
        }
        let [name, summary, formula, reference] = analysis::about(part.entry, language);
        let name = match several {
            true => format!("{name} · {}", content.league(part.subject.league)),
            false => name.to_owned(),
        };
        printer.parts.push(heading(2, &name));
        printer.parts.push(paragraph(summary));
        printer.blocks(blocks, 3, ROWS);
        let method = format!("{} ", word!(page_method, language));
        printer.parts.push(Part::Paragraph(vec![
            Run::Strong(vec![Run::Text(method)]),
            Run::Text(reference.to_owned()),
        ]));
        printer.parts.push(Part::Verbatim(formula.to_owned()));
    }
}
