//! The map: that of the project, or else for provinces of China tiles, which show no boundary.

use quanheng_words::word;

use super::super::super::chart::Kind;
use super::super::super::document::printer::Printer;
use super::super::figure::Below;
use super::super::{Content, Writer};
use super::{Print, Section};

pub(super) const SECTION: Section = Section {
    name: "map",
    command: "plot",
    title: |language| word!(page_map, language),
    lead: |language| word!(page_map_lead, language),
    is_there: |content| {
        let kind = Kind::find(kind(content)).expect("a kind of chart");
        content.first_views().iter().any(|view| kind.draw(&content.scene(view, "q")).is_ok())
    },
    write,
    print: Some(Print { with_lead: false, write: print }),
};

/// The kind of map.
fn kind(content: &Content<'_>) -> &'static str {
    if content.map.is_some() { "choropleth" } else { "tiles" }
}

fn write(writer: &mut Writer<'_>) {
    let kind = kind(writer.content);
    for view in writer.content.first_views() {
        writer.of_league(&view, |writer| writer.figure(kind, &view, Below::In("ranking"), |_| {}));
    }
}

fn print(printer: &mut Printer<'_>) {
    let kind = kind(printer.content);
    for view in printer.content.first_views() {
        printer.figure(kind, &view, |_| {});
    }
}
