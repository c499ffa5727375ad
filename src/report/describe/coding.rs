//! How far several coders agree, and where they do not.

use std::collections::HashSet;

use quanheng_core::agreement::{Codes, Scale, cohen, fleiss, krippendorff, percent};
use quanheng_core::model::{PeriodIx, Region, RegionIx};
use quanheng_core::statistics::Scope;
use quanheng_words::word;

use super::super::{Block, Cell, Importance, Language, Reader, joined, number};
use super::{Section, View};
use crate::data::coding::{Coded, Unit};

pub(super) const AGREEMENT: Section = Section {
    name: "agreement",
    label: "Agreement of coders",
    summary: "How far coders agree on the same cells: percent agreement, Cohen's kappa, Fleiss' kappa and Krippendorff's alpha, of all indicators and of each; and the coders' totals of each region.",
    usual: false,
    build: agreement,
};

pub(super) const DISAGREEMENTS: Section = Section {
    name: "disagreements",
    label: "Disagreements of coders",
    summary: "Every cell on which coders disagree: the code of each, the arbiter's word, the value that was taken, and where the codes stand.",
    usual: false,
    build: disagreements,
};

/// A table of codings in a scope.
struct Part<'v> {
    scope: &'v Scope,
    coded: &'v Coded,
    units: Vec<&'v Unit>,
}

/// What was coded in each scope.
fn parts<'v>(view: &'v View<'_>) -> Vec<Part<'v>> {
    let panel = &view.evaluation.study().panel;
    let mut parts = Vec::new();
    for scope in &view.scopes {
        let at = |row: &usize| (panel.regions()[*row], panel.periods()[*row]);
        let within: HashSet<(u32, u32)> =
            scope.rows.iter().map(at).map(|(RegionIx(r), PeriodIx(p))| (r, p)).collect();
        for coded in view.codings {
            let is_in = |unit: &&Unit| within.contains(&(unit.region.0, unit.period.0));
            let units: Vec<&Unit> = coded.units.iter().filter(is_in).collect();
            if !units.is_empty() {
                parts.push(Part { scope, coded, units });
            }
        }
    }
    parts
}

fn agreement(view: &View<'_>) -> Vec<Block> {
    let parts = parts(view);
    if parts.is_empty() && view.reader == Reader::People {
        return Vec::new();
    }
    let [figures, totals] = [figures(view, &parts), totals(view, &parts)];
    figures.into_iter().chain(totals).collect()
}

fn figures(view: &View<'_>, parts: &[Part<'_>]) -> Vec<Block> {
    struct Row<'v> {
        scope: &'v Scope,
        coded: &'v Coded,
        indicator: Option<&'v str>,
        disputed: usize,
        codes: Codes,
    }
    let language = view.language;
    let mut rows = Vec::new();
    for Part { scope, coded, units } in parts {
        let row = |indicator, units: &[&Unit]| Row {
            scope,
            coded,
            indicator,
            disputed: units.iter().filter(|unit| unit.is_disputed()).count(),
            codes: coded.codes(units.iter().copied()),
        };
        let mut by: indexmap::IndexMap<&str, Vec<&Unit>> = indexmap::IndexMap::new();
        units.iter().for_each(|unit| by.entry(&unit.indicator).or_default().push(unit));
        let mut each: Vec<Row<'_>> =
            by.iter().map(|(indicator, units)| row(Some(*indicator), units)).collect();
        // Those on which coders agree least come first.
        let share = |row: &Row<'_>| percent(&row.codes).unwrap_or(f64::INFINITY);
        quanheng_core::number::sort_items(&mut each, |a, b| {
            quanheng_core::number::ascending(share(a), share(b))
        });
        rows.push(row(None, units));
        rows.extend(each);
    }
    let more = view.cut(&mut rows);
    let several = rows.iter().any(|row| row.coded.code != rows[0].coded.code);
    let all = word!(coding_all_indicators, language);
    let table = view
        .scope_columns(|row: &Row<'_>| row.scope)
        .only_for(Reader::Files)
        .text("coding", word!(coding_table, language), |row| &row.coded.code)
        .only_if(several || view.reader == Reader::Files)
        .text("indicator", word!(label_indicator, language), |row| {
            row.indicator.or(Some(all).filter(|_| view.reader == Reader::People))
        })
        .importance(Importance::Key)
        .text("scale", word!(coding_scale, language), |row| match view.reader {
            Reader::Files => row.coded.scale.word(),
            Reader::People => scale(row.coded.scale, language),
        })
        .number("coders", word!(coding_coders, language), |row| row.codes.coders())
        .number("units", word!(coding_units, language), |row| row.codes.units())
        .number("disputed", word!(coding_disputed, language), |row| row.disputed)
        .number("percent", word!(coding_percent, language), |row| {
            percent(&row.codes)
                .map(|share| Cell::Share { value: share, text: number::percent(share) })
        })
        .number("cohen", word!(coding_cohen, language), |row| cohen(&row.codes).map(Cell::number))
        .digits(3)
        .number("fleiss", word!(coding_fleiss, language), |row| {
            fleiss(&row.codes).map(|found| Cell::number(found.kappa))
        })
        .digits(3)
        .number("fleiss_units", word!(coding_fleiss_units, language), |row| {
            fleiss(&row.codes).map(|found| found.units)
        })
        .only_for(Reader::Files)
        .number("alpha", word!(coding_alpha, language), |row| {
            krippendorff(&row.codes, row.coded.scale).map(Cell::number)
        })
        .digits(3)
        .table("agreement", view.reader, rows)
        .labelled(AGREEMENT.title(language));
    [Some(Block::Table(table)), more].into_iter().flatten().collect()
}

fn totals(view: &View<'_>, parts: &[Part<'_>]) -> Vec<Block> {
    struct Row<'v> {
        scope: &'v Scope,
        coded: &'v Coded,
        region: RegionIx,
        totals: quanheng_core::agreement::Totals,
    }
    let (study, language) = (view.evaluation.study(), view.language);
    let mut rows = Vec::new();
    for Part { scope, coded, units } in parts {
        for of_region in units.chunk_by(|a, b| (a.region, a.period) == (b.region, b.period)) {
            let totals = coded.codes(of_region.iter().copied()).totals();
            let region = of_region[0].region;
            rows.extend(totals.map(|totals| Row { scope, coded, region, totals }));
        }
    }
    quanheng_core::number::sort_items(&mut rows, |a, b| {
        quanheng_core::number::ascending(b.totals.apart, a.totals.apart)
    });
    if rows.is_empty() && view.reader == Reader::People {
        return Vec::new();
    }
    let more = view.cut(&mut rows);
    let several = rows.iter().any(|row| row.coded.code != rows[0].coded.code);
    let is_apart = |row: &Row<'_>| row.coded.apart.is_some_and(|most| row.totals.apart > most);
    let region = |row: &Row<'_>| -> &Region { &study.regions[row.region.0 as usize] };
    let table = view
        .scope_columns(|row: &Row<'_>| row.scope)
        .only_for(Reader::Files)
        .text("coding", word!(coding_table, language), |row| &row.coded.code)
        .only_if(several || view.reader == Reader::Files)
        .text("code", word!(label_code, language), |row| &region(row).code)
        .text("name", word!(label_region, language), |row| region(row).name(language.tag()))
        .number("units", word!(coding_units, language), |row| row.totals.units)
        .text("totals", word!(coding_totals, language), |row| {
            let each = row.coded.coders.iter().zip(&row.totals.totals);
            listed(view, each.map(|(coder, total)| format!("{coder} {}", number::short(*total))))
        })
        .number("apart", word!(coding_apart, language), |row| {
            let value = row.totals.apart;
            Some(Cell::Share { value, text: number::percent(value) })
        })
        .text("flag", word!(describe_flags, language), |row| match view.reader {
            Reader::Files => is_apart(row).then_some("apart"),
            Reader::People => is_apart(row).then_some(word!(coding_too_far, language)),
        })
        .table("totals", view.reader, rows)
        .labelled(word!(coding_totals_of_regions, language));
    [Some(Block::Table(table)), more].into_iter().flatten().collect()
}

fn disagreements(view: &View<'_>) -> Vec<Block> {
    struct Row<'v> {
        scope: &'v Scope,
        coded: &'v Coded,
        unit: &'v Unit,
    }
    let (study, language) = (view.evaluation.study(), view.language);
    let parts = parts(view);
    let mut rows: Vec<Row<'_>> = Vec::new();
    for Part { scope, coded, units } in &parts {
        let disputed = units.iter().filter(|unit| unit.is_disputed());
        rows.extend(disputed.map(|unit| Row { scope, coded, unit }));
    }
    if rows.is_empty() && view.reader == Reader::People {
        return Vec::new();
    }
    let more = view.cut(&mut rows);
    let several = rows.iter().any(|row| row.coded.code != rows[0].coded.code);
    let arbiter = rows.iter().any(|row| row.unit.arbiter.is_some());
    let region = |row: &Row<'_>| -> &Region { &study.regions[row.unit.region.0 as usize] };
    let table = view
        .scope_columns(|row: &Row<'_>| row.scope)
        .only_for(Reader::Files)
        .text("coding", word!(coding_table, language), |row| &row.coded.code)
        .only_if(several || view.reader == Reader::Files)
        .text("code", word!(label_code, language), |row| &region(row).code)
        .text("region", word!(label_region, language), |row| region(row).name(language.tag()))
        .text("indicator", word!(label_indicator, language), |row| &row.unit.indicator)
        .text("codes", word!(coding_codes, language), |row| {
            let each = row.coded.coders.iter().zip(&row.unit.written);
            let given = each.filter(|(_, code)| !code.is_empty());
            listed(view, given.map(|(coder, code)| format!("{coder} {code}")))
        })
        .text("arbiter", word!(coding_arbiter, language), |row| row.unit.arbiter.as_deref())
        .only_if(arbiter || view.reader == Reader::Files)
        .number("value", word!(coding_value, language), |row| {
            Cell::number_or_missing(row.unit.value)
        })
        .text("place", word!(label_place, language), |row| &row.unit.place)
        .table("disagreements", view.reader, rows)
        .labelled(DISAGREEMENTS.title(language));
    [Some(Block::Table(table)), more].into_iter().flatten().collect()
}

fn listed(view: &View<'_>, each: impl Iterator<Item = String>) -> String {
    let each: Vec<String> = each.collect();
    match view.reader {
        Reader::People => joined(&each, view.language),
        Reader::Files => each.join("; "),
    }
}

fn scale(scale: Scale, language: Language) -> &'static str {
    match scale {
        Scale::Nominal => word!(coding_nominal, language),
        Scale::Ordinal => word!(coding_ordinal, language),
        Scale::Interval => word!(coding_interval, language),
        Scale::Ratio => word!(coding_ratio, language),
    }
}
