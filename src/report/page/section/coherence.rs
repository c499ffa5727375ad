//! The data and the structure of the index: the sections of a statistical audit.

use quanheng_core::method::Stage;
use quanheng_core::statistics::{Periods, scopes};
use quanheng_words::word;

use super::super::super::{Reader, describe};
use super::super::Writer;
use super::super::figure::Below;
use super::Section;

pub(super) const SECTION: Section = Section {
    name: "coherence",
    command: "describe",
    title: |language| word!(page_coherence, language),
    lead: |language| word!(page_coherence_lead, language),
    is_there: |_| true,
    write,
};

/// So many rows of a long list are shown.
const SHOWN: usize = 10;

fn write(writer: &mut Writer<'_>) {
    let language = writer.language;
    let evaluation = writer.content.first();
    for view in writer.content.first_views() {
        writer.of_league(&view, |writer| {
            writer.figure("correlation", &view, Below::Here, |_| {});
            writer.figure("dominance", &view, Below::In("coherence"), |_| {});
        });
    }
    let scopes = scopes(evaluation.study(), &Periods::Last);
    let several = scopes.len() > 1;
    for scope in scopes {
        if several {
            let name = writer.content.league(scope.league).to_owned();
            writer.page.leaf("h3", &[], &name);
        }
        let view = describe::View {
            codings: writer.content.codings,
            evaluation,
            scopes: vec![scope],
            group: None,
            stage: Stage::System,
            top: Some(SHOWN),
            language,
            reader: Reader::People,
        };
        for section in describe::AUDIT.iter().filter_map(|name| describe::Section::find(name)) {
            let report = describe::report(&view, &[section]);
            // The headings are those of the scope and of the section, which stand above.
            let blocks = report.blocks.get(2..).unwrap_or_default();
            writer.element("details", &[("class", "card")], |writer| {
                let tag = if several { "h4" } else { "h3" };
                let title = section.title(language);
                writer.page.element("summary", &[], |page| page.leaf(tag, &[], title));
                writer.page.leaf("p", &[], section.says(language));
                writer.blocks(blocks, if several { 5 } else { 4 });
            });
            writer.page.line();
        }
    }
}
