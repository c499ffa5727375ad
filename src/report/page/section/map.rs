//! The map: for provinces of China tiles, which show no boundary.

use quanheng_words::word;

use super::super::super::chart::Kind;
use super::super::Writer;
use super::Section;

pub(super) const SECTION: Section = Section {
    name: "map",
    title: |language| word!(page_map, language),
    lead: |language| word!(page_map_lead, language),
    is_there: |content| {
        let kind = Kind::find("tiles").expect("a kind of chart");
        content.first_views().iter().any(|view| kind.draw(&content.scene(view, "q")).is_ok())
    },
    write,
};

fn write(writer: &mut Writer<'_>) {
    for view in writer.content.first_views() {
        writer.of_league(&view, |writer| writer.figure("tiles", &view, Some("ranking"), |_| {}));
    }
}
