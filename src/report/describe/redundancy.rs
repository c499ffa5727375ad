//! What it would change to drop one of two nodes that measure nearly the same.

use quanheng_core::coherence::{self, Effect, Redundancy, Scores};
use quanheng_core::statistics::Scope;
use quanheng_words::{text, word};

use super::super::{Block, Cell, Importance, Reader, joined, number};
use super::{Section, View};

pub(super) const SECTION: Section = Section {
    name: "redundancy",
    label: "Without one of two redundant nodes",
    summary: "For each two nodes of a level whose correlation is above 0.92 the ranks that change where the one or the other is taken out: how many, by how much, and whose change most.",
    usual: false,
    build,
};

/// How many of the regions that move most are named.
const NAMED: usize = 3;

fn build(view: &View<'_>) -> Vec<Block> {
    type Row<'a> = (&'a Scope, Redundancy);
    let language = view.language;
    let found = |scope| {
        let scores = Scores::new(view.evaluation, &Scope::clone(scope).rows);
        coherence::redundancy(&scores).into_iter().map(move |one| (scope, one))
    };
    let mut rows: Vec<Row<'_>> = view.scopes.iter().flat_map(found).collect();
    if rows.is_empty() && view.reader == Reader::People {
        return Vec::new();
    }
    let more = view.cut(&mut rows);
    let table = view
        .scope_columns(|row: &Row<'_>| row.0)
        .only_for(Reader::Files)
        .text("without", word!(describe_without, language), |row| &view.node(row.1.dropped).code)
        .importance(Importance::Key)
        .text("kept", word!(describe_kept, language), |row| &view.node(row.1.kept).code)
        .number("r", "r", |row| Cell::number(row.1.coefficient))
        .digits(3)
        .number("n", "n", |row| row.1.effect.as_ref().map(|effect| effect.n))
        .number("moved", word!(describe_moved, language), |row| {
            row.1.effect.as_ref().map(|effect| effect.moved)
        })
        .number("mean", word!(describe_mean_move, language), |row| {
            row.1.effect.as_ref().map(|effect| Cell::number(effect.mean))
        })
        .digits(2)
        .number("greatest", word!(describe_greatest_move, language), |row| {
            row.1.effect.as_ref().map(|effect| Cell::Rank(effect.greatest))
        })
        .text("who", word!(describe_who, language), |row| match &row.1.effect {
            Some(effect) => who(view, effect),
            None => word!(describe_not_without, language).to_owned(),
        })
        .number("spearman", "Spearman", |row| {
            row.1.effect.as_ref().and_then(|effect| effect.correlation).map(Cell::number)
        })
        .digits(3)
        .importance(Importance::Detail)
        .table(SECTION.name, view.reader, rows)
        .labelled(SECTION.title(language));
    [Some(Block::Table(table)), more].into_iter().flatten().collect()
}

/// The regions that move most, each with its ranks; for files all of them, by code.
fn who(view: &View<'_>, effect: &Effect) -> String {
    let study = view.evaluation.study();
    let name = |(row, was, is): &(usize, f64, f64)| {
        let region = &study.regions[study.panel.regions()[*row].0 as usize];
        let name = match view.reader {
            Reader::People => region.name(view.language.tag()),
            Reader::Files => region.code.as_str(),
        };
        format!("{name} {} → {}", number::rank(*was), number::rank(*is))
    };
    let names: Vec<String> = effect.who.iter().map(name).collect();
    match view.reader {
        Reader::Files => names.join("; "),
        Reader::People if names.len() > NAMED => {
            let first = joined(&names[..NAMED], view.language);
            let rest = names.len() - NAMED;
            text!(list_more, names = first, count = rest).render(view.language)
        }
        Reader::People => joined(&names, view.language),
    }
}
