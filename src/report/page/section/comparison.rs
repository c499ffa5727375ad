//! The methodologies side by side.

use quanheng_words::word;

use super::super::super::document::printer::Printer;
use super::super::super::{Block, Language, comparison};
use super::super::Writer;
use super::super::figure::Below;
use super::{Print, Section};

pub(super) const SECTION: Section = Section {
    name: "comparison",
    command: "compare",
    title: |language| word!(page_comparison, language),
    lead: |language| word!(page_comparison_lead, language),
    is_there: |content| !content.compared.is_empty(),
    write,
    print: Some(Print { with_lead: true, write: print }),
};

/// So many of the largest moves are shown.
const MOVERS: usize = 5;

/// The lines of more regions than this cannot be followed.
const FOLLOWED: usize = 40;

fn write(writer: &mut Writer<'_>) {
    for view in writer.content.first_views() {
        writer.of_league(&view, |writer| {
            let sides = writer.content.sides(&view);
            // Of many regions only the lines of the best can be followed.
            let many = view.of().rows.len() > FOLLOWED;
            writer.figure("bump", &view, Below::In("comparison"), |scene| {
                scene.sides.clone_from(&sides);
                scene.top = many.then_some(FOLLOWED / 2);
            });
            writer.figure("migration", &view, Below::Here, |scene| scene.sides = sides);
        });
    }
    for one in writer.content.compared {
        let report = comparison::report(std::slice::from_ref(one), &view(writer.language));
        // What stands below a heading is opened together with it.
        let mut groups: Vec<(String, Vec<Block>)> = Vec::new();
        for block in report.blocks {
            match block {
                Block::Heading(words) => groups.push((words, Vec::new())),
                other => match groups.last_mut() {
                    Some((_, blocks)) => blocks.push(other),
                    None => groups.push((String::new(), vec![other])),
                },
            }
        }
        for (k, (heading, blocks)) in groups.iter().enumerate() {
            let attributes: &[(&str, &str)] =
                if k == 0 { &[("class", "card"), ("open", "")] } else { &[("class", "card")] };
            writer.element("details", attributes, |writer| {
                writer.page.element("summary", &[], |page| page.leaf("h3", &[], heading));
                writer.blocks(blocks, 4);
            });
            writer.page.line();
        }
    }
}

fn print(printer: &mut Printer<'_>) {
    let content = printer.content;
    if content.compared.is_empty() {
        return;
    }
    for view in content.first_views() {
        printer.league(&view);
        let sides = content.sides(&view);
        // Of many regions only the lines of the best can be followed.
        let many = view.of().rows.len() > FOLLOWED;
        printer.figure("bump", &view, |scene| {
            scene.sides.clone_from(&sides);
            scene.top = many.then_some(FOLLOWED / 2);
        });
        printer.figure("migration", &view, |scene| scene.sides = sides);
    }
    for one in content.compared {
        let report = comparison::report(std::slice::from_ref(one), &view(printer.language));
        printer.blocks(&report.blocks, 2, usize::MAX);
    }
}

fn view(language: Language) -> comparison::View {
    comparison::View {
        language,
        title: String::new(),
        top: None,
        movers: MOVERS,
        persistence: super::super::PERSISTENCE,
        made_from: Vec::new(),
    }
}
