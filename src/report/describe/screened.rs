//! The regions that are left out for want of data.

use quanheng_core::evaluation::Screened;
use quanheng_words::word;

use super::super::{Block, Cell, Columns, Reader, screening};
use super::{Section, View};

pub(super) const SECTION: Section = Section {
    name: "screening",
    label: "Regions left out",
    summary: "Every region that is left out for want of data, with its number of values and the reason.",
    usual: false,
    build,
};

fn build(view: &View<'_>) -> Vec<Block> {
    let language = view.language;
    let study = view.evaluation.study();
    let is_described = |screened: &&Screened| {
        view.scopes.iter().any(|scope| {
            scope.league == screened.league
                && scope.period.is_none_or(|period| period == screened.period)
        })
    };
    let mut rows: Vec<&Screened> = view.evaluation.screened().iter().filter(is_described).collect();
    if rows.is_empty() && view.reader == Reader::People {
        return Vec::new();
    }
    let more = view.cut(&mut rows);
    let region = |screened: &Screened| &study.regions[screened.region.0 as usize];
    let table = Columns::<&Screened>::new()
        .text("league", word!(label_league, language), |s| {
            study.leagues[s.league.0 as usize].code.as_str()
        })
        .only_for(Reader::Files)
        .text("period", word!(label_period, language), |s| {
            study.periods[s.period.0 as usize].label.as_str()
        })
        .only_for(Reader::Files)
        .text("code", word!(label_code, language), |s| region(s).code.as_str())
        .text("name", word!(label_region, language), |s| region(s).name(language.tag()))
        .number("values", word!(screened_head_values, language), |s| Cell::Count(s.values))
        .number("indicators", word!(screened_head_indicators, language), |s| Cell::Count(s.of))
        .text("why", word!(label_why, language), |s| screening::why(s).render(language))
        .table(SECTION.name, view.reader, rows)
        .labelled(SECTION.title(language));
    [Some(Block::Table(table)), more].into_iter().flatten().collect()
}
