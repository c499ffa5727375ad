//! The regions that are left out for want of data.

use quanheng_core::evaluation::{Evaluation, Screened, Shortage};
use quanheng_core::methodology::Part;
use quanheng_core::model::{LeagueIx, PeriodIx};
use quanheng_words::{Text, text, word};

use super::{Cell, Columns, Language, Reader, Table};

/// The regions that are left out of a league and period, each with the reason; none where all are kept.
pub(super) fn line(
    evaluation: &Evaluation,
    (league, period): (LeagueIx, PeriodIx),
    language: Language,
) -> Option<String> {
    let of = evaluation.screened().iter();
    // Regions without a row in the data are listed with those without data.
    let of = of.filter(|s| s.why != Shortage::NoRow);
    let of: Vec<&Screened> = of.filter(|s| (s.league, s.period) == (league, period)).collect();
    let region = |screened: &&Screened| {
        let region = &evaluation.study().regions[screened.region.0 as usize];
        text!(screened_region, region = region.name(language.tag()), why = why(screened))
    };
    let regions: Vec<Text> = of.iter().map(region).collect();
    let line = text!(screened, count = of.len(), regions = regions);
    (!of.is_empty()).then(|| line.render(language))
}

/// Why a region is left out.
pub fn why(screened: &Screened) -> Text {
    match screened.why {
        Shortage::Named => text!(screened_named),
        Shortage::NoRow => text!(screened_no_row),
        Shortage::Values => text!(screened_values, n = screened.values, of = screened.of),
        Shortage::Nonzero => text!(screened_nonzero, n = screened.nonzero, of = screened.values),
    }
}

/// Every region that is left out, for files; none where the methodology leaves out nobody.
pub(super) fn table(evaluation: &Evaluation, language: Language) -> Option<Table> {
    if evaluation.methodology().screening.is_none() && evaluation.screened().is_empty() {
        return None;
    }
    let study = evaluation.study();
    let region = |screened: &Screened| &study.regions[screened.region.0 as usize];
    let columns = Columns::new()
        .text("league", word!(label_league, language), |s: &&Screened| {
            study.leagues[s.league.0 as usize].code.as_str()
        })
        .text("period", word!(label_period, language), |s| {
            study.periods[s.period.0 as usize].label.as_str()
        })
        .text("code", word!(label_code, language), move |s| region(s).code.as_str())
        .text("name", word!(label_region, language), move |s| region(s).name(language.tag()))
        .number("values", word!(screened_head_values, language), |s| Cell::Count(s.values))
        .number("indicators", word!(screened_head_indicators, language), |s| Cell::Count(s.of))
        .number("nonzero", word!(screened_head_nonzero, language), |s| Cell::Count(s.nonzero))
        .text("why", word!(label_why, language), |s| why(s).render(language));
    Some(columns.table(Part::Screening.name(), Reader::Files, evaluation.screened()))
}
